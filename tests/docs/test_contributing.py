"""The contributors' page: its rooms are those of the code, and its recipes add what they say to the language."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from functools import reduce
from pathlib import Path

import pytest

from bench.house import ROOMS
from tests.cases import Case, cases
from tests.docs.prose import DOCS

TEXT = (DOCS / "contributing.md").read_text("utf-8")
ROW = re.compile(r"^\| `([\w.]+)` \| \S.* \|$", re.MULTILINE)


def shown(text: str) -> list[str]:
    """The rooms that a page describes, in its order."""
    return ROW.findall(text.partition("## La maison en une image")[2].partition("\n## ")[0])


def test_the_page_shows_the_rooms_in_their_order() -> None:
    assert shown(TEXT) == [*ROOMS]


def test_a_room_that_is_missing_or_moved_is_seen() -> None:
    first, second = "| `message` |", "| `page` |"
    for wrong in (TEXT.replace(first, "| message |"), TEXT.replace(first, second, 1), TEXT.replace(second, first, 1)):
        assert shown(wrong) != [*ROOMS]


# Recipes

CODE = re.compile(r'^```python title="src/verimath/([\w/]+)\.py, table (\w+)"\n(.*?)\n```$', re.MULTILINE | re.DOTALL)
CASES = re.compile(r"`tests/language/(rule-\d\d)\.txt`.*?^```text\n(===.*?)^```$", re.MULTILINE | re.DOTALL)
RECIPES = TEXT.partition("## Ajouter une opération")[2].partition("\n## ")[0]
SOURCE = Path(__file__).parents[2] / "src" / "verimath"
# Judges pages in a process of its own, with a copy of the tool; of each, its last formula's verdict and its evidence.
JUDGE = """
import json, sys
from tests.verdicts import verdicts
found = [list(verdicts(page).values())[-1] for page in json.load(sys.stdin)]
print(json.dumps([(last.verdict, last.problem.evidence if last.verdict == "ill-formed" else "") for last in found]))
"""


def recipe_cases(folder: Path) -> list[Case]:
    """The cases of both recipes, in order."""
    found = []
    for rule, text in CASES.findall(RECIPES):
        (folder / f"{rule}.txt").write_text(text, "utf-8")
        found += cases(folder / f"{rule}.txt")
    return found


def judged(folder: Path, *changes: tuple[str, str], follow: bool = True) -> list[list[str]]:
    """The verdicts and evidence of the recipes' cases by a copy of the tool, to which the page's rows are added.

    Args:
        folder: where the copy lies.
        changes: of the rows' text, each of them once.
        follow: whether the rows are added.
    """
    copy = folder / "verimath"
    shutil.copytree(SOURCE, copy, ignore=shutil.ignore_patterns("__pycache__"))
    rows = CODE.findall(RECIPES)
    for module, table, row in rows if follow else ():
        file = copy / f"{module}.py"
        text = file.read_text("utf-8")
        begins = f"{table} = {{\n    row.name: row\n    for row in (\n"
        assert text.count(begins) == 1
        changed = reduce(lambda shown, change: shown.replace(*change), changes, row)
        file.write_text(text.replace(begins, f"{begins}{changed}\n"), "utf-8")
    pages = json.dumps([case.page for case in recipe_cases(folder)])
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(folder), str(SOURCE.parents[1])])}
    ran = subprocess.run(
        [sys.executable, "-c", JUDGE], input=pages, env=environment, capture_output=True, text=True, check=True
    )
    found: list[list[str]] = json.loads(ran.stdout)
    return found


def test_without_the_recipes_both_are_refused(tmp_path: Path) -> None:
    refused = ["`\\operatorname{erfc}` is unknown"] * 3 + ["this can't be executed: \\sup"] * 3
    assert judged(tmp_path, follow=False) == [["ill-formed", why] for why in refused]


def test_the_recipes_give_the_language_both(tmp_path: Path) -> None:
    assert [table for _, table, _ in CODE.findall(RECIPES)] == ["OPERATIONS", "BINDERS"]
    expected = [[case.verdict, case.says] for case in recipe_cases(tmp_path)]
    assert [verdict for verdict, _ in expected] == ["holds", "false", "ill-formed"] * 2
    assert judged(tmp_path) == expected


@pytest.mark.parametrize(
    ("changes", "seen"),
    [
        pytest.param([("-bell(x, y)", "bell(x, y)")], [0, 1], id="a wrong derivative"),
        pytest.param([('None, "erfc"', 'None, "erf"')], [0], id="a wrong name in many digits"),
        pytest.param([("max(", "min(")], [3, 4], id="a wrong fold"),
        pytest.param([(", picks=True", "")], [5], id="a derivative at a tie"),
    ],
)
def test_a_wrong_row_is_seen(changes: list[tuple[str, str]], seen: list[int], tmp_path: Path) -> None:
    expected = [case.verdict for case in recipe_cases(tmp_path)]
    found = judged(tmp_path, *changes)
    assert [n for n, (verdict, _) in enumerate(found) if verdict != expected[n]] == seen
