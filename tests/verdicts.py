"""The verdicts on a page's equations, without MkDocs."""

from __future__ import annotations

from verimath.derivation.resolve import names_of
from verimath.page import page as pages
from verimath.trials.page_trials import Trials
from verimath.verdict.check import Verdict, check


def verdicts(text: str, file: str = "page.md", only: str | None = None) -> dict[str, Verdict]:
    """Each equation's verdict, by its label; with `only`, that of one of them.

    Raises:
        Refusal: where the page can't be read.
    """
    scope = names_of(pages.read(file, text), [])
    trials = Trials(scope)
    return {
        formula.equation.label: check(formula, trials)
        for formula in scope.formulas
        if only in (None, formula.equation.label)
    }


def verdict(*formulas: str, front_matter: str = "") -> Verdict:
    """The verdict on the last of some formulas, which stand on one page."""
    page = f"---\n{front_matter}\n---\n" if front_matter else ""
    page += "".join(f"\n```math {{#e{n}}}\n{formula}\n```\n" for n, formula in enumerate(formulas))
    return list(verdicts(page).values())[-1]
