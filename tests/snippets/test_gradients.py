"""The snippets of `gradients.py`, against complex steps of the definitions; wrong twins are refused."""

import mpmath
import numpy as np
import pytest

import gradients as page
from context import descend, gradient, linear, loss_of_weights, one_hot, probabilities
from tests.snippets.gradients_oracle import (
    LOGITS,
    LOGITS_OF_CLASS,
    gradient_in_logits,
    gradient_in_weights,
    input_probabilities_and_one_hot,
    size_of_first,
    stepped_input,
    stepped_logits,
    stepped_logits_of_class,
    stepped_weights,
    weights_probabilities_and_one_hot,
)
from tests.snippets.loss_oracle import one, other_class, probabilities_and_class, probabilities_and_one_hot
from tests.snippets.oracle import TRIALS, Case
from tests.snippets.test_context import exact_step, example_and_rate


def exact_logits(S, y):
    """What the probabilities say of their differences to the class, with 1 - S_y as the sum of the others."""
    others = mpmath.fsum(mpmath.mpf(S_i) for i, S_i in enumerate(S, 1) if i != y)
    return [-others if i == y else mpmath.mpf(S_i) for i, S_i in enumerate(S, 1)]


def exact_right_logit(S, y):
    return exact_logits(S, y)[y - 1]


def no_minors(dW):
    return np.zeros(dW.shape * 2)


WEIGHTS = {
    "next class": lambda X, S, Y: np.outer(X, S - np.roll(Y, 1)),
    "first input for all": lambda X, S, Y: np.outer(np.full(X.size, X[0]), S - Y),
    "input backwards": lambda X, S, Y: np.outer(X[::-1], S - Y),
    "mean over inputs": lambda X, S, Y: np.outer(X, S - Y) / X.size,
}
INPUTS = {
    "weights backwards": lambda W, S, Y: (S - Y) @ W[::-1].T,
}
CASES = {
    "loss-logits-gradient": Case(
        page.grad_logits_by_cases, stepped_logits_of_class, probabilities_and_class, LOGITS_OF_CLASS, {"terms": one}
    ),
    "loss-logits-vector": Case(page.grad_logits, stepped_logits, probabilities_and_one_hot, LOGITS, {"terms": one}),
    "loss-logits-sum": Case(
        page.sum_of_grad_logits,
        lambda dlogits: mpmath.mpf(0),
        gradient_in_logits,
        {
            "absolute values": lambda dlogits: np.abs(dlogits).sum(),
            "last term missing": lambda dlogits: dlogits[:-1].sum(),
        },
        {"terms": one},
    ),
    "right-class-gradient": Case(
        page.grad_right_logit,
        exact_right_logit,
        probabilities_and_class,
        {
            "lost to rounding": lambda S, y: S[y - 1] - 1,
            "all of them": lambda S, y: -S.sum(),
        },
    ),
    "loss-logits-bounds": Case(page.bounded_grad_logits, exact_logits, probabilities_and_class, LOGITS_OF_CLASS),
    "grad-w-components": Case(
        page.grad_weights_by_index,
        stepped_weights,
        input_probabilities_and_one_hot,
        WEIGHTS,
        {"terms": size_of_first},
    ),
    "grad-w": Case(
        page.grad_weights, stepped_weights, input_probabilities_and_one_hot, WEIGHTS, {"terms": size_of_first}
    ),
    "grad-x-components": Case(
        page.grad_input_by_index,
        stepped_input,
        weights_probabilities_and_one_hot,
        INPUTS,
        {"terms": size_of_first},
    ),
    "grad-x": Case(page.grad_input, stepped_input, weights_probabilities_and_one_hot, INPUTS, {"terms": size_of_first}),
    "grad-w-products": Case(
        page.products,
        lambda dW: [[[[mpmath.mpf(a) * mpmath.mpf(b) for b in row] for row in dW] for a in line] for line in dW],
        gradient_in_weights,
    ),
    "grad-w-rank": Case(
        page.minors,
        no_minors,
        gradient_in_weights,
        {
            "same row": lambda dW: dW[:, :, None, None] * dW[None, None] - (dW[:, :, None, None] ** 2),
            "of other gradients": lambda dW: page.minors(dW + np.arange(dW.size).reshape(dW.shape) ** 2),
        },
        {"terms": lambda dW: float((dW**2).max())},
    ),
    "gradient-step-explicit": Case(
        page.learn,
        exact_step,
        example_and_rate,
        {
            "another class": lambda X, W, y, eta: page.learn(X, W, other_class(y, W.shape[1]), eta),
        },
    ),
}


# What the page says beside its equations.

X, W = np.array([1.0, 2.0]), np.array([[0.5, -0.5, 0.0], [0.0, 0.25, 0.5]])


@pytest.mark.parametrize("y", [1, 2, 3])
def test_the_formula_gives_what_the_complex_step_gave_on_the_page_context(y):
    S = probabilities(linear(X, W))
    assert np.allclose(page.grad_weights(X, S, one_hot(y, 3)), gradient(X, W, y), rtol=1e-14, atol=0)
    assert np.allclose(page.learn(X, W, y, 0.1), descend(X, W, y, 0.1), rtol=1e-14, atol=1e-16)


def test_four_steps_give_the_losses_of_the_page_context():
    V, losses = W, []
    for _ in range(4):
        losses.append(round(loss_of_weights(X, V, 2), 4))
        V = page.learn(X, V, 2, 0.1)
    assert losses == [1.6803, 1.2078, 0.8663, 0.6361]


def test_an_input_of_0_corrects_no_weight_of_its_row():
    S = probabilities(linear(np.array([0.0, 2.0]), W))
    assert not page.grad_weights(np.array([0.0, 2.0]), S, one_hot(2, 3))[0].any()


def test_the_sum_of_small_probabilities_keeps_what_the_difference_loses():
    S = probabilities(np.array([40.0, 0.0]))
    assert S[0] - 1 == 0.0
    assert page.grad_right_logit(S, 1) == pytest.approx(-4.248354255291589e-18, rel=1e-15)


def test_the_derivatives_stay_between_the_bounds():
    for trial in TRIALS:
        S, y = trial.simplex(), 1
        dlogits = page.bounded_grad_logits(S, y)
        assert dlogits[0] >= -1
        assert dlogits[0] <= 0
        assert (dlogits[1:] > 0).all()
        assert (dlogits[1:] <= 1).all()


@pytest.mark.parametrize(
    ("function", "arguments", "refusal"),
    [
        (page.grad_right_logit, (np.ones(3) / 3, 3), None),
        (page.grad_right_logit, (np.ones(3) / 3, 0), "class 0 isn't one of 1 to 3"),
        (page.bounded_grad_logits, (np.ones(3) / 3, 4), "class 4 isn't one of 1 to 3"),
        (page.grad_weights_by_index, (X, np.ones(3), np.ones(2)), "zip"),
        (page.grad_input, (W, np.ones(2), np.ones(2)), "mismatch"),
        (page.learn, (X, W, 3, 0.1), None),
        (page.learn, (X, W, 4, 0.1), "class 4 isn't one of 1 to 3"),
        (page.learn, (X, W.T, 1, 0.1), "X is"),
    ],
)
def test_what_fits_is_taken_and_what_does_not_is_refused(function, arguments, refusal):
    if refusal is None:
        assert np.isfinite(function(*arguments)).all()
    else:
        with pytest.raises(ValueError, match=refusal):
            function(*arguments)
