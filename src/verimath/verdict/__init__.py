"""Whether an equation holds on its trials, and the numbers that show it where it doesn't. Imports `trials` and above."""
