"""What is true or false: comparisons, brackets, cases."""

from __future__ import annotations

from ..meaning import expression as tree
from ..meaning.expression import Node
from ..meaning.signs import RELATIONS
from ..message.refusal import NoValue, Refusal
from ..numbers.array import Array, Value
from ..numbers.dual import Dual, plain, slopes
from ..numbers.scalar import BY_ROUNDING, is_finite, real, show
from .frame import Frame, evaluate, scalar, value_of


def holds(node: Node, frame: Frame) -> bool:
    """Whether a condition holds; numbers are compared exactly."""
    if isinstance(node, tree.Both):
        return all(holds(condition, frame) for condition in node.conditions)
    assert isinstance(node, tree.Comparison)
    sides = [scalar(side, frame, "a condition") for side in node.sides]
    for left, relation, right in zip(sides, node.relations, sides[1:], strict=False):
        if type(left) is int and type(right) is int:
            # Letters, most often: nothing rounds.
            exactly = RELATIONS[relation].exactly
            assert exactly is not None
            if not exactly(left, right):
                return False
            continue
        a, b = real(left), real(right)
        if not is_finite(a) or not is_finite(b):
            raise NoValue("a condition on an infinite number", "restrict the sets that it reads", rule=25, at=node.at)
        row = RELATIONS[relation]
        if a == b and row.order is not None and (isinstance(left, Dual) or isinstance(right, Dual)):
            raise NoValue(
                "the derivative where a condition changes", "restrict the set that it reads", rule=21, at=node.at
            )
        if a != b and abs(a - b) <= BY_ROUNDING * max(abs(a), abs(b)):
            raise NoValue(
                f"rounding decides whether {show(a)} {relation} {show(b)}", "compare whole numbers", rule=26, at=node.at
            )
        assert row.exactly is not None
        if not row.exactly(a, b):
            return False
    return True


@value_of.register
def _bracket(node: tree.Bracket, frame: Frame) -> Value:
    return int(holds(node.condition, frame))


@value_of.register
def _cases(node: tree.Cases, frame: Frame) -> Value:
    true = [branch for branch in node.branches if holds(branch.guard, frame)]
    if true:
        first, *others = (evaluate(branch.value, frame) for branch in true)
        for branch, value in zip(true[1:], others, strict=True):
            if not _agree(first, value):
                raise Refusal("two cases hold at once", "let exactly one hold", rule=22, at=branch.at)
        return first
    if node.otherwise is None:
        raise NoValue("no case holds", "add \\text{sinon}, or the case that is missing", rule=22, at=node.at)
    return evaluate(node.otherwise, frame)


def _agree(one: Value, other: Value) -> bool:
    """Whether two cases that hold at once say the same, to rounding, derivatives included."""
    if isinstance(one, Array) or isinstance(other, Array):
        return (
            isinstance(one, Array)
            and isinstance(other, Array)
            and one.shape == other.shape
            and all(map(_agree, one.entries.flat, other.entries.flat))
        )
    if isinstance(one, Dual) or isinstance(other, Dual):
        level = max(number.level for number in (one, other) if isinstance(number, Dual))
        count = max(len(number.slopes) for number in (one, other) if isinstance(number, Dual) and number.level == level)
        moved = zip(slopes(one, level, count), slopes(other, level, count), strict=True)
        return _agree(plain(one), plain(other)) and all(_agree(a, b) for a, b in moved)
    return bool(abs(one - other) <= BY_ROUNDING * max(abs(one), abs(other)))
