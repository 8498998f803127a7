"""How a name with its scripts is spelled, and which of its scripts may be part of it."""

from __future__ import annotations

import re

from .atoms import Atom, Atoms

# Upright words are names whatever font sets them upright.
UPRIGHT = re.compile(r"\\(?:mathrm|operatorname|mathsf|mathtt)\{(\w+)\}")


def spelled(atoms: Atoms) -> str:
    """Scripts as part of a name: `KL` and `\\mathrm{KL}` are one."""
    return "".join(_spelled(atom) for atom in atoms if atom.kind != "quad")


def _spelled(atom: Atom) -> str:
    text = UPRIGHT.sub(r"\1", atom.text)
    if atom.kind == "group":
        left, right = atom.text.split(" ")
        text = left + spelled(atom.parts[0]) + right
    return text + (f"_{spelled(atom.sub)}" if atom.sub else "") + (f"^{spelled(atom.sup)}" if atom.sup else "")


def is_upright(atoms: Atoms) -> bool:
    """Whether a subscript is part of a name by its font, as in `D_{\\mathrm{KL}}`, or by being a word."""
    return bool(atoms) and all(
        atom.kind == "text" or (atom.kind == "letter" and UPRIGHT.fullmatch(atom.text)) for atom in atoms
    )


def names_a_variant(sup: Atoms) -> bool:
    """Whether a superscript can only be part of a name: `^{*}`, `^{(1)}`, before which nothing stands."""
    first = sup[0]
    bracketed = first.kind == "group" and first.text == "( )" and not (first.sub or first.sup)
    return first.kind == "star" or (bracketed and all(atom.kind == "top" for atom in sup[1:]))


def variants(atom: Atom) -> list[tuple[str, Atoms | None, Atoms | None]]:
    """How a letter with scripts may be a name, the longest first: the name, and the scripts that are no part of it."""
    name = atom.text + "'" * atom.primes
    found: list[tuple[str, Atoms | None, Atoms | None]] = []
    star = None
    if atom.sup and names_a_variant(atom.sup):
        star = (f"{name}^{{{spelled(atom.sup[:1])}}}", atom.sup[1:] or None)
    if atom.sub:
        sub = f"_{{{spelled(atom.sub)}}}"
        if star:
            found.append((star[0] + sub, None, star[1]))
        found.append((name + sub, None, atom.sup))
        if atom.primes:
            found.append((atom.text + sub + "'" * atom.primes, None, atom.sup))
    if star:
        found.append((star[0], atom.sub, star[1]))
    found.append((name, atom.sub, atom.sup))
    return found
