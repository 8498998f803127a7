"""Code serves the text: little of a page's height, nothing that scrolls sideways; what is folded opens when asked."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page

from tests.browser import pages
from tests.browser.conftest import Show
from tests.browser.site import PAGES
from tests.browser.visit import DESKTOP, PHONE, Tabs, visit

# The most that code and outputs may take of a page's height on arrival.
SHARE = 0.25
# The most laptop screens that a page of the course may fill on arrival.
SCREENS = 15
# What is far below is only about as high as it is, until one comes near.
SEEN = "document.querySelectorAll('.vm-section').forEach(box => (box.style.contentVisibility = 'visible'))"
TIED = re.compile(r"^```python \{verifies=", re.MULTILINE)
DERIVATION = [address for address, path in PAGES.items() if len(TIED.findall(path.read_text("utf-8"))) > 1]
# Those that say their chapter, up to the input's gradient: `context` to `gradients-input`.
CHAPTER = re.compile(r"^chapter: [1-5]$", re.MULTILINE)
COURSE = [address for address, path in PAGES.items() if CHAPTER.search(path.read_text("utf-8"))]
CODE = [address for address, path in PAGES.items() if "\n```" in path.read_text("utf-8")]


def name(address: str) -> str:
    return address.strip("/") or "index"


def share(page: Page) -> float:
    """How much of the text's height is code and what it printed, with what unfolds the rest, once all of it is seen."""
    page.evaluate(SEEN)
    found: float = page.evaluate(
        """() => {
          const text = document.querySelector("article, main");
          const height = (element) => element.getBoundingClientRect().height;
          const kinds = ".vm-snippet, .highlight, pre";
          const outer = [...text.querySelectorAll(kinds)]
            .filter((box) => box.checkVisibility() && !box.parentElement.closest(kinds));
          return outer.reduce((sum, box) => sum + height(box), 0) / height(text);
        }"""
    )
    return found


def scrolling(page: Page) -> list[str]:
    """What code scrolls sideways, by its first words."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll("pre, pre > code, .highlight")]
          .filter((box) => box.checkVisibility() && box.scrollWidth > box.clientWidth + 1)
          .map((box) => box.textContent.slice(0, 40))"""
    )
    return found


def folded(page: Page) -> list[str]:
    """What a box holds that isn't seen."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll("details > :not(summary)")]
          .filter((box) => !box.checkVisibility()).map((box) => box.textContent.slice(0, 40))"""
    )
    return found


@pytest.mark.parametrize("address", DERIVATION, ids=name)
def test_code_takes_less_than_a_quarter_of_a_page(tabs: Tabs, site: str, address: str) -> None:
    with visit(tabs.tab("site"), site, address, DESKTOP) as opened:
        assert share(opened.page) < SHARE
        unfolded = "document.querySelectorAll('.vm-more > details').forEach((box) => { box.open = true; })"
        opened.page.evaluate(unfolded)
        assert share(opened.page) > SHARE


def screens(page: Page) -> float:
    """How many screens of a laptop a page fills, from its top to its footer's end, once it is seen to its end."""
    page.evaluate(SEEN)
    height: float = page.evaluate("document.documentElement.scrollHeight")
    return height / 900


@pytest.mark.parametrize("address", COURSE, ids=name)
def test_a_page_of_the_course_is_not_too_long(tabs: Tabs, site: str, address: str) -> None:
    with visit(tabs.tab("site"), site, address, DESKTOP) as opened:
        assert screens(opened.page) <= SCREENS


def test_a_page_that_is_too_long_is_seen(tabs: Tabs, site: str) -> None:
    with visit(tabs.tab("site"), site, "batches/", DESKTOP) as opened:
        opened.page.evaluate("document.querySelectorAll('details').forEach((box) => { box.open = true; })")
        assert screens(opened.page) > SCREENS


@pytest.mark.parametrize("address", CODE, ids=name)
def test_no_code_scrolls_sideways_on_a_phone(tabs: Tabs, site: str, address: str) -> None:
    with visit(tabs.tab("site"), site, address, PHONE) as opened:
        opened.page.evaluate("document.querySelectorAll('details').forEach((box) => { box.open = true; })")
        assert scrolling(opened.page) == []


@pytest.mark.parametrize("scripts", [True, False])
def test_what_is_folded_opens_on_paper_and_where_a_link_leads(tabs: Tabs, site: str, scripts: bool) -> None:
    with visit(tabs.tab("site", scripts), site, "softmax/", DESKTOP) as opened:
        page = opened.page
        assert folded(page)
        page.emulate_media(media="print")
        assert folded(page) == []
        page.emulate_media(media="screen")
        inside = page.evaluate("document.querySelector('details .vm-equation[id]').id")
        page.goto(f"{site}softmax/#{inside}")
        assert page.locator(f"#{inside}").is_visible()


def test_copied_code_has_no_line_more_nor_less(tabs: Tabs, site: str) -> None:
    with visit(tabs.tab("site"), site, "softmax/", DESKTOP) as opened:
        code = opened.page.locator(".vm-useful code").first
        page_text: str = code.evaluate("(box) => { box.dataset.mdCopying = ''; return box.innerText; }")
        assert page_text.rstrip("\n") == str(code.evaluate("(box) => box.textContent")).rstrip("\n")
        assert "\n" in page_text
        assert "\n\n" not in page_text


LONG = '<pre><code>{}</code></pre><details><summary>s</summary><p id="in">inside</p></details>'.format("x = 1; " * 60)


def test_code_that_scrolls_is_seen(show: Show) -> None:
    opened = show(pages.page({}, LONG), PHONE)
    assert scrolling(opened.page)
    assert folded(opened.page) == ["inside"]
    assert share(opened.page) > 0
