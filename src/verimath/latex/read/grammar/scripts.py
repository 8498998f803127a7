"""Subscripts, which are components, and superscripts, which are powers or say that something is transposed."""

from __future__ import annotations

from ....meaning.expression import Index, Node, Number, Power, Transpose
from ....message.refusal import Refusal
from ..lexing.atoms import Atom, Atoms
from ..lexing.spelling import names_a_variant
from .cursor import Cursor, split

# Letters that say by standing above that something is transposed, as \\top does.
TRANSPOSES = {"T", "\\mathrm{T}", "\\mathsf{T}"}


def indexed(cursor: Cursor, node: Node, sub: Atoms | None, atom: Atom) -> Node:
    """A factor with its subscripts, which are its components."""
    if sub is None:
        return node
    if isinstance(node, Number):
        raise Refusal("a subscript on a number", "delete it", rule=13, at=atom.at)
    parts = split(sub, "comma")
    if len(parts) > 1:
        return Index(node, tuple(cursor.expression(part, atom.at) for part in parts), at=atom.at)
    [part] = parts
    pieces = [piece for each in part for piece in _digits(each)]
    single = all(piece.kind in ("letter", "number") and not piece.sup for piece in pieces)
    if not single or len(pieces) == 1:
        return Index(node, (cursor.expression(part, atom.at),), at=atom.at)
    entries = tuple(cursor.expression((piece,), piece.at) for piece in pieces)
    # Letters side by side are separate; a number and what follows it may be one expression, as in x_{12} and x_{2k}.
    whole = cursor.expression(part, atom.at) if pieces[0].kind == "number" else None
    return Index(node, entries, whole, at=atom.at)


def raised(cursor: Cursor, node: Node, sup: Atoms | None, atom: Atom) -> Node:
    """A factor with its superscript, which is a power or says that it is transposed."""
    if sup is None:
        return node
    if names_a_variant(sup):
        raise Refusal(f"{shown_variant(sup)} isn't a power", "write the power without brackets", rule=6, at=atom.at)
    if len(sup) == 1 and not (sup[0].sub or sup[0].sup):
        letter = sup[0].text
        if sup[0].kind == "top":
            return Transpose(node, at=atom.at)
        if letter in TRANSPOSES:
            if letter in cursor.known:
                raise Refusal(
                    f"{letter} is a symbol of this page: a power may be meant", "write \\top", rule=16, at=sup[0].at
                )
            return Transpose(node, at=atom.at)
    return Power(node, cursor.expression(sup, atom.at), at=atom.at)


def _digits(atom: Atom) -> list[Atom]:
    """The digits of a number, each of which may be a subscript of its own."""
    if atom.kind != "number" or not atom.text.isdigit():
        return [atom]
    last = len(atom.text) - 1
    return [
        Atom("number", digit, atom.at + n, sub=atom.sub if n == last else None, sup=atom.sup if n == last else None)
        for n, digit in enumerate(atom.text)
    ]


def shown_variant(sup: Atoms) -> str:
    """A superscript that can only be part of a name, for a message."""
    return "^{*}" if sup[0].kind == "star" else "a number in brackets"
