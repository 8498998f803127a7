"""What the page `batch-descent` says beyond its equations: which rates succeed, and that no better constant exists."""

from dataclasses import replace

import numpy as np
import pytest

import batch_descent as page
import batch_pair as pair
from tests.snippets import batch_oracle as exact
from tests.snippets.oracle import TRIALS

BATCHES = [exact.batch_and_share(replace(trial)) for trial in TRIALS]


def slope(X, W, b, y):
    return float(np.sum(page.mean_gradient(X, W, b, y) ** 2))


@pytest.mark.parametrize("times", [0.01, 0.5, 1.0, 3.0])
def test_the_quadratic_bound_holds_at_every_rate(times):
    for X, W, b, y, theta in BATCHES:
        eta = times * theta * page.largest_step(X)
        bound = page.mean_loss(X, W, b, y) - eta * (1 - times * theta) * slope(X, W, b, y)
        assert page.loss_after_step(X, W, b, y, eta) <= bound + 1e-12


def test_a_rate_within_the_limit_lowers_the_loss():
    moving = [batch for batch in BATCHES if slope(*batch[:-1]) * page.largest_step(batch[0]) > 1e-12]
    assert len(moving) > len(BATCHES) / 2
    for X, W, b, y, theta in moving:
        assert page.loss_within_limit(X, W, b, y, theta) < page.mean_loss(X, W, b, y)


def test_the_largest_eigenvalue_allows_more():
    for X, W, b, y, theta in BATCHES:
        limit = 4 / np.linalg.eigvalsh(X.T @ X / len(X)).max()
        assert limit >= page.largest_step(X) * (1 - 1e-12)
        assert page.loss_after_step(X, W, b, y, theta * limit) <= page.mean_loss(X, W, b, y) + 1e-12


def test_a_rate_beyond_the_limit_may_raise_the_loss():
    X, W, b, y = pair.PAIR
    nearly = (X, 1e-3 * W, b, y)
    assert page.loss_within_limit(*nearly, 0.999) < page.mean_loss(*nearly)
    assert page.loss_within_limit(*nearly, 1.001) > page.mean_loss(*nearly)


@pytest.mark.parametrize(("eta", "lower"), [(4.0, True), (4.2, True), (4.4, False), (6.0, False)])
def test_the_pair_stops_between_4_2_and_4_4_and_one_example_never_does(eta, lower):
    start, after = pair.curves(0.0), pair.curves(eta)
    assert bool(after[0] < start[0]) is lower
    assert after[1] < start[1]


def test_the_pair_comes_back_at_its_limit_which_is_above_4():
    for z in (-5.0, -1.0, 1e-3, 1.0, 20.0):
        batch = (pair.PAIR[0], np.array([[z, 0.0]]), *pair.PAIR[2:])
        assert pair.pair_loss(z) == pytest.approx(page.mean_loss(*batch), rel=1e-14)
        assert page.loss_after_step(*batch, pair.pair_limit(z)) == pytest.approx(pair.pair_loss(z), rel=1e-13)
        assert pair.pair_limit(z) >= 4


def test_half_the_limit_repeated_brings_the_gradient_to_nothing():
    X, W, b, y = pair.PAIR
    for _ in range(60):
        before = page.mean_loss(X, W, b, y)
        gain = len(X) / np.sum(X**2) * slope(X, W, b, y)
        W = W - page.largest_step(X) / 2 * page.mean_gradient(X, W, b, y)
        assert page.mean_loss(X, W, b, y) <= before - gain + 1e-15
    assert slope(X, W, b, y) < 1e-20


@pytest.mark.parametrize("times", [0.1, 0.99])
def test_with_a_penalty_the_limit_is_lower_and_still_a_limit(times):
    for X, W, b, y, theta in BATCHES:
        alpha = theta * np.sum(X**2) / len(X)
        limit = 4 * len(X) / (np.sum(X**2) + 2 * alpha * len(X))
        before = pair.penalised_after_step(X, W, b, y, alpha, 0.0)
        after = pair.penalised_after_step(X, W, b, y, alpha, times * limit)
        assert limit < page.largest_step(X)
        assert after <= before * (1 + 1e-12)


def test_a_penalty_alone_is_lowered_up_to_its_limit_and_no_further():
    X, W, b, y = np.zeros((1, 1)), np.array([[1.0, -1.0]]), np.zeros(2), np.array([1])
    before = pair.penalised_after_step(X, W, b, y, 1.0, 0.0)
    assert pair.penalised_after_step(X, W, b, y, 1.0, 1.99) < before
    assert pair.penalised_after_step(X, W, b, y, 1.0, 2.01) > before
