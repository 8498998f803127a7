"""A page's formulas read in the light of those that it builds on: first their names, then their expressions."""

from __future__ import annotations

from collections.abc import Iterator

from ..latex.accept import check_equation
from ..latex.read import (
    Atom,
    DeclarationHead,
    DefinitionHead,
    Head,
    MapHead,
    RevaluationHead,
    brought,
    head,
    parted,
    read,
    sources,
    with_conditions,
)
from ..meaning.expression import Call, Derivative, Evaluated, Name, Node, Number, Product
from ..meaning.operations import more_than_one_factor
from ..meaning.statement import (
    Arrays,
    Claim,
    Declaration,
    Definition,
    Revaluation,
    Simplex,
    Statement,
    drawn_in,
    expressions,
    own_sizes,
)
from ..message.refusal import Refusal
from ..message.source import Span
from ..names.table import Binding, Formula, Names
from ..page.blocks import Equation
from ..page.page import Page
from .looks import check_looks, check_own_names, inherit_looks
from .restrictions import restricted


def columns_of(page: Page) -> bool:
    """Whether a page says that its vectors are columns."""
    return page.front_matter.get("vectors") == "column"


def names_of(page: Page, parents: list[Names]) -> Names:
    """Read a page's formulas in the light of those that it builds on.

    Raises:
        Refusal: where two of the pages that it builds on define one name.
    """
    names = Names(
        columns=columns_of(page),
        arguments=str(page.front_matter.get("arguments", "")),
        logarithm=str(page.front_matter.get("log", "")),
        nabla_squared=str(page.front_matter.get("nabla_squared", "")),
        star=str(page.front_matter.get("star", "")),
        derivatives=str(page.front_matter.get("derivatives", "")),
        dagger=str(page.front_matter.get("dagger", "")),
        prime=str(page.front_matter.get("prime", "")),
        inner_product=str(page.front_matter.get("inner_product", "")),
    )
    for parent in parents:
        _inherit(names, parent, page)
    inherited = {*names.values}
    heads: list[tuple[Formula, list[Head]]] = []
    names.formulas += map(Formula, page.equations)
    laid = [_laid(formula) for formula in names.formulas]
    own = (
        each for formula, found in zip(names.formulas, laid, strict=True) if formula.equation.defines for each in found
    )
    names.announced = frozenset(name for atoms in own for name in brought(atoms))
    for formula, statements in zip(names.formulas, laid, strict=True):
        equation = formula.equation
        found: list[Head] = []
        try:
            for atoms in with_conditions(statements, names):
                check_looks(names, atoms, equation.defines)
                found.append(head(atoms, names))
                check_own_names(names, found[-1])
                if equation.defines:
                    _register(names, found[-1], equation, inherited)
        except Refusal as refusal:
            formula.failure = ill_formed(equation, refusal)
        heads.append((formula, found))
    for formula, found in heads:
        _without_rule(names, formula.equation, found)
    for formula, found in heads:
        if formula.failure is None and formula.equation.defines:
            _read(names, formula, found)
    for formula, found in heads:
        if formula.failure is None and not formula.equation.defines:
            _read_apart(names, formula, found)
    for formula in names.formulas:
        try:
            formula.statements = restricted(formula.statements, formula.own or names)
        except Refusal as refusal:
            formula.failure = formula.failure or ill_formed(formula.equation, refusal)
        for statement in formula.statements:
            seen = formula.own or names
            if formula.failure is None and (fault := underivable(seen, statement)) is not None:
                formula.failure = ill_formed(formula.equation, fault)
                _fail(seen, formula.equation, formula.failure)
    return names


def _laid(formula: Formula) -> list[tuple[Atom, ...]]:
    """The statements of a formula, of which nothing is read yet; none of what is refused, which is noted."""
    try:
        check_equation(formula.equation)
        return parted(formula.equation.tex)
    except Refusal as refusal:
        formula.failure = ill_formed(formula.equation, refusal)
        return []


def _without_rule(names: Names, equation: Equation, heads: list[Head]) -> None:
    """A map that is declared without a rule is a function that has no value, unless another statement gives it one."""
    for found in heads:
        if isinstance(found, MapHead) and not found.parameters and equation.defines:
            binding = Binding(found.name, equation, names.columns)
            names.functions.setdefault(found.name, {}).setdefault(found.arguments, binding)


