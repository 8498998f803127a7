"""What a page's formulas may use: one table of its own names and those of the pages that it builds on."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from ..meaning.expression import Constant, Name, Node, Range, Symbol, Variable
from ..meaning.statement import (
    Complexes,
    Declaration,
    Definition,
    Domain,
    Finite,
    Reals,
    Revaluation,
    Statement,
    Whole,
    is_whole,
    named_in,
    sizes,
)
from ..message.refusal import Culprit, Refusal
from ..page.blocks import Equation
from .closure import Direct, closed

# What stands behind a name.
Meaning = Declaration | Definition | Revaluation


@dataclass(eq=False)
class Binding:
    """What a name stands for: a symbol's value, or a function.

    Attributes:
        name: as printed.
        equation: the fence that declares or defines it.
        columns: whether vectors are columns on its page.
        parameters: of a function, what it takes.
        statement: what its equation says of it; None as long as that isn't read, and where it can't be.
        refusal: why it can't be read, or has no value.
        sizes: of a map, the sizes of its sets that are its arguments' own.
        target: of a function that evaluates a value anew, that value.
        components: of a map that is defined by its components, these; `target` finds them.
        map: of a map's components, the map.
        is_list: whether it has values by its subscript only: A_1, …, A_n.
        counts: whether it is declared as one whole number, as its set is printed.
        is_matrix: whether it is declared as a matrix, as its set is printed.
    """

    name: str
    equation: Equation
    columns: bool
    parameters: tuple[str, ...] = ()
    statement: Meaning | None = None
    refusal: Refusal | None = None
    sizes: tuple[str, ...] = ()
    target: Name | None = None
    components: Binding | None = None
    map: Binding | None = None
    is_list: bool = False
    counts: bool = False
    is_matrix: bool = False

    @property
    def node(self) -> Name:
        """Its value in a tree: a map's components by the map, since other pages may give its name to another value."""
        return Name(self.name, len(self.map.parameters) if self.map else 0)

    @property
    def place(self) -> str:
        return str(self.equation.fence.span)

    def culprit(self) -> Culprit:
        """It is at fault."""
        return Culprit(self.name, self.equation.fence.span, self.refusal.evidence if self.refusal else "")

    def unreadable(self) -> Refusal:
        """The refusal of what reads it, though it says nothing that can be read."""
        rule = self.refusal.rule if self.refusal else 0
        found = Refusal(f"`{self.name}` is ill-formed", "correct its definition", rule, at=0, where="")
        return found.through(self.culprit())


@dataclass(eq=False)
class Formula:
    """An equation as read: its statements, or why it can't be read."""

    equation: Equation
    statements: tuple[Statement, ...] = ()
    failure: Refusal | None = None
    # Of a formula that defines nothing for others: the page's names, and its own.
    own: Names | None = None


