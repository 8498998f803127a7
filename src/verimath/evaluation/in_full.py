"""What print leaves out beside dots: x beside x^n is x^1, a last y^n behind x^{n-1} y has x^0 too, and 9 is 3^2."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from functools import partial, reduce
from itertools import chain, combinations

from ..meaning.expression import Add, Dots, Name, Negative, Node, Number, Power, Product
from .monomials import says_same
from .varying import along, at_nodes, symbols_of

ZERO, ONE = Number(Fraction(0)), Number(Fraction(1))
# So many entries show that they don't go on by equal steps.
ENOUGH = 3
# Where the last entry may be one of a sequence of its own, as n^2 is, that begins with one of these numbers.
BEGINNINGS = range(3)
# Of so many places of a letter, some may change, and others not.
MOST_PLACES = 4


def in_full(dots: Dots) -> Dots:
    """Dots whose entries beside them have the same factors, where powers by 1 and by 0 make them so.

    That needs another entry before the dots, which shows how they go on, or another number that changes with the power:
    2 + \\dots + 2^n may go on with 3.
    """
    *others, near = dots.first, *dots.between
    if (made := _as_last(dots)) is not None:
        return replace(dots, first=made[0], between=tuple(made[1:]), alternates=False)
    if (moved := _from_one(dots)) is not None:
        return moved
    found = _alike(_factors(near), _factors(dots.last), bool(others))
    last = dots.last
    if found is not None:
        near, last = (reduce(Product, factors) for factors in zip(*found, strict=True))
    printed = [_beside(near, other) for other in others] + [near]
    after = tuple(_beside(near, other) for other in dots.after)
    return replace(dots, first=printed[0], between=tuple(printed[1:]), last=last, after=after)


def _as_last(dots: Dots) -> list[Node] | None:
    """Entries before dots, printed as the last one is, where they are its first values: 1, 4, 9 as 1^2, 2^2, 3^2.

    That needs three of them, or two, and one behind the dots that is such a value too. None where they may go on by
    equal steps as well, or where more than one letter, or number, makes them so.
    """
    printed, last = [dots.first, *dots.between], dots.last
    if len(printed) + bool(dots.after) < ENOUGH or _steps_are_equal(printed, dots):
        return None
    fitting = []
    for places in _places(last):
        if dots.after and not says_same(dots.after[-1], at_nodes(last, places, _less_one)):
            continue
        for first in BEGINNINGS:
            made = [at_nodes(last, places, partial(_number, first + n)) for n in range(len(printed))]
            if all(map(says_same, printed, made)) and not says_same(made[0], made[1]):
                fitting.append(made)
    return fitting[0] if len(fitting) == 1 else None


def _places(last: Node) -> Iterator[tuple[Name, ...]]:
    """Where a letter may be what changes: all places of one, or some of them."""
    for letter in sorted(symbols_of(last)):
        found = [part for part in last.walk() if isinstance(part, Name) and part.name == letter]
        if len(found) <= MOST_PLACES:
            yield from chain.from_iterable(combinations(found, size) for size in range(len(found), 0, -1))


def _number(value: int, letter: Name) -> Node:
    return Number(Fraction(value), at=letter.at)


def _less_one(letter: Name) -> Node:
    return Add((letter, Negative(ONE)), at=letter.at)


def _steps_are_equal(printed: list[Node], dots: Dots) -> bool:
    """Whether the three entries before the dots differ by equal steps from each other where the last one does."""
    if len(printed) < ENOUGH or dots.after:
        return False
    places = [along(entry, printed[-1], dots.last) for entry in printed[-ENOUGH:]]
    numbers = [[node.value for node in found if isinstance(node, Number)] for found in places]
    if not places[0] or any(len(found) != len(places[0]) for found in numbers):
        return False
    return all(b - a == c - b for a, b, c in zip(*numbers, strict=True))


def _from_one(dots: Dots) -> Dots | None:
    """Entries that are one number and whole ones, x, x - 1, …, x - n + 1, as x and a whole number: x + 0, x + (1 - n).

    None where they are otherwise alike, or have nothing in common.
    """
    printed = [dots.first, *dots.between]
    near, last = _terms(printed[-1]), _terms(dots.last)
    common = [term for term in near if term in last and not isinstance(term, Number)]
    if not common or near == last or (len(near) == len(last) and len(common) < len(near)):
        return None

    def parted(entry: Node) -> Node:
        terms = _terms(entry)
        if any(term not in terms for term in common):
            return entry
        left = [term for term in terms if term not in common]
        rest = Add(tuple(left), at=left[0].at) if len(left) > 1 else left[0] if left else ZERO
        return Add((*common, rest), at=entry.at)

    first, *between = map(parted, printed)
    return replace(
        dots, first=first, between=tuple(between), last=parted(dots.last), after=tuple(map(parted, dots.after))
    )


def _terms(node: Node) -> list[Node]:
    return list(node.terms) if isinstance(node, Add) else [node]


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
