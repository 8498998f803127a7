"""The snippets of `context.py`, against 50 digits; wrong twins are refused."""

import re
from dataclasses import replace

import mpmath
import numpy as np
import pytest

import context as page
from tests.snippets.oracle import TRIALS, agrees, refuses
from tests.snippets.softmax_oracle import Case, exact, twins

# Oracles: the definitions in 50 digits. The gradient's is the difference quotient of the definition itself: with these
# digits and this step it is right to 30 of them, and it presupposes no formula for the gradient.

STEP = mpmath.mpf("1e-15")


def exact_logits(X, W):
    columns = range(len(W[0]))
    return [mpmath.fsum(mpmath.mpf(x) * row[i] for x, row in zip(X, W, strict=True)) for i in columns]


def exact_loss(Y, S):
    """The divergence with 0 ln 0 = 0."""
    return mpmath.fsum(Y_i * mpmath.log(Y_i / mpmath.mpf(S_i)) for Y_i, S_i in zip(Y, S, strict=True) if Y_i > 0)


def exact_loss_of_weights(X, W, y):
    S = exact(exact_logits(X, W))
    return exact_loss([int(i == y) for i in range(1, len(S) + 1)], S)


def exact_gradient(X, W, y):
    exact_W = [[mpmath.mpf(w) for w in row] for row in W]

    def quotient(j, k):
        losses = []
        for move in (STEP, -STEP):
            moved = [list(row) for row in exact_W]
            moved[j][k] += move
            losses.append(exact_loss_of_weights(X, moved, y))
        return (losses[0] - losses[1]) / (2 * STEP)

    return [[quotient(j, k) for k in range(len(W[0]))] for j in range(len(W))]


def exact_step(X, W, y, eta):
    dW = exact_gradient(X, W, y)
    return [
        [mpmath.mpf(w) - mpmath.mpf(eta) * dw for w, dw in zip(row, d_row, strict=True)]
        for row, d_row in zip(W, dW, strict=True)
    ]


def exact_uphill(X, W, y, eta):
    return exact_loss_of_weights(X, exact_step(X, W, y, -eta), y)


# Arguments: C is the trial's size, D another number from 1 to 6, so that no transposed twin fits by luck.


def inputs(trial):
    return trial.size % 6 + 1


def a_class(trial):
    return int(trial.rng.integers(1, trial.size + 1))


def class_and_count(trial):
    return a_class(trial), trial.size


def input_and_weights(trial):
    D = inputs(trial)
    return trial.vector(D), trial.matrix(D, trial.size)


def logits(trial):
    return (trial.vector(),)


def class_and_probabilities(trial):
    y = a_class(trial)
    return np.eye(trial.size)[y - 1], trial.simplex()


# X is drawn at the trial's scale s and the weights at 1 / s: the logits stay moderate. Far larger ones would round S_y
# to 1 or to 0, and then the loss as defined keeps no digit, whatever computes it. For the same reason eta goes with
# 1 / s^2: a step moves the weights by about their own size.
def example(trial):
    D = inputs(trial)
    X = trial.vector(D)
    W = trial.matrix(D, trial.size) / trial.scale**2 / np.sqrt(D)
    return X, W, a_class(trial)


def example_and_rate(trial):
    X, W, y = example(trial)
    return X, W, y, trial.rng.uniform(0.1, 1.0) / trial.scale**2 / len(X)


def size_of_products(X, W):
    return float((np.abs(X) @ np.abs(W)).max())


# 1 - S_y is what remains of S_y and the other probabilities: loss and gradient lose the digits of 1 that cancel.


def one(*arguments):
    return 1.0


def size_of_input(X, W, y):
    return float(np.abs(X).max())


def other_class(y, C):
    return y % C + 1


def forward_differences(X, W, y, h):
    dW = np.zeros(W.shape)
    for index in np.ndindex(W.shape):
        moved = W.copy()
        moved[index] += h
        dW[index] = (page.loss_of_weights(X, moved, y) - page.loss_of_weights(X, W, y)) / h
    return dW


def downhill(X, W, y, eta):
    return page.loss_of_weights(X, page.descend(X, W, y, eta), y)


def tangent(X, W, y, eta):
    """What the tangent at W gives for a step uphill."""
    return page.loss_of_weights(X, W, y) + eta * (page.gradient(X, W, y) ** 2).sum()


