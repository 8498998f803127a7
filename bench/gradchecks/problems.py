"""Random problems, each with an error planted in its gradient: the same error in the LaTeX and in the code."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import numpy as np

from bench.gradchecks.models import MODELS, Data, Model

# As the table's heads name them.
KINDS = {"factor": "facteur", "entry": "coefficient", "sign": "signe", "term": "terme"}
FACTOR, ENTRY = Fraction("1.0005"), Fraction("1.01")


@dataclass(frozen=True)
class Planted:
    """What is wrong with a gradient.

    Attributes:
        factor: multiplies it, or one of its entries.
        corner: which entry, at the first (False) or last (True) row and column; None: all of them.
        full: whether all terms are there.
    """

    factor: Fraction = Fraction(1)
    corner: tuple[bool, bool] | None = None
    full: bool = True

    @property
    def at(self) -> tuple[int, int]:
        assert self.corner is not None
        return -int(self.corner[0]), -int(self.corner[1])


RIGHT = Planted()


def planted(kind: str, rng: np.random.Generator) -> Planted:
    """An error of one kind."""
    corner = bool(rng.integers(2)), bool(rng.integers(2))
    return {
        "factor": Planted(FACTOR),
        "entry": Planted(ENTRY, corner),
        "sign": Planted(Fraction(-1), corner),
        "term": Planted(full=False),
    }[kind]


@dataclass(frozen=True)
class Problem:
    """A model at one point, with a gradient that may be wrong."""

    number: int
    model: Model
    start: Any
    data: Data
    error: Planted

    def having(self, error: Planted) -> Problem:
        return replace(self, error=error)

    def loss(self, xp: Any, v: Any, data: Data | None = None) -> Any:
        return self.model.loss(xp, v, self.data if data is None else data)

    def gradient(self, xp: Any, v: Any, data: Data | None = None) -> Any:
        """The gradient with its error.

        Args:
            xp: numpy, jax.numpy or torch.
            v: the variable.
            data: as arrays of that library, if not NumPy's.
        """
        error = self.error
        found = self.model.slopes(xp, v, self.data if data is None else data, error.full)
        if error.factor == 1:
            return found
        mask = np.ones(self.start.shape)
        if error.corner is None:
            mask[:] = float(error.factor)
        else:
            mask[error.at] = float(error.factor)
        return found * xp.asarray(mask)

    def page(self) -> str:
        """The page on which the gradient is printed with its error."""
        claim = f"{self.model.slope} = {self.printed()}"
        fences = [*self.model.setting, claim]
        return "\n".join(f"```math {{#equation-{n}}}\n{tex}\n```\n" for n, tex in enumerate(fences))

    def printed(self) -> str:
        error, model = self.error, self.model
        formula = model.gradient if error.full else model.without
        if error.factor == 1:
            return formula
        if error.corner is None:
            return rf"{decimal(error.factor)} \left( {formula} \right)"
        row = model.rows if error.corner[0] else "1"
        column = model.columns if error.corner[1] else "1"
        less = "-" if error.factor < 1 else "+"
        excess = rf"{decimal(abs(error.factor - 1))} \, [j = {row}] \, [k = {column}]"
        return rf"\left( 1 {less} {excess} \right) \left( {formula} \right)"


def decimal(value: Fraction) -> str:
    """A number as it is printed, with all of its decimals."""
    places = 0
    while value.denominator != 1 and (value * 10**places).denominator != 1:
        places += 1
    digits = str(value * 10**places).zfill(places + 1)
    return f"{digits[:-places]}.{digits[-places:]}" if places else digits


def kind_of(number: int) -> str:
    """The kind of error in the problem of a number."""
    return [*KINDS][number % len(KINDS)]


def problem(number: int) -> Problem:
    """The problem of a number, which is its seed: kinds of error take turns, and so do models."""
    rng = np.random.default_rng(number)
    model = MODELS[number // len(KINDS) % len(MODELS)]
    start, data = model.draw(rng)
    return Problem(number, model, start, data, planted(kind_of(number), rng))
