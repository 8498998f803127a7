r"""Brackets, vectors, matrices and cases, and the dots in them."""

from __future__ import annotations

from ....meaning.expression import Bracket, Branch, Call, Cases, Comparison, Dots, Matrix, Node, Vector
from ....message.refusal import Refusal
from ..lexing.atoms import Atom, Atoms
from ..lexing.katex_names import GROUPS
from .cursor import Cursor, relations_in, split, trimmed, unpunctuated
from .guards import ELSE, IF, condition, spoken

PLAIN = {"( )", "[ ]", "{ }"}


def misplaced(atom: Atom) -> Refusal:
    """The error of dots that nothing determines."""
    return Refusal(
        "what these dots stand for isn't clear",
        "write entries before them, and one after: 1, 2, \\dots, n",
        rule=12,
        at=atom.at,
    )


def chooses(group: Atom) -> bool:
    """Whether the subscript on a group says which operation it is, as a norm's does."""
    return len(GROUPS.get(group.text, ())) > 1


def arguments(group: Atom) -> list[Atoms]:
    r"""What a function is called with, parted by , ; \| and |. Two \| enclose a norm."""
    found: list[Atoms] = []
    for part in split(group.parts[0], "comma"):
        bars = [atom for atom in part if atom.kind == "bar"]
        if len(bars) == 1:
            found += split(part, "bar")
        elif len(bars) == 2 and {bar.text for bar in bars} == {"‖"}:
            found.append(part)
        elif bars:
            raise Refusal(
                "which of these bars part arguments isn't clear", "write \\lVert x \\rVert", rule=9, at=bars[0].at
            )
        else:
            found.append(part)
    if any(not part for part in found):
        raise Refusal("an argument is missing", "write what stands between the commas", rule=9, at=group.at)
    return found


def group(cursor: Cursor, atom: Atom) -> Node:
    """What stands in brackets, by their kind."""
    [inside] = atom.parts
    if not trimmed(inside):
        raise Refusal("empty brackets", "write what stands between them", at=atom.at)
    if atom.text in GROUPS:
        which = atom.sub[0].text if atom.sub and len(atom.sub) == 1 else "?" if atom.sub else ""
        name = GROUPS[atom.text].get(which if chooses(atom) else "")
        if name is None:
            raise Refusal("a norm of another kind", "norms are Euclidean; write others as sums", rule=18, at=atom.at)
        return Call(name, cursor.expression(inside, atom.at), at=atom.at)
    if atom.text not in PLAIN:
        raise Refusal("an interval has no value", "declare a symbol by \\in", rule=4, at=atom.at)
    relations = relations_in(inside)
    if relations and atom.text == "[ ]":
        return Bracket(condition(cursor, inside, atom.at, rule=7), at=atom.at)
    if relations:
        raise Refusal(
            "a comparison inside brackets", "write [i = y] for 1 where it holds, else 0", rule=7, at=relations[0].at
        )
    if atom.text == "{ }":
        raise Refusal("a set has no value", "write ( ) to group, and declare a symbol by \\in", rule=4, at=atom.at)
    parts = split(inside, "comma")
    if len(parts) > 1:
        return Vector(entries(cursor, parts, atom.at), at=atom.at)
    if atom.text == "[ ]" and any(each.kind == "dots" for each in inside) and not _has_operator(inside):
        return Vector(entries(cursor, [(each,) for each in inside if each.kind != "quad"], atom.at), at=atom.at)
    return cursor.expression(inside, atom.at)


def _has_operator(atoms: Atoms) -> bool:
    return any(atom.kind in ("sign", "times") for atom in atoms)


def entries(cursor: Cursor, parts: list[Atoms], at: int) -> tuple[Node, ...]:
    """The entries of a list; with dots among them, they are one."""
    dots = [n for n, part in enumerate(parts) if len(part) == 1 and part[0].kind == "dots"]
    if any(not part for part in parts):
        raise Refusal("an entry is missing", "write what stands between the commas", rule=18, at=at)
    if not dots:
        return tuple(cursor.expression(part, at) for part in parts)
    [place, *others] = dots
    if others or place == 0 or place != len(parts) - 2:
        raise misplaced(parts[place][0])
    read = [cursor.expression(part, at) for n, part in enumerate(parts) if n != place]
    return (Dots(read[0], tuple(read[1:-1]), read[-1], at=at),)


def array(cursor: Cursor, atom: Atom) -> Node:
    """A matrix, a vector as a column or a row, or cases."""
    if atom.text == "{.":
        return cases(cursor, atom)
    if atom.text not in ("()", "[]"):
        # That rows are statements is a rule; that there are no determinants isn't.
        what, rule = ("a determinant", 0) if atom.text == "||" else ("rows inside a formula", 1)
        raise Refusal(f"{what} isn't executed", "write bmatrix or cases, or each row as a statement", rule, at=atom.at)
    rows = [[trimmed(cell) for cell in row] for row in atom.rows]
    width = max(map(len, rows))
    if any(len(row) != width for row in rows) or not all(cell for row in rows for cell in row):
        raise Refusal("rows of different lengths, or empty cells", "write as many entries in each row", at=atom.at)
    if width == 1:
        return Vector(entries(cursor, [row[0] for row in rows], atom.at), at=atom.at)
    if len(rows) == 1:
        return Vector(entries(cursor, rows[0], atom.at), lies="row", at=atom.at)
    for cell in (cell for row in rows for cell in row):
        if len(cell) == 1 and cell[0].kind == "dots":
            raise Refusal(
                "dots in a matrix aren't executed", "define its components by their indices", rule=12, at=cell[0].at
            )
    return Matrix(tuple(tuple(cursor.expression(cell, atom.at) for cell in row) for row in rows), at=atom.at)


def cases(cursor: Cursor, atom: Atom) -> Node:
    """Values, each with the condition under which it holds."""
    branches: list[Branch] = []
    otherwise = None
    for row in atom.rows:
        cells = tuple(each for cell in row for each in cell)
        guards = [n for n, each in enumerate(cells) if spoken(each).split(" ")[0] in IF | ELSE]
        if len(guards) != 1:
            raise Refusal(
                "a case without its condition",
                "write & \\text{si} … or & \\text{sinon}",
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


def kronecker(cursor: Cursor, atom: Atom) -> Node:
    r"""\delta_{ij}: 1 where its two subscripts are equal, else 0."""
    sub = atom.sub or ()
    parts = split(sub, "comma")
    if len(parts) == 1:
        digits = [each for each in sub if each.kind != "quad"]
        parts = [(each,) for each in digits]
    if len(parts) != 2:
        raise Refusal(
            "a Kronecker delta has two subscripts", "write \\delta_{ij} or \\delta_{i, j + 1}", rule=7, at=atom.at
        )
    left, right = (cursor.expression(part, atom.at) for part in parts)
    return Bracket(Comparison((left, right), ("=",), at=atom.at), delta=True, at=atom.at)
