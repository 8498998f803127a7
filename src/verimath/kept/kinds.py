"""Of which kind a value is that JSON gave back: a drawer that is whole may hold what another hand has put there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints, is_typeddict

Fits = Callable[[Any], bool]


def fits(value: Any, kind: Any) -> bool:
    """Whether a value is of a kind.

    Args:
        value: what JSON gives back, or an object that was made of that.
        kind: a type as an annotation says it. Of tuples JSON makes lists, of a dataclass's objects a table of what they
            hold; a TypedDict's may have further keys.
    """
    return _fitting(kind)(value)


@cache
def _fitting(kind: Any) -> Fits:
    """What tells whether a value is of a kind."""
    origin, inner = get_origin(kind), get_args(kind)
    if kind is Any:
        return lambda value: True
    if kind in (None, NoneType):
        return lambda value: value is None
    if kind is float:
        return lambda value: type(value) in (float, int)
    if origin in (Union, UnionType):
        kinds = [*map(_fitting, inner)]
        return lambda value: any(each(value) for each in kinds)
    if origin is list or (origin is tuple and inner[1:] == (...,)):
        if inner[0] in (str, int):
            # Some are long, and a set of types is made faster than each of them is looked at.
            return lambda value: type(value) in (list, tuple) and {*map(type, value)} <= {inner[0]}
        each = _fitting(inner[0])
        return lambda value: type(value) in (list, tuple) and all(map(each, value))
    if origin is tuple:
        places = [*map(_fitting, inner)]
        return lambda value: (
            type(value) in (list, tuple)
            and len(value) == len(places)
            and all(fit(part) for fit, part in zip(places, value, strict=True))
        )
    if origin is dict:
        key, held = map(_fitting, inner)
        return lambda value: type(value) is dict and all(map(key, value)) and all(map(held, value.values()))
    if is_typeddict(kind) or is_dataclass(kind):
        return _fitting_table(kind)
    return lambda value: type(value) is kind


def _fitting_table(kind: Any) -> Fits:
    """What tells whether a value has all that a type says that it has."""
    parts = {name: _fitting(of) for name, of in get_type_hints(kind).items()}
    is_open = is_typeddict(kind)

    def fitting(value: Any) -> bool:
        found = vars(value) if type(value) is kind else value
        return (
            type(found) is dict
            and (is_open or len(found) == len(parts))
            and all(name in found and fit(found[name]) for name, fit in parts.items())
        )

    return fitting
