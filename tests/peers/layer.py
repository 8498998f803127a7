"""The site's layer again, in JAX: what the pages define, by other formulas and other people's functions.

The loss is a log-softmax here, not a divergence; the probabilities are JAX's. All derivatives are JAX's own.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp

V = dict[str, Any]  # what a trial draws, by its LaTeX
LAMBDA, BATCH_LAMBDA = r"\lambda", r"\Lambda"


def logits(v: V) -> Any:
    """XW, and the bias where the page has one; of one example or of a batch."""
    return jnp.asarray(v["X"]) @ jnp.asarray(v["W"]) + jnp.asarray(v.get("b", 0.0))


def one_hot(v: V) -> Any:
    return jax.nn.one_hot(jnp.asarray(v["y"], dtype=int) - 1, v["C"], dtype=float)


def loss_of_logits(scores: Any, v: V) -> Any:
    """Mean over the examples, where there are several."""
    return -jnp.mean(jnp.sum(one_hot(v) * jax.nn.log_softmax(scores), axis=-1))


def losses_of_logits(scores: Any, v: V) -> Any:
    return -jnp.sum(one_hot(v) * jax.nn.log_softmax(scores), axis=-1)


def loss(v: V) -> Any:
    return loss_of_logits(logits(v), v)


def regularised(v: V) -> Any:
    return loss(v) + v[r"\alpha"] / 2 * jnp.vdot(v["W"], v["W"])


def probabilities(v: V) -> Any:
    return jax.nn.softmax(logits(v))


def loss_of_probabilities(S: Any, v: V) -> Any:
    """The divergence, whose terms for impossible outcomes are 0."""
    return jnp.sum(jax.scipy.special.rel_entr(one_hot(v), S))


def by(name: str, function: Callable[[V], Any], order: int = 1) -> Callable[[V], Any]:
    """The derivative of a function of the drawn symbols by one of them: axes of the value first."""

    def derivative(v: V) -> Any:
        def moved(value: Any) -> Any:
            return function({**v, name: value})

        found = moved
        for _ in range(order):
            found = jax.jacrev(found)
        return found(jnp.asarray(v[name], dtype=float))

    return derivative


def at_logits(function: Callable[[Any, V], Any], order: int = 1) -> Callable[[V], Any]:
    """The derivative of a function of the logits, where they are."""

    def derivative(v: V) -> Any:
        def found(scores: Any) -> Any:
            return function(scores, v)

        for _ in range(order):
            found = jax.jacrev(found)
        return found(logits(v))

    return derivative


def at_probabilities(v: V) -> Any:
    """The derivative of the loss as a function of the probabilities."""
    return jax.grad(loss_of_probabilities)(probabilities(v), v)
