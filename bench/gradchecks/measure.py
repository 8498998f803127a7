"""What each check lets through, what it refuses wrongly, how fine it is, and how long it takes."""

from __future__ import annotations

import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from bench.gradchecks.checkers import Checker
from bench.gradchecks.problems import RIGHT, Planted, Problem, kind_of


@dataclass(frozen=True)
class Row:
    """What was measured of one check.

    Attributes:
        passed: how many wrong gradients it let through, by kind of error.
        refused: how many right ones it refused.
        smallest: the median over problems of the largest n such that it refuses a factor of 1 + 10⁻ⁿ.
        precision: the median relative distance of a right gradient from what it is compared with.
        seconds: the median time that it takes to accept a right gradient.
    """

    name: str
    passed: Counter[str]
    refused: int
    smallest: float
    precision: float
    seconds: float


def smallest_factor(accepts: Callable[[Problem], bool], problem: Problem, finest: int) -> int:
    """The largest n up to `finest` such that a gradient too large by a factor of 1 + 10⁻ⁿ is refused."""
    low, high = -6, finest + 1  # refused, as any check would refuse a factor of a million; not refused
    while high - low > 1:
        middle = (low + high) // 2
        factor = 1 + Fraction(10) ** -middle
        low, high = (low, middle) if accepts(problem.having(Planted(factor))) else (middle, high)
    return low


def median_time(accepts: Callable[[Problem], bool], problems: Iterable[Problem]) -> float:
    """The median time of one check, in seconds, each the second of its problem: JAX compiles at the first.

    It is the processor's, all threads together: what else the machine does isn't counted.
    """
    seconds = []
    for problem in problems:
        accepts(problem)
        start = time.process_time()
        accepts(problem)
        seconds.append(time.process_time() - start)
    return statistics.median(seconds)


def measured(checker: Checker, problems: Sequence[Problem], few: int) -> Row:
    """Measure one check.

    Args:
        checker: the check.
        problems: with their errors.
        few: on how many of them, the first, fineness and time are measured.
    """
    right = [problem.having(RIGHT) for problem in problems]
    return Row(
        checker.name,
        Counter(kind_of(problem.number) for problem in problems if checker.accepts(problem)),
        sum(not checker.accepts(problem) for problem in right),
        statistics.median(smallest_factor(checker.accepts, problem, checker.finest) for problem in right[:few]),
        statistics.median(checker.precision(problem) for problem in right[:few]),
        median_time(checker.accepts, right[:few]),
    )
