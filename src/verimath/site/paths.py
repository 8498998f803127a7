"""The paths of a drawing in fewer signs: each point by how far it lies from the one before, which has fewer digits.

A plotted curve is hundreds of points that lie near each other: said so, it takes half of the bytes, compressed too. No
number is rounded: a difference of decimals has no more digits behind the point than they have.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

# How many numbers each command takes. A path that has others, relative ones among them, stays as it is.
NUMBERS = {"M": 2, "L": 2, "C": 6, "Q": 4, "Z": 0}
ABSOLUTE = re.compile(r"\s*M[MLCQZz\d.,\s-]*")
STEP, NUMBER = re.compile(r"([MLCQZz])([^MLCQZz]*)"), re.compile(r"-?(?:\d+\.?\d*|\.\d+)")
Point = tuple[Decimal, ...]


# Under `mkdocs serve`, each build asks for the same ones again.
@lru_cache(2000)
def shorter(path: str) -> str:
    """A path's data, drawing the same; as it was, where it has other commands or isn't shorter so."""
    if not ABSOLUTE.fullmatch(path):
        return path
    try:
        said = "".join(_relative(path))
    except ValueError:
        return path
    return min(path, said, key=len)


def _relative(path: str) -> Iterator[str]:
    here: Point = (Decimal(0), Decimal(0))
    start, last = here, ""
    for kind, numbers in _commands(path):
        if kind == "Z":
            here, last = start, "z"
            yield "z"
            continue
        steps = [number - here[place % 2] for place, number in enumerate(numbers)]
        here = numbers[-2:]
        start = here if kind == "M" else start
        yield _joined("" if kind.lower() == last else kind.lower(), steps)
        # What follows a place to begin at, without a command, is a line.
        last = "l" if kind == "M" else kind.lower()


def _commands(path: str) -> Iterator[tuple[str, Point]]:
    """Each command with its numbers.

    Raises:
        ValueError: if they are too few.
    """
    for letter, written in STEP.findall(path):
        kind, numbers = letter.upper(), tuple(Decimal(each) for each in NUMBER.findall(written))
        many = NUMBERS[kind]
        if len(numbers) % many if many else numbers:
            raise ValueError(written)
        if not many:
            yield kind, ()
        for first in range(0, len(numbers), many or 1):
            yield ("L" if kind == "M" and first else kind), numbers[first : first + many]


def _joined(kind: str, steps: list[Decimal]) -> str:
    """A command and its numbers, with a blank only where two would run together."""
    said = [re.sub(r"^(-?)0\.", r"\1.", f"{step.normalize() + 0:f}") for step in steps]
    blanks = ["" if each.startswith("-") or (kind and not place) else " " for place, each in enumerate(said)]
    return kind + "".join(blank + each for blank, each in zip(blanks, said, strict=True))
