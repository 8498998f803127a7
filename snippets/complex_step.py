"""The complex step beside the two differences, and what rounding leaves of all three."""

import numpy as np

from gradient_check import central_difference, f, forward_difference, sigmoid


# --8<-- [start:complex-step]
def complex_step(t, h):
    r"""Slope without a difference, $\operatorname{Im} f(t + \mathrm{i} h) / h$.

    Args:
        t: real number or array.
        h: step, positive.

    Returns:
        The shape of `t`.

    Source: docs/fr/gradient-check.md#complex-step
    """
    return f(t + 1j * h).imag / h
# --8<-- [end:complex-step]


# --8<-- [start:complex-angle]
def tangent_of_angle(t, h):
    r"""Tangent of the angle of $1 + e^{t + \mathrm{i} h}$.

    Args:
        t: real number or array.
        h: step, between 0 and 1.

    Returns:
        The shape of `t`.

    Source: docs/fr/gradient-check.md#complex-angle
    """
    return np.exp(t) * np.sin(h) / (1 + np.exp(t) * np.cos(h))
# --8<-- [end:complex-angle]


# --8<-- [start:complex-slope]
def angle_slope(t, h):
    r"""How fast the angle turns with h, $\operatorname{Re} \sigma(t + \mathrm{i} h)$.

    Args:
        t: real number or array.
        h: step, between 0 and 1.

    Returns:
        The shape of `t`.

    Source: docs/fr/gradient-check.md#complex-slope
    """
    return sigmoid(t + 1j * h).real
# --8<-- [end:complex-slope]


# --8<-- [start:complex-gap]
def angle_slope_gained(t, h):
    r"""By how much the angle's slope has left $\sigma(t)$ at h.

    Args:
        t: real number or array.
        h: step, between 0 and 1.

    Returns:
        The shape of `t`, at most h**2 / 6 in absolute value.

    Source: docs/fr/gradient-check.md#complex-gap
    """
    return angle_slope(t, h) - sigmoid(t)
# --8<-- [end:complex-gap]


# --8<-- [start:complex-error]
def complex_error(t, h):
    r"""Error of the complex step, at most h**2 / 18.

    Args:
        t: real number or array.
        h: step, between 0 and 1.

    Returns:
        The shape of `t`.

    Source: docs/fr/gradient-check.md#complex-error
    """
    return np.abs(complex_step(t, h) - sigmoid(t))
# --8<-- [end:complex-error]


# --8<-- [start:error-table]
POINTS = np.random.default_rng(0).normal(size=1000)


def relative_errors(h, points=POINTS):
    r"""Errors of the three methods, in Euclidean norm, relative to the derivatives.

    Args:
        h: step, positive.
        points: (n,) real numbers, where the derivatives are taken.

    Returns:
        (3,): forward difference, central difference, complex step.

    Source: docs/fr/rounding.md#error-table
    """
    expected = sigmoid(points)
    methods = (forward_difference, central_difference, complex_step)
    misses = [np.linalg.norm(method(points, h) - expected) for method in methods]
    return np.array(misses) / np.linalg.norm(expected)
# --8<-- [end:error-table]


# --8<-- [start:forward-best]
def forward_budget(h, epsilon):
    r"""What the forward difference may lose, $h / 8 + \varepsilon / h$.

    Args:
        h: step, positive.
        epsilon: rounding of the numerator, positive.

    Returns:
        number, at least $\sqrt{\varepsilon / 2}$.

    Source: docs/fr/rounding.md#forward-best
    """
    return h / 8 + epsilon / h
# --8<-- [end:forward-best]


# --8<-- [start:central-best]
def central_budget(h, epsilon):
    r"""What the central difference may lose, rounding included.

    Args:
        h: step, positive.
        epsilon: rounding of the numerator, positive.

    Returns:
        number, at least $3^{1/6} \varepsilon^{2/3} / 4$.

    Source: docs/fr/rounding.md#central-best
    """
    return h**2 / (36 * np.sqrt(3)) + epsilon / (2 * h)
