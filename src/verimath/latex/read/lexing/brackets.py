"""Which bracket closes which: atoms between two brackets become one atom, a group.

French intervals turn their brackets around, ]0, 1[, so a bracket's sign doesn't say whether it opens: its neighbours
do. What closes follows something that has a value; what opens doesn't.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from ....message.refusal import Refusal
from .atoms import Atom, Atoms, Kind, no_single
from .katex_names import BETWEEN

# Which bracket may close which.
PARTNERS = {
    "(": {")", "]"},
    "[": {"]", ")", "["},
    "]": {"[", "]"},
    "{": {"}"},
    **{form.signs[0]: {form.signs[1]} for form in BETWEEN.values()},
}
NO_VALUE: set[Kind] = {"relation", "sign", "times", "comma", "bar", "open", "quad", "cell", "row", "text", "forall"}


@dataclass
class _Open:
    """A bracket that waits for its partner, and what has come since."""

    bracket: Atom
    inside: list[Atom]


def grouped(atoms: Atoms) -> Atoms:
    """Atoms with their brackets, and those within their parts, made into groups.

    Raises:
        Refusal: at a bracket without a partner.
    """
    # Around all others, one that nothing closes.
    levels = [_Open(Atom("open", "", 0), [])]
    for index, atom in enumerate(atoms):
        level = levels[-1]
        if atom.kind not in ("open", "close"):
            level.inside.append(_inner(atom))
        elif _opens(atom, level.inside, atoms[index + 1] if index + 1 < len(atoms) else None):
            if atom.sub or atom.sup:
                raise Refusal("a script on an opening bracket", "write it on the closing one", at=atom.at)
            levels.append(_Open(atom, []))
        else:
            opening = level.bracket
            if atom.text not in PARTNERS.get(opening.text, set()):
                raise Refusal(f"nothing opens this {_shown(atom.text)}", "add the bracket that does", at=atom.at)
            levels.pop()
            group = Atom("group", f"{opening.text} {atom.text}", opening.at, (tuple(level.inside),))
            # What stands between the brackets is grouped by now.
            scripts = _scripts(atom)
            levels[-1].inside.append(replace(group, sub=scripts.sub, sup=scripts.sup, primes=atom.primes))
    if len(levels) > 1:
        opening = levels[-1].bracket
        raise Refusal(f"nothing closes this {_shown(opening.text)}", "add the bracket that does", at=opening.at)
    return tuple(levels[0].inside)


def _shown(text: str) -> str:
    return text.strip("⟨⟩")


def _opens(atom: Atom, before: list[Atom], after: Atom | None) -> bool:
    if atom.text == "]":
        return not before or before[-1].kind in NO_VALUE
    if atom.text == "[":
        return not (
            atom.sub or atom.sup or after is None or after.kind in ("relation", "times", "comma", "quad", "row")
        )
    return atom.kind == "open"


def _inner(atom: Atom) -> Atom:
    """An atom whose parts and scripts are grouped too."""
    parts = tuple(grouped(part) for part in atom.parts)
    if atom.kind == "braces":
        [inside] = parts
        if len(inside) != 1 or inside[0] != inside[0].bare():
            raise no_single(atom.at)
        scripts = _scripts(atom)
        return replace(inside[0], sub=scripts.sub, sup=scripts.sup, primes=atom.primes)
    rows = tuple(tuple(grouped(cell) for cell in row) for row in atom.rows)
    return replace(_scripts(atom), parts=parts, rows=rows)


def _scripts(atom: Atom) -> Atom:
    sub = None if atom.sub is None else grouped(atom.sub)
    sup = None if atom.sup is None else grouped(atom.sup)
    return replace(atom, sub=sub, sup=sup)
