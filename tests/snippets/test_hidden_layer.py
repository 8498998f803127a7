"""The snippets of `hidden_layer.py`, against 50 digits and complex steps of the loss; wrong twins are refused."""

import mpmath
import numpy as np

import hidden_layer as page
from tests.snippets.gradients_oracle import (
    complex_loss,
    input_probabilities_and_one_hot,
    stepped_weights,
)
from tests.snippets.loss_oracle import probabilities_and_one_hot
from tests.snippets.oracle import Case, complex_step
from tests.snippets.test_context import exact_logits, input_and_weights, inputs, size_of_products

# Arguments: the units are drawn between -1 and 1, and the sums behind them are their inverse hyperbolic tangents.


def units(trial, count):
    return np.tanh(trial.rng.normal(size=count))


def both_layers(trial):
    D = inputs(trial)
    S, Y = probabilities_and_one_hot(trial)
    return trial.vector(D + 1), trial.matrix(D, trial.size), units(trial, D), S, Y


def stepped_first(V, W, X, S, Y):
    """The first weights move the sums by V times their own move; the logits are then ln S, moved."""

    def loss(moved):
        return complex_loss(np.log(S) + (np.tanh(np.arctanh(X) + V @ moved) - X) @ W, Y)

    return complex_step(loss, np.zeros((V.size, X.size)))


def exact_tanh(mu):
    return [mpmath.tanh(x) for x in mu]


def exact_slopes(X):
    return [[(1 - mpmath.mpf(x) ** 2) * (i == j) for j in range(X.size)] for i, x in enumerate(X)]


def weights_and_derivatives(trial):
    D = inputs(trial)
    return trial.matrix(D, trial.size), trial.vector()


def exact_handed_back(A, dmu):
    return exact_logits(dmu, A.T)


CASES = {
    "hidden-sums": Case(page.sums, exact_logits, input_and_weights, options={"terms": size_of_products}),
    "hidden-units": Case(page.units, exact_tanh, lambda trial: (trial.vector(),)),
    "hidden-output": Case(page.outputs, exact_logits, input_and_weights, options={"terms": size_of_products}),
    "hidden-grad-x": Case(
        page.second_layer,
        stepped_weights,
        input_probabilities_and_one_hot,
        options={"terms": lambda X, S, Y: float(np.abs(X).max())},
    ),
    "hidden-grad-mu": Case(page.slopes, exact_slopes, lambda trial: (units(trial, trial.size),)),
    "hidden-grad-a": Case(
        page.first_layer,
        stepped_first,
        both_layers,
        options={"terms": lambda V, W, X, S, Y: float(np.abs(V).max() * np.abs(W).sum(axis=1).max())},
    ),
    "hidden-grad-v": Case(
        page.handed_back,
        exact_handed_back,
        weights_and_derivatives,
        options={"terms": lambda A, dmu: size_of_products(dmu, A.T)},
    ),
    "tanh-slope": Case(
        page.tanh_slope,
        lambda t: mpmath.sech(t) ** 2,
        lambda trial: (trial.rng.normal(),),
    ),
}


def test_the_first_layer_learns_what_one_alone_cannot():
    """No weights of one layer, with a bias, give all four points their class: the classes contradict each other."""
    points = np.array([[-1.0, -1, 1], [-1, 1, 1], [1, -1, 1], [1, 1, 1]])
    signs = np.array([1.0, -1, -1, 1])
    assert np.array_equal(signs @ points, np.zeros(3))
    assert np.linalg.matrix_rank(np.tanh(points @ np.array([[1.0, 1, 1], [1, 1, -1], [1, -1, 0]]))) == 3
