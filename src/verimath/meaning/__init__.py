"""What a formula says, apart from how it is printed: trees, statements, operations. Imports `numbers` and above."""
