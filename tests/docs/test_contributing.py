"""The contributors' page: its rooms are those of the code."""

from __future__ import annotations

import re

from tests.docs.prose import DOCS
from tests.test_layers import INNER, ROOMS

TEXT = (DOCS / "contributing.md").read_text("utf-8")
ROW = re.compile(r"^\| `([\w.]+)` \| \S.* \|$", re.MULTILINE)


def rooms() -> list[str]:
    """All rooms in their order, those inside of one after it."""
    listed = []
    for room in ROOMS:
        listed.append(room)
        listed += [f"{room}.{inner}" for inner in INNER.get(room, ())]
    return listed


def shown(text: str) -> list[str]:
    """The rooms that a page describes, in its order."""
    return ROW.findall(text.partition("## Les pièces")[2].partition("\n## ")[0])


def test_the_page_shows_the_rooms_in_their_order() -> None:
    assert shown(TEXT) == rooms()


def test_a_room_that_is_missing_or_moved_is_seen() -> None:
    first, second = "| `source` |", "| `errors` |"
    for wrong in (TEXT.replace(first, "| source |"), TEXT.replace(first, second, 1), TEXT.replace(second, first, 1)):
        assert shown(wrong) != rooms()
