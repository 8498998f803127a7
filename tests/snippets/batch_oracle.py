"""What the tests of the page `batch-descent` share: its oracles in 50 digits, and how arguments are drawn."""

import mpmath
import numpy as np

# The gradient is the difference quotient of the loss itself: with 50 digits and this step it is right to 30 of them.
STEP = mpmath.mpf("1e-15")


def numbers(array):
    """The same numbers in 50 digits, as lists within lists."""
    return [numbers(row) for row in array] if np.ndim(array) else mpmath.mpf(array)


def combined(W, V, factor):
    """W + factor V, entry by entry."""
    rows = zip(numbers(W), numbers(V), strict=True)
    return [[w + factor * v for w, v in zip(*row, strict=True)] for row in rows]


def exact_logits(X, W, b):
    columns = list(zip(*numbers(W), strict=True))
    return [
        [mpmath.fdot(row, column) + b_k for column, b_k in zip(columns, numbers(b), strict=True)] for row in numbers(X)
    ]


def exact_probabilities(X, W, b):
    powers = [[mpmath.exp(a) for a in row] for row in exact_logits(X, W, b)]
    return [[e / mpmath.fsum(row) for e in row] for row in powers]


def exact_loss(X, W, b, y):
    rows = zip(exact_probabilities(X, W, b), y, strict=True)
    return -mpmath.fsum(mpmath.log(row[y_n - 1]) for row, y_n in rows) / len(y)


def exact_gradient(X, W, b, y):
    def quotient(unit):
        before, after = (exact_loss(X, combined(W, unit, sign * STEP), b, y) for sign in (-1, 1))
        return (after - before) / (2 * STEP)

    return [[quotient(unit) for unit in row] for row in units(W)]


def units(W):
    """For each weight, the matrix that is 1 there and 0 elsewhere."""
    D, C = np.shape(W)
    return np.eye(D * C).reshape(D, C, D, C)


def exact_hessian(X, W, b):
    """Differences of the probabilities, which the gradient holds in the one place that depends on the weights."""

    def quotients(unit):
        before, after = (exact_probabilities(X, combined(W, unit, sign * STEP), b) for sign in (-1, 1))
        return [[(q - p) / (2 * STEP) for p, q in zip(*rows, strict=True)] for rows in zip(before, after, strict=True)]

    slopes = [[quotients(unit) for unit in row] for row in units(W)]  # axes l, r, n, k
    columns = list(zip(*numbers(X), strict=True))

    def mean(x, k, slope):
        return mpmath.fsum(x_n * row[k] for x_n, row in zip(x, slope, strict=True)) / len(X)

    return [[[[mean(x, k, slope) for slope in row] for row in slopes] for k in range(len(b))] for x in columns]


def exact_curvature(X, W, b, V):
    """A second difference of the loss along V; which classes are right adds nothing that bends."""
    step = mpmath.mpf("1e-12") / (1 + np.abs(X).max() * np.abs(V).max())
    y = [1] * len(X)
    before, here, after = (exact_loss(X, combined(W, V, factor), b, y) for factor in (-step, 0, step))
    return (before - 2 * here + after) / step**2


def exact_step(X, W, b, y, eta):
    return combined(W, exact_gradient(X, W, b, y), -mpmath.mpf(eta))


def exact_loss_after(X, W, b, y, eta):
    return exact_loss(X, exact_step(X, W, b, y, eta), b, y)


def exact_limit(X):
    return 4 * mpmath.mpf(len(X)) / mpmath.fsum(x**2 for row in numbers(X) for x in row)


# Arguments: N is the trial's size, D and C others. X is drawn at the trial's scale s and the weights at 1 / s, so that
# the logits stay moderate; a rate goes with 1 / s^2.


def inputs(trial):
    return trial.matrix(trial.size, trial.size % 3 + 1)


def point(trial):
    X = inputs(trial)
    C = (trial.size + 1) % 4 + 1
    W = trial.matrix(X.shape[1], C) / trial.scale**2 / np.sqrt(X.shape[1])
    return X, W, trial.rng.normal(size=C)


def direction(trial):
    X, W, b = point(trial)
    return X, W, b, trial.matrix(*W.shape) / trial.scale


def batch(trial):
    X, W, b = point(trial)
    return X, W, b, trial.rng.integers(1, W.shape[1] + 1, size=len(X))


def batch_and_rate(trial):
    return *batch(trial), trial.rng.uniform(0.1, 1.0) / trial.scale**2


def batch_and_share(trial):
    return *batch(trial), trial.rng.uniform(0.05, 0.95)


# 1 - S_y is what remains of S_y and the other probabilities: what is computed from it loses the digits of 1.


def one(*arguments):
    return 1.0


def square_of_inputs(X, *more):
    return float(np.sum(X**2))
