"""Exponential families: the gradient is what was expected less what was observed."""

# --8<-- [start:imports]
import numpy as np

from context import one_hot
from softmax import softmax

# --8<-- [end:imports]


# --8<-- [start:family]
def family(t, theta):
    r"""Probabilities of an exponential family: the softmax of $\sum_l t_{il} \theta_l$.

    Args:
        t: (C, M) measures of each outcome.
        theta: (M,) parameters.

    Returns:
        (C,) probabilities, summing to 1.

    Source: docs/fr/observed-expected.md#family
    """
    return softmax(t @ theta)
# --8<-- [end:family]


# --8<-- [start:family-loss]
def log_partition(t, theta):
    r"""Logarithm of the denominator, $\psi$.

    Args:
        t: (C, M) measures of each outcome.
        theta: (M,) parameters.

    Returns:
        number.

    Source: docs/fr/observed-expected.md#family-loss
    """
    return np.logaddexp.reduce(t @ theta)
# --8<-- [end:family-loss]


# --8<-- [start:family-expected]
def expected(t, rho):
    r"""Mean of each measure under the probabilities, $\sum_i \rho_i t_{il}$.

    Args:
        t: (C, M) measures of each outcome.
        rho: (C,) probabilities.

    Returns:
        (M,) means.

    Source: docs/fr/observed-expected.md#family-expected
    """
    return rho @ t
# --8<-- [end:family-expected]


# --8<-- [start:observed-expected]
def expected_less_observed(t, rho, y):
    r"""Gradient of the loss in the parameters, $\bar t_l - t_{yl}$.

    Args:
        t: (C, M) measures of each outcome.
        rho: (C,) probabilities.
        y: outcome that was observed, an integer from 1 to C.

    Returns:
        (M,), in units of loss per unit of parameter.

    Source: docs/fr/observed-expected.md#observed-expected
    """
    return rho @ t - t[int(y) - 1]
# --8<-- [end:observed-expected]


# --8<-- [start:family-softmax]
def softmax_case(S, y):
    r"""Expected less observed where each outcome has a measure of its own: $S - Y$.

    Args:
        S: (C,) probabilities.
        y: class, an integer from 1 to C.

    Returns:
        (C,), in units of loss.

    Source: docs/fr/observed-expected.md#family-softmax
    """
    return expected_less_observed(np.eye(S.size), S, y)
# --8<-- [end:family-softmax]


# --8<-- [start:family-weights]
def weights_case(X, S, y):
    r"""Expected less observed where the parameters are the weights, $x_j (S_k - Y_k)$.

    Args:
        X: (D,) input.
        S: (C,) probabilities.
        y: class, an integer from 1 to C.

    Returns:
        (D, C), in units of loss per unit of weight.

    Source: docs/fr/observed-expected.md#family-weights
    """
    measures = np.einsum("j,ik->ijk", X, np.eye(S.size))  # one (D, C) matrix for each outcome
    return np.tensordot(S, measures, axes=1) - measures[int(y) - 1]
# --8<-- [end:family-weights]


# --8<-- [start:fisher]
def fisher(t, rho):
    r"""Fisher's information: the covariance of the measures, and of the gradient.

    Args:
        t: (C, M) measures of each outcome.
        rho: (C,) probabilities.

    Returns:
        (M, M), symmetric.

    Source: docs/fr/observed-expected.md#fisher
    """
    gaps = rho @ t - t
    return gaps.T @ (rho[:, None] * gaps)
# --8<-- [end:fisher]


# --8<-- [start:fisher-softmax]
def fisher_softmax(S):
    r"""Fisher's information of softmax: the covariance of $S - Y$ where the class is drawn from S.

    Args:
        S: (C,) probabilities.

    Returns:
        (C, C), symmetric.

    Source: docs/fr/observed-expected.md#fisher-softmax
    """
    return fisher(np.eye(S.size), S)
# --8<-- [end:fisher-softmax]


# --8<-- [start:fisher-mean]
def mean_gradient(t, rho):
    r"""Mean of the gradient under the probabilities, which is 0.

    Args:
        t: (C, M) measures of each outcome.
        rho: (C,) probabilities.

    Returns:
        (M,) zeros, to rounding.

    Source: docs/fr/observed-expected.md#fisher-mean
    """
    return rho @ (rho @ t - t)
# --8<-- [end:fisher-mean]


if __name__ == "__main__":
    # --8<-- [start:family-demo]
    t = np.array([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]])  # C = 3 outcomes, M = 2 measures
    theta = np.array([0.5, -1.0])
    rho = family(t, theta)
    print("rho =", np.round(rho, 4))
    # --8<-- [end:family-demo]

    # --8<-- [start:family-loss-demo]
    for y in (1, 2, 3):
        print(f"y = {y}: {log_partition(t, theta) - t[y - 1] @ theta:.4f} = {-np.log(rho[y - 1]):.4f}")
    # --8<-- [end:family-loss-demo]

    # --8<-- [start:family-expected-demo]
    h = np.array([1e-6, 0.0])
    slope = (log_partition(t, theta + h) - log_partition(t, theta - h)) / (2 * h[0])
    print("expected:", np.round(expected(t, rho), 4), "  slope in the first:", round(slope, 4))
    # --8<-- [end:family-expected-demo]

    # --8<-- [start:observed-expected-demo]
    for y in (1, 2, 3):
        print(f"observed {t[y - 1]}: gradient {np.round(expected_less_observed(t, rho, y), 4)}")
    # --8<-- [end:observed-expected-demo]

    # --8<-- [start:family-softmax-demo]
    S, Y = softmax(np.array([0.5, 0.0, 1.0])), one_hot(2, 3)
    print(np.round(softmax_case(S, 2), 4), "=", np.round(S - Y, 4))
    # --8<-- [end:family-softmax-demo]

    # --8<-- [start:family-weights-demo]
    print(np.round(weights_case(np.array([1.0, 2.0]), S, 2), 4))
    # --8<-- [end:family-weights-demo]

    # --8<-- [start:fisher-demo]
    print(np.round(fisher(t, rho), 4))
    # --8<-- [end:fisher-demo]

    # --8<-- [start:fisher-softmax-demo]
    print("largest difference:", np.abs(fisher_softmax(S) - (np.diag(S) - np.outer(S, S))).max().round(12))
    # --8<-- [end:fisher-softmax-demo]

    # --8<-- [start:fisher-mean-demo]
    print(np.round(mean_gradient(t, rho), 12) + 0.0)
    # --8<-- [end:fisher-mean-demo]

    # --8<-- [start:loaded-die-demo]
    points = np.arange(1.0, 7.0)[:, None]  # one measure
    theta = np.zeros(1)
    for _ in range(20):
        rho = family(points, theta)
        theta = theta - (expected(points, rho) - 4.5) / fisher(points, rho)[0]
    print("rho =", np.round(rho, 4), "  mean:", expected(points, rho)[0].round(12))
    print("ratio of neighbours:", np.round(rho[1:] / rho[:-1], 4))
    # --8<-- [end:loaded-die-demo]
