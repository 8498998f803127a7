"""What a reader is shown of a check: the sizes that were drawn, some small trials with their numbers, what was read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import field
from itertools import chain, islice
from typing import Any

from ..evaluation import Frame, evaluate
from ..latex.write import Writer
from ..meaning.statement import (
    Claim,
    Declaration,
    Definition,
    Revaluation,
    Statement,
    Update,
    all_expressions,
    role,
)
from ..message.frozen import frozen
from ..message.refusal import Refusal
from ..names.table import Binding, Formula, Names
from ..numbers.array import Array, Value
from ..numbers.dual import Scalar, plain
from ..numbers.scalar import is_complex, is_finite
from ..trials.page_trials import Trials
from .claim import INEQUALITIES
from .instances import Combination, Instance, Instances

# So many trials are written down, and no array of more numbers. Of a trial, so many values of its letters are tried to
# find one where the sides aren't 0.
WRITTEN, MOST_NUMBERS, TRIED = 3, 60, 6
# So many values of its letters are looked at to see whether a trial counts.
MOST_COMBINATIONS = 60
TIMES = r" \times "

# A statement on a trial, and values of its letters for which it says something.
Opened = tuple[Instance, list[Combination]]

# A number, or nested lists of numbers; what no float holds is text.
Shown = Any


@frozen
class Worked:
    """One trial with its numbers.

    Attributes:
        number: the trial's.
        letters: the values of the statement's free letters.
        values: of all symbols that were read, in the order of the page's table of names.
        sides: of a claim, the values of its sides; of anything else, what it gives its symbols.
    """

    number: int
    letters: dict[str, int]
    values: dict[str, Shown]
    sides: list[Shown]


@frozen
class Record:
    """What a check has drawn and read.

    Attributes:
        key: of all that the verdict rests on.
        relations: of a claim, those between its sides.
        gives: of anything else, the symbols that it gives a value.
        introduces: the names that it declares or defines, each with its set as LaTeX; empty where that isn't known.
        components: the letters of arrays' components among these, each with its array.
        sizes: the values that each size took on the trials that count.
        reads: the labels of the equations that it has read itself.
        worked: some trials, the smallest first.
    """

    key: str = ""
    relations: list[str] = field(default_factory=list)
    gives: list[str] = field(default_factory=list)
    introduces: dict[str, str] = field(default_factory=dict)
    components: dict[str, str] = field(default_factory=dict)
    sizes: dict[str, list[int]] = field(default_factory=dict)
    reads: list[str] = field(default_factory=list)
    worked: list[Worked] = field(default_factory=list)


def as_record(kept: dict[str, Any] | None) -> Record | None:
    """A record from what JSON holds of it.

    Raises:
        TypeError, KeyError: where that is something else.
    """
    return None if kept is None else Record(**{**kept, "worked": [Worked(**each) for each in kept["worked"]]})


def recorded(formula: Formula, trials: Trials, key: str) -> Record:
    """What to show of an equation that holds.

    Args:
        formula: the equation.
        trials: on which it was checked; what they have drawn is drawn.
        key: of all that the verdict rests on.
    """
    if formula.own is not None:
        trials = Trials(formula.own, trials.seed, trials.count)
    statement = _main(formula.statements)
    trials.effort.start()
    found: list[Opened] = []
    with suppress(Refusal):
        found.extend(_counting(statement, trials))
    names, sizes = trials.names, _sizes(formula.statements, trials, found)
    ordinary = [each for each in found if not each[0].wild] or found
    ordinary.sort(key=lambda each: _smallness(each[0], [*sizes]))
    # Others have read on these trials too: only on new ones is seen what this statement reads.
    fresh = Trials(names, trials.seed, trials.count)
    gives = [] if isinstance(statement, Claim) else _given(formula.statements, names)
    tried = (_worked(statement, gives, fresh, each) for each in ordinary)
    worked = [*islice((one for one in tried if one is not None), WRITTEN)]
    relations = [*statement.relations] if isinstance(statement, Claim) else []
    reads = _labels(formula, names, fresh.effort.read if worked else None)
    introduces, letters = _introduced(formula.statements, names)
    for place, name in enumerate(gives):
        introduces[name] = introduces.get(name) or _set_of([each.sides[place] for each in worked], worked, [*sizes])
    for name in (name for name, tex in introduces.items() if not tex and all(name in each.values for each in worked)):
        introduces[name] = _set_of([each.values[name] for each in worked], worked, [*sizes])
    return Record(key, relations, gives, introduces, letters, sizes, reads, worked)


def _introduced(statements: tuple[Statement, ...], names: Names) -> tuple[dict[str, str], dict[str, str]]:
    """The names that some statements declare or define, with their sets; and the letters of their components."""
    writer, found, letters = Writer(names.functions), dict[str, str](), dict[str, str]()
    for statement in statements:
        match statement:
            case Declaration(declared, domain, components):
                found |= dict.fromkeys(declared, writer.domain(domain))
                letters |= {} if components is None else {components: declared[0]}
            case Definition(name, domains=(_, *_) as domains, target=target) if target is not None:
                found[name] = rf"{TIMES.join(map(writer.domain, domains))} \to {writer.domain(target)}"
            case Revaluation(name, domains=(_, *_) as domains, target=target) if target is not None:
                found[name] = rf"{TIMES.join(map(writer.domain, domains))} \to {writer.domain(target)}"
            case Definition(name):
                found[name] = ""
    return found, letters


def _set_of(values: list[Shown], worked: list[Worked], sizes: list[str]) -> str:
    """The set of what a definition gives, as its values on some trials tell it; empty where they don't."""
    if not values or any(isinstance(number, str) for value in values for number in _numbers(value)):
        return ""
    shapes = [_shape(value) for value in values]
    listed = []
    for lengths in zip(*shapes, strict=False):
        fitting = [name for name in sizes if [each.values.get(name) for each in worked] == [*lengths]]
        if len(fitting) == 1:
            listed.append(fitting[0])
        elif not fitting and len({*lengths}) == 1:
            listed.append(str(lengths[0]))
        else:
            return ""
    if len({len(shape) for shape in shapes}) > 1:
        return ""
    return rf"\mathbb{{R}}^{{{TIMES.join(listed)}}}" if listed else r"\mathbb{R}"


