r"""The site's equations can fail: their mutants are refused, and each that holds is listed with its reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.mutation import KINDS, REASONS, WRITTEN, markdown, survivors
from bench.survivors import faults, groups
from tests.docs.prose import DOCS, PAGES
from verimath.derivation.builds_on import Derivation, from_disk
from verimath.mutation.run import mutate
from verimath.page.page import Page, read
from verimath.trials.page_trials import Trials
from verimath.verdict.check import check


# One test, since it mutates the whole site: two would do so in two processes.
def test_equations_can_fail_and_every_survivor_has_its_reason() -> None:
    derivation = Derivation(from_disk)
    results = mutate([derivation.node(page.as_posix()).names for page in PAGES])
    never = [result.label for result in results if not result.can_fail]
    listed = groups(REASONS.read_text("utf-8"))
    assert faults({*survivors(results)}, listed, never) == []
    assert len(results) > 250
    assert all(group.french for group in listed)
    assert {outcome.mutant.kind for result in results for outcome in result.outcomes} == {*KINDS}
    # What the page says of it: `python -m bench.mutation` writes it.
    assert WRITTEN.read_text("utf-8") == markdown(results, listed)


BECAUSE = "\n=== because\n--- parce que\n"


@pytest.mark.parametrize(
    ("held", "text", "never", "said"),
    [
        ("a | sign: b → -b", BECAUSE + "a | sign: b → -b\n", [], []),
        ("a | sign: b → -b", "a | sign: b → -b\n" + BECAUSE, [], ["no reason is given for a | sign: b → -b"]),
        ("a | sign: b → -b", BECAUSE, [], ["no reason is given for a | sign: b → -b"]),
        ("", BECAUSE + "a | sign: b → -b\n", [], ["no longer holds: a | sign: b → -b"]),
        ("a | sign: b → -b", 2 * (BECAUSE + "a | sign: b → -b\n"), [], ["listed twice: a | sign: b → -b"]),
        ("a | sign: b → -b", "\n=== \na | sign: b → -b\n", [], ["no reason is given for a | sign: b → -b"]),
        ("", "", ["a"], ["nothing shows that a can fail"]),
    ],
)
def test_what_is_not_as_listed_is_said(held: str, text: str, never: list[str], said: list[str]) -> None:
    assert faults({held} - {""}, groups(text), never) == said


def test_a_reason_may_be_said_in_french_too() -> None:
    [said, unsaid] = groups(f"{BECAUSE}a | b: c → d\n\n=== why\ne | f: g → h\n")
    assert (said.reason, said.french, said.lines) == ("because", "parce que", ("a | b: c → d",))
    assert (unsaid.reason, unsaid.french, unsaid.lines) == ("why", "", ("e | f: g → h",))


@pytest.mark.parametrize(("bound", "verdict"), [("4 N", "holds"), ("4.2 N", "false"), ("5 N", "false")])
def test_a_bound_of_the_site_that_is_too_tight_is_found(bound: str, verdict: str) -> None:
    page = DOCS / "batch-descent.md"
    changed = page.read_text("utf-8").replace("{4 N}\\right) \\left", f"{{{bound}}}\\right) \\left")

    def load(file: str) -> Page:
        return read(file, changed) if Path(file) == page else from_disk(file)

    scope = Derivation(load).node(page.as_posix()).names
    [formula] = (each for each in scope.formulas if each.equation.label == "batch-descent-quadratic")
    assert bound in formula.equation.tex
    assert check(formula, Trials(scope)).verdict == verdict
