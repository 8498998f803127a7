r"""Brackets, vectors, matrices and cases, and the dots in them."""

from __future__ import annotations

import re

from ....meaning import expression as tree
from ....meaning.expression import Apply, Bracket, Branch, Call, Cases, Comparison, Inner, Matrix, Node, Vector
from ....meaning.signs import PAIRED
from ....message.refusal import Refusal
from ..lexing.atoms import (
    ANGLE,
    CURLY,
    ROUND,
    SQUARE,
    Array,
    Atom,
    Atoms,
    Bar,
    Blank,
    Brackets,
    Comma,
    Dots,
    Fraction,
    Group,
    Letter,
    Mark,
    Number,
    Quad,
    Relation,
    Sign,
    Text,
    Times,
)
from ..lexing.katex_names import GROUPS
from ..lexing.not_read import EVALUATION
from ..lexing.vocabulary import ELSE, IF
from .cursor import Cursor, only_dots, relations_in, split, trimmed, unpunctuated
from .guards import condition, spoken

# A subscript in an upright font: \\|A\\|_{\\mathrm{F}}.
UPRIGHT = re.compile(r"\\math(?:rm|sf)\{(\w)\}")


def misplaced(atom: Atom) -> Refusal:
    """The error of dots that nothing determines."""
    return Refusal(
        "what these dots stand for isn't clear",
        "write entries before them, and one after: 1, 2, \\dots, n",
        rule=12,
        at=atom.at,
    )


def arguments(group: Group) -> list[Atoms]:
    r"""What a function is called with, parted by , ; \| and |. Two \| enclose a norm."""
    found: list[Atoms] = []
    _refuse_decimal_commas(group)
    for part in split(group.content, Comma):
        bars = [atom for atom in part if isinstance(atom, Bar)]
        match [bar.text for bar in bars]:
            case [_] if not bars[0].is_bare:
                raise Refusal("a script on a bar", "write it on what it belongs to", rule=9, at=bars[0].at)
            case [_]:
                found += split(part, Bar)
            case [] | ["‖", "‖"]:
                found.append(part)
            case _:
                what = "which of these bars part arguments isn't clear"
                raise Refusal(what, "write \\lVert x \\rVert", rule=9, at=bars[0].at)
    if any(not part for part in found):
        raise Refusal("an argument is missing", "write what stands between the commas", rule=9, at=group.at)
    return found


def _refuse_decimal_commas(group: Group) -> None:
    """Refuse a comma between two whole numbers, typed as a French decimal one or beside a semicolon."""
    has_semicolons = any(isinstance(atom, Comma) and atom.text == ";" for atom in group.content)
    for place, atom in enumerate(group.content):
        match trimmed(group.content[:place])[-1:], atom, trimmed(group.content[place + 1 :])[:1]:
            case (Number(before, sup=()),), Comma(",", at=at), (Number(after) as number,) if (
                before + after
            ).isdigit() and (has_semicolons or number.at <= at + 1):
                what = f"{before},{after} may be one number or two"
                way_out = f"write {before}{{,}}{after} for one, {before}; {after} for two"
                raise Refusal(what, way_out, rule=27, at=at)


def chooses(group: Group) -> bool:
    """Whether the subscript on a group says which operation it is, as a norm's does."""
    return len(GROUPS.get(group.brackets, ())) > 1


def group(cursor: Cursor, atom: Group) -> Node:
    """What stands in brackets, by their kind."""
    if not trimmed(atom.content):
        raise Refusal("empty brackets", "write what stands between them", at=atom.at)
    if atom.brackets in GROUPS:
        return Call(_operation(atom), cursor.expression(atom.content, atom.at), at=atom.at)
    if is_cross(atom):
        return Call("cross matrix", cursor.expression(atom.content, atom.at), at=atom.at)
    if atom.brackets == ANGLE:
        return _inner(cursor, atom)
    relations = relations_in(atom.content)
    _refuse_bars(atom)
    match atom.brackets:
        case Brackets("[", "]") if relations:
            return Bracket(condition(cursor, atom.content, atom.at, rule=7), at=atom.at)
        case Brackets("(", ")") | Brackets("[", "]") | Brackets("{", "}") if relations:
            way_out = "write [i = y] for 1 where it holds, else 0"
            raise Refusal("a comparison inside brackets", way_out, rule=7, at=relations[0].at)
        case Brackets("(", ")") | Brackets("[", "]"):
            return _listed(cursor, atom)
        case Brackets("{", "}"):
            if (paired := _paired(cursor, atom)) is not None:
                return paired
            if groups(atom):
                return cursor.expression(atom.content, atom.at)
            way_out = "write ( ) to group, and declare a symbol by \\in"
            if len(split(atom.content, Comma)) == 2:
                way_out = "define what it is, as in \\{A, B\\} \\coloneqq A B + B A; write ( ) for a list"
            raise Refusal("a set has no value", way_out, rule=4, at=atom.at)
    raise Refusal("an interval has no value", "declare a symbol by \\in", rule=4, at=atom.at)


