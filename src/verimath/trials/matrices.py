"""Matrices of a kind, made of any: what a set of symmetric, orthogonal or stochastic matrices holds."""

from __future__ import annotations

from typing import Any

from ..message.refusal import Refusal
from ..numbers.array import Array, each, make, matrix_product, plus, transpose
from ..numbers.complexes import conjugate, conjugate_of
from ..numbers.dual import Scalar
from ..numbers.late import numpy as np
from ..numbers.linear import determinant, is_singular, size_of_determinant
from ..numbers.scalar import is_complex

# A determinant is 0 that is so much smaller than its terms may be.
SINGULAR = 1e-9


def of_kind(kind: str, matrix: Array, turn: int) -> Array:
    """A matrix of a kind, as general as the one that it is made of.

    Args:
        kind: one of `KINDS`, or "invertible".
        matrix: of numbers without derivatives, real ones but where the kind is of complex ones; square, but for
            stochastic ones.
        turn: which trial it is, where the kind has cases that none should miss.

    Raises:
        Refusal: where the matrix isn't square.
    """
    rows, columns = matrix.shape
    if rows != columns and kind != "stochastic":
        why = f"a set of {kind} matrices that aren't square"
        raise Refusal(why, "write \\mathbb{R}^{n \\times n}, by one size", rule=4)
    entries = matrix.entries
    match kind:
        case "symmetric":
            return _from(rows, lambda i, j: entries[min(i, j), max(i, j)])
        case "diagonal":
            return _from(rows, lambda i, j: entries[i, j] if i == j else 0)
        case "upper triangular":
            return _from(rows, lambda i, j: entries[i, j] if i <= j else 0)
        case "lower triangular":
            return _from(rows, lambda i, j: entries[i, j] if i >= j else 0)
        case "positive semidefinite":
            # On one trial in three, it is singular.
            return _squared(_from(rows, lambda i, j: 0 if j == rows - 1 and turn % 3 == 0 else entries[i, j]))
        case "positive definite":
            found = _squared(matrix)
            return _shifted(found, 1) if _is_singular(matrix) else found
        case "orthogonal":
            return _reflected(matrix, rows - turn % 2)
        case "hermitian":
            return _from(rows, lambda i, j: _mirrored(entries, i, j))
        case "unitary":
            return _turned(_reflected(matrix, rows), entries)
        case "stochastic":
            return make((rows, columns), (entry for row in entries for entry in _shares(row)))
    by = 0
    while _is_singular(_shifted(matrix, by)):
        by += 1
    return _shifted(matrix, by) if by else matrix


def _from(size: int, entry: Any) -> Array:
    return make((size, size), (entry(i, j) for i in range(size) for j in range(size)))


def _squared(matrix: Array) -> Array:
    found = matrix_product(matrix, transpose(each(conjugate, matrix)))
    assert isinstance(found, Array)
    return found


def _shifted(matrix: Array, by: int) -> Array:
    found = plus(matrix, _from(matrix.shape[0], lambda i, j: by if i == j else 0))
    assert isinstance(found, Array)
    return found


def _is_singular(matrix: Array) -> bool:
    if is_singular(matrix):
        return True
    floats = make(matrix.shape, (complex(x) if is_complex(x) else float(x) for x in matrix.entries.flat))
    return bool(abs(determinant(floats, None)) <= SINGULAR * size_of_determinant(floats)) and matrix.shape[0] > 0


def _reflected(matrix: Array, count: int) -> Array:
    """The product of so many reflections, each at the plane across a column; at none across a column of zeros."""
    n = matrix.shape[0]
    found = np.array([[int(i == j) for j in range(n)] for i in range(n)], dtype=object).reshape(n, n)
    for k in range(count):
        v = matrix.entries[:, k]
        mirrored = np.array([conjugate_of(x) for x in v], dtype=object)
        square = sum(x * y for x, y in zip(v, mirrored, strict=True))
        if square:
            found = found - np.outer(found.dot(v), mirrored) * 2 / square
    return make((n, n), found.flat)


def _mirrored(entries: Any, i: int, j: int) -> Scalar:
    """An entry of a matrix that its conjugate transpose is equal to."""
    if i == j:
        diagonal: Scalar = entries[i, i].real
        return diagonal
    return entries[i, j] if i < j else conjugate_of(entries[j, i])


def _turned(matrix: Array, entries: Any) -> Array:
    """A unitary matrix of which the first column is turned by the argument of a number, so that any determinant is."""
    if not entries.size or not entries[0, 0]:
        return matrix
    by = entries[0, 0] / abs(entries[0, 0])
    size = matrix.shape[0]
    return _from(size, lambda i, j: matrix.entries[i, j] * by if j == 0 else matrix.entries[i, j])


def _shares(row: Any) -> list[Scalar]:
    """Numbers as shares of their sum; zeros as equal ones."""
    sizes = [abs(entry) for entry in row]
    total = sum(sizes)
    return [size / total for size in sizes] if total else [1 / len(sizes) + size for size in sizes]
