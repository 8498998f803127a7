"""Structured trials: the values at which formulas are special, and which chance never draws.

Zeros, ones, ties, equal and opposite arguments, ends of intervals, corners of a simplex: each symbol takes one of seven
kinds of values, and so do the sizes. Which kinds come together is said by an orthogonal array (K. A. Bush, "Orthogonal
arrays of index unity", 1952): in 49 runs, any two of up to eight columns show all 49 pairs of kinds.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from functools import cache
from typing import Any

from ..meaning.expression import Name, Node, Vector
from ..meaning.statement import Arrays, Complexes, Domain, Finite, Matrices, Reals, Simplex, Whole
from ..message.frozen import frozen
from ..message.refusal import EmptySet
from ..numbers.array import Array, Value, make
from ..numbers.complexes import joined
from ..numbers.dual import Scalar, plain
from ..numbers.scalar import is_complex
from .chance import Chance
from .matrices import of_kind

# Kinds of values, and as many columns for symbols beside that of the sizes: a prime number, or pairs would be missing.
KINDS = 7
RUNS = KINDS * KINDS
# Beside these, where a hunt begins: all symbols of one kind and one choice of it, as all sparse in one place, or all
# the identity.
ALIKE = ((4, 0), (4, 1), (4, 2), (6, 0), (6, 1), (6, 2), (6, 3))
# What a special number is most often, and a float has the value of.
RATIONAL = (int, float, Fraction)
# Beside 0, where an interval has no ends.
SMALL = Fraction(1, 4096)
# What a number is that lies in few sets otherwise: tried in this order where the kind's own values lie outside.
ORDINARY = (1, Fraction(1, 2), 2, -1, Fraction(3, 2), Fraction(-1, 2), 3)


@frozen
class Plan:
    """What structured trials are made of.

    Attributes:
        columns: of the declared symbols that a statement reads, each one's place among them.
        sizes: the sizes among these symbols, where they are structured.
        twins: of some of these, an earlier one of the same set, to which they may be equal or opposite.
        is_sized: whether sizes are structured; else they are drawn as on ordinary trials.
    """

    columns: Mapping[str, int]
    sizes: tuple[str, ...]
    twins: Mapping[str, str]
    is_sized: bool = True

    def run(self, number: int, is_moved: bool = False) -> Run:
        """One structured trial, from 0 to `RUNS` - 1; those after them, where a hunt begins, are `ALIKE`."""
        return Run(self, number, is_moved)


@frozen
class Run:
    """One structured trial: which values its symbols take, and whether they are moved from there."""

    plan: Plan
    number: int
    is_moved: bool = False

    def kind(self, name: str) -> int:
        """Which kind of value a symbol takes."""
        if self.number >= RUNS:
            return ALIKE[self.number - RUNS][0]
        row, column = divmod(self.number, KINDS)
        return (column + self.plan.columns[name] * row) % KINDS

    def choice(self, name: str, among: int) -> int:
        """Which of some values of one kind a symbol takes: each of them in the course of the runs."""
        if self.number >= RUNS:
            return ALIKE[self.number - RUNS][1] % among
        row, column = divmod(self.number, KINDS)
        return (row + 2 * column + self.plan.columns[name]) % among

    def size(self, name: str) -> int:
        """A size: all are 1, 2 or 3, or no two are equal."""
        kind, place = self.number // KINDS, self.plan.sizes.index(name)
        equal = {0: 1, 1: 2, 2: 3, 5: 2}.get(kind)
        if equal is not None:
            return equal
        first = 1 if kind == 6 else 2
        return first + (place + (kind == 4)) % max(len(self.plan.sizes), 2)


@frozen
class Structured:
    """Gives the values of one run.

    Attributes:
        run: which one.
        evaluate: gives the sizes and bounds of sets, and the values of other symbols.
        context: mpmath's, or None for floats.
        columns: whether a vector is a column.
        inside: whether a number lies in a set.
        ordinary: an element of a set as an ordinary trial draws it, where no special one lies in it.
    """

    run: Run
    evaluate: Callable[[Node], Value]
    context: Any
    columns: bool
    inside: Callable[[Domain, Scalar], bool]
    ordinary: Callable[[Domain], Value]

    def of(self, domain: Domain, name: str, chance: Chance) -> Value:
        """An element of a set: the first special one that lies in it.

        Raises:
            EmptySet: where the set is empty on this run.
        """
        if isinstance(domain, Matrices):
            matrix = self.of(domain.of, name, chance)
            assert isinstance(matrix, Array)
            return of_kind(domain.kind, matrix, self.run.number)
        base, shape = self._shape(domain)
        if isinstance(base, Matrices) or (isinstance(base, Finite) and isinstance(base.values[0], Vector)):
            return self.ordinary(domain)
        if isinstance(base, Simplex):
            return self._simplices(base, shape, name, chance)
        if any(size < 0 for size in shape):
            raise EmptySet()
        for numbers in self._arrays(base, shape, name, chance):
            listed = self._all_exact(numbers, base)
            if isinstance(base, Complexes):
                listed = [self._turned(number, name) for number in listed]
            if self._are_inside(domain, base, listed):
                if self.run.is_moved:
                    listed = self._moved(listed, base, chance)
                    if not self._are_inside(domain, base, listed):
                        raise EmptySet()  # rounded to an open end
                if not shape and not _is_array(domain):
                    return listed[0]
                return make(shape, listed, self.columns and len(shape) == 1)
        return self.ordinary(domain)

    def _are_inside(self, domain: Domain, base: Domain, numbers: list[Scalar]) -> bool:
        if isinstance(domain, Arrays) and domain.without_zero and not any(numbers):
            return False
        return is_any(base) or all(self.inside(base, number) for number in numbers)

    def _shape(self, domain: Domain) -> tuple[Domain, tuple[int, ...]]:
        """What the components of a set's arrays lie in, and the arrays' shape."""
        shape: tuple[int, ...] = ()
        while isinstance(domain, Arrays):
            shape += tuple(_whole(self.evaluate(size)) for size in domain.sizes)
            domain = domain.of
        return domain, shape

    def _exact(self, number: Scalar | Fraction, base: Domain) -> Scalar:
        """A number as trials draw it: whole in a set of whole numbers, else of the precision that is computed in."""
        if isinstance(base, Whole | Finite) and number == int(number):
            return int(number)
        if is_complex(number):
            return number
        if isinstance(number, Fraction):
            return float(number) if self.context is None else self.context.mpf(number.numerator) / number.denominator
        return float(number) if self.context is None else self.context.convert(number)

    def _all_exact(self, numbers: list[Any], base: Domain) -> list[Scalar]:
        if type(base) is Reals and self.context is None:
            return [float(number) if type(number) in RATIONAL else self._exact(number, base) for number in numbers]
        # Most numbers of a large array are equal; of many digits, each takes longer to make than to find.
        return [*map(cache(lambda number: self._exact(number, base)), numbers)]

    def _turned(self, number: Scalar, name: str) -> Scalar:
        """A complex number: real, imaginary, or in between; one that is another symbol's is as it is."""
        if is_complex(number):
            return number
        zero = number - number
        x, y = ((number, zero), (zero, number), (number, number))[self.run.choice(name, 3)]
        return joined(x, y)

    def _moved(self, numbers: list[Scalar], base: Domain, chance: Chance) -> list[Scalar]:
        """Numbers moved from there, in search of a counterexample, as far as their set lets them; not whole ones."""
        if isinstance(base, Complexes):
            parts = [[self._exact(chance.any(float(x)), base) for x in (z.real, z.imag)] for z in numbers]
            return [joined(x, y) for x, y in parts]
        if not isinstance(base, Reals):
            return numbers
        lower, upper = (None if node is None else plain(self.evaluate(node)) for node in (base.lower, base.upper))
        if lower is upper is None:
            return self._all_exact(chance.all_any([float(number) for number in numbers]), base)
        found = []
        for number in numbers:
            if lower is not None and upper is not None:
                share = chance.share(float((number - lower) / (upper - lower)))
                found.append(lower + (upper - lower) * self._exact(share, base))
            elif lower is not None:
                found.append(lower + self._exact(chance.positive(float(number - lower)), base))
            elif upper is not None:
                found.append(upper - self._exact(chance.positive(float(upper - number)), base))
        return found

    def _twin(self, name: str, shape: tuple[int, ...]) -> list[Scalar] | None:
        """The numbers of the symbol that this one may be equal to; None where it has none of this shape."""
        if name not in self.run.plan.twins:
            return None
        value = self.evaluate(Name(self.run.plan.twins[name]))
        if isinstance(value, Array):
            return [plain(number) for number in value.entries.flat] if value.shape == shape else None
        return None if shape else [plain(value)]

    def _ends(self, base: Domain) -> list[Scalar]:
        """The printed ends of a set of numbers, the lower one first."""
        if isinstance(base, Finite):
            return [plain(self.evaluate(value)) for value in base.values]
        if isinstance(base, Reals):
            nodes = (base.lower, base.upper)
        elif isinstance(base, Whole):
            nodes = (base.first, base.last)
        else:
            return []
        return [plain(self.evaluate(node)) for node in nodes if node is not None]

    def _arrays(self, base: Domain, shape: tuple[int, ...], name: str, chance: Chance) -> Iterator[list[Any]]:
        """Special arrays of numbers, those of the symbol's kind first; a single number is an array of one."""
        count = math.prod(shape)
        ends = self._ends(base)
        kind = self.run.kind(name)
        twin = self._twin(name, shape)
        if isinstance(base, Finite | Whole):
            yield from _chosen(kind, ends, count, twin)
        if kind == 0:
            yield [0] * count
        elif kind == 1:
            yield [1] * count
        elif kind == 2:
            yield [-1] * count if not shape else [_tenths(chance)] * count
        elif kind == 3:
            yield [chance.choice((-1, 1)) for _ in range(count)] if shape else [2]
        elif kind == 4:
            yield from _sparse(count, self.run.choice(name, 3), chance) if shape else [[end] for end in ends or [SMALL]]
        elif kind == 5:
            if twin is not None and self.run.choice(name, 3) == 0:
                yield twin
            yield [chance.choice((-1, 0, 1)) for _ in range(count)] if shape else [ends[-1] if ends else -2]
        else:
            if twin is not None and self.run.choice(name, 3) == 0:
                yield [-number for number in twin]
            yield from _shaped(shape, self.run.choice(name, 4), chance)
        yield from ([end] * count for end in ends)
        yield from ([number] * count for number in ORDINARY)
        for low, high in [ends[:2]] if len(ends) > 1 else []:
            yield [(low + high) / 2] * count

    def _simplices(self, base: Simplex, shape: tuple[int, ...], name: str, chance: Chance) -> Array:
        """Points of a simplex: corners, points of edges, the middle; of an array of them, each the next one."""
        count = _whole(self.evaluate(base.dimension)) + 1
        if count < 1:
            raise EmptySet()
        twin = self._twin(name, (count,)) if not shape else None
        kind = self.run.kind(name)
        if twin is not None and kind == 5:
            numbers = twin
        else:
            parts = [_point(count, kind + n) for n in range(math.prod(shape))]
            numbers = [self._exact(Fraction(weight, sum(point)), base) for point in parts for weight in point]
        if self.run.is_moved:
            weights = [self._exact(chance.positive(float(number)), base) for number in numbers]
            points = [weights[n : n + count] for n in range(0, len(weights), count)]
            numbers = [weight / sum(point) for point in points for weight in point]
        return make((*shape, count), numbers, self.columns and not shape)


