r"""The site's equations can fail: their mutants are refused, and each that holds is listed with its reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.prose import PAGES
from verimath.derivation import Derivation, from_disk
from verimath.mutate import Result, mutate

REASONS = Path(__file__).parent / "survivors.txt"


def listed(text: str) -> dict[str, str]:
    """Each line of the list, and the reason that it stands under."""
    found: dict[str, str] = {}
    reason = ""
    for line in text.splitlines():
        if line.startswith("=== "):
            reason = line.removeprefix("=== ")
        elif " | " in line:
            assert line not in found, line
            found[line] = reason
    return found


def survivors(results: list[Result]) -> set[str]:
    """The mutants that hold, as lines of the list."""
    return {
        f"{result.label} | {outcome.mutant.kind}: {outcome.mutant.before} → {outcome.mutant.after}"
        for result in results
        for outcome in result.survivors
    }


def faults(held: set[str], reasons: dict[str, str], never: list[str]) -> list[str]:
    """What a person has to look at.

    Args:
        held: the mutants that hold.
        reasons: of those that are listed.
        never: equations none of whose mutants is false.
    """
    unexplained = held - {line for line, reason in reasons.items() if reason}
    return [
        *(f"no reason is given for {line}" for line in sorted(unexplained)),
        *(f"no longer holds: {line}" for line in sorted(reasons.keys() - held)),
        *(f"nothing shows that {label} can fail" for label in never),
    ]


# One test, since it mutates the whole site: two would do so in two processes.
def test_equations_can_fail_and_every_survivor_has_its_reason() -> None:
    derivation = Derivation(from_disk)
    results = mutate([derivation.node(page.as_posix()).scope for page in PAGES])
    never = [result.label for result in results if not result.can_fail]
    assert faults(survivors(results), listed(REASONS.read_text("utf-8")), never) == []
    assert len(results) > 250


@pytest.mark.parametrize(
    ("held", "text", "never", "said"),
    [
        ("a | sign: b → -b", "=== because\na | sign: b → -b\n", [], []),
        ("a | sign: b → -b", "a | sign: b → -b\n", [], ["no reason is given for a | sign: b → -b"]),
        ("a | sign: b → -b", "=== because\n", [], ["no reason is given for a | sign: b → -b"]),
        ("", "=== because\na | sign: b → -b\n", [], ["no longer holds: a | sign: b → -b"]),
        ("", "", ["a"], ["nothing shows that a can fail"]),
    ],
)
def test_what_is_not_as_listed_is_said(held: str, text: str, never: list[str], said: list[str]) -> None:
    assert faults({held} - {""}, listed(text), never) == said


def test_a_survivor_without_a_reason_is_seen() -> None:
    assert listed("a | sign: b → -b\n=== because\na | symbol: b → c\n") == {
        "a | sign: b → -b": "",
        "a | symbol: b → c": "because",
    }
