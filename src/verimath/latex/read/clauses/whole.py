"""Statements with their expressions, once all names of the page are known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from ....meaning.beside import sized, sized_sides
from ....meaning.expression import Add, Apply, Beside, Call, Name, Negative, Node, Power, Shaped
from ....meaning.expression import Number as PrintedNumber
from ....meaning.signs import ORDERS, RELATIONS
from ....meaning.statement import (
    Arrays,
    Claim,
    Complexes,
    Declaration,
    Definition,
    Matrices,
    Reach,
    Reals,
    Revaluation,
    Simplex,
    Statement,
    Update,
    expressions,
)
from ....message.frozen import frozen
from ....message.refusal import Refusal
from ....names.table import Names
from ..grammar.bounds import split_at
from ..grammar.cursor import only_dots, relations_in, split
from ..grammar.parser import Parser
from ..grammar.twofold import formulas, refuse_elsewhere
from ..lexing.atoms import Array, Atoms, Blank, Brackets, Comma, Group, Letter, Mark, Number, Relation, Sign, SignBehind
from .bare import with_bare
from .every import governed, of_condition_alone
from .heads import ClaimHead, DeclarationHead, DefinitionHead, Head, MapHead, RevaluationHead, UpdateHead
from .letters import check_declared, check_letters, check_numbering
from .maps import read_map
from .sets import domain
from .tails import tail
from .within import restricted

ZERO = Fraction(0)
# Sets that say no more of an array than its shape.
ALL = (Reals(), Complexes())
# The operation whose value is the least eigenvalue.
LEAST = "least eigenvalue"
CHAIN = {row.sign for row in RELATIONS.values() if row.is_claim} | {*ORDERS}


def read_statement(head: Head, known: Names, end: int) -> tuple[Statement, ...]:
    """What a statement says, of which its head was read; a definition may go on as a claim, which is another one.

    Raises:
        Refusal: at the first token that has no meaning there.
    """
    if isinstance(head, ClaimHead | DefinitionHead):
        known = with_bare((*head.left, *head.right), known)
    if "T" not in known:
        _refuse_two_kinds_of_t((*head.left, *head.right))
    statements = _sized(tuple(_linked(statement, head) for statement in _read(head, known, end)), known)
    for statement in statements:
        bound = {letter for root in expressions(statement) for part in root.walk() for letter in part.binds()}
        check_letters(statement, known.without(bound))
    return statements


def _linked(statement: Statement, head: Head) -> Statement:
    """A statement that a word or an arrow joins to another one, or that stands beside one."""
    if not isinstance(statement, Claim):
        return statement
    return replace(statement, link=head.link, beside=head.beside, said=head.relation.at)


def _read(head: Head, known: Names, end: int) -> Iterable[Statement]:
    """The statements that begin with a head, by its kind."""
    if not isinstance(head, ClaimHead):
        refuse_elsewhere((*head.left, *head.right))
    match head:
        case DeclarationHead():
            yield from _declarations(head, known, end)
        case MapHead():
            yield from read_map(head, known, end)
        case RevaluationHead():
            yield Revaluation(head.name, head.parameters, head.relation.at)
        case DefinitionHead():
            yield from _definition(head, known, end)
        case UpdateHead():
            yield _update(head, known, end)
        case _:
            for left in _left_sides(head):
                for whole, either in formulas((*left, head.relation, *head.right)):
                    for claim in _claims(whole, head.relation, known, end):
                        yield replace(claim, either=either)


def _sized(statements: tuple[Statement, ...], known: Names) -> tuple[Statement, ...]:
    """Statements whose named arrays know what stands beside them, the sides of a chain among it."""

    def parameter(node: Apply, place: int) -> Node | None:
        binding = known.function(node.name, len(node.arguments))
        return Name(binding.parameters[place]) if binding is not None and binding.target is not None else None

    found: list[Statement] = []
    for statement in statements:
        match statement:
            case Claim(told, reach=reach):
                sides = sized_sides(told, parameter)
                if found and isinstance(found[-1], Definition):
                    # What is defined is the first side of what it goes on as.
                    found[-1] = replace(found[-1], body=_root(sides[0]) if found[-1].is_square else sides[0])
                conditions = tuple(sized(each, parameter) for each in reach.conditions)
                found.append(replace(statement, sides=sides, reach=replace(reach, conditions=conditions)))
            case Definition(body=body):
                found.append(replace(statement, body=sized(body, parameter)))
            case Update(name, value):
                found.append(replace(statement, value=sized(value, parameter, (Beside(Name(name)),))))
            case _:
                found.append(statement)
    return tuple(found)


def _refuse_two_kinds_of_t(atoms: Atoms) -> None:
    """Where T numbers something, x^T may be a power."""
    powers, others = [], []
    for each in (each for atom in atoms for each in atom.inside()):
        match each:
            case Letter(sup=(Mark("T") as sign,)) | Group(sup=(Mark("T") as sign,)) | Array(sup=(Mark("T") as sign,)):
                powers.append(sign)
            case Letter(sup=(Sign("-"), Mark("T") as sign)) | Group(sup=(Sign("-"), Mark("T") as sign)):
                powers.append(sign)
        match each:
            case Mark("T"):
                others.append(each)
    if powers and any(each not in powers for each in others):
        what = "T is a letter of this statement: a power may be meant"
        raise Refusal(what, "write \\top", rule=16, at=powers[0].at)


def _declarations(head: DeclarationHead, known: Names, end: int) -> Iterable[Statement]:
    """What a declaration says: of each symbol that a condition behind it restricts, a set of its own."""
    body, scope = tail(head.right, known, end)
    if scope.quantifiers or (scope.conditions and (head.listed or head.squares or head.components)):
        raise Refusal(
            "a declaration with a condition",
            "write the set itself, such as \\mathbb{R}^{n}",
            rule=2,
            at=head.relation.at,
        )
    found = domain(Parser((), known, end=end), body, head.relation.at)
    if head.listed:
        if not isinstance(found, Arrays | Matrices | Simplex):
            name = head.names[0]
            way_out = f"declare them as one vector, {name} \\in \\mathbb{{R}}^{{n}}, whose components are {name}_i"
            raise Refusal("a list of numbers is a vector", way_out, rule=3, at=head.at)
        found = Arrays(found, (Parser((), known, end=end).expression(head.listed, head.at),))
    if head.squares and not (isinstance(found, Reals) and found.upper is None and found.lower == PrintedNumber(ZERO)):
        way_out = "declare the symbol itself; a square lies in \\mathbb{R}_{+} or \\mathbb{R}_{+}^{*}"
        raise Refusal("a square in this set", way_out, rule=3, at=head.at)
    check_declared(found, known)
    own = head.subscripted()
    for part in restricted(head.names, found, scope.conditions):
        check_declared(part.domain, known)
        is_list = bool(head.listed)
        yield Declaration(part.names, part.domain, head.components, head.relation.at, own, is_list, part.narrows)


def _definition(head: DefinitionHead, known: Names, end: int) -> Iterable[Statement]:
    check_numbering(head, known)
    inner = replace(known.within(head.parameters), defining="" if head.parameters else head.name)
    atoms, scope = tail(head.right, inner, end)
    sides, relations = _chain(atoms, inner, end)
    scope = governed(scope, sides, inner, head.indices)
    for relation in relations:
        if relation.text not in CHAIN:
            raise Refusal(
                f"{relation.text} inside a chain", "write it as a statement of its own", rule=1, at=relation.at
            )
    own = () if head.indices else head.subscripted()
    parameters = head.squares & {*head.parameters}
    sides = tuple(_of_squares(side, parameters) for side in sides)
    body, is_square = sides[0], head.name in head.squares and not head.parameters
    yield Definition(
        head.name,
        head.indices,
        head.parameters,
        _root(body) if is_square else body,
        scope,
        head.relation.at,
        subscripted=own,
        is_square=is_square,
    )
    if relations:
        if head.parameters and any(name not in known.values for name in head.parameters):
            missing = next(name for name in head.parameters if name not in known.values)
            raise Refusal(
                f"a claim about any `{missing}`, which is only a parameter",
                f"declare it by \\in, or write the claim apart with \\forall {missing} \\in …",
                rule=8,
                at=relations[0].at,
            )
        places = tuple(relation.at for relation in relations)
        yield Claim(sides, tuple(relation.text for relation in relations), places, scope)


def _root(node: Node) -> Node:
    """What a symbol is whose square is defined: a root that isn't negative."""
    return Call("sqrt", node, at=node.at)


