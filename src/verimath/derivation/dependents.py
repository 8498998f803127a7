"""Which claims read a definition, and a page's names with another definition in its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from ..meaning.expression import Apply, Name, Node, Prime, Variable
from ..meaning.statement import Claim, Definition, Statement, Update, all_expressions
from ..names.scope import Bound, Scope


@dataclass(frozen=True)
class Reader:
    """A claim that reads a definition: where it stands, and under which label."""

    scope: Scope
    label: str
    statement: Statement


def bound_of(scope: Scope, definition: Definition) -> Bound:
    """The name that a definition defines."""
    return next(bound for bound in _all(scope) if bound.statement is definition)


def _all(scope: Scope) -> list[Bound]:
    return [*scope.values.values(), *scope.functions.values()]


def with_definition(scope: Scope, bound: Bound, definition: Definition) -> Scope | None:
    """A page's names with another definition of one; None where the page doesn't have that name."""
    if not any(other is bound for other in _all(scope)):
        return None
    changed = replace(bound, statement=definition)
    return replace(
        scope,
        values={key: changed if other is bound else other for key, other in scope.values.items()},
        functions={key: changed if other is bound else other for key, other in scope.functions.items()},
        _reads={},
    )


def readers(bound: Bound, scopes: Iterable[Scope]) -> Iterator[Reader]:
    """The claims whose value depends on a name, directly or through what they read; those that are expected to hold."""
    for scope in scopes:
        for formula in scope.formulas:
            for statement in formula.statements if formula.failure is None and formula.equation.defines else ():
                if isinstance(statement, Claim | Update) and any(
                    found is bound for found in _read(statement, scope, set())
                ):
                    yield Reader(scope, formula.equation.label, statement)


def _read(statement: Statement, scope: Scope, seen: set[int]) -> Iterator[Bound]:
    for node in (part for root in all_expressions(statement) for part in root.walk()):
        for bound in _names(node, scope):
            if id(bound) not in seen:
                seen.add(id(bound))
                yield bound
                if bound.statement is not None:
                    yield from _read(bound.statement, scope, seen)


def _names(node: Node, scope: Scope) -> Iterator[Bound]:
    """The names that one node reads: a symbol's, a function's and, of a map by its components, theirs."""
    call: tuple[str, int] | None = None
    match node:
        case Name(name) | Variable(name):
            if name in scope.values:
                yield scope.values[name]
        case Apply(name, arguments):
            call = name, len(arguments)
        case Prime(name):
            call = name, 1
    if call in scope.functions:
        yield scope.functions[call]
    if call in scope.targets:
        yield scope.values[scope.targets[call]]
