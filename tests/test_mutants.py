r"""Mutants: each kind of change, what it makes of a formula, and what it leaves alone."""

from __future__ import annotations

import pytest

from tests.equations import scope
from verimath.derivation.resolve import statements_of
from verimath.latex.write import Writer, sentences
from verimath.message.refusal import Refusal
from verimath.mutation.changes import KINDS
from verimath.mutation.confusable import Likeness
from verimath.mutation.mutants import STATEMENT_KINDS, Mutant, mutants
from verimath.mutation.positions import changed, places
from verimath.names.table import Names
from verimath.trials.page_trials import Trials

NAMES = (
    r"n, m \in \mathbb{N}^{*}, \quad x, y \in \mathbb{R}^{n}, \quad z \in \mathbb{R}^{m}",
    r"M \in \mathbb{R}^{n \times n}",
    r"a, b \in \mathbb{R}, \quad k \in \{1, \dots, n\}",
    r"f(u) \coloneqq u^2, \qquad h(u) \coloneqq u^3, \qquad g(u, v) \coloneqq u v, \qquad L \coloneqq x x^\top",
)
# Kind, formula, and all that this kind of change makes of it.
CASES: list[tuple[str, str, set[str]]] = [
    ("sign", "a - b = 0", {"-a - b = 0", "a + b = 0"}),
    ("sign", "f(a) = 0", {"-f(a) = 0", "f(-a) = 0"}),
    ("sign", r"\lvert a \rvert = b", {r"-\lvert a \rvert = b", r"\lvert a \rvert = -b"}),
    ("sign", "x_{i + 1} = a", {"-x_{i + 1} = a", "x_{-i + 1} = a", "x_{i - 1} = a", "x_{i + 1} = -a"}),
    ("dropped term", "a + b - k = 0", {"b - k = 0", "a - k = 0", "a + b = 0"}),
    ("doubled term", "a - b = k", {"2 a - b = k", "a - 2 b = k"}),
    ("doubled term", "a - 3 = k", {"2 a - 3 = k", "a - 6 = k"}),
    ("dropped factor", "a b k = 0", {"a b = 0", "a k = 0", "b k = 0"}),
    ("dropped factor", r"\frac{a}{b} = 0", {"a = 0", r"\frac{1}{b} = 0"}),
    ("dropped factor", "a + b = 0", set()),
    (
        "dropped factor",
        r"\sum_{i} x_{i} \sum_{i} y_{i} = 0",
        {r"\sum_{i} x_{i} = 0", r"\sum_{i} y_{i} = 0", r"\sum_{i} x_{i} y_{i} = 0"},
    ),
    ("swapped factors", "x M = y", {"M x = y"}),
    ("swapped factors", r"x M y^{\top} = a", {r"M x y^{\top} = a", r"x y^{\top} M = a"}),
    ("swapped factors", "a b = k", set()),
    ("swapped factors", "a M = M", set()),
    ("inverted quotient", r"\frac{a}{b} = k", {r"\frac{b}{a} = k"}),
    ("dropped exponent", "a^{2} = b", {"a = b"}),
    ("index letter", "x_{i} = y_{j}", {"x_{j} = y_{j}", "x_{i} = y_{i}"}),
    ("index letter", "x_{i} = y_{i}", {"x_{j} = y_{i}", "x_{i} = y_{j}"}),
    ("index letter", "x_{i} = a", set()),
    ("index letter", r"\sum_{j} M_{j j} = a", {r"\sum_{j} M_{i j} = a", r"\sum_{j} M_{j i} = a"}),
    ("index letter", "x_{k} = a", set()),
    ("index ±1", "x_{i} = y_{i}", {"x_{i + 1} = y_{i}", "x_{i - 1} = y_{i}", "x_{i} = y_{i + 1}", "x_{i} = y_{i - 1}"}),
    ("index ±1", "M_{i 2} = a", {"M_{i + 1, 2} = a", "M_{i - 1, 2} = a", "M_{i 3} = a", "M_{i 1} = a"}),
    ("swapped indices", "M_{i j} = a", {"M_{j i} = a"}),
    ("swapped indices", r"\frac{\partial L}{\partial x_{i}} = a", set()),
    (
        "bound ±1",
        r"\sum_{i=1}^{n} x_{i} = a",
        {
            r"\sum_{i=0}^{n} x_{i} = a",
            r"\sum_{i=2}^{n} x_{i} = a",
            r"\sum_{i=1}^{n - 1} x_{i} = a",
            r"\sum_{i=1}^{n + 1} x_{i} = a",
        },
    ),
    (
        "bound ±1",
        r"x_{i} = a \quad \forall i \in \{2, \dots, n\}",
        {r"x_{i} = a \quad \forall i \in \{1, \dots, n\}", r"x_{i} = a \quad \forall i \in \{2, \dots, n + 1\}"},
    ),
    ("bound ±1", r"a = b \quad \text{si } n \geq 2", {r"a = b \quad \text{si } n \geq 1"}),
    ("transpose", r"x M = y", {r"x^{\top} M = y", r"x M^{\top} = y", r"x M = y^{\top}"}),
    ("transpose", r"x x^{\top} = a", {r"x^{\top} x^{\top} = a", r"x x = a"}),
    ("transpose", "f(a) = b", set()),
    (
        "swapped cases",
        r"x_{i} = \begin{cases} a & \text{si } i = k \\ b & \text{sinon} \end{cases}",
        {r"x_{i} = \begin{cases} b & \text{si } i = k \\ a & \text{sinon} \end{cases}"},
    ),
    (
        "dropped case",
        r"x_{i} = \begin{cases} a & \text{si } i = k \\ b & \text{sinon} \end{cases}",
        {
            r"x_{i} = \begin{cases} a & \text{si } i = k \end{cases}",
            r"x_{i} = \begin{cases} b & \text{sinon} \end{cases}",
        },
    ),
    ("function", r"\ln a = b", {r"\exp a = b"}),
    ("function", "e^{a} = b", {r"\ln a = b"}),
    ("function", r"\max_{i} x_{i} = a", {r"\min_{i} x_{i} = a"}),
    ("guard", "[n > k] = a", {r"[n \geq k] = a", r"[n \leq k] = a"}),
    ("guard", r"a = b \quad \text{si } n \geq 2", {r"a = b \quad \text{si } n < 2"}),
    ("number ×1.0005", "2 a = 0.5", {"2.001 a = 0.5", "2 a = 0.50025"}),
    ("number ×1.0005", "x_{1} = 0", {"x_{1} = 0.0005"}),
    ("symbol", "x_{i} = a", {"y_{i} = a", "x_{i} = b", "x_{i} = L"}),
    ("symbol", "f(n) = a", {"h(n) = a", "f(m) = a", "f(k) = a", "f(n) = b", "f(n) = L"}),
    (
        "symbol",
        r"\frac{\partial L}{\partial x_{i}} = M_{i i}",
        {
            r"\frac{\partial L}{\partial y_{i}} = M_{i i}",
            r"\frac{\partial b}{\partial x_{i}} = M_{i i}",
            r"\frac{\partial a}{\partial x_{i}} = M_{i i}",
        },
    ),
    ("swapped arguments", "g(a, b) = k", {"g(b, a) = k"}),
    ("relation", "a = b", {r"a \neq b", "a < b", "a > b"}),
    ("relation", r"a \leq b", {"a = b", "a < b", r"a \geq b"}),
    ("dropped condition", r"a = b \quad \text{si } n \geq 2", {"a = b"}),
    # definitions, and what a definition shares with the claim that it goes on as
    ("symbol", r"g(u, v) \coloneqq u", {r"g(u, v) \coloneqq v"}),
    ("sign", r"a \coloneqq b = k", {r"a \coloneqq -b = k", r"a \coloneqq b = -k"}),
    ("dropped term", r"x \leftarrow x - a y", {r"x \leftarrow x", r"x \leftarrow -a y"}),
]
FORMULAS = sorted({tex for _, tex, _ in CASES})


