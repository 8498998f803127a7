"""The pages in the order in which they are read: the first page lists them, and each leads to the next."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from tests.docs.prose import DOCS

ROOT = DOCS.parents[1]
NAV = re.findall(r"^ +- (\S+\.md)$", (ROOT / "mkdocs.yml").read_text("utf-8").split("\nnav:\n")[1], re.MULTILINE)
# What comes after is about the project; it is looked up, not read through.
LAST = "display.md"
READ = NAV[: NAV.index(LAST) + 1]


def listed(text: str) -> list[str]:
    """The pages that the first page lists, each with a line of its own."""
    return re.findall(r"^\[[^\]\n]+\]\(([\w-]+\.md)\)\n:   \S", text, re.MULTILINE)


def foot(text: str) -> str:
    """The last paragraph before the exercises, or of the page."""
    text = text.partition("\n## Exercices\n")[0]
    text = re.sub(r"^\[[^\]\n]+\]: \S+$|^</?div.*>$", "", text, flags=re.MULTILINE)
    return text.rstrip().rpartition("\n\n")[2]


def targets(paragraph: str) -> set[str]:
    return set(re.findall(r"\]\(([\w-]+\.md)(?:#[^)]*)?\)", paragraph))


def test_the_first_page_lists_all_others_in_order() -> None:
    assert listed((DOCS / "index.md").read_text("utf-8"))[: len(READ) - 1] == READ[1:]
    assert set(listed((DOCS / "index.md").read_text("utf-8"))) <= set(NAV)


@pytest.mark.parametrize(("page", "following"), list(pairwise(READ[1:])))
def test_a_page_leads_to_the_next(page: str, following: str) -> None:
    assert following in targets(foot((DOCS / page).read_text("utf-8")))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("# A\n\n[b](b.md)\n\nEnd.\n", set()),
        ("# A\n\nEnd: [b](b.md#c).\n\n## Exercices\n\n[c](c.md)\n", {"b.md"}),
        ("# A\n\nEnd: [b](b.md).\n\n[d]: https://d.e\n", {"b.md"}),
        ("<div markdown>\n\n# A\n\nEnd: [b](b.md).\n\n</div>\n", {"b.md"}),
    ],
)
def test_where_a_page_leads(text: str, found: set[str]) -> None:
    assert targets(foot(text)) == found


def test_a_page_without_its_line_is_not_listed() -> None:
    assert listed("[A](a.md)\n:   What it is.\n\n[B](b.md)\n\n[C](c.md)\n:   What it is.\n") == ["a.md", "c.md"]
