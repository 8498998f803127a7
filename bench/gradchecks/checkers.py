"""Gradient checks as their documentation says to use them, in double precision, at their defaults."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any, ClassVar

import numpy as np
from scipy.optimize import check_grad

from bench.french import ten
from bench.gradchecks.problems import Problem
from verimath.derivation.builds_on import Derivation
from verimath.latex import katex
from verimath.page.page import read
from verimath.trials.page_trials import TRIALS, Trials
from verimath.verdict.check import check
from verimath.verdict.precision import agreements


class Checker(ABC):
    """One way to check a gradient.

    Attributes:
        name: for the table.
        finest: 10 to the minus this is the smallest relative error that it is shown.
    """

    name: str
    finest: ClassVar[int] = 15

    @abstractmethod
    def accepts(self, problem: Problem) -> bool:
        """Whether it lets the problem's gradient through, at its defaults."""

    @abstractmethod
    def precision(self, problem: Problem) -> float:
        """How far a right gradient is from what it is compared with: what the tool could be asked to tolerate."""


class Scipy(Checker):
    """`scipy.optimize.check_grad` gives a length and no verdict: the threshold is found in `calibrated`."""

    name = "SciPy"

    def __init__(self) -> None:
        self.threshold = 0.0

    def length(self, problem: Problem) -> float:
        shape = problem.start.shape
        return float(
            check_grad(
                lambda flat: problem.loss(np, flat.reshape(shape)),
                lambda flat: problem.gradient(np, flat.reshape(shape)).ravel(),
                problem.start.ravel(),
            )
        )

    def calibrated(self, right: list[Problem]) -> None:
        """Take the smallest power of ten that accepts these gradients, which are right."""
        self.threshold = 10.0 ** int(np.ceil(np.log10(max(self.length(problem) for problem in right))))

    def accepts(self, problem: Problem) -> bool:
        return self.length(problem) <= self.threshold

    def precision(self, problem: Problem) -> float:
        return self.length(problem) / float(np.linalg.norm(problem.gradient(np, problem.start)))


class Cs231n(Checker):
    """The notes of the course CS231n: central differences with a step of 1e-5, the relative error of each entry."""

    STEP = 1e-5

    def __init__(self, power: int) -> None:
        self.threshold, self.name = 10.0**-power, f"CS231n, {ten(-power)}"

    def errors(self, problem: Problem) -> Any:
        """|a - n| / (|a| + |n|) for each entry, and 0 where both are 0."""
        numeric = np.zeros(problem.start.shape)
        for index in np.ndindex(problem.start.shape):
            step = np.zeros(problem.start.shape)
            step[index] = self.STEP
            rise = problem.loss(np, problem.start + step) - problem.loss(np, problem.start - step)
            numeric[index] = rise / (2 * self.STEP)
        analytic = problem.gradient(np, problem.start)
        sizes = np.abs(analytic) + np.abs(numeric)
        return np.abs(analytic - numeric) / np.where(sizes == 0, 1.0, sizes)

    def accepts(self, problem: Problem) -> bool:
        return bool(self.errors(problem).max() <= self.threshold)

    def precision(self, problem: Problem) -> float:
        return float(self.errors(problem).max())


class Verimath(Checker):
    """The formula as printed, on verimath's own trials, seeded with the problem's number."""

    name = "verimath"
    # It evaluates the formula in 50 digits too.
    finest = 60

    def derivation(self, problem: Problem) -> Derivation:
        # The trees of formulas are kept within a process: here each check parses its own, as a first one would.
        katex.forget()
        text = problem.page()
        return Derivation(lambda file: read(file, text))

    def accepts(self, problem: Problem) -> bool:
        scope = self.derivation(problem).node("page.md").names
        trials = Trials(scope, problem.number)
        verdicts = [check(formula, trials).verdict for formula in scope.formulas]
        if {*verdicts[:-1]} != {"holds"} or verdicts[-1] == "ill-formed":
            raise AssertionError(f"problem {problem.number} is {verdicts}:\n{problem.page()}")
        return verdicts[-1] == "holds"

    def precision(self, problem: Problem) -> float:
        """In 50 digits, on the worst trial."""
        label = f"equation-{len(problem.model.setting)}"
        ((_, said),) = agreements(self.derivation(problem), ["page.md"], problem.number, TRIALS, label)
        return float(10.0 ** -float(said.removeprefix("all ").split()[0]))
