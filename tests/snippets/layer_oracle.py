"""What the tests of the pages `bias` and `batches` share: a layer's oracles, and how its arguments are drawn.

One example is a batch of one: where an oracle takes a vector, it makes a table of one row of it.
"""

import mpmath
import numpy as np

from tests.snippets.oracle import complex_step
from tests.snippets.softmax_oracle import exact

# Forward, in 50 digits.


def exact_logits(X, W, b):
    """(N, C) from X (N, D)."""
    C = len(b)
    return [
        [mpmath.fsum([b[i], *(mpmath.mpf(x) * w[i] for x, w in zip(row, W, strict=True))]) for i in range(C)]
        for row in X
    ]


def exact_rows(logits):
    return [exact(row) for row in logits]


def exact_log(S):
    return [[mpmath.log(mpmath.mpf(S_ni)) for S_ni in row] for row in S]


def exact_losses(S, y):
    return [-row[y_n - 1] for row, y_n in zip(exact_log(S), y, strict=True)]


def exact_mean(numbers):
    return mpmath.fsum(numbers) / len(numbers)


# Backward: complex steps of the definitions. A function of the probabilities S is one of the logits ln S, whose softmax
# is S.


def complex_rows(logits):
    exponentials = np.exp(logits - logits.real.max(axis=1, keepdims=True))
    return exponentials / exponentials.sum(axis=1, keepdims=True)


def complex_logsumexp(logits):
    """(N,) from (N, C), one number a row."""
    largest = logits.real.max(axis=1)
    return largest + np.log(np.exp(logits - largest[:, None]).sum(axis=1))


def complex_losses(logits, Y):
    """(N,): each row's log-sum-exp less what its target picks; for any target that sums to 1."""
    return complex_logsumexp(logits) - np.array([row @ target for row, target in zip(logits, Y, strict=True)])


def complex_loss(logits, Y):
    return complex_losses(logits, Y).mean()


def by_logits(function, S):
    """Derivative of a function of logits where their softmax is S."""
    return complex_step(function, np.log(S))


def by_weights(X, S, function):
    """Derivative of a function of the logits by weights that move them from ln S to ln S + XV, where V = 0."""
    return complex_step(lambda V: function(np.log(S) + X @ V), np.zeros((X.shape[1], S.shape[1])))


def by_bias(S, function):
    """Derivative of a function of the logits by a row that is added to each row of ln S, where it is 0."""
    return complex_step(lambda v: function(np.log(S) + v[None, :]), np.zeros(S.shape[1]))


def by_inputs(W, S, function):
    """Derivative of a function of the logits by inputs that move them from ln S to ln S + VW, where V = 0."""
    return complex_step(lambda V: function(np.log(S) + V @ W), np.zeros((len(S), len(W))))


# Arguments: C is the trial's size; D and N are other numbers from 1 to 6, never equal, so that no transposed twin fits.


def inputs(trial):
    return trial.size % 6 + 1


def examples(trial):
    return (trial.size + 2) % 6 + 1


def classes(trial):
    return trial.rng.integers(1, trial.size + 1, size=examples(trial))


def a_class(trial):
    return int(trial.rng.integers(1, trial.size + 1))


def one_hot(trial):
    return np.eye(trial.size)[a_class(trial) - 1]


def simplices(trial):
    return np.array([trial.simplex() for _ in range(examples(trial))])


def one_hots(trial):
    return np.eye(trial.size)[classes(trial) - 1]


def weights(trial):
    return trial.matrix(inputs(trial), trial.size)


def input_rows(trial):
    return trial.matrix(examples(trial), inputs(trial))


def logits(trial):
    return trial.matrix(examples(trial), trial.size)


def probabilities_and_classes(trial):
    return simplices(trial), classes(trial)


def probabilities_and_targets(trial):
    return simplices(trial), one_hots(trial)


def inputs_probabilities_and_targets(trial):
    return input_rows(trial), simplices(trial), one_hots(trial)


# Sizes of terms that cancel.


def one(*arguments):
    return 1.0


def size(*arguments):
    """The largest number anywhere in the arguments, at least 1."""
    return max(1.0, *(float(np.abs(argument).max()) for argument in arguments))


def size_of_logits(X, W, b, *more):
    return float((np.abs(X) @ np.abs(W)).max() + np.abs(b).max())


def other_class(y, C):
    return y % C + 1
