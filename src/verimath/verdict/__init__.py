"""Whether an equation holds on its trials, or the numbers that show it false. Imports `trials` and above."""
