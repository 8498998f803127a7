"""Whether an equality of a derivative fails by its layout alone: of two books, one writes the other's transpose."""

from __future__ import annotations

from contextlib import suppress

from ..evaluation import Frame, evaluate
from ..meaning.expression import Derivative, Gradient, Node
from ..message.refusal import Overflow, Refusal
from ..numbers.array import Array, lies, transpose
from ..numbers.dual import plain

# Relative to the largest component, floats of two sides that are the same lie within this.
NEAR = 1e-9
WAY_OUT = "transposed, it holds there: this derivative lies the other way; write (…)^\\top around one side"
RULE = 19


def explained_by_layout(refusal: Refusal, left: Node, right: Node, frame: Frame) -> Refusal:
    """The refusal of an equality; where one side is the transpose of the other, and derives, it says so."""
    if _derives(left, right) and _is_transposed(left, right, frame):
        refusal.way_out, refusal.rule = WAY_OUT, RULE
    return refusal


def _derives(*sides: Node) -> bool:
    return any(isinstance(part, Derivative | Gradient) for side in sides for part in side.walk())


def _is_transposed(left: Node, right: Node, frame: Frame) -> bool:
    """Whether one value is that of the other side, transposed, and not that itself."""
    with suppress(Refusal, Overflow):
        one, other = evaluate(left, frame), evaluate(right, frame)
        if isinstance(one, Array) and isinstance(other, Array) and len(one.shape) < 3:
            turned = transpose(one)
            pairs = [*zip(map(plain, turned.entries.flat), map(plain, other.entries.flat), strict=False)]
            most = max((abs(entry) for pair in pairs for entry in pair), default=0)
            is_same = turned.shape == other.shape and lies(turned) == lies(other)
            return bool(is_same and most > 0 and all(abs(a - b) <= NEAR * most for a, b in pairs))
    return False
