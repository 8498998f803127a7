"""The snippets of `divergence_exercises.py`, against 50 digits; wrong twins are refused."""

import re

import mpmath
import numpy as np
import pytest

import divergence
import divergence_exercises as page
from tests.snippets.oracle import Case
from tests.snippets.test_divergence import (
    exact_entropy,
    exact_kl,
    exact_sum,
    largest_entropy,
    one_distribution,
    surprises,
    two_distributions,
)


def exact_mean(p, q):
    return [(mpmath.mpf(p_i) + mpmath.mpf(q_i)) / 2 for p_i, q_i in zip(p, q, strict=True)]


def exact_half_way(p, q):
    return exact_kl(p, exact_mean(p, q))


def exact_jensen_shannon(p, q):
    mean = exact_mean(p, q)
    return (exact_kl(p, mean) + exact_kl(q, mean)) / 2


# p as drawn sums to 1 only to rounding, and in the sum of p^2 / q this is as much as 1 / q; the definition by
# differences isn't concerned.
def exact_chi_square(p, q):
    return exact_sum(lambda p_i, q_i: (p_i - q_i) ** 2 / q_i, p, q)


def surprises_of_means(p, q):
    return surprises(p, (p + q) / 2) + surprises(q, (p + q) / 2) + 1.0


def surprises_and_one(p):
    return largest_entropy(p) + 1.0


CASES = {
    "uniform-belief": Case(
        page.cross_entropy_of_uniform,
        lambda p: mpmath.log(p.size),
        one_distribution,
        {
            "entropy": divergence.entropy,
        },
        {"terms": surprises_and_one},
    ),
    "kl-uniform": Case(
        page.kl_from_uniform,
        lambda p: mpmath.log(p.size) - exact_entropy(p),
        one_distribution,
        options={"terms": surprises_and_one},
    ),
    "kl-half-way": Case(
        page.kl_half_way,
        exact_half_way,
        two_distributions,
        options={"terms": surprises_of_means},
    ),
    "jensen-shannon": Case(
        page.jensen_shannon,
        exact_jensen_shannon,
        two_distributions,
        options={"terms": surprises_of_means},
    ),
    "kl-chi-square": Case(
        page.chi_square,
        exact_chi_square,
        two_distributions,
    ),
}


def test_the_two_forms_of_chi_square_are_one():
    p, q = np.array([0.5, 0.3, 0.2]), np.array([0.1, 0.2, 0.7])
    assert page.chi_square(p, q) == pytest.approx(np.sum(p**2 / q) - 1, rel=1e-14)


CERTAIN, FAIR, OTHER = [1.0, 0.0], [0.5, 0.5], [0.0, 1.0]
LN2 = float(np.log(2))


@pytest.mark.parametrize(
    ("function", "p", "q", "expected"),
    [
        (page.kl_half_way, CERTAIN, OTHER, LN2),
        (page.kl_half_way, FAIR, FAIR, 0.0),
        (page.jensen_shannon, CERTAIN, OTHER, LN2),
        (page.jensen_shannon, FAIR, FAIR, 0.0),
        (page.chi_square, CERTAIN, FAIR, 1.0),
        (page.chi_square, FAIR, CERTAIN, "chi-square divides by each q_i, not by 0: [1. 0.]"),
        (page.chi_square, FAIR, [1.0], "distributions over [2, 1] outcomes can't be compared"),
        (page.kl_half_way, FAIR, [0.5, 0.6], "a distribution sums to 1, not to 1.1"),
    ],
)
def test_zeros_are_taken_where_they_cost_nothing(function, p, q, expected):
    if isinstance(expected, str):
        with pytest.raises(ValueError, match=f"^{re.escape(expected)}$"):
            function(p, q)
    else:
        assert function(p, q) == pytest.approx(expected, rel=1e-14, abs=1e-15)
