"""A snippet that prints a drawing: the page shows it, named and described, and publishes it with its credit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from xml.etree import ElementTree

import pytest

from verimath.message.refusal import Refusal
from verimath.message.source import Span
from verimath.site.drawings import inline, is_drawing, published
from verimath.site.publication import Publication

PLACE = Span("page.md", 3)
SAID = "<title>A line</title><desc>It rises.</desc>"
DRAWN = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{SAID}{{}}</svg>'
LINE = '<path id="a" stroke="var(--line, #123456)"/><use href="#a" fill="url(#a)"/>'
ABOUT = Publication("A site", "An author", "https://a.example/", licence="CC-BY-4.0", day=date(2026, 1, 1))

Built = Callable[..., dict[str, str]]


def test_text_is_no_drawing() -> None:
    assert is_drawing(DRAWN.format(LINE))
    assert is_drawing('<?xml version="1.0"?>\n<svg />')
    assert not is_drawing("<svgs>")
    assert not is_drawing(f"a: {DRAWN}")


def test_its_ids_are_its_own() -> None:
    drawn = inline("x", DRAWN.format(LINE), PLACE)
    root = ElementTree.fromstring(drawn)
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert ids == ["x-title", "x-desc", "x-a"]
    assert 'href="#x-a"' in drawn
    assert 'fill="url(#x-a)"' in drawn
    assert (root.get("role"), root.get("aria-labelledby"), root.get("aria-describedby")) == ("img", "x-title", "x-desc")


def test_a_file_has_its_credit_and_colours_that_any_program_knows() -> None:
    file = published("x", DRAWN.format(LINE), ABOUT, PLACE)
    assert 'stroke="#123456"' in file
    for said in ("A line", "An author", "A site", "CC BY 4.0", "https://a.example/"):
        assert said in file
    assert ElementTree.fromstring(file).tag.endswith("svg")


@pytest.mark.parametrize(
    ("inside", "why"),
    [
        ("<script>a()</script>", "has <script>"),
        ("<style>a{}</style>", "has <style>"),
        ('<g onclick="a()"/>', "has <g onclick>"),
        ('<use href="https://a.example/b.svg"/>', "has <use href>"),
        ('<image href="a.png"/>', "has <image href>"),
        ("<g>", "isn't one drawing"),
    ],
)
def test_what_acts_beyond_it_is_refused(inside: str, why: str) -> None:
    with pytest.raises(Refusal, match=why):
        inline("x", DRAWN.format(inside), PLACE)


@pytest.mark.parametrize("tag", ["title", "desc"])
def test_what_says_nothing_to_who_does_not_see_is_refused(tag: str) -> None:
    silent = DRAWN.format(LINE).replace(f"<{tag}>", "<g>").replace(f"</{tag}>", "</g>")
    with pytest.raises(Refusal, match=f"has no <{tag}>"):
        inline("x", silent, PLACE)


PAGE = '# A\n\n```math {#one}\n1 = 1\n```\n\n```python {demo="x"}\n--8<-- "a.py:a"\n```\n'


def test_a_page_shows_what_a_snippet_drew(build_site: Built) -> None:
    code = f"# --8<-- [start:a]\nprint('{DRAWN.format(LINE)}')\n# --8<-- [end:a]\n"
    html = build_site(PAGE, {"a.py": code})["index.md"]
    assert '<path id="x-a"' in html
    assert '<desc id="x-desc">It rises.</desc>' in html
    assert "Code of this figure" in html
    assert 'href="assets/verimath/drawings/x.svg"' in html
    assert "vm-output" not in html
