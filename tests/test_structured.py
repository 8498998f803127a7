"""The values that structured trials take: special ones, all pairs of kinds, and none outside of its printed set."""

from __future__ import annotations

from functools import partial
from itertools import combinations
from typing import Any

import pytest

from tests.equations import scope
from tests.verdicts import verdict
from verimath.evaluation import evaluate
from verimath.meaning.statement import Arrays
from verimath.numbers.array import Array, Value
from verimath.trials.draw import contains
from verimath.trials.page_trials import Trials
from verimath.trials.structured import KINDS, RUNS, Plan, Run

COLUMNS = {name: n for n, name in enumerate("abcdefg")}


def run(number: int) -> Run:
    return Plan(COLUMNS, ("n", "m"), {}).run(number)


def test_any_two_symbols_take_all_pairs_of_kinds() -> None:
    for one, other in combinations(COLUMNS, 2):
        pairs = {(run(number).kind(one), run(number).kind(other)) for number in range(RUNS)}
        assert len(pairs) == KINDS * KINDS, (one, other)


def test_a_symbol_takes_each_kind_with_each_structure_of_sizes() -> None:
    for name in COLUMNS:
        pairs = {(run(number).kind(name), number // KINDS) for number in range(RUNS)}
        assert len(pairs) == KINDS * KINDS, name


SETS = [
    r"\mathbb{R}",
    r"\mathbb{R}^{*}",
    r"\mathbb{R}_{+}",
    r"\mathbb{R}_{+}^{*}",
    r"\mathbb{R}_{-}",
    r"{]0, 1[}",
    r"[0, 1]",
    r"{]-2, 3]}",
    r"\mathbb{N}",
    r"\mathbb{Z}",
    r"\{2, \dots, 5\}",
    r"\{-1, 4\}",
    r"\Delta^{m-1}",
]

POWERS = [
    r"\mathbb{R}^{n}",
    r"{]0, 1[}^{n}",
    r"{[0, 1]}^{n}",
    r"{]-2, 3]}^{n \times m}",
    r"\{2, \dots, 5\}^{n}",
    r"(\Delta^{m-1})^{n}",
]


def drawn_on_all_runs(domain: str, name: str = "x") -> list[Value]:
    """The values of a symbol of this set on all structured trials."""
    trials = Trials(scope(rf"n, m \in \mathbb{{N}}^{{*}}, \quad w, {name} \in {domain}")).structured(
        ("n", "m", "w", name)
    )
    return [trials.trial(number).value(name) for number in range(RUNS)]


def listed(value: Value) -> list[Any]:
    return [*value.entries.flat] if isinstance(value, Array) else [value]


@pytest.mark.parametrize("domain", [*SETS, *POWERS])
def test_no_value_lies_outside_of_its_set(domain: str) -> None:
    names = scope(rf"n, m \in \mathbb{{N}}^{{*}}, \quad x \in {domain}")
    declared = names.domain("x")
    assert declared is not None
    base = declared.of if isinstance(declared, Arrays) else declared
    for number, value in enumerate(drawn_on_all_runs(domain)):
        trial = Trials(names).structured(("n", "m", "x")).trial(number)
        evaluated = partial(evaluate, frame=trial.frame())
        assert all(contains(base, each, evaluated) for each in listed(value))


@pytest.mark.parametrize(
    ("domain", "special"),
    [
        (r"\mathbb{R}", {0, 1, -1}),
        (r"\mathbb{R}_{+}", {0, 1}),
        (r"\mathbb{R}_{+}^{*}", {1}),
        (r"[0, 1]", {0, 1}),
        (r"{]-2, 3]}", {0, 1, -1, 3}),
        (r"\{2, \dots, 5\}", {2, 3, 4, 5}),
        (r"\{-1, 4\}", {-1, 4}),
    ],
)
def test_special_values_and_closed_ends_are_taken(domain: str, special: set[int]) -> None:
    assert special <= {*drawn_on_all_runs(domain)}


def test_an_open_end_is_never_taken() -> None:
    assert not {0, 1} & {*drawn_on_all_runs(r"{]0, 1[}")}
    assert -2 not in drawn_on_all_runs(r"{]-2, 3]}")


def test_two_symbols_of_one_set_are_equal_on_some_trials_and_opposite_on_others() -> None:
    for domain in (r"\mathbb{R}", r"\mathbb{R}^{n}", r"\mathbb{R}^{n \times m}"):
        trials = Trials(scope(rf"n, m \in \mathbb{{N}}^{{*}}, \quad w, x \in {domain}")).structured(
            ("n", "m", "w", "x")
        )
        pairs = [(listed(trials.trial(n).value("w")), listed(trials.trial(n).value("x"))) for n in range(RUNS)]
        moving = [(w, x) for w, x in pairs if any(w)]
        assert any(w == x for w, x in moving), domain
        assert any(w == [-each for each in x] for w, x in moving), domain


@pytest.mark.parametrize(
    ("domain", "is_there"),
    {
        r"\mathbb{R}^{3}": [
            lambda v: not any(v),
            lambda v: v == [1, 1, 1],
            lambda v: len({*v}) == 1 and v[0] not in (0, 1),
            lambda v: {*v} == {-1, 1},
            lambda v: [bool(each) for each in v] == [True, False, False],
            lambda v: len({*v}) == 2 and 0 in v,
        ],
        r"\mathbb{R}^{2 \times 2}": [
            lambda v: v == [1, 0, 0, 1],
            lambda v: not v[1] and not v[2] and v[0] != v[3],
            lambda v: v[:2] == v[2:] and v[0] != v[1],
            lambda v: v[0] * v[3] == v[1] * v[2] and all(v) and v[:2] != v[2:],
        ],
        r"\Delta^{2}": [
            lambda v: v == [1, 0, 0],
            lambda v: v == [0, 0, 1],
            lambda v: len({*v}) == 1,
            lambda v: sorted(v)[0] == 0 < sorted(v)[1],
        ],
        r"\{1, \dots, 3\}^{3}": [
            lambda v: v == [1, 1, 1],
            lambda v: v == [3, 3, 3],
            lambda v: sorted(v) == [1, 2, 3],
        ],
    }.items(),
)
def test_arrays_take_their_structures(domain: str, is_there: list[Any]) -> None:
    values = [listed(value) for value in drawn_on_all_runs(domain)]
    for n, each in enumerate(is_there):
        assert any(each(value) for value in values), n


@pytest.mark.parametrize(("declared", "least"), [(r"x \in \mathbb{R}", 20), (r"x, y \in \mathbb{R}", 1)])
def test_trials_with_the_same_values_are_known_by_them(declared: str, least: int) -> None:
    names = scope(declared)
    special = Trials(names).structured({*names.values})
    values = [[str(special.trial(number).value(name)) for name in names.values] for number in range(RUNS)]
    told = [special.told(number) for number in range(RUNS)]
    for (one, key), (other, another) in combinations(zip(values, told, strict=True), 2):
        assert (one == other) == (key == another)
    assert RUNS - len({*told}) >= least


def test_0_and_minus_0_are_told_apart() -> None:
    names = scope(r"x, y \in \mathbb{R}")
    special = Trials(names).structured({*names.values})
    special.trial(0).known["x"], special.trial(1).known["x"] = 0.0, -0.0
    special.trial(0).known["y"], special.trial(1).known["y"] = 1.0, 1.0
    assert special.told(0) != special.told(1)
    special.trial(1).known["x"] = 0.0
    assert special.told(0) == special.told(1)


def test_a_trial_without_a_value_is_known_by_its_number() -> None:
    names = scope(r"m \in \mathbb{N}^{*}, \quad k \in \{m, m + 1, \dots, 1\}")
    special = Trials(names).structured({*names.values})
    told = {special.told(number) for number in range(RUNS)}
    assert any(isinstance(key, int) for key in told)
    assert any(isinstance(key, tuple) for key in told)


# What is claimed for all of a set: false at a special value alone, and its twin.
FOR_ALL = [
    (r"[t = 0] = 0 \quad \forall t \in \mathbb{R}", r"[t = 2] = 0 \quad \forall t \in [0, 1]"),
    (
        r"(\operatorname{sign} t)^2 = 1 \quad \forall t \in [-1, 1]",
        r"(\operatorname{sign} t)^3 = \operatorname{sign} t \quad \forall t \in [-1, 1]",
    ),
    (
        r"\lVert x \rVert > 0 \quad \forall x \in \mathbb{R}^{n}",
        r"\lVert x \rVert \geq 0 \quad \forall x \in \mathbb{R}^{n}",
    ),
    (
        r"\det(S + t I) > 0 \quad \forall t \in \mathbb{R}_{+}",
        r"\det(S + t I) > 0 \quad \forall t \in \mathbb{R}_{+}^{*}",
    ),
]


@pytest.mark.parametrize(("wrong", "right"), FOR_ALL)
def test_letters_behind_for_all_take_special_values(wrong: str, right: str) -> None:
    symbols = r"n \in \mathbb{N}^{*}, \quad S \in \mathbb{S}_{+}^{n}"
    assert verdict(symbols, wrong).verdict == "false"
    assert verdict(symbols, right).verdict == "holds"


def test_where_a_letter_behind_for_all_leaves_no_value_is_said() -> None:
    found = verdict(r"a \in \mathbb{R}", r"\frac{t^2}{t} = t \quad \forall t \in \mathbb{R}")
    assert (found.verdict, found.excluded) == ("holds", "t = 0")