def groups(atom: Group) -> bool:
    r"""Whether braces can only be brackets, around a sum or others; \{x\} may be a set, or a fractional part."""
    if atom.sub or any(isinstance(each, Comma | Bar | Dots | Relation | Text) for each in atom.content):
        return False
    return _has_parts(atom.content)


def _has_parts(atoms: Atoms) -> bool:
    """Whether there is a sum among atoms, or brackets, or either in a fraction."""
    inside = [each for each in atoms if not isinstance(each, Blank)]
    return any(isinstance(each, Sign) for each in inside[1:]) or any(
        (isinstance(each, Group) and each.brackets in (ROUND, SQUARE, CURLY))
        or (isinstance(each, Fraction) and (_has_parts(each.above) or _has_parts(each.below)))
        for each in inside
    )


def is_cross(atom: Group) -> bool:
    r"""Whether it is the matrix of a vector product, [u]_\times."""
    match atom:
        case Group(Brackets("[", "]"), sub=(Times("×"),)):
            return True
    return False


def _inner(cursor: Cursor, atom: Group) -> Node:
    """An inner product, of two vectors with a comma or a bar between them."""
    bars = [each for each in atom.content if isinstance(each, Bar)]
    parted_by_bar = [bar.text for bar in bars] == ["|"] and bars[0].is_bare
    parts = split(atom.content, Bar if parted_by_bar else Comma)
    if len(parts) != 2 or not all(parts) or (bars and not parted_by_bar):
        way_out = "write \\langle u, v \\rangle for an inner product; a mean as the sum that it is"
        raise Refusal("angles around something else than two vectors", way_out, rule=16, at=atom.at)
    left, right = (cursor.expression(part, atom.at) for part in parts)
    return Inner(left, right, cursor.known.inner_product, at=atom.at)


def _refuse_bars(atom: Group) -> None:
    """Refuse brackets of which one side prints nothing, and those that a bar parts."""
    bars = [each for each in atom.content if isinstance(each, Bar)]
    match atom.brackets:
        case Brackets(".", "|") | Brackets(".", "]"):
            raise Refusal(*EVALUATION, at=atom.at)
        case Brackets(".", _) | Brackets(_, "."):
            way_out = "write \\bigl( and \\bigr), which may stand in two rows"
            raise Refusal("a bracket has no partner in its row", way_out, rule=1, at=atom.at)
        case Brackets("(" | "[", ")" | "]") if len(bars) == 1:
            way_out = "define a function of two arguments, or write the sum that an inner product is"
            raise Refusal(f"what this {bars[0].text} parts isn't read", way_out, rule=9, at=bars[0].at)


def _operation(atom: Group) -> str:
    """What two delimiters say: of norms, which one the subscript does."""
    operations = GROUPS[atom.brackets]
    match atom.sub if chooses(atom) else ():
        case ():
            return operations[""]
        case (Mark(which) as mark,) if mark.is_bare and (upright := UPRIGHT.sub(r"\1", which)) in operations:
            return operations[upright]
    raise Refusal("a norm of another kind", "write one of the norms 1, 2, \\infty and F, or a sum", rule=18, at=atom.at)


def _listed(cursor: Cursor, atom: Group) -> Node:
    """A vector by its entries, or the one expression that stands in brackets."""
    if (paired := _paired(cursor, atom)) is not None:
        return paired
    parts = split(atom.content, Comma)
    if len(parts) > 1:
        return Vector(entries(cursor, parts, atom.at), bracket=atom.brackets.left, at=atom.at)
    # [x_1 … x_n]: blanks alone part the entries.
    has = {type(each) for each in atom.content}
    if atom.brackets.left == "[" and Dots in has and not has & {Sign, Times}:
        parts = [(each,) for each in atom.content if not isinstance(each, Quad)]
        return Vector(entries(cursor, parts, atom.at), at=atom.at)
    return cursor.expression(atom.content, atom.at)


