"""What a page's formulas may use: its own declarations and definitions, and those of the pages that it builds on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from ..meaning.expression import Apply, Name, Node, Prime, Range, Variable
from ..meaning.statement import Declaration, Definition, Revaluation, Statement
from ..message.refusal import Culprit, Refusal
from ..names.known import Known
from ..page.blocks import Equation

# Between a map's name and its page: what the name alone stands for there.
OF = " · "
# A symbol by its key, a function by its name and number of arguments.
Key = str | tuple[str, int]


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
    failure: Refusal | None = None

    @property
    def place(self) -> str:
        return str(self.equation.fence.span)

    def culprit(self, name: str) -> Culprit:
        """It is at fault: `name` is what it is known as."""
        return Culprit(
            name.split(OF, maxsplit=1)[0], self.equation.fence.span, self.failure.evidence if self.failure else ""
        )

    def unreadable(self, name: str) -> Refusal:
        """The refusal of what reads it, though it says nothing that can be read."""
        rule = self.failure.rule if self.failure else 0
        refusal = Refusal(f"`{name}` is ill-formed", "correct its definition", rule, at=0, where="")
        return refusal.through(self.culprit(name))


@dataclass(eq=False)
class Formula:
    """An equation as read: its statements, or why it can't be read."""

    equation: Equation
    statements: tuple[Statement, ...] = ()
    failure: Refusal | None = None
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
    _reads: dict[Key, frozenset[str]] = field(default_factory=dict)

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
        return self._closure(key) | {key}

    def read_by_function(self, key: tuple[str, int]) -> frozenset[str]:
        """All symbols that a function's values depend on, besides its arguments."""
        return self._closure(key)

    def read_by(self, nodes: Iterable[Node]) -> frozenset[str]:
        """All symbols that some expressions depend on."""
        found: set[str] = set()
        for key in _named(nodes):
            found |= self.read_by_function(key) if isinstance(key, tuple) else self.reads(key)
        return frozenset(found)

    def forget_reads(self) -> None:
        """What depends on what is found anew: a name has got its statement."""
        self._reads.clear()

    def _closure(self, key: Key) -> frozenset[str]:
        if not self._reads:
            self._reads.update(self._closures())
        return self._reads.get(key, frozenset())

    def _closures(self) -> dict[Key, frozenset[str]]:
        """What each symbol and function depends on: found by going round until nothing is added, as circles need."""
        direct: dict[Key, tuple[frozenset[Key], frozenset[str]]] = {}
        direct |= {key: self._direct(key, bound) for key, bound in self.values.items()}
        direct |= {key: self._direct(key, bound) for key, bound in self.functions.items()}
        found: dict[Key, frozenset[str]] = dict.fromkeys(direct, frozenset())
        changed = True
        while changed:
            changed = False
            for key, (names, own) in direct.items():
                read: set[str] = set()
                for name in names:
                    # A map's parameters and sizes have no value but where it is applied.
                    read |= found.get(name, frozenset()) | ({name} if isinstance(name, str) else set())
                if len(grown := frozenset(read - own)) > len(found[key]):
                    found[key], changed = grown, True
        return found

    def _direct(self, key: Key, bound: Bound) -> tuple[frozenset[Key], frozenset[str]]:
        """What a definition names, and the names that are its own: parameters, and sizes of its arguments."""
        statement = bound.statement
        if isinstance(key, tuple) and key in self.targets:
            parameters = statement.parameters if isinstance(statement, Revaluation) else ()
            return frozenset({self.targets[key]}), frozenset(parameters)
        if not isinstance(statement, Definition):
            return frozenset(), frozenset()
        inside = [statement.body, *statement.reach.conditions]
        inside += [quantifier.over for quantifier in statement.reach.quantifiers if isinstance(quantifier.over, Range)]
        of_map = isinstance(key, str) and OF in key
        sizes = self.known.sizes.get(key.partition(OF)[0], ()) if of_map and isinstance(key, str) else ()
        return frozenset(_named(inside)), frozenset((*statement.parameters, *sizes))


def _named(nodes: Iterable[Node]) -> Iterator[Key]:
    """The symbols and functions that some expressions name."""
    for node in (part for root in nodes for part in root.walk()):
        match node:
            case Name(name) | Variable(name=name):
                yield name
            case Apply(name, arguments):
                yield name, len(arguments)
            case Prime(name):
                yield name, 1
