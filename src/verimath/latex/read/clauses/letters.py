"""Which letters of a statement number components: those that no one declared and that stand as subscripts."""

from __future__ import annotations

from collections.abc import Iterator

from ....meaning.expression import (
    Big,
    Call,
    Comparison,
    Constant,
    Index,
    Matrix,
    Name,
    Node,
    Number,
    Range,
    Symbol,
    Variable,
    Vector,
)
from ....meaning.node import Named, Role
from ....meaning.signs import CONSTANTS
from ....meaning.statement import (
    Arrays,
    Claim,
    Definition,
    Domain,
    Finite,
    Matrices,
    Reals,
    Statement,
    Update,
    drawn_in,
    expressions,
    own_sizes,
    sizes,
)
from ....meaning.subscripted import numbered_axes
from ....message.frozen import frozen
from ....message.refusal import Refusal
from ....names.table import Names
from ..lexing.not_read import IDENTITY, LETTERS, NAMES
from ..lexing.spelling import DOTTED
from .heads import CONSTANT_LETTERS, DefinitionHead


@frozen
class Use:
    """A letter in a tree: where, whether as a subscript, whether something around it binds it, its node, its roles."""

    letter: str
    at: int
    subscript: bool
    bound: bool
    node: Node
    roles: tuple[Role, ...] = ()


# A letter numbers components by what is computed from it, such as i + 1 or [i = y]; arrays, sums and derivatives have
# subscripts of their own.
NUMBERING = {Role.SUBSCRIPT, Role.TRUTH}
APART = {Role.ARRAY, Role.LETTERS, Role.FILTER, Role.BODY, Role.DERIVED, Role.VARIABLE}


def uses(node: Node, known: Names) -> Iterator[Use]:
    """All letters that the page doesn't know, in a tree.

    Raises:
        Refusal: at a derivative by one of them.
    """
    for found in node.occurrences:
        name = found.node.reads()
        if isinstance(name, str) and not known.has_value(name):
            if found.role is Role.VARIABLE:
                raise _undeclared(found.node, found.node.at)
            nearest = next((role for role in reversed(found.roles) if role in NUMBERING | APART), None)
            yield Use(name, found.node.at, nearest in NUMBERING, name in found.bound, found.node, found.roles)


def _undeclared(node: Node, at: int, has_components: bool = False, is_size: bool = False) -> Refusal:
    """The refusal of a name that nothing declares, with what is meant by it most often."""
    name = node.name if isinstance(node, Name | Variable) else ""
    power = "^{n}" if has_components or name.startswith(("\\mathbf", "\\boldsymbol", "\\vec")) else ""
    of = "\\mathbb{N}^{*}" if is_size else f"\\mathbb{{R}}{power}"
    way_out = f"declare it, such as {name} \\in {of}, or define it by \\coloneqq"
    if name in NAMES:
        return Refusal(*NAMES[name], at=at)
    if name in LETTERS and not is_size and (not has_components or LETTERS[name] == IDENTITY):
        way_out = LETTERS[name]
    elif dotted := DOTTED.fullmatch(name):
        primes = "'" * max(1, len(dotted["dots"]) + 1)
        way_out = f"write {dotted['of']}{primes}(t) for the derivative of a function; else declare it"
    elif isinstance(node, Name) and node.before_brackets:
        way_out = f"define the function, {name}(x) \\coloneqq …; declare it by \\in only if it multiplies"
    return Refusal(f"`{name}` isn't declared", way_out, rule=6, at=at)


def check_declared(domain: Domain | Range, known: Names) -> None:
    """Refuse a set whose sizes or bounds read what isn't declared.

    Raises:
        Refusal: at the first such symbol.
    """
    parts = [domain.first, domain.last, *domain.between] if isinstance(domain, Range) else sizes(domain)
    array = domain.of if isinstance(domain, Matrices) else domain
    counted = array.sizes if isinstance(array, Arrays) else () if isinstance(array, Reals | Finite) else parts
    for node in parts:
        for use in (use for use in uses(node, known) if not use.bound):
            raise _undeclared(use.node, use.at, is_size=node in counted)


def free_letters(statement: Statement, known: Names) -> tuple[str, ...]:
    """The letters that stand for all their values, in the order in which they first appear."""
    found = (use for node in expressions(statement) for use in uses(node, known))
    return tuple(dict.fromkeys(use.letter for use in found if not use.bound))


