"""The snippets of `divergence.py` and `divergence_sign.py`, against 50 digits and SciPy; wrong twins are refused."""

import re

import mpmath
import numpy as np
import pytest

import divergence as page
import divergence_sign as sign
from tests.snippets.oracle import Case

# Oracles: the definitions, term by term, in 50 digits.


def exact_sum(term, *vectors):
    return mpmath.fsum(term(*map(mpmath.mpf, row)) for row in zip(*vectors, strict=True))


def exact_cross_entropy(p, q):
    return exact_sum(lambda p_i, q_i: -p_i * mpmath.log(q_i), p, q)


def exact_entropy(p):
    return exact_sum(lambda p_i: -p_i * mpmath.log(p_i), p)


def exact_kl(p, q):
    return exact_sum(lambda p_i, q_i: p_i * mpmath.log(p_i / q_i), p, q)


# Arguments.


def one_distribution(trial):
    return (trial.simplex(),)


def two_distributions(trial):
    return trial.simplex(), trial.simplex()


def positive_number(trial):
    return (np.exp(np.clip(trial.vector(1)[0], -700, 700)),)


def nothing(trial):
    return ()


# Where p and q are close, the surprises cancel in their divergence, as ln M and the divergence do in the entropy of a
# certainty: rounding is then relative to what cancels.


def surprises(p, q):
    return float(np.sum(p * np.abs(np.log(p))) + np.sum(p * np.abs(np.log(q))))


# The gaps also add q and subtract p, of sum 1 each, and the loop divides q by p, whose rounding doesn't shrink with ln.
def surprises_and_sums(p, q):
    return surprises(p, q) + 2.0


def largest_entropy(p):
    return float(np.log(p.size))


DIVERGENCES = {
    "last term missing": lambda p, q: np.sum((p * np.log(p / q))[:-1]),
}
ENTROPIES = {
    "largest entropy": lambda p: np.log(p.size),
    "divergence of the uniform from p": lambda p: np.log(p.size) - page.kl(np.full(p.size, 1 / p.size), p),
}
CASES = {
    "cross-entropy": Case(
        page.cross_entropy,
        exact_cross_entropy,
        two_distributions,
        {
            "last term missing": lambda p, q: -np.sum((p * np.log(q))[:-1]),
        },
    ),
    "entropy": Case(page.entropy, exact_entropy, one_distribution, ENTROPIES),
    "kl": Case(page.kl, exact_kl, two_distributions, DIVERGENCES, {"terms": surprises}),
    "kl-decomposition": Case(
        page.kl_from_entropies,
        exact_kl,
        two_distributions,
        {
            **DIVERGENCES,
        },
        {"terms": surprises},
    ),
    "log-tangent": Case(
        sign.log_below_tangent,
        lambda u: mpmath.log(mpmath.mpf(u)),
        positive_number,
        {
            "of 1 + u": np.log1p,
        },
    ),
    "kl-lower-bound": Case(
        sign.kl_term_by_term, exact_kl, two_distributions, DIVERGENCES, {"terms": surprises_and_sums}
    ),
    "kl-nonnegative": Case(
        sign.kl_from_gaps,
        exact_kl,
        two_distributions,
        {
            **DIVERGENCES,
        },
        {"terms": surprises_and_sums},
    ),
    "kl-zero": Case(
        sign.kl_from_itself,
        lambda p: mpmath.mpf(0),
        one_distribution,
        {
            "entropy": page.entropy,
            "from its reverse": lambda p: page.kl(p, p[::-1]),
            "from the uniform": lambda p: page.kl(p, np.full(p.size, 1 / p.size)),
        },
    ),
    "entropy-bounds": Case(
        sign.entropy_below_uniform, exact_entropy, one_distribution, ENTROPIES, {"terms": largest_entropy}
    ),
    "kl-asymmetry": Case(
        page.kl_from_fair_to_rigged,
        lambda: (mpmath.log(mpmath.mpf(5) / 9) + mpmath.log(5)) / 2,
        nothing,
    ),
}


# Zeros, which the simplex of the trials doesn't hold. Each value follows from 0 ln 0 = 0 by hand.

CERTAIN, FAIR, OTHER = [1.0, 0.0], [0.5, 0.5], [0.0, 1.0]
LN2 = float(np.log(2))


@pytest.mark.parametrize(
    ("function", "p", "q", "expected"),
    [
        (page.cross_entropy, CERTAIN, CERTAIN, 0.0),
        (page.cross_entropy, CERTAIN, FAIR, LN2),
        (page.cross_entropy, FAIR, CERTAIN, np.inf),
        (page.cross_entropy, CERTAIN, OTHER, np.inf),
        (page.kl, CERTAIN, CERTAIN, 0.0),
        (page.kl, CERTAIN, FAIR, LN2),
        (page.kl, FAIR, CERTAIN, np.inf),
        (page.kl, [0.5, 0.5, 0.0], [0.25, 0.25, 0.5], LN2),
        (page.kl, FAIR, [1.0, 1e-320], -LN2 - 0.5 * float(np.log(1e-320))),
        (page.kl_from_entropies, CERTAIN, FAIR, LN2),
        (page.kl_from_entropies, FAIR, CERTAIN, np.inf),
        (sign.kl_from_gaps, CERTAIN, FAIR, LN2),
        (sign.kl_from_gaps, FAIR, CERTAIN, np.inf),
        (sign.kl_from_gaps, [0.5, 0.5, 0.0], [0.25, 0.25, 0.5], LN2),
        (sign.kl_term_by_term, CERTAIN, FAIR, LN2),
        (sign.kl_term_by_term, FAIR, CERTAIN, "ln u asks for u > 0, not 0.0"),
    ],
)
def test_what_never_happens_counts_for_nothing_and_what_is_excluded_costs_infinity(function, p, q, expected):
    if isinstance(expected, str):
        with pytest.raises(ValueError, match=f"^{re.escape(expected)}$"):
            function(p, q)
    else:
        assert function(p, q) == pytest.approx(expected, rel=1e-14, abs=1e-15)


def test_the_entropy_of_a_certainty_is_a_positive_zero():
    assert str(page.entropy(CERTAIN)) == "0.0"


def test_the_plain_product_ignores_the_convention():
    with pytest.warns(RuntimeWarning) as warnings:
        assert np.isnan(np.float64(0.0) * np.log(np.float64(0.0)))
    assert len(warnings) == 2
