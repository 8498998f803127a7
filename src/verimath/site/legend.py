"""The symbols of a page with their names in code and their meanings, as a table that it unfolds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from html import escape

from ..derivation.notation import Entry
from ..latex.accept import set_inline
from ..page.page import Page
from . import marker
from .plain_text import plain_text

# By language: what unfolds the table, and its columns.
WORDS = {
    "en": ("The symbols of this page", "symbol", "in code", "meaning"),
    "fr": ("Les symboles de cette page", "symbole", "dans le code", "sens"),
}


def legend(page: Page, notation: Mapping[str, Entry], language: str) -> str:
    """The table of a page's own symbols, then of those that it inherits; nothing for a page without equations.

    Args:
        page: as read.
        notation: its rows and those of all that it builds on, by name in code.
        language: of the site.

    Raises:
        Refusal: for a symbol that can't be typeset.
    """
    if not notation or not (page.equations or page.shown):
        return ""
    title, *columns = WORDS.get(language, WORDS["en"])
    head = "".join(f'<th scope="col">{column}</th>' for column in columns)
    # The search would find the page by each symbol of all the pages below it.
    return (
        f'<details class="vm-legend" data-search-exclude><summary>{title}</summary>'
        f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(_rows(page, notation))}</tbody></table></details>"
    )


def _rows(page: Page, notation: Mapping[str, Entry]) -> Iterator[str]:
    own = [entry for entry in notation.values() if entry.span.file == page.file]
    inherited = [entry for entry in notation.values() if entry.span.file != page.file]
    for entry in own + inherited:
        cells = _formula(entry), f"<code>{escape(entry.code)}</code>", escape(entry.meaning)
        yield f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def _formula(entry: Entry) -> str:
    # In the text, a dollar would stand before it.
    before = replace(entry.span, column=entry.span.column - 1)
    reading = plain_text(set_inline(entry.symbol, lambda: before))
    return marker.inline(entry.symbol, marker.text(reading))
