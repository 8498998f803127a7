"""Comparisons: rounding agrees, an error doesn't, however the terms cancel; where floats can't tell, digits decide."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import mpmath
import pytest

from tests.verdicts import verdict
from verimath.meaning.expression import Name, Negative, Node, Number, Power, Product, Vector
from verimath.message.refusal import Overflow, Refusal
from verimath.numbers.array import Value, make
from verimath.numbers.dual import Dual
from verimath.numbers.scalar import digits
from verimath.verdict.agreement import DIGITS, decided, half_units, in_floats, is_clear, pairs_of, rounds_to
from verimath.verdict.instances import Instances

RELATIONS = ("=", "≠", "<", "≤", ">", "≥")
Pair = tuple[Any, Any]


# In floats: which relations hold, which are left to more digits; a relation in neither can't be told to be false.

FLOATS: list[tuple[str, Pair, float, str, str]] = [
    ("the same number", (2.0, 2.0), 2.0, "=≤≥", "≠<>"),
    ("rounding", (2.0, 2.0 + 1e-15), 2.0, "=≤≥", "≠<>"),
    ("a clear gap", (2.0, 3.0), 3.0, "≠<≤", "=>≥"),
    ("a gap on the other side", (3.0, 2.0), 3.0, "≠>≥", "=<≤"),
    ("a small gap", (2.0, 2.0 + 1e-9), 2.0, "≤", "=≠<>≥"),
    ("rounding of terms that cancel", (1e-9, 1e-9 + 1e-15), 1e3, "=", "≠<>≤≥"),
    ("the same gap without such terms", (1e-9, 1e-9 + 1e-15), 1e-9, "≤", "=≠<>≥"),
    ("zeros", (0.0, 0.0), 0.0, "=≤≥", "≠<>"),
    ("complex numbers", (1 + 1j, 1 + 1j), 1.0, "=", "≠"),
]


@pytest.mark.parametrize(("pair", "size", "holds", "open_"), [case[1:] for case in FLOATS], ids=[c[0] for c in FLOATS])
def test_floats_say_only_what_they_can_tell(pair: Pair, size: float, holds: str, open_: str) -> None:
    assert {r for r in holds + open_ if in_floats(*pair, r, lambda: size).holds} == {*holds}
    assert {r for r in holds + open_ if in_floats(*pair, r, lambda: size).holds is None} == {*open_}


def test_the_difference_of_equal_sides_is_relative_to_what_they_are_made_of() -> None:
    assert in_floats(1e6, 1e6 + 1e-6, "=", lambda: 1e6).difference == pytest.approx(1e-12, rel=1e-3)
    assert in_floats(0.0, 1e-13, "=", lambda: 10.0).difference == pytest.approx(1e-14)
    assert in_floats(5.0, 5.0, "=", lambda: 5.0).difference == 0.0


@pytest.mark.parametrize("pair", [(math.inf, 1.0), (1.0, math.nan), (-math.inf, -math.inf), (10**400, 1.0)], ids=str)
def test_what_leaves_the_range_of_floats_is_left_to_digits(pair: Pair) -> None:
    with pytest.raises(Overflow):
        in_floats(*pair, "=", lambda: 1.0)
    assert in_floats(1e308, -1e308, "=", lambda: 1e308).holds is None
    assert in_floats(1.0, 2.0, "=", lambda: math.inf).holds is None


@pytest.mark.parametrize("relation", ["<", "≤", ">", "≥"])
def test_complex_numbers_have_no_order(relation: str) -> None:
    with pytest.raises(Refusal, match="complex numbers have no order"):
        in_floats(1j, 1.0, relation, lambda: 1.0)


# In digits: two sides, as each context computes them.

Sides = Callable[[Any], Pair]
DIGITAL: list[tuple[str, Sides, str]] = [
    ("rounding", lambda m: (m.mpf(1) / 3 + m.mpf(1) / 7, m.mpf(10) / 21), "=≤≥"),
    ("exact", lambda m: (m.mpf(3), m.mpf(3)), "=≤≥"),
    ("roots that vanish", lambda m: (m.sqrt(2) * m.sqrt(3) - m.sqrt(6), m.mpf(0)), "=≤≥"),
    ("a sine that vanishes", lambda m: (m.sin(m.pi), m.mpf(0)), "=≤≥"),
    ("terms that cancel", lambda m: (m.mpf(10) ** 20 + m.mpf(1) / 3 - m.mpf(10) ** 20, m.mpf(1) / 3), "=≤≥"),
    ("an error of 1e-25", lambda m: (m.mpf(1) / 3, m.mpf(1) / 3 + m.mpf(10) ** -25), "≠<≤"),
    ("the same below", lambda m: (m.mpf(1) / 3 + m.mpf(10) ** -25, m.mpf(1) / 3), "≠>≥"),
    ("a small number, no zero", lambda m: (m.exp(-100), m.mpf(0)), "≠>≥"),
    ("small numbers apart", lambda m: (m.exp(-100), 2 * m.exp(-100)), "≠<≤"),
    ("an error among terms that cancel", lambda m: (m.mpf(10) ** 9 + 1 - m.mpf(10) ** 9, m.mpf(1) + m.exp(-40)), "≠<≤"),
]


@pytest.mark.parametrize(("sides", "holds"), [case[1:] for case in DIGITAL], ids=[case[0] for case in DIGITAL])
def test_what_shrinks_with_more_digits_is_rounding_and_what_stays_is_an_error(sides: Sides, holds: str) -> None:
    readings = [sides(digits(many)) for many in DIGITS]
    assert {relation for relation in RELATIONS if settled(readings, relation)} == {*holds}
    # What 50 digits say, beside floats, is the same, as far as they say it.
    assert {relation for relation in RELATIONS if is_clear(readings[0], sides(mpmath.fp), relation, lambda: 0.0)} <= {
        *holds
    }


def settled(readings: list[Pair], relation: str) -> bool:
    """In 50 and 100 digits, and in 200 where these can't tell."""
    first = decided(readings[:2], relation)
    return bool(decided(readings, relation, is_last=True) if first is None else first)