def check_letters(statement: Statement, known: Names) -> None:
    """Refuse letters that nothing declares, and those that are two things at once.

    Raises:
        Refusal: at the letter.
    """
    quantified = _quantified(statement, known)
    inner, indices = known, tuple[str, ...]()
    if isinstance(statement, Definition):
        inner = known.within((*statement.parameters, *own_sizes(statement.domains)))
        indices = statement.indices
    found = [use for node in expressions(statement) for use in uses(node, inner)]
    _check_arrays(statement, inner)
    numbering = {use.letter for use in found if use.subscript} | {*quantified, *indices}
    for use in found:
        if use.bound:
            _check_bound(use, found, {*quantified, *indices})
        elif use.letter not in numbering:
            for node in (part for root in expressions(statement) for part in root.walk()):
                if use.letter in _compared_with(node, inner):
                    raise _may_sum_over_both(node, use.letter)
            refusal = _undeclared(use.node, use.at, is_size=Role.SIZE in use.roles)
            if isinstance(statement, Claim) and (bounded := _bounded(statement, use.letter)):
                refusal.way_out = f"declare it, such as {bounded}"
            raise refusal
        else:
            _check_free(use, statement)
    _check_binders(statement, found, {*quantified, *indices}, inner)
    used = {use.letter for use in found} | {*indices}
    if isinstance(statement, Claim):
        _check_restricted(statement, numbering - {*quantified} | {use.letter for use in found if use.subscript}, known)
    for letter, at in quantified.items():
        if letter not in used and not known.has_value(letter):
            what = f"\\forall names `{letter}`, which nothing uses"
            raise Refusal(what, "delete it, or use its letter", rule=2, at=at)


def _bounded(claim: Claim, letter: str) -> str:
    r"""The declaration that a claim such as \lambda > 0 is meant for: of a letter between numbers; else nothing."""
    match claim.sides, claim.relations:
        case (Name(name), Number(value)), (">" | "≥" as sign,) if name == letter and value == 0:
            return f"{letter} \\in \\mathbb{{R}}_{{+}}{'^{*}' if sign == '>' else ''}"
        case (Name(name), Number(value)), (">" | "≥" as sign,) if name == letter and value.denominator == 1:
            return f"{letter} \\in {{{']' if sign == '>' else '['}{value}, \\infty[}}"
        case (Number(low), Name(name), Number(high)), ("<" | "≤" as left, "<" | "≤" as right) if (
            name == letter and low.denominator == high.denominator == 1
        ):
            return f"{letter} \\in {{{']' if left == '<' else '['}{low}, {high}{'[' if right == '<' else ']'}}}"
    return ""


def _check_restricted(claim: Claim, numbering: set[str], known: Names) -> None:
    r"""Refuse a \forall n \geq 2 whose letter numbers no components: of whole numbers or of real ones isn't said.

    Raises:
        Refusal: at the \forall.
    """
    for quantifier in claim.reach.quantifiers:
        for letter in quantifier.letters if quantifier.over is None else ():
            if letter not in numbering and not known.has_value(letter):
                what = f"what `{letter}` runs over isn't said: whole numbers or real ones"
                way_out = f"declare it, such as {letter} \\in \\mathbb{{N}} or {letter} \\in \\mathbb{{R}}"
                raise Refusal(what, way_out, rule=14, at=quantifier.at)


def _check_binders(statement: Statement, found: list[Use], given: set[str], known: Names) -> None:
    """Letters that sums bind: none is free too, nor in a declared name, nor compared with one that isn't there."""
    free = {use.letter for use in found if not use.bound}
    roots = expressions(statement)
    nodes = [part for root in roots for part in root.walk()]
    bound = {letter for node in nodes for letter in node.binds()}
    letters = free | given | bound
    for node in nodes:
        for letter in node.binds():
            if letter in free | given:
                raise _bound_and_free(letter, node.at)
        match node:
            case Constant(name) | Call(notation=name) if name in CONSTANTS and bound.intersection(
                CONSTANTS[name].spelled
            ):
                what = f"`{CONSTANTS[name].tex}` is bound here, and a constant elsewhere in this statement"
                raise Refusal(what, "bind another letter", rule=14, at=node.at)
            case Big():
                for letter in sorted(_compared_with(node, known) & (free - given)):
                    if not any(_stands_outside(letter, root) for root in roots):
                        raise _may_sum_over_both(node, letter)
            case Named() if named := letters & node.letters:
                what = f"`{_name_of(node.reads())}` is one name, and `{min(named)}` in it is a letter of this statement"
                way_out = "declare an array, whose components it numbers, or rename one of them"
                raise Refusal(what, way_out, rule=14, at=node.at)
            case Name(name) if named := letters & _letters_of_components(name, known):
                what = f"`{min(named)}` names a component of `{name}`, and is a letter of this statement"
                way_out = "number the component, by 1 for the first one, or rename the letter"
                raise Refusal(what, way_out, rule=14, at=node.at)


