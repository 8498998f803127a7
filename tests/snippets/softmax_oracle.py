"""What the tests of the page `softmax` share: its oracles, and how arguments are drawn."""

from dataclasses import replace

import mpmath
import numpy as np

from tests.snippets.oracle import complex_step

# Oracles: the definitions in 50 digits, and the definition for complex numbers where a derivative is wanted.


def exact_exponentials(a):
    return [mpmath.exp(mpmath.mpf(a_i)) for a_i in a]


def exact(a):
    exponentials = exact_exponentials(a)
    return [e / mpmath.fsum(exponentials) for e in exponentials]


def exact_at(a, tau):
    return exact([mpmath.mpf(a_i) / mpmath.mpf(tau) for a_i in a])


def exact_difference(a, i, j):
    return mpmath.mpf(a[i]) - mpmath.mpf(a[j])


def table(entry, n):
    return [[entry(i, j) for j in range(n)] for i in range(n)]


def complex_softmax(a):
    exponentials = np.exp(a - a.real.max())
    return exponentials / exponentials.sum()


def complex_jacobian(a):
    return complex_step(complex_softmax, a)


# Arguments. Functions that don't subtract the maximum overflow at a thousand, as their page shows, so their scale ends
# at a hundred.


def vector(trial):
    return (trial.vector(),)


def gentle(trial):
    return (replace(trial, scale=min(trial.scale, 100.0)).vector(),)


def gentle_and_factor(trial):
    return (*gentle(trial), trial.rng.uniform(0.01, 100.0))


def gentle_and_constant(trial):
    return (*gentle(trial), trial.rng.uniform(-50.0, 50.0))


def vector_and_temperature(trial):
    return (trial.vector(), trial.rng.uniform(1.0, 5.0))


def gentle_and_temperature(trial):
    return (*gentle(trial), trial.rng.uniform(1.0, 5.0))


def gentle_pair(trial):
    return (replace(trial, scale=min(trial.scale, 100.0)).vector(2),)


# Size of the terms where they cancel: 1 - S_i keeps no digit once S_i has rounded to 1, so what rounding allows is
# relative to 1 (to the size of a, over the square of the temperature).


def one(a):
    return 1.0


def size_over_temperature(a, tau):
    return np.abs(a).max() / tau**2


def normalised(exponentials):
    return exponentials / exponentials.sum()


def spread(a):
    """(N, N): a_k - a_i in row i, column k."""
    return a[None, :] - a[:, None]
