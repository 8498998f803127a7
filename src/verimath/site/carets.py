"""A caret below its sign, as messages and tracebacks have it, which stays there where lines are wrapped, as on a phone.

The line and what points at it stand in a box of their own, which isn't wrapped, and scrolls where it has no room.
"""

from __future__ import annotations

import re

BLOCK = re.compile(r"<pre\b.*?</pre>", re.DOTALL)
# A line without parts of its own, and one of nothing but carets.
POINTED = re.compile(r"(?<=[\n>])(?P<line>[^\n<>]+)\n(?P<below>[ ~]*\^[ ~^]*)(?P<end>\n|(?=<))")
# What a phone has room for; a box that may scroll is reached by the keyboard too.
NARROW = 32


def kept(html: str) -> str:
    """HTML in which each caret stays below its sign."""
    return BLOCK.sub(lambda block: POINTED.sub(_boxed, block.group()), html)


def _boxed(found: re.Match[str]) -> str:
    stop = ' tabindex="0"' if len(found["line"]) > NARROW else ""
    return f'<span class="vm-pointed"{stop}>{found["line"]}\n{found["below"]}{found["end"]}</span>'
