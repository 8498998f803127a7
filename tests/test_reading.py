"""Readings: what titles, search and image descriptions have in the place of a formula."""

from __future__ import annotations

import pytest

from verimath.latex import katex
from verimath.site.plain_text import plain_text

CASES = {
    r"\lambda = XW": "λ = XW",
    r"S_i = \frac{e^{a_i}}{\sum_{k=1}^{N} e^{a_k}}": "S_i = (e^(a_i))/(∑_(k = 1)^N e^(a_k))",
    r"\frac{\partial L}{\partial \lambda_i}": "(∂L)/(∂λ_i)",
    r"\frac12x": "1/2 x",
    r"\frac ab\frac cd": "a/b c/d",
    r"\binom{n}{k}": "(n | k)",
    r"-1": "−1",
    r"(-1)": "(−1)",
    r"a = -b - c": "a = −b − c",
    r"e^{-x}": "e^(−x)",
    r"\ln x": "ln x",
    r"\ln(x)": "ln(x)",
    r"\max_i x_i": "max_i x_i",
    r"\sigma_{\max}(A)": "σ_max(A)",
    r"\lim_{x\to 0} x": "lim_(x → 0) x",
    r"\mathbb{R}^{N}": "ℝ^N",
    r"\mathbb{1}": "1",
    r"\hat a + \tilde x + \bar p": "â + x̃ + p̄",
    r"\overline{AB}": "AB",
    r"\underbrace{a}_n": "a_n",
    r"f'(x)": "f′(x)",
    r"\sqrt{x} + \sqrt[3]{y}": "√x + y^(1/3)",
    r"D_{\mathrm{KL}}(p \| q) \geq 0": "D_KL(p∥q) ≥ 0",
    r"\begin{bmatrix} a \\ \vdots \\ b \end{bmatrix}": "[a; ⋮; b]",
    r"\begin{cases} 1 & \text{si } i = y \\ 0 & \text{sinon} \end{cases}": "{1 si i = y; 0 sinon",
    r"\begin{aligned} x &= (1, 2), \\ y &= 3 \end{aligned}": "x = (1, 2); y = 3",
    r"a\!b": "ab",
    r"\text{été, 5 \$}": "été, 5 $",
}


@pytest.mark.parametrize("tex", CASES)
def test_reading(tex: str) -> None:
    typeset = katex.typeset(tex, True)
    assert isinstance(typeset, katex.Typeset)
    assert plain_text(typeset.html) == CASES[tex]


def test_html_without_a_formula_has_none() -> None:
    assert plain_text("<p>a</p>") == ""
