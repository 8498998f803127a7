"""Log-sum-exp as a maximum over distributions, and what is missing from it."""

# --8<-- [start:imports]
import numpy as np

from context import one_hot
from divergence import entropy, kl
from loss import at_class
from softmax import softmax

# --8<-- [end:imports]


# --8<-- [start:dual-gain]
def gain(p, logits):
    r"""Mean logit of a random choice, and its entropy.

    Args:
        p: (C,) distribution over the classes.
        logits: (C,) real numbers.

    Returns:
        number.

    Source: docs/fr/duality.md#dual-gain
    """
    return p @ logits + entropy(p)
# --8<-- [end:dual-gain]


# --8<-- [start:dual-gap]
def gap(p, logits):
    r"""What a choice lacks of log-sum-exp: its divergence from softmax.

    Args:
        p: (C,) distribution over the classes.
        logits: (C,) real numbers.

    Returns:
        number, at least 0, in nats.

    Source: docs/fr/duality.md#dual-gap
    """
    return kl(p, softmax(logits))
# --8<-- [end:dual-gap]


# --8<-- [start:dual-bound]
def best_gain(p, logits):
    r"""Gain of a choice, from the best one: log-sum-exp less the divergence.

    Args:
        p: (C,) distribution over the classes.
        logits: (C,) real numbers.

    Returns:
        number, at most log-sum-exp of the logits.

    Source: docs/fr/duality.md#dual-bound
    """
    return np.logaddexp.reduce(logits) - kl(p, softmax(logits))
# --8<-- [end:dual-bound]


# --8<-- [start:dual-attained]
def gain_of_softmax(logits):
    r"""Gain of softmax's own choice, which is log-sum-exp.

    Args:
        logits: (C,) real numbers.

    Returns:
        number.

    Source: docs/fr/duality.md#dual-attained
    """
    return gain(softmax(logits), logits)
# --8<-- [end:dual-attained]


# --8<-- [start:dual-entropy]
def mean_log_probability(p, logits):
    r"""Mean logit less log-sum-exp: at most the opposite of the entropy, whatever the logits.

    Args:
        p: (C,) distribution over the classes.
        logits: (C,) real numbers.

    Returns:
        number, at most 0, in nats.

    Source: docs/fr/duality.md#dual-entropy
    """
    return p @ logits - np.logaddexp.reduce(logits)
# --8<-- [end:dual-entropy]


# --8<-- [start:dual-loss]
def loss_as_gap(logits, y):
    r"""Loss as what the right class lacks of log-sum-exp.

    Args:
        logits: (C,) real numbers.
        y: class, an integer from 1 to C.

    Returns:
        number, at least 0, in nats.

    Source: docs/fr/duality.md#dual-loss
    """
    return np.logaddexp.reduce(logits) - at_class(logits, y)
# --8<-- [end:dual-loss]


# --8<-- [start:dual-temperature]
def gap_at_temperature(p, logits, tau):
    r"""What a choice lacks of the best one where the entropy counts tau times.

    Args:
        p: (C,) distribution over the classes.
        logits: (C,) real numbers.
        tau: temperature, positive.

    Returns:
        number, at least 0.

    Source: docs/fr/duality.md#dual-temperature
    """
    return tau * kl(p, softmax(logits / tau))
# --8<-- [end:dual-temperature]


# --8<-- [start:dual-uniform]
def mean_loss(logits):
    r"""Mean of the losses, each class being the right one in turn.

    Args:
        logits: (C,) real numbers.

    Returns:
        number, at least ln C, in nats.

    Source: docs/fr/duality.md#dual-uniform
    """
    return np.logaddexp.reduce(logits) - logits.mean()
# --8<-- [end:dual-uniform]


if __name__ == "__main__":
    # --8<-- [start:dual-gain-demo]
    logits = np.array([0.5, 0.0, 1.0])
    S, third = softmax(logits), np.ones(3) / 3
    for name, p in {"largest logit": one_hot(3, 3), "equal shares": third, "softmax": S}.items():
        print(f"{name:13}: gain {gain(p, logits):.4f}")
    # --8<-- [end:dual-gain-demo]

    # --8<-- [start:dual-gap-demo]
    print("log-sum-exp:", round(np.logaddexp.reduce(logits), 4))
    print("gap of equal shares:", round(gap(third, logits), 4), "  of softmax:", round(gap(S, logits), 12) + 0.0)
    # --8<-- [end:dual-gap-demo]

    # --8<-- [start:dual-bound-demo]
    rng = np.random.default_rng(0)
    tried = [best_gain(p, logits) for p in rng.dirichlet(np.ones(3), size=10_000)]
    print("best of 10,000 random choices:", round(max(tried), 4))
    # --8<-- [end:dual-bound-demo]

    # --8<-- [start:dual-attained-demo]
    print("gain of softmax:", round(gain_of_softmax(logits), 4))
    # --8<-- [end:dual-attained-demo]

    # --8<-- [start:dual-entropy-demo]
    p = np.array([0.2, 0.3, 0.5])
    print("-H(p):", round(-entropy(p), 4), "  at ln p:", round(mean_log_probability(p, np.log(p)), 4))
    print("at other logits:", round(mean_log_probability(p, logits), 4))
    # --8<-- [end:dual-entropy-demo]

    # --8<-- [start:dual-loss-demo]
    print("L =", round(loss_as_gap(logits, 2), 4))
    # --8<-- [end:dual-loss-demo]

    # --8<-- [start:dual-temperature-demo]
    for tau in (0.1, 1.0, 10.0):
        print(f"tau = {tau:4}: gap of equal shares {gap_at_temperature(third, logits, tau):.4f}")
    # --8<-- [end:dual-temperature-demo]

    # --8<-- [start:dual-uniform-demo]
    print(round(mean_loss(logits), 4), ">=", round(np.log(3), 4))
    # --8<-- [end:dual-uniform-demo]