def _paired(cursor: Cursor, atom: Group) -> Node | None:
    """Two arguments in brackets that the page has defined, [A, B]; None of anything else."""
    name, parts = PAIRED.get(atom.brackets.left, ""), split(atom.content, Comma)
    if len(parts) != 2 or not all(parts) or name not in cursor.known.functions:
        return None
    return Apply(name, tuple(cursor.expression(part, atom.at) for part in parts), at=atom.at)


def entries(cursor: Cursor, parts: list[Atoms], at: int) -> tuple[Node, ...]:
    """The entries of a list; with dots among them, they are one."""
    parts = [each for part in parts for each in _without_dots(part)]
    dots = only_dots(parts)
    if any(not part for part in parts):
        raise Refusal("an entry is missing", "write what stands between the commas", rule=18, at=at)
    if not dots:
        return tuple(cursor.expression(part, at) for part in parts)
    [place, *others] = dots
    if others or place == 0 or place == len(parts) - 1:
        raise misplaced(parts[place][0])
    read = [cursor.expression(part, at) for n, part in enumerate(parts) if n != place]
    return (tree.Dots(read[0], tuple(read[1:place]), read[-1], tuple(read[place:-1]), at=at),)


def _without_dots(part: Atoms) -> list[Atoms]:
    r"""An entry, and the dots that stand before it without a comma between the two: 1, 2, \dots n."""
    match part:
        case (Dots() as dots, after, *_) if not isinstance(after, Sign | Times):
            return [(dots,), part[1:]]
    return [part]


def array(cursor: Cursor, atom: Array) -> Node:
    """A matrix, a vector as a column or a row, or cases."""
    way_out = "write bmatrix or cases, or each row as a statement"
    match atom.brackets:
        case Brackets("{", "."):
            return cases(cursor, atom)
        case Brackets("(", ")") | Brackets("[", "]"):
            return _matrix(cursor, atom)
        case Brackets("|", "|"):
            return _determinant(cursor, atom)
    raise Refusal("rows inside a formula aren't executed", way_out, rule=1, at=atom.at)


def _determinant(cursor: Cursor, atom: Array) -> Node:
    """Numbers in rows and columns between two bars; a single one could be an absolute value."""
    matrix = _matrix(cursor, atom)
    if isinstance(matrix, tree.Dotted) or (isinstance(matrix, Matrix) and len(matrix.rows) == len(matrix.rows[0])):
        return Call("abs", matrix, at=atom.at)
    what = "what stands between these bars has no determinant"
    raise Refusal(what, "write as many rows as columns, two at least; \\lvert x \\rvert for a number", 28, at=atom.at)


def _matrix(cursor: Cursor, atom: Array) -> Node:
    rows = [[trimmed(cell) for cell in row] for row in atom.rows]
    if any(_are_dots(cell) for row in rows for cell in row) and min(len(rows), len(rows[0])) > 1:
        return _dotted(cursor, rows, atom)
    width = max(map(len, rows), default=0)
    if not rows or any(len(row) != width for row in rows) or not all(cell for row in rows for cell in row):
        raise Refusal("rows of different lengths, or empty cells", "write as many entries in each row", at=atom.at)
    if width == 1:
        return Vector(entries(cursor, [row[0] for row in rows], atom.at), stacked=True, at=atom.at)
    if len(rows) == 1:
        return Vector(entries(cursor, rows[0], atom.at), lies="row", at=atom.at)
    return Matrix(tuple(tuple(cursor.expression(cell, atom.at) for cell in row) for row in rows), at=atom.at)


def _are_dots(cell: Atoms) -> bool:
    return len(cell) == 1 and isinstance(cell[0], Dots)


def _dotted(cursor: Cursor, rows: list[list[Atoms]], atom: Array) -> Node:
    r"""A matrix in which one row, one column or both are dots; empty cells are 0 beside a diagonal of \\ddots."""
    width = max(map(len, rows))
    rows = [row + [()] * (width - len(row)) for row in rows]
    down, across = _dots_in(rows), _dots_in([list(column) for column in zip(*rows, strict=True)])
    left = [[cell for m, cell in enumerate(row) if m != across] for n, row in enumerate(rows) if n != down]
    cells = [(n, m, cell) for n, row in enumerate(left) for m, cell in enumerate(row)]
    is_diagonal = down is not None and down == across and len(left) == len(left[0])
    is_clear = all(cell or (is_diagonal and n != m) for n, m, cell in cells)
    if (down is None and across is None) or not is_clear or any(_are_dots(cell) for _, _, cell in cells):
        way_out = "let one whole row and one whole column be dots, before the last; or define its components by indices"
        raise Refusal("what these dots stand for isn't read yet", way_out, rule=12, at=atom.at)
    read = tuple(tuple(cursor.expression(cell, atom.at) if cell else None for cell in row) for row in left)
    if is_diagonal and down is not None and not all([*rows[down], *(row[down] for row in rows)]):
        _refuse_lone_corners(read)
    return tree.Dotted(read, down, across, at=atom.at)


