r"""The mutants of a statement: its trees changed one place at a time, as a slip of the pen would.

`KINDS` says what is changed where. A change that can only weaken a claim, from = to \leq, isn't made: it is true whenever
the claim is. A change that no value can show, of the order of two numbers' product, isn't made either.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from .expression import (
    Add,
    Apply,
    Big,
    Call,
    Cases,
    Comparison,
    Derivative,
    Extremum,
    Index,
    Name,
    Negative,
    Node,
    Number,
    Ones,
    Power,
    Product,
    Quotient,
    Range,
    Transpose,
    Variable,
    Vector,
)
from .latex import sentence as printed
from .likeness import Likeness
from .places import Place, Role, Sentence, meant, places, with_entries
from .statement import Claim, Definition, Quantifier, Scope

ONE, TWO = Number(Fraction(1)), Number(Fraction(2))
FACTOR = Fraction(10005, 10000)
OTHER_FUNCTION = {
    "ln": "exp",
    "exp": "ln",
    "sin": "cos",
    "cos": "sin",
    "tan": "tanh",
    "sinh": "cosh",
    "cosh": "sinh",
    "tanh": "tan",
}
OTHER_BIG = {"sum": "prod", "prod": "sum", "max": "min", "min": "max"}
# None of these follows from the relation that it replaces.
OTHER_RELATIONS = {
    "=": ("≠", "<", ">"),
    "≠": ("=",),
    "<": ("=", "≥"),
    ">": ("=", "≤"),
    "≤": ("<", "=", "≥"),
    "≥": (">", "=", "≤"),
    "≈": ("=",),
}
OTHER_GUARDS = {
    "=": ("≠",),
    "≠": ("=",),
    "<": ("≤", "≥"),
    ">": ("≥", "≤"),
    "≤": ("<", ">"),
    "≥": (">", "<"),
}
OPPOSITE = {"=": "≠", "≠": "=", "<": "≥", ">": "≤", "≤": ">", "≥": "<"}
# Of a condition's last side: the changes that let more trials in, or others.
WIDER = {"≥": (-1,), ">": (-1,), "≤": (1,), "<": (1,), "=": (-1, 1)}


@dataclass(frozen=True)
class Mutant:
    """A statement changed in one place.

    Attributes:
        kind: of the change, one of `KINDS` or `STATEMENT_KINDS`.
        at: where in the formula's TeX the part stands that was changed.
        tex: the statement, changed.
    """

    kind: str
    at: int
    tex: str


# Changes of one node: each gives what may stand in its place.
Change = Callable[[Place, Likeness], Iterator[Node]]


def _sign(place: Place, _: Likeness) -> Iterator[Node]:
    node = place.node
    if isinstance(node, Add):
        for n, term in enumerate(node.terms):
            yield replace(node, terms=(*node.terms[:n], negated(term), *node.terms[n + 1 :]))
    elif place.role is Role.WHOLE and not place.discrete and node != Number(Fraction(0)):
        yield negated(node)


def negated(node: Node) -> Node:
    return node.value if isinstance(node, Negative) else Negative(node, at=node.at)


def _dropped_term(place: Place, _: Likeness) -> Iterator[Node]:
    if isinstance(place.node, Add):
        terms = place.node.terms
        for n in range(len(terms)):
            left = (*terms[:n], *terms[n + 1 :])
            yield left[0] if len(left) == 1 else replace(place.node, terms=left)


def _doubled_term(place: Place, _: Likeness) -> Iterator[Node]:
    if isinstance(place.node, Add):
        terms = place.node.terms
        for n, term in enumerate(terms):
            yield replace(place.node, terms=(*terms[:n], _doubled(term), *terms[n + 1 :]))


def _doubled(node: Node) -> Node:
    if isinstance(node, Negative):
        return replace(node, value=_doubled(node.value))
    return Product(TWO, node, at=node.at)


def _dropped_factor(place: Place, _: Likeness) -> Iterator[Node]:
    match place.node:
        case Product(left, right):
            yield left
            if not isinstance(left, Product):
                yield right
        case Quotient(above, below):
            yield above
            if above != ONE:
                yield replace(place.node, above=ONE)


def _swapped_factors(place: Place, like: Likeness) -> Iterator[Node]:
    """Of arrays, whose product depends on their order."""
    match place.node:
        case Product(Product(first, second) as inner, third) if like.is_array(second) and like.is_array(third):
            yield replace(place.node, left=replace(inner, left=first, right=third), right=second)
        case Product(left, right) if like.is_array(left) and like.is_array(right):
            yield replace(place.node, left=right, right=left)


def _inverted(place: Place, _: Likeness) -> Iterator[Node]:
    if isinstance(place.node, Quotient):
        yield replace(place.node, above=place.node.below, below=place.node.above)


def _dropped_exponent(place: Place, _: Likeness) -> Iterator[Node]:
    if isinstance(place.node, Power):
        yield place.node.base


def _letter(place: Place, like: Likeness) -> Iterator[Node]:
    """Another index letter; a new one where the statement has no other."""
    node = place.node
    if isinstance(node, Name) and like.is_letter(node.name):
        others = [letter for letter in dict.fromkeys([*like.letters, *place.letters]) if letter != node.name]
        for other in others or [like.new_letter]:
            yield replace(node, name=other)


def _subscript(place: Place, _: Likeness) -> Iterator[Node]:
    if place.role is Role.SUBSCRIPT:
        yield shifted(place.node, 1)
        yield shifted(place.node, -1)


def shifted(node: Node, by: int) -> Node:
    """A whole number more or less."""
    match node:
        case Number(value) if value + by >= 0:
            return replace(node, value=value + by)
        case Add((*others, Number(value))):
            last = value + by
        case Add((*others, Negative(Number(value)))):
            last = by - value
        case _:
            others, last = [node], Fraction(by)
    if last:
        number = Number(abs(last))
        others = [*others, number if last > 0 else Negative(number)]
    return Add(tuple(others), at=node.at) if len(others) > 1 else others[0]


def _swapped_subscripts(place: Place, like: Likeness) -> Iterator[Node]:
    if isinstance(place.node, Index):
        node = meant(place.node, like.axes)
        for n, (one, other) in enumerate(zip(node.entries, node.entries[1:], strict=False)):
            yield with_entries(node, (*node.entries[:n], other, one, *node.entries[n + 2 :]))


def _bound(place: Place, _: Likeness) -> Iterator[Node]:
    match place.node:
        case Range(first, last):
            for by in (1, -1):
                yield replace(place.node, first=shifted(first, by))
                yield replace(place.node, last=shifted(last, by))
        case Comparison(sides, relations) if place.role is Role.CONDITION:
            for by in WIDER.get(relations[-1], ()) if isinstance(sides[-1], Number) else ():
                yield replace(place.node, sides=(*sides[:-1], shifted(sides[-1], by)))
        case Comparison(sides):
            for by in (1, -1):
                yield replace(place.node, sides=(*sides[:-1], shifted(sides[-1], by)))
                if len(sides) > 2:
                    yield replace(place.node, sides=(shifted(sides[0], by), *sides[1:]))


def _transpose(place: Place, like: Likeness) -> Iterator[Node]:
    node = place.node
    if isinstance(node, Transpose):
        yield node.array
    elif place.role is not Role.ARRAY and isinstance(node, Name | Derivative | Apply | Call | Ones | Vector | Index):
        if like.is_array(node):
            yield Transpose(node, at=node.at)


def _swapped_cases(place: Place, _: Likeness) -> Iterator[Node]:
    if not isinstance(place.node, Cases):
        return
    branches, otherwise = place.node.branches, place.node.otherwise
    for n, (one, other) in enumerate(zip(branches, branches[1:], strict=False)):
        swapped = replace(one, value=other.value), replace(other, value=one.value)
        yield replace(place.node, branches=(*branches[:n], *swapped, *branches[n + 2 :]))
    if otherwise is not None and branches:
        last = replace(branches[-1], value=otherwise)
        yield replace(place.node, branches=(*branches[:-1], last), otherwise=branches[-1].value)


def _dropped_case(place: Place, _: Likeness) -> Iterator[Node]:
    if not isinstance(place.node, Cases):
        return
    branches = place.node.branches
    if len(branches) + (place.node.otherwise is not None) > 1:
        for n in range(len(branches)):
            yield replace(place.node, branches=(*branches[:n], *branches[n + 1 :]))
        if place.node.otherwise is not None:
            yield replace(place.node, otherwise=None)


def _function(place: Place, _: Likeness) -> Iterator[Node]:
    match place.node:
        case Call(name=name) if name in OTHER_FUNCTION:
            yield replace(place.node, name=OTHER_FUNCTION[name], notation="")
        case Big(kind=kind) | Extremum(kind=kind):
            yield replace(place.node, kind=OTHER_BIG[kind])


def _guard(place: Place, _: Likeness) -> Iterator[Node]:
    if isinstance(place.node, Comparison):
        relations = place.node.relations
        for n, relation in enumerate(relations):
            others = (OPPOSITE[relation],) if place.role is Role.CONDITION else OTHER_GUARDS[relation]
            for other in others:
                yield replace(place.node, relations=(*relations[:n], other, *relations[n + 1 :]))


def _number(place: Place, _: Likeness) -> Iterator[Node]:
    if isinstance(place.node, Number) and not place.discrete:
        value = place.node.value
        yield replace(place.node, value=value * FACTOR if value else FACTOR - 1)


def _symbol(place: Place, like: Likeness) -> Iterator[Node]:
    match place.node:
        case Name(name):
            for other in like.symbols(name):
                yield replace(place.node, name=other)
        case Apply(name, arguments):
            for other in like.functions(name, len(arguments)):
                yield replace(place.node, name=other)
        case Derivative(variables=variables):
            for n, variable in enumerate(variables):
                for other in like.symbols(variable.name):
                    yield replace(place.node, variables=(*variables[:n], _renamed(variable, other), *variables[n + 1 :]))


def _renamed(variable: Variable, name: str) -> Variable:
    if variable.subscripts is None:
        return replace(variable, name=name)
    return replace(variable, name=name, subscripts=replace(variable.subscripts, array=Name(name)))


def _swapped_arguments(place: Place, _: Likeness) -> Iterator[Node]:
    if isinstance(place.node, Apply):
        arguments = place.node.arguments
        for n, (one, other) in enumerate(zip(arguments, arguments[1:], strict=False)):
            yield replace(place.node, arguments=(*arguments[:n], other, one, *arguments[n + 2 :]))


KINDS: dict[str, Change] = {
    "sign": _sign,
    "dropped term": _dropped_term,
    "doubled term": _doubled_term,
    "dropped factor": _dropped_factor,
    "swapped factors": _swapped_factors,
    "inverted quotient": _inverted,
    "dropped exponent": _dropped_exponent,
    "index letter": _letter,
    "index ±1": _subscript,
    "swapped indices": _swapped_subscripts,
    "bound ±1": _bound,
    "transpose": _transpose,
    "swapped cases": _swapped_cases,
    "dropped case": _dropped_case,
    "function": _function,
    "guard": _guard,
    "number ×1.0005": _number,
    "symbol": _symbol,
    "swapped arguments": _swapped_arguments,
}


# Changes of a statement, beside its trees.


def _relation(claim: Claim) -> Iterator[tuple[int, Claim]]:
    for n, (relation, at) in enumerate(zip(claim.relations, claim.places, strict=True)):
        for other in OTHER_RELATIONS[relation]:
            yield at, replace(claim, relations=(*claim.relations[:n], other, *claim.relations[n + 1 :]))


def _dropped_condition(claim: Claim) -> Iterator[tuple[int, Claim]]:
    conditions = claim.scope.conditions
    for n, condition in enumerate(conditions):
        yield condition.at, replace(claim, scope=replace(claim.scope, conditions=(*conditions[:n], *conditions[n + 1 :])))


def _quantified(scope: Scope, wider: bool) -> Iterator[tuple[int, Scope]]:
    r"""The bounds of \forall: a claim about fewer values is only weaker."""

    def changed(over: Range) -> Iterator[Range]:
        yield replace(over, first=shifted(over.first, -1))
        yield replace(over, last=shifted(over.last, 1))
        if not wider:
            yield replace(over, first=shifted(over.first, 1))
            yield replace(over, last=shifted(over.last, -1))

    for n, quantifier in enumerate(scope.quantifiers):
        for over in changed(quantifier.over) if isinstance(quantifier.over, Range) else ():
            others: tuple[Quantifier, ...] = (
                *scope.quantifiers[:n],
                replace(quantifier, over=over),
                *scope.quantifiers[n + 1 :],
            )
            yield quantifier.at, replace(scope, quantifiers=others)


def _of_statement(sentence: Sentence) -> Iterator[tuple[str, int, Sentence]]:
    last = sentence[-1]
    if isinstance(last, Claim):
        for at, claim in _relation(last):
            yield "relation", at, (*sentence[:-1], claim)
        for at, claim in _dropped_condition(last):
            yield "dropped condition", at, (*sentence[:-1], claim)
    if isinstance(last, Claim | Definition):
        for at, scope in _quantified(last.scope, wider=sentence == (last,) and isinstance(last, Claim)):
            yield "bound ±1", at, tuple(replace(part, scope=scope) for part in sentence)  # type: ignore[type-var]


def mutants(sentence: Sentence, like: Likeness) -> Iterator[Mutant]:
    """All mutants of a statement, or of a definition and the claim that it goes on as; each one once."""
    functions = like.scope.known.functions
    seen = {printed(sentence, functions)}

    def new(kind: str, at: int, changed: Sentence) -> Iterator[Mutant]:
        tex = printed(changed, functions)
        if tex not in seen:
            seen.add(tex)
            yield Mutant(kind, at, tex)

    for place in places(sentence, like.axes):
        for kind, change in KINDS.items():
            for node in change(place, like):
                yield from new(kind, place.node.at, place.put(node))
    for kind, at, changed in _of_statement(sentence):
        yield from new(kind, at, changed)
