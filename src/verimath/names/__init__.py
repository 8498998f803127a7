"""The table of names: what a page may name, and what each name stands for. Imports `meaning` and above."""
