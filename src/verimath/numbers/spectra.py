"""What the eigenvalues of a matrix say of it, and the root of one that is positive definite."""

from __future__ import annotations

import math
from itertools import product as pairs
from typing import Any

from ..message.refusal import NoValue, Overflow, Refusal
from .array import Array, make
from .complexes import conjugate_of
from .dual import Dual, Scalar, plain, slopes
from .grid import DOUBTFUL, LOST, Grid, floats_of, moved_of, rows_of, values_of
from .late import numpy as np
from .scalar import is_complex, is_finite, real, unwatched

# In floats, what is larger than this beside the largest isn't 0.
CLEAR = 1e-10
# What is read of symmetric and Hermitian matrices only: how it is written, why, and the way out, where {} is what is
# asked.
ONLY_OF_SYMMETRIC = {
    "eigenvalue": (
        r"\lambda_1(A)",
        "which eigenvalue of a matrix that isn't {} comes first, by its modulus or its real part, isn't said",
        "declare a {} one, write \\rho(A) for the greatest modulus, or \\lambda_i(A) for any of them, by a letter",
    ),
    "root": (
        "A^{1/2}",
        "the root of a matrix that isn't {} isn't read yet",
        "declare one that is {} and positive definite; else write what its square fulfils",
    ),
}


def only_of(what: str, asked: str) -> tuple[str, str]:
    """Why that is read of such matrices only, and the way out."""
    _, why, way_out = ONLY_OF_SYMMETRIC[what]
    return why.format(asked), way_out.format(asked)


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
    found = [[sum(vectors[i][k] * roots[k] * conjugate_of(vectors[j][k]) for k in size) for j in size] for i in size]
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
    """Q X Q', or Q' X Q, where Q' is conjugated too."""
    q = [[conjugate_of(vectors[j][i]) for j in size] for i in size] if transposed else vectors
    half = [[sum(q[i][n] * inside[n][j] for n in size) for j in size] for i in size]
    return [[sum(half[i][n] * conjugate_of(q[j][n]) for n in size) for j in size] for i in size]


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


def _is_hermitian(rows: Grid, context: Any) -> bool:
    """Whether a matrix is its own conjugate transpose, but for rounding."""
    largest = max((abs(entry) for row in rows for entry in row), default=0)
    small = DOUBTFUL * 100 if context is None else 10 ** (-LOST * context.dps)
    size = range(len(rows))
    return all(abs(rows[i][j] - conjugate_of(rows[j][i])) <= small * largest for i, j in pairs(size, repeat=2))


