r"""The mutation test: what becomes of mutants, who refuses them, and how it is reported."""

from __future__ import annotations

import json

import pytest

from tests.equations import scope
from verimath.mutation import judge
from verimath.mutation.run import Result, as_json, figures, listing, mutate
from verimath.names.table import Names

DATA = r"n \in \mathbb{N}^{*}, \quad x \in \mathbb{R}^{n}, \quad p \in \Delta^{n-1}, \quad a, b \in \mathbb{R}"
# An equation, and what becomes of some of its mutants.
FATES: dict[str, dict[str, str]] = {
    "(a + b)^2 = a^2 + 2 a b + b^2": {
        "(a - b)^{2} = a^{2} + 2 a b + b^{2}": "false",
        "(a + b)^{2} = a^{2} + 2.001 a b + b^{2}": "false",
        "(a + b)^{2} < a^{2} + 2 a b + b^{2}": "false",
        "(-a - b)^{2} = a^{2} + 2 a b + b^{2}": "none",
    },
    r"\sum_{i=1}^{n} p_i = 1": {
        r"\sum_{i=2}^{n} p_{i} = 1": "false",
        r"\sum_{i=1}^{n + 1} p_{i} = 1": "ill-formed",
        r"\sum_{i=1}^{n} x_{i} = 1": "false",
        r"\sum_{i=1}^{n} p_{j} = 1": "false",
    },
    r"x x^\top \geq 0": {
        "-x x^{\\top} \\geq 0": "false",
        "x x \\geq 0": "ill-formed",
        "x \\geq 0": "false",
        r"x x^{\top} \leq 0": "false",
        r"x x^{\top} \geq 0.0005": "false",
        r"x x^{\top} > 0": "false",
    },
    "p_i < 2 + a^2": {"p_{i} < 2 + b^{2}": "survivor", "-p_{i} < 2 + a^{2}": "weaker", "p_{i} < a^{2}": "false"},
    # Few trials fulfil it, and none of the first.
    r"p_1 = 1 - p_2 \quad \text{if } n = 2": {
        r"p_{1} = 1 + p_{2} \quad \text{si } n = 2": "false",
        r"p_{1} = 1 - p_{2} \quad \text{si } n \neq 2": "false",
    },
    "a + b = b + a": {"b + b = b + a": "false", "a + b = a + b": "none", "2 a + b = b + a": "false"},
    r"a - a = 0": {r"a - b = 0": "false", "-a - a = 0": "false", "a - a < 0": "false"},
}


def outcomes(results: list[Result], label: str) -> dict[str, tuple[str, str]]:
    """Of an equation's mutants, the verdict and who gave it."""
    [result] = [result for result in results if result.label == label]
    assert result.verdict == "holds"
    return {outcome.mutant.tex: (outcome.verdict, outcome.by) for outcome in result.outcomes}


@pytest.mark.parametrize("equation", FATES)
def test_a_mutant_is_false_ill_formed_weaker_or_survives(equation: str) -> None:
    found = outcomes(mutate([scope(DATA, equation)], processes=1), "page-2")
    assert {tex: found.get(tex, ("none",))[0] for tex in FATES[equation]} == FATES[equation]


def test_a_mutant_of_the_same_two_sides_is_ill_formed_and_no_evidence() -> None:
    [result] = mutate([scope(DATA, "a + b - b = a")], processes=1)
    assert [outcome.evidence for outcome in result.outcomes if outcome.mutant.tex == "a = a"] == []
    found = {outcome.mutant.tex: outcome for outcome in result.outcomes}
    assert found["a + b = a"].verdict == "false"
    [result] = mutate([scope(DATA, "1 a = a")], processes=1)
    [same] = [outcome for outcome in result.outcomes if outcome.mutant.tex == "a = a"]
    assert (same.verdict, same.evidence) == ("ill-formed", "both sides are the same formula")


