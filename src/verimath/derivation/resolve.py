"""A page's formulas read in the light of those that it builds on: first their names, then their expressions."""

from __future__ import annotations

from ..latex.accept import check_equation
from ..latex.read import Head, head, parted, read
from ..meaning.expression import Derivative, Name
from ..meaning.statement import Declaration, Definition, Revaluation, Statement, axes, expressions, is_whole
from ..message.refusal import Refusal
from ..message.source import Span
from ..names.scope import OF, Bound, Formula, Scope
from ..page.blocks import Equation
from ..page.page import Page


def columns_of(page: Page) -> bool:
    """Whether a page says that its vectors are columns."""
    return page.front_matter.get("vectors") == "column"


def scope_of(page: Page, parents: list[Scope]) -> Scope:
    """Read a page's formulas in the light of those that it builds on.

    Raises:
        Refusal: where two of the pages that it builds on define one name.
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
            check_equation(equation)
            for atoms in parted(equation.tex):
                found.append(head(atoms, scope.known))
                if equation.defines:
                    _register(scope, found[-1], equation, page, inherited)
        except Refusal as refusal:
            formula.failure = ill_formed(equation, refusal)
        heads.append((formula, found))
    for formula, found in heads:
        if formula.failure is None and formula.equation.defines:
            _read(scope, formula, found, page)
    for formula, found in heads:
        if formula.failure is None and not formula.equation.defines:
            _read_apart(scope, formula, found, page)
    for formula in scope.formulas:
        for statement in formula.statements:
            names = formula.own or scope
            if formula.failure is None and (fault := underivable(names, statement)) is not None:
                formula.failure = ill_formed(formula.equation, fault)
                _fail(scope, formula.equation, formula.failure)
    return scope


def _read_apart(scope: Scope, formula: Formula, heads: list[Head], page: Page) -> None:
    """Read a formula that must be refused: it may define names, which no other formula sees."""
    own = scope.copy()
    formula.own = own
    later = [name for found in heads for name in found.names if found.kind in ("declaration", "definition")]
    for name in later:
        bound = own.values.get(name)
        if bound is not None and bound.equation.fence.span.line > formula.equation.fence.span.line:
            del own.values[name]
    try:
        for found in heads:
            _register(own, found, formula.equation, page, set())
    except Refusal as error:
        formula.failure = error
        return
    _read(own, formula, heads, page)


def underivable(scope: Scope, statement: Statement) -> Refusal | None:
    """What a value doesn't depend on can't be its variable: of a derivative, of L = L(x). Nor can a whole number.

    Nor may a function read what depends on a symbol that its parameter stands for there.
    """
    if isinstance(statement, Definition) and statement.parameters:
        own = {*statement.parameters, *(scope.known.sizes.get(statement.name, ()) if statement.domains else ())}
        for read in (part for root in expressions(statement) for part in root.walk() if isinstance(part, Name)):
            if read.name not in own and read.name in scope.values and (hidden := scope.reads(read.name) & own):
                what = f"`{read.name.split(OF)[0]}` depends on the page's `{min(hidden)}`, which is a parameter here"
                return Refusal(what, "declare it as a function of that, or rename the parameter", rule=8, at=read.at)
    if isinstance(statement, Revaluation) and not statement.domains:
        depends_on = scope.reads(scope.targets.get((statement.name, len(statement.parameters)), statement.name))
        for name in statement.parameters:
            if name not in depends_on:
                return Refusal(
                    f"`{statement.name}` doesn't depend on `{name}`",
                    "write what it depends on",
                    rule=3,
                    at=statement.at,
                )
    for node in (part for root in expressions(statement) for part in root.walk() if isinstance(part, Derivative)):
        depends_on = scope.read_by([node.value])
        for variable in node.variables:
            if variable.name not in depends_on:
                what = f"what is derived doesn't depend on `{variable.name.split(OF)[0]}`"
                return Refusal(what, "derive what reads it, or write 0", rule=20, at=variable.at)
            if variable.name in scope.known.whole:
                return Refusal(
                    f"`{variable.name}` is a whole number", "derive by a real number", rule=20, at=variable.at
                )
    return None


def ill_formed(equation: Equation, refusal: Refusal) -> Refusal:
    """The refusal of an equation that can't be read; one that has its place in the file stays as it is."""
    if refusal.span is not None:
        return refusal
    return refusal.told(f"equation `{equation.label}` is ill-formed", equation.fence.at(refusal.at))


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
    scope.known.sizes.update(parent.known.sizes)


