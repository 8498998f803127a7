"""Dual numbers: derivatives equal to mpmath's to rounding, and levels that aren't confused where derivatives nest."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial, reduce
from typing import Any

import mpmath
import numpy as np
import pytest

from verimath.meaning.operations import OPERATIONS
from verimath.numbers.dual import Dual, independent, new_level, plain, slopes
from verimath.numbers.scalar import EXP, apply, power

FIRST, SECOND = 1e-14, 1e-12
POINTS = (0.3, 0.7, 1.1, 1.9)

Number = Any
Function = Callable[..., Number]


class Duals:
    """The functions of the language on dual numbers, under mpmath's names."""

    exp, log, sqrt, sin, cos, tanh = (
        partial(OPERATIONS[name].of, context=None) for name in ("exp", "ln", "sqrt", "sin", "cos", "tanh")
    )

    @staticmethod
    def power(base: Number, exponent: Number) -> Number:
        return power(base, exponent, None)


# Of x and of what computes: dual numbers, or mpmath.
OF_ONE: dict[str, Callable[[Number, Any], Number]] = {
    "minus": lambda x, m: -x,
    "plus a number": lambda x, m: x + 3,
    "a number plus": lambda x, m: 3 + x,
    "plus itself": lambda x, m: x + x * x,
    "minus a number": lambda x, m: x - 3,
    "a number minus": lambda x, m: 3 - x,
    "minus a square": lambda x, m: x - x * x,
    "times a number": lambda x, m: x * 3,
    "a number times": lambda x, m: 3 * x,
    "a cube": lambda x, m: x * x * x,
    "over a number": lambda x, m: x / 3,
    "a number over": lambda x, m: 3 / x,
    "over a square": lambda x, m: (1 + x) / (x * x),
    "a whole power": lambda x, m: m.power(x, 5),
    "a negative power": lambda x, m: m.power(x, -3),
    "the power 0": lambda x, m: x + m.power(x, 0),
    "a fractional power": lambda x, m: m.power(x, 2.5),
    "a number to the power": lambda x, m: m.power(2.5, x),
    "a power of itself": lambda x, m: m.power(x, x),
    "functions in functions": lambda x, m: m.exp(m.sin(x) * m.log(1 + x * x)) / m.sqrt(x),
    "a logistic function": lambda x, m: 1 / (1 + m.exp(-x)),
    "a product of functions": lambda x, m: m.tanh(x) * m.cos(x) - x * m.exp(x),
}


def derivative(function: Function, order: int = 1) -> Function:
    """Of a function of one number, by dual numbers, each derivative in a level of its own."""
    if order == 0:
        return function

    def derived(x: Number) -> Number:
        level = new_level()
        return slopes(function(independent([x], level)[0]), level, 1)[0]

    return derivative(derived, order - 1)


def worst(order: int, name: str) -> float:
    """The largest relative difference from mpmath's derivatives, over the points."""
    function = OF_ONE[name]
    found = 0.0
    with mpmath.workdps(60):
        for x in POINTS:
            got = derivative(lambda y: function(y, Duals), order)(x)
            expected = mpmath.diff(lambda y: function(y, mpmath), mpmath.mpf(x), order)
            found = max(found, float(abs(got - expected) / max(abs(expected), 1e-6)))
    return found


@pytest.mark.parametrize("name", OF_ONE)
def test_a_derivative_is_exact_to_rounding(name: str) -> None:
    assert worst(1, name) < FIRST


@pytest.mark.parametrize("name", OF_ONE)
def test_a_second_derivative_is_exact_to_rounding(name: str) -> None:
    assert worst(2, name) < SECOND


def test_a_third_derivative_nests_too() -> None:
    assert derivative(lambda x: Duals.power(x, 4) / 24, 3)(1.7) == pytest.approx(1.7, rel=1e-14)


WRONG: list[tuple[str, Function, str]] = [
    ("__neg__", lambda a: Dual(a.level, -a.value, a.slopes), "minus"),
    ("__add__", lambda a, b: Dual(a.level, a.value + plain(b), a.slopes), "plus itself"),
    ("__rsub__", lambda a, b: Dual(a.level, b - a.value, a.slopes), "a number minus"),
    ("__mul__", lambda a, b: Dual(a.level, a.value * plain(b), [s * plain(b) for s in a.slopes]), "a cube"),
    ("__truediv__", lambda a, b: Dual(a.level, a.value / plain(b), [s / plain(b) for s in a.slopes]), "over a square"),
    ("__rtruediv__", lambda a, b: Dual(a.level, b / a.value, [b * s for s in a.slopes]), "a number over"),
]


