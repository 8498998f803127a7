"""What a trial draws for each declared symbol: from its set, at several scales, the same again for the same seed."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from ..meaning.expression import Node, Number
from ..meaning.statement import Arrays, Complexes, Declaration, Domain, Finite, Matrices, Reals, Simplex, Whole
from ..message.frozen import frozen
from ..message.refusal import EmptySet, Refusal
from ..names.table import Names
from ..numbers.array import Array, Value, make, refuse_many
from ..numbers.complexes import joined
from ..numbers.dual import Scalar, plain
from ..numbers.scalar import is_complex, is_finite, show
from .chance import Chance, Moves, Told
from .matrices import of_kind
from .structured import Run, Structured, is_any

SCALES = (0.1, 1.0, 2.0)
# Positive numbers are powers of e: of at most this, up and down, so that quotients by them stay of a size.
EXPONENT = 1.2
# Up to four sizes, on ordinary trials: every value comes at every place within four trials, and any two values at any
# two places within twelve (they are the even permutations).
SIZES = (2, 3, 4, 5)
ORDERS = ("2345", "3254", "4523", "5432", "2453", "3542", "4235", "5324", "2534", "3425", "4352", "5243")
# By turns, one size is 1 and another 6, or one is larger than all and the others small, which keeps the work small.
LONGER, LONG = 6, 7
# What a program computes may be right up to there alone: one size after the other is larger, and the others small.
LARGER = 11
# Every fourth trial has equal sizes, in these turns: all 3, two and two of them, again in other pairs, all 1.
EQUAL = {1: "33333333", 2: "22443355", 3: "45522334", 4: "11111111"}
# On every second wild trial, where an inequality may be tight: small ones, equal or not.
SMALL = 3
MOST_NUMBERS = 5_000

# An inequality is tried on wild trials too. By turns: of a larger scale; near 0, 1 and the ends of intervals, nearly
# equal; positive numbers over decades, near a corner of the simplex; single numbers as large as functions can bear.
KINDS = ("wild", "near", "spread", "wild", "far")
WILD, NEAR, CORNER, DECADES = 3.0, 1e-3, 8.0, (-4.0, 2.0)
LARGE, FAR = 60.0, 100


@frozen
class Draw:
    """One trial: which one, from which seed, and whether its numbers are wild.

    Attributes:
        names: the whole-number symbols that give sizes, in the order in which they were declared.
        moves: how its numbers are moved, in search of a counterexample.
        run: of a structured trial, which values it takes.
        larger: the size that is larger than on all others, if one is.
        told: by its key, what each source of chance has answered on some trial.
    """

    seed: int
    trial: int
    wild: bool
    names: tuple[str, ...]
    moves: Moves = field(default_factory=Moves)
    run: Run | None = None
    larger: str = ""
    told: dict[str, Told] = field(default_factory=dict, compare=False)

    def size(self, name: str) -> int:
        """A size: now apart from the others, now equal to some; in the long run each takes all values up to 7."""
        if self.run is not None and name in self.run.plan.sizes:
            return self.run.size(name)
        if self.larger:
            return max(LARGER, len(self.names) + 3) if name == self.larger else 2 + self.names.index(name) % 2
        if self.wild and self.trial % 2:
            return self.chance(name).randint(1, SMALL)
        place, many = self.names.index(name), len(self.names)
        turn, which = divmod(self.trial, 4)
        equal = EQUAL.get(turn % 5, "")
        if which == 2 and place < len(equal):
            return int(equal[place])
        after = (place - turn) % max(many, 2)
        if which == 1 and turn < many:
            return 1 + after if after else max(LONG, many + 2)
        if which == 3:
            early = turn < max(many, 2)
            return max(LONGER, many + 2) if early and after == 1 else 1 + after - (early and after > 1)
        if many > len(SIZES):
            return 2 + (turn + which * many // 2 + place) % many
        return int(ORDERS[(turn + (0, 5, 5)[which]) % len(ORDERS)][place])

    @property
    def kind(self) -> str:
        """How the trial is drawn: see `KINDS`; an ordinary trial has none."""
        return KINDS[self.trial % len(KINDS)] if self.wild else ""

    @property
    def extreme(self) -> bool:
        """Whether the numbers are such that what is claimed may have no value there, or none that can be told."""
        return self.kind in ("near", "spread", "far")

    def chance(self, name: str, context: Any = None) -> Chance:
        """The symbol's own source of chance; moves that are numbers of this context are exact in it."""
        key = f"{self.seed}/{self.trial}/{self.wild}/{name}"
        return Chance(key, name, self.moves, context, self.told.setdefault(key, {}))


