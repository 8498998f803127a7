"""What a formula of a page says: which symbols it declares, what it defines, what it claims.

Two statements are equal when they say the same, wherever they stand.
"""

from __future__ import annotations

from dataclasses import field

from ..message.frozen import frozen
from .expression import Name, Node, Range, Vector

# Sets


@frozen
class Reals:
    """Real numbers between two bounds, None where there is none; `without_zero` takes it out.

    A bound is one of the numbers, unless its end is open.
    """

    lower: Node | None = None
    upper: Node | None = None
    without_zero: bool = False
    lower_open: bool = False
    upper_open: bool = False


@frozen
class Complexes:
    """Complex numbers; `without_zero` takes it out."""

    without_zero: bool = False


@frozen
class Whole:
    """Whole numbers between two bounds, both included; None where there is none."""

    first: Node | None = None
    last: Node | None = None


@frozen
class Finite:
    """Some numbers, or some vectors of one size."""

    values: tuple[Node, ...]


@frozen
class Simplex:
    """Positive numbers whose sum is 1: `dimension` of them, and one more."""

    dimension: Node


@frozen
class Arrays:
    """Arrays of these sizes whose components lie in a set."""

    of: Domain
    sizes: tuple[Node, ...]
    without_zero: bool = False


@frozen
class Matrices:
    """The matrices of a kind among those of a set: one of `signs.MATRICES`."""

    of: Arrays
    kind: str


Domain = Reals | Complexes | Whole | Finite | Simplex | Arrays | Matrices


def axes(domain: Domain) -> int:
    """How many axes the elements of a set have."""
    match domain:
        case Arrays(of, sizes):
            return axes(of) + len(sizes)
        case Matrices(of):
            return axes(of)
        case Simplex():
            return 1
        case Finite(values):
            return int(all(isinstance(value, Vector) for value in values))
    return 0


def is_whole(domain: Domain) -> bool:
    """Whether a set holds whole numbers only."""
    return isinstance(domain, Whole) or (isinstance(domain, Arrays) and is_whole(domain.of))


def sizes(domain: Domain) -> list[Node]:
    """The expressions that a set's sizes and bounds are written with."""
    match domain:
        case Arrays(of, listed):
            return [*sizes(of), *listed]
        case Matrices(of):
            return sizes(of)
        case Simplex(dimension):
            return [dimension]
        case Whole(first, last):
            return [node for node in (first, last) if node is not None]
        case Reals(lower, upper):
            return [node for node in (lower, upper) if node is not None]
        case Finite(values):
            return list(values)
    return []


def own_sizes(domains: tuple[Domain, ...]) -> tuple[str, ...]:
    """The sizes of a map's sets that are single symbols: in its rule, they are those of its arguments."""
    plain = [domain.of if isinstance(domain, Matrices) else domain for domain in domains]
    named = [size for domain in plain if isinstance(domain, Arrays) for size in domain.sizes]
    return tuple(dict.fromkeys(size.name for size in named if isinstance(size, Name)))


# What stands at the end of a statement


@frozen
class Quantifier:
    r"""\forall: letters, and what they run over: a range, a set to draw from, or (None) the axis that they index."""

    letters: tuple[str, ...]
    over: Range | Domain | None
    at: int = field(compare=False)


@frozen
class Reach:
    """For which values a statement is meant."""

    quantifiers: tuple[Quantifier, ...] = ()
    conditions: tuple[Node, ...] = ()


def named_in(reach: Reach) -> list[str]:
    r"""The letters that every \forall names."""
    return [letter for quantifier in reach.quantifiers for letter in quantifier.letters]


def drawn_in(reach: Reach) -> list[str]:
    r"""The letters that a \forall draws from a set."""
    over_sets = [each for each in reach.quantifiers if each.over is not None and not isinstance(each.over, Range)]
    return [letter for quantifier in over_sets for letter in quantifier.letters]


# Statements


@frozen
class Subscripted:
    """A name that ends with a subscript: beside an array of the name before that, it would be a component."""

    name: str
    array: str
    at: int


