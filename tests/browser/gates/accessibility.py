"""axe-core finds nothing, in any state of the page."""

from __future__ import annotations

from axe_playwright_python.base import AXE_SCRIPT
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.gates.script import run, states

# Most of its time goes into the contrast of thousands of pieces of code and formulas: of those alike, one is enough.
AXE = Axe(AXE_SCRIPT + ";axe.configure({ rules: [{ id: 'color-contrast', selector: '*:not([data-judged])' }] })")


def faults(page: Page) -> list[str]:
    return list(dict.fromkeys(fault for _ in states(page) for fault in as_it_stands(page)))


def as_it_stands(page: Page) -> list[str]:
    """The faults of a page with what happens to be open."""
    run(page, "accessibility")
    return [
        f"{violation['id']}: {' '.join(map(str, node['target']))}: {node['failureSummary']}"
        for violation in AXE.run(page).response["violations"]
        for node in violation["nodes"]
    ]
