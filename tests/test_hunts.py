"""The hunt for counterexamples: bounds that are wrong by a little are refused, though no trial shows it."""

from __future__ import annotations

import math
from fractions import Fraction
from random import Random
from typing import Any

import pytest

from tests.verdicts import verdict
from verimath.meaning.expression import Number
from verimath.meaning.statement import Domain, Reals, Simplex, Whole
from verimath.trials.chance import Chance, Moves, Told
from verimath.trials.draw import Draw, drawn
from verimath.trials.structured import Plan
from verimath.verdict import claim
from verimath.verdict import counterexample as hunts
from verimath.verdict.claim import OnTrial
from verimath.verdict.instances import Instances

BOX = r"x, y, z \in [0, 1]"
SIMPLEX = r"N \in \mathbb{N}^{*}, \quad p, q \in \Delta^{N-1}"
REALS = r"n \in \mathbb{N}^{*}, \quad u, v \in \mathbb{R}^{n}"
POSITIVE = r"a, b, c \in \mathbb{R}_{+}^{*}"

# Symbols, a bound that is attained, and the twin that is wrong by a little.
BOUNDS: list[tuple[str, str, str, str]] = [
    ("a maximum inside", BOX, r"x y z (1 - x) (1 - y) (1 - z) \leq \frac{1}{64}", r"\frac{1}{64.03}"),
    ("a minimum", BOX, r"\frac{1}{64} \geq x y z (1 - x) (1 - y) (1 - z)", r"\frac{1}{64.03}"),
    (
        "positive numbers",
        POSITIVE,
        r"a e^{-a} b e^{-3 b} c e^{-c / 2} \leq \frac{2}{3} e^{-3}",
        r"\frac{2}{3.001} e^{-3}",
    ),
    ("vectors", REALS, r"u (v - 2 u)^\top \leq \frac{1}{8} v v^\top", r"\frac{1}{8.004} v v^\top"),
    ("distances, beside which the bound is small", r"x, y \in \mathbb{R}", r"-|x - 3.7| - |y + 2.2| \leq 0", "-0.01"),
    ("of a chain, the second", POSITIVE, r"0 < a e^{-a} b e^{-3 b} \leq \frac{1}{3} e^{-2}", r"\frac{1}{3.001} e^{-2}"),
    (
        "two distributions",
        SIMPLEX,
        r"p_1 (1 - p_1)^4 q_1 (1 - q_1)^5 \leq \frac{256}{3125} \frac{3125}{46656}",
        r"\frac{256}{3125} \frac{3125}{46674}",
    ),
]


@pytest.mark.parametrize(("symbols", "bound"), [case[1:3] for case in BOUNDS], ids=[case[0] for case in BOUNDS])
def test_a_bound_that_is_attained_holds(symbols: str, bound: str) -> None:
    assert verdict(symbols, bound).verdict == "holds"


@pytest.mark.parametrize(("symbols", "bound", "side"), [case[1:] for case in BOUNDS], ids=[case[0] for case in BOUNDS])
def test_a_bound_that_is_wrong_by_a_little_is_false(symbols: str, bound: str, side: str) -> None:
    wrong = _with_side(bound, side)
    found = verdict(symbols, wrong)
    assert found.verdict == "false"
    assert found.problem is not None
    assert ", moved " in found.problem.evidence
    # The same is found again.
    again = verdict(symbols, wrong).problem
    assert again is not None
    assert again.evidence == found.problem.evidence


@pytest.mark.parametrize(("symbols", "bound", "side"), [case[1:] for case in BOUNDS], ids=[case[0] for case in BOUNDS])
def test_without_the_hunt_it_would_pass(symbols: str, bound: str, side: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hunts, "WORK", 0)
    assert verdict(symbols, _with_side(bound, side)).verdict == "holds"


def _with_side(bound: str, side: str) -> str:
    """A bound with another number in it, at whichever end that is."""
    relation = r" \geq " if r"\geq" in bound else r" \leq "
    first, last = bound.split(relation)
    return side + relation + last if r"\geq" in bound else first + relation + side


