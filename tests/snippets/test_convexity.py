"""The snippets of `convexity.py`, against 50 digits; wrong twins are refused."""

import mpmath
import numpy as np

import context
import convexity as page
from softmax import softmax
from tests.snippets.oracle import Case
from tests.snippets.softmax_oracle import exact
from tests.snippets.test_context import (
    exact_logits,
    exact_loss_of_weights,
    exact_step,
    example,
    example_and_rate,
    input_and_weights,
    one,
    other_class,
    size_of_products,
)

# Oracles: the definitions in 50 digits; the step's gradient is a difference quotient of them (see test_context).


def moved(W, V, theta=1):
    """W + theta V, without rounding."""
    return [
        [mpmath.mpf(w) + mpmath.mpf(theta) * mpmath.mpf(v) for w, v in zip(*rows, strict=True)]
        for rows in zip(W, V, strict=True)
    ]


def exact_between(X, W, V, y, theta):
    return exact_loss_of_weights(X, moved(W, V, theta), y)


def exact_divergence(logits, nu):
    after = [mpmath.mpf(a) + mpmath.mpf(b) for a, b in zip(logits, nu, strict=True)]
    terms = zip(exact(logits), exact(after), strict=True)
    return mpmath.fsum(p * mpmath.log(p / q) for p, q in terms)


def exact_rise(Y, S, nu):
    """The derivative of the loss along the move, as far as the move goes."""
    move = [mpmath.mpf(b) for b in nu]
    mean = mpmath.fsum(mpmath.mpf(S_i) * m for S_i, m in zip(S, move, strict=True))
    return mean - next(m for Y_i, m in zip(Y, move, strict=True) if Y_i == 1)


def exact_gaps(X, W, y, eta):
    logits = exact_logits(X, exact_step(X, W, y, eta))
    return [a - logits[y - 1] for a in logits]


# Arguments (see test_context for how they are scaled).


def two_weights(trial):
    X, W, y = example(trial)
    return X, W, trial.matrix(*W.shape) / trial.scale**2 / np.sqrt(len(X)), y


def two_weights_and_share(trial):
    return *two_weights(trial), trial.rng.uniform(0.05, 0.95)


def two_logits(trial):
    scale = min(trial.scale, 3.0) / trial.scale
    return scale * trial.vector(), scale * trial.vector()


def class_probabilities_and_move(trial):
    logits, nu = two_logits(trial)
    Y = np.eye(trial.size)[trial.rng.integers(trial.size)]
    return Y, softmax(logits), nu


def largest_move(logits, nu):
    return 1 + float(np.abs(np.concatenate([logits, nu])).max())


def largest_rise(Y, S, nu):
    return 1 + float(np.abs(nu).max())


def size_of_logits(X, W, y, eta):
    return 1 + float((np.abs(X) @ np.abs(W)).max())


def tangent(X, W, V, y):
    return context.loss_of_weights(X, W, y) + np.sum(V * context.gradient(X, W, y))


STEPS = {
    "without the input": lambda X, W, y, eta: X @ W - eta * (softmax(X @ W) - np.eye(W.shape[1])[y - 1]),
    "another class": lambda X, W, y, eta: page.logits_after_step(X, W, other_class(y, W.shape[1]), eta),
}
CASES = {
    "logits-move": Case(
        page.logits_move,
        exact_logits,
        input_and_weights,
        {
            "inputs backwards": lambda X, V: X[::-1] @ V,
        },
        {"terms": size_of_products},
    ),
    "tangent-divergence": Case(
        page.divergence_of_logits,
        exact_divergence,
        two_logits,
        options={"terms": largest_move},
    ),
    "tangent-slope": Case(
        page.rise_of_tangent,
        exact_rise,
        class_probabilities_and_move,
        options={"terms": largest_rise},
    ),
    "loss-tangent": Case(
        page.loss_from_tangent,
        lambda X, W, V, y: exact_loss_of_weights(X, moved(W, V), y),
        two_weights,
        options={"terms": lambda X, W, V, y: 1 + float((np.abs(X) @ (np.abs(V) + np.abs(W))).max())},
    ),
    "loss-convex": Case(
        page.loss_between,
        exact_between,
        two_weights_and_share,
        options={"terms": lambda X, W, V, y, theta: 1.0},
    ),
    "logits-after-step": Case(
        page.logits_after_step,
        lambda X, W, y, eta: exact_logits(X, exact_step(X, W, y, eta)),
        example_and_rate,
        STEPS,
        {"terms": size_of_logits},
    ),
    "descent-gaps": Case(
        page.gaps_after_step,
        exact_gaps,
        example_and_rate,
        STEPS
        | {
            "below the largest": lambda X, W, y, eta: (
                page.logits_after_step(X, W, y, eta) - page.logits_after_step(X, W, y, eta).max()
            ),
        },
        {"terms": size_of_logits},
    ),
    "descent": Case(
        page.loss_after_step,
        lambda X, W, y, eta: exact_loss_of_weights(X, exact_step(X, W, y, eta), y),
        example_and_rate,
        options={"terms": lambda X, W, y, eta: one() * (1 + float((np.abs(X) @ np.abs(W)).max()))},
    ),
}
