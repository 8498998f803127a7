r"""Atoms: what stands on the page from left to right, each with its place.

KaTeX says how a formula looks; how it is meant is read from the atoms, by the grammar. Space, size and colour are gone
here, except for the wide spaces that part statements. A class for each kind of thing:

    Factor    what a factor of a product begins with: a letter, a number, a fraction, a group in brackets
    Mark      what is one sign or word, which its text says: a letter, a relation, \forall
    Blank     what parts statements: a wide space, the end of a cell or of a row
    the rest  brackets that have no partner yet, and other things that nothing is left of in groups

Which of them may bear scripts and primes is said by what they inherit: `Raised`, `Scripted`, `Primed`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from ....message.refusal import Refusal


@dataclass(frozen=True, kw_only=True)
class Atom:
    """One thing on the page; `at` is its offset in the TeX."""

    at: int

    @property
    def is_bare(self) -> bool:
        """Whether it has no script and no prime."""
        return True

    def lists(self) -> Iterator[Atoms]:
        """The lists of atoms in it: what it encloses, then its scripts."""
        yield from ()

    def inside(self) -> Iterator[Atom]:
        """This atom and all that it holds."""
        yield self
        for atoms in self.lists():
            for atom in atoms:
                yield from atom.inside()


Atoms = tuple[Atom, ...]


# Which scripts are read. On any other atom they would be printed and say nothing.


@dataclass(frozen=True, kw_only=True)
class Raised(Atom):
    """What may have a superscript; it is empty where there is none."""

    sup: Atoms = ()

    @property
    def is_bare(self) -> bool:
        return not self.sup

    def lists(self) -> Iterator[Atoms]:
        yield self.sup


@dataclass(frozen=True, kw_only=True)
class Scripted(Raised):
    """What may have a subscript too."""

    sub: Atoms = ()

    @property
    def is_bare(self) -> bool:
        return not (self.sub or self.sup)

    def lists(self) -> Iterator[Atoms]:
        yield self.sub
        yield self.sup


@dataclass(frozen=True, kw_only=True)
class Primed(Scripted):
    """What may have primes too, so many; they are no part of its superscript."""

    primes: int = 0

    @property
    def is_bare(self) -> bool:
        return not (self.sub or self.sup or self.primes)


@dataclass(frozen=True)
class Mark(Atom):
    """One sign or word, which its text says."""

    text: str


class Factor(Atom):
    """What a factor of a product begins with."""


class Blank(Atom):
    """What parts statements, and says nothing before a sign or at an end."""


# Factors


@dataclass(frozen=True)
class Letter(Mark, Primed, Factor):
    r"""A symbol, or a word in a font of its own: \mathrm{KL}."""


@dataclass(frozen=True)
class Number(Mark, Scripted, Factor):
    """Digits, with a point where one stands among them; `last` is the last one's offset, where that doesn't follow."""

    last: int = field(default=-1, compare=False, kw_only=True)


@dataclass(frozen=True)
class Big(Mark, Scripted, Factor):
    r"""\sum, \prod, \max, \min, by name."""


@dataclass(frozen=True)
class Function(Mark, Primed, Factor):
    r"""\exp, \ln and their like, by name."""


@dataclass(frozen=True)
class Stacked(Raised, Factor):
    """One thing above another."""

    above: Atoms
    below: Atoms

    def lists(self) -> Iterator[Atoms]:
        yield from (self.above, self.below)
        yield from super().lists()


@dataclass(frozen=True)
class Fraction(Stacked):
    """With a bar between them: a fraction, or a derivative that is written as one."""


@dataclass(frozen=True)
class Binomial(Stacked):
    """In round brackets and without a bar."""


@dataclass(frozen=True)
class Braced(Factor):
    """What has a brace below or above it, with `words` there, which change nothing."""

    content: Atoms
    is_over: bool
    words: Atoms = ()

    def lists(self) -> Iterator[Atoms]:
        yield from (self.content, self.words)


@dataclass(frozen=True)
class Overlined(Raised, Factor):
    """More than one symbol under one line."""

    content: Atoms

    def lists(self) -> Iterator[Atoms]:
        yield self.content
        yield from super().lists()


@dataclass(frozen=True)
class Root(Raised, Factor):
    """A root; its index is empty where it is a square root."""

    index: Atoms
    body: Atoms

    def lists(self) -> Iterator[Atoms]:
        yield from (self.index, self.body)
        yield from super().lists()


class Brackets(NamedTuple):
    """The two brackets around something: "(" and ")"; of bars that say their side, "⟨|" and "|⟩"; "." is none."""

    left: str
    right: str


ROUND, SQUARE, CURLY, ANGLE = Brackets("(", ")"), Brackets("[", "]"), Brackets("{", "}"), Brackets("⟨", "⟩")


@dataclass(frozen=True)
class Group(Scripted, Factor):
    """What stands in brackets."""

    brackets: Brackets
    content: Atoms

    def lists(self) -> Iterator[Atoms]:
        yield self.content
        yield from super().lists()


Cells = tuple[tuple[Atoms, ...], ...]


@dataclass(frozen=True)
class Array(Scripted, Factor):
    r"""Rows of cells, with the brackets of \left and \right around them; None where there are none."""

    rows: Cells
    brackets: Brackets | None = None

    def lists(self) -> Iterator[Atoms]:
        yield from (cell for row in self.rows for cell in row)
        yield from super().lists()


@dataclass(frozen=True)
class Rows(Array):
    """Rows of statements, as of aligned."""


@dataclass(frozen=True)
class Bar(Mark, Scripted, Factor):
    r"""| or ‖, which may open, close, or part arguments; one that `parts`, such as \\mid, does nothing else."""

    parts: bool = field(default=False, kw_only=True)


@dataclass(frozen=True)
class Partial(Mark, Scripted, Factor):
    r"""\partial, which begins a derivative."""


@dataclass(frozen=True)
class Nabla(Mark, Scripted, Factor):
    r"""\nabla, before what it takes the gradient of."""


# Signs


@dataclass(frozen=True)
class Text(Mark):
    r"""What \text says, or another `font` of words, which may be a word of the language; `is_word`: one that isn't."""

    font: str = "\\text"
    is_word: bool = False


