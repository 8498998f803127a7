"""Matrices with dots in them: all rows, columns or diagonal entries from the first to the last.

The dots of a column, as those of a row, stand for what the entry before them and the one behind them determine. Where
all entries beside the diagonal are the same number, the diagonal alone says how many there are.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from ..meaning import expression as tree
from ..meaning.expression import Dots, Index, Node, Number
from ..message.refusal import Refusal
from ..numbers.array import Array, Value, make
from .ellipsis import entries, refuse_misfit
from .frame import Frame, interpret, scalar, value_of
from .varying import changes, symbols_of

Row = list[Node]
BY_INDEX = "let the entries beside the dots differ by their index"


@value_of.register
def _dotted(node: tree.Dotted, frame: Frame) -> Value:
    filled = [[Number(Fraction(0), at=node.at) if entry is None else entry for entry in row] for row in node.rows]
    if (beside := _beside_diagonal(node, filled)) is not None:
        return _diagonal(node, filled, beside, frame)
    columns = _spread(filled, node.column, frame)
    across = [list(line) for line in zip(*columns, strict=True)]
    found = [list(line) for line in zip(*_spread(across, node.row, frame), strict=True)]
    frame.symbols.spend(len(found) * len(found[0]))
    values = [[scalar(entry, frame, "an entry") for entry in line] for line in found]
    _refuse_misfits(filled, values, node, frame)
    return make((len(values), len(values[0])), (number for line in values for number in line))


def _beside_diagonal(node: tree.Dotted, rows: list[Row]) -> Node | None:
    """The one number that stands everywhere beside a diagonal that changes; None where there is no such."""
    if node.row is None or node.row != node.column or len(rows) != len(rows[0]):
        return None
    others = [entry for n, row in enumerate(rows) for m, entry in enumerate(row) if n != m]
    return None if any(other != others[0] for other in others) else others[0]


def _diagonal(node: tree.Dotted, rows: list[Row], beside: Node, frame: Frame) -> Array:
    *first, last = (row[n] for n, row in enumerate(rows))
    if first[-1] == last:
        raise _sizeless(node)
    _refuse_one_of_many(beside, first[-1], last)
    listed = entries(Dots(first[0], tuple(first[1:]), last, at=node.at), _evaluates(frame))
    values, other = [scalar(entry, frame, "an entry") for entry in listed], scalar(beside, frame, "an entry")
    for printed, value in zip(first, values, strict=False):
        refuse_misfit(scalar(printed, frame, "an entry"), value)
    size = len(values)
    return make((size, size), (values[i] if i == j else other for i in range(size) for j in range(size)))


def _refuse_one_of_many(beside: Node, near: Node, last: Node) -> None:
    """Refuse an entry that seems to be one of many: of a symmetric matrix, two corners are often written the same.

    Raises:
        Refusal: where it has an index, or what changes along the diagonal, or where numbers do.
    """
    changing = changes(near, last)
    is_indexed = any(isinstance(part, Index) for part in beside.walk())
    is_number = any(place is near for place, _ in changing) and beside != Number(Fraction(0))
    if is_indexed or is_number or symbols_of(beside) & {name for _, end in changing for name in symbols_of(end)}:
        raise Refusal(
            "the entries beside the diagonal are written the same, and needn't be",
            r"write both corners as they are made, such as s_{1n} and s_{n1}, or an entry: S_{ij} \coloneqq \dots",
            rule=12,
            at=beside.at,
        )


def _spread(lines: list[Row], place: int | None, frame: Frame) -> list[Row]:
    """Lines with all entries that dots before one of their places stand for; one that is constant is as long as others.

    Raises:
        Refusal: where their lengths differ, or nothing says them.
    """
    if place is None:
        return lines
    long = [_extended(line, place, frame) for line in lines]
    sizes = {len(line) for line in long if line is not None}
    if not sizes:
        raise _sizeless(lines[0][0])
    if len(sizes) > 1:
        raise Refusal("the rows and columns say different sizes", BY_INDEX, rule=12, at=lines[0][0].at)
    [size] = sizes
    return [[line[place]] * size if found is None else found for line, found in zip(lines, long, strict=True)]


def _extended(line: Row, place: int, frame: Frame) -> Row | None:
    """All entries of a line; None where they don't change."""
    near, last = line[place - 1], line[place]
    if near == last:
        return None
    if isinstance(last, Number):
        raise Refusal("how the entries of this matrix go on to a number isn't read yet", BY_INDEX, rule=12, at=last.at)
    return entries(Dots(line[0], tuple(line[1:place]), last), _evaluates(frame))


def _sizeless(node: Node) -> Refusal:
    return Refusal("nothing says how many entries the dots stand for", BY_INDEX, rule=12, at=node.at)


def _refuse_misfits(rows: list[Row], values: list[list[Value]], node: tree.Dotted, frame: Frame) -> None:
    """Refuse a printed entry that isn't what the others say, as far as there are so many."""
    for n, row in enumerate(rows):
        for m, entry in enumerate(row):
            i = len(values) - 1 if n == node.row else n
            j = len(values[0]) - 1 if m == node.column else m
            if i < len(values) and j < len(values[0]):
                refuse_misfit(scalar(entry, frame, "an entry"), values[i][j])


def _evaluates(frame: Frame) -> Callable[[Node], Value]:
    return lambda node: interpret(node, frame)
