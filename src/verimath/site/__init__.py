"""A page as HTML: formulas set, numbered and referred to, and nothing lost on the way. Imports all rooms but the commands."""
