"""What verimath makes of the formulas that the pages print: the numbers of each side, on the pages' own trials."""

from __future__ import annotations

from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np

from verimath.derivation.builds_on import Derivation, from_disk
from verimath.evaluation import evaluate
from verimath.latex.read import expression
from verimath.meaning.statement import Claim, Declaration
from verimath.names.table import Names
from verimath.numbers.array import Array, Value
from verimath.numbers.dual import plain
from verimath.trials.page_trials import TRIALS, Trials
from verimath.verdict.instances import Combination, Instances

Numbers = np.ndarray[Any, np.dtype[Any]]
ALL = range(TRIALS)
DOCS = Path(__file__).parent.parent.parent / "docs" / "fr"


@cache
def scope_of(page: str) -> Names:
    return Derivation(from_disk).node((DOCS / f"{page}.md").as_posix()).names


@cache
def trials_of(page: str) -> Trials:
    return Trials(scope_of(page))


def numbers(value: Value) -> Numbers:
    """A value of verimath as NumPy's."""
    if isinstance(value, Array):
        entries = [float(plain(entry)) for entry in value.entries.flat]
        return np.array(entries, dtype=float).reshape(value.shape)
    return np.asarray(float(plain(value)))


def drawn(page: str, trial: int) -> dict[str, Any]:
    """What a trial draws for each declared symbol, by its LaTeX: all that an oracle may start from."""
    world, found = trials_of(page).trial(trial), {}
    for name, bound in scope_of(page).values.items():
        if isinstance(bound.statement, Declaration):
            value = world.value(name)
            found[name] = value if isinstance(value, int) else numbers(value)
    return found


def evaluated(page: str, tex: str, trial: int) -> Numbers:
    """An expression in the page's symbols on one of its trials, as verimath evaluates what is printed."""
    trials_of(page).effort.start()
    return numbers(evaluate(expression(tex, scope_of(page)), trials_of(page).trial(trial).frame()))


def claims(page: str, label: str) -> list[Claim]:
    """The claims of an equation."""
    formula = next(each for each in scope_of(page).formulas if each.equation.label == label)
    return [statement for statement in formula.statements if isinstance(statement, Claim)]


def sides(page: str, label: str, letters: str, trial: int, which: int = 0) -> list[Numbers]:
    """Each side of a printed claim on a trial.

    Args:
        page, label: where it is printed.
        letters: its free letters, in the order of the axes that are wanted.
        trial: which one.
        which: of an equation of several claims.

    Returns:
        For each side an array: the letters' axes first, then those of the side's own value.
    """
    claim = claims(page, label)[which]
    trials = trials_of(page)
    trials.effort.start()
    instance = Instances(claim, trials).on(trial)
    assert instance is not None, f"{label} says nothing on trial {trial}"
    assert {*instance.ranges} == {*letters}, f"the free letters of {label} are {[*instance.ranges]}"
    order = [instance.ranges[letter] for letter in letters]
    found: list[list[Numbers]] = [[] for _ in claim.sides]
    for values in product(*order):
        combination = Combination(instance, dict(zip(letters, values, strict=True)))
        for side, place in zip(claim.sides, found, strict=True):
            place.append(numbers(evaluate(side, combination.frame())))
    shape = tuple(len(each) for each in order)
    return [np.array(each).reshape(shape + each[0].shape) for each in found]
