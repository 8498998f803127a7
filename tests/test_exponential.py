"""The exponential of a matrix: what mpmath says, in floats and in many digits, and its derivative by differences."""

from __future__ import annotations

from typing import Any

import mpmath
import pytest

from verimath.message.refusal import NoValue, Overflow
from verimath.numbers.array import Array, make
from verimath.numbers.dual import Dual, independent, new_level, slopes
from verimath.numbers.exponential import exponential
from verimath.numbers.scalar import digits

MATRICES: dict[str, list[list[Any]]] = {
    "whole": [[1, 2], [3, -4]],
    "floats": [[0.3, -1.25, 0.5], [2.0, 0.75, -0.125], [0.0, 1.5, -2.5]],
    "complex": [[0.5 + 1j, 2.0], [-1.0, 0.25j]],
    "large": [[20.0, 3.0], [1.0, -20.0]],
    "a chain of small numbers": [[0, 2.0**-60, 0], [0, 0, 2.0**-70], [0, 0, 0]],
    "zero": [[0, 0], [0, 0]],
}


def array(rows: list[list[Any]]) -> Array:
    return make((len(rows), len(rows)), (entry for row in rows for entry in row))


def apart(found: Array, rows: list[list[Any]], many: int) -> Any:
    """By how much it differs from mpmath's, beside each entry."""
    context = mpmath.MPContext()
    context.dps = many
    expected = context.expm(context.matrix(rows), method="taylor")
    size = range(len(rows))
    pairs = [(context.convert(found.entries[i, j]), expected[i, j]) for i in size for j in size]
    return max(abs(a - b) / (abs(b) or 1) for a, b in pairs)


@pytest.mark.parametrize("rows", MATRICES.values(), ids=MATRICES)
def test_it_is_that_of_mpmath(rows: list[list[Any]]) -> None:
    assert apart(exponential(array(rows), digits(50)), rows, 120) < 1e-45
    assert apart(exponential(array(rows), digits(200)), rows, 300) < 1e-190
    if rows is not MATRICES["large"]:
        assert apart(exponential(array(rows), None), rows, 60) < 1e-13


def test_another_matrix_is_told_apart() -> None:
    assert apart(exponential(array([[1, 2], [3, -4]]), digits(50)), [[1, 2], [3, -5]], 120) > 1e-3


@pytest.mark.parametrize("context", [None, digits(50)], ids=["floats", "digits"])
def test_a_derivative_is_the_slope_of_its_values(context: Any) -> None:
    rows, move, step = MATRICES["floats"], [[1, 0, 2], [0, 0, 0], [0, -1, 0]], 2.0**-13
    level = new_level()
    [t] = independent([0 if context is None else context.mpf(0)], level)
    moved = [[a + b * t if b else a for a, b in zip(*pair, strict=True)] for pair in zip(rows, move, strict=True)]
    ahead, behind = (
        exponential(
            array([[a + sign * step * b for a, b in zip(*p, strict=True)] for p in zip(rows, move, strict=True)]), None
        )
        for sign in (1, -1)
    )
    found = exponential(array(moved), context)
    by = [float(slopes(entry, level, 1)[0]) for entry in found.entries.flat]
    assert all(isinstance(entry, Dual) for entry in found.entries.flat)
    seen = [(a - b) / (2 * step) for a, b in zip(ahead.entries.flat, behind.entries.flat, strict=True)]
    assert by == pytest.approx(seen, rel=1e-6)
    assert by != pytest.approx([2 * slope for slope in seen], rel=1e-6)


def test_what_is_too_large_has_no_value() -> None:
    with pytest.raises(Overflow):
        exponential(array([[1e3, 0], [0, 1]]), None)
    with pytest.raises(NoValue, match="so large"):
        exponential(array([[1e9, 0], [0, 1]]), digits(50))
