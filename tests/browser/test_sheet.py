"""The sheet of results, as it is printed: two A4 pages, nothing cut off, nothing but the sheet."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.browser.visit import Tabs, styled, visit

# What is left between the margins of an A4 page, 210 mm wide, at 96 pixels an inch.
WIDTH = round((210 - 2 * 8) / 25.4 * 96)
# In points, as a browser rounds them.
A4 = (595, 842)

# What Material calls its schemes.
MATERIAL = {"light": "default", "dark": "slate"}

# Labels in print of formulas that are wider than their column.
WIDE = """() => [...document.querySelectorAll('.vm-equation')].filter(equation => {
  const box = equation.querySelector('.vm-formula').getBoundingClientRect();
  return [...equation.querySelectorAll('.katex-base')].some(base => {
    const drawn = base.getBoundingClientRect();
    return drawn.left < box.left - 0.5 || drawn.right > box.right + 0.5;
  });
}).map(equation => equation.querySelector('.vm-number').hash.slice(1))"""

# Words that are seen outside of the sheet.
BESIDE = """() => [...document.querySelectorAll('body *')].filter(
  element => !element.closest('.sheet') && !element.contains(document.querySelector('.sheet'))
    && element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && element.innerText?.trim()
).map(element => element.innerText.trim())"""


def sizes(pdf: bytes) -> list[tuple[int, int]]:
    """Width and height of each page of a PDF file as Chrome writes it, in points."""
    pages = re.findall(rb"/Type\s*/Page\b", pdf)
    boxes = re.findall(rb"/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)\s*\]", pdf)
    assert len(pages) == len(boxes)
    return [(round(float(width)), round(float(height))) for width, height in boxes]


def printed(page: Page) -> list[tuple[int, int]]:
    return sizes(page.pdf(prefer_css_page_size=True))


@pytest.fixture
def sheet(tabs: Tabs, site: str) -> Iterator[Page]:
    with visit(tabs.tab("print"), site, "sheet/", WIDTH) as opened:
        opened.page.emulate_media(media="print")
        yield opened.page
        opened.page.emulate_media(media="screen")


def test_it_is_printed_on_two_pages(sheet: Page) -> None:
    assert printed(sheet) == [A4, A4]


@pytest.mark.parametrize(
    "style",
    [
        # Without the page's own font sizes, without its columns, with a blank page before it.
        ".sheet .katex-display > .katex { font-size: 9pt !important }",
        ".sheet { columns: auto !important }",
        "body { page: auto !important } .sheet { page: sheet }",
    ],
)
def test_another_page_or_another_paper_is_noticed(sheet: Page, style: str) -> None:
    styled(sheet, f"@media print {{ {style} }}")
    assert printed(sheet) != [A4, A4]


def test_no_formula_is_wider_than_its_column(sheet: Page) -> None:
    assert sheet.evaluate(WIDE) == []


def test_a_wide_formula_is_noticed(sheet: Page) -> None:
    styled(sheet, "@media print { .sheet { columns: 4 !important } }")
    assert "loss-tangent" in sheet.evaluate(WIDE)


def test_nothing_is_printed_but_the_sheet(sheet: Page) -> None:
    assert sheet.evaluate(BESIDE) == []


def test_navigation_is_noticed(sheet: Page) -> None:
    sheet.emulate_media(media="screen")
    assert any("Softmax" in words for words in sheet.evaluate(BESIDE))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_links_are_dark_on_paper(sheet: Page, scheme: str) -> None:
    """Whatever the scheme of the screen: on white, a light blue could hardly be read."""
    sheet.emulate_media(media="print", color_scheme=scheme)  # type: ignore[arg-type]
    sheet.locator(f"body[data-md-color-scheme={MATERIAL[scheme]}]").wait_for(state="attached")
    assert lightness(sheet) < 0.5


def test_a_light_link_is_noticed(sheet: Page) -> None:
    styled(sheet, ".md-typeset a { color: #8fb2ff !important }")
    assert lightness(sheet) > 0.5


def lightness(page: Page) -> float:
    """Of the links' colour, from 0, black, to 1, white."""
    colour = page.locator(".sheet a.vm-number").first.evaluate("link => getComputedStyle(link).color")
    parts = [float(part) for part in re.findall(r"[\d.]+", colour)[:3]]
    return sum(parts) / 3 / 255
