"""What binds letters: sums, products, maxima and minima over the values of their indices."""

from __future__ import annotations

from collections.abc import Iterator

from ..meaning import expression as tree
from ..meaning.expression import Node
from ..meaning.operations import BINDERS
from ..message.refusal import Refusal, Sizeless
from ..numbers.array import Array, Value
from ..numbers.scalar import show
from .components import entries_of
from .conditions import all_hold, holds
from .effort import work_of
from .frame import Frame, interpret, once, value_of, whole

# All terms of a sum are held at once.
MOST_TERMS = 500_000


def range_between(node: tree.Range, frame: Frame) -> range:
    """The whole numbers of a printed range.

    Raises:
        Refusal: where a bound isn't one, or a number between them doesn't fit.
    """
    first, last = whole(node.first, frame, "a bound"), whole(node.last, frame, "a bound")
    for n, between in enumerate(node.between, 1):
        if (found := whole(between, frame, "an entry")) != first + n:
            raise Refusal(
                f"a range goes by steps of 1: after {show(first)} comes {show(first + n)}, not {show(found)}",
                "number by 1, 2, …: the odd numbers are 2 i - 1",
                rule=12,
                at=between.at,
            )
    return range(first, last + 1)


def axis(letter: str, axes: tuple[tree.NumberedAxis, ...], frame: Frame, at: int) -> range:
    """What a letter runs over: the axes that it indexes, which must agree.

    Raises:
        Refusal: where they don't, or there is none.
    """
    sizes: dict[int, Node] = {}
    for numbered in axes:
        try:
            array = interpret(numbered.array, frame)
        except Sizeless:
            continue
        if not isinstance(array, Array) or (array.entries.ndim < numbered.of):
            continue
        sizes.setdefault(array.shape[numbered.axis], numbered.array)
    if len(sizes) > 1:
        (one, _), (other, node) = list(sizes.items())[:2]
        raise Refusal(
            f"`{letter}` runs over 1 to {one} and over 1 to {other}",
            "number by two letters, or give its bounds",
            rule=14,
            at=node.at,
        )
    if not sizes:
        raise Refusal(
            f"what `{letter}` runs over isn't said",
            f"write bounds, or \\forall {letter} \\in \\{{1, \\dots, n\\}}",
            rule=14,
            at=at,
        )
    return range(1, next(iter(sizes)) + 1)


def frames_of(node: tree.Big, frame: Frame) -> list[Frame]:
    """A frame for each value of the letters under which the condition holds."""
    frames = _frames(node.binders, work_of(node.body), frame, node.at)
    if node.condition is None:
        return frames
    return [inner for inner in frames if holds(node.condition, inner)]


def _frames(binders: tuple[tree.Binder, ...], work: int, frame: Frame, at: int) -> list[Frame]:
    """A frame for each value of letters, each of which takes so much work."""
    frames = [frame]
    for binder in binders:
        longer: list[Frame] = []
        for outer in frames:
            values = range_between(binder.range, outer) if binder.range else axis(binder.letter, binder.axes, outer, at)
            outer.symbols.spend(len(values) * work)
            if len(longer) + len(values) > MOST_TERMS:
                raise Refusal(f"more than {MOST_TERMS:,} terms", "choose smaller bounds", at=at)
            longer += [outer.having({binder.letter: value}) for value in values]
        frames = longer
    return frames


@value_of.register
def _every(node: tree.Every, frame: Frame) -> Value:
    frames = _frames(node.binders, work_of(node.condition), frame, node.at)
    return int(all_hold((node.condition, inner) for inner in frames))


def comparisons(condition: Node, frame: Frame) -> Iterator[tuple[tree.Comparison, Frame]]:
    """All that a condition compares, for each value of the letters of which it says so; but for what a sum binds."""
    if isinstance(condition, tree.Every):
        for inner in _frames(condition.binders, work_of(condition.condition), frame, condition.at):
            yield from comparisons(condition.condition, inner)
        return
    for found in condition.occurrences:
        if isinstance(found.node, tree.Comparison) and not found.bound.intersection(found.node.names):
            yield found.node, frame


@value_of.register
def _big(node: tree.Big, frame: Frame) -> Value:
    return once(node, frame, _over_letters)


def _over_letters(node: tree.Big, frame: Frame) -> Value:
    operation, frames = BINDERS[node.kind], frames_of(node, frame)
    values = [interpret(node.body, inner) for inner in frames]
    if operation.where:
        return frames[operation.place(values)].local[node.binders[0].letter]
    return operation.of(values)


@value_of.register
def _extremum(node: tree.Extremum, frame: Frame) -> Value:
    return BINDERS[node.kind].of(entries_of(node.entries, frame))
