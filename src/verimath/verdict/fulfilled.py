"""Values that fulfil a condition's equations, such as \\lVert x \\rVert = 1, near those that a trial draws.

Levenberg and Marquardt's method, whose damping goes with the square of what is left: so it ends about as fast as
Newton's, also where equations say the same twice, as those of A^\\top A = I do (Yamashita and Fukushima, "On the rate
of convergence of the Levenberg–Marquardt method", 2001).
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ..evaluation import compared, made_independent
from ..evaluation.magnitude import size_of
from ..meaning.expression import Comparison, Symbol
from ..numbers.array import Array, Value, each
from ..numbers.complexes import numbers_of
from ..numbers.dual import Scalar, plain, slopes
from ..numbers.late import mpmath
from ..numbers.scalar import exact, is_finite
from ..trials.values import Trial

# Symbols whose values a condition says.
Fixed = tuple[tuple[str, Value], ...]
# More are needed only where there is no solution, or one that something isn't smooth at; nor so many in which what is
# left of the equations isn't halved.
STEPS, PATIENCE = 60, 8
MOST_EQUATIONS = 30
# What may be left of an equation, beside the size of its terms: in floats, and by how many digits less than are there.
LEFT, FEWER = 1e-13, 8


def fulfilling(equations: Sequence[Comparison], names: Sequence[str], trial: Trial, scale: int = 1) -> Fixed | None:
    """Values of some symbols with which equations hold, in floats or in the trial's digits; None where none are found.

    Args:
        equations: comparisons with `=` alone, of numbers or of arrays.
        names: of declared symbols, of real numbers, whose values are to change.
        trial: where the search begins.
        scale: by how much its values are multiplied there.
    """
    context = trial.context or mpmath.fp
    left_over = mpmath.mpf(10) ** (FEWER - trial.context.dps) if trial.context else LEFT
    values: dict[Symbol, Value] = {name: trial.value(name) for name in names}
    if trial.context:
        values = _each(values, lambda number: exact(number, trial.context))
    if scale != 1:
        values = _each(values, lambda number: scale * number)
    before, since = math.inf, 0
    for _ in range(STEPS):
        here = trial.having(values)
        gaps, rows = _gaps(equations, here), _slopes(equations, here, values)
        largest = max(map(abs, gaps))
        if not is_finite(largest) or len(gaps) > MOST_EQUATIONS:
            return None
        size = _size(equations, here, values, rows)
        if largest <= left_over * size:
            return tuple((name, values[name]) for name in names)
        before, since = (largest, 0) if largest < before / 2 else (before, since + 1)
        moves = _least(rows, gaps, size, context)
        if moves is None or since == PATIENCE:
            return None
        values = _moved(values, moves)
    return None


def _size(
    equations: Sequence[Comparison], here: Trial, values: Mapping[Symbol, Value], rows: Sequence[Sequence[Scalar]]
) -> Scalar:
    """Beside what a gap is none: the terms of the equations, and what a change of all digits of the values makes."""
    frame = here.frame()
    terms = (size_of(side, frame) for equation in equations for side in equation.sides)
    # Of the order of 1, as they are drawn, or larger: what is sought may be 0.
    numbers = [max(1, abs(number)) for value in values.values() for number in numbers_of(value)]
    return max(*terms, *(sum(abs(slope) * number for slope, number in zip(row, numbers, strict=True)) for row in rows))


def _gaps(equations: Sequence[Comparison], here: Trial) -> list[Any]:
    """By how much the sides of the equations differ, number by number."""
    frame = here.frame()
    return [plain(one) - plain(other) for equation in equations for one, other in compared(equation, frame)]


def _slopes(equations: Sequence[Comparison], here: Trial, values: dict[Symbol, Value]) -> list[list[Any]]:
    """The derivatives of each difference by all numbers of the values, a row for each."""
    rows: list[list[Any]] = []
    for name, value in values.items():
        variable, of = made_independent(value)
        frame = here.having({name: variable}).carrying(of.count).frame()
        pairs = [pair for equation in equations for pair in compared(equation, frame)]
        rows = rows or [[] for _ in pairs]
        for row, (one, other) in zip(rows, pairs, strict=True):
            row.extend(slopes(one - other, of.level, of.count))
    return rows


def _least(rows: list[list[Any]], gaps: list[Any], size: Scalar, context: Any) -> list[Any] | None:
    """The smallest step that would close the gaps, damped; None where there is none."""
    products = [[sum(map(operator.mul, one, other)) for other in rows] for one in rows]
    # With half of the digits left, equations that say the same twice still tell how far to go.
    share = sum((gap / size) ** 2 for gap in gaps) + context.mpf(10) ** -(context.dps // 2)
    damping = share * sum(row[n] for n, row in enumerate(products))
    for n, row in enumerate(products):
        row[n] += damping
    try:
        weights = context.lu_solve(context.matrix(products), context.matrix(gaps))
    except ZeroDivisionError:
        return None
    return [-sum(weight * row[k] for weight, row in zip(weights, rows, strict=True)) for k in range(len(rows[0]))]


def _moved(values: dict[Symbol, Value], steps: list[Any]) -> dict[Symbol, Value]:
    """Values, moved number by number."""
    left = iter(steps)
    return _each(values, lambda number: number + next(left))


def _each(values: dict[Symbol, Value], function: Callable[[Scalar], Scalar]) -> dict[Symbol, Value]:
    """Values, with a function of each number in its place."""
    found: dict[Symbol, Value] = {}
    for name, value in values.items():
        found[name] = each(function, value) if isinstance(value, Array) else function(value)
        if isinstance(value, Array):
            found[name].is_list = value.is_list
    return found