@frozen
class Declaration:
    """Symbols that every trial draws from a set; `components` is the letter of an array's components.

    Of a list, A_1, …, A_n, the one name is A, and the set holds all of them, as many as its last size.
    `narrows` are symbols declared with these whose sets read them: what leaves one of those no value is none itself.
    """

    names: tuple[str, ...]
    domain: Domain
    components: str | None
    at: int = field(compare=False)
    subscripted: tuple[Subscripted, ...] = field(default=(), compare=False)
    is_list: bool = False
    narrows: tuple[str, ...] = field(default=(), compare=False)


@frozen
class Revaluation:
    """`L = L(x)`: L may be evaluated with x replaced. A map by components is one too, with sizes of its own."""

    name: str
    parameters: tuple[str, ...]
    at: int = field(compare=False)
    # Of a map, the sets of its arguments and of its values; a size that is one symbol is the argument's own length.
    domains: tuple[Domain, ...] = ()
    target: Domain | None = None


@frozen
class Definition:
    """A symbol, its components (`indices`), or a function (`parameters`), and the expression that gives its value.

    `domains` are the sets of a function's arguments, where it was declared as a map, and `target` that of its values.
    Where it `is_square`, what stands on the left is the symbol's square, and the body a root.
    """

    name: str
    indices: tuple[str, ...]
    parameters: tuple[str, ...]
    body: Node
    reach: Reach
    at: int = field(compare=False)
    domains: tuple[Domain, ...] = ()
    target: Domain | None = None
    subscripted: tuple[Subscripted, ...] = field(default=(), compare=False)
    is_square: bool = field(default=False, compare=False)


@frozen
class Claim:
    """A chain of relations; `places` are those of the relations.

    Where a word or an arrow, `link`, joins it to another statement, it may be meant only under a condition. Where it
    stands `beside` another claim, parted from it by a wide space or a comma, it may itself be that one's condition: of
    its last conditions, so many have been `supposed` to be such.
    `either`: it is one of the two that \\pm says, of which the other may be meant alone.
    `alone`: its reach where a \\forall behind a condition is meant of that alone; None where it can't be.
    `said`: the place of what is printed, which may make several claims at once.
    `is_order`: it is printed as an order of matrices, A \\succeq 0, and compares the least eigenvalue with 0.
    """

    sides: tuple[Node, ...]
    relations: tuple[str, ...]
    places: tuple[int, ...] = field(compare=False)
    reach: Reach
    link: str = ""
    beside: str = field(default="", compare=False)
    either: bool = field(default=False, compare=False)
    alone: Reach | None = field(default=None, compare=False)
    supposed: int = field(default=0, compare=False)
    said: int = field(default=0, compare=False)
    is_order: bool = field(default=False, compare=False)

    @property
    def at(self) -> int:
        return self.places[0]

    @property
    def links(self) -> list[tuple[Node, str, Node, int]]:
        """The sides two by two, with the relation between them and its place."""
        return list(zip(self.sides, self.relations, self.sides[1:], self.places, strict=False))


@frozen
class Update:
    """`W \\leftarrow W - …`: that this step, or a smaller one, lowers the loss."""

    name: str
    value: Node
    at: int = field(compare=False)


Statement = Declaration | Revaluation | Definition | Claim | Update


def expressions(statement: Statement) -> list[Node]:
    """What a statement says by expressions of its own: sides, a body, a value, then its conditions."""
    match statement:
        case Claim(sides, reach=reach):
            return [*sides, *reach.conditions]
        case Definition(body=body, reach=reach):
            return [body, *reach.conditions]
        case Update(value=value):
            return [value]
    return []


def all_expressions(statement: Statement) -> list[Node]:
    """The same, and the expressions of what it declares or ranges over."""
    found = expressions(statement)
    match statement:
        case Declaration(domain=domain):
            return [*found, *sizes(domain)]
        case Claim(reach=reach) | Definition(reach=reach):
            for quantifier in reach.quantifiers:
                over = quantifier.over
                found += [over] if isinstance(over, Range) else [] if over is None else sizes(over)
    return found


# From the lowest to the highest.
ROLES = {
    Declaration: "declaration",
    Revaluation: "declaration",
    Definition: "definition",
    Claim: "claim",
    Update: "claim",
}


def role(statements: tuple[Statement, ...]) -> str:
    """The highest role among those of a fence's statements."""
    return max((ROLES[type(statement)] for statement in statements), key=[*ROLES.values()].index)