def test_fifty_digits_are_clear_where_sides_are_equal_or_floats_show_the_same_gap() -> None:
    m = digits(50)
    apart = m.mpf(2), m.mpf(3)
    assert is_clear(apart, (2.0, 3.0), "<", lambda: 3.0)
    assert is_clear(apart, (2.0, 3.0), "≠", lambda: 3.0)
    assert not is_clear(apart, (2.0, 3.0), ">", lambda: 3.0)
    assert not is_clear(apart, None, "<", lambda: 3.0)
    assert not is_clear(apart, (2.0, 2.0), "<", lambda: 3.0)
    assert is_clear((m.mpf(1) / 3 * 3, m.mpf(1)), None, "=", lambda: 3.0)
    # A rounded zero is far from 0 beside its own size.
    for zero in (m.sin(m.pi), m.sqrt(2) * m.sqrt(3) - m.sqrt(6)):
        assert zero != 0
        for relation in RELATIONS:
            assert not is_clear((zero, m.mpf(0)), (1e-16, 0.0), relation, lambda: 3.0)
    assert not is_clear((m.inf, m.inf), None, "=", lambda: 3.0)
    # Beside terms of this size, no more of the difference is left than rounding.
    assert not is_clear(apart, (2.0, 3.0), "<", lambda: 1e43)
    assert not is_clear(apart, (2.0, 3.0), "≠", lambda: 1e43)


def test_sides_that_agree_by_chance_ask_for_more_digits() -> None:
    m = digits(100)
    by_chance = [(m.mpf(1), m.mpf(1) + m.mpf(10) ** -52), (m.mpf(1), m.mpf(1) + m.mpf(10) ** -60)]
    assert decided(by_chance, "=") is None
    assert decided([*by_chance, (m.mpf(1), m.mpf(1) + m.mpf(10) ** -66)], "=", is_last=True) is True
    assert decided([*by_chance, (m.mpf(1), m.mpf(1) + m.mpf(10) ** -60)], "=", is_last=True) is False


def test_what_has_shrunk_is_rounding_where_it_is_as_small_as_that_of_the_digits_taken() -> None:
    m = digits(200)

    def shrunk_to(power: int, of: float, size: float = 1.0) -> bool | None:
        readings = [(m.mpf(of), m.mpf(of) + m.mpf(10) ** each) for each in (-52, power)]
        return decided(readings, "=", many=200, size=lambda: size)

    assert [shrunk_to(power, of=1) for power in (-170, -197, -199)] == [None, None, True]
    # Beside terms that cancel, what is left of both sides is rounding; where it is more than that, it isn't.
    assert [shrunk_to(power, of=0) for power in (-170, -197, -199)] == [None, None, True]
    assert shrunk_to(-199, of=0, size=1e-100) is None
    assert shrunk_to(-199, of=0, size=math.inf) is None
    assert shrunk_to(-199, of=1e-100) is None


