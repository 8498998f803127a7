"""One example, with a bias: the gradients of the bias, the weights and the input."""

# --8<-- [start:imports]
import numpy as np

from context import linear, one_hot
from divergence import kl
from softmax import softmax

# --8<-- [end:imports]


# --8<-- [start:one-hot]
def target(y, C):
    r"""What happens, as a distribution: $Y_i = 1$ if $i = y$, else 0.

    Args:
        y: class, an integer from 1 to C.
        C: number of classes.

    Returns:
        (C,) zeros but for a one.

    Raises:
        ValueError: if there is no such class.

    Source: docs/fr/bias.md#bias-one-hot
    """
    return one_hot(y, C)
# --8<-- [end:one-hot]


# --8<-- [start:logits]
def affine(X, W, b):
    r"""Logits of a layer with a bias, $\lambda = XW + b$.

    Args:
        X: (D,) input, a row.
        W: (D, C) weights.
        b: (C,) bias, one number a class.

    Returns:
        (C,) logits, real numbers of either sign.

    Raises:
        ValueError: if the shapes of X, W and b don't fit.

    Source: docs/fr/bias.md#bias-logits
    """
    logits = linear(X, W)
    if b.shape != logits.shape:
        raise ValueError(f"b is (C,), here {logits.shape}, not {b.shape}")
    return logits + b
# --8<-- [end:logits]


# --8<-- [start:logits-index]
def affine_by_index(X, W, b):
    r"""Logits one by one, $\lambda_i = \sum_l x_l w_{li} + b_i$.

    Args:
        X: (D,) input, a row.
        W: (D, C) weights.
        b: (C,) bias.

    Returns:
        (C,) logits.

    Source: docs/fr/bias.md#bias-logits-index
    """
    logits = np.zeros(b.size)
    # --8<-- [start:logits-index-useful]
    for i in range(b.size):
        for x_l, w_li in zip(X, W[:, i], strict=True):
            logits[i] += x_l * w_li
        logits[i] += b[i]
    # --8<-- [end:logits-index-useful]
    return logits
# --8<-- [end:logits-index]


# --8<-- [start:probabilities]
def probabilities(logits):
    r"""Probability of each class, $S = \operatorname{softmax}(\lambda)$.

    Args:
        logits: (C,) real numbers.

    Returns:
        (C,) probabilities, summing to 1.

    Source: docs/fr/bias.md#bias-probabilities
    """
    return softmax(logits)
# --8<-- [end:probabilities]


# --8<-- [start:loss]
def loss(Y, S):
    r"""Loss of the probabilities S, given the class: $D_{\mathrm{KL}}(Y \| S)$.

    Args:
        Y: (C,) one-hot class.
        S: (C,) probabilities, summing to 1.

    Returns:
        number, at least 0, in nats.

    Source: docs/fr/bias.md#bias-loss
    """
    return kl(Y, S)
# --8<-- [end:loss]


# --8<-- [start:loss-logits]
def loss_from_logits(logits, y):
    r"""Loss without its probabilities, $\ln \sum_j e^{\lambda_j} - \lambda_y$.

    Args:
        logits: (C,) real numbers.
        y: class, an integer from 1 to C.

    Returns:
        number, at least 0, in nats.

    Source: docs/fr/bias.md#bias-loss-logits
    """
    shifted = logits - logits.max()  # changes nothing, and nothing overflows
    return np.log(np.exp(shifted).sum()) - shifted[y - 1]
# --8<-- [end:loss-logits]


# --8<-- [start:grad-logits]
def grad_logits(S, Y):
    r"""Gradient of the loss with respect to the logits, $S - Y$.

    Args:
        S: (C,) probabilities, summing to 1.
        Y: (C,) one-hot class.

    Returns:
        (C,), in nats per unit of logit.

    Source: docs/fr/bias.md#bias-grad-logits
    """
    return S - Y
# --8<-- [end:grad-logits]


