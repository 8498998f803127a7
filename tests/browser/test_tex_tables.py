"""Rows and cells are counted as an author counts them, whatever nests in what."""

from __future__ import annotations

import re

import pytest

from tests.browser.tex_tables import Table, tables

COUNTED = [
    ("x = y", []),
    (r"a \\ b", []),
    (r"\begin{aligned} a &= b \\ &= c \end{aligned}", [(1, (2, 2))]),
    (r"\begin{align*} a &= b && c \\ d \end{align*}", [(1, (4, 1))]),
    (r"\begin{aligned} a & b \\ c & d \\ \end{aligned}", [(1, (2, 2))]),
    (r"\begin{aligned} a & b \\[2pt] c & d \\[1ex] \end{aligned}", [(1, (2, 2))]),
    (r"\begin{aligned} a & b \\ & \end{aligned}", [(1, (2, 2))]),
    (r"\begin{aligned} a \\ \\ b \end{aligned}", [(1, (1, 1, 1))]),
    (r"\begin{aligned} \end{aligned}", [(1, (1,))]),
    (r"\begin{alignedat}{2} a &= b & c &= d \\ a &= b \end{alignedat}", [(1, (4, 2))]),
    (r"\begin{matrix} a & b \cr c & d \end{matrix}", [(1, (2, 2))]),
    (r"\begin{matrix} a \crx b \end{matrix}", [(1, (1,))]),
    (r"\begin{array}{c|c} \hline a & b \\ \hline c & d \\ \hline \end{array}", [(1, (2, 2))]),
    (r"\begin{array}{cc} a & b \\ \hdashline c & d \end{array}", [(1, (2, 2))]),
    (r"\begin{bmatrix} a_1 \\ \vdots \\ a_N \end{bmatrix}^\top", [(1, (1, 1, 1))]),
    (r"\begin{matrix} \& & \{ \\ \\ \} & \% & c \end{matrix}", [(1, (2, 1, 3))]),
    ("\\begin{matrix} a % & no \\\\ cell\n & b \\end{matrix}", [(1, (2,))]),
    (r"\begin{matrix} \verb|& \\ }| & b \end{matrix}", [(1, (2,))]),
    (r"\begin{matrix} a & \text{si } {x \\ y} \end{matrix}", [(1, (2,))]),
    (r"\sum_{\substack{i < n \\ i \neq j}} a_i", [(1, (1, 1))]),
    (r"\begin{cases} a & \text{si } b \\ c & \text{sinon} \end{cases}", [(1, (2, 2))]),
    (
        r"\begin{aligned} f &= \begin{cases} a & b \\ c & d \\ e & f \end{cases} \\ &= g \end{aligned}",
        [(1, (2, 2)), (2, (2, 2, 2))],
    ),
    (
        r"\begin{aligned} \begin{bmatrix} \begin{smallmatrix} a & b \end{smallmatrix} \end{bmatrix} \end{aligned}",
        [(1, (1,)), (2, (1,)), (3, (2,))],
    ),
    (
        r"\left( \begin{matrix} a \\ b \end{matrix} \right) \frac{\begin{matrix} c & d \end{matrix}}{2}",
        [(1, (1, 1)), (1, (2,))],
    ),
]


@pytest.mark.parametrize(("tex", "expected"), COUNTED)
def test_cells_are_counted_row_by_row(tex: str, expected: list[Table]) -> None:
    assert tables(tex) == expected


REFUSED = [
    (r"\begin{align} a \end{align*}", r"`\end{align*}` stands where \end{align} is due"),
    (r"\begin{matrix} {a \end{matrix}", r"`\end{matrix}` stands where } is due"),
    (r"\begin{matrix} a } \end{matrix}", r"`}` stands where \end{matrix} is due"),
    (r"a }", r"`}` stands where the formula's end is due"),
    (r"\begin{matrix} a", r"the formula ends where \end{matrix} is due"),
    (r"\frac{a}{b", r"the formula ends where } is due"),
    (r"a & b", "`&` stands in no table"),
    (r"\begin{matrix} {a & b} \end{matrix}", "`&` stands in no table"),
    (r"\begin{CD} A @>>> B \end{CD}", "a diagram of `CD` isn't a table of rows and cells"),
]


@pytest.mark.parametrize(("tex", "message"), REFUSED)
def test_what_does_not_match_is_refused(tex: str, message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        tables(tex)
