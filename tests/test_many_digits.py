"""Sums, differences and products in many digits are those of mpmath, to the last digit."""

from __future__ import annotations

import operator
from random import Random
from typing import Any

import mpmath
import pytest

from verimath.numbers.scalar import digits, unwatched

OPERATIONS = (operator.add, operator.sub, operator.mul)


def some(random: Random) -> tuple[int, int] | int | str:
    """A number: digits and a power of two, a whole number, or what has no digits."""
    if (which := random.random()) < 0.1:
        return random.choice([0, 1, -1, 2, 3, 10**40])
    if which < 0.2:
        return random.choice(["0", "inf", "-inf", "nan"])
    many = random.getrandbits(random.choice([1, 5, 60, 166, 170, 664, 670, 700]))
    return random.choice([-1, 1]) * many, random.choice([-700, -400, -170, -60, -3, 0, 1, 2, 60, 160, 400, 660])


def made(context: Any, given: tuple[int, int] | int | str) -> Any:
    if isinstance(given, tuple):
        return context.ldexp(context.mpf(given[0]), given[1])
    return given if isinstance(given, int) else context.mpf(given)


@pytest.mark.parametrize("ours", [digits(50), digits(200), unwatched(200)], ids=["50", "200", "200, nothing noted"])
@pytest.mark.parametrize("operation", OPERATIONS, ids=[operation.__name__ for operation in OPERATIONS])
def test_they_are_those_of_mpmath(ours: Any, operation: Any) -> None:
    theirs, random = mpmath.MPContext(), Random(1)
    theirs.dps = ours.dps
    for _ in range(3_000):
        pair = some(random), some(random)
        if all(isinstance(each, int) for each in pair):
            continue
        found, right = (operation(*(made(context, each) for each in pair)) for context in (ours, theirs))
        assert found._mpf_ == right._mpf_, pair


def test_with_more_digits_for_a_while_they_have_more() -> None:
    context = digits(50)
    third = context.mpf(1) / 3
    with context.workdps(80):
        assert context.mpf(1) / 3 - third != 0
        assert 1 / context.mpf(7) * 7 - 1 + context.mpf(10) ** -70 != 0
    assert third + context.mpf(10) ** -60 == third


def test_a_number_of_another_kind_is_left_to_mpmath() -> None:
    context = digits(50)
    number, other, of = context.mpf(3), context.mpc(0, 1), context.mpc
    assert (number + 0.5, number - 0.5, number * 0.5) == (3.5, 2.5, 1.5)
    assert (number + other, number - other, number * other) == (of(3, 1), of(3, -1), of(0, 3))
    with pytest.raises(TypeError):
        number + "1"
