"""The expression tree: what a formula says, once it is known how it is meant.

Brackets are gone: the tree has the structure they asked for. `at` is the place in the formula's TeX that a message
shows; two trees are equal when they say the same in the same notation, wherever they stand.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field, replace
from fractions import Fraction
from functools import cached_property
from itertools import chain
from typing import Annotated, Any, Literal, Self

from ..message.frozen import frozen
from .node import Fragment, Key, Named, Part, Role
from .node import Node as Node  # noqa: PLC0414  # who takes trees apart imports it with its kinds
from .signs import PRODUCTS

# A symbol of the page: its name; of a map's own components, the map's name and how many arguments it takes.
Symbol = str | tuple[str, int]


@frozen
class Number(Node):
    """A number as printed; `decimals` counts the digits after its point."""

    value: Fraction
    decimals: int = field(default=0, compare=False)


@frozen
class Name(Named):
    """A symbol of the page, an index letter or a function's parameter.

    Where a map's name alone stands for its own components, `arguments` says how many the map takes.
    `before_brackets`: brackets stand behind it, as behind a function.
    """

    name: str
    arguments: int = 0
    before_brackets: bool = field(default=False, compare=False)

    def reads(self) -> Key:
        return self.name

    @property
    def symbol(self) -> Symbol:
        """What the page's table of names has it under."""
        return (self.name, self.arguments) if self.arguments else self.name


@frozen
class Constant(Node):
    """e, pi, the imaginary unit."""

    name: str


@frozen
class Negative(Node):
    """A minus before a term."""

    value: Node


@frozen
class Add(Node):
    """A sum of two or more terms; a difference adds a `Negative`."""

    terms: tuple[Node, ...]


@frozen
class Product(Node):
    """Numbers multiply, arrays make the matrix product; `elementwise` is \\odot, the sign ⊗ a Kronecker product.

    `chained`: its left factor is a product without brackets around it. `mixed`: two kinds stand side by side without
    brackets, which is ambiguous where both join arrays. `behind`: the function without brackets before its right
    factor, which must be an array, since that takes numbers: \\cos \\theta \\, I. `taken`: the function without
    brackets before all of it, which its first factor must be no argument of: \\operatorname{tr} A B.
    """

    left: Node
    right: Node
    elementwise: bool = False
    sign: str = ""
    mixed: bool = field(default=False, compare=False)
    chained: bool = field(default=False, compare=False)
    behind: str = field(default="", compare=False)
    taken: str = field(default="", compare=False)

    @property
    def kind(self) -> str:
        """How it multiplies arrays."""
        return "places" if self.elementwise else PRODUCTS[self.sign].kind

    @property
    def goes_on(self) -> Product | None:
        """The product that this one goes on from: what stands on the left without brackets around it."""
        match self.left:
            case Product(sign="·" | "×") if not self.chained:
                return None
            case Product(mixed=self.mixed) as left if self.mixed or left.kind == self.kind:
                return left
        return None

    @property
    def other_kind(self) -> Product | None:
        """The same where it is of the other kind: of arrays, which of the two comes first isn't clear."""
        left = self.goes_on
        return left if left is not None and left.kind != self.kind else None


@frozen
class Inner(Node):
    r"""An inner product, \langle u, v \rangle; of complex vectors, the "first" or the "second" is `conjugated`."""

    left: Annotated[Node, Role.WHOLE]
    right: Annotated[Node, Role.WHOLE]
    conjugated: str = ""


@frozen
class Quotient(Node):
    r"""A division; `slash` where it is written in the line.

    `by_square`: it is a derivative by \sigma^2, that by \sigma divided by 2 \sigma, which has a value at 0 too.
    """

    above: Node
    below: Node
    slash: bool = False
    by_square: bool = field(default=False, compare=False)


@frozen
class Power(Node):
    """A power; a root is one too. Of an array, its exponent would be printed like the sign of `looks_like`, if any."""

    base: Node
    exponent: Annotated[Node, Role.WHOLE]
    looks_like: str = field(default="", compare=False)


@frozen
class Call(Node):
    """A function of the language's own: exp, ln, sqrt, a norm, a transpose; `notation` tells e^x from \\exp x."""

    name: str
    argument: Annotated[Node, Role.ARGUMENT]
    notation: str = ""


@frozen
class Pair(Node):
    """An operation of two numbers: a binomial coefficient, a remainder."""

    name: str
    left: Annotated[Node, Role.WHOLE]
    right: Annotated[Node, Role.WHOLE]


@frozen
class Apply(Named):
    """A function of the page: by its name and number of arguments."""

    name: str
    arguments: Annotated[tuple[Node, ...], Role.ARGUMENT]

    def reads(self) -> Key:
        return self.name, len(self.arguments)


@frozen
class Prime(Node):
    """A derivative of a function of one variable, `order` times or as often as `times` says, at its argument."""

    name: str
    order: int
    argument: Annotated[Node, Role.ARGUMENT]
    times: Annotated[Node | None, Role.SIZE] = None

    def reads(self) -> Key:
        return self.name, 1


