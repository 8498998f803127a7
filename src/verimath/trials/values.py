"""One trial: the value of each symbol of a page, drawn or computed when it is first read.

Inside a function or a derivative it is the trial with some symbols replaced, by an argument or by the variable; what
doesn't depend on those is shared.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from copy import copy
from dataclasses import replace
from typing import Any

from ..evaluation import Frame, Variables, axis, components, evaluate, holds, made_independent, range_between
from ..evaluation.effort import CALLING, MANY_DIGITS, Effort, carried, work_of
from ..evaluation.frame import Found
from ..meaning.expression import Name, Range, Symbol
from ..meaning.statement import Arrays, Declaration, Definition, Domain, Matrices, Revaluation, axes
from ..meaning.subscripted import numbered_axes
from ..message.refusal import NoValue, Refusal
from ..names.table import Binding, Names
from ..numbers.array import Array, Value, kind, lies, same_shape
from .draw import Draw, drawn

# So many definitions may be under way, each inside of another: a function that calls itself never ends.
DEEPEST = 60


class Trial:
    """The values of a page's symbols.

    Attributes:
        names: the page's.
        draw: the trial.
        context: mpmath's, or None for floats.
        replaced: symbols that have another value here than on the trial.
        outer: what they are replaced in; None for the trial as it is drawn.
        weight: how many times as long operations take here as on floats.
        known: the values that were read.
        interprets: whether all is left to the evaluator, whose messages are wanted.
    """

    def __init__(
        self,
        names: Names,
        draw: Draw,
        effort: Effort,
        context: Any = None,
        replaced: Mapping[Symbol, Value] | None = None,
        outer: Trial | None = None,
        weight: int = 1,
    ) -> None:
        self.names, self.draw, self.effort, self.context = names, draw, effort, context
        self.replaced, self.outer = replaced or {}, outer
        self.weight = weight
        self.known: dict[Symbol, Value] = dict(self.replaced)
        self.interprets = False
        self.found: Found = {}
        # Definitions that are being evaluated, the innermost last; and symbols that are being drawn.
        self._under_way: list[Binding] = []
        self._being_drawn: set[str] = set()
        self._independent: dict[Symbol, tuple[Trial, Variables]] = {}
        self._images: dict[tuple[Binding, tuple[Value, ...]], Value] = {}

    def spend(self, work: int) -> None:
        self.effort.spend(work * self.weight)

    def spend_plainly(self, work: int) -> None:
        """Note work on numbers of which each derivative is counted by itself."""
        self.effort.spend(work * (1 if self.context is None else MANY_DIGITS))

    def carrying(self, slopes: int) -> Trial:
        """The same, where each number carries so many derivatives."""
        heavier = copy(self)
        heavier.weight *= carried(slopes)
        return heavier

    def interpreting(self) -> Trial:
        """The same, where all is left to the evaluator."""
        plain = copy(self)
        plain.interprets = True
        return plain

    def anew(self) -> Trial:
        """The same, of which nothing is known yet: of what was computed before, one sees no more what it divides by."""
        return Trial(self.names, self.draw, self.effort, self.context, self.replaced, self.outer, self.weight)

    def frame(self, columns: bool | None = None) -> Frame:
        """Where an expression of the page is evaluated."""
        return Frame(self, {}, self.names.columns if columns is None else columns)

    def value(self, symbol: Symbol) -> Value:
        """A symbol's value.

        Raises:
            Refusal: where it has none.
        """
        if symbol not in self.known:
            if self.outer is not None and not self.names.is_moved(symbol, self.replaced):
                self.known[symbol] = self.outer.value(symbol)
            else:
                self.known[symbol] = self._found(symbol)
        return self.known[symbol]

    def _found(self, symbol: Symbol) -> Value:
        binding = self.names.find(symbol)
        assert binding is not None, symbol
        self.effort.read.add(binding)
        statement = self.names.statement(binding)
        if isinstance(statement, Declaration):
            self._being_drawn.add(binding.name)
            try:
                found = self.drawn(binding.name, statement.domain, binding.columns)
                if isinstance(found, Array):
                    found.is_list = statement.is_list
                self.known[symbol] = found
                for other in statement.narrows:
                    if other not in self._being_drawn:
                        self.value(other)
            except Refusal:
                # What leaves no value to another symbol is none, whenever it is asked for.
                self.known.pop(symbol, None)
                raise
            finally:
                self._being_drawn.discard(binding.name)
            return found
        if not isinstance(statement, Definition) or binding.refusal is not None:
            raise binding.unreadable()
        if binding in self._under_way:
            circle = Refusal(f"`{binding.name}` is defined by itself", "define it by others", rule=5, at=statement.at)
            raise circle.through(binding.culprit())
        return self.defined(statement, self.frame(binding.columns), binding)

    def square(self, symbol: Symbol) -> Value | None:
        """What a symbol's square is defined to be; None where that isn't what its definition says."""
        binding = self.names.find(symbol)
        statement = binding and self.names.statement(binding)
        if binding is None or not isinstance(statement, Definition) or not statement.is_square:
            return None
        [square] = statement.body.children()
        return self.defined(replace(statement, body=square), self.frame(binding.columns), binding)

    def drawn(self, name: str, domain: Domain, columns: bool, local: Mapping[str, Value] | None = None) -> Value:
        """An element of a set, as this trial draws it for a name; `local` are letters that the set may read."""
        frame = self.frame(columns).having(local or {})
        return drawn(domain, name, self.draw, lambda node: evaluate(node, frame), self.context, columns)

    def defined(self, statement: Definition, frame: Frame, binding: Binding) -> Value:
        """What a definition says a symbol or a function is; its components together.

        Raises:
            Refusal: where it says nothing that has a value; the definition is at fault.
        """
        self._under_way.append(binding)
        try:
            return self._components(statement, frame)
        except Refusal as refusal:
            refusal.through(binding.culprit())
            raise
        finally:
            self._under_way.pop()

    def _components(self, statement: Definition, frame: Frame) -> Value:
        ranges = {}
        for letter in statement.indices:
            ranges[letter] = self.range_of(letter, statement, frame)
        frame.symbols.spend(work_of(statement.body) * math.prod(map(len, ranges.values())))
        for condition in statement.reach.conditions:
            if not holds(condition, frame):
                raise NoValue(
                    "this definition's condition doesn't hold here",
                    "let what reads it bear this condition too, or define the other cases",
                    rule=2,
                    at=statement.at,
                )
        return components(statement.body, ranges, frame, frame.columns)

    def range_of(self, letter: str, statement: Definition, frame: Frame) -> range:
        """What a defined component's letter runs over: what \\forall says, or the axes that it indexes."""
        for quantifier in statement.reach.quantifiers:
            if letter in quantifier.letters and isinstance(quantifier.over, Range):
                if any(isinstance(part, Name) and part.name in statement.indices for part in quantifier.over.walk()):
                    raise Refusal(
                        f"what `{letter}` runs over depends on another index of `{statement.name}`",
                        "define all of its components, by cases",
                        rule=2,
                        at=quantifier.over.at,
                    )
                found = range_between(quantifier.over, frame)
                if found.start != 1:
                    raise Refusal(
                        f"components that begin at {found.start}",
                        "number those that are defined from 1",
                        rule=13,
                        at=quantifier.over.at,
                    )
                return found
        # What another index picks has as many components, whichever it is.
        firsts = frame.having(dict.fromkeys(statement.indices, 1))
        return axis(letter, tuple(numbered_axes(statement.body, letter)), firsts, statement.at)

    def having(self, replaced: Mapping[Symbol, Value]) -> Trial:
        """This trial with other values of some symbols."""
        return Trial(self.names, self.draw, self.effort, self.context, replaced, self, self.weight)

    def independent(self, symbol: Symbol, fresh: bool) -> tuple[Trial, Variables]:
        """This trial with a symbol as the variable of a derivative; a `fresh` one has a level above all others."""
        if fresh or symbol not in self._independent:
            moved, of = made_independent(self.value(symbol))
            self._independent[symbol] = self.having({symbol: moved}).carrying(of.count), of
        return self._independent[symbol]

    def applied(self, name: str, arguments: tuple[Value, ...]) -> Value:
        """A function's value.

        Raises:
            Refusal: where the arguments don't fit it, or its definition gives none.
        """
        binding = self.names.functions[name][len(arguments)]
        self.effort.read.add(binding)
        statement = self.names.statement(binding)
        if binding.refusal is not None or statement is None:
            raise binding.unreadable()
        self.spend(CALLING)  # what it reads is counted where that is evaluated
        if isinstance(statement, Revaluation):
            return _of_set(self._image(statement, binding, arguments), statement.target, name)
        assert isinstance(statement, Definition)
        local: dict[str, Value] = dict(zip(statement.parameters, arguments, strict=True))
        local.update(_own_sizes(statement.domains, arguments, name))
        if len(self._under_way) > DEEPEST:
            circle = Refusal(f"`{name}` calls itself", "define it by others", rule=8, at=statement.at)
            raise circle.through(binding.culprit())
        value = self.defined(statement, Frame(self, local, binding.columns), binding)
        return _of_set(value, statement.target, name)

    def _image(self, statement: Revaluation, binding: Binding, arguments: tuple[Value, ...]) -> Value:
        """What a map gives; found once for the same arrays, since a sum asks for it component by component."""
        if not all(isinstance(argument, Array) for argument in arguments):
            return self._revalued(statement, binding, arguments)
        if (binding, arguments) not in self._images:
            self._images[binding, arguments] = self._revalued(statement, binding, arguments)
        return self._images[binding, arguments]

    def _revalued(self, statement: Revaluation, binding: Binding, arguments: tuple[Value, ...]) -> Value:
        """A value with arguments in the place of what it reads."""
        name = binding.name
        if binding.target is None:
            raise Refusal(f"the map `{name}` has no rule", "write a \\mapsto …, or define its components", rule=23)
        if not statement.domains:
            for parameter, argument in zip(statement.parameters, arguments, strict=True):
                same_shape(self.value(parameter), argument, f"in the place of `{parameter}`, not")
        replaced: dict[Symbol, Value] = dict(zip(statement.parameters, arguments, strict=True))
        # Of a map by its components, its sizes are its arguments'.
        replaced.update(_own_sizes(statement.domains, arguments, name))
        return self.having(replaced).value(binding.target.symbol)


