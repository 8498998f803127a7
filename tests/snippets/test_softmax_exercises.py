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
        {
            "sign": lambda a: -page.log_softmax(a),
            "base two": lambda a: page.log_softmax(a) / np.log(2),
            "no logarithm": softmax.softmax,
            "less the maximum only": softmax.shifted,
            "plain form, which overflows": lambda a: a - np.log(np.exp(a).sum()),
        },
        {"terms": one},
    ),
    "softmax-inverse": Case(
        page.softmax_of_logarithms,
        exact,
        vector,
        {
            "of the probabilities": lambda a: softmax.softmax(softmax.softmax(a)),
            "of the opposite": lambda a: softmax.softmax(-page.log_softmax(a)),
            "the logarithms": page.log_softmax,
        },
    ),
    "log-softmax-gradient": Case(
        page.log_softmax_jacobian,
        lambda a: complex_step(complex_logarithms, a),
        vector,
        {
            "transposed": lambda a: page.log_softmax_jacobian(a).T,
            "sign": lambda a: -page.log_softmax_jacobian(a),
            "of softmax": lambda a: np.diag(softmax.softmax(a)) - np.outer(softmax.softmax(a), softmax.softmax(a)),
            "no delta": lambda a: np.tile(-softmax.softmax(a), (a.size, 1)),
        },
        {"terms": one},
    ),
    "softmax-slope": Case(
        page.own_slopes,
        exact_slopes,
        vector,
        {
            "the bound": lambda a: np.full(a.size, 0.25),
            "the probability": softmax.softmax,
            "its square": lambda a: softmax.softmax(a) ** 2,
        },
        {"terms": one},
    ),
    "temperature-ratio": Case(
        page.ratios_at,
        lambda a, tau: table(lambda i, j: mpmath.exp(exact_difference(a, i, j) / mpmath.mpf(tau)), a.size),
        gentle_and_temperature,
        {
            "transposed": lambda a, tau: page.ratios_at(a, tau).T,
            "power tau": lambda a, tau: softmax.ratios(a) ** tau,
            "divided by tau": lambda a, tau: softmax.ratios(a) / tau,
        },
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
