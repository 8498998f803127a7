"""Pages that fuzzing found: they ended `verimath check` with a traceback once."""

from __future__ import annotations

from pathlib import Path

import pytest

from verimath.cli import main

# Formulas, each a fence, and what is said in the end.
FOUND: dict[str, tuple[tuple[str, ...], str]] = {
    "a function that derives by its own parameter": (
        (r"g(x) \coloneqq \frac{\partial}{\partial x} x^2", r"g(3) = 6"),
        "2 as expected, 0 not",
    ),
    "a map that derives by its own parameter": (
        (
            r"S \colon \mathbb{R}^N \to \mathbb{R}^N, \ a \mapsto \begin{bmatrix} S_1 \\ \vdots \\ S_N \end{bmatrix}",
            r"S_i \coloneqq \frac{\partial}{\partial a_i} (\sum_k a_k^2)",
            r"S((1, 2, 5)) = (2, 4, 10)",
        ),
        "3 as expected, 0 not",
    ),
    "a derivative by a parameter that it doesn't depend on": (
        (r"L \coloneqq 2", r"g(x) \coloneqq \frac{\partial L}{\partial x}"),
        "what is derived doesn't depend on `x`",
    ),
    "a size that is complex": ((r"x \in \mathbb{R}^{\mathrm{i}}",), "a size or a bound of a set that is 0 + 1 i"),
    "a size that is infinite": ((r"x \in \mathbb{R}^{-\ln 0}",), "a size or a bound of a set that is infinite"),
    "a bound that is complex": ((r"x \in {]0, \mathrm{i}[}",), "a size or a bound of a set that is 0 + 1 i"),
    "a map without a comma before its rule": (
        (r"S \colon \mathbb{R} \to \mathbb{R} \quad a \mapsto 2 a",),
        "1 as expected, 0 not",
    ),
    "a last number that isn't whole, and a claim that reads it": (
        (r"k \in \{1, \dots, 1/2\}", r"2 k = k + 1"),
        "equation `e1` is ill-formed",
    ),
    "an update whose loss nothing defines": (
        (r"x \in \mathbb{R}", r"L = L(x)", r"x \leftarrow x - 2 x"),
        "which quantity this update lowers isn't clear",
    ),
    "a vector that is nearly 0": ((r"x \in {]0, 0.4[}^{3}", r"x \approx 0"), "2 as expected, 0 not"),
    "a vector that is no longer nearly 0": (
        (r"x \in {]0.6, 1[}^{3}", r"x \approx 0"),
        "equation `e1` is false",
    ),
    "a complex number among the components of an inequality": (
        (r"(1, \mathrm{i}) \leq (2, 2)",),
        "complex numbers have no order",
    ),
    "an index letter with a subscript": (
        (r"A \in \mathbb{R}^{2 \times 2}", r"A_{ij} = i_j"),
        "`i` isn't declared",
    ),
    "a last number that is infinite": ((r"k \in \{1, \dots, -\ln 0\}",), "a size or a bound of a set that is infinite"),
}


@pytest.mark.parametrize("name", FOUND)
def test_what_was_found_is_mended(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    formulas, says = FOUND[name]
    page = tmp_path / "page.md"
    page.write_text("\n".join(f"```math {{#e{n}}}\n{tex}\n```\n" for n, tex in enumerate(formulas)), "utf-8")
    assert main(["check", str(page)]) == ("0 not" not in says)
    assert says in capsys.readouterr().out