@dataclass(eq=False)
class Names:
    """The names of a page.

    Attributes:
        values: symbols that have a value. On its own page, a map's name alone stands for its components.
        functions: by name and number of arguments.
        components: the letter of an array's components, and the array.
        maps: those that the page itself declares.
        parameters: names that have a value only inside the definition that is being read.
        bare: functions that stand without their argument in the statement that is being read, and what that is there.
        defining: the symbol whose definition is being read, which has no value there; empty elsewhere.
        formulas: of the page itself, in order.
        columns: whether its vectors are columns.
        arguments: what a function takes without brackets, "product"; empty where the page doesn't say it.
        logarithm: the base of \\log: "natural", "2" or "10"; empty where the page doesn't say it.
        nabla_squared: what \\nabla^2 is, "hessian" or "laplacian"; empty where the page doesn't say it.
        star: what a star above is, "adjoint" or "conjugate"; empty where the page doesn't say it.
        derivatives: whose axes come first in a derivative of a vector by one, "numerator" or "denominator"; the first
            where the page doesn't say it.
        dagger: what a dagger above is, "adjoint" or "pseudo-inverse"; empty where the page doesn't say it.
        prime: what a prime on a value is, "transpose"; empty where it is a part of names, or a derivative.
        inner_product: which vector of a complex one is conjugated, "first" or "second"; empty where it isn't said.
        instead: what a name means here instead of what its page says.
        worded: its names whose subscript is a word by its font.
        whole_lists: whether the name of a list may stand for all of its arrays, as it does in code.
        looks: what its letters look like when they are printed, and how they are written.
        announced: the names without a script that the page's own statements bring, be they read by now or not.
    """

    values: dict[str, Binding] = field(default_factory=dict)
    functions: dict[str, dict[int, Binding]] = field(default_factory=dict)
    components: dict[str, str] = field(default_factory=dict)
    maps: dict[str, Binding] = field(default_factory=dict)
    parameters: frozenset[str] = frozenset()
    bare: dict[str, str] = field(default_factory=dict)
    defining: str = ""
    formulas: list[Formula] = field(default_factory=list)
    columns: bool = False
    arguments: str = ""
    logarithm: str = ""
    nabla_squared: str = ""
    star: str = ""
    derivatives: str = ""
    dagger: str = ""
    prime: str = ""
    inner_product: str = ""
    instead: dict[Binding, Definition] = field(default_factory=dict)
    worded: set[str] = field(default_factory=set)
    looks: dict[Hashable, str] = field(default_factory=dict)
    whole_lists: bool = False
    announced: frozenset[str] = frozenset()
    # By whether what a declaration's set reads counts.
    _closures: dict[bool, dict[Binding, frozenset[Hashable]]] = field(default_factory=dict, init=False)

    # What a formula's reader asks

    def key(self, name: str) -> str:
        """The symbol that a name stands for: of the letter of an array's components, the array."""
        return name if name in self.parameters else self.components.get(name, name)

    def node(self, name: str, at: int = 0) -> Name:
        """A name as a tree has it."""
        key = self.key(name)
        if key in self.parameters or key not in self.values:
            return Name(key, at=at)
        return replace(self.values[key].node, at=at)

    def has_value(self, name: str) -> bool:
        return name in self.values or name in self.parameters

    def is_list(self, name: str) -> bool:
        """Whether a name is that of a list, and no array by itself."""
        return not (self.whole_lists or name in self.parameters) and name in self.values and self.values[name].is_list

    def counts(self, name: str) -> bool:
        """Whether a symbol is declared as one whole number; it may be asked before its set is read."""
        return name not in self.parameters and name in self.values and self.values[name].counts

    def is_matrix(self, name: str) -> bool:
        """Whether a symbol is declared as a matrix; it may be asked before its set is read."""
        return name not in self.parameters and name in self.values and self.values[name].is_matrix

    def is_brought(self, name: str) -> bool:
        """Whether a name is one of the page's, though its statement may come later."""
        return name in self.announced or name in self

    def is_constant(self, name: str) -> bool:
        r"""Whether a symbol is defined as a constant of the language, as in i \coloneqq \mathrm{i}, and read by now."""
        statement = self.values[name].statement if name in self.values and name not in self.parameters else None
        return isinstance(statement, Definition) and isinstance(statement.body, Constant)

    def __contains__(self, name: str) -> bool:
        return self.has_value(name) or name in self.functions or name in self.components

    def within(self, parameters: Iterable[str]) -> Names:
        """The same names, and a function's parameters, which shadow the page's."""
        own = frozenset(parameters)
        return replace(
            self,
            parameters=self.parameters | own,
            functions={name: found for name, found in self.functions.items() if name not in own},
            components={name: array for name, array in self.components.items() if name not in own},
        )

    def having_bare(self, bare: dict[str, str]) -> Names:
        """The same names, and functions that may stand without their argument."""
        return replace(self, bare=bare)

    def without(self, letters: Iterable[str]) -> Names:
        """The same names, but for declared numbers whose letters a sum binds to values of its own."""
        own = {letter for letter in letters if letter in self.values}
        values = {name: found for name, found in self.values.items() if name not in own}
        return replace(self, values=values) if own else self

    def own_components(self, name: str) -> Binding | None:
        """Of a map of this page, its components, if it is defined by them."""
        return self.maps[name].components if name in self.maps else None

    # What evaluation asks

    def find(self, symbol: Symbol) -> Binding | None:
        """What a symbol of a tree stands for; None where that is a letter or a parameter."""
        if isinstance(symbol, str):
            return self.values.get(symbol)
        found = self.function(*symbol)
        return found and found.components

    def function(self, name: str, arguments: int) -> Binding | None:
        """The function of this name that takes so many arguments."""
        return self.functions.get(name, {}).get(arguments)

    def statement(self, binding: Binding) -> Meaning | None:
        """What a name means here."""
        return self.instead.get(binding, binding.statement)

    def domain(self, name: str) -> Domain | None:
        """The set that a symbol is declared in; None for what isn't declared."""
        binding = self.values.get(name)
        statement = binding and self.statement(binding)
        return statement.domain if isinstance(statement, Declaration) else None

    def is_number(self, name: str) -> bool:
        """Whether a symbol is declared as one number, so far as its set was read."""
        return name not in self.parameters and isinstance(self.domain(name), Complexes | Finite | Reals | Whole)

    def is_whole(self, name: str) -> bool:
        """Whether a symbol is declared as a whole number, or an array of such."""
        domain = self.domain(name)
        return domain is not None and is_whole(domain)

    # What a page tells

    def define_map(self, of: Binding, components: Binding) -> None:
        """A map is defined by its components, for which its name stands where the page has what it takes."""
        components.map = self._set_map(of, Name(of.name, len(of.parameters)), components)
        if all(parameter in self.values for parameter in of.parameters):
            self.values[of.name] = components

    def forget(self, binding: Binding) -> None:
        """A value isn't there, or not yet."""
        if self.values.get(binding.name) is binding:
            del self.values[binding.name]
        if binding.map is not None:
            self._set_map(binding.map, None, None)

    def _set_map(self, of: Binding, target: Name | None, components: Binding | None) -> Binding:
        # Other tables may have the map without these components.
        new = replace(of, target=target, components=components)
        self.functions[of.name][len(of.parameters)] = self.maps[of.name] = new
        return new

    # Other tables

    def copy(self) -> Names:
        """The same names, to which others can be added."""
        return replace(
            self,
            values=dict(self.values),
            functions={name: dict(found) for name, found in self.functions.items()},
            components=dict(self.components),
            maps=dict(self.maps),
            formulas=[],
        )

    def having(self, binding: Binding, definition: Definition) -> Names:
        """The same names, of which one has another definition."""
        return replace(self, instead={**self.instead, binding: definition})

    # What depends on what

    def bindings(self) -> Iterator[Binding]:
        """All that names stand for, the components of maps among them."""
        yield from (binding for binding in self.values.values() if binding.map is None)
        for found in self.functions.values():
            for binding in found.values():
                yield binding
                if binding.components is not None:
                    yield binding.components

    def reads(self, symbol: Symbol) -> frozenset[Hashable]:
        """All symbols that a symbol's value depends on, itself among them."""
        binding = self.find(symbol)
        return (self.read_by_binding(binding) if binding else frozenset()) | {symbol}

    def is_moved(self, symbol: Symbol, replaced: Mapping[Symbol, object]) -> bool:
        """Whether a symbol's value depends on one of these."""
        binding = self.find(symbol)
        reads: frozenset[Hashable] = self.read_by_binding(binding) if binding else frozenset()
        return symbol in replaced or not replaced.keys().isdisjoint(reads)

    def read_by_binding(self, binding: Binding) -> frozenset[Hashable]:
        """All symbols that a value, or a function beside its arguments, depends on, and what they stand for."""
        return self._closure(False).get(binding, frozenset())

    def read_by(self, nodes: Iterable[Node], with_sets: bool = False) -> frozenset[Hashable]:
        """All symbols that some expressions depend on, and what they stand for.

        Args:
            nodes: the expressions.
            with_sets: whether a declared symbol depends on what the sizes and bounds of its set read.
        """
        found, closure = self._named(nodes), self._closure(with_sets)
        return found.union(*(closure[each] for each in found if isinstance(each, Binding) and each in closure))

    def named(self, nodes: Iterable[Node]) -> frozenset[Hashable]:
        """The symbols that some expressions name themselves, and what they stand for."""
        return self._named(nodes)

    def forget_reads(self) -> None:
        """What depends on what is found anew: a name has got its statement."""
        self._closures.clear()

    def _closure(self, with_sets: bool) -> dict[Binding, frozenset[Hashable]]:
        if with_sets not in self._closures:
            self._closures[with_sets] = closed({each: self._direct(each, with_sets) for each in self.bindings()})
        return self._closures[with_sets]

    def _direct(self, binding: Binding, with_sets: bool) -> Direct:
        """What a declaration or definition names, and the names that are its own."""
        statement = self.statement(binding)
        if binding.target is not None:
            parameters = statement.parameters if isinstance(statement, Revaluation) else ()
            return Direct(self._with_meaning(binding.target.symbol), frozenset(parameters))
        match statement:
            case Declaration(domain=domain) if with_sets:
                return Direct(self._named(sizes(domain)))
            case Definition(indices=indices, parameters=parameters, body=body, reach=reach):
                inside = [body, *reach.conditions]
                for over in (quantifier.over for quantifier in reach.quantifiers if quantifier.over is not None):
                    if isinstance(over, Range):
                        inside.append(over)
                    elif with_sets:
                        inside += sizes(over)
                # A map's parameters and sizes have no value but where it is applied.
                own = binding.map.sizes if binding.map else ()
                return Direct(self._named(inside), frozenset((*parameters, *indices, *named_in(reach), *own)))
        return Direct(frozenset())

    def _named(self, nodes: Iterable[Node]) -> frozenset[Hashable]:
        """The symbols and functions that some expressions name, and what they stand for."""
        found: set[Hashable] = set()
        for part in (part for root in nodes for part in root.occurrences):
            match part.node:
                case Name(name) | Variable(name) if name in part.bound:
                    continue
                case Name() | Variable() as node:
                    found |= self._with_meaning(node.symbol)
                case node if isinstance(call := node.reads(), tuple):
                    found.add(self.function(*call))
        return frozenset(found - {None})

    def _with_meaning(self, symbol: Symbol) -> frozenset[Hashable]:
        binding = self.find(symbol)
        return frozenset({symbol} if binding is None else {symbol, binding})
