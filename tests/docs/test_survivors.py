r"""The site's equations can fail: their mutants are refused, and each that holds is listed with its reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.prose import PAGES
from verimath.derivation import Derivation, from_disk
from verimath.mutate import Result, mutate

# In one process of the tests: each would mutate the whole site.
pytestmark = pytest.mark.xdist_group("survivors")
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


@pytest.fixture(scope="module")
def results() -> list[Result]:
    derivation = Derivation(from_disk)
    return mutate([derivation.node(page.as_posix()).scope for page in PAGES])


@pytest.fixture(scope="module")
def reasons() -> dict[str, str]:
    return listed(REASONS.read_text("utf-8"))


def test_every_survivor_has_its_reason(results: list[Result], reasons: dict[str, str]) -> None:
    assert sorted(survivors(results) - {line for line, reason in reasons.items() if reason}) == []


def test_what_is_listed_survives(results: list[Result], reasons: dict[str, str]) -> None:
    assert sorted(reasons.keys() - survivors(results)) == []


def test_every_claim_has_a_mutant_that_is_false(results: list[Result]) -> None:
    assert len(results) > 150
    assert [result.label for result in results if not result.can_fail] == []


def test_a_survivor_without_a_reason_is_seen() -> None:
    assert listed("a | sign: b → -b\n=== because\na | symbol: b → c\n") == {
        "a | sign: b → -b": "",
        "a | symbol: b → c": "because",
    }
