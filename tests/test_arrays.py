"""Arrays: what lies how, which products there are, and the message where there is none; against NumPy."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from verimath.meaning.operations import OPERATIONS
from verimath.message.refusal import Refusal
from verimath.numbers.array import (
    Array,
    Value,
    diagonal,
    kind,
    lies,
    make,
    matrix_product,
    minus,
    plus,
    same_shape,
    stacked,
    trace,
    transpose,
)


def row(n: int) -> Array:
    return make((n,), [1.0 + k for k in range(n)])


def column(n: int) -> Array:
    return make((n,), [2.0 - 3 * k for k in range(n)], column=True)


def array(*shape: int) -> Array:
    return make(shape, [(-1) ** k * (k + 1.0) for k in range(int(np.prod(shape)))])


def numpy(value: Value) -> Any:
    """The same for NumPy, a column as a matrix of one."""
    if not isinstance(value, Array):
        return np.array(value, dtype=float)
    entries = value.entries.astype(float)
    return entries[:, None] if value.column else entries


# How the product lies: its number of axes, and whether it is a column.
PRODUCTS: list[tuple[Array, Array, tuple[int, bool]]] = [
    (row(3), column(3), (0, False)),
    (row(1), column(1), (0, False)),
    (column(3), row(2), (2, False)),
    (column(1), row(1), (2, False)),
    (row(3), array(3, 2), (1, False)),
    (array(2, 3), column(3), (1, True)),
    (array(2, 3), array(3, 4), (2, False)),
    (array(1, 1), array(1, 1), (2, False)),
    (row(3), array(3, 1), (1, False)),
    (array(2, 3, 4), column(4), (2, False)),
    (array(2, 3, 4), array(4, 5), (3, False)),
    (array(2, 3), array(3, 4, 5), (3, False)),
    (row(2), array(2, 3, 4), (2, False)),
]


def agrees(a: Array, b: Array, how: tuple[int, bool]) -> bool:
    """Whether the product is NumPy's tensordot, and lies so."""
    product = matrix_product(a, b)
    left = np.atleast_1d(a.entries.astype(float))
    right = np.atleast_1d(b.entries.astype(float))
    expected = np.outer(left, right) if a.column and b.is_vector else np.tensordot(left, right, axes=1)
    got = product.entries.astype(float) if isinstance(product, Array) else np.array(product)
    return lies(product) == how and got.shape == expected.shape and bool((got == expected).all())


@pytest.mark.parametrize(("a", "b", "how"), PRODUCTS, ids=str)
def test_a_product_goes_over_the_last_axis_of_one_and_the_first_of_the_other(
    a: Array, b: Array, how: tuple[int, bool]
) -> None:
    assert agrees(a, b, how)


@pytest.mark.parametrize(
    ("a", "b", "how"),
    [
        (row(3), column(3), (1, False)),
        (array(2, 3), column(3), (1, False)),
        (array(1, 1), array(1, 1), (0, False)),
        (column(1), row(1), (0, False)),
    ],
    ids=str,
)
def test_a_product_that_would_lie_otherwise_is_seen(a: Array, b: Array, how: tuple[int, bool]) -> None:
    """The twin: a size of 1 takes no axis away."""
    assert not agrees(a, b, how)