LOGITS = {
    "weights transposed": lambda X, W: X @ W.T,
    "sign": lambda X, W: -(X @ W),
    "first input only": lambda X, W: X[0] * W[0],
    "last input missing": lambda X, W: X[:-1] @ W[:-1],
    "weights backwards": lambda X, W: X @ W[::-1],
    "classes backwards": lambda X, W: X @ W[:, ::-1],
    "mean": lambda X, W: X @ W / len(X),
}
CASES = {
    "one-hot": Case(
        page.one_hot,
        lambda y, C: [int(i == y) for i in range(1, C + 1)],
        class_and_count,
        {
            "counted from 0": lambda y, C: np.eye(C)[y % C],
            "counted from the end": lambda y, C: np.eye(C)[-y],
            "complement": lambda y, C: 1 - page.one_hot(y, C),
            "as a column": lambda y, C: page.one_hot(y, C)[:, None],
            "one class too many": lambda y, C: page.one_hot(y, C + 1),
        },
    ),
    "logits": Case(page.linear, exact_logits, input_and_weights, LOGITS, {"terms": size_of_products}),
    "logits-index": Case(page.linear_by_index, exact_logits, input_and_weights, LOGITS, {"terms": size_of_products}),
    "probabilities": Case(
        page.probabilities,
        exact,
        logits,
        {
            "sign": lambda a: page.probabilities(-a),
            "not normalised": lambda a: np.exp(a - a.max()),
            "of half the logits": lambda a: page.probabilities(a / 2),
            "classes backwards": lambda a: page.probabilities(a)[::-1],
        },
    ),
    "loss": Case(
        page.loss,
        exact_loss,
        class_and_probabilities,
        {
            "sign": lambda Y, S: -page.loss(Y, S),
            "arguments swapped": lambda Y, S: page.loss(S, Y),
            "base two": lambda Y, S: page.loss(Y, S) / np.log(2),
            "all classes": lambda Y, S: -np.log(S).sum(),
            "probability missed": lambda Y, S: 1 - Y @ S,
            "largest probability": lambda Y, S: -np.log(S.max()),
            "mean over classes": lambda Y, S: page.loss(Y, S) / Y.size,
        },
    ),
    "loss-of-weights": Case(
        page.loss_of_weights,
        exact_loss_of_weights,
        example,
        {
            "sign": lambda X, W, y: -page.loss_of_weights(X, W, y),
            "sign of the logits": lambda X, W, y: page.loss_of_weights(-X, W, y),
            "another class": lambda X, W, y: page.loss_of_weights(X, W, other_class(y, W.shape[1])),
            "logit of the class only": lambda X, W, y: -(X @ W)[y - 1],
        },
        {"terms": one},
    ),
    "gradient": Case(
        page.gradient,
        exact_gradient,
        example,
        {
            "sign": lambda X, W, y: -page.gradient(X, W, y),
            "transposed": lambda X, W, y: page.gradient(X, W, y).T,
            "another class": lambda X, W, y: page.gradient(X, W, other_class(y, W.shape[1])),
            "without the right class": lambda X, W, y: np.outer(X, page.probabilities(X @ W)),
            "first input for all": lambda X, W, y: np.ones_like(W) * page.gradient(X, W, y)[0],
            "forward difference": lambda X, W, y: forward_differences(X, W, y, 1e-8),
        },
        {"terms": size_of_input},
    ),
    "gradient-step": Case(
        page.descend,
        exact_step,
        example_and_rate,
        {
            "the article's sign": lambda X, W, y, eta: W + eta * page.gradient(X, W, y),
            "no rate": lambda X, W, y, eta: W - page.gradient(X, W, y),
            "the move alone": lambda X, W, y, eta: -eta * page.gradient(X, W, y),
            "no move": lambda X, W, y, eta: W.copy(),
            "another class": lambda X, W, y, eta: page.descend(X, W, other_class(y, W.shape[1]), eta),
            "half the step": lambda X, W, y, eta: page.descend(X, W, y, eta / 2),
        },
    ),
    "gradient-ascent": Case(
        page.loss_uphill,
        exact_uphill,
        example_and_rate,
        {
            "downhill": lambda X, W, y, eta: page.loss_uphill(X, W, y, -eta),
            "before the step": lambda X, W, y, eta: page.loss_of_weights(X, W, y),
            "the tangent": tangent,
            "no rate": lambda X, W, y, eta: page.loss_uphill(X, W, y, 1.0),
        },
        {"terms": one},
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_each_function_agrees_with_its_oracle(case):
    agrees(case.function, case.oracle, case.arguments, **case.options)


@pytest.mark.parametrize(("case", "twin"), twins(CASES))
def test_each_wrong_twin_is_refused(case, twin):
    refuses(twin, case.oracle, case.arguments, **case.options)


@pytest.mark.parametrize("label", CASES)
def test_each_function_names_its_equation(label):
    equation = {"gradient": "gradient-step"}.get(label, label)
    assert f"Source: docs/fr/context.md#{equation}\n" in str(CASES[label].function.__doc__)


# What the page says of the two signs. At C = 1 the gradient is 0 and nothing moves.


def always(claim):
    drawn = [example_and_rate(replace(trial)) for trial in TRIALS if trial.size >= 2]
    return all(claim(*arguments) for arguments in drawn)


@pytest.mark.parametrize("times", [1e-3, 1.0, 10.0])
@pytest.mark.parametrize(
    ("claim", "holds"),
    [
        (lambda X, W, y, eta: downhill(X, W, y, eta) < page.loss_of_weights(X, W, y), True),
        (lambda X, W, y, eta: page.loss_uphill(X, W, y, eta) > page.loss_of_weights(X, W, y), True),
        (lambda X, W, y, eta: page.loss_uphill(X, W, y, eta) < page.loss_of_weights(X, W, y), False),
        (lambda X, W, y, eta: page.loss_uphill(X, W, y, eta) > tangent(X, W, y, eta) * (1 - 1e-12), True),
        (lambda X, W, y, eta: page.loss_uphill(X, W, y, eta) < tangent(X, W, y, eta) * (1 - 1e-12), False),
    ],
    ids=["minus lowers the loss", "plus raises it", "plus never lowers it", "by more than the tangent", "not by less"],
)
def test_the_sign_of_the_step(claim, holds, times):
    assert always(lambda X, W, y, eta: claim(X, W, y, times * eta)) == holds


def test_with_one_class_there_is_nothing_to_learn():
    X, W = np.array([1.0, 2.0]), np.array([[3.0], [4.0]])
    assert page.loss_of_weights(X, W, 1) == 0.0
    assert np.array_equal(page.descend(X, W, 1, eta=0.1), W)


def test_the_loss_is_infinite_where_the_right_class_has_no_chance():
    assert page.loss([0.0, 1.0], [1.0, 0.0]) == np.inf


# Input that doesn't fit, next to input that does.

X, W = np.array([1.0, 2.0]), np.ones((2, 3))


@pytest.mark.parametrize(
    ("function", "arguments", "refusal"),
    [
        (page.one_hot, (1, 1), None),
        (page.one_hot, (3, 3), None),
        (page.one_hot, (0, 3), "class 0 isn't one of 1 to 3"),
        (page.one_hot, (4, 3), "class 4 isn't one of 1 to 3"),
        (page.one_hot, (1.5, 3), "class 1.5 isn't one of 1 to 3"),
        (page.one_hot, (1, 0), "class 1 isn't one of 1 to 0"),
        (page.linear, (X, W), None),
        (page.linear, (X, W.T), "X is (D,) and W is (D, C), not (2,) and (3, 2)"),
        (page.linear, (X[None, :], W), "X is (D,) and W is (D, C), not (1, 2) and (2, 3)"),
        (page.linear, (X, X), "X is (D,) and W is (D, C), not (2,) and (2,)"),
        (page.linear_by_index, (X, W), None),
        (page.linear_by_index, (X, W.T), "zip() argument 2 is longer than argument 1"),
        (page.linear_by_index, (np.ones(3), W), "zip() argument 2 is shorter than argument 1"),
        (page.probabilities, (X,), None),
        (page.loss, ([0.0, 1.0], [0.5, 0.5]), None),
        (page.loss, ([0.0, 1.0], [0.5, 0.6]), "a distribution sums to 1, not to 1.1"),
        (page.loss, ([0.0, 1.0], [1.0]), "distributions over [2, 1] outcomes can't be compared"),
        (page.loss_of_weights, (X, W, 3), None),
        (page.loss_of_weights, (X, W, 0), "class 0 isn't one of 1 to 3"),
        (page.loss_of_weights, (X, W.T, 1), "X is (D,) and W is (D, C), not (2,) and (3, 2)"),
        (page.gradient, (X, W, 3), None),
        (page.gradient, (X, W, 4), "class 4 isn't one of 1 to 3"),
        (page.gradient, (X, W.T, 1), "X is (D,) and W is (D, C), not (2,) and (3, 2)"),
        (page.descend, (X, W, 3, 0.1), None),
        (page.descend, (X, W, 4, 0.1), "class 4 isn't one of 1 to 3"),
        (page.loss_uphill, (X, W, 3, 0.1), None),
        (page.loss_uphill, (X, W.T, 1, 0.1), "X is (D,) and W is (D, C), not (2,) and (3, 2)"),
    ],
)
def test_what_fits_is_taken_and_what_does_not_is_refused(function, arguments, refusal):
    if refusal is None:
        assert np.isfinite(function(*arguments)).all()
    else:
        with pytest.raises(ValueError, match=f"^{re.escape(refusal)}$"):
            function(*arguments)


def test_probabilities_refuse_what_softmax_refuses():
    with pytest.raises(ValueError, match=r"^softmax takes"):
        page.probabilities(W)
