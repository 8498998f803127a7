"""What a check records for a reader: trials with their numbers, sizes, what was read; computed again by NumPy."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from verimath.cli.inputs import Inputs
from verimath.cli.session import Session
from verimath.derivation.resolve import names_of
from verimath.numbers.scalar import digits
from verimath.page import page as pages
from verimath.trials.page_trials import Trials
from verimath.verdict.check import Verdict, witnessed
from verimath.verdict.claim import Checked
from verimath.verdict.plain import as_plain, as_verdict
from verimath.verdict.worked import Record

SETS = r"""
```math {#sizes}
m \in \mathbb{N}^*, \qquad n \in \mathbb{N}^*
```

```math {#arrays}
A \in \mathbb{R}^{m \times n}, \qquad x \in \mathbb{R}^{n}, \qquad t \in \mathbb{R}
```

```math {#image}
b_i \coloneqq \sum_{j=1}^{n} A_{ij} x_j
```
"""


def found(*formulas: str) -> dict[str, Verdict]:
    """The verdicts on a page of some sets and these formulas, by label."""
    page = SETS + "".join(f"\n```math {{#e{n}}}\n{formula}\n```\n" for n, formula in enumerate(formulas))
    names = names_of(pages.read("page.md", page), [])
    trials = Trials(names)
    return {formula.equation.label: witnessed(formula, trials, "key") for formula in names.formulas}


def record(*formulas: str) -> Record:
    """What is recorded of the last of them."""
    last = [*found(*formulas).values()][-1]
    assert last.verdict == "holds"
    assert last.record is not None
    return last.record


def test_numpy_gets_both_sides_from_the_numbers_that_were_read() -> None:
    recorded = record(r"\sum_{i=1}^{m} b_i^2 = \sum_{i=1}^{m} \sum_{j=1}^{n} b_i A_{ij} x_j")
    assert recorded.relations == ["="]
    assert len(recorded.worked) == 3
    for worked in recorded.worked:
        A, x, b = (np.array(worked.values[name]) for name in ("A", "x", "b"))
        assert A.shape == (worked.values["m"], worked.values["n"])
        left, right = worked.sides
        np.testing.assert_allclose(left, (b**2).sum())
        np.testing.assert_allclose(right, b @ A @ x)
        with pytest.raises(AssertionError):
            np.testing.assert_allclose(right, (b @ A @ x) + 1)


def test_the_first_is_the_smallest_that_is_not_degenerate() -> None:
    recorded = record(r"\sum_{i=1}^{m} b_i = \sum_{i=1}^{m} \sum_{j=1}^{n} A_{ij} x_j")
    first = recorded.worked[0]
    assert {first.values["m"], first.values["n"]} == {2, 3}
    assert {1, 2, 3} < {*recorded.sizes["m"]}


def test_only_what_was_read_is_named() -> None:
    assert record(r"\sum_{i=1}^{m} b_i = \sum_{i=1}^{m} 1 \cdot b_i").reads == ["image", "sizes"]
    assert record(r"(t + 1)^2 = t^2 + 2 t + 1").reads == ["arrays"]
    assert [*record(r"(t + 1)^2 = t^2 + 2 t + 1").worked[0].values] == ["t"]


def test_letters_are_chosen_where_something_is_seen() -> None:
    assert record(r"b_i A_{ij} = A_{ij} b_i").worked[0].letters == {"i": 1, "j": 2}
    delta = record(r"\delta_{ij} A_{ij} = A_{ij} \delta_{ij}").worked[0]
    assert delta.letters["i"] == delta.letters["j"]
    assert delta.sides[0] != 0


def test_definitions_and_declarations_have_values_too() -> None:
    verdicts = found()
    arrays, image = verdicts["arrays"].record, verdicts["image"].record
    assert arrays is not None
    assert image is not None
    assert len(arrays.worked[0].sides) == 3
    assert "A" not in arrays.worked[0].values
    worked = image.worked[0]
    np.testing.assert_allclose(worked.sides[0], np.array(worked.values["A"]) @ np.array(worked.values["x"]))


def test_special_trials_are_shown_where_no_other_counts() -> None:
    worked = record(r"t^2 = t \quad \text{si } t = 1 \text{ et } A_{11} = A_{11}")
    assert worked.worked[0].values["t"] == 1


def test_what_is_false_records_nothing() -> None:
    false = [*found(r"t = 2 t").values()][-1]
    assert (false.verdict, false.record) == ("false", None)


def test_digits_are_those_of_fifty() -> None:
    exact, rounded = found(r"t + t = 2 t")["e0"], found(r"(\sin t)^2 = 1 - (\cos t)^2")["e0"]
    assert exact.digits == 50
    assert rounded.digits is not None
    assert 40 < rounded.digits <= 50
    assert found(r"t^2 \geq 0")["e0"].digits is None


def test_what_is_kept_is_what_was_found() -> None:
    for verdict in found(r"b_i A_{ij} = A_{ij} b_i", r"t^2 \geq 0").values():
        kept = json.loads(json.dumps(as_plain(verdict)))
        assert as_verdict(kept) == verdict
        assert as_verdict({**kept, "trials": 7}) == replace(verdict, trials=7) != verdict
        with pytest.raises((TypeError, KeyError)):
            as_verdict({key: value for key, value in kept.items() if key != "record"})


def test_symbols_have_their_sets_declared_or_told_by_their_values() -> None:
    verdicts = found(r"c_{ij} \coloneqq 2 A_{ij}", r"g(x) \coloneqq x^2", r"B = (b_{ij}) \in \mathbb{R}^{m \times m}")
    records = [verdict.record for verdict in verdicts.values()]
    introduced = {name: tex for record in records if record for name, tex in record.introduces.items()}
    assert introduced["A"] == introduced["c"] == r"\mathbb{R}^{m \times n}"
    assert introduced["m"] == r"\mathbb{N}^{*}"
    assert introduced["b"] == r"\mathbb{R}^{m}"
    assert introduced["g"] == ""


@pytest.mark.parametrize(("gap", "agree"), [("0", 50), ("1e-400", 50), ("1e-20", 20)])
def test_digits_that_agree_are_counted_however_small_the_gap(gap: str, agree: float) -> None:
    checked, number = Checked(), digits(500).mpf
    checked.note_digits((number(1), 1 + number(gap)), lambda: 1.0)
    assert checked.digits == pytest.approx(agree)


@pytest.mark.parametrize("keeps", [False, True])
def test_what_no_reader_can_be_shown_is_not_recorded(
    keeps: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VERIMATH_CACHE", str(tmp_path / "kept"))
    (tmp_path / "page.md").write_text(SETS, "utf-8")
    file = str(tmp_path / "page.md")
    reports = Session(Inputs((file,), (file,)), keeps=keeps).reports()
    assert {report.verdict.verdict for report in reports} == {"holds"}
    assert {report.verdict.record is not None for report in reports} == {keeps}
