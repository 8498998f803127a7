"""What a trial draws for each declared symbol: from its set, at several scales, the same again for the same seed."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from .arithmetic import Undefined
from .arrays import Array, Value, make
from .derive import Scalar, plain
from .expression import Node, Number
from .scope import Scope
from .statement import Arrays, Declaration, Domain, Finite, Reals, Simplex, Whole

SCALES = (0.1, 1.0, 2.0)
WILD = 3.0
# Positive numbers are powers of e: of at most this, up and down, so that quotients by them stay of a size.
EXPONENT = 1.2
SIZES = (2, 3, 4, 5)
# By turns, one size is larger than the others can be; on one trial, all sizes are the same.
LONG = 7
ALL_EQUAL = 6
MOST_NUMBERS = 5_000
# Of numbers, and of whole numbers, on a trial that tries large ones.
LARGE, FAR = 60.0, 100


class NotDrawn(Exception):
    """A set that is empty on this trial, such as one of a negative number of axes."""


@dataclass(frozen=True)
class Draw:
    """One trial: which one, from which seed, and whether its numbers are wild.

    Attributes:
        names: the whole-number symbols that give sizes, in the order in which they were declared.
    """

    seed: int
    trial: int
    wild: bool
    names: tuple[str, ...]

    def size(self, name: str) -> int:
        """A size: those of one trial are distinct, but on one trial; each is 1 on some trial, and large on another."""
        place = self.names.index(name)
        if self.trial == ALL_EQUAL:
            return SIZES[1]
        turn, which = divmod(self.trial, 4)
        if which == 3 and turn % len(self.names) == place:
            return 1
        turn, which = divmod(self.trial, 8)
        if which == 5 and turn % len(self.names) == place:
            return LONG
        pool = SIZES if len(self.names) <= len(SIZES) else tuple(range(2, len(self.names) + 2))
        return pool[(place + self.trial) % len(pool)]

    @property
    def far(self) -> bool:
        """Whether single numbers are as large as functions can bear: on some of the wild trials."""
        return self.wild and self.trial % 5 == 4

    def scale(self, random: Random) -> float:
        """How large the symbol's numbers are."""
        return WILD if self.wild else SCALES[(self.trial + random.randrange(2)) % len(SCALES)]

    def random(self, name: str) -> Random:
        """The symbol's own source of chance, so that no other draw shifts it."""
        return Random(f"{self.seed}/{self.trial}/{self.wild}/{name}")


def size_names(scope: Scope) -> tuple[str, ...]:
    """The declared whole numbers without an upper bound: those that may be sizes."""
    return tuple(
        key
        for key, bound in scope.values.items()
        if isinstance(bound.statement, Declaration)
        and isinstance(bound.statement.domain, Whole)
        and _is_size(bound.statement.domain)
    )


def _is_size(domain: Whole) -> bool:
    return isinstance(domain.first, Number) and domain.first.value == 1 and domain.last is None


def drawn(
    domain: Domain, name: str, draw: Draw, evaluate: Callable[[Node], Value], context: Any, columns: bool
) -> Value:
    """An element of a set.

    Args:
        domain: the set.
        name: of the symbol that is drawn.
        draw: the trial.
        evaluate: gives the sizes and bounds of the set.
        context: mpmath's, or None for floats.
        columns: whether a vector is a column.

    Raises:
        NotDrawn: where the set is empty on this trial.
    """
    if isinstance(domain, Whole) and _is_size(domain) and name in draw.names:
        return draw.size(name)
    random = draw.random(name)
    scale = draw.scale(random) if not draw.far else LARGE
    return _drawn(domain, draw, random, scale, evaluate, context, columns)


