"""Atoms being read from left to right; what every part of the grammar needs of the others."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass, replace

from ....meaning.expression import Node
from ....message.refusal import Refusal
from ....names.table import Names
from ..lexing.atoms import (
    CURLY,
    ROUND,
    SQUARE,
    Arrow,
    Atom,
    Atoms,
    Bar,
    Blank,
    Comma,
    Dots,
    Group,
    Infinity,
    Letter,
    Mark,
    Number,
    Relation,
    Star,
    Text,
    Times,
)

# Words after which authors say what a letter runs over.
RUNS = {"for", "pour", "where", "où", "with", "avec"}
FOR_ALL = "write \\forall i \\in \\{1, \\dots, n\\} for what a letter runs over"
# What takes one factor, to `one_factor`.
DERIVATIVE = "a derivative"


@dataclass
class Cursor(ABC):
    """A place in a list of atoms.

    Attributes:
        atoms: what is read; brackets are groups by now.
        known: the names that it may use.
        bound: index letters that a sum around it binds.
        end: where in the TeX a message stands that misses something after the last atom.
        inside: which big operator's body this is, if it is one's.
        own: the letters that this operator binds, and those around it without brackets between them.
        place: how many atoms have been read.
        behind: the function without brackets that the last factor was, if an array must follow.
    """

    atoms: Atoms
    known: Names
    bound: frozenset[str] = frozenset()
    end: int = 0
    inside: str = ""
    own: frozenset[str] = frozenset()
    place: int = 0
    behind: str = ""

    def peek(self, ahead: int = 0) -> Atom | None:
        """The next atom that isn't blank; None at the end."""
        index = self.place
        while index < len(self.atoms):
            if not isinstance(self.atoms[index], Blank):
                if ahead == 0:
                    return self.atoms[index]
                ahead -= 1
            index += 1
        return None

    def take(self) -> Atom:
        """The next atom, which is read by this."""
        while isinstance(self.atoms[self.place], Blank):
            self.place += 1
        self.place += 1
        return self.atoms[self.place - 1]

    def read_as(self, atom: Atom) -> None:
        """Have another atom in the place of the next one."""
        place = next(n for n in range(self.place, len(self.atoms)) if not isinstance(self.atoms[n], Blank))
        self.atoms = (*self.atoms[:place], atom, *self.atoms[place + 1 :])

    def go_to(self, place: int) -> None:
        """Go on from another place."""
        self.place = place

    def before_array(self, function: str) -> None:
        """The last factor is a function without brackets before what must be an array; empty where it is none."""
        self.behind = function

    def next_is(self, kind: type[Atom]) -> bool:
        """Whether the next atom is of this kind."""
        return isinstance(self.peek(), kind)

    def arguments(self) -> Group | None:
        """The next atom if it stands in round brackets, as what a function is called with; it isn't read by this."""
        atom = self.peek()
        return atom if isinstance(atom, Group) and atom.brackets == ROUND else None

    def is_array(self, atom: Atom) -> bool:
        """Whether this is a symbol of the page that isn't declared as a number."""
        name = atom.text if isinstance(atom, Letter) else ""
        return self.known.has_value(name) and not (self.known.is_number(name) or self.known.counts(name))

    def brackets_follow(self) -> bool:
        """Whether brackets come next that may hold an argument, without a space that parts statements."""
        atom = self.peek()
        return isinstance(atom, Group) and atom.brackets in (ROUND, SQUARE, CURLY) and not self.after_wide_space()

    def after_wide_space(self) -> bool:
        """Whether a wide space, or the end of a cell, stands before the next atom."""
        return self.place < len(self.atoms) and isinstance(self.atoms[self.place], Blank)

    def here(self) -> int:
        """The offset of the next atom, or of the end."""
        atom = self.peek()
        return atom.at if atom else self.end

    def finish(self) -> None:
        """Refuse what is left."""
        if atom := self.peek():
            before = self.atoms[self.place - 1] if self.place else None
            if isinstance(atom, Comma) and isinstance(before, Number) and isinstance(self.peek(1), Number):
                what = "a comma between digits may be a decimal one"
                raise Refusal(what, "write 0{,}5 or 0.5; , \\quad between statements", rule=1, at=atom.at)
            raise left_over(atom)

    def body(self, operator: str, letters: frozenset[str]) -> Node:
        """The term that a big operator takes, in which its letters are bound."""
        known = self.known.without(letters)
        inner = replace(self, known=known, bound=self.bound | letters, inside=operator, own=self.own | letters)
        node = inner.term()
        self.place = inner.place
        return node

    # The grammar's parts, which call each other through these; `parser.py` has them.

    @abstractmethod
    def expression(self, atoms: Atoms, end: int) -> Node:
        """A whole list of atoms as one expression."""

    @abstractmethod
    def term(self) -> Node:
        """What stands between two signs."""

    @abstractmethod
    def one_factor(self, what: str, by_habit: bool = False) -> Node:
        """One factor, the argument of `what`; more of them would be ambiguous."""


