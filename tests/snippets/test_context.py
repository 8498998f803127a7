"""The snippets of `context.py`, against 50 digits; wrong twins are refused."""

import mpmath
import numpy as np

import context as page
from tests.snippets.oracle import Case
from tests.snippets.softmax_oracle import exact

# Oracles: the definitions in 50 digits. The gradient's is the difference quotient of the definition itself: with these
# digits and this step it is right to 30 of them, and it presupposes no formula for the gradient.

STEP = mpmath.mpf("1e-15")


def exact_logits(X, W):
    columns = range(len(W[0]))
    return [mpmath.fsum(mpmath.mpf(x) * row[i] for x, row in zip(X, W, strict=True)) for i in columns]


def exact_loss(S, y):
    return -mpmath.log(mpmath.mpf(S[y - 1]))


def exact_loss_of_weights(X, W, y):
    return exact_loss(exact(exact_logits(X, W)), y)


def exact_gradient(X, W, y):
    exact_W = [[mpmath.mpf(w) for w in row] for row in W]

    def quotient(j, k):
        losses = []
        for move in (STEP, -STEP):
            moved = [list(row) for row in exact_W]
            moved[j][k] += move
            losses.append(exact_loss_of_weights(X, moved, y))
        return (losses[0] - losses[1]) / (2 * STEP)

    return [[quotient(j, k) for k in range(len(W[0]))] for j in range(len(W))]


def exact_step(X, W, y, eta):
    dW = exact_gradient(X, W, y)
    return [
        [mpmath.mpf(w) - mpmath.mpf(eta) * dw for w, dw in zip(row, d_row, strict=True)]
        for row, d_row in zip(W, dW, strict=True)
    ]


def exact_uphill(X, W, y, eta):
    return exact_loss_of_weights(X, exact_step(X, W, y, -eta), y)


def exact_slope(dW, U):
    return mpmath.fsum(
        mpmath.mpf(d) * u for row, moves in zip(dW, U, strict=True) for d, u in zip(row, moves, strict=True)
    )


def exact_steepness(dW, U):
    return abs(exact_slope(dW, U))


def exact_squared_rest(dW, U):
    """By Cauchy-Schwarz's other side: the squared lengths and the slope."""
    return exact_slope(dW, dW) * (exact_slope(dW, dW) * exact_slope(U, U) - exact_slope(dW, U) ** 2)


# Arguments: C is the trial's size, D another number from 1 to 6, so that no transposed twin fits by luck.


def inputs(trial):
    return trial.size % 6 + 1


def a_class(trial):
    return int(trial.rng.integers(1, trial.size + 1))


def class_and_count(trial):
    return a_class(trial), trial.size


def input_and_weights(trial):
    D = inputs(trial)
    return trial.vector(D), trial.matrix(D, trial.size)


def gradient_and_move(trial):
    D = inputs(trial)
    return trial.matrix(D, trial.size), trial.matrix(D, trial.size)


def logits(trial):
    return (trial.vector(),)


def probabilities_and_class(trial):
    return trial.simplex(), a_class(trial)


# X is drawn at the trial's scale s and the weights at 1 / s: the logits stay moderate. Far larger ones would round S_y
# to 1 or to 0, and then the loss as defined keeps no digit, whatever computes it. For the same reason eta goes with
# 1 / s^2: a step moves the weights by about their own size.
def example(trial):
    D = inputs(trial)
    X = trial.vector(D)
    W = trial.matrix(D, trial.size) / trial.scale**2 / np.sqrt(D)
    return X, W, a_class(trial)


def example_and_rate(trial):
    X, W, y = example(trial)
    return X, W, y, trial.rng.uniform(0.1, 1.0) / trial.scale**2 / len(X)


def size_of_products(X, W):
    return float((np.abs(X) @ np.abs(W)).max())


# 1 - S_y is what remains of S_y and the other probabilities: loss and gradient lose the digits of 1 that cancel.


