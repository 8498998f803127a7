"""What is said of pages: all that is checked of each, in one process or in several. Imports `code` and above."""
