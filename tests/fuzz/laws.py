r"""Two forms of one value, by the laws of algebra: what stands on the two sides of an identity.

Each law takes the maker of an expression, and gives both forms of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from tests.fuzz.expressions import Maker
from tests.fuzz.pairs import (
    Letter,
    Pair,
    add,
    call,
    component,
    literal,
    negative,
    power,
    product,
    quotient,
    summed,
    transpose,
)
from verimath.meaning import expression as tree
from verimath.meaning.expression import Node

DEPTH = 1
Two = tuple[Pair, Pair]
ONE, TWO = literal("1"), literal("2")


def _commuted(make: Maker) -> Two:
    u, v = make.number(DEPTH), make.number(DEPTH)
    return (add(u, v), add(v, u)) if make.draw(st.booleans()) else (product(u, v), product(v, u, "·"))


def _expanded(make: Maker) -> Two:
    u, v, w = (make.number(DEPTH) for _ in range(3))
    return product(u, add(v, w)), add(product(u, v), product(u, w))


def _square(make: Maker) -> Two:
    u, v = make.number(DEPTH), make.number(DEPTH)
    return power(add(u, v), TWO), add(power(u, TWO), product(product(TWO, u), v), power(v, TWO))


def _difference_of_squares(make: Maker) -> Two:
    u, v = make.number(DEPTH), make.number(DEPTH)
    return product(add(u, negative(v)), add(u, v)), add(power(u, TWO), negative(power(v, TWO)))


def _brackets_dropped(make: Maker) -> Two:
    u, v, w = (make.number(DEPTH) for _ in range(3))
    return add(u, negative(add(v, negative(w)))), add(u, negative(v), w)


def _quotient(make: Maker) -> Two:
    u, v, p = make.number(DEPTH), make.number(DEPTH), make.positive(DEPTH)
    slash = make.draw(st.booleans())
    return quotient(add(u, v), p), add(quotient(u, p, slash), product(v, power(p, negative(ONE))))


def _nested_quotient(make: Maker) -> Two:
    u, p, q = make.number(DEPTH), make.positive(DEPTH), make.positive(DEPTH)
    return quotient(quotient(u, p), q), quotient(u, product(p, q))


def _logarithm(make: Maker) -> Two:
    p, q = make.positive(DEPTH), make.positive(DEPTH)
    return call("ln", product(p, q)), add(call("ln", p), call("ln", q))


def _exponential(make: Maker) -> Two:
    u, v = make.leaf(), make.leaf()
    return call("exp", add(u, v), "e"), product(call("exp", u), call("exp", v, "e"))


def _root(make: Maker) -> Two:
    p = make.positive(DEPTH)
    return call("sqrt", p), power(p, make.pick(literal("0.5"), quotient(ONE, TWO)))


def _circle(make: Maker) -> Two:
    u, v = make.number(DEPTH), make.number(DEPTH)
    return v, product(v, add(power(call("sin", u), TWO), power(call("cos", u), TWO)))


def _sum_of_sums(make: Maker) -> Two:
    one, other = Letter("l", "n"), Letter("l", "n", False)
    u, v = make.under(DEPTH, one), make.indexing(DEPTH, other)
    return summed(one, add(u, v)), add(summed(one, u), summed(other, v, ranged=False))


def _factor_of_sum(make: Maker) -> Two:
    letter = Letter("l", make.pick("n", "m", "3"), False)
    c, u = make.number(0), make.indexing(DEPTH, letter)
    return product(c, summed(letter, u, ranged=False)), summed(letter, product(c, u))


def _sums_swapped(make: Maker) -> Two:
    one, other = Letter("l", "n"), Letter("s", "m")
    u = make.under(DEPTH, one, other)
    return summed(one, summed(other, u)), summed(other, summed(one, u))


def _maximum(make: Maker) -> Two:
    u, v = make.number(DEPTH), make.number(DEPTH)
    biggest = Pair(tree.Extremum("max", (u.tree, v.tree)), f"max({u.code}, {v.code})")
    gap = add(u, negative(v))
    return biggest, quotient(add(u, v, Pair(tree.Call("abs", gap.tree), f"abs({gap.code})")), TWO)


def _definition(make: Maker) -> Two:
    u = make.number(DEPTH)
    body = add(power(u, TWO), Pair(tree.Name("a"), "a"))
    return Pair(tree.Apply("f", (u.tree,)), f"f({u.code})"), body


def _derivative(make: Maker) -> Two:
    t, c = Pair(tree.Name("t"), "t"), literal(make.pick("0.5", "1.5"))
    value = product(c, power(t, literal("3")))
    derived = tree.Derivative(value.tree, (tree.Variable("t"),))
    return Pair(derived, f"diff(lambda t: {value.code}, t, 1)"), product(product(c, literal("3")), power(t, TWO))


def _guarded(make: Maker) -> Two:
    u, v, condition = make.number(DEPTH), make.number(DEPTH), make.condition()
    cases = tree.Cases((tree.Branch(u.tree, condition.tree),), v.tree)
    holds = Pair(tree.Bracket(condition.tree), f"N(1 if {condition.code} else 0)")
    code = f"({u.code} if {condition.code} else {v.code})"
    return Pair(cases, code), add(product(holds, u), product(add(ONE, negative(holds)), v))


# Of arrays


def _scalar_product(make: Maker) -> Two:
    of = make.pick("n", "m", "3")
    u, v = make.vector(of, True, DEPTH), make.vector(of, False, DEPTH)
    at = Pair(tree.Name("l"), "l")
    return product(u, v, "", "@"), summed(Letter("l", of), product(component(u, at), component(v, at)))


def _norm(make: Maker) -> Two:
    u = make.vector(make.pick("n", "3"), True, DEPTH)
    norm = Pair(tree.Call("norm", u.tree), f"sqrt(total([u * u for u in {u.code}]))")
    return power(norm, TWO), product(u, transpose(u, True), "", "@")


def _trace(make: Maker) -> Two:
    left, right = make.matrix("n", "m", DEPTH), make.matrix("m", "n", DEPTH)
    both = product(left, right, "", "@"), product(right, left, "·", "@")
    one, other = (Pair(tree.Call("tr", each.tree), f"np.trace({each.code})") for each in both)
    return one, other


def _transposed(make: Maker) -> Two:
    left, right = make.matrix("n", "m", DEPTH), make.matrix("m", make.pick("n", "2"), DEPTH)
    return transpose(product(left, right, "", "@"), False), product(
        transpose(right, False), transpose(left, False), "", "@"
    )


def _associated(make: Maker) -> Two:
    u, left, right = make.vector("n", True, DEPTH), make.matrix("n", "m", DEPTH), make.matrix("m", "n", DEPTH)
    return product(u, product(left, right, "", "@"), "", "@"), product(product(u, left, "", "@"), right, "·", "@")


def _distributed(make: Maker) -> Two:
    left, one, other = make.matrix("n", "m", DEPTH), make.matrix("m", "n", DEPTH), make.matrix("m", "n", DEPTH)
    return product(left, add(one, other), "", "@"), add(product(left, one, "", "@"), product(left, other, "", "@"))


def _diagonal(make: Maker) -> Two:
    u, v = make.vector("n", False, DEPTH), make.vector("n", False, DEPTH)
    return product(Pair(tree.Call("diag", u.tree), f"np.diag({u.code})"), v, "", "@"), product(u, v, "⊙")


NUMBERS: tuple[Callable[[Maker], Two], ...] = (
    *(_commuted, _expanded, _square, _difference_of_squares, _brackets_dropped, _quotient, _nested_quotient),
    *(_logarithm, _exponential, _root, _circle, _sum_of_sums, _factor_of_sum, _sums_swapped, _maximum, _definition),
    *(_derivative, _guarded, _scalar_product, _norm, _trace),
)
ARRAYS: tuple[Callable[[Maker], Two], ...] = (_transposed, _associated, _distributed, _diagonal)


@dataclass(frozen=True)
class Identity:
    """Two forms of one value."""

    left: Pair
    right: Pair


@st.composite
def identities(draw: st.DrawFn, columns: bool) -> Identity:
    """An identity; of numbers, within a greater expression."""
    make = Maker(draw, columns)
    law = make.pick(*NUMBERS, *ARRAYS)
    left, right = law(make)
    if law in NUMBERS:
        match make.pick(*range(4)):
            case 0:
                c = literal(make.pick("0.5", "2.25"))
                left, right = add(left, c), add(c, right)
            case 1:
                u = make.number(0)
                left, right = product(left, u), product(u, right)
            case 2:
                left, right = (Pair(tree.Apply("f", (each.tree,)), f"f({each.code})") for each in (left, right))
    return Identity(left, right)


LITERAL = re.compile(r"N\('(\d+\.\d+)'\)")
CHANGES: tuple[Callable[[Fraction], Fraction], ...] = (lambda x: x * Fraction("1.01"), lambda x: x + 1, lambda x: -x)


@st.composite
def perturbed(draw: st.DrawFn, of: Identity) -> Identity:
    """An identity with a decimal number of its right side changed, wherever that stands there."""
    found = sorted(set(LITERAL.findall(of.right.code)))
    if not found:
        of = Identity(product(literal("0.5"), of.left), product(literal("0.5"), of.right))
        found = ["0.5"]
    old = draw(st.sampled_from(found))
    new = draw(st.sampled_from(CHANGES))(Fraction(old))
    other = literal(str(float(abs(new))))
    other = negative(other) if new < 0 else other
    code = of.right.code.replace(literal(old).code, other.code)
    return Identity(of.left, Pair(_with(of.right.tree, literal(old).tree, other.tree), code))


def _with(value: Any, old: Node, new: Node) -> Any:
    """A tree with a part of it changed, wherever that stands."""
    if value == old:
        return new
    if isinstance(value, tuple):
        return tuple(_with(each, old, new) for each in value)
    if isinstance(value, Node):
        return replace(value, **{each.name: _with(getattr(value, each.name), old, new) for each in fields(value)})
    return value
