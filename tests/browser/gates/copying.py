"""What is copied of a formula is its LaTeX."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.gates.script import each_state


def faults(page: Page) -> list[str]:
    return each_state(page, "copying")
