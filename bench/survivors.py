"""Lists of mutants that hold all the same, each under the reason that a person gave for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Group:
    """Mutants that hold for the same reason.

    Attributes:
        reason: in English.
        french: the same for a page; empty where no page shows it.
        lines: WHERE | KIND: BEFORE → AFTER, one for each; the same change at several places may have one.
    """

    reason: str
    french: str
    lines: tuple[str, ...]


def groups(text: str) -> list[Group]:
    """The groups of a list, each under a line `=== reason`, and a line `--- reason in French` where a page shows it."""
    found: list[Group] = []
    for block in text.split("\n=== ")[1:]:
        reason, *rest = block.splitlines()
        french = "".join(line.removeprefix("--- ") for line in rest if line.startswith("--- "))
        found.append(Group(reason, french, tuple(line for line in rest if " | " in line)))
    return found


def faults(held: set[str], listed: Sequence[Group], never: Sequence[str]) -> list[str]:
    """What a person has to look at.

    Args:
        held: the mutants that hold.
        listed: those that were judged.
        never: of what no mutant is wrong.
    """
    lines = [line for group in listed for line in group.lines if group.reason]
    return [
        *(f"no reason is given for {line}" for line in sorted(held - {*lines})),
        *(f"no longer holds: {line}" for line in sorted({*lines} - held)),
        *(f"listed twice: {line}" for line in sorted({*lines}) if lines.count(line) > 1),
        *(f"nothing shows that {label} can fail" for label in never),
    ]
