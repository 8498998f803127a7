"""Which letters of a statement number components: those that no one declared and that stand as subscripts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ....meaning.expression import Big, Bracket, Derivative, Index, Name, Node, Range, Variable
from ....meaning.statement import Claim, Definition, Domain, Statement, Update, sizes
from ....message.refusal import Refusal
from ....names.known import Known


@dataclass(frozen=True)
class Use:
    """A letter in a tree: where, whether as a subscript, and whether something around it binds it."""

    letter: str
    at: int
    subscript: bool
    bound: bool


def uses(node: Node, known: Known, bound: frozenset[str] = frozenset(), subscript: bool = False) -> Iterator[Use]:
    """All letters that the page doesn't know, in a tree."""
    match node:
        case Name(name):
            if not known.has_value(name):
                yield Use(name, node.at, subscript, name in bound)
        case Index(array, entries, whole):
            yield from uses(array, known, bound)
            for entry in entries:
                yield from uses(entry, known, bound, subscript=True)
            if whole is not None and not entries:
                yield from uses(whole, known, bound, subscript=True)
        case Big(binders=binders, condition=condition, body=body):
            for binder in binders:
                if binder.range is not None:
                    yield from uses(binder.range, known, bound)
            inner = bound | {binder.letter for binder in binders}
            for part in (condition, body):
                if part is not None:
                    yield from uses(part, known, inner)
        case Bracket(condition):
            for child in condition.children():
                yield from uses(child, known, bound, subscript=True)
        case Variable(subscripts=subscripts):
            if not known.has_value(node.name):
                raise Refusal(f"`{node.name}` isn't declared", _declare(node.name), at=node.at)
            if subscripts is not None:
                yield from uses(subscripts, known, bound)
        case Derivative(value, variables):
            for part in (value, *variables):
                yield from uses(part, known, bound)
        case _:
            for child in node.children():
                yield from uses(child, known, bound, subscript)


def _declare(name: str) -> str:
    return f"declare it, such as {name} \\in \\mathbb{{R}}, or define it by \\coloneqq"


def check_declared(domain: Domain | Range, known: Known) -> None:
    """Refuse a set whose sizes or bounds read what isn't declared.

    Raises:
        Refusal: at the first such symbol.
    """
    parts = [domain.first, domain.last, *domain.between] if isinstance(domain, Range) else sizes(domain)
    for use in (use for node in parts for use in uses(node, known) if not use.bound):
        raise Refusal(f"`{use.letter}` isn't declared", _declare(use.letter), at=use.at)


def free_letters(statement: Statement, known: Known) -> tuple[str, ...]:
    """The letters that stand for all their values, in the order in which they first appear."""
    return tuple(dict.fromkeys(use.letter for node in roots(statement) for use in uses(node, known) if not use.bound))


def roots(statement: Statement) -> list[Node]:
    """The expressions of a statement, its conditions among them."""
    match statement:
        case Claim(sides, reach=reach):
            return [*sides, *reach.conditions]
        case Definition(body=body, reach=reach):
            return [body, *reach.conditions]
        case Update(value=value):
            return [value]
    return []


def check_letters(statement: Statement, known: Known) -> None:
    """Refuse letters that nothing declares, and those that are two things at once.

    Raises:
        Refusal: at the letter.
    """
    quantified: dict[str, int] = {}
    indices: tuple[str, ...] = ()
    inner = known
    earlier: list[str] = []
    drawn: set[str] = set()
    parameters = statement.parameters if isinstance(statement, Definition) else ()
    if isinstance(statement, Claim | Definition):
        for quantifier in statement.reach.quantifiers:
            for letter in quantifier.letters:
                if letter in quantified:
                    raise Refusal(f"\\forall names `{letter}` twice", "write it once", at=quantifier.at)
                if letter in known and (quantifier.over is None or isinstance(quantifier.over, Range)):
                    raise Refusal(f"`{letter}` is a symbol of this page", "number by another letter", at=quantifier.at)
                quantified[letter] = quantifier.at
            if isinstance(quantifier.over, Range):
                check_declared(quantifier.over, known.within([*earlier, *parameters]))
            elif quantifier.over is not None:
                # It is drawn before letters are given their values.
                check_declared(quantifier.over, known.within([*drawn, *parameters]))
                drawn |= {*quantifier.letters}
            earlier += quantifier.letters
    if isinstance(statement, Definition):
        own = known.sizes.get(statement.name, ()) if statement.parameters else ()
        inner, indices = known.within((*parameters, *own)), statement.indices
    found = [use for node in roots(statement) for use in uses(node, inner)]
    for node in (part for root in roots(statement) for part in root.walk() if isinstance(part, Index)):
        if isinstance(node.array, Name) and node.array.name not in drawn and not inner.has_value(node.array.name):
            # A letter that numbers components has none.
            raise Refusal(f"`{node.array.name}` isn't declared", _declare(node.array.name), at=node.at)
    numbering = {use.letter for use in found if use.subscript} | {*quantified} | {*indices}
    for use in found:
        if use.bound:
            if use.letter in quantified or use.letter in indices:
                raise Refusal(
                    f"`{use.letter}` is bound here, and stands for all its values elsewhere",
                    "bind another letter",
                    at=use.at,
                )
            if any(other.letter == use.letter and not other.bound for other in found):
                raise Refusal(
                    f"`{use.letter}` is bound here, and free elsewhere in this statement",
                    "bind another letter",
                    at=use.at,
                )
        elif use.letter not in numbering:
            raise Refusal(f"`{use.letter}` isn't declared", _declare(use.letter), at=use.at)
        elif isinstance(statement, Update):
            raise Refusal("an update of components", "write it for the whole array", at=use.at)
        elif isinstance(statement, Definition) and use.letter not in indices:
            raise Refusal(
                f"`{use.letter}` isn't among the components that this defines",
                "write it on the left, or sum over it",
                at=use.at,
            )
    used = {use.letter for use in found} | {*indices}
    for letter, at in quantified.items():
        if letter not in used and not known.has_value(letter):
            raise Refusal(f"\\forall names `{letter}`, which nothing uses", "delete it, or use its letter", at=at)
