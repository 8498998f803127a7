"""Where an expression is evaluated, and the one table that says how: a function for each kind of node."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from ..meaning.expression import Node
from ..numbers.array import Array, Value
from ..numbers.dual import Dual, Scalar, plain
from ..numbers.scalar import NoValue, Overflow, Undefined, is_complex, is_finite, show


class IllFormed(NoValue):
    """An expression that has no value: at which node, why, the way out."""

    def __init__(self, at: int, evidence: str, way_out: str = "") -> None:
        super().__init__(at, evidence, way_out)
        self.at, self.evidence, self.way_out = at, evidence, way_out


class Symbols(Protocol):
    """What an expression asks of the page and the trial."""

    context: Any

    def value(self, name: str) -> Value: ...

    def applied(self, name: str, arguments: tuple[Value, ...]) -> Value: ...

    def independent(self, name: str, fresh: bool) -> tuple[Symbols, Variables]: ...

    def spend(self, steps: int) -> None: ...


@dataclass(frozen=True)
class Variables:
    """A symbol whose components a derivative is taken by: at which level, of which shape."""

    level: int
    shape: tuple[int, ...] | None  # None: a number

    @property
    def count(self) -> int:
        count = 1
        for size in self.shape or ():
            count *= size
        return count


@dataclass(frozen=True)
class Frame:
    """Where an expression is evaluated.

    Attributes:
        symbols: the trial's.
        local: index letters and a function's parameters.
        columns: whether the page's vectors are columns.
    """

    symbols: Symbols
    local: Mapping[str, Value]
    columns: bool = False

    def having(self, local: Mapping[str, Value]) -> Frame:
        return Frame(self.symbols, {**self.local, **local}, self.columns)


def evaluate(node: Node, frame: Frame) -> Value:
    """The value of an expression.

    Raises:
        IllFormed: at the node that has none.
    """
    try:
        return TABLE[type(node)](node, frame)
    except Undefined as error:
        raise IllFormed(node.at, error.evidence, error.way_out) from None
    except OverflowError:
        # Of Python's whole numbers beside floats, too.
        raise Overflow from None
    except RecursionError:
        raise IllFormed(node.at, "this is nested too deeply", "give a name to a part of it") from None


def scalar(node: Node, frame: Frame, doing: str) -> Scalar:
    """The value of an expression that must be a number."""
    value = evaluate(node, frame)
    if isinstance(value, Array):
        raise IllFormed(node.at, f"{doing} takes a number, not {value}", "write it by components")
    return value


def whole(node: Node, frame: Frame, what: str) -> int:
    """The value of an expression that must be a whole number."""
    value = scalar(node, frame, what)
    if type(value) is int:
        return value
    bare = plain(value)
    if isinstance(value, Dual) or is_complex(bare) or not is_finite(bare) or bare != int(bare):
        raise IllFormed(node.at, f"{what} is {show(bare)}, not a whole number", "number from 1 by whole numbers")
    return int(bare)


# Filled from the rooms beside this one, each of which knows some nodes.
Table = dict[type[Node], Callable[[Any, Frame], Value]]
TABLE: Table = {}
