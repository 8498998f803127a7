"""All that the verdict on an equation rests on, as one key: what has the same key has the same verdict.

More than is read counts: every name that stands anywhere in the equation's statements, then in what those names stand
for, and so on. A key that holds too much makes the tool check again what it needn't; one that holds too little would
make it believe what is no longer true.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any

from ..kept.tool import digest
from ..meaning.statement import Update
from ..names.table import Binding, Formula, Names
from ..page.blocks import Equation
from ..page.page import meant
from ..trials.draw import size_names

# Where a part of a statement stands in its LaTeX, and words there.
PLACE = re.compile(r"\b(?:at=\d+|places=\([\d, ]*\))")
WORDS = re.compile(r"\\text(?:rm|it|bf)?\{[^{}]*\}")


def _words(value: object) -> Iterator[str]:
    """All strings that stand in a statement, names among them."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple | list):
        for each in value:
            yield from _words(each)
    elif is_dataclass(value):
        for each in fields(value):
            yield from _words(getattr(value, each.name))


def _named(*parts: object) -> str:
    """A name for what statements say, wherever in their LaTeX they say it."""
    return digest(PLACE.sub("", repr(parts)))


def _formal(equation: Equation) -> object:
    """An equation without the words that its edition has for the same: conditions are in its statements already."""
    return meant(replace(equation, tex=WORDS.sub(r"\\text{}", equation.tex), reason="", name=""))


class Basis:
    """The keys of a page's equations.

    Args:
        names: the page's.
        settings: what else decides the trials: the seed, how many there are.
    """

    def __init__(self, names: Names, *settings: object) -> None:
        self._names = names
        self._common = settings, names.columns, size_names(names)
        self._said: dict[Binding, tuple[object, frozenset[str]]] = {}

    def of(self, formula: Formula) -> str:
        """The key of an equation."""
        if formula.own is not None:
            return Basis(formula.own, *self._common).of_statements(formula)
        return self.of_statements(formula)

    def of_statements(self, formula: Formula) -> str:
        """The key of an equation that knows these names."""
        words = {*_words(formula.statements)}
        # An update may seek what it lowers among all functions.
        if any(isinstance(statement, Update) for statement in formula.statements):
            words |= {*self._names.values, *self._names.functions}
        return _named(self._common, _formal(formula.equation), formula.statements, self._closure(words))

    def _closure(self, words: set[str]) -> list[object]:
        """What these words stand for, and all words in there, in the order of the table of names."""
        found: dict[Binding, object] = {}
        left = [*words]
        while left:
            for binding in self._meanings(left.pop()):
                if binding not in found:
                    found[binding], inside = self._of_binding(binding)
                    left += inside - words
                    words |= inside
        order = [
            *self._names.values.values(),
            *(one for each in self._names.functions.values() for one in each.values()),
        ]
        listed = [found[binding] for binding in dict.fromkeys(order) if binding in found]
        letters = [(letter, array) for letter, array in self._names.components.items() if letter in words]
        return [listed, letters]

    def _meanings(self, word: str) -> Iterator[Binding]:
        names = self._names
        if word in names.values:
            yield names.values[word]
        yield from names.functions.get(word, {}).values()
        if word in names.maps:
            yield names.maps[word]
        # The components of x may be x_1, \dots, x_n.
        if names.components.get(word, word) != word:
            yield from self._meanings(names.components[word])

    def _of_binding(self, binding: Binding) -> tuple[object, frozenset[str]]:
        """What a name stands for, and the words in it."""
        if binding not in self._said:
            held: list[Any] = [binding.name, binding.columns, binding.parameters, binding.sizes, binding.target]
            held.append(self._names.statement(binding))
            held.append(None if binding.refusal is None else str(binding.refusal))
            # A map and its components have each other.
            held.append(binding.components and (binding.components.name, binding.components.statement))
            held.append(binding.map and (binding.map.name, binding.map.statement, binding.map.sizes))
            self._said[binding] = _named(held), frozenset(_words(held))
        return self._said[binding]
