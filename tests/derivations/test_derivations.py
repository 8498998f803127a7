"""Derivations of other subjects: true pages hold whole, each false twin is refused at its slip, malformed pages too."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.verdicts import verdicts
from verimath.cli import main
from verimath.message.refusal import Refusal

FOLDER = Path(__file__).parent
TRUE = sorted((FOLDER / "true").glob("*.md"))
FALSE = sorted((FOLDER / "false").glob("*.md"))
MALFORMED = sorted((FOLDER / "malformed").rglob("*.md"))
EXPECTED = re.compile(r"<!-- expected: (?P<label>[\w-]+) -->")


@pytest.mark.parametrize("page", TRUE, ids=lambda page: page.stem)
def test_a_true_derivation_holds(page: Path) -> None:
    found = verdicts(page.read_text("utf-8"), page.name)
    assert len(found) >= 5
    assert {label: str(each.problem) for label, each in found.items() if each.verdict != "holds"} == {}


@pytest.mark.parametrize("page", FALSE, ids=lambda page: page.stem)
def test_a_slip_is_refused(page: Path) -> None:
    text = page.read_text("utf-8")
    expected = EXPECTED.search(text)
    assert expected
    assert verdicts(text, page.name, only=expected["label"])[expected["label"]].verdict != "holds"


@pytest.mark.parametrize("page", [page for page in MALFORMED if EXPECTED.search(page.read_text("utf-8"))], ids=str)
def test_a_malformed_page_is_refused(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Through the command line, which sees whole pages; each gets one located message."""
    expected = EXPECTED.search(page.read_text("utf-8"))
    assert expected
    assert main(["check", str(page)]) == 1
    said = capsys.readouterr().out
    assert re.search(r"\.md:\d+: ", said), said
    if expected["label"] != "page":
        assert re.search(rf"^{expected['label']} .* (FALSE|ILL-FORMED|HOLDS)$", said, re.MULTILINE), said


def test_every_true_derivation_has_its_false_twins() -> None:
    assert len(TRUE) == 17
    for page in TRUE:
        twins = [twin for twin in FALSE if twin.stem.startswith(f"{page.stem}--")]
        assert len(twins) >= 4, page.stem
        assert all(twin.read_text("utf-8") != page.read_text("utf-8") for twin in twins)


def test_a_page_that_cannot_be_read_raises() -> None:
    with pytest.raises(Refusal, match="isn't closed"):
        verdicts("```math {#a}\na = b\n")
