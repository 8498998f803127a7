"""Exercises on the context: useless weights, weights of 0, a first step by hand."""

import numpy as np

from context import descend, gradient, linear, loss_of_weights


# --8<-- [start:logits-raised]
def logits_raised(X, W, z):
    r"""Logits after adding z_j to all the weights of row j, for each row.

    Args:
        X: (D,) input.
        W: (D, C) weights.
        z: (D,) what is added to each row.

    Returns:
        (C,) logits, all of them moved by the same number.

    Raises:
        ValueError: if the shapes don't fit.

    Source: docs/fr/context.md#logits-raised
    """
    return linear(X, W + np.outer(z, np.ones(W.shape[1])))
# --8<-- [end:logits-raised]


# --8<-- [start:weights-kernel]
def loss_raised(X, W, y, z):
    r"""Loss after adding z_j to all the weights of row j: the same loss.

    Args:
        X: (D,) input.
        W: (D, C) weights.
        y: class, an integer from 1 to C.
        z: (D,) what is added to each row.

    Returns:
        number, whatever z is, in nats.

    Raises:
        ValueError: if the shapes don't fit, or if there is no such class.

    Source: docs/fr/context.md#weights-kernel
    """
    return loss_of_weights(X, W + np.outer(z, np.ones(W.shape[1])), y)
# --8<-- [end:weights-kernel]


# --8<-- [start:weights-zero]
def loss_without_weights(X, W, y):
    r"""Loss of weights that are all 0, $\ln C$.

    Args:
        X: (D,) input.
        W: (D, C) weights; only their shape counts.
        y: class, an integer from 1 to C.

    Returns:
        number, in nats.

    Raises:
        ValueError: if the shapes don't fit, or if there is no such class.

    Source: docs/fr/context.md#weights-zero
    """
    return loss_of_weights(X, 0 * W, y)
# --8<-- [end:weights-zero]


# --8<-- [start:first-step-slope]
def first_step_slope(eta):
    r"""How fast the loss falls with the learning rate, $-1 / (1 + e^\eta)$.

    Args:
        eta: learning rate, positive.

    Returns:
        negative number, in nats per unit of learning rate.

    Source: docs/fr/context.md#first-step-slope
    """
    return -1 / (1 + np.exp(eta))
# --8<-- [end:first-step-slope]


# --8<-- [start:first-step]
def loss_after_first_step(eta):
    r"""Loss one step away from weights of 0, with one input and two classes.

    Args:
        eta: learning rate, positive.

    Returns:
        number below ln 2, in nats.

    Source: docs/fr/context.md#first-step
    """
    X, W, y = np.array([1.0]), np.zeros((1, 2)), 1
    return loss_of_weights(X, descend(X, W, y, eta), y)
# --8<-- [end:first-step]


if __name__ == "__main__":
    # --8<-- [start:logits-raised-demo]
    X = np.array([1.0, 2.0])
    W = np.array([[0.5, -0.5, 0.0], [0.0, 0.25, 0.5]])
    z = np.array([10.0, -3.0])
    print("before:", linear(X, W))
    print("after: ", logits_raised(X, W, z), "  X z =", X @ z)
    # --8<-- [end:logits-raised-demo]

    # --8<-- [start:weights-kernel-demo]
    for y in (1, 2, 3):
        before, after = loss_of_weights(X, W, y), loss_raised(X, W, y, z)
        print(f"y = {y}:  before {before:.12f}   after {after:.12f}")
    # --8<-- [end:weights-kernel-demo]

    # --8<-- [start:weights-zero-demo]
    for C in (1, 2, 3, 10, 1000):
        start = loss_without_weights(X, np.ones((2, C)), y=1)
        print(f"C = {C:<4}   L = {start:.4f}   ln C = {np.log(C):.4f}")
    # --8<-- [end:weights-zero-demo]

    # --8<-- [start:first-step-slope-demo]
    print("gradient:", gradient(np.array([1.0]), np.zeros((1, 2)), 1))
    for eta in (1e-9, 1, 5):
        print(f"eta = {eta:<5}   slope = {first_step_slope(eta):.4f}")
    # --8<-- [end:first-step-slope-demo]

    # --8<-- [start:first-step-demo]
    print("start:        L =", round(np.log(2), 4))
    for eta in (0.1, 1, 5):
        print(f"eta = {eta:<3}     L = {loss_after_first_step(eta):.4f}")
    # --8<-- [end:first-step-demo]
