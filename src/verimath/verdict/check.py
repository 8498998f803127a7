"""Claims against trials: the verdict on each equation, and the witness where one is false."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import islice

from ..evaluation import holds
from ..meaning.expression import Name, Node, Symbol
from ..meaning.statement import Claim, Declaration, Definition, Statement, Update, role
from ..message.frozen import frozen
from ..message.refusal import NoValue, Overflow, Refusal
from ..names.table import Formula, Names
from ..numbers.absorbed import rounded_to_nothing
from ..numbers.array import Array, Value
from ..numbers.scalar import WATCHED, digits, is_finite
from ..trials.page_trials import Trials
from .agreement import BY_ROUNDING, DIGITS, MORE
from .claim import check_claim
from .counterexample import hunt
from .edges import try_edges
from .granted import assumed, norm_in
from .instances import Instance, Instances, after, placing
from .update import check_update
from .worked import Record, recorded

# As it is typed elsewhere, which prints a factorial.
UNEQUAL = "!="
# From best to worst; nothing is said of what is undecided, since time ran out.
VERDICTS = ("holds", "undecided", "false", "ill-formed")


@frozen
class Verdict:
    """What the check says of an equation.

    Attributes:
        verdict: `holds`, `false`, `ill-formed`, `undecided` or `unchecked`.
        role: `declaration`, `definition` or `claim`; None where it can't be read.
        trials: on how many it was checked; of what is false, until that was seen.
        worst: the largest relative difference of two sides that agree; None where nothing was compared.
        problem: why it isn't `holds`.
        excluded: where, among the special values that it is tried at, it has none; empty where it has everywhere.
        digits: to how many of 50 equal sides agree at least, on the trials that are confirmed.
        record: what a reader is shown of the check; None where nothing was recorded.
        assumes: what it takes for granted, which readers may take otherwise; empty where it is nothing.
        calls: on how many trials its snippet was called, and computed the same; 0 where it has none.
        is_miscomputed: whether all that is wrong is its snippet.
    """

    verdict: str
    role: str | None
    trials: int = 0
    worst: float | None = None
    problem: Refusal | None = None
    excluded: str = ""
    digits: float | None = None
    record: Record | None = None
    calls: int = 0
    is_miscomputed: bool = False
    assumes: str = ""


def witnessed(formula: Formula, trials: Trials, key: str | None = "") -> Verdict:
    """The verdict on an equation, with what a reader is shown of its check.

    Args:
        key: of all that it rests on; None where no reader will be shown anything.
    """
    found = check(formula, trials)
    if found.verdict != "holds" or key is None:
        return found
    return replace(found, record=recorded(formula, trials, key))


def check(formula: Formula, trials: Trials) -> Verdict:
    """Check one equation of a page: the verdict is the worst of its statements'."""
    equation = formula.equation
    if equation.expected == "unchecked":
        kind = role(formula.statements) if formula.statements else None
        return Verdict("unchecked", kind)
    if formula.failure is not None:
        kind = role(formula.statements) if formula.statements else None
        return Verdict(formula.failure.verdict, kind, problem=formula.failure)
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
            found.excluded or one.excluded,
            min((each.digits for each in (found, one) if each.digits is not None), default=None),
        )
    return replace(found, assumes=assumed(formula.statements, trials)) if found.verdict == "holds" else found


# Where a claim may be meant as a condition: on another one, or on what is declared before it.
BEHIND_CLAIM = "write \\text{if} before what is meant as a condition"
BEHIND_DECLARATION = "what is supposed of what is declared, but for a bound, goes behind each claim: \\text{if} …"


def _checked(formula: Formula, statement: Statement, trials: Trials) -> Verdict:
    try:
        return check_statement(statement, trials)
    except Refusal as refusal:
        if refusal.witness is not None and any(isinstance(each, Claim) and each.beside for each in formula.statements):
            declares = any(isinstance(each, Declaration) for each in formula.statements)
            refusal.way_out += f"; {BEHIND_DECLARATION if declares else BEHIND_CLAIM}"
        if refusal.witness is not None and (norm := norm_in(statement, trials)):
            refusal.way_out += f"; {norm} is Frobenius' norm here, {norm}_2 the spectral one"
        if UNEQUAL in formula.equation.tex and isinstance(statement, Claim):
            refusal.way_out += f"; {UNEQUAL} is read as a factorial and an =, where \\neq may be meant"
        return Verdict(refusal.verdict, None, refusal.tried, problem=explained(formula, refusal))


def check_statement(statement: Statement, trials: Trials, thorough: bool = True, hasty: bool = False) -> Verdict:
    """Check one statement.

    Args:
        thorough: try it at special values, and seek a counterexample of an inequality.
        hasty: believe floats where they show it false, by more than rounding; what they let pass isn't confirmed.

    Raises:
        Refusal: if it is false or ill-formed.
    """
    try:
        verdict = _statement(statement, trials, thorough, hasty)
    except Refusal as refusal:
        if refusal.witness is None or not isinstance(statement, Claim):
            raise
        if statement.alone is not None and _holds(replace(statement, reach=statement.alone, alone=None), trials):
            raise _each_or_all(refusal) from None
        if not (statement.link or statement.either):
            raise
        raise _not_always(statement, refusal) from None
    trials.effort.settle()
    return verdict


def _holds(claim: Claim, trials: Trials) -> bool:
    """Whether a claim holds as far as its trials say."""
    try:
        _statement(claim, trials, thorough=True, hasty=False)
    except Refusal:
        return False
    return True


