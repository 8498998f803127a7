"""Arrays that have names of their own: the identity, zeros, unit vectors; their sizes are those of what is beside."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product as pairs

from ..meaning import expression as tree
from ..message.refusal import Refusal, Sizeless
from ..numbers.array import Array, Value, make, transpose
from ..numbers.scalar import show
from .components import out_of
from .frame import Frame, interpret, value_of, whole

MOST = 10_000


@value_of.register
def _standard(node: tree.Standard, frame: Frame) -> Value:
    if node.size:
        shape = tuple(whole(size, frame, "a size") for size in node.size)
        if min(shape) < 0 or shape[0] * shape[-1] > MOST:
            shown = " × ".join(map(show, shape))
            raise Refusal(f"an array of {shown} numbers", "its sizes are positive numbers", rule=29, at=node.at)
    else:
        shape = ()
    match node.name:
        case "identity":
            [n] = shape or (_length(node, frame),)
            return make((n, n), (int(i == j) for i, j in pairs(range(n), repeat=2)))
        case "unit":
            return _unit(node, frame)
        case "ones":
            return _filled(node, frame, 1)
    if len(shape) == 2:
        return make(shape, [0] * (shape[0] * shape[1]))
    return make(shape, [0] * shape[0], frame.columns) if shape else _filled(node, frame, 0)


def _unit(node: tree.Standard, frame: Frame) -> Array:
    assert node.index is not None
    n, place = _length(node, frame), whole(node.index, frame, "a subscript")
    if not 1 <= place <= n:
        raise out_of(place, n, node.index)
    return make((n,), (int(k == place) for k in range(1, n + 1)), frame.columns)


def _filled(node: tree.Standard, frame: Frame, number: int) -> Array:
    """Zeros, or a vector of ones: of the shape of what stands beside; between two factors, a vector."""
    for hint, value in _beside(node, frame):
        if hint.end in ("left", "right") or (number and hint.end != "same"):
            n = value.shape[-1 if hint.end in ("left", "last") else 0]
            return make((n,), [number] * n, frame.columns)
        if number and len(value.shape) > 1:
            continue
        found = make(value.shape, [number] * value.entries.size, value.column)
        return transpose(found) if hint.turned else found
    raise _sizeless(node)


def _length(node: tree.Standard, frame: Frame) -> int:
    """How long it is, in each direction."""
    for hint, value in _beside(node, frame):
        if node.name == "identity" and hint.end == "same" and len(value.shape) != 2:
            continue
        return value.shape[-1 if hint.end in ("left", "last") else 0]
    raise _sizeless(node)


def _beside(node: tree.Standard, frame: Frame) -> Iterator[tuple[tree.Beside, Array]]:
    """The arrays beside it, the nearest first."""
    for hint in node.beside:
        try:
            value = interpret(hint.node, frame)
        except Sizeless:
            continue
        if isinstance(value, Array):
            yield hint, value


def _sizeless(node: tree.Standard) -> Sizeless:
    shown = node.tex if node.index is None else f"{node.tex}_{{…}}"
    meant = {
        "identity": f"write {node.tex}_n, or declare {node.tex}",
        "zero": f"write {node.tex}_n, or 0 for a number",
        "ones": f"write {node.tex}_n",
        "unit": "write it in a product or a sum with an array, or declare it",
    }
    return Sizeless(f"nothing beside `{shown}` says its size", meant[node.name], rule=29, at=node.at)
