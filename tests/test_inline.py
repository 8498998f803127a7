"""Formulas in the text: where they may stand, and what titles, anchors and search make of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import Build
from tests.markup import inline, soup, tex_of, words

# Markdown, the formulas it holds, its words with · for each formula.
CASES = {
    "punctuation that clings, and words that don't": (
        "l’$n$-uplet, lorsqu’$x$, ($y$), «\u202f$z$\u202f»\u00a0: abcdefghijklmnop$w$.",
        ["n", "x", "y", "z", "w"],
        "l’ · -uplet , lorsqu’ · , ( · ), « · » : abcdefghijklmnop · .",
    ),
    "entities around": ("R&amp;D$x$&nbsp;: &eacute;$y$&lt;", ["x", "y"], "R&D · : é · <"),
    "a dollar in a heading's code": ("## Le `$HOME` et $x$", ["x"], "Le $HOME et ·"),
    "a word": ("so $x$ holds", ["x"], "so · holds"),
    "punctuation on all sides": ("($x$), «$y$»; $z$. l’$n$-ième", ["x", "y", "z", "n"], "( · ), « · »; · . l’ · -ième"),
    "a code span is no formula": ("`$x$` $y$ ``$z$``", ["y"], "$x$ · $z$"),
    "an indented block is no formula": ("text\n\n    $x$ and $\n", [], "text $x$ and $"),
    "a fence is no formula": ("```\n$x\n```", [], "$x"),
    "escaped dollars": (r"5 \$ and 6 \$", [], "5 $ and 6 $"),
    "an escaped dollar beside a formula": (r"\$$x$\$", ["x"], "$ · $"),
    "a backslash before a formula": (r"\\$x$", ["x"], "\\ ·"),
    "an escaped dollar inside": (r"$\text{5 \$}$", [r"\text{5 \$}"], "·"),
    "emphasis around": ("*$a_1$ and $b_2$* **$c*d$**", ["a_1", "b_2", "c*d"], "· and · ·"),
    "emphasis that would span two": (
        "$a*b$ and $c*d$, $e_f$ and $g_h$",
        ["a*b", "c*d", "e_f", "g_h"],
        "· and · , · and ·",
    ),
    "backslashes": (r"$a \\ b \{c\} \_ \,$".replace(r"\\", r"\;"), [r"a \; b \{c\} \_ \,"], "·"),
    "a table": (
        "| a | b |\n|---|---|\n| $\\|x\\|$ | $p \\mid q$ |\n",
        [r"\|x\|", r"p \mid q"],
        "a b · ·",
    ),
    "a link": ("[the $x$ of](https://example.org) it", ["x"], "the · of it"),
    "a bracket": ("[$x$] (see $y$)", ["x", "y"], "[ · ] (see · )"),
    "a list": ("- $x$\n- $y$\n", ["x", "y"], "· ·"),
    "a quotation over two lines": ("> so $x\n> = y$ holds\n", ["x\n= y"], "so · holds"),
    "an admonition and its title": ('!!! note "Of $x$"\n    $y$\n', ["x", "y"], "Of · ·"),
    "details and their title": ('??? note "Of $x$"\n    $y$\n', ["x", "y"], "Of · ·"),
    "a tab and its title": ('=== "Of $x$"\n\n    $y$\n', ["x", "y"], "Of · ·"),
    "a definition list": ("of $x$\n:   is $y$\n", ["x", "y"], "of · is ·"),
    "a footnote": ("a[^1]\n\n[^1]: of $x$\n", ["x"], "a 1 of · ↩"),
    "a caption": ('<figure markdown>\n  <figcaption markdown="span">of $x$</figcaption>\n</figure>\n', ["x"], "of ·"),
    "raw HTML in a line": ("a <b>$x$</b> c", ["x"], "a · c"),
    "less and more": ("$a<b$ and $c>d$", ["a<b", "c>d"], "· and ·"),
    "an entity is not made": (r"$\text{p \& q}$ &amp; r", [r"\text{p \& q}"], "· & r"),
    "HTML in text": (r"$\text{<script>alert(1)</script>}$", [r"\text{<script>alert(1)</script>}"], "·"),
}


@pytest.mark.parametrize("case", CASES)
def test_formulas_in_text(case: str, build_site: Build) -> None:
    page, formulas, text = CASES[case]
    html = build_site(page + "\n")["index.md"]
    assert inline(html) == formulas
    assert words(html).split() == text.split()


def test_no_markup_comes_out_of_a_formula(build_site: Build) -> None:
    html = build_site("```math {#x}\n\\text{<img src=x onerror=alert(1)>}\n```\n\n$\\text{<b>}$\n")["index.md"]
    assert not soup(html).select("img, b, script")


def test_description_of_an_image_is_plain_text(build_site: Build, tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "a.png").touch()
    html = build_site("![curve of $\\lambda_i \\mapsto e^{\\lambda_i}$](a.png)\n")["index.md"]
    image = soup(html).img
    assert image is not None
    assert image["alt"] == "curve of λ_i ↦ e^(λ_i)"


def test_heading_gives_clean_title_anchor_and_contents(build_site: Build) -> None:
    html = build_site("# The gradient $\\frac{\\partial L}{\\partial \\lambda}$\n\n## In $\\mathbb{R}^N$\n")["index.md"]
    page = soup(html)
    assert page.title is not None
    assert page.title.get_text() == "The gradient (∂L)/(∂λ)"
    assert [(link["href"], link.get_text()) for link in page.select("nav a")] == [
        ("#the-gradient-lλ", "The gradient (∂L)/(∂λ)"),
        ("#in-ℝn", "In ℝ^N"),
    ]
    assert inline(html) == ["\\frac{\\partial L}{\\partial \\lambda}", "\\mathbb{R}^N"]


def test_search_finds_readings_not_latex(build_site: Build, tmp_path: Path) -> None:
    build_site("# Of $\\lambda$\n\nIn $\\mathbb{R}^N$:\n\n```math {#x}\n\\lambda \\coloneqq \\sum_{i} x_i\n```\n")
    index = (tmp_path / "site" / "search" / "search_index.json").read_text("utf-8")
    entries = json.loads(index)["docs"]
    assert [entry["title"] for entry in entries] == ["Of λ", "Of λ"]
    assert "In ℝ^N :" in entries[0]["text"].replace("ℝ^N:", "ℝ^N :")
    assert "λ ≔ ∑_i x_i (1)" in entries[0]["text"].replace("x_i(1)", "x_i (1)")
    assert not any(mark in index for mark in ("lambda", "mathbb", "katex", "data-verimath-tex"))


def test_no_formula_needs_a_script(build_site: Build) -> None:
    html = build_site("$x$\n\n```math {#x}\ny\n```\n")["index.md"]
    page = soup(html)
    assert len(page.select(".katex-html")) == len(page.select("math")) == 2
    assert not page.select("script")


def test_a_line_does_not_break_before_punctuation(build_site: Build) -> None:
    html = build_site("so ($x$), l’$y$ and $z$ alone, $a + b + c + d + e$.\n")["index.md"]
    glued = soup(html).select(".vm-glued")
    assert [words(str(tag)).replace("·", tex_of(tag)).replace(" ", "") for tag in glued] == ["(x),", "l’y"]


def test_a_long_formula_scrolls_in_a_box_that_has_a_name(build_site: Build) -> None:
    html = build_site("so $a + b + c + d + e + f + g + h + i$, and $x$.\n")["index.md"]
    [box] = soup(html).select(".vm-long")
    assert (box["tabindex"], box["role"]) == ("0", "group")
    assert box["aria-label"] == "a + b + c + d + e + f + g + h + i"
