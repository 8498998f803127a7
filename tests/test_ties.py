"""Ties that no trial draws refute what they make false; those that only rounding makes never do. Whole numbers grow."""

from __future__ import annotations

from typing import Any

import pytest

from tests.equations import scope
from tests.verdicts import verdict
from verimath.meaning.statement import Claim
from verimath.numbers.scalar import digits
from verimath.trials.page_trials import Trials
from verimath.verdict import counterexample as hunts
from verimath.verdict import tie
from verimath.verdict.instances import Instances
from verimath.verdict.tie import Gap, nearest

REAL, TWO = r"x \in \mathbb{R}", r"x, y \in \mathbb{R}"
COMPLEX = r"z \in \mathbb{C}^{*}, \quad w \in \mathbb{C}"
ABOVE = r"a, b, c \in \mathbb{R}_{+}^{*}"
SHARE = r"u \in {]0, 1[}"
VECTORS = r"n \in \mathbb{N}^{*}, \quad v, w \in \mathbb{R}^{n}"
BESIDE_ROOT = (
    r"x \in \mathbb{R}, \quad g(u) \coloneqq"
    r"\begin{cases} u - \sqrt2 & \text{si } u < \sqrt2 \\ 1 & \text{sinon} \end{cases}"
)

TIES = [
    (REAL, r"x^2 \neq 2"),
    (REAL, r"x \neq \sqrt{2}"),
    (REAL, r"(x^2 - 2)^2 > 0"),
    (REAL, r"\lvert x - \sqrt{2} \rvert > 0"),
    (REAL, r"\cos x \neq x"),
    (REAL, r"x^3 - x - 1 \neq 0"),
    (TWO, r"x^2 + y^2 \neq 7"),
    (TWO, r"(x - \sqrt2)^2 + (y - \sqrt3)^2 > 0"),
    (TWO, r"(x^2 - 2)^2 + 50 (y - \sqrt3 x)^2 > 0"),
    (ABOVE, r"a + \frac{2}{a} > 2 \sqrt2"),
    (ABOVE, r"\frac{a}{8} + \frac{b}{a} > \sqrt{\frac{b}{2}}"),
    (ABOVE, r"\frac{a^2}{36 \sqrt3} + \frac{b}{2 a} > \frac{3^{\frac{1}{6}}}{4} b^{\frac{2}{3}}"),
    (SHARE, r"u (1 - u^2) < \frac{2}{3 \sqrt3}"),
    (SHARE, r"-u \ln u < \frac{1}{e}"),
    (VECTORS, r"v \cdot w \neq \frac{\pi}{3}"),
    (REAL, r"e^x \neq 2 x + 2 - 2 \ln 2"),
    (ABOVE, r"\ln a \neq \frac{a}{e}"),
    (ABOVE, r"(a - 500 \sqrt2)^2 > 0"),
    # A function takes every value, so also that of a number which is free.
    (COMPLEX, r"z + \frac{1}{z} \neq w"),
    (COMPLEX, r"w \neq z^3 + 2 z"),
    (COMPLEX, r"\frac{1}{z} \neq w + \sqrt2"),
    (COMPLEX, r"e^z \neq 3 \mathrm{i}"),
    (TWO, r"x^3 + x \neq y + \sqrt2"),
    (ABOVE, r"\ln a \neq b"),
    (VECTORS, r"\sum_{i} v_i^3 \neq w_1 + \sqrt2"),
    # Down the slope is the next lowest place, and the tie lies beyond it.
    (REAL, r"x^3 - 7 x \neq \frac{23}{2}"),
    (REAL, r"x^5 - 20 x^3 + 3 x \neq 400"),
    (ABOVE, r"a + \sin(3 a) \neq 7"),
]

