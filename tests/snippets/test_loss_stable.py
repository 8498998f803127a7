"""The snippets of `loss_stable.py`, against as many digits as they need; wrong twins are refused."""

import re
from dataclasses import replace

import mpmath
import numpy as np
import pytest

import loss_stable as page
from loss import loss_from_gaps, loss_from_probabilities, loss_naive
from softmax import softmax
from tests.snippets.loss_oracle import (
    exact_logsumexp,
    exact_loss_of_logits,
    exact_small_loss,
    gentle_logits_and_class,
    gentle_trial,
    logits_and_class,
    one,
    size_of_logits,
)
from tests.snippets.oracle import TRIALS, Case
from tests.snippets.softmax_oracle import exact_exponentials


def logits(trial):
    return (trial.vector(),)


def gentle_logits(trial):
    return (gentle_trial(trial).vector(),)


def gentle_logits_class_and_constant(trial):
    return (*gentle_logits_and_class(trial), trial.rng.uniform(-50.0, 50.0))


def pair_and_class(trial):
    return trial.vector(2), int(trial.rng.integers(1, 3))


def logits_and_temperature(trial):
    return trial.vector(), trial.rng.uniform(1.0, 5.0)


def exact_soft_maximum(a, tau):
    return mpmath.mpf(tau) * exact_logsumexp([mpmath.mpf(a_i) / mpmath.mpf(tau) for a_i in a])


def size_at_temperature(a, tau):
    return float(np.abs(a).max() + tau * np.log(a.size))


MAXIMA = {
    "largest magnitude": lambda a: np.abs(a).max(),
    "mean": lambda a: a.mean(),
    "last": lambda a: a[-1],
}
SUMS = {
    "last term missing": lambda a: page.logsumexp(a[:-1]),
}
LOSSES = {
    "the delay": lambda a, y: a.max() - a[y - 1],
    "classes backwards": lambda a, y: page.loss_stable(a[::-1], y),
}
CASES = {
    "logits-max": Case(page.largest, lambda a: max(map(mpmath.mpf, a)), logits, MAXIMA),
    "logsumexp-stable": Case(page.logsumexp, exact_logsumexp, logits, SUMS, {"terms": size_of_logits}),
    "logsumexp-bounds": Case(page.logsumexp_from_mean, exact_logsumexp, logits, SUMS, {"terms": size_of_logits}),
    "exponentials-bounds": Case(
        page.sum_of_exponentials,
        lambda a: mpmath.fsum(exact_exponentials(a)),
        gentle_logits,
        {
            "the largest": lambda a: np.exp(a.max()),
            "the upper bound": lambda a: a.size * np.exp(a.max()),
        },
    ),
    "loss-bounds": Case(
        page.loss_by_logsumexp, exact_loss_of_logits, logits_and_class, LOSSES, {"terms": size_of_logits}
    ),
    "logits-shifted": Case(
        page.shift,
        lambda a: [mpmath.mpf(a_i) - max(map(mpmath.mpf, a)) for a_i in a],
        logits,
        {
            "log-sum-exp": lambda a: a - page.logsumexp(a),
        },
    ),
    "loss-stable": Case(page.loss_stable, exact_loss_of_logits, logits_and_class, LOSSES, {"terms": one}),
    "loss-log1p": Case(
        page.loss_from_logits,
        exact_small_loss,
        logits_and_class,
        LOSSES
        | {
            "rounded away": page.loss_stable,
            "from gaps": loss_from_gaps,
            "through the probabilities": lambda a, y: loss_from_probabilities(softmax(a), y),
        },
    ),
    "loss-translation": Case(
        page.loss_translated,
        lambda a, y, c: exact_loss_of_logits(a, y),
        gentle_logits_class_and_constant,
        options={"terms": lambda a, y, c: size_of_logits(a) + abs(c)},
    ),
    "loss-two-classes": Case(
        page.loss_of_two,
        exact_small_loss,
        pair_and_class,
        {
            "always the first": lambda a, y: page.loss_of_two(a, 1),
            "rounded away": lambda a, y: np.log(1 + np.exp(a[2 - y] - a[y - 1])),
        },
    ),
    "logsumexp-temperature": Case(
        page.soft_maximum,
        exact_soft_maximum,
        logits_and_temperature,
        {
            "multiplied": lambda a, tau: page.logsumexp(a * tau) / tau,
            "no temperature": lambda a, tau: page.logsumexp(a),
            "the maximum": lambda a, tau: a.max(),
        },
        {"terms": size_at_temperature},
    ),
}


