"""How far a step may go along the gradient of a batch, and where it stops lowering the loss."""

# --8<-- [start:batch-imports]
import numpy as np

from batches import batch_logits, batch_loss_stable, batch_softmax, one_hot_rows
from batches_gradients import batch_grad_W


def mean_loss(X, W, b, y):
    r"""Loss of a batch as a function of its weights.

    Args:
        X: (N, D) inputs, a row for each example.
        W: (D, C) weights.
        b: (C,) bias.
        y: (N,) classes, integers from 1 to C.

    Returns:
        number, at least 0, in nats.

    Raises:
        ValueError: if a class isn't one of 1 to C.

    Source: docs/fr/batch-descent.md#batch-loss-of-weights
    """
    return batch_loss_stable(batch_logits(X, W, b), y)


def mean_gradient(X, W, b, y):
    r"""Gradient in the weights, $\frac{1}{N} X^\top (S - Y)$.

    Args:
        X: (N, D) inputs.
        W: (D, C) weights.
        b: (C,) bias.
        y: (N,) classes, integers from 1 to C.

    Returns:
        (D, C), in units of loss per unit of weight.

    Raises:
        ValueError: if a class isn't one of 1 to C.

    Source: docs/fr/batch-descent.md#batch-loss-of-weights
    """
    Y = one_hot_rows(y, W.shape[1])
    return batch_grad_W(X, batch_softmax(batch_logits(X, W, b)), Y)
# --8<-- [end:batch-imports]


# --8<-- [start:batch-hessian]
def batch_hessian(X, W, b):
    r"""Second derivatives in the weights, means over the examples.

    Args:
        X: (N, D) inputs.
        W: (D, C) weights.
        b: (C,) bias.

    Returns:
        (D, C, D, C), axes j, k, l, r.

    Source: docs/fr/batch-descent.md#batch-hessian
    """
    S = batch_softmax(batch_logits(X, W, b))
    delta = np.eye(W.shape[1])
    G = S[:, :, None] * (delta - S[:, None, :])  # (N, C, C), one for each example
    return np.einsum("nj,nl,nkr->jklr", X, X, G) / len(X)
# --8<-- [end:batch-hessian]


# --8<-- [start:batch-move]
def move(X, V):
    r"""By how much the logits move if the weights move by V, $\nu = XV$.

    Args:
        X: (N, D) inputs.
        V: (D, C) move of the weights.

    Returns:
        (N, C).

    Source: docs/fr/batch-descent.md#batch-move
    """
    return X @ V
# --8<-- [end:batch-move]


# --8<-- [start:batch-curvature]
def batch_curvature(X, W, b, V):
    r"""Curvature in the direction V: the mean of the examples' variances.

    Args:
        X: (N, D) inputs.
        W: (D, C) weights.
        b: (C,) bias.
        V: (D, C) direction.

    Returns:
        number, from 0 to $\|X\|^2 \|V\|^2 / (2 N)$.

    Source: docs/fr/batch-descent.md#batch-curvature
    """
    S, nu = batch_softmax(batch_logits(X, W, b)), move(X, V)
    means = (S * nu).sum(axis=1, keepdims=True)
    return (S * (nu - means) ** 2).sum() / len(X)
# --8<-- [end:batch-curvature]


# --8<-- [start:batch-descent-quadratic]
def loss_after_step(X, W, b, y, eta):
    r"""Loss once the weights have gone one step downhill.

    Args:
        X: (N, D) inputs.
        W: (D, C) weights.
        b: (C,) bias.
        y: (N,) classes, integers from 1 to C.
        eta: learning rate, positive.

    Returns:
        number, at least 0, in nats.

    Source: docs/fr/batch-descent.md#batch-descent-quadratic
    """
    return mean_loss(X, W - eta * mean_gradient(X, W, b, y), b, y)
# --8<-- [end:batch-descent-quadratic]


# --8<-- [start:batch-step]
def largest_step(X):
    r"""Learning rate below which every step succeeds, $4 N / \|X\|^2$.

    Args:
        X: (N, D) inputs, not all 0.

    Returns:
        positive number.

    Source: docs/fr/batch-descent.md#batch-step
    """
    return 4 * len(X) / np.sum(X**2)
