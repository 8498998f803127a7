r"""What stands in a formula says something: one more script or prime, or an atom less, is refused or read otherwise.

The signs of the atoms are those that are printed (`test_painted.py`); here, the grammar may not pass over one of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any

import pytest

from tests.cases import Case
from tests.language.cases import ALL
from verimath.derivation.resolve import names_of
from verimath.latex import katex
from verimath.latex.read import head, read, with_conditions
from verimath.latex.read.clauses.layout import statements
from verimath.latex.read.lexing.atoms import Atom, Atoms, Blank, Number, Primed, Raised, Scripted
from verimath.latex.read.lexing.flatten import flattened
from verimath.message.refusal import Refusal
from verimath.names.table import Names
from verimath.page import page as pages

# What may be left away: punctuation, the words at a brace, a \forall that goes on with another, letters that only
# show the components of an array, the index of a sum where one letter alone numbers.
SAYS_NOTHING = (
    *("without Comma", "without Times", "without Forall"),
    *("Letter.sub.without Letter", "Big.sub.without Letter", "words.without Text"),
)
# And, in some cases: a condition in square brackets is an indicator without its sign, too; a range behind a comma needs
# no word; the gradient of a function at a symbol is by that symbol; words above a sign are read before the grammar is.
SAID_TWICE = {
    "an indicator in its spellings": {"without Letter"},
    "an indicator by its letter": {"without Letter"},
    "sets of matrices, by words in two languages and by letters": {"without Text"},
    "what letters run over, behind a comma and in words": {"without Text"},
    "what is given of two symbols": {"without Text"},
    # A number that is even needs no word; nor does a statement behind another one.
    "a comparison in brackets behind a claim is its condition": {"without Text"},
    "words that lead to a statement": {"without Text"},
    # The name of an equation says nothing.
    "a box, and the name of what is in it": {"without Text"},
    # A number whose square is positive is declared as a positive one is.
    "a number declared by its square": {"Letter.sup.without Number"},
    "rows farther apart, and signs that give a reason": {"without Arrow"},
    "derivatives whose variable stands below their sign": {"Nabla.sub.without Letter"},
    "the matrix of second derivatives, by a vector and its transpose": {
        "Fraction.below.Letter.sup.without Letter",
        "Fraction.below.Letter.sup.without Top",
    },
    "a derivative by an array of a product that is a number, whose first factors are arrays": {
        "Fraction.below.Letter.sup.without Top",
    },
    "a definition by a word above its sign": {
        "SaidRelation.words.Letter.power",
        "SaidRelation.words.Letter.prime",
        "SaidRelation.words.Letter.subscript",
        "SaidRelation.words.without Letter",
    },
}
# Every so many of the true pages of the language: all of them hold what was found by this, and take minutes.
EVERY = 6
TRUE = [case for case in ALL if case.verdict == "holds"][::EVERY]


def changed(atoms: Atoms) -> Iterator[tuple[str, Atoms]]:
    """The same atoms changed at one place, at any depth, with what was changed."""
    for place, atom in enumerate(atoms):
        before, after = atoms[:place], atoms[place + 1 :]
        for what, other in changes(atom):
            yield f"{type(atom).__name__}.{what}", (*before, other, *after)
        if not isinstance(atom, Blank):
            yield f"without {type(atom).__name__}", (*before, *after)


def changes(atom: Atom) -> Iterator[tuple[str, Atom]]:
    seven = (Number("7", at=atom.at),)
    if isinstance(atom, Raised) and not atom.sup:
        yield "power", replace(atom, sup=seven)
    if isinstance(atom, Scripted) and not atom.sub:
        yield "subscript", replace(atom, sub=seven)
    if isinstance(atom, Primed):
        yield "prime", replace(atom, primes=atom.primes + 1)
    for field in fields(atom):
        held: Any = getattr(atom, field.name)
        if field.name != "rows" and isinstance(held, tuple) and all(isinstance(each, Atom) for each in held):
            for what, other in changed(held):
                its: dict[str, Any] = {field.name: other}
                yield f"{field.name}.{what}", replace(atom, **its)


def said(atoms: Atoms, names: Names, tex: str) -> list[object]:
    """What a formula says of a page's names."""
    found: list[object] = []
    for part in with_conditions(statements(atoms), names):
        its = head(part, names)
        kept = [getattr(its, field, None) for field in ("name", "names", "parameters", "components")]
        found += [type(its), kept, *read(its, names, tex)]
    return found


def passed_over(page: str) -> set[str]:
    """What may be changed in the formulas of a page without a change of what they say."""
    names = names_of(pages.read("page.md", page), [])
    found = set()
    for tex in (formula.equation.tex for formula in names.formulas if formula.failure is None):
        tree = katex.tree(tex, True)
        assert isinstance(tree, katex.Tree)
        atoms = flattened(tree.nodes, tex)
        try:
            meant = said(atoms, names, tex)
        except Refusal:
            continue  # a map's components see more than its page does
        for what, other in changed(atoms):
            try:
                if said(other, names, tex) == meant:
                    found.add(what)
            except Refusal:
                pass
    return {what for what in found if not what.endswith(SAYS_NOTHING)}


@pytest.mark.parametrize("case", TRUE, ids=lambda case: f"{case.file} {case.name}")
def test_nothing_is_passed_over(case: Case) -> None:
    assert passed_over(case.page) == SAID_TWICE.get(case.name, set())


def test_what_is_passed_over_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.test_nothing_unread.SAYS_NOTHING", ())
    page = "```math {#x}\nx, y \\in \\mathbb{R}.\n```\n"
    assert passed_over(page) == {"without Times"}
