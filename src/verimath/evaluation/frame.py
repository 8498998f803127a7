"""Where an expression is evaluated, and how: each kind of node has a function, in the module that knows it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import singledispatch
from typing import Any, Protocol

from ..meaning.expression import Node, Symbol
from ..message.frozen import frozen
from ..message.refusal import Overflow, Refusal
from ..numbers.array import Array, Value
from ..numbers.dual import Dual, Scalar, plain
from ..numbers.scalar import is_complex, is_finite, show

# What expressions are worth here for values of the letters that they read, by the expression's identity, and by whether
# vectors are columns. The expression stands beside its values, so that no other one takes its identity.
Found = dict[tuple[int, bool], tuple[Node, dict[tuple[int, ...], Value]]]


class Symbols(Protocol):
    """What an expression asks of the page and the trial."""

    context: Any
    # Of each symbol that was read, its value.
    known: dict[Symbol, Value]
    # Whether all is left to the evaluator, whose messages are wanted.
    interprets: bool

    def value(self, symbol: Symbol) -> Value: ...

    def square(self, symbol: Symbol) -> Value | None: ...

    def applied(self, name: str, arguments: tuple[Value, ...]) -> Value: ...

    def independent(self, symbol: Symbol, fresh: bool) -> tuple[Symbols, Variables]: ...

    def having(self, replaced: Mapping[Symbol, Value]) -> Symbols: ...

    def spend(self, work: int) -> None: ...

    def spend_plainly(self, work: int) -> None: ...

    @property
    def found(self) -> Found: ...

    def carrying(self, slopes: int) -> Symbols: ...

    def interpreting(self) -> Symbols: ...


@frozen
class Variables:
    """A symbol whose components a derivative is taken by: at which level, of which shape."""

    level: int
    shape: tuple[int, ...] | None  # None: a number
    is_list: bool = False

    @property
    def count(self) -> int:
        count = 1
        for size in self.shape or ():
            count *= size
        return count


# Nobody changes one. So many are made that it would be felt if Python saw to that.
@dataclass(slots=True, eq=False)
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


@singledispatch
def value_of(node: Node, frame: Frame) -> Value:
    """The value of one kind of node."""
    raise AssertionError(node)


# Each kind has a function of its own, so there are no superclasses to look for: that search, which goes through weak
# references, would take a tenth of all the time of a check.
FUNCTIONS = value_of.registry


def interpret(node: Node, frame: Frame) -> Value:
    """The value of an expression.

    Raises:
        Refusal: at the node that has none.
    """
    try:
        return FUNCTIONS[type(node)](node, frame)
    except Refusal as refusal:
        refusal.placed(node.at)
        raise
    except OverflowError:
        # Of Python's whole numbers beside floats, too.
        raise Overflow() from None
    except RecursionError:
        raise Refusal("this is nested too deeply", "give a name to a part of it", at=node.at) from None


def once(node: Node, frame: Frame, value: Callable[[Any, Frame], Value]) -> Value:
    """The value of an expression, found once for all values of the letters around it that it doesn't read.

    Args:
        node: the expression.
        frame: where it is evaluated.
        value: evaluates it.
    """
    local, letters = frame.local, []
    for name in node.names:
        if name in local:
            letter = local[name]
            if type(letter) is not int:
                return value(node, frame)
            letters.append(letter)
    if len(letters) == len(local):
        return value(node, frame)
    _, found = frame.symbols.found.setdefault((id(node), frame.columns), (node, {}))
    key = tuple(letters)
    if key not in found:
        found[key] = value(node, frame)
    return found[key]


def scalar(node: Node, frame: Frame, doing: str) -> Scalar:
    """The value of an expression that must be a number."""
    value = interpret(node, frame)
    if isinstance(value, Array):
        raise Refusal(f"{doing} takes a number, not {value}", "write it by components", rule=17, at=node.at)
    return value


def whole(node: Node, frame: Frame, what: str) -> int:
    """The value of an expression that must be a whole number."""
    value = scalar(node, frame, what)
    if type(value) is int:
        return value
    bare = plain(value)
    if isinstance(value, Dual) or is_complex(bare) or not is_finite(bare) or bare != int(bare):
        raise Refusal(
            f"{what} is {show(bare)}, not a whole number", "number from 1 by whole numbers", rule=13, at=node.at
        )
    return int(bare)
