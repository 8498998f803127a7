"""The exponential of a square matrix; of floats, of many digits, of numbers with derivatives.

It is the sum of A^k / k!, of a matrix so small that few terms are enough, then squared as often as that was halved
(C. Moler and C. Van Loan, "Nineteen dubious ways to compute the exponential of a matrix", 2003). Many digits are whole
numbers here, counted in a power of two, with so many more of them that what squares lose isn't seen. A derivative by
one number is in a corner of the exponential of (A, dA; 0, A).
"""

from __future__ import annotations

import math
import operator
from typing import Any

from ..message.refusal import NoValue, Overflow
from .array import Array
from .dual import Dual, slopes
from .grid import Grid, moved_of, rows_of, square, values_of
from .late import numpy as np
from .scalar import TINY, WATCHED, is_complex

# The largest sum of a row: beyond the first, floats don't hold the exponential; beyond the second, it isn't computed.
MOST_IN_FLOATS, MOST = 300, 1000
# How many times more than its size asks a matrix is halved, and the digits that floats have.
HALVED_IN_FLOATS, HALVED, FLOAT_DIGITS = 1, 8, 17
# By each of many directions, every square takes as long as a hundred terms: a matrix is halved four times less.
HALVED_BY_MANY = -4
# Many digits are as many more as the smallest entries ask for, up to these.
MOST_MORE = 400
# About how many products an exponential takes; in digits, so many times more where derivatives are nested.
PRODUCTS, CORNERS = 25, 16


def exponential(matrix: Array, context: Any) -> Array:
    """The exponential of a square matrix.

    Args:
        matrix: of any numbers.
        context: of mpmath, for many digits; None for floats.

    Raises:
        NotSquare, NoValue: see `rows_of`; also where it is too large.
        Overflow: where a float can't hold it.
    """
    return square(_exponential(rows_of(matrix, "exponential"), context))


def _exponential(rows: Grid, context: Any) -> Grid:
    moved = moved_of(rows)
    if moved is None:
        return _of_numbers(rows, [], context)[0]
    level, count = moved
    values = values_of(rows, level)
    by = [[[slopes(entry, level, count)[k] for entry in row] for row in rows] for k in range(count)]
    size = range(len(rows))
    if any(map(moved_of, (values, *by))):
        # Derivatives within derivatives: those of this level are corners of larger matrices.
        corners = [_exponential(_beside(values, each), context) for each in by]
        found, moves = corners[0], [[row[len(rows) :] for row in corner[: len(rows)]] for corner in corners]
    else:
        found, *moves = _of_numbers(values, by, context)
    return [[Dual(level, found[i][j], [each[i][j] for each in moves]) for j in size] for i in size]


def _beside(rows: Grid, moves: Grid) -> Grid:
    """The matrix (A, dA; 0, A)."""
    above = [[*row, *move] for row, move in zip(rows, moves, strict=True)]
    return [*above, *([*[0] * len(rows), *row] for row in rows)]


def _of_numbers(values: Grid, by: list[Grid], context: Any) -> list[Grid]:
    """The exponential of a matrix without derivatives, and its derivative in each of some directions."""
    if not values:
        return [values]
    try:
        size = float(max(sum(map(abs, row)) for row in values))
    except OverflowError:
        size = math.inf
    if size > (MOST_IN_FLOATS if context is None else MOST):
        if context is None:
            raise Overflow
        raise NoValue("the exponential of so large a matrix", "restrict the sets that it reads", rule=28)
    if context is None:
        return _in_floats(values, by, size)
    least = min((abs(entry) for grid in (values, *by) for row in grid for entry in row if entry), default=1)
    more = min(MOST_MORE, max(0, -context.mag(least) / math.log2(10)) * max(1, len(values) - 1))
    digits = math.ceil(context.dps + more + 2 * size / math.log(10) + HALVED)
    _note_lost(values, size, context)
    return _in_digits(values, by, size, digits, context)


def _in_floats(values: Grid, by: list[Grid], size: float) -> list[Grid]:
    kind = complex if any(is_complex(x) for grid in (values, *by) for row in grid for x in row) else float
    shape = (len(by), len(values), len(values))
    with np.errstate(all="ignore"):
        found, moves = _squared(
            np.array(values, dtype=kind), np.array(by, dtype=kind).reshape(shape), size, HALVED_IN_FLOATS, FLOAT_DIGITS
        )
    if not (np.isfinite(found).all() and np.isfinite(moves).all()):
        raise Overflow
    return [found.tolist(), *moves.tolist()]


