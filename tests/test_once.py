"""What doesn't read a letter is found once for all its values: the same verdicts, and never where it does read it."""

from __future__ import annotations

import math
from typing import Any

import pytest

from tests.verdicts import verdict
from verimath.evaluation import binders, compiled, derivatives, terms

ARRAYS = r"m, n \in \mathbb{N}^{*}, \quad A = (a_{ij}) \in \mathbb{R}^{m \times n}, \quad x \in \mathbb{R}^{n}"
SOFT = r"s_i \coloneqq \frac{e^{x_i}}{\sum_j e^{x_j}}"
SECOND = r"\frac{\partial^2 s_i}{\partial x_j \partial x_k} = \frac{\partial}{\partial x_k} (s_i (\delta_{ij} - s_j))"
TO_N = r" \quad \forall k \in \{1, \dots, n\}"
# What holds, then its twin that is false: there, a value that was found for another letter would make it hold.
PAGES = [
    ([ARRAYS, r"\sum_i \sum_j a_{ij} x_k = x_k \sum_j \sum_i a_{ij}"], "holds"),
    ([ARRAYS, r"\sum_j a_{ij} x_k = x_k \sum_j a_{ij}"], "holds"),
    ([ARRAYS, r"\sum_j a_{ij} x_k = x_k \sum_j a_{1j}"], "false"),
    ([ARRAYS, r"(\sum_i x_i) + x_j = \sum_k x_k + x_j"], "holds"),
    ([ARRAYS, r"(\sum_i x_i) + x_j = \sum_k x_k + x_1"], "false"),
    ([ARRAYS, SOFT, r"\frac{\partial s_i}{\partial x_j} = s_i (\delta_{ij} - s_j)"], "holds"),
    ([ARRAYS, SOFT, r"\frac{\partial s_i}{\partial x_j} = s_i (\delta_{ij} - s_i)"], "false"),
    ([ARRAYS, SOFT, SECOND], "holds"),
    ([ARRAYS, r"f(t) \coloneqq \sum_i x_i t", r"f(x_j) + f(x_k) = f(x_j + x_k)"], "holds"),
    ([ARRAYS, r"f(t) \coloneqq \sum_i x_i t", r"f(x_j) + f(x_k) = f(2 x_j)"], "false"),
    ([ARRAYS, r"f(j) \coloneqq \sum_i x_i j", r"f(x_j) = x_j \sum_i x_i"], "holds"),
    ([ARRAYS, r"\sum_{i=1}^{k} x_i \leq \sum_{i=1}^{k} \lvert x_i \rvert" + TO_N], "holds"),
]


@pytest.fixture(autouse=True)
def evaluator(monkeypatch: pytest.MonkeyPatch) -> None:
    """All is left to the evaluator, which the functions that are written for expressions are held to."""
    monkeypatch.setattr(compiled, "AFTER", math.inf)


@pytest.mark.parametrize(("formulas", "expected"), PAGES)
def test_a_verdict_is_the_same_as_from_what_is_found_each_time(
    formulas: list[str], expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    once = verdict(*formulas)
    for module in (binders, derivatives, terms):
        monkeypatch.setattr(module, "once", lambda node, frame, value: value(node, frame))
    each_time = verdict(*formulas)
    assert once.verdict == expected
    assert (once.trials, once.worst, str(once.problem)) == (each_time.trials, each_time.worst, str(each_time.problem))


def test_it_is_found_once(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[Any] = []
    sums = binders._over_letters

    def counted(node: Any, frame: Any) -> Any:
        calls.append(node)
        return sums(node, frame)

    monkeypatch.setattr(binders, "_over_letters", counted)
    formulas = [ARRAYS, r"x_k \sum_j x_j = \sum_j x_j x_k"]
    verdict(*formulas)
    found = len(calls)
    calls.clear()
    monkeypatch.setattr(binders, "once", lambda node, frame, value: value(node, frame))
    verdict(*formulas)
    assert found < len(calls)
