"""Which names a page's formulas may use, and what each stands for. Imports `latex` and above."""
