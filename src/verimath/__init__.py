"""Displayed equations for MkDocs, set by KaTeX when the site is built and refused when they are wrong."""
