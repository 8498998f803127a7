"""Numbers run through a chapter, or the site, in reading order; references and equations shown again lead to them."""

from __future__ import annotations

import pytest

from tests.conftest import Build, Refused
from tests.markup import soup, tex_of

PAGES = {
    "index.md": 'see [](#b) and [](#a)\n\n```math {show="b"}\n```\n',
    "first.md": "```math {#a}\na\n```\n\nafter [](#a), before [](#b)\n\n- in a list: [](#a)\n",
    "deep/second.md": "| t |\n|---|\n| [](#a) |\n\n```math {#b}\nb\n```\n",
}


def links(html: str, kind: str) -> list[tuple[str, str]]:
    return [(str(tag["href"]), tag.get_text()) for tag in soup(html).select(kind)]


def test_references_lead_to_numbered_equations(build_site: Build) -> None:
    built = build_site(PAGES)
    # Without nav, MkDocs reads a folder's files before its folders: index, first, deep/second.
    assert links(built["index.md"], ".vm-ref") == [("deep/second/#b", "(2)"), ("first/#a", "(1)")]
    assert links(built["first.md"], ".vm-ref") == [("#a", "(1)"), ("../deep/second/#b", "(2)"), ("#a", "(1)")]
    assert links(built["deep/second.md"], ".vm-ref") == [("../../first/#a", "(1)")]
    assert links(built["first.md"], ".vm-number") == [("#a", "(1)")]


def test_an_equation_shown_again_is_the_original(build_site: Build) -> None:
    html = build_site(PAGES)["index.md"]
    shown = soup(html).select(".vm-equation")
    assert [(tex_of(tag), tag.get("id")) for tag in shown] == [("b", None)]
    assert links(html, ".vm-number") == [("deep/second/#b", "(2)")]


def test_a_page_that_is_listed_twice_is_numbered_once(build_site: Build) -> None:
    pages = {"index.md": "see [](#a)\n", "first.md": "```math {#a}\na\n```\n"}
    nav = [{"Home": "index.md"}, {"First": "first.md"}, {"Again": "first.md"}]
    assert links(build_site(pages, nav=nav)["index.md"], ".vm-ref") == [("first/#a", "(1)")]


def test_the_navigation_gives_the_order(build_site: Build) -> None:
    pages = {"index.md": "", "first.md": "```math {#a}\na\n```\n", "second.md": "```math {#b}\nb\n```\n"}
    built = build_site(pages, nav=["index.md", "second.md", "first.md"])
    assert links(built["first.md"], ".vm-number") == [("#a", "(2)")]


def test_a_link_with_words_reaches_an_equation(build_site: Build) -> None:
    """MkDocs knows equations as anchors, so a strict build accepts links to them."""
    built = build_site({"index.md": "[the first](first.md#a)\n", "first.md": "```math {#a}\na\n```\n"})
    assert links(built["index.md"], "a[href$='#a']") == [("first/#a", "the first")]


def test_a_link_with_words_to_nothing_is_refused(build_site: Build) -> None:
    with pytest.raises(Refused, match="does not contain an anchor"):
        build_site({"index.md": "[the first](first.md#b)\n", "first.md": "```math {#a}\na\n```\n"})


def test_a_label_of_two_pages_is_refused_with_both_places(build_site: Build) -> None:
    with pytest.raises(Refused) as refused:
        build_site({"index.md": "```math {#a}\na\n```\n", "other.md": "\n```math {#a}\nb\n```\n"})
    assert str(refused.value).startswith("docs/other.md:2: the label `a` is there twice")
    assert "the other equation stands at docs/index.md:1" in str(refused.value)


def test_a_formula_box_can_be_reached_and_has_a_name(build_site: Build) -> None:
    box = soup(build_site("```math {#a}\na\n```\n")["index.md"]).select_one(".vm-formula")
    assert box is not None
    assert (box["tabindex"], box["role"], box["aria-label"]) == ("0", "group", "Equation 1")


def chapter(value: str, *labels: str) -> str:
    fences = "".join(f"```math {{#{label}}}\n{label}\n```\n\n" for label in labels)
    return f"---\nchapter: {value}\n---\n{fences}" if value else f"\n{fences}"


def test_pages_of_a_chapter_share_its_numbers(build_site: Build) -> None:
    pages = {
        "index.md": "[](#e), [](#d)\n",
        "a.md": chapter("5", "a", "b"),
        "b.md": chapter("A", "c"),
        "c.md": chapter('"5"', "d"),
        "d.md": chapter("", "e", "f"),
    }
    built = build_site(pages)
    assert links(built["a.md"], ".vm-number") == [("#a", "(5.1)"), ("#b", "(5.2)")]
    assert links(built["b.md"], ".vm-number") == [("#c", "(A.1)")]
    assert links(built["c.md"], ".vm-number") == [("#d", "(5.3)")]
    assert links(built["d.md"], ".vm-number") == [("#e", "(1)"), ("#f", "(2)")]
    assert links(built["index.md"], ".vm-ref") == [("d/#e", "(1)"), ("c/#d", "(5.3)")]


@pytest.mark.parametrize("value", ["0", "1.5", "true", "Part one", "[1]", "a", "1000", ""])
def test_what_is_no_chapter_is_refused(value: str, build_site: Build) -> None:
    with pytest.raises(Refused, match=r"docs/index.md:2: this is no chapter"):
        build_site(f"---\nchapter: {value or '~'}\n---\n")


NAMED = """\
see [](#a) and [](#b)

```math {#a name="l’écart & la <règle>"}
a
```

```math {#b}
b
```

```math {show="a"}
```
"""


def test_a_key_result_has_a_name_that_references_show(build_site: Build) -> None:
    page = soup(build_site(NAMED)["index.md"])
    assert [tag.get_text() for tag in page.select(".vm-ref")] == ["(1, l’écart & la <règle>)", "(2)"]
    assert [tag.get_text() for tag in page.select(".vm-name")] == ["l’écart & la <règle>"] * 2
    names = [tag["aria-label"] for tag in page.select(".vm-formula")]
    assert names == ["Equation 1, l’écart & la <règle>", "Equation 2", "Equation 1, l’écart & la <règle>"]


@pytest.mark.parametrize(
    "header", ['#a name="n" expect="false"', '#a expect="false" name="n"', '#a unchecked="x" name="n"']
)
def test_a_name_stands_on_either_side_of_what_is_expected(header: str, build_site: Build) -> None:
    assert soup(build_site(f"```math {{{header}}}\na\n```\n")["index.md"]).select_one(".vm-name")
