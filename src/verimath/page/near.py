"""A word that is nearly one of ours: most often a slip, which would otherwise be left alone without a word."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

# From this ratio on, two words are one and its misspelling: verify and verifies are, mode and demo aren't.
NEAR = 0.71


def nearest(word: str, ours: Iterable[str], near: float = NEAR) -> str:
    """The word of ours that another one misspells; empty for one of ours, and for one that is like none."""
    known = {*ours}
    if word in known:
        return ""
    plain = word.lower().replace("-", "_")
    close = get_close_matches(plain, sorted(known), 1, near)
    return close[0] if close else ""
