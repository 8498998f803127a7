"""A snippet's function, called with the page's symbols on the trials of its equation."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice, product
from pathlib import Path
from typing import Any

from ..derivation.builds_on import PageNode
from ..derivation.notation import node as symbol_of
from ..evaluation import Frame, evaluate
from ..evaluation.magnitude import size_of
from ..latex.read.clauses.letters import uses
from ..meaning.expression import Apply, Name, Negative, Node
from ..meaning.expression import Call as Function
from ..meaning.statement import Claim, Definition, Reach, Statement, Update
from ..message.refusal import Refusal
from ..names.table import Formula
from ..numbers.array import Array, Value
from ..numbers.dual import plain
from ..numbers.scalar import is_complex
from ..page.blocks import Snippet
from ..trials.page_trials import Trials
from ..verdict.agreement import DIGITS, half_units
from ..verdict.instances import Combination, Instance, Instances, placing
from .sections import find

# Where numbers are larger than usual, two of them as large as functions can bear: what is right for small ones alone is
# seen there.
WILD = (3, 4, 8, 9, 10, 13, 14)


@dataclass
class Expected:
    """What a function must return on a trial: a side of its equation, for all values of its letters.

    Attributes:
        instance: the equation, opened on the trial.
        side: what the function computes.
        equal: the sides that are said to be equal to it, itself among them.
        letters: its free letters.
        value: in floats, as nested lists, the first letter the outermost; None where the equation says nothing.
    """

    instance: Instance
    side: Node
    equal: tuple[Node, ...]
    letters: list[str]
    value: Any = field(init=False)

    def __post_init__(self) -> None:
        self.value = self._nested(self.letters, {})

    @cached_property
    def precise(self) -> Any:
        """The value in many digits."""
        return self._nested(self.letters, {}, DIGITS[0])

    @cached_property
    def size(self) -> float:
        """How large the terms are of the side, and of those that it is said to be equal to."""
        found = 0.0
        for values in product(*(self.instance.ranges[letter] for letter in self.letters)):
            frame = self._frame(dict(zip(self.letters, values, strict=True)))
            for node in self.equal:
                # A side may have no value for these letters alone.
                with suppress(Refusal):
                    # An absolute value is rounded as what it is taken of.
                    inner = node.argument if isinstance(node, Function) and node.name == "abs" else node
                    found = max(found, 0.0 if frame is None else size_of(inner, frame))
        return found

    def _nested(self, letters: list[str], chosen: dict[str, int], many: int = 0) -> Any:
        if not letters:
            frame = self._frame(chosen, many)
            return None if frame is None else _plain(evaluate(self.side, frame))
        first, *rest = letters
        return [self._nested(rest, {**chosen, first: value}, many) for value in self.instance.ranges[first]]

    def _frame(self, chosen: dict[str, int], many: int = 0) -> Frame | None:
        """Where the side is evaluated for some of the letters; None where the equation says nothing of them."""
        others = {letter: values for letter, values in self.instance.ranges.items() if letter not in chosen}
        for values in product(*others.values()):
            combination = Combination(self.instance, {**chosen, **dict(zip(others, values, strict=True))})
            if combination.counts():
                return combination.frame(many)
        return None


@dataclass
class Call:
    """A function to call, and what it must return.

    Attributes:
        snippet: the fence.
        formula: the equation that it is tied to.
        file, function: what is called.
        arguments: by name, one set a trial.
        expected: one value a trial, None where a component isn't claimed.
    """

    snippet: Snippet
    formula: Formula
    file: Path
    function: str
    arguments: list[dict[str, Any]]
    expected: list[Expected]


def planned(node: PageNode, trials: Trials, folders: list[Path], only: str | None) -> Iterator[Call | Refusal]:
    """The calls that a page's snippets ask for, or why one can't be called."""
    formulas = {formula.equation.label: formula for formula in node.names.formulas}
    for snippet in node.page.snippets:
        if not snippet.verifies or (only is not None and snippet.name != only):
            continue
        formula = formulas.get(snippet.name)
        if formula is None or formula.failure is not None or formula.equation.expected != "holds":
            continue
        trials.effort.start()
        try:
            yield _planned(node, snippet, formula, trials, folders)
        except Refusal as refusal:
            # Where it is the equation that has no value, its own verdict says so.
            if refusal.span is not None:
                yield refusal


def _planned(node: PageNode, snippet: Snippet, formula: Formula, trials: Trials, folders: list[Path]) -> Call:
    file, function = _last_function(snippet, folders)
    parameters = _parameters(node, snippet, function)
    expected = list(_values(formula, snippet, trials))
    arguments = [
        {name: _plain(evaluate(symbol, each.instance.frame())) for name, symbol in parameters.items()}
        for each in expected
    ]
    for name in {name for given in arguments for name, value in given.items() if _has_complex(value)}:
        raise Refusal(
            way_out="tie it by demo",
            what=f"`{name}` is complex, and a snippet is called with real numbers",
            span=snippet.place,
        )
    return Call(snippet, formula, file, function.name, arguments, expected)


def _last_function(snippet: Snippet, folders: list[Path]) -> tuple[Path, ast.FunctionDef]:
    """The last function that a snippet shows, and its file."""
    found: tuple[Path, ast.FunctionDef] | None = None
    for include in snippet.includes:
        path, lines = find(include, folders)
        try:
            tree = ast.parse(path.read_text("utf-8"))
        except (SyntaxError, ValueError) as error:
            raise Refusal(str(error), what=f"{path.name} isn't Python", span=include.span) from None
        functions = [part for part in tree.body if isinstance(part, ast.FunctionDef) and part.lineno in lines]
        if functions:
            found = path, functions[-1]
    if found is None:
        raise Refusal(
            "the last one that it shows is called with the page's symbols",
            "show the function, or tie the snippet by demo",
            what=f"snippet `{snippet.name}` defines no function",
            span=snippet.place,
        )
    return found


def _parameters(node: PageNode, snippet: Snippet, function: ast.FunctionDef) -> dict[str, Node]:
    """The symbol of each parameter, by the notation."""
    listed = function.args
    by_place = [*listed.posonlyargs, *listed.args]
    needed = by_place[: len(by_place) - len(listed.defaults)]
    needed += [each for each, default in zip(listed.kwonlyargs, listed.kw_defaults, strict=True) if default is None]
    found = {}
    for argument in [*by_place, *listed.kwonlyargs]:
        entry = node.notation.get(argument.arg)
        if entry is None:
            if argument not in needed:
                continue
            raise Refusal(
                f"it has {', '.join(node.notation) or 'no row'}",
                f"add - {{symbol: …, code: {argument.arg}, meaning: …}} to the page's front matter",
                what=f"`{function.name}` takes `{argument.arg}`, which the notation doesn't know",
                span=snippet.place,
            )
        found[argument.arg] = symbol_of(entry, node.names)
    return found


def _values(formula: Formula, snippet: Snippet, trials: Trials) -> Iterator[Expected]:
    """What the function must return on each trial, and how large the terms are that make it."""
    for statement in formula.statements:
        side = first_side(statement, trials)
        if side is not None:
            claim = Claim((side,), (), (statement.at,), _reach(statement))
            yield from _side_values(claim, side, _equal_to(side, statement), trials)
            return
    raise Refusal(
        "it only declares, or compares printed numbers",
        "tie the snippet by demo",
        what=f"equation `{snippet.name}` has no side that code could compute",
        span=snippet.place,
    )


def _equal_to(side: Node, statement: Statement) -> tuple[Node, ...]:
    """The sides that are said to be equal to one: the code may have the terms of any of them."""
    if not isinstance(statement, Claim):
        return (side,)
    place = statement.sides.index(side)
    start, stop = place, place + 1
    while start > 0 and statement.relations[start - 1] == "=":
        start -= 1
    while stop < len(statement.sides) and statement.relations[stop - 1] == "=":
        stop += 1
    return statement.sides[start:stop]


def _reach(statement: Statement) -> Reach:
    if isinstance(statement, Claim):
        return statement.reach
    if isinstance(statement, Definition):
        return Reach(conditions=statement.reach.conditions)
    return Reach()


def first_side(statement: Statement, trials: Trials) -> Node | None:
    """The side that a snippet computes: the first that isn't a printed number, what is defined, what an update sets."""
    match statement:
        case Claim(sides):
            return next((side for side in sides if not _is_literal(side)), None)
        case Update(value=value):
            return value
        case Definition(name=name, parameters=()):
            return trials.names.node(name)
        case Definition(name=name, parameters=parameters):
            return Apply(name, tuple(Name(parameter) for parameter in parameters))
    return None


