"""The gradients that the snippets compute, against JAX's, and before SciPy's check_grad, on the pages' trials."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from scipy.optimize import check_grad

import batch_descent
import batches
import batches_gradients
import batches_l2
import bias
import bias_augmented
import bias_targets
import context
import curvature
import gradients
import gradients_logits
import softmax
import softmax_derivatives
from tests.peers import layer
from tests.peers.agreement import TOLERANCE, WRONG, disagreement
from tests.peers.derivatives import cooled, grad_logits, hessian, soft_loss, softmax_jacobian
from tests.peers.layer import V, at_logits, at_probabilities, by
from tests.peers.printed import ALL, Numbers, drawn

# Forward differences with a step of 1.5e-8, of losses and weights of a size of 10, are this far off.
FORWARD = 1e-5


@dataclass(frozen=True)
class Gradient:
    """A snippet's derivative and JAX's, from what a trial of a page draws."""

    page: str
    snippet: Callable[..., Any]
    arguments: Callable[[V], tuple[Any, ...]]
    oracle: Callable[[V], Any]

    def __str__(self) -> str:
        return f"{self.snippet.__module__}.{self.snippet.__name__}"

    def value(self, v: V) -> Numbers:
        return np.asarray(self.snippet(*self.arguments(v)), dtype=float)


def forward(v: V) -> tuple[Numbers, Numbers]:
    """S and Y by the snippets, of one example."""
    S = context.probabilities(context.linear(v["X"], v["W"]))
    return S, context.one_hot(v["y"], v["C"])


def biased(v: V) -> tuple[Numbers, Numbers]:
    return bias.probabilities(bias.affine(v["X"], v["W"], v["b"])), bias.target(v["y"], v["C"])


def batch(v: V) -> tuple[Numbers, Numbers]:
    S = batches.batch_softmax(batches.batch_logits(v["X"], v["W"], v["b"]))
    return S, batches.one_hot_rows(classes(v), v["C"])


def classes(v: V) -> Numbers:
    return np.asarray(v["y"], dtype=int)


GRADIENTS = [
    Gradient("softmax", softmax_derivatives.jacobian, lambda v: (v["a"],), softmax_jacobian),
    Gradient("softmax", softmax_derivatives.jacobian_by_cases, lambda v: (v["a"],), softmax_jacobian),
    Gradient(
        "softmax-derivatives",
        softmax_derivatives.temperature_gradient,
        lambda v: (v["a"], v[r"\tau"]),
        by(r"\tau", cooled),
    ),
    Gradient("context", context.gradient, lambda v: (v["X"], v["W"], v["y"]), by("W", layer.loss)),
    Gradient("gradients", gradients.grad_logits, forward, grad_logits),
    Gradient("gradients", gradients.grad_logits_by_cases, lambda v: (forward(v)[0], v["y"]), grad_logits),
    Gradient("gradients", gradients.grad_weights, lambda v: (v["X"], *forward(v)), by("W", layer.loss)),
    Gradient("gradients", gradients.grad_weights_by_index, lambda v: (v["X"], *forward(v)), by("W", layer.loss)),
    Gradient("gradients", gradients.grad_input, lambda v: (v["W"], *forward(v)), by("X", layer.loss)),
    Gradient("gradients", gradients.grad_input_by_index, lambda v: (v["W"], *forward(v)), by("X", layer.loss)),
    Gradient("gradients", gradients_logits.probabilities_gradient, forward, at_probabilities),
    Gradient("gradients", gradients_logits.logits_by_probabilities, forward, grad_logits),
    Gradient("bias", bias.grad_b, biased, by("b", layer.loss)),
    Gradient("bias", bias_augmented.grad_W, lambda v: (v["X"], *biased(v)), by("W", layer.loss)),
    Gradient("bias", bias_augmented.grad_X, lambda v: (v["W"], *biased(v)), by("X", layer.loss)),
    Gradient("targets", bias_targets.soft_gradient, lambda v: (biased(v)[0], v["p"]), at_logits(soft_loss)),
    Gradient("batch-gradients", batches_gradients.batch_grad_logits, batch, grad_logits),
    Gradient("batch-gradients", batches_gradients.batch_grad_W, lambda v: (v["X"], *batch(v)), by("W", layer.loss)),
    Gradient(
        "batch-gradients", batches_gradients.batch_grad_W_by_loops, lambda v: (v["X"], *batch(v)), by("W", layer.loss)
    ),
    Gradient("batch-gradients", batches_gradients.batch_grad_b, batch, by("b", layer.loss)),
    Gradient("batch-gradients", batches_gradients.batch_grad_X, lambda v: (*batch(v), v["W"]), by("X", layer.loss)),
    Gradient(
        "regularisation",
        batches_l2.regularised_grad_W,
        lambda v: (v["X"], *batch(v), v["W"], v[r"\alpha"]),
        by("W", layer.regularised),
    ),
    Gradient("curvature", curvature.hessian, lambda v: (v["X"] @ v["W"],), hessian),
    Gradient("curvature", curvature.hessian_matrix, lambda v: (forward(v)[0],), hessian),
    Gradient("convexity", curvature.hessian_weights, lambda v: (v["X"], forward(v)[0]), by("W", layer.loss, 2)),
    Gradient("batch-descent", batch_descent.batch_hessian, lambda v: (v["X"], v["W"], v["b"]), by("W", layer.loss, 2)),
    Gradient(
        "batch-descent",
        batch_descent.mean_gradient,
        lambda v: (v["X"], v["W"], v["b"], classes(v)),
        by("W", layer.loss),
    ),
]


@pytest.mark.parametrize("gradient", GRADIENTS, ids=str)
def test_the_snippet_computes_the_derivative_and_a_wrong_one_is_seen(gradient: Gradient) -> None:
    seen = dict.fromkeys(WRONG, 0)
    for trial in ALL:
        v = drawn(gradient.page, trial)
        expected, found = gradient.oracle(v), gradient.value(v)
        assert disagreement(found, expected) <= TOLERANCE, f"trial {trial}"
        for error, spoil in WRONG.items():
            seen[error] += disagreement(spoil(found), expected) > TOLERANCE
    # Where there is one class, or one component, some derivatives are 0, and no factor shows.
    assert min(seen.values()) >= len(ALL) / 2


@dataclass(frozen=True)
class Checked:
    """A loss and its gradient by snippets alone, for check_grad: both of one variable, the rest as a trial draws it."""

    page: str
    variable: str
    loss: Callable[[V], Any]
    gradient: Callable[[V], Any]

    def __str__(self) -> str:
        return f"{self.loss.__name__}-{self.variable}"

    def error(self, v: V, spoil: Callable[[Numbers], Numbers] = lambda right: right) -> float:
        """What check_grad returns: the length of the difference."""
        shape = v[self.variable].shape

        def moved(flat: Numbers) -> V:
            return {**v, self.variable: flat.reshape(shape)}

        return float(
            check_grad(
                lambda flat: float(self.loss(moved(flat))),
                lambda flat: spoil(np.asarray(self.gradient(moved(flat)))).ravel(),
                v[self.variable].ravel(),
            )
        )


def single(v: V) -> Any:
    return context.loss_of_weights(v["X"], v["W"], v["y"])


def with_bias(v: V) -> Any:
    S, Y = biased(v)
    return bias.loss(Y, S)


def first_probability(v: V) -> Any:
    return softmax.softmax(v["a"])[0]


def mean(v: V) -> Any:
    return batches.batch_loss(batch(v)[0], classes(v))


def penalised(v: V) -> Any:
    return batches_l2.regularised_loss(mean(v), v["W"], v[r"\alpha"])


CHECKED = [
    Checked("gradients", "W", single, lambda v: gradients.grad_weights(v["X"], *forward(v))),
    Checked("gradients", "X", single, lambda v: gradients.grad_input(v["W"], *forward(v))),
    Checked("bias", "b", with_bias, lambda v: bias.grad_b(*biased(v))),
    Checked("batch-gradients", "W", mean, lambda v: batches_gradients.batch_grad_W(v["X"], *batch(v))),
    Checked("batch-gradients", "b", mean, lambda v: batches_gradients.batch_grad_b(*batch(v))),
    Checked("batch-gradients", "X", mean, lambda v: batches_gradients.batch_grad_X(*batch(v), v["W"])),
    Checked(
        "regularisation",
        "W",
        penalised,
        lambda v: batches_l2.regularised_grad_W(v["X"], *batch(v), v["W"], v[r"\alpha"]),
    ),
    Checked("softmax", "a", first_probability, lambda v: softmax_derivatives.jacobian(v["a"])[0]),
]


@pytest.mark.parametrize("checked", CHECKED, ids=str)
def test_check_grad_accepts_the_snippets_and_refuses_a_wrong_one(checked: Checked) -> None:
    seen = dict.fromkeys(WRONG, 0)
    for trial in ALL:
        v = drawn(checked.page, trial)
        assert checked.error(v) <= FORWARD, f"trial {trial}"
        for error, spoil in WRONG.items():
            seen[error] += checked.error(v, spoil) > FORWARD
    assert min(seen.values()) >= len(ALL) / 2
