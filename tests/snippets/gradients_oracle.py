"""What the tests of the page `gradients` share: complex steps of the loss from its definition, and arguments."""

import mpmath
import numpy as np

from tests.snippets.loss_oracle import probabilities_and_class, probabilities_and_one_hot
from tests.snippets.oracle import complex_step
from tests.snippets.test_context import inputs


def complex_logsumexp(logits):
    m = logits.real.max()
    return m + np.log(np.exp(logits - m).sum())


def complex_loss(logits, Y):
    """The loss for complex logits: not through a probability, which might underflow."""
    return complex_logsumexp(logits) - logits[np.argmax(Y)]


def quotients(function, S):
    """Derivatives in each probability, by difference quotients in 50 digits: S may be as small as a complex step."""
    step = mpmath.mpf("1e-15")

    def quotient(i):
        low, high = ([mpmath.mpf(x) * (1 + sign * step * (k == i)) for k, x in enumerate(S)] for sign in (-1, 1))
        return (function(high) - function(low)) / (high[i] - low[i])

    return [quotient(i) for i in range(S.size)]


def stepped_logits(S, Y):
    """Gradient in the logits where the probabilities are S: the logits are then ln S, up to a constant."""
    return complex_step(lambda logits: complex_loss(logits, Y), np.log(S))


def stepped_logits_of_class(S, y):
    return stepped_logits(S, np.eye(S.size)[y - 1])


def stepped_weights(X, S, Y):
    """Gradient in the weights: they move the logits from ln S by X times their own move."""
    return complex_step(lambda moved: complex_loss(np.log(S) + X @ moved, Y), np.zeros((X.size, S.size)))


def stepped_input(W, S, Y):
    return complex_step(lambda moved: complex_loss(np.log(S) + moved @ W, Y), np.zeros(len(W)))


# Arguments: C is the trial's size, D another number, so that no transposed twin fits by luck.


def input_probabilities_and_one_hot(trial):
    return trial.vector(inputs(trial)), *probabilities_and_one_hot(trial)


def weights_probabilities_and_one_hot(trial):
    return trial.matrix(inputs(trial), trial.size), *probabilities_and_one_hot(trial)


def gradient_in_weights(trial):
    """A column by a row that sums to 0, even where S_y has rounded to 1."""
    X, S, Y = input_probabilities_and_one_hot(trial)
    return (np.outer(X, np.where(Y == 1, -((1 - Y) @ S), S)),)


def gradient_in_logits(trial):
    S, y = probabilities_and_class(trial)
    return (S - np.eye(S.size)[y - 1],)


# Size of the terms where they cancel: S_y - 1 keeps no digit once S_y has rounded to 1, so what rounding allows is
# relative to 1, times what the difference is multiplied by.


def size_of_first(factor, *others):
    return float(np.abs(factor).max())


LOGITS = {
    "next class": lambda S, Y: S - np.roll(Y, 1),
    "classes backwards": lambda S, Y: (S - Y)[::-1],
}
LOGITS_OF_CLASS = {
    name: lambda S, y, twin=twin: twin(S, np.eye(S.size)[y - 1])  # the twin of this turn, not of the last
    for name, twin in LOGITS.items()
}
