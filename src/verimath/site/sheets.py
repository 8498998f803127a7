"""Style sheets and scripts as they are published: without comments, which are for authors."""

from __future__ import annotations

import re

# One that is kept, such as a licence's, says so by an exclamation mark.
REMARK = re.compile(r"/\*(?!!).*?\*/\n?", re.DOTALL)
# In a script, one that has a line to itself; none of ours stands within a text of several lines.
LINE = re.compile(r"^[ \t]*//.*\n", re.MULTILINE)


def published(style: str) -> str:
    """A style sheet without its comments."""
    return REMARK.sub("", style)


def published_script(script: str) -> str:
    """One of our own scripts without its comments."""
    return LINE.sub("", script)
