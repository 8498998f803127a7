"""Where a letter stands alone as a subscript, which says what it runs over."""

from __future__ import annotations

from collections.abc import Iterator

from .expression import Big, Derivative, Index, Name, Node, Site, Variable


def sites(node: Node, letter: str, bound: frozenset[str] = frozenset()) -> Iterator[Site]:
    """The axes that a letter indexes in a tree, of arrays that no letter bound inside it picks."""
    if isinstance(node, Big):
        bound = bound | {binder.letter for binder in node.binders}
    if isinstance(node, Derivative):
        for variable in node.variables:
            if variable.subscripts is not None:
                yield from sites(variable.subscripts, letter, bound)
    if isinstance(node, Index):
        for axis, entry in enumerate(node.entries):
            if isinstance(entry, Name) and entry.name == letter:
                read = {part.name for part in node.array.walk() if isinstance(part, Name)}
                if not read & (bound | {letter}):
                    yield Site(node.array, axis, len(node.entries))
    for child in node.children():
        if not isinstance(child, Variable):
            yield from sites(child, letter, bound)
