"""Back through the linear layer: from the gradient in the logits to the one in the input."""

# --8<-- [start:imports]
import numpy as np

# --8<-- [end:imports]


# --8<-- [start:jacobian-x]
def jacobian_x_by_index(W):
    r"""Derivative of each logit in each input: the weight between the two.

    Args:
        W: (D, C) weights.

    Returns:
        (C, D), row i for the logit, column l for the input.

    Source: docs/fr/gradients-input.md#jacobian-x
    """
    D, C = W.shape
    dlogits_dX = np.zeros((C, D))
    # --8<-- [start:jacobian-x-useful]
    for i in range(C):
        for k in range(D):
            dlogits_dX[i, k] = W[k, i]
    # --8<-- [end:jacobian-x-useful]
    return dlogits_dX
# --8<-- [end:jacobian-x]


# --8<-- [start:jacobian-x-matrix]
def jacobian_x(W):
    r"""Jacobian of the logits in the input, $W^\top$.

    Args:
        W: (D, C) weights.

    Returns:
        (C, D), row i for the logit, column l for the input.

    Source: docs/fr/gradients-input.md#jacobian-x-matrix
    """
    return W.T
# --8<-- [end:jacobian-x-matrix]


# --8<-- [start:chain-rule-x-index]
def input_by_paths(dlogits, dlogits_dX):
    r"""Gradient in each input, summed over the logits it acts through.

    Args:
        dlogits: (C,) derivatives of the loss in the logits.
        dlogits_dX: (C, D) derivatives of the logits in the input.

    Returns:
        (D,), in units of loss per unit of input.

    Raises:
        ValueError: if the shapes don't fit.

    Source: docs/fr/gradients-input.md#chain-rule-x-index
    """
    dX = np.zeros(dlogits_dX.shape[1])
    for dlogit, row in zip(dlogits, dlogits_dX, strict=True):
        dX += dlogit * row  # the path through logit i, for all inputs at once
    return dX
# --8<-- [end:chain-rule-x-index]


# --8<-- [start:chain-rule-x]
def input_by_contraction(dlogits, dlogits_dX):
    r"""The same sum as a matrix product, a row by a matrix.

    Args:
        dlogits: (C,) derivatives of the loss in the logits.
        dlogits_dX: (C, D) derivatives of the logits in the input.

    Returns:
        (D,), in units of loss per unit of input.

    Raises:
        ValueError: if the shapes don't fit.

    Source: docs/fr/gradients-input.md#chain-rule-x
    """
    return dlogits @ dlogits_dX
# --8<-- [end:chain-rule-x]


# --8<-- [start:grad-x-index]
def input_by_index(W, dlogits):
    r"""Gradient in each input, $\sum_i (\partial L / \partial \lambda_i) w_{li}$.

    Args:
        W: (D, C) weights.
        dlogits: (C,) derivatives of the loss in the logits.

    Returns:
        (D,), in units of loss per unit of input.

    Source: docs/fr/gradients-input.md#grad-x-index
    """
    D, C = W.shape
    return np.array([sum(dlogits[i] * W[k, i] for i in range(C)) for k in range(D)])
# --8<-- [end:grad-x-index]


# --8<-- [start:grad-x-chain]
def input_from_logits(W, dlogits):
    r"""Gradient in the input, $(\partial L / \partial \lambda) \, W^\top$.

    Args:
        W: (D, C) weights.
        dlogits: (C,) derivatives of the loss in the logits.

    Returns:
        (D,), in units of loss per unit of input.

    Raises:
        ValueError: if the shapes don't fit.

    Source: docs/fr/gradients-input.md#grad-x-chain
    """
    return dlogits @ W.T
# --8<-- [end:grad-x-chain]


if __name__ == "__main__":
    # --8<-- [start:jacobian-x-demo]
    W = np.array([[0.5, -0.5, 0.0], [0.0, 0.25, 0.5]])  # D = 2, C = 3
    print(jacobian_x_by_index(W))
    # --8<-- [end:jacobian-x-demo]

    # --8<-- [start:jacobian-x-matrix-demo]
    print(jacobian_x(W))
    # --8<-- [end:jacobian-x-matrix-demo]

    # --8<-- [start:chain-rule-x-index-demo]
    dlogits = np.array([3.0, 5.0, -8.0])  # any three numbers will do here too
    print(input_by_paths(dlogits, jacobian_x(W)))
    # --8<-- [end:chain-rule-x-index-demo]

    # --8<-- [start:chain-rule-x-demo]
    print(input_by_contraction(dlogits, jacobian_x(W)))
    # --8<-- [end:chain-rule-x-demo]

    # --8<-- [start:grad-x-index-demo]
    print(input_by_index(W, dlogits))
    # --8<-- [end:grad-x-index-demo]

    # --8<-- [start:grad-x-chain-demo]
    print(input_from_logits(W, dlogits))
    # --8<-- [end:grad-x-chain-demo]
