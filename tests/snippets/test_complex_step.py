"""The snippets of `complex_step.py` and `gradient_tolerances.py`, against 50 digits; wrong twins are refused."""

import mpmath

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
            "central": page.central_difference,
        },
    ),
    "complex-angle": Case(
        imaginary.tangent_of_angle,
        lambda t, h: mpmath.tan(exact_angle(t, h)),
        point_and_step,
        {
            "the angle": lambda t, h: page.f(t + 1j * h).imag,
        },
    ),
    "complex-slope": Case(
        imaginary.angle_slope,
        exact_angle_slope,
        point_and_step,
    ),
    "complex-gap": Case(
        imaginary.angle_slope_gained,
        lambda t, h: exact_angle_slope(t, h) - exact_slope(t),
        point_and_step,
        options={"terms": one},
    ),
    "complex-error": Case(
        imaginary.complex_error,
        lambda t, h: abs(exact_angle(t, h) / mpmath.mpf(h) - exact_slope(t)),
        point_and_step,
        options={"terms": one},
    ),
    "forward-best": Case(
        imaginary.forward_budget,
        lambda h, epsilon: mpmath.mpf(h) / 8 + mpmath.mpf(epsilon) / mpmath.mpf(h),
        step_and_rounding,
    ),
    "central-best": Case(
        imaginary.central_budget,
        lambda h, epsilon: mpmath.mpf(h) ** 2 / (36 * mpmath.sqrt(3)) + mpmath.mpf(epsilon) / (2 * mpmath.mpf(h)),
        step_and_rounding,
    ),
    "check-stable": Case(
        imaginary.f_stable,
        exact_f,
        any_point,
    ),
    "gradcheck-passes": Case(
        tolerances.gap_of_wrong_factor,
        lambda g: mpmath.mpf(5) / 10000 * abs(mpmath.mpf(g)),
        any_point,
    ),
    "backward-difference": Case(
        tolerances.backward_difference,
        lambda t, h: exact_chord(t, h, 0),
        point_and_step,
        WRONG_SLOPES,
        {"terms": size_of_chord},
    ),
    "check-parabola": Case(
        tolerances.chord_of_parabola,
        lambda t, h: 2 * mpmath.mpf(t) + mpmath.mpf(h),
        point_and_step,
        options={"terms": lambda t, h: (1 + t**2) / h},
    ),
}
