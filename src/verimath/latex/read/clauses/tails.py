r"""What stands at the end of a statement: \forall, and the conditions under which it is meant."""

from __future__ import annotations

from ....meaning.expression import Index, Node, Range
from ....meaning.statement import Quantifier, Reach
from ....message.refusal import Refusal
from ....names.table import Names
from ..grammar.bounds import split_at
from ..grammar.cursor import relations_in, split, unpunctuated
from ..grammar.guards import begins_tail, comparison, condition, listed_range, range_of
from ..grammar.parser import Parser
from ..lexing.atoms import Atom, Atoms, Brackets, Comma, Forall, Group, Letter
from .sets import domain


def tail(atoms: Atoms, known: Names, end: int) -> tuple[Atoms, Reach]:
    r"""What stands before the first \forall or \text{si}, and what they say."""
    starts = [n for n, atom in enumerate(atoms) if begins_tail(atom)]
    if not starts:
        return atoms, Reach()
    quantifiers: list[Quantifier] = []
    conditions: list[Node] = []
    for start, stop in zip(starts, [*starts[1:], len(atoms)], strict=True):
        cursor = Parser((), known, end=end)
        inside = unpunctuated(atoms[start + 1 : stop])
        if isinstance(atoms[start], Forall):
            found, restricted = _quantifier(cursor, inside, atoms[start])
            quantifiers += found
            conditions += restricted
        else:
            conditions.append(condition(cursor, inside, atoms[start].at, rule=2))
    return unpunctuated(atoms[: starts[0]]), Reach(tuple(quantifiers), tuple(conditions))


def _quantifier(cursor: Parser, atoms: Atoms, forall: Atom) -> tuple[list[Quantifier], list[Node]]:
    r"""\forall i, j \in \{1, \dots, n\}; \forall i \neq j; \forall i."""
    quantifiers: list[Quantifier] = []
    conditions: list[Node] = []
    waiting: list[str] = []
    for part in split(atoms, Comma):
        relations = relations_in(part)
        if not relations:
            waiting += _letters(part, forall)
        elif relations[0].text == "∈" and len(relations) == 1:
            letters, values = split_at(part, relations[0])
            waiting += _letters(letters, forall)
            whole = range_of(cursor, values, forall.at) or _listed(cursor, waiting, values)
            over = whole or domain(cursor, values, forall.at)
            quantifiers.append(Quantifier(tuple(waiting), over, forall.at))
            waiting = []
        else:
            found = comparison(cursor, part, forall.at, rule=2)
            if any(isinstance(inner, Index) for inner in found.walk()):
                raise Refusal(
                    "this may be a condition, or a statement of its own",
                    "write \\text{si} before a condition, , \\quad before a statement",
                    rule=2,
                    at=relations[0].at,
                )
            conditions.append(found)
            names = [atom.text for atom in part if isinstance(atom, Letter) and atom.text not in cursor.known]
            waiting += [name for name in names if name not in waiting]
    named = {letter for quantifier in quantifiers for letter in quantifier.letters}
    if waiting := [letter for letter in waiting if letter not in named]:
        quantifiers.append(Quantifier(tuple(waiting), None, forall.at))
    return quantifiers, conditions


def _listed(cursor: Parser, letters: list[str], values: Atoms) -> Range | None:
    r"""The range that \\{1, 2, 3\\} is for index letters; a symbol of the page is drawn from it."""
    return None if any(letter in cursor.known for letter in letters) else listed_range(cursor, values)


def _letters(atoms: Atoms, forall: Atom) -> list[str]:
    found = []
    for atom in atoms:
        match atom:
            case Group(Brackets("(", ")"), content, sub=(), sup=()):
                found += [letter for part in split(content, Comma) for letter in _letters(part, forall)]
            case Letter(text) if atom.is_bare:
                found.append(text)
            case _:
                what = "what \\forall runs over isn't clear"
                raise Refusal(what, "write \\forall i \\in \\{1, \\dots, n\\}", rule=2, at=atom.at)
    if not found:
        raise Refusal("\\forall of nothing", "write \\forall i \\in \\{1, \\dots, n\\}", rule=2, at=forall.at)
    return found
