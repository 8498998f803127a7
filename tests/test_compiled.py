"""What is written as Python and compiled has the evaluator's values, to the last digit: on the site, in the corpora."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from typing import Any

import pytest

from tests.derivations.test_derivations import TRUE
from tests.docs.prose import PAGES
from tests.language.cases import ALL
from tests.verdicts import verdict
from verimath.derivation.builds_on import Derivation, from_disk
from verimath.derivation.resolve import names_of
from verimath.evaluation import Frame, compiled, evaluate, written
from verimath.evaluation.frame import interpret
from verimath.evaluation.written import Beyond
from verimath.meaning.expression import Node
from verimath.meaning.statement import Claim
from verimath.message.refusal import Refusal
from verimath.names.table import Names
from verimath.numbers.array import Array, Value
from verimath.page.page import read
from verimath.trials.page_trials import Trials
from verimath.verdict.instances import Instances

# Of each claim, so many values of its letters, on an ordinary trial, a wild one, and these of the special ones.
LETTERS, SPECIAL = 3, (0, 26)


def said(value: Value) -> str:
    """A value to its last digit, with the types of its numbers."""
    if isinstance(value, Array):
        return f"{value.shape} {value.column} {[said(number) for number in value.entries.flat]}"
    # Python writes no whole number of more than some thousand digits in tens.
    return f"{type(value).__name__} {hex(value) if isinstance(value, int) else repr(value)}"


def found(node: Node, frame: Frame) -> str:
    """What an expression is worth, or the message that says why it is worth nothing."""
    try:
        return said(evaluate(node, frame))
    except Refusal as refusal:
        return f"{type(refusal).__name__} {refusal.at} {refusal.read_at} {refusal}"


def values(names: Names) -> Iterator[str]:
    """What the sides of all claims of a page are worth on some trials."""
    trials = Trials(names)
    for claim in (each for formula in names.formulas for each in formula.statements if isinstance(each, Claim)):
        special = trials.structured(names.read_by(claim.sides))
        chosen = [(trials, 0, False), (trials, 1, True), *((special, number, False) for number in SPECIAL)]
        for of, number, wild in chosen:
            trials.effort.start()
            with suppress(Refusal):
                if (instance := Instances(claim, of).on(number, wild)) is None:
                    continue
                for combination in islice(instance.combinations(), LETTERS):
                    for many in (0, 50) if of is trials and not wild else (0,):
                        yield from (found(side, combination.frame(many)) for side in claim.sides)


def of_page(text: str) -> list[str]:
    """What the sides of a page's claims are worth."""
    return [*values(names_of(read("page.md", text), []))]


TRUE_CASES = [case.page for case in ALL if case.verdict == "holds"]


def everywhere() -> list[str]:
    """What all claims of the site, of the derivations and of the language's cases are worth."""
    derivation = Derivation(from_disk)
    listed = [each for page in PAGES for each in values(derivation.node(page.as_posix()).names)]
    return listed + [each for text in (*(case.page for case in TRUE), *TRUE_CASES) for each in of_page(text)]


def test_a_function_finds_what_the_evaluator_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled, "AFTER", math.inf)
    interpreted = everywhere()
    monkeypatch.setattr(compiled, "AFTER", 0)
    asked = [0]

    def counted(node: Node, frame: Frame) -> Value:
        value = interpret(node, frame)
        asked[0] += type(node) not in compiled.SIMPLE
        return value

    monkeypatch.setattr(compiled, "interpret", counted)
    by_functions = everywhere()
    assert len(by_functions) > 5_000
    assert [pair for pair in zip(interpreted, by_functions, strict=True) if pair[0] != pair[1]] == []
    # Hardly ever has the evaluator a value that the function hasn't.
    assert asked[0] < len(by_functions) / 20


PAGE = """
```math {#e}
n \\in \\mathbb{N}^{*}, \\quad x \\in \\mathbb{R}^{n}, \\quad Z \\coloneqq \\sum_k e^{x_k}
```
```math {#f}
\\frac{\\partial}{\\partial x_i} \\ln Z = \\frac{e^{x_i}}{Z}
```
```math {#g}
\\sum_i x_i + x_j = x_j + \\sum_k x_k
```
"""


@pytest.mark.parametrize(("right", "wrong"), [(" + ", " - "), (" / ", " * "), ("at_one", "at_last")])
def test_a_function_that_is_wrong_is_seen(right: str, wrong: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled, "AFTER", math.inf)
    interpreted = of_page(PAGE)
    monkeypatch.setattr(compiled, "AFTER", 0)
    assert of_page(PAGE) == interpreted
    of_source = compiled._compiled
    monkeypatch.setattr(compiled, "_compiled", lambda text: of_source(text.replace(right, wrong)))
    monkeypatch.setitem(written.CALLED, "at_last", lambda array, columns, place: array.entries[-place])
    assert of_page(PAGE) != interpreted


def test_where_a_function_gives_up_the_evaluator_speaks(monkeypatch: pytest.MonkeyPatch) -> None:
    formulas = (r"x \in \mathbb{R}", r"\frac{1}{x - x} = 1")
    spoken = str(verdict(*formulas).problem)

    def give_up(symbols: Any, local: Any) -> Value:
        raise Beyond

    monkeypatch.setattr(compiled, "AFTER", 0)
    monkeypatch.setattr(compiled, "written", lambda node, frame: give_up)
    assert str(verdict(*formulas).problem) == spoken
    assert "a division by zero" in spoken


@pytest.mark.parametrize(
    "formula",
    [
        "".join(rf"\sum_{{{letter}=1}}^{{1}} " for letter in "abcdfghijklmnopqrstuvwz") + "(a + x) = 1 + x",
        "(1 + " * 40 + "x" + ")" * 40 + " = 40 + x",
    ],
)
def test_what_python_takes_for_too_deep_is_left_to_the_evaluator(formula: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled, "AFTER", 0)
    found = verdict(r"x \in \mathbb{R}", formula)
    monkeypatch.setattr(compiled, "AFTER", math.inf)
    interpreted = verdict(r"x \in \mathbb{R}", formula)
    assert (found.verdict, str(found.problem)) == (interpreted.verdict, str(interpreted.problem))
    assert found.verdict == "holds", str(found.problem)
