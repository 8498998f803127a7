"""Whether two values agree, in floats where they can tell, and in 50 and 100 digits where they can't.

Rounding shrinks when the digits double; an error stays. So two sides that differ in floats are computed twice more, and
what is left of the difference says which of the two it was.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import NamedTuple

from ..meaning.expression import Name, Negative, Node, Number, Power, Product, Vector
from ..meaning.operations import OPERATIONS, Prefix, Ranked
from ..meaning.signs import RELATIONS
from ..message.refusal import NoValue, Overflow, Refusal
from ..numbers.array import Array, Value, kind, lies
from ..numbers.dual import Scalar, plain
from ..numbers.scalar import UNORDERED, is_complex, is_finite

# Up to this, relative to the sides, floats agree.
AGREE = 1e-11
# Sides that are to be ordered are a tie up to this, relative to their terms; what floats then say is left to digits.
TIED = 1e-14
# How far a difference must shrink, when 50 digits become 100, to be rounding.
SHRINKS = 1e-20
# Of the digits that are taken, rounding reaches so many from the last: what is left beyond may be more than rounding.
ROUNDED = 2
# Why a side that grows with the digits has no value, and the way out.
BY_ROUNDING = "a division by what is 0 but for rounding", "restrict the sets, so that it has a value"
# In 50 digits: closer than the first, sides agree; farther apart than the second, they differ by more than rounding.
SAME, APART = 1e-42, 1e-30
DIGITS = (50, 100, 200)
# What these can't tell, these may; all of them on the first trials that count, but for the second.
FURTHER = (300, 400)
CONFIRMING = (50, 200, *FURTHER)
# The digits that tell whether a term is lost in the second of them.
MORE = 210

# Relations that say which side is greater, each with what it asks of sides that differ; and those that two equal sides
# don't fulfil.
ORDER = {sign: row.order for sign, row in RELATIONS.items() if row.order is not None}
STRICT = {sign for sign, row in RELATIONS.items() if row.strict}
# Letters that name a function where the page gives them no value; and those of which a subscript says which value.
LETTERS = {row.form.tex for row in OPERATIONS.values() if isinstance(row.form, Prefix) and row.form.is_letter}
RANKED = {row.form.tex for row in OPERATIONS.values() if isinstance(row.form, Ranked)}


def pairs_of(left: Value, right: Value, left_node: Node, right_node: Node) -> list[tuple[Scalar, Scalar]]:
    """The numbers to compare, place by place; a 0 alone stands for the array of zeros.

    Raises:
        Refusal: where the sides have different shapes.
    """
    if isinstance(left, Array) and _is_zero(right_node):
        return [(plain(x), 0) for x in left.entries.flat]
    if isinstance(right, Array) and _is_zero(left_node):
        return [(0, plain(x)) for x in right.entries.flat]
    if lies(left) != lies(right) or (isinstance(left, Array) and left.shape != right.shape):
        way_out = "transpose one of them, or write it by components"
        if multiplied := next((each for side in (left_node, right_node) for each in _may_be_functions(side)), ""):
            way_out = (
                f"define {multiplied}(A) \\coloneqq … too: the page's {multiplied} is a number, and multiplies "
                f"what stands in brackets behind it"
            )
            if (letter := multiplied.partition("_")[0]) in RANKED:
                way_out = f"give the page's {letter} another name: it multiplies what stands in brackets behind it"
        raise Refusal(f"{kind(left)} and {kind(right)} can't be compared", way_out, rule=17)
    if isinstance(left, Array):
        return [(plain(x), plain(y)) for x, y in zip(left.entries.flat, right.entries.flat, strict=True)]
    return [(plain(left), plain(right))]


def _may_be_functions(node: Node) -> Iterator[str]:
    """Letters that are functions elsewhere, values on the page, and stand before brackets: \\kappa(A)."""
    for part in node.walk():
        if isinstance(part, Name) and part.before_brackets and part.name.partition("_")[0] in LETTERS | RANKED:
            yield part.name


def _is_zero(node: Node) -> bool:
    return isinstance(node, Number) and node.value == 0


class Outcome(NamedTuple):
    """Whether a relation holds as far as floats tell (None: they can't), and the relative difference of equal sides."""

    holds: bool | None
    difference: float = 0.0


def in_floats(a: Scalar, b: Scalar, relation: str, size: Callable[[], float]) -> Outcome:
    """Compare two floats.

    Args:
        a, b: the sides.
        relation: as printed.
        size: of the terms that make the sides, for where they cancel.

    Raises:
        Overflow: where one of them isn't finite.
        Refusal: where complex numbers are ordered.
    """
    if type(a) is type(b) is float:
        # Nearly always: of these, only what is infinite or no number leaves anything of itself.
        if a - a or b - b:
            raise Overflow
        gap, scale = abs(a - b), max(abs(a), abs(b))
    else:
        if not is_finite(a) or not is_finite(b):
            raise Overflow
        _refuse_order(a, b, relation)
        if are_whole(a, b) and a != b and (relation == "=" or (relation in ORDER and not ORDER[relation](a, b))):
            return Outcome(None)  # however large they are beside what they differ by
        try:
            gap, scale = float(abs(a - b)), float(max(abs(a), abs(b)))
        except OverflowError:
            raise Overflow from None
    if relation == "=":
        if gap <= AGREE * scale:
            return Outcome(True, gap / scale if gap else 0.0)
        return Outcome(True, gap / size()) if gap <= AGREE * size() < math.inf else Outcome(None)
    if relation == "≠":
        return Outcome(True if gap > 1e-6 * size() else None)
    if relation not in STRICT and gap <= AGREE * scale:
        # A tie, unless it is the wrong way round by more than the last digits.
        return Outcome(None if gap > TIED * size() > 0 and not ORDER[relation](a, b) else True)
    return Outcome(True if ORDER[relation](a, b) and gap > (1e-6 if relation in STRICT else AGREE) * size() else None)


def are_whole(a: Scalar, b: Scalar) -> bool:
    """Whether two sides are exact: nothing of what they differ by is rounding."""
    return type(a) is type(b) is int


def _refuse_order(a: Scalar, b: Scalar, relation: str) -> None:
    if relation in ORDER and (is_complex(a) or is_complex(b)):
        raise Refusal(*UNORDERED, rule=30)


def is_apart(pair: tuple[Scalar, Scalar]) -> bool:
    """Whether two sides in 50 digits differ by more than rounding."""
    return bool(abs(pair[0] - pair[1]) > APART * max(abs(pair[0]), abs(pair[1])))


def is_clear(
    pair: tuple[Scalar, Scalar], rough: tuple[Scalar, Scalar] | None, relation: str, size: Callable[[], float]
) -> bool:
    """Whether 50 digits leave no doubt that a relation holds.

    Two sides may differ by nothing but rounding and be far apart beside their own size, as √2 √3 − √6 and 0 are.
    They differ clearly where floats, `rough`, show the same difference, and 50 digits hold it beside the terms that
    make the sides: of 1/(1 − 10^{-130}) − 1 and 10^{-130}, floats and 50 digits see the second alone.

    Args:
        pair: the sides in 50 digits.
        rough: in floats; None where these have no value.
        relation: as printed.
        size: of the terms that make the sides.

    Raises:
        Refusal: where complex numbers are ordered.
    """
    a, b = pair
    _refuse_order(a, b, relation)
    if not is_finite(a) or not is_finite(b):
        return False
    gap, scale = abs(a - b), max(abs(a), abs(b))
    if relation == "=":
        return bool(gap <= SAME * scale)
    if rough is None or not gap / 2 < _between(*rough) < gap * 2:
        return False
    if gap <= SAME * size():
        return False
    return True if relation == "≠" else ORDER[relation](a, b)


def _between(a: Scalar, b: Scalar) -> Scalar:
    """By how much two sides differ in floats; infinite, where one is a whole number that is too large for them."""
    try:
        return abs(a - b)
    except OverflowError:
        return math.inf


def decided(
    readings: list[tuple[Scalar, Scalar]],
    relation: str,
    is_last: bool = False,
    many: int | None = None,
    size: Callable[[], float] = float,
) -> bool | None:
    """Compare two sides that were computed in more and more digits; None where that asks for still more.

    Args:
        readings: the sides, at least twice.
        relation: as printed.
        is_last: there are no more digits to ask for.
        many: the digits of the last reading.
        size: of the terms that make the sides, for where they cancel.

    Raises:
        Refusal: where a side is infinite, or grows with the digits, or complex numbers are ordered.
    """
    _refuse_order(*readings[0], relation)
    if not all(is_finite(value) for reading in readings for value in reading):
        raise NoValue("a side is infinite", "restrict the sets, so that it has a value", rule=25)
    before, last = readings[-2:]
    if any(then and abs(now) > abs(then) / SHRINKS for then, now in zip(before, last, strict=True)):
        raise NoValue(*BY_ROUNDING, rule=25)
    gap, earlier = abs(last[0] - last[1]), abs(before[0] - before[1])
    # Both sides vanish: each is a rounded 0.
    vanish = max(map(abs, last)) <= SHRINKS * max(map(abs, before))
    equal = gap == 0 or gap <= SHRINKS * earlier or vanish
    stays = earlier / 2 < gap < earlier * 2
    # A side that more digits move by more than the gap was mostly lost: the gap was of what was left.
    settled = max(abs(now - then) for now, then in zip(last, before, strict=True)) <= gap
    if not equal and not (stays and (settled or is_last)):
        # Rounded to nearly the same number by chance: what remains can't be seen to shrink from there.
        if not is_last:
            return None
        equal = True
    if equal and many is not None and not is_last:
        # What shrank may have been rounding, and what is left a difference that the digits before couldn't see.
        scale, rounding = max(map(abs, last)), 10.0 ** (ROUNDED - many)
        if gap > rounding * scale and not scale <= rounding * size() < math.inf:
            return None
    if relation == "=":
        return bool(equal)
    if relation == "≠":
        return not equal
    return relation not in STRICT if equal else ORDER[relation](*last)


# ≈


def half_units(node: Node) -> list[Fraction] | None:
    """Half a unit of the last decimal of each printed number of a side; None for a side that isn't printed numbers."""
    match node:
        case Number(decimals=decimals):
            return [Fraction(1, 2 * 10**decimals)]
        case Negative(value):
            return half_units(value)
        case Vector(entries):
            found = [half_units(entry) for entry in entries]
            return None if any(f is None or len(f) != 1 for f in found) else [f[0] for f in found if f]
        case Product(Number() as mantissa, Power(Number(value=ten), exponent)) if ten == 10:
            whole = _whole(exponent)
            half = half_units(mantissa)
            return None if whole is None or half is None else [half[0] * Fraction(10) ** whole]
    return None


def _whole(node: Node) -> int | None:
    if isinstance(node, Number) and node.value.denominator == 1 and abs(node.value) < 400:
        return node.value.numerator
    if isinstance(node, Negative) and (inner := _whole(node.value)) is not None:
        return -inner
    return None


def rounds_to(a: Scalar, b: Scalar, half: Fraction) -> bool:
    """Whether two numbers differ by no more than half a unit."""
    return bool(abs(a - b) * half.denominator <= half.numerator * (1 + AGREE))
