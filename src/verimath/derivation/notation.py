"""The front matter's table of symbols: each with its name in code and its meaning."""

from __future__ import annotations

import reprlib
from contextlib import suppress
from dataclasses import replace

from ..latex.read import expression
from ..meaning.expression import Name, Node
from ..message.frozen import frozen
from ..message.refusal import Refusal
from ..message.source import Span
from ..names.table import Names
from ..page.page import Page


@frozen
class Entry:
    """One row: the symbol in LaTeX, its name in code, what it means to a reader, and where the row stands."""

    symbol: str
    code: str
    meaning: str
    span: Span


def entries(page: Page) -> list[Entry]:
    """The rows of a page's table.

    Raises:
        Refusal: for a row that lacks something, or a name in code that two symbols bear.
    """
    rows = page.front_matter.get("notation") or []
    if not isinstance(rows, list):
        raise Refusal(way_out=EXAMPLE, what="the notation isn't a list", span=page.key("notation"))
    found: list[Entry] = []
    for row in rows:
        span = _place(page, row)
        if not isinstance(row, dict) or not {"symbol", "code", "meaning"} <= row.keys():
            raise Refusal(
                f"it has {reprlib.repr(row)}", EXAMPLE, what="a row of the notation lacks something", span=span
            )
        entry = Entry(str(row["symbol"]), str(row["code"]), str(row["meaning"]), span)
        if not entry.code.isidentifier():
            raise Refusal(way_out=EXAMPLE, what=f"`{entry.code}` is no name in Python", span=span)
        if any(other.code == entry.code for other in found):
            raise Refusal(
                way_out="give each its own", what=f"the name `{entry.code}` stands for two symbols", span=span
            )
        found.append(entry)
    return found


EXAMPLE = "write - {symbol: '\\lambda', code: logits, meaning: what it is}"


def _place(page: Page, row: object) -> Span:
    """The line that a row stands on, as far as its symbol can be found there."""
    symbol = str(row.get("symbol", "")) if isinstance(row, dict) else ""
    start = page.key("notation").line
    for number, line in enumerate(page.lines, 1):
        if number > start and symbol and "symbol:" in line and symbol in line:
            return Span(page.file, number, line.index(symbol), line)
    return page.key("notation")


def letter_of(code: str, names: Names) -> Node | None:
    r"""The symbol that its name in code spells: `x` is x, `alpha` and `lambda_` are \alpha and \lambda, `h_0` is h_0.

    None where the page gives that letter no value.
    """
    spelled, _, sub = code.removesuffix("_").partition("_")
    tex = (spelled if len(spelled) == 1 else f"\\{spelled}") + (f"_{{{sub}}}" if sub else "")
    with suppress(Refusal):
        found = expression(tex, replace(names, whole_lists=True))
        if isinstance(found, Name) and found.name in names.values:
            return found
    return None


def node(entry: Entry, names: Names) -> Node:
    """The expression that a row's symbol is.

    Raises:
        Refusal: where it can't be read.
    """
    try:
        return expression(entry.symbol, replace(names, whole_lists=True))
    except Refusal as refusal:
        refusal.told(f"the symbol `{entry.symbol}` has no value here", entry.span)
        raise