# --8<-- [end:central-best]


# --8<-- [start:check-stable]
def f_stable(t):
    r"""The same function without overflow, $\max(t, 0) + \ln (1 + e^{-|t|})$.

    Args:
        t: real number or array, as large as it may be.

    Returns:
        The shape of `t`, in nats.

    Source: docs/fr/rounding.md#check-stable
    """
    return np.maximum(t, 0) + np.log1p(np.exp(-np.abs(t)))
# --8<-- [end:check-stable]


# --8<-- [start:complex-traps]
def f_stable_complex(t):
    r"""The same for complex numbers: the real part decides, both parts are kept.

    Args:
        t: number or array, real or complex.

    Returns:
        The shape of `t`, in nats.

    Source: docs/fr/rounding.md#complex-traps
    """
    positive = np.real(t) > 0
    return np.where(positive, t, 0) + np.log1p(np.exp(np.where(positive, -t, t)))
# --8<-- [end:complex-traps]


if __name__ == "__main__":
    # --8<-- [start:complex-step-demo]
    for h in (1e-1, 1e-2, 1e-3):
        print(f"h = {h:g}: {complex_step(1.0, h):.9f}")
    print(f"derivative: {sigmoid(1.0):.9f}")
    # --8<-- [end:complex-step-demo]

    # --8<-- [start:complex-angle-demo]
    angle = f(1.0 + 0.1j).imag
    print(f"tan({angle:.6f}) = {np.tan(angle):.6f}")
    print(f"formula:        {tangent_of_angle(1.0, 0.1):.6f}")
    # --8<-- [end:complex-angle-demo]

    # --8<-- [start:complex-slope-demo]
    for h in (1.0, 0.1, 0.01):
        print(f"h = {h:g}: {angle_slope(1.0, h):.6f}")
    print(f"sigma(1): {sigmoid(1.0):.6f}")
    # --8<-- [end:complex-slope-demo]

    # --8<-- [start:complex-gap-demo]
    for t in (-1.3, 0.0, 1.3):
        print(f"t = {t:g}: {angle_slope_gained(t, 0.1):.6f}, bound {0.1**2 / 6:.6f}")
    # --8<-- [end:complex-gap-demo]

    # --8<-- [start:complex-error-demo]
    for h in (1e-1, 1e-2, 1e-3):
        print(f"h = {h:g}: {complex_error(1.3, h):.4e} <= {h**2 / 18:.4e}")
    # --8<-- [end:complex-error-demo]

    # --8<-- [start:error-table-demo]
    print("h         forward   central   complex")
    for power in range(1, 17):
        errors = relative_errors(10.0**-power)
        print(f"1e-{power:<4}", *(f"{error:.1e}" for error in errors), sep="   ")
    print(f"1e-300{relative_errors(1e-300)[2]:30.1e}")
    # --8<-- [end:error-table-demo]

    # --8<-- [start:forward-best-demo]
    epsilon = 2.0**-53  # float64 rounds 1 by that much at most
    for h in (1e-6, np.sqrt(8 * epsilon), 1e-10):
        print(f"h = {h:.1e}: {forward_budget(h, epsilon):.1e}")
    # --8<-- [end:forward-best-demo]

    # --8<-- [start:central-best-demo]
    for h in (1e-3, np.cbrt(9 * np.sqrt(3) * epsilon), 1e-7):
        print(f"h = {h:.1e}: {central_budget(h, epsilon):.1e}")
    # --8<-- [end:central-best-demo]

    # --8<-- [start:check-stable-demo]
    with np.errstate(over="ignore"):
        print("f(800) =", f(800.0))
    print("without overflow:", f_stable(800.0))
    # --8<-- [end:check-stable-demo]

    # --8<-- [start:complex-traps-demo]
    h = 1e-20
    for function in (f, f_stable, f_stable_complex):
        print(f"{function.__name__:16}", np.imag(function(1.0 + 1j * h)) / h)
    # --8<-- [end:complex-traps-demo]
