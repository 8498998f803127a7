"""The snippets of `errata.py`, against 50 digits; wrong twins, the source's formulas among them, are refused."""

import mpmath
import numpy as np
import pytest

import divergence
import errata as page
import softmax
from tests.snippets.oracle import Case
from tests.snippets.softmax_oracle import exact, gentle
from tests.snippets.test_context import exact_gradient, example, other_class, size_of_input
from tests.snippets.test_divergence import exact_kl, surprises, two_distributions


def both_surprises(p, q):
    return surprises(p, q) + surprises(q, p)


CASES = {
    "gradient-columns": Case(
        page.gradient_in_columns,
        lambda X, W, y: mpmath.matrix(exact_gradient(X, W, y)).T.tolist(),
        example,
        {
            "another class": lambda X, W, y: page.gradient_in_columns(X, W, other_class(y, W.shape[1])),
        },
        {"terms": size_of_input},
    ),
    "shift-by-classes": Case(
        page.softmax_shifted_by_classes,
        exact,
        gentle,
        {
            "first logit only": lambda a: softmax.softmax(a + np.log(a.size) * (np.arange(a.size) == 0)),
        },
    ),
    "kl-both-ways": Case(
        page.kl_both_ways,
        lambda p, q: exact_kl(p, q) + exact_kl(q, p),
        two_distributions,
        options={"terms": both_surprises},
    ),
}


@pytest.mark.parametrize(
    ("x", "g", "shape"),
    [
        (np.ones((1, 2)), np.ones((1, 3)), (2, 3)),
        (np.ones((2, 1)), np.ones((3, 1)), "no product of (1, 2) by (3, 1)"),
        (np.ones(2), np.ones(3), "no product of (2,) by (3,)"),
        (np.ones(3), np.ones(3), ()),
        (np.ones((2, 2)), np.ones((2, 3)), (2, 3)),
    ],
    ids=["rows", "columns", "vectors", "vectors of one length", "a batch of two"],
)
def test_a_product_has_a_shape_or_says_why_not(x, g, shape):
    assert page.product_shape(x, g) == shape


# What the page says of the source, in numbers of our own.


@pytest.mark.parametrize(("last", "holds"), [(0.93, False), (0.94, True)])
def test_two_decimals_are_right_to_half_a_unit(last, holds):
    printed = np.array([0.02, 0.05, last])
    assert np.allclose(printed, softmax.softmax([1.0, 2.0, 5.0]), rtol=0, atol=0.005) == holds


def test_the_divergence_is_shorter_with_a_detour():
    fair, between, rigged = np.array([0.5, 0.5]), np.array([0.75, 0.25]), np.array([0.9, 0.1])
    for measure in (divergence.kl, page.kl_both_ways):
        assert measure(fair, between) + measure(between, rigged) < measure(fair, rigged)


def test_numpy_warns_and_goes_on_where_the_source_says_that_the_machine_crashes():
    logits = np.array([123, 456, 789])
    with pytest.warns(RuntimeWarning) as warnings:
        p = np.exp(logits) / np.sum(np.exp(logits))
    assert np.array_equal(p, [0.0, 0.0, np.nan], equal_nan=True)
    assert {str(warning.message) for warning in warnings} == {
        "overflow encountered in exp",
        "invalid value encountered in divide",
    }
