"""What a built page holds, read by a parser that shares nothing with the code that wrote it."""

from __future__ import annotations

from bs4 import BeautifulSoup, Tag

MATHML_TEX = 'annotation[encoding="application/x-tex"]'


def soup(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")


def tex_of(tag: Tag) -> str:
    """The LaTeX that a typeset formula carries, which is also what copying it gives."""
    annotation = tag.select_one(MATHML_TEX)
    assert annotation is not None, f"no formula in {tag.name}"
    return annotation.get_text()


def equations(html: str) -> dict[str, str]:
    """The displayed equations of a page, label to LaTeX."""
    return {str(tag["id"]): tex_of(tag) for tag in soup(html).select(".vm-equation[id]")}


def inline(html: str) -> list[str]:
    """The LaTeX of the formulas in the text."""
    return [tex_of(tag) for tag in soup(html).select(".vm-inline")]


def words(html: str) -> str:
    """The page's text without its formulas."""
    page = soup(html)
    for tag in page.select("nav, title"):
        tag.decompose()
    for tag in page.select(".vm-equation, .vm-inline"):
        tag.replace_with("·")
    return " ".join(page.get_text(" ").split())
