"""What the pages define, as verimath evaluates it and as the snippets compute it, against SciPy and scikit-learn."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
import scipy.special
import sklearn.metrics

import batches
import bias
import context
import divergence
import loss
import loss_stable
import softmax
from tests.peers.agreement import TOLERANCE, WRONG, disagreement
from tests.peers.layer import V
from tests.peers.printed import ALL, drawn, evaluated


@dataclass(frozen=True)
class Value:
    """A quantity three times: as printed, by other people's code, and by the snippets of the site.

    Attributes:
        page, tex: where it is defined, and how it is written there.
        peer, snippet: from what a trial draws.
        counts: on which trials the peer has a value.
    """

    page: str
    tex: str
    peer: Callable[[V], Any]
    snippet: Callable[[V], Any]
    counts: Callable[[V], bool] = lambda v: True

    def __str__(self) -> str:
        return f"{self.page}:{self.tex}"


def logits(v: V) -> Any:
    return v["X"] @ v["W"] + v.get("b", 0.0)


def probabilities(v: V) -> Any:
    return scipy.special.softmax(logits(v), axis=-1)


def log_loss(v: V) -> float:
    """scikit-learn's, of one example or the mean of a batch."""
    S = np.atleast_2d(probabilities(v))
    # Its rows must sum to 1 more closely than a softmax of floats does.
    S /= S.sum(axis=1, keepdims=True)
    return float(sklearn.metrics.log_loss(np.atleast_1d(np.asarray(v["y"], dtype=int)), S, labels=range(1, v["C"] + 1)))


def several_classes(v: V) -> bool:
    """scikit-learn's loss refuses a single class."""
    return bool(v["C"] > 1)


def classes(v: V) -> Any:
    return np.asarray(v["y"], dtype=int)


def context_loss(v: V) -> Any:
    return context.loss_of_weights(v["X"], v["W"], v["y"])


def bias_loss(v: V) -> Any:
    S = bias.probabilities(bias.affine(v["X"], v["W"], v["b"]))
    return bias.loss(bias.target(v["y"], v["C"]), S)


def batch_loss(v: V) -> Any:
    return batches.batch_loss(batches.batch_softmax(batches.batch_logits(v["X"], v["W"], v["b"])), classes(v))


VALUES = [
    Value(
        "softmax",
        r"\operatorname{softmax}(a)",
        lambda v: scipy.special.softmax(v["a"]),
        lambda v: softmax.softmax(v["a"]),
    ),
    Value(
        "softmax-derivatives",
        r"\operatorname{softmax}(a / \tau)",
        lambda v: scipy.special.softmax(v["a"] / v[r"\tau"]),
        lambda v: softmax.softmax_by_components(v["a"] / v[r"\tau"]),
    ),
    Value("softmax", r"\ln Z", lambda v: scipy.special.logsumexp(v["a"]), lambda v: loss_stable.logsumexp(v["a"])),
    Value(
        "divergence",
        r"D_{\mathrm{KL}}(p \| q)",
        lambda v: scipy.special.rel_entr(v["p"], v["q"]).sum(),
        lambda v: divergence.kl(v["p"], v["q"]),
    ),
    Value("divergence", "H(p)", lambda v: scipy.special.entr(v["p"]).sum(), lambda v: divergence.entropy(v["p"])),
    Value("context", "L", log_loss, context_loss, several_classes),
    Value("loss", r"-\ln S_y", log_loss, lambda v: loss_stable.loss_from_logits(logits(v), v["y"]), several_classes),
    Value(
        "loss",
        r"\ln \sum_{j=1}^{C} e^{\lambda_j}",
        lambda v: scipy.special.logsumexp(logits(v)),
        lambda v: loss_stable.logsumexp_from_mean(logits(v)),
    ),
    Value(
        "loss",
        r"\ln \sum_{j=1}^{C} e^{\hat\lambda_j} - \hat\lambda_y",
        lambda v: -scipy.special.log_softmax(logits(v))[v["y"] - 1],
        lambda v: loss.loss_naive(logits(v), v["y"]),
    ),
    Value("bias", "L", log_loss, bias_loss, several_classes),
    Value("batches", "S", probabilities, lambda v: batches.batch_softmax(logits(v))),
    Value("batches", "L", log_loss, batch_loss, several_classes),
]


def trials(value: Value) -> Iterator[tuple[V, int]]:
    found = [(drawn(value.page, trial), trial) for trial in ALL]
    return ((v, trial) for v, trial in found if value.counts(v))


@pytest.mark.parametrize("value", VALUES, ids=str)
def test_what_is_printed_and_its_snippet_are_what_the_peer_says(value: Value) -> None:
    seen = 0
    for v, trial in trials(value):
        expected = value.peer(v)
        assert disagreement(evaluated(value.page, value.tex, trial), expected) <= TOLERANCE
        assert disagreement(value.snippet(v), expected) <= TOLERANCE
        seen += 1
    assert seen >= len(ALL) / 2


@pytest.mark.parametrize("error", WRONG)
@pytest.mark.parametrize("value", VALUES, ids=str)
def test_a_wrong_value_is_not(value: Value, error: str) -> None:
    far = [disagreement(WRONG[error](np.asarray(value.peer(v))), value.peer(v)) for v, _ in trials(value)]
    assert sum(distance > TOLERANCE for distance in far) >= len(far) / 2
