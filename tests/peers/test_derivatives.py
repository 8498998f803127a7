"""The derivatives that the pages print, each side as verimath evaluates it, against JAX's on the same trials."""

from __future__ import annotations

import numpy as np
import pytest

from tests.peers.agreement import TOLERANCE, WRONG, disagreement
from tests.peers.derivatives import PRINTED, ZERO, Printed
from tests.peers.printed import ALL, DOCS, claims, drawn, scope_of, sides
from verimath.cli.rulebook import PAGES
from verimath.meaning.expression import Derivative, Prime
from verimath.meaning.statement import Claim


@pytest.mark.parametrize("case", PRINTED, ids=str)
def test_each_side_is_the_derivative_and_a_wrong_one_is_not(case: Printed) -> None:
    right: list[float] = []
    wrong: dict[str, list[float]] = {error: [] for error in WRONG}
    for trial in ALL:
        expected = np.asarray(case.oracle(drawn(case.page, trial)), dtype=float)
        for side in sides(case.page, case.label, case.letters, trial, case.which):
            right.append(disagreement(side, expected))
            for error, spoil in WRONG.items():
                wrong[error].append(disagreement(spoil(side), expected))
    assert len(right) >= 2 * len(ALL)
    assert max(right) <= TOLERANCE
    for error, far in wrong.items():
        # Where there is one class, or one component, some derivatives are 0, and no factor shows.
        seen = sum(distance > TOLERANCE for distance in far)
        assert seen >= len(far) / 2, f"{error}: {seen} of {len(far)} seen"


@pytest.mark.parametrize("case", ZERO, ids=str)
def test_what_is_zero_is_and_what_is_nearly_is_not(case: Printed) -> None:
    for trial in ALL:
        expected = np.asarray(case.oracle(drawn(case.page, trial)), dtype=float)
        assert not expected.any()
        for side in sides(case.page, case.label, case.letters, trial, case.which):
            assert disagreement(side, expected) <= TOLERANCE
            assert disagreement(side + 1e-9, expected) > TOLERANCE


def claims_a_derivative(claim: Claim) -> bool:
    """Whether it says what a derivative equals."""
    return isinstance(claim.sides[0], Derivative | Prime) and {*claim.relations} == {"="}


def test_no_derivative_of_the_pages_is_left_out() -> None:
    printed = {
        (page.stem, formula.equation.label, which)
        for page in DOCS.glob("*.md")
        if page.name not in PAGES  # whose examples are of other things
        for formula in scope_of(page.stem).formulas
        if formula.equation.expected == "holds"
        for which, claim in enumerate(claims(page.stem, formula.equation.label))
        if claims_a_derivative(claim)
    }
    assert len(printed) > 60
    assert printed <= {(case.page, case.label, case.which) for case in (*PRINTED, *ZERO)}
