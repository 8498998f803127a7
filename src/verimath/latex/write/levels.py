"""How tightly printed LaTeX holds together, and how names, numbers and brackets are written."""

from __future__ import annotations

import re
from enum import IntEnum
from fractions import Fraction

from ...meaning.operations import BINDERS
from ...meaning.signs import PAIRED, RELATIONS
from ...message.frozen import frozen

WORD = re.compile(r"(?<=_)\{([A-Za-z]{2,})\}")
LETTERS_BELOW = re.compile(r"(?<=_)\{([A-Za-z]+)\}")
TALL = re.compile(rf"\\(?:{'|'.join(('frac', *(name for name, row in BINDERS.items() if row.tall)))})\b")


class Level(IntEnum):
    """How tightly a printed expression holds together, from the loosest."""

    SUM = 0
    TERM = 1
    LAST = 2  # a factor that takes all that follows in its term
    FACTOR = 3
    RAISABLE = 4  # a superscript may follow
    INDEXABLE = 5  # scripts may follow


@frozen
class Printed:
    """LaTeX, and how tightly it holds together."""

    tex: str
    level: Level


def name(text: str) -> str:
    r"""A symbol as LaTeX: words in its scripts are upright, as in D_{\mathrm{KL}}."""
    return WORD.sub(r"{\\mathrm{\1}}", text)


def upright(text: str) -> str:
    """The same symbol with single letters in its subscripts upright too, where they could number components."""
    return LETTERS_BELOW.sub(r"{\\mathrm{\1}}", text)


def applied(called: str, inside: str) -> str:
    """A function by its printed name, and what stands in its brackets; of some, these are the name."""
    return called.replace(r"\cdot, \cdot", inside) if called in PAIRED.values() else called + bracketed(inside)


def symbol(text: str) -> Printed:
    """A symbol, which may have such scripts as aren't part of its name."""
    shown = name(text)
    level = Level.FACTOR if "^" in shown else Level.RAISABLE if "_" in shown else Level.INDEXABLE
    return Printed(shown, level)


def decimal(value: Fraction, decimals: int = 0) -> str:
    """A number's digits: all that it has, and as many as were printed."""
    while (value * 10**decimals).denominator != 1:
        decimals += 1
    digits = str(int(value * 10**decimals)).rjust(decimals + 1, "0")
    return f"{digits[: len(digits) - decimals]}.{digits[len(digits) - decimals :]}" if decimals else digits


def bracketed(tex: str) -> str:
    """LaTeX in brackets of its height; those that grow would take an array alone between them for a matrix."""
    tall = TALL.search(tex) and not tex.startswith(r"\begin")
    return rf"\left( {tex} \right)" if tall else f"({tex})"


def opens(tex: str) -> bool:
    """Whether LaTeX begins with a bracket."""
    return tex.startswith(("(", "[", r"\left("))


def rows(lines: list[str], environment: str = "bmatrix") -> str:
    """Rows of an array."""
    return rf"\begin{{{environment}}} " + r" \\ ".join(lines) + rf" \end{{{environment}}}"


def chain(sides: list[str], relations: tuple[str, ...]) -> str:
    """Sides with the relations between them."""
    shown = sides[0]
    for relation, side in zip(relations, sides[1:], strict=True):
        shown += f" {RELATIONS[relation].tex} {side}"
    return shown
