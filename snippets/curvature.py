"""The second derivatives of the loss: what they are, and how large they can be."""

# --8<-- [start:imports]
import numpy as np

from context import linear
from softmax import softmax

# --8<-- [end:imports]


# --8<-- [start:hessian]
def hessian(logits):
    r"""Second derivatives in the logits, $S_i (\delta_{ij} - S_j)$.

    Args:
        logits: (C,) real numbers.

    Returns:
        (C, C), in nats; symmetric.

    Raises:
        ValueError: if `logits` is not a vector or is empty.

    Source: docs/fr/curvature.md#hessian
    """
    S = softmax(logits)
    delta = np.eye(S.size)
    return S[:, None] * (delta - S[None, :])
# --8<-- [end:hessian]


# --8<-- [start:hessian-matrix]
def hessian_matrix(S):
    r"""The same from the probabilities, $\operatorname{diag}(S) - S^\top S$.

    Args:
        S: (C,) probabilities, summing to 1.

    Returns:
        (C, C), in nats; symmetric.

    Source: docs/fr/curvature.md#hessian-matrix
    """
    return np.diag(S) - np.outer(S, S)
# --8<-- [end:hessian-matrix]


# --8<-- [start:hessian-mean]
def mean(S, v):
    r"""Mean of v with the probabilities S as weights, $\sum_i S_i v_i$.

    Args:
        S: (C,) probabilities, summing to 1.
        v: (C,) real numbers.

    Returns:
        number between the least and the largest of v.

    Source: docs/fr/curvature.md#hessian-mean
    """
    return S @ v
# --8<-- [end:hessian-mean]


# --8<-- [start:hessian-variance]
def variance(S, v):
    r"""Curvature of the loss in the direction v, $\sum_i S_i (v_i - \bar v)^2$.

    Args:
        S: (C,) probabilities, summing to 1.
        v: (C,) direction, real numbers.

    Returns:
        number, at least 0.

    Source: docs/fr/curvature.md#hessian-variance
    """
    return S @ (v - mean(S, v)) ** 2
# --8<-- [end:hessian-variance]


# --8<-- [start:hessian-kernel]
def column_sums(S):
    r"""Sums of the columns of the Hessian, which are 0.

    Args:
        S: (C,) probabilities, summing to 1.

    Returns:
        (C,) zeros, to rounding.

    Source: docs/fr/curvature.md#hessian-kernel
    """
    return hessian_matrix(S).sum(axis=0)
# --8<-- [end:hessian-kernel]


# --8<-- [start:hessian-shifted]
def spread_around(S, v, gamma):
    r"""Mean square of the distances to any number, $\sum_i S_i (v_i - \gamma)^2$.

    Args:
        S: (C,) probabilities, summing to 1.
        v: (C,) real numbers.
        gamma: real number.

    Returns:
        number, at least the variance of v.

    Source: docs/fr/curvature.md#hessian-shifted
    """
    return S @ (v - gamma) ** 2
# --8<-- [end:hessian-shifted]


# --8<-- [start:hessian-bound]
def quadratic_form(S, v):
    r"""Curvature of the loss in the direction v, $v G v^\top$.

    Args:
        S: (C,) probabilities, summing to 1.
        v: (C,) direction, real numbers.

    Returns:
        number, at most half the sum of the squares of v.

    Source: docs/fr/curvature.md#hessian-bound
    """
    return v @ hessian_matrix(S) @ v
# --8<-- [end:hessian-bound]


# --8<-- [start:hessian-w]
def hessian_weights(X, S):
    r"""Second derivatives in the weights, $x_j x_l S_k (\delta_{kr} - S_r)$.

    Args:
        X: (D,) input.
        S: (C,) probabilities, summing to 1.

    Returns:
        (D, C, D, C), axes j, k, l, r.

    Source: docs/fr/convexity.md#hessian-w
    """
    return np.einsum("j,l,kr->jklr", X, X, hessian_matrix(S))
# --8<-- [end:hessian-w]


# --8<-- [start:hessian-w-bound]
def curvature_along(X, S, V):
    r"""Curvature of the loss in the direction V of the weights.

    Args:
        X: (D,) input.
        S: (C,) probabilities, summing to 1.
        V: (D, C) direction, real numbers.

    Returns:
        number, from 0 to half of $\|X\|^2 \|V\|^2$.

    Source: docs/fr/convexity.md#hessian-w-bound
    """
    return np.einsum("jk,jklr,lr->", V, hessian_weights(X, S), V)