# --8<-- [start:jacobian]
def jacobian_b(C):
    r"""Derivatives of the logits, $\partial \lambda_i / \partial b_k$: 1 if $i = k$.

    Args:
        C: number of classes.

    Returns:
        (C, C), row i for the logit, column k for the bias.

    Source: docs/fr/bias.md#bias-jacobian
    """
    return np.eye(C)
# --8<-- [end:jacobian]


# --8<-- [start:gradient-index]
def grad_b_by_index(S, Y):
    r"""Gradient of the loss with respect to the bias, one path at a time.

    Args:
        S: (C,) probabilities, summing to 1.
        Y: (C,) one-hot class.

    Returns:
        (C,), in nats per unit of bias.

    Source: docs/fr/bias.md#bias-gradient-index
    """
    db = np.zeros(S.size)
    for k in range(S.size):
        for i in range(S.size):  # from b_k to L through the logit i
            db[k] += (S[i] - Y[i]) * (1.0 if i == k else 0.0)
    return db
# --8<-- [end:gradient-index]


# --8<-- [start:gradient]
def grad_b(S, Y):
    r"""Gradient of the loss with respect to the bias, $S - Y$.

    Args:
        S: (C,) probabilities, summing to 1.
        Y: (C,) one-hot class.

    Returns:
        (C,), in nats per unit of bias.

    Source: docs/fr/bias.md#bias-gradient
    """
    return S - Y
# --8<-- [end:gradient]


if __name__ == "__main__":
    # --8<-- [start:example]
    X = np.array([1.0, 2.0])  # D = 2
    W = np.array([[0.5, -0.5, 0.0], [0.0, 0.25, 0.5]])  # D = 2, C = 3
    b = np.array([-0.5, 1.0, 0.0])  # C = 3
    y = 2
    print("S without a bias:", softmax(linear(X, W)).round(4))
    print("if X = 0:        ", softmax(linear(0 * X, W)).round(4))
    # --8<-- [end:example]

    # --8<-- [start:one-hot-demo]
    Y = target(y, 3)
    print("Y =", Y)
    # --8<-- [end:one-hot-demo]

    # --8<-- [start:logits-demo]
    print("X W     =", linear(X, W))
    print("X W + b =", affine(X, W, b))
    # --8<-- [end:logits-demo]

    # --8<-- [start:logits-index-demo]
    print("logits =", affine_by_index(X, W, b))
    # --8<-- [end:logits-index-demo]

    # --8<-- [start:probabilities-demo]
    logits = affine(X, W, b)
    S = probabilities(logits)
    print("S =", S.round(4))
    print("if X = 0: S =", probabilities(affine(0 * X, W, b)).round(4))
    # --8<-- [end:probabilities-demo]

    # --8<-- [start:loss-demo]
    print("L without a bias:", loss(Y, softmax(linear(X, W))).round(4))
    print("L with it:       ", loss(Y, S).round(4))
    # --8<-- [end:loss-demo]

    # --8<-- [start:loss-logits-demo]
    print("L =", loss_from_logits(logits, y).round(4))
    # --8<-- [end:loss-logits-demo]

    # --8<-- [start:grad-logits-demo]
    print("S     =", S.round(4))
    print("S - Y =", grad_logits(S, Y).round(4))
    # --8<-- [end:grad-logits-demo]

    # --8<-- [start:jacobian-demo]
    print(jacobian_b(3))
    # --8<-- [end:jacobian-demo]

    # --8<-- [start:gradient-index-demo]
    print("db =", grad_b_by_index(S, Y).round(4))
    # --8<-- [end:gradient-index-demo]

    # --8<-- [start:gradient-demo]
    db = grad_b(S, Y)
    for eta in (0.1, 1.0, 10.0):
        moved = affine(X, W, b - eta * db)
        print(f"eta = {eta:<4}  L = {loss_from_logits(moved, y):.4f}")
    # --8<-- [end:gradient-demo]
