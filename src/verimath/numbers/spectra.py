"""What the eigenvalues of a matrix say of it, and the root of one that is positive definite."""

from __future__ import annotations

import math
from itertools import product as pairs
from typing import Any

import numpy as np

from ..message.refusal import NoValue, Overflow, Refusal
from .dual import Dual, Scalar, slopes
from .grid import DOUBTFUL, LOST, Grid, floats_of, moved_of, values_of
from .scalar import is_complex, unwatched


def root_of(rows: Grid, context: Any) -> Grid:
    """The positive definite root of a positive definite matrix, with its derivatives.

    With the eigenvalues' roots r and eigenvectors Q, that of dA is Q X Q', where (r_i + r_j) X_{ij} = (Q' dA Q)_{ij}.
    """
    size = range(len(rows))
    moved = moved_of(rows)
    values = values_of(rows, moved[0]) if moved else rows
    if moved_of(values):
        what = "a second derivative of a matrix's root isn't read yet"
        raise Refusal(what, "write what its square fulfils", rule=19)
    roots, vectors = _roots_and_vectors(values, context)
    found = [[sum(vectors[i][k] * roots[k] * vectors[j][k] for k in size) for j in size] for i in size]
    found = [[into(context, entry) for entry in row] for row in found]
    if not moved:
        return found
    level, count = moved
    by: list[Grid] = []
    for k in range(count):
        slope = [[slopes(entry, level, count)[k] for entry in row] for row in rows]
        inside = _between(vectors, slope, size, transposed=True)
        halves = [[inside[i][j] / (roots[i] + roots[j]) for j in size] for i in size]
        by.append([[into(context, entry) for entry in row] for row in _between(vectors, halves, size)])
    return [[Dual(level, found[i][j], [each[i][j] for each in by]) for j in size] for i in size]


def into(context: Any, number: Scalar) -> Scalar:
    """A number of mpmath in another context, of as many digits; floats are floats."""
    return number if context is None else context.convert(number)


def _between(vectors: Grid, inside: Grid, size: range, transposed: bool = False) -> Grid:
    """Q X Q', or Q' X Q."""
    q = [[vectors[j][i] for j in size] for i in size] if transposed else vectors
    half = [[sum(q[i][n] * inside[n][j] for n in size) for j in size] for i in size]
    return [[sum(half[i][n] * q[j][n] for n in size) for j in size] for i in size]


def _roots_and_vectors(rows: Grid, context: Any) -> tuple[list[Scalar], Grid]:
    """The roots of a positive definite matrix's eigenvalues, and its eigenvectors, as columns.

    Raises:
        NoValue: where it isn't positive definite.
        Overflow: where floats can't tell.
    """
    values, vectors = eigen(rows, context, "root")
    least = min(values, default=1)
    small = DOUBTFUL if context is None else 10 ** (-LOST * context.dps)
    if least <= small * max(map(abs, values), default=0):
        if context is None and least > -small * max(map(abs, values)):
            raise Overflow
        what = "a matrix that isn't positive definite has no root here"
        raise NoValue(what, "add what makes it one, such as \\lambda I with \\lambda > 0", rule=28)
    return [math.sqrt(value) if context is None else value.context.sqrt(value) for value in values], vectors


def eigen(rows: Grid, context: Any, what: str) -> tuple[list[Scalar], Grid]:
    """The eigenvalues of a symmetric matrix of numbers without derivatives, from the least, and its eigenvectors.

    Args:
        rows: of the matrix.
        context: of mpmath, for many digits; None for floats.
        what: is wanted of it, for a message.

    Returns:
        The eigenvalues, and a grid whose columns are the eigenvectors; of many digits, in a context that isn't watched.

    Raises:
        NoValue: where it isn't symmetric.
    """
    size = range(len(rows))
    if not rows:
        return [], []
    largest = max(abs(entry) for row in rows for entry in row)
    small = DOUBTFUL * 100 if context is None else 10 ** (-LOST * context.dps)
    if any(abs(rows[i][j] - rows[j][i]) > small * largest for i, j in pairs(size, repeat=2)):
        raise NoValue(f"the {what} of a matrix that isn't symmetric", "declare a symmetric one", rule=28)
    if any(is_complex(entry) for row in rows for entry in row):
        raise Refusal(f"the {what} of a complex matrix isn't read yet", "write its parts", rule=28)
    if context is None:
        values, vectors = np.linalg.eigh(floats_of(rows))
        return values.tolist(), vectors.tolist()
    if any(entry and abs(entry) < 10 ** (-context.dps // 2) * largest for row in rows for entry in row):
        raise NoValue(f"the {what} of numbers so far apart needs more digits", "write numbers that lie nearer", rule=26)
    quiet = unwatched(context.dps)
    found, columns = quiet.eigsy(quiet.matrix([[into(quiet, entry) for entry in row] for row in rows]))
    order = sorted(size, key=lambda n: found[n])
    return [found[n] for n in order], [[columns[i, n] for n in order] for i in size]
