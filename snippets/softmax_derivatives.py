"""The derivatives of softmax, the effect of a temperature, and two classes."""

# --8<-- [start:imports]
import numpy as np

from softmax import softmax

# --8<-- [end:imports]


# --8<-- [start:softmax-image]
def image(a):
    r"""Image of the scores, $S = \operatorname{softmax}(a)$.

    Args:
        a: (N,) real numbers.

    Returns:
        (N,) probabilities, summing to 1.

    Source: docs/fr/softmax-derivatives.md#softmax-image
    """
    return softmax(a)
# --8<-- [end:softmax-image]


# --8<-- [start:softmax-numerator-gradient]
def numerator_jacobian(a):
    r"""Derivatives of the numerators, $\partial e^{a_i} / \partial a_j$.

    Args:
        a: (N,) real numbers.

    Returns:
        (N, N), row i for the numerator, column j for the variable;
        0 off the diagonal.

    Source: docs/fr/softmax-derivatives.md#softmax-numerator-gradient
    """
    return np.diag(np.exp(a))
# --8<-- [end:softmax-numerator-gradient]


# --8<-- [start:softmax-denominator-gradient]
def denominator_gradient(a):
    r"""Derivatives of the denominator, $\partial Z / \partial a_j$.

    Args:
        a: (N,) real numbers.

    Returns:
        (N,), one for each variable.

    Source: docs/fr/softmax-derivatives.md#softmax-denominator-gradient
    """
    return numerator_jacobian(a).sum(axis=0)
# --8<-- [end:softmax-denominator-gradient]


# --8<-- [start:softmax-jacobian-cases]
def jacobian_by_cases(a):
    r"""Jacobian of softmax, one entry at a time.

    Args:
        a: (N,) real numbers.

    Returns:
        (N, N), row i for the component of S, column j for the variable.

    Source: docs/fr/softmax-derivatives.md#softmax-jacobian-cases
    """
    # --8<-- [start:softmax-jacobian-cases-useful]
    S = softmax(a)
    dS = np.empty((a.size, a.size))
    for i in range(a.size):
        for j in range(a.size):
            dS[i, j] = S[i] * (1 - S[i]) if i == j else -S[i] * S[j]
    # --8<-- [end:softmax-jacobian-cases-useful]
    return dS
# --8<-- [end:softmax-jacobian-cases]


# --8<-- [start:softmax-jacobian]
def jacobian_by_components(a):
    r"""Jacobian of softmax, $S_i (\delta_{ij} - S_j)$ for all i and j.

    Args:
        a: (N,) real numbers.

    Returns:
        (N, N), row i for the component of S, column j for the variable.

    Source: docs/fr/softmax-derivatives.md#softmax-jacobian
    """
    S = softmax(a)
    delta = np.eye(S.size)
    return S[:, None] * (delta - S[None, :])
# --8<-- [end:softmax-jacobian]


# --8<-- [start:softmax-jacobian-matrix]
def jacobian(a):
    r"""Jacobian of softmax, $\operatorname{diag}(S) - S^\top S$.

    Args:
        a: (N,) real numbers.

    Returns:
        (N, N), row i for the component of S, column j for the variable.

    Source: docs/fr/softmax-derivatives.md#softmax-jacobian-matrix
    """
    S = softmax(a)
    return np.diag(S) - np.outer(S, S)
# --8<-- [end:softmax-jacobian-matrix]


# --8<-- [start:softmax-jacobian-rows]
def jacobian_row_sums(a):
    r"""Sums of the rows of the Jacobian, which are 0.

    Args:
        a: (N,) real numbers.

    Returns:
        (N,) zeros, to rounding.

    Source: docs/fr/softmax-derivatives.md#softmax-jacobian-rows
    """
    return jacobian(a).sum(axis=1)
# --8<-- [end:softmax-jacobian-rows]


# --8<-- [start:softmax-jacobian-symmetry]
def jacobian_transposed(a):
    r"""Transpose of the Jacobian, which is the Jacobian itself.

    Args:
        a: (N,) real numbers.

    Returns:
        (N, N), row i for the variable, column j for the component of S.

    Source: docs/fr/softmax-derivatives.md#softmax-jacobian-symmetry
    """
    return jacobian(a).T
# --8<-- [end:softmax-jacobian-symmetry]


# --8<-- [start:softmax-temperature]
def softmax_at(a, tau):
    r"""Softmax at a temperature, $P = \operatorname{softmax}(a / \tau)$.

    Args:
        a: (N,) real numbers.
        tau: positive number, dimensionless.

    Returns:
        (N,) probabilities, summing to 1.

    Raises:
        ValueError: if `tau` is not positive.

    Source: docs/fr/softmax-derivatives.md#softmax-temperature
    """
    if not tau > 0:
        raise ValueError(f"a temperature is positive, not {tau}")
    return softmax(a / tau)
# --8<-- [end:softmax-temperature]


# --8<-- [start:temperature-cold]
def softmax_below_one(a, tau):
    r"""Softmax at a temperature, numerators up to 1 over a sum from 1.

    Args:
        a: (N,) real numbers.
        tau: positive number, dimensionless.

    Returns:
        (N,) probabilities, each at most its numerator.

    Source: docs/fr/softmax-derivatives.md#temperature-cold
    """
    numerators = np.exp((a - a.max()) / tau)
    return numerators / numerators.sum()
