"""Arrays of numbers and their products: rows, columns, matrices, tensors.

How many axes an array has follows from what was declared, never from the sizes that were drawn: a matrix of one column
is no column. A vector has one axis, and lies as a row or as a column.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import product as pairs
from typing import Any

from ..message.refusal import Refusal
from .dual import Scalar, plain
from .late import numpy as np
from .scalar import is_complex, is_finite, multiply, show

# More than any product of a page's matrices has, and less than memory is felt by.
MOST_PRODUCTS = 1_000_000


# Nobody changes one. So many are made that it would be felt if Python saw to that.
@dataclass(slots=True, eq=False)
class Array:
    """Numbers of any kind, with their axes; `column` says how a vector lies.

    Where it `is_list`, its first axis numbers arrays that have a name together: A_1, …, A_n.
    """

    entries: np.ndarray[Any, Any]
    column: bool = False
    is_list: bool = False

    @property
    def shape(self) -> tuple[int, ...]:
        shape: tuple[int, ...] = self.entries.shape
        return shape

    @property
    def is_vector(self) -> bool:
        return self.entries.ndim == 1

    def __str__(self) -> str:
        if self.is_vector:
            return f"a {'column' if self.column else 'row'} of {self.shape[0]}"
        return f"a {' × '.join(map(str, self.shape))} {'matrix' if self.entries.ndim == 2 else 'array'}"


Value = Scalar | Array


def make(shape: tuple[int, ...], numbers: Iterable[Scalar], column: bool = False) -> Array:
    """An array of this shape from its numbers, the last axis the fastest."""
    listed = list(numbers)
    entries = np.empty(len(listed), dtype=object)
    entries[:] = listed
    return Array(entries.reshape(shape), column)


def kind(value: Value) -> str:
    """What a value is, for a message."""
    return str(value) if isinstance(value, Array) else "a number"


def lies(value: Value) -> tuple[int, bool]:
    """How a value lies: its number of axes, and whether it is a column."""
    return (value.entries.ndim, value.column and value.is_vector) if isinstance(value, Array) else (0, False)


def each(function: Callable[[Scalar], Scalar], array: Array) -> Array:
    """A function of every number."""
    found = make(array.shape, (function(entry) for entry in array.entries.flat), array.column)
    found.is_list = array.is_list
    return found


def same_shape(a: Value, b: Value, doing: str) -> None:
    """Refuse two values that don't have the same axes, sizes and lie.

    Raises:
        Refusal: with both shapes.
    """
    if lies(a) != lies(b) or (isinstance(a, Array) and a.shape != b.shape):
        turned = isinstance(a, Array) and isinstance(b, Array) and a.is_vector and a.shape == b.shape
        way_out = "transpose one of them, or say `vectors: column` in the page's header"
        if not turned:
            way_out = "write it by components, or correct a shape"
        raise Refusal(f"{kind(a)} {doing} {kind(b)}", way_out, rule=17)


def both(function: Callable[[Scalar, Scalar], Scalar], a: Array, b: Array) -> Array:
    """A function of the numbers in the same places."""
    found = make(a.shape, (function(x, y) for x, y in zip(a.entries.flat, b.entries.flat, strict=True)), a.column)
    found.is_list = a.is_list or b.is_list
    return found


def plus(a: Value, b: Value) -> Value:
    """The sum of two values of the same shape.

    Raises:
        Refusal: where their shapes differ.
    """
    if isinstance(a, Array) and isinstance(b, Array):
        same_shape(a, b, "plus")
        return both(lambda x, y: x + y, a, b)
    if isinstance(a, Array) or isinstance(b, Array):
        raise Refusal(f"{kind(a)} plus {kind(b)}", "write it by components, or correct a shape", rule=17)
    return a + b


def minus(a: Value) -> Value:
    """A value with the other sign."""
    return each(lambda x: -x, a) if isinstance(a, Array) else -a


def transpose(array: Array) -> Array:
    """The array with its axes in the other order; a row becomes a column."""
    if array.is_vector:
        return Array(array.entries, not array.column)
    if array.entries.ndim != 2:
        raise Refusal(f"{kind(array)} has no transpose", "write it by components", rule=16)
    return Array(array.entries.T)


def matrix_product(a: Array, b: Array) -> Value:
    """The product of two arrays: the last axis of one with the first of the other.

    Raises:
        Refusal: where they have no product.
    """
    if a.is_vector and b.is_vector:
        if a.column and not b.column:
            return make((a.shape[0], b.shape[0]), (x * y for x, y in pairs(a.entries, b.entries)))
        if a.column == b.column:
            inner, outer = ("x y^\\top", "x^\\top y") if not a.column else ("x^\\top y", "x y^\\top")
            way_out = f"write {inner} for the sum of x_i y_i, {outer} for the matrix of x_i y_j"
            if not a.column:
                way_out += "; where vectors are columns, the page's header says `vectors: column`"
            raise Refusal(f"{kind(a)} by {kind(b)} has no product", way_out, rule=16)
    elif (a.is_vector and a.column) or (b.is_vector and not b.column and b.entries.ndim == 1 and a.entries.ndim == 2):
        way_out = "transpose one of them; where vectors are columns, the page's header says `vectors: column`"
        raise Refusal(f"{kind(a)} by {kind(b)} has no product", way_out, rule=16)
    if a.shape[-1] != b.shape[0]:
        way_out = "transpose one of them, or correct the shape declared for it"
        if a.is_vector != b.is_vector:
            way_out += "; where vectors are columns, the page's header says `vectors: column`"
        raise Refusal(f"{kind(a)} by {kind(b)} has no product", way_out, rule=16)
    # Sizes may be 0, of which NumPy computes no other.
    rows = a.entries.reshape(math.prod(a.shape[:-1]), a.shape[-1])
    columns = b.entries.reshape(b.shape[0], math.prod(b.shape[1:]))
    listed = columns.T.tolist()
    numbers = (sum_of_products(row, column) for row in rows.tolist() for column in listed)
    shape = a.shape[:-1] + b.shape[1:]
    if not shape:
        return next(iter(numbers))
    return make(shape, numbers, column=b.is_vector and len(shape) == 1)


def inner_product(a: Array, b: Array, is_said: bool = False) -> Scalar:
    """The sum of the products of the numbers in the same places.

    Raises:
        Refusal: where the shapes differ; or a number is complex, and it isn't said which vector is conjugated.
    """
    same_shape(a, b, "in an inner product with")
    if not is_said and any(is_complex(plain(x)) for each_one in (a, b) for x in each_one.entries.flat):
        what = "an inner product of complex vectors: which one is conjugated isn't said"
        way_out = "write u^{\\mathrm{H}} v; or say it in the front matter, `inner_product: first` or `second`"
        raise Refusal(what, way_out, rule=30)
    return sum_of_products(list(a.entries.flat), list(b.entries.flat))


def sum_of_products(one: list[Scalar], other: list[Scalar]) -> Scalar:
    """The sum of the products of the numbers in the same places of two lists of one length."""
    total = sum(map(operator.mul, one, other))
    # Where it is finite, so is each product; of whole numbers, it is asked whether they are too long.
    if type(bare := plain(total)) is not int and is_finite(bare):
        return total
    return sum(multiply(x, y) for x, y in zip(one, other, strict=True))


def cross_product(a: Array, b: Array) -> Array:
    """The vector product of two vectors with three components, which lies as they do.

    Raises:
        Refusal: where they have more or fewer.
    """
    if a.shape != (3,) or b.shape != (3,):
        way_out = "declare vectors of three components, u, v \\in \\mathbb{R}^{3}"
        raise Refusal(f"{kind(a)} and {kind(b)} have no product by \\times", way_out, rule=16)
    x, y = a.entries, b.entries
    turns = ((1, 2), (2, 0), (0, 1))
    return make((3,), (multiply(x[i], y[j]) - multiply(x[j], y[i]) for i, j in turns), a.column)


def cross_matrix(vector: Array) -> Array:
    """The matrix by which a product is the vector product with this one.

    Raises:
        Refusal: where it hasn't three components.
    """
    if vector.shape != (3,):
        way_out = "declare a vector of three components, u \\in \\mathbb{R}^{3}"
        raise Refusal(f"{kind(vector)} has no matrix of its vector product", way_out, rule=16)
    x, y, z = vector.entries
    return make((3, 3), (0, -z, y, z, 0, -x, -y, x, 0))


def refuse_many(count: int, most: int) -> None:
    """Refuse an array of more numbers than memory should hold.

    Raises:
        Refusal: where it has more than the most.
    """
    if count > most:
        told = f"{count:,}" if count < 10**20 else show(count)
        raise Refusal(f"an array of {told} numbers", f"{most:,} are the most: declare smaller sizes")


def kronecker(a: Array, b: Array) -> Array:
    """The matrix of all products of a component of one and the other whole; a vector is a matrix of one column or row.

    Raises:
        Refusal: of two vectors, of which readers know two products, and of what has more axes.
    """
    if a.is_vector and b.is_vector:
        what = f"{kind(a)} \\otimes {kind(b)} may be a matrix or a vector"
        way_out = "write u^\\top v for the matrix, \\operatorname{vec}(v^\\top u) for the vector, of rows"
        if a.column and b.column:
            way_out = "write u v^\\top for the matrix, \\operatorname{vec}(v u^\\top) for the vector, of columns"
        raise Refusal(what, way_out, rule=16)
    one, other = (_as_matrix(each_one) for each_one in (a, b))
    rows, columns = one.shape[0] * other.shape[0], one.shape[1] * other.shape[1]
    places = ((divmod(i, other.shape[0]), divmod(j, other.shape[1])) for i in range(rows) for j in range(columns))
    return make((rows, columns), (multiply(one[i, j], other[k, m]) for (i, k), (j, m) in places))


def _as_matrix(array: Array) -> np.ndarray[Any, Any]:
    if len(array.shape) > 2:
        raise Refusal(f"{kind(array)} \\otimes another array", "write its components", rule=16)
    if not array.is_vector:
        return array.entries
    return array.entries.reshape((-1, 1) if array.column else (1, -1))


def columns_of(matrix: Array) -> Array:
    """The columns of a matrix one below the other, as one column."""
    return make((matrix.entries.size,), matrix.entries.T.flat, column=True)


def diagonal(vector: Array) -> Array:
    """The matrix that carries a vector on its diagonal."""
    n = vector.shape[0]
    return make((n, n), (vector.entries[i] if i == j else 0 for i, j in pairs(range(n), range(n))))


def trace(matrix: Array) -> Scalar:
    """The sum of a square matrix's diagonal."""
    return sum(matrix.entries[i, i] for i in range(matrix.shape[0]))


def stacked(values: list[Value], shape: tuple[int, ...], column: bool) -> Array:
    """Values computed one by one, the last axis the fastest, as one array with these axes before their own."""
    if not any(isinstance(value, Array) for value in values):
        return make(shape, values, column and len(shape) == 1)
    first = next(value for value in values if isinstance(value, Array))
    for value in values:
        same_shape(first, value, "beside")
    return make(shape + first.shape, (number for value in values for number in value.entries.flat))
