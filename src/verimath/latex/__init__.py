"""Formulas as LaTeX: typeset or refused by KaTeX, read into trees, written back. Imports `meaning` and above."""
