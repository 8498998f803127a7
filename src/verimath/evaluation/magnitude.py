"""How large the terms are that make a side, for where they cancel."""

from __future__ import annotations

import math

from ..meaning.expression import Add, Big, Call, Index, Negative, Node, Power, Product, Quotient
from ..meaning.operations import BINDERS, OPERATIONS
from ..numbers.array import Array, Value
from ..numbers.dual import Scalar, plain
from .binders import frames_of
from .frame import Frame, interpret


def size_of(node: Node, frame: Frame) -> float:
    """The sum of the absolute values of the terms of an expression; of an array, the largest."""
    match node:
        case Negative(value):
            return size_of(value, frame)
        case Add(terms):
            return sum(size_of(term, frame) for term in terms)
        case Big(kind=kind) if BINDERS[kind].adds:
            return sum(size_of(node.body, inner) for inner in frames_of(node, frame))
        case Product(left, right):
            return size_of(left, frame) * size_of(right, frame)
        case Quotient(above, below):
            divisor = largest(interpret(below, frame))
            return size_of(above, frame) / divisor if divisor else 0.0
        case Call(name, argument) if (size := OPERATIONS[name].size) is not None:
            return size(interpret(argument, frame))
        case Index(Product() | Power() | Call() as array):
            # Where a component is what cancels, the others aren't.
            return size_of(array, frame)
    return largest(interpret(node, frame))


def largest(value: Value) -> float:
    """The largest absolute value of a number or an array's numbers; infinite where no float is so large."""
    if isinstance(value, Array):
        return max((_size(plain(x)) for x in value.entries.flat), default=0.0)
    return _size(plain(value))


def _size(number: Scalar) -> float:
    try:
        return float(abs(number))
    except OverflowError:
        return math.inf