def _of_set(value: Value, target: Domain | None, name: str) -> Value:
    """A map's value, which has as many axes as the set that it goes to says."""
    if target is not None and axes(target) != lies(value)[0]:
        raise Refusal(f"`{name}` gives {kind(value)}", "correct the set that it goes to, or its rule", rule=23)
    return value


def _own_sizes(domains: tuple[Domain, ...], arguments: tuple[Value, ...], name: str) -> dict[str, Value]:
    """The sizes of a map's arguments, by the symbols that its sets name them with.

    Raises:
        Refusal: where an argument isn't of its set.
    """
    found: dict[str, Value] = {}
    for domain, argument in zip(domains, arguments, strict=False):
        if axes(domain) != lies(argument)[0]:
            raise Refusal(
                f"`{name}` of {kind(argument)}",
                f"it takes {['a number', 'a vector', 'a matrix'][min(axes(domain), 2)]}",
                rule=23,
            )
        arrays = domain.of if isinstance(domain, Matrices) else domain
        if not isinstance(arrays, Arrays) or not isinstance(argument, Array):
            continue
        for size, length in zip(arrays.sizes, argument.shape, strict=False):
            if isinstance(size, Name) and found.setdefault(size.name, length) != length:
                raise Refusal(
                    f"`{size.name}` is {found[size.name]} and {length} in one call of `{name}`",
                    "let the sizes fit",
                    rule=23,
                )
    return found
