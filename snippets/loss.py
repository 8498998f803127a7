"""The loss, from the divergence to the logits: minus the log of one probability."""

# --8<-- [start:imports]
import numpy as np

from context import linear, one_hot, probabilities
from divergence import cross_entropy, entropy, kl

# --8<-- [end:imports]


# --8<-- [start:one-hot-sum]
def one_hot_sum(Y):
    r"""Sum of the components of the one-hot class, $\sum_i Y_i$.

    Args:
        Y: (C,) one-hot class.

    Returns:
        number: 1.

    Source: docs/fr/loss.md#one-hot-sum
    """
    return Y.sum()
# --8<-- [end:one-hot-sum]


# --8<-- [start:at-class]
def at_class(v, y):
    r"""Component of a vector that belongs to the class, $v_y$.

    Args:
        v: (C,) numbers.
        y: class, an integer from 1 to C.

    Returns:
        number, in the precision and units of v.

    Raises:
        ValueError: if there is no such class.

    Source: docs/fr/loss.md#one-hot-selects
    """
    if y not in range(1, len(v) + 1):  # 0 would silently read the last one
        raise ValueError(f"class {y} isn't one of 1 to {len(v)}")
    return v[int(y) - 1]
# --8<-- [end:at-class]


# --8<-- [start:one-hot-selects]
def selected(logits, Y):
    r"""Logit of the right class, $\sum_i \lambda_i Y_i$, as a product.

    Args:
        logits: (C,) finite real numbers.
        Y: (C,) one-hot class.

    Returns:
        number.

    Raises:
        ValueError: if the shapes don't fit.

    Source: docs/fr/loss.md#one-hot-selects
    """
    return logits @ Y
# --8<-- [end:one-hot-selects]


# --8<-- [start:one-hot-entropy]
def one_hot_entropy(Y):
    r"""Entropy of the one-hot class, $H(Y)$: a certainty holds no surprise.

    Args:
        Y: (C,) one-hot class.

    Returns:
        number, in nats: 0.

    Raises:
        ValueError: if Y is no distribution.

    Source: docs/fr/loss.md#one-hot-entropy
    """
    return entropy(Y)
# --8<-- [end:one-hot-entropy]


# --8<-- [start:loss-cross-entropy]
def loss_from_probabilities(S, y):
    r"""Loss of the probabilities S, given the class: $L = -\ln S_y$.

    Args:
        S: (C,) probabilities, summing to 1.
        y: class, an integer from 1 to C.

    Returns:
        number, at least 0, in nats.

    Warns:
        RuntimeWarning: if S gives 0 to the right class; the loss is infinite.

    Raises:
        ValueError: if there is no such class.

    Source: docs/fr/loss.md#loss-cross-entropy
    """
    return 0.0 - np.log(at_class(S, y))  # from 0.0, so as not to return -0.0
# --8<-- [end:loss-cross-entropy]


# --8<-- [start:loss-likelihood]
def likelihood(L):
    r"""Probability that was given to the right class, $e^{-L}$.

    Args:
        L: loss, at least 0, in nats.

    Returns:
        number from 0 to 1, dimensionless.

    Source: docs/fr/loss.md#loss-likelihood
    """
    return np.exp(-L)
# --8<-- [end:loss-likelihood]


# --8<-- [start:loss-nonnegative]
def loss_as_surprise(S, y):
    r"""Loss as the logarithm of a number that is at least 1, $\ln (1 / S_y)$.

    Args:
        S: (C,) positive probabilities, summing to 1.
        y: class, an integer from 1 to C.

    Returns:
        number, at least 0, in nats.

    Raises:
        ValueError: if there is no such class.

    Source: docs/fr/loss.md#loss-nonnegative
    """
    return np.log(1 / at_class(S, y))
# --8<-- [end:loss-nonnegative]


