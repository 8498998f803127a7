"""The snippets of `softmax.py`, against the definition in 50 digits, and wrong twins that must be refused."""

import re
from dataclasses import replace
from itertools import pairwise

import mpmath
import numpy as np
import pytest

import softmax as page
from tests.snippets.oracle import TRIALS, Case, disagreement
from tests.snippets.softmax_oracle import (
    exact,
    exact_difference,
    exact_exponentials,
    gentle,
    gentle_and_constant,
    gentle_and_factor,
    normalised,
    spread,
    table,
    vector,
)

PROBABILITIES = {
    "sign": lambda a: normalised(np.exp(-(a - a.min()))),
    "not normalised": lambda a: np.exp(a - a.max()),
    "last term missing below": lambda a: np.exp(a) / np.exp(a[:-1]).sum(),
    "components in reverse": lambda a: normalised(np.exp(a - a.max()))[::-1],
}
CASES = {
    "softmax": Case(page.softmax_by_components, exact, gentle, PROBABILITIES),
    "softmax-name": Case(page.softmax_naive, exact, gentle, PROBABILITIES),
    "softmax-computed": Case(page.softmax, exact, vector, PROBABILITIES),
    "softmax-bounds": Case(
        page.softmax_by_differences,
        exact,
        gentle,
        {
            "the 1 counted twice": lambda a: 1 / (1 + np.exp(spread(a)).sum(axis=1)),
        },
    ),
    "softmax-example": Case(
        page.example,
        lambda: exact([1, 2, 5]),
        lambda trial: (),
    ),
    "softmax-denominator": Case(
        page.denominator,
        lambda a: mpmath.fsum(exact_exponentials(a)),
        gentle,
        {
            "last term missing": lambda a: np.exp(a[:-1]).sum(),
        },
    ),
    "softmax-sum": Case(
        page.sum_of_probabilities,
        lambda a: mpmath.mpf(1),
        gentle,
        {
            "last term missing": lambda a: page.softmax(a)[:-1].sum(),
            "squares": lambda a: (page.softmax(a) ** 2).sum(),
        },
    ),
    "softmax-ratio": Case(
        page.ratios,
        lambda a: table(lambda i, j: mpmath.exp(exact_difference(a, i, j)), a.size),
        gentle,
    ),
    "softmax-order": Case(
        page.log_ratios,
        lambda a: table(lambda i, j: exact_difference(a, i, j), a.size),
        gentle,
    ),
    "softmax-shift": Case(
        page.softmax_scaled,
        lambda a, K: exact(a),
        gentle_and_factor,
        {
            "first component only": lambda a, K: page.softmax(a + np.log(K) * (np.arange(a.size) == 0)),
        },
    ),
    "softmax-kernel": Case(
        page.softmax_translated,
        lambda a, c: exact(a),
        gentle_and_constant,
        {
            "first component only": lambda a, c: page.softmax(a + c * (np.arange(a.size) == 0)),
        },
    ),
    "softmax-stable": Case(
        page.shifted,
        lambda a: [mpmath.mpf(a_i) - max(mpmath.mpf(a_j) for a_j in a) for a_i in a],
        vector,
        {
            "largest magnitude": lambda a: a - np.abs(a).max(),
        },
    ),
}


def smallest_agreement(function):
    """Worst relative difference of any one component with the definition, where float64 can hold it in full."""
    worst = 0.0
    for trial in TRIALS:
        a = replace(trial).vector()
        with mpmath.workdps(50):
            worst = max(
                worst, *(disagreement(got, s) for got, s in zip(function(a), exact(a), strict=True) if s > 1e-300)
            )
    return worst


def test_small_probabilities_are_as_exact_as_large_ones():
    assert smallest_agreement(page.softmax) < 1e-12


def test_a_probability_lost_to_rounding_is_noticed():
    assert smallest_agreement(lambda a: page.softmax(a) + 1e-17) > 1e-12


# What the page says of order, of bounds and of constants.


