"""Numbers, names, sums, products, powers, functions."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from ..meaning import expression as tree
from ..message.refusal import Refusal
from ..numbers.array import Array, Value, both, diagonal, each, matrix_product, minus, plus, same_shape, trace
from ..numbers.dual import Dual, Scalar, independent, new_level, plain, slopes
from ..numbers.scalar import FUNCTIONS, apply, divide, is_complex, is_finite, multiply, number, power
from .frame import Frame, Table, evaluate, scalar


def _number(node: tree.Number, frame: Frame) -> Value:
    return number(node.value, frame.symbols.context)


def _name(node: tree.Name, frame: Frame) -> Value:
    if node.name in frame.local:
        return frame.local[node.name]
    return frame.symbols.value(node.name)


def _constant(node: tree.Constant, frame: Frame) -> Value:
    context = frame.symbols.context
    if node.name == "i":
        return 1j if context is None else context.mpc(0, 1)
    name = "exp" if node.name == "e" else "pi"
    if context is None:
        return math.e if name == "exp" else math.pi
    return context.e * 1 if name == "exp" else context.pi * 1


# Arithmetic


def _negative(node: tree.Negative, frame: Frame) -> Value:
    value = evaluate(node.value, frame)
    return minus(value)


def _add(node: tree.Add, frame: Frame) -> Value:
    first, *others = node.terms
    total = evaluate(first, frame)
    for term in others:
        try:
            total = plus(total, evaluate(term, frame))
        except Refusal as refusal:
            refusal.placed(term.at)
            raise
    return total


def _product(node: tree.Product, frame: Frame) -> Value:
    left, right = evaluate(node.left, frame), evaluate(node.right, frame)
    arrays = isinstance(left, Array), isinstance(right, Array)
    if not any(arrays):
        return multiply(left, right)
    if arrays == (False, True):
        return each(lambda x: multiply(left, x), right)
    if arrays == (True, False):
        return each(lambda x: multiply(x, right), left)
    if node.mixed and isinstance(node.left, tree.Product):
        _refuse_mixture(node, node.left, frame)
    if node.elementwise:
        same_shape(left, right, "\\odot")
        return both(multiply, left, right)
    return matrix_product(left, right)


def _refuse_mixture(node: tree.Product, inner: tree.Product, frame: Frame) -> None:
    """Two kinds of product of arrays side by side: which comes first isn't clear."""
    if inner.mixed and inner.elementwise != node.elementwise:
        sides = [evaluate(side, frame) for side in (inner.left, inner.right)]
        if all(isinstance(side, Array) for side in sides):
            raise Refusal(
                "\\odot beside another product of arrays: which comes first isn't clear", "write brackets", rule=16
            )


def _quotient(node: tree.Quotient, frame: Frame) -> Value:
    above = evaluate(node.above, frame)
    below = scalar(node.below, frame, "a division")
    try:
        if isinstance(above, Array):
            return each(lambda x: divide(x, below, frame.symbols.context), above)
        return divide(above, below, frame.symbols.context)
    except Refusal as refusal:
        refusal.placed(node.below.at)
        raise


def _power(node: tree.Power, frame: Frame) -> Value:
    base = scalar(node.base, frame, "a power")
    return power(base, scalar(node.exponent, frame, "an exponent"), frame.symbols.context)


def _call(node: tree.Call, frame: Frame) -> Value:
    value = evaluate(node.argument, frame)
    if node.name in FUNCTIONS:
        if isinstance(value, Array):
            raise Refusal(f"{node.name} takes a number, not {value}", "write it by components", rule=17)
        bare = plain(value)
        context = frame.symbols.context
        if context is not None and isinstance(bare, int | float):
            value = _in_context(value, context)
        elif not is_finite(bare):
            raise Refusal(
                f"{node.name} of an infinite number", "restrict the set that its argument is drawn from", rule=25
            )
        return apply(node.name, value)
    return _OWN[node.name](value, frame)


def _in_context(value: Scalar, context: Any) -> Scalar:
    if isinstance(value, Dual):
        return Dual(value.level, _in_context(value.value, context), value.slopes)
    return context.mpf(value)


def _absolute(value: Value, frame: Frame) -> Scalar:
    if isinstance(value, Array):
        raise Refusal(f"the absolute value of {value}", "write \\lVert x \\rVert for a norm", rule=17)
    bare = plain(value)
    if is_complex(bare):
        if isinstance(value, Dual):
            raise Refusal("the derivative of a complex number's absolute value", "write its parts", rule=21)
        return abs(bare)
    if bare == 0 and isinstance(value, Dual):
        raise Refusal("the derivative of an absolute value at 0", "restrict the set that it is drawn from", rule=21)
    return -value if bare < 0 else value


def _norm(value: Value, frame: Frame) -> Value:
    if not isinstance(value, Array):
        return _absolute(value, frame)
    total: Scalar = sum(
        _absolute(x, frame) * _absolute(x, frame) if is_complex(plain(x)) else x * x for x in value.entries.flat
    )
    context = frame.symbols.context
    return apply("sqrt", total if context is None else _in_context(total, context))


def _norm_of_vector(value: Value, frame: Frame) -> Value:
    if isinstance(value, Array) and not value.is_vector:
        raise Refusal(
            f"the norm _2 of {value} is its greatest singular value",
            "write \\lVert W \\rVert for the square root of the sum of squares",
            rule=18,
        )
    return _norm(value, frame)


def _part(which: str) -> Callable[[Value, Frame], Value]:
    def part(value: Value, frame: Frame) -> Value:
        if isinstance(value, Array):
            return each(lambda x: part(x, frame), value)
        if isinstance(value, Dual):
            return Dual(value.level, part(value.value, frame), [part(slope, frame) for slope in value.slopes])
        if is_complex(value):
            return getattr(value, which)
        return value if which == "real" else 0

    return part


def _needs_array(function: Callable[[Array], Value], name: str) -> Callable[[Value, Frame], Value]:
    def own(value: Value, frame: Frame) -> Value:
        if not isinstance(value, Array):
            raise Refusal(f"{name} of a number", "it takes an array", rule=7)
        return function(value)

    return own


_OWN: dict[str, Callable[[Value, Frame], Value]] = {
    "abs": _absolute,
    "norm": _norm,
    "norm2": _norm_of_vector,
    "normF": _norm,
    "Re": _part("real"),
    "Im": _part("imag"),
    "diag": _needs_array(diagonal, "diag"),
    "tr": _needs_array(trace, "tr"),
}


def _apply(node: tree.Apply, frame: Frame) -> Value:
    return frame.symbols.applied(node.name, tuple(evaluate(argument, frame) for argument in node.arguments))


def _prime(node: tree.Prime, frame: Frame) -> Value:
    """f'(u): the derivative of f, at u."""
    point = scalar(node.argument, frame, f"{node.name}'")

    def derived(x: Scalar, order: int) -> Scalar:
        if order == 0:
            return frame.symbols.applied(node.name, (x,))
        level = new_level()
        value = derived(independent([x], level)[0], order - 1)
        if isinstance(value, Array):
            return each(lambda entry: slopes(entry, level, 1)[0], value)
        return slopes(value, level, 1)[0]

    return derived(point, node.order)


ROWS: Table = {
    tree.Number: _number,
    tree.Name: _name,
    tree.Constant: _constant,
    tree.Negative: _negative,
    tree.Add: _add,
    tree.Product: _product,
    tree.Quotient: _quotient,
    tree.Power: _power,
    tree.Call: _call,
    tree.Apply: _apply,
    tree.Prime: _prime,
}