@frozen
class Slope(Node):
    r"""The same of an operation that is a function of a number, by its name in the table: \tanh'(x)."""

    name: str
    order: int
    argument: Annotated[Node, Role.ARGUMENT]


# Arrays


@frozen
class Index(Node):
    """Components of an array.

    `entries` are the subscripts read one by one, `whole` the same read as one expression (None where it can't be):
    which of the two is meant depends on how many axes the array has.
    """

    array: Annotated[Node, Role.ARRAY]
    entries: Annotated[tuple[Node, ...], Role.SUBSCRIPT]
    whole: Annotated[Node | None, Role.REREAD] = None

    @cached_property
    def letters(self) -> tuple[str, ...]:
        """The subscripts, where each of them is a letter and can be read in no other way; else none."""
        letters = tuple(entry.name for entry in self.entries if type(entry) is Name and not entry.arguments)
        return letters if self.whole is None and len(letters) == len(self.entries) else ()

    def meant(self, axes: int | None) -> Index:
        """With the subscripts that are meant of an array with so many axes, where that is known."""
        if self.whole is not None and axes == 1:
            return replace(self, entries=(self.whole,), whole=None)
        return self

    def having(self, name: str, value: Any) -> Self:
        """With another subscript, what the signs were otherwise read as is no longer said."""
        match name:
            case "entries":
                return replace(self, entries=value, whole=None)
            case "whole":
                return replace(self, entries=(value,), whole=None)
        return super().having(name, value)


@frozen
class Line(Node):
    """A whole row of a matrix, A_{i,:}, or where `column`, a column, A_{:,j}; it lies as it does there."""

    array: Annotated[Node, Role.ARRAY]
    place: Annotated[Node, Role.SUBSCRIPT]
    column: bool = False


@frozen
class Vector(Node):
    """A vector by its components; `lies` is "page" (as the page's vectors do), "row" or "column".

    `stacked`: they stand one below the other, and may be blocks, as those in a row may. `bracket` opens a list.
    """

    entries: Annotated[tuple[Node, ...], Role.WHOLE]
    lies: str = "page"
    stacked: bool = field(default=False, compare=False)
    bracket: str = field(default="(", compare=False, kw_only=True)


@frozen
class Matrix(Node):
    """Numbers in rows and columns."""

    rows: Annotated[tuple[tuple[Node, ...], ...], Role.WHOLE]


@frozen
class Dotted(Node):
    """Numbers in rows and columns with dots among them, which are no entries.

    `row` and `column` say before which printed row and column dots stand; None where there are none. What isn't printed
    is None: in a diagonal matrix, a 0.
    """

    rows: Annotated[tuple[tuple[Node | None, ...], ...], Role.WHOLE]
    row: int | None = None
    column: int | None = None


@frozen
class Ones(Node):
    """A vector whose components are all 1."""

    size: Annotated[Node, Role.SIZE]


@frozen
class Beside:
    """What stands beside a named array, and how that says its size.

    `node` has its shape; or stands on its left or right, as a factor; or is the whole product of which it is the first
    or last factor. `turned`: it is transposed between the two.
    """

    node: Node
    end: Literal["same", "left", "right", "first", "last"] = "same"
    turned: bool = False


@frozen
class Standard(Node):
    r"""An array by a name that all readers know: I, \mathbf{0}, \mathbf{e}_i.

    Its sizes are printed, or said by what stands beside it; `index` is the place of what isn't 0 in a unit vector.
    """

    name: str
    tex: str
    size: Annotated[tuple[Node, ...], Role.SIZE] = ()
    index: Annotated[Node | None, Role.SUBSCRIPT] = None
    beside: tuple[Beside, ...] = field(default=(), compare=False)


@frozen
class Dots(Fragment):
    """`first, between…, …, after…, last` in a list of entries: stands for what the first and the last determine.

    `alternates`: they are terms whose signs alternate up to the dots, which bear one too: 1 - x + x^2 - \\cdots.
    """

    first: Node
    between: tuple[Node, ...]
    last: Node
    after: tuple[Node, ...] = ()
    alternates: bool = False


@frozen
class Fold(Node):
    """Terms with dots between them, added or multiplied."""

    kind: str
    dots: Dots


# What binds letters


@frozen
class Range(Node):
    """Whole numbers from `first` to `last`; what is printed between them must fit."""

    first: Annotated[Node, Role.SIZE]
    last: Annotated[Node, Role.SIZE]
    between: Annotated[tuple[Node, ...], Role.SIZE] = ()


@frozen
class NumberedAxis:
    """Where a letter stands alone as a subscript: of which array, on which axis, among how many subscripts."""

    array: Node
    axis: int
    of: int


@frozen
class Binder(Fragment):
    """A letter and what it runs over; where no range is printed, the axes that it indexes say it."""

    letter: str
    range: Annotated[Range | None, Role.SIZE] = None
    axes: tuple[NumberedAxis, ...] = field(default=(), compare=False)


