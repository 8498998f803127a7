r"""How a function of a snippet is compared with an oracle that shares no code with it.

    def arguments(trial): return (trial.vector(),)
    def oracle(a): return scipy.special.softmax(a)

    agrees(softmax, oracle, arguments)
    refuses(lambda a: softmax(-a), oracle, arguments)

The oracle runs in 50 digits wherever it computes with mpmath. Every trial is seeded, and a failure prints it.
"""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import product
from typing import Any

import mpmath
import numpy as np

DIGITS = 50


@dataclass(frozen=True)
class Trial:
    """One draw of a function's arguments: how many components, how large, from which seed."""

    size: int
    scale: float
    seed: int

    @cached_property
    def rng(self) -> np.random.Generator:
        """The trial's own source of chance: what is drawn first is drawn first again on the next run."""
        return np.random.default_rng([self.size, round(1000 * self.scale), self.seed])

    def vector(self, n: int | None = None) -> np.ndarray:
        """(n,) normal draws times the scale; n is the trial's size unless given."""
        return np.asarray(self.scale * self.rng.normal(size=self.size if n is None else n))

    def matrix(self, rows: int, columns: int) -> np.ndarray:
        """(rows, columns) normal draws times the scale."""
        return np.asarray(self.scale * self.rng.normal(size=(rows, columns)))

    def simplex(self, n: int | None = None) -> np.ndarray:
        """(n,) positive numbers that sum to 1: almost equal at small scales, very unequal at large ones."""
        # Beyond the power 10 the smallest would underflow to 0, which is no longer inside the simplex.
        weights: np.ndarray = self.rng.exponential(size=self.size if n is None else n) ** min(self.scale, 10.0)
        return np.asarray(weights / weights.sum())


SIZES = (1, 2, 3, 4, 5, 6)
SCALES = (1e-3, 1e-2, 0.1, 1.0, 10.0, 100.0, 1e3)
SEEDS = (0, 1)
TRIALS: tuple[Trial, ...] = tuple(Trial(*drawn) for drawn in product(SIZES, SCALES, SEEDS))


def disagreement(got: Any, expected: Any, terms: float = 0.0) -> float:
    """Worst difference, relative to the largest component of `expected`; infinite on another shape, nan or inf.

    Args:
        got: numbers of any shape.
        expected: numbers of the same shape, floats or mpmath's.
        terms: size of the terms that were added up, where they cancel: then it is the measure if it is larger.
    """
    got, expected = np.asarray(got, dtype=float), np.asarray(expected, dtype=float)
    if got.shape != expected.shape or not np.isfinite(got).all() or not np.isfinite(expected).all():
        return np.inf
    worst = np.max(np.abs(got - expected), initial=0.0)
    size = np.max(np.abs(expected), initial=terms)
    if worst == 0.0:
        return 0.0
    return float(worst / size) if size > 0.0 else np.inf


def agrees(
    function: Callable[..., Any],
    oracle: Callable[..., Any],
    arguments: Callable[[Trial], tuple[Any, ...]],
    tolerance: float = 1e-12,
    terms: Callable[..., float] | None = None,
) -> None:
    """Assert on every trial that `function` gives what `oracle` gives and leaves its arguments as they were.

    Args:
        function: what the reader sees.
        oracle: another way to the same values, called with the same arguments.
        arguments: draws them from a trial.
        tolerance: largest disagreement that rounding explains.
        terms: of the same arguments, the size of the terms that cancel (see `disagreement`).
    """
    for trial in TRIALS:
        drawn = arguments(replace(trial))  # a fresh copy of the trial, so that its generator starts anew
        given = deepcopy(drawn)
        got = function(*given)
        for before, after in zip(drawn, given, strict=True):
            assert np.array_equal(before, after), f"{trial}: the function changed its argument {before} to {after}"
        with mpmath.workdps(DIGITS):
            expected = oracle(*drawn)
        worst = disagreement(got, expected, 0.0 if terms is None else terms(*drawn))
        assert worst <= tolerance, f"{trial}: off by {worst:.1e}\narguments {drawn}\ngot {got}\nexpected {expected}"


def refuses(
    function: Callable[..., Any],
    oracle: Callable[..., Any],
    arguments: Callable[[Trial], tuple[Any, ...]],
    tolerance: float = 1e-12,
    terms: Callable[..., float] | None = None,
) -> None:
    """Assert that `agrees` fails for a wrong twin: by a value, a shape, or NumPy's ValueError on shapes."""
    with np.errstate(all="ignore"):  # a twin may overflow: what counts is the nan it returns
        try:
            agrees(function, oracle, arguments, tolerance, terms)
        except (AssertionError, ValueError):
            return
    raise AssertionError("the wrong twin was not noticed")


def complex_step(function: Callable[[np.ndarray], Any], x: np.ndarray) -> np.ndarray:
    r"""Derivative of a definition, $\operatorname{Im} f(x + \mathrm{i} h) / h$, exact to rounding.

    Args:
        function: takes a complex array of the shape of `x`; any maximum in it must follow the real part.
        x: real numbers of any shape.

    Returns:
        The shape of the value, followed by that of `x`.
    """
    h = 1e-30  # its square is lost in rounding, and nothing is subtracted
    columns = []
    for index in np.ndindex(x.shape):
        moved = x.astype(complex)
        moved[index] += 1j * h
        columns.append(np.imag(function(moved)) / h)
    value_shape = np.shape(columns[0])
    return np.stack(columns, axis=-1).reshape(value_shape + x.shape)


def once(oracle: Callable[..., Any]) -> Callable[..., Any]:
    """The oracle, which remembers what it has been asked: a function and all of its mutants ask for the same."""
    found: dict[tuple[Any, ...], Any] = {}

    def asked(*arguments: Any) -> Any:
        key = tuple((np.shape(argument), np.asarray(argument).tobytes()) for argument in arguments)
        if key not in found:
            found[key] = oracle(*arguments)
        return found[key]

    return asked


@dataclass(frozen=True)
class Case:
    """A function of a page, its oracle, its arguments, and the twins that the same comparison must refuse.

    A twin is written by hand only where no generated mutant of the function does its work: see twins.txt.
    """

    function: Callable[..., Any]
    oracle: Callable[..., Any]
    arguments: Callable[..., tuple[Any, ...]]
    twins: dict[str, Callable[..., Any]] = field(default_factory=dict)
    options: dict[str, Any] = field(default_factory=dict)

    @cached_property
    def remembered(self) -> Callable[..., Any]:
        """The oracle, asked once."""
        return once(self.oracle)

    @property
    def drawn(self) -> list[tuple[Any, ...]]:
        """The arguments of all trials."""
        return [self.arguments(replace(trial)) for trial in TRIALS]

    def agrees(self, function: Callable[..., Any]) -> None:
        """Assert that a function gives what the oracle gives."""
        agrees(function, self.remembered, self.arguments, **self.options)

    def refuses(self, twin: Callable[..., Any]) -> None:
        """Assert that a wrong twin doesn't."""
        refuses(twin, self.remembered, self.arguments, **self.options)
