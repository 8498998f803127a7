"""Whole pages on the command line: its exit code, and the verdict on each equation that the case names.

A case of pages.txt is `=== page: name -> exit N; label=verdict; …` and the page, or `=== pages: …` and files, each
below a line `+++ file` of its own.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from verimath.cli import main

FILE = Path(__file__).parent / "pages.txt"
HEAD = re.compile(
    r"^=== pages?: (?P<name>.+) -> exit (?P<code>[012])(?P<verdicts>(?:; [\w-]+=[\w-]+)*)\n", re.MULTILINE
)
PART = re.compile(r"^\+\+\+ (\S+)\n", re.MULTILINE)


@dataclass(frozen=True)
class Case:
    """Pages, and what the command says of them."""

    name: str
    code: int
    verdicts: dict[str, str]
    files: dict[str, str]


def cases(text: str) -> list[Case]:
    """The cases of a file, in order."""
    kept = re.sub(r"^## .*\n", "", text, flags=re.MULTILINE)
    parts = HEAD.split(kept)[1:]
    return [_case(*parts[n : n + 4]) for n in range(0, len(parts), 4)]


def _case(name: str, code: str, verdicts: str, body: str) -> Case:
    said = dict(verdict.split("=") for verdict in verdicts.split("; ") if verdict)
    parts = PART.split(body)
    files = dict(zip(parts[1::2], parts[2::2], strict=True)) or {"page.md": body}
    return Case(name, int(code), said, files)


CASES = cases(FILE.read_text("utf-8"))


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
    assert code == case.code, said
    assert {label: verdicts.get(label) for label in case.verdicts} == case.verdicts, said
    if code:
        assert re.search(r"\.md:\d+: ", said), said
        assert re.search(r"[1-9]\d* not$", said), said
    else:
        assert {*verdicts} == {*case.verdicts}, said
        assert said.endswith(f"{len(verdicts)} as expected, 0 not\n")


def test_all_cases_are_read() -> None:
    assert len(CASES) == FILE.read_text("utf-8").count("\n=== ") + 1 > 50
    assert len({case.name for case in CASES}) == len(CASES)
    assert {case.code for case in CASES} == {0, 1}
    assert {verdict for case in CASES for verdict in case.verdicts.values()} == {
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
    assert code != true.code
    assert verdicts != true.verdicts
