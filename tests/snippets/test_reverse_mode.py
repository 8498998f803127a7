"""The snippets of `reverse_mode.py`, against other ways to the same numbers; wrong twins are refused."""

import numpy as np

import reverse_mode as page
from tests.snippets.gradients_oracle import stepped_input, weights_probabilities_and_one_hot
from tests.snippets.loss_oracle import probabilities_and_one_hot
from tests.snippets.oracle import Case
from tests.snippets.test_context import exact_logits, input_and_weights, inputs, size_of_products


def all_and_move(trial):
    D = inputs(trial)
    return trial.vector(D), *probabilities_and_one_hot(trial), trial.matrix(D, trial.size)


def by_paths(X, S, Y, U):
    """Class by class: what the move does to its logit, times the loss's derivative there."""
    return sum(float(s - y) * float(X @ column) for s, y, column in zip(S, Y, U.T, strict=True))


def size_of_all(X, S, Y, U):
    return float(np.abs(X) @ np.abs(U) @ np.ones(S.size))


def squared_gradient(W, S, Y):
    return float(np.linalg.norm(stepped_input(W, S, Y)) ** 2)


def size_of_squares(W, S, Y):
    return float(np.abs(W).sum() ** 2)


def probabilities_and_number(trial):
    return *probabilities_and_one_hot(trial), float(trial.rng.normal())


CASES = {
    "forward-mode": Case(page.move_of_logits, exact_logits, input_and_weights, options={"terms": size_of_products}),
    "reverse-mode": Case(page.slope_in_reverse, by_paths, all_and_move, options={"terms": size_of_all}),
    "input-slope": Case(
        page.slope_along_input, squared_gradient, weights_probabilities_and_one_hot, options={"terms": size_of_squares}
    ),
    "input-unseen": Case(
        page.unseen,
        lambda S, Y, c: 0.0,
        probabilities_and_number,
        options={"terms": lambda S, Y, c: abs(c)},
    ),
}
