"""The snippets of `batches_gradients.py` and `batches_l2.py`, against complex steps; wrong twins are refused."""

import mpmath
import numpy as np

import batches_gradients as page
import batches_l2 as l2
from tests.snippets import layer_oracle as layer
from tests.snippets.oracle import Case, complex_step
from tests.snippets.test_batches import loss_by_logits

# Oracles: complex steps of the definitions.


def loss_of(Y, importances=None):
    """A function of the logits: the mean of the losses, or their sum by importances."""
    if importances is None:
        return lambda logits: layer.complex_loss(logits, Y)
    return lambda logits: importances @ layer.complex_losses(logits, Y)


def loss_by_weights(X, S, Y):
    return layer.by_weights(X, S, loss_of(Y))


def loss_by_bias(S, Y):
    return layer.by_bias(S, loss_of(Y))


def loss_by_inputs(S, Y, W):
    return layer.by_inputs(W, S, loss_of(Y))


def linear(dlogits):
    """A function of the logits whose gradient is given."""
    return lambda logits: (dlogits * logits).sum()


def any_logits(dlogits):
    return np.ones(dlogits.shape)


def complex_penalty(alpha):
    return lambda W: alpha / 2 * (W**2).sum()


def exact_regularised(L, W, alpha):
    return mpmath.mpf(L) + mpmath.mpf(alpha) / 2 * mpmath.fsum(mpmath.mpf(w) ** 2 for w in W.flat)


def exact_step(W, dW, alpha, eta):
    alpha, eta = mpmath.mpf(alpha), mpmath.mpf(eta)
    return [
        [mpmath.mpf(w) - eta * (dw + alpha * mpmath.mpf(w)) for w, dw in zip(row, d_row, strict=True)]
        for row, d_row in zip(W, dW, strict=True)
    ]


# Arguments.


def strength(trial):
    return trial.rng.uniform(0.01, 2.0)


def importances(trial):
    return trial.simplex(layer.examples(trial))


def probabilities_targets_and_weights(trial):
    return *layer.probabilities_and_targets(trial), layer.weights(trial)


def size_of_inputs(X, *more):
    return float(np.abs(X).max())


GRAD_W = {
    "first example": lambda X, S, Y: np.outer(X[0], S[0] - Y[0]),
    "product of means": lambda X, S, Y: np.outer(X.mean(axis=0), (S - Y).mean(axis=0)),
    "examples crossed": lambda X, S, Y: X.T @ (S - Y)[::-1] / len(X),
}
GRAD_B = {
    "first example": lambda S, Y: S[0] - Y[0],
}

