"""The cases of the page language, one file a rule; the formulas before the last one of a case must hold."""

from __future__ import annotations

from pathlib import Path

from tests.cases import cases

FOLDER = Path(__file__).parent
RULES = [*sorted(FOLDER.glob("rule-*.txt")), FOLDER / "vacuity.txt", FOLDER / "misreadings.txt"]
ALL = [case for file in RULES for case in cases(file)]
