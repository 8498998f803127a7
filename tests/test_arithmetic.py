"""Numbers: functions and their slopes against mpmath at 50 digits, and what has no value says so, soon."""

from __future__ import annotations

import cmath
import math
import time
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any

import mpmath
import pytest

from verimath.meaning.operations import OPERATIONS
from verimath.meaning.special import COSH, SIN, SQRT
from verimath.message.refusal import Overflow, Refusal
from verimath.numbers.dual import Dual
from verimath.numbers.scalar import (
    EXACT,
    EXP,
    LN,
    Function,
    apply,
    digits,
    divide,
    exact,
    is_finite,
    multiply,
    number,
    power,
    real,
    show,
)

FUNCTIONS = {row.name: row.value for row in OPERATIONS.values() if isinstance(row.value, Function)}
FIFTY = digits(50)
POINTS = (1e-3, 0.4, 1.0, 2.7, 9.5)
# Enough for whatever ends, on whatever machine: what doesn't end takes longer than anyone waits.
SOON_SECONDS = 5.0


# Where some have no value, beside the ends of where they are defined.
POLES = {"cot": {0.0}, "csc": {0.0}, "coth": {0.0}, "csch": {0.0}, "Gamma": {0.0, -1.0}}
# mpmath's names for those that the table calls otherwise.
NAMES = {"ln": "log", "Gamma": "gamma", "arctan": "atan", "arcsin": "asin", "arccos": "acos"}
NAMES |= {"arsinh": "asinh", "arcosh": "acosh", "artanh": "atanh"}


def points(name: str) -> tuple[float, ...]:
    least, greatest = FUNCTIONS[name].least, FUNCTIONS[name].greatest
    both = (*(-x for x in POINTS), 0.0, *POINTS)
    return tuple(
        x
        for x in both
        if (least is None or x > least) and (greatest is None or x < greatest) and x not in POLES.get(name, ())
    )


def oracle(name: str) -> Any:
    """mpmath's own function, by the name that mpmath gives it."""
    return getattr(mpmath, NAMES.get(name, name))


def relative(got: Any, expected: Any) -> float:
    """The relative difference of two numbers; below 1e-15, the absolute one."""
    return float(abs(got - expected) / max(abs(expected), mpmath.mpf("1e-15")))


def worst_value(name: str, context: Any) -> float:
    with mpmath.workdps(80):
        pairs = [(apply(FUNCTIONS[name], exact(x, context)), oracle(name)(mpmath.mpf(x))) for x in points(name)]
        return max(relative(mpmath.mpf(got), expected) for got, expected in pairs)