def _of_squares(node: Node, parameters: frozenset[str]) -> Node:
    """An expression in which parameters are given by their squares, as in f(x, sigma^2); alone, they are the roots."""
    match node:
        case Power(Name(name) as parameter, PrintedNumber(value=two)) if name in parameters and two == 2:
            return parameter
        case Name(name) if name in parameters:
            return _root(node)
    return node.with_parts(_of_squares(part.node, parameters) for part in node.parts()) if parameters else node


def _update(head: UpdateHead, known: Names, end: int) -> Statement:
    node = Parser((), known, end=end).expression(head.left, head.relation.at)
    if not isinstance(node, Name):
        raise Refusal(
            "an update of something that isn't one symbol",
            "write it for the whole array, W \\leftarrow W - …",
            rule=24,
            at=head.relation.at,
        )
    value = Parser((), known, end=end).expression(head.right, end)
    return Update(node.name, value, head.relation.at)


def _claims(whole: Atoms, first: Relation, known: Names, end: int) -> Iterable[Claim]:
    r"""A claim; where matrices are put in order, as in A \succeq B \succeq 0, one for each two sides."""
    body, scope = tail(whole, known, end)
    if not relations_in(body):
        raise Refusal("a condition without a claim before it", "write what holds under it", rule=2, at=first.at)
    body, within = _without_interval(body, known)
    if within is not None:
        yield within.bounded(_sides(body, known, end)[0][-1], scope, known)
        if not relations_in(body):
            return
    sides, relations = _chain(body, known, end)
    scope = governed(scope, sides, known)
    match sides:
        case (Shaped(value) as shaped,):
            # That it lies in its set is all that is said.
            yield Claim((value, shaped), ("=",), (first.at,), scope)
            return
    if not any(relation.text in ORDERS for relation in relations):
        yield replace(_claim(sides, relations, scope), alone=of_condition_alone(scope, sides, known))
        return
    for (left, right), relation in zip(pairwise(sides), relations, strict=True):
        if (order := ORDERS.get(relation.text)) is None:
            yield _claim((left, right), [relation], scope)
        else:
            less, more = (left, right) if order.flips else (right, left)
            least = _least(less, more)
            yield Claim((least, PrintedNumber(ZERO)), (order.sign,), (relation.at,), scope, is_order=True)


