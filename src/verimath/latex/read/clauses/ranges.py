r"""What letters run over in other words than \forall: `\text{for } i = 1, \dots, n`, or the same behind a comma."""

from __future__ import annotations

from itertools import pairwise

from ..grammar.cursor import only_dots, relations_in, split, trimmed, unpunctuated
from ..grammar.guards import says_condition, spoken
from ..lexing.atoms import (
    CURLY,
    ROUND,
    Atom,
    Atoms,
    Blank,
    Comma,
    Forall,
    Function,
    Group,
    Letter,
    Quad,
    Relation,
    Row,
    Text,
)
from ..lexing.vocabulary import FOR, IF, LINKS, PARITY


def with_ranges(stream: Atoms) -> Atoms:
    r"""Atoms in which all that says what letters run over does it by \forall.

    Args:
        stream: the statements of a formula, in brackets by now.
    """
    found: list[Atom] = []
    place = 0
    while place < len(stream):
        atom = stream[place]
        if said := _range_at(stream, place, found):
            length, tail = said
            found += tail
            place += length
            continue
        match atom:
            case Text(words) if words.strip(" ,").lower() in FOR:
                found.append(Forall("\\forall", at=atom.at))
            case _:
                found.append(atom)
        place += 1
    return tuple(found)


def _range_at(stream: Atoms, place: int, before: list[Atom]) -> tuple[int, Atoms] | None:
    """How many atoms from there on say a range of letters, and the same as a tail; None where they say none."""
    if not relations_in(before) or (before and isinstance(before[-1], Row)):
        return None
    atom = stream[place]
    match atom:
        case Group(brackets, content, sub=(), sup=()) if brackets == ROUND and _ends(stream, place + 1):
            tail = _range(content, atom.at) or _condition(content, atom.at, before)
            return None if tail is None else (1, tail)
        case Comma() | Blank() | Text():
            if isinstance(atom, Text) and atom.text.strip(" ,").lower() not in FOR | LINKS:
                return None
            start = place + 1
            while start < len(stream) and isinstance(stream[start], Quad):
                start += 1
            stop = _end_of_statement(stream, start)
            tail = _range(stream[start:stop], atom.at)
            if tail is None and (length := _parity(stream, start)):
                return start - place + length, (_if(atom.at), *stream[start : start + length])
            return None if tail is None else (stop - place, tail)
    return None


def _if(at: int) -> Text:
    """The word before a condition that is printed without one."""
    return Text("if", at=at)


def _parity(stream: Atoms, start: int) -> int:
    r"""How many atoms from there on say of a letter that it is even or odd, n \text{ odd}, and end the statement."""
    match stream[start : start + 2]:
        case (Letter(), Text() as word) if spoken(word) in PARITY and _ends(stream, start + 2):
            return 2
    return 0


def _condition(content: Atoms, at: int, before: list[Atom]) -> Atoms | None:
    r"""What stands in brackets at the end of a claim as its condition, (x > 0); None of what is an argument there."""
    inside = unpunctuated(content)
    if not inside or is_reason(inside) or (before and isinstance(before[-1], Letter | Function)):
        return None
    first, rest = inside[0], trimmed(inside[1:])
    if (of_what := _of_what(inside, at)) is not None:
        return of_what
    if isinstance(first, Text) and first.text.strip(" ,").lower() in FOR:
        return Forall("\\forall", at=at), *rest
    if spoken(first) in IF:
        inside = rest
    inside = tuple(Forall("\\forall", at=each.at) if spoken(each) in FOR else each for each in inside)
    return (_if(at), *inside) if says_condition(inside) else None


def _of_what(inside: Atoms, at: int) -> Atoms | None:
    r"""Of what a claim holds, x \in \mathbb{R}, and under which conditions on it behind a comma; else None."""
    relations = relations_in(inside)
    if not relations or relations[0].text != "∈" or not isinstance(inside[0], Letter):
        return None
    place = inside.index(relations[0])
    commas = [n for n, atom in enumerate(inside) if n > place and isinstance(atom, Comma)]
    parted = [trimmed(inside[start + 1 : stop]) for start, stop in pairwise([*commas, len(inside)])]
    if not all(map(says_condition, parted)):
        return None
    found = [Forall("\\forall", at=at), *(inside[: commas[0]] if commas else inside)]
    for part in parted:
        is_set = "∈" in [relation.text for relation in relations_in(part)]
        found += [Forall("\\forall", at=at) if is_set else _if(at), *part]
    return tuple(found)


def is_reason(inside: Atoms) -> bool:
    r"""Whether brackets hold a reason, which is a claim too: (\text{since } a b = b a)."""
    match inside:
        case (Text(words), *said):
            return words.strip(" ,:;").lower() in LINKS and bool(relations_in(said))
    return False


def _ends(stream: Atoms, place: int) -> bool:
    """Whether a statement ends there."""
    rest = unpunctuated(stream[place : _end_of_statement(stream, place)])
    return not rest


def _end_of_statement(stream: Atoms, place: int) -> int:
    """Where a statement ends that goes on there: at a row, at a wide space behind a comma, at another word."""
    for stop in range(place, len(stream)):
        match stream[stop]:
            case Row() | Text():
                return stop
            case Comma() if stop + 1 < len(stream) and isinstance(stream[stop + 1], Quad):
                return stop
    return len(stream)


def _range(atoms: Atoms, at: int) -> Atoms | None:
    r"""What i, j = 1, \dots, n says of its letters, as a tail; None where these atoms say anything else."""
    atoms = unpunctuated(atoms)
    relations = relations_in(atoms)
    if [relation.text for relation in relations] != ["="]:
        return None
    place = atoms.index(relations[0])
    letters, values = trimmed(atoms[:place]), trimmed(atoms[place + 1 :])
    named = split(letters, Comma)
    if not all(len(part) == 1 and isinstance(part[0], Letter) and part[0].is_bare for part in named):
        return None
    parts = split(values, Comma)
    if only_dots(parts) != [len(parts) - 2] or any(isinstance(atom, Blank) for atom in values):
        return None
    inside = Group(CURLY, values, at=relations[0].at)
    return Forall("\\forall", at=at), *letters, Relation("∈", at=relations[0].at), inside
