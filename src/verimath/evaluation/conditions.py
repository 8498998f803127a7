"""What is true or false: comparisons, brackets, cases."""

from __future__ import annotations

from collections.abc import Iterable

from ..meaning import expression as tree
from ..meaning.expression import Node
from ..meaning.signs import RELATIONS
from ..message.refusal import NoValue, Refusal
from ..numbers.array import Array, Value, kind, lies
from ..numbers.dual import Dual, Scalar, plain, slopes
from ..numbers.scalar import BY_ROUNDING, UNORDERED, is_complex, is_finite, show
from .frame import Frame, interpret, value_of

# What a condition may ask of arrays.
EQUALITIES = ("=", "≠")
# A side of a condition, and its value.
Side = tuple[Node, Value]


def holds(node: Node, frame: Frame) -> bool:
    """Whether a condition holds; numbers are compared exactly, of arrays only whether they are equal."""
    if isinstance(node, tree.Both):
        return all(holds(condition, frame) for condition in node.conditions)
    if isinstance(node, tree.Every):
        return bool(interpret(node, frame))
    assert isinstance(node, tree.Comparison)
    sides = [interpret(side, frame) for side in node.sides]
    for place, relation in enumerate(node.relations):
        left, right = sides[place : place + 2]
        if isinstance(left, Array) or isinstance(right, Array):
            pairs = _paired((node.sides[place], left), relation, (node.sides[place + 1], right))
            # Two arrays differ where two of their numbers do.
            fulfilled = any if relation == "≠" else all
            if not fulfilled(is_so(one, relation, other, node.at) for one, other in pairs):
                return False
        elif not is_so(left, relation, right, node.at):
            return False
    return True


def all_hold(conditions: Iterable[tuple[Node, Frame]]) -> bool:
    """Whether conditions hold, each in its frame: where one of them doesn't, the others need no value.

    Raises:
        Refusal: where one has none, and the others hold.
    """
    lacking: NoValue | None = None
    for node, frame in conditions:
        try:
            if not holds(node, frame):
                return False
        except NoValue as refusal:
            lacking = lacking or refusal
    if lacking is not None:
        raise lacking
    return True


def compared(node: tree.Comparison, frame: Frame) -> list[tuple[Scalar, Scalar]]:
    """All numbers that a condition compares, those of its first link first."""
    sides = [(side, interpret(side, frame)) for side in node.sides]
    links = zip(sides, node.relations, sides[1:], strict=False)
    return [pair for one, relation, other in links for pair in _paired(one, relation, other)]


def _paired(one: Side, relation: str, other: Side) -> list[tuple[Scalar, Scalar]]:
    """The numbers that a link of a condition compares, place by place; a 0 alone stands for the array of zeros."""
    (left_node, left), (right_node, right) = one, other
    if not isinstance(left, Array) and not isinstance(right, Array):
        return [(left, right)]
    if relation in EQUALITIES:
        if isinstance(left, Array) and isinstance(right, Array):
            if lies(left) == lies(right) and left.shape == right.shape:
                return [*zip(left.entries.flat, right.entries.flat, strict=True)]
            raise Refusal(
                f"{kind(left)} and {kind(right)} can't be compared",
                "transpose one of them, or write it by components",
                rule=17,
                at=right_node.at,
            )
        if isinstance(left, Array) and _is_zero(right_node):
            return [(number, 0) for number in left.entries.flat]
        if isinstance(right, Array) and _is_zero(left_node):
            return [(0, number) for number in right.entries.flat]
    node, array = one if isinstance(left, Array) else other
    raise Refusal(
        f"a condition takes a number, not {array}",
        "write it by components, such as x_i > 0 \\forall i",
        rule=17,
        at=node.at,
    )


def _is_zero(node: Node) -> bool:
    return isinstance(node, tree.Number) and node.value == 0


def is_so(left: Scalar, relation: str, right: Scalar, at: int) -> bool:
    """Whether two numbers fulfil a relation; `at` is the condition's place.

    Raises:
        NoValue: where rounding decides, or the derivative of what depends on it has no value.
    """
    row = RELATIONS[relation]
    assert row.exactly is not None
    if type(left) is int and type(right) is int:
        # Letters, most often: nothing rounds.
        return row.exactly(left, right)
    a, b = plain(left), plain(right)
    if row.order is not None and (is_complex(a) or is_complex(b)):
        raise Refusal(*UNORDERED, rule=30, at=at)
    if not is_finite(a) or not is_finite(b):
        raise NoValue("a condition on an infinite number", "restrict the sets that it reads", rule=25, at=at)
    if a == b and row.order is not None and (isinstance(left, Dual) or isinstance(right, Dual)):
        raise NoValue("the derivative where a condition changes", "restrict the set that it reads", rule=21, at=at)
    if a != b and abs(a - b) <= BY_ROUNDING * max(abs(a), abs(b)):
        raise NoValue(
            f"rounding decides whether {show(a)} {relation} {show(b)}", "compare whole numbers", rule=26, at=at
        )
    return row.exactly(a, b)


@value_of.register
def _bracket(node: tree.Bracket, frame: Frame) -> Value:
    return int(holds(node.condition, frame))


@value_of.register
def _cases(node: tree.Cases, frame: Frame) -> Value:
    true = [branch for branch in node.branches if holds(branch.guard, frame)]
    if true:
        first, *others = (interpret(branch.value, frame) for branch in true)
        for branch, value in zip(true[1:], others, strict=True):
            if not _agree(first, value):
                raise Refusal("two cases hold at once", "let exactly one hold", rule=22, at=branch.at)
        return first
    if node.otherwise is None:
        raise NoValue("no case holds", "add \\text{sinon}, or the case that is missing", rule=22, at=node.at)
    return interpret(node.otherwise, frame)


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
