"""Where drawn numbers come from: a seed, a name, and moves of what they gave, by which a counterexample is sought."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

# However far a search goes, what is drawn as an exponential stays a positive float, and sums of a few stay finite.
LARGEST_EXPONENT = 300.0


@dataclass(frozen=True)
class Move:
    """One step of a search: in which direction, and how far.

    Attributes:
        direction: the seed of the direction.
        length: in standard deviations of what is drawn.
    """

    direction: int
    length: float


class Chance:
    """A symbol's own source of chance, so that no other draw shifts it.

    Args:
        key: what decides all that comes from it.
        moves: how its numbers are moved; whole numbers and choices stay.
    """

    def __init__(self, key: str, moves: Sequence[Move] = ()) -> None:
        self._random = Random(key)
        self._moves = [(Random(f"{move.direction}/{key}"), move.length) for move in moves]
        self.choice, self.randint, self.randrange = self._random.choice, self._random.randint, self._random.randrange

    def _moved(self) -> float:
        return sum(length * random.gauss(0, 1) for random, length in self._moves)

    def normal(self, scale: float = 1.0) -> float:
        """A number around 0."""
        return scale * (self._random.gauss(0, 1) + self._moved())

    def positive(self) -> float:
        """A positive number around 1, as that of an exponential distribution."""
        return self._random.expovariate(1) * _exp(self._moved())

    def spread(self, scale: float) -> float:
        """A positive number, whose logarithm is around 0."""
        return _exp(self.normal(scale))

    def share(self) -> float:
        """A number between 0 and 1; what would leave that is reflected."""
        moved = (self._random.random() + self._moved() / 4) % 2
        return 2 - moved if moved > 1 else moved


def _exp(exponent: float) -> float:
    return math.exp(max(-LARGEST_EXPONENT, min(LARGEST_EXPONENT, exponent)))
