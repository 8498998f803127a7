"""Each gate passes a page that stands alone, and refuses it with one thing spoilt."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Show
from tests.browser.formulas import RIGHT, SOFTMAX
from tests.browser.gates import accessibility, copying, keyboard, layout, mathml
from tests.browser.pages import inline, long_inline, page
from tests.browser.visit import DESKTOP, PHONE

Gate = Callable[[Page], list[str]]

PLAIN = page(RIGHT, inline("a_i"))


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_a_right_page_passes_every_gate(show: Show, width: int, dark: bool) -> None:
    visit = show(PLAIN, width=width, dark=dark)
    for gate in (layout, mathml, keyboard, copying, accessibility):
        assert gate.faults(visit.page) == []
    assert visit.log.faults(visit.page) == []


def test_formulas_need_no_script(show: Show) -> None:
    visit = show(PLAIN, scripts=False)
    for gate in (layout, mathml):
        assert gate.faults(visit.page) == []


def styled(style: str) -> str:
    return PLAIN.replace("<main>", f"<main><style>{style}</style>")


WIDE = '<p id="wide" style="width: 400px">large</p>'

SPOILT = [
    pytest.param(
        layout.faults,
        styled(".vm-formula { overflow: visible }"),
        r"the page is \d{3} px wide in a window of 360 px",
        id="overflow",
    ),
    pytest.param(
        layout.faults,
        styled(".vm-formula { overflow: visible }"),
        r"the number of <.*> at #softmax-map covers its formula",
        id="overlap",
    ),
    pytest.param(
        layout.faults, styled(".vm-number { margin-left: -30px }"), r"covers its formula", id="number-over-the-box"
    ),
    pytest.param(
        layout.faults,
        styled(".vm-number { position: absolute; right: 0 }"),
        r"covers its formula",
        id="number-in-the-box",
    ),
    pytest.param(
        layout.faults,
        styled(".vm-number { display: none }"),
        r"the number of <.*> at #matrix can't be seen",
        id="number-hidden",
    ),
    pytest.param(
        layout.faults, PLAIN.replace('class="vm-number"', ""), r"lacks its formula or its number", id="number-lost"
    ),
    pytest.param(layout.faults, page({}, WIDE), r"<p> at #wide sticks out", id="wide"),
    pytest.param(
        layout.faults,
        page({}, f"<div style='margin-left: -40px'>{WIDE}</div>"),
        r"<div> sticks out",
        id="wide-to-the-left",
    ),
    pytest.param(
        layout.faults,
        page({}, WIDE).replace("<body>", "<body style='overflow-x: hidden'>"),
        r"<p> at #wide sticks out",
        id="hidden-by-the-body",
    ),
    pytest.param(
        layout.faults,
        page({}, WIDE).replace("<main>", "<main style='overflow-x: clip'>"),
        r"<p> at #wide sticks out",
        id="hidden-by-a-wrapper",
    ),
    pytest.param(
        layout.faults, page({}, f"<details>{WIDE}</details>"), r"<p> at #wide sticks out", id="wide-when-unfolded"
    ),
    pytest.param(
        layout.faults,
        styled(".vm-formula { max-height: 60px }"),
        r"<span.katex> at #softmax-map is cut in its height",
        id="cut-below",
    ),
    pytest.param(
        layout.faults,
        styled(".katex-display { margin-top: -20px !important }"),
        r"at #one-line is cut in its height",
        id="cut-above",
    ),
    pytest.param(
        layout.faults,
        page({}, long_inline(r"\frac{a}{b}") + "<style>.vm-long { height: 1em }</style>"),
        r"<span.katex> is cut in its height",
        id="inline-cut",
    ),
    pytest.param(
        mathml.faults, re.sub(r"(?s)<math.*?</math>", "", PLAIN), r"`softmax-map` has no MathML", id="no-mathml"
    ),
    pytest.param(
        mathml.faults,
        re.sub(r"(?s)<semantics>.*?<annotation", "<semantics><annotation", PLAIN),
        r"the MathML of `softmax-map` is empty",
        id="tex-only",
    ),
    pytest.param(
        mathml.faults,
        PLAIN.replace('class="katex-mathml"', 'class="katex-mathml" aria-hidden="true"'),
        r"is hidden from screen",
        id="hidden",
    ),
    pytest.param(
        mathml.faults, PLAIN.replace('aria-hidden="true"', ""), r"`softmax-map` is read out twice", id="read-twice"
    ),
    pytest.param(
        mathml.faults, PLAIN.replace(' display="block"', ""), r"`softmax-map` isn't displayed math", id="inline-mathml"
    ),
    pytest.param(
        keyboard.faults,
        PLAIN.replace('tabindex="0"', ""),
        r"of `matrix` can't be reached by keyboard",
        id="no-tabindex",
    ),
    pytest.param(
        keyboard.faults,
        PLAIN.replace('tabindex="0"', 'tabindex="-1"'),
        r"can't be reached by keyboard",
        id="tabindex-below-0",
    ),
    pytest.param(keyboard.faults, PLAIN.replace('role="group"', ""), r"of `matrix` has no role", id="no-role"),
    pytest.param(keyboard.faults, re.sub('aria-label=".*?"', "", PLAIN), r"of `matrix` has no label", id="no-label"),
    pytest.param(
        keyboard.faults,
        page({}, long_inline(rf"\sqrt{{{RIGHT['one-line']}}}")),
        r"<span.vm-inline.vm-long> .* can't be reached by keyboard",
        id="long-inline-formula",
    ),
    pytest.param(
        copying.faults, PLAIN.replace("copy-tex.min.js", "none.js"), r'the copy of `a_i` is ""', id="no-copy-tex"
    ),
    pytest.param(
        copying.faults,
        PLAIN.replace(
            "</body>",
            "<script>addEventListener('copy', event => event.clipboardData.setData('text/plain', 'S'))</script></body>",
        ),
        r'the copy of `a_i` is "S"',
        id="another-text",
    ),
    pytest.param(
        accessibility.faults,
        PLAIN.replace("</main>", "<img src='data:,'></main>"),
        r"image-alt: img: ",
        id="image-without-text",
    ),
    pytest.param(
        accessibility.faults, styled(".vm-number { color: #ccc }"), r"color-contrast: .*softmax-map", id="pale-number"
    ),
    pytest.param(
        accessibility.faults,
        PLAIN.replace("</main>", "<details><summary>plus</summary><img src='data:,'></details></main>"),
        r"image-alt: img: ",
        id="image-when-unfolded",
    ),
    pytest.param(
        accessibility.faults, PLAIN.replace('tabindex="0"', ""), r"scrollable-region-focusable: ", id="scroll-box"
    ),
]


@pytest.mark.parametrize(("gate", "spoilt", "fault"), SPOILT)
def test_a_spoilt_page_is_refused(show: Show, gate: Gate, spoilt: str, fault: str) -> None:
    visit = show(spoilt, width=PHONE)
    faults = gate(visit.page)
    assert re.search(fault, "\n".join(faults)), faults


def test_colours_are_those_of_the_scheme(show: Show) -> None:
    pale_in_the_dark = styled("@media (prefers-color-scheme: dark) { .vm-number { color: #ccc } }")
    assert accessibility.faults(show(pale_in_the_dark).page) == []
    assert "color-contrast" in "\n".join(accessibility.faults(show(pale_in_the_dark, dark=True).page))


def test_what_scrolls_in_its_box_may_be_wide(show: Show) -> None:
    assert (
        layout.faults(
            show(page({"softmax-map": SOFTMAX}, f"<div style='overflow: auto'>{WIDE}</div>"), width=PHONE).page
        )
        == []
    )


LOGGED = [
    pytest.param("<script>console.error('oh')</script>", r"the console says: oh", id="console"),
    pytest.param("<script>undefined.x</script>", r"the page raised .*undefined", id="exception"),
    pytest.param(
        "<script>setTimeout(() => undefined.x, 100)</script>", r"the page raised .*undefined", id="late-exception"
    ),
    pytest.param("<img src='none.png' alt=''>", r"/none\.png answers 404", id="not-there"),
    pytest.param("<script>fetch('none.json')</script>", r"/none\.json answers 404", id="fetched-but-not-there"),
    pytest.param("<img src='http://127.0.0.1:1/a.png' alt=''>", r"127\.0\.0\.1:1/a\.png failed", id="no-answer"),
    pytest.param(
        "<script src='http://cdn.invalid/a.js'></script>",
        r"cdn\.invalid/a\.js is asked for, which isn't of",
        id="third-party-script",
    ),
    pytest.param(
        "<style>@import 'http://fonts.invalid/a.css'</style>",
        r"fonts\.invalid/a\.css is asked for",
        id="third-party-style",
    ),
    pytest.param(
        "<link rel='preconnect' href='http://cdn.invalid'>", r"to http://cdn\.invalid/ is made ready", id="preconnect"
    ),
    pytest.param(
        "<link rel='dns-prefetch' href='//cdn.invalid'>", r"to http://cdn\.invalid/ is made ready", id="dns-prefetch"
    ),
]


@pytest.mark.parametrize(("spoilt", "fault"), LOGGED)
def test_a_page_that_complains_or_asks_elsewhere_is_refused(show: Show, spoilt: str, fault: str) -> None:
    visit = show(page({}, spoilt))
    faults = visit.log.faults(visit.page)
    assert re.search(fault, "\n".join(faults)), faults


def test_links_to_other_sites_are_no_requests(show: Show) -> None:
    visit = show(page({}, "<p><a href='http://elsewhere.invalid/'>ailleurs</a></p>"))
    assert visit.log.faults(visit.page) == []