def is_any(domain: Domain) -> bool:
    """Whether a set is that of all real numbers, as most are: nothing need be asked of each number of an array."""
    return isinstance(domain, Reals) and domain.lower is domain.upper is None and not domain.without_zero


def _is_array(domain: Domain) -> bool:
    return isinstance(domain, Arrays) and bool(domain.sizes)


def _whole(value: Value) -> int:
    return int(plain(value))


def _tenths(chance: Chance) -> Fraction:
    """A number that isn't special by itself."""
    return Fraction(chance.choice((-13, -7, 3, 7, 17)), 10)


def _chosen(kind: int, ends: list[Scalar], count: int, twin: list[Scalar] | None) -> Iterator[list[Any]]:
    """Of whole numbers between two bounds, or some numbers: all the first, all the last, each once, by turns."""
    if len(ends) < 2:
        return
    values = ends
    if all(end == int(end) for end in ends) and len(ends) == 2 and ends[1] - ends[0] < 100:
        values = list(range(int(ends[0]), int(ends[1]) + 1))
    if not values:
        raise EmptySet()
    if kind == 0:
        yield [values[0]] * count
    elif kind in (1, 4):
        yield [values[-1]] * count
    elif kind == 2:
        yield [values[n % len(values)] for n in range(count)]
    elif kind == 3:
        yield [values[-1 - n % len(values)] for n in range(count)]
    elif kind == 5 and twin is not None:
        yield twin
    yield [values[(kind + n) % len(values)] for n in range(count)]


