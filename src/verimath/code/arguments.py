"""A snippet's function, called with the page's symbols on the trials of its equation."""

from __future__ import annotations

import ast
import cmath
import math
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

from ..derivation.builds_on import PageNode
from ..derivation.notation import letter_of
from ..derivation.notation import node as symbol_of
from ..evaluation import Frame, evaluate
from ..evaluation.effort import OPENING, work_of
from ..evaluation.magnitude import size_of
from ..latex.read.clauses.letters import uses
from ..meaning.expression import Apply, Name, Negative, Node
from ..meaning.expression import Call as Function
from ..meaning.statement import Claim, Definition, Reach, Statement, Update, expressions
from ..message.frozen import frozen
from ..message.refusal import OutOfTime, Refusal, TooLong
from ..names.table import Formula
from ..numbers.array import Array, Value
from ..numbers.dual import plain
from ..numbers.scalar import is_complex
from ..page.blocks import Snippet
from ..trials.chance import Moves
from ..trials.page_trials import Trials
from ..trials.structured import KINDS
from ..verdict.agreement import DIGITS, half_units
from ..verdict.instances import Combination, Instance, Instances, choices, placing
from .sections import find

# Where numbers are larger than usual, two of them as large as functions can bear: what is right for small ones alone is
# seen there.
WILD = (3, 4, 8, 9, 10, 13, 14)
# On these, all real numbers are larger, those of arrays too: multiplied by this. Where what is made of them is larger
# than what exponentials bear, nothing is called.
LARGER, LARGEST = {1: 6.0, 5: 25.0}, 300.0
STRETCHED = "trial with larger numbers"
# Of the structured trials so many that each symbol takes each kind of values, and the sizes each kind of theirs.
STRUCTURED = tuple(n * KINDS + n for n in range(KINDS))
# Whole numbers up to there are told apart in any type that holds them.
LARGEST_WHOLE = 2**31


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
        for values in choices([self.instance.ranges[letter] for letter in self.letters]):
            frame = self._frame(dict(zip(self.letters, values, strict=True)))
            for node in self.equal:
                # A side may have no value for these letters alone.
                with suppress(Refusal):
                    # An absolute value is rounded as what it is taken of.
                    inner = node.argument if isinstance(node, Function) and node.name == "abs" else node
                    found = max(found, 0.0 if frame is None else size_of(inner, frame))
        return found

    def has_value(self) -> bool:
        """Whether all sides that are said to be equal have values, for all letters: only there is something claimed."""
        with suppress(Refusal):
            for combination in self.instance.combinations():
                if combination.counts():
                    for node in self.equal:
                        evaluate(node, combination.frame(DIGITS[0]))
            return True
        return False

    def _nested(self, letters: list[str], chosen: dict[str, int], many: int = 0) -> Any:
        if not letters:
            frame = self._frame(chosen, many)
            return None if frame is None else _plain(evaluate(self.side, frame))
        first, *rest = letters
        return [self._nested(rest, {**chosen, first: value}, many) for value in self.instance.ranges[first]]

    def _frame(self, chosen: dict[str, int], many: int = 0) -> Frame | None:
        """Where the side is evaluated for some of the letters; None where the equation says nothing of them."""
        others = {letter: values for letter, values in self.instance.ranges.items() if letter not in chosen}
        for values in choices([*others.values()]):
            self.instance.trial.spend(OPENING + work_of(self.side))
            combination = Combination(self.instance, {**chosen, **dict(zip(others, values, strict=True))})
            if combination.counts():
                return combination.frame(many)
        return None


@frozen
class Given:
    """What a function is called with, and what it must return.

    Attributes:
        expected: a value, None where a component isn't claimed.
        arguments: by name.
        kind: of the trial, for a message.
        whole: its real numbers are whole, and given as such.
    """

    expected: Expected
    arguments: dict[str, Any]
    kind: str
    whole: bool = False


@dataclass
class Call:
    """A function to call, and what it must return.

    Attributes:
        snippet: the fence.
        formula: the equation that it is tied to.
        file, function: what is called.
        given: with what, and what it must return.
    """

    snippet: Snippet
    formula: Formula
    file: Path
    function: str
    given: list[Given]

    @property
    def arguments(self) -> list[dict[str, Any]]:
        """The arguments, by name, one set a call."""
        return [given.arguments for given in self.given]


