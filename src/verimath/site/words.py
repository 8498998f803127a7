"""What the tool itself says on a page: one table for each language, and a site may bring its own.

The tables lie in `languages/`, a file for each; what one lacks is said in English. The table that a site names by the
option `words` has four parts: `tool`, the tool's words in a language that it doesn't speak, or other words for it;
`printed` and `drawn`, what its programs print and draw, in English, and what a page shows in its place; and `site`,
words for its own hooks and scripts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from ..message.frozen import frozen
from ..message.refusal import Refusal
from ..message.source import Span, typed

LANGUAGES = Path(__file__).parent / "languages"
PARTS = ("tool", "printed", "drawn", "site")

# A word that depends on a count has two forms, one for 1.
Table = Mapping[str, str]


@frozen
class Words:
    """A language's words, by what speaks: each field is a table of its file.

    Attributes:
        language: such as `fr`.
        check: verdicts, symbols and lists.
        writing: how numbers are written, and what ends a word before a list.
        notes: below formulas that aren't claimed to hold.
        around: around a page's text.
        handout, legend, programs, equations, notebooks: of these.
    """

    language: str
    check: Table
    writing: Table
    notes: Table
    around: Table
    handout: Table
    legend: Table
    programs: Table
    equations: Table
    notebooks: Table

    @property
    def colon(self) -> str:
        """What stands after a word, before what it announces."""
        return f"{self.writing['colon']} "


@frozen
class SiteWords:
    """The table that a site brings.

    Attributes:
        tool: the tool's words, by table and name.
        printed: what programs print, with what a page shows in its place.
        drawn: the same of what they draw.
        file: that the table stands in, for messages.
    """

    tool: Mapping[str, Table] = field(default_factory=dict)
    printed: Table = field(default_factory=dict)
    drawn: Table = field(default_factory=dict)
    file: str = ""


@cache
def _spoken(language: str) -> dict[str, dict[str, str]]:
    """The tables of a language that lies in the package; none of any other."""
    file = LANGUAGES / f"{language}.yml"
    return yaml.safe_load(file.read_text("utf-8")) if file.is_file() else {}


def words_of(language: str, own: Mapping[str, Table] | None = None) -> Words:
    """The words of a language.

    Args:
        language: such as `fr`.
        own: what a site says instead, by table and name.
    """
    tables = [_spoken("en"), _spoken(language), own or {}]
    joined = {name: {key: word for table in tables for key, word in table.get(name, {}).items()} for name in tables[0]}
    return Words(language, **joined)


def read_words(file: Path) -> SiteWords:
    """Read a site's table.

    Raises:
        Refusal: where it is none.
    """
    try:
        values = yaml.safe_load(file.read_text("utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise Refusal(str(error), what="the table of words isn't YAML", span=Span(typed(file))) from error
    if not isinstance(values, dict) or not values.keys() <= {*PARTS}:
        raise _no_table(file, f"its parts are {', '.join(PARTS)}: write `printed:`, and below it `sum: somme`")
    tool, printed, drawn = (values.get(part) or {} for part in ("tool", "printed", "drawn"))
    if not _is_table(printed) or not _is_table(drawn):
        raise _no_table(file, "write `sum: somme`, a line for each; yes, no and numbers in quotation marks")
    known = _spoken("en")
    for name, table in tool.items() if isinstance(tool, dict) else [("tool", {"": ""})]:
        if name not in known or not _is_table(table) or not {*table} <= known[name].keys():
            raise _no_table(file, f"`{name}` isn't as the tool has it: copy a file of {LANGUAGES.name}/ there")
    return SiteWords(tool, printed, drawn, typed(file))


def _is_table(table: Any) -> bool:
    return isinstance(table, dict) and all(isinstance(word, str) for pair in table.items() for word in pair)


def _no_table(file: Path, way_out: str) -> Refusal:
    return Refusal(way_out=way_out, what="the table of words isn't one", span=Span(typed(file)))


def whole(count: int, words: Words) -> str:
    """A count as the language writes it."""
    return f"{count:,}".replace(",", words.writing["thousands"])


def trials(count: int, words: Words) -> str:
    """So many trials, in words."""
    return words.check["trial" if count == 1 else "trials"].format(count=whole(count, words))


def scientific(number: float, words: Words) -> str:
    """A small number, such as 1.2·10⁻¹⁴."""
    if not number:
        return words.check["none"]
    mantissa, exponent = f"{number:.1e}".split("e")
    raised = str(int(exponent)).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
    return f"{mantissa.replace('.', words.writing['decimal'])}\N{MIDDLE DOT}10{raised}"
