"""Equations that had another number are found by it: each old address is where its label is, or leads there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest

from tests.docs.prose import DOCS, PAGES
from verimath.page.page import Page, read

FORMER = DOCS.parent / "assets" / "former.txt"
SITE = {path.stem: read(path.name, path.read_text("utf-8")) for path in PAGES}
EQUATIONS = 358


def entries(text: str) -> list[list[str]]:
    """The lines of the table: number and old address."""
    return [line.split() for line in text.splitlines() if line.strip() and not line.startswith("#")]


def lost(text: str, site: Mapping[str, Page]) -> Iterator[str]:
    """Old addresses that lead nowhere."""
    where = {equation.label: name for name, page in site.items() for equation in page.equations}
    for _, address in entries(text):
        name, _, label = address.partition("/#")
        moved = site[name].front_matter.get("moved") or {} if name in site else {}
        now = where.get(label)
        if now is None or (now != name and label not in moved.get(f"{now}.md", [])):
            yield address


def test_every_old_address_leads_on() -> None:
    assert [*lost(FORMER.read_text("utf-8"), SITE)] == []


def test_the_table_has_each_number_once() -> None:
    found = entries(FORMER.read_text("utf-8"))
    assert [number for number, _ in found] == [str(number) for number in range(1, EQUATIONS + 1)]
    assert len({address for _, address in found}) == EQUATIONS


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 a/#x", []),
        ("1 a/#y", []),
        ("1 b/#y", []),
        ("1 a/#z", ["a/#z"]),
        ("1 b/#x", ["b/#x"]),
        ("1 c/#x", ["c/#x"]),
        ("# 1 c/#x", []),
    ],
)
def test_an_address_that_leads_nowhere_is_seen(text: str, expected: list[str]) -> None:
    site = {
        "a": read("a.md", "---\nmoved: {b.md: [y]}\n---\n```math {#x}\nx\n```\n"),
        "b": read("b.md", "\n```math {#y}\ny\n```\n"),
    }
    assert [*lost(text, site)] == expected
