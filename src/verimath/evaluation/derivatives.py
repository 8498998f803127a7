"""Derivatives: the value is evaluated with its variable as a dual number."""

from __future__ import annotations

import math

from ..meaning import expression as tree
from ..message.frozen import frozen
from ..message.refusal import NoValue, Refusal
from ..numbers.array import Array, Value, kind, make, same_shape, trace, transpose
from ..numbers.complexes import numbers_of, refuse_derivative
from ..numbers.dual import Dual, Scalar, independent, new_level, plain, slopes
from .components import component
from .effort import work_of
from .frame import Frame, Symbols, Variables, interpret, once, value_of


@value_of.register
def _derivative(node: tree.Derivative, frame: Frame) -> Value:
    return once(node, frame, _by_all)


def _by_all(node: tree.Derivative, frame: Frame) -> Value:
    return _derived(node, node.variables, frame)


def _derived(node: tree.Derivative, variables: tuple[tree.Variable, ...], frame: Frame) -> Value:
    """The value's derivative by each variable: the innermost is the last one."""
    if not variables:
        return once(node.value, frame, interpret)
    variable, *rest = variables
    if variable.name in frame.local:
        value = frame.local[variable.name]
        moved, of = made_independent(value)
        inner = Frame(frame.symbols.carrying(of.count), {**frame.local, variable.name: moved}, frame.columns)
    else:
        # A parameter may be the variable of a derivative around this one, whose level must be below this one's.
        fresh = any(moves(value) for value in frame.local.values() if type(value) is not int)
        symbols, of = frame.symbols.independent(variable.symbol, fresh)
        inner = Frame(symbols, frame.local, frame.columns)
    inner.symbols.spend(work_of(node.value))
    if node.takes_all:
        _refuse_less(node, inner, of.level, of.shape is None or variable.subscripts is not None)
    value = _derived(node, tuple(rest), inner)
    if node.is_nabla and not rest and isinstance(value, Array):
        raise _of_array(value)
    places = None if variable.subscripts is None else _places(variable.subscripts, of, frame)
    found = gradient(value, of, places, frame.columns)
    return _turned(value, of, found) if node.turned and places is None else found


def _turned(value: Value, of: Variables, found: Value) -> Value:
    """A derivative of a vector by a vector with the axes of the variable first; that of a number has no others."""
    if not (isinstance(value, Array) and isinstance(found, Array) and of.shape):
        return found
    if len(value.shape) == 1 == len(of.shape):
        return transpose(found)
    what = f"a derivative of {kind(value)} by an array, with the axes of the denominator first"
    raise Refusal(what, "write its components, by indices", rule=19)


def _refuse_less(node: tree.Derivative, frame: Frame, level: int, by_number: bool) -> None:
    r"""Refuse a product without brackets behind a derivative, if to take its first factors alone is something else.

    It is nothing where these don't move, nor where they are an array and one derives by \nabla, or a number by one:
    by a vector, x^\top A x is derived as a whole. It is the same where none of those behind them moves, and all are
    numbers, or what one derives by is.
    """
    factors, behind_move = node.value, False
    is_form = not by_number and not isinstance(interpret(factors, frame), Array)
    while isinstance(factors, tree.Product):
        first, behind = interpret(factors.left, frame), interpret(factors.right, frame)
        behind_move |= _moves_at(behind, level)
        are_numbers = by_number or not (isinstance(first, Array) or isinstance(behind, Array))
        is_nothing = not _moves_at(first, level) or ((node.is_nabla or is_form) and isinstance(first, Array))
        if not is_nothing and (behind_move or not are_numbers):
            way_out = "put brackets around all that it takes, or around the derivative with what it takes"
            what = "how much this derivative takes is ambiguous"
            raise Refusal(what, way_out, rule=10, at=factors.right.at, where="")
        factors = factors.left


def _moves_at(value: Value, level: int) -> bool:
    """Whether a value carries derivatives of a level."""
    numbers = value.entries.flat if isinstance(value, Array) else [value]
    return any(isinstance(number, Dual) and number.level == level for number in numbers)


