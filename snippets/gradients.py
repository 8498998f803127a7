"""The gradients themselves: S - Y in the logits, and what it gives in the weights and in the input."""

# --8<-- [start:imports]
import numpy as np

from context import gradient, linear, loss_of_weights, one_hot, probabilities

# --8<-- [end:imports]


# --8<-- [start:loss-logits-gradient]
def grad_logits_by_cases(S, y):
    r"""Gradient in the logits: $S_y - 1$ for the class, $S_i$ for the others.

    Args:
        S: (C,) probabilities, summing to 1.
        y: class, an integer from 1 to C.

    Returns:
        (C,) numbers, in units of loss.

    Source: docs/fr/gradients.md#loss-logits-gradient
    """
    return np.array([S_i - 1 if i == y else S_i for i, S_i in enumerate(S, 1)])
# --8<-- [end:loss-logits-gradient]


# --8<-- [start:loss-logits-vector]
def grad_logits(S, Y):
    r"""Gradient of the loss in the logits, $S - Y$.

    Args:
        S: (C,) probabilities, summing to 1.
        Y: (C,) one-hot class.

    Returns:
        (C,) numbers, in units of loss.

    Source: docs/fr/gradients.md#loss-logits-vector
    """
    return S - Y
# --8<-- [end:loss-logits-vector]


# --8<-- [start:loss-logits-sum]
def sum_of_grad_logits(dlogits):
    r"""Sum of the derivatives in the logits, which is 0.

    Args:
        dlogits: (C,) derivatives of the loss in the logits.

    Returns:
        number: 0, to rounding.

    Source: docs/fr/gradients.md#loss-logits-sum
    """
    return dlogits.sum()
# --8<-- [end:loss-logits-sum]


# --8<-- [start:right-class-gradient]
def grad_right_logit(S, y):
    r"""Derivative in the right class's logit: minus the other probabilities.

    Args:
        S: (C,) probabilities, summing to 1.
        y: class, an integer from 1 to C.

    Returns:
        number between -1 and 0, in units of loss, exact even near 0.

    Raises:
        ValueError: if there is no such class.

    Source: docs/fr/gradients.md#right-class-gradient
    """
    others = 1 - one_hot(y, S.size)
    return 0.0 - others @ S
# --8<-- [end:right-class-gradient]


# --8<-- [start:loss-logits-bounds]
def bounded_grad_logits(S, y):
    r"""Gradient in the logits: probabilities, but for one that is negative.

    Args:
        S: (C,) probabilities, summing to 1.
        y: class, an integer from 1 to C.

    Returns:
        (C,) numbers between -1 and 1, each exact even near 0.

    Raises:
        ValueError: if there is no such class.

    Source: docs/fr/gradients.md#loss-logits-bounds
    """
    return np.where(one_hot(y, S.size) == 1, grad_right_logit(S, y), S)
# --8<-- [end:loss-logits-bounds]


# --8<-- [start:grad-w-components]
def grad_weights_by_index(X, S, Y):
    r"""Gradient in each weight, $x_j (S_k - Y_k)$.

    Args:
        X: (D,) input.
        S: (C,) probabilities, summing to 1.
        Y: (C,) one-hot class.

    Returns:
        (D, C), in units of loss per unit of weight.

    Source: docs/fr/gradients-weights.md#grad-w-components
    """
    return np.array([[x_j * (S_k - Y_k) for S_k, Y_k in zip(S, Y, strict=True)] for x_j in X])
# --8<-- [end:grad-w-components]


# --8<-- [start:grad-w]
def grad_weights(X, S, Y):
    r"""Gradient of the loss in the weights, $X^\top (S - Y)$.

    Args:
        X: (D,) input.
        S: (C,) probabilities, summing to 1.
        Y: (C,) one-hot class.

    Returns:
        (D, C), in units of loss per unit of weight.

    Source: docs/fr/gradients-weights.md#grad-w
    """
    return np.outer(X, S - Y)
# --8<-- [end:grad-w]


# --8<-- [start:grad-x-components]
def grad_input_by_index(W, S, Y):
    r"""Gradient in each input, $\sum_i (S_i - Y_i) w_{li}$.

    Args:
        W: (D, C) weights.
        S: (C,) probabilities, summing to 1.
        Y: (C,) one-hot class.

    Returns:
        (D,), in units of loss per unit of input.

    Source: docs/fr/gradients-input.md#grad-x-components
    """
    rows = [zip(S, Y, row, strict=True) for row in W]
    return np.array([sum((S_i - Y_i) * w_li for S_i, Y_i, w_li in row) for row in rows])
# --8<-- [end:grad-x-components]


# --8<-- [start:grad-x]
def grad_input(W, S, Y):
    r"""Gradient of the loss in the input, $(S - Y) W^\top$.

    Args:
        W: (D, C) weights.
        S: (C,) probabilities, summing to 1.
        Y: (C,) one-hot class.

    Returns:
        (D,), in units of loss per unit of input.

    Source: docs/fr/gradients-input.md#grad-x
    """
    return (S - Y) @ W.T
# --8<-- [end:grad-x]


