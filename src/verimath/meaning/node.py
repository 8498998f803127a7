"""What every part of an expression can say of itself: its parts and what each is to it, what it reads, what it binds.

All that walks through expressions rests on `occurrences`, and all that changes one on `replaced`. So a new kind of node
says its roles where it is declared, and no walk has to know of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields, replace
from enum import Enum, auto
from functools import cache, cached_property
from typing import Any, Self, get_type_hints

from ..message.frozen import frozen

# What an expression may read: a symbol by its name, or a function by its name and number of arguments.
Key = str | tuple[str, int]
# The way from a tree to one of its parts: names of fields, and numbers of entries where a field holds several.
Path = tuple[str | int, ...]


class Role(Enum):
    """What a part is to the node that it stands in."""

    PART = auto()  # a term, a factor, a base
    WHOLE = auto()  # an expression of its own: an exponent, an entry, the value of a case
    ARGUMENT = auto()  # of a function, which reads a vector's components whichever way it lies
    ARRAY = auto()  # what subscripts belong to
    SUBSCRIPT = auto()
    REREAD = auto()  # what another part says too: the same signs, read otherwise
    SIZE = auto()  # a bound of a range, the size of an array
    SIDE = auto()  # of a comparison
    TRUTH = auto()  # what [i = j] asks
    LETTERS = auto()  # the letters that a sum binds, and their range
    FILTER = auto()  # for which values of those letters there is a term
    BODY = auto()  # what is summed
    DERIVED = auto()  # what a derivative is taken of
    VARIABLE = auto()  # what it is taken by
    CONDITION = auto()  # for which values a statement is meant


# Where the letters that a node binds have their values.
INSIDE = {Role.FILTER, Role.BODY}


class Programs(dict[Any, Any]):
    """Functions that compute a node: the evaluator's matter, kept here so that they go where the tree goes.

    Another process writes its own.
    """

    def __reduce__(self) -> tuple[type[Programs], tuple[()]]:
        return Programs, ()


# Nobody changes one, or an occurrence. So many are made that it would be felt if Python saw to that.
@dataclass(slots=True, eq=False)
class Part:
    """A part of a node: what it is to it, and the step that leads to it."""

    node: Node
    role: Role
    step: Path


@frozen
class Node:
    """Any part of a tree. A field that holds parts may say their role: `body: Annotated[Node, Role.BODY]`."""

    at: int = field(compare=False, kw_only=True, default=0)

    def reads(self) -> Key | None:
        """The symbol or the function that this node itself names, whatever its parts read."""
        return None

    def binds(self) -> tuple[str, ...]:
        """The letters to which this node gives values in those of its parts whose role is in `INSIDE`."""
        return ()

    def parts(self) -> Iterator[Part]:
        """The parts directly below, in the order in which they stand here."""
        for name, role in self._fields():
            for node, step in _nodes(getattr(self, name), (name,)):
                yield Part(node, role, step)

    def printed(self) -> Iterator[Part]:
        """The parts directly below, those that are printed once for several only once."""
        return (part for part in self.parts() if part.role is not Role.REREAD)

    def children(self) -> Iterator[Node]:
        """The nodes directly below, each read in one way."""
        return (part.node for part in self.parts() if part.role is not Role.REREAD)

    def walk(self) -> Iterator[Node]:
        """This node and all below it."""
        return (found.node for found in self.occurrences)

    # Found once, since trees don't change and much asks for them.
    @cached_property
    def occurrences(self) -> tuple[Occurrence, ...]:
        """This node and all below it."""
        return tuple(_occurrences(self))

    @cached_property
    def names(self) -> tuple[str, ...]:
        """All names and letters in this node, those that it binds and those of other readings among them."""
        return tuple(dict.fromkeys(_names(self)))

    @cached_property
    def variables_first(self) -> tuple[Occurrence, ...]:
        """The same, with what a derivative is taken by before its value."""
        return tuple(_occurrences(self, Role.VARIABLE))

    @cached_property
    def programs(self) -> Programs:
        """What computes it, by where it is evaluated."""
        return Programs()

    def having(self, name: str, value: Any) -> Self:
        """This node with another value of a field, as a hand would change it."""
        return replace(self, **{name: value})

    def with_parts(self, nodes: Iterable[Node]) -> Self:
        """This node with other parts, as many and in the order of `parts`."""
        left = iter(nodes)
        return replace(self, **{name: _filled(getattr(self, name), left) for name, _ in self._fields()})

    @classmethod
    @cache
    def _fields(cls) -> tuple[tuple[str, Role], ...]:
        """The fields that may hold parts, with their role."""
        hints = get_type_hints(cls, include_extras=True)
        found = []
        for entry in fields(cls):
            said = [mark for mark in getattr(hints[entry.name], "__metadata__", ()) if isinstance(mark, Role)]
            found.append((entry.name, said[0] if said else Role.PART))
        return tuple(found)


@frozen
class Named(Node):
    """What stands for a symbol or a function; `letters` are those in its name's scripts, such as i in y^{(i)}."""

    letters: frozenset[str] = field(default=frozenset(), compare=False, kw_only=True)


class Fragment(Node):
    """A part that has no value and no print of its own: it is only ever a part of one kind of node."""


def _nodes(value: object, step: Path) -> Iterator[tuple[Node, Path]]:
    if isinstance(value, Node):
        yield value, step
    elif isinstance(value, tuple):
        for n, item in enumerate(value):
            yield from _nodes(item, (*step, n))


def _filled(value: Any, nodes: Iterator[Node]) -> Any:
    """A field's value with other nodes in it."""
    if isinstance(value, Node):
        return next(nodes)
    if isinstance(value, tuple):
        return tuple(_filled(item, nodes) for item in value)
    return value


def _names(value: object) -> Iterator[str]:
    """The strings in a node's fields, at any depth: whatever may be a name."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _names(item)
    elif isinstance(value, Node):
        for entry in fields(value):
            yield from _names(getattr(value, entry.name))


@dataclass(slots=True, eq=False)
class Occurrence:
    """A node where it stands in a tree.

    Attributes:
        roles: what it is to the node that it stands in, after what that one is to the one around it, and so on.
        bound: the letters to which nodes around it give values.
    """

    node: Node
    roles: tuple[Role, ...] = ()
    bound: frozenset[str] = frozenset()

    @property
    def role(self) -> Role:
        return self.roles[-1] if self.roles else Role.WHOLE


def _occurrences(
    node: Node, first: Role | None = None, roles: tuple[Role, ...] = (), bound: frozenset[str] = frozenset()
) -> Iterator[Occurrence]:
    """A node and all below it; among the parts of one node, those with the role `first` come first."""
    yield Occurrence(node, roles, bound)
    inside = bound.union(node.binds())
    for part in sorted(node.parts(), key=lambda part: part.role is not first):
        if part.role is not Role.REREAD:
            yield from _occurrences(part.node, first, (*roles, part.role), inside if part.role in INSIDE else bound)


def replaced(tree: Any, path: Path, new: Any) -> Any:
    """A node, a statement or a tuple of them, with another part at the end of a path."""
    match path:
        case (int() as n, *rest):
            return (*tree[:n], replaced(tree[n], tuple(rest), new), *tree[n + 1 :])
        case (str() as name, *rest):
            value = replaced(getattr(tree, name), tuple(rest), new)
            return tree.having(name, value) if isinstance(tree, Node) else replace(tree, **{name: value})
    return new