def _alike(one: Bound, other: Bound) -> bool:
    """Whether two pages declare a symbol in the same set."""
    a, b = one.statement, other.statement
    return isinstance(a, Declaration) and isinstance(b, Declaration) and a.domain == b.domain


def _twice(page: Page, name: str, one: Bound, other: Bound) -> Refusal:
    return Refusal(
        f"they stand at {one.place} and {other.place}",
        "rename one of them, or build on one of the pages",
        rule=3,
        what=f"this page builds on two definitions of `{name}`",
        span=Span(page.file, 1, 0, page.lines[0] if page.lines else ""),
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


def _refuse_second(scope: Scope, name: str, equation: Equation, at: int, inherited: set[str], declares: bool) -> None:
    other = scope.values.get(name)
    if other is None:
        return
    if name in inherited and declares:
        readers = [key for key in inherited if key != name and name in scope.reads(key)]
        readers += [key[0] for key in scope.functions if name in scope.read_by_function(key)]
        if isinstance(other.statement, Declaration) and not readers:
            scope.forget_reads()
            inherited.discard(name)
            return
    raise Refusal(
        f"`{name}` is there already, at {other.place}",
        "write = for a claim, or give it another name",
        rule=3,
        what=f"equation `{equation.label}` is ill-formed",
        span=equation.fence.at(at),
    )


def _refuse_second_function(scope: Scope, key: tuple[str, int], equation: Equation, at: int) -> None:
    other = scope.functions.get(key)
    if other is not None:
        raise Refusal(
            f"`{key[0]}` is a function already, at {other.place}",
            "write = for a claim, or give it another name",
            rule=3,
            what=f"equation `{equation.label}` is ill-formed",
            span=equation.fence.at(at),
        )


def _read(scope: Scope, formula: Formula, heads: list[Head], page: Page) -> None:
    """Read the expressions of a formula, and tie its statements to their names."""
    equation = formula.equation
    try:
        formula.statements = _statements(scope, heads, equation.tex)
    except Refusal as error:
        formula.failure = ill_formed(equation, error)
        _fail(scope, equation, formula.failure)
        return
    scope.forget_reads()
    for statement in formula.statements:
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


def _statements(scope: Scope, heads: list[Head], tex: str) -> tuple[Statement, ...]:
    statements: list[Statement] = []
    for found in heads:
        known = scope.known
        if found.kind == "definition" and found.names[0] in known.maps_defined and not found.parameters:
            [name] = found.names
            known = known.within((*known.maps[name], *known.sizes.get(name, ())))
        statements += read(found, known, tex)
    return tuple(statements)


def statements_of(scope: Scope, tex: str) -> tuple[Statement, ...]:
    """What another formula would say on a page that has been read; it brings no names of its own.

    Raises:
        Refusal: at what has no meaning there.
    """
    statements = _statements(scope, [head(atoms, scope.known) for atoms in parted(tex)], tex)
    for statement in statements:
        if (fault := underivable(scope, statement)) is not None:
            raise fault
    return statements


def _fail(scope: Scope, equation: Equation, failure: Refusal) -> None:
    """What an equation declares or defines has no value, by its fault."""
    for bound in [*scope.values.values(), *scope.functions.values()]:
        if bound.equation is equation:
            bound.failure = failure
