r"""What a verdict takes for granted, which print doesn't say and readers may take otherwise.

It is said in the line of the verdict, and on the page: \partial by a symmetric matrix, \lVert A \rVert of a matrix, a
comparison behind a claim that was read as its condition.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from ..evaluation import Frame, evaluate
from ..latex.write import Writer
from ..meaning.expression import Apply, Call, Name, Node, Variable
from ..meaning.signs import MATRICES
from ..meaning.statement import Claim, Definition, Matrices, Statement, expressions
from ..message.refusal import Overflow, Refusal
from ..names.table import Names
from ..numbers.array import Array, Value
from ..trials.page_trials import Trials
from .instances import Instance, Instances

# Each kind of it by its name, with {} for what it is said of, as LaTeX.
SAID = {
    "granted": "the entries of {} taken as independent",
    "frobenius": "{} taken as Frobenius' norm",
    "supposed": "where {}",
}
BETWEEN, AND = "; ", " and "


def assumed(statements: tuple[Statement, ...], trials: Trials) -> str:
    """What the verdict on statements takes for granted, each once; empty where it is nothing."""
    found = list(dict.fromkeys(each for one in statements for each in _of(one, trials)))
    of = {kind: AND.join(tex for other, tex in found if other == kind) for kind, _ in found}
    return BETWEEN.join(said.format(of[kind]) for kind, said in SAID.items() if kind in of)


def taken_apart(assumes: str) -> Iterator[tuple[str, list[str]]]:
    """The kinds of what is taken for granted, and what each is said of."""
    for part in assumes.split(BETWEEN):
        for kind, said in SAID.items():
            before, after = said.split("{}")
            if part and part.startswith(before) and part.endswith(after):
                yield kind, part[len(before) : len(part) - len(after)].split(AND)


def _of(statement: Statement, trials: Trials) -> Iterator[tuple[str, str]]:
    """The kinds of it in a statement, and what they are said of."""
    yield from (("granted", name) for name in _symmetric(statement, trials.names))
    yield from (("frobenius", tex) for tex in _norms(statement, trials))
    if isinstance(statement, Claim) and statement.supposed:
        yield from (("supposed", Writer().whole(node)) for node in statement.reach.conditions[-statement.supposed :])


def _symmetric(statement: Statement, names: Names) -> Iterator[str]:
    """The symmetric matrices that it derives by, as if their entries were independent."""
    for node in (part for root in expressions(statement) for part in root.walk() if isinstance(part, Variable)):
        domain = names.domain(node.name)
        if isinstance(domain, Matrices) and MATRICES[domain.kind].is_symmetric:
            yield node.name


def norm_in(statement: Statement, trials: Trials) -> str:
    """The first norm of a matrix that doesn't say which it is, as LaTeX; empty where there is none."""
    return next(_norms(statement, trials), "")


def _norms(statement: Statement, trials: Trials) -> Iterator[str]:
    """The norms of matrices that don't say which, in a statement and in the functions that it applies."""
    roots, names = expressions(statement), trials.names
    asks = any(isinstance(part, Call) and part.name == "norm" for part in _read(roots, names, {*()}))
    instance = _first(statement, trials) if asks else None
    if instance is not None:
        frame = instance.frame().having(dict.fromkeys(instance.ranges, 1))
        yield from _norms_in(roots, frame, names, {*()})


def _read(roots: list[Node], names: Names, seen: set[Definition]) -> Iterator[Node]:
    """All parts of expressions, and of the functions that they apply."""
    for part in (part for root in roots for part in root.walk()):
        yield part
        if isinstance(part, Apply) and (definition := _definition(part, names)) and definition not in seen:
            seen.add(definition)
            yield from _read([definition.body], names, seen)


def _definition(node: Apply, names: Names) -> Definition | None:
    """That of a function; None of a map, and of a value that is evaluated anew."""
    binding = names.functions.get(node.name, {}).get(len(node.arguments))
    statement = binding and names.statement(binding)
    return statement if isinstance(statement, Definition) else None


def _norms_in(roots: list[Node], frame: Frame, names: Names, seen: set[Definition]) -> Iterator[str]:
    """The same in expressions; `seen` are the definitions of the functions that have been looked at."""
    for found in (each for root in roots for each in root.occurrences):
        # For letters that are bound, any value tells the shape.
        inside = frame.having(dict.fromkeys(found.bound, 1))
        match found.node:
            case Call("norm", argument) as norm:
                [value] = _values((argument,), inside, names) or [None]
                if isinstance(value, Array) and len(value.shape) == 2:
                    yield Writer().whole(norm)
            case Apply() as applied if (definition := _definition(applied, names)) and definition not in seen:
                seen.add(definition)
                if given := _values(applied.arguments, inside, names):
                    own = frame.having(dict(zip(definition.parameters, given, strict=False)))
                    yield from _norms_in([definition.body], own, names, seen)


def _values(nodes: tuple[Node, ...], frame: Frame, names: Names) -> list[Value]:
    """What expressions are worth; nothing where one has no value, or reads what has none here."""
    read = {part.name for node in nodes for part in node.walk() if isinstance(part, Name)}
    with suppress(Refusal, Overflow):
        if all(name in frame.local or names.has_value(name) for name in read):
            return [evaluate(node, frame) for node in nodes]
    return []


def _first(statement: Statement, trials: Trials) -> Instance | None:
    """The first trial on which a statement says something."""
    with suppress(Refusal, Overflow):
        return next(Instances(statement, trials).opened(), None)
    return None