def _sparse(count: int, which: int, chance: Chance) -> Iterator[list[Any]]:
    """One component that isn't 0, the first or the last; or about a third of them."""
    zeros: list[Any] = [0] * count
    if count and which < 2:
        zeros[0 if which == 0 else -1] = chance.choice((1, -1, 2))
        yield zeros
    yield [_tenths(chance) if chance.randrange(3) == 0 else 0 for _ in range(count)]


def _shaped(shape: tuple[int, ...], which: int, chance: Chance) -> Iterator[list[Any]]:
    """Identity, diagonal, rank one, equal rows; of a vector, whole numbers with ties, in order."""
    if len(shape) == 2:
        rows, columns = shape
        left = [chance.choice((-1, 1, 2)) for _ in range(rows)]
        right = [chance.choice((-1, 1, 3)) for _ in range(columns)]
        if which == 0 and rows == columns:
            yield [int(n == m) for n in range(rows) for m in range(columns)]
        if which == 1 and rows == columns:
            yield [left[n] if n == m else 0 for n in range(rows) for m in range(columns)]
        if which == 2:
            yield [a * b for a in left for b in right]
        yield right * rows
    elif shape:
        yield [n // 2 for n in range(math.prod(shape))]
    else:
        yield [-3]


def _point(count: int, kind: int) -> list[int]:
    """A point of a simplex, by its weights."""
    kind %= KINDS
    if kind < 2 or kind == 6:
        corner = {0: 0, 1: count - 1, 6: count // 2}[kind]
        return [int(n == corner) for n in range(count)]
    if kind == 2:
        return [1] * count
    if kind == 3:
        return [1 if n < 2 else 0 for n in range(count)]
    if kind == 4:
        return [3 if n == count - 1 else 1 if n == 0 else 0 for n in range(count)]
    return [n + 1 for n in range(count)]
