"""Pages that build on each other: each read with the names of those below it. Imports `latex` and above."""
