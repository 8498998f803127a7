"""What an author is told: where something stands in a file, and what is wrong with it. Imports no other room."""
