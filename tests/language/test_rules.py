"""Each rule of the page language: what it accepts holds, its false twins are false, what it refuses says why."""

from __future__ import annotations

import pytest

from tests.cases import Case, count
from tests.language.cases import ALL, RULES
from tests.verdicts import verdicts


@pytest.mark.parametrize("case", ALL, ids=lambda case: f"{case.file} {case.verdict}: {case.name}")
def test_case_has_its_verdict(case: Case) -> None:
    found = list(verdicts(case.page).values())
    assert [each.verdict for each in found[:-1]] == ["holds"] * (len(found) - 1), case.page
    last = found[-1]
    assert last.verdict == case.verdict, f"{case.page}\n{last.problem}"
    if case.verdict == "ill-formed":
        assert last.problem is not None
        assert last.problem.evidence == case.says
        assert last.problem.place.line > 0
        assert last.problem.way_out


def test_every_rule_has_cases_of_each_kind() -> None:
    assert len(RULES) == 32
    for file in RULES:
        kinds = {case.verdict for case in ALL if case.file == file.stem}
        assert kinds == {"holds", "false", "ill-formed"}, file.stem


def test_every_case_is_read() -> None:
    assert len(ALL) == sum(map(count, RULES)) > 700


def test_names_of_cases_are_unique_in_a_file() -> None:
    names = [(case.file, case.verdict, case.name) for case in ALL]
    assert len(names) == len({*names})
