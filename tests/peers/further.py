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


# Matrices, and what was found elsewhere


def bilinear(v: V) -> Any:
    return jnp.asarray(v["u"]).ravel() @ v["A"] @ jnp.asarray(v["v"]).ravel()


def bilinear_in_inverse(v: V) -> Any:
    return jnp.asarray(v["u"]).ravel() @ jnp.linalg.solve(jnp.asarray(v["A"]), jnp.asarray(v["v"]).ravel())


def quadratic(v: V) -> Any:
    u = jnp.asarray(v["u"]).ravel()
    return u @ v["A"] @ u


def determinant(v: V) -> Any:
    return jnp.linalg.det(jnp.asarray(v["A"]))


def log_determinant(v: V) -> Any:
    return jnp.linalg.slogdet(jnp.asarray(v["A"]))[1]


def squares(v: V) -> Any:
    return jnp.sum((jnp.asarray(v["X"]) @ jnp.asarray(v["z"]).ravel() - jnp.asarray(v["u"]).ravel()) ** 2)


def trace(v: V) -> Any:
    return jnp.sum(jnp.asarray(v["Y"]) * jnp.asarray(v["X"]).T)


def quadratic_trace(v: V) -> Any:
    X = jnp.asarray(v["X"])
    return jnp.einsum("ij,ik,kj->", X, jnp.asarray(v["A"]), X)


def factored(v: V) -> Any:
    """Half the squared distance of a matrix from a product of two."""
    return jnp.sum((jnp.asarray(v["R"]) - jnp.asarray(v["U"]) @ jnp.asarray(v["V"]).T) ** 2) / 2


def bent(v: V) -> Any:
    """Where a beam is, at a distance from its clamped end."""
    return v["C"] * v["s"] ** 2 / (2 * v[r"\rho"])
