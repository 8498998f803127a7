"""Formulas for trying the gates: right ones of every form that the pages use, and the ways in which one gets broken."""

from __future__ import annotations

SOFTMAX = r"""
\begin{align*}
S \colon
& \mathbb{R}^{N} && \to \mathbb{R}^{N} \\
& a =
\begin{bmatrix}
a_1 \\
\vdots \\
a_N
\end{bmatrix}
&& \mapsto S(a) =
\begin{bmatrix}
S_1 \\
\vdots \\
S_N
\end{bmatrix}, \quad \forall N \in \mathbb{N}^{*}
\end{align*}
""".strip()

RIGHT = {
    "softmax-map": SOFTMAX,
    "one-line": r"S_i \coloneqq \frac{e^{a_i}}{\sum_{k=1}^{N} e^{a_k}} \qquad \forall i \in \{1, \dots, N\}",
    "aligned": r"\begin{aligned} L &= -\sum_{i=1}^{C} Y_i \ln S_i \\ &= -\ln S_y \\[2pt] &\leq \ln C \end{aligned}",
    "signs": r"\begin{aligned} f &= a \\ &\quad + b \\ &\quad - c \\ &> d \\ &\neq e \end{aligned}",
    "gathered": r"\begin{gathered} a = b \\ c + d + e = f \end{gathered}",
    "alignedat": r"\begin{alignedat}{2} x + {}& 2y &&= 1 \\ 30x + {}& y &&= 22 \end{alignedat}",
    "cases": r"Y_i \coloneqq \begin{cases} 1 & \text{si } i = y, \\ 0 & \text{sinon} \end{cases}",
    "nested": r"\begin{aligned} D &= \begin{cases} S_i & i = j \\ 0 & i \neq j \end{cases} \\ &= E \end{aligned}",
    "matrix": r"\begin{bmatrix} S_1 & \cdots & 1 - S_N \\ \vdots & \ddots & \vdots \\ 1 & \cdots & S_N \end{bmatrix}",
    "ruled": r"\begin{array}{r|lc} \hline a & b & c \\ \hline 10 & 200 & 3000 \\ \hline \end{array}",
    "small": r"( \begin{smallmatrix} 1 & 0 \\ 0 & 1 \end{smallmatrix} ) + \sum_{\substack{i < n \\ i \neq j}} a_i",
    "uneven": r"\begin{align*} a &= b && c \\ d \\ e &= f \end{align*}",
    "fractions": r"\begin{aligned} \frac{\partial L}{\partial W} &= \sqrt{\frac{a}{b}} \\ x &= \|x\| \end{aligned}",
    "empty": r"\begin{matrix} & b \\ a & \\ \end{matrix}",
}


def _without_row_end(number: int) -> str:
    r"""The emblem with the `\\` of that number, counted from 0, gone to `\`, as in Markdown."""
    rows = SOFTMAX.split("\\\\")
    return "\\\\".join(rows[: number + 1]) + "\\" + "\\\\".join(rows[number + 1 :])


# The emblem as Markdown, HTML and haste leave it. KaTeX refuses these…
REFUSED = {
    "as-in-the-article": SOFTMAX.replace(r"\begin{align*}", r"\begin{align}")
    .replace("^{*}", "^{}")
    .replace("\\\\", "\\"),
    "star-of-the-end-lost": SOFTMAX.replace(r"\end{align*}", r"\end{align}"),
    "star-of-the-beginning-lost": SOFTMAX.replace(r"\begin{align*}", r"\begin{align}"),
    "backslashes-lost": SOFTMAX.replace("\\", ""),
    "end-lost": SOFTMAX.removesuffix(r"\end{align*}"),
}

# … and sets these without a word, with other rows or cells…
MISSHAPEN = {
    "row-ends-lost": SOFTMAX.replace("\\\\", "\\"),
    "row-ends-and-star-lost": SOFTMAX.replace("\\\\", "\\").replace("^{*}", "^{}"),
    "row-end-lost": _without_row_end(0),
    "row-end-of-a-matrix-lost": _without_row_end(1),
    "row-end-of-the-last-matrix-lost": _without_row_end(4),
    "marks-lost": SOFTMAX.replace("&", ""),
    "half-of-the-double-marks-lost": SOFTMAX.replace("&&", "&"),
}

# … or in the right shape, so that only the TeX tells.
MISREAD = {
    "star-lost": SOFTMAX.replace("^{*}", "^{}"),
    "subscripts-lost": SOFTMAX.replace("_", ""),
    "marks-as-entities": SOFTMAX.replace("&", "&amp;"),
}