def planned(
    node: PageNode, trials: Trials, folders: list[Path], only: str | None, holding: Collection[str] | None = None
) -> Iterator[Call | Refusal]:
    """The calls that a page's snippets ask for, or why one can't be called.

    Args:
        holding: the labels of the equations that hold; None where all do. Where another one has no value, its own
            verdict says so.
    """
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
        except (TooLong, OutOfTime) as refusal:
            yield refusal.told(f"snippet `{snippet.name}` can't be checked", snippet.place)
        except Refusal as refusal:
            if refusal.span is not None:
                yield refusal
            elif holding is None or snippet.name in holding:
                yield refusal.told(f"snippet `{snippet.name}` can't be called", snippet.place)


def _planned(node: PageNode, snippet: Snippet, formula: Formula, trials: Trials, folders: list[Path]) -> Call:
    file, function = _last_function(snippet, folders)
    parameters = _parameters(node, snippet, function)
    given = [*_givens(_side(formula, snippet, trials), parameters, trials)]
    for name in {name for each in given for name, value in each.arguments.items() if _has_complex(value)}:
        raise Refusal(
            way_out="tie it by demo",
            what=f"`{name}` is complex, and a snippet is called with real numbers",
            span=snippet.place,
        )
    return Call(snippet, formula, file, function.name, given)


def _last_function(snippet: Snippet, folders: list[Path]) -> tuple[Path, ast.FunctionDef]:
    """The last function that a snippet shows, and its file."""
    found: tuple[Path, ast.FunctionDef] | None = None
    for include in snippet.includes:
        path, lines = find(include, folders)
        try:
            defined = _functions(path.read_text("utf-8"))
        except (SyntaxError, ValueError) as error:
            raise Refusal(str(error), what=f"{path.name} isn't Python", span=include.span) from None
        if functions := [part for part in defined if part.lineno in lines]:
            found = path, functions[-1]
            if hidden := [each.lineno for each in functions[-1].decorator_list if each.lineno not in lines]:
                raise Refusal(
                    f"line {hidden[0]} of its file decorates it, and isn't shown",
                    "show that line too",
                    what=f"snippet `{snippet.name}` shows another function than the one that is called",
                    span=include.span,
                )
    if found is None:
        raise Refusal(
            "the last one that it shows is called with the page's symbols",
            "show the function, or tie the snippet by demo",
            what=f"snippet `{snippet.name}` defines no function",
            span=snippet.place,
        )
    return found


@lru_cache(64)
def _functions(code: str) -> tuple[ast.FunctionDef, ...]:
    """The functions of a file; a page shows many of one."""
    return tuple(part for part in ast.parse(code).body if isinstance(part, ast.FunctionDef))


def _parameters(node: PageNode, snippet: Snippet, function: ast.FunctionDef) -> dict[str, Node]:
    """The symbol of each parameter, by the notation; without a row, a letter stands for itself."""
    listed = function.args
    by_place = [*listed.posonlyargs, *listed.args]
    needed = by_place[: len(by_place) - len(listed.defaults)]
    needed += [each for each, default in zip(listed.kwonlyargs, listed.kw_defaults, strict=True) if default is None]
    found = {}
    for argument in [*by_place, *listed.kwonlyargs]:
        entry = node.notation.get(argument.arg)
        if entry is not None:
            found[argument.arg] = symbol_of(entry, node.names)
        elif argument in needed:
            symbol = letter_of(argument.arg, node.names)
            if symbol is not None:
                found[argument.arg] = symbol
                continue
            raise Refusal(
                f"it has {', '.join(node.notation) or 'no row'}",
                f"add - {{symbol: …, code: {argument.arg}, meaning: …}} to the page's front matter",
                what=f"`{function.name}` takes `{argument.arg}`, which the notation doesn't know",
                span=snippet.place,
            )
    return found


@frozen
class Side:
    """What a function computes: a side of a statement, which is a claim by itself."""

    statement: Statement
    node: Node

    @property
    def claim(self) -> Claim:
        return Claim((self.node,), (), (self.statement.at,), _reach(self.statement))

    def instances(self, trials: Trials) -> Instances:
        """It on some trials; what its letters number may be said by another side alone."""
        return Instances(self.claim, trials, self.equal)

    @property
    def equal(self) -> tuple[Node, ...]:
        """The sides that are said to be equal to it, itself among them."""
        return _equal_to(self.node, self.statement)


