"""What snippets return is compared to as many digits as floats have there, and no fewer."""

from __future__ import annotations

from pathlib import Path

import pytest

from verimath.code import returned
from verimath.derivation.builds_on import Derivation, from_disk
from verimath.report.findings import Options, check_pages


@pytest.mark.parametrize(
    ("got", "expected", "size", "says"),
    [
        (1.0, 1.0, 1.0, None),
        (1.0 + 1e-12, 1.0, 1.0, None),
        (1.0 + 1e-9, 1.0, 1.0, "it returns 1, the equation's first side is 1, 1e-09 away"),
        (1e-12, 0.0, 1.0, None),
        (1e-9, 0.0, 0.0, "it returns 1e-09, the equation's first side is 0"),
        ([1.0, 2.0], [1.0, 2.0], 1.0, None),
        ([1.0, 2.0], [1.0, None], 1.0, None),
        ([1.0, 2.0], [1.0, 3.0], 1.0, "it returns 2, the equation's first side is 3"),
        ([1.0], 1.0, 1.0, "it returns an array of shape (1,), the equation's first side is a number"),
        (
            [[1.0]],
            [1.0],
            1.0,
            "it returns an array of shape (1, 1), the equation's first side is an array of shape (1,)",
        ),
        (float("nan"), 1.0, 1.0, "it returns nan, the equation's first side is 1"),
    ],
)
def test_how_numbers_differ(got: object, expected: object, size: float, says: str | None) -> None:
    assert returned.differs(got, expected, lambda: size, 0.0) == says


@pytest.mark.parametrize(
    ("got", "usual", "says"),
    [
        (2e-13, 1.0, None),
        (2e-13, 1e-3, "it returns 2e-13, the equation's first side is 1e-13"),
        (1e-9, 1.0, "it returns 1e-09, the equation's first side is 1e-13"),
    ],
)
def test_what_nearly_vanishes_is_measured_by_what_it_is_elsewhere(got: float, usual: float, says: str | None) -> None:
    assert returned.differs(got, 1e-13, lambda: 1e-13, usual) == says


@pytest.mark.parametrize("seed", [3, 10])
def test_right_snippets_hold_with_other_seeds(seed: int) -> None:
    """On these, the loss of a good answer is far below what floats keep of it."""
    options = Options(seed=seed, folders=(Path("snippets"),))
    reports = check_pages(Derivation(from_disk), ["docs/fr/curvature.md", "docs/fr/convexity.md"], options)
    assert [report.label for report in reports if not report.is_expected] == []
