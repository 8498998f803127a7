"""Links to what moved lead on: each old anchor is gone from its page, and is where the page says that it went."""

from __future__ import annotations

import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from mkdocs.structure.files import File
from pymdownx.slugs import slugify

from docs.hooks import ways_on
from tests.docs.prose import DOCS, PAGES
from verimath.page import page as pages


def moved(page: Path) -> dict[str, list[str]]:
    return pages.read(page.name, page.read_text("utf-8")).front_matter.get("moved") or {}


def anchors(page: Path) -> set[str]:
    """Those of a page's equations and headings."""
    text = page.read_text("utf-8")
    titles = re.findall(r"^#{1,6} (.*?)(?: \{.*\})?$", text, re.MULTILINE)
    slug = slugify(case="lower")
    given = re.findall(r"\{:? ?#([^\s}]+)", text)
    return {*given, *(slug(title, "-") for title in titles)}


def lost(page: Path) -> list[str]:
    """What a page says that moved, and didn't."""
    return [
        anchor
        for uri, gone in moved(page).items()
        for anchor in gone
        if anchor in anchors(page) or anchor not in anchors(DOCS / uri)
    ]


@pytest.mark.parametrize("page", [page for page in PAGES if moved(page)], ids=lambda page: page.stem)
def test_what_moved_is_there(page: Path) -> None:
    assert lost(page) == []


def test_what_did_not_move_is_seen(tmp_path: Path) -> None:
    page = tmp_path / "a.md"
    page.write_text("---\nmoved:\n  gradients.md: [loss-logits-vector, here, nowhere]\n---\n\n## Here\n", "utf-8")
    assert lost(page) == ["here", "nowhere"]


def ways(meta: dict[str, Any]) -> str:
    """What is left on the page `a` of a site where `b` is called B & C."""
    there = SimpleNamespace(file=File("b.md", "", "", use_directory_urls=True), title="B & C")
    here = SimpleNamespace(file=File("a.md", "", "", use_directory_urls=True), meta=meta)
    config, nav = SimpleNamespace(theme={"language": "fr"}), SimpleNamespace(pages=[there])
    return ways_on(cast("Any", here), cast("Any", config), cast("Any", nav))


def test_an_anchor_that_moved_leads_on() -> None:
    left = ways({"moved": {"b.md": ["x", "à"]}})
    assert '<p id="x">Ce passage est maintenant ici\N{NO-BREAK SPACE}: <a href="../b/#x">B &amp; C</a>.</p>' in left
    assert '<a href="../b/#à">' in left
    assert ways({}) == ""
