"""What an expression is worth on a trial: one function for each kind of node, in one table.

Index letters are evaluated one value after the other, so that a guard decides what is read, and a message can say at
which indices something went wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import product as all_pairs
from typing import Any, Protocol

from . import expression as tree
from .arithmetic import FUNCTIONS, NoValue, Undefined, apply, divide, is_complex, is_finite, multiply, number, power, real, show
from .arrays import Array, Value, both, diagonal, each, make, matrix_product, same_shape, stacked, trace, transpose
from .derive import Dual, Scalar, independent, new_level, plain, slopes
from .dots import listed, with_prefix
from .expression import Node

# Conditions compare exactly; numbers that differ by less, relative to them, differ by rounding.
BY_ROUNDING = 1e-13


class IllFormed(NoValue):
    """An expression that has no value: at which node, why, the way out."""

    def __init__(self, at: int, evidence: str, way_out: str = "") -> None:
        super().__init__(at, evidence, way_out)
        self.at, self.evidence, self.way_out = at, evidence, way_out


class Symbols(Protocol):
    """What an expression asks of the page and the trial."""

    context: Any

    def value(self, name: str) -> Value: ...

    def applied(self, name: str, arguments: tuple[Value, ...]) -> Value: ...

    def independent(self, name: str) -> tuple[Symbols, Variables]: ...

    def spend(self, steps: int) -> None: ...


@dataclass(frozen=True)
class Variables:
    """A symbol whose components a derivative is taken by: at which level, of which shape."""

    level: int
    shape: tuple[int, ...] | None  # None: a number

    @property
    def count(self) -> int:
        count = 1
        for size in self.shape or ():
            count *= size
        return count


@dataclass(frozen=True)
class Frame:
    """Where an expression is evaluated.

    Attributes:
        symbols: the trial's.
        local: index letters and a function's parameters.
        columns: whether the page's vectors are columns.
    """

    symbols: Symbols
    local: Mapping[str, Value]
    columns: bool = False

    def having(self, local: Mapping[str, Value]) -> Frame:
        return Frame(self.symbols, {**self.local, **local}, self.columns)


def evaluate(node: Node, frame: Frame) -> Value:
    """The value of an expression.

    Raises:
        IllFormed: at the node that has none.
    """
    try:
        return _TABLE[type(node)](node, frame)
    except Undefined as error:
        raise IllFormed(node.at, error.evidence, error.way_out) from None
    except RecursionError:
        raise IllFormed(node.at, "this is nested too deeply", "give a name to a part of it") from None


def scalar(node: Node, frame: Frame, doing: str) -> Scalar:
    """The value of an expression that must be a number."""
    value = evaluate(node, frame)
    if isinstance(value, Array):
        raise IllFormed(node.at, f"{doing} takes a number, not {value}", "write it by components")
    return value


def whole(node: Node, frame: Frame, what: str) -> int:
    """The value of an expression that must be a whole number."""
    value = scalar(node, frame, what)
    if type(value) is int:
        return value
    bare = plain(value)
    if isinstance(value, Dual) or is_complex(bare) or not is_finite(bare) or bare != int(bare):
        raise IllFormed(node.at, f"{what} is {show(bare)}, not a whole number", "number from 1 by whole numbers")
    return int(bare)


# Leaves


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
        from math import e, pi

        return e if name == "exp" else pi
    return context.e * 1 if name == "exp" else context.pi * 1


# Arithmetic


def _negative(node: tree.Negative, frame: Frame) -> Value:
    value = evaluate(node.value, frame)
    return each(lambda x: -x, value) if isinstance(value, Array) else -value


def _add(node: tree.Add, frame: Frame) -> Value:
    first, *others = node.terms
    total = evaluate(first, frame)
    for term in others:
        try:
            total = plus(total, evaluate(term, frame))
        except Undefined as error:
            raise IllFormed(term.at, error.evidence, error.way_out) from None
    return total


def plus(a: Value, b: Value) -> Value:
    """The sum of two values of the same shape."""
    if not isinstance(a, Array) and not isinstance(b, Array):
        return a + b
    same_shape(a, b, "plus")
    return both(lambda x, y: x + y, a, b)  # type: ignore[arg-type]


def _product(node: tree.Product, frame: Frame) -> Value:
    left, right = evaluate(node.left, frame), evaluate(node.right, frame)
    arrays = isinstance(left, Array), isinstance(right, Array)
    if not any(arrays):
        return multiply(left, right)
    if arrays == (False, True):
        return each(lambda x: multiply(left, x), right)
    if arrays == (True, False):
        return each(lambda x: multiply(x, right), left)
    inner = node.left
    if node.mixed and isinstance(inner, tree.Product) and inner.mixed and inner.elementwise != node.elementwise:
        raise Undefined("\\odot beside another product of arrays: which comes first isn't clear", "write brackets")
    if node.elementwise:
        same_shape(left, right, "\\odot")
        return both(multiply, left, right)
    return matrix_product(left, right)


def _quotient(node: tree.Quotient, frame: Frame) -> Value:
    above = evaluate(node.above, frame)
    below = scalar(node.below, frame, "a division")
    try:
        if isinstance(above, Array):
            return each(lambda x: divide(x, below, frame.symbols.context), above)
        return divide(above, below, frame.symbols.context)
    except Undefined as error:
        raise IllFormed(node.below.at, error.evidence, error.way_out) from None


def _power(node: tree.Power, frame: Frame) -> Value:
    base = scalar(node.base, frame, "a power")
    return power(base, scalar(node.exponent, frame, "an exponent"), frame.symbols.context)


def _call(node: tree.Call, frame: Frame) -> Value:
    value = evaluate(node.argument, frame)
    if node.name in FUNCTIONS:
        if isinstance(value, Array):
            raise Undefined(f"{node.name} takes a number, not {value}", "write it by components")
        bare = plain(value)
        context = frame.symbols.context
        if context is not None and isinstance(bare, int | float):
            value = _in_context(value, context)
        elif not is_finite(bare):
            raise Undefined(f"{node.name} of an infinite number", "restrict the set that its argument is drawn from")
        return apply(node.name, value)
    return _OWN[node.name](value, frame)


def _in_context(value: Scalar, context: Any) -> Scalar:
    if isinstance(value, Dual):
        return Dual(value.level, _in_context(value.value, context), value.slopes)
    return context.mpf(value)


def _absolute(value: Value, frame: Frame) -> Value:
    if isinstance(value, Array):
        raise Undefined(f"the absolute value of {value}", "write \\lVert x \\rVert for a norm")
    bare = plain(value)
    if is_complex(bare):
        if isinstance(value, Dual):
            raise Undefined("the derivative of a complex number's absolute value", "write its parts")
        return abs(bare)
    if bare == 0 and isinstance(value, Dual):
        raise Undefined("the derivative of an absolute value at 0", "restrict the set that it is drawn from")
    return -value if bare < 0 else value


def _norm(value: Value, frame: Frame) -> Value:
    if not isinstance(value, Array):
        return _absolute(value, frame)
    total = sum(_absolute(x, frame) * _absolute(x, frame) if is_complex(plain(x)) else x * x for x in value.entries.flat)
    context = frame.symbols.context
    return apply("sqrt", total if context is None else _in_context(total, context))


def _norm_of_vector(value: Value, frame: Frame) -> Value:
    if isinstance(value, Array) and not value.is_vector:
        raise Undefined(f"the norm _2 of {value} is its greatest singular value", "write \\lVert W \\rVert for the square root of the sum of squares")
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
            raise Undefined(f"{name} of a number", "it takes an array")
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


# Arrays


def _index(node: tree.Index, frame: Frame) -> Value:
    array = evaluate(node.array, frame)
    if not isinstance(array, Array):
        raise IllFormed(node.at, "a number has no components", "delete the subscript, or declare an array")
    places = _component(node, array.shape, frame)
    found = array.entries[tuple(places)]
    if len(places) == len(array.shape):
        return found
    if frame.columns and len(array.shape) == 2:
        raise IllFormed(node.at, "one subscript on a matrix, where vectors are columns", "write both, M_{ij}")
    return Array(found)


def _component(node: tree.Index, shape: tuple[int, ...], frame: Frame) -> list[int]:
    """The place that subscripts name in an array of this shape, counted from 0 on each axis."""
    entries = node.entries
    if node.whole is not None and len(entries) > len(shape) == 1:
        entries = (node.whole,)
    if len(entries) > len(shape):
        what = f"an array of {len(shape)} axes" if len(shape) > 1 else "a vector"
        raise IllFormed(node.at, f"{len(entries)} subscripts on {what}", "write one for each axis")
    places = []
    for entry, size in zip(entries, shape, strict=False):
        place = whole(entry, frame, "a subscript")
        if not 1 <= place <= size:
            raise IllFormed(entry.at, f"a subscript is {place}, out of 1 to {size}", "restrict its letter by \\forall or bounds")
        places.append(place - 1)
    return places


def _transpose(node: tree.Transpose, frame: Frame) -> Value:
    value = evaluate(node.array, frame)
    return transpose(value) if isinstance(value, Array) else value


def _entries(nodes: tuple[Node, ...], frame: Frame) -> list[Scalar]:
    found: list[Scalar] = []
    for node in nodes:
        values = listed(node, lambda inner: evaluate(inner, frame)) if isinstance(node, tree.Dots) else [evaluate(node, frame)]
        for value in values:
            if isinstance(value, Array):
                raise IllFormed(node.at, f"{value} as an entry", "write its components")
            found.append(value)
    return found


def _vector(node: tree.Vector, frame: Frame) -> Value:
    numbers = _entries(node.entries, frame)
    return make((len(numbers),), numbers, column=frame.columns if node.lies == "page" else node.lies == "column")


def _matrix(node: tree.Matrix, frame: Frame) -> Value:
    return make((len(node.rows), len(node.rows[0])), [x for row in node.rows for x in _entries(row, frame)])


def _ones(node: tree.Ones, frame: Frame) -> Value:
    size = whole(node.size, frame, "the size of a vector of ones")
    if not 0 <= size <= 10_000:
        raise Undefined(f"a vector of {size} ones", "its size is a positive number")
    return make((size,), [1] * size, column=frame.columns)


def _fold(node: tree.Fold, frame: Frame) -> Value:
    def value(inner: Node) -> Value:
        return evaluate(inner, frame)

    prefix, dots = with_prefix(node.dots, value)
    return folded(node.kind, [value(term) for term in prefix] + listed(dots, value))


def folded(kind: str, values: list[Value]) -> Value:
    """Values added or multiplied; an empty sum is 0, an empty product 1."""
    if not values:
        return 0 if kind == "sum" else 1
    total = values[0]
    for value in values[1:]:
        if kind == "sum":
            total = plus(total, value)
        elif isinstance(total, Array) or isinstance(value, Array):
            raise Undefined("a product of arrays by \\prod", "write the factors one by one")
        else:
            total = multiply(total, value)
    return total


# What binds letters


def _range(node: tree.Range, frame: Frame) -> range:
    first, last = whole(node.first, frame, "a bound"), whole(node.last, frame, "a bound")
    for n, between in enumerate(node.between, 1):
        if first + n <= last and whole(between, frame, "an entry") != first + n:
            raise IllFormed(between.at, f"after {first} comes {first + n}", "correct the entries before the dots")
    return range(first, last + 1)


def axis(letter: str, sites: tuple[tree.Site, ...], frame: Frame, at: int) -> range:
    """What a letter runs over: the axes that it indexes, which must agree.

    Raises:
        IllFormed: where they don't, or there is none.
    """
    sizes: dict[int, Node] = {}
    for site in sites:
        array = evaluate(site.array, frame)
        if not isinstance(array, Array) or (array.entries.ndim < site.of):
            continue
        sizes.setdefault(array.shape[site.axis], site.array)
    if len(sizes) > 1:
        (one, _), (other, node) = list(sizes.items())[:2]
        raise IllFormed(node.at, f"`{letter}` runs over 1 to {one} and over 1 to {other}", "number by two letters, or give its bounds")
    if not sizes:
        raise IllFormed(at, f"what `{letter}` runs over isn't said", f"write bounds, or \\forall {letter} \\in \\{{1, \\dots, n\\}}")
    return range(1, next(iter(sizes)) + 1)


def frames_of(node: tree.Big, frame: Frame) -> list[Frame]:
    """A frame for each value of the letters under which the condition holds."""
    frames = [frame]
    for binder in node.binders:
        longer = []
        for outer in frames:
            values = _range(binder.range, outer) if binder.range else axis(binder.letter, binder.sites, outer, node.at)
            outer.symbols.spend(len(values))
            longer += [outer.having({binder.letter: value}) for value in values]
        frames = longer
    if node.condition is None:
        return frames
    return [inner for inner in frames if holds(node.condition, inner)]


def _big(node: tree.Big, frame: Frame) -> Value:
    values = [evaluate(node.body, inner) for inner in frames_of(node, frame)]
    return folded(node.kind, values) if node.kind in ("sum", "prod") else _extreme(node.kind, values)


def _extremum(node: tree.Extremum, frame: Frame) -> Value:
    return _extreme(node.kind, _entries(node.entries, frame))


def _extreme(kind: str, values: list[Value]) -> Scalar:
    if not values:
        raise Undefined(f"a \\{kind} of nothing", "see that its index has a value")
    if any(isinstance(value, Array) for value in values):
        raise Undefined(f"a \\{kind} of arrays", "write their components")
    best = (max if kind == "max" else min)(values, key=real)
    if sum(real(value) == real(best) for value in values) > 1 and any(isinstance(value, Dual) for value in values):
        raise Undefined(f"the derivative of a \\{kind} at a tie", "restrict the set that its arguments are drawn from")
    return best


# Derivatives


def _derivative(node: tree.Derivative, frame: Frame) -> Value:
    return _derived(node, node.variables, frame)


def _derived(node: tree.Derivative, variables: tuple[tree.Variable, ...], frame: Frame) -> Value:
    """The value's derivative by each variable: the innermost is the last one."""
    if not variables:
        return evaluate(node.value, frame)
    variable, *rest = variables
    if variable.name in frame.local:
        value = frame.local[variable.name]
        moved, of = made_independent(value)
        inner = frame.having({variable.name: moved})
    else:
        symbols, of = frame.symbols.independent(variable.name)
        inner = Frame(symbols, frame.local, frame.columns)
    value = _derived(node, tuple(rest), inner)
    places = None
    if variable.subscripts is not None:
        places = _places(variable.subscripts, of, frame)
    return gradient(value, of, places, frame.columns)


