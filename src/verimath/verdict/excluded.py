"""Where an equation has no value among the special values that it is tried at, as "z = 0" says for z/z."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from ..meaning.statement import Arrays, Domain
from ..message.refusal import Refusal
from ..names.table import Names
from ..numbers.array import Array, Value
from ..numbers.dual import plain
from ..numbers.linear import is_singular
from ..numbers.scalar import is_complex, show
from ..trials.values import Trial


@dataclass
class Excluded:
    """What is special on the structured trials that count, and on those where a side has no value.

    Attributes:
        names: the symbols that something may be said of.
        counted, lost: these trials.
    """

    names: tuple[str, ...]
    counted: list[Trial] = field(default_factory=list)
    lost: list[Trial] = field(default_factory=list)

    def where(self) -> str:
        """The least that always comes with a loss: one thing said of a symbol, or two; empty where nothing was lost."""
        if not self.lost:
            return ""
        all_counted, all_lost = ([said_of(each, self.names) for each in of] for of in (self.counted, self.lost))
        said = sorted(frozenset().union(*all_lost), key=lambda each: (len(each), each))
        for many in (1, 2):
            causes = [
                cause
                for cause in combinations(said, many)
                if any(lost.issuperset(cause) for lost in all_lost)
                and not any(counted.issuperset(cause) for counted in all_counted)
            ]
            if causes:
                best = max(causes, key=lambda cause: sum(lost.issuperset(cause) for lost in all_lost))
                return " and ".join(best)
        return "some special values"


def said_of(trial: Trial, names: tuple[str, ...]) -> frozenset[str]:
    """What is special about some symbols on a trial: zeros, ones, equal components, equal and opposite symbols."""
    values: dict[str, Value] = {}
    for name in names:
        try:
            values[name] = trial.value(name)
        except Refusal:
            continue  # it has none here, which its own equation says
    return frozenset((*_alone(values, trial.names), *_beside(values)))


def _alone(values: dict[str, Value], names: Names) -> Iterator[str]:
    for name, value in values.items():
        if not isinstance(value, Array):
            if not is_complex(plain(value)):
                yield f"{name} = {show(value)}"
            continue
        numbers = {plain(number) for number in value.entries.flat}
        if len(numbers) == 1:
            [number] = numbers
            yield f"{name} = 0" if number == 0 else f"{name} with equal components"
        elif 0 in numbers:
            yield f"{name} with a component 0"
        # Of two sizes, a matrix is square there by chance alone.
        if is_singular(value) and not _has_two_sizes(names.domain(name)):
            yield f"{name} singular"


def _has_two_sizes(domain: Domain | None) -> bool:
    match domain:
        case Arrays(sizes=(rows, columns)):
            return rows != columns
    return False


def _beside(values: dict[str, Value]) -> Iterator[str]:
    for (one, a), (other, b) in combinations(values.items(), 2):
        left, right = _numbers(a), _numbers(b)
        # A vector and a matrix of the same numbers aren't equal.
        if _shape(a) == _shape(b):
            if left == right:
                yield f"{one} = {other}"
            elif left == [-number for number in right]:
                yield f"{one} = -{other}"


def _shape(value: Value) -> tuple[int, ...] | None:
    return value.shape if isinstance(value, Array) else None


def _numbers(value: Value) -> list[Any]:
    return [plain(number) for number in value.entries.flat] if isinstance(value, Array) else [plain(value)]
