"""The expression tree: what a formula says, once it is known how it is meant.

Brackets are gone: the tree has the structure they asked for. `at` is the place in the formula's TeX that a message
shows; two trees are equal when they say the same in the same notation, wherever they stand.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from fractions import Fraction


@dataclass(frozen=True)
class Node:
    """Any part of a tree."""

    at: int = field(compare=False, kw_only=True, default=0)

    def children(self) -> Iterator[Node]:
        """The parts directly below, in the order in which they stand here."""
        for entry in fields(self):
            yield from _nodes(getattr(self, entry.name))

    def walk(self) -> Iterator[Node]:
        """This part and all below it."""
        yield self
        for child in self.children():
            yield from child.walk()


def _nodes(value: object) -> Iterator[Node]:
    if isinstance(value, Node):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _nodes(item)


@dataclass(frozen=True)
class Number(Node):
    """A number as printed; `decimals` counts the digits after its point."""

    value: Fraction
    decimals: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Name(Node):
    """A symbol of the page, an index letter or a function's parameter."""

    name: str


@dataclass(frozen=True)
class Constant(Node):
    """e, pi, the imaginary unit."""

    name: str


@dataclass(frozen=True)
class Negative(Node):
    """A minus before a term."""

    value: Node


@dataclass(frozen=True)
class Add(Node):
    """A sum of two or more terms; a difference adds a `Negative`."""

    terms: tuple[Node, ...]


@dataclass(frozen=True)
class Product(Node):
    """Numbers multiply, arrays make the matrix product; `elementwise` is \\odot.

    `mixed`: both kinds stand side by side without brackets, which is ambiguous where both join arrays.
    """

    left: Node
    right: Node
    elementwise: bool = False
    sign: str = ""
    mixed: bool = field(default=False, compare=False)


@dataclass(frozen=True)
class Quotient(Node):
    """A division; `slash` where it is written in the line."""

    above: Node
    below: Node
    slash: bool = False


@dataclass(frozen=True)
class Power(Node):
    """A power; a root is one too."""

    base: Node
    exponent: Node


@dataclass(frozen=True)
class Call(Node):
    """A function of the language's own: exp, ln, sqrt, a norm, a trace; `notation` tells e^x from \\exp x."""

    name: str
    argument: Node
    notation: str = ""


@dataclass(frozen=True)
class Apply(Node):
    """A function of the page: by its name and number of arguments."""

    name: str
    arguments: tuple[Node, ...]


@dataclass(frozen=True)
class Prime(Node):
    """A derivative of a function of one variable, `order` times, at its argument."""

    name: str
    order: int
    argument: Node


# Arrays


@dataclass(frozen=True)
class Index(Node):
    """Components of an array.

    `entries` are the subscripts read one by one, `whole` the same read as one expression (None where it can't be):
    which of the two is meant depends on how many axes the array has.
    """

    array: Node
    entries: tuple[Node, ...]
    whole: Node | None = None


@dataclass(frozen=True)
class Transpose(Node):
    """An array with its axes in the other order."""

    array: Node


@dataclass(frozen=True)
class Vector(Node):
    """A vector by its components; `lies` is "page" (as the page's vectors do), "row" or "column"."""

    entries: tuple[Node, ...]
    lies: str = "page"


@dataclass(frozen=True)
class Matrix(Node):
    """Numbers in rows and columns."""

    rows: tuple[tuple[Node, ...], ...]


@dataclass(frozen=True)
class Ones(Node):
    """A vector whose components are all 1."""

    size: Node


@dataclass(frozen=True)
class Dots(Node):
    """`first, between…, …, last` in a list of entries: stands for what the first and the last determine."""

    first: Node
    between: tuple[Node, ...]
    last: Node


@dataclass(frozen=True)
class Fold(Node):
    """Terms with dots between them, added or multiplied."""

    kind: str
    dots: Dots


# What binds letters


@dataclass(frozen=True)
class Range(Node):
    """Whole numbers from `first` to `last`; what is printed between them must fit."""

    first: Node
    last: Node
    between: tuple[Node, ...] = ()


@dataclass(frozen=True)
class Site:
    """Where a letter stands alone as a subscript: of which array, on which axis, among how many subscripts."""

    array: Node
    axis: int
    of: int


@dataclass(frozen=True)
class Binder(Node):
    """A letter and what it runs over; where no range is printed, the axes that it indexes say it."""

    letter: str
    range: Range | None = None
    sites: tuple[Site, ...] = field(default=(), compare=False)


@dataclass(frozen=True)
class Big(Node):
    """sum, prod, max or min of the body, over all values of the binders for which the condition holds."""

    kind: str
    binders: tuple[Binder, ...]
    condition: Node | None
    body: Node


@dataclass(frozen=True)
class Extremum(Node):
    """The max or min of what stands in its brackets."""

    kind: str
    entries: tuple[Node, ...]


@dataclass(frozen=True)
class Variable(Node):
    """What a derivative is taken by: a symbol, or components of one."""

    name: str
    subscripts: Index | None = None


@dataclass(frozen=True)
class Derivative(Node):
    """The derivative of `value` by each of the variables in turn, the last one first."""

    value: Node
    variables: tuple[Variable, ...]


# What is true or false


@dataclass(frozen=True)
class Comparison(Node):
    """A chain of relations between numbers, all of which must hold."""

    sides: tuple[Node, ...]
    relations: tuple[str, ...]


@dataclass(frozen=True)
class Both(Node):
    """Conditions joined by `et` or `and`."""

    conditions: tuple[Node, ...]


@dataclass(frozen=True)
class Bracket(Node):
    """[i = y], or a Kronecker delta: 1 where the condition holds, else 0."""

    condition: Node
    delta: bool = False


@dataclass(frozen=True)
class Branch(Node):
    """A case: its value, and the condition under which it is taken."""

    value: Node
    guard: Node


@dataclass(frozen=True)
class Cases(Node):
    """Values of which exactly one is taken."""

    branches: tuple[Branch, ...]
    otherwise: Node | None = None