# --8<-- [start:grad-w-products]
def products(dW):
    r"""All products of two entries of the gradient in the weights.

    Args:
        dW: (D, C) gradient in the weights.

    Returns:
        (D, C, D, C), dW[j, k] dW[l, r] at [j, k, l, r].

    Source: docs/fr/gradients-weights.md#grad-w-products
    """
    return dW[:, :, None, None] * dW[None, None, :, :]
# --8<-- [end:grad-w-products]


# --8<-- [start:grad-w-rank]
def minors(dW):
    r"""All 2 by 2 minors of the gradient in the weights, which are 0.

    Args:
        dW: (D, C) gradient in the weights.

    Returns:
        (D, C, D, C) zeros, to rounding; [j, k, l, r] as above.

    Source: docs/fr/gradients-weights.md#grad-w-rank
    """
    return products(dW) - products(dW).transpose(0, 3, 2, 1)  # k and r exchanged
# --8<-- [end:grad-w-rank]


# --8<-- [start:gradient-step-explicit]
def learn(X, W, y, eta):
    r"""Weights one step downhill, $W - \eta X^\top (S - Y)$.

    Args:
        X: (D,) input.
        W: (D, C) weights.
        y: class, an integer from 1 to C.
        eta: learning rate, positive.

    Returns:
        (D, C) weights.

    Raises:
        ValueError: if the shapes don't fit, or if there is no such class.

    Source: docs/fr/gradients-weights.md#gradient-step-explicit
    """
    S = probabilities(linear(X, W))
    Y = one_hot(y, S.size)
    return W - eta * grad_weights(X, S, Y)
# --8<-- [end:gradient-step-explicit]


if __name__ == "__main__":
    # --8<-- [start:loss-logits-gradient-demo]
    X = np.array([1.0, 2.0])  # D = 2
    W = np.array([[0.5, -0.5, 0.0], [0.0, 0.25, 0.5]])  # D = 2, C = 3
    y = 2
    S, Y = probabilities(linear(X, W)), one_hot(y, 3)
    print(grad_logits_by_cases(S, y))
    # --8<-- [end:loss-logits-gradient-demo]

    # --8<-- [start:loss-logits-vector-demo]
    dlogits = grad_logits(S, Y)
    print("S - Y =", dlogits)
    # --8<-- [end:loss-logits-vector-demo]

    # --8<-- [start:loss-logits-sum-demo]
    print("sum:", round(sum_of_grad_logits(dlogits), 12) + 0.0)
    # --8<-- [end:loss-logits-sum-demo]

    # --8<-- [start:right-class-gradient-demo]
    sure = probabilities(np.array([40.0, 0.0]))
    print("difference:", sure[0] - 1, "  sum:", grad_right_logit(sure, 1))
    # --8<-- [end:right-class-gradient-demo]

    # --8<-- [start:loss-logits-bounds-demo]
    for lead in (0, 1, 5, 50):
        confident = probabilities(np.array([0.0, lead]))
        print(f"lead {lead:2}:", bounded_grad_logits(confident, 1))
    # --8<-- [end:loss-logits-bounds-demo]

    # --8<-- [start:grad-w-components-demo]
    y = 2
    S, Y = probabilities(linear(X, W)), one_hot(y, 3)
    print(grad_weights_by_index(X, S, Y))
    # --8<-- [end:grad-w-components-demo]

    # --8<-- [start:grad-w-demo]
    dW = grad_weights(X, S, Y)
    print("formula:     ", dW.round(4).tolist())
    print("complex step:", gradient(X, W, y).round(4).tolist())
    # --8<-- [end:grad-w-demo]

    # --8<-- [start:grad-x-components-demo]
    X, y = np.array([1.0, 2.0]), 2
    S, Y = probabilities(linear(X, W)), one_hot(y, 3)
    print(grad_input_by_index(W, S, Y))
    # --8<-- [end:grad-x-components-demo]

    # --8<-- [start:grad-x-demo]
    print("formula:     ", grad_input(W, S, Y))
    h = 1e-20
    steps = X + 1j * h * np.eye(2)  # one row for each input moved
    print("complex step:", np.array([loss_of_weights(moved, W, y) for moved in steps]).imag / h)
    # --8<-- [end:grad-x-demo]

    # --8<-- [start:grad-w-products-demo]
    quadruple = products(dW)  # indices from 0
    print("1st row, 1st column by 2nd row, 3rd column:", quadruple[0, 0, 1, 2])
    print("1st row, 3rd column by 2nd row, 1st column:", quadruple[0, 2, 1, 0])
    # --8<-- [end:grad-w-products-demo]

    # --8<-- [start:grad-w-rank-demo]
    print("largest minor:", round(np.abs(minors(dW)).max(), 12))
    print("rank:", np.linalg.matrix_rank(dW))
    # --8<-- [end:grad-w-rank-demo]

    # --8<-- [start:gradient-step-explicit-demo]
    V = W.copy()
    for step in range(4):
        print(f"step {step}: L = {loss_of_weights(X, V, y):.4f}")
        V = learn(X, V, y, eta=0.1)
    # --8<-- [end:gradient-step-explicit-demo]
