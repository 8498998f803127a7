r"""Sets of which what is said behind them leaves a part: n \in \mathbb{N}, n \geq 2, and \mathbb{N}_{\geq 2}."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise, takewhile

from ....meaning.expression import Add, Comparison, Extremum, Name, Negative, Node, Number
from ....meaning.statement import Arrays, Complexes, Domain, Reals, Whole
from ....message.frozen import frozen
from ....message.refusal import Refusal
from ..grammar.bounds import split_at
from ..grammar.cursor import relations_in, split, trimmed
from ..grammar.guards import begins_tail
from ..lexing import atoms as printed
from ..lexing.atoms import Atoms, Comma, Letter, Relation, Sign, Star
from ..lexing.spelling import spelled

# The sets of all numbers of a kind, and what may restrict one.
NUMBERS = {"\\mathbb{R}": "R", "\\mathbb{C}": "C", "\\mathbb{N}": "N", "\\mathbb{Z}": "Z"}
ONE = Number(Fraction(1))
# What each relation says when it is read from the right to the left.
TURNED = {"<": ">", "≤": "≥", ">": "<", "≥": "≤", "≠": "≠"}
WAY_OUT = "write the set itself, such as \\{1, \\dots, n\\} or {]0, 1[}, or \\text{if} … behind the claim"


def restricts(before: Atoms, said: Atoms) -> bool:
    r"""Whether atoms compare a symbol of the declaration before them with a bound: n \in \mathbb{N}, n \geq 2.

    That set must be one of all numbers of a kind, of which no inequality holds; or of arrays, where one isn't 0.
    """
    declaration = tuple(takewhile(lambda atom: not begins_tail(atom), before))
    relations = relations_in(declaration)
    if [each.text for each in relations] != ["∈"] or not {*(each.text for each in relations_in(said))} <= {*TURNED}:
        return False
    left, right = split_at(declaration, relations[0])
    sides = [trimmed(side) for side in split(said, Relation)]
    names = {spelled(trimmed(part)) for part in split(left, Comma)}
    is_plain = all(side and all(isinstance(each, Letter | printed.Number | Sign) for each in side) for side in sides)
    match trimmed(right):
        case (Letter(text, sub=()) as letter,) if text in NUMBERS:
            is_array = any(not isinstance(each, Star) for each in letter.sup)
        case _:
            return False
    are_bounds = all(spelled(a) in names or spelled(b) in names for a, b in pairwise(sides))
    return is_plain and len(sides) > 1 and are_bounds and (not is_array or _is_not_zero(said))


def _is_not_zero(said: Atoms) -> bool:
    match trimmed(said):
        case (Letter(), Relation("≠"), printed.Number("0") as zero) if zero.is_bare:
            return True
    return False


def within(base: Domain, sign: str, bound: Node) -> Domain | None:
    """What a comparison leaves of a set of numbers, or of all arrays; None where that is no set that is drawn from."""
    is_zero = isinstance(bound, Number) and bound.value == 0
    match base:
        case Reals(None, None) | Complexes() | Arrays(Reals(None, None) | Complexes()) if sign == "≠" and is_zero:
            return replace(base, without_zero=True)
        case Whole(Number(value), None) if sign == "≠" and is_zero and value == 0:
            return Whole(ONE)
        case Reals(without_zero=True) if sign not in "<>" or not is_zero:
            return None
        case Reals(lower=None) if sign in (">", "≥"):
            return replace(base, lower=bound, lower_open=sign == ">", without_zero=False)
        case Reals(upper=None) if sign in ("<", "≤"):
            return replace(base, upper=bound, upper_open=sign == "<", without_zero=False)
        case Whole(first, last) if sign in (">", "≥"):
            return Whole(_further("max", first, _plus(bound, 1 if sign == ">" else 0)), last)
        case Whole(first, last) if sign in ("<", "≤"):
            return Whole(first, _further("min", last, _plus(bound, -1 if sign == "<" else 0)))
    return None


def _plus(bound: Node, step: int) -> Node:
    if not step:
        return bound
    if (value := _printed(bound)) is not None:
        return _number(value + step)
    return Add((bound, ONE if step > 0 else Negative(ONE)))


def _further(kind: str, end: Node | None, bound: Node) -> Node:
    """Of two ends, the one that leaves less."""
    if end is None:
        return bound
    one, other = _printed(end), _printed(bound)
    if one is None or other is None:
        return Extremum(kind, (end, bound))
    return _number(max(one, other) if kind == "max" else min(one, other))


def _printed(node: Node) -> Fraction | None:
    """The value of a printed number, which may have a sign."""
    match node:
        case Number(value):
            return value
        case Negative(Number(value)):
            return -value
    return None


def _number(value: Fraction) -> Node:
    return Number(value) if value >= 0 else Negative(Number(-value))


@frozen
class Part:
    """Symbols, what is left of their set, and the symbols declared with them whose sets read them."""

    names: tuple[str, ...]
    domain: Domain
    narrows: tuple[str, ...] = ()


def restricted(names: tuple[str, ...], base: Domain, conditions: Sequence[Node]) -> Iterator[Part]:
    """Symbols of one set, with what conditions leave of it to each: first those of which nothing is said.

    Raises:
        Refusal: at a condition that leaves no set that can be drawn from.
    """
    sets = dict.fromkeys(names, base)
    reads: dict[str, set[str]] = {}
    for condition in conditions:
        if not isinstance(condition, Comparison):
            raise _no_set(condition)
        for (left, right), relation in zip(pairwise(condition.sides), condition.relations, strict=True):
            name, sign, bound = _subject(left, relation, right, names, condition)
            read = {part.name for part in bound.walk() if isinstance(part, Name)}
            found = within(sets[name], sign, bound)
            if found is None or name in read.union(*(reads.get(each, ()) for each in read)):
                raise _no_set(condition)
            sets[name] = found
            reads.setdefault(name, set()).update(read)
    narrows = {name: tuple(other for other in reads if name in reads[other]) for name in names}
    if free := tuple(name for name in names if name not in reads and not narrows[name]):
        yield Part(free, base)
    yield from (Part((name,), sets[name], narrows[name]) for name in names if name not in free)


def _subject(left: Node, relation: str, right: Node, names: tuple[str, ...], condition: Node) -> tuple[str, str, Node]:
    """The symbol whose set a link restricts, the last declared one, with the relation and the bound."""
    place = [names.index(side.name) if isinstance(side, Name) and side.name in names else -1 for side in (left, right)]
    if max(place) < 0 or place[0] == place[1] or relation not in TURNED:
        raise _no_set(condition)
    return (names[place[0]], relation, right) if place[0] > place[1] else (names[place[1]], TURNED[relation], left)


def _no_set(condition: Node) -> Refusal:
    if isinstance(condition, Comparison) and "≠" in condition.relations:
        return only_zero(condition.at)
    return Refusal("what this leaves of the set isn't read yet", WAY_OUT, rule=1, at=condition.at)


def only_zero(at: int) -> Refusal:
    """The refusal of a set without something else than 0."""
    what = "of a set, only 0 can be taken out yet"
    return Refusal(what, "write what isn't in it behind the claim, such as \\text{if } a \\neq 1", rule=4, at=at)