def _refuse_lone_corners(rows: tuple[tuple[Node | None, ...], ...]) -> None:
    """Refuse the same entry in both corners with nothing between it and the diagonal: what is empty is 0.

    Raises:
        Refusal: where it isn't 0 too.
    """
    corners = [entry for n, row in enumerate(rows) for m, entry in enumerate(row) if n != m]
    match corners[0]:
        case None | tree.Number(0):
            return
        case corner if all(other == corner for other in corners):
            what = "an entry in a corner, and nothing between it and the diagonal"
            way_out = "write \\cdots and \\vdots where it goes on; what is empty is 0, in the corners too"
            raise Refusal(what, way_out, rule=12, at=corner.at)


def _dots_in(rows: list[list[Atoms]]) -> int | None:
    """Which row is made of dots, the last but one; None where it isn't."""
    place = len(rows) - 2
    is_one = place > 0 and any(map(_are_dots, rows[place])) and all(not cell or _are_dots(cell) for cell in rows[place])
    return place if is_one else None


def cases(cursor: Cursor, atom: Array) -> Node:
    """Values, each with the condition under which it holds."""
    branches: list[Branch] = []
    otherwise = None
    for row in atom.rows:
        cells = tuple(each for cell in row for each in cell)
        guards = [n for n, each in enumerate(cells) if spoken(each).split(" ")[0] in IF | ELSE]
        if not guards and (found := _case_by_columns(cursor, row)) is not None:
            branches.append(found)
            continue
        if len(guards) != 1:
            if relations_in(unpunctuated(atom.rows[0][0])):
                way_out = "write rows of statements, \\begin{aligned} … \\end{aligned}"
                raise Refusal("a system of equations isn't a value", way_out, rule=1, at=atom.at)
            raise Refusal(
                "a case without its condition",
                "write & \\text{if} … or & \\text{otherwise}, in French & \\text{si} … or & \\text{sinon}",
                rule=22,
                at=cells[0].at if cells else atom.at,
            )
        [place] = guards
        value = unpunctuated(cells[:place])
        if not value:
            raise Refusal("a case without its value", "write it before &", rule=22, at=cells[place].at)
        read = cursor.expression(value, cells[place].at)
        word, rest = spoken(cells[place]), cells[place + 1 :]
        if word in ELSE:
            if otherwise is not None or unpunctuated(rest):
                raise Refusal(
                    "this case isn't the only one left", "write \\text{sinon} once, alone", rule=22, at=cells[place].at
                )
            otherwise = read
        elif word in IF:
            branches.append(
                Branch(read, condition(cursor, unpunctuated(rest), cells[place].at, rule=22), at=cells[place].at)
            )
        else:
            raise Refusal(
                f"\\text{{{word}}} isn't understood", "close \\text after si or if", rule=22, at=cells[place].at
            )
    return Cases(tuple(branches), otherwise, at=atom.at)


def _case_by_columns(cursor: Cursor, row: tuple[Atoms, ...]) -> Branch | None:
    """A case whose condition stands in a column of its own, without a word before it; None of anything else."""
    value, *others = (unpunctuated(cell) for cell in row)
    if len(others) != 1 or not value or relations_in(value) or not relations_in(others[0]):
        return None
    if any(isinstance(each, Text) for each in others[0]):
        return None
    at = others[0][0].at
    return Branch(cursor.expression(value, at), condition(cursor, others[0], at, rule=22), at=at)


def kronecker(cursor: Cursor, atom: Letter) -> Node:
    r"""\delta_{ij}: 1 where its two subscripts are equal, else 0."""
    parts = split(atom.sub, Comma)
    if len(parts) == 1:
        parts = [(each,) for each in atom.sub if not isinstance(each, Quad)]
    if len(parts) != 2:
        raise Refusal(
            "a Kronecker delta has two subscripts", "write \\delta_{ij} or \\delta_{i, j + 1}", rule=7, at=atom.at
        )
    left, right = (cursor.expression(part, atom.at) for part in parts)
    return Bracket(Comparison((left, right), ("=",), at=atom.at), delta=True, at=atom.at)
