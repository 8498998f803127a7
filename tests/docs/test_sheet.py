"""The sheet has all results: what the pages say they have shown, unless a reason keeps it away."""

from __future__ import annotations

import re

import pytest

from tests.docs.prose import DOCS
from verimath.page import page as pages
from verimath.trials.page_trials import TRIALS

SHEET = pages.read("sheet.md", (DOCS / "sheet.md").read_text("utf-8"))
ON_SHEET = [again.label for again in SHEET.shown]

SUMMARY = re.compile(r"^## Ce que l’on a montré\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
ITEM = re.compile(r"^- (?:.+\n)+(?:  .+\n)*", re.MULTILINE)

LEFT_OUT = {
    "loss-of-weights": "a declaration",
    "steepest-descent": "why gradient-step goes that way",
    "forward-mode": "a way that is compared with another",
    "reverse-mode": "a way that is compared with another",
    "kl-asymmetry": "an example",
    "batch-pair-limit": "an example",
    "loss-logits-route-a": "a route to loss-logits-vector",
    "loss-logits-route-b": "a route to loss-logits-vector",
    "bias-grad-w": "the formula of grad-w",
    "bias-grad-x": "the formula of grad-x",
}


def results(text: str) -> list[str]:
    """The labels that a page's summary lists."""
    summary = SUMMARY.search(text)
    return re.findall(r"\[\]\(#([\w-]+)\)", "".join(ITEM.findall(summary[1]))) if summary else []


# They go beyond the derivation whose results the sheet holds.
BEYOND = {"errata", "hidden-layer", "two-classes", "observed-expected", "duality", "distillation"}

RESULTS = {
    page.stem: found
    for page in sorted(DOCS.glob("*.md"))
    if page.stem not in BEYOND and (found := results(page.read_text("utf-8")))
}


@pytest.mark.parametrize("page", RESULTS)
def test_the_results_of_a_page_are_on_the_sheet(page: str) -> None:
    assert set(RESULTS[page]) <= {*ON_SHEET, *LEFT_OUT}


def test_every_page_of_the_derivation_has_results() -> None:
    assert {"context", "softmax", "divergence", "loss", "gradients", "bias", "batches", "curvature"} <= set(RESULTS)


def test_nothing_is_left_out_that_is_no_result_or_that_is_there() -> None:
    assert set(LEFT_OUT) <= {label for found in RESULTS.values() for label in found}
    assert not set(LEFT_OUT) & set(ON_SHEET)


def test_nothing_is_there_twice() -> None:
    assert len(ON_SHEET) == len(set(ON_SHEET))


def test_what_a_summary_lists() -> None:
    text = (
        "## Avant\n\n- [](#a)\n\n## Ce que l’on a montré\n\n- Un, [](#b),\n  et deux, [](#c).\n- Trois, [](#d).\n\n"
        "Puis [](#e).\n\n## Exercices\n\n- [](#f)\n"
    )
    assert results(text) == ["b", "c", "d"]
    assert results("## Avant\n\n- [](#a)\n") == []


def said(text: str) -> list[int]:
    """On how many trials the first page says that an equation, and an inequality, is verified."""
    numbers = {"dix": 10, "vingt": 20, "trente": 30, "quarante": 40}
    found = re.search(r"vérifiée\s+sur\s+(\w+)\s+tirages.+?sur\s+(\w+)\s+si\s+c’est\s+une\s+inégalité", text, re.DOTALL)
    return [numbers[word] for word in found.groups()] if found else []


def test_as_many_trials_are_made_as_the_first_page_says() -> None:
    assert said((DOCS / "index.md").read_text("utf-8")) == [TRIALS, 2 * TRIALS]


def test_another_number_of_trials_is_noticed() -> None:
    assert said("vérifiée sur dix tirages au moins, et sur\ntrente si c’est une inégalité") == [10, 30]
    assert said("vérifiée") == []
