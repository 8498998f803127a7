"""An update, W \\leftarrow W - …: a claim that its direction leads downhill."""

from __future__ import annotations

from contextlib import suppress

from ..evaluation import evaluate, scalar
from ..meaning.expression import Derivative, Name, Node, Symbol
from ..meaning.statement import Revaluation, Update
from ..message.refusal import NoValue, Overflow, Refusal, Witness
from ..names.table import Names
from ..numbers.array import Array, Value, each, minus, plus, same_shape
from ..numbers.dual import Dual, new_level, slopes
from ..numbers.scalar import real, show
from ..trials.page_trials import Trials
from ..trials.values import Trial
from .instances import Instance, Instances, after, placing

# Below this, the slope is rounding: the gradient is 0.
FLAT = 1e-20


def check_update(update: Update, trials: Trials, thorough: bool = True) -> int:
    """Check that a step in the update's direction lowers the loss, however small it is made.

    Some halving of a step lowers the loss exactly where the loss falls in the step's direction: its derivative along
    it, taken with a dual number, is negative. Trials where it is 0 don't count.

    Returns:
        On how many trials it was checked.

    Raises:
        Refusal: if it is false or ill-formed.
    """
    loss = _loss(update, trials.names)
    opened = Instances(update, trials).opened()
    count = 0
    for number, instance in enumerate(opened, 1):
        with after(number):
            count += _lowers(update, loss, instance)
        if count == trials.count:
            break
    if not count:
        raise Refusal(
            "the gradient is 0 on every trial", "let the loss depend on what is updated", rule=24, at=update.at
        )
    if thorough:
        _on_special_values(update, loss, trials)
    return count


def _on_special_values(update: Update, loss: Node, trials: Trials) -> None:
    """Check an update on structured trials; where it has no value there, they don't count.

    Raises:
        Refusal: if the loss rises on one of them.
    """
    special = trials.structured(trials.names.read_by([loss, update.value]))
    instances = Instances(update, special)
    for number in range(special.count):
        with suppress(NoValue, Overflow):
            if (instance := instances.on(number)) is not None:
                _lowers(update, loss, instance)


def _loss(update: Update, names: Names) -> Node:
    """What the update lowers: what it derives, or the only quantity that is declared as a function of its symbol."""
    if update.name not in names.values:
        raise Refusal(f"`{update.name}` isn't declared", "declare it by \\in", rule=6, at=update.at)
    derived: dict[Node, frozenset[str]] = {}
    for found in update.value.occurrences:
        if isinstance(found.node, Derivative) and _by(found.node, update.name):
            derived[found.node.value] = found.bound
    if len(derived) == 1:
        [(loss, bound)] = derived.items()
        if letters := bound.intersection(node.name for node in loss.walk() if isinstance(node, Name)):
            raise Refusal(
                f"what this update lowers differs with `{min(letters)}`, over which it adds",
                f"define their sum, such as L \\coloneqq \\sum_{{{min(letters)}}} …, and derive that",
                rule=24,
                at=update.at,
            )
        return loss
    if not derived:
        functions = [
            binding.target
            for binding in names.bindings()
            if isinstance(binding.statement, Revaluation)
            and update.name in binding.statement.parameters
            and binding.target is not None
            and names.find(binding.target.symbol) is not None
        ]
        if len(functions) == 1:
            return functions[0]
    raise Refusal(
        "which quantity this update lowers isn't clear",
        f"write one derivative by {update.name} in it, or declare the loss as L = L({update.name})",
        rule=24,
        at=update.at,
    )


def _by(node: Derivative, name: str) -> bool:
    return all(variable.name == name and variable.subscripts is None for variable in node.variables)


def _lowers(update: Update, loss: Node, instance: Instance) -> bool:
    """Whether the trial counts.

    Raises:
        Refusal: where the loss rises.
    """
    with placing(update.at):
        trial = instance.trial
        symbol = trial.names.node(update.name).symbol
        before = trial.value(symbol)
        after = evaluate(update.value, trial.frame())
        same_shape(after, before, "in place of")
        level = new_level()
        along = Dual(level, 0.0, [1.0])
        step = plus(after, minus(before))
        moved = trial.having(
            {symbol: plus(before, each(lambda x: x * along, step) if isinstance(step, Array) else step * along)}
        )
        slope = real(slopes(scalar(loss, moved.frame(), "a loss"), level, 1)[0])
        if slope > 0 and abs(slope) >= FLAT:
            raise _rising(update, loss, trial, symbol, after)
        return bool(abs(slope) >= FLAT)
    return False


def _rising(update: Update, loss: Node, trial: Trial, symbol: Symbol, after: Value) -> Refusal:
    """The refusal of an update, with the loss before and after its step."""
    values = [scalar(loss, each_trial.frame(), "a loss") for each_trial in (trial, trial.having({symbol: after}))]
    witness = Witness(f"on trial {trial.draw.trial} (seed {trial.draw.seed})", show(values[0]), show(values[1]), "loss")
    return Refusal(
        f"{witness.where} the loss rises in this direction: {witness.left} before the step, {witness.right} after it",
        "correct the sign of the step",
        at=update.at,
        witness=witness,
    )
