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
from dataclasses import KW_ONLY, field
from typing import NamedTuple

from ....message.frozen import frozen
from ....message.refusal import Refusal


@frozen
class Atom:
    """One thing on the page; `at` is its offset in the TeX."""

    _: KW_ONLY
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


@frozen
class Raised(Atom):
    """What may have a superscript; it is empty where there is none."""

    _: KW_ONLY
    sup: Atoms = ()

    @property
    def is_bare(self) -> bool:
        return not self.sup

    def lists(self) -> Iterator[Atoms]:
        yield self.sup


@frozen
class Scripted(Raised):
    """What may have a subscript too."""

    _: KW_ONLY
    sub: Atoms = ()

    @property
    def is_bare(self) -> bool:
        return not (self.sub or self.sup)

    def lists(self) -> Iterator[Atoms]:
        yield self.sub
        yield self.sup


@frozen
class Primed(Scripted):
    """What may have primes too, so many; they are no part of its superscript."""

    _: KW_ONLY
    primes: int = 0

    @property
    def is_bare(self) -> bool:
        return not (self.sub or self.sup or self.primes)


@frozen
class Mark(Atom):
    """One sign or word, which its text says."""

    text: str


class Factor(Atom):
    """What a factor of a product begins with."""


class Blank(Atom):
    """What parts statements, and says nothing before a sign or at an end."""


# Factors


@frozen
class Letter(Mark, Primed, Factor):
    r"""A symbol, or a word in a font of its own: \mathrm{KL}."""


@frozen
class Number(Mark, Scripted, Factor):
    """Digits, with a point where one stands among them; `last` is the last one's offset, where that doesn't follow."""

    last: int = field(default=-1, compare=False, kw_only=True)


@frozen
class Big(Mark, Scripted, Factor):
    r"""\sum, \prod, \max, \min, by name."""


@frozen
class Function(Mark, Primed, Factor):
    r"""\exp, \ln and their like, by name."""


@frozen
class Stacked(Raised, Factor):
    """One thing above another."""

    above: Atoms
    below: Atoms

    def lists(self) -> Iterator[Atoms]:
        yield from (self.above, self.below)
        yield from super().lists()


@frozen
class Fraction(Stacked):
    """With a bar between them: a fraction, or a derivative that is written as one."""


@frozen
class Binomial(Stacked):
    """In round brackets and without a bar."""


@frozen
class Braced(Factor):
    """What has a brace below or above it, with `words` there, which change nothing."""

    content: Atoms
    is_over: bool
    words: Atoms = ()

    def lists(self) -> Iterator[Atoms]:
        yield from (self.content, self.words)


@frozen
class Enclosed(Factor):
    r"""What is drawn around or across, by the command that says how, which changes nothing: \boxed, \cancel."""

    content: Atoms
    label: str

    def lists(self) -> Iterator[Atoms]:
        yield self.content


@frozen
class Overlined(Raised, Factor):
    """More than one symbol under one line."""

    content: Atoms

    def lists(self) -> Iterator[Atoms]:
        yield self.content
        yield from super().lists()


@frozen
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


@frozen
class Group(Scripted, Factor):
    """What stands in brackets."""

    brackets: Brackets
    content: Atoms

    def lists(self) -> Iterator[Atoms]:
        yield self.content
        yield from super().lists()


Cells = tuple[tuple[Atoms, ...], ...]


@frozen
class Array(Scripted, Factor):
    r"""Rows of cells, with the brackets of \left and \right around them; None where there are none."""

    rows: Cells
    brackets: Brackets | None = None

    def lists(self) -> Iterator[Atoms]:
        yield from (cell for row in self.rows for cell in row)
        yield from super().lists()


@frozen
class Rows(Array):
    """Rows of statements, as of aligned."""


@frozen
class Bar(Mark, Scripted, Factor):
    r"""| or ‖, which may open, close, or part arguments; one that `parts`, such as \\mid, does nothing else."""

    parts: bool = field(default=False, kw_only=True)


@frozen
class Partial(Mark, Scripted, Factor):
    r"""\partial, which begins a derivative."""


@frozen
class Nabla(Mark, Scripted, Factor):
    r"""\nabla, before what it takes the gradient of."""


# Signs


@frozen
class Text(Mark):
    r"""What \text says, or another `font` of words, which may be a word of the language; `is_word`: one that isn't."""

    font: str = "\\text"
    is_word: bool = False


@frozen
class Relation(Mark):
    """A sign between two sides, as the table of signs has it: =, ∈, ≔, →."""


@frozen
class SaidRelation(Relation):
    r"""One with the word above its sign that says what it is: the = of \stackrel{\text{def}}{=}, which defines."""

    words: Atoms

    def lists(self) -> Iterator[Atoms]:
        yield self.words


@frozen
class Sign(Mark):
    """+ or -, before a term or between two."""


@frozen
class Times(Mark):
    """A sign between two factors, as the table of signs has it; a full stop too."""


@frozen
class SignBehind(Mark, Raised):
    """What stands behind its argument, by its sign: !."""


@frozen
class WordBetween(Mark):
    r"""A word between two numbers, by the name of what it says: \bmod."""


@frozen
class Dots(Mark):
    """Three dots, in whatever direction."""


@frozen
class Comma(Mark):
    """A comma, or a semicolon."""


@frozen
class Forall(Mark):
    r"""\forall."""


@frozen
class Arrow(Mark):
    r"""\Rightarrow or \Leftrightarrow, between two statements."""


@frozen
class Link(Mark):
    """At an end of a statement: a word or an arrow, which its text says, joins it to another one."""


# What such a link says of a claim behind another one in its row, be it parted by a wide space or by a comma alone: it
# may be that one's condition.
BESIDE, COMMA = "beside", "comma"


@frozen
class Infinity(Mark):
    r"""\infty."""


@frozen
class Without(Mark):
    r"""\setminus, between a set and what isn't in it."""


@frozen
class Top(Mark):
    r"""\top, the sign of a transpose."""


@frozen
class Dagger(Mark):
    r"""\dagger, above what it is said of."""


@frozen
class Star(Mark):
    """A star, which may be part of a name."""


# What parts statements


@frozen
class Quad(Blank):
    """A wide space."""


@frozen
class Cell(Blank):
    """Where the next cell begins in rows of statements."""


@frozen
class Row(Blank):
    """Where the next row does."""


# What nothing is left of when brackets have their partners


@frozen
class Bracket(Mark, Scripted):
    """A bracket that waits for its partner."""


@frozen
class Open(Bracket):
    """One that opens, by its looks; on the left of ]0, 1[ a closing one does."""


@frozen
class Close(Bracket):
    """One that closes, by its looks."""


@frozen
class Braces(Scripted):
    """What stands in {…}, which print nothing, with a script on it."""

    content: Atoms

    def lists(self) -> Iterator[Atoms]:
        yield self.content
        yield from super().lists()


@frozen
class PrimeSign(Mark):
    """A prime, before it is counted among those of its letter."""


@frozen
class Decimal(Mark):
    """The comma of {,}."""


@frozen
class Not(Mark):
    r"""The stroke of \not, which = makes ≠."""


@frozen
class Other(Atom):
    """In the text alone: what has no meaning in the language."""


def no_single(at: int) -> Refusal:
    """The error of a script on nothing, or on more than one symbol."""
    way_out = "write it on the symbol, or put brackets around what it belongs to"
    return Refusal("a script that belongs to no single symbol", way_out, at=at)
