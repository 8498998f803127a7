"""The pieces of `bench/gradchecks`: its gradients, the errors that it plants, its checks, its tables; no time."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from pathlib import Path
from typing import Any

import jax.numpy as jnp
import numpy as np
import pytest

from bench.gradchecks.checkers import Checker, Cs231n, Scipy, Verimath
from bench.gradchecks.frameworks import FRAMEWORKS, Jax, Torch, tightest
from bench.gradchecks.measure import Row, measured, smallest_factor
from bench.gradchecks.problems import KINDS, RIGHT, Planted, Problem, decimal, kind_of, problem
from bench.gradchecks.report import Report
from tests.peers.agreement import TOLERANCE, disagreement
from tests.peers.printed import numbers
from verimath.derivation.builds_on import Derivation
from verimath.evaluation import evaluate
from verimath.latex.read import expression
from verimath.numbers.array import make
from verimath.page.page import read
from verimath.trials.page_trials import Trials

# Each model with each kind of error, and other corners.
PROBLEMS = [problem(number) for number in range(32)]
WRITTEN = Path(__file__).parent.parent.parent / "docs" / "assets" / "reliability" / "gradchecks.md"


def by_complex_step(each: Problem) -> Any:
    """The gradient of a problem's loss."""
    found = np.zeros(each.start.shape)
    for index in np.ndindex(each.start.shape):
        moved = each.start.astype(complex)
        moved[index] += 1e-30j
        found[index] = each.loss(np, moved).imag / 1e-30
    return found


@pytest.mark.parametrize("each", PROBLEMS, ids=lambda each: str(each.number))
def test_the_gradient_is_right_and_with_its_error_wrong(each: Problem) -> None:
    right = by_complex_step(each)
    assert disagreement(each.having(RIGHT).gradient(np, each.start), right) <= TOLERANCE
    wrong = each.gradient(np, each.start)
    assert disagreement(wrong, right) > 1e-8
    if each.error.full:
        changed = wrong != each.having(RIGHT).gradient(np, each.start)
        assert changed.sum() == (1 if each.error.corner else changed.size)


@pytest.mark.parametrize("each", PROBLEMS, ids=lambda each: str(each.number))
def test_what_is_printed_is_what_is_coded(each: Problem) -> None:
    """The same numbers in the page's symbols give the same wrong gradient."""
    D, other = each.start.shape
    named: dict[str, Any] = {"U" if each.model.columns == "H" else "W": each.start, "D": D, each.model.columns: other}
    for name, value in each.data.items():
        if name == "alpha":
            named[r"\alpha"] = float(value)
        elif name == "Y":
            classes = value.argmax(axis=1) + 1
            named["C"], named["y"] = value.shape[1], int(classes[0]) if "x" in each.data else classes
        else:
            named[name] = value[0] if name == "x" else value
            named["N"] = len(value)
    scope = Derivation(lambda file: read(file, each.page())).node("page.md").names
    world = Trials(scope).trial(0)
    replaced: dict[str | tuple[str, int], Any] = {
        name: make(value.shape, [x.item() for x in value.flat]) if isinstance(value, np.ndarray) else value
        for name, value in named.items()
        if name in scope.values
    }
    frame = world.having(replaced).frame()
    node = expression(rf"M_{{jk}} \coloneqq {each.printed()}".split(r"\coloneqq ")[1], _letters(scope))
    found = [
        [float(numbers(evaluate(node, frame.having({"j": j, "k": k})))) for k in range(1, other + 1)]
        for j in range(1, D + 1)
    ]
    assert disagreement(found, each.gradient(np, each.start)) <= TOLERANCE


def _letters(scope: Any) -> Any:
    """The page's names, and its two free letters."""
    return scope.within(["j", "k"])


@pytest.mark.parametrize("each", PROBLEMS[:16], ids=lambda each: str(each.number))
def test_verimath_holds_the_right_formula_and_refuses_the_wrong_one(each: Problem) -> None:
    assert Verimath().accepts(each.having(RIGHT))
    assert not Verimath().accepts(each)


def test_a_page_that_cannot_be_checked_is_no_verdict(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Problem, "printed", lambda self: r"\undeclared")
    with pytest.raises(AssertionError, match="ill-formed"):
        Verimath().accepts(PROBLEMS[0])


CHECKERS: list[Checker] = [*FRAMEWORKS, Cs231n(4), Cs231n(7)]


