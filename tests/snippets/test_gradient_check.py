"""The snippets of `gradient_check.py`, against 50 digits; wrong twins are refused."""

import mpmath
import numpy as np

import gradient_check as page
import gradient_tolerances as tolerances
from tests.snippets.oracle import Case

# Oracles: the definitions in 50 digits, and mpmath's own derivatives of them, which know none of the page's formulas.


def exact_f(t):
    return mpmath.log1p(mpmath.exp(mpmath.mpf(t)))


def exact_slope(t):
    return mpmath.diff(exact_f, mpmath.mpf(t))


def exact_second(t):
    return mpmath.diff(exact_f, mpmath.mpf(t), 2)


def exact_third(t):
    return mpmath.diff(exact_f, mpmath.mpf(t), 3)


def exact_chord(t, before, after):
    """Slope of the chord between two points, which are that far before and after t."""
    t, before, after = map(mpmath.mpf, (t, before, after))
    return (exact_f(t + after) - exact_f(t - before)) / (before + after)


# Arguments. e^t is computed as it stands, and the page says that it overflows: t stays moderate.


def point(trial):
    return (float(np.clip(trial.vector(1)[0], -15, 15)),)


def point_and_step(trial):
    return (*point(trial), trial.rng.uniform(0.01, 1.0))


# Where numbers of size 1, or of size f, are subtracted and divided by h, rounding is relative to them.


def one(*arguments):
    return 1.0


def size_of_chord(t, h):
    return (1 + abs(t)) / h


WRONG_SLOPES = {
    "backwards": lambda t, h: (page.f(t) - page.f(t + h)) / h,
    "not divided": lambda t, h: page.f(t + h) - page.f(t),
    "divided by twice the step": lambda t, h: (page.f(t + h) - page.f(t)) / (2 * h),
    "the derivative": lambda t, h: page.sigmoid(t),
}
CASES = {
    "check-function": Case(
        page.f,
        exact_f,
        point,
        {
            "without one": np.exp,
            "sign of t": lambda t: page.f(-t),
            "base two": lambda t: page.f(t) / np.log(2),
            "its stable part": lambda t: np.log1p(np.exp(-abs(t))),
        },
        {"terms": one},
    ),
    "check-derivative": Case(
        page.sigmoid,
        exact_slope,
        point,
        {
            "first class": lambda t: 1 - page.sigmoid(t),
            "tangent": np.tanh,
            "of twice t": lambda t: page.sigmoid(2 * t),
            "its derivative": page.curvature,
        },
    ),
    "check-curvature": Case(
        page.curvature,
        exact_second,
        point,
        {
            "square": lambda t: page.sigmoid(t) ** 2,
            "sign": lambda t: -page.curvature(t),
            "one quarter": lambda t: 0.25,
            "its derivative": page.curvature_slope,
        },
        {"terms": one},
    ),
    "check-third": Case(
        page.curvature_slope,
        exact_third,
        point,
        {
            "sign": lambda t: -page.curvature_slope(t),
            "without the two": lambda t: page.curvature(t) * (1 - page.sigmoid(t)),
            "halved": lambda t: page.curvature_slope(t) / 2,
        },
        {"terms": one},
    ),
    "check-third-bound": Case(
        page.probability_gap,
        lambda t: exact_third(t) / exact_second(t),
        point,
        {
            "sign": lambda t: -page.probability_gap(t),
            "of t, not of its half": lambda t: -np.tanh(t),
            "without the two": lambda t: 1 - page.sigmoid(t),
        },
        {"terms": one},
    ),
    "forward-difference": Case(
        page.forward_difference,
        lambda t, h: exact_chord(t, 0, h),
        point_and_step,
        WRONG_SLOPES | {"backward": tolerances.backward_difference, "central": page.central_difference},
        {"terms": size_of_chord},
    ),
    "forward-slope": Case(
        page.slope_gained,
        lambda t, h: exact_slope(t + mpmath.mpf(h)) - exact_slope(t),
        point_and_step,
        {
            "sign": lambda t, h: -page.slope_gained(t, h),
            "to first order": lambda t, h: h * page.curvature(t),
            "its bound": lambda t, h: h / 4,
        },
        {"terms": one},
    ),
    "forward-error": Case(
        page.forward_error,
        lambda t, h: exact_chord(t, 0, h) - exact_slope(t),
        point_and_step,
        {
            "sign": lambda t, h: -page.forward_error(t, h),
            "its bound": lambda t, h: h / 8,
            "to first order": lambda t, h: h * page.curvature(t) / 2,
            "central": page.central_error,
        },
        {"terms": size_of_chord},
    ),
    "central-difference": Case(
        page.central_difference,
        lambda t, h: exact_chord(t, h, h),
        point_and_step,
        WRONG_SLOPES
        | {"forward": page.forward_difference, "half as wide": lambda t, h: page.central_difference(t, h / 2)},
        {"terms": size_of_chord},
    ),
    "central-slope": Case(
        page.curvature_gained,
        lambda t, h: abs(exact_second(t + mpmath.mpf(h)) - exact_second(t - mpmath.mpf(h))),
        point_and_step,
        {
            "with its sign": lambda t, h: page.curvature(t + h) - page.curvature(t - h),
            "on one side": lambda t, h: abs(page.curvature(t + h) - page.curvature(t)),
            "its bound": lambda t, h: 2 * h * page.STEEPEST,
        },
        {"terms": one},
    ),
    "central-error": Case(
        page.central_error,
        lambda t, h: abs(exact_chord(t, h, h) - exact_slope(t)),
        point_and_step,
        {
            "with its sign": lambda t, h: page.central_difference(t, h) - page.sigmoid(t),
            "its bound": lambda t, h: h**2 / 6 * page.STEEPEST,
            "forward": page.forward_error,
        },
        {"terms": size_of_chord},
    ),
}
