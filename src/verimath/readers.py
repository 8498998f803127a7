"""Which claims read a definition, and a page's names with another statement in its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from .expression import Apply, Name, Node, Prime, Range, Variable
from .reader.letters import roots
from .scope import Bound, Scope
from .statement import Claim, Declaration, Definition, Revaluation, Statement, sizes


def bound_of(scope: Scope, definition: Definition) -> Bound:
    """The name that a definition defines."""
    return next(bound for bound in _all(scope) if bound.statement is definition)


def _all(scope: Scope) -> list[Bound]:
    return [*scope.values.values(), *scope.functions.values()]


def with_statement(scope: Scope, bound: Bound, statement: Definition) -> Scope | None:
    """A page's names with another definition of one; None where the page doesn't have that name."""
    if not any(other is bound for other in _all(scope)):
        return None
    changed = replace_bound(bound, statement)
    return replace(
        scope,
        values={key: changed if other is bound else other for key, other in scope.values.items()},
        functions={key: changed if other is bound else other for key, other in scope.functions.items()},
        _reads={},
    )


def replace_bound(bound: Bound, statement: Definition) -> Bound:
    """The same name with another definition."""
    return replace(bound, statement=statement)


def reads(statement: Statement, scope: Scope, bound: Bound) -> bool:
    """Whether a statement's value depends on a name, directly or through what it reads."""
    return any(other is bound for other in _read(statement, scope, set()))


def _read(statement: Statement, scope: Scope, seen: set[int]) -> Iterator[Bound]:
    for node in (part for root in _roots(statement) for part in root.walk()):
        for bound in _of_node(node, scope):
            if id(bound) not in seen:
                seen.add(id(bound))
                yield bound
                if bound.statement is not None:
                    yield from _read(bound.statement, scope, seen)


def _roots(statement: Statement) -> list[Node]:
    """The expressions of a statement, those of its sets and ranges among them."""
    found = roots(statement)
    if isinstance(statement, Declaration):
        found = sizes(statement.domain)
    if isinstance(statement, Claim | Definition):
        for quantifier in statement.scope.quantifiers:
            over = quantifier.over
            found += [over] if isinstance(over, Range) else [] if over is None else sizes(over)
    return found


def _of_node(node: Node, scope: Scope) -> Iterator[Bound]:
    match node:
        case Name(name) | Variable(name):
            if name in scope.values:
                yield scope.values[name]
        case Apply(name, arguments):
            yield from _of_function((name, len(arguments)), scope)
        case Prime(name):
            yield from _of_function((name, 1), scope)


def _of_function(key: tuple[str, int], scope: Scope) -> Iterator[Bound]:
    if key in scope.functions:
        yield scope.functions[key]
    if key in scope.targets:
        yield scope.values[scope.targets[key]]
