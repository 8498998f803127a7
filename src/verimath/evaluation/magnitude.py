"""How large the terms are that make a side, for where they cancel."""

from __future__ import annotations

import math

from ..meaning.expression import Add, Big, Call, Index, Negative, Node, Power, Product, Quotient
from ..meaning.operations import BINDERS, OPERATIONS
from ..message.refusal import Refusal
from ..numbers.array import Array, Value
from ..numbers.dual import Scalar, plain
from ..numbers.scalar import Function, is_complex
from .binders import frames_of
from .frame import Frame, interpret

# What floats leave of terms that cancel is no more than this beside them.
ROUNDED = 1e-15
# What is lost in a value matters where it is so many times as large.
MUCH = 1000


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
        case Call(name, argument) if isinstance(function := OPERATIONS[name].value, Function):
            return _or_lost(
                largest(interpret(node, frame)), _of_function(function, node, size_of(argument, frame), frame)
            )
        case Power(base, exponent):
            return _or_lost(largest(interpret(node, frame)), _of_power(base, exponent, size_of(base, frame), frame))
        case Index(Product() | Power() | Call() as array):
            # Where a component is what cancels, the others aren't.
            return size_of(array, frame)
    return largest(interpret(node, frame))


def _or_lost(value: float, lost: float) -> float:
    """The size of a value, or of what is lost in it, where that is much larger."""
    return lost if lost > MUCH * value else value


def _of_power(base: Node, exponent: Node, size: float, frame: Frame) -> float:
    """How large what the terms of a base lose is in its power; one that cancels is rounding alone."""
    power = plain(interpret(exponent, frame))
    if isinstance(power, Array) or is_complex(power) or power <= 1:
        return 0.0
    try:
        return float(power) * math.pow(largest(interpret(base, frame)) or ROUNDED * size, float(power) - 1) * size
    except OverflowError:
        return math.inf


def _of_function(function: Function, node: Call, size: float, frame: Frame) -> float:
    """How large what the terms of a function's argument lose is in its value, as ln(1 + x) loses what 1 + x does."""
    try:
        argument, value = plain(interpret(node.argument, frame)), plain(interpret(node, frame))
        if isinstance(value, Array):
            return size * largest(value)  # the exponential of a matrix
        return size * _size(function.slope(argument, value))
    except (ArithmeticError, ValueError, Refusal):
        return 0.0  # at the end of where it has values


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
