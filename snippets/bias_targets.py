"""Targets that are distributions: cross-entropy from logits, its gradient twice, label smoothing."""

# --8<-- [start:imports]
import numpy as np

from divergence import cross_entropy, entropy, kl

# --8<-- [end:imports]


# --8<-- [start:logits]
def cross_entropy_from_logits(p, logits):
    r"""Cross-entropy $H(p, S)$ without S: $\ln \sum_j e^{\lambda_j} - \sum_i p_i \lambda_i$.

    Args:
        p: (C,) target, a distribution.
        logits: (C,) real numbers.

    Returns:
        number, at least 0, in nats.

    Source: docs/fr/targets.md#soft-labels-logits
    """
    shifted = logits - logits.max()  # changes nothing, and nothing overflows
    return np.log(np.exp(shifted).sum()) - p @ shifted
# --8<-- [end:logits]


# --8<-- [start:index]
def soft_gradient_by_index(p, logits):
    r"""Gradient of $H(p, S)$, one logit at a time.

    Args:
        p: (C,) target, a distribution.
        logits: (C,) real numbers.

    Returns:
        (C,), in nats per unit of logit.

    Source: docs/fr/targets.md#soft-labels-index
    """
    e = np.exp(logits - logits.max())
    return np.array([e[k] / e.sum() - p[k] for k in range(p.size)])
# --8<-- [end:index]


# --8<-- [start:gradient]
def soft_gradient(S, p):
    r"""Gradient of $H(p, S)$ with respect to the logits, $S - p$.

    Args:
        S: (C,) probabilities, summing to 1.
        p: (C,) target, a distribution.

    Returns:
        (C,), in nats per unit of logit.

    Source: docs/fr/targets.md#soft-labels
    """
    return S - p
# --8<-- [end:gradient]


# --8<-- [start:probabilities]
def gradient_in_S(p, S):
    r"""Derivatives of $H(p, S)$ with respect to the probabilities, $-p_i / S_i$.

    Args:
        p: (C,) target, a distribution.
        S: (C,) probabilities, none 0.

    Returns:
        (C,), in nats per unit of probability; none positive.

    Source: docs/fr/targets.md#soft-labels-probabilities
    """
    return -p / S
# --8<-- [end:probabilities]


# --8<-- [start:jacobian]
def softmax_jacobian(S):
    r"""Derivatives of the probabilities, $S_i (\delta_{ik} - S_k)$.

    Args:
        S: (C,) probabilities, summing to 1.

    Returns:
        (C, C), row i for the probability, column k for the logit.

    Source: docs/fr/targets.md#bias-softmax-jacobian
    """
    return np.diag(S) - np.outer(S, S)
# --8<-- [end:jacobian]


# --8<-- [start:chain]
def soft_gradient_by_chain(p, S):
    r"""Gradient of $H(p, S)$, through the probabilities.

    Args:
        p: (C,) target, a distribution.
        S: (C,) probabilities, none 0, summing to 1.

    Returns:
        (C,), in nats per unit of logit.

    Source: docs/fr/targets.md#soft-labels-chain
    """
    return gradient_in_S(p, S) @ softmax_jacobian(S)
# --8<-- [end:chain]


# --8<-- [start:kl]
def soft_divergence(p, S):
    r"""Divergence of the target from the probabilities, $H(p, S) - H(p)$.

    Args:
        p: (C,) target, a distribution.
        S: (C,) probabilities, summing to 1.

    Returns:
        number, at least 0, in nats.

    Source: docs/fr/targets.md#soft-labels-kl
    """
    return cross_entropy(p, S) - entropy(p)
# --8<-- [end:kl]


# --8<-- [start:bound]
def soft_loss(p, S):
    r"""Cross-entropy $H(p, S)$: what chance imposes, then what error adds.

    Args:
        p: (C,) target, a distribution.
        S: (C,) probabilities, summing to 1.

    Returns:
        number, at least the entropy of p, in nats.

    Source: docs/fr/targets.md#soft-labels-bound
    """
    return entropy(p) + kl(p, S)
# --8<-- [end:bound]


# --8<-- [start:smoothing]
def smoothed(Y, epsilon):
    r"""Smoothed target, $\bar Y = (1 - \varepsilon) Y + \varepsilon / C$.

    Args:
        Y: (C,) one-hot class.
        epsilon: number between 0 and 1, the part that all classes share.

    Returns:
        (C,) distribution, none of its components 0.

    Source: docs/fr/targets.md#label-smoothing
    """
    return (1 - epsilon) * Y + epsilon / Y.size
# --8<-- [end:smoothing]


# --8<-- [start:smoothing-sum]
def sum_of_target(Y_bar):
    r"""Sum of the smoothed target's components, which is 1.

    Args:
        Y_bar: (C,) smoothed target.

    Returns:
        number: 1, to rounding.

    Source: docs/fr/targets.md#label-smoothing-sum
    """
    return Y_bar.sum()
