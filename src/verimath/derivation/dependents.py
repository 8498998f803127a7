"""Which claims read a definition."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..meaning.statement import Claim, Definition, Statement, Update, all_expressions
from ..message.frozen import frozen
from ..names.table import Binding, Names


@frozen
class Reader:
    """A claim that reads a definition: where it stands, and under which label."""

    names: Names
    label: str
    statement: Statement


def binding_of(names: Names, definition: Definition) -> Binding:
    """The name that a definition defines."""
    return next(binding for binding in names.bindings() if binding.statement is definition)


def readers(binding: Binding, pages: Iterable[Names]) -> Iterator[Reader]:
    """The claims whose value depends on a name, directly or through what they read; those that are expected to hold."""
    for names in pages:
        for formula in names.formulas:
            for statement in formula.statements if formula.failure is None and formula.equation.defines else ():
                if isinstance(statement, Claim | Update) and _reads(statement, binding, names):
                    yield Reader(names, formula.equation.label, statement)


def _reads(statement: Statement, binding: Binding, names: Names) -> bool:
    return binding in names.read_by(all_expressions(statement), with_sets=True)
