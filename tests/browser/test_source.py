"""What an author wrote is found wherever it may stand, and nothing else is taken for a formula."""

from __future__ import annotations

import pytest

from tests.browser.source import Displayed, displayed, inline

ALIGNED = "\\begin{aligned}\n  a &= b \\\\\n    &= c\n\\end{aligned}"


def fence(tex: str, attributes: str = "{#sum}", indent: str = "") -> str:
    return "\n".join(indent + line for line in [f"```math {attributes}", *tex.splitlines(), "```", ""])


FENCES = [
    pytest.param(fence(ALIGNED), [Displayed("sum", ALIGNED)], id="top-level"),
    pytest.param(f"text\n{fence('x')}text", [Displayed("sum", "x")], id="next-to-text"),
    pytest.param(f"- item\n\n{fence(ALIGNED, indent='    ')}", [Displayed("sum", ALIGNED)], id="in-a-list"),
    pytest.param(f"> said\n>\n{fence(ALIGNED, indent='> ')}", [Displayed("sum", ALIGNED)], id="in-a-quotation"),
    pytest.param("    ```math {#sum}\n    a\n\n    b\n    ```\n", [Displayed("sum", "a\n\nb")], id="blank-line-inside"),
    pytest.param("~~~ math {#sum}\nx\n~~~\n", [Displayed("sum", "x")], id="tildes"),
    pytest.param(
        fence("x", "{#a}") + fence("", '{show="b"}') + fence("y", '{#c expect="false"}'),
        [Displayed("a", "x"), Displayed("b", "", again=True), Displayed("c", "y")],
        id="several-and-one-shown-again",
    ),
    pytest.param(f"````markdown\n{fence('x')}````\n", [], id="a-fence-that-shows-a-fence"),
    pytest.param("```latex\n\\begin{align} x\n```\n", [], id="another-language"),
    pytest.param("```mathematica {#sum}\nx\n```\n", [], id="a-longer-name"),
    pytest.param("Write `$$ x $$` or not.", [], id="code"),
]


@pytest.mark.parametrize(("markdown", "expected"), FENCES)
def test_fences_of_math_are_the_displayed_equations(markdown: str, expected: list[Displayed]) -> None:
    assert displayed(markdown) == expected


INLINE = [
    ("Soit $a$, puis $b_1$.", ["a", "b_1"]),
    ("# Le vecteur $S$", ["S"]),
    ("sur deux $a +\n  b$ lignes", ["a + b"]),
    ("| $p \\mid q$ | $\\{1, \\dots, C\\}$ |", [r"p \mid q", r"\{1, \dots, C\}"]),
    ("un prix de 5 \\$ et $x$", ["x"]),
    (r"le signe $\$$ lui-même", [r"\$"]),
    ("du code `$x$` et ``a ` $y$``, puis $z$", ["z"]),
    ("![le graphe de $L$](graph.svg) $x$", ["x"]),
    ("<!-- $x$ -->", []),
    ("---\ndescription: $x$\n---\n$y$", ["y"]),
    ("```text\n$x$\n```\n$y$", ["y"]),
    (fence("x"), []),
]


@pytest.mark.parametrize(("markdown", "expected"), INLINE)
def test_dollars_in_prose_enclose_the_inline_formulas(markdown: str, expected: list[str]) -> None:
    assert inline(markdown) == expected