@frozen
class Big(Node):
    """sum, prod, max or min of the body, over all values of the binders for which the condition holds."""

    kind: str
    binders: Annotated[tuple[Binder, ...], Role.LETTERS]
    condition: Annotated[Node | None, Role.FILTER]
    body: Annotated[Node, Role.BODY]

    def binds(self) -> tuple[str, ...]:
        return tuple(binder.letter for binder in self.binders)

    @property
    def bounds(self) -> Range | None:
        """The range that is printed for all letters; None where there is none, or where the condition says it."""
        match self.condition:
            case Comparison(sides=sides) | Both((Comparison(sides=sides), *_)) if len(sides) > 2:
                return None
        return self.binders[0].range

    def printed(self) -> Iterator[Part]:
        """Its parts; a range is printed once for all letters, and not at all where the condition says it."""
        once = [*super().printed()][:1] if self.condition is None or self.bounds is not None else []
        return chain(once, (part for part in super().printed() if part.role is not Role.LETTERS))

    def having(self, name: str, value: Any) -> Self:
        """With another range, which is that of all its letters."""
        if name == "binders":
            value = tuple(replace(binder, range=value[0].range) for binder in value)
        return super().having(name, value)


@frozen
class Extremum(Node):
    """The max or min of what stands in its brackets."""

    kind: str
    entries: Annotated[tuple[Node, ...], Role.WHOLE]


@frozen
class Variable(Named, Fragment):
    """What a derivative is taken by: a symbol, or components of one. It is named as a `Name` is."""

    name: str
    subscripts: Annotated[Index | None, Role.ARRAY] = None
    arguments: int = 0

    def reads(self) -> Key:
        return self.name

    @property
    def symbol(self) -> Symbol:
        """What the page's table of names has it under."""
        return (self.name, self.arguments) if self.arguments else self.name

    def having(self, name: str, value: Any) -> Self:
        """With other subscripts, its name is that of the array which they are of."""
        match name, value:
            case "subscripts", Index(Name(array, arguments)):
                return replace(self, name=array, arguments=arguments, subscripts=value)
        return super().having(name, value)


@frozen
class Derivative(Node):
    r"""The derivative of `value` by each of the variables in turn, the last one first; `is_nabla`: as \nabla_x.

    Where it `takes_all`, its value is a product without brackets, of which to take the first factors alone must be the
    same, or nothing. `turned`: of a vector by a vector, the axes of the variable come first.
    """

    value: Annotated[Node, Role.DERIVED]
    variables: Annotated[tuple[Variable, ...], Role.VARIABLE]
    is_nabla: bool = False
    turned: bool = field(default=False, kw_only=True)
    takes_all: bool = field(default=False, compare=False)


@frozen
class Gradient(Node):
    """The gradient of a function of one argument, derived `order` times, at a point; the trace of the second one."""

    name: str
    argument: Annotated[Node, Role.ARGUMENT]
    order: int = 1
    is_trace: bool = False

    def reads(self) -> Key:
        return self.name, 1


@frozen
class Evaluated(Node):
    """A value where symbols have other values, one for each: the bar of f(t)|_{t = u}.

    `follows`: the bar stands behind a derivative's operand without brackets, and might belong to that alone.
    """

    value: Annotated[Node, Role.DERIVED]
    variables: Annotated[tuple[Variable, ...], Role.VARIABLE]
    points: Annotated[tuple[Node, ...], Role.WHOLE]
    follows: bool = field(default=False, compare=False)


@frozen
class Shaped(Node):
    r"""A value that a chain says to lie in \mathbb{R}, or among the arrays of these sizes; so of complex ones."""

    value: Node
    sizes: Annotated[tuple[Node, ...], Role.SIZE]
    is_complex: bool = False


# What is true or false


@frozen
class Comparison(Node):
    """A chain of relations between numbers, all of which must hold."""

    sides: Annotated[tuple[Node, ...], Role.SIDE]
    relations: tuple[str, ...]


@frozen
class Both(Node):
    """Conditions joined by `et` or `and`."""

    conditions: tuple[Node, ...]


@frozen
class Every(Node):
    r"""A condition that holds for all values of its letters, as a \forall behind it says: x_i > 0 \forall i."""

    binders: Annotated[tuple[Binder, ...], Role.LETTERS]
    condition: Annotated[Node, Role.BODY]

    def binds(self) -> tuple[str, ...]:
        return tuple(binder.letter for binder in self.binders)


@frozen
class Bracket(Node):
    """[i = y], or a Kronecker delta: 1 where the condition holds, else 0."""

    condition: Annotated[Node, Role.TRUTH]
    delta: bool = False


@frozen
class Branch(Fragment):
    """A case: its value, and the condition under which it is taken."""

    value: Annotated[Node, Role.WHOLE]
    guard: Node


@frozen
class Cases(Node):
    """Values of which exactly one is taken."""

    branches: tuple[Branch, ...]
    otherwise: Annotated[Node | None, Role.WHOLE] = None
