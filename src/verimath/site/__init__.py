"""A page as HTML: formulas set, numbered, referred to, and nothing lost. Imports all rooms but the commands."""
