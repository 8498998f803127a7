"""What the pages must hold: their labels, a snippet for each equation, sources that exist."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.docs.prose import DOCS, PAGES
from verimath.cli.rulebook import PAGES as RULES
from verimath.page import page as pages

ROOT = DOCS.parent.parent
SNIPPETS = sorted((ROOT / "snippets").glob("*.py"))

# The derivation's milestones: other pages, tests and readers' links rely on them.
LABELS = {
    "context": "notation one-hot logits logits-index probabilities loss gradient-step",
    "softmax": "softmax-map softmax softmax-name softmax-bounds softmax-sum softmax-ratio softmax-kernel "
    "softmax-example softmax-shift softmax-stable softmax-sigmoid",
    "softmax-derivatives": "softmax-jacobian softmax-jacobian-matrix softmax-jacobian-rows softmax-temperature "
    "temperature-gradient",
    "divergence": "cross-entropy entropy kl kl-decomposition kl-nonnegative kl-zero",
    "loss": "one-hot-entropy loss-cross-entropy loss-logsumexp logsumexp-stable logsumexp-bounds logits-shifted "
    "loss-stable",
    "gradients": "logsumexp-gradient loss-softmax-gradient chain-through-softmax loss-logits-gradient "
    "loss-logits-vector loss-logits-sum",
    "gradients-weights": "chain-rule jacobian-w jacobian-w-cases grad-w-index grad-w-chain grad-w grad-w-rank",
    "gradients-input": "grad-x-index grad-x-chain grad-x",
    "errata": "erratum-gradient-sign erratum-last-index erratum-distance erratum-rounding erratum-open-interval "
    "erratum-shift-sign erratum-constant-name erratum-logarithm erratum-lambda erratum-letter-o erratum-interval "
    "erratum-similarity erratum-columns gradient-columns",
    "batch-descent": "batch-curvature batch-descent-quadratic batch-descent",
    "curvature": "hessian hessian-variance hessian-bound",
    "convexity": "hessian-w loss-convex descent",
    "gradient-check": "check-function forward-difference forward-error central-difference central-error complex-step "
    "complex-error",
    "rounding": "forward-best central-best check-stable gradcheck-passes",
    "bias": "bias-logits bias-gradient bias-augmented",
    "targets": "soft-labels label-smoothing-gradient",
    "batches": "batch-logits batch-probabilities batch-loss",
    "batch-gradients": "batch-grad-logits batch-grad-w batch-grad-b batch-grad-x",
    "regularisation": "l2-loss l2-grad l2-step",
}

# The header of an equation that must be refused: there is nothing in it that a snippet could verify.
REFUSED = re.compile(r"^[ ]*```math \{#([\w-]+) expect=\"(?:false|ill-formed)\"\}$", re.MULTILINE)

# Equations whose labels begin so are examples of the language, on its pages: the build executes them, and no program is
# about them.
EXAMPLE = "language-"
# So do those of the ten minutes' page, whose one program goes through all of them.
TOUR = "tour-"
# Of pages that show formulas of others, and compute nothing with them.
REFERENCE = ("matrix-", "elsewhere-")

# These say what a symbol is and where it lives, and claim nothing that a snippet could verify.
DECLARATIONS = {
    "notation",
    "loss-of-weights",
    "distributions",
    "softmax-map",
    "softmax-vector",
    "batch-loss-of-weights",
    "bias-notation",
    "soft-target",
    "smoothing",
    "batch-notation",
    "l2-strength",
    "learning-rate",
    "batch-weights",
}


@cache
def read(page: Path) -> pages.Page:
    return pages.read(page.name, page.read_text("utf-8"))


def unverified(page: pages.Page) -> set[str]:
    """The labels of a page's equations that have no snippet and need one."""
    verified = {snippet.name for snippet in page.snippets if snippet.verifies}
    refused = set(REFUSED.findall("\n".join(page.lines)))
    examples = {equation.label for equation in page.equations if equation.label.startswith((EXAMPLE, TOUR, *REFERENCE))}
    return {equation.label for equation in page.equations} - verified - refused - examples - DECLARATIONS


@pytest.mark.parametrize("name", LABELS)
def test_page_has_its_equations(name: str) -> None:
    assert set(LABELS[name].split()) <= {equation.label for equation in read(DOCS / f"{name}.md").equations}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_equation_that_claims_something_has_its_snippet(page: Path) -> None:
    assert unverified(read(page)) == set()