def _of_array(value: Array) -> Refusal:
    way_out = "write \\frac{\\partial y}{\\partial x}, whose axes are those of y, then those of x"
    what = f"\\nabla of {value}: its derivatives, or their transpose"
    return Refusal(what, way_out, rule=19)


@value_of.register
def _gradient(node: tree.Gradient, frame: Frame) -> Value:
    """The gradient of a function, at a point that need not be a symbol's value."""
    point = interpret(node.argument, frame)

    def derived(x: Value, order: int, symbols: Symbols) -> Value:
        if order == 0:
            value = symbols.applied(node.name, (x,))
            if isinstance(value, Array):
                raise _of_array(value)
            return value
        moved, of = made_independent(x)
        return gradient(derived(moved, order - 1, symbols.carrying(of.count)), of, None, frame.columns)

    value = derived(point, node.order, frame.symbols)
    return trace(value) if node.is_trace and isinstance(value, Array) else value


@value_of.register
def _evaluated(node: tree.Evaluated, frame: Frame) -> Value:
    """A value where symbols have other values."""
    points = [interpret(point, frame) for point in node.points]
    local, replaced = dict(frame.local), {}
    for variable, point in zip(node.variables, points, strict=True):
        is_local = variable.name in frame.local
        before = frame.local[variable.name] if is_local else frame.symbols.value(variable.symbol)
        same_shape(before, point, f"in the place of `{variable.name}`, not")
        if is_local:
            local[variable.name] = point
        else:
            replaced[variable.symbol] = point
    symbols = frame.symbols.having(replaced) if replaced else frame.symbols
    return interpret(node.value, Frame(symbols, local, frame.columns))


@frozen
class Places:
    """Which of a variable's components a derivative is taken by, and the shape that they have together."""

    which: slice
    shape: tuple[int, ...]


def moves(value: Value) -> bool:
    """Whether a value carries derivatives."""
    if isinstance(value, Array):
        return any(isinstance(entry, Dual) for entry in value.entries.flat)
    return isinstance(value, Dual)


def made_independent(value: Value) -> tuple[Value, Variables]:
    """A value as a variable.

    Raises:
        Refusal: where it is complex.
    """
    refuse_derivative(numbers_of(value))
    level = new_level()
    if isinstance(value, Array):
        moved = make(value.shape, independent(list(value.entries.flat), level), value.column)
        moved.is_list = value.is_list
        return moved, Variables(level, value.shape, value.is_list)
    return independent([value], level)[0], Variables(level, None)


def _places(subscripts: tree.Index, of: Variables, frame: Frame) -> Places:
    """The component that a variable's subscripts name, among those of its symbol; of a list, one of its arrays.

    Where vectors are rows, one of a matrix is taken by too: it lies as it does there.
    """
    if not of.shape:
        raise Refusal("a number has no components", "delete the subscript", rule=13, at=subscripts.at)
    places = component(subscripts, of.shape, frame)
    is_row = len(of.shape) == 2 and not frame.columns
    if len(places) < len(of.shape) and not ((of.is_list or is_row) and len(places) == 1):
        raise Refusal(
            "a derivative by a part of an array", "write all of its subscripts, or none", rule=19, at=subscripts.at
        )
    flat = 0
    for place, size in zip(places, of.shape, strict=False):
        flat = flat * size + place
    shape = of.shape[len(places) :]
    count = math.prod(shape)
    return Places(slice(flat * count, (flat + 1) * count), shape)


def gradient(value: Value, of: Variables, places: Places | None, columns: bool) -> Value:
    """The derivatives that a value carries, or some of them; its own axes come first, then the variable's."""

    def of_number(number: Scalar) -> list[Scalar]:
        found = slopes(number, of.level, of.count)
        if places is not None:
            found = found[places.which]
        for slope in found:
            bare = plain(slope)
            if bare != bare:
                raise NoValue(
                    "this derivative is infinite", "restrict the set that the variable is drawn from", rule=25
                )
        return found

    shape = of.shape if places is None else places.shape or None
    if not isinstance(value, Array):
        found = of_number(value)
        return found[0] if shape is None else make(shape, found, column=columns and len(shape) == 1)
    numbers = [slope for entry in value.entries.flat for slope in of_number(entry)]
    return make(value.shape + (shape or ()), numbers, value.column and not shape)
