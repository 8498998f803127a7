"""Square matrices: determinants, inverses, powers and roots; of floats, of many digits, of numbers with derivatives.

Floats are left to NumPy. What has many digits is eliminated here, where it is noted how large the terms were that a
pivot is left of: one that is much smaller is a rounded 0, and the matrix singular. Of whole numbers, that is decided
exactly. Derivatives follow from the rules that they have: d(det A) by its cofactors, d(A^{-1}) = -A^{-1} dA A^{-1}.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import product as pairs
from typing import Any

from ..message.refusal import NoValue, Overflow, Refusal
from .absorbed import aside
from .array import Array, matrix_product
from .dual import Dual, Scalar, plain, slopes
from .grid import DOUBTFUL, LOST, Grid, floats_of, is_zero, moved_of, rows_of, square, values_of, whole_of
from .late import numpy as np
from .scalar import is_complex, is_finite
from .spectra import root_of

MOST_FACTORS = 10_000


def singular() -> NoValue:
    """The refusal of the inverse of a matrix that has none."""
    way_out = "declare an invertible matrix, or say where it is, such as \\text{if } N \\geq D for X^\\top X"
    return NoValue("a singular matrix has no inverse", way_out, rule=28)


# Determinants


def determinant(matrix: Array, context: Any) -> Scalar:
    """The determinant of a square matrix.

    Args:
        matrix: of any numbers.
        context: of mpmath, for many digits; None for floats.

    Raises:
        NotSquare, NoValue: see `rows_of`.
        Overflow: where a float can't hold it.
    """
    return _determinant(rows_of(matrix, "determinant"), context)


def _determinant(rows: Grid, context: Any) -> Scalar:
    if moved := moved_of(rows):
        level, count = moved
        values = values_of(rows, level)
        by = _cofactors(values, context)
        places = [*pairs(range(len(rows)), repeat=2)]
        found = [0] * count
        for i, j in places:
            for k, slope in enumerate(slopes(rows[i][j], level, count)):
                if not is_zero(slope):
                    found[k] = found[k] + by[i][j] * slope
        return Dual(level, _determinant(values, context), found)
    if (whole := whole_of(rows)) is not None:
        exact = _exact_determinant(whole)
        if all(isinstance(entry, int) for row in rows for entry in row):
            return exact
        return float(exact) if context is None else context.mpf(exact)
    if context is None:
        with np.errstate(all="ignore"):
            found_one = np.linalg.det(floats_of(rows)).item()
        if not is_finite(found_one):
            raise Overflow
        return found_one
    with aside(context):
        return _eliminated(rows, context, [])


def is_singular(matrix: Array) -> bool:
    """Whether an array is a square matrix that is singular, as far as whole numbers or equal rows show."""
    if len(matrix.shape) != 2 or matrix.shape[0] != matrix.shape[1]:
        return False
    rows: Grid = [[plain(entry) for entry in row] for row in matrix.entries]
    if (whole := whole_of(rows)) is not None:
        return _exact_determinant(whole) == 0
    return len(rows) > 1 and any(row == other for n, row in enumerate(rows) for other in rows[:n])


def size_of_determinant(matrix: Array) -> float:
    """How large the terms of a determinant are at most: the product of its rows' sums."""
    rows: Grid = matrix.entries.tolist() if len(matrix.shape) == 2 else []
    return math.prod(sum(abs(complex(plain(entry))) for entry in row) for row in rows)


def _cofactors(rows: Grid, context: Any) -> Grid:
    """What a determinant's slope by each entry is."""
    try:
        inverted, whole = _inverse(rows, context), _determinant(rows, context)
        return [[whole * inverted[j][i] for j in range(len(rows))] for i in range(len(rows))]
    except (NoValue, Overflow):
        return [[_minor(rows, i, j, context) for j in range(len(rows))] for i in range(len(rows))]


