"""The functions that the pages show can fail: their mutants are refused, and each that isn't is listed with its reason.

Judged as `verimath check` judges the functions themselves: on the trials of the equation that a fence ties them to.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from bench.snippets.__main__ import WRITTEN, report
from bench.snippets.changes import KINDS
from bench.snippets.judge import Result, calls_of, quiet, results
from bench.snippets.mutants import Mutant, mutants
from bench.survivors import faults, groups
from tests.docs.prose import PAGES

REASONS = Path(__file__).parent / "survivors.txt"
SNIPPETS = Path(__file__).parent.parent.parent / "snippets"


def judged(found: list[Result], text: str) -> list[str]:
    """What a person has to look at, of the results and the list of reasons."""
    never = [result.name for result in found if not result.can_fail]
    return faults({line for result in found for line in result.survivors}, groups(text), never)


# One test, since it plans the calls of the whole site: two would do so in two processes.
def test_snippets_can_fail_and_every_survivor_has_its_reason() -> None:
    found = list(results(calls_of(PAGES, SNIPPETS)))
    assert judged(found, REASONS.read_text("utf-8")) == []
    assert len(found) > 240
    assert {mutant.kind for result in found for mutant, _ in result.fates} == set(KINDS)
    # What the page says of it: `python -m bench.snippets` writes it.
    assert WRITTEN.read_text("utf-8") == report(found)


PAGE = """\
---
builds_on: []
notation:
  - {symbol: x, code: x, meaning: a vector}
  - {symbol: t, code: t, meaning: a number}
---
```math {#given}
n \\in \\mathbb{N}^{*}, \\quad x \\in \\mathbb{R}^{n}, \\quad t \\in \\mathbb{R}
```

```math {#shown}
FORMULA
```

```python {verifies="shown"}
--8<-- "FILE:shown"
```
"""
Judge = Callable[..., Result]


@pytest.fixture
def judge(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Judge:
    """A function that mutates the code of an equation, and gives the result; of a helper where it is named."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path / "code"))

    def of(name: str, formula: str, code: str, helper: str = "", which: str = "shown") -> Result:
        (tmp_path / "code").mkdir()
        section = f"# --8<-- [start:shown]\n{code}\n# --8<-- [end:shown]\n"
        (tmp_path / "code" / f"{name}.py").write_text(f"import numpy as np\n{helper}\n{section}")
        page = tmp_path / "page.md"
        page.write_text(PAGE.replace("FORMULA", formula).replace("FILE", f"{name}.py"))
        return {result.name: result for result in results(calls_of([page], tmp_path / "code"))}[f"{name}.{which}"]

    return of


def test_a_survivor_without_a_reason_is_said(judge: Judge) -> None:
    found = judge("unreasoned", r"v \coloneqq \sum_i x_i^2", "def shown(x):\n    return np.sum((-x) ** 2)")
    line = "unreasoned.shown | sign: -x → x"
    assert f"no reason is given for {line}" in judged([found], "")
    assert f"no reason is given for {line}" not in judged([found], f"\n=== only the square is read\n{line}\n")


def test_a_reason_without_a_survivor_is_said(judge: Judge) -> None:
    found = judge("survivorless", r"v \coloneqq 2 t", "def shown(t):\n    return 2 * t")
    line = "survivorless.shown | number: 2 → 3"
    assert judged([found], "") == []
    assert judged([found], f"\n=== nonsense\n{line}\n") == [f"no longer holds: {line}"]


def test_a_function_none_of_whose_mutants_is_wrong_is_said() -> None:
    mutant = Mutant("sign", "0", "-0", 1, "")
    for fate in ("raises", "shape"):
        assert judged([Result("a.b", ("c",), ((mutant, fate),))], "") == ["nothing shows that a.b can fail"]
    assert judged([Result("a.b", ("c",), ((mutant, "value"),))], "") == []


def test_a_helper_is_judged_by_those_that_call_it(judge: Judge) -> None:
    helper = "def square(t):\n    return t * t\n"
    found = judge("helped", r"v \coloneqq t^2", "def shown(t):\n    return square(t)", helper, "square")
    fates = {mutant.line: fate for mutant, fate in found.fates}
    assert fates["operator: t * t → t / t"] == "value"
    assert fates["shape: t * t → np.expand_dims(t * t, 0)"] == "shape"
    assert found.labels == ("shown",)


def test_a_mutant_that_does_not_end_is_refused(judge: Judge) -> None:
    code = "def shown(t):\n    k = 0\n    while k < 3:\n        k += 1\n    return k * t"
    fates = {mutant.line: fate for mutant, fate in judge("endless", r"v \coloneqq 3 t", code).fates}
    assert fates["dropped statement: k += 1 → pass"] == "raises"
    assert fates["comparison: k < 3 → k <= 3"] == "value"


def test_an_array_that_a_mutant_leaves_unwritten_has_no_numbers_left_from_before(judge: Judge) -> None:
    code = "def shown(t):\n    v = np.empty(1)\n    v[0] = 2 * t\n    return v[0]"
    fates = {mutant.line: fate for mutant, fate in judge("unwritten", r"v \coloneqq 2 t", code).fates}
    assert fates["dropped statement: v[0] = 2 * t → pass"] == "value"
    with quiet():
        assert np.isnan(np.empty((2, 3))).all()
        # The twin: where a type has no such number, it isn't asked for.
        assert np.empty(2, bool).all()


def test_a_function_is_left_as_it_was(judge: Judge) -> None:
    judge("left", r"v \coloneqq 2 t", "def shown(t):\n    return 2 * t")
    from left import shown

    assert shown(3) == 6


@pytest.mark.parametrize(
    ("code", "made", "left"),
    [
        ("return a + b", "doubled term: a + b → 2 * a + b", "doubled term: a → 2 * a"),
        ("return a @ b.T", "transpose: b.T → b", "transpose: b.T → b.T"),
        ("return a.sum(axis=0, keepdims=True)", "axis: 0 → 1", "axis: 0 → 0"),
        ("return a[1:]", "index: 1: → :", "number: 1 → 1.0005"),
        ("return np.zeros(a.size)", "function: np.zeros → np.ones", "sign: a.size → -a.size"),
        (
            "if not a:\n        raise ValueError\n    return -a",
            "returned: -a → b",
            "dropped statement: if not a: → pass",
        ),
        ("return sum(zip(a, b, strict=True))", "symbol: a → b", "keyword: zip(a, b, strict=True) → zip(a, b)"),
    ],
)
def test_what_a_slip_would_change_is_changed(code: str, made: str, left: str) -> None:
    function = ast.parse(f"def f(a, b):\n    {code}").body[0]
    assert isinstance(function, ast.FunctionDef)
    lines = [mutant.line for mutant in mutants(function)]
    assert made in lines
    assert left not in lines
    assert len(set(lines)) == len(lines)
