"""What an author is shown of an equation that isn't true, word for word, and that the page holds once it is mended.

The cases lie in tests/messages/*.txt: these pages are checked.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cases import Case, cases, count
from tests.conftest import Build, Refused
from verimath.cli import main

FILES = sorted((Path(__file__).parent / "messages").glob("*.txt"))
CASES = [case for file in FILES for case in cases(file)]


def test_every_case_is_read() -> None:
    assert len(CASES) == sum(map(count, FILES)) >= 12
    assert len({case.name for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_build_says_where_what_the_evidence_and_the_way_out(case: Case, build_site: Build) -> None:
    with pytest.raises(Refused) as refused:
        build_site(case.page, check=True)
    assert str(refused.value) + "\n" == case.message
    assert len(case.message.splitlines()) == 5


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_command_line_says_the_same(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "index.md").write_text(case.page, "utf-8")
    assert main(["check", "docs/index.md"]) == 1
    assert case.message in capsys.readouterr().out


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_mended_page_holds(case: Case, build_site: Build) -> None:
    assert build_site(case.mended, check=True)["index.md"]
