"""A Markdown file as its author wrote it: fences, equations, snippets, each with its place. Imports `message`."""
