"""The snippets of `curvature.py`, against 50 digits; wrong twins are refused."""

from dataclasses import replace

import mpmath
import numpy as np

import curvature as page
from tests.snippets.oracle import Case

# Oracles. Second derivatives are second differences of the definition in 50 digits: with this step they are right to
# 20 of them, and they presuppose no formula. Sums over all pairs and moments are what the page doesn't compute.

STEP = mpmath.mpf("1e-12")


def exact_logsumexp(logits):
    return mpmath.log(mpmath.fsum(mpmath.exp(a) for a in logits))


def second_difference(function, n, i, j):
    """Mixed second derivative of a function of n numbers, around 0."""

    def at(*signs):
        moved = [mpmath.mpf(0)] * n
        moved[i] += signs[0] * STEP
        moved[j] += signs[1] * STEP
        return function(moved)

    return (at(1, 1) - at(1, -1) - at(-1, 1) + at(-1, -1)) / (4 * STEP**2)


def exact_hessian(logits):
    """Of the loss: the logit of the right class is linear and adds nothing."""
    exact_logits = [mpmath.mpf(a) for a in logits]

    def moved_loss(moves):
        return exact_logsumexp([a + move for a, move in zip(exact_logits, moves, strict=True)]) - exact_logits[0]

    n = len(logits)
    return [[second_difference(moved_loss, n, i, j) for j in range(n)] for i in range(n)]


def hessian_of_probabilities(S):
    """Logits ln S_i give the probabilities S; rounded, they don't sum to 1, as the formulas suppose."""
    return exact_hessian([mpmath.log(mpmath.mpf(S_i)) for S_i in S])


def exact_form(S, v):
    """Second derivative along v, by a second difference along v."""
    logits = [mpmath.log(mpmath.mpf(S_i)) for S_i in S]

    def moved(s):
        return exact_logsumexp([a + s * mpmath.mpf(v_i) for a, v_i in zip(logits, v, strict=True)])

    step = STEP / max(1, *(abs(mpmath.mpf(v_i)) for v_i in v))
    return (moved(step) - 2 * moved(0) + moved(-step)) / step**2


def exact_moment(S, v, gamma):
    terms = zip(S, v, strict=True)
    return mpmath.fsum(mpmath.mpf(S_i) * (mpmath.mpf(v_i) - mpmath.mpf(gamma)) ** 2 for S_i, v_i in terms)


def exact_mean(S, v):
    return mpmath.fsum(mpmath.mpf(S_i) * mpmath.mpf(v_i) for S_i, v_i in zip(S, v, strict=True))


def exact_hessian_weights(X, S):
    G = hessian_of_probabilities(S)
    products = [[mpmath.mpf(x_j) * mpmath.mpf(x_l) for x_l in X] for x_j in X]
    return [[[[x * G_kr for G_kr in row] for x in line] for row in G] for line in products]


def exact_curvature_along(X, S, V):
    moves = [mpmath.fsum(mpmath.mpf(x) * mpmath.mpf(v) for x, v in zip(X, column, strict=True)) for column in V.T]
    return exact_form(S, moves)


# Arguments: C is the trial's size, D another number from 1 to 6.


def inputs(trial):
    return trial.size % 6 + 1


def logits(trial):
    return (replace(trial, scale=min(trial.scale, 10.0)).vector(),)


def probabilities(trial):
    return (trial.simplex(),)


def probabilities_and_direction(trial):
    return trial.simplex(), trial.vector()


def probabilities_direction_and_number(trial):
    return trial.simplex(), trial.vector(), float(trial.vector(1)[0])


def input_and_probabilities(trial):
    return trial.vector(inputs(trial)), trial.simplex()


def input_probabilities_and_direction(trial):
    return trial.vector(inputs(trial)), trial.simplex(), trial.matrix(inputs(trial), trial.size)


# Probabilities that have rounded leave 1 - S_y, and what is multiplied by it, right to rounding of 1.


def one(*arguments):
    return 1.0


def largest(S, v, *more):
    return float(np.abs(v).max())


def squares(S, v, *more):
    return float(max([v @ v] + [gamma**2 for gamma in more]))


def square_of_input(X, S):
    return float(X @ X)


def square_of_move(X, S, V):
    return float(X @ X) * float((V**2).sum())


HESSIANS = {
    "diagonal only": lambda S: np.diag(S * (1 - S)),
    "diagonal squared": lambda S: np.diag(S**2) - np.outer(S, S),
}
FORMS = {
    "uniform": lambda S, v: np.var(v),
}
CASES = {
    "hessian": Case(
        page.hessian,
        exact_hessian,
        logits,
        options={"terms": one},
    ),
    "hessian-matrix": Case(page.hessian_matrix, hessian_of_probabilities, probabilities, HESSIANS, {"terms": one}),
    "hessian-mean": Case(
        page.mean,
        exact_mean,
        probabilities_and_direction,
        {
            "uniform": lambda S, v: v.mean(),
            "probabilities backwards": lambda S, v: S[::-1] @ v,
        },
        {"terms": largest},
    ),
    "hessian-variance": Case(page.variance, exact_form, probabilities_and_direction, FORMS, {"terms": squares}),
    "hessian-kernel": Case(
        page.column_sums,
        lambda S: [mpmath.mpf(0)] * len(S),
        probabilities,
        options={"terms": one},
    ),
    "hessian-shifted": Case(
        page.spread_around,
        exact_moment,
        probabilities_direction_and_number,
        options={"terms": squares},
    ),
    "hessian-bound": Case(page.quadratic_form, exact_form, probabilities_and_direction, FORMS, {"terms": squares}),
    "hessian-w": Case(
        page.hessian_weights,
        exact_hessian_weights,
        input_and_probabilities,
        {
            "without the product": lambda X, S: np.einsum("j,l,kr->jklr", X, X, np.diag(S)),
        },
        {"terms": square_of_input},
    ),
    "hessian-w-bound": Case(
        page.curvature_along,
        exact_curvature_along,
        input_probabilities_and_direction,
        options={"terms": square_of_move},
    ),
    "variance-pairs": Case(
        page.variance_of_pairs,
        exact_form,
        probabilities_and_direction,
        FORMS,
        {"terms": squares},
    ),
    "hessian-trace": Case(
        page.trace,
        lambda S: mpmath.fsum(row[i] for i, row in enumerate(hessian_of_probabilities(S))),
        probabilities,
        options={"terms": one},
    ),
}
