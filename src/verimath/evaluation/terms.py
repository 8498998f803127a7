"""Numbers, names, sums, products, powers, functions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ..meaning import expression as tree
from ..meaning.operations import MATRIX, OPERATIONS, PAIRS, Operation, Pair, more_than_one_factor, sum_of_squares
from ..meaning.signs import CONSTANTS, PRODUCTS
from ..message.refusal import NoValue, Refusal
from ..numbers.array import (
    MOST_PRODUCTS,
    Array,
    Value,
    both,
    cross_product,
    each,
    inner_product,
    kind,
    kronecker,
    lies,
    matrix_product,
    minus,
    plus,
    refuse_many,
    same_shape,
)
from ..numbers.complexes import conjugate, refuse_derivative
from ..numbers.dual import Dual, Scalar, held, independent, is_nested, new_level, plain, slopes
from ..numbers.exponential import CORNERS as OF_CORNERS
from ..numbers.exponential import PRODUCTS as OF_EXPONENTIAL
from ..numbers.linear import power as matrix_power
from ..numbers.scalar import BY_ROUNDING, Function, divide, is_complex, multiply, number, power, show
from .components import component
from .frame import Frame, Symbols, interpret, once, scalar, value_of, whole
from .magnitude import size_of

# How often a function may be derived.
MOST_TIMES = 9
# A whole number of so many binary digits takes as long as a node.
BITS = 10
# Signs that multiply two vectors which lie alike.
VECTORS = ("·", "×")


@value_of.register
def _number(node: tree.Number, frame: Frame) -> Value:
    return number(node.value, frame.symbols.context)


@value_of.register
def _name(node: tree.Name, frame: Frame) -> Value:
    name, local = node.name, frame.local
    if name in local:
        return local[name]
    return frame.symbols.value((name, node.arguments) if node.arguments else name)


@value_of.register
def _constant(node: tree.Constant, frame: Frame) -> Value:
    return CONSTANTS[node.name].value(frame.symbols.context)


# Arithmetic


def _spend_on(value: Value, symbols: Symbols, times: int = 1) -> None:
    """Note what an operation on each number of an array takes; of one number, its node is counted."""
    if type(value) is Array:
        symbols.spend(value.entries.size * times)


@value_of.register
def _negative(node: tree.Negative, frame: Frame) -> Value:
    value = interpret(node.value, frame)
    return minus(value)


def added(total: Value, term: Value, symbols: Symbols) -> Value:
    """A sum and one more term."""
    total = plus(total, term)
    _spend_on(total, symbols)
    return total


@value_of.register
def _add(node: tree.Add, frame: Frame) -> Value:
    first, *others = node.terms
    total = interpret(first, frame)
    for term in others:
        value = interpret(term, frame)
        # A printed 0 is an array of zeros among arrays.
        if isinstance(total, Array) and _is_printed_zero(term):
            continue
        if isinstance(value, Array) and _is_printed_zero(first) and not isinstance(total, Array):
            total = value
            continue
        try:
            total = added(total, value, frame.symbols)
        except Refusal as refusal:
            refusal.placed(term.at)
            if not frame.columns and _may_be_columns(term, value, total):
                refusal.way_out += "; where vectors are columns, the page's header says `vectors: column`"
            raise
    return total


def _may_be_columns(term: tree.Node, value: Value, total: Value) -> bool:
    """Whether a number beside a matrix would be one too, a column by a row, if vectors were columns."""
    beside = isinstance(total, Array) and not total.is_vector and not isinstance(value, Array)
    return beside and any(isinstance(part, tree.Call) and part.name == "transpose" for part in term.walk())


def _is_printed_zero(node: tree.Node) -> bool:
    match node:
        case tree.Number(value=0, decimals=0):
            return True
        case tree.Negative(value):
            return _is_printed_zero(value)
    return False


@value_of.register
def _product(node: tree.Product, frame: Frame) -> Value:
    left, right = interpret(node.left, frame), interpret(node.right, frame)
    _refuse_third_vector(node, right, frame)
    if node.behind and not isinstance(right, Array):
        raise more_than_one_factor(node.behind).placed(node.right.at)
    if node.other_kind is not None and isinstance(left, Array) and isinstance(right, Array):
        _refuse_mixture(node, node.other_kind, frame)
    return multiplied(node, left, right, frame.symbols)


def multiplied(node: tree.Product, left: Value, right: Value, symbols: Symbols) -> Value:
    """The product of two factors, by the sign between them."""
    arrays = isinstance(left, Array), isinstance(right, Array)
    if not any(arrays):
        if node.sign in ("∘", "⊗", ":"):
            what = f"a product of two numbers by {PRODUCTS[node.sign].tex.strip()}"
            way_out = "write \\cdot for a product, f(g(x)) for a function of a function"
            raise Refusal(what, "write \\frac{a}{b} for a ratio" if node.sign == ":" else way_out, rule=16)
        return multiply(left, right)
    if arrays == (True, True):
        if node.kind == "blocks":
            refuse_many(left.entries.size * right.entries.size, MOST_PRODUCTS)
        _spend_on(left, symbols, {"places": 1, "blocks": right.entries.size}.get(node.kind, right.shape[-1]))
    _spend_on(right, symbols)
    if arrays == (False, True):
        return each(lambda x: multiply(left, x), right)
    if arrays == (True, False):
        return each(lambda x: multiply(x, right), left)
    if node.elementwise:
        same_shape(left, right, "\\odot")
        return both(multiply, left, right)
    if node.sign == "⊗":
        return kronecker(left, right)
    if node.sign == ":":
        if left.is_vector or right.is_vector:
            what = f"a product of {kind(left)} and {kind(right)} by a colon"
            raise Refusal(what, "write it of two matrices; \\cdot between two vectors", rule=16)
        return inner_product(left, right)
    if left.is_list or right.is_list:
        return _of_list(node, left, right)
    if node.sign in VECTORS and left.is_vector and lies(left) == lies(right):
        return inner_product(left, right) if node.sign == "·" else cross_product(left, right)
    return matrix_product(left, right)


def _of_list(node: tree.Product, left: Array, right: Array) -> Value:
    """The sum of the matrices of a list, each times a component of the vector before it: u \\cdot L, or a row by L."""
    if right.is_list and left.is_vector and (node.sign == "·" or not (node.sign or left.column)):
        return matrix_product(Array(left.entries), right)
    what = f"a product of {kind(left)} and {kind(right)}, of which one is a list: which axis it takes isn't clear"
    raise Refusal(what, "write u \\cdot L for the sum of u_k L_k, A L_k for one product", rule=16)


def _refuse_third_vector(node: tree.Product, right: Value, frame: Frame) -> None:
    """Refuse what is multiplied by a product of two vectors without brackets around that: which one comes first?"""
    match node.left:
        case tree.Product(one, other, sign=sign) if node.chained and sign in VECTORS and isinstance(right, Array):
            values = interpret(one, frame), interpret(other, frame)
            if all(isinstance(value, Array) and value.is_vector for value in values) and lies(values[0]) == lies(
                values[1]
            ):
                what = f"a product of two vectors by {sign}, and a third factor: which product comes first isn't clear"
                raise Refusal(what, "write brackets, as in (u \\cdot v) w or u \\cdot (v \\times w)", rule=16)


@value_of.register
def _inner(node: tree.Inner, frame: Frame) -> Value:
    left, right = interpret(node.left, frame), interpret(node.right, frame)
    if not isinstance(left, Array) or not isinstance(right, Array):
        raise Refusal(f"an inner product of {kind(left)} and {kind(right)}", "write it of two vectors", rule=16)
    _spend_on(left, frame.symbols)
    if node.conjugated and node.left == node.right:
        return sum_of_squares(left)  # a real number, which has its place in an order
    if node.conjugated == "first":
        left = each(conjugate, left)
    elif node.conjugated == "second":
        right = each(conjugate, right)
    return inner_product(left, right, is_said=bool(node.conjugated))


def _refuse_mixture(node: tree.Product, inner: tree.Product, frame: Frame) -> None:
    """Two kinds of product of arrays side by side: which comes first isn't clear."""
    if all(isinstance(interpret(side, frame), Array) for side in (inner.left, inner.right)):
        sign = next(PRODUCTS[each.sign].tex.strip() for each in (node, inner) if each.kind)
        what = f"{sign} beside another product of arrays: which comes first isn't clear"
        first, second = (PRODUCTS[each.sign].tex for each in (inner, node))
        raise Refusal(what, f"write (A{first}B){second}C, or A{first}(B{second}C)", rule=16)


