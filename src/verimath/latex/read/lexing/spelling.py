"""How a name with its scripts is spelled, and which of its scripts may be part of it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NamedTuple

from ....meaning.operations import OPERATIONS, After
from ....meaning.signs import PRODUCTS
from .atoms import (
    Atom,
    Atoms,
    Big,
    Brackets,
    Comma,
    Fraction,
    Function,
    Group,
    Letter,
    Mark,
    Number,
    Primed,
    Raised,
    Root,
    Scripted,
    Sign,
    Star,
    Text,
    Times,
    Top,
)

PRODUCT = {row.sign: row.tex for row in PRODUCTS.values()}
# Upright words are names whatever font sets them upright.
UPRIGHT = re.compile(r"\\(?:mathrm|operatorname|mathsf|mathtt)\{(\w+)\}")

# A derivative by time, \\dot x, and of what.
DOTTED = re.compile(r"\\(?P<dots>d{0,3})dot[ {]*(?P<of>[^ {}]+(?:\{[^{}]*\})?)\}?")


def spelled(atoms: Atoms) -> str:
    """Scripts as part of a name: `KL` and `\\mathrm{KL}` are one."""
    return "".join(_spelled(atom) for atom in atoms)


def _spelled(atom: Atom) -> str:
    text = ""
    match atom:
        case Times(sign) if sign in PRODUCT:
            text = f"{PRODUCT[sign].strip()} "
        case Mark(text):
            text = UPRIGHT.sub(r"\1", text)
        case Group(Brackets(left, right), content):
            text = left + spelled(content) + right
        case Fraction(above, below):
            text = f"\\frac{{{spelled(above)}}}{{{spelled(below)}}}"
        case Root(index, body):
            text = f"\\sqrt[{spelled(index)}]{{{spelled(body)}}}"
    if isinstance(atom, Primed):
        text += "'" * atom.primes
    if isinstance(atom, Scripted) and atom.sub:
        text += f"_{spelled(atom.sub)}"
    if isinstance(atom, Raised) and atom.sup:
        text += f"^{spelled(atom.sup)}"
    return text


def is_upright(atoms: Atoms) -> bool:
    """Whether a subscript is part of a name by its font, as in `D_{\\mathrm{KL}}`, or by being a word: `x_{\\max}`."""
    return bool(atoms) and all(_is_word(atom) for atom in atoms)


def _is_word(atom: Atom) -> bool:
    match atom:
        case Letter(text):
            return UPRIGHT.fullmatch(text) is not None
        case Big() | Function():
            return atom.is_bare
    return isinstance(atom, Text)


def numbers_components(sub: Atoms) -> bool:
    """Whether a subscript could number a component: by letters and numbers, from 1."""
    plain = [atom for atom in sub if isinstance(atom, Letter | Number | Sign | Times | Comma) and atom.is_bare]
    return bool(sub) and len(plain) == len(sub) and spelled(sub) != "0" and not any(is_upright((each,)) for each in sub)


def names_a_variant(sup: Atoms) -> bool:
    """Whether a superscript can only be part of a name: `^{*}`, `^{(1)}`, before which nothing stands."""
    match sup:
        case (Star(), *_):
            return True
        case (Group(Brackets("(", ")"), sub=(), sup=()), *rest):
            return all(isinstance(atom, Top) for atom in rest)
    return False


# What stands above and behind its argument as an operation's sign.
SIGNS_ABOVE = {
    sign for row in OPERATIONS.values() if isinstance(row.form, After) for sign in (row.form.tex, *row.form.letters)
}


def difference(atoms: Atoms) -> Letter | None:
    r"""The name that a \Delta or a \delta and the letter behind it are together, where these come first."""
    match atoms:
        case (Letter("\\Delta" | "\\delta" as delta) as sign, Letter() as letter, *_) if (
            sign.is_bare and not sign.primes
        ):
            return replace(letter, text=f"{delta} {letter.text}", at=sign.at)
    return None


def with_differences(atoms: Atoms) -> Atoms:
    r"""Atoms that begin with a name, where a \Delta and a letter may be one."""
    return atoms if (found := difference(atoms)) is None else (found, *atoms[2:])


def says_which(sup: Atoms) -> bool:
    r"""Whether a superscript may be part of a name, P^+ or \mu^F: one plus or minus, or letters that are no symbols."""
    match sup:
        case (Sign(),):
            return True
        case (Letter(text),) if text in SIGNS_ABOVE:
            return False
    return bool(sup) and all(isinstance(each, Letter) and each.is_bare for each in sup)


class Variant(NamedTuple):
    """A name that a letter and some of its scripts may be, and the scripts that are no part of it."""

    name: str
    sub: Atoms
    sup: Atoms


def is_signed(sub: Atoms) -> bool:
    """Whether a subscript is nothing but signs, which number no component: K_*, P_+."""
    return bool(sub) and all(isinstance(each, Sign | Star) and each.is_bare for each in sub)


def letters_in(variant: Variant, letter: Letter) -> frozenset[str]:
    """The letters in those scripts of a letter that are part of its name."""
    own = (() if variant.sub else letter.sub, () if variant.sup else letter.sup)
    inside = (each for atoms in own for atom in atoms for each in atom.inside())
    # An upright i is the same letter to many readers.
    return frozenset(UPRIGHT.sub(r"\1", each.text) for each in inside if isinstance(each, Letter | Text))


def variants(letter: Letter) -> list[Variant]:
    """How a letter with scripts may be a name, the longest first."""
    name = letter.text + "'" * letter.primes
    found: list[Variant] = []
    if says_which(letter.sup):
        above = f"{name}^{{{spelled(letter.sup)}}}"
        if letter.sub:
            found.append(Variant(f"{above}_{{{spelled(letter.sub)}}}", (), ()))
        found.append(Variant(above, letter.sub, ()))
    starred = ""
    if names_a_variant(letter.sup):
        starred = f"{name}^{{{spelled(letter.sup[:1])}}}"
    if letter.sub:
        sub = f"_{{{spelled(letter.sub)}}}"
        if starred:
            found.append(Variant(starred + sub, (), letter.sup[1:]))
        found.append(Variant(name + sub, (), letter.sup))
        if letter.primes:
            found.append(Variant(letter.text + sub + "'" * letter.primes, (), letter.sup))
    if starred:
        found.append(Variant(starred, letter.sub, letter.sup[1:]))
    found.append(Variant(name, letter.sub, letter.sup))
    return found