def _read_apart(names: Names, formula: Formula, heads: list[Head]) -> None:
    """Read a formula that must be refused: it may define names, which no other formula sees."""
    own = names.copy()
    formula.own = own
    for name in (name for found in heads for name in _given(found)):
        binding = own.values.get(name) or own.own_components(name)
        if binding is not None and binding.equation.fence.span.line > formula.equation.fence.span.line:
            own.forget(binding)
    try:
        for found in heads:
            _register(own, found, formula.equation, set())
    except Refusal as error:
        formula.failure = error
        return
    _read(own, formula, heads)


def _given(found: Head) -> tuple[str, ...]:
    """The symbols that a statement declares or defines."""
    match found:
        case DeclarationHead():
            return found.names
        case DefinitionHead():
            return (found.name,)
    return ()


def underivable(names: Names, statement: Statement) -> Refusal | None:
    """What a value doesn't depend on can't be its variable: of a derivative, of L = L(x). Nor can a whole number.

    Nor may a statement read what depends on a symbol whose name has another value there.
    """
    fault = _hidden(names, statement) or _unclear_extent(names, statement)
    if fault is not None:
        return fault
    match statement:
        case Revaluation(name, parameters, domains=()):
            binding = names.function(name, len(parameters))
            depends_on = names.reads(binding.target.symbol if binding and binding.target else name)
            for parameter in parameters:
                if parameter not in depends_on:
                    what = f"`{name}` doesn't depend on `{parameter}`"
                    return Refusal(what, "write what it depends on", rule=3, at=statement.at)
    derived = (Derivative, Evaluated)
    for node in (part for root in expressions(statement) for part in root.walk() if isinstance(part, derived)):
        if isinstance(node, Evaluated) and node.follows and _is_read_twice(names, node):
            what = "whether this bar belongs to the derivative or to what it derives isn't clear"
            way_out = "write \\left. … \\right|_{t = u} around what it belongs to"
            return Refusal(what, way_out, rule=19, at=node.at)
        depends_on = names.read_by([node.value])
        for variable in node.variables:
            if variable.symbol not in depends_on:
                doing = "derived" if isinstance(node, Derivative) else "evaluated"
                what = f"what is {doing} doesn't depend on `{variable.name}`"
                way_out = "derive what reads it, or write 0"
                if isinstance(node, Evaluated):
                    way_out = "delete the bar, or name what it reads"
                if isinstance(node.value, Name) and names.domain(node.value.name) is not None:
                    way_out = f"define `{node.value.name}` by \\coloneqq in the place of \\in, or write 0"
                return Refusal(what, way_out, rule=20, at=variable.at)
            if names.is_whole(variable.name) and isinstance(node, Derivative):
                what = f"`{variable.name}` is a whole number"
                return Refusal(what, "derive by a real number", rule=20, at=variable.at)
    return None


def _unclear_extent(names: Names, statement: Statement) -> Refusal | None:
    r"""The refusal of \operatorname{tr} A B where A may be square, by what is declared: of A alone?"""
    for node in (part for root in expressions(statement) for part in root.walk() if isinstance(part, Product)):
        first: Node = node
        while isinstance(first, Product):
            first = first.left
        if node.taken and not _is_no_square(names, first):
            return more_than_one_factor(node.taken).placed(node.at)
    return None


def _is_no_square(names: Names, node: Node) -> bool:
    """Whether a factor is no square matrix whatever is drawn: a number, a vector, or one of two sizes."""
    match node:
        case Number():
            return True
        case Call("transpose" | "adjoint" | "conjugate", argument):
            return _is_no_square(names, argument)
        case Name(name):
            match names.domain(name):
                case Simplex() | Arrays(sizes=(_,)):
                    return True
                case Arrays(sizes=(rows, columns)):
                    return rows != columns and all(_is_free(names, each) for each in (rows, columns))
            return names.is_number(name)
    return False


def _is_free(names: Names, size: Node) -> bool:
    """Whether a size is a printed number, or a declared symbol: of two others, both may be the same."""
    return isinstance(size, Number) or (isinstance(size, Name) and names.domain(size.name) is not None)


def _is_read_twice(names: Names, node: Evaluated) -> bool:
    """Whether what is derived could be evaluated first, and depend on the derivative's variables yet."""
    assert isinstance(node.value, Derivative)
    by = {variable.symbol for variable in node.value.variables}
    return not by <= {variable.symbol for variable in node.variables} or bool(by & names.read_by(node.points))


