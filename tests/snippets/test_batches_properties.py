"""What the page `batches` says beyond its equations: rows, broadcasting, overflow, decay, what is refused."""

import re

import numpy as np
import pytest

import batches as page
import batches_gradients as gradients
import batches_l2 as l2
import bias
import bias_augmented

X = np.array([[1.0, 2.0], [0.5, -1.0], [-1.0, 1.5], [2.0, 0.0]])
y = np.array([2, 1, 3, 1])
W, b = np.array([[0.5, -0.5, 0.0], [0.0, 0.25, 0.5]]), np.array([-0.5, 1.0, 0.0])
Y = page.one_hot_rows(y, 3)


def probabilities(X, W, b):
    return page.batch_softmax(page.batch_logits(X, W, b))


def test_a_batch_of_one_example_is_the_example():
    S, Y_1 = probabilities(X[:1], W, b), Y[:1]
    assert S[0] == pytest.approx(bias.probabilities(bias.affine(X[0], W, b)))
    assert page.batch_loss(S, y[:1]) == pytest.approx(bias.loss(Y_1[0], S[0]))
    assert gradients.batch_grad_W(X[:1], S, Y_1) == pytest.approx(bias_augmented.grad_W(X[0], S[0], Y_1[0]))
    assert gradients.batch_grad_b(S, Y_1) == pytest.approx(bias.grad_b(S[0], Y_1[0]))
    assert gradients.batch_grad_X(S, Y_1, W)[0] == pytest.approx(bias_augmented.grad_X(W, S[0], Y_1[0]))


def test_the_order_of_the_examples_does_not_matter():
    order = np.array([3, 1, 0, 2])
    assert page.batch_loss_stable(page.batch_logits(X[order], W, b), y[order]) == pytest.approx(
        page.batch_loss_stable(page.batch_logits(X, W, b), y)
    )


def test_an_example_twice_has_twice_the_importance():
    twice = np.array([0, 1, 1, 2, 3])
    S = probabilities(X, W, b)
    omega = np.array([1, 2, 1, 1]) / 5
    repeated = gradients.batch_grad_W(X[twice], S[twice], Y[twice])
    assert l2.weighted_grad_W(X, omega, S, Y) == pytest.approx(repeated)


def test_broadcasting_aligns_a_number_per_example_with_the_classes_unnoticed_where_their_counts_agree():
    square = np.array([[1.0, 5.0], [2.0, 3.0]])
    assert (page.shifted_rows(square).max(axis=1) == 0).all()
    assert ((square - square.max(axis=1)).max(axis=1) != 0).any()
    with pytest.raises(ValueError, match="could not be broadcast"):
        X - X.max(axis=1)


def test_one_example_with_large_logits_spoils_the_mean_only_by_its_probabilities():
    logits, classes = np.array([[0.0, 400.0, 800.0], [0.0, 1.0, 1.0]]), np.array([1, 2])
    with np.errstate(divide="ignore"):
        assert page.batch_loss(page.batch_softmax(logits), classes) == np.inf
    assert page.batch_loss_stable(logits, classes) == pytest.approx((800 + np.log(2 + np.exp(-1))) / 2)


def trained(alpha, steps):
    weights, bias = np.zeros((2, 3)), np.zeros(3)
    for _ in range(steps):
        S = probabilities(X, weights, bias)
        weights = l2.decayed_step(weights, gradients.batch_grad_W(X, S, Y), alpha, 1.0)
        bias = bias - gradients.batch_grad_b(S, Y)
    return weights, bias


def test_without_a_penalty_the_weights_grow_and_with_it_they_stop():
    def norms(alpha):
        return [np.linalg.norm(trained(alpha, steps)[0]) for steps in (100, 1000, 3000)]

    free, held = norms(0.0), norms(0.1)
    assert np.diff(free)[0] > 2
    assert np.diff(free)[1] > 1
    assert np.diff(held)[1] == pytest.approx(0, abs=1e-9)


def test_at_the_minimum_the_probabilities_have_the_classes_frequencies_and_rows_of_weights_sum_to_0():
    weights, bias = trained(0.1, 3000)
    S = probabilities(X, weights, bias)
    assert S.mean(axis=0) == pytest.approx(Y.mean(axis=0))
    assert np.abs(S - Y).max() > 0.1
    assert weights.sum(axis=1) == pytest.approx(0, abs=1e-12)
    assert np.abs(l2.regularised_grad_W(X, S, Y, weights, 0.1)).max() < 1e-9


S = probabilities(X, W, b)


@pytest.mark.parametrize(
    ("function", "arguments", "refusal"),
    [
        (page.one_hot_rows, (y, 3), None),
        (page.one_hot_rows, (y, 2), "classes [2 1 3 1] aren't all from 1 to 2"),
        (page.one_hot_rows, (y - 1, 3), "classes [1 0 2 0] aren't all from 1 to 3"),
        (page.losses, (S, y), None),
        (page.losses, (S, y - 1), "classes [1 0 2 0] aren't all from 1 to 3"),
        (page.batch_loss, (S, y + 1), "classes [3 2 4 2] aren't all from 1 to 3"),
        (page.batch_loss_stable, (S, y), None),
        (page.batch_loss_stable, (S, y - 1), "classes [1 0 2 0] aren't all from 1 to 3"),
    ],
)
def test_what_fits_is_taken_and_what_does_not_is_refused(function, arguments, refusal):
    if refusal is None:
        assert np.isfinite(function(*arguments)).all()
    else:
        with pytest.raises(ValueError, match=f"^{re.escape(refusal)}$"):
            function(*arguments)
