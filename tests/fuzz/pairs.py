r"""Pairs of an expression and the Python that computes it: LaTeX's tree on one side, NumPy on the other.

A vector is an array of one axis in Python, however it lies on the page.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from verimath.meaning import expression as tree
from verimath.meaning.expression import Node


@dataclass(frozen=True)
class Pair:
    """An expression, and the Python that computes it."""

    tree: Node
    code: str


@dataclass(frozen=True)
class Letter:
    """An index letter: the axis that it numbers, and whether it may be read as a number."""

    name: str
    size: str
    is_number: bool = True


def whole(value: int) -> tree.Number:
    return tree.Number(Fraction(value))


def size(name: str) -> Node:
    return whole(int(name)) if name.isdigit() else tree.Name(name)


def literal(text: str) -> Pair:
    return Pair(tree.Number(Fraction(text)), f"N('{text}')")


def negative(of: Pair) -> Pair:
    return Pair(tree.Negative(of.tree), f"(-{of.code})")


def add(*terms: Pair) -> Pair:
    return Pair(tree.Add(tuple(term.tree for term in terms)), f"({' + '.join(term.code for term in terms)})")


def product(left: Pair, right: Pair, sign: str = "", operator: str = "*") -> Pair:
    """A product: `*` where one is a number or both are taken elementwise, `@` of arrays, `outer`."""
    node = tree.Product(left.tree, right.tree, elementwise=sign == "⊙", sign=sign)
    code = f"np.outer({left.code}, {right.code})" if operator == "outer" else f"({left.code} {operator} {right.code})"
    return Pair(node, code)


def quotient(above: Pair, below: Pair, slash: bool = False) -> Pair:
    return Pair(tree.Quotient(above.tree, below.tree, slash), f"({above.code} / {below.code})")


def power(base: Pair, exponent: Pair) -> Pair:
    return Pair(tree.Power(base.tree, exponent.tree), f"power({base.code}, {exponent.code})")


def call(name: str, argument: Pair, notation: str = "") -> Pair:
    return Pair(tree.Call(name, argument.tree, notation), f"{name}({argument.code})")


def transpose(of: Pair, is_vector: bool) -> Pair:
    return Pair(tree.Call("transpose", of.tree), of.code if is_vector else f"({of.code}).T")


def component(array: Pair, *places: Pair) -> Pair:
    inside = ", ".join(f"{place.code} - 1" for place in places)
    return Pair(tree.Index(array.tree, tuple(place.tree for place in places)), f"{array.code}[{inside}]")


def summed(letter: Letter, body: Pair, kind: str = "sum", ranged: bool = True) -> Pair:
    r"""A \sum, \prod, \max or \min over a letter, with its bounds printed or not."""
    bounds = tree.Range(whole(1), size(letter.size)) if ranged else None
    code = f"{'total' if kind == 'sum' else kind}([{body.code} for {letter.name} in upto({letter.size})])"
    return Pair(tree.Big(kind, (tree.Binder(letter.name, bounds),), None, body.tree), code)
