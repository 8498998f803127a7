"""Back through the linear layer: from the gradient in the logits to the one in the weights."""

# --8<-- [start:imports]
import numpy as np

from context import linear

# --8<-- [end:imports]


# --8<-- [start:jacobian-w]
def jacobian_w(X, W):
    r"""Derivatives of the logits in the weights, by the complex step.

    A weight moved by ih moves each logit by ih times its derivative.

    Args:
        X: (D,) input.
        W: (D, C) real weights.

    Returns:
        (C, D, C), J[i, j, k] for logit i and the weight in row j, column k.

    Raises:
        ValueError: if the shapes of X and W don't fit.

    Source: docs/fr/gradients-weights.md#jacobian-w
    """
    D, C = W.shape
    h = 1e-20
    J = np.zeros((C, D, C))
    # --8<-- [start:jacobian-w-useful]
    for j in range(D):
        for k in range(C):
            moved = W.astype(complex)
            moved[j, k] += 1j * h
            J[:, j, k] = linear(X, moved).imag / h
    # --8<-- [end:jacobian-w-useful]
    return J
# --8<-- [end:jacobian-w]


# --8<-- [start:chain-rule-index]
def weights_by_paths(dlogits, J):
    r"""Gradient in each weight, summed over the logits it may act through.

    Args:
        dlogits: (C,) derivatives of the loss in the logits.
        J: (C, D, C) derivatives of the logits in the weights.

    Returns:
        (D, C), in units of loss per unit of weight.

    Raises:
        ValueError: if the shapes don't fit.

    Source: docs/fr/gradients-weights.md#chain-rule-index
    """
    dW = np.zeros(J.shape[1:])
    for dlogit, J_i in zip(dlogits, J, strict=True):
        dW += dlogit * J_i  # the path through logit i, for all weights at once
    return dW
# --8<-- [end:chain-rule-index]


# --8<-- [start:chain-rule]
def weights_by_contraction(dlogits, J):
    r"""The same sum at one stroke: last axis of the one, first of the other.

    Args:
        dlogits: (C,) derivatives of the loss in the logits.
        J: (C, D, C) derivatives of the logits in the weights.

    Returns:
        (D, C), in units of loss per unit of weight.

    Raises:
        ValueError: if the shapes don't fit.

    Source: docs/fr/gradients-weights.md#chain-rule
    """
    return np.tensordot(dlogits, J, axes=1)
# --8<-- [end:chain-rule]


# --8<-- [start:weights-independent]
def weights_in_weights(D, C):
    r"""Derivative of each weight in each weight: 1 in itself, 0 in another.

    Args:
        D: number of inputs.
        C: number of classes.

    Returns:
        (D, C, D, C) zeros and ones, $\delta_{lj} \delta_{ik}$ at [l, i, j, k].

    Source: docs/fr/gradients-weights.md#weights-independent
    """
    same_row, same_column = np.eye(D), np.eye(C)
    return same_row[:, None, :, None] * same_column[None, :, None, :]
# --8<-- [end:weights-independent]


# --8<-- [start:jacobian-w-sum]
def jacobian_w_by_sum(X, C):
    r"""The three-axis Jacobian as the sum $\sum_l x_l \delta_{lj} \delta_{ik}$.

    Args:
        X: (D,) input.
        C: number of classes.

    Returns:
        (C, D, C).

    Source: docs/fr/gradients-weights.md#jacobian-w-sum
    """
    derivatives = weights_in_weights(X.size, C)  # [l, i, j, k]
    return sum(x_l * of_row for x_l, of_row in zip(X, derivatives, strict=True))
# --8<-- [end:jacobian-w-sum]


# --8<-- [start:jacobian-w-cases]
def jacobian_w_by_cases(X, C):
    r"""The three-axis Jacobian, entry by entry: $x_j$ where i = k, else 0.

    Args:
        X: (D,) input.
        C: number of classes.

    Returns:
        (C, D, C).

    Source: docs/fr/gradients-weights.md#jacobian-w-cases
    """
    D = X.size
    J = np.zeros((C, D, C))
    # --8<-- [start:jacobian-w-cases-useful]
    for i in range(C):
        for j in range(D):
            for k in range(C):
                J[i, j, k] = X[j] if i == k else 0.0
    # --8<-- [end:jacobian-w-cases-useful]
    return J
# --8<-- [end:jacobian-w-cases]


# --8<-- [start:grad-w-index]
def weights_by_index(X, dlogits):
    r"""Gradient in each weight, one product each.

    Args:
        X: (D,) input.
        dlogits: (C,) derivatives of the loss in the logits.

    Returns:
        (D, C), in units of loss per unit of weight.

    Source: docs/fr/gradients-weights.md#grad-w-index
    """
    dW = np.zeros((X.size, dlogits.size))
    for j in range(X.size):
        for k in range(dlogits.size):
            dW[j, k] = dlogits[k] * X[j]
    return dW
# --8<-- [end:grad-w-index]


# --8<-- [start:grad-w-chain]
def weights_from_logits(X, dlogits):
    r"""Gradient in the weights, $X^\top \, \partial L / \partial \lambda$.

    Args:
        X: (D,) input.
        dlogits: (C,) derivatives of the loss in the logits.

    Returns:
        (D, C), in units of loss per unit of weight.

    Source: docs/fr/gradients-weights.md#grad-w-chain
    """
    return np.outer(X, dlogits)
# --8<-- [end:grad-w-chain]


if __name__ == "__main__":
    # --8<-- [start:jacobian-w-demo]
    X = np.array([1.0, 2.0])  # D = 2
    W = np.array([[0.5, -0.5, 0.0], [0.0, 0.25, 0.5]])  # D = 2, C = 3
    J = jacobian_w(X, W)
    print("shape:", J.shape)
    print(np.round(J, 12))
    # --8<-- [end:jacobian-w-demo]

    # --8<-- [start:chain-rule-index-demo]
    dlogits = np.array([3.0, 5.0, -8.0])  # any three numbers will do here
    print(weights_by_paths(dlogits, J))
    # --8<-- [end:chain-rule-index-demo]

    # --8<-- [start:chain-rule-demo]
    print(weights_by_contraction(dlogits, J))

    try:
        dlogits @ J
    except ValueError:
        print("dlogits @ J: refused, for C isn't D")

    square = jacobian_w(X, np.eye(2))  # C = D = 2
    pair = np.array([3.0, 5.0])
    print("right:", weights_by_contraction(pair, square).tolist())
    print("wrong:", (pair @ square).tolist())
    # --8<-- [end:chain-rule-demo]

    # --8<-- [start:weights-independent-demo]
    derivatives = weights_in_weights(2, 3)
    print("shape:", derivatives.shape, "  ones:", int(derivatives.sum()))
    print(derivatives[0, 2])  # of the weight in row 1, column 3
    # --8<-- [end:weights-independent-demo]

    # --8<-- [start:jacobian-w-sum-demo]
    print("largest difference:", np.abs(jacobian_w_by_sum(X, 3) - J).max())
    # --8<-- [end:jacobian-w-sum-demo]

    # --8<-- [start:jacobian-w-cases-demo]
    for i, of_logit in enumerate(jacobian_w_by_cases(X, 3), 1):
        print(f"logit {i}: {of_logit.tolist()}")
    # --8<-- [end:jacobian-w-cases-demo]

    # --8<-- [start:grad-w-index-demo]
    print(weights_by_index(X, dlogits))
    # --8<-- [end:grad-w-index-demo]

    # --8<-- [start:grad-w-chain-demo]
    print(weights_from_logits(X, dlogits))
    # --8<-- [end:grad-w-chain-demo]
