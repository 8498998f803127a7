"""What is computed with: dual numbers, floats or many digits, arrays. Imports `message`."""
