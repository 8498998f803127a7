"""Exercises on the divergence: two beliefs, uniform and half-way, and a bound."""

import numpy as np

from divergence import cross_entropy, distributions, entropy, kl


# --8<-- [start:uniform-belief]
def cross_entropy_of_uniform(p):
    r"""Mean surprise of who believes all outcomes equally likely: $\ln M$.

    Args:
        p: (M,) distribution of what happens.

    Returns:
        number, the same for all p of this length, in nats.

    Raises:
        ValueError: if p is no distribution.

    Source: docs/fr/divergence.md#uniform-belief
    """
    return cross_entropy(p, np.ones(len(p)) / len(p))
# --8<-- [end:uniform-belief]


# --8<-- [start:kl-uniform]
def kl_from_uniform(p):
    r"""Divergence of p from the uniform: what p lacks of the largest entropy.

    Args:
        p: (M,) distribution of what happens.

    Returns:
        number from 0 to ln M, to rounding, in nats.

    Raises:
        ValueError: if p is no distribution.

    Source: docs/fr/divergence.md#kl-uniform
    """
    return np.log(len(p)) - entropy(p)
# --8<-- [end:kl-uniform]


# --8<-- [start:kl-half-way]
def kl_half_way(p, q):
    r"""Divergence of p from the mean of p and q, $(p + q) / 2$.

    Args:
        p: (M,) distribution of what happens.
        q: (M,) distribution that is half believed.

    Returns:
        number from 0 to ln 2, to rounding, in nats: never infinite.

    Raises:
        ValueError: if p and q aren't distributions over the same outcomes.

    Source: docs/fr/divergence.md#kl-half-way
    """
    p, q = distributions(p, q)
    return kl(p, (p + q) / 2)
# --8<-- [end:kl-half-way]


# --8<-- [start:jensen-shannon]
def jensen_shannon(p, q):
    r"""Mean of the divergences of p and of q from their mean.

    Args:
        p: (M,) distribution.
        q: (M,) distribution.

    Returns:
        number from 0 to ln 2, to rounding, in nats; the same for (q, p).

    Raises:
        ValueError: if p and q aren't distributions over the same outcomes.

    Source: docs/fr/divergence.md#jensen-shannon
    """
    return (kl_half_way(p, q) + kl_half_way(q, p)) / 2
# --8<-- [end:jensen-shannon]


# --8<-- [start:kl-chi-square]
def chi_square(p, q):
    r"""Chi-square divergence, $\sum_i p_i^2 / q_i - 1$, never below the KL one.

    It is computed as $\sum_i (p_i - q_i)^2 / q_i$, which cancels nothing.

    Args:
        p: (M,) distribution of what happens.
        q: (M,) distribution that is believed, excluding no outcome.

    Returns:
        number, at least 0, dimensionless.

    Raises:
        ValueError: if p and q aren't distributions over the same outcomes,
            or if q excludes one.

    Source: docs/fr/divergence.md#kl-chi-square
    """
    p, q = distributions(p, q)
    if not (q > 0).all():
        raise ValueError(f"chi-square divides by each q_i, not by 0: {q}")
    return np.sum((p - q) ** 2 / q)
# --8<-- [end:kl-chi-square]


if __name__ == "__main__":
    # --8<-- [start:uniform-belief-demo]
    for die in ([0.25] * 4, [0.4, 0.3, 0.2, 0.1], [1.0, 0.0, 0.0, 0.0]):
        print(f"H({die}, uniform) = {cross_entropy_of_uniform(die):.4f}")
    # --8<-- [end:uniform-belief-demo]

    # --8<-- [start:kl-uniform-demo]
    for die in ([0.25] * 4, [0.4, 0.3, 0.2, 0.1], [1.0, 0.0, 0.0, 0.0]):
        print(f"KL({die} || uniform) = {kl_from_uniform(die):.4f}")
    # --8<-- [end:kl-uniform-demo]

    # --8<-- [start:kl-half-way-demo]
    fair = np.array([0.5, 0.5])
    for rigged in ([0.9, 0.1], [0.9999, 0.0001], [1.0, 0.0]):
        full, half = kl(fair, rigged), kl_half_way(fair, rigged)
        print(f"{rigged}: KL = {full:.4f}, half-way = {half:.4f}")
    # --8<-- [end:kl-half-way-demo]

    # --8<-- [start:jensen-shannon-demo]
    heads, tails = [1.0, 0.0], [0.0, 1.0]
    print("fair, heads: ", round(jensen_shannon(fair, heads), 4))
    print("heads, fair: ", round(jensen_shannon(heads, fair), 4))
    print("heads, tails:", round(jensen_shannon(heads, tails), 4))
    # --8<-- [end:jensen-shannon-demo]

    # --8<-- [start:kl-chi-square-demo]
    for truth in ([0.5, 0.5], [0.4, 0.6], [0.9, 0.1]):
        bound, divergence = chi_square(truth, fair), kl(truth, fair)
        print(f"{truth}: chi2 = {bound:.4f}, KL = {divergence:.4f}")
    # --8<-- [end:kl-chi-square-demo]
