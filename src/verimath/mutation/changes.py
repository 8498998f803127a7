"""How one part of a formula may be changed, as a slip of the pen would: `KINDS` says what is changed to what.

A change that no value can show isn't made, such as of the order of two numbers' product.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from ..meaning.expression import (
    Add,
    Apply,
    Big,
    Call,
    Cases,
    Comparison,
    Derivative,
    Dots,
    Extremum,
    Fold,
    Index,
    Line,
    Matrix,
    Name,
    Negative,
    Node,
    Number,
    Ones,
    Pair,
    Power,
    Product,
    Quotient,
    Range,
    Standard,
    Variable,
    Vector,
)
from ..meaning.node import Role
from ..meaning.operations import BINDERS, OPERATIONS
from ..meaning.signs import PRODUCTS, RELATIONS, Times
from .confusable import Likeness
from .positions import Place, spliced

ONE, TWO = Number(Fraction(1)), Number(Fraction(2))
FACTOR = Fraction(10005, 10000)
TRANSPOSED = Name | Derivative | Apply | Ones | Vector | Matrix | Line | Index | Power | Standard
# What a minus may be forgotten before, and what a slip doesn't transpose.
SIGNED = {Role.WHOLE, Role.BODY, Role.ARGUMENT}
BELONGING = {Role.ARRAY, Role.DERIVED}

# Changes of one node: each gives what may stand in its place.
Change = Callable[[Place, Likeness], Iterator[Node]]


def _sign(place: Place, _: Likeness) -> Iterator[Node]:
    node = place.node
    if isinstance(node, Add):
        for n, term in enumerate(node.terms):
            yield replace(node, terms=(*node.terms[:n], negated(term), *node.terms[n + 1 :]))
    elif place.role in SIGNED and not place.discrete and node != Number(Fraction(0)):
        yield negated(node)


def negated(node: Node) -> Node:
    """A term of the other sign."""
    return node.value if isinstance(node, Negative) else Negative(node, at=node.at)


def _dropped_term(place: Place, _: Likeness) -> Iterator[Node]:
    if isinstance(place.node, Add):
        terms = place.node.terms
        for n in range(len(terms)):
            left = spliced(terms, n, n + 1)
            yield left[0] if len(left) == 1 else replace(place.node, terms=left)


def _doubled_term(place: Place, _: Likeness) -> Iterator[Node]:
    if isinstance(place.node, Add):
        terms = place.node.terms
        for n, term in enumerate(terms):
            yield replace(place.node, terms=spliced(terms, n, n + 1, _doubled(term)))


def _doubled(node: Node) -> Node:
    if isinstance(node, Negative):
        return replace(node, value=_doubled(node.value))
    if isinstance(node, Number):
        return replace(node, value=2 * node.value)
    return Product(TWO, node, at=node.at)


def _dropped_factor(place: Place, _: Likeness) -> Iterator[Node]:
    match place.node:
        case Product(Big() as left, Big() as right) if (merged := _one_sum(left, right)) is not None:
            yield left
            yield right
            yield merged
        case Product(left, right):
            yield left
            if not isinstance(left, Product):
                yield right
        case Quotient(above):
            yield above
            if above != ONE:
                yield replace(place.node, above=ONE)


def _one_sum(left: Big, right: Big) -> Big | None:
    """Of a product of two sums over one letter, the sum of products; None of others."""
    letters = [[binder.letter for binder in each.binders] for each in (left, right)]
    if left.kind != "sum" or right.kind != "sum" or len(letters[0]) != 1 or letters[0] != letters[1]:
        return None
    binder = replace(left.binders[0], axes=(*left.binders[0].axes, *right.binders[0].axes))
    return replace(left, binders=(binder,), body=Product(left.body, right.body, at=right.at))


def _swapped_factors(place: Place, like: Likeness) -> Iterator[Node]:
    """Of arrays, whose product depends on their order."""
    match place.node:
        case Product(Product(first, second) as inner, third) if like.is_array(second) and like.is_array(third):
            yield replace(place.node, left=replace(inner, left=first, right=third), right=second)
        case Product(left, right) if like.is_array(left) and like.is_array(right):
            yield replace(place.node, left=right, right=left)


def _inverted(place: Place, _: Likeness) -> Iterator[Node]:
    if isinstance(place.node, Quotient):
        yield replace(place.node, above=place.node.below, below=place.node.above)


def _dropped_exponent(place: Place, _: Likeness) -> Iterator[Node]:
    if isinstance(place.node, Power):
        yield place.node.base


def _letter(place: Place, like: Likeness) -> Iterator[Node]:
    """Another index letter; a new one where the statement has no other, unless it only gave one letter another name."""
    node = place.node
    if isinstance(node, Name) and like.is_letter(node.name):
        others = [letter for letter in dict.fromkeys([*like.letters, *place.letters]) if letter != node.name]
        if not others and like.new_letter and (node.name in place.letters or like.names[node.name] > 1):
            others = [like.new_letter]
        for other in others:
            yield replace(node, name=other)


def _subscript(place: Place, _: Likeness) -> Iterator[Node]:
    if place.role is Role.SUBSCRIPT:
        yield shifted(place.node, 1)
        yield shifted(place.node, -1)


def shifted(node: Node, by: int) -> Node:
    """A whole number more or less."""
    match node:
        case Number(value) if value + by >= 0:
            return replace(node, value=value + by)
        case Add((*others, Number(value))):
            last = value + by
        case Add((*others, Negative(Number(value)))):
            last = by - value
        case _:
            others, last = [node], Fraction(by)
    if last:
        number = Number(abs(last))
        others = [*others, number if last > 0 else Negative(number)]
    return Add(tuple(others), at=node.at) if len(others) > 1 else others[0]


def _swapped_subscripts(place: Place, like: Likeness) -> Iterator[Node]:
    if isinstance(place.node, Index):
        node = place.node.meant(like.axes(place.node.array))
        for n, (one, other) in enumerate(pairwise(node.entries)):
            yield replace(node, entries=spliced(node.entries, n, n + 2, other, one), whole=None)
    elif isinstance(place.node, Line):
        yield replace(place.node, column=not place.node.column)


def _bound(place: Place, _: Likeness) -> Iterator[Node]:
    match place.node:
        case Fold(dots=Dots(last=Name() | Number() | Add() as last) as dots):
            yield replace(place.node, dots=replace(dots, last=shifted(last, -1)))
        case Range(first, last):
            for by in (1, -1):
                yield replace(place.node, first=shifted(first, by))
                yield replace(place.node, last=shifted(last, by))
        case Comparison(sides, relations) if place.role is Role.CONDITION:
            for by in RELATIONS[relations[-1]].wider if isinstance(sides[-1], Number) else ():
                yield replace(place.node, sides=(*sides[:-1], shifted(sides[-1], by)))
        case Comparison(sides):
            for by in (1, -1):
                yield replace(place.node, sides=(*sides[:-1], shifted(sides[-1], by)))
                if len(sides) > 2:
                    yield replace(place.node, sides=(shifted(sides[0], by), *sides[1:]))


def _transpose(place: Place, like: Likeness) -> Iterator[Node]:
    node = place.node
    # Of a vector that is an argument, no function sees how it lies.
    enough = 2 if place.role is Role.ARGUMENT else 1
    if isinstance(node, Standard) and node.name == "identity":
        return  # which is symmetric
    if isinstance(node, Call) and node.name == "transpose":
        yield node.argument
    elif isinstance(node, TRANSPOSED) and place.role not in BELONGING and (like.axes(node) or 0) >= enough:
        yield Call("transpose", node, at=node.at)


def _swapped_cases(place: Place, _: Likeness) -> Iterator[Node]:
    if not isinstance(place.node, Cases):
        return
    branches, otherwise = place.node.branches, place.node.otherwise
    for n, (one, other) in enumerate(pairwise(branches)):
        swapped = replace(one, value=other.value), replace(other, value=one.value)
        yield replace(place.node, branches=spliced(branches, n, n + 2, *swapped))
    if otherwise is not None and branches:
        last = replace(branches[-1], value=otherwise)
        yield replace(place.node, branches=(*branches[:-1], last), otherwise=branches[-1].value)


def _dropped_case(place: Place, _: Likeness) -> Iterator[Node]:
    if not isinstance(place.node, Cases):
        return
    branches = place.node.branches
    if len(branches) + (place.node.otherwise is not None) > 1:
        for n in range(len(branches)):
            yield replace(place.node, branches=spliced(branches, n, n + 1))
        if place.node.otherwise is not None:
            yield replace(place.node, otherwise=None)


def _function(place: Place, _: Likeness) -> Iterator[Node]:
    match place.node:
        case Call(name=name) if other := OPERATIONS[name].slip:
            yield replace(place.node, name=other, notation="")
            if OPERATIONS[name].may_be_dropped:
                yield place.node.argument
        case Call(name=name, argument=argument) if OPERATIONS[name].may_be_dropped:
            yield argument
        case Pair(left=left, right=right):
            yield replace(place.node, left=right, right=left)
        case Product() as product if (sign := _sign_of(product).slip) is not None:
            yield replace(product, sign=sign, elementwise=PRODUCTS[sign].elementwise)
        case Big(kind=kind) | Extremum(kind=kind) if other := BINDERS[kind].slip:
            yield replace(place.node, kind=other)


def _sign_of(product: Product) -> Times:
    """How it multiplies, by the table."""
    elementwise = next(row for row in PRODUCTS.values() if row.elementwise)
    return elementwise if product.elementwise and not product.sign else PRODUCTS[product.sign]


def _guard(place: Place, _: Likeness) -> Iterator[Node]:
    if isinstance(place.node, Comparison):
        relations = place.node.relations
        for n, relation in enumerate(relations):
            row = RELATIONS[relation]
            others = (row.opposite,) if place.role is Role.CONDITION else row.other_guards
            for other in others:
                yield replace(place.node, relations=spliced(relations, n, n + 1, other))


def _number(place: Place, _: Likeness) -> Iterator[Node]:
    if isinstance(place.node, Number) and not place.discrete:
        value = place.node.value
        yield replace(place.node, value=value * FACTOR if value else FACTOR - 1)


def _symbol(place: Place, like: Likeness) -> Iterator[Node]:
    match place.node:
        case Name(name):
            for symbol in like.symbols(name):
                yield replace(place.node, name=symbol.name, arguments=symbol.arguments)
        case Apply(name, arguments):
            for other in like.functions(name, len(arguments)):
                yield replace(place.node, name=other)
        case Derivative(variables=variables):
            for n, variable in enumerate(variables):
                for symbol in like.symbols(variable.name):
                    yield replace(place.node, variables=spliced(variables, n, n + 1, _renamed(variable, symbol)))


def _renamed(variable: Variable, other: Name) -> Variable:
    subscripts = variable.subscripts and replace(variable.subscripts, array=other)
    return replace(variable, name=other.name, arguments=other.arguments, subscripts=subscripts)


def _swapped_arguments(place: Place, _: Likeness) -> Iterator[Node]:
    if isinstance(place.node, Apply):
        arguments = place.node.arguments
        for n, (one, other) in enumerate(pairwise(arguments)):
            yield replace(place.node, arguments=spliced(arguments, n, n + 2, other, one))
    elif isinstance(place.node, Vector):
        entries = place.node.entries
        for n, (one, other) in enumerate(pairwise(entries)):
            yield replace(place.node, entries=spliced(entries, n, n + 2, other, one))


KINDS: dict[str, Change] = {
    "sign": _sign,
    "dropped term": _dropped_term,
    "doubled term": _doubled_term,
    "dropped factor": _dropped_factor,
    "swapped factors": _swapped_factors,
    "inverted quotient": _inverted,
    "dropped exponent": _dropped_exponent,
    "index letter": _letter,
    "index ±1": _subscript,
    "swapped indices": _swapped_subscripts,
    "bound ±1": _bound,
    "transpose": _transpose,
    "swapped cases": _swapped_cases,
    "dropped case": _dropped_case,
    "function": _function,
    "guard": _guard,
    "number ×1.0005": _number,
    "symbol": _symbol,
    "swapped arguments": _swapped_arguments,
}