def _letters_of_components(name: str, known: Names) -> set[str]:
    r"""The letters that name an array's components: x, y and z of \vec A = (A_x, A_y, A_z)."""
    binding = known.values.get(name)
    statement = binding and known.statement(binding)
    if not isinstance(statement, Definition) or not isinstance(statement.body, Vector | Matrix):
        return set()
    entries = [*statement.body.children()]
    named = [entry.letters for entry in entries if isinstance(entry, Named)]
    return set().union(*named) if len(named) == len(entries) else set()


def _name_of(read: Symbol | None) -> str:
    """The name that a node reads, be it a symbol's or a function's."""
    return read[0] if isinstance(read, tuple) else str(read)


def _bound_and_free(letter: str, at: int) -> Refusal:
    what = f"`{letter}` is bound here, and free elsewhere in this statement"
    return Refusal(what, "put brackets around all that the sum takes, or bind another letter", rule=14, at=at)


def _stands_outside(letter: str, node: Node) -> bool:
    r"""Whether a letter stands somewhere outside of every \sum_{i \neq j} that compares with it."""
    match node:
        case Name(name):
            return name == letter
        case Big(condition=Comparison(sides, ("≠",))) if any(_stands_outside(letter, side) for side in sides):
            return False
    return any(_stands_outside(letter, child) for child in node.children())


def _compared_with(node: Node, known: Names) -> set[str]:
    r"""The letters that a \sum_{i \neq j} compares its own with."""
    match node:
        case Big(condition=Comparison(relations=("≠",)) as condition):
            return {use.letter for use in uses(condition, known)} - {*node.binds()}
    return set()


def _may_sum_over_both(node: Node, letter: str) -> Refusal:
    r"""The refusal of a \sum_{i \neq j} whose j isn't a letter of what stands around it."""
    assert isinstance(node, Big)
    sign, binder = f"\\{node.kind}", node.binders[0].letter
    own, other = (any(numbered_axes(node.body, each)) for each in (binder, letter))
    # What numbers no component needs bounds.
    outer = f"{sign}_{{{letter}}}" if other else f"{sign}_{{{letter} = 1}}^{{n}}"
    below, above = (f"{binder} \\neq {letter}", "") if own else (f"{binder} = 1, {binder} \\neq {letter}", "^{n}")
    inner = f"{sign}_{{{below}}}{above}"
    each = f"\\forall {letter}" if other else f"\\forall {letter} \\in \\{{1, \\dots, n\\}}"
    alone = "" if own else f"{inner} and "
    return Refusal(
        f"`{letter}` stands nowhere outside of this {sign}: whether it runs over all values too isn't clear",
        f"write {outer} {inner} for both, or {alone}{each} behind it to say it of each {letter}",
        rule=14,
        at=node.at,
    )


def check_numbering(head: DefinitionHead, known: Names) -> None:
    """Refuse a definition of components that aren't numbered by letters of their own.

    Raises:
        Refusal: at the name.
    """
    stem = head.name
    for letter in head.indices:
        if known.has_value(letter):
            what = f"`{letter}` is a symbol of this page, and can't number components"
            whole = "".join(head.indices)
            way_out = f"number them by another letter, or write {stem}_{{\\mathrm{{{whole}}}}} for a name"
            if len(head.indices) == 1 and not head.parameters:
                way_out = f"for a function of it, write {stem}({whole}) \\coloneqq …; else {way_out}"
            raise Refusal(what, way_out, rule=14, at=head.at)
        if letter in CONSTANT_LETTERS and letter not in known:
            what = f"`{letter}` is a constant, and can't number components"
            raise Refusal(what, "number them by another letter", rule=14, at=head.at)
    own = [*head.parameters, *head.indices]
    for letter in own:
        if own.count(letter) > 1:
            raise Refusal(f"`{letter}` stands for two things", "give each a letter of its own", rule=8, at=head.at)


