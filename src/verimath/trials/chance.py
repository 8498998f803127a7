"""Where drawn numbers come from: a seed, a name, and moves of what they gave, by which a counterexample is sought."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import chain, repeat
from random import Random
from typing import Any, TypeVar

from ..numbers.dual import Scalar
from ..numbers.scalar import context_of

# However far a search goes, what is drawn as an exponential stays a positive float, and sums of a few stay finite.
LARGEST_EXPONENT = 300.0


T = TypeVar("T")

# A whole number that may be moved: a symbol, or a component of an array, by the symbol and its place. Where a set lists
# its elements, it is the place of one among them.
Which = str | tuple[str, int]

# What a source of chance was asked, how and of what, and its answer, followed by all that it was asked after that. An
# answer depends on what was asked before and on nothing else. To begin a source takes as long as some thirty answers.
Told = dict[tuple[Any, ...], tuple[Any, "Told"]]


class Moves:
    """How far numbers are from where they were drawn, in search of a counterexample.

    A number that can be any is moved by so many standard deviations; a positive one is multiplied, by a power of e. The
    first of a symbol's moves stretches all its numbers, so that a search comes to larger ones, and smaller ones.

    Whole numbers stay, unless it is said by how much they grow; those of an array are stretched, too.

    Args:
        by: of each symbol, its stretch and the moves of its numbers, in the order in which they are drawn; floats, or
            numbers of mpmath's, which floats round.
        count: how many steps have led there.
        whole: of whole numbers, by how much they are greater.
        places: to how many decimals what is moved is rounded where it is computed in digits; 0 where it isn't.

    Attributes:
        asked: of each symbol that was drawn, how many moves it has.
        asked_whole: the whole numbers, each as it is drawn.
    """

    def __init__(
        self,
        by: Mapping[str, Sequence[Scalar]] | None = None,
        count: int = 0,
        whole: Mapping[Which, int] | None = None,
        places: int = 0,
    ) -> None:
        self._by, self.count, self.whole, self.places = by or {}, count, whole or {}, places
        self.asked: dict[str, int] = {}
        self.asked_whole: dict[Which, int] = {}

    def of(self, name: str, place: int) -> Scalar:
        """One of a symbol's moves."""
        if place >= self.asked.get(name, 0):
            self.asked[name] = place + 1
        moves = self._by.get(name, ())
        return moves[place] if place < len(moves) else 0.0

    def of_many(self, name: str, place: int, count: int) -> Sequence[Scalar]:
        """So many of a symbol's moves from a place on; those that are missing are 0."""
        self.asked[name] = max(self.asked.get(name, 0), place + count)
        return self._by.get(name, ())[place : place + count]

    def of_whole(self, which: Which, drawn: int) -> int:
        """A whole number, moved."""
        self.asked_whole[which] = drawn
        return drawn + self.whole.get(which, 0)


