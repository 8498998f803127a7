r"""Trees printed as LaTeX: what is read from it is the same tree."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cases import Case
from tests.derivations.test_derivations import TRUE
from tests.equations import scope
from tests.language.cases import ALL
from verimath.derivation.builds_on import Derivation, from_disk
from verimath.derivation.resolve import names_of, statements_of
from verimath.latex.write import Writer
from verimath.names.table import Names
from verimath.page import page as pages

ROOT = Path(__file__).parent.parent
PAGES = sorted((ROOT / "docs" / "fr").glob("*.md"))
HOLD = [*TRUE, *(case for case in ALL if case.verdict == "holds")]
NAMES = (
    r"n, m \in \mathbb{N}^{*}, \quad x, y \in \mathbb{R}^{n}, \quad A, B, M \in \mathbb{R}^{n \times n}",
    r"a, b, c, t, w' \in \mathbb{R}, \quad k \in \{1, \dots, n\}, \quad x^{*} \in \mathbb{R}^{n}",
    r"f(u) \coloneqq u^2, \qquad g(u, v) \coloneqq u v, \qquad S(u) \coloneqq u",
    r"\operatorname{relu}(u) \coloneqq \max(u, 0)",
    r"S \coloneqq S(x), \qquad D_{\mathrm{KL}} \coloneqq a^2, \qquad L \coloneqq x x^\top",
)
# A formula, and how it is printed; None where that is how it was written.
CASES: dict[str, str | None] = {
    # terms and factors
    r"a - (b - c) = a - b + c": None,
    r"-a - b = -(a + b)": None,
    r"a \left( b + c \right) = ab + ac": r"a (b + c) = a b + a c",
    r"a (b c) = a \cdot b \times c": None,
    r"-a b = (-a) b": None,
    r"(-a)^2 = a^{2}": r"(-a)^{2} = a^{2}",
    r"2 (3) = 6": None,
    r"2 (3^{2}) = 18": None,
    r"0.50 a = \dfrac{a}{2}": r"0.50 a = \frac{a}{2}",
    r"\frac{a}{b}^2 = c": r"\left( \frac{a}{b} \right)^{2} = c",
    r"a / b = \frac{a}{b}": None,
    r"(a / b) c = a c / b": None,
    r"a / (b / c) = a c / b": None,
    r"\sqrt[3]{t^2} = t^{\frac{2}{3}}": r"(t^{2})^{\frac{1}{3}} = t^{\frac{2}{3}}",
    r"e^{a+b} = \exp(a) \exp(b)": r"e^{a + b} = (\exp a) \exp b",
    r"\ln (a) = 2 \ln \sqrt{a}": r"\ln a = 2 \ln \sqrt{a}",
    r"(\ln a) b = b \ln a": None,
    r"\ln(a b) = \ln a + \ln b": None,
    r"\ln(\ln a) = t": None,
    r"(\sin t)^2 = 1 - (\cos t)^2": r"(\sin t)^{2} = 1 - (\cos t)^{2}",
    r"e \pi \mathrm{i} = \pi e \mathrm{i}": None,
    r"\|x\|^2 = \lVert x \rVert_2^2": r"\lVert x \rVert^{2} = \lVert x \rVert_{2}^{2}",
    r"\|A\|_F = t": r"\lVert A \rVert_{F} = t",
    r"\lvert a \rvert = \max(a, -a)": None,
    # names, application, components
    r"f(t)^2 = (f(t))^{2}": r"f(t)^{2} = f(t)^{2}",
    r"g(a, b) = g(b \| a)": r"g(a, b) = g(b, a)",
    r"(S) (a + b) = S a + S b": None,
    r"S_i (a + b) = S(x)_i a": r"S_{i} (a + b) = S(x)_{i} a",
    r"f'(t) = 2 t": None,
    r"\operatorname{relu}(a) = a": None,
    r"D_{KL}^2 = D_{\mathrm{KL}} a^2": r"D_{\mathrm{KL}}^{2} = D_{\mathrm{KL}} a^{2}",
    r"w'^2 = w' w'": r"w'^{2} = w' w'",
    r"x_i^2 = x_i x_i": r"x_{i}^{2} = x_{i} x_{i}",
    r"(x^{*})_i = x^{*}_i": r"(x^{*})_{i} = (x^{*})_{i}",
    r"M_{11} = M_{1,1}": r"M_{11} = M_{1, 1}",
    r"M_{ij} = M_{k, j + 1}": r"M_{i j} = M_{k, j + 1}",
    r"(A B)_{ij} = \sum_l A_{il} B_{lj}": r"(A B)_{i j} = \sum_{l} A_{i l} B_{l j}",
    # arrays
    r"(A B)^\top = B^\top A^T": r"(A B)^{\top} = B^{\top} A^{\top}",
    r"(A^\top)^\top = A": r"(A^{\top})^{\top} = A",
    r"(A B) \odot M = A \odot B \odot M": None,
    r"\operatorname{diag}(x)_{ij} = \delta_{ij} x_i": r"\operatorname{diag}(x)_{i j} = \delta_{i j} x_{i}",
    r"\delta_{i, j + 1} x_i x_j = [i = j + 1] x_i x_j": r"\delta_{i, j + 1} x_{i} x_{j} = [i = j + 1] x_{i} x_{j}",
    r"\mathbf{1}_n^\top = \begin{pmatrix} 1 \\ \vdots \\ 1 \end{pmatrix}": r"\mathbf{1}_{n}^{\top} = (1, \dots, 1)",
    r"x = (x_1, \dots, x_n)": r"x = (x_{1}, \dots, x_{n})",
    r"x = \begin{bmatrix} a & b \end{bmatrix}": None,
    r"\begin{pmatrix} a & b \\ b & c \end{pmatrix} = A": r"\begin{bmatrix} a & b \\ b & c \end{bmatrix} = A",
    r"1 + 2 + \dots + n = \frac{n (n + 1)}{2}": None,
    r"1 - a + a^2 - \dots + (-1)^n a^n = 0": r"1 - a + a^{2} - \dots + (-1)^{n} a^{n} = 0",
    r"-a + a^2 - a^3 + \cdots - a^n = 0": r"-a + a^{2} - a^{3} + \dots - a^{n} = 0",
    r"a + (1 + \dots + n) = 1 \cdot 2 \cdots n": r"a + (1 + \dots + n) = 1 \cdot 2 \cdot \dots \cdot n",
    # binders
    r"\sum_{\substack{1 \leq i, j \leq n \\ i \neq j}} a = t": r"\sum_{i, j=1, i \neq j}^{n} a = t",
    r"\sum_{\substack{i, j=1 \\ i < j \\ i + j = n}}^{n} a = t": None,
    r"\sum_{\substack{i, j \\ i + j = n}} x_i x_j = t": r"\sum_{\substack{i, j \\ i + j = n}} x_{i} x_{j} = t",
    r"\sum_i (x_i + y_i) = \sum_i x_i + \sum_j y_j": r"\sum_{i} (x_{i} + y_{i}) = \sum_{i} x_{i} + \sum_{j} y_{j}",
    r"(\sum_i x_i) a = a \sum_i x_i": r"(\sum_{i} x_{i}) a = a \sum_{i} x_{i}",
    r"\sum_{i,j} A_{ij} = \sum_{i=1}^{n} \sum_{j=1}^{n} A_{ij}": (
        r"\sum_{i, j} A_{i j} = \sum_{i=1}^{n} \sum_{j=1}^{n} A_{i j}"
    ),
    r"\sum_{1 \leq i < j \leq n} A_{ij} = t": r"\sum_{1 \leq i < j \leq n} A_{i j} = t",
    r"\sum_{i \neq j} x_i = x_j": r"\sum_{i \neq j} x_{i} = x_{j}",
    r"\max_j x_j = \max(a, b, c)": r"\max_{j} x_{j} = \max(a, b, c)",
    r"\prod_{i=1}^{n} x_i^2 = t": r"\prod_{i=1}^{n} x_{i}^{2} = t",
    r"\prod_i (x_i \sum_j y_j) = t": r"\prod_{i} (x_{i} \sum_{j} y_{j}) = t",
    r"\max_i (x_i / \max(a, b) ) = t": r"\max_{i} (x_{i} / \max(a, b)) = t",
    r"\min_i (x_1 \cdot \dots \cdot \max(a, 3)) = t": r"\min_{i} (x_{1} \cdot \dots \cdot \max(a, 3)) = t",
    r"\prod_i \sum_j x_i y_j = t": r"\prod_{i} \sum_{j} x_{i} y_{j} = t",
    # derivatives
    r"\frac{\partial L}{\partial x_i} = 2 x_i": r"\frac{\partial L}{\partial x_{i}} = 2 x_{i}",
    r"\frac{\partial^2 L}{\partial x_i^2} = 2": r"\frac{\partial^{2} L}{\partial x_{i} \, \partial x_{i}} = 2",
    r"\left( \frac{\partial L}{\partial x} \right)^\top = 2 x^\top": (
        r"\left( \frac{\partial L}{\partial x} \right)^{\top} = 2 x^{\top}"
    ),
    r"\frac{df}{dt} = \frac{\partial}{\partial t} e^t": (
        r"\frac{\partial}{\partial t} f(t) = \frac{\partial}{\partial t} e^{t}"
    ),
    r"\left( \frac{\partial}{\partial t} (a t) \right) b = a b": None,
    r"\frac{\partial}{\partial x^{*}_i} (x^{*} y^\top) = y_i": (
        r"\frac{\partial}{\partial x^{*}_{i}} (x^{*} y^{\top}) = y_{i}"
    ),
    # cases, conditions, chains
    r"x_i = \begin{cases} a & \text{if } i = k \\ b & \text{otherwise} \end{cases}": (
        r"x_{i} = \begin{cases} a & \text{si } i = k \\ b & \text{sinon} \end{cases}"
    ),
    r"a < b \leq c \neq t": None,
    r"a \geq b \quad \text{si } a = 2 b \text{ et } b > 0": None,
    r"x_i = y_i \quad \forall i \in \{1, \dots, n - 1\}": r"x_{i} = y_{i} \quad \forall i \in \{1, \dots, n - 1\}",
    r"A_{ij} = 0 \quad \forall i \neq j": r"A_{i j} = 0 \quad \forall i, j \quad \text{si } i \neq j",
    r"x \leftarrow x - \frac{\partial L}{\partial x}": None,
    r"a \approx 0.5": None,
    # declarations and definitions, as a page writes them
    r"a, b \in \mathbb{R}": None,
    r"M = (m_{ij}) \in \mathbb{R}^{n \times n}": r"M = (m_{i j}) \in \mathbb{R}^{n \times n}",
    r"a \in ]0, 1]": r"a \in {]0, 1]}",
    r"x \in {]0, 1[}^n": r"x \in {]0, 1[}^{n}",
    r"x \in (\mathbb{R}_{+}^{*})^n": r"x \in (\mathbb{R}_{+}^{*})^{n}",
    r"A \in \mathbb{R}^{n + 1 \times m}": None,
    r"t \in \{-1, 1\}": None,
    r"k \in \mathbb{Z}": None,
    r"L = L(x)": None,
    r"(S) (S) (a + b) = t": None,
    r"a (S^{2}) (a + b) = t": None,
    r"S^{2} a = t": None,
    r"a \coloneqq b = c": None,
    r"x_i \coloneqq y_i": r"x_{i} \coloneqq y_{i}",
    r"f(u) \coloneqq u + a": None,
    r"f \colon \mathbb{R}^n \to \mathbb{R}, \ u \mapsto \sum_i u_i": (
        r"f \colon \mathbb{R}^{n} \to \mathbb{R}, \ u \mapsto \sum_{i} u_{i}"
    ),
}
READ = {tex: shown or tex for tex, shown in CASES.items()}


@pytest.fixture(scope="module")
def names() -> Names:
    return scope(*NAMES)


@pytest.mark.parametrize("tex", READ)
def test_a_formula_is_printed(names: Names, tex: str) -> None:
    assert Writer(names.functions).formula(statements_of(names, tex)) == READ[tex]


@pytest.mark.parametrize("tex", READ)
def test_what_is_printed_reads_to_the_same_tree(names: Names, tex: str) -> None:
    assert statements_of(names, READ[tex]) == statements_of(names, tex)


@pytest.mark.parametrize(
    ("tex", "lost"),
    [
        (r"a - (b - c) = t", r"a - b - c = t"),
        (r"a (b + c) = t", r"a b + c = t"),
        (r"\sum_i (x_i + a) = t", r"\sum_i x_i + a = t"),
        (r"(\sum_i x_i) a = t", r"\sum_i x_i a = t"),
        (r"(S) (a + b) = t", r"S(a + b) = t"),
        (r"(A B) \odot M = A", r"A (B \odot M) = A"),
        (r"0.5 = a", r"0.6 = a"),
        (r"M_{11} = a", r"M_{1,1} = a"),
        (r"a < b", r"a \leq b"),
        (r"x_i = y_i", r"x_i = y_i \quad \forall i \in \{2, \dots, n\}"),
    ],
)
def test_another_formula_reads_to_another_tree(names: Names, tex: str, lost: str) -> None:
    assert statements_of(names, lost) != statements_of(names, tex)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_equation_of_a_page_is_printed_back(page: Path) -> None:
    assert printed_back(Derivation(from_disk).node(page.as_posix()).names) >= 0


@pytest.mark.parametrize("case", HOLD, ids=lambda case: f"{case.file}: {case.name}")
def test_every_formula_that_holds_is_printed_back(case: Case) -> None:
    assert printed_back(names_of(pages.read("page.md", case.page), [])) > 0


def printed_back(names: Names) -> int:
    """How many formulas of a page read to the same trees when they are printed; all that can be read must."""
    writer = Writer(names.functions)
    read = [formula.statements for formula in names.formulas if formula.failure is None and formula.own is None]
    for statements in read:
        assert statements_of(names, writer.formula(statements)) == statements
    return len(read)
