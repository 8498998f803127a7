"""What measures formulas in Firefox sees what isn't in line, and asks each page at each width."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, cast

import pytest
from playwright.sync_api import Page

from bench.audit.firefox import WIDTHS, Firefox, firefox_path, misaligned, started
from tests.browser.conftest import Standalone
from tests.browser.pages import page
from tests.browser.visit import Tabs

TEX = "\\begin{aligned} a &= b + c \\\\ &= d \\end{aligned}"
SOURCE = f"```math {{#a}}\n{TEX}\n```\n"
SPOILT = "<style>.katex .col-align-l > .vlist-t { text-align: right !important }</style>"


class Stand:
    """What stands in for Firefox where none is there: a tab of the tests' browser."""

    def __init__(self, tab: Page) -> None:
        self.tab = tab

    def open(self, address: str, width: int) -> None:
        self.tab.set_viewport_size({"width": width, "height": 800})
        self.tab.goto(address)

    def evaluate(self, function: str, argument: object = None) -> Any:
        return self.tab.evaluate(function, argument)


def found(firefox: Firefox, standalone: Standalone, folder: Path) -> list[str]:
    """What is said of a page that is right, and of one that a style spoils."""
    source = folder / "a.md"
    source.write_text(SOURCE, "utf-8")
    right = standalone.put(page({"a": TEX}))
    wrong = standalone.put(page({"a": TEX}).replace("<main>", f"{SPOILT}<main>"))
    return [*misaligned(firefox, standalone.host, {right: source, wrong: source})]


def test_what_is_out_of_line_is_said_at_each_width(tabs: Tabs, standalone: Standalone, tmp_path: Path) -> None:
    said = found(cast(Firefox, Stand(tabs.tab("firefox"))), standalone, tmp_path)
    for width in WIDTHS:
        assert any(f"{width} px: `a` is out of line: left edges of column 2" in each for each in said)
    # The right one is the first of both pages.
    assert len({each.partition(",")[0] for each in said}) == 1
    if path := firefox_path():
        # In a thread of its own: the driver of the tests' browser has an event loop in this one.
        with ThreadPoolExecutor(1) as executor:
            again = executor.submit(in_firefox, path, standalone, tmp_path).result()
        assert {each.partition(" differ")[0].partition(", ")[2] for each in again} == {
            each.partition(" differ")[0].partition(", ")[2] for each in said
        }


def in_firefox(path: str, standalone: Standalone, folder: Path) -> list[str]:
    with started(path) as firefox:
        return found(firefox, standalone, folder)


def test_a_page_that_firefox_cannot_open_is_said() -> None:
    with pytest.raises(RuntimeError, match="doesn't listen"), started("true"):
        pass
