"""Derivations of other subjects: true pages hold whole, and each false twin is refused at its slip.

The malformed pages beside them are refused by the command: see tests/language/test_pages.py.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cases import Case, cases
from tests.verdicts import verdicts
from verimath.message.refusal import Refusal

FILES = sorted(file for file in Path(__file__).parent.glob("*.txt") if file.stem != "malformed")
# Of each subject a true page, and the same with one slip in it.
SUBJECTS = {file.stem: cases(file) for file in FILES}
TRUE = [true for true, *_ in SUBJECTS.values()]
FALSE = [twin for _, *twins in SUBJECTS.values() for twin in twins]


@pytest.mark.parametrize("case", TRUE, ids=lambda case: case.name)
def test_a_true_derivation_holds(case: Case) -> None:
    found = verdicts(case.page)
    assert len(found) >= 5
    assert {label: str(each.problem) for label, each in found.items() if each.verdict != "holds"} == {}


@pytest.mark.parametrize("case", FALSE, ids=lambda case: f"{case.file}, {case.name}")
def test_a_slip_is_refused(case: Case) -> None:
    label, verdict = case.says.split("=")
    assert verdicts(case.page, only=label)[label].verdict == verdict != "holds"


def test_every_true_derivation_has_its_false_twins() -> None:
    assert len(TRUE) == 17
    assert [true.name for true in TRUE] == [*SUBJECTS]
    for name, (true, *twins) in SUBJECTS.items():
        assert len(twins) >= 4, name
        assert all(twin.page != true.page for twin in twins)
        assert len({twin.name for twin in twins}) == len(twins)


def test_a_page_that_cannot_be_read_raises() -> None:
    with pytest.raises(Refusal, match="isn't closed"):
        verdicts("```math {#a}\na = b\n")