# Sides that come nearer and nearer, that meet where there is no value, or where a set or a condition has no point.
APART = [
    (REAL, r"\tanh x < 1"),
    (REAL, r"e^{-x^2} > 0"),
    (REAL, r"\frac{x^2}{1 + x^2} < 1"),
    (REAL, r"\frac{\sin x}{x} \neq 1"),
    (REAL, r"\frac{x^2 - 2}{x - \sqrt2} \neq 2 \sqrt2"),
    (REAL, r"(x^2 - 2)^2 + 10^{-80} > 0"),
    (REAL, r"(x^2 - 2)^2 > 0 \quad \text{si } x^2 \neq 2"),
    (REAL, r"x^2 > 2 \quad \text{si } x > \sqrt2"),
    (ABOVE, r"\frac{\ln(3 a)}{3 a - 1} \neq 1"),
    (ABOVE, r"\frac{\ln(a^2 / 2)}{a^2 / 2 - 1} \neq 1"),
    (ABOVE, r"\frac{a}{a + b + c} < 1"),
    (ABOVE, r"\sin a < a"),
    (ABOVE, r"e^a > 1 + a + \frac{a^2}{2}"),
    (ABOVE, r"\sqrt{a + b} < \sqrt a + \sqrt b"),
    (SHARE, r"u (1 - u) > 0, \quad u^2 \neq 1, \quad u \neq 0"),
    (BESIDE_ROOT, r"g(x) \neq 0"),
    (r"x \in {]\sqrt2, 3[}", r"x^2 \neq 2, \quad x^2 > 2"),
    (r"x \in {]1, 2[}", r"\frac{x^3 - 3 \sqrt3}{x - \sqrt3} \neq 9"),
    (TWO, r"\frac{x^2 - y^2}{x - y} \neq 2 x \quad \text{si } x \neq y"),
    (REAL, r"\frac{x}{\sqrt{x^2 + 2}} \neq 1"),
    (REAL, r"\max(x - \sqrt2, 0) + [x \leq \sqrt2] > 0"),
    (REAL, r"\operatorname{sign}(x^2 - 2) + \frac{1}{2} \neq 0"),
    (REAL, r"x^2 - 2 \sqrt2 x + 2 + 10^{-60} > 0"),
    (ABOVE, r"\sqrt{a} \neq a + \frac{1}{4} + 10^{-50}"),
    (ABOVE, r"\frac{a - b}{\ln a - \ln b} < \frac{a + b}{2} \quad \text{si } a \neq b"),
    (r"n, m \in \mathbb{N}^{*}", r"n \sqrt2 \neq m"),
    (COMPLEX, r"z \neq 0"),
    (COMPLEX, r"e^w \neq 0, \quad \frac{1}{z} \neq 0"),
    (COMPLEX, r"\lvert w \rvert^2 + 1 \neq 0, \quad \frac{z}{\overline{z}} \neq 2"),
    (COMPLEX, r"z - \overline{z} \neq 1"),
    # What one number only approaches, another one beside it doesn't reach.
    (TWO, r"\tanh x \neq 1 + y^2"),
    (TWO, r"\tanh x \neq 1 + (y - 2)^2"),
    (TWO, r"\operatorname{erf}(x) < 1 + y^2"),
    (TWO, r"e^x \neq -y^2"),
    (ABOVE, r"\frac{1}{a} + (b - \sqrt2)^2 > 0"),
    (TWO, r"\frac{x^2}{1 + x^2} < 1 + (y - 3)^2"),
    (TWO, r"x - \lfloor x \rfloor \neq 1 + y^2"),
    (TWO, r"\lfloor x \rfloor \neq \lfloor y \rfloor + \frac{1}{3}"),
]


@pytest.mark.parametrize(("symbols", "claim"), TIES)
def test_a_tie_that_no_trial_draws_refutes(symbols: str, claim: str, monkeypatch: pytest.MonkeyPatch) -> None:
    found = verdict(symbols, claim)
    assert found.verdict == "false"
    assert found.problem is not None
    assert "equal in 200 digits" in found.problem.evidence
    monkeypatch.setattr(hunts, "WORK_OF_TIES", 0)
    assert verdict(symbols, claim).verdict == "holds"


@pytest.mark.parametrize(("symbols", "claim"), APART)
def test_sides_that_never_meet_are_apart(symbols: str, claim: str) -> None:
    assert verdict(symbols, claim).verdict == "holds"


def gap_of(claim: str, symbols: str = REAL) -> Gap:
    """The gap of a claim that reads x, on the first trial."""
    names = scope(symbols, claim)
    [statement] = names.formulas[-1].statements
    assert isinstance(statement, Claim)
    trials = Trials(names)
    found = nearest(statement, Instances(statement, trials), (trials, 0, False), {"x": [0.0, 0.0]})
    assert found is not None
    return found


def root() -> list[Any]:
    """How far x is moved to √2 on that trial, to 400 digits."""
    gap = gap_of(r"x \neq \sqrt2")
    by = tie.descend(gap, [0.0], tie.IN_FLOATS)
    for many, within, power in tie.STAGES:
        assert by is not None
        by = tie.descend(gap, [digits(many).mpf(x) for x in by], within, many, power)
    assert by is not None
    return by


def test_sides_meet_where_the_gap_falls_by_a_power_of_the_distance() -> None:
    assert tie._meets(gap_of(r"x^2 \neq 2"), root(), 400)
    assert tie._meets(gap_of(r"(x^2 - 2)^2 > 0"), root(), 400)
    assert not tie._meets(gap_of(r"x^2 \neq 3"), root(), 400)
    assert not tie._meets(gap_of(r"\tanh x < 1"), [2000.0], 400)


def test_without_a_look_across_what_lies_beyond_a_bend_would_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    claim = r"x^3 - 7 x \neq \frac{23}{2}"
    assert verdict(REAL, claim).verdict == "false"
    monkeypatch.setattr(hunts, "cross", lambda gap, by: None)
    assert verdict(REAL, claim).verdict == "holds"


