"""An entry of its own for each equation, in the index of whatever searches the site.

Operators of the search's language, such as `^`, `-` and brackets, are text to whoever looks for a formula: a formula is
found by its letters and digits alone, which the script that hands over the query puts together in the same way.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from html import escape, unescape
from pathlib import Path
from typing import Any

from ..message.refusal import Refusal
from ..message.source import Span, typed
from .references import Numbered

RELATIONS = frozenset("=≔≤≥<>≈≠∈←↦,;")
# What people type for what is printed.
TYPED = str.maketrans({"∂": "d", "⊤": "T", "−": "-", "≔": ":=", "·": "*", "\u2062": "", "\u2061": ""})
GREEK = re.compile("[α-ωΑ-Ωϑϕϖϱϵ]")
FORMER = re.compile(r"\s*(?P<number>[\w.]+)\s+\S*#(?P<label>[\w-]+)")
# A derivative is typed without brackets.
DIFFERENTIAL = re.compile(r"\((d[^()\s]+)\)(?=/)|(?<=/)\((d[^()\s]+)\)")
# What has a name is a key result, and comes before others; of two, the one that is read first, up to so much, and the
# one whose formula is shorter, in letters.
RANK, FIRST, SHORT = 4, 3, 4
# What a formula's letters begin with, so that no word begins as they do: the search takes words that are being typed.
SIGN = "fx"
# A number in letters, for a search that takes words of the language alone, where digits aren't; no ending is like them.
SPELT, NUMBER = str.maketrans("0123456789.", "bcdfghjklmq"), "fq"
# As much of a formula as names an entry.
LONGEST = 80


def glued(text: str) -> str:
    """The letters and digits of a formula, without anything between them."""
    return "".join(sign for sign in text.translate(TYPED).lower() if sign.isalnum())


def in_letters(text: str) -> str:
    """A formula with its Greek letters by their names."""

    def named(found: re.Match[str]) -> str:
        name = unicodedata.name(unicodedata.normalize("NFKC", found.group()))
        return name.split()[-1].replace("LAMDA", "LAMBDA").lower()

    return GREEK.sub(named, text)


def unaccented(text: str) -> str:
    """Words as they are typed in a hurry."""
    return "".join(sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign))


def sides_of(reading: str) -> list[str]:
    """What stands on either side of the relations of a formula, but for those in brackets."""
    found, depth = [""], 0
    for sign in reading:
        depth += (sign in "([{") - (sign in ")]}")
        if depth == 0 and sign in RELATIONS:
            found.append("")
        else:
            found[-1] += sign
    return found


def read_former(file: str | None) -> dict[str, list[str]]:
    """The numbers that equations had before, by label.

    Raises:
        Refusal: where a line of the file is no number with a label.
    """
    found: dict[str, list[str]] = {}
    for place, line in enumerate(Path(file).read_text("utf-8").splitlines() if file else [], 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if (read := FORMER.fullmatch(line.rstrip())) is None:
            raise Refusal(
                way_out="write a number, then page/#label",
                what="this is no number that an equation had",
                span=Span(typed(file or ""), place, 0, line),
            )
        found.setdefault(read["label"], []).append(read["number"])
    return found


def entry(label: str, numbered: Numbered, reading: str, former: Iterable[str], place: float = 0) -> dict[str, Any]:
    """An equation as the search knows it: where it is, its title, its text, and the numbers that it is found by.

    Args:
        label: of the equation.
        numbered: with its number and its address.
        reading: its formula as plain text.
        former: numbers that it had before.
        place: in reading order: 0 of the first equation, nearly 1 of the last.
    """
    plain = DIFFERENTIAL.sub(lambda found: found[1] or found[2], reading.translate(TYPED)).replace("^T(", "^T (")
    name = numbered.equation.name
    shown = plain if len(plain) <= LONGEST else f"{plain[:LONGEST]}…"
    sides = [side for side in sides_of(reading) if len(glued(side)) > 1]
    tokens = {SIGN + glued(in_letters(part)) for part in (reading, *sides)}
    brief = 1 + SHORT / (SHORT + len(glued(in_letters(reading))))
    words = [plain, *dict.fromkeys((label.replace("-", "_"), label.replace("-", " "))), *sorted(tokens)]
    return {
        "location": f"{numbered.url}#{label}",
        "title": escape(f"({numbered.number}) {name or shown}", quote=False),
        "text": escape(
            " · ".join(words[:1] if not name else [*dict.fromkeys((name, unaccented(name))), plain])
            + " · "
            + " ".join((*words[1:], numbered.number, *former)),
            quote=False,
        ),
        "boost": (RANK if name else 1) * (1 - place * (1 - 1 / FIRST)) * brief,
    }


def entries(
    labels: Iterable[str],
    numbered: Mapping[str, Numbered],
    readings: Mapping[str, str],
    former: Mapping[str, list[str]],
    order: Mapping[str, int],
) -> Iterator[dict[str, Any]]:
    """The entries of some equations; `numbered` and `order` have all, in reading order."""
    for label in labels:
        yield entry(label, numbered[label], readings[label], former.get(label, []), order[label] / len(numbered))


def spelt(text: str) -> Iterator[str]:
    """The numbers of an entry, in letters."""
    for word in text.rpartition(" · ")[2].split():
        if word[0].isdecimal() and not word.strip("0123456789."):
            yield NUMBER + word.translate(SPELT)


def put(index: Any, found: Iterable[dict[str, Any]], boost: float | None) -> None:
    """Put entries into the index of Material's search, or of MkDocs' own, which knows neither exact words nor ranks."""
    if hasattr(index, "entries"):
        index.entries += [{**each, "boost": each["boost"] * (1 if boost is None else boost)} for each in found]
    elif hasattr(index, "_entries"):
        for each in found:
            # It shows text as it is, where Material takes HTML.
            put_in = {key: unescape(each[key]) for key in ("location", "title", "text")}
            put_in["text"] = " ".join((put_in["text"], *spelt(put_in["text"])))
            index._entries.append(put_in)
