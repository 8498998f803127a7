"""What depends on what, through any number of definitions."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import TypeVar

from ..message.frozen import frozen

T = TypeVar("T", bound=Hashable)


@frozen
class Direct:
    """What one definition names.

    Attributes:
        named: all that it names: other definitions, and what has no definition.
        own: those names that are its own: its parameters, and the sizes of its arguments.
    """

    named: frozenset[Hashable]
    own: frozenset[str] = frozenset()


def closed(direct: Mapping[T, Direct]) -> dict[T, frozenset[Hashable]]:
    """All that each definition depends on: found by going round until nothing is added, as circles need."""
    found: dict[Hashable, frozenset[Hashable]] = dict.fromkeys(direct, frozenset())
    changed = True
    while changed:
        changed = False
        for one, each in direct.items():
            read = each.named.union(*(found.get(name, frozenset()) for name in each.named)) - each.own
            if len(read) > len(found[one]):
                found[one], changed = read, True
    return {one: found[one] for one in direct}
