"""To how many digits the sides of a claim agree, in arithmetic of 50."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import islice

from ..derivation.builds_on import Derivation
from ..evaluation import evaluate
from ..evaluation.effort import OPENING
from ..evaluation.magnitude import size_of
from ..meaning.statement import Claim
from ..message.refusal import Refusal
from ..numbers.dual import plain
from ..trials.page_trials import Trials
from .agreement import pairs_of
from .instances import Instances

DIGITS = 50


def agreements(
    derivation: Derivation, files: list[str], seed: int, count: int, only: str | None
) -> Iterator[tuple[str, str]]:
    """For each equation whose claims say =, how many digits its sides agree to on the worst trial."""
    for file in files:
        try:
            node = derivation.node(file)
        except Refusal:
            continue
        trials = Trials(node.names, seed, count)
        for formula in node.names.formulas:
            equation = formula.equation
            if formula.failure is None and equation.expected == "holds" and only in (None, equation.label):
                worst = [_digits(claim, trials) for claim in formula.statements if isinstance(claim, Claim)]
                numbers = [number for number in worst if number is not None]
                if numbers:
                    yield equation.label, "all 50 digits" if min(numbers) >= DIGITS else f"{min(numbers):.1f} digits"


def _digits(claim: Claim, trials: Trials) -> float | None:
    """The agreement of a claim's equal sides; None where it says = nowhere, or has no value."""
    links = [(left, right) for left, relation, right, _ in claim.links if relation == "="]
    if not links:
        return None
    trials.effort.start()
    worst = math.inf
    try:
        for instance in islice(Instances(claim, trials).opened(), trials.count):
            for combination in instance.combinations():
                instance.trial.spend(OPENING)
                if combination.counts():
                    frame = combination.frame(DIGITS)
                    for left, right in links:
                        pairs = pairs_of(evaluate(left, frame), evaluate(right, frame), left, right)
                        size = max(size_of(left, frame), size_of(right, frame))
                        worst = min(worst, *(_agreement(a, b, size) for a, b in pairs), math.inf)
    except Refusal:
        return None
    return worst


def _agreement(a: object, b: object, size: float) -> float:
    """Digits, relative to the terms that make the sides."""
    gap, scale = abs(plain(a) - plain(b)), max(abs(plain(a)), abs(plain(b)), size)
    return math.inf if gap == 0 else -float(math.log10(gap / scale)) if scale else math.inf
