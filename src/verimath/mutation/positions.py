"""The places of a statement: each part of its trees, and the statement with another part there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from ..meaning.expression import Call, Index
from ..meaning.node import Fragment, Node, Part, Path, Role, replaced
from ..meaning.operations import OPERATIONS, After
from ..meaning.statement import Claim, Definition, Statement, Update
from ..message.frozen import frozen

Sentence = tuple[Statement, ...]

# Where whole numbers stand, which a slip changes by 1.
DISCRETE = {Role.SUBSCRIPT, Role.SIZE, Role.SIDE}


@frozen
class Place:
    """A part of a sentence.

    Attributes:
        node: the part.
        role: what it is to the one that it stands in.
        path: the way to it, from the sentence.
        discrete: whether it stands in a subscript, a bound or a guard.
        letters: those that a sum around it binds.
    """

    node: Node
    role: Role
    path: Path
    discrete: bool
    letters: tuple[str, ...]


# How many axes an array has, where that is known.
Axes = Callable[[Node], int | None]


def places(sentence: Sentence, axes: Axes) -> Iterator[Place]:
    """All places of a statement, or of a definition and the claim that it goes on as.

    What both of these hold is one place: it is printed once.
    """
    match sentence:
        case (Definition(body=body), *goes_on):
            yield from _below(Part(body, Role.WHOLE, (0, "body")), axes)
            for claim in goes_on:
                yield from _of_claim(claim, 1, axes)
        case (Claim() as claim,):
            yield from _of_claim(claim, 0, axes)
        case (Update(value=value),):
            yield from _below(Part(value, Role.WHOLE, (0, "value")), axes)


def _of_claim(claim: Statement, number: int, axes: Axes) -> Iterator[Place]:
    """The places of a claim that is the first of its sentence, or the second, whose first side is printed before it."""
    assert isinstance(claim, Claim)
    for n, side in enumerate(claim.sides[number:], number):
        yield from _below(Part(side, Role.WHOLE, (number, "sides", n)), axes)
    for n, condition in enumerate(claim.reach.conditions):
        yield from _below(Part(condition, Role.CONDITION, (number, "reach", "conditions", n)), axes)


def _below(part: Part, axes: Axes, discrete: bool = False, letters: tuple[str, ...] = ()) -> Iterator[Place]:
    """A part, whose step is its whole path, and all below it."""
    node, path = part.node, part.step
    discrete = discrete or part.role in DISCRETE
    if not isinstance(node, Fragment):
        yield Place(node, part.role, path, discrete, letters)
    # A slip may write a sum's letter in its bounds, too.
    letters = (*letters, *node.binds())
    for below in _printed(node, axes):
        yield from _below(replace(below, step=(*path, *below.step)), axes, discrete, letters)


def _printed(node: Node, axes: Axes) -> Iterator[Part]:
    """The parts directly below, as they are meant and as a slip may change them."""
    match node:
        case Index(array) if node.meant(axes(array)) is not node:
            parts = {part.role: part for part in node.parts()}
            yield from (parts[Role.ARRAY], replace(parts[Role.REREAD], role=Role.SUBSCRIPT))
        # What a slip would change in a transposed array, it changes outside too.
        case Call(name) if OPERATIONS[name].blind or isinstance(OPERATIONS[name].form, After):
            yield from (replace(part, role=Role.ARRAY) for part in node.parts())
        case _:
            yield from node.printed()


def changed(sentence: Sentence, place: Place, new: Node) -> Sentence:
    """A sentence with another part in a place."""
    found: Sentence = replaced(sentence, place.path, new)
    match found:
        case (Definition(body=body) as definition, Claim(sides) as claim):
            return definition, replace(claim, sides=spliced(sides, 0, 1, body))
    return found


def spliced(items: tuple[Any, ...], start: int, stop: int, *new: Any) -> tuple[Any, ...]:
    """Items with others in the place of some of them."""
    return (*items[:start], *new, *items[stop:])
