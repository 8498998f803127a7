"""Atoms: what stands on the page from left to right, each with its place.

KaTeX says how a formula looks; how it is meant is read from the atoms, by the grammar. Space, size and colour are gone
here, except for the wide spaces that part statements.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from ....message.refusal import Refusal

# All that stands on a page. Where a kind says nothing of its `text`, that is the sign itself, or empty.
Kind = Literal[
    "letter",  # a symbol, or a word in a font of its own: \mathrm{KL}
    "number",  # its digits, with a point
    "text",  # what \text says, which may be a word of the language
    "relation",  # as the table of signs has it: =, ∈, ≔, →
    "sign",  # + or -, before a term or between two
    "times",  # as the table of signs has it; a full stop too
    "big",  # \sum, \prod, \max, \min, by name
    "function",  # \exp, \ln, by name
    "fraction",
    "root",
    "array",  # its two brackets, as in "[]"; "rows" of statements; empty where \left and \right are still to come
    "group",  # what stands in brackets: the two with a space between them, as in "( )"
    "bar",  # | or ‖, which may open, close, or part arguments
    "dots",
    "comma",  # or a semicolon
    "forall",
    "partial",
    "infinity",
    "top",  # \top, the sign of a transpose
    "star",
    # Blank: what parts statements.
    "quad",  # a wide space
    "cell",  # where the next cell begins in rows of statements
    "row",  # and the next row
    # Those that nothing is left of when the atoms are grouped.
    "open",  # a bracket; of | and ‖, as "⟨|" and "|⟩"
    "close",
    "braces",  # what stands in {…} with a script on it
    "prime",
    "decimal",  # the comma of {,}
    "not",  # of \not
    # In the text alone: what has no meaning in the language.
    "other",
]


# Of which kinds a script or a prime is read; on any other it would be printed and say nothing. A bracket that opens on
# the right, as in ]0, 1[, may close a set.
SUBSCRIPTS: frozenset[Kind] = frozenset(
    {"letter", "number", "big", "function", "array", "group", "bar", "partial", "open", "close", "braces"}
)
SUPERSCRIPTS: frozenset[Kind] = SUBSCRIPTS | {"fraction", "root"}
PRIMES: frozenset[Kind] = frozenset({"letter", "function"})


@dataclass(frozen=True)
class Atom:
    """One thing on the page.

    Attributes:
        kind: what it is.
        text: which of its kind.
        at: offset in the TeX.
        parts: what it encloses: of a fraction two, of a root its index and body, of brackets their inside.
        rows: of an array, its cells.
        sub: its subscript; None where it has none.
        sup: its superscript, without primes.
        primes: how many it has.
    """

    kind: Kind
    text: str
    at: int
    parts: tuple[Atoms, ...] = ()
    rows: tuple[tuple[Atoms, ...], ...] = ()
    sub: Atoms | None = None
    sup: Atoms | None = None
    primes: int = 0

    @property
    def scripted(self) -> bool:
        """Whether it has a script or a prime."""
        return bool(self.sub or self.sup or self.primes)

    @property
    def misplaced(self) -> bool:
        """Whether it has a script or a prime that says nothing on this kind."""
        return bool(
            (self.sub and self.kind not in SUBSCRIPTS)
            or (self.sup and self.kind not in SUPERSCRIPTS)
            or (self.primes and self.kind not in PRIMES)
        )

    def bare(self) -> Atom:
        """The atom without its scripts."""
        return replace(self, sub=None, sup=None, primes=0)

    def inside(self) -> Iterator[Atom]:
        """This atom and all that it holds."""
        yield self
        cells = [cell for row in self.rows for cell in row]
        for atoms in (*self.parts, *cells, self.sub or (), self.sup or ()):
            for atom in atoms:
                yield from atom.inside()


Atoms = tuple[Atom, ...]


def no_single(at: int) -> Refusal:
    """The error of a script on nothing, or on more than one symbol."""
    way_out = "write it on the symbol, or put brackets around what it belongs to"
    return Refusal("a script that belongs to no single symbol", way_out, at=at)


def misplaced(atom: Atom) -> Refusal:
    """The error of a script or a prime that says nothing where it stands."""
    if atom.primes:
        return Refusal(
            "a prime on what isn't a name", "write \\frac{d}{dt}, or name the function: f'(t)", rule=6, at=atom.at
        )
    return Refusal("a script that says nothing here", "write it on a symbol, or leave it away", at=atom.at)
