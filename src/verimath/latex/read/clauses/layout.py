"""Where one statement of a formula ends and the next begins."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from ....meaning.signs import ORDERS, RELATIONS
from ....message.refusal import Refusal
from ..grammar.cursor import relations_in, split, trimmed, unpunctuated
from ..grammar.guards import spoken
from ..lexing.atoms import (
    BESIDE,
    COMMA,
    Array,
    Arrow,
    Atom,
    Atoms,
    Blank,
    Brackets,
    Cell,
    Close,
    Comma,
    Dots,
    Enclosed,
    Forall,
    Fraction,
    Group,
    Letter,
    Link,
    Number,
    Open,
    Quad,
    Relation,
    Root,
    Row,
    Rows,
    Sign,
    Text,
    Times,
)
from ..lexing.brackets import PARTNERS, grouped
from ..lexing.flatten import name_of
from ..lexing.katex_names import REASONS
from ..lexing.vocabulary import AND, DENIES, ELSE, FOR, GIVEN, IF, LINKS, PARITY
from ..lexing.vocabulary import REASONS as WHY
from .named import with_named
from .ranges import is_reason, with_ranges
from .within import restricts

# The relations of a claim.
CLAIMS = {row.sign for row in RELATIONS.values() if row.is_claim} | {*ORDERS}

# What goes on with what stands before it.
GOES_ON = (Relation, Times, Forall, Dots)
# In brackets, words of two letters or more, such as (Cauchy–Schwarz); and those of them that say when, or of what.
NAMED = re.compile(r"\((?:[^\W\d_]{2,}[-–'’. ]*)+\)")
NO_NAMES = {"mod", "modulo", "unless", "except", "only", "sauf", "seulement", *AND, *PARITY, *DENIES}
# After these, a statement isn't complete.
OPEN_END = (Relation, Sign, Times)


def statements(atoms: Atoms) -> list[Atoms]:
    """The statements of a formula, each without the punctuation at its end.

    Raises:
        Refusal: where two ways to part them are possible.
    """
    stream = with_ranges(grouped(_paired(_with_names(_without_reasons(_with_colons(_in_a_row(atoms)))))))
    parted: list[list[Atom]] = [[]]
    # By statement, what parts it from the one before in its row.
    beside: list[Atoms] = [()]
    # The statement that is what is given, of the claim before it.
    given = -1
    for place, atom in enumerate(stream):
        current = parted[-1]
        if isinstance(atom, Arrow) and atom.text in REASONS and (not trimmed(tuple(current)) or _is_complete(current)):
            if trimmed(tuple(current)):
                parted.append([])
                beside.append(())
        elif _links(current, stream, place):
            link = [Link(said, at=atom.at)] if (said := spoken_link(atom)) else []
            if trimmed(tuple(current)):
                parted.append([])
                beside.append(())
            if len(parted) > 1:
                parted[-2] += link
            parted[-1] = [*link]
            given = -1 if link else len(parted) - 1
        elif 0 < given == len(parted) - 1 and _joins(current, atom) and not _declares(stream, place):
            # A comparison behind it is a condition of the claim.
            parted[-2:], beside[-2:] = [current, [*parted[-2], Text("if", at=atom.at)]], [beside[-1], beside[-2]]
            given = -1
        elif _parts(current, atom, stream, place) or _joins(current, atom):
            parted.append([])
            beside.append((Link(BESIDE, at=atom.at),) if isinstance(atom, Comma | Quad) else ())
        elif isinstance(atom, Comma) and (
            _precedes_condition(current, stream, place) or _precedes_restriction(parted, stream, place)
        ):
            parted.append([])
            beside.append((Link(COMMA, at=atom.at),))
        elif isinstance(atom, Comma) and _is_restriction(parted) and _begins_declaration(current, stream[place + 1 :]):
            parted.append([])
            beside.append(())
        elif isinstance(atom, Blank) and not trimmed(tuple(current)):
            beside[-1] = () if isinstance(atom, Row) else beside[-1]
        else:
            current.append(atom)
    found = [unpunctuated(tuple(part)) for part in parted]
    return [*with_named(_with_maps(_marked([*_with_reasons(zip(beside, found, strict=True))])))]


def _with_reasons(statements: Iterable[tuple[Atoms, Atoms]]) -> Iterator[tuple[Atoms, Atoms]]:
    r"""Statements, of which a claim in brackets behind another one is that one's reason, (\text{since } a b = b a)."""
    for mark, atoms in statements:
        reasons = [each for each in atoms[1:] if isinstance(each, Group) and is_reason(unpunctuated(each.content))]
        links = [Link(spoken_link(unpunctuated(each.content)[0]), at=each.at) for each in reasons]
        yield mark, (*unpunctuated(tuple(each for each in atoms if each not in reasons)), *links[:1])
        for link, reason in zip(links, reasons, strict=True):
            yield (), (link, *unpunctuated(reason.content)[1:])


