r"""The contributors' page: its rooms are those of the code, and its recipe adds \arctan to the language."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tests.docs.prose import DOCS
from tests.language.cases import Case, cases
from tests.test_layers import INNER, ROOMS
from tests.verdicts import verdict, verdicts
from verimath.latex.read.lexing.katex_names import FUNCTIONS
from verimath.numbers import scalar as arithmetic

TEXT = (DOCS / "contributing.md").read_text("utf-8")
ROW = re.compile(r"^\| `([\w.]+)` \| \S.* \|$", re.MULTILINE)
CODE = re.compile(r'^```python title="src/verimath/([\w/]+)\.py"\n(.*)\n```$', re.MULTILINE)
CASES = re.compile(r"^```text\n(===.*?)^```$", re.MULTILINE | re.DOTALL)


def rooms() -> list[str]:
    """All rooms in their order, those inside of one after it."""
    listed = []
    for room in ROOMS:
        listed.append(room)
        listed += [f"{room}.{inner}" for inner in INNER.get(room, "").split() if inner != "__init__"]
    return listed


def shown(text: str) -> list[str]:
    """The rooms that a page describes, in its order."""
    return ROW.findall(text.partition("## Les pièces")[2].partition("\n## ")[0])


def recipe() -> tuple[dict[str, arithmetic.Function], set[str]]:
    """What the page says to write: the row of the table of functions, the name in the reader's."""
    rows = dict(CODE.findall(TEXT))
    functions = eval(f"{{{rows['arithmetic']}}}", vars(arithmetic).copy())
    return functions, eval(f"{{{rows['reader/tables']}}}", {})


@pytest.fixture
def added(tmp_path: Path) -> list[Case]:
    [text] = CASES.findall(TEXT)
    (tmp_path / "rule-07.txt").write_text(text, "utf-8")
    return cases(tmp_path / "rule-07.txt")


def add(monkeypatch: pytest.MonkeyPatch, **changed: Any) -> None:
    """Follow the recipe, with another row where it is said."""
    functions, names = recipe()
    for name, function in {**functions, **changed}.items():
        monkeypatch.setitem(arithmetic.FUNCTIONS, name, function)
    monkeypatch.setattr("verimath.latex.read.lexing.flatten.FUNCTIONS", FUNCTIONS | names)


def found(case: Case) -> tuple[str, str]:
    last = list(verdicts(case.page).values())[-1]
    return last.verdict, last.problem.evidence if last.verdict == "ill-formed" and last.problem else ""


def test_the_page_shows_the_rooms_in_their_order() -> None:
    assert shown(TEXT) == rooms()


def test_a_room_that_is_missing_or_moved_is_seen() -> None:
    first, second = "| `source` |", "| `errors` |"
    for wrong in (TEXT.replace(first, "| source |"), TEXT.replace(first, second, 1), TEXT.replace(second, first, 1)):
        assert shown(wrong) != rooms()


def test_without_the_recipe_the_arc_tangent_is_refused(added: list[Case]) -> None:
    assert {found(case) for case in added} == {("ill-formed", "this can't be executed: \\arctan")}


def test_the_recipe_gives_the_language_an_arc_tangent(added: list[Case], monkeypatch: pytest.MonkeyPatch) -> None:
    add(monkeypatch)
    assert {case.verdict for case in added} == {"holds", "false", "ill-formed"}
    assert [found(case) for case in added] == [(case.verdict, case.says) for case in added]


def test_all_that_the_page_promises_follows(monkeypatch: pytest.MonkeyPatch) -> None:
    add(monkeypatch)
    real = r"t \in \mathbb{R}"
    assert verdict(real, r"\frac{\partial^2}{\partial t^2} \arctan t = -\frac{2 t}{(1 + t^2)^2}").verdict == "holds"
    assert verdict(real, r"\arctan t = 2 \arctan \frac{t}{1 + \sqrt{1 + t^2}}").verdict == "holds"
    assert verdict(real, r"4 \arctan 1 = \pi + 10^{-40}").verdict == "false"


def test_a_wrong_derivative_in_the_row_is_seen(added: list[Case], monkeypatch: pytest.MonkeyPatch) -> None:
    right = recipe()[0]["arctan"]
    wrong = arithmetic.Function(right.real, right.complex, right.many, lambda x, y: 1 / (1 - x * x))
    add(monkeypatch, arctan=wrong)
    assert [found(case)[0] for case in added] == ["false", "holds", "ill-formed"]


def test_a_wrong_name_in_many_digits_is_seen(added: list[Case], monkeypatch: pytest.MonkeyPatch) -> None:
    right = recipe()[0]["arctan"]
    add(monkeypatch, arctan=arithmetic.Function(right.real, right.complex, "asin", right.slope))
    assert found(added[0])[0] == "false"
