"""A site whose equations are executed when it is built: what is false stops it, what is refused on purpose says so."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from mkdocs.config.defaults import MkDocsConfig

from tests.conftest import Build, Refused
from tests.markup import equations, soup
from tests.processes import count_processes
from verimath.names.table import Formula
from verimath.report import findings
from verimath.trials.page_trials import Trials
from verimath.verdict.check import Verdict
from verimath.verdict.check import witnessed as really_check

SYMBOLS = "```math {#symbols}\nx, y \\in \\mathbb{R}\n```\n\n"
TRUE = "```math {#square}\n(x + y)^2 = x^2 + 2 x y + y^2\n```\n\n"
FALSE = "```math {#square}\n(x + y)^2 = x^2 + y^2\n```\n\n"
CHILD = "---\nbuilds_on: [a.md]\n---\n\n```math {#child}\nx \\cdot 2 = x + x\n```\n"


@pytest.fixture(autouse=True)
def nothing_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test begins as a first build."""
    monkeypatch.setattr(MkDocsConfig.plugins, "plugin_cache", {})


@pytest.fixture
def checked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The labels of the equations that are checked, as builds go on."""
    found: list[str] = []

    def listening(formula: Formula, trials: Trials, key: str) -> Verdict:
        found.append(formula.equation.label)
        return really_check(formula, trials, key)

    monkeypatch.setattr(findings, "witnessed", listening)
    return found


def notes(html: str) -> list[str]:
    return [tag.get_text() for tag in soup(html).select(".vm-note")]


# What stops a build


def test_a_true_page_is_built(build_site: Build) -> None:
    html = build_site(SYMBOLS + TRUE, check=True)["index.md"]
    assert [*equations(html)] == ["symbols", "square"]
    assert notes(html) == []


def test_a_false_equation_stops_the_build_and_writes_no_page(build_site: Build, tmp_path: Path) -> None:
    build_site({"index.md": "before\n", "other.md": SYMBOLS + TRUE}, check=True)
    assert [*(tmp_path / "site").rglob("*.html")]
    with pytest.raises(Refused) as refused:
        build_site({"index.md": "after\n", "other.md": SYMBOLS + FALSE}, check=True)
    message = str(refused.value)
    assert message.startswith(
        "docs/other.md:6: equation `square` is false\n    (x + y)^2 = x^2 + y^2\n              ^\n"
    )
    assert message.endswith("\n  correct the formula, or what it reads")
    assert "on trial 0 (seed 0): the left side is " in message
    assert not [*(tmp_path / "site").rglob("*.html")]
    # The twin: it is the check that stops it.
    assert build_site({"index.md": "after\n", "other.md": SYMBOLS + FALSE}, check=False)


STOPS: list[tuple[str, dict[str, str], str]] = [
    ("an ill-formed equation", {"index.md": SYMBOLS + "```math {#a}\nx = z\n```\n"}, "equation `a` is ill-formed"),
    ("an equation of a parent", {"a.md": SYMBOLS + FALSE, "b.md": CHILD}, "docs/a.md:6: equation `square` is false"),
    ("an unknown parent", {"index.md": "---\nbuilds_on: [nowhere.md]\n---\n"}, "there is no page `docs/nowhere.md`"),
    ("a circle", {"a.md": "---\nbuilds_on: [a.md]\n---\n"}, "pages build on each other in a circle"),
    (
        "an unknown symbol in the text",
        {"index.md": SYMBOLS + "So $q$.\n"},
        "`q` is a symbol that this page doesn't know",
    ),
    (
        "expect on an equation that holds",
        {"index.md": SYMBOLS + TRUE.replace("}\n", ' expect="false"}\n', 1)},
        'docs/index.md:5: equation `square` holds\n  its fence says expect="false"\n  delete that, or print',
    ),
    (
        "expect of another verdict",
        {"index.md": SYMBOLS + FALSE.replace("}\n", ' expect="ill-formed"}\n', 1)},
        "docs/index.md:6: equation `square` is false",
    ),
    (
        "a snippet that computes something else",
        {
            "index.md": "---\nnotation:\n  - {symbol: x, code: x, meaning: a number}\n---\n\n"
            + SYMBOLS
            + "```math {#triple}\n3 x = x + x + x\n```\n\n"
            + '```python {verifies="triple"}\n--8<-- "double.py:double"\n```\n'
        },
        "snippet `triple` doesn't compute its equation",
    ),
]


@pytest.mark.parametrize(("pages", "says"), [case[1:] for case in STOPS], ids=[case[0] for case in STOPS])
def test_what_is_wrong_stops_the_build(pages: dict[str, str], says: str, build_site: Build, tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        build_site(pages, check=True)
    assert says in str(refused.value)
    assert "Traceback" not in str(refused.value)
    assert not [*(tmp_path / "site").rglob("*.html")]


# What is shown of equations that aren't claimed to hold


def test_an_unchecked_equation_shows_its_reason(build_site: Build) -> None:
    fence = '```math {#integral unchecked="no integrals & <b>"}\n\\int_0^1 x \\, dx = \\frac{1}{2}\n```\n'
    assert notes(build_site(fence, check=True)["index.md"]) == ["Not checked: no integrals & <b>"]


def test_an_expected_refusal_shows_what_this_build_finds(build_site: Build) -> None:
    false = FALSE.replace("}\n", ' expect="false"}\n', 1)
    strange = '```math {#strange expect="ill-formed"}\nlnx = y\n```\n'
    found = notes(build_site(SYMBOLS + false + strange, check=True)["index.md"])
    assert len(found) == 2
    assert found[0].startswith("False, as this build finds: ")
    assert found[0].endswith(" on the right")
    assert found[1].startswith("Ill-formed, as this build finds: ")
    # Without the check, this build finds nothing.
    assert notes(build_site(SYMBOLS + false + strange, check=False)["index.md"]) == []


# What is checked again


def test_a_second_build_of_the_same_pages_checks_nothing_again(build_site: Build, checked: list[str]) -> None:
    pages = {"a.md": SYMBOLS + TRUE, "b.md": CHILD}
    first = build_site(pages, check=True)
    assert checked == ["symbols", "square", "child"]
    assert build_site(pages, check=True) == first
    assert checked == ["symbols", "square", "child"]


def test_an_edit_checks_what_reads_it_alone(build_site: Build, checked: list[str]) -> None:
    pages = {
        "a.md": SYMBOLS + TRUE,
        "b.md": CHILD,
        "c.md": "---\nbuilds_on: [b.md]\n---\n\n```math {#grandchild}\ny + y = 2 y\n```\n",
        "d.md": "```math {#other}\n1 + 1 = 2\n```\n",
    }
    first = build_site(pages, check=True)
    checked.clear()
    # A text says nothing that an equation reads.
    for page, text in pages.items():
        build_site({**pages, page: text + "\nMore.\n"}, check=True)
    assert checked == []
    build_site({**pages, "a.md": "More.\n\n" + pages["a.md"].replace("2 x y", "2 y x")}, check=True)
    assert checked == ["square"]
    checked.clear()
    build_site({**pages, "a.md": pages["a.md"].replace("R}\n", "R}, \\quad z \\in {]0, 1[}\n")}, check=True)
    assert checked == ["symbols"]
    checked.clear()
    build_site({**pages, "a.md": pages["a.md"].replace("x, y \\in \\mathbb{R}", "x, y \\in {]0, 1[}")}, check=True)
    assert checked == ["symbols", "square", "child", "grandchild"]
    checked.clear()
    # An edit that is undone costs nothing.
    assert build_site(pages, check=True) == first
    assert checked == []


def test_a_parent_that_changed_can_make_its_child_false(build_site: Build) -> None:
    parent = "```math {#parent}\nx \\in \\mathbb{R}, \\quad z \\coloneqq x^2\n```\n"
    child = "---\nbuilds_on: [a.md]\n---\n\n```math {#child}\nz = x^2\n```\n"
    build_site({"a.md": parent, "b.md": child}, check=True)
    with pytest.raises(Refused, match="equation `child` is false"):
        build_site({"a.md": parent.replace("x^2", "x^3"), "b.md": child}, check=True)


def test_a_false_page_is_found_again_until_it_is_mended(build_site: Build) -> None:
    for _ in range(2):
        with pytest.raises(Refused, match="equation `square` is false"):
            build_site(SYMBOLS + FALSE, check=True)
    assert build_site(SYMBOLS + TRUE, check=True)


def test_a_snippet_that_changed_is_called_again(build_site: Build, checked: list[str]) -> None:
    front = "---\nnotation:\n  - {symbol: x, code: x, meaning: a number}\n---\n\n"
    fences = '```math {#twice}\n2 x = x + x\n```\n\n```python {verifies="twice"}\n--8<-- "twice.py:s"\n```\n'
    pages = {"a.md": front + SYMBOLS + fences, "b.md": "```math {#other}\n1 + 1 = 2\n```\n"}
    code = "# --8<-- [start:s]\ndef twice(x):\n    return x + x\n# --8<-- [end:s]\n"
    build_site(pages, {"twice.py": code}, check=True)
    checked.clear()
    with pytest.raises(Refused, match="snippet `twice` doesn't compute its equation"):
        build_site(pages, {"twice.py": code.replace("x + x", "x")}, check=True)
    # The equation itself is what it was.
    assert checked == []
    build_site(pages, {"twice.py": code}, check=True)


# Several cores


@pytest.mark.parametrize("is_true", [True, False])
def test_a_site_is_checked_alike_by_one_process_and_by_several(
    build_site: Build, monkeypatch: pytest.MonkeyPatch, is_true: bool
) -> None:
    started = count_processes(monkeypatch)
    square = TRUE if is_true else FALSE
    pages = {
        "index.md": SYMBOLS + square,
        "a.md": SYMBOLS.replace("symbols", "others") + square.replace("sq", "one-sq"),
    }
    pages["c.md"] = CHILD.replace("x + x", "x + x" if is_true else "x")

    def built() -> dict[str, str] | str:
        try:
            return dict(build_site(pages, check=True))
        except Refused as refused:
            return str(refused)

    found = []
    for count in (2, 3):
        monkeypatch.setattr(os, "cpu_count", lambda count=count: count)
        monkeypatch.setattr(MkDocsConfig.plugins, "plugin_cache", {})
        found.append(built())
    # As it always was where there are two cores, and as many processes as cores where there are more.
    assert started == [3]
    assert found[0] == found[1]
    assert isinstance(found[0], str) != is_true
    if isinstance(found[0], str):
        assert found[0].endswith("3 errors")
