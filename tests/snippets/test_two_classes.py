"""The snippets of `two_classes.py`, against 50 digits; wrong twins are refused."""

import mpmath

import two_classes as page
from tests.snippets.oracle import Case
from tests.snippets.test_context import inputs


def exact_score(X, w):
    return mpmath.fsum(mpmath.mpf(x) * y for x, y in zip(X, w, strict=True))


def sizes(X, w):
    return float(abs(X) @ abs(w))


def exact_sigmoid(z):
    return 1 / (1 + mpmath.exp(-mpmath.mpf(z)))


def exact_loss(z, y):
    sigmoid = exact_sigmoid(z)
    return -mpmath.log(sigmoid if y else 1 - sigmoid)


def a_score(trial):
    return float(trial.rng.normal() * min(trial.scale, 10.0))


def answer(trial):
    return int(trial.rng.integers(0, 2))


def probability(trial):
    return float(trial.rng.uniform())


CASES = {
    "logistic": Case(
        page.score,
        exact_score,
        lambda trial: (trial.vector(inputs(trial)), trial.vector(inputs(trial))),
        options={"terms": sizes},
    ),
    "logistic-softmax": Case(page.sigmoid_by_softmax, exact_sigmoid, lambda trial: (a_score(trial),)),
    "logistic-loss": Case(
        page.logistic_loss,
        exact_loss,
        lambda trial: (a_score(trial), answer(trial)),
        options={"terms": lambda z, y: abs(z)},
    ),
    "logistic-gradient": Case(
        page.logistic_slope, lambda sigmoid, y: -(1 - sigmoid) if y else sigmoid, lambda t: (probability(t), answer(t))
    ),
    "logistic-signed": Case(page.sign_of, lambda y: 1 if y else -1, lambda trial: (answer(trial),)),
    "logistic-curvature": Case(
        page.logistic_curvature, lambda s: 0.25 - (mpmath.mpf(s) - 0.5) ** 2, lambda trial: (probability(trial),)
    ),
}