def _with_colons(atoms: Atoms) -> Atoms:
    """Atoms of which a colon is a product of matrices, unless they say where a map goes, by an arrow."""
    if any(relation.text in ("→", "↦") for relation in relations_in(atoms)):
        return atoms
    return _colons(atoms)


def _colons(atoms: Atoms) -> Atoms:
    """The same of atoms and what they hold, but in square brackets and in braces, where a colon is another sign."""
    found: list[Atom] = []
    depth = 0
    for atom in atoms:
        match atom:
            case Open("[" | "{"):
                depth += 1
            case Close("]" | "}"):
                depth -= 1
        found.append(_with_colon(atom) if depth <= 0 else atom)
    return tuple(found)


def _with_colon(atom: Atom) -> Atom:
    match atom:
        case Relation(":"):
            return Times(":", at=atom.at)
        case Group(Brackets(left), content) if left not in ("[", "{"):
            return replace(atom, content=_colons(content))
        case Fraction(above, below):
            return replace(atom, above=_colons(above), below=_colons(below))
        case Root(body=body):
            return replace(atom, body=_colons(body))
    return atom


def _marked(statements: list[tuple[Atoms, Atoms]]) -> list[Atoms]:
    """Statements, of which claims behind others of their row are marked: they may be those' conditions."""
    found: list[Atoms] = []
    for mark, atoms in statements:
        if atoms:
            said = tuple(takewhile(lambda atom: not isinstance(atom, Forall), atoms))
            is_marked = bool(found) and _is_claim(said) and not any(isinstance(each, Link) for each in atoms)
            found.append((*mark, *atoms) if is_marked else atoms)
    return found


def _is_claim(atoms: Atoms) -> bool:
    return {*map(_sign, relations_in(atoms))} <= CLAIMS


def _sign(relation: Relation) -> str:
    return relation.text


def _precedes_condition(current: list[Atom], stream: Atoms, place: int) -> bool:
    r"""Whether what follows a plain comma can only be a condition, n \ge 2: symbols and numbers, compared."""
    before = trimmed(tuple(current))
    if not _is_complete(before) or not _is_claim(before) or _has_tail(current):
        return False
    rest = tuple(takewhile(lambda each: not isinstance(each, Comma | Row | Cell | Quad | Text), stream[place + 1 :]))
    sides = [tuple(each for each in side if not isinstance(each, Sign)) for side in split(unpunctuated(rest), Relation)]
    is_plain = (
        len(sides) > 1
        and _is_claim(rest)
        and all(len(side) == 1 and isinstance(side[0], Letter | Number) for side in sides)
    )
    return is_plain and not _may_be_list(before, sides[0][0])


def _precedes_restriction(parted: list[list[Atom]], stream: Atoms, place: int) -> bool:
    r"""Whether what follows a plain comma restricts the set of a declaration: n \in \mathbb{N}, n \geq 2."""
    rest = takewhile(lambda each: not isinstance(each, Comma | Row | Cell | Quad | Text), stream[place + 1 :])
    return _is_restriction([*parted, [*rest]])


def _is_restriction(parted: list[list[Atom]]) -> bool:
    """Whether the last of some statements restricts the set of a declaration before it."""
    *before, last = (trimmed(tuple(part)) for part in parted)
    return any(restricts(statement, last) for statement in before)


def _may_be_list(before: Atoms, first: Atom) -> bool:
    """Whether 0 < x, y < 1 may say the same of both, and 0,5 may be one number."""
    match before[0], before[-1], first:
        case (_, Number(), Number()) | (Number(), Letter(), Letter()):
            return True
    return False


def _in_a_row(atoms: Atoms) -> Atoms:
    """Rows of aligned and its like, laid out one after the other with marks between cells and rows."""
    laid: list[Atom] = []
    match unpunctuated(atoms):
        case (Array(rows, None) as array,) if any(relations_in(cell) for row in rows for cell in row):
            # Without brackets, an array of statements is no matrix.
            atoms = (Rows(rows, sub=array.sub, sup=array.sup, at=array.at),)
    for atom in atoms:
        if not isinstance(atom, Rows):
            laid.append(atom)
            continue
        if not atom.is_bare:
            raise Refusal("a script on rows of statements", "delete it", rule=1, at=atom.at)
        for n, row in enumerate(atom.rows):
            if n or laid:
                laid.append(Row(at=laid[-1].at if laid else atom.at))
            for m, cell in enumerate(row):
                if m:
                    laid.append(Cell(at=laid[-1].at if laid else atom.at))
                laid += _in_a_row(cell)
    return tuple(laid)


