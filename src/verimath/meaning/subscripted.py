"""Where a letter stands alone as a subscript, which says what it runs over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from .expression import Index, Line, Name, Node, Number, NumberedAxis, Standard


def numbered_axes(node: Node, letter: str) -> Iterator[NumberedAxis]:
    """The axes that a letter numbers in a tree, of arrays that no letter bound inside it picks."""
    # A message names the axes of what a derivative is taken by before those of its value.
    for found in node.variables_first:
        if isinstance(found.node, Standard) and found.node.index == Name(letter):
            # As many as any unit vector there has components, by what says that whichever they are.
            apart = {*found.bound, letter}
            hints = tuple(each for each in found.node.beside if not {part.reads() for part in each.node.walk()} & apart)
            yield NumberedAxis(replace(found.node, index=Number(Fraction(1)), beside=hints), 0, 1)
        match found.node:
            case Index(array, entries):
                alone = [axis for axis, entry in enumerate(entries) if entry == Name(letter)]
            case Line(array, entry, column):
                entries, alone = (entry, entry), [int(column)] if entry == Name(letter) else []
            case _:
                continue
        if alone and not {part.reads() for part in array.walk()} & {*found.bound, letter}:
            yield from (NumberedAxis(array, axis, len(entries)) for axis in alone)
