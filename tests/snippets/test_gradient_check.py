"""The snippets of `gradient_check.py`, against 50 digits; wrong twins are refused."""

import mpmath
import numpy as np

import gradient_check as page
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
    "the derivative": lambda t, h: page.sigmoid(t),
}
CASES = {
    "check-function": Case(
        page.f,
        exact_f,
        point,
        {
            "its stable part": lambda t: np.log1p(np.exp(-abs(t))),
        },
        {"terms": one},
    ),
    "check-derivative": Case(
        page.sigmoid,
        exact_slope,
        point,
    ),
    "check-curvature": Case(
        page.curvature,
        exact_second,
        point,
        options={"terms": one},
    ),
    "check-third": Case(
        page.curvature_slope,
        exact_third,
        point,
        options={"terms": one},
    ),
    "check-third-bound": Case(
        page.probability_gap,
        lambda t: exact_third(t) / exact_second(t),
        point,
        options={"terms": one},
    ),
    "forward-difference": Case(
        page.forward_difference,
        lambda t, h: exact_chord(t, 0, h),
        point_and_step,
        WRONG_SLOPES,
        {"terms": size_of_chord},
    ),
    "forward-slope": Case(
        page.slope_gained,
        lambda t, h: exact_slope(t + mpmath.mpf(h)) - exact_slope(t),
        point_and_step,
        options={"terms": one},
    ),
    "forward-error": Case(
        page.forward_error,
        lambda t, h: exact_chord(t, 0, h) - exact_slope(t),
        point_and_step,
        options={"terms": size_of_chord},
    ),
    "central-difference": Case(
        page.central_difference,
        lambda t, h: exact_chord(t, h, h),
        point_and_step,
        WRONG_SLOPES | {"half as wide": lambda t, h: page.central_difference(t, h / 2)},
        {"terms": size_of_chord},
    ),
    "central-slope": Case(
        page.curvature_gained,
        lambda t, h: abs(exact_second(t + mpmath.mpf(h)) - exact_second(t - mpmath.mpf(h))),
        point_and_step,
        options={"terms": one},
    ),
    "central-error": Case(
        page.central_error,
        lambda t, h: abs(exact_chord(t, h, h) - exact_slope(t)),
        point_and_step,
        options={"terms": size_of_chord},
    ),
}
