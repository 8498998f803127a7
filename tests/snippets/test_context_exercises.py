"""The snippets of `context_exercises.py`, against 50 digits; wrong twins are refused."""

import mpmath
import numpy as np
import pytest

import context
import context_exercises as page
from tests.snippets.oracle import Case, complex_step
from tests.snippets.test_context import (
    exact_logits,
    exact_loss_of_weights,
    example,
    input_and_weights,
    one,
    size_of_products,
)


def raised(W, z):
    return [[mpmath.mpf(w) + mpmath.mpf(z_j) for w in row] for row, z_j in zip(W, z, strict=True)]


def exact_first_step(eta):
    """The step from 0: the gradient is (-1/2, 1/2), so the weights become half the rate and its opposite."""
    half = mpmath.mpf(eta) / 2
    return exact_loss_of_weights([1], [[half, -half]], 1)


# Arguments. What is added to the weights is of their size, which for an example goes with the inverse of the input's.


def weights_and_rows(trial):
    X, W = input_and_weights(trial)
    return X, W, trial.vector(X.size)


def example_and_rows(trial):
    X, W, y = example(trial)
    return X, W, y, trial.vector(X.size) / trial.scale**2


def rate(trial):
    return (trial.rng.uniform(0.1, 1.0) * min(trial.scale, 10.0),)


def size_of_raised_products(X, W, z):
    return size_of_products(X, W) + float(np.abs(X) @ np.abs(z))


# Where X z is large beside the logits, their differences keep fewer digits than the logits.
def size_of_moved_logits(X, W, y, z):
    return 1.0 + size_of_raised_products(X, W, z)


CASES = {
    "logits-raised": Case(
        page.logits_raised,
        lambda X, W, z: exact_logits(X, raised(W, z)),
        weights_and_rows,
        {
            "first class only": lambda X, W, z: X @ (W + np.outer(z, np.arange(W.shape[1]) == 0)),
        },
        {"terms": size_of_raised_products},
    ),
    "weights-kernel": Case(
        page.loss_raised,
        lambda X, W, y, z: exact_loss_of_weights(X, W, y),
        example_and_rows,
        options={"terms": size_of_moved_logits},
    ),
    "weights-zero": Case(
        page.loss_without_weights,
        lambda X, W, y: mpmath.log(W.shape[1]),
        example,
        options={"terms": lambda X, W, y: 1.0},
    ),
    "first-step-slope": Case(
        page.first_step_slope,
        lambda eta: complex_step(lambda x: np.log(1 + np.exp(-x)), np.array(eta)),
        rate,
        options={"terms": one},
    ),
    "first-step": Case(
        page.loss_after_first_step,
        exact_first_step,
        rate,
        options={"terms": one},
    ),
}


@pytest.mark.parametrize("eta", [1e-3, 0.1, 1.0, 10.0, 30.0])
def test_the_first_step_lowers_the_loss_and_the_other_sign_raises_it(eta):
    X, W = np.array([1.0]), np.zeros((1, 2))
    assert context.gradient(X, W, 1) == pytest.approx(np.array([[-0.5, 0.5]]), rel=1e-15)
    assert page.loss_after_first_step(eta) < np.log(2) < context.loss_uphill(X, W, 1, eta)
