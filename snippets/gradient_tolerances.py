"""What the tolerances of a gradient check let through, and two exercises."""

import numpy as np

from complex_step import complex_step
from gradient_check import central_difference, f, sigmoid


# --8<-- [start:gradcheck]
def accepts(analytic, numeric, rtol=1e-3, atol=1e-5):
    r"""The criterion and the default tolerances of torch.autograd.gradcheck.

    Args:
        analytic: array of derivatives from the formula to be checked.
        numeric: array of the same derivatives from differences.
        rtol: relative tolerance, dimensionless.
        atol: absolute tolerance, in the unit of the derivatives.

    Returns:
        True if no component is further off than atol + rtol |numeric|.

    Source: docs/fr/rounding.md#gradcheck
    """
    gap = np.abs(analytic - numeric)
    return bool(np.all(gap <= atol + rtol * np.abs(numeric)))
# --8<-- [end:gradcheck]


# --8<-- [start:gradcheck-passes]
def gap_of_wrong_factor(g):
    r"""How far 1.0005 g is from g, that is 0.0005 |g|.

    Args:
        g: real number or array, a derivative.

    Returns:
        The shape of `g`, in its unit.

    Source: docs/fr/rounding.md#gradcheck-passes
    """
    return np.abs(1.0005 * g - g)
# --8<-- [end:gradcheck-passes]


# --8<-- [start:backward-difference]
def backward_difference(t, h):
    r"""Slope of the chord from t - h to t, $(f(t) - f(t - h)) / h$.

    Args:
        t: real number or array.
        h: step, positive.

    Returns:
        The shape of `t`, never above the derivative but for rounding.

    Source: docs/fr/gradient-check.md#backward-difference
    """
    return (f(t) - f(t - h)) / h
# --8<-- [end:backward-difference]


# --8<-- [start:check-parabola]
def chord_of_parabola(t, h):
    r"""Forward difference of the square, 2 t + h.

    Args:
        t: real number or array.
        h: step, positive.

    Returns:
        The shape of `t`.

    Source: docs/fr/gradient-check.md#check-parabola
    """
    return ((t + h) ** 2 - t**2) / h
# --8<-- [end:check-parabola]


if __name__ == "__main__":
    # --8<-- [start:gradcheck-demo]
    t = np.linspace(-3, 3, 7)
    wrong = 1.0005 * sigmoid(t)
    numeric = central_difference(t, 1e-6)
    print("wrong by a factor 1.0005:", accepts(wrong, numeric))
    print("wrong by a factor 1.005: ", accepts(1.005 * sigmoid(t), numeric))

    small = central_difference(-13.0, 1e-6)
    print(f"derivative {small:.1e}, wrong sign: ", accepts(-small, small))
    # --8<-- [end:gradcheck-demo]

    # --8<-- [start:gradcheck-passes-demo]
    for g in (1e-6, -1.0, 1e6):
        allowed = 1e-5 + 1e-3 * abs(g)
        print(f"g = {g:g}: {gap_of_wrong_factor(g):.1e} <= {allowed:.1e}")
    # --8<-- [end:gradcheck-passes-demo]

    # --8<-- [start:gradcheck-tight]
    exact = complex_step(t, 1e-20)
    for name, derivatives in (("right", sigmoid(t)), ("wrong", wrong)):
        error = np.linalg.norm(derivatives - exact) / np.linalg.norm(exact)
        print(name, f"{error:.1e}", accepts(derivatives, exact, rtol=1e-12, atol=0))
    # --8<-- [end:gradcheck-tight]

    # --8<-- [start:backward-difference-demo]
    print(f"backward: {backward_difference(1.0, 0.1):.6f}")
    print(f"central:  {central_difference(1.0, 0.1):.6f}")
    # --8<-- [end:backward-difference-demo]

    # --8<-- [start:check-parabola-demo]
    t, h = 3.0, 0.5
    print("forward:", chord_of_parabola(t, h))
    print("central:", ((t + h) ** 2 - (t - h) ** 2) / (2 * h))
    print("complex:", ((t + 1j * h) ** 2).imag / h)
    # --8<-- [end:check-parabola-demo]
