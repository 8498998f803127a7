"""The snippets of `softmax_exercises.py`, against 50 digits and complex steps; wrong twins are refused."""

import mpmath
import numpy as np
import pytest

import softmax
import softmax_exercises as page
from tests.snippets.oracle import Case, complex_step
from tests.snippets.softmax_oracle import (
    exact,
    exact_at,
    exact_difference,
    gentle_and_temperature,
    gentle_pair,
    one,
    table,
    vector,
)


def exact_logarithms(a):
    largest = max(mpmath.mpf(a_i) for a_i in a)
    log_Z = largest + mpmath.log(mpmath.fsum(mpmath.exp(mpmath.mpf(a_i) - largest) for a_i in a))
    return [mpmath.mpf(a_i) - log_Z for a_i in a]


def complex_logarithms(a):
    shifted = a - a.real.max()
    return shifted - np.log(np.exp(shifted).sum())


def exact_slopes(a):
    return [S_i * (1 - S_i) for S_i in exact(a)]


CASES = {
    "log-softmax": Case(
        page.log_softmax,
        exact_logarithms,
        vector,
        options={"terms": one},
    ),
    "softmax-inverse": Case(
        page.softmax_of_logarithms,
        exact,
        vector,
    ),
    "softmax-odds": Case(
        page.log_odds,
        lambda a: mpmath.mpf(a[0]) - mpmath.mpf(a[1]),
        gentle_pair,
        options={"terms": lambda a: float(np.abs(a).max())},
    ),
    "log-softmax-gradient": Case(
        page.log_softmax_jacobian,
        lambda a: complex_step(complex_logarithms, a),
        vector,
        {
            "of softmax": lambda a: np.diag(softmax.softmax(a)) - np.outer(softmax.softmax(a), softmax.softmax(a)),
        },
        {"terms": one},
    ),
    "softmax-slope": Case(
        page.own_slopes,
        exact_slopes,
        vector,
        {
            "the probability": softmax.softmax,
        },
        {"terms": one},
    ),
    "temperature-ratio": Case(
        page.ratios_at,
        lambda a, tau: table(lambda i, j: mpmath.exp(exact_difference(a, i, j) / mpmath.mpf(tau)), a.size),
        gentle_and_temperature,
    ),
}


@pytest.mark.parametrize("tau", [0.5, 1.0, 3.0])
def test_ratios_at_a_temperature_are_those_of_the_definition(tau):
    a = np.array([0.3, -1.2, 2.0, 0.3])
    P = np.array(exact_at(a, tau), dtype=float)
    assert page.ratios_at(a, tau) == pytest.approx(P[:, None] / P[None, :], rel=1e-12)


@pytest.mark.parametrize(("bound", "holds"), [(0.25, True), (0.24, False)])
def test_no_slope_exceeds_a_quarter_which_is_reached(bound, holds):
    pairs = [np.array([gap, 0.0]) for gap in np.linspace(-5, 5, 101)]
    assert all(page.own_slopes(a).max() <= bound for a in pairs) == holds