def test_an_equation_without_a_snippet_is_seen() -> None:
    page = '```math {#a}\na\n```\n\n```python {%s="a"}\n--8<-- "a.py:a"\n```\n'
    assert unverified(pages.read("a.md", page % "demo")) == {"a"}
    assert unverified(pages.read("a.md", page % "verifies")) == set()


def test_only_the_pages_on_the_language_have_examples_that_need_no_snippet() -> None:
    assert unverified(pages.read("a.md", f"```math {{#{EXAMPLE}a}}\na\n```\n")) == set()
    homes = {page.stem for page in PAGES for equation in read(page).equations if equation.label.startswith(EXAMPLE)}
    assert {f"{home}.md" for home in homes} == {*RULES}
    homes = {page.stem for page in PAGES for equation in read(page).equations if equation.label.startswith(TOUR)}
    assert homes == {"tour"}
    homes = {page.stem for page in PAGES for equation in read(page).equations if equation.label.startswith(REFERENCE)}
    assert homes == {"identities", "elsewhere"}


def test_what_must_be_refused_needs_no_snippet() -> None:
    text = (DOCS / "errata.md").read_text("utf-8")
    assert {label for label in LABELS["errata"].split() if label.startswith("erratum-")} == set(REFUSED.findall(text))


def test_declarations_are_declarations() -> None:
    """Each is there, has no snippet, and neither defines nor compares anything."""
    equations = {equation.label: equation.tex for page in PAGES for equation in read(page).equations}
    verified = {snippet.name for page in PAGES for snippet in read(page).snippets if snippet.verifies}
    assert equations.keys() >= DECLARATIONS
    assert not DECLARATIONS & verified
    for label in DECLARATIONS:
        assert not re.search(r"\\coloneqq|\\neq|\\leq|\\geq|[<>]|\\approx|\\leftarrow", equations[label]), label


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_front_matter_says_what_the_page_is(page: Path) -> None:
    front_matter = read(page).front_matter
    assert front_matter["title"]
    assert front_matter["description"].endswith(".")
    assert all((DOCS / parent).is_file() for parent in front_matter["builds_on"])


def functions(file: Path) -> list[tuple[str, str]]:
    """Each public function of a file of snippets with its docstring."""
    tree = ast.parse(file.read_text("utf-8"))
    nodes = [node for node in tree.body if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")]
    return [(node.name, ast.get_docstring(node) or "") for node in nodes]


def unsaid(file: Path) -> Iterator[str]:
    """What the docstrings of a file of snippets lack: the place on a page that each is from, the shapes."""
    for name, docstring in functions(file):
        source = re.search(r"^Source: docs/fr/(\S+)\.md#(\S+)$", docstring, re.MULTILINE)
        if source is None:
            yield f"{file.stem}.{name} names no source"
        elif source[2] not in anchors(DOCS / f"{source[1]}.md"):
            yield f"{file.stem}.{name}: there is no {source[2]} on {source[1]}.md"
        if "Returns:" not in docstring:
            yield f"{file.stem}.{name} gives no shapes"


@cache
def anchors(page: Path) -> set[str]:
    """What a docstring may name on a page: its equations, snippets and other labels."""
    if not page.is_file():
        return set()
    labels = {equation.label for equation in read(page).equations} | {snippet.name for snippet in read(page).snippets}
    return labels | set(re.findall(r"\{[^}\n]*#([\w-]+)[^}\n]*\}", page.read_text("utf-8")))


def test_docstrings_name_a_place_on_a_page_and_give_shapes() -> None:
    # What draws says to its reader what is to be seen: tests/docs/test_figures.py.
    computing = [file for file in SNIPPETS if not file.stem.startswith(("drawing", "figures_"))]
    assert sum(len(functions(file)) for file in computing) > 250
    assert [fault for file in computing for fault in unsaid(file)] == []


def test_a_docstring_that_does_not_is_seen(tmp_path: Path) -> None:
    file = tmp_path / "a.py"
    source = "Source: docs/fr/softmax.md#softmax"
    for written, said in {
        f"{source}\n\n    Returns: x.": [],
        source: ["a.f gives no shapes"],
        "Returns: x.": ["a.f names no source"],
        f"{source}x\n\n    Returns: x.": ["a.f: there is no softmaxx on softmax.md"],
        "Source: docs/fr/no.md#softmax\n\n    Returns: x.": ["a.f: there is no softmax on no.md"],
    }.items():
        file.write_text(f'def f():\n    """A docstring.\n\n    {written}\n    """\n', "utf-8")
        assert [*unsaid(file)] == said
