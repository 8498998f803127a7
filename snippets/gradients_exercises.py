"""Exercises on the gradients: shorter ways, sums that never move, and a loss that learns badly."""

# --8<-- [start:imports]
import numpy as np

from context import one_hot, probabilities
from gradients import grad_logits, grad_weights
from gradients_logits import softmax_jacobian
from loss import at_class

# --8<-- [end:imports]


# --8<-- [start:loss-logits-short]
def logits_by_right_class(S, y):
    r"""Gradient in the logits, through the right class's probability alone.

    Args:
        S: (C,) positive probabilities, summing to 1.
        y: class, an integer from 1 to C.

    Returns:
        (C,) numbers, in units of loss.

    Raises:
        ValueError: if there is no such class.

    Source: docs/fr/gradients.md#loss-logits-short
    """
    return -1 / at_class(S, y) * at_class(softmax_jacobian(S), y)  # row y
# --8<-- [end:loss-logits-short]


# --8<-- [start:loss-normalised-gradient]
def normalised_gradient(S, Y):
    r"""Gradient in the probabilities of $\ln \sum_k S_k - \ln S_y$.

    Args:
        S: (C,) positive probabilities, summing to 1.
        Y: (C,) one-hot class.

    Returns:
        (C,) numbers, in units of loss.

    Source: docs/fr/gradients.md#loss-normalised-gradient
    """
    return 1 / S.sum() - Y / S
# --8<-- [end:loss-normalised-gradient]


# --8<-- [start:loss-normalised-chain]
def logits_from_normalised(S, Y):
    r"""Gradient in the logits from that one: the same as from $-Y / S$.

    Args:
        S: (C,) positive probabilities, summing to 1.
        Y: (C,) one-hot class.

    Returns:
        (C,) numbers, in units of loss.

    Source: docs/fr/gradients.md#loss-normalised-chain
    """
    return normalised_gradient(S, Y) @ softmax_jacobian(S)
# --8<-- [end:loss-normalised-chain]


# --8<-- [start:grad-w-sum]
def row_sums(dW):
    r"""Sums of the rows of the gradient in the weights, which are 0.

    Args:
        dW: (D, C) gradient in the weights.

    Returns:
        (D,) zeros, to rounding.

    Source: docs/fr/gradients-weights.md#grad-w-sum
    """
    return dW.sum(axis=1)
# --8<-- [end:grad-w-sum]


# --8<-- [start:step-row-sums]
def row_sums_after_step(W, eta, dW):
    r"""Sums of the rows of the weights after a step: what they were.

    Args:
        W: (D, C) weights.
        eta: learning rate, positive.
        dW: (D, C) gradient in the weights.

    Returns:
        (D,), in units of weight.

    Source: docs/fr/gradients-weights.md#step-row-sums
    """
    return (W - eta * dW).sum(axis=1)
# --8<-- [end:step-row-sums]


# --8<-- [start:grad-w-leak]
def rows_by_other_inputs(X, dW):
    r"""Each row of the gradient times each input: the same with both exchanged.

    Args:
        X: (D,) input.
        dW: (D, C) gradient in the weights.

    Returns:
        (D, D, C), indices l, j, k: $x_l \, \partial L / \partial w_{jk}$.

    Source: docs/fr/gradients-weights.md#grad-w-leak
    """
    return np.multiply.outer(X, dW)
# --8<-- [end:grad-w-leak]


# --8<-- [start:quadratic-loss]
def quadratic_loss(S, Y):
    r"""Quadratic loss, $\frac{1}{2} \sum_i (S_i - Y_i)^2$.

    Args:
        S: (C,) probabilities, summing to 1.
        Y: (C,) one-hot class.

    Returns:
        number from 0 to 1, dimensionless.

    Source: docs/fr/gradients.md#quadratic-loss
    """
    return ((S - Y) ** 2).sum() / 2
# --8<-- [end:quadratic-loss]


# --8<-- [start:quadratic-loss-gradient]
def quadratic_grad_logits(S, Y):
    r"""Gradient of the quadratic loss in the logits.

    Args:
        S: (C,) probabilities, summing to 1.
        Y: (C,) one-hot class.

    Returns:
        (C,) numbers, dimensionless.

    Source: docs/fr/gradients.md#quadratic-loss-gradient
    """
    errors = S - Y
    return S * (errors - errors @ S)
# --8<-- [end:quadratic-loss-gradient]


if __name__ == "__main__":
    # --8<-- [start:loss-logits-short-demo]
    S, Y = probabilities(np.array([0.5, 0.0, 1.0])), one_hot(2, 3)
    print(logits_by_right_class(S, 2))
    # --8<-- [end:loss-logits-short-demo]

    # --8<-- [start:loss-normalised-gradient-demo]
    print(normalised_gradient(S, Y))
    # --8<-- [end:loss-normalised-gradient-demo]

    # --8<-- [start:loss-normalised-chain-demo]
    print(logits_from_normalised(S, Y))
    # --8<-- [end:loss-normalised-chain-demo]

    # --8<-- [start:grad-w-sum-demo]
    dW = grad_weights(np.array([1.0, 2.0]), S, Y)
    print(np.round(row_sums(dW), 12) + 0.0)
    # --8<-- [end:grad-w-sum-demo]

    # --8<-- [start:step-row-sums-demo]
    W = np.array([[0.5, -0.5, 0.0], [0.0, 0.25, 0.5]])
    print("before:", W.sum(axis=1), "  after:", row_sums_after_step(W, 0.1, dW))
    # --8<-- [end:step-row-sums-demo]

    # --8<-- [start:grad-w-leak-demo]
    print("one negative column:", np.round(dW, 2).tolist())
    print("2nd row over 1st:", np.round(dW[1] / dW[0], 12), "= 2nd input over 1st")
    # --8<-- [end:grad-w-leak-demo]

    # --8<-- [start:quadratic-loss-demo]
    print(f"Q = {quadratic_loss(S, Y):.4f}")
    # --8<-- [end:quadratic-loss-demo]

    # --8<-- [start:quadratic-loss-gradient-demo]
    right = one_hot(1, 2)
    for wrong in (0, 5, 10, 20):
        S = probabilities(np.array([0.0, wrong]))
        print(f"lead {wrong:2}: dL = {grad_logits(S, right)}, dQ = {quadratic_grad_logits(S, right)}")
    # --8<-- [end:quadratic-loss-gradient-demo]
