"""What print leaves out beside dots: x beside x^n is x^1, a last y^n behind x^{n-1} y has x^0 too, and 9 is 3^2."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import reduce

from ..meaning.expression import Dots, Node, Number, Power, Product

ZERO, ONE = Number(Fraction(0)), Number(Fraction(1))
# So many numbers show that they don't go on by equal steps.
ENOUGH = 3
# Beyond, no number is printed as the power that it is.
LARGEST = 10**6


def in_full(dots: Dots) -> Dots:
    """Dots whose entries beside them have the same factors, where powers by 1 and by 0 make them so.

    That needs another entry before the dots, which shows how they go on, or another number that changes with the power:
    2 + \\dots + 2^n may go on with 3.
    """
    *others, near = dots.first, *dots.between
    if (power := _as_power([*others, near], dots.last)) is not None:
        return replace(dots, between=(*dots.between[:-1], power))
    found = _alike(_factors(near), _factors(dots.last), bool(others))
    if found is None:
        return dots
    near, last = (reduce(Product, factors) for factors in zip(*found, strict=True))
    printed = [_beside(near, other) for other in others] + [near]
    after = tuple(_beside(near, other) for other in dots.after)
    return replace(dots, first=printed[0], between=tuple(printed[1:]), last=last, after=after)


def _as_power(printed: list[Node], last: Node) -> Node | None:
    """The last of some numbers as a power like the one that ends them, of the same base or by the same exponent.

    None where they may go on by equal steps, or the number is no such power.
    """
    values = [node.value for node in printed if isinstance(node, Number)]
    if len(values) < max(len(printed), ENOUGH) or values[1] - values[0] == values[2] - values[1]:
        return None
    near, shown = values[-1], printed[-1]
    match last:
        case Power(Number(base), exponent) if not isinstance(exponent, Number):
            powers = (n for n in range(2, LARGEST.bit_length()) if base**n == near)
            return next((Power(Number(base), Number(Fraction(n)), at=shown.at) for n in powers), None)
        case Power(base, Number(by) as exponent) if not isinstance(base, Number) and by > 1 and near < LARGEST:
            roots = (n for n in range(1, 1 + round(float(near) ** (1 / float(by)))) if n**by == near)
            return next((Power(Number(Fraction(n)), exponent, at=shown.at) for n in roots), None)
    return None


def _beside(near: Node, other: Node) -> Node:
    """An entry with the factors of the one before the dots, if powers by 1 and by 0 are all that it lacks."""
    found = _alike(_factors(near), _factors(other), is_led=True)
    return other if found is None else reduce(Product, (factor for _, factor in found))


def _factors(node: Node) -> list[Node]:
    """The factors of a product that stand side by side; of anything else, itself."""
    match node:
        case Product(left, right, sign="", elementwise=False, behind=""):
            return [*_factors(left), right]
    return [node]


def _alike(near: list[Node], last: list[Node], is_led: bool) -> list[tuple[Node, Node]] | None:
    """The factors of two entries pair by pair; None where no power is left out, or more than that differs.

    Args:
        is_led: whether another entry before them shows how they go on.
    """
    left = [] if is_led and last == [ONE] else [*last]
    found, changed = list[tuple[Node, Node]](), False
    for factor in near:
        match factor, left[0] if left else None:
            case (Power(base), Power(of) as power) if base == of:
                found.append((factor, power))
            case (_, Power(base) as power) if factor == base and not isinstance(base, Number):
                found.append((Power(factor, ONE, at=factor.at), power))
                changed = True
            case (Power(base), other) if other == base:
                found.append((factor, Power(base, ONE, at=factor.at)))
                changed = True
            case (Power(base), _) if is_led:
                found.append((factor, Power(base, ZERO, at=factor.at)))
                changed = True
                continue
            case (Power(), _) | (_, Power() | None):
                return None
            case _, Node() as other:
                found.append((factor, other))
        left = left[1:]
    is_shown = is_led or sum(a != b for a, b in found) > 1
    return found if changed and is_shown and not left else None
