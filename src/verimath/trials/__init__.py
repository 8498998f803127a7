"""The values that a page's symbols take, trial by trial. Imports `evaluation`, `names` and above."""
