"""The snippets of `distillation.py`, against 50 digits and complex steps of the loss; wrong twins are refused."""

import mpmath
import numpy as np

import distillation as page
from tests.snippets.gradients_oracle import complex_logsumexp
from tests.snippets.oracle import Case, complex_step
from tests.snippets.softmax_oracle import exact
from tests.snippets.test_duality import distribution, exact_logsumexp, logits


def temperature(trial):
    return float(trial.rng.uniform(0.5, 2.0))


def exact_student_loss(student, teacher, tau):
    """Cross-entropy of the teacher and the student, by its definition."""
    warm = [mpmath.mpf(x) / mpmath.mpf(tau) for x in student]
    whole = exact_logsumexp(warm)
    return -mpmath.fsum(mpmath.mpf(t) * (x - whole) for t, x in zip(teacher, warm, strict=True))


def stepped_gradient(student, teacher, tau):
    """The loss where the probabilities are the student's: its logits are then tau ln E."""

    def loss(moved):
        return complex_logsumexp(moved / tau) - teacher @ moved / tau

    return complex_step(loss, tau * np.log(student))


def exact_centred(x):
    mean = mpmath.fsum(mpmath.mpf(value) for value in x) / len(x)
    return [(mpmath.mpf(value) - mean) / len(x) for value in x]


def exact_divergence(student, teacher):
    return mpmath.fsum(mpmath.mpf(t) * (mpmath.log(t) - mpmath.log(s)) for s, t in zip(student, teacher, strict=True))


def largest(values, *others):
    return float(np.abs(values).max() + 1)


CASES = {
    "distillation": Case(
        page.warm,
        lambda x, tau: exact([mpmath.mpf(value) / mpmath.mpf(tau) for value in x]),
        lambda trial: (logits(trial), temperature(trial)),
    ),
    "distillation-gradient": Case(
        page.student_loss,
        exact_student_loss,
        lambda trial: (logits(trial), distribution(trial), temperature(trial)),
        options={"terms": largest},
    ),
    "distillation-gradient-vector": Case(
        page.student_gradient,
        stepped_gradient,
        lambda trial: (distribution(trial), distribution(trial), temperature(trial)),
        options={"terms": largest},
    ),
    "cold-slope": Case(
        page.softmax_of_inverse,
        lambda x, kappa: exact([mpmath.mpf(value) * mpmath.mpf(kappa) for value in x]),
        lambda trial: (logits(trial), float(trial.rng.normal())),
    ),
    "cold-start": Case(page.slope_at_zero, exact_centred, lambda trial: (logits(trial),), options={"terms": largest}),
    "distillation-soft": Case(
        page.gradient_of_cool_student,
        lambda x, teacher: complex_step(lambda moved: complex_logsumexp(moved) - teacher @ moved, x),
        lambda trial: (logits(trial), distribution(trial)),
        options={"terms": lambda x, teacher: 1.0},
    ),
    "distillation-divergence": Case(
        page.distance_to_teacher,
        exact_divergence,
        lambda trial: (distribution(trial), distribution(trial)),
        options={"terms": lambda student, teacher: 1.0},
    ),
}
