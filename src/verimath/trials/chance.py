"""Where drawn numbers come from: a seed, a name, and moves of what they gave, by which a counterexample is sought."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from random import Random

# However far a search goes, what is drawn as an exponential stays a positive float, and sums of a few stay finite.
LARGEST_EXPONENT = 300.0


class Moves:
    """How far numbers are from where they were drawn, in search of a counterexample.

    A number that can be any is moved by so many standard deviations; a positive one is multiplied, by a power of e. The
    first of a symbol's moves stretches all its numbers, so that a search comes to larger ones, and smaller ones.

    Args:
        by: of each symbol, its stretch and the moves of its numbers, in the order in which they are drawn.
        count: how many steps have led there.

    Attributes:
        asked: of each symbol that was drawn, how many moves it has.
    """

    def __init__(self, by: Mapping[str, Sequence[float]] | None = None, count: int = 0) -> None:
        self._by, self.count = by or {}, count
        self.asked: dict[str, int] = {}

    def of(self, name: str, place: int) -> float:
        """One of a symbol's moves."""
        self.asked[name] = max(self.asked.get(name, 0), place + 1)
        moves = self._by.get(name, ())
        return moves[place] if place < len(moves) else 0.0


class Chance:
    """A symbol's own source of chance, so that no other draw shifts it.

    Args:
        key: what decides all that comes from it.
        name: of the symbol.
        moves: how its numbers are moved; whole numbers and choices stay.
    """

    def __init__(self, key: str, name: str = "", moves: Moves | None = None) -> None:
        self._random = Random(key)
        self._name, self._moves, self._place = name, moves or Moves(), 0
        self.choice, self.randint, self.randrange = self._random.choice, self._random.randint, self._random.randrange
        self.random = self._random.random
        self._stretch = _exp(self._move())

    def _move(self) -> float:
        self._place += 1
        return self._moves.of(self._name, self._place - 1)

    def any(self, number: float, scale: float = 1.0) -> float:
        """A number that can be any, moved by so many scales."""
        return self._stretch * (number + scale * self._move())

    def positive(self, number: float) -> float:
        """A positive number, moved; from 0, too."""
        move = self._move()
        return self._stretch * (number * _exp(move) if number else abs(move))

    def share(self, number: float) -> float:
        """A number between 0 and 1, moved; what would leave that is reflected."""
        moved = (number + self._move() / 4) % 2
        return 2 - moved if moved > 1 else moved

    def normal(self, scale: float = 1.0) -> float:
        """A number around 0."""
        return self.any(scale * self._random.gauss(0, 1), scale)

    def exponential(self) -> float:
        """A positive number around 1."""
        return self.positive(self._random.expovariate(1))

    def spread(self, scale: float, most: float = math.inf) -> float:
        """A positive number, whose logarithm is around 0, and at most so many scales from there where it is drawn."""
        exponent = self._random.gauss(0, 1)
        if abs(exponent) > most:
            # Reflected: what is drawn again and again, an equation may hold for alone.
            exponent = math.copysign(max(0.0, 2 * most - abs(exponent)), exponent)
        return self.positive(math.exp(scale * exponent))


def _exp(exponent: float) -> float:
    return math.exp(max(-LARGEST_EXPONENT, min(LARGEST_EXPONENT, exponent)))