@pytest.mark.parametrize("relation", ["<", "≥"])
def test_complex_numbers_beyond_floats_have_no_order_either(relation: str) -> None:
    m = digits(50)
    with pytest.raises(Refusal, match="complex numbers have no order"):
        decided([(m.mpc(1, 1), m.mpf(1))] * 2, relation)
    assert verdict(r"\exp(800) + \mathrm{i} < 1").verdict == "ill-formed"
    assert verdict(r"\exp(800) + \mathrm{i} \neq 1").verdict == "holds"


def test_an_infinite_side_has_no_value_in_any_digits() -> None:
    m = digits(50)
    with pytest.raises(Refusal, match="a side is infinite"):
        decided([(m.mpf(1), m.inf), (m.mpf(1), m.inf)], "=")


# Which numbers are compared

ZERO: Node = Number(Fraction(0))
A, B = Name("a"), Name("b")


def test_arrays_are_compared_place_by_place_without_their_derivatives() -> None:
    one, other = make((2,), [1.0, Dual(1, 2.0, [1.0])]), make((2,), [3.0, 4.0])
    assert pairs_of(one, other, A, B) == [(1.0, 3.0), (2.0, 4.0)]
    assert pairs_of(Dual(1, 5.0, [1.0]), 6.0, A, B) == [(5.0, 6.0)]


def test_a_zero_alone_stands_for_an_array_of_zeros_and_no_other_number_does() -> None:
    row = make((2,), [1.0, 2.0])
    assert pairs_of(row, 0, A, ZERO) == [(1.0, 0), (2.0, 0)]
    assert pairs_of(0, row, ZERO, A) == [(0, 1.0), (0, 2.0)]
    with pytest.raises(Refusal, match="a row of 2 and a number can't be compared"):
        pairs_of(row, 0, A, B)


@pytest.mark.parametrize(
    ("one", "other", "says"),
    [
        (make((2,), [1, 2]), make((2,), [1, 2], column=True), "a row of 2 and a column of 2"),
        (make((2,), [1, 2]), make((1, 2), [1, 2]), "a row of 2 and a 1 × 2 matrix"),
        (make((1,), [1]), 1, "a row of 1 and a number"),
        (make((2,), [1, 2]), make((3,), [1, 2, 3]), "a row of 2 and a row of 3"),
    ],
    ids=str,
)
def test_sides_of_different_shape_are_not_compared(one: Value, other: Value, says: str) -> None:
    with pytest.raises(Refusal, match=says):
        pairs_of(one, other, A, B)


# ≈


def printed(text: str) -> Number:
    return Number(Fraction(text), decimals=len(text.partition(".")[2]))


TEN = Number(Fraction(10))
HALVES: list[tuple[str, Node, list[Fraction] | None]] = [
    ("3", printed("3"), [Fraction(1, 2)]),
    ("3.14", printed("3.14"), [Fraction(1, 200)]),
    ("-0.50", Negative(printed("0.50")), [Fraction(1, 200)]),
    ("(0.1, 0.25)", Vector((printed("0.1"), printed("0.25"))), [Fraction(1, 20), Fraction(1, 200)]),
    ("1.5 · 10^3", Product(printed("1.5"), Power(TEN, printed("3"))), [Fraction(50)]),
    ("1.5 · 10^{-3}", Product(printed("1.5"), Power(TEN, Negative(printed("3")))), [Fraction(1, 20000)]),
    ("a", A, None),
    ("(0.1, a)", Vector((printed("0.1"), A)), None),
    ("1.5 · 10^a", Product(printed("1.5"), Power(TEN, A)), None),
]


@pytest.mark.parametrize(("node", "halves"), [case[1:] for case in HALVES], ids=[case[0] for case in HALVES])
def test_half_a_unit_of_the_last_printed_decimal(node: Node, halves: list[Fraction] | None) -> None:
    assert half_units(node) == halves


@pytest.mark.parametrize(
    ("a", "b", "rounds"), [(3.14159, 3.14, True), (3.145, 3.14, True), (3.1451, 3.14, False), (3.1349, 3.14, False)]
)
def test_a_number_rounds_to_what_is_printed_within_half_a_unit(a: float, b: float, rounds: bool) -> None:
    assert rounds_to(digits(50).mpf(a), digits(50).mpf(b), Fraction(1, 200)) is rounds


# On pages: where floats lose all that is claimed.

