"""A displayed equation arrives whole wherever Markdown lets it stand: contexts × forms of LaTeX."""

from __future__ import annotations

import pytest

from tests.conftest import Build
from tests.markup import equations, soup, tex_of

FORMS = {
    "align*": "\\begin{align*}\na &= b^{*} \\\\\n  &= c^{*}\n\\end{align*}",
    "aligned": "\\begin{aligned} a &= b \\\\ &= c \\end{aligned}",
    "alignat": "\\begin{alignat}{2}\na &= b &\\quad c &= d \\\\\ne &= f & g &= h\n\\end{alignat}",
    "gathered": "\\begin{gathered} a \\\\ b \\end{gathered}",
    "split": "\\begin{split} a &= b \\\\ &= c \\end{split}",
    "cases": "f(x) = \\begin{cases} 1 & \\text{si } i = y, \\\\ 0 & \\text{sinon} \\end{cases}",
    "bmatrix": "a = \\begin{bmatrix} a_1 \\\\ \\vdots \\\\ a_N \\end{bmatrix}",
    "array with rules": "\\begin{array}{c|c} a & b \\\\ \\hline c & d \\end{array}",
    "spaced rows": "\\begin{aligned} a &= b \\\\[2pt] &= c \\end{aligned}",
    "rows that begin like lists": "\\begin{aligned}\na\n+ b \\\\\n- c \\\\\n* d \\\\\n1. e\n\\end{aligned}",
    "rows that begin like quotations": "\\begin{aligned}\na \\\\\n> b \\\\\n= c\n\\end{aligned}",
    "rows that begin like headings": "\\begin{aligned}\na \\\\\n=== \\\\\n--- b\n\\end{aligned}",
    "rows that begin like tabs and notes": "a\n!!! \\text{note}\n??? b\n[^1]: c",
    "a definition": "a\n: b",
    "pairs of underscores": "a_1 b_1 + {}_c{}_d",
    "pairs of stars": "a^* b^* + **c** + *d*",
    "an escaped underscore": "\\text{un\\_mot}",
    "braces": "\\{ a \\} \\lbrace b \\rbrace",
    "relations": "a < b > c <= d",
    "an ampersand": "\\text{p \\& q}",
    "bars": "|a| + \\|b\\| + p \\mid q",
    "table-like bars": "| a | b |",
    "a tie": "a~b ~~c~~",
    "a caret": "a^b {}^c{}^d",
    "critic marks": "{++a++} {==b==} {--c--}",
    "an emoji": "a :smile: b",
    "a link": "[x](y) ![z](w)",
    "a reference": "[x][y] [^1] [](z)",
    "HTML-like": "a <b c> <!- d -> \\text{<i>x</i>}",
    "blank lines": "a\n\n= b",
    "trailing blanks": "a = b   \n  = c  ",
    "tabs": "a\n\t= b",
    "a backtick": "\\text{`a`}",
    "dollars": "\\text{si $x > 0$, 5 \\$}",
    "an attribute list": "a {: .b c }",
    "an abbreviation": "HTML",
    "snippet marks": "a \\text{-8<-}",
    "percent": "50 \\%",
    "placeholders": "klzzwxh:0001 wzxhzdk:0",
    "quotes": '"a" + f\'(x)',
}


def indented(text: str, by: str) -> str:
    return "\n".join(by + line if line.strip() or ">" in by else "" for line in text.split("\n"))


FENCE = "```math {#x}\n%s\n```"
# Around the fence: text before, what each of its lines is indented by, text after, and the element it lies in.
CONTEXTS = {
    "alone": ("", "", "", "body"),
    "after and before text": ("before\n\n", "", "\n\nafter", "body"),
    "right after and before text": ("before\n", "", "\nafter", "body"),
    "in a list": ("- item\n\n", "    ", "\n\n- next", "ul > li"),
    "in a list, right after its text": ("- item\n", "    ", "\n- next", "ul > li"),
    "in an ordered list": ("1. item\n\n", "    ", "\n\n2. next", "ol > li"),
    "in a nested list": ("- item\n\n    - nested\n\n", "        ", "\n\n- next", "ul ul > li"),
    "in an admonition": ('!!! note "Title"\n\n', "    ", "\n\nafter", ".admonition"),
    "in an admonition, right after its title": ('!!! note "Title"\n', "    ", "\n\nafter", ".admonition"),
    "in details": ('??? note "Title"\n\n', "    ", "\n\nafter", "details"),
    "in a tab": ('=== "One"\n\n', "    ", '\n\n=== "Two"\n\n    text', ".tabbed-block"),
    "in a list in an admonition in a tab": (
        '=== "One"\n\n    !!! note\n\n        - item\n\n',
        " " * 12,
        "\n\nafter",
        ".tabbed-block .admonition ul > li",
    ),
    "in a quotation": ("", "> ", "", "blockquote"),
    "in a quotation, right after text": ("> before\n", "> ", "\n> after", "blockquote"),
    "in a quotation in a quotation": ("> before\n>\n", "> > ", "", "blockquote blockquote"),
    "in a footnote": ("text[^1]\n\n[^1]:\n    note\n\n", "    ", "\n\nafter", ".footnote li"),
    "in a definition list": ("term\n:   meaning\n\n", "    ", "\n\nafter", "dl > dd"),
    "after a heading": ("## Heading\n", "", "\n## Beyond", "body"),
    "after a table": ("| a | b |\n|---|---|\n| c | d |\n", "", "\nafter", "body"),
    "in a block of HTML": ('<div class="box" markdown="1">\n\n', "", "\n\n</div>", "div.box"),
    "in a grid": ('<div class="grid" markdown>\n<div markdown>\n\n', "", "\n\n</div>\n</div>", "div.grid > div"),
}