class Chance:
    """A symbol's own source of chance, so that no other draw shifts it.

    Args:
        key: what decides all that comes from it.
        name: of the symbol.
        moves: how its numbers are moved; choices stay.
        context: mpmath's, in which moves that are its numbers are exact; None for floats.
        told: what others with this key were asked, and what they answered.
    """

    def __init__(
        self, key: str, name: str = "", moves: Moves | None = None, context: Any = None, told: Told | None = None
    ) -> None:
        self._key, self._told = key, {} if told is None else told
        # What it was asked, and the source from there on, where others were asked no more than this.
        self._asked: list[tuple[Any, ...]] = []
        self._random: Random | None = None
        self._name, self._moves, self._place, self._context = name, moves or Moves(), 0, context
        self._component = 0
        self._stretch = _exp(self._move())

    def _answer(self, *question: Any) -> Any:
        """The answer to a question: a function of the source, and whole numbers that it is given."""
        if question not in self._told:
            if self._random is None:
                self._random = Random(self._key)
                for ask, *given in self._asked:
                    ask(self._random, *given)
            ask, *given = question
            self._told[question] = ask(self._random, *given), {}
        elif self._random is not None:
            # Another one, begun after this, was asked the same; from here on, it may have been asked more.
            self._random = None
        self._asked.append(question)
        answer, self._told = self._told[question]
        return answer

    def random(self) -> float:
        """A number between 0 and 1."""
        found: float = self._answer(Random.random)
        return found

    def randrange(self, count: int) -> int:
        """A whole number from 0 on, below another one."""
        found: int = self._answer(Random.randrange, count)
        return found

    def randint(self, first: int, last: int) -> int:
        """A whole number from one to another."""
        return first + self.randrange(last - first + 1)

    def choice(self, among: Sequence[T]) -> T:
        """One of some things."""
        return among[self.randrange(len(among))]

    def _move(self) -> Scalar:
        self._place += 1
        move = self._moves.of(self._name, self._place - 1)
        if isinstance(move, float):
            return move
        return float(move) if self._context is None else self._context.mpf(move)

    def _rounded(self, number: Scalar) -> Scalar:
        """A moved number to the decimals that are asked for."""
        if not self._moves.places or context_of(number) is None:
            return number
        unit = self._context.mpf(10) ** self._moves.places
        return self._context.nint(number * unit) / unit

    def any(self, number: float, scale: float = 1.0) -> Scalar:
        """A number that can be any, moved by so many scales."""
        return self._rounded(self._stretch * (number + scale * self._move()))

    def positive(self, number: float) -> Scalar:
        """A positive number, moved; from 0, too."""
        move = self._move()
        return self._rounded(self._stretch * (number * _exp(move) if number else abs(move)))

    def share(self, number: float) -> Scalar:
        """A number between 0 and 1, moved; what would leave that is reflected."""
        moved = (number + self._move() / 4) % 2
        return self._rounded(2 - moved if moved > 1 else moved)

    def whole(self, number: int) -> int:
        """A whole number, moved."""
        return self._moves.of_whole(self._name, number)

    def component(self, number: int) -> int:
        """The next whole number of an array, moved."""
        self._component += 1
        return self._moves.of_whole((self._name, self._component - 1), number)

    def stretched(self, number: int, end: int) -> int:
        """A whole number of an array, stretched away from the end of its set, or from 0."""
        away: int = round((number - end) * self._stretch)
        return end + away

    def normal(self, scale: float = 1.0) -> Scalar:
        """A number around 0."""
        return self.any(scale * self._answer(Random.gauss, 0, 1), scale)

    def all_any(self, numbers: list[float], scale: float = 1.0) -> list[Scalar]:
        """Numbers that can be any, each moved as `any` does, without asking of each whether it is moved."""
        moves = self._moves.of_many(self._name, self._place, len(numbers))
        if self._context is not None and (self._stretch != 1 or any(moves)):
            return [self.any(number, scale) for number in numbers]
        self._place += len(numbers)
        stretch, all_moves = self._stretch, chain(map(float, moves), repeat(0.0))
        return [stretch * (number + scale * move) for number, move in zip(numbers, all_moves, strict=False)]

    def normals(self, count: int, scale: float) -> list[Scalar]:
        """So many numbers around 0."""
        return self.all_any([scale * number for number in self._answer(_normals, count)], scale)

    def exponential(self) -> Scalar:
        """A positive number around 1."""
        return self.positive(self._answer(Random.expovariate, 1))

    def spread(self, scale: float, most: float = math.inf) -> Scalar:
        """A positive number, whose logarithm is around 0, and at most so many scales from there where it is drawn."""
        exponent: float = self._answer(Random.gauss, 0, 1)
        if abs(exponent) > most:
            # Reflected: what is drawn again and again, an equation may hold for alone.
            exponent = math.copysign(max(0.0, 2 * most - abs(exponent)), exponent)
        return self.positive(math.exp(scale * exponent))


def _normals(random: Random, count: int) -> tuple[float, ...]:
    return tuple(random.gauss(0, 1) for _ in range(count))


def _exp(exponent: Scalar) -> Scalar:
    within = max(-LARGEST_EXPONENT, min(LARGEST_EXPONENT, exponent))
    context = context_of(within)
    return math.exp(within) if context is None else context.exp(within)
