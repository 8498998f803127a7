"""Bounds of the kinds that textbooks print, each true, and each 1 % too tight: the hunt must tell them apart."""

from __future__ import annotations

import pytest

from tests.verdicts import verdict

MATRICES = r"n \in \mathbb{N}^{*}, \quad A, B, C \in \mathbb{R}^{n \times n}, \quad u, v \in \mathbb{R}^{n}"
SEVEN = r"A, B, C \in \mathbb{R}^{7 \times 7}, \quad u, v \in \mathbb{R}^{7}"
RECTANGLES = r"m, n, k \in \mathbb{N}^{*}, \quad P \in \mathbb{R}^{m \times n}, \quad Q \in \mathbb{R}^{n \times k}"
VECTORS = r"n \in \mathbb{N}^{*}, \quad x, y, z \in \mathbb{R}^{n}, \quad a, b \in \mathbb{R}_{+}^{n}"
DISTRIBUTIONS = r"C \in \mathbb{N}^{*}, \quad p, q \in \Delta^{C-1}"
NUMBERS = r"s, t \in \mathbb{R}, \quad a, b, c \in \mathbb{R}_{+}^{*}, \quad r \in [0, 1]"

ENTROPY = r"-\sum_{i} p_i \ln p_i"
DIVERGENCE = r"\sum_{i} p_i \ln \frac{p_i}{q_i}"
POSITIVE = VECTORS.replace(r"\mathbb{R}_{+}^{n}", r"(\mathbb{R}_{+}^{*})^{n}")