def _side(formula: Formula, snippet: Snippet, trials: Trials) -> Side:
    """What the function must compute."""
    for statement in formula.statements:
        side = first_side(statement, trials)
        if side is not None:
            return Side(statement, side)
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


def _givens(side: Side, parameters: dict[str, Node], trials: Trials) -> Iterator[Given]:
    """What the function is called with: on the equation's trials, and where there is more to be seen of code.

    Raises:
        Refusal: where the equation, or an argument, has no value on an ordinary trial.
    """
    nodes = [*expressions(side.statement), *parameters.values()]
    ordinary = side.instances(trials)
    special = side.instances(trials.structured(trials.names.read_by(nodes)))
    sizes = trials.names.read_by(nodes, with_sets=True)
    opened = (_given(side, instance, parameters, "trial") for instance in ordinary.opened())
    yield from islice((given for given in opened if given is not None), trials.count)
    chosen = [(ordinary, number, "wild trial") for number in WILD]
    chosen += [(special, number, "structured trial") for number in STRUCTURED]
    larger = (size for size in trials.sizes if size in sizes)
    chosen += [(side.instances(trials.with_larger(size)), 0, f"trial with a larger {size}") for size in larger]
    chosen += [(_stretched(side, nodes, trials, by), number, STRETCHED) for number, by in LARGER.items()]
    drawn = {name for name, node in parameters.items() if isinstance(node, Name) and _is_real(node.name, trials)}
    for instances, number, kind in chosen:
        given = None
        with suppress(Refusal):  # it may be without a value there
            found = instances.on(number, wild=kind == "wild trial")
            given = None if found is None else _given(side, found, parameters, kind)
        if given is not None and kind == STRETCHED and _largest([*given.arguments.values()]) > LARGEST:
            given = None
        trials.effort.settle()
        if given is not None:
            yield given
            if whole := {name: value for name, value in given.arguments.items() if name in drawn and _is_whole(value)}:
                as_whole = {name: _as_whole(value) for name, value in whole.items()}
                yield replace(given, arguments={**given.arguments, **as_whole}, whole=True)


def _stretched(side: Side, nodes: list[Node], trials: Trials, by: float) -> Instances:
    """A side where all real numbers that are drawn are so many times larger."""
    symbols = (name for name in trials.names.read_by(nodes) if isinstance(name, str) and _is_real(name, trials))
    return side.instances(trials.moved(Moves(dict.fromkeys(symbols, (math.log(by),)), 1)))


def _given(side: Side, instance: Instance, parameters: dict[str, Node], kind: str) -> Given | None:
    """The arguments on a trial, and what a function must return; None where a set is empty on it.

    Raises:
        Refusal: where the side, or an argument, has no value.
    """
    free = dict.fromkeys(use.letter for use in uses(side.node, instance.of.names) if not use.bound)
    letters = [letter for letter in free if letter in instance.of.letters]
    with placing(side.node.at):
        expected = Expected(instance, side.node, side.equal, letters)
        arguments = {name: _plain(evaluate(symbol, instance.frame())) for name, symbol in parameters.items()}
        if _is_finite([expected.value, *arguments.values()]) or kind == "trial":
            return Given(expected, arguments, kind)
    return None


def _is_finite(value: Any) -> bool:
    return all(map(_is_finite, value)) if isinstance(value, list) else value is None or cmath.isfinite(value)


def _largest(value: Any) -> float:
    return max(map(_largest, value), default=0.0) if isinstance(value, list) else abs(value)


def _is_real(name: str, trials: Trials) -> bool:
    """Whether a symbol is drawn, and not as a whole number."""
    return trials.names.domain(name) is not None and not trials.names.is_whole(name)


def _is_whole(value: Any) -> bool:
    return all(map(_is_whole, value)) if isinstance(value, list) else value == int(value) and abs(value) < LARGEST_WHOLE


def _as_whole(value: Any) -> Any:
    return [*map(_as_whole, value)] if isinstance(value, list) else int(value)


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