@frozen
class _Within:
    """An interval at the end of a claim, and its relation."""

    interval: Reals
    relation: Relation

    def bounded(self, value: Node, scope: Reach, known: Names) -> Claim:
        """That a value lies in it."""
        lower, upper = self.interval.lower, self.interval.upper
        sides = tuple(side for side in (lower, value, upper) if side is not None)
        signs = [("<" if is_open else "≤") for bound, is_open in self._ends() if bound is not None]
        return Claim(sides, tuple(signs), (self.relation.at,) * len(signs), governed(scope, sides, known))

    def _ends(self) -> tuple[tuple[Node | None, bool], ...]:
        return (self.interval.lower, self.interval.lower_open), (self.interval.upper, self.interval.upper_open)


def _without_interval(body: Atoms, known: Names) -> tuple[Atoms, _Within | None]:
    r"""A claim without the interval that its last side is said to lie in, \sin^2 x \in [0, 1], and that."""
    relations = relations_in(body)
    if [relation.text for relation in relations].count("∈") != 1 or relations[-1].text != "∈":
        return body, None
    before, after = split_at(body, relations[-1])
    match after:
        case (Group(Brackets("[" | "]" | "(", "]" | "[" | ")"), content, sub=(), sup=()),) if (
            len(split(content, Comma)) == 2
        ):
            found = domain(Parser((), known, end=relations[-1].at), after, relations[-1].at)
            if isinstance(found, Reals) and (found.lower is not None or found.upper is not None):
                return before, _Within(found, relations[-1])
    return body, None


def _least(less: Node, more: Node) -> Node:
    """The least eigenvalue of a difference, which says by its sign whether one matrix is above another."""
    difference: Node = Add((more, Negative(less, at=less.at)), at=more.at)
    if _is_zero(less):
        difference = more
    elif _is_zero(more):
        difference = Negative(less, at=less.at)
    return Call(LEAST, difference, at=less.at)


def _is_zero(node: Node) -> bool:
    return isinstance(node, PrintedNumber) and node.value == ZERO