@value_of.register
def _quotient(node: tree.Quotient, frame: Frame) -> Value:
    above = interpret(node.above, frame)
    below = scalar(node.below, frame, "a division")
    if node.by_square and not isinstance(below, Dual) and below == 0:
        at_zero = _at_zero(node, above, frame)
        if at_zero is not None:
            return at_zero
    try:
        return divided(above, below, frame.symbols)
    except Refusal as refusal:
        refusal.placed(node.below.at)
        raise


def _at_zero(node: tree.Quotient, above: Value, frame: Frame) -> Value | None:
    r"""A derivative by \sigma^2 where \sigma = 0: half of the second one, if the first one is 0; else None.

    So a quotient of two slopes says of what vanishes there with its slope by \sigma^2.
    """
    entries = above.entries.flat if isinstance(above, Array) else [above]
    match node.above:
        case tree.Derivative(variables=(variable,)) as first if not any(plain(entry) for entry in entries):
            second = interpret(replace(first, variables=(variable, variable)), frame)
            return divided(second, 2, frame.symbols)
    return None


def divided(above: Value, below: Scalar, symbols: Symbols) -> Value:
    """A quotient; of an array, that of each number."""
    if isinstance(above, Array):
        _spend_on(above, symbols)
        return each(lambda x: divide(x, below, symbols.context), above)
    return divide(above, below, symbols.context)


