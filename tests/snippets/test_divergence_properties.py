"""What the page `divergence` says beyond its equations: inequalities, SciPy's names, what is refused."""

import re
from dataclasses import replace

import numpy as np
import pytest
import scipy.special
import scipy.stats

import divergence as page
import divergence_sign as sign
from tests.snippets.oracle import TRIALS, agrees
from tests.snippets.test_divergence import surprises_and_sums, two_distributions


# What the page says of signs, bounds and SciPy.
def ordered(below):
    """Whether the inequality holds, to rounding, on every pair of distributions."""
    drawn = [two_distributions(replace(trial)) for trial in TRIALS]
    return all(below(p, q) for p, q in drawn)


ROUNDING = 1e-15


@pytest.mark.parametrize(
    ("below", "holds"),
    [
        (lambda p, q: page.kl(p, q) >= -ROUNDING, True),
        (lambda p, q: page.cross_entropy(p, q) >= page.entropy(p) - ROUNDING, True),
        (lambda p, q: page.cross_entropy(p, q) >= page.entropy(q) - ROUNDING, False),
        (lambda p, q: 0 <= page.entropy(p) <= np.log(p.size) + ROUNDING, True),
        (lambda p, q: page.entropy(p) <= np.log(p.size) / 2, False),
        (lambda p, q: (q - p + p * np.log(p / q) >= -ROUNDING).all(), True),
        (lambda p, q: (p * np.log(p / q) >= -ROUNDING).all(), False),
        (lambda p, q: page.kl(p, q) == pytest.approx(page.kl(q, p)), False),
        (lambda p, q: (np.log(q / p) <= q / p - 1 + ROUNDING).all(), True),
        (lambda p, q: (np.log(q / p) <= (q / p - 1) / 2).all(), False),
    ],
    ids=[
        "a divergence is at least 0",
        "a wrong belief costs at least the entropy of the truth",
        "but maybe less than its own",
        "entropy lies between 0 and ln M",
        "and no lower bound will do",
        "gaps are at least 0",
        "terms may be negative",
        "the two directions differ",
        "the logarithm lies below its tangent",
        "but not below a line of half the slope",
    ],
)
def test_an_inequality_of_the_page_holds_and_its_twin_does_not(below, holds):
    assert ordered(below) == holds


@pytest.mark.parametrize(
    ("scipy_name", "ours"),
    [
        (lambda p, q: scipy.stats.entropy(p), lambda p, q: page.entropy(p)),
        (lambda p, q: scipy.stats.entropy(p, base=2), lambda p, q: page.entropy(p) / np.log(2)),
        (lambda p, q: scipy.stats.entropy(3 * p), lambda p, q: page.entropy(p)),
        (scipy.stats.entropy, page.kl),
        (lambda p, q: scipy.special.entr(p).sum(), lambda p, q: page.entropy(p)),
        (lambda p, q: -scipy.special.xlogy(p, q).sum(), page.cross_entropy),
        (lambda p, q: scipy.special.rel_entr(p, q).sum(), page.kl),
        (lambda p, q: scipy.special.kl_div(p, q).sum(), sign.kl_from_gaps),
    ],
    ids=["entropy", "in bits", "of what has no sum 1", "of two", "entr", "xlogy", "rel_entr", "kl_div"],
)
def test_scipy_gives_what_the_page_says(scipy_name, ours):
    agrees(ours, scipy_name, two_distributions, terms=surprises_and_sums)


def test_kl_div_gives_the_gaps_themselves():
    p, q = two_distributions(replace(TRIALS[-1]))
    assert scipy.special.kl_div(p, q) == pytest.approx(q - p + p * np.log(p / q), rel=1e-12, abs=1e-15)
    assert (scipy.special.rel_entr(p, q) < 0).any()


# Input that is no distribution, next to input that is one.

FUNCTIONS_OF_TWO = (page.cross_entropy, page.kl, page.kl_from_entropies, sign.kl_term_by_term, sign.kl_from_gaps)
FUNCTIONS_OF_ONE = (page.entropy, sign.kl_from_itself, sign.entropy_below_uniform)


@pytest.mark.parametrize(
    ("p", "refusal"),
    [
        ([0.25, 0.75], None),
        ([1], None),
        (np.array([0.1, 0.2, 0.7], np.float32), None),
        ([], "a distribution is a non-empty vector, not shape (0,)"),
        (1.0, "a distribution is a non-empty vector, not shape ()"),
        (np.full((2, 2), 0.25), "a distribution is a non-empty vector, not shape (2, 2)"),
        ([0.5, 0.6], "a distribution sums to 1, not to 1.1"),
        ([0.4, 0.5], "a distribution sums to 1, not to 0.9"),
        ([1.5, -0.5], "a distribution has components of at least 0, not [ 1.5 -0.5]"),
        ([np.nan, 1.0], "a distribution has components of at least 0, not [nan  1.]"),
        ([np.inf, 0.0], "a distribution sums to 1, not to inf"),
    ],
)
def test_a_distribution_is_taken_and_anything_else_refused(p, refusal):
    calls = [(function, (p,)) for function in FUNCTIONS_OF_ONE] + [(function, (p, p)) for function in FUNCTIONS_OF_TWO]
    for function, arguments in calls:
        if refusal is None:
            assert np.isfinite(function(*arguments))
        else:
            with pytest.raises(ValueError, match=f"^{re.escape(refusal)}$"):
                function(*arguments)


@pytest.mark.parametrize("function", FUNCTIONS_OF_TWO)
def test_distributions_over_other_outcomes_are_refused(function):
    with pytest.raises(ValueError, match=r"^distributions over \[2, 1\] outcomes can't be compared$"):
        function([0.5, 0.5], [1.0])


@pytest.mark.parametrize(
    ("u", "refusal"),
    [
        (1.0, None),
        (0.0, "ln u asks for u > 0, not 0.0"),
        (-1.0, "ln u asks for u > 0, not -1.0"),
        (np.nan, "ln u asks for u > 0, not nan"),
    ],
)
def test_the_logarithm_takes_positive_numbers(u, refusal):
    if refusal is None:
        assert sign.log_below_tangent(u) == 0.0
    else:
        with pytest.raises(ValueError, match=f"^{re.escape(refusal)}$"):
            sign.log_below_tangent(u)
