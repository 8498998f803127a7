"""Each gate passes a page that stands alone, and refuses it with one thing spoilt."""

from __future__ import annotations

import re
from typing import Protocol

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Show, Standalone
from tests.browser.formulas import RIGHT
from tests.browser.gates import accessibility, copying, keyboard, layout, mathml
from tests.browser.pages import inline, long_inline, page
from tests.browser.visit import DESKTOP, PHONE, Tabs, visit


class Gate(Protocol):
    """One of the modules in `gates`."""

    def faults(self, page: Page) -> list[str]: ...


GATES: list[Gate] = [layout, mathml, keyboard, copying, accessibility]
PLAIN = page(RIGHT, inline("a_i"))


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_a_right_page_passes_every_gate(show: Show, width: int, dark: bool) -> None:
    opened = show(PLAIN, width=width, dark=dark)
    assert [gate.faults(opened.page) for gate in GATES] == [[]] * len(GATES)
    assert opened.log.faults(opened.page) == []


def test_formulas_need_no_script(show: Show) -> None:
    opened = show(PLAIN, scripts=False)
    assert layout.faults(opened.page) == mathml.faults(opened.page) == []


def with_style(style: str, html: str = PLAIN) -> str:
    return html.replace("<main>", f"<main><style>{style}</style>")


def without(text: str) -> str:
    return re.sub(text, "", PLAIN, flags=re.DOTALL)


def refuses(gate: Gate, **cases: tuple[str, str]) -> list[object]:
    """Pages that this gate refuses, by what is wrong with them, each with a pattern of the fault."""
    return [pytest.param(gate, *case, id=f"{gate.__name__.split('.')[-1]}-{name}") for name, case in cases.items()]  # type: ignore[attr-defined]


WIDE = '<p id="wide" style="width: 400px">large</p>'
ROOT = rf"\sqrt{{{RIGHT['one-line']}}}"

# Of pieces that look the same the first alone is looked at: these look like none before them.
CODE = "<pre><code><b></b><b>if</b><b class='k'>(</b><b class='k'>or</b><b>in</b> <i><b>is</b></i></code></pre>"
PALE = ".k { color: #ccc }"
TABBED = """<style>.tabbed-set > input { opacity: 0 } .tabbed-set > input:not(:checked) + div { display: none }</style>
<div class="tabbed-set"><input type="radio" name="a" id="one" aria-label="un" checked><div>un</div>
<input type="radio" name="a" id="two" aria-label="deux"><div><img src="data:,"></div></div>"""

# As on a wide screen; on a phone the number stands below its formula.
BESIDE = ".vm-equation { grid-template-columns: minmax(0, 1fr) auto }"
SPOILT = [
    *refuses(
        layout,
        overflow=(with_style(".vm-formula { overflow: visible }"), "page is [0-9]{3} px wide in a window of 360 px"),
        overlap=(
            with_style(BESIDE + ".vm-formula { overflow: visible }"),
            "number of <.*> at #softmax-map covers its formula",
        ),
        number_over_the_box=(with_style(BESIDE + ".vm-number { margin-left: -40px }"), "covers its formula"),
        number_in_the_box=(with_style(".vm-number { position: absolute; right: 0 }"), "covers its formula"),
        number_hidden=(with_style(".vm-number { display: none }"), "the number of <.*> at #matrix can't be seen"),
        number_lost=(without('class="vm-number"'), "lacks its formula or its number"),
        wide=(page({}, WIDE), "<p> at #wide sticks out"),
        wide_to_the_left=(page({}, f"<div style='margin-left: -40px'>{WIDE}</div>"), "<div> sticks out"),
        wide_behind_the_body=(with_style("body { overflow-x: hidden }", page({}, WIDE)), "<p> at #wide sticks out"),
        wide_behind_a_wrapper=(with_style("main { overflow-x: clip }", page({}, WIDE)), "<p> at #wide sticks out"),
        wide_when_unfolded=(page({}, f"<details>{WIDE}</details>"), "<p> at #wide sticks out"),
        cut_below=(with_style(".vm-formula { max-height: 60px }"), "<span.katex> at #softmax-map is cut in its height"),
        cut_above=(with_style(".katex-display { margin-top: -20px !important }"), "at #one-line is cut in its height"),
        cut_inline=(with_style(".vm-long { height: 1em }", page({}, long_inline(ROOT))), "katex> is cut in its height"),
    ),
    *refuses(
        mathml,
        none=(without("<math.*?</math>"), "`softmax-map` has no MathML"),
        tex_only=(without("(?<=<semantics>).*?(?=<annotation)"), "the MathML of `softmax-map` is empty"),
        hidden=(
            PLAIN.replace('mathml"', 'mathml" aria-hidden="true"'),
            "of `softmax-map` is hidden from screen readers",
        ),
        read_twice=(without('aria-hidden="true"'), "`softmax-map` is read out twice"),
        inline=(without(' display="block"'), "`softmax-map` isn't displayed math"),
    ),
    *refuses(
        keyboard,
        no_tabindex=(without('tabindex="0"'), "at #matrix can't be reached by keyboard"),
        skipped=(PLAIN.replace('tabindex="0"', 'tabindex="-1"'), "at #matrix can't be reached by keyboard"),
        no_role=(without('role="group"'), "at #matrix has no role"),
        no_label=(without('aria-label=".*?"'), "at #matrix has no label"),
        long_inline=(page({}, long_inline(ROOT)), "<span.vm-inline.vm-long> can't be reached by keyboard"),
    ),
    *refuses(
        copying,
        no_script=(without("<script.*?</script>"), 'the copy of `a_i` is ""'),
        another_text=(
            PLAIN
            + "<script>addEventListener('copy', event => event.clipboardData.setData('text/plain', 'S'))</script>",
            'the copy of `a_i` is "S"',
        ),
    ),
    *refuses(
        accessibility,
        image=(page({}, "<img src='data:,'>"), "image-alt: img: "),
        image_when_unfolded=(
            page({}, "<details><summary>plus</summary><img src='data:,'></details>"),
            "image-alt: img: ",
        ),
        image_in_another_tab=(page({}, TABBED), "image-alt: img: "),
        pale=(with_style(".vm-number { color: #ccc }"), "color-contrast: .*softmax-map"),
        pale_code=(with_style(PALE, page({}, CODE)), r"color-contrast: \.k:nth-child\(4\)"),
        pale_glyph=(with_style(".katex .mop { color: #ccc }"), r"color-contrast: .*\.mop"),
        pale_behind=(with_style("pre i { background: #333 }", page({}, CODE)), "color-contrast: i > b"),
        no_tabindex=(without('tabindex="0"'), "scrollable-region-focusable: "),
    ),
]


