"""The alignment gate passes what is set as its source has it, and refuses everything else."""

from __future__ import annotations

import html

import pytest

from tests.browser.conftest import Show
from tests.browser.formulas import MISREAD, MISSHAPEN, REFUSED, RIGHT, SOFTMAX
from tests.browser.gates import alignment
from tests.browser.pages import inline, page
from tests.browser.source import Displayed
from tests.browser.visit import DESKTOP, PHONE

SOURCE = [Displayed(label, tex) for label, tex in RIGHT.items()]
EMBLEM = [Displayed("softmax-map", SOFTMAX)]
EMBLEM_PAGE = page({"softmax-map": SOFTMAX})

# The cells of a column of the emblem's outer table; the third child is the space between the two pairs of columns.
COLUMN = ".katex-html > * > .mord > .mtable > :nth-child({}) > .vlist-t > .vlist-r:first-child > .vlist"


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_right_formulas_pass(show: Show, width: int, scripts: bool) -> None:
    visit = show(page(RIGHT), width=width, scripts=scripts)
    assert alignment.faults(visit.page, SOURCE) == []


def test_right_formulas_pass_in_any_size(show: Show) -> None:
    visit = show(page(RIGHT))
    for size in ("11px", "22.4px", "33px"):
        visit.page.evaluate("size => { document.body.style.fontSize = size }", size)
        assert alignment.faults(visit.page, SOURCE) == []


def test_broken_forms_are_refused(show: Show) -> None:
    broken = {**REFUSED, **MISSHAPEN, **MISREAD}
    visit = show(page({"right": SOFTMAX, **broken}))
    faults = alignment.faults(visit.page, [Displayed(label, SOFTMAX) for label in ["right", *broken]])
    assert {label for label in broken if any(f"`{label}`" in fault for fault in faults)} == set(broken)
    assert not any("`right`" in fault for fault in faults)


def test_geometry_alone_would_pass_all_that_katex_sets(show: Show) -> None:
    silent = {**MISSHAPEN, **MISREAD}
    visit = show(page(silent))
    assert alignment.faults(visit.page, [Displayed(label, tex) for label, tex in silent.items()]) == []


def test_rows_and_cells_are_counted_where_the_tex_seems_right(show: Show) -> None:
    forged = page(MISSHAPEN)
    for tex in MISSHAPEN.values():
        forged = forged.replace(html.escape(tex), html.escape(SOFTMAX))
    faults = alignment.faults(show(forged).page, [Displayed(label, SOFTMAX) for label in MISSHAPEN])
    assert [fault for fault in faults if "source" in fault] == [
        f"`{label}` shows other rows and cells than its source" for label in MISSHAPEN
    ]


def test_a_row_dropped_from_the_html_is_missed(show: Show) -> None:
    visit = show(EMBLEM_PAGE)
    for column in (1, 2, 4, 5):
        visit.page.locator(f"{COLUMN.format(column)} > :last-child").evaluate("cell => cell.remove()")
    # The matrices of that row go with it.
    assert alignment.faults(visit.page, EMBLEM) == [
        "`softmax-map` has the tables [(1, (4,))], its TeX [(1, (4, 4)), (2, (1, 1, 1)), (2, (1, 1, 1))]",
        "`softmax-map` shows other rows and cells than its source",
    ]


# Where a fault is seen, and what is shifted then: in the second cell of a column of the emblem, all of it or a part.
SHIFTED = [
    pytest.param("right edges of column 1", 1, "", id="right-edges"),
    pytest.param("left edges of column 2", 2, "", id="left-edges"),
    pytest.param("relation signs of column 4", 5, " .mrel:nth-child(3)", id="relation-signs"),
    pytest.param("centres of column 1", 2, " .mtable .vlist > span:nth-child(2) > :last-child", id="centres"),
]


@pytest.mark.parametrize(("fault", "column", "part"), SHIFTED)
def test_half_a_pixel_is_the_limit(show: Show, fault: str, column: int, part: str) -> None:
    visit = show(EMBLEM_PAGE)
    point = visit.page.locator(f"{COLUMN.format(column)} > span:nth-child(2) > :last-child{part}").first
    for shift in (-0.6, -0.4, 0.4, 0.6):
        point.evaluate("(cell, shift) => { cell.style.position = 'relative'; cell.style.left = `${shift}px` }", shift)
        faults = alignment.faults(visit.page, EMBLEM)
        if abs(shift) < 0.5:
            assert faults == []
        else:
            assert f"`softmax-map` is out of line: {fault} differ by 0.6 px" in faults


def test_a_cell_out_of_its_row_is_refused(show: Show) -> None:
    visit = show(EMBLEM_PAGE)
    visit.page.add_style_tag(content=f"{COLUMN.format(5)} > span:nth-child(2) {{ transform: translateY(.6px) }}")
    assert alignment.faults(visit.page, EMBLEM)[0].startswith("`softmax-map` has the tables [(1, (4, 3, 1)),")


