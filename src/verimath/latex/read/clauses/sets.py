r"""Sets: \mathbb{R}^{n}, intervals, \{1, \dots, n\}, the simplex, their powers."""

from __future__ import annotations

from fractions import Fraction

from ....meaning.expression import Node, Number
from ....meaning.statement import Arrays, Domain, Finite, Reals, Simplex, Whole
from ....message.refusal import Refusal
from ..grammar.cursor import Cursor, split
from ..grammar.guards import range_of
from ..lexing.atoms import Atom, Atoms

ZERO, ONE = Number(Fraction(0)), Number(Fraction(1))
OPENS = {"[": False, "]": True, "(": True}
CLOSES = {"]": False, "[": True, ")": True}
# \mathbb{R} and its variants, by letter, subscript and star.
VARIANTS: dict[tuple[str, str, bool], Domain] = {
    ("R", "", False): Reals(),
    ("R", "", True): Reals(without_zero=True),
    ("R", "+", False): Reals(lower=ZERO),
    ("R", "+", True): Reals(lower=ZERO, without_zero=True),
    ("R", ">0", False): Reals(lower=ZERO, without_zero=True),
    ("R", "≥0", False): Reals(lower=ZERO),
    ("R", "-", False): Reals(upper=ZERO),
    ("R", "-", True): Reals(upper=ZERO, without_zero=True),
    ("N", "", False): Whole(first=ZERO),
    ("N", "", True): Whole(first=ONE),
    ("N", ">0", False): Whole(first=ONE),
    ("N", "≥1", False): Whole(first=ONE),
    ("Z", "", False): Whole(),
}
NUMBERS = {"\\mathbb{R}": "R", "\\mathbb{N}": "N", "\\mathbb{Z}": "Z"}
KNOWN = "\\mathbb{R}, \\mathbb{N}, \\mathbb{Z}, intervals, \\{1, \\dots, n\\}, \\Delta^{n-1}, and their powers"


def _no_set(at: int) -> Refusal:
    return Refusal("this isn't a set that can be drawn from", f"write one of {KNOWN}", rule=4, at=at)


def domain(cursor: Cursor, atoms: Atoms, at: int) -> Domain:
    """A set.

    Raises:
        Refusal: where these atoms say none that can be drawn from.
    """
    factors = domains(cursor, atoms, at)
    if len(factors) == 1:
        return factors[0]
    if any(factor != factors[0] or not isinstance(factor, Reals | Whole | Finite) for factor in factors):
        raise Refusal("a product of different sets", "declare a symbol for each of them", rule=4, at=at)
    return Arrays(factors[0], (Number(Fraction(len(factors))),))


def domains(cursor: Cursor, atoms: Atoms, at: int) -> tuple[Domain, ...]:
    """The factors of a product of sets."""
    found = []
    for inside in split(atoms, "times", "×"):
        if len(inside) != 1:
            raise _no_set(inside[1].at if len(inside) > 1 else at)
        found.append(_set(cursor, inside[0]))
    return tuple(found)


def _set(cursor: Cursor, atom: Atom) -> Domain:
    if atom.kind == "letter" and atom.text in NUMBERS:
        return _numbers(cursor, atom)
    if atom.kind == "letter" and atom.text == "\\Delta" and atom.sup and not atom.sub:
        return Simplex(cursor.expression(atom.sup, atom.at))
    if atom.kind == "group" and not atom.sub:
        return _with_sizes(cursor, _bracketed(cursor, atom), atom.sup or (), atom)
    raise _no_set(atom.at)


def _numbers(cursor: Cursor, atom: Atom) -> Domain:
    sup = atom.sup or ()
    star = bool(sup) and sup[0].kind == "star"
    key = NUMBERS[atom.text], "".join(each.text for each in atom.sub or ()), star
    if key not in VARIANTS:
        raise _no_set(atom.at)
    return _with_sizes(cursor, VARIANTS[key], sup[1:] if star else sup, atom)


def _bracketed(cursor: Cursor, atom: Atom) -> Domain:
    [inside] = atom.parts
    left, right = atom.text.split(" ")
    parts = split(inside, "comma")
    if atom.text == "{ }":
        bounds = range_of(cursor, (atom.bare(),), atom.at)
        if bounds is not None:
            return Whole(bounds.first, bounds.last)
        if any(len(part) != 1 or part[0].kind == "dots" for part in parts) and any(
            each.kind in ("dots", "relation", "bar") for part in parts for each in part
        ):
            raise _no_set(atom.at)
        return Finite(tuple(cursor.expression(part, atom.at) for part in parts))
    if len(parts) == 1 and atom.text == "( )":
        return domain(cursor, inside, atom.at)
    if len(parts) != 2 or left not in OPENS or right not in CLOSES:
        raise _no_set(atom.at)
    lower, upper = (_bound(cursor, part, atom) for part in parts)
    return Reals(lower, upper, without_zero=ZERO in (lower, upper))


def _bound(cursor: Cursor, atoms: Atoms, atom: Atom) -> Node | None:
    """An end of an interval, which draws stay off; None for infinity."""
    if atoms and atoms[-1].kind == "infinity" and all(each.kind == "sign" for each in atoms[:-1]):
        return None
    return cursor.expression(atoms, atom.at)


def _with_sizes(cursor: Cursor, base: Domain, sup: Atoms, atom: Atom) -> Domain:
    if not sup:
        return base
    return Arrays(base, tuple(cursor.expression(part, atom.at) for part in split(sup, "times", "×")))
