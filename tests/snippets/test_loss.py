"""The snippets of `loss.py`, against 50 digits; wrong twins are refused. What the page says beside its equations."""

import re

import mpmath
import numpy as np
import pytest

import loss as page
from context import loss_of_weights
from tests.snippets.loss_oracle import (
    a_one_hot,
    exact_loss,
    exact_loss_of_logits,
    gentle_logits_and_class,
    one,
    probabilities_and_class,
    size_of_logits,
)
from tests.snippets.oracle import TRIALS, Case


def one_hot(trial):
    return (a_one_hot(trial),)


def logits_and_one_hot(trial):
    return trial.vector(), a_one_hot(trial)


def a_loss(trial):
    return (float(np.abs(trial.vector(1)[0])),)


SURPRISES = {
    "largest probability": lambda S, y: -np.log(S.max()),
    "probability missed": lambda S, y: 1 - S[y - 1],
}
LOSSES = {
    "right class left out": lambda logits, y: np.log(np.exp(np.delete(logits, y - 1)).sum()) - logits[y - 1],
    "right class twice": lambda logits, y: np.log(1 + np.exp(logits - logits[y - 1]).sum()),
}
CASES = {
    "one-hot-sum": Case(
        page.one_hot_sum,
        lambda Y: mpmath.mpf(1),
        one_hot,
        {"last term missing": lambda Y: Y[:-1].sum()},
    ),
    "one-hot-selects": Case(
        page.selected,
        lambda logits, Y: mpmath.mpf(logits[list(Y).index(1)]),
        logits_and_one_hot,
        {
            "sum of all": lambda logits, Y: logits.sum(),
            "place before": lambda logits, Y: np.roll(logits, 1) @ Y,
            "from the end": lambda logits, Y: logits[::-1] @ Y,
        },
    ),
    "one-hot-entropy": Case(
        page.one_hot_entropy,
        lambda Y: mpmath.mpf(0),
        one_hot,
        {
            "one bit": lambda Y: np.log(2),
            "of the uniform": lambda Y: np.log(Y.size),
            "without the convention": lambda Y: -(Y * np.log(Y)).sum(),
        },
    ),
    "loss-cross-entropy": Case(page.loss_from_probabilities, exact_loss, probabilities_and_class, SURPRISES),
    "loss-nonnegative": Case(page.loss_as_surprise, exact_loss, probabilities_and_class, SURPRISES, {"terms": one}),
    "loss-likelihood": Case(
        page.likelihood,
        lambda L: mpmath.exp(-mpmath.mpf(L)),
        a_loss,
        {
            "tangent": lambda L: 1 - L,
        },
    ),
    "loss-logsumexp": Case(
        page.loss_naive, exact_loss_of_logits, gentle_logits_and_class, LOSSES, {"terms": size_of_logits}
    ),
    "loss-gaps": Case(page.loss_from_gaps, exact_loss_of_logits, gentle_logits_and_class, LOSSES, {"terms": one}),
}


# What the page says beside its equations.


def test_a_tenth_of_the_probability_costs_as_much_each_time():
    losses = [page.loss_from_probabilities(np.array([right, 1 - right]), 1) for right in (0.1, 0.01, 0.001)]
    assert np.diff(losses) == pytest.approx([np.log(10)] * 2, rel=1e-14)


def test_each_wrong_gap_raises_the_loss():
    for trial in TRIALS:
        logits, y = gentle_logits_and_class(trial)
        loss = page.loss_from_gaps(logits, y)
        for wrong in range(1, trial.size + 1):
            moved = logits.copy()
            moved[wrong - 1] += 1.0
            assert wrong == y or page.loss_from_gaps(moved, y) >= loss


def test_the_three_losses_of_the_example_are_those_of_the_context():
    X, W = np.array([1.0, 2.0]), np.array([[0.5, -0.5, 0.0], [0.0, 0.25, 0.5]])
    for y in (1, 2, 3):
        assert page.loss_from_gaps(X @ W, y) == pytest.approx(loss_of_weights(X, W, y), rel=1e-14)


def test_a_class_without_a_chance_costs_infinity_and_a_certain_one_nothing():
    with pytest.warns(RuntimeWarning, match="divide by zero"):
        assert page.loss_from_probabilities(np.array([0.0, 1.0]), 1) == np.inf
    assert str(page.loss_from_probabilities(np.array([0.0, 1.0]), 2)) == "0.0"


# A class that isn't there, next to classes that are.


@pytest.mark.parametrize(
    ("function", "y", "expected"),
    [
        (page.at_class, 1, 4.0),
        (page.at_class, 3, 6.0),
        (page.at_class, np.int64(2), 5.0),
        (page.at_class, 0, "class 0 isn't one of 1 to 3"),
        (page.at_class, 4, "class 4 isn't one of 1 to 3"),
        (page.at_class, -1, "class -1 isn't one of 1 to 3"),
        (page.at_class, 1.5, "class 1.5 isn't one of 1 to 3"),
        (page.loss_from_probabilities, 0, "class 0 isn't one of 1 to 3"),
        (page.loss_as_surprise, 4, "class 4 isn't one of 1 to 3"),
        (page.loss_naive, 4, "class 4 isn't one of 1 to 3"),
        (page.loss_from_gaps, 0, "class 0 isn't one of 1 to 3"),
    ],
)
def test_a_class_is_taken_or_refused_with_a_reason(function, y, expected):
    if isinstance(expected, str):
        with pytest.raises(ValueError, match=f"^{re.escape(expected)}$"):
            function(np.array([4.0, 5.0, 6.0]), y)
    else:
        assert function(np.array([4.0, 5.0, 6.0]), y) == expected
