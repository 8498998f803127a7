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
    "uphill": lambda X, W, b, y, eta: page.loss_after_step(X, W, b, y, -eta),
    "before the step": lambda X, W, b, y, eta: page.mean_loss(X, W, b, y),
    "N times the step": lambda X, W, b, y, eta: page.loss_after_step(X, W, b, y, eta * len(X)),
    "another class": lambda X, W, b, y, eta: page.loss_after_step(X, W, b, other_class(y, W), eta),
    "the bound": lambda X, W, b, y, eta: (
        page.mean_loss(X, W, b, y)
        - eta * (1 - eta / page.largest_step(X)) * np.sum(page.mean_gradient(X, W, b, y) ** 2)
    ),
}
CASES = {
    "batch-hessian": Case(
        page.batch_hessian,
        exact.exact_hessian,
        exact.point,
        {
            "sum, not mean": lambda X, W, b: page.batch_hessian(X, W, b) * len(X),
            "axes j, l, k, r": lambda X, W, b: page.batch_hessian(X, W, b).swapaxes(1, 2),
            "without bias": lambda X, W, b: page.batch_hessian(X, W, 0 * b),
            "sign": lambda X, W, b: -page.batch_hessian(X, W, b),
        },
        {"terms": exact.square_of_inputs},
    ),
    "batch-move": Case(
        page.move,
        exact_product,
        direction_alone,
        {
            "sign": lambda X, V: -page.move(X, V),
            "mean": lambda X, V: page.move(X, V) / len(X),
            "examples backwards": lambda X, V: page.move(X, V)[::-1],
        },
        {"terms": lambda X, V: float((np.abs(X) @ np.abs(V)).max())},
    ),
    "batch-curvature": Case(
        page.batch_curvature,
        exact.exact_curvature,
        exact.direction,
        {
            "sum, not mean": lambda X, W, b, V: page.batch_curvature(X, W, b, V) * len(X),
            "its first bound": lambda X, W, b, V: np.sum((X @ V) ** 2) / 2 / len(X),
            "its last bound": lambda X, W, b, V: np.sum(X**2) * np.sum(V**2) / 2 / len(X),
            "without bias": lambda X, W, b, V: page.batch_curvature(X, W, 0 * b, V),
        },
        {"terms": lambda X, W, b, V: float(np.sum((X @ V) ** 2))},
    ),
    "batch-descent-quadratic": Case(
        page.loss_after_step, exact.exact_loss_after, exact.batch_and_rate, STEPS, {"terms": exact.one}
    ),
    "batch-step": Case(
        page.largest_step,
        exact.exact_limit,
        lambda trial: (exact.inputs(trial),),
        {
            "half": lambda X: page.largest_step(X) / 2,
            "length not squared": lambda X: 4 * len(X) / np.linalg.norm(X),
            "without N": lambda X: 4 / np.sum(X**2),
            "largest eigenvalue": lambda X: 4 * len(X) / np.linalg.norm(X, 2) ** 2,
        },
    ),
    "batch-descent": Case(
        page.loss_within_limit,
        lambda X, W, b, y, theta: exact.exact_loss_after(X, W, b, y, mpmath.mpf(theta) * exact.exact_limit(X)),
        exact.batch_and_share,
        {
            "the share alone": page.loss_after_step,
            "uphill": lambda X, W, b, y, theta: page.loss_within_limit(X, W, b, y, -theta),
            "the rest": lambda X, W, b, y, theta: page.loss_within_limit(X, W, b, y, 1 - theta),
        },
        {"terms": exact.one},
    ),
    "batch-descent-half": Case(
        page.loss_at_half,
        lambda X, W, b, y: exact.exact_loss_after(X, W, b, y, exact.exact_limit(X) / 2),
        exact.batch,
        {
            "the whole": lambda X, W, b, y: page.loss_within_limit(X, W, b, y, 1.0),
            "before the step": page.mean_loss,
            "another class": lambda X, W, b, y: page.loss_at_half(X, W, b, other_class(y, W)),
        },
        {"terms": exact.one},
    ),
    "batch-pair": Case(
        pair.pair_loss,
        exact_pair,
        gap,
        {
            "one class": lambda z: np.logaddexp(0, -z),
            "sum, not mean": lambda z: 2 * pair.pair_loss(z),
            "half the gap": lambda z: pair.pair_loss(z / 2),
        },
    ),
    "batch-pair-limit": Case(
        pair.pair_limit,
        lambda z: mpmath.mpf(z) / mpmath.diff(exact_pair, mpmath.mpf(z)),
        gap,
        {
            "twice": lambda z: 2 * pair.pair_limit(z),
            "of the whole gap": lambda z: 2 * z / np.tanh(z),
            "guaranteed": lambda z: 4.0,
            "sign": lambda z: -pair.pair_limit(z),
        },
    ),
    "batch-gradient-bound": Case(
        pair.squared_slope,
        exact_squared_slope,
        exact.batch,
        {
            "length": lambda X, W, b, y: np.sqrt(pair.squared_slope(X, W, b, y)),
            "sum, not mean": lambda X, W, b, y: pair.squared_slope(X, W, b, y) * len(X) ** 2,
            "its bound": lambda X, W, b, y: np.sum(X**2) / len(X) * page.mean_loss(X, W, b, y),
        },
        {"terms": exact.square_of_inputs},
    ),
    "batch-scaled-inputs": Case(
        pair.step_for_doubled,
        lambda X: exact.exact_limit(2 * X),
        lambda trial: (exact.inputs(trial),),
        {
            "half": lambda X: page.largest_step(X) / 2,
            "unchanged": page.largest_step,
            "halved inputs": lambda X: page.largest_step(X / 2),
        },
    ),
    "l2-descent": Case(
        pair.penalised_after_step,
        exact_penalised,
        penalised,
        {
            "without penalty": lambda X, W, b, y, alpha, eta: page.loss_after_step(X, W, b, y, eta),
            "twice the penalty": lambda X, W, b, y, alpha, eta: pair.penalised_after_step(X, W, b, y, 2 * alpha, eta),
            "before the step": lambda X, W, b, y, alpha, eta: page.mean_loss(X, W, b, y) + alpha / 2 * np.sum(W**2),
        },
        {"terms": size_of_penalty},
    ),
}