def test_a_limit_that_is_not_attained_is_no_counterexample() -> None:
    assert verdict(POSITIVE, r"\frac{a}{a + b + c} < 1").verdict == "holds"
    assert verdict(REALS, r"e^{-u u^\top} > 0").verdict == "holds"


def test_where_a_moved_claim_has_no_value_the_hunt_goes_on() -> None:
    assert verdict(r"x \in \mathbb{R}", r"\text{si } x > 0, \quad x > 0").verdict == "ill-formed"
    assert verdict(r"x \in \mathbb{R}", r"\ln(1 + x^2) \leq x^2 \quad \text{si } x > 0").verdict == "holds"


# Whole numbers


# Symbols, what fails for some small whole numbers that no trial has, and what doesn't.
SWEPT: dict[str, tuple[str, str, str]] = {
    "two numbers": (r"n, m \in \mathbb{N}^{*}", r"\gcd(n, m) \leq 12", r"\gcd(n, m) \leq n"),
    "a remainder": (r"n \in \mathbb{N}", r"n \bmod 37 \neq 33", r"n \bmod 37 \neq 37"),
    "one of many factors": (
        r"n \in \mathbb{N}^{*}",
        r"\gcd(n^2 + n + 41, 41) = 1 \text{ if } n \leq 40",
        r"\gcd(n^2 + n + 41, 41) = 1 \text{ if } n \leq 39",
    ),
    "roots that are neighbours": (
        r"n \in \mathbb{Z}",
        r"n^2 - 45 n + 506 \neq 0",
        r"n^2 - 45 n + 507 \neq 0",
    ),
    "three numbers": (r"a, b, c \in \mathbb{N}", r"a^2 + b^2 + c^2 \neq 86", r"a^2 + b^2 + c^2 \neq 87"),
    "components": (
        r"x \in \mathbb{N}^{3}",
        r"x_1 x_2 x_3 \neq 30",
        r"x_1^2 + x_2^2 + x_3^2 \neq 28",
    ),
    "components of which few are read": (
        r"x \in \mathbb{N}^{5}",
        r"\gcd(x_2, x_4) \neq 17",
        r"\gcd(x_2, x_4) \neq 17.5",
    ),
    "more components than can all be tried": (
        r"x, y \in \mathbb{N}^{4}",
        r"x \cdot y \neq 29",
        r"x \cdot y \neq 29.5",
    ),
    "a matrix": (r"A \in \mathbb{Z}^{2 \times 2}", r"\det A \neq 7", r"\det A \neq 7.5"),
    "a vector of any size": (
        r"n \in \mathbb{N}^{*}, \quad x \in \mathbb{N}^{n}",
        r"\sum_i x_i^2 \neq 77",
        r"\sum_i (x_i^2 + x_i) \neq 77",
    ),
    "components under a condition": (
        r"x \in \mathbb{N}^{3}",
        r"x_1^2 + x_2^2 \neq x_3^2 \text{ if } x_1 x_2 > 0",
        r"x_1^3 + x_2^3 \neq x_3^3 \text{ if } x_1 x_2 > 0",
    ),
    "digits": (
        r"x \in \{0, \dots, 9\}^{3}",
        r"x_1^3 + x_2^3 + x_3^3 \neq 100 x_1 + 10 x_2 + x_3 \text{ if } x_1 > 0",
        r"x_1^2 + x_2^2 + x_3^2 \neq 100 x_1 + 10 x_2 + x_3 \text{ if } x_1 > 0",
    ),
    "signs": (r"x \in \{-1, 1\}^{6}", r"\sum_i i x_i \neq 5", r"\sum_i i x_i \neq 4"),
    "bits": (r"A \in \{0, 1\}^{3 \times 3}", r"\det A \neq 2", r"\det A \neq 3"),
    "primes": (r"x \in \{2, 3, 5, 7\}^{4}", r"\prod_i x_i \neq 126", r"\prod_i x_i \neq 128"),
    "an equality of components": (
        r"x \in \mathbb{N}^{2}",
        r"(x_1 + 7 x_2) \bmod 83 = x_1 + 7 x_2",
        r"(x_1 + 7 x_2) \bmod 7 = x_1 \bmod 7",
    ),
    "a number and a component": (
        r"k \in \mathbb{N}, \quad x \in \mathbb{N}^{3}",
        r"k x_1 \neq 221",
        r"k x_1 \neq 221.5",
    ),
    "under a condition that few fulfil": (
        r"k \in \mathbb{N}",
        r"k = 9 \text{ if } k \bmod 32 = 9",
        r"k \bmod 16 = 9 \text{ if } k \bmod 32 = 9",
    ),
    "beside real numbers": (
        r"n \in \mathbb{N}, \quad x \in \mathbb{R}",
        r"\cos(\pi n + x) = \cos(\pi (n \bmod 41) + x)",
        r"\cos(\pi n + x) = \cos(\pi (n \bmod 42) + x)",
    ),
}