def _shape(shown: Shown) -> tuple[int, ...]:
    return (len(shown), *_shape(shown[0])) if isinstance(shown, list) and shown else ()


def _main(statements: tuple[Statement, ...]) -> Statement:
    """The first statement of those that say most."""
    highest = role(statements)
    return next(statement for statement in statements if role((statement,)) == highest)


def _counting(statement: Statement, trials: Trials) -> Iterator[Opened]:
    """The trials that count; those at special values where no other does."""
    is_ordered = isinstance(statement, Claim) and INEQUALITIES & {*statement.relations}
    found = False
    for wild in (False, True) if is_ordered else (False,):
        for each in islice(_opened(Instances(statement, trials), wild), trials.count):
            found = True
            yield each
    if not found:
        special = trials.structured(trials.names.read_by(all_expressions(statement)))
        yield from islice(_opened(Instances(statement, special)), trials.count)


def _opened(instances: Instances, wild: bool = False) -> Iterator[Opened]:
    for instance in instances.opened(wild):
        with suppress(Refusal):
            counting = [each for each in islice(instance.combinations(), MOST_COMBINATIONS) if each.counts()]
            if counting:
                # Where letters have the same value, less is seen.
                yield instance, sorted(counting, key=lambda each: -len({*each.letters.values()}))


def _sizes(statements: tuple[Statement, ...], trials: Trials, found: list[Opened]) -> dict[str, list[int]]:
    """The values that sizes took, of those that the statements read or that what they read is made with."""
    nodes = [node for statement in statements for node in all_expressions(statement)]
    read = trials.names.read_by(nodes, with_sets=True)
    sizes = {}
    for name in (name for name in trials.sizes if name in read):
        with suppress(Refusal):
            values = {int(plain(instance.trial.value(name))) for instance, _ in found}
            if values:
                sizes[name] = sorted(values)
    return sizes


