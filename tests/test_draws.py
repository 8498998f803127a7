"""Draws: the same for the same seed, sizes apart from each other and 1 in turn, numbers inside their sets."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import combinations
from typing import Any

import pytest

from tests.equations import scope
from verimath.meaning.expression import Name, Node, Number
from verimath.meaning.statement import Arrays, Domain, Finite, Reals, Simplex, Whole
from verimath.message.refusal import EmptySet, Refusal
from verimath.numbers.array import Array
from verimath.numbers.scalar import digits
from verimath.trials import draw as draws
from verimath.trials.draw import Draw, drawn, size_names
from verimath.trials.page_trials import TRIALS, Trials

MANY = 200
HUNDRED = digits(100)


def whole(value: int) -> Number:
    return Number(Fraction(value))


def draw(trial: int = 0, seed: int = 0, wild: bool = False, names: tuple[str, ...] = ()) -> Draw:
    return Draw(seed, trial, wild, names)


def one(domain: Domain, of: Draw, context: Any = None, name: str = "x") -> Any:
    """An element of a set, whose sizes and bounds are printed numbers."""

    def evaluate(node: Node) -> Any:
        assert isinstance(node, Number)
        return node.value if context is None and node.value.denominator > 1 else int(node.value)

    return drawn(domain, name, of, evaluate, context, columns=False)


def numbers(domain: Domain, wild: bool = False) -> list[Any]:
    """One element a trial, on many trials of two seeds; of arrays, all their numbers."""
    found: list[Any] = []
    for trial in range(MANY):
        for seed in (0, 1):
            value = one(domain, draw(trial, seed, wild))
            found += value.entries.flat if isinstance(value, Array) else [value]
    return found


# Seeds

PAGE = r"m, n \in \mathbb{N}^{*}, \quad x, y \in \mathbb{R}^{n}, \quad u \in ]0, 1]"
SHUFFLED = r"u \in ]0, 1], \quad m, n \in \mathbb{N}^{*}, \quad y, x \in \mathbb{R}^{n}"


def trials(formula: str, seed: int = 0) -> Trials:
    return Trials(scope(formula), seed)


def values(of: Trials, names: str, trial: int, many: int = 0) -> dict[str, Any]:
    """Symbols read one after the other."""
    found = {}
    for name in names:
        value = of.trial(trial, many=many).value(name)
        found[name] = list(value.entries.flat) if isinstance(value, Array) else value
    return found


@pytest.mark.parametrize("trial", range(8))
def test_the_same_seed_draws_the_same_whatever_is_read_first(trial: int) -> None:
    first = values(trials(PAGE), "mnxyu", trial)
    assert values(trials(PAGE), "uyxnm", trial) == first
    assert values(trials(SHUFFLED), "yumxn", trial) == first
    # The twin: another seed, another trial.
    assert values(trials(PAGE, seed=1), "mnxyu", trial) != first
    assert values(trials(PAGE), "mnxyu", trial + 1) != first


def test_a_declaration_more_shifts_no_other_draw() -> None:
    more = PAGE + r", \quad z \in \mathbb{R}^{m \times n}"
    assert values(trials(more), "xyu", 3) == values(trials(PAGE), "xyu", 3)


def test_more_digits_draw_the_same_numbers() -> None:
    precise = values(trials(PAGE), "mnxyu", 2, many=100)
    rough = values(trials(PAGE), "mnxyu", 2)
    assert [float(x) for x in precise["x"]] == rough["x"]
    assert abs(precise["u"] - rough["u"]) < 1e-16


# Sizes


def sizes(count: int, trials: int = TRIALS, wild: bool = False) -> list[list[int]]:
    """Of so many symbols, the sizes on each trial."""
    names = tuple("abcdefgh"[:count])
    return [[draw(trial, 0, wild, names).size(name) for name in names] for trial in range(trials)]


def are_apart(drawn: list[list[int]]) -> bool:
    """Whether sizes differ on enough trials for a shape error to be seen, and are equal on some."""
    apart = sum(len({*each}) == len(each) for each in drawn)
    return 0.7 * len(drawn) <= apart < len(drawn)


@pytest.mark.parametrize("count", range(1, 9))
def test_each_size_is_one_once_and_takes_all_values_up_to_seven(count: int) -> None:
    names = tuple("abcdefgh"[:count])
    page = trials(", ".join(names) + r" \in \mathbb{N}^{*}")
    assert page.sizes == names
    for seen in map(set, zip(*sizes(count, page.count), strict=True)):
        assert seen >= {*range(1, draws.LONG + 1)}
        assert max(seen) <= max(count + 2, draws.LONG)


@pytest.mark.parametrize("count", range(2, 9))
def test_sizes_are_apart_and_at_times_equal(count: int) -> None:
    drawn = sizes(count, max(TRIALS, 4 * count))
    assert are_apart(drawn)
    assert [1] * count in drawn
    for one, other in combinations(range(count), 2):
        assert any(each[one] < each[other] for each in drawn)
        assert any(each[one] > each[other] for each in drawn)


@pytest.mark.parametrize("count", [3, 4])
def test_some_sizes_are_equal_while_another_differs(count: int) -> None:
    drawn = sizes(count)
    for one, other in zip(range(count), range(1, count), strict=False):
        assert any(each[one] == each[other] and len({*each}) > 1 for each in drawn)


def test_sizes_that_were_the_same_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """The twin of what is said of sizes apart."""
    monkeypatch.setattr(draws, "ORDERS", ("2233",))
    assert not are_apart(sizes(3))
    monkeypatch.setattr(draws, "EQUAL", {})
    assert not are_apart([[1, 2, 3]] * TRIALS)


def test_any_two_values_come_at_any_two_places() -> None:
    for one, other in combinations(range(len(draws.SIZES)), 2):
        assert len({(order[one], order[other]) for order in draws.ORDERS}) == len(draws.ORDERS)
    # The twin: in half as many orders, some don't.
    assert len({(order[0], order[1]) for order in draws.ORDERS[:6]}) < len(draws.ORDERS)


def test_an_inequality_is_tried_at_small_sizes_too() -> None:
    drawn = sizes(2, 10 * TRIALS, wild=True)[1::2]
    assert {size for each in drawn for size in each} == {1, 2, 3}
    assert len({tuple(each) for each in drawn}) == 9


def test_only_positive_whole_numbers_without_an_upper_bound_are_sizes() -> None:
    page = r"n \in \mathbb{N}^{*}, \quad k \in \mathbb{N}, \quad y \in \{1, \dots, n\}, \quad x \in \mathbb{R}"
    assert size_names(scope(page)) == ("n",)


# Numbers


@pytest.mark.parametrize("wild", [False, True])
def test_numbers_of_an_interval_lie_in_its_interior(wild: bool) -> None:
    found = numbers(Reals(whole(-1), whole(2)), wild)
    assert all(-1 < number < 2 for number in found)
    assert min(found) < -0.8
    assert max(found) > 1.8


@pytest.mark.parametrize("wild", [False, True])
def test_numbers_above_or_below_a_bound_lie_beyond_it(wild: bool) -> None:
    above, below = numbers(Reals(whole(3), None), wild), numbers(Reals(None, whole(3)), wild)
    assert all(number > 3 for number in above)
    assert all(number < 3 for number in below)
    assert max(above) > 5
    assert min(below) < 1


def test_an_interval_with_nothing_in_it_is_not_drawn() -> None:
    for bounds in ((2, 2), (3, 2)):
        with pytest.raises(EmptySet):
            one(Reals(whole(bounds[0]), whole(bounds[1])), draw())
    with pytest.raises(EmptySet):
        one(Whole(whole(3), whole(2)), draw())
    with pytest.raises(EmptySet):
        one(Arrays(Reals(), (whole(-1),)), draw())


def test_real_numbers_have_both_signs_and_several_scales() -> None:
    found = numbers(Reals())
    assert 0.4 < sum(number > 0 for number in found) / len(found) < 0.6
    assert min(map(abs, found)) < 0.02
    assert max(map(abs, found)) > 2
    # Wilder for inequalities, and on some trials as large as functions can bear.
    wild = [abs(number) for number in numbers(Reals(), wild=True)]
    assert sorted(wild)[len(wild) // 2] > 2 * sorted(map(abs, found))[len(found) // 2]
    assert 0.9 * draws.LARGE < max(wild) <= draws.LARGE
    assert math.isfinite(math.exp(max(wild)))


@pytest.mark.parametrize("bounds", [(None, None), (0, None), (None, 0), (0, 1)])
def test_no_real_number_is_drawn_twice(bounds: tuple[int | None, int | None]) -> None:
    """Of one that always is the same, a claim of its value would hold wherever no other fulfils the condition."""
    lower, upper = (None if bound is None else whole(bound) for bound in bounds)
    found = [one(Reals(lower, upper), draw(trial, wild=True)) for trial in range(100)]
    assert len({*found}) == len(found)


@pytest.mark.parametrize("dimension", [0, 1, 4])
def test_a_simplex_sums_to_one_in_all_digits(dimension: int) -> None:
    for trial in range(20):
        p = one(Simplex(whole(dimension)), draw(trial), HUNDRED)
        assert p.shape == (dimension + 1,)
        assert abs(sum(p.entries) - 1) < HUNDRED.mpf(10) ** -98
        assert all(number > 0 for number in p.entries)
    # The twin: in floats, it can't.
    rough = [HUNDRED.mpf(x) for x in one(Simplex(whole(4)), draw()).entries]
    assert HUNDRED.mpf(10) ** -20 < abs(sum(rough) - 1) < HUNDRED.mpf(10) ** -15 or sum(rough) == 1


def test_a_simplex_of_no_components_is_not_drawn() -> None:
    with pytest.raises(EmptySet):
        one(Simplex(whole(-1)), draw())


def test_whole_numbers_come_first_last_and_in_between() -> None:
    found = [one(Whole(whole(1), whole(5)), draw(trial)) for trial in range(TRIALS)]
    assert {1, 5} < {*found} <= {1, 2, 3, 4, 5}
    assert all(type(number) is int for number in found)
    assert {*numbers(Finite(tuple(map(whole, (0, 1)))))} == {0, 1}
    assert min(numbers(Whole(whole(0), None))) == 0
    assert max(numbers(Whole(whole(0), None))) > 4
    assert {number < 0 for number in numbers(Whole())} == {True, False}
    assert max(numbers(Whole(None, whole(7)))) == 7


def test_arrays_have_their_sizes_and_the_axes_of_their_parts() -> None:
    assert one(Arrays(Reals(), (whole(2), whole(3))), draw()).shape == (2, 3)
    assert one(Arrays(Simplex(whole(2)), (whole(4),)), draw()).shape == (4, 3)
    assert one(Arrays(Reals(), (whole(0),)), draw()).shape == (0,)


REFUSED: list[tuple[Domain, str]] = [
    (Arrays(Reals(), (whole(100), whole(100))), "an array of 10,000 numbers"),
    (Arrays(Reals(), (Number(Fraction(5, 2)),)), r"a size of 2\.5"),
    (Whole(Number(Fraction(1, 2)), whole(5)), "bounds that aren't whole numbers"),
]


@pytest.mark.parametrize(("domain", "evidence"), REFUSED, ids=[case[1] for case in REFUSED])
def test_sets_that_are_none_say_so(domain: Domain, evidence: str) -> None:
    with pytest.raises(Refusal, match=evidence) as refused:
        one(domain, draw())
    assert refused.value.way_out


def test_an_array_as_a_bound_is_refused() -> None:
    with pytest.raises(Refusal, match="a row of 2 as a bound of a set"):
        drawn(
            Reals(Name("x")),
            "y",
            draw(),
            lambda node: one(Arrays(Reals(), (whole(2),)), draw()),
            None,
            columns=False,
        )