@pytest.mark.parametrize(("symbols", "wrong"), [case[:2] for case in SWEPT.values()], ids=[*SWEPT])
def test_what_fails_for_small_whole_numbers_is_false(symbols: str, wrong: str) -> None:
    assert verdict(symbols, wrong).verdict == "false"


@pytest.mark.parametrize(("symbols", "right"), [case[::2] for case in SWEPT.values()], ids=[*SWEPT])
def test_what_holds_for_all_whole_numbers_holds(symbols: str, right: str) -> None:
    assert verdict(symbols, right).verdict == "holds"


@pytest.mark.parametrize("case", ["two numbers", "components of which few are read", "a vector of any size"])
def test_without_the_sweep_it_would_pass(case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hunts, "SMALL", 0)
    assert verdict(*SWEPT[case][:2]).verdict == "holds"


# A set, what holds for all of its numbers, and what doesn't: these have no symbol but behind ∀.
BOUND = [
    (r"\mathbb{N}", r"2^{n+1} = 2 \cdot 2^n", r"2^{n+1} = 2^n + 2"),
    (r"\mathbb{Z}", r"n^2 \geq n", r"n^2 \geq 2 n"),
    (r"\mathbb{N}^{*}", r"\gcd(n, 41) \leq 41", r"\gcd(n, 41) \leq 40"),
    (r"\mathbb{N}", r"\sum_{i=0}^{n} i = \frac{n (n + 1)}{2}", r"\sum_{i=0}^{n} i = \frac{n (n - 1)}{2}"),
]


@pytest.mark.parametrize(("domain", "right", "wrong"), BOUND)
def test_small_whole_numbers_are_tried_where_a_claim_binds_them(domain: str, right: str, wrong: str) -> None:
    behind = rf"\quad \forall n \in {domain}"
    assert verdict(r"a \in \mathbb{R}", f"{right} {behind}").verdict == "holds"
    assert verdict(r"a \in \mathbb{R}", f"{wrong} {behind}").verdict == "false"


# Arrays of whole numbers, what fails for large ones, and what doesn't.
STRETCHED: dict[str, tuple[str, str, str]] = {
    "a sum": (r"x \in \mathbb{N}^{3}", r"\sum_i x_i \leq 10^4", r"\sum_i x_i \leq 3 \max_i x_i"),
    "a difference": (r"x \in \mathbb{Z}^{2}", r"x_1 - x_2 \leq 10^4", r"x_1 - x_2 \leq |x_1| + |x_2|"),
    "a determinant": (
        r"A \in \mathbb{Z}^{2 \times 2}",
        r"\det A \leq 10^6",
        r"\det A \leq \lVert A \rVert_F^2",
    ),
    "a divisor": (r"x \in (\mathbb{N}^{*})^{2}", r"\gcd(x_1, x_2) \leq 100", r"\gcd(x_1, x_2) \leq x_1"),
    "the end of a set": (r"x \in (\mathbb{N}^{*})^{3}", r"\sum_i x_i \leq 10^4", r"\sum_i x_i \geq 3"),
    "both ends": (r"x \in \{1, \dots, 9\}^{3}", r"\sum_i x_i \leq 26", r"\sum_i x_i \leq 27"),
}


@pytest.mark.parametrize(("symbols", "wrong", "right"), STRETCHED.values(), ids=[*STRETCHED])
def test_arrays_of_whole_numbers_are_stretched(symbols: str, wrong: str, right: str) -> None:
    assert verdict(symbols, wrong).verdict == "false"
    assert verdict(symbols, right).verdict == "holds"


