"""Records that nobody changes, made sooner than by `@dataclass(frozen=True)`.

For each of its classes Python writes and compiles six methods, which took a third of all that importing this package
takes. All but `__init__` are the same but for the names of the fields: here they are made from these. That nobody
changes one is seen to where types are checked, and nowhere else: so they are made sooner, too.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from operator import attrgetter
from typing import Any, TypeVar, dataclass_transform

Record = TypeVar("Record")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(kind: type[Record]) -> type[Record]:
    """A class as a dataclass, whose objects are equal where their compared fields are."""
    kind = dataclass(repr=False, eq=False)(kind)
    compared = attrgetter("__class__", *(each.name for each in fields(kind) if each.compare))  # type: ignore[arg-type]

    def is_equal(self: Record, other: object) -> Any:
        return compared(self) == compared(other) if other.__class__ is self.__class__ else NotImplemented

    def hashed(self: Record) -> int:
        return hash(compared(self))

    for name, method in (("__eq__", is_equal), ("__hash__", hashed), ("__repr__", shown)):
        if name not in kind.__dict__:
            setattr(kind, name, method)
    return kind


def shown(self: Any) -> str:
    """A record as Python writes it."""
    said = (f"{each.name}={getattr(self, each.name)!r}" for each in fields(self) if each.repr)
    return f"{type(self).__qualname__}({', '.join(said)})"
