"""Records compare, hash and read as Python's own frozen dataclasses do."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from verimath.message.frozen import frozen


class Bare:
    pass


class Place:
    line: int
    file: str = field(default="page.md", compare=False)
    inner: object = field(default=None, repr=False)


class Shown:
    line: int

    def __repr__(self) -> str:
        return "said otherwise"


KINDS: list[tuple[type[Any], tuple[int, ...]]] = [(Bare, ()), (Place, (3,)), (Shown, (3,))]


def made(decorator: Any, kind: type[Any]) -> Any:
    return decorator(
        type(kind.__name__, (), {k: v for k, v in vars(kind).items() if k not in ("__dict__", "__weakref__")})
    )


@pytest.mark.parametrize(("kind", "arguments"), KINDS)
def test_one_is_shown_and_matched_as_pythons_is(kind: type[Any], arguments: tuple[int, ...]) -> None:
    ours, theirs = made(frozen, kind), made(dataclass(frozen=True), kind)
    assert repr(ours(*arguments)) == repr(theirs(*arguments))
    assert ours.__match_args__ == theirs.__match_args__


Pair = made(frozen, Place)
Theirs = made(dataclass(frozen=True), Place)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"line": 1}, {"line": 1}),
        ({"line": 1}, {"line": 2}),
        ({"line": 1, "file": "a.md"}, {"line": 1, "file": "b.md"}),
        ({"line": 1, "inner": (1, 2)}, {"line": 1, "inner": (1, 2)}),
        ({"line": 1, "inner": (1, 2)}, {"line": 1, "inner": (2, 1)}),
        ({"line": 1}, {"line": 1.0}),
    ],
)
def test_two_are_equal_where_pythons_are(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert (Pair(**one) == Pair(**other)) is (Theirs(**one) == Theirs(**other))
    assert len({Pair(**one), Pair(**other)}) == len({Theirs(**one), Theirs(**other)})


def test_none_equals_one_of_another_class() -> None:
    assert Pair(1) != made(frozen, Place)(1)
    assert Pair(1) != 1


def test_one_is_replaced_and_not_hashed_where_a_field_is_not() -> None:
    assert replace(Pair(1), line=2) == Pair(2)
    with pytest.raises(TypeError):
        hash(Pair(1, inner=[]))