# --8<-- [end:temperature-cold]


# --8<-- [start:temperature-hot]
def softmax_from_mean(a, tau):
    r"""Softmax at a temperature, 1/N over means of $e^{(a_k - a_i) / \tau}$.

    Args:
        a: (N,) real numbers.
        tau: positive number, dimensionless.

    Returns:
        (N,) probabilities.

    Warns:
        RuntimeWarning: if an exponential overflows; the result is then 0.

    Source: docs/fr/softmax-derivatives.md#temperature-hot
    """
    exponentials = np.exp((a[None, :] - a[:, None]) / tau)  # row i, column k
    return 1 / a.size / exponentials.mean(axis=1)
# --8<-- [end:temperature-hot]


# --8<-- [start:temperature-gradient]
def temperature_gradient(a, tau):
    r"""Derivatives in the temperature, $-P_i (a_i - \sum_j P_j a_j) / \tau^2$.

    Args:
        a: (N,) real numbers.
        tau: positive number, dimensionless.

    Returns:
        (N,), per unit of temperature, summing to 0.

    Raises:
        ValueError: if `tau` is not positive.

    Source: docs/fr/softmax-derivatives.md#temperature-gradient
    """
    P = softmax_at(a, tau)
    mean = P @ a
    return -P * (a - mean) / tau**2
# --8<-- [end:temperature-gradient]


# --8<-- [start:softmax-sigmoid]
def first_of_two(a):
    r"""Probability of the first of two classes, $1 / (1 + e^{a_2 - a_1})$.

    Args:
        a: (2,) real numbers.

    Returns:
        A number between 0 and 1.

    Warns:
        RuntimeWarning: if an exponential overflows; the result is then 0.

    Raises:
        ValueError: if `a` isn't a vector of two components.

    Source: docs/fr/softmax.md#softmax-sigmoid
    """
    if a.shape != (2,):
        raise ValueError(f"two classes have two scores, not shape {a.shape}")
    return 1 / (1 + np.exp(a[1] - a[0]))
# --8<-- [end:softmax-sigmoid]


if __name__ == "__main__":
    # --8<-- [start:softmax-image-demo]
    print(image(np.array([1.0, 2.0, 5.0])))
    # --8<-- [end:softmax-image-demo]

    # --8<-- [start:softmax-numerator-gradient-demo]
    print(numerator_jacobian(np.array([0.0, 1.0, 2.0])))
    # --8<-- [end:softmax-numerator-gradient-demo]

    # --8<-- [start:softmax-denominator-gradient-demo]
    print(denominator_gradient(np.array([0.0, 1.0, 2.0])))
    # --8<-- [end:softmax-denominator-gradient-demo]

    # --8<-- [start:softmax-jacobian-cases-demo]
    print(jacobian_by_cases(np.array([1.0, 2.0, 5.0])))
    # --8<-- [end:softmax-jacobian-cases-demo]

    # --8<-- [start:softmax-jacobian-demo]
    a = np.array([1.0, 2.0, 5.0])
    difference = jacobian_by_components(a) - jacobian_by_cases(a)
    print("largest difference:", np.abs(difference).max())
    # --8<-- [end:softmax-jacobian-demo]

    # --8<-- [start:softmax-jacobian-matrix-demo]
    print(jacobian(np.array([0.0, 0.0])))
    # --8<-- [end:softmax-jacobian-matrix-demo]

    # --8<-- [start:softmax-jacobian-rows-demo]
    print(jacobian_row_sums(np.array([1.0, 2.0, 5.0])))
    # --8<-- [end:softmax-jacobian-rows-demo]

    # --8<-- [start:softmax-jacobian-symmetry-demo]
    a = np.array([1.0, 2.0, 5.0])
    difference = jacobian_transposed(a) - jacobian(a)
    print("largest difference:", np.abs(difference).max())
    # --8<-- [end:softmax-jacobian-symmetry-demo]

    # --8<-- [start:softmax-temperature-demo]
    for tau in (0.5, 1, 2):
        print(f"tau = {tau}: P =", softmax_at(np.array([1.0, 2, 5]), tau))
    # --8<-- [end:softmax-temperature-demo]

    # --8<-- [start:temperature-gradient-demo]
    gradient = temperature_gradient(np.array([1.0, 2.0, 5.0]), 1)
    print("gradient:", gradient, "sum =", gradient.sum())
    # --8<-- [end:temperature-gradient-demo]

    # --8<-- [start:temperature-cold-demo]
    for a in (np.array([1.0, 2.0, 5.0]), np.array([1.0, 5.0, 5.0])):
        for tau in (1, 0.5, 0.1):
            print(f"a = {a}, tau = {tau}: P =", softmax_below_one(a, tau))
    # --8<-- [end:temperature-cold-demo]

    # --8<-- [start:temperature-hot-demo]
    for tau in (1, 100, 10_000):
        P = softmax_from_mean(np.array([1.0, 2.0, 5.0]), tau)
        print(f"tau = {tau}: P = {P}")
    # --8<-- [end:temperature-hot-demo]

    # --8<-- [start:softmax-sigmoid-demo]
    a = np.array([2.0, 5.0])
    print("S_1 =", first_of_two(a), "softmax:", softmax(a))
    # --8<-- [end:softmax-sigmoid-demo]
