"""Every page of the site, at the widths and in the colour schemes of its readers, passes every gate."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.gates import accessibility, alignment, copying, keyboard, layout, mathml, policy, sections
from tests.browser.site import ENGLISH, NOT_FOUND, PAGES, given
from tests.browser.source import Displayed, written
from tests.browser.visit import DESKTOP, PHONE, Tabs, Visit, styled, visit

WRITTEN = written({address: path.read_text("utf-8") for address, path in PAGES.items()})
NOTHING: tuple[list[Displayed], list[str]] = [], []

ADDRESSES = [*PAGES, NOT_FOUND]
READINGS = [(address, width) for address in ADDRESSES for width in (DESKTOP, PHONE)]
NAMES = [f"{address.strip('/') or 'index'}-{width}" for address, width in READINGS]

# What Material calls its light and its dark scheme.
schemes = pytest.mark.parametrize("scheme", ["default", "slate"])


# One navigation for all the tests of a page at a width: pytest runs those of one parameter together.
@pytest.fixture(scope="module", params=READINGS, ids=NAMES)
def opened(request: pytest.FixtureRequest, tabs: Tabs, site: str) -> Iterator[Visit]:
    address, width = request.param
    with visit(tabs.tab("site"), site, address, width) as opened:
        yield opened


@pytest.fixture
def address(opened: Visit, site: str) -> str:
    """Of the page that is open, on the site."""
    return opened.page.url.removeprefix(site)


def in_scheme(page: Page, scheme: str) -> Page:
    """The page once it has followed the system to its light or dark scheme."""
    page.emulate_media(color_scheme="dark" if scheme == "slate" else "light")
    page.locator(f"body[data-md-color-scheme={scheme}]").wait_for()
    page.evaluate("Promise.allSettled(document.getAnimations().map(animation => animation.finished)).then(() => null)")
    return page


def test_the_site_has_these_pages_and_no_others(built: Path) -> None:
    files = {path.relative_to(built) for path in built.rglob("*.html")}
    # Handouts, and files that snippets show, lie beside the pages: tests/browser/test_furniture.py.
    beside = {file for file in files if file.name == "handout.html" or "assets" in file.parts[:2]}
    # The notebook is a page too, with tests of its own.
    pages = {*ADDRESSES, *ENGLISH, f"en/{NOT_FOUND}", "training/", "en/training/"}
    assert {file.as_posix().removesuffix("index.html") for file in files - beside} == pages
    assert len(beside) > len(ADDRESSES) / 2


GIVEN = [
    pytest.param({"built/index.html": 1, "built/en/index.html": 1}, None, id="whole"),
    pytest.param({"built/index.html": 1}, "isn't a site of both editions", id="of-one-edition"),
    pytest.param({"built/index.html": 2, "built/en/index.html": 0}, r"a\.md is newer than the site", id="older"),
    pytest.param({"built/index.html": 1, "built/en/index.html": 1, "docs/a.pyc": 2}, None, id="what-python-leaves"),
]


@pytest.mark.parametrize(("files", "fault"), GIVEN)
def test_a_site_that_is_given_is_whole_and_of_the_pages_as_they_are(
    tmp_path: Path, files: dict[str, int], fault: str | None
) -> None:
    for name, seconds in {"docs/a.md": 1, **files}.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (seconds, seconds))
    with pytest.raises(RuntimeError, match=fault) if fault else nullcontext():
        assert given(tmp_path / "built", [tmp_path / "docs"]) == tmp_path / "built"


def test_the_equations_of_the_source_are_found() -> None:
    assert {"softmax-map", "softmax", "logits", "kl"} <= {
        each.label for equations, _ in WRITTEN.values() for each in equations
    }


# The first: others go down the page, and what has been seen has its own height.
def test_what_may_be_tapped_lies_in_its_section(opened: Visit) -> None:
    assert sections.faults(opened.page) == []


def test_formulas_are_set_as_the_source_has_them(opened: Visit, address: str) -> None:
    # The explorer's table is there without a script, and on paper: it is set as the others are.
    styled(opened.page, ".explorer > figure { display: block !important }")
    assert alignment.faults(opened.page, *WRITTEN.get(address, NOTHING)) == []


def test_screen_readers_get_mathml(opened: Visit) -> None:
    assert mathml.faults(opened.page) == []


def test_formula_boxes_are_reached_by_keyboard(opened: Visit) -> None:
    assert keyboard.faults(opened.page) == []


def test_formulas_are_copied_as_latex(opened: Visit) -> None:
    assert copying.faults(opened.page) == []


@schemes
def test_nothing_sticks_out_or_lies_over_a_formula(opened: Visit, scheme: str) -> None:
    assert layout.faults(in_scheme(opened.page, scheme)) == []


@schemes
def test_axe_finds_nothing(opened: Visit, scheme: str) -> None:
    assert accessibility.faults(in_scheme(opened.page, scheme)) == []


def test_a_page_is_quiet_and_asks_only_its_own_host(opened: Visit) -> None:
    assert opened.log.faults(opened.page) == []
    assert policy.faults(opened.page) == []


@schemes
@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_axe_finds_nothing_while_searching(tabs: Tabs, site: str, width: int, scheme: str) -> None:
    with visit(tabs.tab("search"), site, "", width, dark=scheme == "slate") as opened:
        opened.page.locator("label[for=__search]:visible, .md-search__input:visible").first.click()
        # It listens to keys, so that filling it in wouldn't do.
        opened.page.locator(".md-search__input").press_sequentially("softmax")
        opened.page.locator(".md-search-result__item").first.wait_for()
        assert accessibility.as_it_stands(in_scheme(opened.page, scheme)) == []
        assert opened.log.faults(opened.page) == []


@pytest.mark.parametrize("address", ADDRESSES, ids=lambda address: address.strip("/") or "index")
def test_formulas_need_no_scripts(tabs: Tabs, site: str, address: str) -> None:
    with visit(tabs.tab("site", scripts=False), site, address, PHONE) as opened:
        assert alignment.faults(opened.page, *WRITTEN.get(address, NOTHING)) == []
        assert layout.faults(opened.page) == []
        assert mathml.faults(opened.page) == []