def _smallness(instance: Instance, sizes: list[str]) -> tuple[int, bool, int, int]:
    """What sorts trials: sizes of 1 hide what is added, equal ones what is turned, so they come last."""
    values = [int(plain(instance.trial.value(name))) for name in sizes]
    ones = sum(value < 2 for value in values)
    return ones, len(values) > 1 and len({*values}) == 1, sum(values), instance.number


def _worked(statement: Statement, gives: list[str], fresh: Trials, opened: Opened) -> Worked | None:
    """A trial with its numbers; None where it has none that can be written."""
    before, combinations = opened
    if before.of.trials.plan is not None:
        fresh = fresh.structured(fresh.names.read_by(all_expressions(statement)))
    with suppress(Refusal, OverflowError, ValueError):
        instance = Instances(statement, fresh).on(before.number, before.wild)
        if instance is None:
            return None
        found: tuple[Combination, list[Shown]] | None = None
        for each in combinations[:TRIED]:
            again = Combination(instance, each.letters)
            sides = [_shown(value) for value in _values(statement, gives, instance, again.frame())]
            found = found or (again, sides)
            if any(any(_numbers(side)) for side in sides):
                found = again, sides
                break
        # A step reads what it gives a new value.
        own = [] if isinstance(statement, Update) else gives
        return _written(own, fresh, instance, *found) if found else None
    return None


def _written(
    own: list[str], fresh: Trials, instance: Instance, combination: Combination, sides: list[Shown]
) -> Worked | None:
    """A trial with the values of all that was read on it, but its own; None where these are too many."""
    letters = combination.letters
    values = {
        name: _shown(instance.trial.value(binding.node.symbol))
        for name, binding in fresh.names.values.items()
        if (binding in fresh.effort.read or name in instance.trial.replaced) and name not in own
    }
    drawn = {name: _shown(value) for name, value in combination.frame().local.items() if name not in letters}
    if not sides or any(len([*_numbers(each)]) > MOST_NUMBERS for each in [*sides, *values.values()]):
        return None
    return Worked(instance.number, {**letters}, {**values, **drawn}, sides)


def _values(statement: Statement, gives: list[str], instance: Instance, frame: Frame) -> list[Value]:
    match statement:
        case Claim(sides):
            return [evaluate(side, frame) for side in sides]
        case Update(value=value):
            return [evaluate(value, frame)]
    return [instance.trial.value(instance.of.names.node(name).symbol) for name in gives]


def _given(statements: tuple[Statement, ...], names: Names) -> list[str]:
    """The symbols that some statements give a value."""
    given: list[str] = []
    for statement in statements:
        match statement:
            case Declaration(declared):
                given += declared
            case Update(name):
                given.append(name)
            case Definition():
                given += [name for name, each in names.values.items() if names.statement(each) is statement]
    return given


def _shown(value: Value) -> Shown:
    """A value as JSON holds it.

    Raises:
        OverflowError, ValueError: where a float doesn't hold it.
    """
    if isinstance(value, Array):
        return _nested(list(value.entries.flat), value.shape)
    return _number(value)


def _nested(numbers: list[Scalar], shape: tuple[int, ...]) -> Shown:
    if len(shape) == 1:
        return [_number(each) for each in numbers]
    step = len(numbers) // shape[0] if shape[0] else 0
    return [_nested(numbers[place * step : (place + 1) * step], shape[1:]) for place in range(shape[0])]


def _number(value: Scalar) -> Shown:
    bare = plain(value)
    if is_complex(bare):
        return str(complex(bare)).strip("()")
    if not is_finite(bare):
        raise ValueError(bare)
    return int(bare) if int(bare) == bare and abs(bare) < 10**15 else float(bare)


def _numbers(shown: Shown) -> Iterator[Any]:
    for each in shown if isinstance(shown, list) else ():
        yield from _numbers(each)
    if not isinstance(shown, list):
        yield shown


def _labels(formula: Formula, names: Names, read: set[Binding] | None) -> list[str]:
    """The equations that a formula names and has read; all that it names, where it was evaluated nowhere."""
    named: dict[str, None] = {}
    for node in chain.from_iterable(all_expressions(statement) for statement in formula.statements):
        for each in names.named([node]):
            if isinstance(each, Binding) and (read is None or each in read):
                named[each.equation.label] = None
    named.pop(formula.equation.label, None)
    return sorted(named)