# Symbols, a bound, and what it is meant for; @ stands before what is 1 % too small, or too large, in the twin.
PAIRS: list[tuple[str, str, str]] = [
    # Traces, norms and products of matrices.
    (MATRICES, r"\operatorname{tr}(A^\top B) \leq @ \lVert A \rVert \lVert B \rVert", ""),
    (MATRICES, r"\operatorname{tr}(A^\top B) \leq @ \lVert A \rVert \lVert B \rVert", r"n \geq 5"),
    (MATRICES, r"\lVert A B \rVert \leq @ \lVert A \rVert \lVert B \rVert", r"n \geq 5"),
    (MATRICES, r"\lVert A B C \rVert \leq @ \lVert A \rVert \lVert B \rVert \lVert C \rVert", r"n \geq 4"),
    (MATRICES, r"\operatorname{tr}(A A A A) \leq @ \lVert A \rVert^4", r"n \geq 5"),
    (MATRICES, r"(\operatorname{tr} A)^2 \leq @ n \lVert A \rVert^2", r"n \geq 6"),
    (MATRICES, r"\operatorname{tr}(A A) \leq @ \operatorname{tr}(A^\top A)", r"n \geq 5"),
    (MATRICES, r"\operatorname{tr}(A B) \leq @ \frac{\lVert A \rVert^2 + \lVert B \rVert^2}{2}", r"n \geq 5"),
    (MATRICES, r"\lVert A + B \rVert \leq @ (\lVert A \rVert + \lVert B \rVert)", r"n \geq 5"),
    (MATRICES, r"\lVert A + B \rVert^2 \leq @ (2 \lVert A \rVert^2 + 2 \lVert B \rVert^2)", r"n = 7"),
    (MATRICES, r"u A v^\top \leq @ \lVert u \rVert \lVert A \rVert \lVert v \rVert", r"n \geq 5"),
    (MATRICES, r"\lVert u A \rVert \leq @ \lVert u \rVert \lVert A \rVert", r"n \geq 5"),
    (MATRICES, r"\lVert A - A^\top \rVert \leq @ 2 \lVert A \rVert", r"n \geq 5"),
    (MATRICES, r"\lVert A A^\top \rVert \geq @ \frac{\lVert A \rVert^2}{\sqrt{n}}", r"n \geq 5"),
    (MATRICES, r"\lVert A B - B A \rVert^2 \leq @ 2 \lVert A \rVert^2 \lVert B \rVert^2", ""),
    (MATRICES, r"\sum_{i, j} A_{ij} \leq @ n \lVert A \rVert", r"n \geq 5"),
    (MATRICES, r"A_{ij} \leq @ \lVert A \rVert", r"n \geq 5"),
    (MATRICES, r"\operatorname{tr}(A B C) \leq @ \lVert A \rVert \lVert B \rVert \lVert C \rVert", r"n \geq 4"),
    (SEVEN, r"\operatorname{tr}(A^\top B) \leq @ \lVert A \rVert \lVert B \rVert", ""),
    (SEVEN, r"\lVert A B \rVert \leq @ \lVert A \rVert \lVert B \rVert", ""),
    (SEVEN, r"\lVert A v^\top \rVert \leq @ \lVert A \rVert \lVert v \rVert", ""),
    (RECTANGLES, r"\lVert P Q \rVert \leq @ \lVert P \rVert \lVert Q \rVert", r"m \geq 3 \text{ and } n \geq 3"),
    (RECTANGLES, r"\sum_{i, j} P_{ij} \leq @ \sqrt{m n} \lVert P \rVert", r"m \geq 3 \text{ and } n \geq 4"),
    (RECTANGLES, r"\sum_{i} \lvert \sum_j P_{ij} \rvert \leq @ \sum_{i, j} \lvert P_{ij} \rvert", r"n \geq 4"),
    # Sums and vectors.
    (VECTORS, r"\sum_{i} x_i y_i \leq @ \lVert x \rVert \lVert y \rVert", r"n \geq 6"),
    (VECTORS, r"\sum_{i} x_i y_i z_i \leq @ \lVert x \rVert \lVert y \rVert \lVert z \rVert", r"n \geq 6"),
    (VECTORS, r"\sum_{i} x_i \leq @ \sqrt{n} \lVert x \rVert", r"n \geq 6"),
    (VECTORS, r"\sum_{i} \lvert x_i \rvert \geq @ \lVert x \rVert", r"n \geq 6"),
    (VECTORS, r"\sum_{i=1}^{n} i x_i \leq @ \sqrt{\sum_{i=1}^{n} i^2} \lVert x \rVert", r"n \geq 6"),
    (VECTORS, r"\max_i \lvert x_i \rvert \leq @ \lVert x \rVert", r"n \geq 6"),
    (VECTORS, r"\lVert x \rVert \leq @ \sqrt{n} \max_i \lvert x_i \rvert", r"n \geq 6"),
    (VECTORS, r"\lVert x + y \rVert^2 \leq @ (2 \lVert x \rVert^2 + 2 \lVert y \rVert^2)", r"n \geq 6"),
    (VECTORS, r"\lvert \lVert x \rVert - \lVert y \rVert \rvert \leq @ \lVert x - y \rVert", r"n \geq 6"),
    (VECTORS, r"\max_i (x_i + y_i) \leq @ (\max_i \lvert x_i \rvert + \max_i \lvert y_i \rvert)", r"n \geq 6"),
    (VECTORS, r"(\sum_{i} a_i)^3 \leq @ n^2 \sum_{i} a_i^3", r"n \geq 6"),
    (VECTORS, r"(\sum_{i} a_i) (\sum_{i} b_i) \geq @ \sum_{i} a_i b_i", r"n \geq 6"),
    (VECTORS, r"\prod_{i} (1 + a_i) \geq @ (1 + \sum_{i} a_i)", r"n \geq 4"),
    (
        VECTORS,
        r"\frac{1}{n} \sum_{i} (x_i - \frac{1}{n} \sum_{j} x_j)^2 \leq @ \frac{\lVert x \rVert^2}{n}",
        r"n \geq 6",
    ),
    (POSITIVE, r"(\prod_{i} a_i)^{1/n} \leq @ \frac{1}{n} \sum_{i} a_i", r"n \geq 6"),
    (POSITIVE, r"\frac{n}{\sum_{i} 1 / a_i} \leq @ \frac{1}{n} \sum_{i} a_i", r"n \geq 6"),
    (POSITIVE, r"(\sum_{i} a_i) (\sum_{i} \frac{1}{a_i}) \geq @ n^2", r"n \geq 6"),
    (POSITIVE, r"\sum_{i} a_i \ln \frac{a_i}{b_i} \geq @ (\sum_{i} a_i) \ln \frac{\sum_{i} a_i}{\sum_{i} b_i}", ""),
    # Entropies, and logarithms of sums.
    (DISTRIBUTIONS, rf"{ENTROPY} \leq @ \ln C", ""),
    (DISTRIBUTIONS, rf"{ENTROPY} \leq @ \ln C", r"C \geq 6"),
    (DISTRIBUTIONS, rf"{ENTROPY} \geq @ (-\ln \max_i p_i)", r"C \geq 5"),
    (DISTRIBUTIONS, rf"-\sum_{{i}} p_i \ln q_i \geq @ ({ENTROPY})", r"C \geq 5"),
    (DISTRIBUTIONS, rf"{DIVERGENCE} \geq @ \frac{{1}}{{2}} (\sum_{{i}} \lvert p_i - q_i \rvert)^2", ""),
    (DISTRIBUTIONS, rf"{DIVERGENCE} \geq @ \frac{{1}}{{2}} (\sum_{{i}} \lvert p_i - q_i \rvert)^2", r"C \geq 4"),
    (DISTRIBUTIONS, rf"{DIVERGENCE} \leq @ \ln \sum_{{i}} \frac{{p_i^2}}{{q_i}}", r"C \geq 4"),
    (DISTRIBUTIONS, r"\sum_{i} p_i^2 \geq @ \frac{1}{C}", r"C \geq 6"),
    (DISTRIBUTIONS, r"\sum_{i} \sqrt{p_i q_i} \leq @ 1", r"C \geq 6"),
    (DISTRIBUTIONS, r"\sum_{i} \lvert p_i - q_i \rvert \leq @ 2", r"C \geq 6"),
    (VECTORS, r"\ln \sum_{i} e^{x_i} \leq \max_i x_i + @ \ln n", r"n \geq 6"),
    (VECTORS, r"\ln \sum_{i} e^{x_i} \geq @ (\frac{1}{n} \sum_{i} x_i + \ln n)", r"n \geq 6"),
    (VECTORS, r"\sum_{i} e^{x_i} \geq @ n e^{\frac{1}{n} \sum_{i} x_i}", r"n \geq 6"),
    (VECTORS, r"\sum_{i} (\frac{e^{x_i}}{\sum_{j} e^{x_j}})^2 \geq @ \frac{1}{n}", r"n \geq 6"),
    # Numbers.
    (NUMBERS, r"\ln a \leq @ (a - 1)", ""),
    (NUMBERS, r"\ln a \leq @ \frac{a}{e}", ""),
    (NUMBERS, r"\ln(1 + a) \leq @ a", ""),
    (NUMBERS, r"\ln(1 + a) \geq @ \frac{a}{1 + a}", ""),
    (NUMBERS, r"e^{s} \geq @ (1 + s)", ""),
    (NUMBERS, r"\sqrt{a b} \leq @ \frac{a + b}{2}", ""),
    (NUMBERS, r"a b \leq @ (\frac{a^3}{3} + \frac{2 b^{3/2}}{3})", ""),
    (NUMBERS, r"\frac{\ln a + \ln b}{2} \leq @ \ln \frac{a + b}{2}", r"a > 1 \text{ and } b > 1"),
    (NUMBERS, r"\lvert \sin s \rvert \leq @ \lvert s \rvert", ""),
    (NUMBERS, r"1 - \cos s \leq @ \frac{s^2}{2}", ""),
    (NUMBERS, r"\frac{1}{1 + e^{-s}} (1 - \frac{1}{1 + e^{-s}}) \leq @ \frac{1}{4}", ""),
    (NUMBERS, r"\tanh s \leq @ 1", ""),
    (NUMBERS, r"\frac{a}{b} + \frac{b}{a} \geq @ 2", ""),
    (NUMBERS, r"\frac{a}{b + c} + \frac{b}{c + a} + \frac{c}{a + b} \geq @ \frac{3}{2}", ""),
    (NUMBERS, r"r (1 - r) \leq @ \frac{1}{4}", ""),
    (NUMBERS, r"-r \ln r \leq @ \frac{1}{e}", ""),
    (NUMBERS, r"(1 + a)^3 \geq @ (1 + 3 a)", ""),
    (NUMBERS, r"s t \leq @ \frac{s^2 + t^2}{2}", ""),
]


def formula(bound: str, condition: str, factor: str) -> str:
    return bound.replace("@ ", factor) + (rf" \qquad \text{{si }} {condition}" if condition else "")


@pytest.mark.parametrize(("symbols", "bound", "condition"), PAIRS)
def test_a_bound_of_a_textbook_holds(symbols: str, bound: str, condition: str) -> None:
    assert verdict(symbols, formula(bound, condition, "")).verdict == "holds"


@pytest.mark.parametrize(("symbols", "bound", "condition"), PAIRS)
def test_one_that_is_too_tight_by_one_in_a_hundred_is_false(symbols: str, bound: str, condition: str) -> None:
    tight = r"0.99 \cdot " if r"\leq" in bound else r"1.01 \cdot "
    assert verdict(symbols, formula(bound, condition, tight)).verdict == "false"
