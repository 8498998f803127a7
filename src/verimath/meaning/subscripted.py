"""Where a letter stands alone as a subscript, which says what it runs over."""

from __future__ import annotations

from collections.abc import Iterator

from .expression import Index, Name, Node, NumberedAxis


def numbered_axes(node: Node, letter: str) -> Iterator[NumberedAxis]:
    """The axes that a letter numbers in a tree, of arrays that no letter bound inside it picks."""
    # A message names the axes of what a derivative is taken by before those of its value.
    for found in node.variables_first:
        if not isinstance(found.node, Index):
            continue
        array, entries = found.node.array, found.node.entries
        alone = [axis for axis, entry in enumerate(entries) if entry == Name(letter)]
        if alone and not {part.reads() for part in array.walk()} & {*found.bound, letter}:
            yield from (NumberedAxis(array, axis, len(entries)) for axis in alone)
