"""What changes between entries that stand beside dots: the smallest parts in which their trees differ."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from ..meaning.expression import Name, Node, Number, Product


def changes(a: Node, b: Node) -> list[tuple[Node, Node]]:
    """Where two trees differ: the smallest parts that do, and that may be whole numbers."""
    if a == b:
        return []
    pairs = paired(a, b)
    return [(a, b)] if pairs is None else [found for x, y in pairs for found in changes(x, y)]


def paired(a: Node, b: Node) -> list[tuple[Node, Node]] | None:
    """The parts of two nodes that are otherwise the same; None where they aren't."""
    match a, b:
        case Product(Number(), sign="·"), Product(sign=""):
            b = replace(b, sign="·")  # behind a number, 1 \\cdot 2 and n (n + 1) are one product
    of_a, of_b = [part.node for part in a.parts()], [part.node for part in b.parts()]
    alike = type(a) is type(b) and len(of_a) == len(of_b) and a.with_parts(of_b) == b
    return list(zip(of_a, of_b, strict=True)) if alike else None


def replaced(a: Node, b: Node, numbers: Iterator[int]) -> Node:
    """The first tree with whole numbers where the second one differs from it."""
    if a == b:
        return a
    pairs = paired(a, b)
    if pairs is None:
        return Number(Fraction(next(numbers)), at=a.at)
    return a.with_parts([replaced(x, y, numbers) for x, y in pairs])


def along(entry: Node, near: Node, last: Node) -> list[Node]:
    """What an entry has where the two beside the dots differ; nothing where it differs from them elsewhere too."""
    if near == last:
        return []
    pairs = paired(near, last)
    if pairs is None:
        return [entry]
    of_entry = paired(entry, near)
    if of_entry is None or any(a == b and one != a for (one, _), (a, b) in zip(of_entry, pairs, strict=True)):
        return []
    found = [along(one, a, b) for (one, _), (a, b) in zip(of_entry, pairs, strict=True) if a != b]
    return [node for part in found for node in part] if all(found) else []


def symbols_of(node: Node) -> set[str]:
    """The symbols that an expression has."""
    return {part.name for part in node.walk() if isinstance(part, Name)}


def at_number(node: Node, letter: str, value: int) -> Node:
    """An expression with a number in the place of a letter."""
    places = [part for part in node.walk() if isinstance(part, Name) and part.name == letter]
    return at_nodes(node, places, lambda name: Number(Fraction(value), at=name.at))


def at_nodes(node: Node, places: Sequence[Name], made: Callable[[Name], Node]) -> Node:
    """An expression with what is made of a letter at some of its places."""
    if isinstance(node, Name):
        return made(node) if any(node is place for place in places) else node
    return node.with_parts([at_nodes(part.node, places, made) for part in node.parts()])
