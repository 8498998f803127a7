"""What the page `context` says beyond its equations: the sign of the step, single classes, what is refused."""

import re
from dataclasses import replace

import numpy as np
import pytest

import context as page
from tests.snippets.oracle import TRIALS
from tests.snippets.test_context import downhill, example_and_rate, tangent


# What the page says of the two signs. At C = 1 the gradient is 0 and nothing moves.
def always(claim):
    drawn = [example_and_rate(replace(trial)) for trial in TRIALS if trial.size >= 2]
    return all(claim(*arguments) for arguments in drawn)


@pytest.mark.parametrize("times", [1e-3, 1.0, 10.0])
@pytest.mark.parametrize(
    ("claim", "holds"),
    [
        (lambda X, W, y, eta: downhill(X, W, y, eta) < page.loss_of_weights(X, W, y), True),
        (lambda X, W, y, eta: page.loss_uphill(X, W, y, eta) > page.loss_of_weights(X, W, y), True),
        (lambda X, W, y, eta: page.loss_uphill(X, W, y, eta) < page.loss_of_weights(X, W, y), False),
        (lambda X, W, y, eta: page.loss_uphill(X, W, y, eta) > tangent(X, W, y, eta) * (1 - 1e-12), True),
        (lambda X, W, y, eta: page.loss_uphill(X, W, y, eta) < tangent(X, W, y, eta) * (1 - 1e-12), False),
    ],
    ids=["minus lowers the loss", "plus raises it", "plus never lowers it", "by more than the tangent", "not by less"],
)
def test_the_sign_of_the_step(claim, holds, times):
    assert always(lambda X, W, y, eta: claim(X, W, y, times * eta)) == holds


def test_with_one_class_there_is_nothing_to_learn():
    X, W = np.array([1.0, 2.0]), np.array([[3.0], [4.0]])
    assert page.loss_of_weights(X, W, 1) == 0.0
    assert np.array_equal(page.descend(X, W, 1, eta=0.1), W)


def test_the_loss_is_infinite_where_the_right_class_has_no_chance():
    with np.errstate(divide="ignore"):
        assert page.loss(np.array([1.0, 0.0]), 2) == np.inf


# Input that doesn't fit, next to input that does.

X, W = np.array([1.0, 2.0]), np.ones((2, 3))


@pytest.mark.parametrize(
    ("function", "arguments", "refusal"),
    [
        (page.one_hot, (1, 1), None),
        (page.one_hot, (3, 3), None),
        (page.one_hot, (0, 3), "class 0 isn't one of 1 to 3"),
        (page.one_hot, (4, 3), "class 4 isn't one of 1 to 3"),
        (page.one_hot, (1.5, 3), "class 1.5 isn't one of 1 to 3"),
        (page.one_hot, (1, 0), "class 1 isn't one of 1 to 0"),
        (page.linear, (X, W), None),
        (page.linear, (X, W.T), "X is (D,) and W is (D, C), not (2,) and (3, 2)"),
        (page.linear, (X[None, :], W), "X is (D,) and W is (D, C), not (1, 2) and (2, 3)"),
        (page.linear, (X, X), "X is (D,) and W is (D, C), not (2,) and (2,)"),
        (page.linear_by_index, (X, W), None),
        (page.linear_by_index, (X, W.T), "zip() argument 2 is longer than argument 1"),
        (page.linear_by_index, (np.ones(3), W), "zip() argument 2 is shorter than argument 1"),
        (page.probabilities, (X,), None),
        (page.probabilities, (W,), "the logits are (C,), not (2, 3)"),
        (page.loss, (np.array([0.5, 0.5]), 2), None),
        (page.loss, (np.array([0.5, 0.5]), 3), "class 3 isn't one of 1 to 2"),
        (page.loss_of_weights, (X, W, 3), None),
        (page.loss_of_weights, (X, W, 0), "class 0 isn't one of 1 to 3"),
        (page.loss_of_weights, (X, W.T, 1), "X is (D,) and W is (D, C), not (2,) and (3, 2)"),
        (page.gradient, (X, W, 3), None),
        (page.gradient, (X, W, 4), "class 4 isn't one of 1 to 3"),
        (page.gradient, (X, W.T, 1), "X is (D,) and W is (D, C), not (2,) and (3, 2)"),
        (page.descend, (X, W, 3, 0.1), None),
        (page.descend, (X, W, 4, 0.1), "class 4 isn't one of 1 to 3"),
        (page.loss_uphill, (X, W, 3, 0.1), None),
        (page.loss_uphill, (X, W.T, 1, 0.1), "X is (D,) and W is (D, C), not (2,) and (3, 2)"),
    ],
)
def test_what_fits_is_taken_and_what_does_not_is_refused(function, arguments, refusal):
    if refusal is None:
        assert np.isfinite(function(*arguments)).all()
    else:
        with pytest.raises(ValueError, match=f"^{re.escape(refusal)}$"):
            function(*arguments)


def test_probabilities_of_no_logits_are_refused():
    with pytest.raises(ValueError, match="zero-size array"):
        page.probabilities(np.array([]))
