"""The trials of a page: its symbols drawn again and again, the same for all of its equations."""

from __future__ import annotations

from collections.abc import Collection, Hashable
from copy import copy
from typing import Any

from ..evaluation.effort import MANY_DIGITS, Effort
from ..meaning.statement import Domain
from ..message.refusal import Refusal
from ..names.table import Names
from ..numbers.array import Array, Value
from ..numbers.scalar import digits
from .chance import Moves, Told
from .draw import Draw, size_names
from .structured import ALIKE, RUNS, Plan
from .values import Trial

# On at least this many trials is an equation checked, and on as many wilder ones where it has an inequality.
TRIALS = 20
SEED = 0
# How many are drawn to find those on which a condition holds.
ATTEMPTS = 20
# From so many special values may a hunt start, at the sizes of each ordinary trial.
STARTS = RUNS + len(ALIKE)


class Trials:
    """The trials of a page, drawn from a seed.

    Attributes:
        names: the page's.
        sizes: the symbols among them that may be sizes.
        seed: decides all that is drawn.
        count: how many trials an equation has.
        plan: of structured trials, which values they take.
        larger: the size that is larger than on all other trials, if one is.
        moves: how far from where they were drawn its numbers are, in search of a counterexample.
        effort: what the equation that is being checked has taken.
    """

    def __init__(self, names: Names, seed: int = SEED, count: int = TRIALS) -> None:
        self.names, self.seed = names, seed
        self.plan: Plan | None = None
        self.larger = ""
        self.moves = Moves()
        self.sizes = size_names(names)
        # Each size is 1 on every fourth trial by turns: there must be enough of them.
        self.count = max(count, 4 * len(self.sizes)) if count >= TRIALS else count
        self.effort = Effort()
        self._trials: dict[tuple[Any, ...], Trial] = {}
        self._told: dict[str, Told] = {}
        self._structured: dict[tuple[tuple[str, ...], bool, tuple[str, ...]], Trials] = {}
        self._larger: dict[str, Trials] = {}

    def trial(self, number: int, wild: bool = False, fixed: tuple[tuple[str, Value], ...] = (), many: int = 0) -> Trial:
        """One trial.

        Args:
            number: from 0.
            wild: whether its numbers are larger than usual.
            fixed: symbols whose values a condition says.
            many: digits to compute with; 0 for floats.
        """
        key = number, wild, tuple((name, _hashable(value)) for name, value in fixed) if fixed else (), many
        if key not in self._trials:
            drawn, run = number, None
            if self.plan is not None:
                run = self.plan.run(number % STARTS, is_moved=bool(self.moves.count))
                drawn = number if self.plan.is_sized else number // STARTS
            draw = Draw(self.seed, drawn, wild, self.sizes, self.moves, run, self.larger, self._told)
            context, weight = (digits(many), MANY_DIGITS) if many else (None, 1)
            self._trials[key] = Trial(self.names, draw, self.effort, context, dict(fixed), None, weight)
        return self._trials[key]

    def told(self, number: int) -> Hashable:
        """The values of a structured trial's symbols, as a key; where one has none, the trial's number."""
        assert self.plan is not None
        trial = self.trial(number)
        try:
            values = [trial.value(name) for name in (*self.plan.sizes, *self.plan.columns)]
        except Refusal:
            return number
        # As text, which tells 0 from -0.
        return tuple(
            (value.shape, value.column, repr(value.entries.tolist())) if isinstance(value, Array) else repr(value)
            for value in values
        )

    def structured(self, symbols: Collection[Hashable], is_sized: bool = True, bound: tuple[str, ...] = ()) -> Trials:
        """The structured trials of what reads these symbols; others don't change them.

        Args:
            symbols: what is read.
            is_sized: whether sizes are structured too; else trial k takes the values of run k % STARTS, and the sizes
                of ordinary trial k // STARTS.
            bound: what is drawn beside them for letters that a statement binds.
        """
        read = tuple(name for name in self.names.values if name in symbols and self.names.domain(name) is not None)
        if (read, is_sized, bound) not in self._structured:
            found = copy(self)
            found.plan, found.count, found._trials = planned(self.names, read, is_sized, bound), RUNS, {}
            self._structured[read, is_sized, bound] = found
        return self._structured[read, is_sized, bound]

    def moved(self, moves: Moves) -> Trials:
        """The same trials, with their numbers moved."""
        other = copy(self)
        other.moves, other._trials = moves, {}
        return other

    def with_larger(self, size: str) -> Trials:
        """The same trials, with one size larger than on all others, and the other sizes small."""
        if size not in self._larger:
            found = copy(self)
            found.larger, found._trials = size, {}
            self._larger[size] = found
        return self._larger[size]

    def first(self, count: int) -> Trials:
        """The first of these trials alone; what is drawn on them is drawn once for both."""
        fewer = copy(self)
        fewer.count = count
        return fewer


def _hashable(value: Value) -> object:
    """A value as a part of a key."""
    return (value.shape, value.column, *value.entries.flat) if isinstance(value, Array) else value


def planned(names: Names, read: tuple[str, ...], is_sized: bool, bound: tuple[str, ...] = ()) -> Plan:
    """The structured trials of these declared symbols: each with a column, and an earlier one of the same set."""
    sizes = tuple(name for name in size_names(names) if name in read)
    others = [name for name in read if name not in sizes]
    twins: dict[str, str] = {}
    latest: dict[Domain, str] = {}
    for name in others:
        domain = names.domain(name)
        assert domain is not None
        if domain in latest:
            twins[name] = latest[domain]
        latest[domain] = name
    return Plan({name: n for n, name in enumerate([*others, *bound])}, sizes if is_sized else (), twins, is_sized)
