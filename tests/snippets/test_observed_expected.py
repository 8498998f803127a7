"""The snippets of `observed_expected.py`, against 50 digits of the definitions; wrong twins are refused."""

import mpmath
import numpy as np

import observed_expected as page
from tests.snippets.oracle import Case
from tests.snippets.softmax_oracle import exact
from tests.snippets.test_context import inputs


def total(terms):
    return mpmath.fsum(mpmath.mpf(x) * mpmath.mpf(y) for x, y in terms)


def exact_scores(t, theta):
    return [total(zip(row, theta, strict=True)) for row in t]


def exact_partition(t, theta):
    return mpmath.log(mpmath.fsum(mpmath.exp(score) for score in exact_scores(t, theta)))


def exact_expected(t, rho):
    return [total(zip(rho, column, strict=True)) for column in t.T]


def exact_gradient(t, rho, y):
    return [mean - mpmath.mpf(seen) for mean, seen in zip(exact_expected(t, rho), t[y - 1], strict=True)]


def exact_fisher(t, rho):
    """The mean of the products less the product of the means."""
    means = exact_expected(t, rho)
    moments = [
        [mpmath.fsum(mpmath.mpf(p) * a * b for p, a, b in zip(rho, x, z, strict=True)) for z in t.T] for x in t.T
    ]
    return [[moments[i][j] - means[i] * means[j] for j in range(len(means))] for i in range(len(means))]


def exact_softmax_case(S, y):
    return [mpmath.mpf(s) - (i == y) for i, s in enumerate(S, 1)]


def exact_weights_case(X, S, y):
    return [[mpmath.mpf(x) * d for d in exact_softmax_case(S, y)] for x in X]


def exact_fisher_softmax(S):
    return [[mpmath.mpf(a) * ((i == j) - mpmath.mpf(b)) for j, b in enumerate(S)] for i, a in enumerate(S)]


# Arguments: M is another number than C, so that no transposed twin fits by luck; the scores stay moderate.


def measures(trial):
    return trial.matrix(trial.size, inputs(trial))


def measures_and_parameters(trial):
    t = measures(trial)
    return t, trial.rng.normal(size=t.shape[1]) / trial.scale


def measures_and_probabilities(trial):
    return measures(trial), trial.simplex()


def outcome(trial):
    return int(trial.rng.integers(1, trial.size + 1))


def largest(t, *others):
    return float(np.abs(t).max())


CASES = {
    "family": Case(page.family, lambda t, theta: exact(exact_scores(t, theta)), measures_and_parameters),
    "family-loss": Case(
        page.log_partition,
        exact_partition,
        measures_and_parameters,
        options={"terms": lambda t, theta: float((np.abs(t) @ np.abs(theta)).max())},
    ),
    "family-expected": Case(page.expected, exact_expected, measures_and_probabilities, options={"terms": largest}),
    "observed-expected": Case(
        page.expected_less_observed,
        exact_gradient,
        lambda trial: (*measures_and_probabilities(trial), outcome(trial)),
        options={"terms": largest},
    ),
    "family-softmax": Case(
        page.softmax_case,
        exact_softmax_case,
        lambda trial: (trial.simplex(), outcome(trial)),
        options={"terms": lambda S, y: 1.0},
    ),
    "family-weights": Case(
        page.weights_case,
        exact_weights_case,
        lambda trial: (trial.vector(inputs(trial)), trial.simplex(), outcome(trial)),
        options={"terms": largest},
    ),
    "fisher": Case(
        page.fisher, exact_fisher, measures_and_probabilities, options={"terms": lambda t, rho: float((t**2).max())}
    ),
    "fisher-softmax": Case(
        page.fisher_softmax, exact_fisher_softmax, lambda trial: (trial.simplex(),), options={"terms": lambda S: 1.0}
    ),
    "fisher-mean": Case(
        page.mean_gradient,
        lambda t, rho: np.zeros(t.shape[1]),
        measures_and_probabilities,
        options={"terms": largest},
    ),
}
