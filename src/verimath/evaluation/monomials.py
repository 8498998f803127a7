"""What formulas say alike, whatever their print: 2 \\cdot 3 and 6, x^1 and x, \\frac{1}{3^2} and \\frac{1}{9}."""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Iterable
from fractions import Fraction

from ..meaning.expression import Add, Call, Negative, Node, Number, Pair, Power, Product, Quotient, Standard

# Powers of what is no number, in their order, since arrays have one.
Monomial = tuple[tuple[Hashable, int], ...]
Sum = dict[Monomial, Fraction]
ZERO = Number(Fraction(0))
# Beyond, no power, factorial or binomial coefficient is computed.
MOST = 64


def says_same(a: Node, b: Node) -> bool:
    """Whether two formulas are the same but for their print."""
    return _sum_of(a) == _sum_of(b)


def _sum_of(node: Node) -> Sum:
    """An expression as the coefficients of its monomials."""
    match node:
        case Number(value):
            return _merged([((), value)])
        case Standard(name="identity", size=()):
            return _merged([((), Fraction(1))])  # what a matrix's power by 0 is
        case Negative(value):
            return _scaled(_sum_of(value), Fraction(-1))
        case Add(terms):
            return _merged(entry for term in terms for entry in _sum_of(term).items())
        case Product(left, right, sign="" | "·" | "×") if not (node.elementwise or node.behind):
            return _product(node, _sum_of(left), _sum_of(right))
        case Quotient(above, below):
            divisor = _raised(_sum_of(below), -1)
            return _alone(node) if divisor is None else _product(node, _sum_of(above), divisor)
        case Power(base, exponent):
            by = _number(_sum_of(exponent))
            power = _raised(_sum_of(base), int(by)) if by is not None and by.denominator == 1 else None
            return _alone(node) if power is None else power
        case Call("factorial", argument):
            return _counted(node, math.factorial, argument)
        case Pair("binom", left, right):
            return _counted(node, math.comb, left, right)
    return _alone(node)


def _merged(entries: Iterable[tuple[Monomial, Fraction]]) -> Sum:
    found: Sum = {}
    for monomial, coefficient in entries:
        found[monomial] = found.get(monomial, Fraction(0)) + coefficient
    return {monomial: coefficient for monomial, coefficient in found.items() if coefficient}


def _scaled(terms: Sum, factor: Fraction) -> Sum:
    return _merged((monomial, factor * coefficient) for monomial, coefficient in terms.items())


def _number(terms: Sum) -> Fraction | None:
    """The number that a sum is; None of any other one."""
    return terms.get((), Fraction(0)) if not terms.keys() - {()} else None


def _alone(node: Node) -> Sum:
    """What is taken as it is, but for its parts."""
    parts = [part.node for part in node.parts()]
    return {((_key(node, parts), 1),): Fraction(1)}


def _key(node: Node, parts: list[Node]) -> Hashable:
    return node.with_parts([ZERO] * len(parts)), tuple(frozenset(_sum_of(part).items()) for part in parts)


def _product(node: Product | Quotient, left: Sum, right: Sum) -> Sum:
    """A product of two sums, which is multiplied out by numbers alone."""
    for one, other in ((left, right), (right, left)):
        if (number := _number(one)) is not None:
            return _scaled(other, number)
    if len(left) > 1 or len(right) > 1 or (isinstance(node, Product) and node.sign):
        return _alone(node)
    [(first, a)], [(second, b)] = left.items(), right.items()
    if first[-1][0] == second[0][0]:
        joined = first[-1][1] + second[0][1]
        return {(*first[:-1], *([(first[-1][0], joined)] if joined else []), *second[1:]): a * b}
    return {(*first, *second): a * b}


def _raised(terms: Sum, by: int) -> Sum | None:
    """A power of one monomial; None where it is no such, or none is computed."""
    if by == 0:
        return _merged([((), Fraction(1))])
    if len(terms) != 1 or abs(by) > MOST:
        return None
    [(monomial, coefficient)] = terms.items()
    if len(monomial) > 1 and by != 1:
        return None
    return {tuple((base, by * power) for base, power in monomial): coefficient**by}


def _counted(node: Node, count: Callable[..., int], *arguments: Node) -> Sum:
    """What counts something of whole numbers."""
    numbers = [number for argument in arguments if (number := _number(_sum_of(argument))) is not None]
    are_whole = all(number.denominator == 1 and 0 <= number <= MOST for number in numbers)
    if len(numbers) < len(arguments) or not are_whole:
        return _alone(node)
    return _merged([((), Fraction(count(*map(int, numbers))))])
