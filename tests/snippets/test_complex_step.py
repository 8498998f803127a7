"""The snippets of `complex_step.py` and `gradient_tolerances.py`, against 50 digits; wrong twins are refused."""

import mpmath
import numpy as np

import complex_step as imaginary
import gradient_check as page
import gradient_tolerances as tolerances
from tests.snippets.oracle import Case
from tests.snippets.test_gradient_check import (
    WRONG_SLOPES,
    exact_chord,
    exact_f,
    exact_slope,
    one,
    point_and_step,
    size_of_chord,
)

# Oracles.


def exact_angle(t, h):
    """The angle of 1 + e^(t + ih), by its sine and its cosine."""
    t, h = mpmath.mpf(t), mpmath.mpf(h)
    return mpmath.atan2(mpmath.exp(t) * mpmath.sin(h), 1 + mpmath.exp(t) * mpmath.cos(h))


def exact_angle_slope(t, h):
    return mpmath.diff(lambda x: exact_angle(t, x), mpmath.mpf(h))


# Arguments.


def any_point(trial):
    return (float(trial.vector(1)[0]),)


def step_and_rounding(trial):
    return trial.rng.uniform(0.01, 1.0), 10 ** trial.rng.uniform(-16, 0)


CASES = {
    "complex-step": Case(
        imaginary.complex_step,
        lambda t, h: exact_angle(t, h) / mpmath.mpf(h),
        point_and_step,
        {
            "real part": lambda t, h: page.f(t + 1j * h).real / h,
            "not divided": lambda t, h: page.f(t + 1j * h).imag,
            "conjugate": lambda t, h: page.f(t - 1j * h).imag / h,
            "central": page.central_difference,
        },
    ),
    "complex-angle": Case(
        imaginary.tangent_of_angle,
        lambda t, h: mpmath.tan(exact_angle(t, h)),
        point_and_step,
        {
            "upside down": lambda t, h: 1 / imaginary.tangent_of_angle(t, h),
            "without one": lambda t, h: np.tan(h),
            "the angle": lambda t, h: page.f(t + 1j * h).imag,
        },
    ),
    "complex-slope": Case(
        imaginary.angle_slope,
        exact_angle_slope,
        point_and_step,
        {
            "at the start": lambda t, h: page.sigmoid(t),
            "imaginary part": lambda t, h: page.sigmoid(t + 1j * h).imag,
            "half of it": lambda t, h: 0.5 * np.sinh(t) / (np.cosh(t) + np.cos(h)),
        },
    ),
    "complex-gap": Case(
        imaginary.angle_slope_gained,
        lambda t, h: exact_angle_slope(t, h) - exact_slope(t),
        point_and_step,
        {
            "sign": lambda t, h: -imaginary.angle_slope_gained(t, h),
            "its bound": lambda t, h: h**2 / 6,
            "along the reals": page.slope_gained,
        },
        {"terms": one},
    ),
    "complex-error": Case(
        imaginary.complex_error,
        lambda t, h: abs(exact_angle(t, h) / mpmath.mpf(h) - exact_slope(t)),
        point_and_step,
        {
            "with its sign": lambda t, h: imaginary.complex_step(t, h) - page.sigmoid(t),
            "its bound": lambda t, h: h**2 / 18,
            "central": page.central_error,
        },
        {"terms": one},
    ),
    "forward-best": Case(
        imaginary.forward_budget,
        lambda h, epsilon: mpmath.mpf(h) / 8 + mpmath.mpf(epsilon) / mpmath.mpf(h),
        step_and_rounding,
        {
            "its minimum": lambda h, epsilon: np.sqrt(epsilon / 2),
            "rounding alone": lambda h, epsilon: epsilon / h,
            "central": imaginary.central_budget,
        },
    ),
    "central-best": Case(
        imaginary.central_budget,
        lambda h, epsilon: mpmath.mpf(h) ** 2 / (36 * mpmath.sqrt(3)) + mpmath.mpf(epsilon) / (2 * mpmath.mpf(h)),
        step_and_rounding,
        {
            "its minimum": lambda h, epsilon: 3 ** (1 / 6) / 4 * epsilon ** (2 / 3),
            "first order": lambda h, epsilon: h / (36 * np.sqrt(3)) + epsilon / (2 * h),
            "forward": imaginary.forward_budget,
        },
    ),
    "check-stable": Case(
        imaginary.f_stable,
        exact_f,
        any_point,
        {
            "first part": lambda t: np.maximum(t, 0),
            "smallest": lambda t: np.minimum(t, 0) + np.log1p(np.exp(-abs(t))),
            "sign of t": lambda t: imaginary.f_stable(-t),
        },
    ),
    "gradcheck-passes": Case(
        tolerances.gap_of_wrong_factor,
        lambda g: mpmath.mpf(5) / 10000 * abs(mpmath.mpf(g)),
        any_point,
        {
            "with its sign": lambda g: 0.0005 * g,
            "ten times": lambda g: abs(1.005 * g - g),
            "tolerated": lambda g: 1e-5 + 1e-3 * abs(g),
        },
    ),
    "backward-difference": Case(
        tolerances.backward_difference,
        lambda t, h: exact_chord(t, h, 0),
        point_and_step,
        WRONG_SLOPES | {"forward": page.forward_difference, "central": page.central_difference},
        {"terms": size_of_chord},
    ),
    "check-parabola": Case(
        tolerances.chord_of_parabola,
        lambda t, h: 2 * mpmath.mpf(t) + mpmath.mpf(h),
        point_and_step,
        {
            "central": lambda t, h: 2 * t,
            "twice as wide": lambda t, h: 2 * t + 2 * h,
            "not divided": lambda t, h: (t + h) ** 2 - t**2,
        },
        {"terms": lambda t, h: (1 + t**2) / h},
    ),
}