def one(*arguments):
    return 1.0


def size_of_input(X, W, y):
    return float(np.abs(X).max())


def size_of_terms(dW, U):
    return float(np.linalg.norm(dW) * np.linalg.norm(U))


def other_class(y, C):
    return y % C + 1


def forward_differences(X, W, y, h):
    dW = np.zeros(W.shape)
    for index in np.ndindex(W.shape):
        moved = W.copy()
        moved[index] += h
        dW[index] = (page.loss_of_weights(X, moved, y) - page.loss_of_weights(X, W, y)) / h
    return dW


def downhill(X, W, y, eta):
    return page.loss_of_weights(X, page.descend(X, W, y, eta), y)


def tangent(X, W, y, eta):
    """What the tangent at W gives for a step uphill."""
    return page.loss_of_weights(X, W, y) + eta * (page.gradient(X, W, y) ** 2).sum()


LOGITS = {
    "first input only": lambda X, W: X[0] * W[0],
    "weights backwards": lambda X, W: X @ W[::-1],
    "classes backwards": lambda X, W: X @ W[:, ::-1],
    "mean": lambda X, W: X @ W / len(X),
}
CASES = {
    "one-hot": Case(
        page.one_hot,
        lambda y, C: [int(i == y) for i in range(1, C + 1)],
        class_and_count,
        {
            "counted from 0": lambda y, C: np.eye(C)[y % C],
            "counted from the end": lambda y, C: np.eye(C)[-y],
        },
    ),
    "logits": Case(page.linear, exact_logits, input_and_weights, LOGITS, {"terms": size_of_products}),
    "logits-index": Case(page.linear_by_index, exact_logits, input_and_weights, LOGITS, {"terms": size_of_products}),
    "probabilities": Case(
        page.probabilities,
        exact,
        logits,
        {
            "not normalised": lambda a: np.exp(a - a.max()),
            "classes backwards": lambda a: page.probabilities(a)[::-1],
        },
    ),
    "loss": Case(
        page.loss,
        exact_loss,
        probabilities_and_class,
        {
            "all classes": lambda S, y: -np.log(S).sum(),
            "probability missed": lambda S, y: 1 - S[y - 1],
            "largest probability": lambda S, y: -np.log(S.max()),
        },
    ),
    "loss-of-weights": Case(
        page.loss_of_weights,
        exact_loss_of_weights,
        example,
        options={"terms": one},
    ),
    "gradient": Case(
        page.gradient,
        exact_gradient,
        example,
        {
            "another class": lambda X, W, y: page.gradient(X, W, other_class(y, W.shape[1])),
            "without the right class": lambda X, W, y: np.outer(X, page.probabilities(X @ W)),
            "first input for all": lambda X, W, y: np.ones_like(W) * page.gradient(X, W, y)[0],
            "forward difference": lambda X, W, y: forward_differences(X, W, y, 1e-8),
        },
        {"terms": size_of_input},
    ),
    "gradient-step": Case(
        page.descend,
        exact_step,
        example_and_rate,
        {
            "another class": lambda X, W, y, eta: page.descend(X, W, other_class(y, W.shape[1]), eta),
            "half the step": lambda X, W, y, eta: page.descend(X, W, y, eta / 2),
        },
    ),
    "directional-slope": Case(page.slope, exact_slope, gradient_and_move, options={"terms": size_of_terms}),
    "steepest-descent": Case(page.steepness, exact_steepness, gradient_and_move, options={"terms": size_of_terms}),
    "cauchy-schwarz": Case(
        page.squared_rest,
        exact_squared_rest,
        gradient_and_move,
        options={"terms": lambda dW, U: float((dW**2).sum() ** 2 * (U**2).sum())},
    ),
    "gradient-ascent": Case(
        page.loss_uphill,
        exact_uphill,
        example_and_rate,
        options={"terms": one},
    ),
}