def made_independent(value: Value) -> tuple[Value, Variables]:
    """A value as a variable."""
    level = new_level()
    if isinstance(value, Array):
        return make(value.shape, independent(list(value.entries.flat), level), value.column), Variables(level, value.shape)
    return independent([value], level)[0], Variables(level, None)


def _places(subscripts: tree.Index, of: Variables, frame: Frame) -> tuple[int, ...]:
    """The component that a variable's subscripts name, among those of its symbol."""
    if not of.shape:
        raise IllFormed(subscripts.at, "a number has no components", "delete the subscript")
    places = _component(subscripts, of.shape, frame)
    if len(places) < len(of.shape):
        raise IllFormed(subscripts.at, "a derivative by a part of an array", "write all of its subscripts, or none")
    flat = 0
    for place, size in zip(places, of.shape, strict=True):
        flat = flat * size + place
    return (flat,)


def gradient(value: Value, of: Variables, places: tuple[int, ...] | None, columns: bool) -> Value:
    """The derivatives that a value carries; its own axes come first, then the variable's."""

    def of_number(number: Scalar) -> list[Scalar]:
        found = slopes(number, of.level, of.count)
        if places is not None:
            found = [found[places[0]]]
        for slope in found:
            bare = plain(slope)
            if bare != bare:
                raise Undefined("this derivative is infinite", "restrict the set that the variable is drawn from")
        return found

    shape = of.shape if places is None else None
    if not isinstance(value, Array):
        found = of_number(value)
        return found[0] if shape is None else make(shape, found, column=columns and len(shape) == 1)
    numbers = [slope for entry in value.entries.flat for slope in of_number(entry)]
    return make(value.shape + (shape or ()), numbers, value.column and not shape)


