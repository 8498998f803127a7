r"""The pages on the language: all rules, each with what holds and what is refused, and why it is refused."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from bench import reserved
from docs.hooks import with_source
from tests.docs.prose import DOCS
from tests.language.cases import FOLDER
from tests.verdicts import verdicts
from verimath.cli.rulebook import PAGES
from verimath.derivation.resolve import names_of
from verimath.latex.read.lexing.vocabulary import AND, ELSE, IF
from verimath.meaning.operations import OPERATIONS
from verimath.names.table import Names
from verimath.page.blocks import Equation
from verimath.page.page import read
from verimath.trials.page_trials import Trials
from verimath.verdict.check import Verdict, check

TEXTS = {name: (DOCS / name).read_text("utf-8") for name in PAGES}
FIRST = next(iter(TEXTS))
TEXT = "\n".join(TEXTS.values())
# A rule and what stands under it, up to the next one or the next title.
RULE = re.compile(r"^\*\*Règle (\d+)\.\*\*\{#rule-(\d+)\}((?:.*\n)*?)(?=\*\*Règle |#)", re.MULTILINE)
EXAMPLE = re.compile(r"^```math \{#language-[\w-]+(?: expect=\"(false|ill-formed)\")?\}$", re.MULTILINE)
RULES = [(number, EXAMPLE.findall(below)) for number, anchor, below in RULE.findall(TEXT) if number == anchor]

# The evidence of each formula that is shown as ill-formed, whatever else may be wrong with it.
EVIDENCE = {
    "vacuous": "both sides are the same formula",
    "equals": "`h` isn't declared",
    "comma": "nothing asks for this ,",
    "beside-either": "this may be a condition, or a claim of its own",
    "minus": "a row that begins with - may go on with the one above, or be a statement of its own",
    "forall-far": "a subscript is 3, out of 1 to 2, at i = 2 (trial 0, seed 0)",
    "implies": "what ⇒ joins doesn't hold each time, which isn't read yet, on trial 0 (seed 0)",
    "unread": "a division by zero",
    "sets-negative": "ln of the negative number -0.123699, on trial 1 (seed 0)",
    "twice": "`\\bar x` is there already, at language.md:…",
    "letters": "`ln` is a product of letters, and one of them isn't declared",
    "log": "the base of \\log differs from author to author",
    "function-local": "`u` isn't declared",
    "no-argument": "`\\sigma` is a function without its argument",
    "habits-not": "\\cos^{-1} may be \\arccos, or 1 by \\cos",
    "trace-square": "tr takes one factor, and another one follows: which of them it takes is ambiguous",
    "two-factors": "\\ln takes one factor, and another one follows: which of them it takes is ambiguous",
    "bars": "a | has no sides: where it opens and closes is ambiguous",
    "extent-free": "`i` is bound here, and free elsewhere in this statement",
    "component-zero": "a subscript is 0, out of 1 to 2, on trial 0 (seed 0)",
    "component-two": "a subscript is 2, out of 1 to 1, on trial 3 (seed 0)",
    "two-ranges": "`i` runs over 1 to 2 and over 1 to 3, at j = 1 (trial 0, seed 0)",
    "rows-wrong": "a 2 × 3 matrix by a row of 2 has no product, on trial 0 (seed 0)",
    "inner-wrong": "a row of 2 by a row of 2 has no product, at n = 2 (trial 0, seed 0)",
    "broadcast": "a row of 2 plus a number",
    "power": "a power takes a number, not a row of 2, on trial 0 (seed 0)",
    "inverse-entry": "whether this is a power of an entry or an entry of a power isn't seen",
    "singular": "a singular matrix has no inverse, on trial 0 (seed 0)",
    "identity-alone": "nothing beside `I` says its size, on trial 0 (seed 0)",
    "blocks-wrong": "blocks of 3 and of 2 columns side by side, on trial 0 (seed 0)",
    "norm-three": "a norm of another kind",
    "inner-three": "a product of two vectors by ·, and a third factor: which product comes first isn't clear, "
    "on trial 0 (seed 0)",
    "derivative-shape": "a 2 × 3 matrix and a 3 × 2 matrix can't be compared, on trial 0 (seed 0)",
    "nabla-of-what": "\\nabla doesn't say by what it derives",
    "independent": "what is derived doesn't depend on `z`",
    "tie": "the derivative of a \\max at a tie, on trial 0 (seed 0)",
    "overlap": "two cases hold at once, at i = 1, j = 1 (trial 0, seed 0)",
    "gap": "no case holds, on trial 5 (seed 0)",
    "map-number": "`g` of a number, on trial 0 (seed 0)",
    "descent-unclear": "which quantity this update lowers isn't clear",
    "infinite": "a side is infinite, on trial 0 (seed 0)",
    "dots-step": "the steps of the entries don't lead to the last one, at n = 6 (trial 7, seed 0)",
    "alike": "`\\mathnormal{a}` is printed like `a`",
    "mixed": "a number beside a fraction of two others is a mixed number",
    "decimal-comma": "0,5 may be one number or two",
    "dots-matrix-wrong": "a 3 × 2 matrix and a 2 × 3 matrix can't be compared, at n = 2, m = 3 (trial 0, seed 0)",
    "list-alone": "`K` is a list",
    "complex-order": "complex numbers have no order, on trial 0 (seed 0)",
    "complex-derivative-by": "a derivative by a complex number isn't read yet: by z alone, or by z and its conjugate "
    "apart, on trial 0 (seed 0)",
    "complex-inner": "an inner product of complex vectors: which one is conjugated isn't said, on trial 0 (seed 0)",
    "complex-star": "^{*} of an array may be its conjugate, or its conjugate transpose, on trial 0 (seed 0)",
    "dots-vector-wrong": "a subscript is 3, out of 1 to 2, at m = 3 (trial 0, seed 0)",
}


@pytest.fixture(scope="module")
def found() -> dict[str, Verdict]:
    return judged(TEXTS)


def judged(texts: dict[str, str]) -> dict[str, Verdict]:
    """The verdicts of all pages, each of which knows the names of those that it builds on."""
    scopes: dict[str, Names] = {}
    found: dict[str, Verdict] = {}
    for name, text in texts.items():
        page = read(name, text)
        scopes[name] = names_of(page, [scopes[below] for below in page.front_matter["builds_on"]])
        trials = Trials(scopes[name])
        found |= {each.equation.label: check(each, trials) for each in scopes[name].formulas}
    return found


def expected() -> dict[str, Equation]:
    return {equation.label: equation for name, text in TEXTS.items() for equation in read(name, text).equations}


def test_every_rule_is_there_once() -> None:
    files = {file.stem for file in FOLDER.glob("rule-*.txt")}
    assert sorted(f"rule-{int(number):02}" for number, _ in RULES) == sorted(files)


@pytest.mark.parametrize(("number", "examples"), RULES, ids=lambda value: str(value)[:6])
def test_a_rule_shows_what_holds_and_what_is_refused(number: str, examples: list[str]) -> None:
    assert "" in examples
    assert {"false", "ill-formed"} & {*examples}


def test_verdicts_are_those_that_the_page_says(found: dict[str, Verdict]) -> None:
    assert {label: each.verdict for label, each in found.items()} == {
        label: equation.expected for label, equation in expected().items()
    }


def test_what_is_ill_formed_is_so_for_the_reason_that_the_page_gives(found: dict[str, Verdict]) -> None:
    evidence = {
        label.removeprefix("language-"): re.sub(r"md:\d+", "md:…", each.problem.evidence)
        for label, each in found.items()
        if each.verdict == "ill-formed" and each.problem is not None
    }
    assert evidence == EVIDENCE


def test_another_reason_is_seen() -> None:
    wrong = TEXTS[FIRST].replace("\n\\log t \\leq", "\n\\log q \\leq").replace("\nln t \\leq", "\n\\log t \\leq")
    problem = verdicts(wrong, FIRST, "language-letters")["language-letters"].problem
    assert wrong != TEXTS[FIRST]
    assert problem is not None
    assert problem.evidence != EVIDENCE["letters"]


def test_the_words_of_the_language_are_named() -> None:
    assert {word for word in IF | ELSE | AND if f"`\\text{{{word}}}`" not in TEXT} == set()


def test_the_names_that_need_no_declaration_are_those_of_the_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    """`python -m bench.reserved` writes the list anew."""
    below = next(below for number, _, below in RULE.findall(TEXT) if number == "7")
    assert reserved.LIST.findall(below) == [reserved.table()]
    listed = {row for takes in reserved.TAKES for row in OPERATIONS.values() if row.takes == takes}
    assert listed == {*OPERATIONS.values()}
    monkeypatch.delitem(OPERATIONS, "arctan")
    assert reserved.table() not in below


def test_rules_come_in_the_order_in_which_they_are_learnt() -> None:
    """A rule is named before the page relies on it: products before sums, sums before indices."""
    order = [int(number) for number, _ in RULES]
    taught = [1, 4, 6, 9, 11, 13, 16, 19, 22, 23, 24, 26, 12]
    assert all(order.index(one) < order.index(other) for one, other in pairwise(taught))


def test_an_example_is_shown_as_it_is_written() -> None:
    example = '```math {#language-a expect="false"}\na\n= b\n```'
    assert with_source(f"text\n\n{example}\n\ntext") == f"text\n\n````text\n{example}\n````\n\n{example}\n\ntext"
    assert with_source(TEXT).count("````text\n```math") == len(expected())


def test_another_equation_is_not() -> None:
    for other in ("```math {#loss}\na\n```", '```math {show="language-a"}\n```', "`````md\n" + "text\n`````"):
        assert with_source(other) == other
