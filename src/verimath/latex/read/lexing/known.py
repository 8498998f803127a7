"""The names that a formula may use, and how a name with its scripts is spelled."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import TypeVar

from .atoms import Atom, Atoms

T = TypeVar("T")
# Upright words are names whatever font sets them upright.
UPRIGHT = re.compile(r"\\(?:mathrm|operatorname|mathsf|mathtt)\{(\w+)\}")


@dataclass
class Known:
    """What the page has declared and defined, and what it builds on.

    Attributes:
        values: symbols, each with its number of axes; None where only evaluation tells.
        functions: names of functions, each with the numbers of arguments that it takes.
        components: the letter of an array's components, and the array.
        parameters: names that have a value only inside the definition that is being read.
        whole: symbols whose values are whole numbers.
        aliases: of a map's bare name, the key of the value that it stands for on this page.
        maps: parameters of the maps that the page declares.
        sizes: of those maps, the sizes that are their arguments' own.
        maps_defined: those of them whose components it defines.
    """

    values: dict[str, int | None] = field(default_factory=dict)
    functions: dict[str, frozenset[int]] = field(default_factory=dict)
    components: dict[str, str] = field(default_factory=dict)
    parameters: frozenset[str] = frozenset()
    whole: set[str] = field(default_factory=set)
    aliases: dict[str, str] = field(default_factory=dict)
    maps: dict[str, tuple[str, ...]] = field(default_factory=dict)
    sizes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    maps_defined: set[str] = field(default_factory=set)

    def key(self, name: str) -> str:
        """What a name's value is kept under: of a component, its array's."""
        if name in self.parameters:
            return name
        return self.aliases.get(name) or self.components.get(name, name)

    def has_value(self, name: str) -> bool:
        return name in self.values or name in self.parameters or name in self.aliases.values()

    def __contains__(self, name: str) -> bool:
        return self.has_value(name) or name in self.functions or name in self.components

    def within(self, parameters: Iterable[str]) -> Known:
        """The same names, and a function's parameters, which shadow the page's."""
        own = frozenset(parameters)

        def others(names: dict[str, T]) -> dict[str, T]:
            return {name: value for name, value in names.items() if name not in own}

        return replace(
            self,
            parameters=self.parameters | own,
            functions=others(self.functions),
            components=others(self.components),
            aliases=others(self.aliases),
        )


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
