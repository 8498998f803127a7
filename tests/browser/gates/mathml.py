"""Screen readers are given MathML, once."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.gates.script import run


def faults(page: Page) -> list[str]:
    found: list[str] = run(page, "mathml")
    return found