def _quantified(statement: Statement, known: Names) -> dict[str, int]:
    r"""The letters that a \forall names, each with its place: once, and over what is known before it."""
    if not isinstance(statement, Claim | Definition):
        return {}
    parameters = statement.parameters if isinstance(statement, Definition) else ()
    found: dict[str, int] = {}
    drawn: list[str] = []
    for quantifier in statement.reach.quantifiers:
        earlier = [*found]
        for letter in quantifier.letters:
            if isinstance(statement, Definition) and letter in statement.parameters:
                what = f"`{letter}` is a parameter, which takes any value"
                raise Refusal(what, "delete this \\forall", rule=8, at=quantifier.at)
            if letter in CONSTANT_LETTERS and letter not in known:
                raise Refusal(f"`{letter}` is a constant", "let \\forall run over another letter", 14, at=quantifier.at)
            if letter in found:
                raise Refusal(f"\\forall names `{letter}` twice", "write it once", rule=2, at=quantifier.at)
            if letter in known and (quantifier.over is None or isinstance(quantifier.over, Range)):
                what = f"`{letter}` is a symbol of this page"
                raise Refusal(what, "number by another letter", rule=14, at=quantifier.at)
            found[letter] = quantifier.at
        if isinstance(quantifier.over, Range):
            check_declared(quantifier.over, known.within([*earlier, *parameters]))
        elif quantifier.over is not None:
            # It is drawn before letters are given their values.
            check_declared(quantifier.over, known.within([*drawn, *parameters]))
            drawn += quantifier.letters
    return found


def _check_arrays(statement: Statement, known: Names) -> None:
    """What has components is a value: a letter that numbers components has none."""
    drawn = drawn_in(statement.reach) if isinstance(statement, Claim | Definition) else []
    for node in (part for root in expressions(statement) for part in root.walk()):
        match node:
            case Index(Name(name) as array) if name not in drawn and not known.has_value(name):
                if alone := next((each for each in known.values if each.startswith(f"{name}_{{")), ""):
                    raise _no_component(name, alone, node.at)
                if len(node.entries) > 1 and len(name) == 1 and known.has_value(matrix := name.upper()):
                    way_out = (
                        f"write {matrix}_{{ij}} for an entry of {matrix}, or declare {matrix} = ({name}_{{ij}}) \\in …"
                    )
                    raise Refusal(f"`{name}` isn't declared, only `{matrix}`", way_out, rule=6, at=node.at)
                raise _undeclared(array, node.at, has_components=True)


def _no_component(name: str, alone: str, at: int) -> Refusal:
    """The refusal of a component beside a name that looks like another one of its array, and is none."""
    letter = alone.removeprefix(name).strip("_{}")
    way_out = f"write {name}({letter}) \\coloneqq … for a function of it; else number by a letter that is no symbol"
    if letter.isdecimal():
        way_out = f"say all of them at once to number them, {name} \\in \\mathbb{{R}}^{{3}} or {name} \\coloneqq (…, …)"
    return Refusal(f"`{name}` isn't declared, only `{alone}`, which is one name", way_out, rule=14, at=at)


def _check_bound(use: Use, found: list[Use], given: set[str]) -> None:
    """A letter that a sum binds has no value around it: not from what gives it all its values, nor by being free."""
    if use.letter in given:
        what = f"`{use.letter}` is bound here, and stands for all its values elsewhere"
        raise Refusal(what, "bind another letter", rule=14, at=use.at)
    if any(other.letter == use.letter and not other.bound for other in found):
        raise _bound_and_free(use.letter, use.at)


def _check_free(use: Use, statement: Statement) -> None:
    """A letter that stands for all its values: in a claim, or on the left of a definition."""
    match statement:
        case Update():
            what = f"`{use.letter}` is free in an update, which lowers one quantity and not one for each `{use.letter}`"
            way_out = (
                f"derive their sum, defined by itself, or declare {use.letter} \\in \\{{1, \\dots, n\\}} as one of them"
            )
            raise Refusal(what, way_out, rule=24, at=use.at)
        case Definition(name=name, indices=indices) if use.letter not in indices:
            what = f"`{use.letter}` isn't among the components that this defines"
            way_out = "write it on the left, or sum over it"
            if "^{" in name:
                way_out = f"number them by subscripts on the left: {name.partition('^')[0]}_{{{use.letter}}}"
            raise Refusal(what, way_out, rule=15, at=use.at)
