r"""The site's equations can fail: their mutants are refused, and each that holds is listed with its reason."""

from __future__ import annotations

import pytest

from bench.mutation import KINDS, REASONS, WRITTEN, Group, groups, markdown, survivors
from tests.docs.prose import PAGES
from verimath.derivation import Derivation, from_disk
from verimath.mutate import mutate


def faults(held: set[str], listed: list[Group], never: list[str]) -> list[str]:
    """What a person has to look at.

    Args:
        held: the mutants that hold.
        listed: those that were judged.
        never: equations none of whose mutants is false.
    """
    lines = [line for group in listed for line in group.lines]
    return [
        *(f"no reason is given for {line}" for line in sorted(held - {*lines})),
        *(f"no longer holds: {line}" for line in sorted({*lines} - held)),
        *(f"listed twice: {line}" for line in sorted({*lines}) if lines.count(line) > 1),
        *(f"said in one language only: {group.reason}" for group in listed if not group.reason or not group.french),
        *(f"nothing shows that {label} can fail" for label in never),
    ]


# One test, since it mutates the whole site: two would do so in two processes.
def test_equations_can_fail_and_every_survivor_has_its_reason() -> None:
    derivation = Derivation(from_disk)
    results = mutate([derivation.node(page.as_posix()).scope for page in PAGES])
    never = [result.label for result in results if not result.can_fail]
    listed = groups(REASONS.read_text("utf-8"))
    assert faults({*survivors(results)}, listed, never) == []
    assert len(results) > 250
    assert {outcome.mutant.kind for result in results for outcome in result.outcomes} == {*KINDS}
    # What the page says of it: `python -m bench.mutation` writes it.
    assert WRITTEN.read_text("utf-8") == markdown(results, listed)


BECAUSE = "\n=== because\n--- parce que\n"


@pytest.mark.parametrize(
    ("held", "text", "never", "said"),
    [
        ("a | sign: b → -b", BECAUSE + "a | sign: b → -b\n", [], []),
        ("a | sign: b → -b", "a | sign: b → -b\n" + BECAUSE, [], ["no reason is given for a | sign: b → -b"]),
        ("a | sign: b → -b", BECAUSE, [], ["no reason is given for a | sign: b → -b"]),
        ("", BECAUSE + "a | sign: b → -b\n", [], ["no longer holds: a | sign: b → -b"]),
        ("a | sign: b → -b", 2 * (BECAUSE + "a | sign: b → -b\n"), [], ["listed twice: a | sign: b → -b"]),
        ("a | sign: b → -b", "\n=== because\na | sign: b → -b\n", [], ["said in one language only: because"]),
        ("", "", ["a"], ["nothing shows that a can fail"]),
    ],
)
def test_what_is_not_as_listed_is_said(held: str, text: str, never: list[str], said: list[str]) -> None:
    assert faults({held} - {""}, groups(text), never) == said
