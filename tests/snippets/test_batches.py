"""The snippets of `batches.py` and `batches_logits.py`, against 50 digits and complex steps; no wrong twin passes."""

import mpmath
import numpy as np

import batches as page
import batches_logits as steps
from divergence import kl
from tests.snippets import layer_oracle as layer
from tests.snippets.oracle import Case

# Arguments.


def whole_layer(trial):
    return layer.input_rows(trial), layer.weights(trial), trial.vector()


def classes_and_count(trial):
    return layer.classes(trial), trial.size


def targets_and_probabilities(trial):
    return layer.one_hots(trial), layer.simplices(trial)


def logits_and_classes(trial):
    return layer.logits(trial), layer.classes(trial)


# Oracles.


def exact_loss(S, y):
    return layer.exact_mean(layer.exact_losses(S, y))


def exact_shifted(logits):
    return [[mpmath.mpf(logit) - mpmath.mpf(max(row)) for logit in row] for row in logits]


def losses_by_logits(S, Y):
    return layer.by_logits(lambda logits: layer.complex_losses(logits, Y), S)


def loss_by_logits(S, Y):
    return layer.by_logits(lambda logits: layer.complex_loss(logits, Y), S)


LOGITS = {
    "no bias": lambda X, W, b: X @ W,
    "bias subtracted": lambda X, W, b: X @ W - b,
    "bias by column": lambda X, W, b: X @ W + np.resize(b, len(X))[:, None],
    "weights transposed": lambda X, W, b: X @ W.T + b,
    "examples in columns": lambda X, W, b: (X @ W + b).T,
    "bias for each example": lambda X, W, b: X @ W + len(X) * b,
    "first example for all": lambda X, W, b: np.array([X[0] @ W + b] * len(X)),
    "examples backwards": lambda X, W, b: (X @ W + b)[::-1],
}
SOFTMAX = {
    "by column": lambda logits: page.batch_softmax(logits.T).T,
    "of the whole table": lambda logits: np.exp(logits - logits.max()) / np.exp(logits - logits.max()).sum(),
    "sign": lambda logits: page.batch_softmax(-logits),
    "not shifted": lambda logits: np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True),
    "classes backwards": lambda logits: page.batch_softmax(logits)[:, ::-1],
}
LOSSES = {
    "sign": lambda S, y: -page.losses(S, y),
    "first class": lambda S, y: page.losses(S, np.ones_like(y)),
    "counted from 0": lambda S, y: -np.log(S[np.arange(len(S)), y % S.shape[1]]),
    "all classes": lambda S, y: -np.log(S).sum(axis=1),
    "base two": lambda S, y: -np.log2(page.at_class(S, y)),
    "examples backwards": lambda S, y: page.losses(S, y)[::-1],
}
LOSS = {
    "sum": lambda S, y: page.losses(S, y).sum(),
    "sign": lambda S, y: -page.batch_loss(S, y),
    "of the mean probability": lambda S, y: -np.log(page.at_class(S, y).mean()),
    "per class": lambda S, y: page.losses(S, y).sum() / S.shape[1],
    "first example": lambda S, y: page.losses(S, y)[0],
}
JACOBIAN = {
    "sign": lambda S, Y: -steps.losses_jacobian(S, Y),
    "without the right class": lambda S, Y: steps.logsumexp_jacobian(S),
    "one row": lambda S, Y: S - Y,
    "all rows": lambda S, Y: np.array([S - Y] * len(S)),
    "averaged": lambda S, Y: steps.losses_jacobian(S, Y) / 2,
}