def eigen(rows: Grid, context: Any, what: str) -> tuple[list[Scalar], Grid]:
    """The eigenvalues of a symmetric or Hermitian matrix without derivatives, from the least, and its eigenvectors.

    Args:
        rows: of the matrix.
        context: of mpmath, for many digits; None for floats.
        what: is wanted of it, one of `ONLY_OF_SYMMETRIC`.

    Returns:
        The eigenvalues, and a grid whose columns are the eigenvectors; of many digits, in a context that isn't watched.

    Raises:
        NoValue: where it is neither.
    """
    size = range(len(rows))
    if not rows:
        return [], []
    is_real = not any(is_complex(entry) for row in rows for entry in row)
    if not _is_hermitian(rows, context):
        raise NoValue(*only_of(what, "symmetric" if is_real else "hermitian"), rule=28)
    if context is None:
        values, vectors = np.linalg.eigh(floats_of(rows) if is_real else np.array(rows, dtype=complex))
        return values.tolist(), vectors.tolist()
    largest = max(abs(entry) for row in rows for entry in row)
    if any(entry and abs(entry) < 10 ** (-context.dps // 2) * largest for row in rows for entry in row):
        raise NoValue(f"the {what} of numbers so far apart needs more digits", "write numbers that lie nearer", rule=26)
    quiet = unwatched(context.dps)
    decompose = quiet.eigsy if is_real else quiet.eighe
    found, columns = decompose(quiet.matrix([[into(quiet, entry) for entry in row] for row in rows]))
    order = sorted(size, key=lambda n: found[n])
    return [found[n] for n in order], [[columns[i, n] for n in order] for i in size]


# What the eigenvalues and singular values of a matrix say of it


def eigenvalues(matrix: Array, context: Any) -> Array:
    """The eigenvalues of a symmetric or Hermitian matrix, from the greatest, with derivatives where they are simple.

    That of a simple one is q' dA q, q being its eigenvector, and q' its conjugate.

    Args:
        matrix: of numbers.
        context: of mpmath, for many digits; None for floats.

    Raises:
        NotSquare, NoValue: where the matrix has none, or is neither.
    """
    rows = rows_of(matrix, "eigenvalues")
    moved = moved_of(rows)
    values, vectors = eigen(_without_slopes(rows, moved), context, "eigenvalue")
    pairs_of = [[row[k] for row in vectors] for k in range(len(values))]
    found = [(values[k], [*map(conjugate_of, pairs_of[k])], pairs_of[k]) for k in reversed(range(len(values)))]
    return _with_slopes(found, rows, moved, context)


def spectrum(matrix: Array, context: Any) -> Array:
    """The eigenvalues of any square matrix, by their real parts from the greatest, then by their imaginary parts.

    Raises:
        NotSquare, NoValue: where the matrix has none.
        Refusal: of its derivative, where it is neither symmetric nor Hermitian.
    """
    rows = rows_of(matrix, "eigenvalues")
    moved = moved_of(rows)
    bare = _without_slopes(rows, moved)
    if _is_hermitian(bare, context):
        return eigenvalues(matrix, context)
    if moved:
        what = "the derivative of an eigenvalue of a matrix that isn't symmetric isn't read yet"
        raise Refusal(what, "write what it fulfils, such as A v = \\lambda v", rule=28)
    values = _any_eigenvalues(bare, context)
    largest = max(map(abs, values))
    small = (CLEAR if context is None else 10 ** (-LOST * context.dps / 2)) * largest
    if all(abs(value.imag) <= small for value in values) and not any(is_complex(each) for row in bare for each in row):
        return make((len(rows),), (into(context, value.real) for value in sorted(values, key=lambda x: -x.real)))
    ordered: list[list[Scalar]] = []
    for value in sorted(values, key=lambda x: -x.real):
        # Real parts that only rounding parts are one.
        if ordered and ordered[-1][0].real - value.real <= small:
            ordered[-1].append(value)
        else:
            ordered.append([value])
    listed = (value for group in ordered for value in sorted(group, key=lambda x: -x.imag))
    return make((len(rows),), (into(context, value) for value in listed))


def _any_eigenvalues(rows: Grid, context: Any) -> list[Any]:
    """The eigenvalues of a matrix of numbers without derivatives, in any order, as complex numbers.

    Raises:
        NoValue: where they aren't found.
    """
    try:
        if context is None:
            return list(map(complex, np.linalg.eigvals(np.array(rows, dtype=complex))))
        quiet = unwatched(context.dps)
        matrix = quiet.matrix([[into(quiet, entry) for entry in row] for row in rows])
        found = quiet.eig(matrix, left=False, right=False)
        return [quiet.mpc(value) for value in found]
    except (np.linalg.LinAlgError, RuntimeError) as error:
        raise NoValue("these eigenvalues aren't found", "restrict the sets that the matrix reads", rule=28) from error


def spectral_radius(matrix: Array, context: Any) -> Scalar:
    """The greatest modulus of an eigenvalue.

    Raises:
        NotSquare, NoValue: where the matrix has none.
        Refusal: of its derivative.
    """
    rows = rows_of(matrix, "spectral radius")
    if moved_of(rows):
        what = "the derivative of a spectral radius isn't read yet"
        raise Refusal(what, "derive \\lambda_{\\max}(A) of a symmetric matrix", rule=19)
    if not rows:
        raise NoValue("an empty matrix has no spectral radius", "declare a size from \\mathbb{N}^{*}", rule=28)
    found: Scalar = max(abs(value) for value in spectrum(matrix, context).entries)
    return found


def singular_values(matrix: Array, context: Any) -> Array:
    """The singular values of a matrix, from the greatest, with their derivatives where they are simple.

    That of a simple one is u' dA v, of its two vectors.

    Args:
        matrix: of numbers.
        context: of mpmath, for many digits; None for floats.

    Raises:
        Refusal: where an entry carries second derivatives.
    """
    rows: Grid = matrix.entries.tolist()
    moved = moved_of(rows)
    left, values, right = _decomposed(_without_slopes(rows, moved), context)
    found = [
        (value, [conjugate_of(row[k]) for row in left], [*map(conjugate_of, right[k])])
        for k, value in enumerate(values)
    ]
    return _with_slopes(found, rows, moved, context, least=0)


def _decomposed(rows: Grid, context: Any) -> tuple[Grid, list[Scalar], Grid]:
    """U, the singular values, and V' of a matrix of numbers without derivatives; of complex ones, V' is conjugated."""
    if not rows or not rows[0]:
        return [], [], []
    if not all(is_finite(entry) for row in rows for entry in row):
        raise NoValue("singular values of an infinite entry", "restrict the sets that it reads", rule=28)
    is_real = not any(is_complex(entry) for row in rows for entry in row)
    if context is None:
        with np.errstate(all="ignore"):
            u, s, v = np.linalg.svd(np.array(rows, dtype=float if is_real else complex), full_matrices=False)
        return u.tolist(), s.tolist(), v.tolist()
    quiet = unwatched(context.dps)
    tall = len(rows) >= len(rows[0])
    listed = rows if tall else [list(column) for column in zip(*rows, strict=True)]
    decompose = quiet.svd_r if is_real else quiet.svd_c
    u, s, v = decompose(quiet.matrix([[into(quiet, entry) for entry in row] for row in listed]))
    u, v = (u.tolist(), v.tolist()) if tall else (v.T.tolist(), u.T.tolist())
    return u, [s[k] for k in range(len(s))], v


def _without_slopes(rows: Grid, moved: tuple[int, int] | None) -> Grid:
    values = values_of(rows, moved[0]) if moved else rows
    if moved_of(values):
        what = "a second derivative of what eigenvalues say isn't read yet"
        raise Refusal(what, "write what it fulfils by first ones", rule=19)
    return values


def _with_slopes(
    found: list[tuple[Scalar, list[Scalar], list[Scalar]]],
    rows: Grid,
    moved: tuple[int, int] | None,
    context: Any,
    least: float | None = None,
) -> Array:
    """Values as an array, with their derivatives: one that another is equal to has none, nor the least there is."""
    values = [into(context, value) for value, _, _ in found]
    if moved is None:
        return make((len(values),), values)
    level, count = moved
    by = [[[slopes(entry, level, count)[k] for entry in row] for row in rows] for k in range(count)]
    small = (DOUBTFUL if context is None else 10 ** (-LOST * context.dps)) * max(map(abs, values), default=0)
    listed = []
    for n, (value, left, right) in enumerate(found):
        tied = any(abs(value - other) <= small for m, (other, _, _) in enumerate(found) if m != n)
        if tied or (least is not None and value <= small):
            listed.append(Dual(level, values[n], [math.nan] * count))
            continue
        moves = [
            real(sum(a * row[j] * b for a, row in zip(left, each, strict=True) for j, b in enumerate(right)))
            for each in by
        ]
        listed.append(Dual(level, values[n], [into(context, move) for move in moves]))
    return make((len(values),), listed)


def condition(matrix: Array, context: Any) -> Scalar:
    """The greatest singular value by the least one.

    Raises:
        NoValue: where the least is 0.
        Overflow: where floats can't tell whether it is.
    """
    if not matrix.entries.size:
        raise NoValue("an empty matrix has no condition number", "declare a size from \\mathbb{N}^{*}", rule=28)
    first, *_, last = (*(values := singular_values(matrix, context).entries), values[-1])
    if plain(last) <= (DOUBTFUL if context is None else 10 ** (-LOST * context.dps)) * plain(first):
        if context is None:
            raise Overflow
        raise NoValue("a singular matrix has no condition number", "declare an invertible one", rule=28)
    return first / last


def rank(matrix: Array, context: Any) -> int:
    """How many singular values of a matrix aren't 0.

    Raises:
        NoValue: of what a derivative moves, since it jumps.
        Overflow: where floats can't tell.
    """
    rows: Grid = matrix.entries.tolist()
    if moved_of(rows):
        raise NoValue("the derivative of a rank, which jumps", "derive something else", rule=21)
    if not matrix.entries.size:
        return 0
    _, values, _ = _decomposed(rows, context)
    most = max(values, default=0)
    if context is None:
        if most == 0 or min(values) <= CLEAR * most:
            raise Overflow  # more digits tell what is 0
        return len(values)
    return sum(bool(value > 10 ** (-LOST * context.dps) * most) for value in values)


def pseudo_inverse(matrix: Array, context: Any) -> Array:
    """The pseudo-inverse of a matrix (R. Penrose, 1955): V S^{-1} U' over the singular values that aren't 0.

    Raises:
        NoValue: where it has no derivative, since the rank isn't full there.
        Overflow: where floats can't tell whether it is.
    """
    if not matrix.entries.size:
        return make((matrix.shape[1], matrix.shape[0]), [])
    rows: Grid = matrix.entries.tolist()
    moved = moved_of(rows)
    left, values, right = _decomposed(_without_slopes(rows, moved), context)
    most = max(values, default=0)
    small = CLEAR * most if context is None else 10 ** (-LOST * context.dps) * most
    if context is None and (most == 0 or min(values) <= small):
        raise Overflow
    kept = [k for k, value in enumerate(values) if value > small]
    height, width = len(rows), len(rows[0])
    found = [
        [sum(conjugate_of(right[k][j] * left[i][k]) / values[k] for k in kept) for i in range(height)]
        for j in range(width)
    ]
    inverted = [[into(context, entry) if entry else entry for entry in row] for row in found]
    if moved is None:
        return make((width, height), (entry for row in inverted for entry in row))
    if len(kept) < len(values):
        raise NoValue("the derivative of a pseudo-inverse whose rank isn't full", "restrict the set", rule=28)
    return _moved_pseudo_inverse(inverted, rows, moved)


def _moved_pseudo_inverse(inverted: Grid, rows: Grid, moved: tuple[int, int]) -> Array:
    """Of full rank, with its derivatives: B being it, -B dA B + B B' dA' (1 - A B) + (1 - B A) dA' B' B.

    (G. H. Golub and V. Pereyra, "The differentiation of pseudo-inverses", 1973.)
    """
    level, count = moved
    b = np.array(inverted, dtype=object)
    a = np.array(values_of(rows, level), dtype=object)
    p = np.array([[int(i == j) for j in range(a.shape[0])] for i in range(a.shape[0])], dtype=object) - a.dot(b)
    q = np.array([[int(i == j) for j in range(a.shape[1])] for i in range(a.shape[1])], dtype=object) - b.dot(a)
    by = []
    for k in range(count):
        s = np.array([[slopes(entry, level, count)[k] for entry in row] for row in rows], dtype=object)
        by.append(-b.dot(s).dot(b) + b.dot(b.T).dot(s.T).dot(p) + q.dot(s.T).dot(b.T).dot(b))
    places = [(i, j) for i in range(b.shape[0]) for j in range(b.shape[1])]
    return make(b.shape, (Dual(level, b[i, j], [each[i, j] for each in by]) for i, j in places))
