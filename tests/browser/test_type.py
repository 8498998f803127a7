"""The page as it is set: its face, its measure, formulas at the size of text, notes in the margin; nothing moves."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Page

from tests.browser.visit import DESKTOP, PHONE, Tabs, styled, visit

WIDE, PAGE = 1920, "softmax/"
TEXT = ".md-content__inner > p:not(.vm-reading)"
FACE = "STIX Two Text"
# How many letters of its own text a line of the longest paragraphs holds.
MEASURE = """() => [...document.querySelectorAll(':is(.md-content__inner, .vm-section) > p')]
  .filter(p => p.textContent.length > 250 && !p.querySelector('.katex')).map(p => {
  const probe = document.createElement('span');
  probe.style.cssText = 'position: absolute; white-space: nowrap; visibility: hidden';
  probe.textContent = p.textContent;
  p.append(probe);
  const letter = probe.getBoundingClientRect().width / p.textContent.length * 2;
  probe.remove();
  return p.getBoundingClientRect().width / letter;
})"""
# The size of formulas in the text against that of the text around them.
SIZES = """() => [...document.querySelectorAll('.md-content p > .vm-inline .katex')].map(
  formula => parseFloat(getComputedStyle(formula).fontSize)
    / parseFloat(getComputedStyle(formula.closest('p')).fontSize))"""
# Of the asides: how far right of the text they begin, and of the page they end.
ASIDES = """() => [...document.querySelectorAll('aside.margin')].map(aside => {
  const { left, right } = aside.getBoundingClientRect();
  const text = document.querySelector('.md-content__inner > p').getBoundingClientRect();
  return [left - text.right, document.documentElement.clientWidth - right, left - text.left];
})"""
HEIGHT = """() => [...document.querySelectorAll('.md-content__inner > p')].reduce(
  (sum, p) => sum + p.getBoundingClientRect().height, 0)"""


def faces(page: Page, selector: str) -> set[str]:
    """The faces in which the letters of an element are drawn."""
    session = page.context.new_cdp_session(page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    node = session.send("DOM.querySelector", {"nodeId": root, "selector": selector})["nodeId"]
    fonts = session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
    session.detach()
    return {font["familyName"] for font in fonts}


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_text_is_set_in_its_face(tabs: Tabs, site: str, width: int) -> None:
    with visit(tabs.tab("type"), site, PAGE, width) as opened:
        assert faces(opened.page, TEXT) == {FACE}
        assert faces(opened.page, "h1") == {FACE}
        # What is used rather than read is in the reader's own.
        assert FACE not in faces(opened.page, ".md-nav__link")


@pytest.mark.parametrize("width", [DESKTOP, WIDE])
def test_a_line_holds_66_to_75_letters(tabs: Tabs, site: str, width: int) -> None:
    with visit(tabs.tab("type"), site, "context/", width) as opened:
        styled(opened.page, ".vm-section { content-visibility: visible !important }")
        found = opened.page.evaluate(MEASURE)
        assert len(found) > 2
        mean = sum(found) / len(found)
        assert 66 <= mean <= 75.5
        styled(opened.page, ".md-typeset.md-typeset p { max-width: none }")
        assert max(opened.page.evaluate(MEASURE)) > 75.5


def test_formulas_in_the_text_are_of_its_size(tabs: Tabs, site: str) -> None:
    with visit(tabs.tab("type"), site, PAGE) as opened:
        sizes = opened.page.evaluate(SIZES)
        assert len(sizes) > 20
        assert 1 <= min(sizes) <= max(sizes) <= 1.1


def test_asides_stand_in_the_margin_where_there_is_one(tabs: Tabs, site: str) -> None:
    with visit(tabs.tab("type"), site, PAGE, WIDE) as opened:
        wide = opened.page.evaluate(ASIDES)
        assert len(wide) > 1
        assert all(beside >= 0 and within > 0 for beside, within, _ in wide)
    for width in (DESKTOP, PHONE):
        with visit(tabs.tab("type"), site, PAGE, width) as opened:
            assert all(abs(indent) < 1 for _, _, indent in opened.page.evaluate(ASIDES))


def test_nothing_moves_when_the_face_comes(tabs: Tabs, site: str) -> None:
    """What stands in for it takes as much room, but for what a line's end decides."""
    heights = []
    for blocked in (False, True):
        page = tabs.browser.new_context(reduced_motion="reduce", locale="fr-FR").new_page()
        if blocked:
            page.route(re.compile("stix"), lambda route: route.abort())
        page.set_viewport_size({"width": DESKTOP, "height": 800})
        page.goto(site + PAGE)
        page.evaluate("document.fonts.ready.then(() => null)")
        assert (FACE in faces(page, TEXT)) is not blocked
        heights.append(page.evaluate(HEIGHT))
        if blocked:
            styled(page, ":root { --vm-text-face: 'DejaVu Serif', 'Liberation Serif', serif }")
            heights.append(page.evaluate(HEIGHT))
        page.context.close()
    face, stand_in, plain = heights
    assert abs(stand_in / face - 1) < 0.03
    assert abs(plain / face - 1) > abs(stand_in / face - 1)


def drawings(html: str) -> tuple[list[str], list[str]]:
    """Of a page: the ids that stand on it twice, and the drawings without a file of their own."""
    soup = BeautifulSoup(html, "html.parser")
    ids = [str(each["id"]) for each in soup.find_all(id=True)]
    alone = [
        drawn.parent.get_text()[:40] if drawn.parent else ""
        for drawn in soup.select(".vm-drawing")
        if drawn.parent is None or not drawn.parent.select('a[download][href$=".svg"]')
    ]
    return sorted(each for each, count in Counter(ids).items() if count > 1), alone


def test_ids_are_unique_and_each_figure_can_be_downloaded(built: Path) -> None:
    pages = [path for path in built.rglob("index.html") if "vm-drawing" in path.read_text("utf-8")]
    # What cells of the notebook draw has its code above it, and no file.
    pages = [path for path in pages if path.parent.name != "training"]
    assert len(pages) > 18
    for path in pages:
        html = path.read_text("utf-8")
        assert drawings(html) == ([], []), path.parent.name
        for href in re.findall(r'<a class="vm-file" download href="([^"]+)"', html):
            file = (path.parent / href).read_text("utf-8")
            assert "CC BY 4.0" in file
            assert "var(" not in file


def test_a_doubled_id_and_a_figure_without_file_are_noticed() -> None:
    assert drawings('<p id="a"><i id="a"></p><div><div class="vm-drawing"></div>no file</div>') == (["a"], ["no file"])
