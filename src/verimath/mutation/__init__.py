"""Whether a mistake would be seen: formulas changed in one place, which must be refused. Imports `verdict` and above."""