def _without_reasons(atoms: Atoms) -> Atoms:
    r"""Atoms without the words at the ends of rows that say why they hold: \text{by symmetry}."""
    found: list[Atom] = []
    for place, atom in enumerate(atoms):
        if not (
            isinstance(atom, Text) and _is_reason(atom.text) and relations_in(_seen(found)) and _ends_row(atoms, place)
        ):
            found.append(atom)
    return tuple(found)


def _seen(atoms: Iterable[Atom]) -> Iterator[Atom]:
    """Atoms, those in a box among them."""
    for atom in atoms:
        yield from _seen(atom.content) if isinstance(atom, Enclosed) else (atom,)


def _is_reason(words: str) -> bool:
    """Whether words say why something holds, and not when; in brackets alone, they name what it is or follows from."""
    said = words.lower().strip(" (),.:;[]").split()
    if not said or {*said} & (IF | ELSE | FOR):
        return False
    return said[0] in WHY or bool(NAMED.fullmatch(words.strip(" .,")) and not {*said} & NO_NAMES)


def _ends_row(atoms: Atoms, place: int) -> bool:
    rest = (each for each in atoms[place + 1 :] if not isinstance(each, Cell | Quad | Comma))
    after = next(rest, None)
    return after is None or isinstance(after, Row) or (after == Times(".", at=after.at) and next(rest, None) is None)


def _with_names(atoms: Atoms) -> Atoms:
    r"""Atoms of which a word before a relation is a name: \text{MSE} \coloneqq …, \text{TP}, \text{FP} \in …"""
    return tuple(
        name_of(atom) if _is_word(atom) and _precedes_relation(atoms, place) else atom
        for place, atom in enumerate(atoms)
    )


def _precedes_relation(atoms: Atoms, place: int) -> bool:
    rest = [each for each in atoms[place + 1 :] if not isinstance(each, Blank)]
    while len(rest) > 2 and isinstance(rest[0], Comma) and (isinstance(rest[1], Letter) or _is_word(rest[1])):
        rest = rest[2:]
        if isinstance(rest[0], Relation):
            return rest[0].text == "∈"
    return bool(rest) and isinstance(rest[0], Relation)


def _is_word(atom: Atom) -> bool:
    return isinstance(atom, Text) and atom.is_word


def _parts(current: list[Atom], atom: Atom, stream: Atoms, place: int) -> bool:
    """Whether a statement ends at this atom."""
    if not isinstance(atom, Row | Cell | Comma | Quad) or not trimmed(tuple(current)):
        return False
    following = next((each for each in stream[place + 1 :] if not isinstance(each, Blank)), None)
    if isinstance(atom, Row) and isinstance(following, Relation | Sign) and _has_tail(current):
        raise Refusal(
            "a row goes on with a statement whose condition has been said",
            "write the condition at the end of the last row, or end its row with a comma",
            rule=2,
            at=following.at,
        )
    if following is None or isinstance(following, GOES_ON) or spoken(following).split(" ")[0] in IF:
        return False
    match atom:
        case Comma():
            wide = isinstance(stream[place + 1], Quad)
            rest = stream[place + 1 :]
            return (wide and _is_complete(current)) or _is_head_of_map(current, rest) or _declares_more(current, rest)
        case Quad() if not _is_complete(
            tuple(takewhile(lambda each: not isinstance(each, Blank), _behind(stream, place)))
        ):
            return False
        case Row():
            return _is_complete(current) and not _row_goes_on(current, following, stream, place)
    return _is_complete(current) and not isinstance(following, Sign | Comma | Text)


def _behind(stream: Atoms, place: int) -> Atoms:
    """What stands behind an atom, from the first one that isn't blank."""
    return trimmed(stream[place + 1 :])


def _row_goes_on(current: list[Atom], following: Atom, stream: Atoms, place: int) -> bool:
    """Whether a row goes on with the one above, because it begins with + or -."""
    match following:
        case Text():
            return spoken(following) in AND
        case Sign(sign) if not isinstance(trimmed(tuple(current))[-1], Comma):
            first = next(each for each in stream[place + 1 :] if not isinstance(each, Quad))
            if sign == "+" or isinstance(first, Cell):
                return True
            raise Refusal(
                "a row that begins with - may go on with the one above, or be a statement of its own",
                "begin it with & to go on, or end the row above with a comma",
                rule=1,
                at=following.at,
            )
    return False


def _joins(current: list[Atom], atom: Atom) -> bool:
    """Whether an atom is the word between two statements, which in a condition joins two comparisons."""
    return spoken(atom) in AND and _is_complete(current) and not _has_guard(current)


