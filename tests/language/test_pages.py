"""Whole pages on the command line: its exit code, and the verdict on each equation that the case names."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.cases import Case, cases, count
from verimath.cli import main

FILES = [Path(__file__).parent / "pages.txt", Path(__file__).parents[1] / "derivations" / "malformed.txt"]
CASES = [case for file in FILES for case in cases(file)]


def expected(case: Case) -> tuple[int, dict[str, str]]:
    """The exit code, and the verdicts by label."""
    return int(case.verdict[-1]), dict(each.split("=") for each in case.says.split("; ") if each)


def found(case: Case, folder: Path) -> tuple[int, dict[str | None, str]]:
    """The exit code, and the verdicts by label (None for those on a page itself)."""
    for name, text in case.files.items():
        (folder / "pages" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "pages" / name).write_text(text, "utf-8")
    told = folder / "told.json"
    snippets = folder / "pages" / "snippets"
    code = main(["check", str(folder / "pages"), "--json", str(told), "--snippets", str(snippets)])
    return code, {report["label"]: report["verdict"] for report in json.loads(told.read_text("utf-8"))}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_pages_have_their_exit_code_and_verdicts(
    case: Case, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, verdicts = found(case, tmp_path)
    said = capsys.readouterr().out
    wanted, told = expected(case)
    assert code == wanted, said
    assert {label: verdicts.get(label) for label in told} == told, said
    if code:
        assert re.search(r"\.md:\d+: ", said), said
        assert re.search(r"[1-9]\d* not$", said), said
    else:
        assert {*verdicts} == {*told}, said
        assert said.endswith(f"{len(said.splitlines()) - 1} as expected, 0 not\n")


def test_all_cases_are_read() -> None:
    assert len(CASES) == sum(map(count, FILES)) > 120
    assert len({case.name for case in CASES}) == len(CASES)
    assert {expected(case)[0] for case in CASES} == {0, 1}
    assert {verdict for case in CASES for verdict in expected(case)[1].values()} == {
        "holds",
        "false",
        "ill-formed",
        "unchecked",
    }


def test_a_case_that_expects_something_else_fails(tmp_path: Path) -> None:
    """The twin: the false page with the expectations of the true one."""
    case = next(case for case in CASES if case.name == "a page whose claim is false")
    code, verdicts = found(case, tmp_path)
    true = next(case for case in CASES if case.name == "a fence with an id")
    assert (code, verdicts) != expected(true)
    assert code != expected(true)[0]