def _claim(sides: tuple[Node, ...], relations: list[Relation], scope: Reach) -> Claim:
    for relation in relations:
        if relation.text not in CHAIN:
            way_out = (
                "write x \\in A for one symbol or several"
                if relation.text == "∈"
                else "write each as a statement of its own"
            )
            raise Refusal(f"{relation.text} inside a chain", way_out, rule=1, at=relation.at)
    return Claim(sides, tuple(relation.text for relation in relations), tuple(sign.at for sign in relations), scope)


def _left_sides(head: Head) -> list[Atoms]:
    r"""The left sides of a claim: those that a comma parts, as in a, b \leq c, are each compared."""
    parts = split(head.left, Comma)
    if len(parts) < 2 or not all(parts) or only_dots(parts):
        return [head.left]
    # 0,5 x may be one number; and of a sum, a reader sees the last term only beside the comma.
    around = [atom for part in parts for atom in (part[0], part[-1])][1:-1]
    is_clear = not any(isinstance(atom, Sign | Blank) for part in parts for atom in part)
    return parts if is_clear and not any(isinstance(atom, Number) for atom in around) else [head.left]


def _shaped(value: Node, atoms: Atoms, known: Names, relation: Relation, end: int) -> Shaped:
    """The last side of a chain that ends in a set of real or complex numbers, or of arrays of them.

    Raises:
        Refusal: of any other set.
    """
    match domain(Parser((), known, end=end), atoms, relation.at):
        case (Reals() | Complexes()) as of if of in ALL:
            return Shaped(value, (), of == Complexes(), at=relation.at)
        case Arrays(of, sizes, without_zero=False) if of in ALL:
            return Shaped(value, sizes, of == Complexes(), at=relation.at)
    what = "of the set that a chain ends in, only the shape is checked, and this one says more"
    raise Refusal(what, "write a relation, such as 0 \\leq x", rule=1, at=relation.at)


def _chain(atoms: Atoms, known: Names, end: int) -> tuple[tuple[Node, ...], list[Relation]]:
    """The sides of a chain and the relations between them; a set at its end says the shape of the last side."""
    relations = relations_in(atoms)
    if relations and relations[-1].text == "∈" and "∈" not in [relation.text for relation in relations[:-1]]:
        before, after = split_at(atoms, relations[-1])
        sides, others = _sides(before, known, relations[-1].at)
        return (*sides[:-1], _shaped(sides[-1], after, known, relations[-1], end)), others
    return _sides(atoms, known, end)


# What is meant by two signs where no side stands between them, as they are typed elsewhere.
TYPED = {
    ("<", "="): "write \\leq",
    (">", "="): "write \\geq",
    ("=", "<"): "write \\leq",
    ("=", ">"): "write \\geq for an order, \\Rightarrow between two statements",
    ("=", "="): "write = for a claim, \\coloneqq for a definition",
    ("<", ">"): "write \\neq",
    (":", "="): "write \\coloneqq",
    ("-", ">"): "write \\to in a map's sets, \\mapsto in its rule, \\leftarrow for a step",
    ("", "<"): "write it; an inner product is \\langle x, y \\rangle",
}


def _sides(atoms: Atoms, known: Names, end: int) -> tuple[tuple[Node, ...], list[Relation]]:
    """The sides of a chain and the relations between them."""
    relations = relations_in(atoms)
    sides, signs = [], ["", *(relation.text for relation in relations), ""]
    stops = [*(relation.at for relation in relations), end]
    for part, stop, before, at_stop in zip(split(atoms, Relation), stops, signs, signs[1:], strict=False):
        if not part:
            way_out = TYPED.get((before, at_stop), "write it, or delete the relation")
            raise Refusal("a side of this relation is missing", way_out, rule=1, at=stop)
        _refuse_typed(part, known, at_stop, stop)
        sides.append(Parser((), known, end=stop).expression(part, stop))
    return tuple(sides), relations


def _refuse_typed(side: Atoms, known: Names, sign: str, at: int) -> None:
    """Refuse -> and !=, as they are typed elsewhere: what ends a side, right before the sign of a relation."""
    match side, sign:
        case (*_, Sign("-") as minus), ">" if minus.at == at - 1:
            raise Refusal("-> is read as a minus and a >", TYPED["-", ">"], rule=1, at=minus.at)
        case (Letter(name), SignBehind("!") as behind), "=" if behind.at == at - 1:
            # Of a number that isn't a whole one, there is no factorial.
            if known.is_number(name) and not known.counts(name):
                raise Refusal("!= is read as a factorial and an =", "write \\neq", rule=7, at=behind.at)
