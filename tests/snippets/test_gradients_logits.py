"""The snippets of `gradients_logits.py`, against complex steps of the definitions; wrong twins are refused."""

import mpmath
import numpy as np
import pytest

import gradients_logits as page
from softmax import softmax
from tests.snippets.gradients_oracle import (
    LOGITS,
    complex_logsumexp,
    complex_loss,
    quotients,
    stepped_logits,
)
from tests.snippets.loss_oracle import gentle_trial, logits_and_class, one, probabilities_and_one_hot
from tests.snippets.oracle import Case, complex_step
from tests.snippets.softmax_oracle import complex_jacobian, complex_softmax
from tests.snippets.test_context import class_and_count
from tests.snippets.test_gradients_layer import exact_contraction, size_of_products
from tests.snippets.test_softmax_derivatives import JACOBIANS

# Arguments.


def logits(trial):
    return (trial.vector(),)


def gentle_logits(trial):
    return (gentle_trial(trial).vector(),)


def probabilities(trial):
    return (trial.simplex(),)


def constant_and_jacobian(trial):
    return trial.rng.uniform(-50.0, 50.0), complex_jacobian(np.log(trial.simplex()))


# A Jacobian that isn't symmetric tells more twins apart, and the rule holds for it too.
def row_and_matrix(trial):
    return trial.vector(), trial.matrix(trial.size, trial.size)


def row_and_probabilities(trial):
    return trial.vector(), trial.simplex()


CHAINS = {
    "transposed": lambda dS, M: M @ dS,
    "diagonal only": lambda dS, M: dS * np.diag(M),
    "first probability only": lambda dS, M: dS[0] * M[0],
    "mean": lambda dS, M: dS @ M / dS.size,
}
CASES = {
    "right-logit-gradient": Case(
        page.right_logit_gradient,
        lambda y, C: [mpmath.mpf(i == y) for i in range(1, C + 1)],
        class_and_count,
        {
            "counted from 0": lambda y, C: np.eye(C)[y % C],
            "all": lambda y, C: np.ones(C),
        },
    ),
    "exponentials-gradient": Case(
        page.exponentials_gradient,
        lambda a: complex_step(lambda x: np.exp(x).sum(), a),
        gentle_logits,
        {
            "the sum itself": lambda a: np.full(a.size, np.exp(a).sum()),
            "number of terms": lambda a: a.size * np.exp(a),
        },
    ),
    "logsumexp-gradient": Case(
        page.logsumexp_gradient,
        lambda a: complex_step(complex_logsumexp, a),
        logits,
        {
            "not divided": lambda a: np.exp(a - a.max()),
        },
    ),
    "loss-logits-route-a": Case(
        page.logits_by_logsumexp,
        lambda a, y: complex_step(lambda x: complex_loss(x, np.eye(a.size)[y - 1]), a),
        logits_and_class,
        {name: lambda a, y, twin=twin: twin(softmax(a), np.eye(a.size)[y - 1]) for name, twin in LOGITS.items()},
        {"terms": one},
    ),
    "loss-softmax-gradient": Case(
        page.probabilities_gradient,
        lambda S, Y: quotients(lambda x: -mpmath.log(x[np.argmax(Y)]), S),
        probabilities_and_one_hot,
        {
            "every class": lambda S, Y: -1 / S,
        },
    ),
    "softmax-logits-jacobian": Case(
        page.softmax_jacobian,
        lambda S: complex_jacobian(np.log(S)),
        probabilities,
        {name: lambda S, twin=twin: twin(np.log(S)) for name, twin in JACOBIANS.items()},
        {"terms": one},
    ),
    "softmax-logits-constants": Case(
        page.image_of_a_constant,
        lambda c, J: np.zeros(len(J)),
        constant_and_jacobian,
        {
            "last row missing": lambda c, J: c * J[:-1].sum(axis=0),
        },
        {"terms": lambda c, J: abs(c)},
    ),
    "chain-through-softmax": Case(
        page.logits_by_paths, exact_contraction, row_and_matrix, CHAINS, {"terms": size_of_products}
    ),
    "chain-through-softmax-matrix": Case(
        page.logits_by_product,
        lambda dS, S: complex_step(lambda x: dS @ complex_softmax(x), np.log(S)),
        row_and_probabilities,
        options={"terms": lambda dS, S: float(np.abs(dS).max())},
    ),
    "loss-logits-route-b": Case(
        page.logits_by_probabilities, stepped_logits, probabilities_and_one_hot, LOGITS, {"terms": one}
    ),
}


# What the page says of the routes.


def test_a_constant_in_every_derivative_changes_nothing():
    S, Y = np.array([0.2, 0.3, 0.5]), np.array([0.0, 1.0, 0.0])
    dS, M = page.probabilities_gradient(S, Y), page.softmax_jacobian(S)
    assert np.allclose(page.logits_by_paths(dS + 10.0, M), page.logits_by_paths(dS, M), rtol=0, atol=1e-14)
    assert not np.allclose(page.logits_by_paths(dS + 10.0 * Y, M), page.logits_by_paths(dS, M))


def test_a_probability_rounded_to_0_leaves_nothing_of_route_b():
    S, Y = np.array([0.0, 1.0]), np.array([1.0, 0.0])
    with np.errstate(all="ignore"):
        assert np.isnan(page.logits_by_probabilities(S, Y)).any()
    assert np.array_equal(page.logits_by_logsumexp(np.array([0.0, 800.0]), 1), [-1.0, 1.0])


@pytest.mark.parametrize(
    ("function", "arguments", "refusal"),
    [
        (page.right_logit_gradient, (3, 3), None),
        (page.right_logit_gradient, (0, 3), "class 0 isn't one of 1 to 3"),
        (page.logits_by_logsumexp, (np.ones(3), 3), None),
        (page.logits_by_logsumexp, (np.ones(3), 4), "class 4 isn't one of 1 to 3"),
        (page.logits_by_logsumexp, (np.array([0.0, np.nan]), 1), "softmax takes finite numbers"),
        (page.logits_by_paths, (np.ones(3), np.eye(3)), None),
        (page.logits_by_paths, (np.ones(2), np.eye(3)), "argument 2 is longer than argument 1"),
        (page.logits_by_product, (np.ones(2), np.ones(3)), "mismatch"),
        (page.logits_by_probabilities, (np.ones(2), np.ones(3)), "broadcast"),
    ],
)
def test_what_fits_is_taken_and_what_does_not_is_refused(function, arguments, refusal):
    if refusal is None:
        assert np.isfinite(function(*arguments)).all()
    else:
        with pytest.raises(ValueError, match=refusal):
            function(*arguments)
