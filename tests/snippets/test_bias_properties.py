"""What the page `bias` says beyond its equations: what a bias is for, what smoothing bounds, what is refused."""

import re

import numpy as np
import pytest

import bias as page
import bias_augmented as augmented
import bias_targets as targets

X, W, b = np.array([1.0, 2.0]), np.array([[0.5, -0.5, 0.0], [0.0, 0.25, 0.5]]), np.array([-0.5, 1.0, 0.0])
p = np.array([0.125, 0.625, 0.25])


def test_without_a_bias_a_zero_input_says_nothing_whatever_the_weights():
    assert np.array_equal(page.probabilities(page.affine(0 * X, 9 * W, 0 * b)), np.ones(3) / 3)
    assert np.ptp(page.probabilities(page.affine(0 * X, 9 * W, b))) > 0.4


def test_a_step_raises_the_right_bias_and_lowers_the_others_and_keeps_their_sum():
    Y = page.target(2, 3)
    db = page.grad_b(page.probabilities(page.affine(X, W, b)), Y)
    assert np.array_equal(db < 0, Y == 1)
    assert np.sum(b - 10 * db) == pytest.approx(np.sum(b))


def test_the_augmented_gradient_is_the_two_gradients():
    S, Y = page.probabilities(page.affine(X, W, b)), page.target(2, 3)
    both = augmented.augmented_gradient(augmented.augmented_input(X), S, Y)
    assert np.array_equal(both[:-1], augmented.grad_W(X, S, Y))
    assert np.array_equal(both[-1], page.grad_b(S, Y))


@pytest.mark.parametrize("S", [np.array([0.2, 0.6, 0.2]), np.array([0.125, 0.624, 0.251]), np.ones(3) / 3])
def test_cross_entropy_is_least_where_the_probabilities_are_the_target(S):
    assert targets.soft_loss(p, S) > targets.soft_loss(p, p)
    assert np.any(targets.soft_gradient(S, p) != 0)
    assert not np.any(targets.soft_gradient(p, p))


def test_a_machine_that_is_too_sure_is_pushed_on_by_a_certain_target_and_back_by_a_smoothed_one():
    sure, Y = np.array([0.001, 0.998, 0.001]), np.array([0.0, 1.0, 0.0])
    assert (sure - Y)[1] < 0 < targets.smoothed_gradient(sure, Y, 0.3)[1]


@pytest.mark.parametrize(("epsilon", "gap"), [(0.1, 4.51), (0.01, 6.9), (0.001, 9.21)])
def test_gaps_between_the_best_logits_for_ten_classes(epsilon, gap):
    gaps = targets.smoothed_gaps(targets.smoothed(np.eye(10)[0], epsilon), 1)
    assert gaps[0] == 0.0
    assert gaps[1:] == pytest.approx(np.log(1 + 10 * (1 - epsilon) / epsilon))
    assert round(gaps[1], 2) == gap


@pytest.mark.parametrize(
    ("function", "arguments", "refusal"),
    [
        (page.target, (3, 3), None),
        (page.target, (0, 3), "class 0 isn't one of 1 to 3"),
        (page.affine, (X, W, b), None),
        (page.affine, (X, W.T, b), "X is (D,) and W is (D, C), not (2,) and (3, 2)"),
        (page.affine, (X, W, b[:1]), "b is (C,), here (3,), not (1,)"),
        (page.affine, (X, W, b[None]), "b is (C,), here (3,), not (1, 3)"),
        (page.loss, (p, p), None),
        (page.loss, (p, p[:2]), "a distribution sums to 1, not to 0.75"),
        (targets.soft_loss, (p, p), None),
        (targets.soft_loss, (2 * p, p), "a distribution sums to 1, not to 2"),
    ],
)
def test_what_fits_is_taken_and_what_does_not_is_refused(function, arguments, refusal):
    if refusal is None:
        assert np.isfinite(function(*arguments)).all()
    else:
        with pytest.raises(ValueError, match=f"^{re.escape(refusal)}$"):
            function(*arguments)
