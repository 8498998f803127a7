"""The snippets of `softmax_derivatives.py`, against complex steps of the definition, and wrong twins to refuse."""

import re
from dataclasses import replace

import numpy as np
import pytest

import softmax
import softmax_derivatives as derivatives
from tests.snippets.oracle import TRIALS, Case, complex_step
from tests.snippets.softmax_oracle import (
    complex_jacobian,
    complex_softmax,
    exact,
    exact_at,
    gentle,
    gentle_and_temperature,
    gentle_pair,
    one,
    size_over_temperature,
    vector,
    vector_and_temperature,
)

AT_TEMPERATURE = {
    "squared": lambda a, tau: softmax.softmax(a / tau**2),
}
JACOBIANS = {
    "plus": lambda a: 2 * np.diag(softmax.softmax(a)) - derivatives.jacobian(a),
    "no delta": lambda a: derivatives.jacobian(a) - np.diag(softmax.softmax(a)),
    "no product": lambda a: np.diag(softmax.softmax(a)),
    "diagonal only": lambda a: np.diag(np.diag(derivatives.jacobian(a))),
    "index": lambda a: np.diag(softmax.softmax(a)) - softmax.softmax(a)[:, None] ** 2,
}
CASES = {
    "softmax-image": Case(derivatives.image, exact, vector),
    "softmax-numerator-gradient": Case(
        derivatives.numerator_jacobian,
        lambda a: complex_step(np.exp, a),
        gentle,
        {
            "all variables": lambda a: np.tile(np.exp(a), (a.size, 1)),
        },
    ),
    "softmax-denominator-gradient": Case(
        derivatives.denominator_gradient,
        lambda a: complex_step(lambda x: np.exp(x).sum(), a),
        gentle,
        {
            "the sum itself": lambda a: np.full(a.size, np.exp(a).sum()),
            "reversed": lambda a: np.exp(a)[::-1],
        },
    ),
    "softmax-jacobian-cases": Case(derivatives.jacobian_by_cases, complex_jacobian, vector, JACOBIANS, {"terms": one}),
    "softmax-jacobian": Case(derivatives.jacobian_by_components, complex_jacobian, vector, JACOBIANS, {"terms": one}),
    "softmax-jacobian-matrix": Case(derivatives.jacobian, complex_jacobian, vector, JACOBIANS, {"terms": one}),
    "softmax-jacobian-symmetry": Case(
        derivatives.jacobian_transposed, lambda a: complex_jacobian(a).T, vector, JACOBIANS, {"terms": one}
    ),
    "softmax-jacobian-rows": Case(
        derivatives.jacobian_row_sums,
        lambda a: np.zeros(a.size),
        vector,
        {
            "last column missing": lambda a: derivatives.jacobian(a)[:, :-1].sum(axis=1),
        },
        {"terms": one},
    ),
    "softmax-temperature": Case(derivatives.softmax_at, exact_at, vector_and_temperature, AT_TEMPERATURE),
    "temperature-cold": Case(derivatives.softmax_below_one, exact_at, vector_and_temperature, AT_TEMPERATURE),
    "temperature-hot": Case(
        derivatives.softmax_from_mean,
        exact_at,
        gentle_and_temperature,
        AT_TEMPERATURE,
    ),
    "temperature-gradient": Case(
        derivatives.temperature_gradient,
        lambda a, tau: complex_step(lambda t: complex_softmax(a / t), np.array(tau)),
        vector_and_temperature,
        options={"terms": size_over_temperature},
    ),
    "softmax-sigmoid": Case(
        derivatives.first_of_two,
        lambda a: exact(a)[0],
        gentle_pair,
    ),
}


# The bounds from which the page reads the limits, next to bounds that are too tight.

ROUNDING = 1 + 1e-12
BOUNDS = {
    "cold": (True, lambda a, tau, P: np.exp((a - a.max()) / tau) * ROUNDING >= P),
    "hot, above": (True, lambda a, tau, P: np.exp((a - a.min()) / tau) / a.size * ROUNDING >= P),
    "hot, below": (True, lambda a, tau, P: np.exp((a - a.max()) / tau) / a.size <= P * ROUNDING),
    "cold, shared": (False, lambda a, tau, P: np.exp((a - a.max()) / tau) / a.size * ROUNDING >= P),
    "hot, halved above": (False, lambda a, tau, P: np.exp((a - a.min()) / tau) / a.size * ROUNDING >= 2 * P),
    "hot, mean below": (False, lambda a, tau, P: np.exp((a - a.mean()) / tau) / a.size <= P * ROUNDING),
}


@pytest.mark.parametrize(("holds", "bound"), BOUNDS.values(), ids=BOUNDS)
def test_probabilities_at_a_temperature_lie_within_their_bounds(holds, bound):
    draws = [gentle_and_temperature(replace(trial)) for trial in TRIALS]
    assert all(bound(a, tau, derivatives.softmax_at(a, tau)).all() for a, tau in draws) == holds


@pytest.mark.parametrize(
    ("a", "tau", "limit"),
    [
        ([1.0, 2.0, 5.0], 1e-3, [0.0, 0.0, 1.0]),
        ([1.0, 5.0, 5.0], 1e-3, [0.0, 0.5, 0.5]),
        ([1.0, 2.0, 5.0], 1e9, [1 / 3] * 3),
    ],
    ids=["one maximum", "a tie", "hot"],
)
def test_temperature_has_the_limits_that_the_page_gives(a, tau, limit):
    assert np.allclose(derivatives.softmax_at(np.array(a), tau), limit, rtol=0, atol=1e-8)


# Input that can't be taken, next to input that can.

NOT_TWO = "two classes have two scores, not shape"


@pytest.mark.parametrize(
    ("function", "arguments", "expected"),
    [
        (derivatives.softmax_at, (np.array([0.0, 1e-3]), 1e-6), [0.0, 1.0]),
        (derivatives.softmax_at, (np.array([0.0, 1.0]), np.inf), [0.5, 0.5]),
        (derivatives.softmax_at, (np.array([0.0, 1.0]), 0), "a temperature is positive, not 0"),
        (derivatives.softmax_at, (np.array([0.0, 1.0]), -2.5), "a temperature is positive, not -2.5"),
        (derivatives.softmax_at, (np.array([0.0, 1.0]), np.nan), "a temperature is positive, not nan"),
        (derivatives.temperature_gradient, (np.array([1.0, 1.0]), 2.0), [0.0, 0.0]),
        (derivatives.temperature_gradient, (np.array([0.0, 1.0]), 0), "a temperature is positive, not 0"),
        (derivatives.first_of_two, (np.array([3.0, 3.0]),), 0.5),
        (derivatives.first_of_two, (np.array([3.0]),), f"{NOT_TWO} (1,)"),
        (derivatives.first_of_two, (np.array([1.0, 2.0, 5.0]),), f"{NOT_TWO} (3,)"),
    ],
)
def test_input_is_taken_or_refused_with_a_reason(function, arguments, expected):
    if isinstance(expected, str):
        with pytest.raises(ValueError, match=f"^{re.escape(expected)}$"):
            function(*arguments)
    else:
        assert np.allclose(function(*arguments), expected, rtol=1e-15, atol=0)
