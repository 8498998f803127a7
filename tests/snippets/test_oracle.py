"""The comparison itself: it accepts what is right, and fails when it must."""

from dataclasses import replace

import mpmath
import numpy as np
import pytest

from tests.snippets.oracle import SCALES, SIZES, TRIALS, agrees, complex_step, disagreement, refuses


def vector(trial):
    return (trial.vector(),)


def doubled(x):
    return [2 * mpmath.mpf(component) for component in x]


def changes_its_argument(x):
    x *= 2
    return x


def zero_at_the_largest_scale(x):
    return 2 * x if np.abs(x).max() < 100 else 0 * x


WRONG = {
    "sign": lambda x: -2 * x,
    "missing term": lambda x: x,
    "a digit too early": lambda x: 2 * x * (1 + 1e-11),
    "shape": lambda x: 2 * x[None, :],
    "number for a vector": lambda x: 2 * x[0],
    "nan": lambda x: x * np.nan,
    "infinity": lambda x: x * np.inf,
    "only the first component": lambda x: np.where(np.arange(x.size) == 0, 2 * x, 0),
    "only small numbers": zero_at_the_largest_scale,
    "in place": changes_its_argument,
    "shapes that have no product": lambda x: np.eye(7) @ x,
}


def test_the_right_function_agrees():
    agrees(lambda x: x + x, doubled, vector)


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
def test_a_wrong_function_is_refused(wrong):
    with np.errstate(all="ignore"), pytest.raises((AssertionError, ValueError)):
        agrees(wrong, doubled, vector)
    refuses(wrong, doubled, vector)


def test_refusing_a_right_function_fails():
    with pytest.raises(AssertionError, match="the wrong twin was not noticed"):
        refuses(lambda x: x + x, doubled, vector)


def test_a_twin_that_is_broken_rather_than_wrong_comes_through():
    with pytest.raises(ZeroDivisionError):
        refuses(lambda x: 1 // 0, doubled, vector)


def test_a_failure_names_its_trial():
    with pytest.raises(AssertionError, match=r"Trial\(size=1, scale=0.001, seed=0\): off by 5.0e-01"):
        agrees(lambda x: x, doubled, vector)


@pytest.mark.parametrize(
    ("got", "expected", "terms", "worst"),
    [
        ([1.0, 2.0], [1.0, 2.0], 0.0, 0.0),
        ([1.0, 3.0], [1.0, 2.0], 0.0, 0.5),
        ([1.0, 3.0], [1.0, 2.0], 10.0, 0.1),
        (0.0, 0.0, 0.0, 0.0),
        (1e-300, 0.0, 0.0, np.inf),
        (1e-17, 0.0, 1.0, 1e-17),
        ([1.0], 1.0, 0.0, np.inf),
        (np.nan, 1.0, 0.0, np.inf),
        (np.nan, np.nan, 0.0, np.inf),
        (np.inf, np.inf, 0.0, np.inf),
    ],
)
def test_disagreement_is_relative_to_what_is_expected(got, expected, terms, worst):
    assert disagreement(got, expected, terms) == worst


def test_trials_cover_sizes_and_scales():
    assert {(trial.size, trial.scale) for trial in TRIALS} == {(n, s) for n in SIZES for s in SCALES}


@pytest.mark.parametrize("trial", TRIALS[::7], ids=str)
def test_a_trial_draws_the_same_again_but_never_twice_the_same(trial):
    first, again = replace(trial), replace(trial)
    assert np.array_equal(first.vector(), again.vector())
    assert not np.array_equal(first.vector(), first.vector())


@pytest.mark.parametrize("trial", TRIALS, ids=str)
def test_the_simplex_is_drawn_inside(trial):
    p = replace(trial).simplex()
    assert p.shape == (trial.size,)
    assert (p > 0).all()
    assert abs(p.sum() - 1) < 1e-15 * trial.size


def test_the_oracle_runs_in_fifty_digits():
    digits = set()

    def unchanged(x):
        digits.add(mpmath.mp.dps)
        return x

    agrees(lambda x: x, unchanged, vector)
    assert digits == {50}


@pytest.mark.parametrize(
    ("function", "x", "derivative"),
    [
        (lambda x: (x**2).sum(), np.array([1.0, 2.0]), [2.0, 4.0]),
        (lambda x: x**2, np.array([1.0, 2.0]), [[2.0, 0.0], [0.0, 4.0]]),
        (lambda x: np.array([x[0] * x[1], x[0], x[1]]), np.array([3.0, 5.0]), [[5.0, 3.0], [1.0, 0.0], [0.0, 1.0]]),
        (lambda m: m[0, 0] * m[1, 2], np.ones((2, 3)), [[1.0, 0.0, 0.0], [0.0, 0.0, 1.0]]),
        (lambda t: t**3, np.array(2.0), 12.0),
    ],
    ids=["number", "vector", "other length", "matrix", "of a number"],
)
def test_the_complex_step_gives_the_derivative_value_first(function, x, derivative):
    assert disagreement(complex_step(function, x), derivative) < 1e-15