def _links(current: list[Atom], stream: Atoms, place: int) -> bool:
    r"""Whether an atom is a word between two statements, or an arrow, and another statement follows."""
    declares = spoken(stream[place]) in GIVEN and _declares(stream, place)
    if not (spoken_link(stream[place]) or declares) or not relations_in(stream[place + 1 :]) or _has_guard(current):
        return False
    return not trimmed(tuple(current)) or _is_complete(unpunctuated(tuple(current)))


def _declares(stream: Atoms, place: int) -> bool:
    """Whether what follows an atom says in which set a symbol lies."""
    following = relations_in(stream[place + 1 :])
    return bool(following) and following[0].text == "∈"


def spoken_link(atom: Atom) -> str:
    """What an atom says of the statements beside it; empty where it says nothing."""
    match atom:
        case Arrow(sign):
            return sign
        case Text(words) if (link := words.strip(" ,:;").lower()) in LINKS:
            return link
    return ""


def _paired(atoms: Atoms) -> Atoms:
    r"""Brackets of \left and \right whose partner stands in another row, as brackets that wait for it."""
    found: list[Atom] = []
    waiting: list[tuple[int, Group]] = []
    for atom in atoms:
        match atom:
            case Group(Brackets("(" | "[" | "{", "."), sub=(), sup=()):
                waiting.append((len(found), atom))
            case Group(Brackets(".", right)) if waiting and right in PARTNERS[waiting[-1][1].brackets.left]:
                place, opening = waiting.pop()
                found[place : place + 1] = [Open(opening.brackets.left, at=opening.at), *opening.content]
                found += [*atom.content, Close(right, sub=atom.sub, sup=atom.sup, at=atom.at)]
                continue
        found.append(atom)
    return tuple(found)


def _is_complete(current: Sequence[Atom]) -> bool:
    """Whether atoms may be a whole statement: they have a relation, and end with none."""
    atoms = trimmed(tuple(current))
    return bool(relations_in(atoms)) and not isinstance(atoms[-1], OPEN_END)


def _has_guard(current: list[Atom]) -> bool:
    return any(spoken(atom).split(" ")[0] in IF for atom in current)


def _has_tail(current: list[Atom]) -> bool:
    """Whether a condition has begun, which only the end of its statement ends."""
    return not isinstance(trimmed(tuple(current))[-1], Comma) and (
        _has_guard(current) or any(isinstance(atom, Forall) for atom in current)
    )


def _is_head_of_map(current: list[Atom], rest: Atoms) -> bool:
    """Whether these atoms say from where to where a map goes, and its rule comes next."""
    relations = [relation.text for relation in relations_in(current)]
    following = [relation.text for relation in relations_in(rest)]
    return relations == [":", "→"] and following[:1] in (["↦"], ["="])


def _declares_more(current: list[Atom], rest: Atoms) -> bool:
    r"""Whether a declaration ends before these atoms, since they declare other symbols: `y \in` behind `x \in`."""
    relations = [relation.text for relation in relations_in(current)]
    if relations not in (["∈"], ["=", "∈"]) or _has_guard(current) or _has_tail(current):
        return False
    return _begins_declaration(current, rest)


def _begins_declaration(current: list[Atom], rest: Atoms) -> bool:
    """Whether these atoms declare symbols that number nothing in the statement before them."""
    names = tuple(takewhile(lambda atom: isinstance(atom, Letter | Comma | Blank), rest))
    match [each for each in rest[len(names) :] if not isinstance(each, Blank)][:3]:
        case [Relation("∈"), *_] | [Relation("="), Group(), Relation("∈")]:
            pass
        case _:
            return False
    # A letter that the first one reads may number its components: x_i \in …, i \in … .
    read = {each.text for atom in current for each in atom.inside() if isinstance(each, Letter)}
    return all(not isinstance(each, Letter) or each.text not in read for each in names)


def _with_maps(parted: list[Atoms]) -> list[Atoms]:
    """The rule of a map, a \\mapsto …, belongs to the statement that names the map."""
    joined: list[Atoms] = []
    for atoms in parted:
        relations = [relation.text for relation in relations_in(atoms)]
        before = [relation.text for relation in relations_in(joined[-1])] if joined else []
        if "↦" in relations and ":" not in relations:
            if before != [":", "→"]:
                raise Refusal(
                    "a rule \\mapsto without its map", "write f \\colon A \\to B before it", rule=23, at=atoms[0].at
                )
            joined[-1] = (*joined[-1], Comma(",", at=atoms[0].at), *atoms)
        else:
            joined.append(atoms)
    return joined