# --8<-- [start:loss-logsumexp]
def loss_naive(logits, y):
    r"""Loss of the logits as its formula reads, $-\lambda_y + \ln \sum_j e^{\lambda_j}$.

    Args:
        logits: (C,) real numbers, not too large.
        y: class, an integer from 1 to C.

    Returns:
        number, at least 0 to rounding, in nats.

    Warns:
        RuntimeWarning: if an exponential overflows; the loss is infinite.

    Raises:
        ValueError: if there is no such class.

    Source: docs/fr/loss.md#loss-logsumexp
    """
    return -at_class(logits, y) + np.log(np.exp(logits).sum())
# --8<-- [end:loss-logsumexp]


# --8<-- [start:loss-gaps]
def loss_from_gaps(logits, y):
    r"""Loss as $\ln (1 + \sum_{j \neq y} e^{\lambda_j - \lambda_y})$: only gaps count.

    Args:
        logits: (C,) real numbers, with no gap above 700 or so.
        y: class, an integer from 1 to C.

    Returns:
        number, at least 0, in nats.

    Warns:
        RuntimeWarning: if an exponential overflows; the loss is infinite.

    Raises:
        ValueError: if there is no such class.

    Source: docs/fr/loss.md#loss-gaps
    """
    gaps = logits - at_class(logits, y)
    wrong = np.delete(gaps, int(y) - 1)  # without the right class's own, 0
    return np.log(1 + np.exp(wrong).sum())
# --8<-- [end:loss-gaps]


if __name__ == "__main__":
    # --8<-- [start:example]
    X = np.array([1.0, 2.0])  # D = 2
    W = np.array([[0.5, -0.5, 0.0], [0.0, 0.25, 0.5]])  # D = 2, C = 3
    y = 2
    # --8<-- [start:example-useful]
    Y = one_hot(y, 3)
    logits = linear(X, W)
    S = probabilities(logits)
    print("Y =", Y, "  logits =", logits, "  S =", np.round(S, 4))
    # --8<-- [end:example-useful]
    # --8<-- [end:example]

    # --8<-- [start:one-hot-sum-demo]
    print("sum of Y =", one_hot_sum(Y))
    # --8<-- [end:one-hot-sum-demo]

    # --8<-- [start:one-hot-selects-demo]
    for other in (1, 2, 3):
        product = selected(logits, one_hot(other, 3))
        print(f"y = {other}: {product} = {at_class(logits, other)}")
    # --8<-- [end:one-hot-selects-demo]

    # --8<-- [start:one-hot-entropy-demo]
    print("H(Y) =", one_hot_entropy(Y))
    # --8<-- [end:one-hot-entropy-demo]

    # --8<-- [start:loss-cross-entropy-demo]
    print(f"divergence:    {kl(Y, S):.6f}")
    print(f"cross-entropy: {cross_entropy(Y, S):.6f}")
    print(f"-ln S_y:       {loss_from_probabilities(S, y):.6f}")
    # --8<-- [end:loss-cross-entropy-demo]

    # --8<-- [start:loss-likelihood-demo]
    L = loss_from_probabilities(S, y)
    print(f"exp(-L) = {likelihood(L):.4f}   S_y = {at_class(S, y):.4f}")
    # --8<-- [end:loss-likelihood-demo]

    # --8<-- [start:loss-nonnegative-demo]
    for right in (0.99, 0.9, 0.5, 0.1, 0.01):
        print(f"S_y = {right:<4}   L = {loss_as_surprise([right, 1 - right], 1):.4f}")
    # --8<-- [end:loss-nonnegative-demo]

    # --8<-- [start:loss-logsumexp-demo]
    print(f"L = {loss_naive(logits, y):.6f}")
    # --8<-- [end:loss-logsumexp-demo]

    # --8<-- [start:loss-gaps-demo]
    for other in (1, 2, 3):
        gaps = logits - at_class(logits, other)
        print(f"y = {other}: gaps {gaps}, L = {loss_from_gaps(logits, other):.6f}")
    # --8<-- [end:loss-gaps-demo]
