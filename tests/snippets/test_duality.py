"""The snippets of `duality.py`, against 50 digits of the definitions; wrong twins are refused."""

import mpmath
import numpy as np

import duality as page
from tests.snippets.oracle import Case
from tests.snippets.test_observed_expected import outcome, total


def exact_logsumexp(logits):
    return mpmath.log(mpmath.fsum(mpmath.exp(mpmath.mpf(x)) for x in logits))


def exact_entropy(p):
    return -mpmath.fsum(mpmath.mpf(x) * mpmath.log(x) for x in p if x)


def exact_gain(p, logits):
    return total(zip(p, logits, strict=True)) + exact_entropy(p)


def exact_gap(p, logits):
    """Log-sum-exp less the gain, whatever the divergence may be."""
    return exact_logsumexp(logits) - exact_gain(p, logits)


def exact_gain_of_softmax(logits):
    S = [mpmath.exp(mpmath.mpf(x) - exact_logsumexp(logits)) for x in logits]
    return exact_gain(S, logits)


def exact_warm_gap(p, logits, tau):
    return mpmath.mpf(tau) * exact_gap(p, [mpmath.mpf(x) / mpmath.mpf(tau) for x in logits])


# Arguments: moderate logits. Far larger ones would round the probabilities to 0, where a divergence is infinite.


def logits(trial):
    return trial.rng.normal(size=trial.size) * min(trial.scale, 10.0)


def distribution(trial):
    p = trial.rng.exponential(size=trial.size)
    return p / p.sum()


def choice(trial):
    return distribution(trial), logits(trial)


def scores(p, logits, *others):
    return float(np.abs(logits).max() + 1)


CASES = {
    "dual-gain": Case(page.gain, exact_gain, choice, options={"terms": scores}),
    "dual-gap": Case(page.gap, exact_gap, choice, options={"terms": scores}),
    "dual-bound": Case(page.best_gain, exact_gain, choice, options={"terms": scores}),
    "dual-attained": Case(
        page.gain_of_softmax,
        exact_gain_of_softmax,
        lambda trial: (logits(trial),),
        options={"terms": lambda logits: scores(None, logits)},
    ),
    "dual-entropy": Case(
        page.mean_log_probability,
        lambda p, logits: total(zip(p, logits, strict=True)) - exact_logsumexp(logits),
        choice,
        options={"terms": scores},
    ),
    "dual-loss": Case(
        page.loss_as_gap,
        lambda logits, y: exact_logsumexp(logits) - mpmath.mpf(logits[y - 1]),
        lambda trial: (logits(trial), outcome(trial)),
        options={"terms": lambda logits, y: scores(None, logits)},
    ),
    "dual-temperature": Case(
        page.gap_at_temperature,
        exact_warm_gap,
        lambda trial: (*choice(trial), float(trial.rng.uniform(0.5, 2.0))),
        options={"terms": scores},
    ),
    "dual-uniform": Case(
        page.mean_loss,
        lambda logits: mpmath.fsum(exact_logsumexp(logits) - mpmath.mpf(x) for x in logits) / logits.size,
        lambda trial: (logits(trial),),
        options={"terms": lambda logits: scores(None, logits)},
    ),
}