def left_over(atom: Atom) -> Refusal:
    """The error of input that nothing asked for."""
    shown, way_out, rule = atom.text if isinstance(atom, Mark) else "", "delete it, or say what it does", 0
    match atom:
        case Comma():
            way_out, rule = "write , \\quad between statements", 1
        case Relation(":"):
            way_out, rule = "write the components that a slice has, (x_1, \\dots, x_n), or a whole row as A_i", 13
        case Relation("≤" | "<" | "≥" | ">"):
            way_out, rule = "write [x > 0] for 1 where it holds, else 0; else a statement of its own", 7
        case Relation():
            way_out, rule = "write each comparison as a statement of its own", 1
        case Text(words) if words.split(" ")[0].lower() in RUNS:
            shown = f"\\text{{{words}}}"
            way_out, rule = f"{FOR_ALL}, \\text{{if}} before a condition", 2
        case Text(words):
            shown = f"\\text{{{words}}}"
            words = "\\text{si}, \\text{if}, \\text{sinon}, \\text{otherwise}, \\text{et}, \\text{and}"
            way_out, rule = f"only {words} have a meaning; other words belong into the text", 22
        case Bar():
            way_out, rule = "write \\lvert x \\rvert for an absolute value, \\lVert x \\rVert for a norm", 10
        case Arrow():
            way_out = "write it between two statements that each hold; else Q \\text{if} P"
            return Refusal(f"{shown} between what isn't two statements", way_out, rule=2, at=atom.at)
        case Times("."):
            way_out, rule = "write \\dots for what is left out, \\cdot for a product", 12
        case Infinity():
            way_out, rule = "write a bound that can be computed", 25
        case Star():
            way_out, rule = "write \\cdot for a product", 16
    return Refusal(f"nothing asks for this {shown}", way_out, rule, at=atom.at)


def relations_in(atoms: Iterable[Atom]) -> list[Relation]:
    """The relations among atoms."""
    return [atom for atom in atoms if isinstance(atom, Relation)]


def split(atoms: Atoms, kind: type[Atom], text: str | None = None) -> list[Atoms]:
    """Atoms parted at those of one kind, and this text; blanks at the ends are dropped."""
    parts: list[list[Atom]] = [[]]
    for atom in atoms:
        if isinstance(atom, kind) and (text is None or (isinstance(atom, Mark) and atom.text == text)):
            parts.append([])
        else:
            parts[-1].append(atom)
    return [trimmed(tuple(part)) for part in parts]


def trimmed(atoms: Atoms) -> Atoms:
    """Atoms without blanks at their ends."""
    start, end = 0, len(atoms)
    while start < end and isinstance(atoms[start], Blank):
        start += 1
    while end > start and isinstance(atoms[end - 1], Blank):
        end -= 1
    return atoms[start:end]


def unpunctuated(atoms: Atoms) -> Atoms:
    """Atoms without the commas and full stops at their end, and without blanks."""
    atoms = trimmed(atoms)
    while atoms and _is_punctuation(atoms[-1]):
        atoms = trimmed(atoms[:-1])
    return atoms


def _is_punctuation(atom: Atom) -> bool:
    match atom:
        case Comma() | Times("."):
            return True
    return False


def only_dots(parts: list[Atoms]) -> list[int]:
    """Which parts of a list are three dots."""
    return [n for n, part in enumerate(parts) if len(part) == 1 and isinstance(part[0], Dots)]