CASES = {
    "batch-grad-logits": Case(
        page.batch_grad_logits,
        loss_by_logits,
        layer.probabilities_and_targets,
        options={"terms": layer.one},
    ),
    "batch-jacobian-w": Case(
        page.batch_jacobian_W,
        lambda X, C: complex_step(lambda W: X @ W, np.zeros((X.shape[1], C))),
        lambda trial: (layer.input_rows(trial), trial.size),
        {
            "all classes": lambda X, C: np.ones((1, C, 1, C)) * X[:, None, :, None],
        },
    ),
    "batch-grad-w-index": Case(
        page.batch_grad_W_by_loops,
        loss_by_weights,
        layer.inputs_probabilities_and_targets,
        GRAD_W,
        {"terms": size_of_inputs},
    ),
    "batch-grad-w": Case(
        page.batch_grad_W, loss_by_weights, layer.inputs_probabilities_and_targets, GRAD_W, {"terms": size_of_inputs}
    ),
    "batch-grad-w-mean": Case(
        page.batch_grad_W_by_mean,
        loss_by_weights,
        layer.inputs_probabilities_and_targets,
        GRAD_W,
        {"terms": size_of_inputs},
    ),
    "batch-jacobian-b": Case(
        page.batch_jacobian_b,
        lambda N, C: complex_step(lambda b: np.ones((N, 1)) * b, np.zeros(C)),
        lambda trial: (layer.examples(trial), trial.size),
        {
            "ones": lambda N, C: np.ones((N, C, C)),
        },
    ),
    "batch-grad-b-index": Case(
        page.batch_grad_b_by_index,
        lambda dlogits: layer.by_bias(any_logits(dlogits), linear(dlogits)),
        lambda trial: (layer.logits(trial),),
        {
            "mean": lambda dlogits: dlogits.mean(axis=0),
            "first example": lambda dlogits: dlogits[0],
        },
        {"terms": lambda dlogits: np.abs(dlogits).max()},
    ),
    "batch-grad-b": Case(
        page.batch_grad_b, loss_by_bias, layer.probabilities_and_targets, GRAD_B, {"terms": layer.one}
    ),
    "batch-jacobian-x": Case(
        page.batch_jacobian_X,
        lambda W, N: complex_step(lambda X: X @ W, np.zeros((N, len(W)))),
        lambda trial: (layer.weights(trial), layer.examples(trial)),
        {
            "all examples": lambda W, N: np.ones((N, 1, N, 1)) * W.T[None, :, None, :],
        },
    ),
    "batch-grad-x-index": Case(
        page.batch_grad_X_by_index,
        lambda dlogits, W: layer.by_inputs(W, any_logits(dlogits), linear(dlogits)),
        lambda trial: (layer.logits(trial), layer.weights(trial)),
        options={"terms": lambda dlogits, W: float((np.abs(dlogits) @ np.abs(W).T).max())},
    ),
    "batch-grad-x": Case(
        page.batch_grad_X,
        loss_by_inputs,
        probabilities_targets_and_weights,
        options={"terms": lambda S, Y, W: np.abs(W).max()},
    ),
    "l2-loss": Case(
        l2.regularised_loss,
        exact_regularised,
        lambda trial: (trial.rng.uniform(0.0, 5.0), layer.weights(trial), strength(trial)),
    ),
    "l2-penalty-gradient": Case(
        l2.penalty_gradient,
        lambda W, alpha: complex_step(complex_penalty(alpha), W),
        lambda trial: (layer.weights(trial), strength(trial)),
    ),
    "l2-grad": Case(
        l2.regularised_grad_W,
        lambda X, S, Y, W, alpha: loss_by_weights(X, S, Y) + complex_step(complex_penalty(alpha), W),
        lambda trial: (*layer.inputs_probabilities_and_targets(trial), layer.weights(trial), strength(trial)),
        {
            "penalty divided too": lambda X, S, Y, W, alpha: (X.T @ (S - Y) + alpha * W) / len(X),
        },
        {"terms": lambda X, S, Y, W, alpha: layer.size(X, W)},
    ),
    "l2-grad-b": Case(
        l2.regularised_grad_b, loss_by_bias, layer.probabilities_and_targets, GRAD_B, {"terms": layer.one}
    ),
    "l2-step": Case(
        l2.decayed_step,
        exact_step,
        lambda trial: (layer.weights(trial), layer.weights(trial), strength(trial), strength(trial)),
        options={"terms": lambda W, dW, alpha, eta: layer.size(W, dW)},
    ),
    "batch-grad-w-rows": Case(
        l2.sums_of_rows,
        lambda dW: [mpmath.fsum(row) for row in dW],
        lambda trial: (layer.weights(trial),),
        options={"terms": lambda dW: np.abs(dW).max()},
    ),
    "l2-grad-rows": Case(
        l2.regularised_sums_of_rows,
        lambda W, alpha: [mpmath.mpf(alpha) * mpmath.fsum(row) for row in W],
        lambda trial: (layer.weights(trial), strength(trial)),
        options={"terms": lambda W, alpha: alpha * np.abs(W).max()},
    ),
    "batch-loss-weighted": Case(
        l2.weighted_loss,
        lambda omega, losses: mpmath.fsum(mpmath.mpf(o) * loss for o, loss in zip(omega, losses, strict=True)),
        lambda trial: (importances(trial), np.abs(trial.vector(layer.examples(trial)))),
        {
            "mean": lambda omega, losses: losses.mean(),
            "sum": lambda omega, losses: losses.sum(),
            "divided too": lambda omega, losses: (omega * losses).mean(),
            "backwards": lambda omega, losses: omega @ losses[::-1],
        },
    ),
    "batch-grad-logits-weighted": Case(
        l2.weighted_grad_logits,
        lambda omega, S, Y: layer.by_logits(loss_of(Y, omega), S),
        lambda trial: (importances(trial), *layer.probabilities_and_targets(trial)),
        {
            "mean": lambda omega, S, Y: (S - Y) / len(S),
            "divided too": lambda omega, S, Y: omega[:, None] * (S - Y) / len(S),
            "backwards": lambda omega, S, Y: omega[::-1, None] * (S - Y),
        },
        {"terms": layer.one},
    ),
    "batch-grad-w-weighted": Case(
        l2.weighted_grad_W,
        lambda X, omega, S, Y: layer.by_weights(X, S, loss_of(Y, omega)),
        lambda trial: (layer.input_rows(trial), importances(trial), *layer.probabilities_and_targets(trial)),
        {
            "mean": lambda X, omega, S, Y: X.T @ (S - Y) / len(X),
            "backwards": lambda X, omega, S, Y: X.T @ np.diag(omega[::-1]) @ (S - Y),
            "twice": lambda X, omega, S, Y: X.T @ np.diag(omega) ** 2 @ (S - Y),
        },
        {"terms": size_of_inputs},
    ),
}