@pytest.mark.parametrize(("method", "rule", "name"), WRONG, ids=[method for method, *_ in WRONG])
def test_a_wrong_rule_is_seen(method: str, rule: Function, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The twin of the tables above: each operation with one term of its rule left out."""
    monkeypatch.setattr(Dual, method, rule)
    assert worst(1, name) > 1e-3


# Levels


def test_the_derivatives_of_an_inner_variable_are_no_derivatives_of_the_outer_one() -> None:
    """d/dx (x · d/dy (x + y)) is 1 at every x; where levels are confused, 2."""
    assert derivative(lambda x: x * derivative(lambda y: x + y)(1.0))(3.0) == 1
    # d/dx (x · d/dy (x y)) = d/dx x².
    assert derivative(lambda x: x * derivative(lambda y: x * y)(1.0))(3.0) == 6


def test_confused_levels_are_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """The twin: one level for all."""
    monkeypatch.setitem(globals(), "new_level", lambda: 1)
    assert derivative(lambda x: x * derivative(lambda y: x + y)(1.0))(3.0) != 1


@pytest.mark.parametrize(
    ("function", "mixed"),
    [
        (lambda x, y: x * y, 1.0),
        (lambda x, y: x / y, -1 / 1.5**2),
        (lambda x, y: y / x, -1 / 0.7**2),
        (lambda x, y: x - y, 0.0),
        (lambda x, y: apply(EXP, x * y), math.exp(0.7 * 1.5) * (1 + 0.7 * 1.5)),
        (lambda x, y: power(x, y, None), 0.7**0.5 * (1 + 1.5 * math.log(0.7))),
    ],
    ids=["product", "quotient", "the other quotient", "difference", "exponential", "power"],
)
def test_mixed_derivatives_agree_in_either_order(function: Function, mixed: float) -> None:
    """At (0.7, 1.5): the lower level stands on the left of an operation in one order, on its right in the other."""
    one = derivative(lambda x: derivative(lambda y: function(x, y))(1.5))(0.7)
    other = derivative(lambda y: derivative(lambda x: function(x, y))(0.7))(1.5)
    assert one == pytest.approx(mixed, rel=1e-13, abs=1e-15)
    assert other == pytest.approx(mixed, rel=1e-13, abs=1e-15)


def test_a_level_that_outlives_its_derivative_is_refused() -> None:
    inner, outer = new_level(), new_level()
    with pytest.raises(AssertionError, match="outlives"):
        slopes(Dual(outer, 1.0, [1.0]), inner, 1)
    assert slopes(Dual(inner, 1.0, [1.0]), outer, 2) == [0, 0]
    assert slopes(2.0, outer, 3) == [0, 0, 0]


# Several variables


def test_each_component_has_its_own_slope() -> None:
    level = new_level()
    x = independent([0.3, -0.4, 1.2], level)
    norm = reduce(lambda total, each: total + each * each, x, 0)
    assert slopes(norm, level, 3) == [0.6, -0.8, 2.4]
    product = x[0] * x[1] / x[2]
    assert slopes(product, level, 3) == pytest.approx([-0.4 / 1.2, 0.3 / 1.2, 0.12 / 1.44], rel=1e-15)


def test_numbers_of_a_context_stay_in_it() -> None:
    with mpmath.workdps(50):
        x = mpmath.mpf(2) / 3
        assert abs(derivative(lambda y: y * y * y)(x) - 3 * x * x) < mpmath.mpf(10) ** -48


def test_a_number_of_numpy_does_not_spread_over_a_dual_one() -> None:
    x = independent([3.0], new_level())[0]
    for product in (np.float64(2) * x, x * np.float64(2)):
        assert isinstance(product, Dual)
        assert (product.value, product.slopes) == (6.0, [2.0])


def test_plain_takes_all_levels_off() -> None:
    assert plain(Dual(2, Dual(1, 5.0, [1.0]), [0.0])) == 5.0
    assert plain(5.0) == 5.0