@pytest.fixture(scope="module")
def names() -> Names:
    return scope(*NAMES)


def made(names: Names, tex: str) -> list[Mutant]:
    [sentence] = sentences(statements_of(names, tex))
    return list(mutants(sentence, Likeness(Trials(names), sentence)))


@pytest.mark.parametrize(("kind", "tex", "expected"), CASES, ids=[f"{kind}: {tex}" for kind, tex, _ in CASES])
def test_a_change_makes_these_mutants(names: Names, kind: str, tex: str, expected: set[str]) -> None:
    assert {mutant.tex for mutant in made(names, tex) if mutant.kind == kind} == expected


def test_every_kind_has_its_case() -> None:
    assert {kind for kind, _, expected in CASES if expected} == {*KINDS, *STATEMENT_KINDS}


@pytest.mark.parametrize("tex", FORMULAS)
def test_every_mutant_is_another_formula_and_is_printed_once(names: Names, tex: str) -> None:
    found = [mutant.tex for mutant in made(names, tex)]
    assert len({*found, tex}) == len(found) + 1


@pytest.mark.parametrize("tex", FORMULAS)
def test_a_mutant_that_can_be_read_is_printed_as_itself(names: Names, tex: str) -> None:
    writer = Writer(names.functions)
    read = 0
    for mutant in made(names, tex):
        try:
            statements = statements_of(names, mutant.tex)
        except Refusal:
            continue
        read += 1
        assert writer.formula(statements) == mutant.tex
    assert read


def test_a_mutant_says_where_it_was_changed_and_to_what(names: Names) -> None:
    [mutant] = [mutant for mutant in made(names, r"a = \ln b") if mutant.kind == "function"]
    assert mutant == Mutant("function", 4, r"\ln b", r"\exp b", r"a = \exp b")


@pytest.mark.parametrize("tex", FORMULAS)
def test_a_part_put_back_in_its_place_changes_nothing(names: Names, tex: str) -> None:
    [sentence] = sentences(statements_of(names, tex))
    like = Likeness(Trials(names), sentence)
    found = list(places(sentence, like.axes))
    assert found
    for place in found:
        assert changed(sentence, place, place.node) == sentence
