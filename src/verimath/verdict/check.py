"""Claims against trials: the verdict on each equation, and the witness where one is false."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..meaning.expression import Symbol
from ..meaning.statement import Claim, Declaration, Definition, Statement, Update, role
from ..message.refusal import EmptySet, Overflow, Refusal
from ..names.table import Formula, Names
from ..numbers.array import Array, Value
from ..numbers.scalar import is_finite
from ..trials.page_trials import ATTEMPTS, Trials
from ..trials.values import Trial
from .agreement import DIGITS
from .claim import check_claim
from .counterexample import hunt
from .update import check_update

# From best to worst.
VERDICTS = ("holds", "false", "ill-formed")


@dataclass(frozen=True)
class Verdict:
    """What the check says of an equation.

    Attributes:
        verdict: `holds`, `false`, `ill-formed` or `unchecked`.
        role: `declaration`, `definition` or `claim`; None where it can't be read.
        trials: on how many it was checked.
        worst: the largest relative difference of two sides that agree; None where nothing was compared.
        problem: why it isn't `holds`.
    """

    verdict: str
    role: str | None
    trials: int = 0
    worst: float | None = None
    problem: Refusal | None = None


def check(formula: Formula, trials: Trials) -> Verdict:
    """Check one equation of a page: the verdict is the worst of its statements'."""
    equation = formula.equation
    if equation.expected == "unchecked":
        kind = role(formula.statements) if formula.statements else None
        return Verdict("unchecked", kind)
    if formula.failure is not None:
        kind = role(formula.statements) if formula.statements else None
        return Verdict("ill-formed", kind, problem=formula.failure)
    if formula.own is not None:
        trials = Trials(formula.own, trials.seed, trials.count)
    found = Verdict("holds", role(formula.statements))
    for statement in formula.statements:
        trials.effort.start()
        one = _checked(formula, statement, trials)
        worse = VERDICTS.index(one.verdict) > VERDICTS.index(found.verdict)
        found = Verdict(
            one.verdict if worse else found.verdict,
            found.role,
            max(found.trials, one.trials),
            one.worst if found.worst is None else max(found.worst, one.worst or 0.0),
            one.problem if worse else found.problem,
        )
    return found


def _checked(formula: Formula, statement: Statement, trials: Trials) -> Verdict:
    try:
        return check_statement(statement, trials)
    except Refusal as refusal:
        return Verdict(refusal.verdict, None, problem=explained(formula, refusal))


def check_statement(statement: Statement, trials: Trials, hunting: bool = True) -> Verdict:
    """Check one statement; `hunting` seeks a counterexample of an inequality beyond what the trials draw.

    Raises:
        Refusal: if it is false or ill-formed.
    """
    match statement:
        case Claim():
            checked = check_claim(statement, trials)
            if hunting:
                hunt(statement, trials, checked.slack)
            return Verdict("holds", None, checked.count, checked.worst)
        case Update():
            return Verdict("holds", None, check_update(statement, trials))
        case Declaration(names):
            return Verdict("holds", None, sum(1 for _ in _drawn(trials, names, statement)))
        case Definition() if (symbol := _value(statement, trials.names)) is not None:
            return Verdict("holds", None, sum(1 for _ in _drawn(trials, (symbol,), statement)))
    return Verdict("holds", None)


def _value(statement: Definition, names: Names) -> Symbol | None:
    """The symbol that a definition gives a value; None for a function, which is evaluated where it is applied."""
    found = (each for each in names.values.values() if names.statement(each) is statement)
    return next((each.node.symbol for each in found), None)


def _drawn(trials: Trials, symbols: Sequence[Symbol], statement: Declaration | Definition) -> Iterator[Trial]:
    """The trials on which these symbols have their values.

    Raises:
        Refusal: where one has none.
    """
    found, empty = 0, 0
    for number in range(trials.count * ATTEMPTS):
        trial = trials.trial(number)
        try:
            for symbol in symbols:
                _refuse_infinity(symbol, trial, trials, statement.at)
        except EmptySet:
            empty += 1
            continue
        except Refusal as refusal:
            refusal.on("", statement.at)
            raise
        found += 1
        yield trial
        if found == trials.count:
            return
    if not found:
        raise Refusal("this set is empty on every trial", "correct its bounds or sizes", rule=4, at=statement.at)


def _refuse_infinity(symbol: Symbol, trial: Trial, trials: Trials, at: int) -> None:
    """A symbol has its value on a trial; where it is too large for a float, in 50 digits."""
    try:
        finite = _is_finite(trial.value(symbol))
    except Overflow:
        finite = False
    if not finite and not _is_finite(trials.trial(trial.draw.trial, many=DIGITS[0]).value(symbol)):
        raise Refusal("its value is infinite", "restrict the sets that it reads", rule=25, at=at)


def _is_finite(value: Value) -> bool:
    numbers = value.entries.flat if isinstance(value, Array) else [value]
    return all(is_finite(number) for number in numbers)


def explained(formula: Formula, refusal: Refusal) -> Refusal:
    """A refusal as a message about its equation."""
    equation, culprit = formula.equation, refusal.culprit
    if culprit is not None and culprit.span != equation.fence.span:
        why = f"`{culprit.name}` has no value: {culprit.why or refusal.evidence} ({culprit.span})"
        # What couldn't be read has a place in its own message.
        refusal.at = refusal.at if culprit.why else refusal.read_at
        refusal.why, refusal.where, refusal.way_out = why, "", refusal.way_out or "correct its definition"
    return refusal.told(f"equation `{equation.label}` is {refusal.verdict}", equation.fence.at(refusal.at))
