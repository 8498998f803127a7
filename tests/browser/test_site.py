"""Every page of the site, at the widths and in the colour schemes of its readers, passes every gate."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.gates import accessibility, alignment, copying, keyboard, layout, mathml
from tests.browser.site import NOT_FOUND, PAGES
from tests.browser.source import Displayed, displayed, inline
from tests.browser.visit import DESKTOP, PHONE, Visit, visit

SOURCES = {address: path.read_text("utf-8") for address, path in PAGES.items()}
TEX = {equation.label: equation.tex for text in SOURCES.values() for equation in displayed(text) if not equation.again}


@dataclass(frozen=True)
class Reading:
    """A page of the site as somebody reads it."""

    address: str
    width: int = DESKTOP
    dark: bool = False
    scripts: bool = True

    def __str__(self) -> str:
        scheme = ("dark" if self.dark else "light") if self.scripts else "no-scripts"
        return f"{self.address.rstrip('/') or 'index'}-{self.width}-{scheme}"

    @property
    def displayed(self) -> list[Displayed]:
        equations = displayed(SOURCES.get(self.address, ""))
        return [Displayed(equation.label, TEX.get(equation.label, ""), equation.again) for equation in equations]

    @property
    def inline(self) -> list[str]:
        return inline(SOURCES.get(self.address, ""))

    def open(self, browser: Browser, site: str) -> Iterator[tuple[Reading, Visit]]:
        with visit(browser, site, self.address, self.width, self.dark, self.scripts) as opened:
            yield self, opened


ADDRESSES = [*PAGES, NOT_FOUND]
READINGS = [
    Reading(address, width, dark) for address in ADDRESSES for width in (DESKTOP, PHONE) for dark in (False, True)
]
WITHOUT_SCRIPTS = [Reading(address, width, scripts=False) for address in ADDRESSES for width in (DESKTOP, PHONE)]

Opened = tuple[Reading, Visit]


# One navigation for all the tests of a reading: pytest runs those of one parameter together.
@pytest.fixture(scope="module", params=READINGS, ids=str)
def opened(request: pytest.FixtureRequest, browser: Browser, site: str) -> Iterator[Opened]:
    yield from request.param.open(browser, site)


@pytest.fixture(scope="module", params=WITHOUT_SCRIPTS, ids=str)
def opened_without_scripts(request: pytest.FixtureRequest, browser: Browser, site: str) -> Iterator[Opened]:
    yield from request.param.open(browser, site)


def test_the_site_has_these_pages_and_no_others(built: Path) -> None:
    pages = {path.relative_to(built).as_posix().removesuffix("index.html") for path in built.rglob("*.html")}
    assert pages == set(ADDRESSES)


def test_colours_are_those_asked_for(opened: Opened) -> None:
    reading, visit = opened
    assert visit.page.locator("body").get_attribute("data-md-color-scheme") == ("slate" if reading.dark else "default")


def test_formulas_are_set_as_the_source_has_them(opened: Opened) -> None:
    reading, visit = opened
    assert alignment.faults(visit.page, reading.displayed, reading.inline) == []


def test_nothing_sticks_out_or_lies_over_a_formula(opened: Opened) -> None:
    assert layout.faults(opened[1].page) == []


def test_screen_readers_get_mathml(opened: Opened) -> None:
    assert mathml.faults(opened[1].page) == []


def test_formula_boxes_are_reached_by_keyboard(opened: Opened) -> None:
    assert keyboard.faults(opened[1].page) == []


def test_formulas_are_copied_as_latex(opened: Opened) -> None:
    assert copying.faults(opened[1].page) == []


def test_axe_finds_nothing(opened: Opened) -> None:
    assert accessibility.faults(opened[1].page) == []


def test_axe_finds_nothing_while_searching(opened: Opened) -> None:
    reading, visit = opened
    if reading.address == "":
        search(visit.page, "softmax")
        assert accessibility.as_it_stands(visit.page) == []


def test_a_page_is_quiet_and_asks_only_its_own_host(opened: Opened) -> None:
    assert opened[1].log.faults(opened[1].page) == []


def test_formulas_need_no_scripts(opened_without_scripts: Opened) -> None:
    reading, visit = opened_without_scripts
    assert alignment.faults(visit.page, reading.displayed, reading.inline) == []
    assert layout.faults(visit.page) == []
    assert mathml.faults(visit.page) == []


def search(page: Page, words: str) -> None:
    """Open the search and wait for its results."""
    page.locator("label[for=__search]:visible, .md-search__input:visible").first.click()
    page.locator(".md-search__input").fill(words)
    page.locator(".md-search-result__item").first.wait_for()
