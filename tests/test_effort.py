"""Work is counted, not timed: the same page has the same verdict whatever the machine and its load."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from tests.verdicts import verdict
from verimath.cli import main
from verimath.derivation.resolve import names_of
from verimath.evaluation import effort
from verimath.evaluation.effort import Effort
from verimath.message.refusal import OutOfTime, TooLong
from verimath.page.page import read
from verimath.trials.page_trials import Trials
from verimath.verdict.check import check

N = r"n \in \mathbb{N}^{*}, \quad x, y \in \mathbb{R}, \quad v \in \mathbb{R}^n, \quad A, B \in \mathbb{R}^{n \times n}"
# The sum of four loops: some work, on each trial.
LOOPS = r"\sum_{i=1}^{n} \sum_{j=1}^{n} \sum_{k=1}^{n} \sum_{l=1}^{n} (x + i j k l)"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """A clock on which every look takes an hour, and how often it was looked at."""
    looks = [0]

    def hours() -> float:
        looks[0] += 1
        return looks[0] * 3600.0

    monkeypatch.setattr(time, "thread_time", hours)
    return looks


def test_a_statement_may_take_so_much_work_and_no_more() -> None:
    spent = Effort()
    spent.spend(effort.MOST_WORK)
    with pytest.raises(TooLong):
        spent.spend(1)
    spent.start()
    spent.spend(1)
    assert spent.spent == 1


def test_what_was_caught_is_not_forgotten() -> None:
    spent = Effort()
    spent.settle()
    with pytest.raises(TooLong):
        spent.spend(2 * effort.MOST_WORK)
    for again in (spent.settle, lambda: spent.spend(1)):
        with pytest.raises(TooLong):
            again()


def test_what_is_decided_in_a_share_may_take_more_than_it() -> None:
    spent = Effort()
    with spent.share(10):
        with spent.beyond_share():
            spent.spend(1_000)
        spent.spend(1)
        pytest.fail("the share goes on")
    spent.spend(1)
    assert spent.spent == 1_002
    with pytest.raises(TooLong), spent.beyond_share():
        spent.spend(2 * effort.MOST_WORK)


def test_time_is_a_last_resort_with_a_message_of_its_own(clock: list[int]) -> None:
    spent = Effort()
    spent.spend(effort.LOOK)
    with pytest.raises(OutOfTime, match="no verdict: 25 s have passed") as refused:
        spent.spend(1)
    assert refused.value.verdict == "undecided"
    assert clock == [2]


def test_the_clock_is_not_read_at_every_step(clock: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(effort, "SECONDS", 1e9)
    assert verdict(N, rf"{LOOPS} = {LOOPS} + 0").verdict == "holds"
    assert clock[0] < 20


@pytest.mark.parametrize(
    "formula",
    [
        LOOPS,
        r"\operatorname{tr}(A A A A A A)",
        r"\sum_{i=1}^{n} \frac{\partial}{\partial v_i} (\operatorname{tr}(A B A) \lVert v \rVert^2)",
        r"\frac{\partial^2}{\partial x^2} (\frac{\partial^2}{\partial x^2} (\frac{\partial^2}{\partial x^2} (x^7)))",
        r"\lVert v \odot v \odot v + 2 v \rVert",
    ],
)
def test_each_kind_of_work_is_counted(formula: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert verdict(N, f"{formula} + 0 = {formula}").verdict == "holds"
    monkeypatch.setattr(effort, "MOST_WORK", 1_000)
    found = verdict(N, f"{formula} + 0 = {formula}")
    assert (found.verdict, str(found.problem).count("this takes over 1,000 steps")) == ("ill-formed", 1)


def test_the_same_work_is_counted_again() -> None:
    page = "".join(f"\n```math {{#e{n}}}\n{each}\n```\n" for n, each in enumerate([N, rf"{LOOPS} \geq {LOOPS} - 1"]))
    counted = []
    for _ in range(2):
        names = names_of(read("page.md", page), [])
        trials = Trials(names)
        assert check(names.formulas[-1], trials).verdict == "holds"
        counted.append(trials.effort.spent)
    assert counted[0] == counted[1] > 10_000


def test_what_is_false_before_the_bound_is_false(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(effort, "MOST_WORK", 20_000)
    assert verdict(N, f"{LOOPS} = {LOOPS} + 0").verdict == "ill-formed"
    assert verdict(N, f"{LOOPS} = {LOOPS} + 1").verdict == "false"


def test_where_time_ran_out_the_exit_code_is_3(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, clock: list[int]
) -> None:
    page, data = tmp_path / "page.md", tmp_path / "out.json"

    def written(*formulas: str) -> int:
        page.write_text("".join(f"\n```math {{#e{n}}}\n{formula}\n```\n" for n, formula in enumerate(formulas)))
        return main(["check", str(page), "--json", str(data)])

    with monkeypatch.context() as patient:
        patient.setattr(effort, "SECONDS", 1e9)
        assert written(N, f"{LOOPS} = {LOOPS} + 0") == 0
    monkeypatch.setattr(effort, "LOOK", 1_000)
    assert written(N, f"{LOOPS} = {LOOPS} + 0") == 3
    told = capsys.readouterr().out
    assert "UNDECIDED" in told
    assert "no verdict: 25 s have passed, and it isn't checked yet" in told
    assert [each["verdict"] for each in json.loads(data.read_text())] == ["holds", "undecided"]
    # What is wrong is wrong, whatever else is open.
    assert written(N, f"{LOOPS} = {LOOPS} + 0", r"1 = 2") == 1


def test_an_equation_that_must_be_refused_is_not_refused_by_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, clock: list[int]
) -> None:
    monkeypatch.setattr(effort, "LOOK", 1_000)
    page = tmp_path / "page.md"
    for expected in ("false", "ill-formed"):
        page.write_text(f'```math {{#d}}\n{N}\n```\n\n```math {{#e expect="{expected}"}}\n{LOOPS} = {LOOPS} + 0\n```\n')
        assert main(["check", str(page)]) == 3


def test_a_long_power_with_derivatives_of_derivatives_is_refused_and_a_short_one_is_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(effort, "MOST_WORK", 4_000_000)
    hessian = r"\frac{\partial^2}{\partial A^2} \operatorname{tr}"
    assert verdict(N, f"{hessian}(A^3) = {hessian}(A A A)").verdict == "holds"
    found = verdict(N, f"{hessian}(A^8) = {hessian}(A A A A A A A A)")
    assert (found.verdict, str(found.problem).count("this takes over 4,000,000 steps")) == ("ill-formed", 1)


def test_an_exponential_with_derivatives_of_derivatives_is_refused_by_its_work_and_a_small_one_is_not() -> None:
    hessian = r"\frac{\partial^2}{\partial A^2} \operatorname{tr} \exp"
    claim = f"{hessian} (A) = {hessian} (A^\\top)"
    assert verdict(r"A \in \mathbb{R}^{2 \times 2}", claim).verdict == "holds"
    found = verdict(N, claim)
    assert (found.verdict, str(found.problem).count("this takes over 6,000,000 steps")) == ("ill-formed", 1)