@dataclass(frozen=True)
class Relation(Mark):
    """A sign between two sides, as the table of signs has it: =, ∈, ≔, →."""


@dataclass(frozen=True)
class SaidRelation(Relation):
    r"""One with the word above its sign that says what it is: the = of \stackrel{\text{def}}{=}, which defines."""

    words: Atoms

    def lists(self) -> Iterator[Atoms]:
        yield self.words


@dataclass(frozen=True)
class Sign(Mark):
    """+ or -, before a term or between two."""


@dataclass(frozen=True)
class Times(Mark):
    """A sign between two factors, as the table of signs has it; a full stop too."""


@dataclass(frozen=True)
class SignBehind(Mark, Raised):
    """What stands behind its argument, by its sign: !."""


@dataclass(frozen=True)
class WordBetween(Mark):
    r"""A word between two numbers, by the name of what it says: \bmod."""


@dataclass(frozen=True)
class Dots(Mark):
    """Three dots, in whatever direction."""


@dataclass(frozen=True)
class Comma(Mark):
    """A comma, or a semicolon."""


@dataclass(frozen=True)
class Forall(Mark):
    r"""\forall."""


@dataclass(frozen=True)
class Arrow(Mark):
    r"""\Rightarrow or \Leftrightarrow, between two statements."""


@dataclass(frozen=True)
class Link(Mark):
    """At an end of a statement: a word or an arrow, which its text says, joins it to another one."""


@dataclass(frozen=True)
class Infinity(Mark):
    r"""\infty."""


@dataclass(frozen=True)
class Top(Mark):
    r"""\top, the sign of a transpose."""


@dataclass(frozen=True)
class Dagger(Mark):
    r"""\dagger, above what it is said of."""


@dataclass(frozen=True)
class Star(Mark):
    """A star, which may be part of a name."""


# What parts statements


@dataclass(frozen=True)
class Quad(Blank):
    """A wide space."""


@dataclass(frozen=True)
class Cell(Blank):
    """Where the next cell begins in rows of statements."""


@dataclass(frozen=True)
class Row(Blank):
    """Where the next row does."""


# What nothing is left of when brackets have their partners


@dataclass(frozen=True)
class Bracket(Mark, Scripted):
    """A bracket that waits for its partner."""


@dataclass(frozen=True)
class Open(Bracket):
    """One that opens, by its looks; on the left of ]0, 1[ a closing one does."""


@dataclass(frozen=True)
class Close(Bracket):
    """One that closes, by its looks."""


@dataclass(frozen=True)
class Braces(Scripted):
    """What stands in {…}, which print nothing, with a script on it."""

    content: Atoms

    def lists(self) -> Iterator[Atoms]:
        yield self.content
        yield from super().lists()


@dataclass(frozen=True)
class PrimeSign(Mark):
    """A prime, before it is counted among those of its letter."""


@dataclass(frozen=True)
class Decimal(Mark):
    """The comma of {,}."""


@dataclass(frozen=True)
class Not(Mark):
    r"""The stroke of \not, which = makes ≠."""


@dataclass(frozen=True)
class Other(Atom):
    """In the text alone: what has no meaning in the language."""


def no_single(at: int) -> Refusal:
    """The error of a script on nothing, or on more than one symbol."""
    way_out = "write it on the symbol, or put brackets around what it belongs to"
    return Refusal("a script that belongs to no single symbol", way_out, at=at)