def size_names(names: Names) -> tuple[str, ...]:
    """The declared whole numbers without an upper bound: those that may be sizes."""
    return tuple(
        name
        for name, binding in names.values.items()
        if isinstance(binding.statement, Declaration)
        and isinstance(binding.statement.domain, Whole)
        and _is_size(binding.statement.domain)
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
        EmptySet: where the set is empty on this trial.
    """
    if isinstance(domain, Whole) and _is_size(domain) and name in draw.names:
        size = draw.moves.of_whole(name, draw.size(name))
        if size < 1:
            raise EmptySet()
        return size
    chance = draw.chance(name, context)
    scale = SCALES[(draw.trial + chance.randrange(2)) % len(SCALES)]
    drawer = _Drawer(draw, chance, {"": scale, "near": NEAR}.get(draw.kind, WILD), evaluate, context, columns)
    if draw.run is not None and name in draw.run.plan.columns:
        return Structured(draw.run, evaluate, context, columns, drawer.holds, drawer.of).of(domain, name, chance)
    return drawer.of(domain)


@dataclass
class _Drawer:
    """Draws the numbers of one symbol."""

    draw: Draw
    chance: Chance
    scale: float
    evaluate: Callable[[Node], Value]
    context: Any
    columns: bool

    def of(self, domain: Domain, alone: bool = True) -> Value:
        """An element of a set; `alone` unless it is one of an array."""
        match domain:
            case Arrays(of, sizes):
                array = self._array(of, tuple(_size(self.evaluate(size)) for size in sizes))
                if domain.without_zero and isinstance(array, Array) and not any(array.entries.flat):
                    raise EmptySet()
                return array
            case Matrices(of, kind):
                matrix = self.of(of)
                assert isinstance(matrix, Array)
                return of_kind(kind, matrix, self.draw.trial)
            case Simplex(dimension):
                return self._simplex(_size(self.evaluate(dimension)) + 1)
            case Reals(lower, upper):
                number = self._real(self._bound(lower), self._bound(upper), alone and self.draw.kind == "far")
                if self.draw.moves.places and not self.holds(domain, number):
                    raise EmptySet()  # rounded to an open end
                return number
            case Complexes():
                far = alone and self.draw.kind == "far"
                joint = joined(self._real(None, None, far), self._real(None, None, far))
                if self.draw.moves.places and not self.holds(domain, joint):
                    raise EmptySet()  # rounded to 0
                return joint
            case Whole(first, last):
                lowest, highest = self._bound(first), self._bound(last)
                number = self._whole(lowest, highest)
                ends = [int(end) for end in (lowest, highest) if end is not None]
                if not alone and len(ends) < 2:
                    number = self.chance.stretched(number, *ends or (0,))
                return self._grown(number, domain, alone)
            case Finite(values):
                by_turns = self.draw.trial % len(values)
                place = by_turns if self.chance.randrange(2) else self.chance.randrange(len(values))
                if not alone:
                    place = self.chance.component(place)
                if not 0 <= place < len(values):
                    raise EmptySet()
                return element(values, values[place], self.evaluate)
        raise AssertionError(domain)

    def _grown(self, number: int, domain: Whole, alone: bool) -> int:
        """A whole number moved in search of a counterexample, as far as its set lets it."""
        moved = self.chance.whole(number) if alone else self.chance.component(number)
        if moved != number and not self.holds(domain, moved):
            raise EmptySet()
        return moved

    def holds(self, domain: Domain, number: Scalar) -> bool:
        """Whether a number lies in a set."""
        return contains(domain, number, self.evaluate)

    def _bound(self, node: Node | None) -> Scalar | None:
        return None if node is None else _real_number(self.evaluate(node))

    def _exact(self, value: float) -> Scalar:
        """A drawn number, the same whatever the precision."""
        return value if self.context is None else self.context.convert(value)

    def _some(self, most: float) -> float:
        """A number between half of another one and that: of a number that is always the same, anything may hold."""
        return most * (1 + self.chance.random()) / 2

    def _array(self, of: Domain, shape: tuple[int, ...]) -> Value:
        if any(size < 0 for size in shape):
            raise EmptySet()
        count = math.prod(shape)
        refuse_many(count, MOST_NUMBERS)
        if is_any(of):
            entries: list[Value] = self.chance.normals(count, self.scale)
            if self.context is not None:
                entries = [self.context.convert(entry) for entry in entries]
        else:
            if isinstance(of, Simplex):
                refuse_many(count * (_size(self.evaluate(of.dimension)) + 1), MOST_NUMBERS)
            entries = [self.of(of, alone=False) for _ in range(count)]
        if not shape:
            return entries[0]
        if entries and isinstance(entries[0], Array):
            inner = entries[0].shape
            return make(shape + inner, [x for entry in entries for x in entry.entries.flat])
        return make(shape, entries, self.columns and len(shape) == 1)

    def _simplex(self, count: int) -> Array:
        """Positive numbers whose sum is 1: nearly equal, far apart, or in between."""
        if count < 1:
            raise EmptySet()
        refuse_many(count, MOST_NUMBERS)
        power = {"near": NEAR, "spread": CORNER}.get(self.draw.kind, 0.0)
        raw = [self.chance.spread(power) if power else self.chance.exponential() + 1e-3 for _ in range(count)]
        weights = [self._exact(weight) for weight in raw]
        total = sum(weights)
        return make((count,), [weight / total for weight in weights], self.columns)

    def _real(self, lower: Scalar | None, upper: Scalar | None, far: bool) -> Scalar:
        """A number inside the bounds, and on neither."""
        chance = self.chance
        if lower is None and upper is None:
            return self._exact(
                chance.any(chance.choice((-1, 1)) * self._some(LARGE)) if far else chance.normal(self.scale)
            )
        if lower is not None and upper is not None:
            if not lower < upper:
                raise EmptySet()
            share = 0.02 + 0.96 * chance.random()
            if self.draw.extreme:
                near = self._some(NEAR)
                share = chance.choice((near, 1 - near))
            return lower + (upper - lower) * self._exact(chance.share(share))
        if far:
            away = chance.positive(self._some(LARGE))
        elif self.draw.kind == "spread":
            away = chance.positive(10 ** (DECADES[0] + (DECADES[1] - DECADES[0]) * chance.random()))
        else:
            away = chance.spread(min(self.scale, EXPONENT), 2.0)
        return lower + self._exact(away) if lower is not None else upper - self._exact(away)

    def _whole(self, first: Scalar | None, last: Scalar | None) -> int:
        """A whole number: the first, the last and one in between, by turns."""
        chance = self.chance
        if any(end is not None and end != int(end) for end in (first, last)):
            raise Refusal("bounds that aren't whole numbers", "a range runs from one whole number to another", rule=4)
        if first is not None and last is not None:
            if first > last:
                raise EmptySet()
            ends = int(first), int(last)
            turn = (self.draw.trial + chance.randrange(2)) % 3
            return ends[turn] if turn < 2 else chance.randint(*ends)
        if self.draw.trial % 2 == 0 and self.draw.kind != "far":
            # What is near the ends, and near 0, is where a whole number is special.
            near = (self.draw.trial // 2 + chance.randrange(4)) % 4
            if first is not None:
                return int(first) + near
            return (0, 1, -1, 2)[near] if last is None else int(last) - near
        reach = FAR if self.draw.kind == "far" else 12 if self.draw.trial % 5 == 4 else 4
        if first is not None:
            return int(first) + chance.randint(0, reach)
        return chance.randint(-reach, reach) if last is None else int(last) - chance.randint(0, reach)


def element(values: tuple[Node, ...], which: Node, evaluate: Callable[[Node], Value]) -> Value:
    """One of some numbers, or of some vectors.

    Raises:
        Refusal: where these aren't of one size.
    """
    found = evaluate(which)
    if not isinstance(found, Array):
        return _number(found)
    if any(not isinstance(other := evaluate(value), Array) or other.shape != found.shape for value in values):
        raise Refusal("a set of numbers and vectors, or of vectors of several sizes", "write one kind", rule=4)
    return found


def contains(domain: Domain, value: Value, evaluate: Callable[[Node], Value]) -> bool:
    """Whether a number lies in a set, its closed ends included; of arrays, nothing is said."""
    if isinstance(value, Array) or isinstance(domain, Arrays | Matrices | Simplex):
        return True
    if is_any(domain):
        return True
    number = plain(value)
    match domain:
        case Finite(values):
            return any(number == _number(evaluate(each)) for each in values)
        case Whole(first, last):
            ends, fits = (first, last), number == int(number)
        case Complexes(without_zero):
            return not (without_zero and number == 0)
        case Reals(first, last, without_zero):
            ends, fits = (first, last), not (without_zero and number == 0)
    below, above = (None if end is None else _number(evaluate(end)) for end in ends)
    if isinstance(domain, Reals):
        fits = fits and not (domain.lower_open and number == below) and not (domain.upper_open and number == above)
    return bool(fits and (below is None or below <= number) and (above is None or number <= above))


def _number(value: Value) -> Scalar:
    if isinstance(value, Array):
        raise Refusal(f"{value} as a bound of a set", "write a number", rule=4)
    return plain(value)


def _real_number(value: Value) -> Scalar:
    number = _number(value)
    if is_complex(number) or not is_finite(number):
        raise Refusal(f"a size or a bound of a set that is {show(number)}", "write a real number", rule=4)
    return number


def _size(value: Value) -> int:
    number = _real_number(value)
    if number != int(number):
        raise Refusal(f"a size of {float(number):g}", "sizes are whole numbers", rule=4)
    return int(number)