@pytest.mark.parametrize(("gate", "spoilt", "fault"), SPOILT)
def test_a_spoilt_page_is_refused(show: Show, gate: Gate, spoilt: str, fault: str) -> None:
    faults = gate.faults(show(spoilt, width=PHONE).page)
    assert re.search(fault, "\n".join(faults)), faults


def test_colours_are_those_of_the_scheme(show: Show) -> None:
    pale_in_the_dark = with_style("@media (prefers-color-scheme: dark) { .vm-number { color: #ccc } }")
    assert accessibility.faults(show(pale_in_the_dark).page) == []
    assert "color-contrast" in "\n".join(accessibility.faults(show(pale_in_the_dark, dark=True).page))


def test_what_scrolls_in_its_box_may_be_wide(show: Show) -> None:
    boxed = page({}, f"<div style='overflow: auto'>{WIDE}</div>")
    assert layout.faults(show(boxed, width=PHONE).page) == []


LOGGED = {
    "<script>console.error('oh')</script>": "the console says: oh",
    "<script>null.x</script>": "the page raised .*null",
    "<script>setTimeout(() => undefined.x, 100)</script>": "the page raised .*undefined",
    "<img src='none.png' alt=''>": r"/none\.png answers 404",
    "<script>fetch('none.json')</script>": r"/none\.json answers 404",
    "<img src='http://127.0.0.1:1/a.png' alt=''>": r"127\.0\.0\.1:1/a\.png failed",
    "<script src='http://cdn.invalid/a.js'></script>": r"http://cdn\.invalid/a\.js is asked for",
    "<style>@import 'http://cdn.invalid/a.css'</style>": r"http://cdn\.invalid/a\.css is asked for",
    "<link rel='preconnect' href='http://near.invalid'>": r"to http://near\.invalid/ is made ready",
    "<link rel='dns-prefetch' href='//far.invalid'>": r"to http://far\.invalid/ is made ready",
}


@pytest.fixture(scope="module")
def logged(tabs: Tabs, standalone: Standalone) -> list[str]:
    """What is heard of a page with all of these on it."""
    with visit(tabs.tab("logged"), standalone.host, standalone.put(page({}, "".join(LOGGED)))) as opened:
        return opened.log.faults(opened.page)


@pytest.mark.parametrize("fault", LOGGED.values(), ids=LOGGED)
def test_a_page_that_complains_or_asks_elsewhere_is_refused(logged: list[str], fault: str) -> None:
    assert re.search(fault, "\n".join(logged)), logged


def test_links_to_other_sites_are_no_requests(show: Show) -> None:
    opened = show(page({}, "<p><a href='http://elsewhere.invalid/'>ailleurs</a></p>"))
    assert opened.log.faults(opened.page) == []
