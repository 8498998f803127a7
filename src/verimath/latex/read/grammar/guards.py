r"""What is true or false: comparisons, guards of cases, the ranges of index letters."""

from __future__ import annotations

from fractions import Fraction

from ....meaning.expression import Add, Both, Comparison, Negative, Node, Pair, Range
from ....meaning.expression import Number as Said
from ....meaning.signs import ORDERS, RELATIONS
from ....message.refusal import Refusal
from ..lexing.atoms import CURLY, Atom, Atoms, Blank, Comma, Forall, Group, Number, Relation, Text
from ..lexing.vocabulary import AND, IF, PARITY
from .cursor import Cursor, only_dots, relations_in, split, trimmed

COMPARES = {row.sign for row in RELATIONS.values() if row.exactly is not None}


def spoken(atom: Atom) -> str:
    """The word of a \\text, without the punctuation around it; empty for another atom."""
    return atom.text.strip(" ,.;:").lower() if isinstance(atom, Text) else ""


def begins_tail(atom: Atom) -> bool:
    r"""Whether an atom is a \forall or a \text{si}, with which the end of a statement begins."""
    return isinstance(atom, Forall) or spoken(atom) in IF


def says_condition(atoms: Atoms) -> bool:
    """Whether atoms are comparisons, or say of a number that it is even or odd."""
    return bool(relations_in(atoms)) or (len(atoms) > 1 and spoken(atoms[-1]) in PARITY)


def comparison(cursor: Cursor, atoms: Atoms, at: int, rule: int) -> Node:
    """A chain of comparisons between numbers, where a rule of the language asks for one."""
    match atoms:
        case (*number, Text() as word) if spoken(word) in PARITY and not relations_in(number):
            halved = Pair("mod", cursor.expression(trimmed(tuple(number)), word.at), Said(Fraction(2)), at=word.at)
            return Comparison((halved, Said(Fraction(PARITY[spoken(word)]))), ("=",), at=word.at)
    relations = relations_in(atoms)
    for relation in relations:
        if (order := ORDERS.get(relation.text)) is not None:
            of, sign = ("+", "\\geq") if order.sign == "≥" else ("++", ">")
            way_out = (
                f"declare it, A \\in \\mathbb{{S}}_{{{of}}}^{{n}}, or write \\lambda_{{\\min}}(A) {sign} 0; "
                f"of a vector, x_i {sign} 0 \\forall i"
            )
            raise Refusal("an order of matrices in a condition isn't read yet", way_out, rule=28, at=relation.at)
        if relation.text not in COMPARES:
            what = f"{relation.text} is no comparison"
            raise Refusal(what, "write =, \\neq, <, \\leq, > or \\geq", rule, at=relation.at)
    if not relations:
        raise Refusal("a condition without a relation", "write such as i = j", rule, at=atoms[0].at if atoms else at)
    read = []
    for side in split(atoms, Relation):
        if not side:
            raise Refusal("a comparison lacks one of its sides", "write both", rule, at=at)
        read.append(cursor.expression(side, at))
    return Comparison(tuple(read), tuple(relation.text for relation in relations), at=at)


def condition(cursor: Cursor, atoms: Atoms, at: int, rule: int) -> Node:
    """Comparisons that must all hold, joined by `et` or `and`, where a rule of the language asks for them."""
    parts: list[list[Atom]] = [[]]
    for place, atom in enumerate(atoms):
        following = next((each for each in atoms[place + 1 :] if not isinstance(each, Blank)), None)
        match atom:
            case Text() if spoken(atom) in AND:
                parts.append([])
            case Comma() if following is not None and spoken(following) in AND:
                continue
            case Comma():
                what = "what follows this comma may be a condition, or a statement of its own"
                way_out = "write \\text{et} or \\text{and} between conditions, , \\quad before another statement"
                raise Refusal(what, way_out, rule=1, at=atom.at)
            case Text() if spoken(atom) in PARITY:
                parts[-1].append(atom)
            case Text(words):
                what = f"\\text{{{words}}} in a condition"
                raise Refusal(what, "write \\text{et} or \\text{and}", rule=22, at=atom.at)
            case _:
                parts[-1].append(atom)
    while parts and not trimmed(tuple(parts[-1])):
        parts.pop()
    if not parts:
        raise Refusal("a condition is missing", "write it after \\text{si}", rule, at=at)
    read = tuple(comparison(cursor, trimmed(tuple(part)), at, rule) for part in parts)
    return read[0] if len(read) == 1 else Both(read, at=at)


