"""What may be mistaken for what on a page: symbols of one shape, index letters, functions of as many arguments."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any

from ..evaluation import evaluate
from ..latex.read.clauses.letters import free_letters
from ..meaning.beside import all_below
from ..meaning.expression import Name, Node
from ..meaning.statement import Definition, Statement, expressions
from ..message.refusal import Refusal
from ..numbers.array import Array, lies
from ..trials.page_trials import Trials

# Trials whose sizes tell shapes apart.
TRIALS = (0, 1)
LETTERS = "ijklmnrstuvw"
# So many symbols are tried in the place of one.
NEAREST = 2
# What has no shape: it has no value, or is too large to be computed.
SHAPELESS = Refusal


class Likeness:
    """The names of a page, as a statement may mistake them.

    Attributes:
        page: the page's names.
        letters: those that are free in the statement.
        names: all that it reads, and how often.
        new_letter: one that neither it nor the page has.
    """

    def __init__(self, trials: Trials, sentence: tuple[Statement, ...]) -> None:
        self.trials, self.page = trials, trials.names
        self.parameters: tuple[str, ...] = ()
        self.local: frozenset[str] = frozenset()
        if isinstance(first := sentence[0], Definition):
            # Of a map, what it takes and its sizes have no value but where it is applied, or where the page has one.
            of = self.page.maps.get(first.name)
            own = (*of.sizes, *of.parameters) if of else ()
            self.parameters = first.parameters
            self.local = frozenset((*first.parameters, *(name for name in own if not self.page.has_value(name))))
        inner = self.page.within(self.local)
        free = [letter for statement in sentence for letter in free_letters(statement, inner)]
        self.letters = tuple(dict.fromkeys(free))
        self.names = Counter(name for statement in sentence for root in expressions(statement) for name in _names(root))
        self.new_letter = next(
            (letter for letter in LETTERS if letter not in self.page and letter not in self.names), None
        )
        self._arrays: dict[Node, tuple[int, bool] | None] = {}

    def is_letter(self, name: str) -> bool:
        """Whether a name is an index letter here."""
        return name not in self.local and not self.page.has_value(name)

    def symbols(self, name: str) -> list[Name]:
        """Symbols of the same shape, whole numbers apart from others; parameters of the same function.

        Of the page's symbols, the nearest two: those that the statement has too come first, then those that stand
        beside it among the page's names.
        """
        if name in self.local:
            return [Name(other) for other in self.parameters if other != name and name in self.parameters]
        shapes = _shapes(self.trials)
        if name not in shapes:
            return []
        order = [other for other, shape in shapes.items() if shape == shapes[name]]
        place = order.index(name)
        near = sorted(order, key=lambda other: (other not in self.names, abs(order.index(other) - place)))
        return [self.page.node(other) for other in near if other != name][:NEAREST]

    def functions(self, name: str, arity: int) -> list[str]:
        """Functions of as many arguments."""
        return [other for other, arities in self.page.functions.items() if other != name and arity in arities]

    def axes(self, node: Node) -> int | None:
        """How many axes an array has, where that is known."""
        found = self._lies(node)
        return None if found is None else found[0]

    def is_array(self, node: Node) -> bool:
        found = self._lies(node)
        return found is not None and found[0] > 0

    def _lies(self, node: Node) -> tuple[int, bool] | None:
        if node not in self._arrays:
            self._arrays[node] = self._evaluated(node)
        return self._arrays[node]

    def _evaluated(self, node: Node) -> tuple[int, bool] | None:
        """How a value lies on the first trial, each letter being 1 there."""
        names = {name for part in all_below(node) if isinstance(name := part.reads(), str)}
        letters = {name: 1 for name in names if self.is_letter(name)}
        if names & self.local or not names <= {*letters, *self.page.values}:
            return None
        try:
            self.trials.effort.start()
            return lies(evaluate(node, self.trials.trial(0).frame().having(letters)))
        except SHAPELESS:
            return None


def _names(node: Node) -> Iterator[str]:
    """The symbols and letters in a tree, as often as they are printed."""
    return (name for part in node.walk() if isinstance(name := part.reads(), str))


@cache
def _shapes(trials: Trials) -> dict[str, Any]:
    """The symbols of a page by the shapes that they have on some trials."""
    found: dict[str, Any] = {}
    names = trials.names
    for name in names.values:
        node = names.node(name)
        shape: list[Any] = [names.is_whole(node.name)]
        try:
            trials.effort.start()
            for number in TRIALS:
                value = trials.trial(number).value(node.symbol)
                shape += [lies(value), value.shape if isinstance(value, Array) else ()]
        except SHAPELESS:
            continue
        found[node.name] = tuple(shape)
    return found
