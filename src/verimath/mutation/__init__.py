"""Whether a mistake would be seen: formulas changed in one place must be refused. Imports `verdict` and above."""
