"""Entropy, cross-entropy and the Kullback-Leibler divergence, which is no distance."""

# --8<-- [start:distributions]
import numpy as np


def distributions(*vectors):
    r"""The vectors as floats, once known to be distributions over the same outcomes.

    Args:
        vectors: each (M,) numbers, none negative, summing to 1.

    Returns:
        list of (M,) arrays of floats.

    Raises:
        ValueError: if one of them is no distribution, or if their lengths differ.

    Source: docs/fr/divergence.md#distributions
    """
    checked = [np.asarray(vector, dtype=float) for vector in vectors]
    for p in checked:
        if p.ndim != 1 or p.size == 0:
            raise ValueError(f"a distribution is a non-empty vector, not shape {p.shape}")
        # --8<-- [start:distributions-useful]
        if not (p >= 0).all():
            raise ValueError(f"a distribution has components of at least 0, not {p}")
        if not abs(p.sum() - 1) <= 1e-6:  # rounding, even in float32, stays below
            raise ValueError(f"a distribution sums to 1, not to {p.sum():g}")
        # --8<-- [end:distributions-useful]
    sizes = [p.size for p in checked]
    if len(set(sizes)) > 1:
        raise ValueError(f"distributions over {sizes} outcomes can't be compared")
    return checked
# --8<-- [end:distributions]


# --8<-- [start:cross-entropy]
def cross_entropy(p, q):
    r"""Cross-entropy, $H(p, q) = -\sum_i p_i \ln q_i$.

    Args:
        p: (M,) distribution of what happens.
        q: (M,) distribution that is believed.

    Returns:
        number, at least 0, in nats; infinite if q excludes what p allows.

    Raises:
        ValueError: if p and q aren't distributions over the same outcomes.

    Source: docs/fr/divergence.md#cross-entropy
    """
    p, q = distributions(p, q)
    p, q = p[p > 0], q[p > 0]  # 0 ln 0 = 0: what never happens counts for nothing
    with np.errstate(divide="ignore"):  # ln 0 is minus infinity, as it should be
        return 0.0 - np.sum(p * np.log(q))  # from 0.0, so as not to return -0.0
# --8<-- [end:cross-entropy]


# --8<-- [start:entropy]
def entropy(p):
    r"""Entropy, $H(p) = H(p, p)$.

    Args:
        p: (M,) distribution.

    Returns:
        number between 0 and ln M, in nats.

    Raises:
        ValueError: if p is no distribution.

    Source: docs/fr/divergence.md#entropy
    """
    return cross_entropy(p, p)
# --8<-- [end:entropy]


# --8<-- [start:kl]
def kl(p, q):
    r"""Kullback-Leibler divergence, $\sum_i p_i \ln (p_i / q_i)$.

    Args:
        p: (M,) distribution of what happens.
        q: (M,) distribution that is believed.

    Returns:
        nats, at least 0 to rounding; infinite if q excludes what p allows.

    Raises:
        ValueError: if p and q aren't distributions over the same outcomes.

    Source: docs/fr/divergence.md#kl
    """
    p, q = distributions(p, q)
    p, q = p[p > 0], q[p > 0]  # 0 ln 0 = 0
    with np.errstate(divide="ignore"):
        # Not ln(p / q): where q is tiny, the quotient would overflow.
        return np.sum(p * (np.log(p) - np.log(q)))
# --8<-- [end:kl]


# --8<-- [start:kl-decomposition]
def kl_from_entropies(p, q):
    r"""Divergence as what is paid minus what is unavoidable, $H(p, q) - H(p)$.

    Args:
        p: (M,) distribution of what happens.
        q: (M,) distribution that is believed.

    Returns:
        nats, at least 0 to rounding; infinite if q excludes what p allows.

    Raises:
        ValueError: if p and q aren't distributions over the same outcomes.

    Source: docs/fr/divergence.md#kl-decomposition
    """
    return cross_entropy(p, q) - entropy(p)
# --8<-- [end:kl-decomposition]


# --8<-- [start:kl-asymmetry]
FAIR, RIGGED = np.array([0.5, 0.5]), np.array([0.9, 0.1])


def kl_from_fair_to_rigged():
    r"""Divergence of the fair coin from the rigged one, the first number.

    Returns:
        number, in nats.

    Source: docs/fr/divergence.md#kl-asymmetry
    """
    return kl(FAIR, RIGGED)
# --8<-- [end:kl-asymmetry]


if __name__ == "__main__":
    # --8<-- [start:distributions-demo]
    p = np.array([0.5, 0.3, 0.2])
    q = np.array([0.1, 0.2, 0.7])
    print("sums:", p.sum(), q.sum())

    try:
        distributions([0.5, 0.3, 0.1])
    except ValueError as refusal:
        print("refused:", refusal)
    # --8<-- [end:distributions-demo]

    # --8<-- [start:cross-entropy-demo]
    print("surprises -ln q_i:", np.round(-np.log(q), 3))
    print("H(p, q) =", round(cross_entropy(p, q), 4))
    # --8<-- [end:cross-entropy-demo]

    # --8<-- [start:zero-log-zero]
    zero = np.float64(0.0)
    print("0 * ln 0 =", zero * np.log(zero))

    for u in (1e-1, 1e-3, 1e-6, 1e-12):
        print(f"u = {u:.0e}   u ln u = {u * np.log(u):.1e}")
    # --8<-- [end:zero-log-zero]

    # --8<-- [start:entropy-demo]
    for coin in ([0.5, 0.5], [0.9, 0.1], [1.0, 0.0]):
        print(f"H({coin}) = {entropy(coin):.4f}")
    # --8<-- [end:entropy-demo]

    # --8<-- [start:kl-demo]
    print("KL(p || q) =", round(kl(p, q), 4))
    # --8<-- [end:kl-demo]

    # --8<-- [start:kl-decomposition-demo]
    print("H(p, q) =", round(cross_entropy(p, q), 4))
    print("H(p)    =", round(entropy(p), 4))
    print("KL(p || q) =", round(kl_from_entropies(p, q), 4))
    # --8<-- [end:kl-decomposition-demo]

    # --8<-- [start:kl-asymmetry-demo]
    print("KL(FAIR || RIGGED) =", round(kl_from_fair_to_rigged(), 4))
    print("KL(RIGGED || FAIR) =", round(kl(RIGGED, FAIR), 4))
    # --8<-- [end:kl-asymmetry-demo]

    # --8<-- [start:kl-infinite]
    for small in (1e-1, 1e-4, 1e-16, 0.0):
        rigged = [1 - small, small]
        print(f"KL(FAIR || {rigged}) = {kl(FAIR, rigged):.2f}")

    print(f"KL([1.0, 0.0] || FAIR) = {kl([1.0, 0.0], FAIR):.2f}")
    # --8<-- [end:kl-infinite]
