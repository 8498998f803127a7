"""What a page's formulas may use: its own declarations and definitions, and those of the pages that it builds on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from .blocks import Equation
from .errors import VerimathError
from .expression import Apply, Derivative, Name, Node, Prime, Range, Variable
from .pages import Page
from .reader import Head, Known, Unreadable, head, parted, read
from .reader.letters import roots
from .source import Span
from .statement import Declaration, Definition, Revaluation, Statement, axes, is_whole

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

    def has_its_parameters(self, key: str) -> bool:
        """Whether a value can be evaluated on the page: a map's can, where the page declares what the map takes."""
        if OF not in key:
            return True
        return key in self.known.aliases.values()

    def reads(self, key: str) -> frozenset[str]:
        """All symbols that a symbol's value depends on, itself among them."""
        if key not in self._reads:
            self._reads[key] = frozenset({key})  # while it is being found: a circle is found when it is evaluated
            self._reads[key] = frozenset({key}) | self._read_by(self.values.get(key))
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
                found |= self._read_by_function((node.name, len(node.arguments)))
            elif isinstance(node, Prime):
                found |= self._read_by_function((node.name, 1))
        return frozenset(found)

    def _read_by_function(self, key: tuple[str, int]) -> frozenset[str]:
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


def columns_of(page: Page) -> bool:
    """Whether a page says that its vectors are columns."""
    return page.front_matter.get("vectors") == "column"


def scope_of(page: Page, parents: list[Scope]) -> Scope:
    """Read a page's formulas in the light of those that it builds on.

    Raises:
        VerimathError: where two of the pages that it builds on define one name.
    """
    scope = Scope(columns=columns_of(page))
    for parent in parents:
        _inherit(scope, parent, page)
    inherited = {*scope.values}
    heads: list[tuple[Formula, list[Head]]] = []
    for equation in page.equations:
        formula = Formula(equation)
        scope.formulas.append(formula)
        found: list[Head] = []
        try:
            for atoms in parted(equation.tex):
                found.append(head(atoms, scope.known))
                if equation.defines:
                    _register(scope, found[-1], equation, page, inherited)
        except Unreadable as error:
            formula.failure = ill_formed(equation, error)
        except VerimathError as error:
            formula.failure = error
        heads.append((formula, found))
    for formula, found in heads:
        if formula.failure is None:
            _read(scope, formula, found, page)
    for formula in scope.formulas:
        for statement in formula.statements:
            if formula.failure is None and (fault := underivable(scope, statement)) is not None:
                formula.failure = ill_formed(formula.equation, fault)
                _fail(scope, formula.equation, formula.failure)
    return scope


def underivable(scope: Scope, statement: Statement) -> Unreadable | None:
    """What a value doesn't depend on can't be its variable: of a derivative, of L = L(x). Nor can a whole number."""
    if isinstance(statement, Revaluation) and not statement.domains:
        read = scope.reads(scope.targets.get((statement.name, len(statement.parameters)), statement.name))
        for name in statement.parameters:
            if name not in read:
                return Unreadable(statement.at, f"`{statement.name}` doesn't depend on `{name}`", "write what it depends on")
    for node in (part for root in roots(statement) for part in root.walk() if isinstance(part, Derivative)):
        read = scope.read_by([node.value])
        for variable in node.variables:
            if variable.name not in read:
                what = f"what is derived doesn't depend on `{variable.name.split(OF)[0]}`"
                return Unreadable(variable.at, what, "derive what reads it, or write 0")
            if variable.name in scope.known.whole:
                return Unreadable(variable.at, f"`{variable.name}` is a whole number", "derive by a real number")
    return None


def ill_formed(equation: Equation, error: Unreadable) -> VerimathError:
    """The error of an equation that can't be read."""
    return VerimathError(
        equation.fence.at(error.at), f"equation `{equation.label}` is ill-formed", error.evidence, error.way_out
    )


def _inherit(scope: Scope, parent: Scope, page: Page) -> None:
    for key, bound in parent.values.items():
        other = scope.values.setdefault(key, bound)
        if other is not bound and not _alike(other, bound):
            raise _twice(page, key, other, bound)
    for call, bound in parent.functions.items():
        other = scope.functions.setdefault(call, bound)
        if other is not bound:
            raise _twice(page, call[0], other, bound)
    scope.targets.update(parent.targets)
    for name, rank in parent.known.values.items():
        if OF not in name and name in parent.values and name not in parent.known.aliases:
            scope.known.values.setdefault(name, rank)
    for name, arities in parent.known.functions.items():
        scope.known.functions[name] = scope.known.functions.get(name, frozenset()) | arities
    scope.known.components.update(parent.known.components)
    scope.known.whole |= parent.known.whole


def _alike(one: Bound, other: Bound) -> bool:
    """Whether two pages declare a symbol in the same set."""
    a, b = one.statement, other.statement
    return isinstance(a, Declaration) and isinstance(b, Declaration) and a.domain == b.domain


def _twice(page: Page, name: str, one: Bound, other: Bound) -> VerimathError:
    return VerimathError(
        Span(page.file, 1, 0, page.lines[0] if page.lines else ""),
        f"this page builds on two definitions of `{name}`",
        f"they stand at {one.place} and {other.place}",
        "rename one of them, or build on one of the pages",
    )


