"""The rows of a matrix of numbers of any kind, and what is asked of them: whether they are whole, floats, or move."""

from __future__ import annotations

from typing import Any

from ..message.refusal import NotSquare, NoValue
from .array import Array, kind, make
from .dual import Dual, Scalar, plain
from .late import numpy as np
from .scalar import is_complex, is_finite

# Numbers in rows and columns.
Grid = list[list[Scalar]]

# Below this, relative to its size, floats don't tell a number from rounding; nor do many digits one of which so large
# a part of them is lost.
DOUBTFUL, LOST = 1e-13, 0.7
# Whole numbers are exact as floats up to this one.
WHOLE = 2**53


def rows_of(matrix: Array, what: str) -> Grid:
    """The rows of a square matrix.

    Args:
        matrix: an array.
        what: is wanted of it, for a message, such as "determinant".

    Raises:
        NotSquare: where it is none.
        NoValue: where an entry is infinite.
    """
    if len(matrix.shape) != 2 or matrix.shape[0] != matrix.shape[1]:
        way_out = "declare a square matrix, by one size: A \\in \\mathbb{R}^{n \\times n}"
        raise NotSquare(f"{kind(matrix)} has no {what}", way_out, rule=28)
    if not all(is_finite(plain(entry)) for entry in matrix.entries.flat):
        raise NoValue(f"the {what} of an infinite entry", "restrict the sets that it reads", rule=25)
    found: Grid = matrix.entries.tolist()
    return found


def square(rows: Grid) -> Array:
    """A matrix by its rows."""
    return make((len(rows), len(rows)), (entry for row in rows for entry in row))


def moved_of(rows: Grid) -> tuple[int, int] | None:
    """The level of the derivative that entries carry, and of how many variables; None where they carry none."""
    duals = [entry for row in rows for entry in row if isinstance(entry, Dual)]
    if not duals:
        return None
    top = max(duals, key=lambda entry: entry.level)
    return top.level, len(top.slopes)


def values_of(rows: Grid, level: int) -> Grid:
    """Entries without the derivatives of one level."""
    return [
        [entry.value if isinstance(entry, Dual) and entry.level == level else entry for entry in row] for row in rows
    ]


def is_zero(slope: Scalar) -> bool:
    """Whether a slope moves nothing."""
    return not isinstance(slope, Dual) and bool(slope == 0)


def whole_of(rows: Grid) -> list[list[int]] | None:
    """Entries as whole numbers; None where one of them isn't one, or is so large that it may be rounded."""
    found = []
    for row in rows:
        if any(is_complex(entry) or (not isinstance(entry, int) and abs(entry) >= WHOLE) for entry in row):
            return None
        whole = [int(entry) for entry in row]
        if any(a != b for a, b in zip(whole, row, strict=True)):
            return None
        found.append(whole)
    return found


def floats_of(rows: Grid) -> np.ndarray[Any, Any]:
    """Entries as floats, complex where one of them is."""
    has_complex = any(is_complex(entry) for row in rows for entry in row)
    return np.array(rows, dtype=complex if has_complex else float).reshape(len(rows), len(rows))
