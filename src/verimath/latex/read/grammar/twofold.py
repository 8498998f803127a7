r"""What says two things at once: \pm and \mp, of which the upper signs go together, and the lower ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from decimal import Decimal
from typing import Any

from ....message.refusal import Refusal
from ..lexing.atoms import Atom, Atoms, Group, Number, Relation, Sign, Times
from .cursor import relations_in, split

# By sign, what it is in each of the two formulas.
TWO_SIGNS = {"±": ("+", "-"), "∓": ("-", "+")}
INEQUALITIES = {"<", "≤", ">", "≥"}


def two_formulas(at: int) -> Refusal:
    """The refusal of two signs in what is no claim."""
    what = "\\pm stands for two formulas, and only a claim is read as two"
    return Refusal(what, "write each of them", rule=1, at=at)


def formulas(atoms: Atoms) -> Iterator[tuple[Atoms, bool]]:
    r"""A claim, or the two that it is, and whether one of the two may be meant alone.

    Raises:
        Refusal: where which signs go together isn't clear.
    """
    found = list(_signs(atoms))
    if not found:
        yield atoms, False
        return
    relations = relations_in(atoms)
    signed = [side for side in split(atoms, Relation) if any(_signs(side))]
    if len(signed) == 1:
        _refuse_uncertainty(signed[0], any(relation.text == "≈" for relation in relations))
    sides = [[sign.text for sign in _signs(side)] for side in split(atoms, Relation)]
    either = any(
        relation.text not in INEQUALITIES and bool(left) != bool(right)
        for relation, left, right in zip(relations, sides, sides[1:], strict=False)
    )
    if len(found) > 1 and {relation.text for relation in relations} <= INEQUALITIES:
        what = "which of these signs \\pm go together isn't clear"
        raise Refusal(what, "write each claim that is meant", rule=1, at=found[1].at)
    for place in range(2):
        yield _signed(atoms, place), either


def _refuse_uncertainty(side: Atoms, is_near: bool) -> None:
    r"""Refuse a number with its uncertainty, 3.14 \pm 0.01, or (-3.14 \pm 10^{-2}), as one side of a claim.

    Raises:
        Refusal: at its sign.
    """
    match side:
        case (Group(content=content, sub=(), sup=()),):
            side = content
    found = [atom for atom in side if isinstance(atom, Sign) and atom.text == "±"]
    said = {type(atom) for part in side for atom in part.inside()}
    if len(found) != 1 or found[0] is side[0] or not said <= {Number, Sign, Times}:
        return
    bounds = "3.13 \\leq x \\leq 3.15"
    match side:
        case (*sign, Number(value, sub=(), sup=()), Sign("±"), Number(error, sub=(), sup=())) if len(sign) < 2:
            middle = -Decimal(value) if sign else Decimal(value)
            bounds = f"{middle - Decimal(error)} \\leq x \\leq {middle + Decimal(error)}"
    what, way_out = "a number with its uncertainty isn't read", f"write both bounds, such as {bounds}"
    if not is_near:
        what = "this may be a number with its uncertainty, or two numbers"
        way_out += "; else the equation that both fulfil, or each of them"
    raise Refusal(what, way_out, rule=26, at=found[0].at)


def _signs(atoms: Atoms) -> Iterator[Sign]:
    for atom in atoms:
        for inner in atom.inside():
            if isinstance(inner, Sign) and inner.text in TWO_SIGNS:
                yield inner


def _signed(part: Any, place: int) -> Any:
    """The same with the upper signs, or the lower ones: of atoms, and of all that they hold."""
    match part:
        case Sign(text) if text in TWO_SIGNS:
            return replace(part, text=TWO_SIGNS[text][place])
        case Atom():
            return replace(part, **{each.name: _signed(getattr(part, each.name), place) for each in fields(part)})
        case tuple() if not hasattr(part, "_fields"):
            return tuple(_signed(inner, place) for inner in part)
    return part


def refuse_elsewhere(atoms: Atoms) -> None:
    """Refuse two signs in what is no claim.

    Raises:
        Refusal: at the first of them.
    """
    for sign in _signs(atoms):
        raise two_formulas(sign.at)