# What is true or false


def holds(node: Node, frame: Frame) -> bool:
    """Whether a condition holds; numbers are compared exactly."""
    if isinstance(node, tree.Both):
        return all([holds(condition, frame) for condition in node.conditions])
    assert isinstance(node, tree.Comparison)
    sides = [scalar(side, frame, "a condition") for side in node.sides]
    for left, relation, right in zip(sides, node.relations, sides[1:], strict=False):
        a, b = real(left), real(right)
        if a == b and relation in "<>≤≥" and (isinstance(left, Dual) or isinstance(right, Dual)):
            raise IllFormed(node.at, "the derivative where a condition changes", "restrict the set that it reads")
        if a != b and abs(a - b) <= BY_ROUNDING * max(abs(a), abs(b)):
            raise IllFormed(node.at, f"rounding decides whether {show(a)} {relation} {show(b)}", "compare whole numbers")
        if not EXACTLY[relation](a, b):
            return False
    return True


EXACTLY: dict[str, Callable[[Any, Any], bool]] = {
    "=": lambda a, b: bool(a == b),
    "≠": lambda a, b: bool(a != b),
    "<": lambda a, b: bool(a < b),
    "≤": lambda a, b: bool(a <= b),
    ">": lambda a, b: bool(a > b),
    "≥": lambda a, b: bool(a >= b),
}


