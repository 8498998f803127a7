"""The gradient checks of JAX and of PyTorch, on a function whose derivative is written by hand."""

from __future__ import annotations

import math
from typing import Any

import jax
import jax.numpy as jnp
import torch
from jax.test_util import check_grads

from bench.gradchecks.checkers import Checker
from bench.gradchecks.problems import Problem

jax.config.update("jax_platforms", "cpu")
jax.config.update("jax_enable_x64", True)

# Of the search for the tightest tolerance: its steps, in decades.
FINENESS = 0.25


def tightest(accepts_at: Any) -> float:
    """The smallest relative tolerance at which a right gradient is let through."""
    low, high = -16 / FINENESS, 0.0
    while high - low > 1:
        middle = math.floor((low + high) / 2)
        low, high = (low, middle) if accepts_at(10 ** (middle * FINENESS)) else (middle, high)
    return float(10 ** (high * FINENESS))


class Jax(Checker):
    """`jax.test_util.check_grads` of a function with a custom derivative, of order 1, forward and reverse."""

    name = "JAX"

    def accepts(self, problem: Problem) -> bool:
        return self._accepts(problem)

    def precision(self, problem: Problem) -> float:
        return tightest(lambda tolerance: self._accepts(problem, atol=0.0, rtol=tolerance))

    def _accepts(self, problem: Problem, **tolerances: float) -> bool:
        data = {name: jnp.asarray(value) for name, value in problem.data.items()}

        @jax.custom_jvp  # type: ignore[untyped-decorator]
        def loss(v: Any) -> Any:
            return problem.loss(jnp, v, data)

        @loss.defjvp  # type: ignore[untyped-decorator]
        def slope(primals: Any, tangents: Any) -> Any:
            return loss(*primals), jnp.sum(problem.gradient(jnp, primals[0], data) * tangents[0])

        try:
            check_grads(loss, (jnp.asarray(problem.start),), order=1, **tolerances)
        except AssertionError:
            return False
        return True


class Torch(Checker):
    """`torch.autograd.gradcheck` of a function with a backward pass of its own."""

    name = "PyTorch"

    def accepts(self, problem: Problem) -> bool:
        return self._accepts(problem)

    def precision(self, problem: Problem) -> float:
        return tightest(lambda tolerance: self._accepts(problem, atol=0.0, rtol=tolerance))

    def _accepts(self, problem: Problem, **tolerances: float) -> bool:
        data = {name: torch.as_tensor(value) for name, value in problem.data.items()}

        class Loss(torch.autograd.Function):  # type: ignore[misc]
            @staticmethod
            def forward(ctx: Any, v: Any) -> Any:
                ctx.save_for_backward(v)
                return problem.loss(torch, v, data)

            @staticmethod
            def backward(ctx: Any, grad_output: Any) -> Any:
                (v,) = ctx.saved_tensors
                return grad_output * problem.gradient(torch, v, data)

        start = torch.tensor(problem.start, dtype=torch.double, requires_grad=True)
        return bool(torch.autograd.gradcheck(Loss.apply, (start,), raise_exception=False, **tolerances))


FRAMEWORKS: list[Checker] = [Torch(), Jax()]
