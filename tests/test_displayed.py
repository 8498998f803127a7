"""Formulas between double dollars: fences by another spelling, on pages and in the cells of notebooks."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Build, Refused
from verimath.cli import main
from verimath.page.displayed import with_fences
from verimath.page.page import read

FORMS = {
    "on lines of its own": "$$\nx = x_0\n$$ {#a}",
    "on one line": "$$ x = x_0 $$ {#a}",
    "without blanks": "$$x = x_0$$ {#a}",
    "beginning on the first line": "$$ x\n= x_0\n$$ {#a}",
    "ending on the last line": "$$\nx\n= x_0 $$ {#a}",
    "with words that hold a formula": "$$\nx = x_0 \\text{ for $x$}\n$$ {#a}",
    "in a list": "- item\n\n    $$\n    x = x_0\n    $$ {#a}",
    "in a quotation": "> $$\n> x = x_0\n> $$ {#a}",
    "before a fence": "$$ x = x_0 $$ {#a}\n\n```text\n$$\n```",
}


@pytest.mark.parametrize("form", FORMS)
def test_each_form_is_an_equation(form: str) -> None:
    page = read("a.md", f"\nText $x$.\n\n{FORMS[form]}\n\nMore.\n")
    [equation] = page.equations
    assert equation.label == "a"
    assert "".join(equation.tex.split()).startswith("x=x_0")
    assert page.unlabelled == ()
    assert "$$" not in page.prose
    # Every character of the TeX stands where a message's caret would be.
    for offset, sign in enumerate(equation.tex):
        if not sign.isspace():
            place = equation.fence.at(offset)
            assert place.excerpt[place.column] == sign
    assert equation.place.excerpt[equation.place.column :].startswith("a}")


ENVIRONMENTS = {
    "on lines of its own": "\\begin{aligned}\nx &= x_0\n\\end{aligned} {#a}",
    "on one line": "\\begin{aligned} x &= x_0 \\end{aligned} {#a}",
    "with a star": "\\begin{align*}\nx &= x_0\n\\end{align*} {#a}",
    "one in another": "\\begin{aligned}\nx &= \\begin{pmatrix} 1 \\end{pmatrix}\n\\end{aligned} {#a}",
    "in a quotation": "> \\begin{aligned}\n> x &= x_0\n> \\end{aligned} {#a}",
}


@pytest.mark.parametrize("form", ENVIRONMENTS)
def test_an_environment_alone_in_its_paragraph_is_one_too(form: str) -> None:
    page = read("a.md", f"\nText.\n\n{ENVIRONMENTS[form]}\n\nMore.\n")
    [equation] = page.equations
    assert equation.label == "a"
    assert equation.tex.startswith("\\begin{align")
    assert equation.tex.rstrip().endswith(("aligned}", "align*}"))
    for offset, sign in enumerate(equation.tex):
        if not sign.isspace():
            place = equation.fence.at(offset)
            assert place.excerpt[place.column] == sign
    again = read("a.md", "\n" + with_fences(f"Text.\n\n{ENVIRONMENTS[form]}\n"))
    assert [each.tex.split() for each in again.equations] == [equation.tex.split()]


def test_an_environment_without_a_label_is_set_where_nothing_is_checked(build_site: Build) -> None:
    page = "Text.\n\n\\begin{align*}\na &= b\n\\end{align*}\n"
    with pytest.raises(Refused, match=r"docs/index\.md:3: a displayed formula without a label\n"):
        build_site(page, check=True)
    assert 'class="katex-display"' in build_site(page)["index.md"]
    with pytest.raises(Refused, match=r"docs/index\.md:2: \\begin outside of a fence\n"):
        build_site(page.replace("\n\n", "\n"))


@pytest.mark.parametrize("form", FORMS)
def test_markdown_is_given_the_fence(form: str) -> None:
    again = read("a.md", "\n" + with_fences(f"Text.\n\n{FORMS[form]}\n"))
    assert [equation.tex.split() for equation in again.equations] == [
        equation.tex.split() for equation in read("a.md", f"\n{FORMS[form]}\n").equations
    ]


NONE = {
    "in code": "```text\n$$ x = x_0 $$ {#a}\n```",
    "in an indented block": "    $$ x = x_0 $$ {#a}",
    "in a comment": "<!--\n$$ x = x_0 $$ {#a}\n-->",
}


@pytest.mark.parametrize("form", NONE)
def test_what_is_code_is_none(form: str) -> None:
    page = read("a.md", f"\nText.\n\n{NONE[form]}\n")
    assert page.equations == page.unlabelled == ()
    assert with_fences(NONE[form]) == NONE[form]


def test_order_is_that_of_the_page() -> None:
    page = read("a.md", "\n$$ a $$ {#one}\n\n```math {#two}\nb\n```\n\n$$ c $$ {#three}\n")
    assert [equation.label for equation in page.equations] == ["one", "two", "three"]


def test_one_is_checked_numbered_and_referred_to(build_site: Build) -> None:
    page = "$$ x \\in \\mathbb{R} $$ {#x}\n\n> $$\n> x + x = 2 x\n> $$ {#twice}\n\nBy [](#twice), $x$.\n"
    html = build_site(page, check=True)["index.md"]
    assert 'id="twice"' in html
    assert '<a class="vm-ref" href="#twice">(2)</a>' in html
    with pytest.raises(Refused, match=r"index\.md:4: equation `twice` is false\n    > x \+ x = 3 x\n {12}\^"):
        build_site(page.replace("2 x", "3 x"), check=True)


def test_one_without_a_label_is_refused_where_equations_are_checked(build_site: Build) -> None:
    page = "Text.\n\n$$\n1 + 1 = 3\n$$\n"
    with pytest.raises(Refused) as refused:
        build_site(page, check=True)
    assert str(refused.value) == (
        "docs/index.md:3: a displayed formula without a label\n    $$\n    ^\n"
        "  no check would see what it displays\n"
        "  write its label where it ends: $$ {#a-label}, or a fence ```math {#a-label}"
    )
    html = build_site(page)["index.md"]
    assert 'class="katex-display"' in html
    assert "vm-number" not in html
    with pytest.raises(Refused, match=r"docs/index\.md:4: this formula can't be typeset\n    \\nothing"):
        build_site(page.replace("1 + 1", "\\nothing"))


@pytest.mark.parametrize(
    "text", ["a $$ x $$ b", "$$ x $$ {#a} b", "a\n$$ x $$ {#a}", "- $$ x $$ {#a}", "$$\nx\n\ny\n$$"]
)
def test_in_a_paragraph_with_others_it_is_refused(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.md").write_text(f"# T\n\n{text}\n", "utf-8")
    assert main(["check", str(tmp_path)]) == 1
    assert "$$ outside of a fence" in capsys.readouterr().out
