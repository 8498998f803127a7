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
                raise Refusal(f"`{node.name}` isn't declared", _declare(node.name), rule=6, at=node.at)
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
        raise Refusal(f"`{use.letter}` isn't declared", _declare(use.letter), rule=6, at=use.at)


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
    quantified = _quantified(statement, known)
    inner, indices = known, tuple[str, ...]()
    if isinstance(statement, Definition):
        own = known.sizes.get(statement.name, ()) if statement.parameters else ()
        inner, indices = known.within((*statement.parameters, *own)), statement.indices
    found = [use for node in roots(statement) for use in uses(node, inner)]
    _check_arrays(statement, inner)
    numbering = {use.letter for use in found if use.subscript} | {*quantified, *indices}
    for use in found:
        if use.bound:
            _check_bound(use, found, {*quantified, *indices})
        elif use.letter not in numbering:
            raise Refusal(f"`{use.letter}` isn't declared", _declare(use.letter), rule=6, at=use.at)
        else:
            _check_free(use, statement)
    used = {use.letter for use in found} | {*indices}
    for letter, at in quantified.items():
        if letter not in used and not known.has_value(letter):
            what = f"\\forall names `{letter}`, which nothing uses"
            raise Refusal(what, "delete it, or use its letter", rule=2, at=at)


def _quantified(statement: Statement, known: Known) -> dict[str, int]:
    r"""The letters that a \forall names, each with its place: once, and over what is known before it."""
    if not isinstance(statement, Claim | Definition):
        return {}
    parameters = statement.parameters if isinstance(statement, Definition) else ()
    found: dict[str, int] = {}
    drawn: list[str] = []
    for quantifier in statement.reach.quantifiers:
        earlier = [*found]
        for letter in quantifier.letters:
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


def _check_arrays(statement: Statement, known: Known) -> None:
    """What has components is a value: a letter that numbers components has none."""
    drawn = _drawn(statement)
    for node in (part for root in roots(statement) for part in root.walk()):
        match node:
            case Index(Name(name)) if name not in drawn and not known.has_value(name):
                raise Refusal(f"`{name}` isn't declared", _declare(name), rule=6, at=node.at)


def _drawn(statement: Statement) -> set[str]:
    r"""The letters that a \forall draws from a set."""
    if not isinstance(statement, Claim | Definition):
        return set()
    over_sets = [each for each in statement.reach.quantifiers if each.over and not isinstance(each.over, Range)]
    return {letter for quantifier in over_sets for letter in quantifier.letters}


def _check_bound(use: Use, found: list[Use], given: set[str]) -> None:
    """A letter that a sum binds has no value around it: not from what gives it all its values, nor by being free."""
    if use.letter in given:
        what = f"`{use.letter}` is bound here, and stands for all its values elsewhere"
        raise Refusal(what, "bind another letter", rule=14, at=use.at)
    if any(other.letter == use.letter and not other.bound for other in found):
        what = f"`{use.letter}` is bound here, and free elsewhere in this statement"
        raise Refusal(what, "bind another letter", rule=14, at=use.at)


def _check_free(use: Use, statement: Statement) -> None:
    """A letter that stands for all its values: in a claim, or on the left of a definition."""
    match statement:
        case Update():
            raise Refusal("an update of components", "write it for the whole array", rule=24, at=use.at)
        case Definition(indices=indices) if use.letter not in indices:
            what = f"`{use.letter}` isn't among the components that this defines"
            raise Refusal(what, "write it on the left, or sum over it", rule=15, at=use.at)