# --8<-- [end:batch-step]


# --8<-- [start:batch-descent]
def loss_within_limit(X, W, b, y, theta):
    r"""Loss after a step of a share of the largest rate.

    Args:
        X: (N, D) inputs, not all 0.
        W: (D, C) weights.
        b: (C,) bias.
        y: (N,) classes, integers from 1 to C.
        theta: share of the largest rate, between 0 and 1.

    Returns:
        number, below L(W) wherever the gradient isn't 0, in nats.

    Source: docs/fr/batch-descent.md#batch-descent
    """
    return loss_after_step(X, W, b, y, theta * largest_step(X))
# --8<-- [end:batch-descent]


# --8<-- [start:batch-descent-half]
def loss_at_half(X, W, b, y):
    r"""Loss after a step of half the largest rate.

    Args:
        X: (N, D) inputs, not all 0.
        W: (D, C) weights.
        b: (C,) bias.
        y: (N,) classes, integers from 1 to C.

    Returns:
        number, at most $L(W) - N \|dW\|^2 / \|X\|^2$, in nats.

    Source: docs/fr/batch-descent.md#batch-descent-half
    """
    return loss_within_limit(X, W, b, y, 1 / 2)
# --8<-- [end:batch-descent-half]


if __name__ == "__main__":
    # --8<-- [start:batch-start]
    X = np.array([[1.0, 0.0], [1.0, 2.0], [-1.0, 1.0]])  # N = 3, D = 2
    W = np.array([[0.5, -0.5, 0.0], [0.0, 0.25, 0.5]])  # C = 3
    b = np.zeros(3)
    y = np.array([1, 3, 2])
    print("L =", round(mean_loss(X, W, b, y), 4))
    print(np.round(mean_gradient(X, W, b, y), 4))
    # --8<-- [end:batch-start]

    # --8<-- [start:batch-hessian-demo]
    H = batch_hessian(X, W, b)
    print("shape:", H.shape)
    print(np.round(H[0, :, 0, :], 4))
    # --8<-- [end:batch-hessian-demo]

    # --8<-- [start:batch-move-demo]
    V = np.array([[1.0, -1.0, 0.0], [0.0, 2.0, 1.0]])
    print(move(X, V))
    # --8<-- [end:batch-move-demo]

    # --8<-- [start:batch-curvature-demo]
    print(f"curvature:    {batch_curvature(X, W, b, V):.4f}")
    print(f"from hessian: {np.einsum('jk,jklr,lr->', V, H, V):.4f}")
    print(f"bound:        {np.sum(X**2) * np.sum(V**2) / 6:.4f}")
    # --8<-- [end:batch-curvature-demo]

    # --8<-- [start:batch-descent-quadratic-demo]
    slope = np.sum(mean_gradient(X, W, b, y) ** 2)
    for eta in (0.1, 0.5, 1.5, 3.0):
        share = eta * np.sum(X**2) / (4 * 3)
        bound = mean_loss(X, W, b, y) - eta * (1 - share) * slope
        print(f"eta = {eta}: {loss_after_step(X, W, b, y, eta):.4f} <= {bound:.4f}")
    # --8<-- [end:batch-descent-quadratic-demo]

    # --8<-- [start:batch-step-demo]
    print("largest step:", largest_step(X))
    mu = np.linalg.eigvalsh(X.T @ X / 3).max()
    print("with the largest eigenvalue:", round(4 / mu, 4))
    # --8<-- [end:batch-step-demo]

    # --8<-- [start:batch-descent-demo]
    print(f"before:       {mean_loss(X, W, b, y):.4f}")
    for theta in (0.1, 0.5, 0.9):
        print(f"theta = {theta}:  {loss_within_limit(X, W, b, y, theta):.4f}")
    # --8<-- [end:batch-descent-demo]

    # --8<-- [start:batch-descent-half-demo]
    V = W.copy()
    for step in range(0, 50, 10):
        print(f"step {step:2}: L = {mean_loss(X, V, b, y):.4f}")
        for _ in range(10):
            V = V - largest_step(X) / 2 * mean_gradient(X, V, b, y)
    # --8<-- [end:batch-descent-half-demo]
