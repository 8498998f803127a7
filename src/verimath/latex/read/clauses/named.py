r"""Arrays that are declared by components with names of their own: \vec A = (A_x, A_y, A_z) \in \mathbb{R}^3.

Their names are declared, and the array is defined by them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TypeGuard

from ....message.refusal import Refusal
from ..grammar.cursor import relations_in, split
from ..lexing.atoms import Array, Atom, Atoms, Blank, Comma, Dots, Group, Letter, Number, Relation, Times
from ..lexing.spelling import spelled

# Sets of numbers, by their letters.
NUMBERS = {f"\\mathbb{{{letter}}}" for letter in "NZQRC"}
Rows = tuple[tuple[Atoms, ...], ...]


def with_named(statements: Iterable[Atoms]) -> Iterator[Atoms]:
    """Statements, of which a declaration of an array by its components' names is two.

    Raises:
        Refusal: where the set isn't one of as many numbers.
    """
    for statement in statements:
        match [relation.text for relation in relations_in(statement)]:
            case ["=", "∈"]:
                yield from _parted(statement)
            case _:
                yield statement


def _parted(statement: Atoms) -> Iterator[Atoms]:
    left, right = (_printed(part) for part in split(statement, Relation, "="))
    listed, said = (_printed(part) for part in split(right, Relation, "∈"))
    rows = _rows(listed)
    names = [part for row in rows for part in row]
    equals, within = relations_in(statement)
    _refuse_other_ends(names, said)
    if len(left) != 1 or not _are_symbols(names):
        yield statement
        return
    if all(part[0].sub and all(isinstance(each, Number) for each in part[0].sub) for part in names):
        _refuse_misnumbered(rows, said)
        yield statement
        return
    if any(isinstance(part[0], Letter) and _text(part) == _text(left) and part[0].sub for part in names):
        what = "components of an array are numbered, and one of these has a letter in the place of its number"
        way_out = "number them, x = (x_1, x_2), or give the array a sign of its own: \\vec{v} = (v_x, v_y)"
        raise Refusal(what, way_out, rule=3, at=names[0][0].at)
    match said:
        case (Letter(text, sub=(), sup=sizes) as numbers,) if text in NUMBERS and _fits(_printed(sizes), rows):
            # Of a symmetric matrix, one may stand in two places.
            own = {spelled(part): part for part in names}.values()
            declared = tuple(atom for part in own for atom in (*part, Comma(",", at=part[0].at)))
            yield (*declared[:-1], within, replace(numbers, sup=()))
            yield *left, Relation("≔", at=equals.at), *listed
        case _:
            what = "components with names of their own, and a set that isn't one of as many numbers"
            way_out = (
                "write such as v = (a, b, c) \\in \\mathbb{R}^{3}; or declare the names, and define the array by them"
            )
            raise Refusal(what, way_out, rule=3, at=within.at)


def _text(atoms: Atoms) -> str:
    """A symbol without its scripts."""
    return atoms[0].text if isinstance(atoms[0], Letter) else ""


def _printed(atoms: Iterable[Atom]) -> Atoms:
    return tuple(atom for atom in atoms if not isinstance(atom, Blank))


def _rows(listed: Atoms) -> Rows:
    """The components that stand in brackets, row by row; none of anything else."""
    match listed:
        case (Group(content=content, sub=(), sup=()),):
            return (tuple(_printed(part) for part in split(content, Comma)),)
        case (Array(rows, sub=(), sup=()),):
            return tuple(tuple(_printed(cell) for cell in row) for row in rows)
    return ()


def _are_symbols(parts: list[Atoms]) -> TypeGuard[list[tuple[Letter]]]:
    """Whether components are several symbols."""
    letters = [part[0] for part in parts if len(part) == 1 and isinstance(part[0], Letter)]
    return 1 < len(parts) == len(letters) and not any(letter.sup or letter.primes for letter in letters)


def _refuse_other_ends(parts: list[Atoms], said: Atoms) -> None:
    r"""Refuse a list with dots, (x_1, \dots, x_n), that doesn't begin with 1 or end with the size of its set.

    Raises:
        Refusal: at its first component.
    """
    match parts, said:
        case [(Letter() as first,), *_, (Dots(),), (Letter() as last,)], (Letter(text, sup=(*sizes,)),):
            is_array = any(isinstance(each, Times) for each in sizes)
            fits = spelled(first.sub) == "1" and spelled(last.sub) == spelled(tuple(sizes))
            if text in NUMBERS and not is_array and not fits:
                what = "these aren't the components of such an array, one by one"
                raise Refusal(what, "write (x_1, \\dots, x_n) \\in \\mathbb{R}^{n}", rule=3, at=first.at)


def _refuse_misnumbered(rows: Rows, said: Atoms) -> None:
    """Refuse components that aren't numbered from 1 on, or aren't as many as the set says.

    Raises:
        Refusal: at the first component.
    """
    is_vector = len(rows) == 1 or {len(row) for row in rows} == {1}
    parts = [(i, j, part[0]) for i, row in enumerate(rows, 1) for j, part in enumerate(row, 1)]
    numbers = [spelled(part.sub) if isinstance(part, Letter) else "" for _, _, part in parts]
    expected = [str(max(i, j)) if is_vector else f"{i}{j}" for i, j, _ in parts]
    sizes = _printed(said[0].sup) if said and isinstance(said[0], Letter) and said[0].text in NUMBERS else ()
    are_said = bool(sizes) and all(isinstance(each, Number | Times) for each in sizes)
    if numbers != expected or (are_said and not _fits(sizes, rows)):
        what = "these aren't the components of such an array, one by one"
        raise Refusal(what, "number them from 1 on, as many as there are: (x_1, x_2)", rule=3, at=parts[0][2].at)


def _fits(sizes: Atoms, rows: Rows) -> bool:
    r"""Whether a set's sizes are those of the components: \mathbb{R}^3, or \mathbb{R}^{2 \times 2}."""
    height, widths = len(rows), {len(row) for row in rows}
    match sizes:
        case (Number(text, sub=(), sup=()),):
            return (height == 1 and {text} == {*map(str, widths)}) or (widths == {1} and text == str(height))
        case (Number(first, sub=(), sup=()), Times("×"), Number(second, sub=(), sup=())):
            return height > 1 and (first, {second}) == (str(height), {*map(str, widths)})
    return False
