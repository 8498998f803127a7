"""The trials of a page: its symbols drawn again and again, the same for all of its equations."""

from __future__ import annotations

from typing import Any

from ..names.scope import Scope
from ..numbers.array import Value
from ..numbers.scalar import digits
from .chance import Move
from .draw import Draw, size_names
from .world import Effort, World

# On at least this many trials is an equation checked, and on as many wilder ones where it has an inequality.
TRIALS = 20
SEED = 0
# How many are drawn to find those on which a condition holds.
ATTEMPTS = 20
# So many moved trials are kept.
KEPT = 200


class Trials:
    """The worlds of a page, drawn from a seed.

    Attributes:
        scope: the page's names.
        seed: decides all that is drawn.
        count: how many trials an equation has.
        moves: how far from where they were drawn its numbers are, in search of a counterexample.
        effort: what the equation that is being checked has taken.
    """

    def __init__(self, scope: Scope, seed: int = SEED, count: int = TRIALS) -> None:
        self.scope, self.seed = scope, seed
        self.moves: tuple[Move, ...] = ()
        self.names = size_names(scope)
        # Each size is 1 on every fourth trial by turns: there must be enough of them.
        self.count = max(count, 4 * len(self.names)) if count >= TRIALS else count
        self.effort = Effort()
        self._worlds: dict[tuple[Any, ...], World] = {}
        self._moved: dict[tuple[Move, ...], Trials] = {}

    def world(self, trial: int, wild: bool = False, fixed: tuple[tuple[str, Value], ...] = (), many: int = 0) -> World:
        """One trial.

        Args:
            trial: its number, from 0.
            wild: whether its numbers are larger than usual.
            fixed: symbols whose values a condition says.
            many: digits to compute with; 0 for floats.
        """
        key = (
            trial,
            wild,
            tuple((name, id(value) if hasattr(value, "entries") else value) for name, value in fixed),
            many,
        )
        if key not in self._worlds:
            draw = Draw(self.seed, trial, wild, self.names, self.moves)
            context = digits(many) if many else None
            self._worlds[key] = World(self.scope, draw, self.effort, context, dict(fixed))
        return self._worlds[key]

    def moved(self, moves: tuple[Move, ...]) -> Trials:
        """The same trials, with their numbers moved; the last ones are kept, since many searches begin alike."""
        if moves not in self._moved:
            while len(self._moved) >= KEPT:
                del self._moved[next(iter(self._moved))]
            other = Trials(self.scope, self.seed, self.count)
            other.moves, other.effort = moves, self.effort
            self._moved[moves] = other
        return self._moved[moves]
