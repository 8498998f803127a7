"""Style sheets as they are published: nothing is seen of a page before they are there, and comments are for authors."""

from __future__ import annotations

import re

# One that is kept, such as a licence's, says so by an exclamation mark.
REMARK = re.compile(r"/\*(?!!).*?\*/\n?", re.DOTALL)


def published(style: str) -> str:
    """A style sheet without its comments."""
    return REMARK.sub("", style)
