"""Atoms being read from left to right; what every part of the grammar needs of the others."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass

from ....meaning.expression import Node
from ....message.refusal import Refusal
from ....names.table import Names
from ..lexing.atoms import Atom, Atoms, Kind

# What may stand before a relation, a sign or an end and has no meaning there.
BLANK: set[Kind] = {"quad", "cell", "row"}


@dataclass
class Cursor(ABC):
    """A place in a list of atoms.

    Attributes:
        atoms: what is read; brackets are groups by now.
        known: the names that it may use.
        bound: index letters that a sum around it binds.
        inside: which big operator's body this is, if it is one's.
        end: where in the TeX a message stands that misses something after the last atom.
    """

    atoms: Atoms
    known: Names
    bound: frozenset[str] = frozenset()
    end: int = 0
    inside: str = ""
    place: int = 0

    def peek(self, ahead: int = 0) -> Atom | None:
        """The next atom that isn't blank; None at the end."""
        index = self.place
        while index < len(self.atoms):
            if self.atoms[index].kind not in BLANK:
                if ahead == 0:
                    return self.atoms[index]
                ahead -= 1
            index += 1
        return None

    def take(self) -> Atom:
        """The next atom, which is read by this."""
        while self.atoms[self.place].kind in BLANK:
            self.place += 1
        self.place += 1
        return self.atoms[self.place - 1]

    def next_is(self, kind: Kind, text: str | None = None) -> bool:
        """Whether the next atom is of this kind, and this text."""
        atom = self.peek()
        return atom is not None and atom.kind == kind and text in (None, atom.text)

    def after_wide_space(self) -> bool:
        """Whether a wide space, or the end of a cell, stands before the next atom."""
        return self.place < len(self.atoms) and self.atoms[self.place].kind in BLANK

    def here(self) -> int:
        """The offset of the next atom, or of the end."""
        atom = self.peek()
        return atom.at if atom else self.end

    def finish(self) -> None:
        """Refuse what is left."""
        if atom := self.peek():
            raise left_over(atom)

    # The grammar's parts, which call each other through these; `terms.py` has them.

    @abstractmethod
    def expression(self, atoms: Atoms, end: int) -> Node:
        """A whole list of atoms as one expression."""

    @abstractmethod
    def term(self) -> Node:
        """What stands between two signs."""

    @abstractmethod
    def one_factor(self, what: str) -> Node:
        """One factor, the argument of `what`; more of them would be ambiguous."""


def left_over(atom: Atom) -> Refusal:
    """The error of input that nothing asked for."""
    # For each kind, the way out and the rule.
    ways_out = {
        "comma": ("write , \\quad between statements", 1),
        "relation": ("write each comparison as a statement of its own", 1),
        "text": (
            "only \\text{si}, \\text{if}, \\text{sinon}, \\text{otherwise}, \\text{et}, \\text{and} have a meaning",
            22,
        ),
        "bar": ("write \\lvert x \\rvert for an absolute value, \\lVert x \\rVert for a norm", 10),
        "infinity": ("write a bound that can be computed", 25),
        "star": ("write \\cdot for a product", 16),
    }
    shown = {"text": f"\\text{{{atom.text}}}"}.get(atom.kind, _shown(atom))
    way_out, rule = ways_out.get(atom.kind, ("delete it, or say what it does", 0))
    return Refusal(f"nothing asks for this {shown}", way_out, rule, at=atom.at)


def _shown(atom: Atom) -> str:
    return atom.text.split(" ")[0] if atom.kind == "group" else atom.text or atom.kind


def relations_in(atoms: Iterable[Atom]) -> list[Atom]:
    """The relations among atoms."""
    return [atom for atom in atoms if atom.kind == "relation"]


def split(atoms: Atoms, kind: Kind, text: str | None = None) -> list[Atoms]:
    """Atoms parted at those of one kind, and this text; blanks at the ends are dropped."""
    parts: list[list[Atom]] = [[]]
    for atom in atoms:
        if atom.kind == kind and text in (None, atom.text):
            parts.append([])
        else:
            parts[-1].append(atom)
    return [trimmed(tuple(part)) for part in parts]


def trimmed(atoms: Atoms) -> Atoms:
    """Atoms without blanks at their ends."""
    start, end = 0, len(atoms)
    while start < end and atoms[start].kind in BLANK:
        start += 1
    while end > start and atoms[end - 1].kind in BLANK:
        end -= 1
    return atoms[start:end]


def unpunctuated(atoms: Atoms) -> Atoms:
    """Atoms without the commas and full stops at their end, and without blanks."""
    atoms = trimmed(atoms)
    while atoms and (atoms[-1].kind == "comma" or (atoms[-1].kind == "times" and atoms[-1].text == ".")):
        atoms = trimmed(atoms[:-1])
    return atoms
