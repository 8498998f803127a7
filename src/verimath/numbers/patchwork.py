"""Matrices made of blocks: numbers, vectors and matrices in rows and columns that fit."""

from __future__ import annotations

from ..message.refusal import Refusal
from .array import Array, Value, kind, make
from .dual import Scalar

# How high and how wide a block is.
Size = tuple[int, int]


def size_of_block(value: Value) -> Size:
    """How high and how wide a value is as a block.

    Raises:
        Refusal: where it has more than two axes.
    """
    if not isinstance(value, Array):
        return 1, 1
    if value.is_vector:
        return (value.shape[0], 1) if value.column else (1, value.shape[0])
    if len(value.shape) > 2:
        raise Refusal(f"{kind(value)} as a block", "write its components", rule=18)
    return value.shape[0], value.shape[1]


def agreed(sizes: list[int | None], what: str) -> int | None:
    """The size that blocks beside each other share; None is of one that may have any, and where nothing says it.

    Raises:
        Refusal: where they differ.
    """
    known = dict.fromkeys(size for size in sizes if size is not None)
    if len(known) > 1:
        one, other, *_ = known
        why = f"blocks of {one} and of {other} {what} side by side"
        raise Refusal(why, "let all blocks in a row be as high, in a column as wide", rule=18)
    return next(iter(known), None)


def settled(
    heights: list[int | None], widths: list[int | None], square: list[tuple[int, int]]
) -> tuple[list[int], list[int]]:
    """The heights of all rows and the widths of all columns, where some blocks are square.

    Raises:
        Refusal: where nothing says one of them.
    """
    for _ in square:
        for n, m in square:
            heights[n] = widths[m] if heights[n] is None else heights[n]
            widths[m] = heights[n] if widths[m] is None else widths[m]
    for sizes, what in ((heights, "rows"), (widths, "columns")):
        if None in sizes:
            why = f"no block says how many {what} these have"
            raise Refusal(why, "write \\mathbf{0}_{n \\times m}, I_n or \\mathbf{1}_n", rule=18)
    return [size for size in heights if size is not None], [size for size in widths if size is not None]


def joined(grid: list[list[Value]]) -> Array:
    """Blocks that fit, as one array: a vector where all of them are numbers, and vectors that lie along it.

    Args:
        grid: rows of blocks; all in a row are as high, all in a column as wide.
    """
    parts = [value for row in grid for value in row]
    columns = all(not isinstance(value, Array) or (value.is_vector and value.column) for value in parts)
    rows = all(not isinstance(value, Array) or (value.is_vector and not value.column) for value in parts)
    numbers: list[list[Scalar]] = []
    for row in grid:
        height, _ = size_of_block(row[0])
        numbers += [[entry for value in row for entry in _line(value, n)] for n in range(height)]
    listed = [entry for line in numbers for entry in line]
    if len(grid[0]) == 1 and columns:
        return make((len(listed),), listed, column=True)
    if len(grid) == 1 and rows:
        return make((len(listed),), listed)
    return make((len(numbers), len(numbers[0]) if numbers else 0), listed)


def _line(value: Value, n: int) -> list[Scalar]:
    """A row of a block."""
    if not isinstance(value, Array):
        return [value]
    if value.is_vector:
        return [value.entries[n]] if value.column else list(value.entries)
    return list(value.entries[n])