def _each_or_all(refusal: Refusal) -> Refusal:
    r"""The refusal of a claim that holds only where the \forall behind its condition is meant of that alone."""
    assert refusal.witness is not None
    what = "whether this condition is meant of each value by itself, or of all of them at once, isn't clear"
    way_out = (
        "for all at once, number it by another letter, \\text{if} x_k > 0 \\forall k; "
        "for each by itself, write \\forall before \\text{if}"
    )
    return Refusal(what, way_out, rule=2, at=refusal.at, where=refusal.witness.where)


def _not_always(claim: Claim, refusal: Refusal) -> Refusal:
    """The refusal of a claim that a word or an arrow joins to another one, and that isn't true by itself."""
    assert refusal.witness is not None
    if claim.either:
        what = "one of the two that \\pm says doesn't hold each time, and the other may be meant alone"
        way_out = "write each of them, or the equation that both fulfil"
        return Refusal(what, way_out, rule=1, at=refusal.at, where=refusal.witness.where)
    what = f"what {claim.link} joins doesn't hold each time, which isn't read yet"
    sides = f"the left side is {refusal.witness.left}, the right side {refusal.witness.right}"
    way_out = f"write Q \\text{{ if }} P for a condition; else correct what is false by itself: {sides}"
    return Refusal(what, way_out, rule=2, at=refusal.at, where=refusal.witness.where)


def _statement(statement: Statement, trials: Trials, thorough: bool, hasty: bool) -> Verdict:
    if isinstance(statement, Declaration | Definition):
        _refuse_components(statement, trials)
    match statement:
        case Claim():
            checked = check_claim(statement, trials, thorough, hasty)
            if thorough:
                with after(checked.count):
                    hunt(statement, trials, checked.slack)
                    try_edges(statement, trials)
            return Verdict("holds", None, checked.count, checked.worst, None, checked.excluded, checked.digits)
        case Update():
            return Verdict("holds", None, check_update(statement, trials, thorough))
        case Declaration(names):
            return Verdict("holds", None, _count(names, statement, trials))
        case Definition() if (symbol := _value(statement, trials.names)) is not None:
            return Verdict("holds", None, _count((symbol,), statement, trials))
    return Verdict("holds", None)


def _refuse_components(statement: Declaration | Definition, trials: Trials) -> None:
    """Refuse a name that is printed as a component of an array.

    Raises:
        Refusal: at the name.
    """
    for name in statement.subscripted:
        if _is_array(name.array, trials):
            raise Refusal(
                f"`{name.name}` is printed as a component of `{name.array}`, which is an array",
                f"leave it out where it is that component, whose set is said with `{name.array}`; else rename it",
                rule=3,
                at=name.at,
            )


def _is_array(name: str, trials: Trials) -> bool:
    """Whether a name of the page is an array, or the letter of an array's components."""
    if name in trials.names.components:
        return True
    with suppress(Refusal):
        return name in trials.names.values and isinstance(trials.trial(0).value(trials.names.node(name).symbol), Array)
    return False


def _value(statement: Definition, names: Names) -> Symbol | None:
    """The symbol that a definition gives a value; None for a function, which is evaluated where it is applied."""
    found = (each for each in names.values.values() if names.statement(each) is statement)
    return next((each.node.symbol for each in found), None)


def _count(symbols: Sequence[Symbol], statement: Declaration | Definition, trials: Trials) -> int:
    """On how many trials these symbols have their values.

    Raises:
        Refusal: where one has none.
    """
    opened = Instances(statement, trials).opened()
    meant = (instance for instance in opened if _is_meant(statement, instance))
    having = (instance for instance in meant if _have_values(symbols, instance, trials))
    if not (count := sum(1 for _ in islice(having, trials.count))):
        if isinstance(statement, Definition) and statement.reach.conditions:
            said = "no trial fulfils its condition, or its sets are empty"
            raise Refusal(said, "correct the condition", rule=2, at=statement.at)
        raise Refusal("this set is empty on every trial", "correct its bounds or sizes", rule=4, at=statement.at)
    return count


def _is_meant(statement: Declaration | Definition, instance: Instance) -> bool:
    """Whether a definition's condition holds on a trial; one on its components is asked where each is evaluated."""
    if isinstance(statement, Declaration):
        return True
    whole = (each for each in statement.reach.conditions if not _reads(each, statement.indices))
    return all(holds(condition, instance.frame()) for condition in whole)


def _reads(condition: Node, letters: Sequence[str]) -> bool:
    return any(isinstance(part, Name) and part.name in letters for part in condition.walk())


def _have_values(symbols: Sequence[Symbol], instance: Instance, trials: Trials) -> bool:
    """Whether symbols have their values on a trial, or a set that they are drawn from is empty there."""
    at = instance.of.statement.at
    with placing(at):
        for symbol in symbols:
            if not _has_finite_value(symbol, instance, trials):
                raise NoValue("its value is infinite", "restrict the sets that it reads", rule=25, at=at)
        return True
    return False


def _has_finite_value(symbol: Symbol, instance: Instance, trials: Trials) -> bool:
    """Whether a symbol's value is finite on a trial; in digits, where floats have none or it is too large for them."""
    try:
        if _is_finite(instance.trial.value(symbol)):
            return True
    except (NoValue, Overflow):
        # Floats may have rounded to 0 what something is divided by.
        _refuse_rounded(symbol, instance, trials)
    return _is_finite(trials.trial(instance.number, many=DIGITS[0]).value(symbol))


def _refuse_rounded(symbol: Symbol, instance: Instance, trials: Trials) -> None:
    """Refuse a symbol for whose value something is divided by what is 0 but for rounding.

    Raises:
        NoValue: where that is so, or it has no value.
    """
    found = []
    for many in (WATCHED, MORE):
        digits(many).divisors.clear()
        trials.trial(instance.number, many=many).anew().value(symbol)
        found.append({*digits(many).divisors})
    if rounded_to_nothing(*found):
        raise NoValue(*BY_ROUNDING, rule=25)


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
