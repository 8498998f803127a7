"""Nothing lies outside of the page but in a box that scrolls; no formula is cut, and no number lies over one."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.gates.script import each_state


def faults(page: Page) -> list[str]:
    return each_state(page, "layout")