TRANSPOSE = "transpose one of them; where vectors are columns, the page's header says `vectors: column`"
LIE = "transpose one of them, or say `vectors: column` in the page's header"
ROWS = (
    "write x y^\\top for the sum of x_i y_i, x^\\top y for the matrix of x_i y_j; "
    "where vectors are columns, the page's header says `vectors: column`"
)
COLUMNS = "write x^\\top y for the sum of x_i y_i, x y^\\top for the matrix of x_i y_j"
CORRECT = "transpose one of them, or correct the shape declared for it"
COMPONENTS = "write it by components, or correct a shape"
REFUSED: list[tuple[Callable[[], object], str, str]] = [
    (lambda: matrix_product(row(3), row(3)), "a row of 3 by a row of 3 has no product", ROWS),
    (lambda: matrix_product(column(3), column(3)), "a column of 3 by a column of 3 has no product", COLUMNS),
    (lambda: matrix_product(row(1), row(1)), "a row of 1 by a row of 1 has no product", ROWS),
    (lambda: matrix_product(row(3), column(2)), "a row of 3 by a column of 2 has no product", CORRECT),
    (lambda: matrix_product(column(2), array(2, 2)), "a column of 2 by a 2 × 2 matrix has no product", TRANSPOSE),
    (lambda: matrix_product(column(1), array(1, 2)), "a column of 1 by a 1 × 2 matrix has no product", TRANSPOSE),
    (lambda: matrix_product(array(2, 2), row(2)), "a 2 × 2 matrix by a row of 2 has no product", TRANSPOSE),
    (lambda: matrix_product(array(2, 1), row(1)), "a 2 × 1 matrix by a row of 1 has no product", TRANSPOSE),
    (lambda: matrix_product(array(2, 3), array(2, 3)), "a 2 × 3 matrix by a 2 × 3 matrix has no product", CORRECT),
    (lambda: matrix_product(column(4), array(1, 2, 3)), "a column of 4 by a 1 × 2 × 3 array has no product", TRANSPOSE),
    (lambda: plus(row(2), column(2)), "a row of 2 plus a column of 2", LIE),
    (lambda: plus(row(2), row(3)), "a row of 2 plus a row of 3", COMPONENTS),
    (lambda: plus(row(2), array(1, 2)), "a row of 2 plus a 1 × 2 matrix", COMPONENTS),
    (lambda: plus(row(1), 1.0), "a row of 1 plus a number", COMPONENTS),
    (lambda: plus(1.0, array(1, 1)), "a number plus a 1 × 1 matrix", COMPONENTS),
    (lambda: same_shape(array(2, 3), array(3, 2), "\\odot"), "a 2 × 3 matrix \\odot a 3 × 2 matrix", COMPONENTS),
    (lambda: transpose(array(2, 3, 4)), "a 2 × 3 × 4 array has no transpose", "write it by components"),
    (
        lambda: OPERATIONS["diag"].of(array(2, 2), None),
        "the diagonal matrix of a 2 × 2 matrix",
        "diag takes a vector, such as x \\odot x for all x_i^2",
    ),
    (lambda: OPERATIONS["tr"].of(array(2, 3), None), "the trace of a 2 × 3 matrix", "a square matrix has one"),
    (lambda: OPERATIONS["tr"].of(row(1), None), "the trace of a row of 1", "a square matrix has one"),
    (lambda: stacked([row(2), row(3)], (2,), False), "a row of 2 beside a row of 3", COMPONENTS),
    (lambda: stacked([1.0, row(2)], (2,), False), "a row of 2 beside a number", COMPONENTS),
]


@pytest.mark.parametrize(("work", "evidence", "way_out"), REFUSED, ids=[case[1] for case in REFUSED])
def test_what_does_not_fit_says_how_both_lie(work: Callable[[], object], evidence: str, way_out: str) -> None:
    with pytest.raises(Refusal) as refused:
        work()
    assert (refused.value.evidence, refused.value.way_out) == (evidence, way_out)


def test_a_transpose_turns_a_row_into_a_column_and_back() -> None:
    assert lies(transpose(row(3))) == (1, True)
    assert lies(transpose(column(3))) == (1, False)
    assert (transpose(array(2, 3)).entries == array(2, 3).entries.T).all()


def test_sums_go_place_by_place_and_keep_how_they_lie() -> None:
    total = plus(column(3), column(3))
    assert lies(total) == (1, True)
    assert (numpy(total) == 2 * numpy(column(3))).all()
    assert (numpy(minus(array(2, 3))) == -numpy(array(2, 3))).all()
    assert (plus(2.0, 3.0), minus(2.0)) == (5.0, -2.0)


def test_a_diagonal_and_a_trace() -> None:
    assert (numpy(diagonal(row(3))) == np.diag([1.0, 2.0, 3.0])).all()
    assert (numpy(diagonal(column(2))) == np.diag([2.0, -1.0])).all()
    assert trace(array(2, 2)) == 1 - 4
    assert trace(make((0, 0), [])) == 0


def test_values_one_by_one_get_the_axes_of_their_letters_before_their_own() -> None:
    rows = [row(3), minus(row(3))]
    assert (numpy(stacked(rows, (2,), False)) == [[1, 2, 3], [-1, -2, -3]]).all()
    assert lies(stacked([1.0, 2.0], (2,), True)) == (1, True)
    assert lies(stacked([1.0, 2.0], (1, 2), True)) == (2, False)
    assert stacked([], (0,), False).shape == (0,)


def test_a_sum_over_nothing_is_zero() -> None:
    assert matrix_product(make((0,), []), make((0,), [], column=True)) == 0


@pytest.mark.parametrize(
    ("value", "text"),
    [(2.0, "a number"), (row(1), "a row of 1"), (column(2), "a column of 2"), (array(1, 1), "a 1 × 1 matrix")],
    ids=str,
)
def test_what_a_value_is_called(value: Value, text: str) -> None:
    assert kind(value) == text