DEFINED = (DATA, r"q \coloneqq x x^\top", r"s(u) \coloneqq u^2")
CLAIM = r"\frac{\partial q}{\partial x_i} = 2 x_i"


def test_a_mutated_definition_is_refused_by_a_claim_that_reads_it() -> None:
    found = outcomes(mutate([scope(*DEFINED, CLAIM, "s(a) = a a")], processes=1), "page-2")
    assert found[r"q \coloneqq -x x^{\top}"] == ("false", "page-4")
    assert found[r"q \coloneqq x"] == ("ill-formed", "page-4")
    assert found[r"q \coloneqq x x"] == ("ill-formed", "page-2")
    assert found[r"q \coloneqq p x^{\top}"] == ("false", "page-4")
    functions = outcomes(mutate([scope(*DEFINED, CLAIM, "s(a) = a a")], processes=1), "page-3")
    assert functions["s(u) \\coloneqq u"] == ("false", "page-5")
    assert functions["s(u) \\coloneqq u^{-2}"] == ("false", "page-5")


def test_a_mutated_definition_is_refused_by_a_claim_of_a_page_that_builds_on_it() -> None:
    base = scope(*DEFINED)
    child = scope(r"r \coloneqq 2 q", r"\frac{\partial r}{\partial x_i} = 4 x_i", parents=[base], name="child")
    assert outcomes(mutate([base, child], processes=1), "page-2")[r"q \coloneqq -x x^{\top}"] == ("false", "child-2")
    assert outcomes(mutate([base], processes=1), "page-2")[r"q \coloneqq -x x^{\top}"] == ("survivor", "")


def test_a_mutated_definition_leaves_the_pages_as_they_were() -> None:
    base = scope(*DEFINED, CLAIM)
    before = [formula.statements for formula in base.formulas]
    first = mutate([base], processes=1)
    assert [formula.statements for formula in base.formulas] == before
    assert mutate([base], processes=1) == first


def test_what_a_definition_shares_with_its_claim_is_changed_in_both() -> None:
    found = outcomes(mutate([scope(DATA, r"d \coloneqq a - b = -(b - a)")], processes=1), "page-2")
    assert found[r"d \coloneqq a + b = -(b - a)"] == ("false", "page-2")
    assert found[r"d \coloneqq a - b = -(b + a)"] == ("false", "page-2")
    assert found[r"d \coloneqq a - b \neq -(b - a)"] == ("false", "page-2")


def test_a_mutated_update_must_descend() -> None:
    page = scope(
        DATA,
        r"q \coloneqq x x^\top, \quad \eta \in \mathbb{R}_{+}^{*}",
        r"x \leftarrow x - \eta \frac{\partial q}{\partial x}",
    )
    found = outcomes(mutate([page], processes=1), "page-3")
    assert found[r"x \leftarrow x + \eta \frac{\partial q}{\partial x}"] == ("false", "page-3")
    assert found[r"x \leftarrow x - \frac{\partial q}{\partial x}"] == ("survivor", "")
    assert found[r"x \leftarrow x"][0] == "ill-formed"


def test_what_holds_only_where_asked_is_tried_there() -> None:
    found = outcomes(mutate([scope(DATA, r"p_1 + p_2 = 1 \quad \text{si } n = 2")], processes=1), "page-2")
    assert found["p_{1} + p_{2} = 1"] == ("ill-formed", "page-2")
    assert found[r"p_{1} + p_{2} = 1 \quad \text{si } n = 3"] == ("false", "page-2")
    assert found[r"p_{1} = 1 \quad \text{si } n = 2"] == ("false", "page-2")


def test_an_equation_that_does_not_hold_is_not_changed() -> None:
    [result] = mutate([scope(DATA, "a = b")], processes=1)
    assert (result.verdict, result.outcomes) == ("false", ())
    assert "page.md:10 page-2: not changed, since it is false" in listing([result])


@pytest.fixture(scope="module")
def pages() -> list[Names]:
    base = scope(DATA, "a b = b a", r"w \coloneqq a^2", "w = a a")
    return [base, scope(r"w \geq 0", parents=[base], name="child")]


