"""The names that a formula may use, as its reader asks for them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import TypeVar

T = TypeVar("T")


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
