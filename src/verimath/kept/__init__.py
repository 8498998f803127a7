"""What is kept from run to run, by the content of all that it depends on. Imports nothing of the package."""
