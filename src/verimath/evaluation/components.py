"""Arrays by their components: subscripts, vectors, matrices, lists with dots."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product as all_pairs

from ..meaning import expression as tree
from ..meaning.expression import Node
from ..meaning.operations import BINDERS
from ..message.refusal import Refusal
from ..numbers.array import Array, Value, kind, make, stacked
from ..numbers.dual import Scalar, plain
from ..numbers.scalar import is_complex
from .ellipsis import listed, with_prefix
from .frame import Frame, evaluate, value_of, whole


@value_of.register
def _index(node: tree.Index, frame: Frame) -> Value:
    array = evaluate(node.array, frame)
    if not isinstance(array, Array):
        way_out = "delete the subscript, or declare an array"
        if isinstance(node.array, tree.Apply):
            way_out = f"delete the subscript, or make it an argument: {node.array.name}(x, \\theta)"
        raise Refusal("a number has no components", way_out, rule=13, at=node.at)
    places = component(node, array.entries.shape, frame)
    found = array.entries[tuple(places)]
    if len(places) == len(array.shape):
        return found
    if frame.columns and len(array.shape) == 2:
        raise Refusal("one subscript on a matrix, where vectors are columns", "write both, M_{ij}", rule=13, at=node.at)
    return Array(found)


def component(node: tree.Index, shape: tuple[int, ...], frame: Frame) -> list[int]:
    """The place that subscripts name in an array of this shape, counted from 0 on each axis."""
    # Nearly always, each axis has its letter, and that is within it.
    if (letters := node.letters) and len(letters) == len(shape):
        local, picked = frame.local, []
        for letter, size in zip(letters, shape, strict=True):
            place = local.get(letter)
            if type(place) is not int or not 0 < place <= size:
                break
            picked.append(place - 1)
        else:
            return picked
    entries = node.meant(len(shape)).entries
    if len(entries) > len(shape):
        what = f"an array of {len(shape)} axes" if len(shape) > 1 else "a vector"
        raise Refusal(f"{len(entries)} subscripts on {what}", "write one for each axis", rule=13, at=node.at)
    places = []
    for entry, size in zip(entries, shape, strict=False):
        place = whole(entry, frame, "a subscript")
        if not 1 <= place <= size:
            raise Refusal(
                f"a subscript is {place}, out of 1 to {size}",
                "restrict its letter by \\forall or bounds",
                rule=13,
                at=entry.at,
            )
        places.append(place - 1)
    return places


def entries_of(nodes: tuple[Node, ...], frame: Frame) -> list[Scalar]:
    """The numbers of a list; dots in it stand for theirs."""
    found: list[Scalar] = []
    for node in nodes:
        values = (
            listed(node, lambda inner: evaluate(inner, frame))
            if isinstance(node, tree.Dots)
            else [evaluate(node, frame)]
        )
        for value in values:
            if isinstance(value, Array):
                what = f"{value} as an entry: a matrix of blocks isn't read yet"
                raise Refusal(what, "write its components", rule=18, at=node.at)
            found.append(value)
    return found


@value_of.register
def _vector(node: tree.Vector, frame: Frame) -> Value:
    numbers = entries_of(node.entries, frame)
    return make((len(numbers),), numbers, column=frame.columns if node.lies == "page" else node.lies == "column")


@value_of.register
def _matrix(node: tree.Matrix, frame: Frame) -> Value:
    return make((len(node.rows), len(node.rows[0])), [x for row in node.rows for x in entries_of(row, frame)])


@value_of.register
def _ones(node: tree.Ones, frame: Frame) -> Value:
    size = whole(node.size, frame, "the size of a vector of ones")
    if not 0 <= size <= 10_000:
        raise Refusal(f"a vector of {size} ones", "its size is a positive number", rule=7)
    return make((size,), [1] * size, column=frame.columns)


@value_of.register
def _shaped(node: tree.Shaped, frame: Frame) -> Value:
    """A value, whose shape must be that of the set which it is said to lie in."""
    value = evaluate(node.value, frame)
    sizes = tuple(whole(size, frame, "a size") for size in node.sizes)
    shapes = [value.shape, lying(value)] if isinstance(value, Array) else [()]
    numbers = value.entries.flat if isinstance(value, Array) else [value]
    if sizes not in shapes:
        said = f"an array of {' × '.join(map(str, sizes))}" if sizes else "a number"
        raise Refusal(f"{kind(value)}, where the set says {said}", "correct the set, or the formula", rule=17)
    if any(is_complex(plain(number)) for number in numbers):
        raise Refusal("a complex number, where the set says a real one", "correct the set", rule=4)
    return value


def lying(array: Array) -> tuple[int, ...]:
    """The sizes of an array, of which a vector has two: it is a row or a column."""
    if not array.is_vector:
        return array.shape
    return (*array.shape, 1) if array.column else (1, *array.shape)


@value_of.register
def _fold(node: tree.Fold, frame: Frame) -> Value:
    def value(inner: Node) -> Value:
        return evaluate(inner, frame)

    prefix, dots = with_prefix(node.dots, value)
    return BINDERS[node.kind].of([value(term) for term in prefix] + listed(dots, value))


def components(
    node: Node,
    letters: Mapping[str, range],
    frame: Frame,
    column: bool,
) -> Value:
    """The values of an expression for all values of its letters, as an array whose axes they number."""
    if not letters:
        return evaluate(node, frame)
    shape = tuple(len(values) for values in letters.values())
    frames = [frame.having(dict(zip(letters, values, strict=True))) for values in all_pairs(*letters.values())]
    return stacked([evaluate(node, inner) for inner in frames], shape, column)
