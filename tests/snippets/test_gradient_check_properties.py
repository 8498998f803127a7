"""What the page `gradient-check` says beyond its equations: bounds, rounding, the traps of code and of tolerances."""

import numpy as np
import pytest

import complex_step as imaginary
import gradient_check as page
import gradient_tolerances as tolerances

POINTS = np.linspace(-15, 15, 601)
STEPS = np.linspace(0.02, 0.98, 49)
ROUNDING = 1e-13


@pytest.mark.parametrize(
    ("error", "bound"),
    [
        (page.slope_gained, lambda h: h / 4),
        (page.forward_error, lambda h: h / 8),
        (page.curvature_gained, lambda h: h / (3 * np.sqrt(3))),
        (page.central_error, lambda h: h**2 / (36 * np.sqrt(3))),
        (imaginary.angle_slope_gained, lambda h: (1 - np.cos(h)) / 3),
        (imaginary.complex_error, lambda h: h**2 / 18),
    ],
    ids=["slope", "forward", "curvature", "central", "angle", "complex"],
)
def test_a_bound_holds_everywhere_and_a_quarter_of_it_does_not(error, bound):
    errors = np.array([np.abs(error(POINTS, h)).max() for h in STEPS])
    bounds = np.array([bound(h) for h in STEPS])
    assert (errors <= bounds + ROUNDING).all()
    assert (errors > bounds / 4).any()


@pytest.mark.parametrize("error", [page.slope_gained, page.forward_error], ids=["slope", "forward"])
def test_what_the_forward_difference_adds_is_positive(error):
    assert all((error(POINTS, h) >= -ROUNDING).all() for h in STEPS)


def test_the_derivative_lies_between_backward_and_forward():
    for h in STEPS:
        backward, forward = tolerances.backward_difference(POINTS, h), page.forward_difference(POINTS, h)
        assert (backward <= page.sigmoid(POINTS) + ROUNDING).all()
        assert (page.sigmoid(POINTS) <= forward + ROUNDING).all()
        assert page.central_difference(POINTS, h) == pytest.approx((backward + forward) / 2, rel=1e-12)


def test_the_bounds_of_the_third_derivative_and_of_the_curvature_are_reached():
    fine = np.linspace(-3, 3, 60_001)
    assert page.curvature(fine).max() == 0.25
    assert np.abs(page.curvature_slope(fine)).max() == pytest.approx(page.STEEPEST, rel=1e-8)


@pytest.mark.parametrize(
    ("h", "expected"),
    [
        (1e-1, [2.0e-2, 2.1e-4, 2.2e-4]),
        (1e-3, [2.0e-4, 2.1e-8, 2.1e-8]),
        (1e-5, [2.0e-6, None, 2.1e-12]),
    ],
)
def test_errors_fall_as_their_orders_say(h, expected):
    for error, value in zip(imaginary.relative_errors(h), expected, strict=True):
        assert value is None or error == pytest.approx(value, rel=0.05)


@pytest.mark.parametrize(
    ("method", "least", "most"),
    [(0, 3e-9, 1e-7), (1, 2e-12, 1e-10), (2, 0.0, 1e-15)],
    ids=["forward", "central", "complex"],
)
def test_the_best_error_is_of_the_size_that_the_page_gives(method, least, most):
    best = min(imaginary.relative_errors(10.0**-power)[method] for power in range(1, 17))
    assert least < best < most


def test_only_the_complex_step_survives_the_smallest_steps():
    forward, central, complex_step = imaginary.relative_errors(1e-16)
    assert forward > 0.5
    assert central > 0.5
    assert complex_step < 1e-15
    assert imaginary.relative_errors(1e-300)[2] < 1e-15


@pytest.mark.parametrize(
    ("budget", "best", "least"),
    [
        (imaginary.forward_budget, lambda e: np.sqrt(8 * e), lambda e: np.sqrt(e / 2)),
        (imaginary.central_budget, lambda e: np.cbrt(9 * np.sqrt(3) * e), lambda e: 3 ** (1 / 6) / 4 * e ** (2 / 3)),
    ],
    ids=["forward", "central"],
)
def test_the_best_step_is_the_best(budget, best, least):
    for epsilon in (1e-16, 1e-10, 1e-4):
        assert budget(best(epsilon), epsilon) == pytest.approx(least(epsilon), rel=1e-12)
        assert (budget(np.geomspace(1e-9, 1, 1001), epsilon) >= least(epsilon) * (1 - 1e-12)).all()


def test_the_naive_form_overflows_and_the_other_does_not():
    with pytest.warns(RuntimeWarning, match="overflow"):
        assert page.f(800.0) == np.inf
    assert imaginary.f_stable(800.0) == imaginary.f_stable_complex(800.0) == 800.0
    assert imaginary.f_stable_complex(POINTS) == pytest.approx(imaginary.f_stable(POINTS), rel=1e-15)


def test_what_loses_the_imaginary_part_gives_a_wrong_derivative_without_a_word():
    h = 1e-20
    right = np.imag(imaginary.f_stable_complex(POINTS + 1j * h)) / h
    assert right == pytest.approx(page.sigmoid(POINTS), rel=1e-13)
    wrong = np.imag(imaginary.f_stable(1.0 + 1j * h)) / h
    assert wrong == 1.0


@pytest.mark.parametrize(
    ("analytic", "numeric", "options", "accepted"),
    [
        (1.0005, 1.0, {}, True),
        (-1.0005, -1.0, {}, True),
        (1.002, 1.0, {}, False),
        (4e-6, -4e-6, {}, True),
        (6e-6, -6e-6, {}, False),
        (1.0005, 1.0, {"rtol": 1e-12, "atol": 0.0}, False),
        ([1.0, 1.002], [1.0, 1.0], {}, False),
        (float("nan"), 1.0, {}, False),
    ],
)
def test_the_criterion_of_gradcheck(analytic, numeric, options, accepted):
    assert tolerances.accepts(np.array(analytic), np.array(numeric), **options) is accepted