def keeps_the_order(function):
    draws = [replace(trial).vector() for trial in TRIALS]
    return all(lower <= upper for a in draws for lower, upper in pairwise(function(a)[np.argsort(a)]))


@pytest.mark.parametrize(
    ("function", "keeps"),
    [(page.softmax, True), (lambda a: page.softmax(-a), False), (lambda a: a[::-1], False)],
    ids=["softmax", "sign", "reversed"],
)
def test_softmax_keeps_the_order(function, keeps):
    assert keeps_the_order(function) == keeps


@pytest.mark.parametrize(
    ("a", "differs"), [([3.0, 4.0, 7.0], False), ([2.0, 4.0, 10.0], True), ([1.0, 2.0, 6.0], True)]
)
def test_only_a_constant_changes_nothing(a, differs):
    assert (disagreement(page.softmax(a), page.softmax([1.0, 2.0, 5.0])) > 1e-12) == differs


@pytest.mark.parametrize(
    ("dtype", "naive", "stable"),
    [
        (np.float64, [0.0, 0.0, np.nan], [5.75274406440600e-290, 2.39848787e-145, 1.0]),
        (np.float32, [np.nan] * 3, [0.0, 0.0, 1.0]),
        (np.float16, [np.nan] * 3, [0.0, 0.0, 1.0]),
    ],
)
def test_the_plain_form_overflows_and_the_shifted_one_does_not(dtype, naive, stable):
    a = np.array([123, 456, 789], dtype)
    with np.errstate(all="ignore"):
        assert np.array_equal(page.softmax_naive(a), naive, equal_nan=True)
    assert page.softmax(a).dtype == dtype
    assert np.allclose(page.softmax(a), stable, rtol=1e-8, atol=0)


def test_the_plain_form_warns():
    with pytest.warns(RuntimeWarning) as warnings:
        page.softmax_naive(np.array([123.0, 456.0, 789.0]))
    assert [str(warning.message) for warning in warnings] == [
        "overflow encountered in exp",
        "invalid value encountered in divide",
    ]


# 1 + x rounds to 1 up to half a unit in the last place, and x rounds to 0 up to half the smallest positive float.
BITS = {np.float64: (53, 1075), np.float32: (24, 150), np.float16: (11, 25)}


@pytest.mark.parametrize("dtype", BITS)
@pytest.mark.parametrize(("component", "rounded_to"), [(0, 1.0), (1, 0.0)], ids=["to 1", "to 0"])
def test_probabilities_saturate_beyond_the_gap_that_the_page_gives(dtype, component, rounded_to):
    gap = BITS[dtype][component] * np.log(2)
    before, after = (page.softmax(np.array([0.0, -gap * wider], dtype))[component] for wider in (0.97, 1.03))
    assert before != rounded_to
    assert after == rounded_to


# Input that isn't a vector of numbers, next to input that is.


@pytest.mark.parametrize(
    ("function", "arguments", "expected"),
    [
        (page.softmax, ([0.0, 0.0],), [0.5, 0.5]),
        (page.softmax, ([5, 5],), [0.5, 0.5]),
        (page.softmax, (np.array([0, 200], np.uint8),), [np.exp(-200), 1.0]),
        (page.softmax, ([7.0],), [1.0]),
        (page.softmax, ([],), "softmax takes a vector, not shape (0,)"),
        (page.softmax, (3.0,), "softmax takes a vector, not shape ()"),
        (page.softmax, (np.eye(2),), "softmax takes a vector, not shape (2, 2)"),
        (page.softmax, ([0.0, np.nan],), "softmax takes finite numbers"),
        (page.softmax, ([0.0, np.inf],), "softmax takes finite numbers"),
    ],
)
def test_input_is_taken_or_refused_with_a_reason(function, arguments, expected):
    if isinstance(expected, str):
        with pytest.raises(ValueError, match=f"^{re.escape(expected)}$"):
            function(*arguments)
    else:
        assert np.allclose(function(*arguments), expected, rtol=1e-15, atol=0)
