"""axe-core finds nothing, in any state of the page."""

from __future__ import annotations

from axe_playwright_python.base import AXE_SCRIPT
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.gates.script import run, states

# Most of its time goes into the contrast of thousands of pieces of code and formulas: of those alike, one is enough.
AXE = Axe(AXE_SCRIPT + ";axe.configure({ rules: [{ id: 'color-contrast', selector: '*:not([data-judged])' }] })")


# All that another state of a page changes lies in these.
TABS = {"include": [[".tabbed-set"]]}


def faults(page: Page) -> list[str]:
    return list(dict.fromkeys(fault for state in states(page) for fault in as_it_stands(page, TABS if state else None)))


def as_it_stands(page: Page, within: dict[str, list[list[str]]] | None = None) -> list[str]:
    """The faults of a page with what happens to be open.

    Args:
        page: to look at.
        within: what axe looks at of it, as axe says it; else all.
    """
    run(page, "accessibility")
    return [
        f"{violation['id']}: {' '.join(map(str, node['target']))}: {node['failureSummary']}"
        for violation in AXE.run(page, within).response["violations"]
        for node in violation["nodes"]
    ]
