"""Two forms of one value are equal; with a number changed, they are false unless Python finds them equal yet."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.fuzz.claims import verdict, verdict_of_python
from tests.fuzz.laws import Identity, identities, perturbed
from tests.fuzz.pairs import Pair, add, literal, negative
from tests.fuzz.profile import examples, is_refuted
from verimath.meaning.expression import Name
from verimath.verdict import agreement as comparison
from verimath.verdict import claim as claims


def holds(of: Identity, columns: bool) -> None:
    """That an identity holds, for the checker and for Python."""
    assume(of.left.tree != of.right.tree)
    assert verdict_of_python(of, columns) == "holds"
    assert verdict(of, columns) == "holds"


def is_judged_as_in_python(of: Identity, columns: bool) -> None:
    """That the checker's verdict is Python's."""
    assume(of.left.tree != of.right.tree)
    assert verdict(of, columns) == verdict_of_python(of, columns)


ROWS, COLUMNS = identities(columns=False), identities(columns=True)


@examples(0.2)
@given(ROWS)
def test_an_identity_holds(of: Identity) -> None:
    holds(of, False)


@examples(0.1)
@given(COLUMNS)
def test_an_identity_of_columns_holds(of: Identity) -> None:
    holds(of, True)


@examples(0.2)
@given(ROWS.flatmap(perturbed))
def test_an_identity_with_another_number_is_false(of: Identity) -> None:
    is_judged_as_in_python(of, False)


@examples(0.1)
@given(COLUMNS.flatmap(perturbed))
def test_an_identity_of_columns_with_another_number_is_false(of: Identity) -> None:
    is_judged_as_in_python(of, True)


# What the two sides of an identity fulfil, and what they don't.
ORDERS = {"≤": "holds", "≥": "holds", "<": "false", ">": "false", "≠": "false"}


def is_no_strict_inequality(of: Identity, relation: str) -> None:
    """That equal sides are ≤ and ≥, and none is less than the other; also where trials are wild."""
    assume(of.left.tree != of.right.tree)
    assert verdict(of, False, relation) == ORDERS[relation]


@examples(0.2)
@given(ROWS, st.sampled_from(list(ORDERS)))
def test_an_identity_is_no_strict_inequality(of: Identity, relation: str) -> None:
    is_no_strict_inequality(of, relation)


def test_a_checker_for_which_less_may_be_equal_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparison, "STRICT", frozenset())
    assert is_refuted(is_no_strict_inequality, ROWS, st.sampled_from(list(ORDERS)))


def test_a_law_that_is_none_is_seen() -> None:
    a, b = (Pair(tree_, tree_.name) for tree_ in (Name("a"), Name("b")))
    wrong = Identity(add(a, negative(b)), add(b, negative(a)))
    assert is_refuted(lambda of: holds(of, False), st.just(wrong))


def test_numbers_that_are_told_apart_in_python_are_in_the_check() -> None:
    near = Identity(literal("1.5"), literal("1.500000000000001"))
    assert verdict_of_python(near, False) == verdict(near, False) == "false"


def test_a_checker_that_takes_all_for_true_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(claims.OnTrial, "_in_digits", lambda self, *_: None)
    assert is_refuted(lambda of: is_judged_as_in_python(of, False), ROWS.flatmap(perturbed))
