"""What the tests of the pages `loss` and `gradients` share: their oracles, and how arguments are drawn."""

from dataclasses import replace

import mpmath
import numpy as np

from tests.snippets.softmax_oracle import exact, exact_exponentials

# Oracles: the definitions, in the precision of whoever calls.


def exact_logsumexp(logits):
    return mpmath.log(mpmath.fsum(exact_exponentials(logits)))


def exact_loss(S, y):
    """The loss as the page `context` defines it, its single term that isn't 0."""
    return -mpmath.log(mpmath.mpf(S[y - 1]))


def exact_loss_of_logits(logits, y):
    return -mpmath.log(exact(logits)[y - 1])


def exact_small_loss(logits, y):
    """The same in so many digits that 1 - S_y keeps some, up to gaps of several thousand."""
    with mpmath.workdps(3000):
        return exact_loss_of_logits(logits, y)


# Arguments. Where exponentials aren't shifted they overflow at a thousand, so the scale ends at a hundred.


def gentle_trial(trial):
    return replace(trial, scale=min(trial.scale, 100.0))


def a_class(trial):
    return int(trial.rng.integers(1, trial.size + 1))


def a_one_hot(trial):
    return np.eye(trial.size)[a_class(trial) - 1]


def logits_and_class(trial):
    return trial.vector(), a_class(trial)


def gentle_logits_and_class(trial):
    return logits_and_class(gentle_trial(trial))


def probabilities_and_class(trial):
    return trial.simplex(), a_class(trial)


def probabilities_and_one_hot(trial):
    return trial.simplex(), a_one_hot(trial)


# Size of the terms where they cancel.


def one(*arguments):
    return 1.0


def size_of_logits(logits, *others):
    """Of the largest logit and of ln C, which are added."""
    return float(np.abs(logits).max() + np.log(logits.size))


def other_class(y, C):
    return y % C + 1