def test_declarations_are_not_changed(pages: list[Names]) -> None:
    assert [result.label for result in mutate(pages, processes=1)] == ["page-2", "page-3", "page-4", "child-1"]


def test_two_processes_find_what_one_finds(pages: list[Names]) -> None:
    assert mutate(pages, processes=2) == mutate(pages, processes=1)


def test_results_depend_on_nothing_but_the_pages_and_the_seed(pages: list[Names]) -> None:
    assert mutate(pages, processes=1, seed=3) == mutate(pages, processes=1, seed=3)


def test_the_report_counts_and_shows_what_a_person_has_to_judge() -> None:
    assert listing(mutate([scope(DATA, r"x x^\top \geq -1", "a b = b a")], processes=1)) == REPORT


REPORT = r"""page.md:10 page-2: 13 mutants, 6 false, 5 ill-formed, 1 weaker, 1 to judge
    relation: \geq → >
        x x^{\top} > -1
page.md:14 page-3: 13 mutants, 13 false
2 equations: 26 mutants, 19 false, 5 ill-formed, 1 weaker, 1 to judge"""


def test_an_equation_that_cannot_fail_is_said_to_be_one() -> None:
    results = mutate([scope(DATA, r"c \coloneqq a")], processes=1)
    assert not results[0].can_fail
    assert "    no mutant is false: nothing shows that it can fail" in listing(results).splitlines()
    assert "no mutant is false" not in listing(mutate([scope(DATA, "a b = b a")], processes=1))


def test_the_results_are_data(pages: list[Names]) -> None:
    data = json.loads(json.dumps(as_json(mutate(pages, processes=1))))
    assert [each["label"] for each in data] == ["page-2", "page-3", "page-4", "child-1"]
    first = data[0]["mutants"][0]
    assert set(first) == {"kind", "at", "before", "after", "tex", "verdict", "evidence", "by"}
    assert sum(data[0]["counts"].values()) == len(data[0]["mutants"])


def test_a_name_under_an_accent_or_with_an_upright_letter_is_printed_as_it_is_read() -> None:
    names = scope(
        r"d, h \in \mathbb{N}^{*}, \quad \mathbf{X}_t \in \mathbb{R}^{d}, \quad \mathbf{y} \in \mathbb{R}^{h}",
        r"\mathbf{W} \in \mathbb{R}^{d \times h}",
        r"\hat{\mathbf{y}} \coloneqq 2 \mathbf{y}, \quad \hat{\mathbf{y}}_i = 2 \mathbf{y}_i",
        r"\mathbf{F}_\mathrm{t} \coloneqq \mathbf{X}_t \mathbf{W} + \mathbf{y}",
        r"\mathbf{F}_\mathrm{t} = \mathbf{y} + \mathbf{X}_t \mathbf{W}",
    )
    results = mutate([names], processes=1)
    assert {result.verdict for result in results} == {"holds"}
    assert all(result.can_fail and not result.count("unprinted") for result in results)


def test_what_the_tool_cannot_print_is_counted_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judge, "_misprint", lambda names, sentence: "why")
    [result] = mutate([scope(r"a \in \mathbb{R}", "a + a = 2 a")], processes=1)
    assert result.count("unprinted") == len(result.outcomes) > 0
    assert "misprinted, a fault of this tool" in listing([result])


def test_figures_are_those_of_the_formula_and_of_all_that_it_reads() -> None:
    def keyed(*formulas: str) -> dict[str, list[int]]:
        names = scope(DATA, *formulas)
        return figures(mutate([names], processes=1), [names])

    [(key, (tried, refused))] = keyed("a + b = b + a").items()
    assert tried >= refused > 0
    assert key in keyed("a + b = b + a", "2 a b = b a + a b")
    for other in (r"a + b = b + a \quad \text{si } a > 0", "b + a = a + b"):
        assert key not in keyed(other)