# The bounds that the page prints, next to bounds that are too tight.

BOUNDS = {
    "from the maximum": (True, lambda a, y: page.logsumexp(a) >= a.max()),
    "up to ln C more": (True, lambda a, y: page.logsumexp(a) <= a.max() + np.log(a.size) + 1e-12 * size_of_logits(a)),
    "from above the maximum": (False, lambda a, y: page.logsumexp(a) >= a.max() + 1e-3),
    "up to the half": (False, lambda a, y: page.logsumexp(a) <= a.max() + np.log(a.size) / 2 + 1e-12),
    "loss from the delay": (True, lambda a, y: page.loss_from_logits(a, y) >= a.max() - a[y - 1]),
    "loss up to ln C more": (
        True,
        lambda a, y: page.loss_from_logits(a, y) <= (a.max() - a[y - 1] + np.log(a.size)) * (1 + 1e-12),
    ),
    "loss up to the delay": (False, lambda a, y: page.loss_from_logits(a, y) <= a.max() - a[y - 1]),
}


@pytest.mark.parametrize(("holds", "bound"), BOUNDS.values(), ids=BOUNDS)
def test_log_sum_exp_and_the_loss_lie_within_their_bounds(holds, bound):
    assert all(bound(*logits_and_class(replace(trial))) for trial in TRIALS) == holds


def test_a_cold_soft_maximum_is_the_maximum():
    assert page.soft_maximum(np.array([1.0, 4.0, 5.0]), 1e-3) == 5.0


# What floats do, as the page prints it.


@pytest.mark.parametrize(("dtype", "plain"), [(np.float64, 666.0), (np.float32, np.inf), (np.float16, np.inf)], ids=str)
def test_the_loss_is_computed_from_the_logits(dtype, plain):
    logits = np.array([123, 456, 789], dtype)
    with np.errstate(divide="ignore"):
        assert loss_from_probabilities(softmax(logits), 1) == pytest.approx(plain)
    for function in (page.loss_stable, page.loss_from_logits):
        loss = function(logits, 1)
        assert loss == 666.0
        assert loss.dtype == dtype


def test_the_plain_formula_overflows():
    with pytest.warns(RuntimeWarning, match="overflow"):
        assert loss_naive(np.array([123.0, 456.0, 789.0]), 3) == np.inf


def test_log1p_keeps_a_small_loss():
    logits = np.array([40.0, 0.0])
    assert page.loss_stable(logits, 1) == 0.0
    assert page.loss_from_logits(logits, 1) == pytest.approx(4.248354255291589e-18, rel=1e-15)
    assert page.loss_from_logits(logits, 2) == 40.0


@pytest.mark.parametrize(
    ("function", "arguments", "expected"),
    [
        (page.loss_from_logits, (np.array([7.0]), 1), 0.0),
        (page.loss_from_logits, (np.array([5.0, 5.0]), 2), float(np.log(2))),
        (page.loss_from_logits, (np.array([5.0, 5.0]), 3), "class 3 isn't one of 1 to 2"),
        (page.loss_stable, (np.array([5.0, 5.0]), 0), "class 0 isn't one of 1 to 2"),
        (page.loss_by_logsumexp, (np.array([5.0, 5.0]), 3), "class 3 isn't one of 1 to 2"),
        (page.loss_translated, (np.array([5.0, 5.0]), 3, 1.0), "class 3 isn't one of 1 to 2"),
        (page.loss_of_two, (np.array([5.0, 5.0]), 1), float(np.log(2))),
        (page.loss_of_two, (np.array([0.0, 5000.0]), 1), 5000.0),
        (page.loss_of_two, (np.array([5.0]), 1), "two classes have two logits, not shape (1,)"),
        (page.loss_of_two, (np.array([5.0, 5.0]), 3), "class 3 isn't one of 1 to 2"),
        (page.soft_maximum, (np.array([5.0, 5.0]), 2.0), 5.0 + 2.0 * float(np.log(2))),
        (page.soft_maximum, (np.array([5.0, 5.0]), 0.0), "a temperature is positive, not 0.0"),
        (page.soft_maximum, (np.array([5.0, 5.0]), np.nan), "a temperature is positive, not nan"),
    ],
)
def test_input_is_taken_or_refused_with_a_reason(function, arguments, expected):
    if isinstance(expected, str):
        with pytest.raises(ValueError, match=f"^{re.escape(expected)}$"):
            function(*arguments)
    else:
        assert function(*arguments) == pytest.approx(expected, rel=1e-15, abs=0)
