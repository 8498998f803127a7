"""The symbols of a page, each with its meaning, its set, its name in code and where it is defined.

Nothing of this is written by hand: meanings and names in code are those of the notation in the front matter, sets and
places those of the equations that declare and define. A script shows it where a reader points at a symbol; it finds
symbols in KaTeX's HTML by their glyphs, which are told here from KaTeX's own HTML of each symbol alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from html import unescape

from ..derivation.notation import Entry
from ..latex import katex
from ..message.frozen import frozen
from ..report.findings import Report
from .plain_text import plain_text

BLANKS = re.compile(r"[\s{}]")
# A font says nothing of which symbol is meant: \mathrm{KL} is KL.
FONTS = re.compile(r"\\(?:mathrm|text|mathit|mathnormal|operatorname)\b")
VISIBLE = re.compile(r'<span class="katex-html" aria-hidden="true">(.*)</span></span>$', re.DOTALL)
TEXT = re.compile(r'(?:<[a-z]+(?:\s+class="([^"]*)")?[^>]*>)?([^<>]+)(?=<)', re.DOTALL)
# Letters of these fonts are others than those of italics.
FONT = re.compile(r"\b(?:mathbb|mathcal|mathscr|mathfrak|mathbf|boldsymbol|textbf|mathsf|mathtt)\b")
# What holds no width, and blanks.
INVISIBLE = re.compile("[\u200b\u2060-\u2064\\s]")


@frozen
class Symbol:
    """A symbol of a page.

    Attributes:
        tex: as it is written.
        reading: as plain text.
        glyphs: the characters that KaTeX prints for it, in the order of its HTML.
        meaning, code: as the notation says; empty where it has no row.
        set: that it is declared in, or that its values tell, as LaTeX; empty where none is known.
        label: of the equation that declares or defines it; empty where none does.
    """

    tex: str
    reading: str
    glyphs: str
    meaning: str = ""
    code: str = ""
    set: str = ""
    label: str = ""


def key(tex: str) -> str:
    """A symbol without what may be written in one way or another."""
    return BLANKS.sub("", FONTS.sub("", tex))


def glyphs(html: str) -> str:
    """The characters that KaTeX's HTML prints, blanks left out, those of some fonts with its name."""
    visible = VISIBLE.search(html)
    found = ""
    for classes, text in TEXT.findall(f"{visible.group(1)}<" if visible else ""):
        bare = INVISIBLE.sub("", unescape(text))
        font = FONT.search(classes)
        found += f"{font.group()}:{bare}" if bare and font else bare
    return found


def symbols_of(pages: Iterable[Iterable[Report]], notation: Mapping[str, Entry]) -> list[Symbol]:
    """The symbols that a page knows: those with a row of the notation, then those that equations alone introduce.

    Args:
        pages: the reports of the page's own equations, then of those that it builds on.
        notation: its rows and those of all pages below it.
    """
    where: dict[str, tuple[str, str, str]] = {}
    letters: dict[str, str] = {}
    for reports in pages:
        own: dict[str, tuple[str, str, str]] = {}
        for report in reports:
            record = report.verdict.record
            if record is not None and report.label is not None:
                for name, tex in record.introduces.items():
                    own.setdefault(key(name), (name, tex, report.label))
                letters |= {letter: array for letter, array in record.components.items() if letter not in letters}
        where |= {name: found for name, found in own.items() if name not in where}
    found: dict[str, Symbol] = {}
    for entry in notation.values():
        _, tex, label = where.get(key(entry.symbol), ("", "", ""))
        _add(found, entry.symbol, entry.meaning, entry.code, tex, label)
    for name, tex, label in where.values():
        if key(name) not in found:
            _add(found, name, "", "", tex, label)
    for letter, array in letters.items():
        if (whole := found.get(key(array))) is not None and key(letter) not in found:
            _add(found, letter, whole.meaning, whole.code, whole.set, whole.label, whole.tex)
    return [*found.values()]


def _add(
    found: dict[str, Symbol], tex: str, meaning: str, code: str, domain: str, label: str, instead: str = ""
) -> None:
    match katex.typeset(tex, False):
        case katex.Typeset(html):
            shown = html if not instead else _typeset(instead)
            found[key(tex)] = Symbol(instead or tex, plain_text(shown), glyphs(html), meaning, code, domain, label)


def _typeset(tex: str) -> str:
    match katex.typeset(tex, False):
        case katex.Typeset(html):
            return html
    return ""


def as_json(symbols: Iterable[Symbol], numbers: Mapping[str, tuple[str, str]]) -> str:
    """The symbols that have something to say, by their glyphs.

    Args:
        symbols: of a page.
        numbers: by label, an equation's number and its address from the page.
    """
    found: dict[str, dict[str, str]] = {}
    for symbol in symbols:
        if symbol.glyphs and (symbol.meaning or symbol.set or symbol.label):
            shown = _typeset(rf"{symbol.tex} \in {symbol.set}") if symbol.set and r"\to" not in symbol.set else ""
            shown = shown or _typeset(rf"{symbol.tex} \colon {symbol.set}" if symbol.set else symbol.tex)
            number, address = numbers.get(symbol.label, ("", ""))
            found.setdefault(
                symbol.glyphs,
                {
                    "symbol": symbol.reading,
                    "html": shown,
                    "said": plain_text(shown),
                    "meaning": symbol.meaning,
                    "code": symbol.code,
                    "number": number,
                    "address": address,
                },
            )
    return json.dumps(found, ensure_ascii=False, separators=(",", ":")) if found else ""
