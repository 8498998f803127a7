"""What must hold of every page in a browser: one concern a module, each a function that lists the faults it finds.

What has to be measured in the page is in the JavaScript file of the same name.
"""
