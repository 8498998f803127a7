"""What authors write and this language says in other signs: the message, word for word, leads to what was meant."""

from __future__ import annotations

import pytest

from tests.cases import Case, cases, count
from tests.language.cases import FOLDER
from tests.verdicts import verdicts

FILE = FOLDER / "notations.txt"
CASES = cases(FILE)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_message_leads_to_what_was_meant(case: Case) -> None:
    *before, last = verdicts(case.page).values()
    assert [each.verdict for each in before] == ["holds"] * len(before)
    assert last.verdict == case.verdict
    if case.verdict == "ill-formed":
        assert f"{last.problem}\n" == case.message
        assert {each.verdict for each in verdicts(case.mended).values()} == {"holds"}


def test_every_case_is_read() -> None:
    assert len(CASES) == count(FILE) > 40
    assert len({case.name for case in CASES}) == len(CASES)
    assert all(case.message and case.mended for case in CASES if case.verdict == "ill-formed")