def _in_digits(values: Grid, by: list[Grid], size: float, digits: int, context: Any) -> list[Grid]:
    """In so many digits, as whole numbers; a complex number as the matrix (x, -y; y, x)."""
    bits = math.ceil(digits * math.log2(10))
    n, has_parts = len(values), any(is_complex(x) for grid in (values, *by) for row in grid for x in row)

    def fixed(grid: Grid) -> Any:
        one, other = np.empty((n, n), dtype=object), np.empty((n, n), dtype=object)
        for i, row in enumerate(grid):
            for j, entry in enumerate(row):
                number = context.convert(entry)
                one[i, j], other[i, j] = (int(context.ldexp(part, bits)) for part in (number.real, number.imag))
        return np.block([[one, -other], [other, one]]) if has_parts else one

    def spelled(array: Any) -> Grid:
        parts = [[context.ldexp(context.mpf(entry), -bits) for entry in row] for row in array.tolist()]
        if not has_parts:
            return parts
        return [[context.mpc(parts[i][j], parts[n + i][j]) for j in range(n)] for i in range(n)]

    value = fixed(values)
    moved = np.array([fixed(each) for each in by], dtype=object).reshape(-1, *value.shape)
    halved = HALVED_BY_MANY if len(moved) > len(value) else HALVED
    found, moves = _squared(value, moved, size, halved, digits, bits)
    return [spelled(found), *map(spelled, moves)]


def _squared(value: Any, moves: Any, size: float, halved: int, digits: int, bits: int | None = None) -> tuple[Any, Any]:
    """The exponential of a matrix and its derivatives, to so many digits.

    Args:
        value: the matrix, whose rows have no larger sum than `size`.
        moves: what it moves by, along a first axis.
        size: of its rows.
        halved: how many times more than that asks it is halved.
        digits: that are wanted.
        bits: where all numbers are whole, the power of two that they are counted in.
    """
    times = max(0, halved + max(0, math.ceil(math.log2(size)) if size else 0))
    # What is left of the sum is smaller than its last term, but for a derivative, which takes away a power from each.
    # Fewer terms than rows would leave zeros where there are none.
    bound, terms = size / 2**times, len(value)
    while terms * math.log10(bound or 1e-300) - math.lgamma(terms + 1) / math.log(10) > -digits:
        terms += 1
    terms += 1
    unit, divide = (1, operator.truediv) if bits is None else (1 << bits, operator.floordiv)
    one: Any = np.array([[unit * (i == j) for j in range(len(value))] for i in range(len(value))], dtype=value.dtype)
    value, moves = divide(value, 2**times), divide(moves, 2**times)
    if bits is not None and len(moves) > len(value):
        found, slope = _by_entries(value, moves, terms, bits, one)
    else:
        found, slope = one, 0 * moves
        for k in range(terms, 0, -1):
            found, slope = one + divide(value @ found, k * unit), divide(value @ slope + moves @ found, k * unit)
    for _ in range(times):
        found, slope = divide(found @ found, unit), divide(found @ slope + slope @ found, unit)
    return found, slope


def _by_entries(value: Any, moves: Any, terms: int, bits: int, one: Any) -> tuple[Any, Any]:
    """The sum of so many terms A^k / k!, and what many directions E make of it, by what each entry does.

    These are sums of A^p E A^q / (p + q + 1)!, or of A^p / p! E B_p, where B_p = (1 + A B_(p+1)) / (p + 1).
    """
    behind = [0 * one]
    for p in range(terms, -1, -1):
        behind.append((one + (value @ behind[-1] >> bits)) // (p + 1))
    before, by_entries = one, 0
    for p in range(terms + 1):
        by_entries = by_entries + np.multiply.outer(before, behind[-1 - p])
        before = (before @ value >> bits) // (p + 1)
    slope = np.tensordot(moves, by_entries >> bits, axes=((1, 2), (1, 2))) >> bits
    return one + (value @ behind[-1] >> bits), slope


def _note_lost(values: Grid, size: float, context: Any) -> None:
    """Compute the sums in which an exponential loses an entry so small that digits don't show it: they are noted."""
    if context.dps >= WATCHED:
        for entry in (abs(entry) for row in values for entry in row):
            if 0 < entry < TINY:
                context.mpf(math.exp(min(size, MOST_IN_FLOATS))) + entry