@pytest.mark.parametrize("checker", CHECKERS, ids=lambda checker: checker.name)
def test_a_check_accepts_what_is_right_and_refuses_its_double(checker: Checker) -> None:
    for each in PROBLEMS[:4]:
        assert checker.accepts(each.having(RIGHT))
        assert not checker.accepts(each.having(Planted(Fraction(2))))
        assert 1e-13 < checker.precision(each.having(RIGHT)) < 1e-5


def test_scipy_is_given_the_smallest_power_that_accepts_what_is_right() -> None:
    scipy, right = Scipy(), [each.having(RIGHT) for each in PROBLEMS]
    scipy.calibrated(right)
    assert all(map(scipy.accepts, right))
    scipy.threshold /= 10
    assert not all(map(scipy.accepts, right))


def test_the_notes_error_is_symmetric_and_0_where_both_are() -> None:
    each = PROBLEMS[0].having(Planted(Fraction(2)))
    assert Cs231n(7).errors(each) == pytest.approx(1 / 3, rel=1e-5)
    assert Cs231n(7).accepts(PROBLEMS[0].having(RIGHT))
    flat = Problem(0, each.model, each.start, {**each.data, "x": 0 * each.data["x"]}, RIGHT)
    assert not Cs231n(7).errors(flat).any()


def test_the_tightest_tolerance_is_found() -> None:
    assert 1e-9 < tightest(lambda tolerance: tolerance > 1e-9) < 2e-9


def test_the_smallest_factor_is_found() -> None:
    def accepts(each: Problem) -> bool:
        return each.error.factor - 1 < Fraction(3, 10**7)

    assert smallest_factor(accepts, PROBLEMS[0], 15) == 6
    assert smallest_factor(lambda each: False, PROBLEMS[0], 15) == 15
    assert smallest_factor(lambda each: True, PROBLEMS[0], 15) == -6


@pytest.mark.parametrize(
    ("value", "text"),
    [(Fraction("1.0005"), "1.0005"), (Fraction(2), "2"), (1 + Fraction(10) ** -20, "1." + "0" * 19 + "1")],
)
def test_a_factor_is_printed_with_all_its_decimals(value: Fraction, text: str) -> None:
    assert decimal(value) == text


class Coarse(Checker):
    """Lets through what is less than a twentieth off, and refuses what is right of one model."""

    name = "grossier"

    def accepts(self, problem: Problem) -> bool:
        if problem.error == RIGHT:
            return problem.number // 4 % 4 != 0
        return disagreement(problem.gradient(jnp, problem.start), by_complex_step(problem)) < 0.05

    def precision(self, problem: Problem) -> float:
        return 3e-4


def test_what_is_counted_is_what_passes() -> None:
    row = measured(Coarse(), PROBLEMS[:16], 4)
    assert row.passed["factor"] == row.passed["entry"] == 4
    assert row.refused == 4
    assert row.smallest == 1
    assert row.precision == 3e-4


def test_the_tables() -> None:
    rows = [
        Row("fin", Counter(), 3, 42.0, 1e-50, 0.05),
        Row("gros", Counter(factor=2, sign=1), 0, 2.0, 3.2e-9, 0.00025),
    ]
    text = Report(rows, 8, 4, 1e-6, {"JAX": "1.2"}).markdown()
    assert "| fin | 0 | 0 | 0 | 0 | 0 | 3 |" in text
    assert "| gros | 2 | 0 | 1 | 0 | 3 | 0 |" in text
    assert "| *sur* | 2 | 2 | 2 | 2 | 8 | 8 |" in text
    assert "| fin | 10⁻⁴² | 10⁻⁵⁰ | 50 | 200 |" in text
    assert "| gros | 10⁻² | 3\N{NO-BREAK SPACE}×\N{NO-BREAK SPACE}10⁻⁹ | 0,25 | 1,0 |" in text
    assert "JAX 1.2" in text


def test_the_published_tables_have_every_check() -> None:
    text = WRITTEN.read_text("utf-8")
    for name in (Torch.name, Jax.name, Scipy.name, Verimath.name, *(checker.name for checker in CHECKERS)):
        assert text.count(f"| {name} |") == 2


def test_kinds_take_turns() -> None:
    assert Counter(map(kind_of, range(500))) == dict.fromkeys(KINDS, 125)