@value_of.register
def _power(node: tree.Power, frame: Frame) -> Value:
    try:
        base = interpret(node.base, frame)
    except NoValue:
        if (smooth := _even_power(node, frame)) is None:
            raise
        return smooth
    exponent = scalar(node.exponent, frame, "an exponent")
    return raised(node, base, exponent, frame.symbols)


def raised(node: tree.Power, base: Value, exponent: Scalar, symbols: Symbols) -> Value:
    """A power of a number, or of a matrix."""
    if not isinstance(base, Array):
        return power(base, exponent, symbols.context)
    if node.looks_like:
        letter = next(part.name for part in node.exponent.walk() if isinstance(part, tree.Name))
        way_out = f"write {node.looks_like}, or give the symbol another name"
        raise Refusal(f"{letter} is a symbol here: a power may be meant", way_out, rule=16, at=node.exponent.at)
    if base.is_vector:
        way_out = "write x \\odot x, or \\lVert x \\rVert^2, or x_i^2"
        raise Refusal(f"a power takes a number, not {base}", way_out, rule=17, at=node.base.at)

    def product(one: Array, other: Array) -> Value:
        # The more factors, the more derivatives move, which those of the first factor don't show.
        many = max((held(each.entries.flat[0]) for each in (one, other) if each.entries.size), default=0)
        if many > 1:
            symbols.spend_plainly(2 * many * one.entries.size * one.shape[-1])
        return matrix_product(one, other)

    _spend_on(base, symbols, base.shape[-1])
    return matrix_power(base, exponent, symbols.context, product)


def _square(node: tree.Node, frame: Frame) -> Scalar | None:
    """The square of what need not be smooth itself: of a norm or a root, or of a symbol whose square is defined."""
    match node:
        case tree.Call(name, argument) if square := OPERATIONS[name].square:
            return square(interpret(argument, frame))
        case tree.Name(name) if name not in frame.local:
            found = frame.symbols.square(node.symbol)
            return None if isinstance(found, Array) else found
        case tree.Index(tree.Name(name) as array) if name not in frame.local:
            found = frame.symbols.square(array.symbol)
            if isinstance(found, Array):
                entry: Scalar = found.entries[tuple(component(node, found.shape, frame))]
                return entry
    return None


