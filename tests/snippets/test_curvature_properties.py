"""What the page `curvature` says beyond its equations: where bounds are reached, convexity, what is refused."""

import re
from dataclasses import replace

import numpy as np
import pytest

import context
import convexity
import curvature as page
from softmax import softmax
from tests.snippets.oracle import TRIALS
from tests.snippets.test_context import example_and_rate
from tests.snippets.test_convexity import two_weights_and_share

SHARES = [two_weights_and_share(replace(trial)) for trial in TRIALS]


def test_the_hessian_is_symmetric_and_knows_no_class():
    """The same second differences come out of the loss of every class."""
    logits, h = np.array([0.3, -1.0, 2.0]), 1e-4
    G = page.hessian(logits)
    assert np.array_equal(G, G.T)
    for y in (1, 2, 3):

        def slope(moved, y=y):
            return softmax(moved) - context.one_hot(y, 3)

        differences = [(slope(logits + h * unit) - slope(logits - h * unit)) / (2 * h) for unit in np.eye(3)]
        assert np.array(differences) == pytest.approx(G, abs=1e-8)


@pytest.mark.parametrize("C", [2, 3, 5])
def test_the_bound_of_the_curvature_holds_and_is_reached_by_two_classes_only(C):
    rng = np.random.default_rng(C)
    shares = []
    for _ in range(2000):
        S, v = rng.dirichlet(np.full(C, 0.3)), rng.normal(size=C)
        spread = (v.max() - v.min()) ** 2 / 4
        assert -1e-15 <= page.quadratic_form(S, v) <= spread * (1 + 1e-12) <= v @ v / 2 * (1 + 1e-12)
        shares.append(page.quadratic_form(S, v) / (v @ v / 2))
    assert max(shares) < 1
    halves, pull = np.zeros(C), np.zeros(C)
    halves[:2], pull[:2] = 0.5, (1, -1)
    assert page.quadratic_form(halves, pull) == pull @ pull / 2
    inside = 0.999 * halves + 0.001 / C  # every class has its chance
    assert bool(page.quadratic_form(inside, pull) > 1 - 1e-12) is (C == 2)


def test_the_curvature_is_nil_only_where_all_components_are_equal():
    S = np.array([0.2, 0.3, 0.5])
    assert page.variance(S, np.full(3, 4.0)) == 0
    assert page.variance(S, np.array([4.0, 4.0, 4.001])) > 1e-8


def test_the_flattest_and_the_most_curved_probabilities():
    assert page.trace(np.array([1.0, 0.0, 0.0])) == 0
    uniform = page.trace(np.full(4, 0.25))
    assert uniform == 0.75
    assert all(page.trace(np.random.default_rng(seed).dirichlet(np.ones(4))) < uniform for seed in range(100))


def test_the_loss_lies_above_its_tangents_and_below_its_chords():
    for X, W, V, y, theta in SHARES:
        start, end = context.loss_of_weights(X, W, y), context.loss_of_weights(X, W + V, y)
        tangent = start + np.sum(V * context.gradient(X, W, y))
        size = 1 + float((np.abs(X) @ (np.abs(V) + np.abs(W))).max())
        assert tangent <= end + 1e-12 * size
        assert convexity.loss_between(X, W, V, y, theta) <= (1 - theta) * start + theta * end + 1e-12 * size


def test_convex_is_not_strictly_convex():
    X, W = np.array([1.0, 2.0]), np.array([[0.5, -0.5, 0.0], [0.0, 0.25, 0.5]])
    V = np.array([[3.0], [-1.0]]) * np.ones(3)  # one number for each row
    ends = (context.loss_of_weights(X, W, 2) + context.loss_of_weights(X, W + V, 2)) / 2
    assert convexity.loss_between(X, W, V, 2, 0.5) == pytest.approx(ends, rel=1e-14)


@pytest.mark.parametrize("times", [1e-3, 1.0, 1e3])
def test_one_example_descends_at_every_rate(times):
    for trial in TRIALS:
        X, W, y, eta = example_and_rate(replace(trial))
        before, gaps = context.loss_of_weights(X, W, y), convexity.gaps_after_step(X, W, y, times * eta)
        after = convexity.loss_after_step(X, W, y, times * eta)
        if trial.size == 1:
            assert after == before == 0
        else:
            logits = X @ W
            assert after < before
            assert (np.delete(gaps - logits + logits[y - 1], y - 1) < 0).all()


def test_an_input_of_zeros_learns_nothing():
    X, W = np.zeros(2), np.array([[0.5, -0.5], [0.0, 0.25]])
    assert convexity.loss_after_step(X, W, 1, 10.0) == pytest.approx(np.log(2), rel=1e-15)


# Input that doesn't fit, next to input that does.

X, W = np.array([1.0, 2.0]), np.ones((2, 3))
SHAPES = "X is (D,) and W is (D, C), not (2,) and (3, 2)"


@pytest.mark.parametrize(
    ("function", "arguments", "refusal"),
    [
        (page.hessian, (X,), None),
        (page.hessian, (W,), "softmax takes a vector, not shape (2, 3)"),
        (convexity.logits_move, (X, W), None),
        (convexity.logits_move, (X, W.T), SHAPES),
        (convexity.loss_from_tangent, (X, W, 2 * W, 3), None),
        (convexity.loss_from_tangent, (X, W, 2 * W, 4), "class 4 isn't one of 1 to 3"),
        (convexity.loss_between, (X, W, 2 * W, 3, 0.5), None),
        (convexity.loss_between, (X, W.T, W.T, 3, 0.5), SHAPES),
        (convexity.logits_after_step, (X, W, 3, 0.1), None),
        (convexity.logits_after_step, (X, W, 0, 0.1), "class 0 isn't one of 1 to 3"),
        (convexity.gaps_after_step, (X, W, 3, 0.1), None),
        (convexity.gaps_after_step, (X, W.T, 1, 0.1), SHAPES),
        (convexity.loss_after_step, (X, W, 3, 0.1), None),
        (convexity.loss_after_step, (X, W, 4, 0.1), "class 4 isn't one of 1 to 3"),
    ],
)
def test_what_fits_is_taken_and_what_does_not_is_refused(function, arguments, refusal):
    if refusal is None:
        assert np.isfinite(function(*arguments)).all()
    else:
        with pytest.raises(ValueError, match=f"^{re.escape(refusal)}$"):
            function(*arguments)