def _is_literal(node: Node) -> bool:
    return half_units(node.value if isinstance(node, Negative) else node) is not None


def _side_values(claim: Claim, side: Node, equal: tuple[Node, ...], trials: Trials) -> Iterator[Expected]:
    instances = Instances(claim, trials)
    free = dict.fromkeys(use.letter for use in uses(side, trials.names) if not use.bound)
    letters = [letter for letter in free if letter in instances.letters]
    ordinary = (_expected(instance, side, equal, letters) for instance in instances.opened())
    yield from islice((expected for expected in ordinary if expected is not None), trials.count)
    for number in WILD:
        expected = None
        with suppress(Refusal):  # numbers so large may leave it without a value
            instance = instances.on(number, wild=True)
            expected = None if instance is None else _expected(instance, side, equal, letters)
        if expected is not None:
            yield expected


def _expected(instance: Instance, side: Node, equal: tuple[Node, ...], letters: list[str]) -> Expected | None:
    """What a function must return on a trial; None where a set is empty on it.

    Raises:
        Refusal: where the side has no value.
    """
    with placing(side.at):
        return Expected(instance, side, equal, letters)
    return None


def _plain(value: Value) -> Any:
    """A value as JSON can say it."""
    if isinstance(value, Array):
        return _listed(value.entries.tolist())
    bare = plain(value)
    return complex(bare) if is_complex(bare) else bare if isinstance(bare, int) else float(bare)


def _has_complex(value: Any) -> bool:
    return any(map(_has_complex, value)) if isinstance(value, list) else isinstance(value, complex)


def _listed(entries: Any) -> Any:
    return [_listed(entry) for entry in entries] if isinstance(entries, list) else _plain(entries)
