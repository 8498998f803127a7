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
from .words import Words

# By key of the front matter, what its equations have in them, and how that is shown; by its word, what computes it.
CONVENTIONS: dict[str, tuple[str, str, dict[str, str]]] = {
    "log": ("\\log", "\\log", {"natural": "np.log", "2": "np.log2", "10": "np.log10"}),
    "star": ("^*", "A^{*}", {"adjoint": "A.conj().T", "conjugate": "A.conj()"}),
    "dagger": ("\\dagger", "A^{\\dagger}", {"adjoint": "A.conj().T", "pseudo-inverse": "np.linalg.pinv(A)"}),
    "prime": ("'", "A'", {"transpose": "A.T"}),
    "arguments": ("\\", "\\sin a b", {"product": "np.sin(a * b)"}),
    "derivatives": ("\\partial", "\\frac{\\partial y}{\\partial x}", {"denominator": "J.T"}),
    "inner_product": (
        "\\langle",
        "\\langle u, v \\rangle",
        {"first": "np.vdot(u, v)", "second": "np.vdot(v, u)"},
    ),
}


def legend(page: Page, notation: Mapping[str, Entry], words: Words) -> str:
    """The table of a page's own symbols, then of those that it inherits; nothing for a page without equations.

    Args:
        page: as read.
        notation: its rows and those of all that it builds on, by name in code.
        words: of the site.

    Raises:
        Refusal: for a symbol that can't be typeset.
    """
    rows = [*_conventions(page, words), *_rows(page, notation)]
    if not rows or not (page.equations or page.shown):
        return ""
    said, title = words.legend, words.legend["title"]
    head = "".join(f'<th scope="col">{said[column]}</th>' for column in ("symbol", "code", "meaning"))
    # The search would find the page by each symbol of all the pages below it.
    return (
        f'<details class="vm-legend" data-search-exclude><summary>{title}</summary>'
        f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table></details>"
    )


def _conventions(page: Page, words: Words) -> Iterator[str]:
    """What signs are whose meaning the page says in its front matter."""
    for key, (command, sign, meanings) in CONVENTIONS.items():
        word = str(page.front_matter.get(key, ""))
        if word in meanings and any(command in equation.tex.replace("{*}", "*") for equation in page.equations):
            shown = marker.inline(sign, marker.text(plain_text(sign)))
            meaning = escape(words.legend[f"{key} {word}"])
            yield f"<tr><td>{shown}</td><td><code>{meanings[word]}</code></td><td>{meaning}</td></tr>"


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
