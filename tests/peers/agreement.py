"""Whether two sets of numbers agree, and the errors that must not pass for agreement."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from tests.peers.printed import Numbers

# Two programs that compute the same in floats; a wrong factor of 1.0005 is ten million times as far off.
TOLERANCE = 1e-11
# A probability less a certainty, S_y - 1, keeps 13 digits when it is this small, and fewer below.
SMALL = 1e-3


def disagreement(got: Any, expected: Any) -> float:
    """Largest difference, relative to the largest number expected; infinite where shapes differ or nan is met."""
    got, expected = np.asarray(got, dtype=float), np.asarray(expected, dtype=float)
    if got.shape != expected.shape or not np.isfinite(got).all() or not np.isfinite(expected).all():
        return np.inf
    worst = float(np.max(np.abs(got - expected), initial=0.0))
    return worst / max(SMALL, float(np.max(np.abs(expected), initial=0.0)))


def scaled(right: Numbers) -> Numbers:
    return 1.0005 * right


def one_sign(right: Numbers) -> Numbers:
    """The largest entry, with the other sign."""
    wrong = np.array(right, dtype=float)
    wrong.flat[np.abs(wrong).argmax()] *= -1
    return wrong


def one_entry(right: Numbers) -> Numbers:
    """The largest entry, a thousandth too large."""
    wrong = np.array(right, dtype=float)
    wrong.flat[np.abs(wrong).argmax()] *= 1.001
    return wrong


WRONG: dict[str, Callable[[Numbers], Numbers]] = {"×1.0005": scaled, "one sign": one_sign, "one entry": one_entry}
