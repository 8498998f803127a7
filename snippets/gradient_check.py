"""Forward and central differences of one function, and how far off they are."""

# --8<-- [start:check-function]
import numpy as np


def f(t):
    r"""The loss of two classes, $f(t) = \ln (1 + e^t)$.

    Args:
        t: number or array, real or complex, dimensionless; real part below 700.

    Returns:
        The shape of `t`, in nats.

    Source: docs/fr/gradient-check.md#check-function
    """
    return np.log(1 + np.exp(t))
# --8<-- [end:check-function]


# --8<-- [start:check-derivative]
def sigmoid(t):
    r"""Derivative of f, $\sigma(t) = e^t / (1 + e^t)$.

    Args:
        t: number or array, real or complex, dimensionless; real part below 700.

    Returns:
        The shape of `t`; between 0 and 1 for real numbers.

    Source: docs/fr/gradient-check.md#check-derivative
    """
    return np.exp(t) / (1 + np.exp(t))
# --8<-- [end:check-derivative]


# --8<-- [start:check-curvature]
def curvature(t):
    r"""Second derivative of f, $\kappa(t) = \sigma(t) (1 - \sigma(t))$.

    Args:
        t: real number or array.

    Returns:
        The shape of `t`, between 0 and 1/4.

    Source: docs/fr/gradient-check.md#check-curvature
    """
    return sigmoid(t) * (1 - sigmoid(t))
# --8<-- [end:check-curvature]


# --8<-- [start:check-third]
def curvature_slope(t):
    r"""Third derivative of f, $\kappa(t) (1 - 2 \sigma(t))$.

    Args:
        t: real number or array.

    Returns:
        The shape of `t`, positive where t is negative.

    Source: docs/fr/gradient-check.md#check-third
    """
    return curvature(t) * (1 - 2 * sigmoid(t))
# --8<-- [end:check-third]


# --8<-- [start:check-third-bound]
STEEPEST = 1 / (6 * np.sqrt(3))  # 0.0962…, what the third derivative can't exceed


def probability_gap(t):
    r"""Probability of the first class minus the second's, $1 - 2 \sigma(t)$.

    Args:
        t: real number or array.

    Returns:
        The shape of `t`, between -1 and 1.

    Source: docs/fr/gradient-check.md#check-third-bound
    """
    return 1 - 2 * sigmoid(t)
# --8<-- [end:check-third-bound]


# --8<-- [start:forward-difference]
def forward_difference(t, h):
    r"""Slope of the chord from t to t + h, $(f(t + h) - f(t)) / h$.

    Args:
        t: real number or array.
        h: step, positive.

    Returns:
        The shape of `t`.

    Source: docs/fr/gradient-check.md#forward-difference
    """
    return (f(t + h) - f(t)) / h
# --8<-- [end:forward-difference]


# --8<-- [start:forward-slope]
def slope_gained(t, h):
    r"""What the slope gains over one step, $\sigma(t + h) - \sigma(t)$.

    Args:
        t: real number or array.
        h: step, positive.

    Returns:
        The shape of `t`, between 0 and h / 4.

    Source: docs/fr/gradient-check.md#forward-slope
    """
    return sigmoid(t + h) - sigmoid(t)
# --8<-- [end:forward-slope]


# --8<-- [start:forward-error]
def forward_error(t, h):
    r"""What the forward difference adds to the derivative, at most h / 8.

    Args:
        t: real number or array.
        h: step, positive.

    Returns:
        The shape of `t`; never negative, but for rounding.

    Source: docs/fr/gradient-check.md#forward-error
    """
    return forward_difference(t, h) - sigmoid(t)
# --8<-- [end:forward-error]


# --8<-- [start:central-difference]
def central_difference(t, h):
    r"""Slope of the chord around t, $(f(t + h) - f(t - h)) / (2 h)$.

    Args:
        t: real number or array.
        h: step, positive.

    Returns:
        The shape of `t`.

    Source: docs/fr/gradient-check.md#central-difference
    """
    return (f(t + h) - f(t - h)) / (2 * h)