def test_components_that_number_something_are_not_swept(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[Moves] = []
    seen = hunts._Hunt._seen

    def noted(hunt: Any, start: Any, moves: Any = None, ties: bool = False) -> Any:
        tried.extend([moves] if moves and moves.whole else [])
        return seen(hunt, start, moves, ties)

    monkeypatch.setattr(hunts._Hunt, "_seen", noted)
    symbols = r"n \in \mathbb{N}^{*}, \quad y \in \{1, \dots, n\}^{3}, \quad x \in \{1, \dots, 9\}^{3}"
    for letter, is_swept in (("y", False), ("x", True)):
        tried.clear()
        assert verdict(symbols, rf"({letter}_1 + 1)^2 = {letter}_1^2 + 2 {letter}_1 + 1").verdict == "holds"
        assert any(name == (letter, 0) for moves in tried for name in moves.whole) is is_swept


REAL = r"n \in \mathbb{N}^{*}, \quad x \in \mathbb{R}^{n}"
# Under a condition that keeps components small, what fails for large arrays alone, and what doesn't.
LARGE: list[tuple[str, str, str]] = [
    (r"x_i < 10 \quad \forall i", r"\sum_i x_i < 100", r"\sum_i x_i < 10 n"),
    (r"|x_i| < 10 \quad \forall i", r"\lVert x \rVert < 40", r"\lVert x \rVert < 10 n"),
    (r"0 < x_i < 10 \quad \forall i", r"\prod_i x_i < 10^9", r"\prod_i x_i < 10^n"),
]


@pytest.mark.parametrize(("condition", "wrong", "right"), LARGE)
def test_arrays_grow_as_far_as_a_condition_lets_them(condition: str, wrong: str, right: str) -> None:
    assert verdict(REAL, rf"{wrong} \quad \text{{if }} {condition}").verdict == "false"
    assert verdict(REAL, rf"{right} \quad \text{{if }} {condition}").verdict == "holds"


# A condition that chance fulfils at small sizes alone, what fails at larger ones, and what doesn't.
SELDOM: list[tuple[str, str, str]] = [
    (r"\sum_i x_i > 2 n", r"\sum_i x_i = \sum_{i=1}^{\min(n, 5)} x_i", r"\max_i x_i > 2"),
    (r"\lVert x \rVert > 4 n", r"n \leq 6", r"\lVert x \rVert_1 > 4 n"),
    (r"\prod_i x_i > 100", r"n < 6", r"\max_i |x_i| > 1"),
]


@pytest.mark.parametrize(("condition", "wrong", "right"), SELDOM)
def test_a_condition_is_fulfilled_at_larger_sizes_too(condition: str, wrong: str, right: str) -> None:
    assert verdict(REAL, rf"{wrong} \quad \text{{if }} {condition}").verdict == "false"
    assert verdict(REAL, rf"{right} \quad \text{{if }} {condition}").verdict == "holds"


@pytest.mark.parametrize("case", SELDOM[:2])
def test_without_larger_sizes_it_would_pass(case: tuple[str, str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Instances, "larger", lambda of: ())
    assert verdict(REAL, rf"{case[1]} \quad \text{{if }} {case[0]}").verdict != "false"


def test_an_array_of_whole_numbers_stays_in_its_set_and_whole() -> None:
    chance = Chance("key", "x", Moves({"x": [math.log(2.5)]}, 1))
    assert [chance.stretched(*each) for each in ((1, 1), (3, 1), (4, 0), (-3, -1))] == [1, 6, 10, -6]
    assert all(type(chance.stretched(number, 0)) is int for number in range(5))


@pytest.mark.parametrize(("kind", "least"), [(r"\{1, \dots, n\}", 1), (r"\{-3, \dots, 3\}", -3), (r"\mathbb{N}", 0)])
def test_sides_are_evaluated_for_numbers_of_the_set_alone(
    kind: str, least: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Any] = []
    check = OnTrial.check

    def noted(of: OnTrial) -> None:
        seen.append(None)
        seen[-1] = of.instance.trial.value("j")
        check(of)

    monkeypatch.setattr(OnTrial, "check", noted)
    assert verdict(rf"{REALS}, \quad j \in {kind}", r"j \neq j + u u^\top + 1").verdict == "holds"
    assert None not in seen
    assert min(seen) == least


# Sets of two numbers, and how many pairs of small ones are tried: of those that depend on the other one, all.
PAIRS = [
    (r"j \in \{1, \dots, 5\}, \quad k \in \{-2, \dots, 2\}", 5 * 5),
    (r"k \in \{-2, \dots, 2\}, \quad m \coloneqq 2 k, \quad j \in \{m, m + 1, \dots, 5\}", 35 * 5),
]


@pytest.mark.parametrize(("symbols", "pairs"), PAIRS)
def test_small_numbers_are_those_of_their_sets(symbols: str, pairs: int, monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[Moves] = []
    seen = hunts._Hunt._seen

    def noted(hunt: Any, start: Any, moves: Any = None, ties: bool = False) -> Any:
        tried.extend([moves] if moves and len(moves.whole) == 2 else [])
        return seen(hunt, start, moves, ties)

    monkeypatch.setattr(hunts._Hunt, "grow", lambda hunt: None)
    monkeypatch.setattr(hunts._Hunt, "_seen", noted)
    assert verdict(symbols, r"(j + k)^2 \neq -1").verdict == "holds"
    assert len(tried) == pairs


def test_a_tie_of_rounding_between_small_whole_numbers_is_no_counterexample() -> None:
    assert verdict(r"n \in \mathbb{N}", r"1 + e^{-n^2} > 1").verdict == "holds"


def test_whole_numbers_too_large_for_floats_are_compared() -> None:
    assert verdict(r"n \in \mathbb{N}", r"n! \geq 2^{n-1}").verdict == "holds"
    assert verdict(r"n \in \mathbb{N}", r"n! \geq 2^{n}").verdict == "false"


# Chance


def numbers(*moves: float) -> list[float]:
    chance = Chance("key", "x", Moves({"x": moves}, 1))
    return [chance.normal(), chance.exponential(), chance.share(0.4), chance.normal(2.0), chance.any(0.0)]


def test_a_move_of_no_length_moves_nothing() -> None:
    assert numbers(*[0.0] * 6) == numbers() != numbers(0.0, 0.1)


def test_each_number_has_its_own_move() -> None:
    start, moved = numbers(), numbers(0.0, 0.1, 0.1, 0.1, 0.1, 3.0)
    assert math.isclose(moved[0], start[0] + 0.1)
    assert math.isclose(moved[1], start[1] * math.exp(0.1))
    assert math.isclose(moved[2], start[2] + 0.1 / 4)
    assert math.isclose(moved[3], start[3] + 0.2)
    assert moved[4] == 3.0


def test_drawn_numbers_are_stretched_though_zeros_come_nearer() -> None:
    assert verdict(REALS, r"\lVert u \rVert \geq \lVert u \rVert^2 - 10^5").verdict == "false"
    assert verdict(REALS, r"\lVert u \rVert \leq \lVert u \rVert^2 + 1").verdict == "holds"


def test_the_first_move_stretches_all_numbers() -> None:
    start, moved = numbers(), numbers(math.log(10))
    assert all(
        math.isclose(there, 10 * here) for n, (here, there) in enumerate(zip(start, moved, strict=True)) if n != 2
    )
    assert moved[2] == start[2]


def test_moves_say_how_many_were_asked_for() -> None:
    moves = Moves()
    assert Chance("key", "x", moves).normal() == Chance("key", "y").normal()
    assert moves.asked == {"x": 2}


@pytest.mark.parametrize("length", [0.1, 1.0, 1e9])
@pytest.mark.parametrize("run", [None, *range(10)])
@pytest.mark.parametrize("wild", [False, True])
def test_moved_numbers_stay_in_their_sets(length: float, wild: bool, run: int | None) -> None:
    plan = Plan({"x": 0}, (), {})
    for trial in range(20):
        random = Random(trial)
        moves = Moves({"x": [length * random.gauss(0, 1) for _ in range(9)]}, 1)
        of = Draw(0, trial, wild, (), moves, None if run is None else plan.run(run, is_moved=True))
        p, positive, below, share = (
            _drawn(domain, of) for domain in (SIMPLEX_OF_FOUR, POSITIVE_NUMBERS, BELOW, SHARES)
        )
        assert all(0 <= number <= 1 for number in p.entries)
        assert math.isclose(sum(p.entries), 1)
        assert 0 <= positive < math.inf
        assert -math.inf < below <= 0
        assert 0 <= share <= 1


SIMPLEX_OF_FOUR, ZERO = Simplex(Number(Fraction(3))), Number(Fraction(0))
POSITIVE_NUMBERS, BELOW, SHARES = Reals(ZERO, None), Reals(None, ZERO), Reals(ZERO, Number(Fraction(1)))


def _drawn(domain: Domain, of: Draw) -> Any:
    return drawn(domain, "x", of, lambda node: getattr(node, "value", 0), None, columns=False)


# What sources of chance are asked, one after the other.
ASKED: list[list[tuple[Any, ...]]] = [
    [("randint", 0, 5), ("normal",), ("normals", 3, 1.0), ("random",)],
    [("randint", 0, 5), ("normal",), ("normals", 2, 1.0), ("random",)],
    [("randint", 0, 6), ("normal",), ("exponential",), ("normals", 3, 1.0)],
    [("normal",), ("randint", 0, 5), ("choice", "abc"), ("spread", 2.0)],
]


def answers(key: str, asked: list[tuple[Any, ...]], told: Told | None = None) -> list[Any]:
    chance = Chance(key, told=told)
    return [getattr(chance, how)(*given) for how, *given in asked]


def test_what_others_were_told_changes_no_answer() -> None:
    told: Told = {}
    for asked in (*ASKED, *reversed(ASKED)):
        assert answers("key", asked, told) == answers("key", asked)
    # Another source would answer otherwise; what it was told is its own.
    assert answers("other", ASKED[0]) != answers("other", ASKED[0], told) == answers("key", ASKED[0])


def test_sources_that_are_asked_by_turns_answer_as_if_alone() -> None:
    told: Told = {}
    together = [(Chance("key", told=told), Chance("key"), [*asked]) for asked in (*ASKED, *ASKED)]
    for turn in range(4):
        for shared, alone, asked in together:
            how, *given = asked[turn]
            assert getattr(shared, how)(*given) == getattr(alone, how)(*given)


@pytest.mark.parametrize("other", [{"seed": 1}, {"trial": 1}, {"wild": True}])
def test_trials_share_what_the_same_source_was_told_alone(other: dict[str, Any]) -> None:
    told: dict[str, Told] = {}
    of = {"seed": 0, "trial": 0, "wild": False}
    draws = [Draw(**each, names=(), told=told) for each in (of, {**of, **other})]
    found = [draw.chance(name).normal() for draw in draws for name in ("x", "y") for _ in range(2)]
    assert found[::2] == found[1::2]
    assert len({*found}) == len(told) == 4


def test_whole_numbers_and_choices_stay() -> None:
    moved, as_drawn = Chance("key", "x", Moves({"x": [5.0] * 20}, 1)), Chance("key")
    assert [moved.randint(0, 99) for _ in range(9)] == [as_drawn.randint(0, 99) for _ in range(9)]
    assert moved.choice("abc") == as_drawn.choice("abc")
    natural = Whole(ZERO, None)
    of = [Draw(0, 0, False, (), moves) for moves in (Moves(), Moves({"x": [5.0] * 9}, 1))]
    assert _drawn(natural, of[0]) == _drawn(natural, of[1])


def test_what_floats_show_false_is_decided_though_the_hunt_has_taken_its_share() -> None:
    """A sum of a thousand terms is computed with many digits, which takes as long as all that came before."""
    assert verdict(r"k \in \mathbb{N}^{*}", r"\sum_{i=1}^{k} \frac{1}{i} < 7").verdict == "false"
    assert verdict(r"k \in \mathbb{N}^{*}", r"\sum_{i=1}^{k} \frac{1}{i^2} < 1.65").verdict == "holds"


# Symbols, what holds near 0 alone, and what holds everywhere.
LARGER = {
    "a sign": (r"a \in \mathbb{R}", r"|\sin a| = \sin |a|", r"|\sin a| = |\sin |a||"),
    "a root": (r"a \in \mathbb{R}", r"\sqrt{25 - 10 a + a^2} = 5 - a", r"\sqrt{25 - 10 a + a^2} = |5 - a|"),
    "an angle": (r"a \in \mathbb{R}", r"\arccos(\cos a) = |a|", r"\cos(\arccos(\cos a)) = \cos a"),
    "half of one": (
        r"a \in \mathbb{R}",
        r"2 \arctan(\tan \frac{a}{2}) = a",
        r"\tan(\arctan(\tan \frac{a}{2})) = \tan \frac{a}{2}",
    ),
    "a logarithm": (
        r"a \in \mathbb{R}",
        r"\ln e^{\mathrm{i} a} = \mathrm{i} a",
        r"e^{\ln e^{\mathrm{i} a}} = e^{\mathrm{i} a}",
    ),
    "beside a matrix": (
        r"n \in \mathbb{N}^{*}, \quad a \in \mathbb{R}, \quad A \in \mathbb{R}^{n \times n}",
        r"\lVert (7 - a) A \rVert_F = (7 - a) \lVert A \rVert_F",
        r"\lVert (7 - a) A \rVert_F = |7 - a| \lVert A \rVert_F",
    ),
}


@pytest.mark.parametrize(("symbols", "wrong", "right"), LARGER.values(), ids=[*LARGER])
def test_an_equality_is_tried_far_from_0_too(
    symbols: str, wrong: str, right: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = verdict(symbols, wrong)
    assert (found.verdict, "wild trial" in str(found.problem)) == ("false", True)
    assert verdict(symbols, right).verdict == "holds"
    monkeypatch.setattr(claim, "LARGER", ())
    assert verdict(symbols, wrong).verdict == "holds"


@pytest.mark.parametrize("inner", [r"a^2 x", r"a b x", r"a^3 x"])
def test_sides_that_no_digits_tell_apart_are_not_false(inner: str) -> None:
    """What is beside a sum that is 1 to all digits isn't 0, as 1 less that sum is."""
    symbols = r"n \in \mathbb{N}^{*}, \quad a, b \in \mathbb{R}, \quad x \in \mathbb{R}^{n}"
    share = rf"S_i \coloneqq \frac{{e^{{{inner}_i}}}}{{\sum_j e^{{{inner}_j}}}}"
    assert verdict(symbols, share, r"1 - S_i = \sum_{j=1}^{n} [j \neq i] S_j").verdict == "holds"
    assert verdict(symbols, share, r"1 - S_i = \sum_{j=1}^{n} [j \neq i] S_j^2").verdict == "false"


def test_where_larger_numbers_have_no_value_an_equality_holds() -> None:
    assert verdict(r"a \in \mathbb{R}", r"e^{e^{e^a}} e^{-e^{e^a}} = 1").verdict == "holds"
    assert verdict(r"a \in \mathbb{R}", r"\tanh a = \frac{e^{2 a} - 1}{e^{2 a} + 1}").verdict == "holds"


@pytest.mark.parametrize(
    ("symbols", "left", "right"),
    [
        (r"s \in \mathbb{R}_{+}", r"\sqrt{s}", r"\frac{1 + s}{2}"),
        (r"n \in \mathbb{N}^{*}, \quad x, y \in \mathbb{R}^n", r"x y^\top", r"\lVert x \rVert \lVert y \rVert"),
        (
            r"n \in \mathbb{N}^{*}, \quad x, y \in \mathbb{R}^n",
            r"\lVert x + y \rVert",
            r"\lVert x \rVert + \lVert y \rVert",
        ),
    ],
)
def test_a_bound_that_is_wrong_by_less_than_floats_tell_is_false(symbols: str, left: str, right: str) -> None:
    assert verdict(symbols, rf"{left} \leq {right}").verdict == "holds"
    assert verdict(symbols, rf"{left} \leq {right} - 10^{{-12}}").verdict == "false"
