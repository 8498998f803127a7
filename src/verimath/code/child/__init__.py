"""What runs in an interpreter of its own, beside an author's code. Imports nothing of the package."""
