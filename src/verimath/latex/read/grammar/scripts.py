"""Subscripts, which are components, and superscripts, which are powers or an operation's sign."""

from __future__ import annotations

from dataclasses import replace

from ....meaning import expression as tree
from ....meaning.expression import Call, Derivative, Index, Name, Node, Power, Variable
from ....meaning.operations import OPERATIONS, After
from ....message.refusal import Refusal
from ..lexing.atoms import (
    Atom,
    Atoms,
    Brackets,
    Comma,
    Group,
    Letter,
    Mark,
    Number,
    PrimeSign,
    Relation,
    Scripted,
    Sign,
    Star,
    Times,
)
from ..lexing.flatten import PRIME
from ..lexing.spelling import is_signed, names_a_variant, spelled, variants
from .cursor import Cursor, relations_in, split

# The operations whose sign stands above and behind their argument, by all that may stand there: name and sign.
AFTER = {
    sign: (row.name, row.form.tex)
    for row in OPERATIONS.values()
    if isinstance(row.form, After)
    for sign in (row.form.tex, *row.form.letters)
}


def refuse_signed(cursor: Cursor, atom: Letter) -> None:
    """Refuse a sign for a subscript, which numbers nothing, where no declared name has it: P_+, K_*."""
    if is_signed(atom.sub) and not any(name in cursor.known for name, sub, _ in variants(atom) if not sub):
        way_out = f"declare the name with it, or write a word, such as {atom.text}_{{\\text{{new}}}}"
        raise Refusal("a sign is no subscript", way_out, rule=6, at=atom.sub[0].at)


# Above, what a page may say the meaning of.
STAR, DAGGER = "star", "dagger"


def _said(cursor: Cursor, name: str) -> str:
    """What the page says that a star or a dagger above is; the sign itself where it doesn't, and any other sign."""
    return {STAR: cursor.known.star, DAGGER: cursor.known.dagger}.get(name) or name


def primed(cursor: Cursor, node: Node, primes: int, atom: Atom) -> Node:
    r"""What primes make of an expression: its transpose, where the page says so; else its derivative, (\sin x)'.

    Raises:
        Refusal: where it isn't clear by what it is derived.
    """
    if cursor.known.prime:
        if primes > 1:
            raise Refusal("two primes, and a prime transposes here", "delete them", rule=16, at=atom.at)
        return Call("transpose", node, at=atom.at)
    found = {part.node for part in node.occurrences if isinstance(part.node, Name)}
    moved = {each.name: each for each in found if not cursor.known.counts(each.name)}
    if len(moved) != 1 or not all(cursor.known.is_number(name) for name in moved):
        what = "a prime on what isn't a name, nor of one declared number alone"
        raise Refusal(what, PRIME, rule=6, at=atom.at)
    [(name, each)] = moved.items()
    by = Variable(name, None, each.arguments, at=atom.at, letters=each.letters)
    return Derivative(node, (by,) * primes, at=atom.at)


def is_star(sup: Atoms) -> bool:
    """Whether a superscript is one star, which may be a conjugate's."""
    match sup:
        case (Star("*") as star,):
            return star.is_bare
    return False


def is_whole_power(sup: Atoms) -> bool:
    """Whether a superscript is a whole number from 2 on, in digits."""
    match sup:
        case (Number(text) as number,):
            return number.is_bare and text.isdecimal() and int(text) > 1
    return False


def is_power_by_habit(sup: Atoms) -> bool:
    r"""Whether a superscript on a circular function is clear: a whole power, or one by it from the second on."""
    match sup:
        case (Sign("-"), *power):
            return is_whole_power(tuple(power))
    return is_whole_power(sup)


def indexed(cursor: Cursor, node: Node, sub: Atoms, atom: Atom) -> Node:
    """A factor with its subscripts, which are its components."""
    if not sub:
        return node
    if isinstance(node, tree.Number):
        way_out = "delete it; [x > 0] is 1 where that holds, else 0"
        raise Refusal("a subscript on a number", way_out, rule=13, at=atom.at)
    parts = split(sub, Comma)
    if (line := _line(cursor, node, parts, atom)) is not None:
        return line
    if len(parts) > 1:
        return Index(node, tuple(cursor.expression(part, atom.at) for part in parts), at=atom.at)
    [part] = parts
    pieces = [piece for each in part for piece in _digits(each)]
    if len(pieces) == 1 or not all(isinstance(piece, Letter | Number) and not piece.sup for piece in pieces):
        return Index(node, (cursor.expression(part, atom.at),), at=atom.at)
    entries = tuple(cursor.expression((piece,), piece.at) for piece in pieces)
    # Letters side by side are separate; a number and what follows it may be one expression, as in x_{12} and x_{2k}.
    whole = cursor.expression(part, atom.at) if isinstance(pieces[0], Number) else None
    return Index(node, entries, whole, at=atom.at)


