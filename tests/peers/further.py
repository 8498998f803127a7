"""What the pages that go further define, again, in JAX: two layers, two classes, a family, a teacher."""

from __future__ import annotations

from typing import Any

import jax
import jax.numpy as jnp

from tests.peers import layer
from tests.peers.layer import V

TOUR = {"X": jnp.array([1.0, 2.0]), "W": jnp.array([[0.75, -0.25, 0.25], [0.0, 0.25, 0.5]]), "y": 2, "C": 3}


def sums(v: V) -> Any:
    """What the first of two layers gives to its units."""
    return jnp.asarray(v["V"]) @ jnp.asarray(v["A"])


def of_units(units: Any, v: V) -> Any:
    return layer.loss_of_logits(units @ jnp.asarray(v["W"]), v)


def two_layers(v: V) -> Any:
    return of_units(jnp.tanh(sums(v)), v)


def at_units(v: V) -> Any:
    return jax.grad(of_units)(jnp.tanh(sums(v)), v)


def at_sums(v: V) -> Any:
    return jax.grad(lambda moved: of_units(jnp.tanh(moved), v))(sums(v))


def units_at_sums(v: V) -> Any:
    return jax.jacrev(jnp.tanh)(sums(v))


def of_score(score: Any, v: V) -> Any:
    """The loss of two classes, of the score of the one that y = 1 says."""
    return jax.nn.softplus(score) - v["y"] * score


def two_classes(v: V) -> Any:
    return of_score(jnp.asarray(v["X"]) @ jnp.asarray(v["w"]), v)


def at_score(v: V) -> Any:
    return jax.grad(of_score)(jnp.asarray(v["X"]) @ jnp.asarray(v["w"]), v)


def family(v: V) -> Any:
    """The scores of an exponential family."""
    return jnp.asarray(v["t"]) @ v[r"\theta"]


def partition(v: V) -> Any:
    return jax.nn.logsumexp(family(v))


def outcome(v: V) -> Any:
    return -jax.nn.log_softmax(family(v))[v["y"] - 1]


def teacher(v: V) -> Any:
    return jax.nn.softmax(jnp.asarray(v[r"\mu"]) / v[r"\tau"])


def student(v: V) -> Any:
    return -jnp.vdot(teacher(v), jax.nn.log_softmax(v[r"\lambda"] / v[r"\tau"]))


def cool_student(v: V) -> Any:
    return -jnp.vdot(teacher(v), jax.nn.log_softmax(v[r"\lambda"]))


def by_inverse(v: V) -> Any:
    return jax.nn.softmax(v[r"\kappa"] * jnp.asarray(v[r"\lambda"]))