def index_range(cursor: Cursor, atoms: Atoms, at: int) -> Range:
    r"""The range that \{1, \dots, n\} says.

    Raises:
        Refusal: for any other set.
    """
    found = range_of(cursor, atoms, at) or listed_range(cursor, atoms)
    if found is None:
        raise Refusal(
            "an index runs over whole numbers that follow each other",
            "write \\{1, \\dots, n\\}",
            rule=11,
            at=atoms[0].at if atoms else at,
        )
    return found


def range_of(cursor: Cursor, atoms: Atoms, at: int) -> Range | None:
    """A range of whole numbers; None for anything else."""
    match atoms:
        case (Group(brackets, content, sub=(), sup=(), at=place),) if brackets == CURLY:
            parts = split(content, Comma)
        case _:
            return None
    dots = only_dots(parts)
    if len(dots) != 1 or dots[0] != len(parts) - 2 or dots[0] not in (1, 2):
        return None
    first, last = cursor.expression(parts[0], at), cursor.expression(parts[-1], at)
    between = tuple(cursor.expression(part, at) for part in parts[1:-2])
    _refuse_downwards(first, between, last)
    return Range(first, last, between, at=place)


def _refuse_downwards(first: Node, between: tuple[Node, ...], last: Node) -> None:
    """Refuse a range that ends with a number and isn't seen to run up to it: as it stands, it would be empty.

    Raises:
        Refusal: where it may run down.
    """
    end = written(last)
    if end is None or runs_up(first, between):
        return
    start = written(first)
    if between or start is None or start > end:
        way_out = "write it upwards: \\{1, \\dots, n\\}; where it does run up, write its second number too"
        raise Refusal("a range that may run down to a number", way_out, rule=11, at=last.at)


def runs_up(first: Node, between: tuple[Node, ...]) -> bool:
    """Whether what is written between the first number of a range and its dots is seen to go on by steps of 1."""
    return bool(between) and all(_is_greater(node, first, by) for by, node in enumerate(between, 1))


def _is_greater(node: Node, first: Node, by: int) -> bool:
    """Whether an expression is seen to be the first one and a whole number."""
    terms, number = _parted(node)
    of_first, start = _parted(first)
    return terms == of_first and number == start + by


def _parted(node: Node) -> tuple[tuple[Node, ...], int]:
    """The terms of a sum but for a whole number at its end, and that number."""
    terms = node.terms if isinstance(node, Add) else (node,)
    number = written(terms[-1])
    return (terms, 0) if number is None else (terms[:-1], number)


def written(node: Node) -> int | None:
    """The whole number that is written; None of anything else."""
    match node:
        case Said(value) if value.denominator == 1:
            return int(value)
        case Negative(Said(value)) if value.denominator == 1:
            return -int(value)
    return None


def listed_range(cursor: Cursor, atoms: Atoms) -> Range | None:
    r"""The range that a list of whole numbers says, such as \\{1, 2, 3\\}; None for anything else."""
    match atoms:
        case (Group(brackets, content, sub=(), sup=(), at=at),) if brackets == CURLY:
            parts = split(content, Comma)
        case _:
            return None
    digits = [part[0].text for part in parts if len(part) == 1 and isinstance(part[0], Number) and part[0].is_bare]
    if len(digits) < len(parts) or not all(text.isdecimal() for text in digits):
        return None
    first, *others = (int(text) for text in digits)
    if others != list(range(first + 1, first + len(digits))):
        return None
    read = [cursor.expression(part, at) for part in parts]
    return Range(read[0], read[-1], tuple(read[1:-1]), at=at)