def test_what_no_digits_see_any_more_is_lost() -> None:
    gap = gap_of(r"\tanh x \neq 1")
    assert tie._is_lost(gap, [digits(400).mpf(2000)], 400)
    assert not tie._is_lost(gap, [digits(400).mpf(9)], 400)
    assert not tie._is_lost(gap_of(r"\lfloor x \rfloor \neq 1"), [digits(400).mpf(9)], 400)


def test_sides_have_values_around_a_tie() -> None:
    assert tie._has_values(gap_of(r"x^2 \neq 2"), root(), 53)
    assert not tie._has_values(gap_of(r"g(x) \neq 0", BESIDE_ROOT), root(), 53)


def test_what_would_be_0_at_a_tie_divides_nothing() -> None:
    assert not tie._divides_by_zero(gap_of(r"\frac{x}{3} \neq \frac{\sqrt2}{3}"), root(), 400)
    assert tie._divides_by_zero(gap_of(r"\frac{\ln(x^2 / 2)}{x^2 / 2 - 1} \neq 1"), root(), 400)


def test_a_condition_is_fulfilled_by_more_than_rounding() -> None:
    for condition, is_fulfilled in ((r"x > -9", True), (r"x^2 \neq 2", False), (r"x^2 \leq 2", False)):
        gap = gap_of(rf"x^4 + 1 > 0 \quad \text{{si }} {condition}")
        by = root()
        combination = gap.opened(by)
        assert (combination is not None and tie._is_fulfilled(gap, combination.instance)) is is_fulfilled, condition


def test_a_hole_is_found_that_is_narrower_than_any_step() -> None:
    assert verdict(TWO, r"(x - \pi)^2 + (y - e)^2 \geq 10^{-8}").verdict == "false"
    assert verdict(TWO, r"(x^2 - 2)^2 + (y - x)^2 > 10^{-12}").verdict == "false"
    assert verdict(TWO, r"(x^2 - 2)^2 + (y - x)^2 > -10^{-12}").verdict == "holds"


NATURAL, COUNT, INTEGER = r"k, l \in \mathbb{N}", r"n \in \mathbb{N}^{*}", r"k \in \mathbb{Z}"


@pytest.mark.parametrize(
    ("symbols", "claim"),
    [
        (NATURAL, r"k \leq 100"),
        (NATURAL, r"k \neq 1000"),
        (NATURAL, r"(k - 1000)^2 > 0"),
        (NATURAL, r"k^2 - 200 k + 9990 \geq 0"),
        (NATURAL, r"2^k \leq 10^{40} (k + 1)"),
        (NATURAL, r"k \bmod 1000 = k"),
        (NATURAL, r"k + l \leq 500"),
        (INTEGER, r"k \geq -300"),
        (COUNT, r"n \leq 7"),
        (COUNT, r"n! \leq 10^4 \cdot 2^n"),
        (COUNT, r"\sum_{k=1}^{n} \frac{1}{k} \leq 6"),
        (VECTORS, r"\sum_{i} \lvert v_i \rvert \leq 3 \lVert v \rVert"),
    ],
)
def test_whole_numbers_grow_until_a_claim_fails(symbols: str, claim: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # Nor are the small ones tried one and all.
    monkeypatch.setattr(hunts, "SMALL", 0)
    assert verdict(symbols, claim).verdict == "false"
    monkeypatch.setattr(hunts, "WORK_OF_LARGE", 0)
    assert verdict(symbols, claim).verdict == "holds"


@pytest.mark.parametrize(
    "claim",
    [
        r"(1 + \frac{1}{n})^n < e",
        r"1 - e^{-n} < 1",
        r"n! \leq n^n",
        r"n! \leq e \sqrt{n} (\frac{n}{e})^n",
        r"\sum_{k=1}^{n} k^3 = \frac{n^2 (n + 1)^2}{4}",
        r"\sum_{k=1}^{n} \frac{1}{k} \leq 1 + \ln n",
        r"n^2 \neq 2",
        r"\lVert v \rVert \leq \sum_{i} \lvert v_i \rvert",
    ],
)
def test_what_holds_of_all_whole_numbers_holds_of_large_ones(claim: str) -> None:
    assert verdict(VECTORS, claim).verdict == "holds"


def test_a_gap_of_sides_that_were_lost_in_fewer_digits_is_no_difference() -> None:
    # In 50 digits the left side is 0 and the gap the right side; in 100, the gap is of the left side's rounding.
    assert verdict(
        r"a \in {]120, 140[}", r"\ln(1 + e^{-a}) \leq e^{-a}, \quad e^{-a} - \ln(1 + e^{-a}) > 0"
    ).verdict == ("holds")