@pytest.mark.parametrize("context", CONTEXTS)
def test_every_form_arrives_in_every_context(context: str, build_site: Build) -> None:
    """One page a form, one build a context."""
    before, by, after, place = CONTEXTS[context]
    pages = {
        f"page-{number}.md": f"{before}{indented(FENCE % tex, by)}{after}\n".replace("{#x}", f"{{#x-{number}}}")
        for number, tex in enumerate(FORMS.values())
    }
    built = build_site({"index.md": "text\n", **pages})
    for number, (form, tex) in enumerate(FORMS.items()):
        html = f"<body>{built[f'page-{number}.md']}</body>"
        # A tab reaches to the next fourth column of the file, not of the formula.
        lines = ("" if not line.strip() else (by + line).expandtabs(4)[len(by) :] for line in tex.split("\n"))
        expected = "\n".join(lines)
        assert equations(html) == {f"x-{number}": expected}, form
        page = soup(html)
        assert page.select_one(f"{place} .vm-equation"), f"{form}: not in {place}"
        # A <div> in a <p>, a table or a heading is what browsers tear apart.
        assert not page.select("p .vm-equation, td .vm-equation, h2 .vm-equation"), form
        for word in ("before", "after", "item", "next", "meaning"):
            assert html.count(word) == f"{before}{after}".count(word), f"{form}: {word}"


def test_a_form_that_is_changed_is_seen() -> None:
    """The twin: the comparison above can fail."""
    assert equations(
        '<div class="vm-equation" id="x"><annotation encoding="application/x-tex">a</annotation></div>'
    ) == {"x": "a"}
    with pytest.raises(AssertionError, match="no formula"):
        equations('<div class="vm-equation" id="x">a</div>')


@pytest.mark.parametrize("ends", ["\r\n", "\r", "\n"])
def test_line_ends_of_all_kinds(ends: str, build_site: Build) -> None:
    page = "text\n\n```math {#x}\na \\\\\n\\text{b}\n```\n\nmore\n".replace(" \\\\\n", "\n").replace("\n", ends)
    assert equations(build_site(page)["index.md"]) == {"x": "a\n\\text{b}"}


def test_two_in_a_row(build_site: Build) -> None:
    page = "```math {#a}\na\n```\n```math {#b}\nb\n```\n"
    assert equations(build_site(page)["index.md"]) == {"a": "a", "b": "b"}


def test_a_fence_of_tildes(build_site: Build) -> None:
    assert equations(build_site("~~~math {#a}\na~b\n~~~\n")["index.md"]) == {"a": "a~b"}


def test_a_fence_shown_as_code_is_no_equation(build_site: Build) -> None:
    html = build_site("````markdown\n```math {#a}\na\n```\n````\n\n```math {#a}\nb\n```\n")["index.md"]
    assert equations(html) == {"a": "b"}


def test_what_is_commented_out_is_gone(build_site: Build) -> None:
    html = build_site("<!--\n```math {#a}\na\n```\n-->\n\n```math {#a}\nb\n```\n")["index.md"]
    assert equations(html) == {"a": "b"}
    assert "<!--" not in html


def test_rows_of_alignat_bear_no_numbers_of_their_own(build_site: Build) -> None:
    """KaTeX marks them for its style sheet to count; ours hides them, so no number of the site's is doubled."""
    html = build_site("```math {#a}\n\\begin{align}\na &= b\n\\end{align}\n```\n")["index.md"]
    assert [tag.get_text() for tag in soup(html).select(".vm-number")] == ["(1)"]
    assert tex_of(soup(html).body or soup(html)) == "\\begin{align}\na &= b\n\\end{align}"