def _register(scope: Scope, found: Head, equation: Equation, page: Page, inherited: set[str]) -> None:
    """Note the names of a statement, before any expression is read."""
    known = scope.known
    bound = Bound(None, equation, scope.columns)
    at = found.left[0].at if found.left else found.relation.at
    if found.kind == "declaration":
        for name in found.names:
            _refuse_second(scope, name, equation, at, inherited, declares=True)
            scope.values[name] = Bound(None, equation, scope.columns)
            known.values[name] = None
            known.aliases.pop(name, None)
        if found.components:
            known.components[found.components] = found.names[0]
    elif found.kind == "map":
        [name] = found.names
        arity = len(found.parameters)
        if arity == 0:
            return
        _refuse_second_function(scope, (name, arity), equation, at)
        scope.functions[name, arity] = bound
        known.functions[name] = known.functions.get(name, frozenset()) | {arity}
        known.maps[name] = found.parameters
    elif found.kind == "revaluation":
        [name] = found.names
        key = (name, len(found.parameters))
        _refuse_second_function(scope, key, equation, at)
        scope.functions[key] = bound
        scope.targets[key] = known.aliases.get(name, name)
        known.functions[name] = known.functions.get(name, frozenset()) | {key[1]}
    elif found.kind == "definition":
        [name] = found.names
        if found.parameters:
            key = (name, len(found.parameters))
            _refuse_second_function(scope, key, equation, at)
            scope.functions[key] = bound
            known.functions[name] = known.functions.get(name, frozenset()) | {key[1]}
        elif name in known.maps and (name, len(known.maps[name])) not in scope.targets:
            _define_map(scope, name, found, bound, page)
        else:
            _refuse_second(scope, name, equation, at, inherited, declares=False)
            scope.values[name] = bound
            known.values[name] = len(found.indices) or None
            known.aliases.pop(name, None)


def _define_map(scope: Scope, name: str, found: Head, bound: Bound, page: Page) -> None:
    """The components of a map: a value with a key of its own, which the map evaluates anew."""
    parameters = scope.known.maps[name]
    key = f"{name}{OF}{page.file}"
    scope.values[key] = bound
    scope.targets[name, len(parameters)] = key
    scope.known.maps_defined.add(name)
    if all(parameter in scope.values for parameter in parameters):
        scope.known.values[name] = len(found.indices) or None
        scope.known.aliases[name] = key


def _refuse_second(
    scope: Scope, name: str, equation: Equation, at: int, inherited: set[str], declares: bool
) -> None:
    other = scope.values.get(name)
    if other is None:
        return
    if name in inherited and declares:
        readers = [key for key in inherited if key != name and name in scope.reads(key)]
        if isinstance(other.statement, Declaration) and not readers:
            scope._reads.clear()
            inherited.discard(name)
            return
    raise VerimathError(
        equation.fence.at(at),
        f"equation `{equation.label}` is ill-formed",
        f"`{name}` is there already, at {other.place}",
        "write = for a claim, or give it another name",
    )


def _refuse_second_function(scope: Scope, key: tuple[str, int], equation: Equation, at: int) -> None:
    other = scope.functions.get(key)
    if other is not None:
        raise VerimathError(
            equation.fence.at(at),
            f"equation `{equation.label}` is ill-formed",
            f"`{key[0]}` is a function already, at {other.place}",
            "write = for a claim, or give it another name",
        )


def _read(scope: Scope, formula: Formula, heads: list[Head], page: Page) -> None:
    """Read the expressions of a formula, and tie its statements to their names."""
    equation = formula.equation
    try:
        statements = _statements(scope, heads, equation.tex)
    except Unreadable as error:
        formula.failure = ill_formed(equation, error)
        _fail(scope, equation, formula.failure)
        return
    formula.statements = statements
    if not equation.defines:
        return
    for statement in statements:
        match statement:
            case Declaration(names, domain):
                for name in names:
                    scope.values[name].statement = statement
                    scope.known.values[name] = axes(domain)
                    if is_whole(domain):
                        scope.known.whole.add(name)
            case Definition(name=name, parameters=()):
                key = scope.known.aliases.get(name) or f"{name}{OF}{page.file}"
                scope.values[key if key in scope.values else name].statement = statement
            case Definition(name=name, parameters=parameters):
                scope.functions[name, len(parameters)].statement = statement
            case Revaluation(name, parameters) if parameters:
                scope.functions[name, len(parameters)].statement = statement


def _statements(scope: Scope, heads: Iterable[Head], tex: str) -> tuple[Statement, ...]:
    statements: list[Statement] = []
    for found in heads:
        known = scope.known
        if found.kind == "definition" and found.names[0] in known.maps_defined and not found.parameters:
            [name] = found.names
            known = known.within((*known.maps[name], *known.sizes.get(name, ())))
        statements += read(found, known, tex)
    return tuple(statements)


def statements_of(scope: Scope, tex: str) -> tuple[Statement, ...]:
    """What a formula says on a page that has been read; it brings no names of its own.

    Raises:
        Unreadable: at what has no meaning there.
    """
    statements = _statements(scope, [head(atoms, scope.known) for atoms in parted(tex)], tex)
    for statement in statements:
        if (fault := underivable(scope, statement)) is not None:
            raise fault
    return statements


def _fail(scope: Scope, equation: Equation, failure: VerimathError) -> None:
    """What an equation declares or defines has no value, by its fault."""
    for bound in [*scope.values.values(), *scope.functions.values()]:
        if bound.equation is equation:
            bound.failure = failure