CASES = {
    "batch-one-hot": Case(
        page.one_hot_rows,
        lambda y, C: [[int(i == y_n) for i in range(1, C + 1)] for y_n in y],
        classes_and_count,
        {
            "counted from 0": lambda y, C: np.eye(C)[y % C],
            "complement": lambda y, C: 1 - page.one_hot_rows(y, C),
            "in columns": lambda y, C: page.one_hot_rows(y, C).T,
            "first example for all": lambda y, C: page.one_hot_rows(np.full_like(y, y[0]), C),
        },
    ),
    "batch-logits": Case(page.batch_logits, layer.exact_logits, whole_layer, LOGITS, {"terms": layer.size_of_logits}),
    "batch-logits-index": Case(
        page.batch_logits_by_index, layer.exact_logits, whole_layer, LOGITS, {"terms": layer.size_of_logits}
    ),
    "batch-logits-rows": Case(
        page.batch_logits_by_rows, layer.exact_logits, whole_layer, LOGITS, {"terms": layer.size_of_logits}
    ),
    "batch-probabilities": Case(page.batch_softmax, layer.exact_rows, lambda trial: (layer.logits(trial),), SOFTMAX),
    "batch-probabilities-rows": Case(
        page.batch_softmax_by_rows, layer.exact_rows, lambda trial: (layer.logits(trial),), SOFTMAX
    ),
    "batch-losses": Case(page.losses, layer.exact_losses, layer.probabilities_and_classes, LOSSES),
    "batch-loss": Case(page.batch_loss, exact_loss, layer.probabilities_and_classes, LOSS),
    "batch-loss-divergence": Case(
        page.batch_loss_by_divergence,
        lambda Y, S: exact_loss(S, Y.argmax(axis=1) + 1),
        targets_and_probabilities,
        {
            "sum": lambda Y, S: len(S) * page.batch_loss_by_divergence(Y, S),
            "sign": lambda Y, S: -page.batch_loss_by_divergence(Y, S),
            "mean over classes too": lambda Y, S: -(Y * np.log(S)).mean(),
            "targets and probabilities swapped": lambda Y, S: np.mean([kl(*row) for row in zip(S, Y, strict=True)]),
        },
    ),
    "batch-logits-shifted": Case(
        page.shifted_rows,
        exact_shifted,
        lambda trial: (layer.logits(trial),),
        {
            "by column": lambda logits: logits - logits.max(axis=0),
            "of the whole table": lambda logits: logits - logits.max(),
            "by the least": lambda logits: logits - logits.min(axis=1, keepdims=True),
            "sign": lambda logits: -page.shifted_rows(logits),
        },
    ),
    "batch-loss-stable": Case(
        page.batch_loss_stable,
        lambda logits, y: exact_loss(layer.exact_rows(logits), y),
        logits_and_classes,
        {
            "sum": lambda logits, y: len(y) * page.batch_loss_stable(logits, y),
            "not shifted": lambda logits, y: np.mean(np.log(np.exp(logits).sum(axis=1)) - page.at_class(logits, y)),
            "from S": lambda logits, y: page.batch_loss(page.batch_softmax(logits), y),
            "another class": lambda logits, y: page.batch_loss_stable(logits, layer.other_class(y, logits.shape[1])),
            "largest for the sum": lambda logits, y: -np.mean(page.at_class(page.shifted_rows(logits), y)),
        },
        {"terms": lambda logits, y: layer.size(logits)},
    ),
    "batch-logsumexp-gradient": Case(
        steps.logsumexp_jacobian,
        lambda S: layer.by_logits(layer.complex_logsumexp, S),
        lambda trial: (layer.simplices(trial),),
        {
            "one row": lambda S: S,
            "all rows": lambda S: np.array([S] * len(S)),
            "sign": lambda S: -steps.logsumexp_jacobian(S),
            "axes turned": lambda S: np.moveaxis(steps.logsumexp_jacobian(S), 2, 0),
        },
    ),
    "batch-right-logit-gradient": Case(
        steps.right_logit_jacobian,
        lambda Y: layer.by_logits(
            lambda logits: layer.complex_logsumexp(logits) - layer.complex_losses(logits, Y), Y + 1
        ),
        lambda trial: (layer.one_hots(trial),),
        {
            "one row": lambda Y: Y,
            "all rows": lambda Y: np.array([Y] * len(Y)),
            "sign": lambda Y: -steps.right_logit_jacobian(Y),
        },
    ),
    "batch-losses-gradient": Case(
        steps.losses_jacobian, losses_by_logits, layer.probabilities_and_targets, JACOBIAN, {"terms": layer.one}
    ),
    "batch-grad-logits-index": Case(
        steps.batch_grad_logits_by_mean,
        loss_by_logits,
        layer.probabilities_and_targets,
        {
            "sum": lambda S, Y: S - Y,
            "sign": lambda S, Y: (Y - S) / len(S),
            "per class": lambda S, Y: (S - Y) / S.shape[1],
            "over the logit's row": lambda S, Y: steps.losses_jacobian(S, Y).mean(axis=2),
        },
        {"terms": layer.one},
    ),
}
