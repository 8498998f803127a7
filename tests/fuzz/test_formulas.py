r"""Formulas changed at random: each gets a verdict, in time, and a message that says where; none an exception.

They come from the site's pages, the derivations and the cases of the page language. What a changed formula says may
be true; that isn't asked.
"""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from tests.derivations.test_derivations import TRUE
from tests.fuzz.mutations import LATEX, mutated, pieces
from tests.fuzz.profile import examples, is_refuted
from tests.language.cases import ALL
from verimath.derivation.builds_on import Derivation
from verimath.evaluation import frame
from verimath.evaluation.effort import SECONDS
from verimath.meaning.expression import Call
from verimath.message.refusal import Refusal
from verimath.page import page as pages
from verimath.page.blocks import Equation
from verimath.trials.page_trials import Trials
from verimath.verdict.check import Verdict, check

DOCS = sorted((Path(__file__).parents[2] / "docs" / "fr").glob("*.md"))
FILES = {path.as_posix(): path.read_text("utf-8") for path in DOCS}
FILES |= {f"{case.name}.md": case.page for case in TRUE}
CASES = {f"case-{n}.md": case.page for n, case in enumerate(ALL)}
PAGES = FILES | CASES


@dataclass(frozen=True)
class Formula:
    """A page with one formula changed."""

    file: str
    label: str
    tex: str

    @property
    def page(self) -> str:
        [old] = [equation.tex for equation in equations(self.file) if equation.label == self.label]
        return PAGES[self.file].replace(old, self.tex, 1)


@cache
def equations(file: str) -> tuple[Equation, ...]:
    """The equations of a page whose text stands there as it is."""
    try:
        found = pages.read(file, PAGES[file]).equations
    except Refusal:
        return ()
    return tuple(equation for equation in found if equation.tex in PAGES[file])


def written(file: str) -> pages.Page:
    """A page as it is written."""
    return pages.read(file, PAGES[file])


# The pages that others build on, read once.
_READ = Derivation(written)


def verdicts(of: Formula) -> list[Verdict | Refusal]:
    """The verdict on a formula, and on the others of a short page; or why its page can't be read."""

    def load(file: str) -> pages.Page:
        return pages.read(file, of.page) if file == of.file else written(file)

    derivation = Derivation(load)
    try:
        if of.file in FILES:
            parents = _READ.node(of.file).family
            derivation._nodes = {file: _READ.node(file) for file in parents if file != of.file}
        node = derivation.node(of.file)
        trials = Trials(node.names)
        formulas = node.names.formulas
        if of.file in FILES:
            formulas = [each for each in formulas if each.equation.label == of.label]
        return [check(formula, trials) for formula in formulas]
    except Refusal as error:
        return [error]


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Fails what works for longer, beside what it waits for a processor.

    Raises:
        AssertionError: when it should have ended.
    """

    def late(*_: object) -> None:
        raise AssertionError(f"not done after {seconds:g} s")

    before = signal.signal(signal.SIGPROF, late)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


# A statement that takes `SECONDS` is refused by the check itself; that may be late by as much.
LIMIT = 2 * SECONDS


def has_a_verdict(of: Formula) -> None:
    """That a formula gets a verdict, in time, with a message where it doesn't hold."""
    try:
        with within(LIMIT):
            found = verdicts(of)
    except Exception as error:
        raise AssertionError(of) from error
    for each in found:
        problem = each if isinstance(each, Refusal) else each.problem
        event("unreadable page" if isinstance(each, Refusal) else each.verdict)
        if isinstance(each, Refusal) or each.verdict in ("false", "ill-formed"):
            assert problem is not None
            assert str(problem).startswith(f"{of.file}:")
            assert problem.what


# As many from the short pages of cases as from the others.
LONG, SHORT = ([file for file in group if equations(file)] for group in (FILES, CASES))
EQUATIONS = (st.sampled_from(LONG) | st.sampled_from(SHORT)).flatmap(lambda file: st.sampled_from(equations(file)))


@st.composite
def formulas(draw: st.DrawFn) -> Formula:
    """A formula of some page, changed: tokens, and pieces of other formulas, stand in other places."""
    equation, other = draw(EQUATIONS), draw(EQUATIONS)
    tokens = st.sampled_from(LATEX) | pieces(other.tex)
    return Formula(equation.fence.span.file, equation.label, draw(mutated(equation.tex, tokens)))


@examples(1)
@given(formulas())
def test_a_changed_formula_has_a_verdict(of: Formula) -> None:
    has_a_verdict(of)


def test_every_page_gives_formulas() -> None:
    assert sum(len(equations(file)) for file in FILES) > 300
    assert sum(len(equations(file)) > 0 for file in CASES) > 0.9 * len(CASES)


def test_an_exception_of_another_kind_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    def wrong(node: Call, _: object) -> None:
        raise KeyError(node)

    monkeypatch.setattr(frame, "FUNCTIONS", {**frame.FUNCTIONS, Call: wrong})
    assert is_refuted(has_a_verdict, formulas())


def test_a_message_without_its_place_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Refusal, "__str__", lambda self: self.what)
    assert is_refuted(has_a_verdict, formulas())


def test_what_takes_too_long_is_seen() -> None:
    with pytest.raises(AssertionError, match=r"not done after 0\.05 s"), within(0.05):
        sum(n for n in range(10**10))