STYLES = [
    pytest.param(
        ".katex .col-align-r > .vlist-t { text-align: center !important }", "right edges of column 1", id="centred"
    ),
    pytest.param(".katex .col-align-l { margin-left: .6px }", "columns 1 and 2 where they meet", id="columns-apart"),
    pytest.param(".katex span { padding: 0 1px }", "columns 1 and 2 where they meet", id="padding-on-spans"),
    pytest.param(".katex * { white-space: normal }", "has the tables", id="white-space"),
    pytest.param(".vm-formula { visibility: hidden }", "can't be seen", id="hidden"),
    pytest.param(".vm-formula { opacity: 0 }", "can't be seen", id="transparent"),
    pytest.param(".vm-equation { display: none }", "can't be seen", id="not-displayed"),
]


@pytest.mark.parametrize(("style", "fault"), STYLES)
def test_a_style_that_spoils_formulas_is_refused(show: Show, style: str, fault: str) -> None:
    visit = show(page(RIGHT), width=PHONE)
    visit.page.add_style_tag(content=style)
    assert fault in "\n".join(alignment.faults(visit.page, SOURCE))


def test_a_missing_stylesheet_is_refused(show: Show) -> None:
    visit = show(page(RIGHT).replace('<link rel="stylesheet" href="katex/katex.min.css">', ""))
    assert "is out of line" in "\n".join(alignment.faults(visit.page, SOURCE))


ORDERED = {"first": "a = b", "second": "c = d"}
OTHERS = [
    pytest.param(["first", "second"], [], id="as-it-is"),
    pytest.param(["first"], ["2 equations are shown, the source has 1"], id="one-too-many"),
    pytest.param(["first", "second", "third"], ["2 equations are shown, the source has 3"], id="one-lost"),
    pytest.param(
        ["second", "first"],
        [
            "`first` stands where the source has `second`",
            "`second` shows another TeX than its source: 'a = b'",
            "`second` stands where the source has `first`",
            "`first` shows another TeX than its source: 'c = d'",
        ],
        id="another-order",
    ),
]


@pytest.mark.parametrize(("labels", "faults"), OTHERS)
def test_equations_are_those_of_the_source_in_order(show: Show, labels: list[str], faults: list[str]) -> None:
    source = [Displayed(label, ORDERED.get(label, "e = f")) for label in labels]
    assert alignment.faults(show(page(ORDERED)).page, source) == faults


def test_an_equation_shown_again_bears_no_label(show: Show) -> None:
    source = [Displayed("first", "a = b"), Displayed("first", "a = b", again=True)]
    both = page({"first": "a = b", "again": "a = b"})
    shown = both.replace('class="vm-equation" id="again"', 'class="vm-equation vm-shown"')
    assert alignment.faults(show(shown).page, source) == []
    assert alignment.faults(show(both).page, source) == ["`again` stands where the source has `first`"]


INLINE = [
    pytest.param(["a_i", "b"], ["a_i", "b"], [], id="both"),
    pytest.param(["a_i", "b"], ["b"], [], id="one-more-than-in-the-prose"),
    pytest.param(
        ["b"],
        ["a_i", "b", "b"],
        ["$a_i$ of the source isn't on the page (1 missing)", "$b$ of the source isn't on the page (1 missing)"],
        id="lost",
    ),
    pytest.param(["a i"], ["a_i"], ["$a_i$ of the source isn't on the page (1 missing)"], id="emphasised-away"),
]


@pytest.mark.parametrize(("shown", "source", "faults"), INLINE)
def test_formulas_of_the_prose_are_there(show: Show, shown: list[str], source: list[str], faults: list[str]) -> None:
    assert alignment.faults(show(page({}, "".join(map(inline, shown)))).page, [], source) == faults


FOLDED = """
<style>
.tabbed-block { display: none }
.tabbed-set > input:nth-child(1):checked ~ .tabbed-content > :nth-child(1),
.tabbed-set > input:nth-child(2):checked ~ .tabbed-content > :nth-child(2) { display: block }
</style>
<div class="tabbed-set"><input type="radio" name="a" id="a1" checked><input type="radio" name="a" id="a2">
<div class="tabbed-content"><div class="tabbed-block">…</div><div class="tabbed-block">
<div class="tabbed-set"><input type="radio" name="b" id="b1" checked><input type="radio" name="b" id="b2">
<div class="tabbed-content"><div class="tabbed-block">…</div><div class="tabbed-block">
<details><summary>…</summary>FORMULA</details>
</div></div></div>
</div></div></div>
"""


def test_what_is_folded_away_is_opened(show: Show) -> None:
    folded = page({}, FOLDED.replace("FORMULA", inline(RIGHT["cases"])))
    assert alignment.faults(show(folded).page, [], [RIGHT["cases"]]) == []
    spoilt = folded.replace(
        "<main>", "<style>.katex .col-align-l > .vlist-t { text-align: right !important }</style><main>"
    )
    assert "left edges of column 2" in "\n".join(alignment.faults(show(spoilt).page, []))
    hidden = folded.replace("<details>", "<details hidden>")
    assert "can't be seen" in "\n".join(alignment.faults(show(hidden).page, []))
