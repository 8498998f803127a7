"""Values that fulfil what a condition says of all components, x_i > 0 for all i, near those that a trial draws.

By chance alone, seven numbers have one sign on one trial of a hundred, and are in order on one of five thousand: what
is claimed of them would be tried on small sizes only. So numbers are put in order, and one after the other gets another
sign or size, or another's place, wherever more of what the condition compares then holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import combinations, pairwise, product

from ..evaluation import Frame, comparisons, holds
from ..meaning.expression import Node, Symbol
from ..message.refusal import NoValue
from ..numbers.array import Array, Value, make
from ..numbers.dual import Scalar
from ..trials.values import Trial
from .fulfilled import Fixed

# So often is each number changed, and no more than so many one by one: of others, all together.
PASSES, MOST = 4, 32
# What may be in the place of all numbers, before they are put in order and multiplied; and in that of one.
ALL: tuple[Callable[[Scalar], Scalar], ...] = (lambda x: x, abs, lambda x: -abs(x))
SCALES = (1, 10, 0.1, 100, 0.01)
# From one number to the next, in order, by how much it is multiplied beside.
STEEP = (1, 4, 0.25)
ONE: tuple[Callable[[Scalar], Scalar], ...] = (
    *(lambda x: -x, lambda x: 1 / x if x else 1, lambda x: -1 / x if x else -1),
    *(lambda x: x / 10, lambda x: 10 * x, lambda x: -10 * x),
)


def arranged(conditions: Sequence[Node], names: Sequence[str], trial: Trial) -> Fixed | None:
    """Values of some symbols with which conditions hold, in floats; None where none are found.

    Args:
        conditions: which the trial's own values don't fulfil.
        names: of declared arrays of real numbers, whose values are to change.
        trial: where the search begins.
    """
    drawn = [(name, value) for name in names if isinstance(value := trial.value(name), Array)]

    def fixed(numbers: Sequence[Scalar]) -> Fixed:
        left = iter(numbers)
        return tuple((name, _like(array, [next(left) for _ in array.entries.flat])) for name, array in drawn)

    def broken(numbers: Sequence[Scalar]) -> int:
        return _broken(conditions, trial.having(dict[Symbol, Value](fixed(numbers))).frame())

    best = [number for _, array in drawn for number in array.entries.flat]
    fewest = broken(best)
    for numbers in _together([[*array.entries.flat] for _, array in drawn]):
        if fewest and (now := broken(numbers)) < fewest:
            best, fewest = numbers, now
    for _ in range(PASSES if len(best) <= MOST else 0):
        for change in _changes(len(best)):
            if fewest and (now := broken(changed := change(best))) < fewest:
                best, fewest = changed, now
    return None if fewest else fixed(best)


def _like(array: Array, numbers: Sequence[Scalar]) -> Array:
    """An array of other numbers."""
    value = make(array.shape, numbers, array.column)
    value.is_list = array.is_list
    return value


def _broken(conditions: Sequence[Node], frame: Frame) -> int:
    """How many of the relations that conditions ask for don't hold, or have no value."""
    count = 0
    for condition in conditions:
        for chain, there in comparisons(condition, frame):
            for sides, relation in zip(pairwise(chain.sides), chain.relations, strict=True):
                try:
                    count += not holds(replace(chain, sides=sides, relations=(relation,)), there)
                except NoValue:
                    count += 1
    return count


def _together(arrays: Sequence[Sequence[Scalar]]) -> Iterator[list[Scalar]]:
    """The numbers of arrays with one sign and size, each array's in their order or in another one, steep or not."""
    for scale, change in product(SCALES, ALL):
        changed = [[scale * change(number) for number in numbers] for numbers in arrays]
        yield [number for numbers in changed for number in numbers]
        for steep in STEEP:
            for is_falling in (True, False):
                ordered = [sorted(numbers, reverse=is_falling) for numbers in changed]
                yield [number * steep**n for numbers in ordered for n, number in enumerate(numbers)]


def _changes(count: int) -> Iterator[Callable[[list[Scalar]], list[Scalar]]]:
    """What may be done to so many numbers: to one of them, or to two by exchanging their places."""
    yield from (partial(_with, place, of) for place in range(count) for of in ONE)
    yield from (partial(_exchanged, one, other) for one, other in combinations(range(count), 2))


def _with(place: int, change: Callable[[Scalar], Scalar], numbers: list[Scalar]) -> list[Scalar]:
    return [change(number) if n == place else number for n, number in enumerate(numbers)]


def _exchanged(one: int, other: int, numbers: list[Scalar]) -> list[Scalar]:
    found = [*numbers]
    found[one], found[other] = numbers[other], numbers[one]
    return found
