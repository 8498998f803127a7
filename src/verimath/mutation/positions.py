"""The places of a statement: each part of its trees, and the statement with another part there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, replace
from enum import Enum, auto
from typing import Any

from ..meaning.expression import (
    Apply,
    Big,
    Branch,
    Call,
    Cases,
    Comparison,
    Derivative,
    Dots,
    Extremum,
    Index,
    Matrix,
    Name,
    Node,
    Ones,
    Power,
    Prime,
    Range,
    Transpose,
    Variable,
    Vector,
)
from ..meaning.operations import OPERATIONS
from ..meaning.statement import Claim, Definition, Statement, Update

Sentence = tuple[Statement, ...]


class Role(Enum):
    """What a part is to the one that it stands in."""

    WHOLE = auto()  # an expression of its own: a side, an exponent, a case
    ARGUMENT = auto()  # of a function, which reads a vector's components whichever way it lies
    PART = auto()  # a term, a factor
    ARRAY = auto()  # what subscripts or a transposition belong to
    SUBSCRIPT = auto()
    BOUND = auto()
    GUARD = auto()  # a side of a comparison
    CONDITION = auto()  # for which values a statement is meant


# Where whole numbers stand, which a slip changes by 1.
DISCRETE = {Role.SUBSCRIPT, Role.BOUND, Role.GUARD}
ROLES: dict[tuple[type[Node], str], Role] = {
    (Power, "exponent"): Role.WHOLE,
    (Call, "argument"): Role.ARGUMENT,
    (Apply, "arguments"): Role.ARGUMENT,
    (Prime, "argument"): Role.ARGUMENT,
    (Big, "body"): Role.WHOLE,
    (Branch, "value"): Role.WHOLE,
    (Cases, "otherwise"): Role.WHOLE,
    (Vector, "entries"): Role.WHOLE,
    (Matrix, "rows"): Role.WHOLE,
    (Extremum, "entries"): Role.WHOLE,
    (Index, "array"): Role.ARRAY,
    (Index, "entries"): Role.SUBSCRIPT,
    (Index, "whole"): Role.SUBSCRIPT,
    (Transpose, "array"): Role.ARRAY,
    (Range, "first"): Role.BOUND,
    (Range, "last"): Role.BOUND,
    (Range, "between"): Role.BOUND,
    (Ones, "size"): Role.BOUND,
    (Comparison, "sides"): Role.GUARD,
}


# Parts that have no value of their own.
NO_EXPRESSION = (Branch, Dots, Variable)


@dataclass(frozen=True)
class Place:
    """A part of a sentence.

    Attributes:
        node: the part.
        role: what it is to the one that it stands in.
        discrete: whether it stands in a subscript, a bound or a guard.
        letters: those that a sum around it binds.
        put: the sentence with another part there.
    """

    node: Node
    role: Role
    discrete: bool
    letters: tuple[str, ...]
    put: Callable[[Node], Sentence]


# How many axes an array has, where that is known.
Axes = Callable[[Node], int | None]


def places(sentence: Sentence, axes: Axes) -> Iterator[Place]:
    """All places of a statement, or of a definition and the claim that it goes on as.

    What both of these hold is one place: it is printed once.
    """
    match sentence:
        case (Definition() as definition, Claim() as claim):
            yield from _below(
                definition.body,
                lambda new: (replace(definition, body=new), replace(claim, sides=(new, *claim.sides[1:]))),
                axes,
            )
            yield from _of_claim(claim, lambda changed: (definition, changed), axes, first=1)
        case (Definition() as definition,):
            yield from _below(definition.body, lambda new: (replace(definition, body=new),), axes)
        case (Claim() as claim,):
            yield from _of_claim(claim, lambda changed: (changed,), axes)
        case (Update() as update,):
            yield from _below(update.value, lambda new: (replace(update, value=new),), axes)


def _of_claim(claim: Claim, put: Callable[[Claim], Sentence], axes: Axes, first: int = 0) -> Iterator[Place]:
    for n, side in enumerate(claim.sides[first:], first):
        yield from _below(side, lambda new, n=n: put(replace(claim, sides=_with(claim.sides, n, new))), axes)  # type: ignore[misc]
    reach = claim.reach
    for n, condition in enumerate(reach.conditions):

        def put_condition(new: Node, n: int = n) -> Sentence:
            return put(replace(claim, reach=replace(reach, conditions=_with(reach.conditions, n, new))))

        yield from _below(condition, put_condition, axes, Role.CONDITION)


def spliced(items: tuple[Any, ...], start: int, stop: int, *new: Any) -> tuple[Any, ...]:
    """Items with others in the place of some of them."""
    return (*items[:start], *new, *items[stop:])


def _with(items: tuple[Any, ...], n: int, new: Any) -> tuple[Any, ...]:
    return spliced(items, n, n + 1, new)


def _below(
    node: Node,
    put: Callable[[Node], Sentence],
    axes: Axes,
    role: Role = Role.WHOLE,
    discrete: bool = False,
    letters: tuple[str, ...] = (),
) -> Iterator[Place]:
    """A part and all below it."""
    discrete = discrete or role in DISCRETE
    if not isinstance(node, NO_EXPRESSION):
        yield Place(node, role, discrete, letters, put)
    if isinstance(node, Big):
        letters = (*letters, *(binder.letter for binder in node.binders))
    for child, child_role, rebuilt in _children(node, axes):
        yield from _below(child, lambda new, r=rebuilt: put(r(new)), axes, child_role, discrete, letters)  # type: ignore[misc]


Rebuilt = Callable[[Node], Node]


def _children(node: Node, axes: Axes) -> Iterator[tuple[Node, Role, Rebuilt]]:
    """The parts directly below, each with its role and the node that has another one there."""
    match node:
        case Index():
            yield from _of_index(node, axes)
        case Big():
            yield from _of_big(node)
        case Derivative():
            yield node.value, Role.ARRAY, lambda new: replace(node, value=new)
            for n, variable in enumerate(node.variables):
                if variable.subscripts is not None:

                    def put(new: Node, n: int = n) -> Node:
                        return replace(node, variables=_with(node.variables, n, _derived_by(new)))

                    yield variable.subscripts, Role.ARRAY, put
        case _:
            for entry in fields(node):
                role = ROLES.get((type(node), entry.name), Role.PART)
                if isinstance(node, Call) and OPERATIONS[node.name].blind:
                    role = Role.ARRAY
                yield from _of_field(node, entry.name, role)


def _of_field(node: Node, name: str, role: Role) -> Iterator[tuple[Node, Role, Rebuilt]]:
    value = getattr(node, name)
    if isinstance(value, Node):
        yield value, role, lambda new: _replaced(node, name, new)
    elif isinstance(value, tuple):
        for n, item in enumerate(value):
            if isinstance(item, Node):
                yield item, role, lambda new, n=n: _replaced(node, name, _with(value, n, new))  # type: ignore[misc]
            elif isinstance(item, tuple):
                for m, cell in enumerate(item):

                    def put(new: Node, n: int = n, m: int = m, row: tuple[Any, ...] = item) -> Node:
                        return _replaced(node, name, _with(value, n, _with(row, m, new)))

                    yield cell, role, put


def _replaced(node: Node, name: str, value: object) -> Node:
    changed: dict[str, Any] = {name: value}
    return replace(node, **changed)


def meant(node: Index, axes: Axes) -> Index:
    """Components with the subscripts that are meant: one for each axis."""
    if node.whole is not None and axes(node.array) == 1:
        return replace(node, entries=(node.whole,), whole=None)
    return node


def _of_index(node: Index, axes: Axes) -> Iterator[tuple[Node, Role, Rebuilt]]:
    one = meant(node, axes)
    yield one.array, Role.ARRAY, lambda new: replace(one, array=new)
    for n, entry in enumerate(one.entries):
        yield entry, Role.SUBSCRIPT, lambda new, n=n: replace(one, entries=_with(one.entries, n, new), whole=None)  # type: ignore[misc]


def _of_big(node: Big) -> Iterator[tuple[Node, Role, Rebuilt]]:
    """The bounds are those of all binders, and are said by the condition where there is one."""
    bounds = node.binders[0].range
    if node.condition is not None:
        yield node.condition, Role.PART, lambda new: replace(node, condition=new)
    elif bounds is not None:

        def put(new: Node) -> Node:
            assert isinstance(new, Range)
            return replace(node, binders=tuple(replace(binder, range=new) for binder in node.binders))

        yield bounds, Role.BOUND, put
    yield node.body, Role.WHOLE, lambda new: replace(node, body=new)


def _derived_by(node: Node) -> Variable:
    assert isinstance(node, Index)
    assert isinstance(node.array, Name)
    return Variable(node.array.name, node, node.array.arguments, at=node.at)