def raised(cursor: Cursor, node: Node, sup: Atoms, atom: Atom) -> Node:
    """A factor with its superscript, which is a power or an operation's sign."""
    if not sup:
        return node
    primes = sum(isinstance(each, PrimeSign) for each in sup)
    if primes:
        return raised(cursor, primed(cursor, node, primes, atom), sup[primes:], atom)
    if names_a_variant(sup) and not is_star(sup):
        raise no_name(sup, atom)
    match sup:
        case (Group(Brackets("[", "]"), content),) if not relations_in(content):
            what = "a superscript in square brackets isn't a power, and no part of a name"
            raise Refusal(what, "write ^{(1)} in a name, round brackets for a power", rule=6, at=atom.at)
        case (*before, Mark(text) as sign) if (printed := _printed(before) + text) in AFTER and sign.is_bare:
            name, top = AFTER[printed]
            name = _said(cursor, name)
            counts = text in cursor.bound or cursor.known.counts(text)
            # No power is a matrix.
            if text in cursor.known and not counts and not cursor.known.is_matrix(text):
                what = f"{text} is a symbol here: a power may be meant"
                raise Refusal(what, f"write {top}, or give the symbol another name", rule=16, at=sign.at)
            is_component = counts and isinstance(node, Index) and len(node.entries) == 1
            if before and not is_component and _is_seen_as_power_of_array(cursor, atom):
                raise _power_of_entry(f"-{text}" if counts else "-\\top", atom.at)
            if counts:
                # Of a number, it can only be a power.
                return Power(node, cursor.expression(sup, atom.at), top, at=atom.at)
            return Call(name, node, at=atom.at)
    match sup:
        case (Times("∘"),):
            what = "a small circle above, which may mean degrees"
            raise Refusal(what, "write radians, such as \\frac{\\pi}{6} for 30 degrees", rule=16, at=atom.at)
    match node, sup:
        case Index(entries=(_, _, *_)), (Sign("-"), *_) if _is_seen_as_power_of_array(cursor, atom):
            raise _power_of_entry("-1", atom.at)
    return Power(node, cursor.expression(sup, atom.at), at=atom.at)


def _printed(signs: list[Atom]) -> str:
    """A minus before a sign, and nothing else."""
    match signs:
        case [Sign("-")]:
            return "-"
    return "" if not signs else "…"


def _power_of_entry(power: str, at: int) -> Refusal:
    what = "whether this is a power of an entry or an entry of a power isn't seen"
    return Refusal(what, f"put brackets: (A_{{11}})^{{{power}}} or (A^{{{power}}})_{{11}}", rule=13, at=at)


def _is_seen_as_power_of_array(cursor: Cursor, atom: Atom) -> bool:
    """Whether a power of what has subscripts may be one of what bears them: not of a letter of components."""
    has_subscripts = isinstance(atom, Scripted) and bool(atom.sub)
    return has_subscripts and not (isinstance(atom, Letter) and atom.text in cursor.known.components)


def _line(cursor: Cursor, node: Node, parts: list[Atoms], atom: Atom) -> Node | None:
    r"""A whole row of a matrix, A_{i,:}, or a column, A_{:,j}; None of other subscripts.

    Raises:
        Refusal: where the sign may say a sum, as in A_{i \cdot}, or what follows a number, as in x_{2:}.
    """
    pieces = [each for part in parts for each in part]
    for one, others, column in ((pieces[-1:], pieces[:-1], False), (pieces[:1], pieces[1:], True)):
        if not others or any(isinstance(each, Relation) for each in others):
            continue
        lines = "A_{:,j} for the column" if column else "A_{i,:} for the row"
        match one:
            case [Relation(":")] if len(parts) == 2:
                place = cursor.expression(tuple(others), atom.at)
                return tree.Line(node, place, column, at=atom.at)
            case [Relation(":") as sign]:
                what = "whether this is a whole row or column, or all from a number on, isn't seen"
                raise Refusal(what, f"write {lines}; else its components, (x_k, \\dots, x_n)", rule=13, at=sign.at)
            case [Times("·") | Star("*") | Sign("+") as sign] if sign.is_bare:
                added = "\\sum_i A_{ij}" if column else "\\sum_j A_{ij}"
                what = f"whether this is a {'column' if column else 'row'}, or the sum of its components, isn't said"
                raise Refusal(what, f"write {lines}, {added} for the sum", rule=13, at=sign.at)
    return None


def _digits(atom: Atom) -> list[Atom]:
    """The digits of a number, each of which may be a subscript of its own."""
    if not isinstance(atom, Number) or not atom.text.isdigit():
        return [atom]
    *first, last = (Number(digit, at=atom.at + n) for n, digit in enumerate(atom.text))
    return [*first, replace(last, sub=atom.sub, sup=atom.sup)]


def no_name(sup: Atoms, atom: Atom, name: str = "") -> Refusal:
    """The refusal of a superscript that can only be part of a name, and isn't part of one that is declared."""
    shown = f"^{{{spelled(sup[:1])}}}"
    if isinstance(sup[0], Star):
        way_out = "declare the name with it, write \\top for a transpose"
    elif any(isinstance(inner, Letter) for inner in sup[0].inside()):
        array = name or "x"
        way_out = f"number examples or layers by the subscripts of an array, {array}_{{i}}, whose letters may be bound"
    else:
        way_out = f"declare the name with it, such as {name or 'x'}{shown}; write f'' for a second derivative"
    return Refusal(f"{shown} isn't a power, and no declared name has it", way_out, rule=6, at=atom.at)