def _drawn(
    domain: Domain,
    draw: Draw,
    random: Random,
    scale: float,
    evaluate: Callable[[Node], Value],
    context: Any,
    columns: bool,
) -> Value:
    def bound(node: Node | None) -> Scalar | None:
        return None if node is None else _number(evaluate(node))

    match domain:
        case Arrays(of, sizes):
            return _array(
                of, tuple(_size(evaluate(size)) for size in sizes), draw, random, scale, evaluate, context, columns
            )
        case Simplex(dimension):
            count = _size(evaluate(dimension)) + 1
            if count < 1:
                raise NotDrawn
            weights = [_exact(random.expovariate(1.0) + 1e-3, context) for _ in range(count)]
            return make((count,), [weight / sum(weights) for weight in weights], columns)
        case Reals(lower, upper):
            return _real(bound(lower), bound(upper), random, scale, context)
        case Whole(first, last):
            return _whole(bound(first), bound(last), draw, random)
        case Finite(values):
            return _number(
                evaluate(values[draw.trial % len(values)] if random.random() < 0.5 else random.choice(values))
            )
    raise AssertionError(domain)


def _array(
    of: Domain,
    shape: tuple[int, ...],
    draw: Draw,
    random: Random,
    scale: float,
    evaluate: Callable[[Node], Value],
    context: Any,
    columns: bool,
) -> Value:
    if any(size < 0 for size in shape):
        raise NotDrawn
    count = math.prod(shape)
    if count > MOST_NUMBERS:
        raise Undefined(f"an array of {count:,} numbers", f"{MOST_NUMBERS:,} are the most: declare smaller sizes")
    if draw.far:
        # One number may be large; together, they would leave the range of every arithmetic.
        draw, scale = replace(draw, trial=0), WILD
    entries = [_drawn(of, draw, random, scale, evaluate, context, columns) for _ in range(count)]
    if not shape:
        return entries[0]
    if entries and isinstance(entries[0], Array):
        inner = entries[0].shape
        return make(shape + inner, [x for entry in entries for x in entry.entries.flat])
    return make(shape, entries, columns and len(shape) == 1)


def _number(value: Value) -> Scalar:
    if isinstance(value, Array):
        raise Undefined(f"{value} as a bound of a set", "write a number")
    return plain(value)


def _size(value: Value) -> int:
    number = _number(value)
    if number != int(number):
        raise Undefined(f"a size of {float(number):g}", "sizes are whole numbers")
    return int(number)


def _exact(value: float, context: Any) -> Scalar:
    """A drawn number, the same whatever the precision."""
    return value if context is None else context.mpf(value)


def _real(lower: Scalar | None, upper: Scalar | None, random: Random, scale: float, context: Any) -> Scalar:
    """A number inside the bounds, and on neither."""
    if lower is None and upper is None:
        return _exact(random.choice((-1, 1)) * LARGE if scale == LARGE else random.gauss(0, scale), context)
    if lower is not None and upper is not None:
        if not lower < upper:
            raise NotDrawn
        return lower + (upper - lower) * _exact(0.02 + 0.96 * random.random(), context)
    away = math.exp(min(scale, EXPONENT) * max(-2.0, min(2.0, random.gauss(0, 1)))) if scale < LARGE else LARGE
    distance = _exact(away, context)
    return lower + distance if lower is not None else upper - distance


def _whole(first: Scalar | None, last: Scalar | None, draw: Draw, random: Random) -> int:
    """A whole number: the first, the last and one in between, by turns."""
    if first is not None and last is not None:
        if first != int(first) or last != int(last):
            raise Undefined("bounds that aren't whole numbers", "a range runs from one whole number to another")
        if first > last:
            raise NotDrawn
        ends = int(first), int(last)
        turn = (draw.trial + random.randrange(2)) % 3
        return ends[turn] if turn < 2 else random.randint(*ends)
    reach = FAR if draw.far else 12 if draw.trial % 5 == 4 else 4
    if first is not None:
        return int(first) + random.randint(0, reach)
    return random.randint(-reach, reach) if last is None else int(last) - random.randint(0, reach)
