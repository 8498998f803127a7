"""Start here: from the LaTeX of a page to its verdict, through the rooms of `src/verimath` in their order."""

from verimath.derivation.resolve import names_of
from verimath.page.page import read
from verimath.trials.page_trials import Trials
from verimath.verdict.check import check

PAGE = "```math {#square}\nx, y \\in \\mathbb{R}, \\quad (x + y)^2 = x^2 + 2 x y + y^2\n```\n"


def test_a_formula_holds_and_its_false_twin_does_not() -> None:
    for page, expected in ((PAGE, "holds"), (PAGE.replace("2 x y", "x y"), "false")):
        scope = names_of(read("page.md", page), parents=[])
        [formula] = scope.formulas
        assert check(formula, Trials(scope)).verdict == expected
