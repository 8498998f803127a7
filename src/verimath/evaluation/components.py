"""Arrays by their components: subscripts, vectors, matrices, lists with dots."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from ..meaning import expression as tree
from ..meaning.expression import Node
from ..meaning.operations import BINDERS, OPERATIONS, Ranked
from ..message.refusal import Refusal, Sizeless
from ..numbers.array import Array, Value, kind, lies, make, matrix_product, minus, stacked
from ..numbers.dual import Scalar, plain
from ..numbers.patchwork import agreed, joined, settled, size_of_block
from ..numbers.scalar import is_complex, show
from .effort import work_of
from .ellipsis import listed, with_prefix
from .frame import Frame, interpret, once, value_of, whole

# To write an entry that dots stand for takes as long as to evaluate it so many times.
WRITTEN = 10
# Letters with a meaning before a matrix in brackets, \\lambda_i(A), where the page gives them none.
RANKED = {row.form.tex for row in OPERATIONS.values() if isinstance(row.form, Ranked)}


@value_of.register
def _index(node: tree.Index, frame: Frame) -> Value:
    # What its components are asked of one by one isn't computed for each of them.
    of = node.array
    array = interpret(of, frame) if isinstance(of, tree.Name) else once(of, frame, interpret)
    if not isinstance(array, Array):
        way_out = "delete the subscript, or declare an array"
        if isinstance(node.array, tree.Apply):
            way_out = f"delete the subscript, or make it an argument: {node.array.name}(x, \\theta)"
        elif isinstance(node.array, tree.Name) and node.array.name in RANKED:
            way_out = f"delete the subscript; for those of a matrix, give the page's {node.array.name} another name"
        raise Refusal("a number has no components", way_out, rule=13, at=node.at)
    places = component(node, array.entries.shape, frame)
    found = array.entries[tuple(places)]
    if len(places) == len(array.shape):
        return found
    if array.is_list:
        return Array(found, frame.columns and found.ndim == 1)
    if frame.columns and len(array.shape) == 2:
        raise Refusal("one subscript on a matrix, where vectors are columns", "write both, M_{ij}", rule=13, at=node.at)
    return Array(found)


@value_of.register
def _line(node: tree.Line, frame: Frame) -> Value:
    array = once(node.array, frame, interpret)
    if not isinstance(array, Array) or len(array.shape) != 2 or array.is_list:
        what = f"{kind(array)} has no {'column' if node.column else 'row'} of its own"
        raise Refusal(what, "write its components, x_i", rule=13, at=node.at)
    entries = array.entries.T if node.column else array.entries
    [place] = places_of((node.place,), (len(entries),), frame)
    return Array(entries[place], node.column)


def component(node: tree.Index, shape: tuple[int, ...], frame: Frame) -> list[int]:
    """The place that subscripts name in an array of this shape, counted from 0 on each axis."""
    # Nearly always, each axis has its letter, and that is within it.
    if (letters := node.letters) and len(letters) == len(shape):
        local, picked = frame.local, []
        for letter, size in zip(letters, shape, strict=True):
            place = local.get(letter)
            if type(place) is not int or not 0 < place <= size:
                break
            picked.append(place - 1)
        else:
            return picked
    entries = node.meant(len(shape)).entries
    if len(entries) > len(shape):
        what = f"an array of {len(shape)} axes" if len(shape) > 1 else "a vector"
        raise Refusal(f"{len(entries)} subscripts on {what}", "write one for each axis", rule=13, at=node.at)
    return places_of(entries, shape, frame)


def places_of(entries: tuple[Node, ...], shape: tuple[int, ...], frame: Frame) -> list[int]:
    """The places that subscripts name on axes of these sizes, counted from 0.

    Raises:
        Refusal: at one that is none.
    """
    places = []
    for entry, size in zip(entries, shape, strict=False):
        place = whole(entry, frame, "a subscript")
        if not 1 <= place <= size:
            raise out_of(place, size, entry)
        places.append(place - 1)
    return places


def out_of(place: int, size: int, entry: Node) -> Refusal:
    """The refusal of a subscript that numbers no component; one that is always the same asks for a size."""
    way_out = "restrict its letter by \\forall or bounds"
    if isinstance(entry, tree.Number):
        way_out = f"say from which size on it holds, such as \\text{{if }} n \\geq {place}"
        way_out = way_out if place > 0 else "components are numbered from 1"
    return Refusal(f"a subscript is {show(place)}, out of 1 to {size}", way_out, rule=13, at=entry.at)


def entries_of(nodes: tuple[Node, ...], frame: Frame) -> list[Scalar]:
    """The numbers of a list; dots in it stand for theirs."""
    found: list[Scalar] = []
    for node in nodes:
        values = (
            listed(node, lambda inner: interpret(inner, frame))
            if isinstance(node, tree.Dots)
            else [interpret(node, frame)]
        )
        for value in values:
            if isinstance(value, Array):
                way_out = "write its components, or blocks in the rows of a bmatrix"
                raise Refusal(f"{value} as an entry of a list", way_out, rule=18, at=node.at)
            found.append(value)
    return found


@value_of.register
def _vector(node: tree.Vector, frame: Frame) -> Value:
    if (node.stacked or node.lies == "row") and (found := _dotted_blocks(node, frame)) is not None:
        return found
    if node.stacked and (found := _of_blocks(tuple((entry,) for entry in node.entries), frame)) is not None:
        return found
    if node.lies == "row" and (found := _of_blocks((node.entries,), frame)) is not None:
        return found
    try:
        numbers = entries_of(node.entries, frame)
    except Refusal:
        if (listed := _of_matrices(node, frame)) is not None:
            return listed
        _refuse_two_arrays(node, frame)
        raise
    return make((len(numbers),), numbers, column=frame.columns if node.lies == "page" else node.lies == "column")


def _of_matrices(node: tree.Vector, frame: Frame) -> Array | None:
    """Matrices of one shape in round brackets, as a list that is numbered first; None of anything else."""
    if node.stacked or node.lies != "page" or node.bracket != "(":
        return None
    values = [interpret(entry, frame) for entry in node.entries if not isinstance(entry, tree.Dots)]
    matrices = [value for value in values if isinstance(value, Array) and len(value.shape) == 2]
    if len(matrices) < len(node.entries) or len({matrix.shape for matrix in matrices}) > 1:
        return None
    frame.symbols.spend(sum(matrix.entries.size for matrix in matrices))
    return replace(stacked(list(matrices), (len(matrices),), False), is_list=True)


def _refuse_two_arrays(node: tree.Vector, frame: Frame) -> None:
    """Refuse two arrays in brackets by what they may be: a commutator, an inner product."""
    if len(node.entries) != 2 or node.stacked or node.lies == "row":
        return
    one, other = (interpret(entry, frame) for entry in node.entries)
    if not isinstance(one, Array) or not isinstance(other, Array) or lies(one) != lies(other):
        return
    if node.bracket == "[" and not one.is_vector:
        way_out = "define it, [A, B] \\coloneqq A B - B A; write blocks in the rows of a bmatrix"
        raise Refusal(f"{one} beside another one in brackets may be their commutator", way_out, rule=18, at=node.at)
    if node.bracket == "(" and one.is_vector:
        way_out = "write \\langle x, y \\rangle for an inner product, the rows of a bmatrix for one below the other"
        raise Refusal(f"{one} and another one in brackets may be their inner product", way_out, rule=18, at=node.at)


def _dotted_blocks(node: tree.Vector, frame: Frame) -> Array | None:
    """Blocks one below the other, or in a row, with dots among them; None of numbers."""
    match node.entries:
        case (tree.Dots(first) as dots,) if isinstance(interpret(first, frame), Array):
            blocks: list[Value] = listed(dots, lambda inner: interpret(inner, frame), arrays=True)
            for size in range(2):
                if node.stacked == bool(size):
                    agreed([size_of_block(block)[size] for block in blocks], "columns" if size else "rows")
            found = joined([[block] for block in blocks] if node.stacked else [blocks])
            # Of one block alone, as of several: rows one below the other make a matrix.
            height, width = size_of_block(found)
            is_along = lies(blocks[0]) == (1, node.stacked)
            return found if is_along else make((height, width), found.entries.flat)
    return None


@value_of.register
def _matrix(node: tree.Matrix, frame: Frame) -> Value:
    if (found := _of_blocks(node.rows, frame)) is not None:
        return found
    return make((len(node.rows), len(node.rows[0])), [x for row in node.rows for x in entries_of(row, frame)])


def _of_blocks(rows: tuple[tuple[Node, ...], ...], frame: Frame) -> Array | None:
    """Rows of blocks as one array; None where all entries are numbers, or dots stand among them."""
    if any(isinstance(node, tree.Dots) for row in rows for node in row):
        return None
    values = [[_block(node, frame) for node in row] for row in rows]
    if not any(isinstance(value, Array) for row in values for value in row):
        return None
    sizes = [
        [_size_in_blocks(node, value, frame) for node, value in zip(row, found, strict=True)]
        for row, found in zip(rows, values, strict=True)
    ]
    heights, widths = settled(
        [agreed([height for height, _ in row], "rows") for row in sizes],
        [agreed([row[n][1] for row in sizes], "columns") for n in range(len(rows[0]))],
        [(n, m) for n, row in enumerate(rows) for m, node in enumerate(row) if _is_identity(node)],
    )
    grid: list[list[Value]] = []
    for n, row in enumerate(rows):
        grid.append([])
        for m, node in enumerate(row):
            value = values[n][m]
            is_free = value is None or sizes[n][m] == FREE
            grid[-1].append(_filled(node, (heights[n], widths[m]), frame) if is_free or value is None else value)
    return joined(grid)


# Of a block, that it may be as high and as wide as its neighbours.
FREE = None, None


def _block(node: Node, frame: Frame) -> Value | None:
    """The value of a block; None where its size is said by others."""
    try:
        return interpret(node, frame)
    except Sizeless:
        return None


def _size_in_blocks(node: Node, value: Value | None, frame: Frame) -> tuple[int | None, int | None]:
    """How high and how wide a block is; a 0, and an array that has no size of its own, are as their neighbours."""
    match node:
        case tree.Standard(name="ones", size=()):
            return (None, 1) if frame.columns else (1, None)
    return FREE if value is None or node == tree.Number(Fraction(0)) else size_of_block(value)


def _is_identity(node: Node) -> bool:
    match node:
        case tree.Standard(name="identity", size=()) | tree.Negative(tree.Standard(name="identity", size=())):
            return True
    return False


def _filled(node: Node, size: tuple[int, int], frame: Frame) -> Value:
    """A block that is as large as its neighbours: zeros, or the identity with or without a minus."""
    height, width = size
    match node:
        case tree.Number() | tree.Standard(name="zero"):
            return make(size, [0] * (height * width))
        case tree.Standard(name="ones"):
            return make((height * width,), [1] * (height * width), column=frame.columns)
        case tree.Standard(name="identity") if height == width:
            return make(size, (int(i == j) for i in range(height) for j in range(width)))
        case tree.Negative(inner):
            return minus(_filled(inner, size, frame))
    what = f"nothing says the size of this block of {height} rows and {width} columns"
    raise Refusal(what, "write its size, as in I_n", rule=18, at=node.at)


@value_of.register
def _ones(node: tree.Ones, frame: Frame) -> Value:
    size = whole(node.size, frame, "the size of a vector of ones")
    if not 0 <= size <= 10_000:
        raise Refusal(f"a vector of {show(size)} ones", "its size is a positive number", rule=7)
    return make((size,), [1] * size, column=frame.columns)


@value_of.register
def _shaped(node: tree.Shaped, frame: Frame) -> Value:
    """A value, whose shape must be that of the set which it is said to lie in."""
    value = interpret(node.value, frame)
    sizes = tuple(whole(size, frame, "a size") for size in node.sizes)
    shapes = [value.shape, lying(value)] if isinstance(value, Array) else [()]
    numbers = value.entries.flat if isinstance(value, Array) else [value]
    if sizes not in shapes:
        said = f"an array of {' × '.join(map(str, sizes))}" if sizes else "a number"
        raise Refusal(f"{kind(value)}, where the set says {said}", "correct the set, or the formula", rule=17)
    if not node.is_complex and any(is_complex(plain(number)) for number in numbers):
        raise Refusal("a complex number, where the set says a real one", "correct the set", rule=4)
    return value


def lying(array: Array) -> tuple[int, ...]:
    """The sizes of an array, of which a vector has two: it is a row or a column."""
    if not array.is_vector:
        return array.shape
    return (*array.shape, 1) if array.column else (1, *array.shape)


@value_of.register
def _fold(node: tree.Fold, frame: Frame) -> Value:
    # Each entry is a tree of its own, which is written before it is evaluated.
    work = WRITTEN * work_of(node.dots.last)

    def value(inner: Node) -> Value:
        frame.symbols.spend(work)
        return interpret(inner, frame)

    prefix, dots = with_prefix(node.dots, value)
    values = [value(term) for term in prefix] + listed(dots, value, arrays=True, folded=True)
    if node.kind == "prod" and any(isinstance(each, Array) for each in values):
        return _product_of_arrays(values)
    return BINDERS[node.kind].of(values)


def _product_of_arrays(values: list[Value]) -> Value:
    """The product of arrays in the order in which they are printed, A_1 \\cdots A_n."""
    found, *others = values
    for value in others:
        if not isinstance(found, Array) or not isinstance(value, Array):
            raise Refusal("dots between numbers and arrays", "put brackets around what they abbreviate", rule=12)
        found = matrix_product(found, value)
    return found
