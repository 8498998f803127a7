"""The snippets of `bias_targets.py`, against 50 digits and complex steps; wrong twins are refused."""

import mpmath
import numpy as np

import bias_targets as page
from tests.snippets import layer_oracle as layer
from tests.snippets.oracle import Case, complex_step

# Arguments.


def target_and_logits(trial):
    return trial.simplex(), trial.vector()


def target_and_probabilities(trial):
    return trial.simplex(), trial.simplex()


def one_hot_and_share(trial):
    return layer.one_hot(trial), trial.rng.uniform(0.01, 0.99)


def probabilities_one_hot_and_share(trial):
    return trial.simplex(), *one_hot_and_share(trial)


def smoothed_and_class(trial):
    y = layer.a_class(trial)
    return exact_smoothed(np.eye(trial.size)[y - 1], trial.rng.uniform(0.01, 0.99)).astype(float), y


# Oracles.


def exact_smoothed(Y, epsilon):
    """All classes share epsilon; the right one has the rest too."""
    share = mpmath.mpf(epsilon) / len(Y)
    return np.array([share + (1 - mpmath.mpf(epsilon) if Y_i else 0) for Y_i in Y])


def exact_cross_entropy(p, S):
    return -mpmath.fsum(mpmath.mpf(p_i) * mpmath.log(mpmath.mpf(S_i)) for p_i, S_i in zip(p, S, strict=True))


def exact_from_logits(p, logits):
    total = mpmath.log(mpmath.fsum(mpmath.exp(mpmath.mpf(logit)) for logit in logits))
    return mpmath.fsum(mpmath.mpf(p_i) * (total - mpmath.mpf(logit)) for p_i, logit in zip(p, logits, strict=True))


def exact_kl(p, S):
    return exact_cross_entropy(p, S) - exact_cross_entropy(p, p)


def by_logits(S, p):
    return layer.by_logits(lambda logits: layer.complex_loss(logits, p[None]), S[None])[0]


def by_probabilities(p, S):
    return complex_step(lambda q: -(p * np.log(q)).sum(), S)


def softmax_by_logits(S):
    return layer.by_logits(lambda logits: layer.complex_rows(logits)[0], S[None])[:, 0]


def exact_smoothed_loss(L, S, epsilon):
    surprises = [-mpmath.log(mpmath.mpf(S_i)) for S_i in S]
    return (1 - mpmath.mpf(epsilon)) * L + mpmath.mpf(epsilon) * layer.exact_mean(surprises)


def exact_gaps(Y_bar, y):
    logs = [mpmath.log(mpmath.mpf(component)) for component in Y_bar]
    return [logs[y - 1] - log for log in logs]


def size_of_terms(p, logits):
    return max(1.0, float(np.abs(logits).max()))


def surprises(p, S):
    return max(1.0, float(np.sum(p * np.abs(np.log(p))) + np.sum(p * np.abs(np.log(S)))))


CASES = {
    "soft-labels-logits": Case(
        page.cross_entropy_from_logits,
        exact_from_logits,
        target_and_logits,
        options={"terms": size_of_terms},
    ),
    "soft-labels-index": Case(
        page.soft_gradient_by_index,
        lambda p, a: complex_step(lambda logits: layer.complex_loss(logits[None], p[None]), a),
        target_and_logits,
        options={"terms": layer.one},
    ),
    "soft-labels": Case(
        page.soft_gradient,
        by_logits,
        target_and_probabilities,
        {
            "relative": lambda S, p: (S - p) / S,
        },
        {"terms": layer.one},
    ),
    "soft-labels-probabilities": Case(
        page.gradient_in_S,
        by_probabilities,
        target_and_probabilities,
        {
            "not weighted": lambda p, S: -1 / S,
        },
    ),
    "bias-softmax-jacobian": Case(
        page.softmax_jacobian,
        softmax_by_logits,
        lambda trial: (trial.simplex(),),
        {
            "diagonal only": lambda S: np.diag(S - S**2) if S.size > 1 else np.zeros(1),
            "scores for probabilities": lambda S: np.eye(S.size) - np.outer(S, S),
        },
        {"terms": layer.one},
    ),
    "soft-labels-chain": Case(
        page.soft_gradient_by_chain,
        lambda p, S: by_logits(S, p),
        target_and_probabilities,
        {
            "diagonal only": lambda p, S: -p * (1 - S) - S,
        },
        {"terms": lambda p, S: float((p / S).max())},
    ),
    "soft-labels-kl": Case(
        page.soft_divergence,
        exact_kl,
        target_and_probabilities,
        options={"terms": surprises},
    ),
    "soft-labels-bound": Case(
        page.soft_loss,
        exact_cross_entropy,
        target_and_probabilities,
        options={"terms": surprises},
    ),
    "label-smoothing": Case(
        page.smoothed,
        exact_smoothed,
        one_hot_and_share,
    ),
    "label-smoothing-sum": Case(
        page.sum_of_target,
        mpmath.fsum,
        lambda trial: (trial.vector(),),
        {"largest": lambda Y_bar: Y_bar.max()},
        {"terms": lambda Y_bar: np.abs(Y_bar).sum()},
    ),
    "label-smoothing-gradient": Case(
        page.smoothed_gradient,
        lambda S, Y, epsilon: by_logits(S, exact_smoothed(Y, epsilon).astype(float)),
        probabilities_one_hot_and_share,
        options={"terms": layer.one},
    ),
    "label-smoothing-loss": Case(
        page.smoothed_loss,
        exact_smoothed_loss,
        lambda trial: (trial.rng.uniform(0.0, 5.0), trial.simplex(), trial.rng.uniform(0.01, 0.99)),
    ),
    "label-smoothing-gap": Case(
        page.smoothed_gaps,
        exact_gaps,
        smoothed_and_class,
        options={"terms": layer.one},
    ),
}
