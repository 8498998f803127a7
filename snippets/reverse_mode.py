"""Which way to go through a chain of derivatives: one pass for each weight, or one for all."""

# --8<-- [start:imports]
import numpy as np

from context import linear, one_hot, probabilities
from gradients import grad_input, grad_weights

# --8<-- [end:imports]


# --8<-- [start:forward-mode]
def move_of_logits(X, U):
    r"""What a move of the weights does to the logits, $XU$.

    Args:
        X: (D,) input.
        U: (D, C) move of the weights.

    Returns:
        (C,) move of the logits.

    Source: docs/fr/gradients-input.md#forward-mode
    """
    return X @ U
# --8<-- [end:forward-mode]


# --8<-- [start:reverse-mode]
def slope_in_reverse(X, S, Y, U):
    r"""Slope of the loss along a move of the weights, from a gradient that doesn't know the move.

    Args:
        X: (D,) input.
        S: (C,) probabilities.
        Y: (C,) one-hot class.
        U: (D, C) move of the weights.

    Returns:
        number, in units of loss.

    Source: docs/fr/gradients-input.md#reverse-mode
    """
    dW = np.outer(X, S - Y)  # once, for all moves
    return (dW * U).sum()
# --8<-- [end:reverse-mode]


# --8<-- [start:input-slope]
def slope_along_input(W, S, Y):
    r"""Slope of the loss when the input moves along its own gradient: its squared length.

    Args:
        W: (D, C) weights.
        S: (C,) probabilities.
        Y: (C,) one-hot class.

    Returns:
        number, at least 0.

    Source: docs/fr/gradients-input.md#input-slope
    """
    return (((S - Y) @ W.T) ** 2).sum()
# --8<-- [end:input-slope]


# --8<-- [start:input-unseen]
def unseen(S, Y, c):
    r"""Slope of the loss when all logits move by c: 0, for the gradient sums to 0.

    Args:
        S: (C,) probabilities.
        Y: (C,) one-hot class.
        c: number.

    Returns:
        number: 0, to rounding.

    Source: docs/fr/gradients-input.md#input-unseen
    """
    return (S - Y) @ np.full(S.size, c)
# --8<-- [end:input-unseen]


if __name__ == "__main__":
    # --8<-- [start:forward-mode-demo]
    X, y = np.array([1.0, 2.0]), 2
    W = np.array([[0.5, -0.5, 0.0], [0.0, 0.25, 0.5]])  # D = 2, C = 3
    S, Y = probabilities(linear(X, W)), one_hot(y, 3)
    dW, passes = np.zeros(W.shape), 0
    for jk in np.ndindex(W.shape):  # a pass for each weight
        U = np.zeros(W.shape)
        U[jk] = 1.0
        dW[jk] = (S - Y) @ move_of_logits(X, U)
        passes += 1
    print(f"{passes} passes:", np.round(dW, 4).tolist())
    # --8<-- [end:forward-mode-demo]

    # --8<-- [start:reverse-mode-demo]
    print("1 pass:  ", np.round(grad_weights(X, S, Y), 4).tolist())
    U = np.array([[1.0, 0.0, -1.0], [0.5, 2.0, 0.0]])  # any move
    print("slope:", round(slope_in_reverse(X, S, Y, U), 12), "=", round((S - Y) @ move_of_logits(X, U), 12))
    # --8<-- [end:reverse-mode-demo]

    # --8<-- [start:input-slope-demo]
    dX = grad_input(W, S, Y)
    print("slope:", round(slope_along_input(W, S, Y), 4))
    for step in (0.0, 0.1, 1.0):
        moved = probabilities(linear(X + step * dX, W))
        print(f"step {step}: right class {moved[y - 1]:.4f}")
    # --8<-- [end:input-slope-demo]

    # --8<-- [start:input-unseen-demo]
    print(round(unseen(S, Y, 7.0), 12) + 0.0)
    # --8<-- [end:input-unseen-demo]
