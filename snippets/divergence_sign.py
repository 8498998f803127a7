"""Why the divergence is at least 0, when it is 0, and what follows for entropy."""

import numpy as np

from divergence import distributions, kl


# --8<-- [start:log-tangent]
def log_below_tangent(u):
    r"""Logarithm, never above its tangent at 1: $\ln u \leq u - 1$.

    Args:
        u: positive number, dimensionless.

    Returns:
        number, ln u.

    Raises:
        ValueError: if u isn't positive.

    Source: docs/fr/divergence.md#log-tangent
    """
    if not u > 0:
        raise ValueError(f"ln u asks for u > 0, not {u}")
    return np.log(u)
# --8<-- [end:log-tangent]


# --8<-- [start:kl-lower-bound]
def kl_term_by_term(p, q):
    r"""Divergence in a plain loop, $-\sum_i p_i \ln (q_i / p_i)$.

    Args:
        p: (M,) distribution of what happens.
        q: (M,) distribution that is believed, excluding nothing that p allows.

    Returns:
        number, at least 0 up to rounding, in nats.

    Raises:
        ValueError: if p and q aren't distributions over the same outcomes,
            or if q excludes what p allows.

    Source: docs/fr/divergence.md#kl-lower-bound
    """
    p, q = distributions(p, q)
    total = 0.0
    # --8<-- [start:kl-lower-bound-useful]
    for p_i, q_i in zip(p, q, strict=True):
        if p_i > 0:
            total -= p_i * log_below_tangent(q_i / p_i)
    # --8<-- [end:kl-lower-bound-useful]
    return total
# --8<-- [end:kl-lower-bound]


# --8<-- [start:kl-nonnegative]
def kl_from_gaps(p, q):
    r"""Divergence as a sum of gaps between tangent and logarithm, none below 0.

    At $u = q_i / p_i$ the gap is $u - 1 - \ln u$. Times $p_i$, it is
    $q_i - p_i + p_i \ln (p_i / q_i)$, which is $q_i$ where $p_i = 0$.

    Args:
        p: (M,) distribution of what happens.
        q: (M,) distribution that is believed.

    Returns:
        nats, at least 0 to rounding; infinite if q excludes what p allows.

    Raises:
        ValueError: if p and q aren't distributions over the same outcomes.

    Source: docs/fr/divergence.md#kl-nonnegative
    """
    p, q = distributions(p, q)
    # --8<-- [start:kl-nonnegative-useful]
    gaps = q - p
    seen = p > 0
    with np.errstate(divide="ignore"):
        gaps[seen] += p[seen] * (np.log(p[seen]) - np.log(q[seen]))
    return gaps.sum()
    # --8<-- [end:kl-nonnegative-useful]
# --8<-- [end:kl-nonnegative]


# --8<-- [start:kl-zero]
def kl_from_itself(p):
    r"""Divergence of a distribution from itself, $D_{\mathrm{KL}}(p \| p) = 0$.

    Args:
        p: (M,) distribution.

    Returns:
        number, 0.

    Raises:
        ValueError: if p is no distribution.

    Source: docs/fr/divergence.md#kl-zero
    """
    return kl(p, p)
# --8<-- [end:kl-zero]


# --8<-- [start:entropy-bounds]
def entropy_below_uniform(p):
    r"""Entropy as $\ln M$ less the divergence of p from the uniform.

    Args:
        p: (M,) distribution.

    Returns:
        number between 0 and ln M up to rounding, in nats.

    Raises:
        ValueError: if p is no distribution.

    Source: docs/fr/divergence.md#entropy-bounds
    """
    (p,) = distributions(p)
    uniform = np.full(p.size, 1 / p.size)
    return np.log(p.size) - kl(p, uniform)
# --8<-- [end:entropy-bounds]


if __name__ == "__main__":
    # --8<-- [start:log-tangent-demo]
    for u in (0.1, 0.5, 1.0, 2.0, 10.0):
        print(f"u = {u:4}  ln u = {log_below_tangent(u):6.3f}  u - 1 = {u - 1:6.3f}")
    # --8<-- [end:log-tangent-demo]

    # --8<-- [start:kl-lower-bound-demo]
    p, q = np.array([0.5, 0.3, 0.2]), np.array([0.1, 0.2, 0.7])
    print("KL(p || q) =", round(kl_term_by_term(p, q), 4))
    print("sum p_i - sum q_i =", p.sum() - q.sum())
    # --8<-- [end:kl-lower-bound-demo]

    # --8<-- [start:kl-nonnegative-demo]
    rng = np.random.default_rng(0)
    pairs = rng.dirichlet(np.ones(3), size=(10_000, 2))
    smallest = min(kl_from_gaps(p, q) for p, q in pairs)
    print(f"smallest KL of 10000 draws: {smallest:.1e}")
    # --8<-- [end:kl-nonnegative-demo]

    # --8<-- [start:kl-zero-demo]
    print("KL(p || p) =", kl_from_itself(p))
    # --8<-- [end:kl-zero-demo]

    # --8<-- [start:entropy-bounds-demo]
    for die in ([0.25] * 4, [0.4, 0.3, 0.2, 0.1], [1.0, 0.0, 0.0, 0.0]):
        print(f"H({die}) = {entropy_below_uniform(die):.4f}")
    print("ln 4 =", round(np.log(4), 4))
    # --8<-- [end:entropy-bounds-demo]