def _hidden(names: Names, statement: Statement) -> Refusal | None:
    """The refusal of what depends on a symbol of the page whose name has another value in this statement."""
    own = {letter: how for letter, how in _own_values(statement).items() if letter in names.values}
    for part in (part for node in expressions(statement) for part in node.walk() if own):
        match part.reads():
            case str() as name if name not in own and isinstance(part, Name) and names.find(part.symbol) is not None:
                read = names.reads(part.symbol)
            case (name, arguments) if (function := names.function(name, arguments)) is not None:
                read = names.read_by_binding(function)
            case _:
                continue
        if hidden := own.keys() & read:
            letter = min(hidden)
            what = f"`{name}` depends on the page's `{letter}`, {own[letter]}"
            return Refusal(what, f"make it a function of `{letter}` too, or rename `{letter}` here", 8, at=part.at)
    return None


def _own_values(statement: Statement) -> dict[str, str]:
    """The names that have a value of their own in a statement, and how."""
    bound = {letter for root in expressions(statement) for part in root.walk() for letter in part.binds()}
    found = dict.fromkeys(bound, "whose letter is bound here")
    if isinstance(statement, Claim | Definition):
        found |= dict.fromkeys(drawn_in(statement.reach), r"to which \forall gives another value here")
    if isinstance(statement, Definition) and statement.parameters:
        local = (*statement.parameters, *own_sizes(statement.domains))
        found |= dict.fromkeys(local, "which is a parameter here")
    return found


def ill_formed(equation: Equation, refusal: Refusal) -> Refusal:
    """The refusal of an equation that can't be read; one that has its place in the file stays as it is."""
    if refusal.span is not None:
        return refusal
    return refusal.told(f"equation `{equation.label}` is ill-formed", equation.fence.at(refusal.at))


def _inherit(names: Names, parent: Names, page: Page) -> None:
    for binding in parent.values.values():
        if binding.map is not None:
            continue  # the map's name alone stands for its components on their own page only
        other = names.values.setdefault(binding.name, binding)
        if other is not binding and not _alike(other, binding):
            raise _twice(page, binding.name, other, binding)
    for name, found in parent.functions.items():
        for arity, binding in found.items():
            other = names.functions.setdefault(name, {}).setdefault(arity, binding)
            if other is not binding:
                raise _twice(page, name, other, binding)
    for letter, array in parent.components.items():
        if (same := names.components.setdefault(letter, array)) != array:
            raise _twice(page, letter, names.values[same], parent.values[array])
    inherit_looks(names, parent)


def _alike(one: Binding, other: Binding) -> bool:
    """Whether two pages declare a symbol in the same set."""
    a, b = one.statement, other.statement
    return isinstance(a, Declaration) and isinstance(b, Declaration) and a.domain == b.domain


def _twice(page: Page, name: str, one: Binding, other: Binding) -> Refusal:
    return Refusal(
        f"they stand at {one.place} and {other.place}",
        "rename one of them, or build on one of the pages",
        rule=3,
        what=f"this page builds on two definitions of `{name}`",
        span=Span(page.file, 1, 0, page.lines[0] if page.lines else ""),
    )


def _register(names: Names, found: Head, equation: Equation, inherited: set[str]) -> None:
    """Note the names of a statement, before any expression is read."""
    match found:
        case DeclarationHead(names=declared):
            for name in declared:
                _refuse_second(names, name, equation, found.at, LIES, inherited)
                _refuse_letter(names, name, name, equation, found.at)
                names.values[name] = Binding(
                    name,
                    equation,
                    names.columns,
                    is_list=bool(found.listed),
                    counts=found.counts,
                    is_matrix=found.is_matrix,
                )
            if found.components:
                _refuse_letter(names, found.components, declared[0], equation, found.at)
                names.components[found.components] = declared[0]
        case MapHead(name=name) if found.parameters:
            names.maps[name] = _function(names, found, equation)
        case RevaluationHead(name=name):
            _function(names, found, equation).target = names.node(name)
        case DefinitionHead() if found.parameters:
            _function(names, found, equation)
        case DefinitionHead(name=name):
            binding = Binding(name, equation, names.columns)
            _refuse_second(names, name, equation, found.at, STEP if found.reads_itself() else OTHER_NAME)
            _refuse_letter(names, name, name, equation, found.at)
            _refuse_other(names.own_components(name), "is there already", equation, found.at)
            if name in names.maps:
                names.define_map(names.maps[name], binding)
            else:
                names.values[name] = binding


def _function(names: Names, found: MapHead | RevaluationHead | DefinitionHead, equation: Equation) -> Binding:
    """Note a function of this name that takes so many arguments, the first one."""
    name, arity = found.name, len(found.parameters)
    _refuse_other(names.function(name, arity), "is a function already", equation, found.at)
    binding = Binding(name, equation, names.columns, found.parameters)
    names.functions.setdefault(name, {})[arity] = binding
    return binding


