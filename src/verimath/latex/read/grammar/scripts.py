"""Subscripts, which are components, and superscripts, which are powers or say that something is transposed."""

from __future__ import annotations

from dataclasses import replace

from ....meaning import expression as tree
from ....meaning.expression import Index, Node, Power, Transpose
from ....message.refusal import Refusal
from ..lexing.atoms import Atom, Atoms, Comma, Letter, Mark, Number, Star, Top
from ..lexing.spelling import names_a_variant
from .cursor import Cursor, split

# Letters that say by standing above that something is transposed, as \\top does.
TRANSPOSES = {"T", "\\mathrm{T}", "\\mathsf{T}"}


def indexed(cursor: Cursor, node: Node, sub: Atoms, atom: Atom) -> Node:
    """A factor with its subscripts, which are its components."""
    if not sub:
        return node
    if isinstance(node, tree.Number):
        raise Refusal("a subscript on a number", "delete it", rule=13, at=atom.at)
    parts = split(sub, Comma)
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
    """A factor with its superscript, which is a power or says that it is transposed."""
    if not sup:
        return node
    if names_a_variant(sup):
        raise Refusal(f"{shown_variant(sup)} isn't a power", "write the power without brackets", rule=6, at=atom.at)
    match sup:
        case (Top(),):
            return Transpose(node, at=atom.at)
        case (Mark(letter) as sign,) if letter in TRANSPOSES and sign.is_bare:
            if letter in cursor.known:
                what = f"{letter} is a symbol of this page: a power may be meant"
                raise Refusal(what, "write \\top", rule=16, at=sign.at)
            return Transpose(node, at=atom.at)
    return Power(node, cursor.expression(sup, atom.at), at=atom.at)


def _digits(atom: Atom) -> list[Atom]:
    """The digits of a number, each of which may be a subscript of its own."""
    if not isinstance(atom, Number) or not atom.text.isdigit():
        return [atom]
    *first, last = (Number(digit, at=atom.at + n) for n, digit in enumerate(atom.text))
    return [*first, replace(last, sub=atom.sub, sup=atom.sup)]


def shown_variant(sup: Atoms) -> str:
    """A superscript that can only be part of a name, for a message."""
    return "^{*}" if isinstance(sup[0], Star) else "a number in brackets"