# --8<-- [end:hessian-w-bound]


# --8<-- [start:variance-pairs]
def variance_of_pairs(S, v):
    r"""The variance from all pairs, $\frac{1}{2} \sum_{i,j} S_i S_j (v_i - v_j)^2$.

    Args:
        S: (C,) probabilities, summing to 1.
        v: (C,) real numbers.

    Returns:
        number, at least 0.

    Source: docs/fr/curvature.md#variance-pairs
    """
    differences = v[:, None] - v[None, :]
    return S @ differences**2 @ S / 2
# --8<-- [end:variance-pairs]


# --8<-- [start:hessian-trace]
def trace(S):
    r"""Trace of the Hessian, $1 - \sum_i S_i^2$.

    Args:
        S: (C,) probabilities, summing to 1.

    Returns:
        number between 0 and 1 - 1/C.

    Source: docs/fr/curvature.md#hessian-trace
    """
    return 1 - S @ S
# --8<-- [end:hessian-trace]


if __name__ == "__main__":
    # --8<-- [start:example]
    X = np.array([1.0, 2.0])  # D = 2
    W = np.array([[0.5, -0.5, 0.0], [0.0, 0.25, 0.5]])  # D = 2, C = 3
    logits = linear(X, W)
    S = softmax(logits)
    print("S =", np.round(S, 4))
    # --8<-- [end:example]

    # --8<-- [start:hessian-demo]
    print(np.round(hessian(logits), 4))
    # --8<-- [end:hessian-demo]

    # --8<-- [start:hessian-matrix-demo]
    print(hessian_matrix(np.array([1.0, 1.0, 2.0]) / 4))
    # --8<-- [end:hessian-matrix-demo]

    # --8<-- [start:hessian-mean-demo]
    v = np.array([1.0, 0.0, -2.0])
    print("mean:", round(mean(S, v), 4))
    # --8<-- [end:hessian-mean-demo]

    # --8<-- [start:hessian-variance-demo]
    print("variance:", round(variance(S, v), 6))
    print("v G v:   ", round(v @ hessian(logits) @ v, 6))
    # --8<-- [end:hessian-variance-demo]

    # --8<-- [start:hessian-kernel-demo]
    print("columns:", np.abs(column_sums(S)).max() < 1e-15)
    print("along (1, 1, 1):", variance(S, np.ones(3)) < 1e-30)
    # --8<-- [end:hessian-kernel-demo]

    # --8<-- [start:hessian-shifted-demo]
    for gamma in (-2.0, mean(S, v), 0.0):
        print(f"around {gamma:7.4f}: {spread_around(S, v, gamma):.4f}")
    # --8<-- [end:hessian-shifted-demo]

    # --8<-- [start:hessian-bound-demo]
    pull = np.array([1.0, -1.0, 0.0])
    for S_3 in (0.5, 0.1, 0.01, 0.0):
        rest = (1 - S_3) / 2
        value = quadratic_form(np.array([rest, rest, S_3]), pull)
        print(f"S_3 = {S_3:<4}: {value:.3f} <= {pull @ pull / 2}")
    # --8<-- [end:hessian-bound-demo]

    # --8<-- [start:hessian-w-demo]
    H = hessian_weights(X, S)
    print("shape:", H.shape)
    print(np.round(H[1, :, 1, :], 4))  # second input: 2 * 2 = 4 times G
    # --8<-- [end:hessian-w-demo]

    # --8<-- [start:hessian-w-bound-demo]
    V = np.array([[1.0, -1.0, 0.0], [0.0, 2.0, 1.0]])
    print(f"curvature:  {curvature_along(X, S, V):.4f}")
    print(f"from XV:    {quadratic_form(S, X @ V):.4f}")
    print(f"|XV|^2 / 2: {(X @ V) @ (X @ V) / 2:.4f}")
    print(f"bound:      {(X @ X) * (V**2).sum() / 2:.4f}")
    # --8<-- [end:hessian-w-bound-demo]

    # --8<-- [start:variance-pairs-demo]
    print("pairs:   ", round(variance_of_pairs(S, v), 6))
    print("variance:", round(variance(S, v), 6))
    # --8<-- [end:variance-pairs-demo]

    # --8<-- [start:hessian-trace-demo]
    for p in (S, np.ones(3) / 3, np.array([1.0, 0.0, 0.0])):
        print(np.round(p, 3), "trace:", round(trace(p), 4))
    # --8<-- [end:hessian-trace-demo]
