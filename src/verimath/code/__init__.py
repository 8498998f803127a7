"""The snippets of a page: run for what they print, called with the page's symbols. Imports `verdict` and above."""
