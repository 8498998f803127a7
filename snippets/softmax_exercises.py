"""Exercises on softmax: its logarithm, its slopes, its ratios at a temperature."""

# --8<-- [start:imports]
import numpy as np

from softmax import ratios, shifted, softmax
from softmax_derivatives import jacobian, softmax_at

# --8<-- [end:imports]


# --8<-- [start:log-softmax]
def log_softmax(a):
    r"""Logarithms of the probabilities, $\ln S_i = a_i - \ln Z$.

    Args:
        a: (N,) real numbers.

    Returns:
        (N,) numbers, none positive.

    Source: docs/fr/softmax.md#log-softmax
    """
    a_hat = shifted(a)  # changes no probability, and nothing overflows
    return a_hat - np.log(np.exp(a_hat).sum())
# --8<-- [end:log-softmax]


# --8<-- [start:softmax-inverse]
def softmax_of_logarithms(a):
    r"""Softmax of the logarithms of softmax: softmax again.

    Args:
        a: (N,) real numbers.

    Returns:
        (N,) probabilities, summing to 1.

    Source: docs/fr/softmax.md#softmax-inverse
    """
    return softmax(log_softmax(a))
# --8<-- [end:softmax-inverse]


# --8<-- [start:softmax-odds]
def log_odds(a):
    r"""Logarithm of the odds of the first of two classes, $\ln (S_1 / (1 - S_1))$.

    Args:
        a: (2,) real numbers.

    Returns:
        number: the gap of both scores.

    Source: docs/fr/softmax.md#softmax-odds
    """
    log_S = log_softmax(a)
    return log_S[0] - log_S[1]
# --8<-- [end:softmax-odds]


# --8<-- [start:log-softmax-gradient]
def log_softmax_jacobian(a):
    r"""Jacobian of the logarithms, $\delta_{ij} - S_j$ for all i and j.

    Args:
        a: (N,) real numbers.

    Returns:
        (N, N), row i for the logarithm, column j for the variable.

    Source: docs/fr/softmax-derivatives.md#log-softmax-gradient
    """
    return np.eye(a.size) - softmax(a)[None, :]
# --8<-- [end:log-softmax-gradient]


# --8<-- [start:softmax-slope]
def own_slopes(a):
    r"""How much each probability follows its own score, $S_i (1 - S_i)$.

    Args:
        a: (N,) real numbers.

    Returns:
        (N,) numbers between 0 and 1/4.

    Source: docs/fr/softmax-derivatives.md#softmax-slope
    """
    return np.diag(jacobian(a))
# --8<-- [end:softmax-slope]


# --8<-- [start:temperature-ratio]
def ratios_at(a, tau):
    r"""All ratios $P_i / P_j$ at a temperature, from those at temperature 1.

    Args:
        a: (N,) real numbers.
        tau: positive number, dimensionless.

    Returns:
        (N, N) positive numbers, 1 on the diagonal.

    Source: docs/fr/softmax-derivatives.md#temperature-ratio
    """
    return ratios(a) ** (1 / tau)
# --8<-- [end:temperature-ratio]


if __name__ == "__main__":
    # --8<-- [start:log-softmax-demo]
    large = np.array([123.0, 456.0, 789.0])
    print("stable:", log_softmax(large))
    with np.errstate(over="ignore"):
        print("plain: ", large - np.log(np.exp(large).sum()))
    # --8<-- [end:log-softmax-demo]

    # --8<-- [start:softmax-inverse-demo]
    a = np.array([1.0, 2.0, 5.0])
    print("once: ", softmax(a))
    print("again:", softmax_of_logarithms(a))
    # --8<-- [end:softmax-inverse-demo]

    # --8<-- [start:softmax-odds-demo]
    for gap in (0.0, 1.0, 4.6):
        a = np.array([gap, 0.0])
        print(f"gap {log_odds(a):.1f}: {100 * softmax(a)[0]:.1f} chances in 100")
    # --8<-- [end:softmax-odds-demo]

    # --8<-- [start:log-softmax-gradient-demo]
    print(log_softmax_jacobian(np.array([1.0, 2.0, 5.0])).round(4))
    # --8<-- [end:log-softmax-gradient-demo]

    # --8<-- [start:softmax-slope-demo]
    for gap in (0.0, 1.0, 5.0):
        a = np.array([gap, 0.0])
        print(f"gap {gap}: S_1 = {softmax(a)[0]:.4f}, slope = {own_slopes(a)[0]:.4f}")
    # --8<-- [end:softmax-slope-demo]

    # --8<-- [start:temperature-ratio-demo]
    a = np.array([0.0, np.log(16)])
    for tau in (1, 2, 4):
        P, ratio = softmax_at(a, tau), ratios_at(a, tau)[1, 0]
        print(f"tau = {tau}: P = {P.round(4)}, P_2 / P_1 = {ratio:.4f}")
    # --8<-- [end:temperature-ratio-demo]