def _bracket(node: tree.Bracket, frame: Frame) -> Value:
    return int(holds(node.condition, frame))


def _cases(node: tree.Cases, frame: Frame) -> Value:
    true = [branch for branch in node.branches if holds(branch.guard, frame)]
    if len(true) > 1:
        raise IllFormed(true[1].at, "two cases hold at once", "let exactly one hold")
    if true:
        return evaluate(true[0].value, frame)
    if node.otherwise is None:
        raise IllFormed(node.at, "no case holds", "add \\text{sinon}, or the case that is missing")
    return evaluate(node.otherwise, frame)


def components(
    node: Node, letters: Mapping[str, range], frame: Frame, column: bool, condition: Callable[[Frame], bool] | None = None
) -> Value:
    """The values of an expression for all values of its letters, as an array whose axes they number."""
    if not letters:
        return evaluate(node, frame)
    shape = tuple(len(values) for values in letters.values())
    frames = [frame.having(dict(zip(letters, values, strict=True))) for values in all_pairs(*letters.values())]
    return stacked([evaluate(node, inner) for inner in frames], shape, column)


_TABLE: dict[type[Node], Callable[[Any, Frame], Value]] = {
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
    tree.Index: _index,
    tree.Transpose: _transpose,
    tree.Vector: _vector,
    tree.Matrix: _matrix,
    tree.Ones: _ones,
    tree.Fold: _fold,
    tree.Big: _big,
    tree.Extremum: _extremum,
    tree.Derivative: _derivative,
    tree.Bracket: _bracket,
    tree.Cases: _cases,
}

