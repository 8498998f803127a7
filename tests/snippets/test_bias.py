"""The snippets of `bias.py` and `bias_augmented.py`, against 50 digits and complex steps; wrong twins are refused."""

import mpmath
import numpy as np

import bias as page
import bias_augmented as augmented
from tests.snippets import layer_oracle as layer
from tests.snippets.oracle import Case, complex_step
from tests.snippets.softmax_oracle import exact

# Arguments.


def layer_of_one(trial):
    return trial.vector(layer.inputs(trial)), layer.weights(trial), trial.vector()


def class_and_count(trial):
    return layer.a_class(trial), trial.size


def target_and_probabilities(trial):
    return layer.one_hot(trial), trial.simplex()


def probabilities_and_target(trial):
    return trial.simplex(), layer.one_hot(trial)


def input_probabilities_and_target(trial):
    return trial.vector(layer.inputs(trial)), *probabilities_and_target(trial)


def weights_probabilities_and_target(trial):
    return layer.weights(trial), *probabilities_and_target(trial)


def longer_input(trial):
    return np.append(trial.vector(layer.inputs(trial)), 1.0)


# Oracles.


def complex_loss(Y):
    return lambda logits: layer.complex_loss(logits, Y[None])


def loss_by_logits(S, Y):
    return layer.by_logits(complex_loss(Y), S[None])[0]


def loss_by_bias(S, Y):
    return layer.by_bias(S[None], complex_loss(Y))


def loss_by_weights(X, S, Y):
    return layer.by_weights(X[None], S[None], complex_loss(Y))


def loss_by_input(W, S, Y):
    return layer.by_inputs(W, S[None], complex_loss(Y))[0]


def exact_loss_of_logits(logits, y):
    return -mpmath.log(exact(logits)[y - 1])


def exact_affine(X, W, b):
    return layer.exact_logits([X], W, b)[0]


def exact_shifted(X, W, b, c):
    return exact([logit + mpmath.mpf(c) for logit in exact_affine(X, W, b)])


AFFINE = {
    "bias of the first class for all": lambda X, W, b: X @ W + b[0],
    "bias backwards": lambda X, W, b: X @ W + b[::-1],
    "bias for each input": lambda X, W, b: X @ W + len(X) * b,
}