X = r"x \in \mathbb{R}_{+}^{*}, \quad n \in \mathbb{N}^{*}, \quad v \in \mathbb{R}^{n}"
CLAIMS: list[tuple[str, str]] = [
    (r"(10^{12} + x) - 10^{12} = x", r"(10^{12} + x) - 10^{12} = x + 10^{-9}"),
    (r"\frac{(x + 10^{-9}) - x}{10^{-9}} = 1", r"\frac{(x + 10^{-9}) - x}{10^{-9}} = 1 + 10^{-9}"),
    (r"x + 10^{-15} \neq x", r"(x + 1) - 1 \neq x"),
    (r"\sqrt{2} \sqrt{3} - \sqrt{6} \leq 0", r"\sqrt{2} \sqrt{3} - \sqrt{6} < 0"),
    (r"\sin \pi = 0", r"\sin \pi \neq 0"),
    (r"x < x + 10^{-15}", r"x < (x + 1) - 1"),
    (r"\exp(\ln x + 800) = x \exp 800", r"\exp(\ln x + 800) = x \exp 801"),
    (r"v_i + 10^{9} - 10^{9} = v_i", r"v_i + 10^{9} - 10^{9} = v_i + 10^{-6}"),
    (r"\cos^{2} x + (\sin x)^2 = 1".replace(r"\cos^{2} x", r"(\cos x)^2"), r"(\cos x)^2 + (\sin x)^2 = 1 + 10^{-7}"),
    (r"1 - (\tanh(20 + x))^2 > 0", r"1 - (\tanh(20 + x))^2 > 10^{-16}"),
]


@pytest.mark.parametrize(("true", "false"), CLAIMS, ids=[case[0] for case in CLAIMS])
def test_digits_decide_what_floats_cannot(true: str, false: str) -> None:
    assert verdict(X, true).verdict == "holds"
    assert verdict(X, false).verdict == "false"


def test_the_worst_difference_is_reported_and_is_rounding() -> None:
    found = verdict(X, r"(x + 1)^2 = x^2 + 2 x + 1")
    assert found.worst is not None
    assert 0 <= found.worst < 1e-15
    assert verdict(X, r"x < x + 1").worst is None


MATRIX = r"n \in \mathbb{N}^{*}, \quad Q \in \mathbb{S}_{+}^{n}"
# A condition that rounding alone may fulfil, what holds beyond rounding, and what doesn't.
ROUNDED_CONDITIONS = [
    (MATRIX, r"\det Q > 0", r"Q \succ 0", r"Q \succ I"),
    (MATRIX, r"\det Q \neq 0", r"Q \succ 0", r"\operatorname{rank} Q < n"),
    (MATRIX, r"\det Q > 0", r"\det Q^{-1} > 0", r"\det Q^{-1} > 1"),
    (
        r"n \in \mathbb{N}^{*}, \quad x, y \in \mathbb{R}^{n}",
        r"\lVert x \rVert \lVert y \rVert - x \cdot y > 0",
        r"\lVert x \rVert \lVert y \rVert > x \cdot y",
        r"\lVert x \rVert \lVert y \rVert > x \cdot y + 1",
    ),
]


@pytest.mark.parametrize(("symbols", "condition", "right", "wrong"), ROUNDED_CONDITIONS)
def test_a_condition_that_rounding_alone_fulfils_refutes_nothing(
    symbols: str, condition: str, right: str, wrong: str
) -> None:
    assert verdict(symbols, rf"{wrong} \quad \text{{if }} {condition}").verdict == "false"
    assert verdict(symbols, rf"{right} \quad \text{{if }} {condition}").verdict == "holds"


def test_without_more_digits_such_a_condition_would_refute(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Instances, "fulfilled_by_rounding", lambda instances, number, wild=False: False)
    assert verdict(MATRIX, r"Q \succ 0 \quad \text{if } \det Q > 0").verdict == "false"


def test_what_is_0_but_for_rounding_is_shown_as_0() -> None:
    found = verdict(MATRIX, r"Q \succ 0 \quad \text{if } \operatorname{tr} Q > 0").problem
    assert found is not None
    assert "the left side is 0, the right side 0" in found.evidence


@pytest.mark.parametrize(
    ("claim", "shown"),
    [
        (r"n^2 \geq 2 n \quad \forall n \in \mathbb{N}", "at n = 1 (trial 0, seed 0)"),
        (r"t^2 \geq 2 t \quad \forall t \in [0, 1]", "at t = 0.265071 (trial 0, seed 0)"),
        (r"z^2 = t \quad \forall z \in \mathbb{C}, \forall t \in [0, 1]", "at z = "),
    ],
)
def test_a_counterexample_says_the_letters_that_it_is_for(claim: str, shown: str) -> None:
    found = verdict(r"a \in \mathbb{R}", claim).problem
    assert found is not None
    assert found.evidence.startswith(shown)
