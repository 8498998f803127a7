"""Every derivative that a page claims, with JAX's of the same function: no formula of the pages is used here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import jax
import jax.numpy as jnp

from tests.peers import further, layer
from tests.peers.layer import V, at_logits, at_probabilities, by, logits, loss, probabilities

Oracle = Callable[[V], Any]


@dataclass(frozen=True)
class Printed:
    """An equation that claims a derivative, and that derivative by JAX.

    Attributes:
        page, label: where it is printed.
        letters: its free letters, in the order of the oracle's axes.
        oracle: from what the trial draws.
        which: of an equation of several claims.
    """

    page: str
    label: str
    letters: str
    oracle: Oracle
    which: int = 0

    def __str__(self) -> str:
        return f"{self.label}-{self.which + 1}"


def softmax(v: V) -> Any:
    return jax.nn.softmax(v["a"])


def cooled(v: V) -> Any:
    return jax.nn.softmax(v["a"] / v[r"\tau"])


def hidden(v: V) -> Any:
    """The loss of two classes, by the test function of the page `gradient-check`."""
    return jax.nn.softplus(v["t"])


def soft_loss(scores: Any, v: V) -> Any:
    return -jnp.sum(jnp.asarray(v["p"]) * jax.nn.log_softmax(scores))


def smoothed_loss(scores: Any, v: V) -> Any:
    target = (1 - v[r"\varepsilon"]) * layer.one_hot(v) + v[r"\varepsilon"] / v["C"]
    return -jnp.sum(target * jax.nn.log_softmax(scores))


def of_softmax(scores: Any, v: V) -> Any:
    return jax.nn.softmax(scores)


def soft_divergence(scores: Any, v: V) -> Any:
    return jnp.sum(jax.scipy.special.rel_entr(jnp.asarray(v["p"]), jax.nn.softmax(scores)))


def quadratic_loss(scores: Any, v: V) -> Any:
    return jnp.sum((jax.nn.softmax(scores) - layer.one_hot(v)) ** 2) / 2


def weighted_loss(scores: Any, v: V) -> Any:
    return jnp.vdot(v[r"\omega"], layer.losses_of_logits(scores, v))


def pair_loss(v: V) -> Any:
    """The mean of the losses of a pair of examples whose logits are z apart."""
    return (jax.nn.softplus(v["z"]) + jax.nn.softplus(-v["z"])) / 2


def first_step(v: V) -> Any:
    return jax.nn.softplus(-v[r"\eta"])


def normalised_loss_at_probabilities(v: V) -> Any:
    return jax.grad(lambda S: jnp.log(jnp.sum(S)) - jnp.log(S[v["y"] - 1]))(probabilities(v))


def weights_by_weights(v: V) -> Any:
    """Axes l, i, then j, k."""
    return jax.jacrev(lambda W: W)(jnp.asarray(v["W"]))


def logsumexps(scores: Any, v: V) -> Any:
    return jax.nn.logsumexp(scores, axis=-1)


def right_logits(scores: Any, v: V) -> Any:
    return jnp.sum(scores * layer.one_hot(v), axis=-1)


def soft_loss_at_probabilities(v: V) -> Any:
    return jax.grad(lambda S: -jnp.sum(jnp.asarray(v["p"]) * jnp.log(S)))(probabilities(v))


grad_logits = at_logits(layer.loss_of_logits)
softmax_jacobian = by("a", softmax)
layer_jacobian = at_logits(of_softmax)
hessian = at_logits(layer.loss_of_logits, 2)

PRINTED = [
    Printed("elsewhere", "elsewhere-half-right", "", by("s", further.bent, 2)),
    Printed("elsewhere", "elsewhere-shapes-right", "", by("U", further.factored)),
    Printed("identities", "matrix-derivative-bilinear", "", by("A", further.bilinear)),
    Printed("identities", "matrix-derivative-det", "", by("A", further.determinant)),
    Printed("identities", "matrix-derivative-inverse", "", by("A", further.bilinear_in_inverse)),
    Printed("identities", "matrix-derivative-log-det", "", by("A", further.log_determinant)),
    Printed("identities", "matrix-derivative-quadratic", "", by("u", further.quadratic)),
    Printed("identities", "matrix-derivative-squares", "", by("X", further.squares)),
    Printed("identities", "matrix-derivative-trace", "", by("X", further.trace)),
    Printed("identities", "matrix-derivative-trace-quadratic", "", by("X", further.quadratic_trace)),
    Printed("tour", "tour-grad-weights", "", lambda v: by("W", loss)(further.TOUR)),
    Printed("hidden-layer", "hidden-grad-x", "", by("W", further.two_layers)),
    Printed("hidden-layer", "hidden-grad-x", "", further.at_units, 1),
    Printed("hidden-layer", "hidden-grad-mu", "ij", further.units_at_sums),
    Printed("hidden-layer", "hidden-grad-mu", "j", further.at_sums, 1),
    Printed("hidden-layer", "hidden-grad-a", "", by("A", further.two_layers)),
    Printed("hidden-layer", "hidden-grad-v", "", by("V", further.two_layers)),
    Printed("hidden-layer", "tanh-slope", "", by("t", lambda v: jnp.tanh(v["t"]))),
    Printed("two-classes", "logistic-gradient", "", further.at_score),
    Printed("two-classes", "logistic-gradient", "j", by("w", further.two_classes), 1),
    Printed("two-classes", "logistic-gradient", "", by("w", further.two_classes), 2),
    Printed("observed-expected", "family-expected", "l", by(r"\theta", further.partition)),
    Printed("observed-expected", "observed-expected", "l", by(r"\theta", further.outcome)),
    Printed("distillation", "distillation-gradient", "k", by(r"\lambda", further.student), 1),
    Printed("distillation", "distillation-gradient-vector", "", by(r"\lambda", further.student)),
    Printed("distillation", "cold-slope", "i", by(r"\kappa", further.by_inverse)),
    Printed("distillation", "distillation-soft", "k", by(r"\lambda", further.cool_student)),
    Printed("softmax-derivatives", "softmax-numerator-gradient", "ij", by("a", lambda v: jnp.exp(v["a"]))),
    Printed("softmax-derivatives", "softmax-denominator-gradient", "j", by("a", lambda v: jnp.sum(jnp.exp(v["a"])))),
    Printed("softmax-derivatives", "softmax-jacobian-cases", "ij", softmax_jacobian),
    Printed("softmax-derivatives", "softmax-jacobian", "ij", softmax_jacobian),
    Printed("softmax-derivatives", "softmax-jacobian-matrix", "", softmax_jacobian),
    Printed("softmax-derivatives", "softmax-jacobian-symmetry", "ij", softmax_jacobian),
    Printed("softmax-derivatives", "temperature-gradient", "i", by(r"\tau", cooled)),
    Printed("softmax-derivatives", "log-softmax-gradient", "ij", by("a", lambda v: jax.nn.log_softmax(v["a"]))),
    Printed("context", "first-step-slope", "", by(r"\eta", first_step)),
    Printed("gradients-weights", "weights-independent", "lijk", weights_by_weights),
    Printed("gradients", "right-logit-gradient", "i", at_logits(right_logits)),
    Printed("gradients-weights", "chain-rule-index", "jk", by("W", loss)),
    Printed("gradients-weights", "chain-rule", "", by("W", loss)),
    Printed("gradients-weights", "jacobian-w-sum", "ijk", by("W", logits)),
    Printed("gradients-weights", "jacobian-w-cases", "ijk", by("W", logits)),
    Printed("gradients-weights", "grad-w-index", "jk", by("W", loss)),
    Printed("gradients-weights", "grad-w-chain", "", by("W", loss)),
    Printed("gradients-input", "jacobian-x", "il", by("X", logits)),
    Printed("gradients-input", "jacobian-x-matrix", "", by("X", logits)),
    Printed("gradients-input", "chain-rule-x-index", "l", by("X", loss)),
    Printed("gradients-input", "chain-rule-x", "", by("X", loss)),
    Printed("gradients-input", "grad-x-index", "l", by("X", loss)),
    Printed("gradients-input", "grad-x-chain", "", by("X", loss)),
    Printed("gradients", "exponentials-gradient", "i", at_logits(lambda scores, v: jnp.sum(jnp.exp(scores)))),
    Printed("gradients", "logsumexp-gradient", "i", at_logits(logsumexps)),
    Printed("gradients", "loss-logits-route-a", "i", grad_logits),
    Printed("gradients", "loss-softmax-gradient", "i", at_probabilities),
    Printed("gradients", "softmax-logits-jacobian", "ij", layer_jacobian),
    Printed("gradients", "softmax-logits-jacobian", "", layer_jacobian, 1),
    Printed("gradients", "chain-through-softmax", "j", grad_logits),
    Printed("gradients", "chain-through-softmax-matrix", "", grad_logits),
    Printed("gradients", "loss-logits-route-b", "j", grad_logits),
    Printed("gradients", "loss-logits-gradient", "i", grad_logits),
    Printed("gradients", "loss-logits-vector", "", grad_logits),
    Printed("gradients", "right-class-gradient", "", lambda v: grad_logits(v)[v["y"] - 1]),
    Printed("gradients-weights", "grad-w-components", "jk", by("W", loss)),
    Printed("gradients-weights", "grad-w", "", by("W", loss)),
    Printed("gradients-input", "grad-x-components", "l", by("X", loss)),
    Printed("gradients-input", "grad-x", "", by("X", loss)),
    Printed("gradients", "loss-logits-short", "j", grad_logits),
    Printed("gradients", "loss-normalised-gradient", "i", normalised_loss_at_probabilities),
    Printed("gradients", "loss-normalised-chain", "j", grad_logits),
    Printed("gradients", "quadratic-loss-gradient", "j", at_logits(quadratic_loss)),
    Printed("errata", "gradient-columns", "", lambda v: by("W", loss)(v).T),
    Printed("bias", "bias-grad-logits", "i", grad_logits),
    Printed("bias", "bias-grad-logits", "", grad_logits, 1),
    Printed("bias", "bias-jacobian", "ik", by("b", logits)),
    Printed("bias", "bias-gradient-index", "k", by("b", loss)),
    Printed("bias", "bias-gradient", "", by("b", loss)),
    Printed("bias", "bias-jacobian-w", "ijk", by("W", logits)),
    Printed("bias", "bias-grad-w", "jk", by("W", loss)),
    Printed("bias", "bias-grad-w", "", by("W", loss), 1),
    Printed("bias", "bias-grad-x", "l", by("X", loss)),
    Printed("bias", "bias-grad-x", "", by("X", loss), 1),
    Printed("bias", "bias-jacobian-x", "il", by("X", logits)),
    Printed("bias", "bias-jacobian-x", "", by("X", logits), 1),
    Printed("targets", "bias-softmax-jacobian", "ik", layer_jacobian),
    Printed("targets", "soft-labels-index", "k", at_logits(soft_loss)),
    Printed("targets", "soft-labels", "", at_logits(soft_loss)),
    Printed("targets", "soft-labels-probabilities", "i", soft_loss_at_probabilities),
    Printed("targets", "soft-labels-chain", "k", at_logits(soft_loss)),
    Printed("targets", "soft-labels-kl", "", at_logits(soft_divergence), 1),
    Printed("targets", "label-smoothing-gradient", "", at_logits(smoothed_loss)),
    Printed("batch-gradients", "batch-losses-gradient", "nri", at_logits(layer.losses_of_logits)),
    Printed("batch-gradients", "batch-grad-logits-index", "ri", grad_logits),
    Printed("batch-gradients", "batch-grad-logits", "", grad_logits),
    Printed("batch-gradients", "batch-jacobian-w", "nijk", by("W", logits)),
    Printed("batch-gradients", "batch-grad-w-index", "jk", by("W", loss)),
    Printed("batch-gradients", "batch-grad-w", "", by("W", loss)),
    Printed("batch-gradients", "batch-grad-w-mean", "", by("W", loss)),
    Printed("batch-gradients", "batch-jacobian-b", "nik", by("b", logits)),
    Printed("batch-gradients", "batch-grad-b-index", "k", by("b", loss)),
    Printed("batch-gradients", "batch-grad-b", "", by("b", loss)),
    Printed("batch-gradients", "batch-jacobian-x", "nirl", by("X", logits)),
    Printed("batch-gradients", "batch-grad-x-index", "rl", by("X", loss)),
    Printed("batch-gradients", "batch-grad-x", "", by("X", loss)),
    Printed("regularisation", "l2-grad", "", by("W", layer.regularised)),
    Printed("regularisation", "l2-grad-b", "", by("b", layer.regularised)),
    Printed(
        "batch-gradients",
        "batch-logsumexp-gradient",
        "nri",
        at_logits(lambda scores, v: jax.nn.logsumexp(scores, axis=1)),
    ),
    Printed("batch-gradients", "batch-right-logit-gradient", "nri", at_logits(right_logits)),
    Printed(
        "regularisation", "l2-penalty-gradient", "jk", by("W", lambda v: v[r"\alpha"] / 2 * jnp.vdot(v["W"], v["W"]))
    ),
    Printed("batch-gradients", "batch-grad-logits-weighted", "ri", at_logits(weighted_loss)),
    Printed("batch-gradients", "batch-grad-w-weighted", "", by("W", lambda v: weighted_loss(logits(v), v))),
    Printed("batch-descent", "batch-pair", "", by("z", pair_loss), 1),
    Printed("gradient-check", "check-derivative", "", by("t", hidden)),
    Printed("gradient-check", "check-curvature", "", by("t", hidden, 2)),
    Printed("gradient-check", "check-third", "", by("t", hidden, 3)),
    Printed("gradient-check", "check-third-bound", "", by("t", hidden, 3)),
    # Second derivatives, by JAX's derivative of its derivative.
    Printed("curvature", "hessian", "ij", hessian),
    Printed("curvature", "hessian-matrix", "", hessian),
    Printed("convexity", "hessian-w", "jklr", by("W", loss, 2)),
    Printed("batch-descent", "batch-hessian", "jklr", by("W", loss, 2)),
]
# Those that are 0: no factor shows there.
ZERO = [Printed("elsewhere", "elsewhere-half-right", "", lambda v: by("s", further.bent)({**v, "s": 0.0}), 2)]