def worst_slope(name: str) -> float:
    """Of the derivative rule in 50 digits, against numerical differentiation in 120."""
    found = 0.0
    breaks = FUNCTIONS[name].breaks
    for x in points(name):
        if breaks is not None and breaks.nearest(x) == x:
            continue
        got = apply(FUNCTIONS[name], Dual(1, FIFTY.mpf(x), [FIFTY.mpf(1)])).slopes[0]
        with mpmath.workdps(120):
            found = max(found, relative(mpmath.mpf(got), mpmath.diff(oracle(name), mpmath.mpf(x))))
    return found


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_is_mpmaths(name: str) -> None:
    assert worst_value(name, None) < 1e-14
    assert worst_value(name, FIFTY) < 1e-48


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_slope_is_the_functions_derivative(name: str) -> None:
    # That of tanh, 1 - y², cancels: it keeps 42 digits at 9.5.
    assert worst_slope(name) < (1e-42 if name == "tanh" else 1e-46)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_wrong_row_of_the_table_is_seen(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The twin: another function's slope, and another function's name in mpmath."""
    right = FUNCTIONS[name]
    other: Function = FUNCTIONS["exp" if name == "sin" else "sin"]
    monkeypatch.setitem(FUNCTIONS, name, replace(right, slope=lambda x, y: right.slope(x, y) + 1))
    assert worst_slope(name) > 1e-3
    monkeypatch.setitem(FUNCTIONS, name, replace(right, many=other.many))
    assert worst_value(name, FIFTY) > 1e-3


@pytest.mark.parametrize("name", [name for name, function in FUNCTIONS.items() if function.complex])
def test_a_function_of_a_complex_number(name: str) -> None:
    z = 0.4 + 0.3j
    assert abs(apply(FUNCTIONS[name], z) - complex(oracle(name)(mpmath.mpc(z)))) < 1e-15
    assert abs(apply(FUNCTIONS[name], FIFTY.mpc(z)) - apply(FUNCTIONS[name], z)) < 1e-15


@pytest.mark.parametrize("name", [name for name, function in FUNCTIONS.items() if not function.complex])
def test_a_function_of_real_numbers_alone_refuses_others(name: str) -> None:
    for z in (0.4 + 0.3j, FIFTY.mpc(0.4, 0.3)):
        with pytest.raises(Refusal, match=f"{name} of the complex number 0.4 \\+ 0.3 i"):
            apply(FUNCTIONS[name], z)


# As a row of an arc sine would be.
ARCSIN = Function(
    "arcsin", math.asin, cmath.asin, "asin", lambda x, y: 1 / apply(SQRT, 1 - x * x), least=-1, greatest=1
)

NONE: list[tuple[str, Callable[[], Any], str]] = [
    ("ln below 0", lambda: apply(LN, -1.0), "ln of the negative number -1"),
    ("ln below 0 in 50 digits", lambda: apply(LN, FIFTY.mpf(-1)), "ln of the negative number -1"),
    ("arcsin below -1", lambda: apply(ARCSIN, -1.5), "arcsin of -1.5, which is below -1"),
    ("arcsin above 1 in 50 digits", lambda: apply(ARCSIN, FIFTY.mpf(2)), "arcsin of 2, which is above 1"),
    ("sqrt below 0", lambda: apply(SQRT, -2.5), "sqrt of the negative number -2.5"),
    ("a slope of sqrt at 0", lambda: apply(SQRT, Dual(1, 0.0, [1.0])), "the derivative of a square root at 0"),
    ("a division by 0", lambda: divide(1.0, 0.0, None), "a division by zero"),
    ("a division by the whole number 0", lambda: divide(0, 0, None), "a division by zero"),
    ("a division by 0 that moves", lambda: divide(1.0, Dual(1, 0.0, [1.0]), None), "a division by zero"),
    ("a division by infinity", lambda: divide(1.0, -math.inf, None), "a division by an infinite number"),
    ("0 to a negative power", lambda: power(0.0, -2, None), "a division by zero"),
    ("0 to a negative fraction", lambda: power(0.0, -0.5, None), "this power of 0 has no value"),
    ("0 that moves to a fraction", lambda: power(Dual(1, 0.0, [1.0]), 0.5, None), "this power of 0 has no value"),
    ("a root of a negative number", lambda: power(-2.0, 0.5, None), "a power of the negative number -2 that isn't"),
    ("infinity to a power", lambda: power(math.inf, 2, None), "a power of an infinite number"),
    ("a power by infinity", lambda: power(2.0, -math.inf, None), "a power of an infinite number"),
    ("a million digits", lambda: power(10, 10**7, FIFTY), "a number of more than 1,000,000 digits"),
    ("a tower", lambda: power(7, power(7, 20, None), None), "a number of more than 1,000,000 digits"),
    ("a float to a tower", lambda: power(2.5, 10**30, None), "a number of more than 1,000,000 digits"),
    ("a small number to a huge power, below 0", lambda: power(3.0, -(10**12), None), "a number of more than"),
]


@pytest.mark.parametrize(("work", "says"), [case[1:] for case in NONE], ids=[case[0] for case in NONE])
def test_what_has_no_value_says_so(work: Callable[[], Any], says: str) -> None:
    started = time.process_time()
    with pytest.raises(Refusal) as refused:
        work()
    assert refused.value.evidence.startswith(says)
    assert refused.value.way_out
    assert time.process_time() - started < SOON_SECONDS


VALUES: list[tuple[str, Callable[[], Any], Any]] = [
    ("ln of 0", lambda: apply(LN, 0), -math.inf),
    ("ln of 0 in 50 digits", lambda: apply(LN, FIFTY.mpf(0)), -math.inf),
    ("sqrt of 0", lambda: apply(SQRT, 0), 0),
    ("0 to the power 0", lambda: power(0.0, 0, None), 1),
    ("0 to a fraction", lambda: power(0.0, 0.5, None), 0),
    ("a whole quotient is whole", lambda: divide(6, 3, None), 2),
    ("another one is a fraction", lambda: divide(1, 3, None), 1 / 3),
    ("a negative base, a whole exponent", lambda: power(-2.0, 3, None), -8.0),
    ("an exponent that is whole, as a float", lambda: power(-2.0, 3.0, None), -8.0),
    ("a whole power is exact", lambda: power(3, EXACT - 1, None), 3 ** (EXACT - 1)),
    ("a power of 1", lambda: power(1, 10**40, None), 1),
    ("a small number to a huge power", lambda: power(0.5, 10**12, None), 0.0),
]


@pytest.mark.parametrize(("work", "value"), [case[1:] for case in VALUES], ids=[case[0] for case in VALUES])
def test_what_has_a_value_at_an_edge(work: Callable[[], Any], value: Any) -> None:
    started = time.process_time()
    found = work()
    assert found == value
    assert isinstance(found, int) or not isinstance(value, int) or value < 2
    assert time.process_time() - started < SOON_SECONDS


LARGE: list[tuple[str, Callable[[], Any]]] = [
    ("exp", lambda: apply(EXP, 1000.0)),
    ("cosh", lambda: apply(COSH, -1000.0)),
    ("sin of an infinite number", lambda: apply(SIN, math.inf)),
    ("a product", lambda: multiply(1e200, 1e200)),
    ("a product that moves", lambda: multiply(Dual(1, 1e200, [1.0]), 1e200)),
]


@pytest.mark.parametrize("work", [work for _, work in LARGE], ids=[name for name, _ in LARGE])
def test_what_a_float_cannot_hold_is_an_overflow(work: Callable[[], Any]) -> None:
    with pytest.raises(Overflow):
        work()


def test_more_digits_hold_what_floats_cannot() -> None:
    assert apply(EXP, FIFTY.mpf(1000)) > FIFTY.mpf(10) ** 434
    assert multiply(FIFTY.mpf(2) ** 700, FIFTY.mpf(2) ** 700) == FIFTY.mpf(2) ** 1400
    with pytest.raises(OverflowError):
        power(1e200, 2, None)
    assert power(FIFTY.mpf(2) ** 700, 2, FIFTY) == FIFTY.mpf(2) ** 1400


# 0 · ln 0


@pytest.mark.parametrize("zero", [0, 0.0, FIFTY.mpf(0), Dual(1, 0.0, [0.0])], ids=["int", "float", "digits", "dual"])
def test_zero_times_the_logarithm_of_zero_is_zero(zero: Any) -> None:
    infinite = FIFTY.ninf if hasattr(zero, "context") else -math.inf
    assert multiply(zero, infinite) == 0
    assert multiply(infinite, zero) == 0


@pytest.mark.parametrize("other", [1.0, 1e-300, -2])
def test_another_number_times_an_infinite_one_is_infinite(other: Any) -> None:
    assert math.isinf(multiply(other, -math.inf))


def test_a_zero_that_moves_does_not_take_infinity_away() -> None:
    """x ln x has no derivative at 0."""
    product = multiply(Dual(1, 0.0, [1.0]), apply(LN, Dual(1, 0.0, [1.0])))
    assert product == 0 or not is_finite(product.value)
    assert product != 0


# Precision


def test_a_printed_number_is_whole_a_float_or_of_many_digits() -> None:
    assert number(Fraction(4, 2)) == 2
    assert isinstance(number(Fraction(4, 2), FIFTY), int)
    assert number(Fraction(1, 3)) == 1 / 3
    assert abs(number(Fraction(1, 3), FIFTY) * 3 - 1) < FIFTY.mpf("1e-49")


def test_whole_numbers_of_a_context_keep_its_digits() -> None:
    assert abs(divide(1, 3, FIFTY) * 3 - 1) < FIFTY.mpf("1e-49")
    assert abs(power(2, FIFTY.mpf(1) / 2, FIFTY) ** 2 - 2) < FIFTY.mpf("1e-48")
    # The twin: in floats, they don't.
    assert abs(FIFTY.mpf(divide(1, 3, None)) * 3 - 1) > FIFTY.mpf("1e-18")


def test_a_context_does_not_change_the_digits_of_another() -> None:
    assert digits(50) is FIFTY
    assert (digits(100).dps, FIFTY.dps, mpmath.mp.dps) == (100, 50, 15)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (3, "3"),
        (2 / 3, "0.666667"),
        (-1e-12, "-1e-12"),
        (10**30, "about 10^30"),
        (math.nan, "nan"),
        (-math.inf, "infinite"),
        (1 - 2j, "1 - 2 i"),
        (FIFTY.mpf(1) / 3, "0.333333"),
        (Dual(1, 2.5, [1.0]), "2.5"),
    ],
)
def test_a_number_in_a_message(value: Any, text: str) -> None:
    assert show(value) == text


def test_comparisons_follow_the_real_part_of_the_bare_number() -> None:
    assert real(Dual(2, Dual(1, 3.0, [1.0]), [1.0])) == 3.0
    assert real(2 - 5j) == 2
    assert real(FIFTY.mpc(2, 5)) == 2
