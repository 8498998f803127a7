"""What is true or false: comparisons, brackets, cases."""

from __future__ import annotations

from ..meaning import expression as tree
from ..meaning.expression import Node
from ..meaning.signs import RELATIONS
from ..message.refusal import Refusal
from ..numbers.array import Value
from ..numbers.dual import Dual
from ..numbers.scalar import BY_ROUNDING, is_finite, real, show
from .frame import Frame, evaluate, scalar, value_of


def holds(node: Node, frame: Frame) -> bool:
    """Whether a condition holds; numbers are compared exactly."""
    if isinstance(node, tree.Both):
        return all(holds(condition, frame) for condition in node.conditions)
    assert isinstance(node, tree.Comparison)
    sides = [scalar(side, frame, "a condition") for side in node.sides]
    for left, relation, right in zip(sides, node.relations, sides[1:], strict=False):
        a, b = real(left), real(right)
        if not is_finite(a) or not is_finite(b):
            raise Refusal("a condition on an infinite number", "restrict the sets that it reads", rule=25, at=node.at)
        row = RELATIONS[relation]
        if a == b and row.order is not None and (isinstance(left, Dual) or isinstance(right, Dual)):
            raise Refusal(
                "the derivative where a condition changes", "restrict the set that it reads", rule=21, at=node.at
            )
        if a != b and abs(a - b) <= BY_ROUNDING * max(abs(a), abs(b)):
            raise Refusal(
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
    if len(true) > 1:
        raise Refusal("two cases hold at once", "let exactly one hold", rule=22, at=true[1].at)
    if true:
        return evaluate(true[0].value, frame)
    if node.otherwise is None:
        raise Refusal("no case holds", "add \\text{sinon}, or the case that is missing", rule=22, at=node.at)
    return evaluate(node.otherwise, frame)