# --8<-- [end:central-difference]


# --8<-- [start:central-slope]
def curvature_gained(t, h):
    r"""By how much the second derivative differs on the two sides of t.

    Args:
        t: real number or array.
        h: step, positive.

    Returns:
        The shape of `t`, at most $h / (3 \sqrt{3})$.

    Source: docs/fr/gradient-check.md#central-slope
    """
    return np.abs(curvature(t + h) - curvature(t - h))
# --8<-- [end:central-slope]


# --8<-- [start:central-error]
def central_error(t, h):
    r"""Error of the central difference, at most $h^2 / (36 \sqrt{3})$.

    Args:
        t: real number or array.
        h: step, positive.

    Returns:
        The shape of `t`.

    Source: docs/fr/gradient-check.md#central-error
    """
    return np.abs(central_difference(t, h) - sigmoid(t))
# --8<-- [end:central-error]


if __name__ == "__main__":
    # --8<-- [start:check-function-demo]
    for t in (-3.0, 0.0, 3.0):
        print(f"f({t:g}) = {f(t):.6f}")
    # --8<-- [end:check-function-demo]

    # --8<-- [start:check-derivative-demo]
    for t in (-3.0, 0.0, 3.0):
        print(f"sigma({t:g}) = {sigmoid(t):.6f}")
    # --8<-- [end:check-derivative-demo]

    # --8<-- [start:check-curvature-demo]
    for t in (-3.0, 0.0, 3.0):
        print(f"kappa({t:g}) = {curvature(t):.6f}")
    # --8<-- [end:check-curvature-demo]

    # --8<-- [start:check-third-demo]
    for t in (-3.0, 0.0, 3.0):
        print(f"kappa'({t:g}) = {curvature_slope(t):.6f}")
    # --8<-- [end:check-third-demo]

    # --8<-- [start:check-third-bound-demo]
    u = probability_gap(np.linspace(-6, 6, 100_001))
    print(f"largest u (1 - u^2) / 4: {(u * (1 - u**2) / 4).max():.6f}")
    print(f"bound:                   {STEEPEST:.6f}")
    # --8<-- [end:check-third-bound-demo]

    # --8<-- [start:forward-difference-demo]
    for h in (1e-1, 1e-2, 1e-3):
        print(f"h = {h:g}: {forward_difference(1.0, h):.6f}")
    print(f"derivative: {sigmoid(1.0):.6f}")
    # --8<-- [end:forward-difference-demo]

    # --8<-- [start:forward-slope-demo]
    for t in (-3.0, 0.0, 3.0):
        print(f"t = {t:g}: {slope_gained(t, 0.1):.6f} <= {0.1 / 4}")
    # --8<-- [end:forward-slope-demo]

    # --8<-- [start:forward-error-demo]
    for h in (1e-1, 1e-2, 1e-3):
        print(f"h = {h:g}: {forward_error(0.0, h):.4e} <= {h / 8:.4e}")
    # --8<-- [end:forward-error-demo]

    # --8<-- [start:central-difference-demo]
    for h in (1e-1, 1e-2, 1e-3):
        print(f"h = {h:g}: {central_difference(1.0, h):.9f}")
    print(f"derivative: {sigmoid(1.0):.9f}")
    # --8<-- [end:central-difference-demo]

    # --8<-- [start:central-slope-demo]
    for t in (-1.3, 0.0, 1.3):
        bound = 2 * 0.1 * STEEPEST
        print(f"t = {t:g}: {curvature_gained(t, 0.1):.6f} <= {bound:.6f}")
    # --8<-- [end:central-slope-demo]

    # --8<-- [start:central-error-demo]
    for h in (1e-1, 1e-2, 1e-3):
        bound = h**2 / 6 * STEEPEST
        print(f"h = {h:g}: {central_error(1.3, h):.4e} <= {bound:.4e}")
    # --8<-- [end:central-error-demo]
