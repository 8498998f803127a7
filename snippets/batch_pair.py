"""Two examples with the same input and different classes: where the descent stops, exactly."""

import numpy as np

from batch_descent import largest_step, loss_after_step, mean_gradient, mean_loss

# --8<-- [start:batch-pair]
PAIR = np.array([[1.0], [1.0]]), np.array([[1.0, 0.0]]), np.zeros(2), np.array([1, 2])


def pair_loss(z):
    r"""Loss of one input with either class, $\frac12 \ln(1 + e^{-z}) + \frac12 \ln(1 + e^z)$.

    Args:
        z: real number, the first logit minus the second.

    Returns:
        number, at least ln 2, in nats.

    Source: docs/fr/batch-descent.md#batch-pair
    """
    return np.logaddexp(0, -z) / 2 + np.logaddexp(0, z) / 2
# --8<-- [end:batch-pair]


# --8<-- [start:batch-pair-limit]
def pair_limit(z):
    r"""Learning rate at which the step comes back to the same loss.

    Args:
        z: real number other than 0.

    Returns:
        number, above 4.

    Source: docs/fr/batch-descent.md#batch-pair-limit
    """
    return 2 * z / np.tanh(z / 2)
# --8<-- [end:batch-pair-limit]


# --8<-- [start:batch-curve]
ALONE = np.array([[1.0]]), np.array([[1.0, 0.0]]), np.zeros(2), np.array([1])


def curves(eta):
    r"""Losses along the gradient, for the batch of two and for one example.

    Args:
        eta: learning rate, at least 0.

    Returns:
        (2,): the pair, the first example alone, in nats.

    Source: docs/fr/batch-descent.md#batch-curve
    """
    return np.array([loss_after_step(*PAIR, eta), loss_after_step(*ALONE, eta)])
# --8<-- [end:batch-curve]


# --8<-- [start:batch-gradient-bound]
def squared_slope(X, W, b, y):
    r"""Squared length of the gradient, at most $\|X\|^2 L(W) / N$.

    Args:
        X: (N, D) inputs, not all 0.
        W: (D, C) weights.
        b: (C,) bias.
        y: (N,) classes, integers from 1 to C.

    Returns:
        number, at least 0.

    Source: docs/fr/batch-descent.md#batch-gradient-bound
    """
    return np.sum(mean_gradient(X, W, b, y) ** 2)
# --8<-- [end:batch-gradient-bound]


# --8<-- [start:batch-scaled-inputs]
def step_for_doubled(X):
    r"""Largest learning rate for inputs twice as large.

    Args:
        X: (N, D) inputs, not all 0.

    Returns:
        positive number, a quarter of the largest rate for X.

    Source: docs/fr/batch-descent.md#batch-scaled-inputs
    """
    return largest_step(2 * X)
# --8<-- [end:batch-scaled-inputs]


# --8<-- [start:l2-descent]
def penalised_after_step(X, W, b, y, alpha, eta):
    r"""Loss with its penalty once the weights have gone one step downhill.

    Args:
        X: (N, D) inputs.
        W: (D, C) weights.
        b: (C,) bias.
        y: (N,) classes, integers from 1 to C.
        alpha: strength of the penalty, positive.
        eta: learning rate, positive.

    Returns:
        number, at least 0.

    Source: docs/fr/batch-descent.md#l2-descent
    """
    V = W - eta * (mean_gradient(X, W, b, y) + alpha * W)
    return mean_loss(X, V, b, y) + alpha / 2 * np.sum(V**2)
# --8<-- [end:l2-descent]


if __name__ == "__main__":
    # --8<-- [start:batch-pair-demo]
    print("L =     ", round(mean_loss(*PAIR), 6))
    print("phi(1) =", round(pair_loss(1.0), 6))
    print("gradient:", np.round(mean_gradient(*PAIR), 6))
    print("tanh(1/2) / 2 =", round(np.tanh(1 / 2) / 2, 6))
    # --8<-- [end:batch-pair-demo]

    # --8<-- [start:batch-pair-limit-demo]
    for z in (3.0, 1.0, 0.1):
        print(f"z = {z}: {pair_limit(z):.4f}")
    # --8<-- [end:batch-pair-limit-demo]

    # --8<-- [start:batch-curve-demo]
    for eta in (0, 1, 2, 3, 4, 4.2, 4.4, 5, 6):
        pair, alone = curves(eta)
        print(f"eta = {eta:<4} pair: {pair:.4f}   alone: {alone:.4f}")
    # --8<-- [end:batch-curve-demo]

    # --8<-- [start:batch-gradient-bound-demo]
    X, W, b, y = PAIR
    slope = squared_slope(X, W, b, y)
    print(f"{slope:.4f} <= {np.sum(X**2) / 2 * mean_loss(X, W, b, y):.4f}")
    # --8<-- [end:batch-gradient-bound-demo]

    # --8<-- [start:batch-scaled-inputs-demo]
    print(largest_step(X), "becomes", step_for_doubled(X))
    # --8<-- [end:batch-scaled-inputs-demo]

    # --8<-- [start:l2-descent-demo]
    alpha = 0.5
    print(f"limit: {4 * 2 / (np.sum(X**2) + 2 * alpha * 2)}")
    for eta in (0, 1, 2, 3):
        print(f"eta = {eta}: {penalised_after_step(X, W, b, y, alpha, eta):.4f}")
    # --8<-- [end:l2-descent-demo]