def _refuse_second(
    names: Names, name: str, equation: Equation, at: int, way_out: str, inherited: set[str] | None = None
) -> None:
    """Refuse a second meaning of a name; a declaration may take the place of an inherited one that nothing reads."""
    other = names.values.get(name)
    if inherited is not None and name in inherited and other is not None and _gives_way(names, other):
        names.forget_reads()
        inherited.discard(name)
        return
    _refuse_other(other, "is there already", equation, at, way_out)


def _refuse_letter(names: Names, letter: str, array: str, equation: Equation, at: int) -> None:
    """Refuse a second meaning of the letter of an array's components: those of another one, or a symbol."""
    if names.components.get(letter, array) != array:
        array = names.components[letter]
        what = f"`{letter}` is the letter of `{array}`'s components already"
    elif letter in names.values and letter != array:
        what = f"`{letter}` is a symbol already, at {names.values[letter].place}"
    else:
        return
    raise Refusal(
        what,
        f"let the components of `{array}` have a letter of their own, or none: {array}_{{1}} is one",
        rule=3,
        what=f"equation `{equation.label}` is ill-formed",
        span=equation.fence.at(at),
    )


def _gives_way(names: Names, binding: Binding) -> bool:
    """Whether a symbol is only declared, and nothing reads it."""
    others = (each for each in names.bindings() if each is not binding)
    is_declared = isinstance(binding.statement, Declaration)
    return is_declared and not any(binding.name in names.read_by_binding(each) for each in others)


# What a second statement of a name may have been meant as.
OTHER_NAME = "write = for a claim, or give it another name"
LIES = "declare it once, and claim where it lies by a relation, such as 0 \\leq x; or give it another name"
STEP = "write \\leftarrow for a step, = for a claim, or give the new value another name"


def _refuse_other(other: Binding | None, what: str, equation: Equation, at: int, way_out: str = OTHER_NAME) -> None:
    if other is not None:
        raise Refusal(
            f"`{other.name}` {what}, at {other.place}",
            way_out,
            rule=3,
            what=f"equation `{equation.label}` is ill-formed",
            span=equation.fence.at(at),
        )


def _read(names: Names, formula: Formula, heads: list[Head]) -> None:
    """Read the expressions of a formula, and tie its statements to their names."""
    equation = formula.equation
    try:
        formula.statements = tuple(_statements(names, heads, equation.tex))
    except Refusal as error:
        formula.failure = ill_formed(equation, error)
        _fail(names, equation, formula.failure)
        return
    names.forget_reads()
    for statement in formula.statements:
        _tie(names, statement, equation)


def _statements(names: Names, heads: list[Head], tex: str) -> Iterator[Statement]:
    for found in heads:
        if isinstance(found, MapHead) and found.parameters:
            # The components of a map may read them, in the same formula too.
            names.functions[found.name][len(found.parameters)].sizes = own_sizes(sources(found, names, tex))
        yield from read(found, _seen_by(names, found), tex)


def _tie(names: Names, statement: Statement, equation: Equation) -> None:
    """A statement is what the names that it declares or defines stand for."""
    match statement:
        case Declaration(names=declared):
            for name in declared:
                names.values[name].statement = statement
        case Definition(name=name, parameters=()):
            own = names.own_components(name)
            (own if own is not None and own.equation is equation else names.values[name]).statement = statement
        case Definition(name=name, parameters=parameters) | Revaluation(name=name, parameters=parameters) if parameters:
            names.functions[name][len(parameters)].statement = statement


def _seen_by(names: Names, found: Head) -> Names:
    """The names that a statement may use: in a map's components, what the map takes too, and its sizes."""
    if not isinstance(found, DefinitionHead) or found.parameters or names.own_components(found.name) is None:
        return names
    of = names.maps[found.name]
    return names.within((*of.parameters, *of.sizes))


def statements_of(names: Names, tex: str) -> tuple[Statement, ...]:
    """What another formula would say on a page that has been read; it brings no names of its own.

    Raises:
        Refusal: at what has no meaning there.
    """
    heads = [head(atoms, names) for atoms in with_conditions(parted(tex), names)]
    read_in_turn = (statement for found in heads for statement in read(found, _seen_by(names, found), tex))
    statements = restricted(tuple(read_in_turn), names)
    for statement in statements:
        if (fault := underivable(names, statement)) is not None:
            raise fault
    return statements


def _fail(names: Names, equation: Equation, failure: Refusal) -> None:
    """What an equation declares or defines has no value, by its fault."""
    for binding in names.bindings():
        if binding.equation is equation:
            binding.refusal = failure
