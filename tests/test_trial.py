"""Trials: each symbol's value is found once; where a symbol is replaced, what reads it changes, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from tests.equations import scope
from verimath.message.refusal import Refusal
from verimath.numbers.array import Array, make
from verimath.numbers.dual import Dual, plain, slopes
from verimath.trials.page_trials import Trials
from verimath.trials.values import Trial

FORMULAS = (
    r"n \in \mathbb{N}^{*}, \quad x, b \in \mathbb{R}^{n}, \quad y \in \mathbb{R}",
    r"u \coloneqq y x, \quad v \coloneqq u \odot u, \quad z \coloneqq 2 b, \quad m \coloneqq \max_j b_j",
    r"f(t) \coloneqq t + y, \quad g(y) \coloneqq 3 y",
    r"L \coloneqq x x^\top, \quad L = L(x)",
    r"p \coloneqq q, \quad q \coloneqq p, \quad r \coloneqq 1 + \ln(-1 - y^2)",
    r"k(t) \coloneqq k(t - 1)",
)


@pytest.fixture
def trial() -> Trial:
    """One of three components."""
    found = Trials(scope(*FORMULAS)).trial(6)
    assert found.value("n") == 3
    return found


def listed(value: Any) -> list[Any]:
    assert isinstance(value, Array)
    return list(value.entries.flat)


def test_a_value_is_found_once(trial: Trial) -> None:
    assert trial.value("v") is trial.value("v")
    assert trial.value("x") is trial.value("x")
    assert listed(trial.value("v")) == [entry**2 for entry in listed(trial.value("u"))]


def test_where_a_symbol_is_replaced_what_reads_it_changes(trial: Trial) -> None:
    u = listed(trial.value("u"))
    y: Any = trial.value("y")
    inner = trial.having({"x": make((3,), [1.0, 2.0, 3.0])})
    assert listed(inner.value("u")) == [y, 2 * y, 3 * y]
    assert listed(inner.value("v")) == [y**2, (2 * y) ** 2, (3 * y) ** 2]
    # And the trial itself stays as it was, whichever is read first.
    assert listed(trial.value("u")) == u != [y, 2 * y, 3 * y]


def test_what_does_not_read_it_is_shared(trial: Trial) -> None:
    inner = trial.having({"x": make((3,), [1.0, 2.0, 3.0])})
    for name in ("b", "z", "m", "y", "n"):
        assert inner.value(name) is trial.value(name), name
    # The twin: what reads it isn't.
    for name in ("x", "u", "v", "L"):
        assert inner.value(name) is not trial.value(name), name


def test_what_is_shared_is_found_in_the_trial_first_read_from_within(trial: Trial) -> None:
    inner = trial.having({"y": 2.0})
    z = inner.value("z")
    assert trial.value("z") is z
    assert trial.having({"x": trial.value("x")}).value("z") is z


def test_what_is_replaced_within_what_is_replaced_sees_both(trial: Trial) -> None:
    inner = trial.having({"x": make((3,), [1.0, 2.0, 3.0])}).having({"y": 10.0})
    assert listed(inner.value("u")) == [10.0, 20.0, 30.0]
    assert inner.value("m") is trial.value("m")
    # A symbol may be replaced again.
    assert inner.having({"y": -1.0}).value("y") == -1.0
    assert inner.value("y") == 10.0


def test_two_replacements_do_not_mix(trial: Trial) -> None:
    one, other = trial.having({"y": 1.0}), trial.having({"y": 2.0})
    assert [2 * entry for entry in listed(one.value("u"))] == listed(other.value("u"))


def test_a_definition_that_is_replaced_is_not_looked_at(trial: Trial) -> None:
    assert trial.having({"r": 5.0}).value("r") == 5.0
    with pytest.raises(Refusal):
        trial.value("r")


# Variables of derivatives


def test_a_variable_has_a_trial_of_its_own_found_once(trial: Trial) -> None:
    inner, of = trial.independent("x", False)
    assert trial.independent("x", False) == (inner, of)
    assert of.shape == (3,)
    x = listed(trial.value("x"))
    squares = inner.value("L")
    assert isinstance(squares, Dual)
    assert slopes(squares, of.level, 3) == [2 * entry for entry in x]
    assert inner.value("z") is trial.value("z")
    assert not isinstance(trial.value("L"), Dual)


def test_two_variables_have_levels_of_their_own(trial: Trial) -> None:
    (by_x, of_x), (by_y, of_y) = trial.independent("x", False), trial.independent("y", False)
    assert of_x.level != of_y.level
    both, of_both = by_x.independent("y", False)
    assert of_both.level > of_x.level
    [by_y_of_u_1] = slopes(listed(both.value("u"))[0], of_both.level, 1)
    # ∂u_1/∂y = x_1, whose derivatives by x are those of another level.
    assert plain(by_y_of_u_1) == listed(trial.value("x"))[0]
    assert slopes(by_y_of_u_1, of_x.level, 3) == [1, 0, 0]
    y: Any = by_y.value("y")
    assert y.level == of_y.level


# Functions


def test_a_parameter_hides_a_symbol_in_the_body_only(trial: Trial) -> None:
    y: Any = trial.value("y")
    assert trial.applied("f", (1.0,)) == 1.0 + y
    assert trial.applied("g", (7.0,)) == 21.0
    assert trial.value("y") is y
    # A function reads the page's symbols where it is applied.
    assert trial.having({"y": 10.0}).applied("f", (1.0,)) == 11.0


def test_a_value_is_evaluated_again_in_another_place(trial: Trial) -> None:
    assert trial.applied("L", (make((3,), [1.0, 2.0, 2.0]),)) == 9.0
    assert trial.applied("L", (trial.value("x"),)) == trial.value("L") != 9.0
    with pytest.raises(Refusal) as refused:
        trial.applied("L", (make((2,), [1.0, 2.0]),))
    assert refused.value.evidence == "a row of 3 in the place of `x`, not a row of 2"


# What has no value


@pytest.mark.parametrize(("name", "says"), [("p", "`p` is defined by itself"), ("r", "ln of the negative number")])
def test_a_symbol_without_a_value_says_why(trial: Trial, name: str, says: str) -> None:
    with pytest.raises(Refusal) as broken:
        trial.value(name)
    assert broken.value.culprit is not None
    assert broken.value.evidence.startswith(says)
    # It says so each time, and of no other symbol.
    with pytest.raises(Refusal):
        trial.value(name)
    assert trial.value("m") == max(listed(trial.value("b")))


def test_a_function_that_calls_itself_ends(trial: Trial) -> None:
    with pytest.raises((Refusal, Refusal)):
        trial.applied("k", (1.0,))
    # The twin: many calls one after the other are no circle.
    assert [trial.applied("f", (0.0,)) for _ in range(300)] == [trial.value("y")] * 300


# Trials


def test_a_trial_is_kept_and_shared_by_all_equations_of_a_page() -> None:
    found = Trials(scope(*FORMULAS))
    assert found.trial(3) is found.trial(3)
    others = (found.trial(4), found.trial(3, wild=True), found.trial(3, many=50), found.trial(3, fixed=(("n", 2),)))
    assert len({id(found.trial(3)), *map(id, others)}) == 5


def test_a_fixed_symbol_has_its_value_on_the_trial() -> None:
    fixed = Trials(scope(*FORMULAS)).trial(1, fixed=(("n", 2),))
    assert fixed.value("n") == 2
    assert len(listed(fixed.value("x"))) == 2
    assert len(listed(fixed.value("u"))) == 2
