"""The snippets of `batch_descent.py` and `batch_pair.py`, against 50 digits; wrong twins are refused."""

import mpmath
import numpy as np

import batch_descent as page
import batch_pair as pair
from tests.snippets import batch_oracle as exact
from tests.snippets.oracle import Case


def other_class(y, W):
    return y % W.shape[1] + 1


def gap(trial):
    return (float(np.clip(trial.vector(1)[0], -30, 30)),)


def direction_alone(trial):
    X = exact.inputs(trial)
    return X, trial.matrix(X.shape[1], (trial.size + 1) % 4 + 1)


def penalised(trial):
    X, W, b, y, eta = exact.batch_and_rate(trial)
    return X, W, b, y, trial.rng.uniform(0.1, 1.0) * trial.scale**2, eta


def exact_product(X, V):
    return exact.exact_logits(X, V, np.zeros(V.shape[1]))


def exact_penalised(X, W, b, y, alpha, eta):
    dW = exact.combined(exact.exact_gradient(X, W, b, y), W, mpmath.mpf(alpha))
    V = exact.combined(W, dW, -mpmath.mpf(eta))
    return exact.exact_loss(X, V, b, y) + mpmath.mpf(alpha) / 2 * mpmath.fsum(v**2 for row in V for v in row)


def exact_pair(z):
    z = mpmath.mpf(z)
    return mpmath.log(2 * mpmath.cosh(z / 2))


def exact_squared_slope(X, W, b, y):
    return mpmath.fsum(g**2 for row in exact.exact_gradient(X, W, b, y) for g in row)


def size_of_penalty(X, W, b, y, alpha, eta):
    return 1 + float(alpha * np.sum(W**2))


STEPS = {
    "N times the step": lambda X, W, b, y, eta: page.loss_after_step(X, W, b, y, eta * len(X)),
}
CASES = {
    "batch-hessian": Case(
        page.batch_hessian,
        exact.exact_hessian,
        exact.point,
        options={"terms": exact.square_of_inputs},
    ),
    "batch-move": Case(
        page.move,
        exact_product,
        direction_alone,
        {
            "mean": lambda X, V: page.move(X, V) / len(X),
            "examples backwards": lambda X, V: page.move(X, V)[::-1],
        },
        {"terms": lambda X, V: float((np.abs(X) @ np.abs(V)).max())},
    ),
    "batch-curvature": Case(
        page.batch_curvature,
        exact.exact_curvature,
        exact.direction,
        options={"terms": lambda X, W, b, V: float(np.sum((X @ V) ** 2))},
    ),
    "batch-descent-quadratic": Case(
        page.loss_after_step, exact.exact_loss_after, exact.batch_and_rate, STEPS, {"terms": exact.one}
    ),
    "batch-step": Case(
        page.largest_step,
        exact.exact_limit,
        lambda trial: (exact.inputs(trial),),
        {
            "largest eigenvalue": lambda X: 4 * len(X) / np.linalg.norm(X, 2) ** 2,
        },
    ),
    "batch-descent": Case(
        page.loss_within_limit,
        lambda X, W, b, y, theta: exact.exact_loss_after(X, W, b, y, mpmath.mpf(theta) * exact.exact_limit(X)),
        exact.batch_and_share,
        options={"terms": exact.one},
    ),
    "batch-descent-half": Case(
        page.loss_at_half,
        lambda X, W, b, y: exact.exact_loss_after(X, W, b, y, exact.exact_limit(X) / 2),
        exact.batch,
        options={"terms": exact.one},
    ),
    "batch-pair": Case(
        pair.pair_loss,
        exact_pair,
        gap,
        {
            "half the gap": lambda z: pair.pair_loss(z / 2),
        },
    ),
    "batch-pair-limit": Case(
        pair.pair_limit,
        lambda z: mpmath.mpf(z) / mpmath.diff(exact_pair, mpmath.mpf(z)),
        gap,
    ),
    "batch-gradient-bound": Case(
        pair.squared_slope,
        exact_squared_slope,
        exact.batch,
        {
            "sum, not mean": lambda X, W, b, y: pair.squared_slope(X, W, b, y) * len(X) ** 2,
        },
        {"terms": exact.square_of_inputs},
    ),
    "batch-scaled-inputs": Case(
        pair.step_for_doubled,
        lambda X: exact.exact_limit(2 * X),
        lambda trial: (exact.inputs(trial),),
    ),
    "l2-descent": Case(
        pair.penalised_after_step,
        exact_penalised,
        penalised,
        options={"terms": size_of_penalty},
    ),
}
