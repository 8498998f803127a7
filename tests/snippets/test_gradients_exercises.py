"""The snippets of `gradients_exercises.py`, against complex steps of the definitions; wrong twins are refused."""

import mpmath
import numpy as np
import pytest

import gradients_exercises as page
from context import one_hot, probabilities
from gradients import grad_logits, learn
from tests.snippets.gradients_oracle import (
    LOGITS,
    LOGITS_OF_CLASS,
    gradient_in_weights,
    quotients,
    size_of_first,
    stepped_logits,
    stepped_logits_of_class,
)
from tests.snippets.loss_oracle import one, probabilities_and_class, probabilities_and_one_hot
from tests.snippets.oracle import Case, complex_step
from tests.snippets.softmax_oracle import complex_softmax
from tests.snippets.test_context import inputs


def stepped_normalised(S, Y):
    return quotients(lambda x: mpmath.log(mpmath.fsum(x)) - mpmath.log(x[np.argmax(Y)]), S)


def stepped_quadratic(S, Y):
    return complex_step(lambda logits: ((complex_softmax(logits) - Y) ** 2).sum() / 2, np.log(S))


def exact_quadratic(S, Y):
    return mpmath.fsum((mpmath.mpf(S_i) - Y_i) ** 2 for S_i, Y_i in zip(S, Y, strict=True)) / 2


def weights_rate_and_gradient(trial):
    (dW,) = gradient_in_weights(trial)
    return trial.matrix(*dW.shape), trial.rng.uniform(0.1, 1.0), dW


def size_of_step(W, eta, dW):
    return float(np.abs(W).sum(axis=1).max() + eta * np.abs(dW).sum(axis=1).max())


CASES = {
    "loss-logits-short": Case(
        page.logits_by_right_class, stepped_logits_of_class, probabilities_and_class, LOGITS_OF_CLASS, {"terms": one}
    ),
    "loss-normalised-gradient": Case(
        page.normalised_gradient,
        stepped_normalised,
        probabilities_and_one_hot,
        {
            "1 where the class is": lambda S, Y: Y - Y / S,
        },
        {"terms": one},
    ),
    "loss-normalised-chain": Case(
        page.logits_from_normalised, stepped_logits, probabilities_and_one_hot, LOGITS, {"terms": one}
    ),
    "grad-w-sum": Case(
        page.row_sums,
        lambda dW: np.zeros(len(dW)),
        gradient_in_weights,
        {
            "absolute values": lambda dW: np.abs(dW).sum(axis=1),
            "last column missing": lambda dW: dW[:, :-1].sum(axis=1),
        },
        {"terms": size_of_first},
    ),
    "grad-w-leak": Case(
        page.rows_by_other_inputs,
        lambda X, dW: [[[mpmath.mpf(x) * mpmath.mpf(d) for d in row] for row in dW] for x in X],
        lambda trial: (trial.vector(inputs(trial)), trial.matrix(inputs(trial), trial.size)),
    ),
    "step-row-sums": Case(
        page.row_sums_after_step,
        lambda W, eta, dW: [mpmath.fsum(map(mpmath.mpf, row)) for row in W],
        weights_rate_and_gradient,
        {
            "one column moved": lambda W, eta, dW: W.sum(axis=1) - eta * dW[:, 0],
        },
        {"terms": size_of_step},
    ),
    "quadratic-loss": Case(
        page.quadratic_loss,
        exact_quadratic,
        probabilities_and_one_hot,
        {
            "not squared": lambda S, Y: np.abs(S - Y).sum() / 2,
            "of the sum": lambda S, Y: (S - Y).sum() ** 2 / 2,
        },
        {"terms": one},
    ),
    "quadratic-loss-gradient": Case(
        page.quadratic_grad_logits,
        stepped_quadratic,
        probabilities_and_one_hot,
        {
            "diagonal only": lambda S, Y: (S - Y) * S * (1 - S),
        },
        {"terms": one},
    ),
}


# What the page says of them.


def test_a_thousand_steps_keep_the_sums_of_the_rows():
    X, W = np.array([1.0, 2.0]), np.array([[0.5, -0.5, 0.0], [0.0, 0.25, 0.5]])
    V = W
    for _ in range(1000):
        V = learn(X, V, 2, 0.1)
    assert np.allclose(V.sum(axis=1), W.sum(axis=1), rtol=0, atol=1e-12)
    assert not np.allclose(V, W, rtol=0, atol=1)


@pytest.mark.parametrize("lead", [5.0, 10.0, 20.0])
def test_a_confident_mistake_is_corrected_by_one_loss_only(lead):
    S, Y = probabilities(np.array([0.0, lead])), one_hot(1, 2)
    assert np.abs(grad_logits(S, Y)).max() > 0.99
    assert np.abs(page.quadratic_grad_logits(S, Y)).max() < 2.1 * np.exp(-lead)
    assert page.quadratic_loss(S, Y) > 0.98


def test_a_class_that_is_not_there_is_refused():
    with pytest.raises(ValueError, match=r"^class 0 isn't one of 1 to 3$"):
        page.logits_by_right_class(np.full(3, 1 / 3), 0)
