r"""What a hand takes for what, for each operation and sign of the language: mutation writes it in its place."""

from __future__ import annotations

import pytest

from tests.equations import scope
from verimath.derivation.resolve import statements_of
from verimath.latex.write import Writer, sentences
from verimath.meaning.operations import BINDERS, OPERATIONS, PAIRS
from verimath.meaning.signs import PRODUCTS
from verimath.message.refusal import Refusal
from verimath.mutation.confusable import Likeness
from verimath.mutation.mutants import mutants
from verimath.names.table import Names
from verimath.trials.page_trials import Trials

NAMES = (
    r"n, m \in \mathbb{N}^{*}, \quad x \in \mathbb{R}^{n}, \quad u \in \mathbb{R}^{3}, \quad a, b \in \mathbb{R}",
    r"A, B \in \mathbb{R}^{n \times n}, \quad z, w \in \mathbb{C}, \quad v = (p, q, r) \in \mathbb{R}^{3}",
)
# Kind, formula, and all that this kind of change makes of it.
CASES: list[tuple[str, str, set[str]]] = [
    ("function", r"\sqrt{a} = b", {"a = b"}),
    ("function", r"\lvert a \rvert = b", {"a = b"}),
    ("function", r"\operatorname{lcm}(n, m) = a", {r"\gcd(n, m) = a"}),
    ("function", r"\gcd(n, m) = a", {r"\max(n, m) = a"}),
    ("function", r"\binom{n}{m} = a", {r"\binom{m}{n} = a"}),
    ("function", r"n \bmod m = a", {r"m \bmod n = a"}),
    ("function", r"\lceil a \rceil = b", {r"\lfloor a \rfloor = b"}),
    ("function", r"\cosh a = b", {r"\sinh a = b"}),
    ("function", r"\operatorname{arsinh} a = b", {r"\operatorname{arcosh}(a) = b"}),
    ("function", r"A^{\dagger} = B", {r"A^{\top} = B", "A = B"}),
    ("function", r"\overline{z} = w", {"z = w"}),
    ("function", r"A^{+} = B", {r"A^{\top} = B"}),
    ("function", r"\sigma_{1}(A) = a", {r"\lambda_{1}(A) = a"}),
    ("function", r"\sigma_{\max}(A) = a", {r"\sigma_{\min}(A) = a"}),
    ("function", r"\kappa(A) = a", {r"\lVert A \rVert_{2} = a"}),
    ("function", r"\operatorname{rank}(A) = a", {r"\operatorname{tr}(A) = a"}),
    ("function", r"\operatorname{tr}(A) = a", {r"\det A = a"}),
    ("function", r"\operatorname{diag}(x) = A", {"x = A"}),
    ("symbol", r"\lVert u \rVert = 0", {r"\lVert v \rVert = 0"}),
    ("function", r"\lVert A \rVert_{F} = a", {r"\lVert A \rVert_{2} = a"}),
    ("function", r"A \odot B = A", {"A B = A"}),
    ("function", r"A \otimes B = A", {r"A \odot B = A"}),
    ("function", r"A : B = a", {r"A \odot B = a"}),
    ("function", "A B = A", set()),
    ("swapped factors", r"u \times v = u", {r"v \times u = u"}),
    (
        "transpose",
        r"\operatorname{vec}(A) = x",
        {r"\operatorname{vec}(A^{\top}) = x", r"\operatorname{vec}(A) = x^{\top}"},
    ),
    (
        "transpose",
        r"\begin{bmatrix} a & b \\ n & m \end{bmatrix} = A",
        {
            r"\begin{bmatrix} a & b \\ n & m \end{bmatrix}^{\top} = A",
            r"\begin{bmatrix} a & b \\ n & m \end{bmatrix} = A^{\top}",
        },
    ),
    ("transpose", r"A^{\top} = B", {"A = B", r"A^{\top} = B^{\top}"}),
    ("sign", r"[u]_{\times} = A", {r"-[u]_{\times} = A", r"[-u]_{\times} = A", r"[u]_{\times} = -A"}),
    ("swapped indices", r"A_{i, :} = x", {r"A_{:,i} = x"}),
    ("swapped arguments", "(a, b, n) = u", {"(b, a, n) = u", "(a, n, b) = u"}),
    ("bound ±1", r"1 + 2 + \dots + n = a", {r"1 + 2 + \dots + (n - 1) = a"}),
    ("symbol", "q = 0", {"p = 0", "r = 0"}),
]
FORMULAS = sorted({tex for _, tex, _ in CASES})
# Rows that have nothing of their own that a hand takes for them: by which kind they are changed all the same.
OTHERWISE = {
    "vec": "transpose",
    "cross matrix": "sign",
    "transpose": "transpose",
    **dict.fromkeys(("norm", "norm by bars"), "symbol"),
    "×": "swapped factors",
    **dict.fromkeys(("", "·", "."), "swapped factors"),
    "/": "inverted quotient",
}


@pytest.fixture(scope="module")
def names() -> Names:
    return scope(*NAMES)


def made(names: Names, tex: str) -> list[tuple[str, str]]:
    [sentence] = sentences(statements_of(names, tex))
    return [(mutant.kind, mutant.tex) for mutant in mutants(sentence, Likeness(Trials(names), sentence))]


@pytest.mark.parametrize(("kind", "tex", "expected"), CASES, ids=[f"{kind}: {tex}" for kind, tex, _ in CASES])
def test_a_hand_takes_one_for_another(names: Names, kind: str, tex: str, expected: set[str]) -> None:
    assert {changed for of, changed in made(names, tex) if of == kind} == expected


@pytest.mark.parametrize("tex", FORMULAS)
def test_what_can_be_read_is_printed_as_itself(names: Names, tex: str) -> None:
    writer = Writer(names.functions)
    for _, changed in made(names, tex):
        try:
            statements = statements_of(names, changed)
        except Refusal:
            continue
        assert writer.formula(statements) == changed


def test_each_operation_has_what_a_hand_takes_for_it_or_is_changed_otherwise() -> None:
    of_one = {name: bool(row.slip or row.may_be_dropped) for name, row in OPERATIONS.items()}
    of_all = {name: bool(row.slip) for name, row in BINDERS.items()}
    products = {sign: row.slip is not None for sign, row in PRODUCTS.items()}
    without = {name for rows in (of_one, of_all, products) for name, is_taken in rows.items() if not is_taken}
    # Those of two numbers are changed by their order.
    assert without == {*OTHERWISE}
    assert {*PAIRS} == {"log", "binom", "mod"}


def test_what_a_hand_takes_for_it_is_a_row_too() -> None:
    assert {row.slip for row in OPERATIONS.values()} <= {*OPERATIONS, ""}
    assert {row.slip for row in BINDERS.values()} <= {*BINDERS, ""}
    assert {row.slip for row in PRODUCTS.values()} <= {*PRODUCTS, None}
