"""axe-core finds nothing, in any state of the page."""

from __future__ import annotations

from collections.abc import Sequence

from axe_playwright_python.base import AXE_SCRIPT
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.gates.script import run, states

# Most of its time goes into the contrast of thousands of pieces of code and formulas: of those alike, one is enough.
AXE = Axe(AXE_SCRIPT + ";axe.configure({ rules: [{ id: 'color-contrast', selector: '*:not([data-judged])' }] })")


# All that another state of a page changes lies in these.
TABS = (".tabbed-set",)


def faults(page: Page) -> list[str]:
    return list(dict.fromkeys(fault for state in states(page) for fault in as_it_stands(page, TABS if state else ())))


def as_it_stands(page: Page, within: Sequence[str] = ()) -> list[str]:
    """The faults of a page with what happens to be open.

    Args:
        page: to look at.
        within: selectors of what axe looks at; of all, where there are none.
    """
    context = {"include": [[each] for each in within]} if within else None
    run(page, "accessibility")
    return [
        f"{violation['id']}: {' '.join(map(str, node['target']))}: {node['failureSummary']}"
        for violation in AXE.run(page, context).response["violations"]
        for node in violation["nodes"]
    ]
