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


def layer_and_constant(trial):
    return *layer_of_one(trial), trial.rng.uniform(-50.0, 50.0)


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
    "no bias": lambda X, W, b: X @ W,
    "bias subtracted": lambda X, W, b: X @ W - b,
    "weights transposed": lambda X, W, b: X @ W.T + b,
    "bias of the first class for all": lambda X, W, b: X @ W + b[0],
    "bias backwards": lambda X, W, b: X @ W + b[::-1],
    "bias for each input": lambda X, W, b: X @ W + len(X) * b,
}
GRADIENT = {
    "sign": lambda S, Y: Y - S,
    "without the right class": lambda S, Y: S,
    "of probabilities": lambda S, Y: -Y / S,
    "halved": lambda S, Y: (S - Y) / 2,
    "mean over classes": lambda S, Y: (S - Y) / S.size,
    "of the squares": lambda S, Y: (S - Y) * S * (1 - S),
}

CASES = {
    "bias-one-hot": Case(
        page.target,
        lambda y, C: [int(i == y) for i in range(1, C + 1)],
        class_and_count,
        {
            "counted from 0": lambda y, C: np.eye(C)[y % C],
            "complement": lambda y, C: 1 - page.target(y, C),
            "as a row of a table": lambda y, C: page.target(y, C)[None],
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
        {"sign": lambda a: page.probabilities(-a), "backwards": lambda a: page.probabilities(a)[::-1]},
    ),
    "bias-loss": Case(
        page.loss,
        lambda Y, S: -mpmath.log(mpmath.mpf(S[np.argmax(Y)])),
        target_and_probabilities,
        {
            "sign": lambda Y, S: -page.loss(Y, S),
            "arguments swapped": lambda Y, S: page.loss(S, Y),
            "base two": lambda Y, S: page.loss(Y, S) / np.log(2),
            "all classes": lambda Y, S: -np.log(S).sum(),
        },
    ),
    "bias-loss-logits": Case(
        page.loss_from_logits,
        exact_loss_of_logits,
        lambda trial: (trial.vector(), layer.a_class(trial)),
        {
            "sign": lambda a, y: -page.loss_from_logits(a, y),
            "another class": lambda a, y: page.loss_from_logits(a, layer.other_class(y, a.size)),
            "largest for the sum": lambda a, y: a.max() - a[y - 1],
            "not shifted": lambda a, y: np.log(np.exp(a).sum()) - a[y - 1],
            "without the right logit": lambda a, y: np.log(np.exp(a - a.max()).sum()),
        },
        {"terms": layer.size},
    ),
    "bias-grad-logits": Case(
        page.grad_logits, loss_by_logits, probabilities_and_target, GRADIENT, {"terms": layer.one}
    ),
    "bias-jacobian": Case(
        page.jacobian_b,
        lambda C: complex_step(lambda b: b + np.ones(C), np.zeros(C)),
        lambda trial: (trial.size,),
        {
            "ones": lambda C: np.ones((C, C)),
            "only the diagonal": lambda C: np.ones(C, dtype=float),
            "antidiagonal": lambda C: np.eye(C)[::-1],
            "sign": lambda C: -np.eye(C),
        },
    ),
    "bias-gradient-index": Case(
        page.grad_b_by_index, loss_by_bias, probabilities_and_target, GRADIENT, {"terms": layer.one}
    ),
    "bias-gradient": Case(page.grad_b, loss_by_bias, probabilities_and_target, GRADIENT, {"terms": layer.one}),
    "bias-jacobian-w": Case(
        augmented.jacobian_w,
        lambda X, C: complex_step(lambda W: X @ W, np.zeros((X.size, C))),
        lambda trial: (trial.vector(layer.inputs(trial)), trial.size),
        {
            "all columns": lambda X, C: np.ones((C, 1, C)) * X[:, None],
            "axes turned": lambda X, C: augmented.jacobian_w(X, C).T[::-1],
            "ones": lambda X, C: augmented.jacobian_w(np.ones(X.size), C),
        },
    ),
    "bias-grad-w": Case(
        augmented.grad_W,
        loss_by_weights,
        input_probabilities_and_target,
        {
            "sign": lambda X, S, Y: np.outer(X, Y - S),
            "transposed": lambda X, S, Y: np.outer(S - Y, X),
            "without the right class": lambda X, S, Y: np.outer(X, S),
            "first input for all": lambda X, S, Y: np.outer(X[0] * np.ones(X.size), S - Y),
        },
        {"terms": lambda X, S, Y: np.abs(X).max()},
    ),
    "bias-jacobian-x": Case(
        augmented.jacobian_x,
        lambda W: complex_step(lambda X: X @ W, np.zeros(len(W))),
        lambda trial: (layer.weights(trial),),
        {"not transposed": lambda W: W, "sign": lambda W: -W.T, "backwards": lambda W: W.T[::-1]},
    ),
    "bias-grad-x": Case(
        augmented.grad_X,
        loss_by_input,
        weights_probabilities_and_target,
        {
            "sign": lambda W, S, Y: W @ (Y - S),
            "not transposed": lambda W, S, Y: (S - Y) @ W,
            "right class only": lambda W, S, Y: -W @ Y,
            "one class only": lambda W, S, Y: W[:, 0] * (S - Y)[0],
        },
        {"terms": lambda W, S, Y: np.abs(W).max()},
    ),
    "augmented-input": Case(
        augmented.augmented_input,
        lambda X: [*X, 1],
        lambda trial: (trial.vector(),),
        {
            "1 in front": lambda X: np.insert(X, 0, 1.0),
            "a 0": lambda X: np.append(X, 0.0),
            "in place of the last": lambda X: np.append(X[:-1], 1.0),
        },
    ),
    "augmented-weights": Case(
        augmented.augmented_weights,
        lambda W, b: [*W.tolist(), b.tolist()],
        lambda trial: (layer.weights(trial), trial.vector()),
        {
            "bias in front": lambda W, b: np.vstack([b, W]),
            "bias as a column": lambda W, b: np.hstack([W, np.resize(b, (len(W), 1))]),
            "bias backwards": lambda W, b: np.vstack([W, b[::-1]]),
        },
    ),
    "bias-augmented": Case(
        augmented.augmented_logits,
        lambda x, w: exact_affine(x[:-1], w[:-1], w[-1]),
        lambda trial: (longer_input(trial), np.vstack([layer.weights(trial), trial.vector()])),
        {
            "no bias": lambda x, w: x[:-1] @ w[:-1],
            "bias twice": lambda x, w: x @ w + w[-1],
            "transposed": lambda x, w: x @ w.T,
        },
        {"terms": lambda x, w: float((np.abs(x) @ np.abs(w)).max())},
    ),
    "bias-augmented-gradient": Case(
        augmented.augmented_gradient,
        lambda x, S, Y: np.vstack([loss_by_weights(x[:-1], S, Y), loss_by_bias(S, Y)]),
        lambda trial: (longer_input(trial), *probabilities_and_target(trial)),
        {
            "sign": lambda x, S, Y: np.outer(x, Y - S),
            "weights only": lambda x, S, Y: np.outer(x[:-1], S - Y),
            "bias in front": lambda x, S, Y: np.outer(x, S - Y)[::-1],
        },
        {"terms": layer.size},
    ),
    "bias-gradient-sum": Case(
        augmented.sum_of_gradient,
        mpmath.fsum,
        lambda trial: (trial.vector(),),
        {"mean": lambda db: db.mean(), "sizes": lambda db: np.abs(db).sum(), "first": lambda db: db[0]},
        {"terms": lambda db: np.abs(db).sum()},
    ),
    "bias-shift": Case(
        augmented.shifted_bias,
        exact_shifted,
        lambda trial: (trial.vector(layer.inputs(trial)), layer.weights(trial) / trial.scale, trial.vector(), 0.5),
        {
            "one bias only": lambda X, W, b, c: augmented.shifted_bias(X, W, np.append(b[:-1], b[-1] + 1), c),
            "no bias": lambda X, W, b, c: augmented.shifted_bias(X, W, 0 * b, c),
            "scaled": lambda X, W, b, c: augmented.shifted_bias(c * X, W, c * b, 0.0),
        },
        {"tolerance": 1e-11},
    ),
    "bias-prior": Case(
        augmented.prior_bias,
        lambda p: [mpmath.log(mpmath.mpf(p_i)) for p_i in p],
        lambda trial: (trial.simplex(),),
        {
            "sign": lambda p: -np.log(p),
            "itself": lambda p: p,
            "base two": lambda p: np.log(p) / np.log(2),
            "from the largest": lambda p: np.log(p / p.max()),
        },
        {"terms": layer.one},
    ),
    "bias-prior-softmax": Case(
        augmented.blind_probabilities,
        exact,
        lambda trial: (np.log(trial.simplex()),),
        {
            "sign": lambda b: augmented.blind_probabilities(-b),
            "halved": lambda b: augmented.blind_probabilities(b / 2),
            "ones": lambda b: np.ones(b.size) / b.size,
        },
        {"tolerance": 1e-11},
    ),
}
