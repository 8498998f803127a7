"""Central differences and Taylor remainders of the printed losses, from their values alone.

They share nothing with the forward mode that verimath derives by, nor with the complex step of the snippets' oracles,
nor with JAX: the loss is evaluated at real points, and subtracted.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pytest

from tests.peers.agreement import WRONG, disagreement
from tests.peers.printed import ALL, Numbers, evaluated, numbers, trials_of
from verimath.numbers.array import Array, make

# Of central differences: near the best step, and what it leaves.
STEP, DIFFERENCE = 1e-5, 1e-7
# The remainder is what a loss keeps when its value and slope are taken away: it shrinks as the square of the step, and
# as the step itself where the slope is wrong.
STEPS = (1e-3, 1e-4, 1e-5)
ORDER = 1.95
# With less curvature than this, rounding hides the remainder.
FLAT = 1e-2


@dataclass(frozen=True)
class Slope:
    """A printed gradient of a loss that the same page prints."""

    page: str
    loss: str
    variable: str
    gradient: str

    def __str__(self) -> str:
        return f"{self.page}:{self.gradient}"

    def at(self, trial: int) -> Numbers:
        """The variable's value on a trial."""
        return numbers(trials_of(self.page).trial(trial).value(self.variable))

    def loss_at(self, trial: int, moved: Numbers) -> float:
        """The loss where the variable has another value."""
        world = trials_of(self.page).trial(trial)
        value = world.value(self.variable)
        entries = [float(x) for x in moved.flat]
        other = make(value.shape, entries, value.column) if isinstance(value, Array) else entries[0]
        return float(numbers(world.having({self.variable: other}).value(self.loss)))

    def differences(self, trial: int) -> Numbers:
        """The gradient by a central difference for each component."""
        found = np.zeros(self.at(trial).shape)
        for index in np.ndindex(found.shape):
            step = np.zeros(found.shape)
            step[index] = STEP
            low, high = (self.loss_at(trial, self.at(trial) + sign * step) for sign in (-1, 1))
            found[index] = (high - low) / (2 * STEP)
        return found

    def order(self, trial: int, gradient: Numbers) -> float | None:
        """The lowest order at which the remainder shrinks in a random direction; None where the loss is flat."""
        direction = np.random.default_rng(trial).normal(size=gradient.shape)
        start, slope = self.loss_at(trial, self.at(trial)), float(np.vdot(gradient, direction))
        left = [abs(self.loss_at(trial, self.at(trial) + h * direction) - start - h * slope) for h in STEPS]
        if left[0] < FLAT * STEPS[0] ** 2:
            return None
        return min(np.log(a / b) / np.log(10) if b else np.inf for a, b in pairwise(left))


SLOPES = [
    Slope("gradients", "L", "W", r"X^\top (S - Y)"),
    Slope("gradients-input", "L", "X", r"(S - Y) W^\top"),
    Slope("gradients", "L", r"\lambda", "S - Y"),
    Slope("gradients", "L", "W", r"\frac{\partial L}{\partial W}"),
    Slope("gradients", "Q", r"\lambda", r"\frac{\partial Q}{\partial \lambda}"),
    Slope("bias", "L", "b", "S - Y"),
    Slope("batch-gradients", "L", "W", r"\frac{1}{N} X^\top (S - Y)"),
    Slope("batch-gradients", "L", "b", r"\frac{1}{N} \mathbf{1}_N (S - Y)"),
    Slope("batch-gradients", "L", "X", r"\frac{1}{N} (S - Y) W^\top"),
    Slope("regularisation", "R", "W", r"\frac{1}{N} X^\top (S - Y) + \alpha W"),
]


@pytest.mark.parametrize("slope", SLOPES, ids=str)
def test_central_differences_agree_and_refuse_a_wrong_gradient(slope: Slope) -> None:
    seen = dict.fromkeys(WRONG, 0)
    for trial in ALL:
        gradient, expected = evaluated(slope.page, slope.gradient, trial), slope.differences(trial)
        assert disagreement(gradient, expected) <= DIFFERENCE, f"trial {trial}"
        for error, spoil in WRONG.items():
            seen[error] += disagreement(spoil(gradient), expected) > DIFFERENCE
    assert min(seen.values()) >= len(ALL) / 2


def orders(slope: Slope, spoil: Callable[[Numbers], Numbers]) -> list[float]:
    found = [slope.order(trial, spoil(evaluated(slope.page, slope.gradient, trial))) for trial in ALL]
    return [order for order in found if order is not None]


@pytest.mark.parametrize("slope", SLOPES, ids=str)
def test_the_remainder_is_of_second_order(slope: Slope) -> None:
    found = orders(slope, lambda right: right)
    assert len(found) >= 2 * len(ALL) / 5  # where the loss is curved enough to tell
    assert min(found) >= ORDER


@pytest.mark.parametrize("error", WRONG)
@pytest.mark.parametrize("slope", SLOPES, ids=str)
def test_with_a_wrong_gradient_it_is_not(slope: Slope, error: str) -> None:
    found = orders(slope, WRONG[error])
    assert sum(order < ORDER for order in found) >= len(ALL) / 2
