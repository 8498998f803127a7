"""From atoms to expressions, by recursive descent. Imports `lexing`."""
