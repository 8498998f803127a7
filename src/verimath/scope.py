"""What a page's formulas may use: its own declarations and definitions, and those of the pages that it builds on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from .blocks import Equation
from .errors import VerimathError
from .expression import Apply, Name, Node, Prime, Range, Variable
from .reader import Known
from .statement import Declaration, Definition, Revaluation, Statement

# Between a map's name and its page: what the name alone stands for there.
OF = " · "


@dataclass(eq=False)
class Bound:
    """A name's declaration or definition, with where it stands.

    Attributes:
        statement: what it says; None where it can't be read.
        equation: the fence that holds it.
        columns: whether vectors are columns on its page.
    """

    statement: Declaration | Definition | Revaluation | None
    equation: Equation
    columns: bool
    failure: VerimathError | None = None

    @property
    def place(self) -> str:
        return str(self.equation.fence.span)


@dataclass(eq=False)
class Formula:
    """An equation as read: its statements, or why it can't be read."""

    equation: Equation
    statements: tuple[Statement, ...] = ()
    failure: VerimathError | None = None
    # Of a formula that defines nothing for others: the page's names, and its own.
    own: Scope | None = None


@dataclass(eq=False)
class Scope:
    """The names of a page.

    Attributes:
        values: symbols that have a value. What a map's bare name stands for on its own page has a key of its own.
        functions: by name and number of arguments; a `Revaluation` evaluates a value anew.
        targets: of a revaluation, the key of the value that it evaluates.
        known: the same for the reader.
        formulas: of the page itself, in order.
        columns: whether its vectors are columns.
    """

    values: dict[str, Bound] = field(default_factory=dict)
    functions: dict[tuple[str, int], Bound] = field(default_factory=dict)
    targets: dict[tuple[str, int], str] = field(default_factory=dict)
    known: Known = field(default_factory=Known)
    formulas: list[Formula] = field(default_factory=list)
    columns: bool = False
    _reads: dict[str, frozenset[str]] = field(default_factory=dict)

    def copy(self) -> Scope:
        """The same names, to which others can be added."""
        known = replace(
            self.known,
            values=dict(self.known.values),
            functions=dict(self.known.functions),
            components=dict(self.known.components),
            whole=set(self.known.whole),
            aliases=dict(self.known.aliases),
            maps=dict(self.known.maps),
            sizes=dict(self.known.sizes),
            maps_defined=set(self.known.maps_defined),
        )
        return Scope(dict(self.values), dict(self.functions), dict(self.targets), known, [], self.columns)

    def has_its_parameters(self, key: str) -> bool:
        """Whether a value can be evaluated on the page: a map's can, where the page declares what the map takes."""
        if OF not in key:
            return True
        return key in self.known.aliases.values()

    def reads(self, key: str) -> frozenset[str]:
        """All symbols that a symbol's value depends on, itself among them."""
        if key not in self._reads:
            self._reads[key] = frozenset({key})  # while it is being found: a circle is found when it is evaluated
            own = self.known.sizes.get(key.partition(OF)[0], ()) if OF in key else ()  # local to the map
            self._reads[key] = frozenset({key}) | (self._read_by(self.values.get(key)) - {*own})
        return self._reads[key]

    def _read_by(self, bound: Bound | None) -> frozenset[str]:
        if bound is None or not isinstance(bound.statement, Definition):
            return frozenset()
        statement = bound.statement
        inside = [statement.body, *statement.scope.conditions]
        inside += [node for q in statement.scope.quantifiers if isinstance(q.over, Range) for node in (q.over,)]
        return self.read_by(inside) - {*statement.parameters}

    def read_by(self, nodes: Iterable[Node]) -> frozenset[str]:
        """All symbols that some expressions depend on."""
        found: set[str] = set()
        for node in (part for root in nodes for part in root.walk()):
            if isinstance(node, Name | Variable):
                # A map's parameters and sizes have no value but where it is applied.
                found |= self.reads(node.name) if node.name in self.values else {node.name}
            elif isinstance(node, Apply):
                found |= self.read_by_function((node.name, len(node.arguments)))
            elif isinstance(node, Prime):
                found |= self.read_by_function((node.name, 1))
        return frozenset(found)

    def read_by_function(self, key: tuple[str, int]) -> frozenset[str]:
        """All symbols that a function's values depend on, besides its arguments."""
        name = f"{key[0]}({key[1]})"
        if name not in self._reads:
            self._reads[name] = frozenset()
            bound = self.functions.get(key)
            if key in self.targets:
                parameters = bound.statement.parameters if bound and isinstance(bound.statement, Revaluation) else ()
                self._reads[name] = self.reads(self.targets[key]) - {*parameters}
            else:
                self._reads[name] = self._read_by(bound)
        return self._reads[name]