# --8<-- [end:smoothing-sum]


# --8<-- [start:smoothing-gradient]
def smoothed_gradient(S, Y, epsilon):
    r"""Gradient of $H(\bar Y, S)$ with respect to the logits, $S - \bar Y$.

    Args:
        S: (C,) probabilities, summing to 1.
        Y: (C,) one-hot class.
        epsilon: number between 0 and 1.

    Returns:
        (C,), in nats per unit of logit.

    Source: docs/fr/targets.md#label-smoothing-gradient
    """
    return S - smoothed(Y, epsilon)
# --8<-- [end:smoothing-gradient]


# --8<-- [start:smoothing-loss]
def smoothed_loss(L, S, epsilon):
    r"""Loss with a smoothed target, $(1 - \varepsilon) L$ and a share of every class.

    Args:
        L: loss with the one-hot target, in nats.
        S: (C,) probabilities, none 0.
        epsilon: number between 0 and 1.

    Returns:
        number, positive, in nats.

    Source: docs/fr/targets.md#label-smoothing-loss
    """
    return (1 - epsilon) * L - epsilon / S.size * np.log(S).sum()
# --8<-- [end:smoothing-loss]


# --8<-- [start:gap]
def smoothed_gaps(Y_bar, y):
    r"""Gaps between the best logits, $\ln (\bar Y_y / \bar Y_i)$.

    Args:
        Y_bar: (C,) smoothed target.
        y: class, an integer from 1 to C.

    Returns:
        (C,) numbers: 0 for the class y, the same positive one elsewhere.

    Source: docs/fr/targets.md#label-smoothing-gap
    """
    return np.log(Y_bar[y - 1] / Y_bar)
# --8<-- [end:gap]


if __name__ == "__main__":
    logits, Y, y = np.array([0.0, 1.0, 1.0]), np.array([0.0, 1.0, 0.0]), 2
    S = np.exp(logits) / np.exp(logits).sum()
    # --8<-- [start:logits-demo]
    p = np.array([0.125, 0.625, 0.25])
    print("from S:     ", cross_entropy(p, S).round(6))
    print("from logits:", cross_entropy_from_logits(p, logits).round(6))
    # --8<-- [end:logits-demo]

    # --8<-- [start:index-demo]
    print("gradient:", soft_gradient_by_index(p, logits).round(4))
    # --8<-- [end:index-demo]

    # --8<-- [start:gradient-demo]
    print("S - p:", soft_gradient(S, p).round(4), " S - Y:", (S - Y).round(4))
    # --8<-- [end:gradient-demo]

    # --8<-- [start:probabilities-demo]
    print("by probability:", gradient_in_S(p, S).round(4))
    # --8<-- [end:probabilities-demo]

    # --8<-- [start:jacobian-demo]
    print(softmax_jacobian(S).round(4))
    # --8<-- [end:jacobian-demo]

    # --8<-- [start:chain-demo]
    print("by the chain:", soft_gradient_by_chain(p, S).round(4))
    # --8<-- [end:chain-demo]

    # --8<-- [start:kl-demo]
    print("H(p) =", entropy(p).round(4), "  H(p, S) =", cross_entropy(p, S).round(4))
    print("between:", soft_divergence(p, S).round(4))
    # --8<-- [end:kl-demo]

    # --8<-- [start:bound-demo]
    for belief in (S, np.array([0.2, 0.6, 0.2]), p):
        print("H(p, S) =", soft_loss(p, belief).round(4), "if S =", belief.round(3))
    # --8<-- [end:bound-demo]

    # --8<-- [start:smoothing-demo]
    Y_bar = smoothed(Y, 0.3)
    print("smoothed:", Y_bar)
    # --8<-- [end:smoothing-demo]

    # --8<-- [start:smoothing-sum-demo]
    print("sum:", sum_of_target(Y_bar).round(12))
    # --8<-- [end:smoothing-sum-demo]

    # --8<-- [start:smoothing-gradient-demo]
    sure = np.array([0.001, 0.998, 0.001])
    print("one-hot: ", (sure - Y).round(4))
    print("smoothed:", smoothed_gradient(sure, Y, 0.3).round(4))
    # --8<-- [end:smoothing-gradient-demo]

    # --8<-- [start:smoothing-loss-demo]
    for q in (S, sure, Y_bar):
        L = -np.log(q[y - 1])
        print(f"L = {L:.4f}, smoothed: {smoothed_loss(L, q, 0.3):.4f}")
    # --8<-- [end:smoothing-loss-demo]

    # --8<-- [start:gap-demo]
    print("gaps:", smoothed_gaps(Y_bar, y).round(4))
    for epsilon in (0.1, 0.01, 0.001):
        ten_classes = smoothed(np.eye(10)[0], epsilon)
        print(f"epsilon = {epsilon}: {smoothed_gaps(ten_classes, 1)[1]:.2f}")
    # --8<-- [end:gap-demo]
