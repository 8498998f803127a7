"""The snippets of `batches.py` and `batches_logits.py`, against 50 digits and complex steps; no wrong twin passes."""

import mpmath
import numpy as np

import batches as page
import batches_logits as steps
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
    "bias by column": lambda X, W, b: X @ W + np.resize(b, len(X))[:, None],
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
    "first class": lambda S, y: page.losses(S, np.ones_like(y)),
    "all classes": lambda S, y: -np.log(S).sum(axis=1),
    "examples backwards": lambda S, y: page.losses(S, y)[::-1],
}
LOSS = {
    "of the mean probability": lambda S, y: -np.log(page.at_class(S, y).mean()),
    "first example": lambda S, y: page.losses(S, y)[0],
}
JACOBIAN = {
    "all rows": lambda S, Y: np.array([S - Y] * len(S)),
}

CASES = {
    "batch-one-hot": Case(
        page.one_hot_rows,
        lambda y, C: [[int(i == y_n) for i in range(1, C + 1)] for y_n in y],
        classes_and_count,
        {
            "counted from 0": lambda y, C: np.eye(C)[y % C],
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
    ),
    "batch-logits-shifted": Case(
        page.shifted_rows,
        exact_shifted,
        lambda trial: (layer.logits(trial),),
    ),
    "batch-loss-stable": Case(
        page.batch_loss_stable,
        lambda logits, y: exact_loss(layer.exact_rows(logits), y),
        logits_and_classes,
        {
            "from S": lambda logits, y: page.batch_loss(page.batch_softmax(logits), y),
        },
        {"terms": lambda logits, y: layer.size(logits)},
    ),
    "batch-logsumexp-gradient": Case(
        steps.logsumexp_jacobian,
        lambda S: layer.by_logits(layer.complex_logsumexp, S),
        lambda trial: (layer.simplices(trial),),
        {
            "all rows": lambda S: np.array([S] * len(S)),
        },
    ),
    "batch-right-logit-gradient": Case(
        steps.right_logit_jacobian,
        lambda Y: layer.by_logits(
            lambda logits: layer.complex_logsumexp(logits) - layer.complex_losses(logits, Y), Y + 1
        ),
        lambda trial: (layer.one_hots(trial),),
        {
            "all rows": lambda Y: np.array([Y] * len(Y)),
        },
    ),
    "batch-losses-gradient": Case(
        steps.losses_jacobian, losses_by_logits, layer.probabilities_and_targets, JACOBIAN, {"terms": layer.one}
    ),
    "batch-grad-logits-index": Case(
        steps.batch_grad_logits_by_mean,
        loss_by_logits,
        layer.probabilities_and_targets,
        options={"terms": layer.one},
    ),
}
