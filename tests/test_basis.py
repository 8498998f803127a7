"""What a verdict rests on: no check reads a name that the equation's key doesn't hold."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.conftest import ROOT
from verimath.derivation.builds_on import Derivation, PageNode, from_disk
from verimath.names.table import Binding, Formula, Names
from verimath.trials.page_trials import Trials
from verimath.verdict.basis import Basis, _words
from verimath.verdict.check import check

PAGES = ("softmax", "divergence", "bias", "loss")


class Listening(dict[str, Any]):
    """A table that notes what is looked up in it."""

    def __init__(self, held: dict[str, Any], asked: set[str]) -> None:
        super().__init__(held)
        self.asked = asked

    def __getitem__(self, name: str) -> Any:
        self.asked.add(name)
        return super().__getitem__(name)

    def get(self, name: str, default: Any = None) -> Any:
        self.asked.add(name)
        return super().get(name, default)


def looked_up(formula: Formula, names: Names) -> set[Binding]:
    """What a check of an equation looks up in the table of names."""
    # What depends on what is found for all names at once.
    for with_sets in (False, True):
        names.read_by([], with_sets=with_sets)
        names._closure(with_sets)
    asked: set[str] = set()
    values, functions = names.values, names.functions
    names.values, names.functions = Listening(values, asked), Listening(functions, asked)
    try:
        check(formula, Trials(names))
    finally:
        names.values, names.functions = values, functions
    found = {values[name] for name in asked if name in values}
    return found | {binding for name in asked for binding in functions.get(name, {}).values()}


def held(formula: Formula, names: Names) -> list[object]:
    """What an equation's key holds of names."""
    [listed, _] = Basis(names)._closure({*_words(formula.statements)})
    assert isinstance(listed, list)
    return listed


def equations(name: str) -> Iterator[tuple[PageNode, Formula]]:
    derivation = Derivation(from_disk)
    node = derivation.node(f"{ROOT}/docs/fr/{name}.md")
    for formula in node.names.formulas:
        if formula.own is None and formula.failure is None and formula.equation.expected == "holds":
            yield node, formula


@pytest.mark.parametrize("name", PAGES)
def test_a_check_looks_up_nothing_that_its_key_does_not_hold(name: str) -> None:
    seen = 0
    for node, formula in equations(name):
        basis, listed = Basis(node.names), held(formula, node.names)
        missing = [each.name for each in looked_up(formula, node.names) if basis._of_binding(each)[0] not in listed]
        assert missing == [], formula.equation.label
        seen += len(listed)
    assert seen


def test_what_is_looked_up_is_seen() -> None:
    node, formula = next(each for each in equations("softmax") if each[1].equation.label == "softmax-sum")
    found = looked_up(formula, node.names)
    assert {binding.name for binding in found} >= {"S", "a", "N"}
    # The twin: a key of another equation doesn't hold all of it.
    first = node.names.formulas[0]
    basis, listed = Basis(node.names), held(first, node.names)
    assert [each.name for each in found if basis._of_binding(each)[0] not in listed]