def _minor(rows: Grid, i: int, j: int, context: Any) -> Scalar:
    """The determinant without a row and a column, with its sign."""
    left = [[*row[:j], *row[j + 1 :]] for n, row in enumerate(rows) if n != i]
    return _determinant(left, context) * (-1) ** (i + j)


def _exact_determinant(rows: list[list[int]]) -> int:
    """Of whole numbers, by divisions without a rest (E. Bareiss, "Sylvester's identity", 1968)."""
    left, sign, before = [[*row] for row in rows], 1, 1
    while left:
        place = next((n for n, row in enumerate(left) if row[0]), None)
        if place is None:
            return 0
        if place:
            left[0], left[place], sign = left[place], left[0], -sign
        first, *others = left
        pivot = first[0]
        left = [[(pivot * x - row[0] * y) // before for x, y in zip(row[1:], first[1:], strict=True)] for row in others]
        before = pivot
    return sign * before


# Inverses


def inverse(matrix: Array, context: Any) -> Array:
    """The inverse of a square matrix.

    Args:
        matrix: of any numbers.
        context: of mpmath, for many digits; None for floats.

    Raises:
        NotSquare, NoValue: see `rows_of`; also where the matrix is singular.
        Overflow: where floats can't tell whether it is, or can't hold it.
    """
    return square(_inverse(rows_of(matrix, "inverse"), context))


def _inverse(rows: Grid, context: Any) -> Grid:
    if moved := moved_of(rows):
        return _inverse_with_slopes(rows, *moved, context)
    if (whole := whole_of(rows)) is not None and _exact_determinant(whole) == 0:
        if context is None and any(isinstance(entry, float) for row in rows for entry in row):
            raise Overflow  # more digits tell whether they are whole
        raise singular()
    if context is None:
        return _inverse_of_floats(floats_of(rows))
    inverted = [[context.mpf(int(i == j)) for j in range(len(rows))] for i in range(len(rows))]
    with aside(context):
        _eliminated(rows, context, inverted)
    return inverted


def _inverse_with_slopes(rows: Grid, level: int, count: int, context: Any) -> Grid:
    """The inverse, with its derivatives: those of A^{-1} are -A^{-1} dA A^{-1}."""
    inverted = _inverse(values_of(rows, level), context)
    size = range(len(rows))
    all_slopes = [[slopes(entry, level, count) for entry in row] for row in rows]
    found: list[list[list[Scalar]]] = [[[] for _ in size] for _ in size]
    for k in range(count):
        # Most often, a variable moves one entry alone.
        moves = {i: [(j, s) for j in size if not is_zero(s := all_slopes[i][j][k])] for i in size}
        beside = {i: [sum(s * inverted[j][n] for j, s in row) for n in size] for i, row in moves.items() if row}
        for i, j in pairs(size, repeat=2):
            found[i][j].append(-sum(inverted[i][n] * row[j] for n, row in beside.items()))
    return [[Dual(level, inverted[i][j], found[i][j]) for j in size] for i in size]


def _inverse_of_floats(matrix: np.ndarray[Any, Any]) -> Grid:
    """Of floats, their rows and columns brought to one size before."""
    if not matrix.size:
        return []
    with np.errstate(all="ignore"):
        across = np.abs(matrix).max(axis=1, keepdims=True)
        scaled = matrix / across
        down = np.abs(scaled).max(axis=0, keepdims=True)
        scaled = scaled / down
        try:
            inverted = np.linalg.inv(scaled)
            room = 1 / (np.abs(scaled).sum(axis=0).max() * np.abs(inverted).sum(axis=0).max())
        except np.linalg.LinAlgError:
            raise Overflow from None
        found = inverted / down.T / across.T
        if not room > DOUBTFUL or not np.isfinite(found).all():
            raise Overflow
    listed: Grid = found.tolist()
    return listed


def _eliminated(rows: Grid, context: Any, beside: Grid) -> Scalar:
    """Eliminate numbers of many digits: their determinant; `beside` they make the product of the inverse and it.

    Raises:
        NoValue: where that is asked for, and the matrix is singular.
    """
    left = [[context.convert(entry) for entry in row] for row in rows]
    # For each entry, the power of two of the largest term that it is left of; a 0 is left of nothing.
    sizes = [[context.mag(entry) for entry in row] for row in left]
    scales = [max(row) for row in sizes]
    found, least = context.mpf(1), -LOST * context.prec
    for k in range(len(left)):
        rest = range(k, len(left))
        best = max(rest, key=lambda i: _apart(context.mag(left[i][k]), scales[i]))
        if beside and not any(_apart(context.mag(left[i][k]), sizes[i][k]) > least for i in rest):
            raise singular()
        if left[best][k] == 0:
            return context.mpf(0)
        if best != k:
            found = -found
            for each in (left, sizes, beside, scales):
                if each:
                    each[k], each[best] = each[best], each[k]
        pivot = left[k][k]
        found *= pivot
        for i in range(0 if beside else k + 1, len(left)):
            factor = left[i][k] / pivot
            if i != k and factor:
                left[i] = [x - factor * y for x, y in zip(left[i], left[k], strict=True)]
                times = context.mag(factor)
                sizes[i] = [max(a, times + b) for a, b in zip(sizes[i], sizes[k], strict=True)]
                left[i][k] = context.mpf(0)
                if beside:
                    beside[i] = [x - factor * y for x, y in zip(beside[i], beside[k], strict=True)]
    for k, row in enumerate(beside):
        beside[k] = [entry / left[k][k] for entry in row]
    return found


def _apart(size: Any, other: Any) -> float:
    """By how many powers of two two sizes differ; of a 0, as many as there are."""
    return -math.inf if not math.isfinite(size) else float(size - other)


# Powers


Product = Callable[[Array, Array], Any]


def power(matrix: Array, exponent: Scalar, context: Any, product: Product = matrix_product) -> Array:
    """The power of a square matrix: by a whole number; by 1/2 or -1/2 of one that is positive definite.

    Args:
        matrix: of any numbers.
        exponent: a number.
        context: of mpmath, for many digits; None for floats.
        product: of two matrices.

    Raises:
        Refusal: where the exponent is another number, or the matrix isn't square.
        NoValue: where the matrix has no such power.
        Overflow: where floats can't tell that, or can't hold it.
    """
    rows = rows_of(matrix, "inverse or power")
    bare = plain(exponent)
    if isinstance(exponent, Dual) or is_complex(bare) or not is_finite(bare) or 2 * bare != int(2 * bare):
        what = "a power of a matrix by what isn't a whole number"
        raise Refusal(what, "write whole exponents, or 1/2 for the root of a positive definite one", rule=28)
    twice = int(2 * bare)
    if abs(twice) > 2 * MOST_FACTORS:
        raise Refusal(f"a power of more than {MOST_FACTORS:,} factors", "write a smaller exponent", rule=28)
    if twice % 2:
        if abs(twice) > 1:
            what = "a power of a matrix that is a fraction"
            raise Refusal(what, "write the product of whole powers and A^{1/2}", rule=28)
        root = square(root_of(rows, context))
        return root if twice > 0 else inverse(root, context)
    if twice < 0:
        matrix = inverse(matrix, context)
    return _repeated(matrix, abs(twice) // 2, product)


def _repeated(matrix: Array, times: int, product: Product) -> Array:
    """A product of so many equal factors; of none, the identity."""
    if not times:
        return square([[int(i == j) for j in range(matrix.shape[0])] for i in range(matrix.shape[0])])
    found: Any = None
    base: Any = matrix
    while times:
        if times % 2:
            found = base if found is None else product(found, base)
        times //= 2
        if times:
            base = product(base, base)
    result: Array = found
    return result
