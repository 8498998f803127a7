"""A page's table of names: what a map's name alone stands for, what gives way, what depends on what, other meanings."""

from __future__ import annotations

from typing import Any

import pytest

from tests.equations import scope
from verimath.derivation.resolve import statements_of
from verimath.meaning.expression import Name
from verimath.meaning.statement import Definition
from verimath.message.refusal import Refusal
from verimath.names.table import Names
from verimath.numbers.array import Array
from verimath.trials.page_trials import Trials

MAP = (
    r"n \in \mathbb{N}^{*}, \quad a \in \mathbb{R}^{n}",
    r"S \colon \mathbb{R}^{n} \to \mathbb{R}^{n}, \ a \mapsto \begin{bmatrix} S_1 & \dots & S_n \end{bmatrix}",
    r"S_i \coloneqq 2 a_i \quad \forall i \in \{1, \dots, n\}",
    r"u \coloneqq S",
)


@pytest.fixture
def parent() -> Names:
    return scope(*MAP, name="parent")


def numbers(value: Any) -> list[Any]:
    assert isinstance(value, Array)
    return list(value.entries.flat)


def test_a_maps_name_alone_stands_for_its_components_on_its_own_page(parent: Names) -> None:
    assert parent.node("S") == Name("S", 1)
    own = parent.find(Name("S", 1).symbol)
    assert own is not None
    assert own is parent.values["S"]
    assert own.map is parent.function("S", 1)


def test_elsewhere_it_is_free_and_what_reads_the_components_still_finds_them(parent: Names) -> None:
    child = scope(r"S \coloneqq 7", r"v \coloneqq u + S(a)", parents=[parent], name="child")
    assert child.node("S") == Name("S")
    trial = Trials(child).trial(0)
    a = numbers(trial.value("a"))
    assert trial.value("S") == 7
    assert numbers(trial.value("u")) == [2 * entry for entry in a]
    assert numbers(trial.value("v")) == [4 * entry for entry in a]


def test_a_map_has_its_components_once(parent: Names) -> None:
    with pytest.raises(Refusal, match="`S` is there already"):
        scope(*MAP, r"S_i \coloneqq 3 a_i \quad \forall i \in \{1, \dots, n\}")


def test_what_depends_on_what_goes_through_maps_and_sets(parent: Names) -> None:
    assert parent.reads("u") > {"u", "a", ("S", 1), parent.values["a"], parent.values["S"]}
    # Of the map, what it takes and its sizes are its own.
    assert not parent.read_by_binding(parent.functions["S"][1]) & {"a", "n"}
    # A drawn value isn't drawn anew where its size is replaced; a claim about it depends on the size all the same.
    assert parent.values["n"] not in parent.read_by([Name("a")])
    assert parent.values["n"] in parent.read_by([Name("a")], with_sets=True)


def test_a_name_may_mean_something_else_in_another_table_only(parent: Names) -> None:
    page = scope(r"x \coloneqq 2", r"y \coloneqq 3 x")
    [other] = statements_of(scope(r"x \coloneqq 1"), r"x \coloneqq 5")
    assert isinstance(other, Definition)
    changed = page.having(page.values["x"], other)
    assert [Trials(names).trial(0).value("y") for names in (changed, page)] == [15, 6]
