"""What stands around the text, and what lies beside it: handouts, files of snippets, the pages before and after."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.gates import accessibility, layout
from tests.browser.site import PAGES
from tests.browser.visit import DESKTOP, PHONE, Tabs, visit

WITH_SOLUTIONS = [address for address, path in PAGES.items() if "??? solution" in path.read_text("utf-8")]
FILE = "assets/verimath/snippets/softmax.py.html"


def follow(page: Page, selector: str) -> None:
    """Follow the first such link by keyboard: without scripts nobody sees whether a click met what moved just then."""
    link = page.locator(selector).first
    link.wait_for()
    link.press("Enter")


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
@pytest.mark.parametrize("path", ["softmax/handout.html", FILE])
def test_what_lies_beside_the_pages_is_as_sound_as_they_are(tabs: Tabs, site: str, path: str, width: int) -> None:
    with visit(tabs.tab("site"), site, path, width) as opened:
        assert accessibility.as_it_stands(opened.page) == []
        assert layout.faults(opened.page) == []


@pytest.mark.parametrize("address", WITH_SOLUTIONS, ids=lambda address: address.strip("/"))
def test_a_page_with_solutions_has_a_handout_without_them(tabs: Tabs, site: str, address: str) -> None:
    solutions = "details.solution, details.answer"
    with visit(tabs.tab("site", scripts=False), site, address) as opened:
        assert opened.page.locator(solutions).count() > 0
        follow(opened.page, ".vm-to-handout")
        opened.page.wait_for_url(f"{site}{address}handout.html")
        assert opened.page.locator(solutions).count() == 0
        assert opened.page.locator("h1").count() == 1
        follow(opened.page, ".vm-reading a")
        opened.page.wait_for_url(f"{site}{address}")
        assert opened.page.locator(solutions).count() > 0


def test_a_page_leads_to_the_one_before_and_the_one_after(tabs: Tabs, site: str) -> None:
    with visit(tabs.tab("site", scripts=False), site, "softmax/") as opened:
        follow(opened.page, ".md-footer__link--next")
        opened.page.wait_for_url(lambda url: url != f"{site}softmax/")
        follow(opened.page, ".md-footer__link--prev")
        opened.page.wait_for_url(f"{site}softmax/")


def test_the_file_of_a_snippet_is_one_click_away(tabs: Tabs, site: str) -> None:
    with visit(tabs.tab("site", scripts=False), site, "softmax/") as opened:
        follow(opened.page, ".vm-file")
        opened.page.wait_for_url(lambda url: url.startswith(f"{site}{FILE}#"))
        assert "def softmax_by_components" in opened.page.inner_text("main")
        assert opened.page.locator(":target").count() == 1
