"""From KaTeX's tree to atoms: what stands on the page from left to right. Imports nothing beside it."""