def _even_power(node: tree.Power, frame: Frame) -> Value | None:
    """An even power of a norm or a root, which is smooth where these aren't; None of anything else."""
    exponent = scalar(node.exponent, frame, "an exponent")
    if not isinstance(exponent, int) or exponent <= 0 or exponent % 2:
        return None
    squared = _square(node.base, frame)
    # Elsewhere it is the base itself that has no value.
    is_zero = squared is not None and plain(squared) == 0
    return power(squared, exponent // 2, frame.symbols.context) if is_zero else None


@value_of.register
def _call(node: tree.Call, frame: Frame) -> Value:
    operation, value = OPERATIONS[node.name], interpret(node.argument, frame)
    try:
        return called(operation, value, frame.symbols)
    except NoValue:
        if (end := _end_beside(operation, node.argument, value, frame)) is None:
            raise
        return operation.of(end, frame.symbols.context)


def called(operation: Operation, value: Value, symbols: Symbols) -> Value:
    """An operation of one argument."""
    # Of a matrix, most take as many steps as a product.
    times = value.shape[-1] if operation.takes == MATRIX and isinstance(value, Array) else 1
    if operation.of_matrix is not None and isinstance(value, Array):
        times = value.shape[-1] * OF_EXPONENTIAL
        # Derivatives within derivatives are corners of larger matrices: in digits, each of their products is felt.
        times *= OF_CORNERS if symbols.context and any(is_nested(each) for each in value.entries.flat) else 1
    _spend_on(value, symbols, times)
    return operation.of(value, symbols.context)


@value_of.register
def _pair(node: tree.Pair, frame: Frame) -> Value:
    return paired(PAIRS[node.name], interpret(node.left, frame), interpret(node.right, frame), frame.symbols)


def paired(pair: Pair, left: Value, right: Value, symbols: Symbols) -> Value:
    """An operation of two numbers, of which a binomial coefficient may be long."""
    value = pair.value(left, right, symbols.context)
    if type(value) is int:
        symbols.spend(value.bit_length() // BITS)
    return value


def _end_beside(operation: Operation, argument: tree.Node, value: Value, frame: Frame) -> Scalar | None:
    """The end of a function's domain, where only rounding of the argument's terms leaves it; else None."""
    function = operation.value
    if not isinstance(function, Function) or isinstance(value, Array | Dual) or is_complex(value):
        return None
    below = function.least is not None and value < function.least
    end = function.least if below else function.greatest
    context = frame.symbols.context
    rounding = BY_ROUNDING if context is None else 10 ** (3 - context.dps)
    if end is None or abs(value - end) > rounding * size_of(argument, frame):
        return None
    return end if context is None else context.mpf(end)


@value_of.register
def _apply(node: tree.Apply, frame: Frame) -> Value:
    return once(node, frame, _applied)


def _applied(node: tree.Apply, frame: Frame) -> Value:
    return frame.symbols.applied(node.name, tuple(interpret(argument, frame) for argument in node.arguments))


@value_of.register
def _prime(node: tree.Prime, frame: Frame) -> Value:
    """f'(u): the derivative of f, at u."""
    point = scalar(node.argument, frame, f"{node.name}'")
    order = node.order if node.times is None else whole(node.times, frame, "the order of a derivative")
    if not 0 <= order <= MOST_TIMES:
        why = f"a derivative of order {show(order)}"
        raise Refusal(why, f"write an order from 0 to {MOST_TIMES}, as by \\text{{if}} n \\leq {MOST_TIMES}", rule=19)
    return _slope(lambda x, symbols: symbols.applied(node.name, (x,)), point, order, frame.symbols)


@value_of.register
def _slope_of_operation(node: tree.Slope, frame: Frame) -> Value:
    operation = OPERATIONS[node.name]
    point = scalar(node.argument, frame, f"{node.name}'")
    return _slope(lambda x, symbols: operation.of(x, symbols.context), point, node.order, frame.symbols)


def _slope(function: Callable[[Scalar, Symbols], Value], point: Scalar, order: int, symbols: Symbols) -> Value:
    """The derivative of a function of one variable, so often, at a point."""

    def derived(x: Scalar, order: int, symbols: Symbols) -> Value:
        if order == 0:
            return function(x, symbols)
        refuse_derivative([x])
        level = new_level()
        value = derived(independent([x], level)[0], order - 1, symbols.carrying(1))
        if isinstance(value, Array):
            return each(lambda entry: slopes(entry, level, 1)[0], value)
        return slopes(value, level, 1)[0]

    return derived(point, order, symbols)
