r"""Conditions on all values of a letter that the statement hasn't: \text{if } x_i > 0 \forall i, behind a sum of them.

If the statement has it too, both are meant of each of its values, as in \lvert x_i \rvert = x_i.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from ....meaning.expression import Binder, Both, Every, Name, Node, Range
from ....meaning.node import Role
from ....meaning.statement import Quantifier, Reach
from ....meaning.subscripted import numbered_axes
from ....message.refusal import Refusal
from ....names.table import Names


def governed(reach: Reach, statement: Sequence[Node], known: Names, indices: Sequence[str] = ()) -> Reach:
    r"""What stands at the end of a statement, where each \forall governs what it is meant for.

    Args:
        reach: as it is printed.
        statement: its sides, or its body.
        known: the names that are no letters, a definition's parameters among them.
        indices: letters of a definition's left side.

    Raises:
        Refusal: where it isn't clear which that is, or whether one value of a letter is meant, or all.
    """
    own = letters_of(statement, known).union(indices)
    conditions, kept = [*reach.conditions], list[Quantifier]()
    for place, quantifier in enumerate(reach.quantifiers):
        alone = {letter for letter in quantifier.letters if letter not in own}
        meant = [condition for condition in conditions if _numbers(condition, alone)]
        if not (quantifier.over is None or isinstance(quantifier.over, Range)):
            _refuse_set(quantifier, [*statement, *map(Name, indices)], conditions)
        if not meant or not (quantifier.over is None or isinstance(quantifier.over, Range)):
            kept.append(quantifier)
            continue
        if any(condition.at == quantifier.at and alone & letters_of([condition], known) for condition in conditions):
            what = "a \\forall of a condition alone, over what isn't a range"
            raise Refusal(
                what, "write \\forall i \\in \\{2, \\dots, n\\} behind the condition", rule=2, at=quantifier.at
            )
        # Behind it, another one may be meant of what stands between the two.
        following = max((each.at for each in reach.quantifiers[place + 1 :] if alone <= {*each.letters}), default=0)
        is_before = any(quantifier.at < condition.at and following < condition.at for condition in meant)
        if len(alone) < len(quantifier.letters) or is_before or all(quantifier.at < each.at for each in meant):
            what = "whether this \\forall is meant of the statement, or of its condition alone, isn't clear"
            way_out = "for that alone, write it behind, with no other letter: \\text{if} x_i > 0 \\forall i"
            raise Refusal(what, way_out, rule=2, at=quantifier.at)
        conditions = [
            _every(condition, quantifier) if condition.at < quantifier.at and _numbers(condition, alone) else condition
            for condition in _one_by_one(conditions)
        ]
    given = own.union(letter for quantifier in kept for letter in quantifier.letters)
    for condition in conditions:
        for letter in sorted(letters_of([condition], known) - given):
            if _numbers(condition, {letter}):
                raise _one_or_all(letter, condition.at)
    return replace(reach, quantifiers=tuple(kept), conditions=tuple(conditions))


def of_condition_alone(reach: Reach, statement: Sequence[Node], known: Names) -> Reach | None:
    r"""The same where a \forall behind a condition is meant of that alone, though the statement has its letters too.

    None where there is no such \forall: what the reach says can be meant in one way only.
    """
    own = letters_of(statement, known)
    conditions, kept = [*_one_by_one(reach.conditions)], list[Quantifier]()
    for quantifier in reach.quantifiers:
        shared = own.intersection(quantifier.letters)
        is_set = not (quantifier.over is None or isinstance(quantifier.over, Range))
        meant = [each for each in conditions if each.at < quantifier.at and _numbers(each, shared)]
        if is_set or not meant:
            kept.append(quantifier)
        conditions = [_every(each, quantifier) if each in meant and not is_set else each for each in conditions]
    if len(kept) == len(reach.quantifiers):
        return None
    return Reach(tuple(kept), tuple(conditions))


def _refuse_set(quantifier: Quantifier, statement: Iterable[Node], conditions: Iterable[Node]) -> None:
    r"""Refuse a \forall that takes letters from a set, where a condition before it has them, and the statement hasn't.

    Raises:
        Refusal: at the \forall.
    """
    told, before = (
        {part.reads() for node in nodes for part in node.walk()}
        for nodes in (statement, [each for each in conditions if each.at < quantifier.at])
    )
    if any(letter in before and letter not in told for letter in quantifier.letters):
        what = "a \\forall of a condition alone, over what isn't a range"
        way_out = "write each condition, joined by \\text{and}, or \\forall i \\in \\{1, \\dots, n\\} behind it"
        raise Refusal(what, way_out, rule=2, at=quantifier.at)


def _one_or_all(letter: str, at: int) -> Refusal:
    """The refusal of a condition on components that the statement doesn't number."""
    what = f"`{letter}` numbers what is compared here, and nothing before: one of them may be meant, or all"
    way_out = f"for all of them, write \\forall {letter} behind it, as in \\text{{if}} x_{letter} > 0 \\forall {letter}"
    return Refusal(what, way_out, rule=2, at=at)


def letters_of(nodes: Iterable[Node], known: Names) -> set[str]:
    """The letters in expressions that nothing there binds, and that are no symbols of the page."""
    found = [(each, each.node.reads()) for node in nodes for each in node.occurrences]
    unbound = {name for each, name in found if isinstance(name, str) and name not in each.bound}
    return {name for name in unbound if not known.has_value(name)}


def _one_by_one(conditions: Iterable[Node]) -> Iterable[Node]:
    """Conditions, of those that `and` joins each."""
    for condition in conditions:
        if isinstance(condition, Both):
            yield from (replace(each, at=condition.at) for each in condition.conditions)
        else:
            yield condition


def _numbers(condition: Node, letters: set[str]) -> bool:
    """Whether some letters number components in a condition, and nothing there binds them."""
    found = (each for each in condition.occurrences if Role.SUBSCRIPT in each.roles)
    return any(each.node.reads() in letters - each.bound for each in found)


def _every(condition: Node, quantifier: Quantifier) -> Every:
    """A condition for all values of the letters of a quantifier that it reads."""
    over = quantifier.over if isinstance(quantifier.over, Range) else None
    binders = tuple(
        Binder(letter, over, () if over else tuple(numbered_axes(condition, letter)), at=quantifier.at)
        for letter in quantifier.letters
        if any(isinstance(part, Name) and part.name == letter for part in condition.walk())
    )
    return Every(binders, condition, at=condition.at)