CASES = {
    "bias-one-hot": Case(
        page.target,
        lambda y, C: [int(i == y) for i in range(1, C + 1)],
        class_and_count,
        {
            "counted from 0": lambda y, C: np.eye(C)[y % C],
        },
    ),
    "bias-logits": Case(page.affine, exact_affine, layer_of_one, AFFINE, {"terms": layer.size_of_logits}),
    "bias-logits-index": Case(
        page.affine_by_index, exact_affine, layer_of_one, AFFINE, {"terms": layer.size_of_logits}
    ),
    "bias-probabilities": Case(
        page.probabilities,
        exact,
        lambda trial: (trial.vector(),),
        {"backwards": lambda a: page.probabilities(a)[::-1]},
    ),
    "bias-loss": Case(
        page.loss,
        lambda Y, S: -mpmath.log(mpmath.mpf(S[np.argmax(Y)])),
        target_and_probabilities,
        {
            "all classes": lambda Y, S: -np.log(S).sum(),
        },
    ),
    "bias-loss-logits": Case(
        page.loss_from_logits,
        exact_loss_of_logits,
        lambda trial: (trial.vector(), layer.a_class(trial)),
        options={"terms": layer.size},
    ),
    "bias-grad-logits": Case(page.grad_logits, loss_by_logits, probabilities_and_target, options={"terms": layer.one}),
    "bias-jacobian": Case(
        page.jacobian_b,
        lambda C: complex_step(lambda b: b + np.ones(C), np.zeros(C)),
        lambda trial: (trial.size,),
        {
            "ones": lambda C: np.ones((C, C)),
            "antidiagonal": lambda C: np.eye(C)[::-1],
        },
    ),
    "bias-gradient-index": Case(
        page.grad_b_by_index, loss_by_bias, probabilities_and_target, options={"terms": layer.one}
    ),
    "bias-gradient": Case(page.grad_b, loss_by_bias, probabilities_and_target, options={"terms": layer.one}),
    "bias-jacobian-w": Case(
        augmented.jacobian_w,
        lambda X, C: complex_step(lambda W: X @ W, np.zeros((X.size, C))),
        lambda trial: (trial.vector(layer.inputs(trial)), trial.size),
        {
            "all columns": lambda X, C: np.ones((C, 1, C)) * X[:, None],
            "axes turned": lambda X, C: augmented.jacobian_w(X, C).T[::-1],
        },
    ),
    "bias-grad-w": Case(
        augmented.grad_W,
        loss_by_weights,
        input_probabilities_and_target,
        {
            "first input for all": lambda X, S, Y: np.outer(X[0] * np.ones(X.size), S - Y),
        },
        {"terms": lambda X, S, Y: np.abs(X).max()},
    ),
    "bias-jacobian-x": Case(
        augmented.jacobian_x,
        lambda W: complex_step(lambda X: X @ W, np.zeros(len(W))),
        lambda trial: (layer.weights(trial),),
        {"backwards": lambda W: W.T[::-1]},
    ),
    "bias-grad-x": Case(
        augmented.grad_X,
        loss_by_input,
        weights_probabilities_and_target,
        options={"terms": lambda W, S, Y: np.abs(W).max()},
    ),
    "augmented-input": Case(
        augmented.augmented_input,
        lambda X: [*X, 1],
        lambda trial: (trial.vector(),),
    ),
    "augmented-weights": Case(
        augmented.augmented_weights,
        lambda W, b: [*W.tolist(), b.tolist()],
        lambda trial: (layer.weights(trial), trial.vector()),
        {
            "bias backwards": lambda W, b: np.vstack([W, b[::-1]]),
        },
    ),
    "bias-augmented": Case(
        augmented.augmented_logits,
        lambda x, w: exact_affine(x[:-1], w[:-1], w[-1]),
        lambda trial: (longer_input(trial), np.vstack([layer.weights(trial), trial.vector()])),
        options={"terms": lambda x, w: float((np.abs(x) @ np.abs(w)).max())},
    ),
    "bias-augmented-gradient": Case(
        augmented.augmented_gradient,
        lambda x, S, Y: np.vstack([loss_by_weights(x[:-1], S, Y), loss_by_bias(S, Y)]),
        lambda trial: (longer_input(trial), *probabilities_and_target(trial)),
        {
            "bias in front": lambda x, S, Y: np.outer(x, S - Y)[::-1],
        },
        {"terms": layer.size},
    ),
    "bias-gradient-sum": Case(
        augmented.sum_of_gradient,
        mpmath.fsum,
        lambda trial: (trial.vector(),),
        {"sizes": lambda db: np.abs(db).sum(), "first": lambda db: db[0]},
        {"terms": lambda db: np.abs(db).sum()},
    ),
    "bias-shift": Case(
        augmented.shifted_bias,
        exact_shifted,
        lambda trial: (trial.vector(layer.inputs(trial)), layer.weights(trial) / trial.scale, trial.vector(), 0.5),
        {
            "one bias only": lambda X, W, b, c: augmented.shifted_bias(X, W, np.append(b[:-1], b[-1] + 1), c),
        },
        {"tolerance": 1e-11},
    ),
    "bias-prior": Case(
        augmented.prior_bias,
        lambda p: [mpmath.log(mpmath.mpf(p_i)) for p_i in p],
        lambda trial: (trial.simplex(),),
        {
            "from the largest": lambda p: np.log(p / p.max()),
        },
        {"terms": layer.one},
    ),
    "bias-prior-softmax": Case(
        augmented.blind_probabilities,
        exact,
        lambda trial: (np.log(trial.simplex()),),
        options={"tolerance": 1e-11},
    ),
}
