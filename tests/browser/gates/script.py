"""The scripts that measure a page, and the states in which it is measured."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page


@cache
def _text(name: str) -> str:
    return (Path(__file__).parent / f"{name}.js").read_text("utf-8")


def run(page: Page, name: str, argument: object = None) -> Any:
    """Evaluate one of the scripts beside this file in a page."""
    return page.evaluate(_text(name), argument)


def states(page: Page) -> Iterator[int]:
    """Open all that a reader may open, then choose each tab in turn: what is folded away must hold as well."""
    state, count = 0, 1
    while state < count:
        count = run(page, "states", state)
        yield state
        state += 1


def each_state(page: Page, name: str) -> list[str]:
    """The faults that a script finds in any state of a page, each once."""
    return list(dict.fromkeys(fault for _ in states(page) for fault in run(page, name)))
