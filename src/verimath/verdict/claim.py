"""A claim on its trials: every link of its chain, for every value of its free indices."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from ..evaluation import Frame, evaluate
from ..evaluation.magnitude import size_of
from ..meaning.statement import Claim
from ..message.refusal import EmptySet, Overflow, Refusal, Witness
from ..numbers.array import Value
from ..numbers.scalar import digits, exact, show
from ..trials.page_trials import ATTEMPTS, Trials
from .agreement import (
    AGREE,
    DIGITS,
    ORDER,
    STRICT,
    decided,
    half_units,
    in_floats,
    is_apart,
    is_clear,
    pairs_of,
    rounds_to,
)
from .instances import Combination, Instances

INEQUALITIES = {"<", "≤", ">", "≥", "≠"}
# On the first trials, what floats say of an inequality, or of a difference that is small only beside the other
# components, is confirmed with more digits; on the very first, all that they say.
CONFIRMED = 2

# How near the sides of a link that orders them came, relative to their size: by its place, and by trial, wild or not.
Slack = dict[int, dict[tuple[int, bool], float]]


@dataclass(frozen=True)
class Checked:
    """What a claim that holds has shown.

    Attributes:
        count: on how many trials it was checked.
        worst: the largest relative difference of equal sides; None where nothing was compared.
        slack: of its inequalities.
    """

    count: int
    worst: float | None
    slack: Slack


class Blind(Exception):
    """Where floats can't tell what more digits say: no place to seek a counterexample in."""


class _Check:
    """A claim being checked; `trusting` believes floats where they say that an inequality holds, however narrowly."""

    def __init__(self, claim: Claim, trials: Trials, trusting: bool = False) -> None:
        self.claim, self.trials, self.trusting = claim, trials, trusting
        self.instances = Instances(claim, trials)
        self.worst: float | None = None
        self.slack: Slack = {}
        self.links = claim.links

    def check(self) -> tuple[int, float | None]:
        count = self._on_trials(False)
        if INEQUALITIES & {*self.claim.relations}:
            count += self._on_trials(True)
        if not count:
            said = "no trial fulfils its condition, or its sets are empty"
            raise Refusal(said, "correct the condition", rule=2, at=self.claim.at)
        return count, self.worst

    def _on_trials(self, wild: bool) -> int:
        count = 0
        false = None
        for trial in range(self.trials.count * ATTEMPTS):
            try:
                count += self.on_trial(trial, wild)
            except Refusal as failure:
                if self.trials.trial(trial, wild).draw.extreme and (failure.verdict != "false" or failure.is_tie):
                    # There, an inequality may have no value, or sides that no arithmetic tells apart.
                    continue
                # Ill-formed outweighs false: another trial may show that it is.
                if failure.verdict != "false":
                    raise
                false = false or failure
                count += 1
            if count == self.trials.count:
                break
        if false is not None:
            raise false
        return count

    def on_trial(self, trial: int, wild: bool) -> bool:
        """Check the claim on one trial; whether the trial counts."""
        opened = self.instances.opened(trial, wild)
        if opened is None:
            return False
        fixed, ranges = opened
        counts = False
        self.waiting: list[tuple[int, Combination, float]] = []
        self.largest: dict[int, float] = {}
        for values in product(*ranges.values()):
            self._guarded(lambda: self.trials.effort.spend(1), Combination(trial, wild, fixed, ()))
            counts |= self._on_values(Combination(trial, wild, fixed, tuple(zip(ranges, values, strict=True))))
        self._settle()
        return counts

    def _settle(self) -> None:
        """Sides that differ by more than their own rounding: beside the other components it may be rounding yet."""
        for place, combination, gap in self.waiting:
            if combination.trial >= CONFIRMED and gap <= AGREE * self.largest[place]:
                self.worst = max(self.worst or 0.0, gap / self.largest[place])
            else:
                self._guarded(lambda: self._decide(place, combination), combination)  # noqa: B023 - called at once

    def _on_values(self, combination: Combination) -> bool:
        def evaluated() -> bool:
            if not self.instances.counts(combination):
                return False
            frame = self.instances.frame(combination)
            values: list[Value] | None
            try:
                values = [evaluate(side, frame) for side in self.claim.sides]
            except Overflow:
                values = None
            except Refusal:
                if not self._has_values(combination):
                    raise
                values = None
            for place in range(len(self.links)):
                self._on_link(place, combination, frame, values)
            return True

        return self._guarded(evaluated, combination)

    def _has_values(self, combination: Combination) -> bool:
        """Whether the sides have values in many digits: floats may have rounded to 0 what something is divided by."""
        try:
            frame = self.instances.frame(combination, DIGITS[0])
            return all(evaluate(side, frame) is not None for side in self.claim.sides)
        except Refusal:
            return False

    def _guarded(self, work: Callable[[], bool | None], combination: Combination) -> bool:
        """Do a part of the check; what has no value makes the claim ill-formed, with the place and the trial."""
        try:
            return work() is not False
        except EmptySet:
            return False
        except Refusal as refusal:
            where = self.instances.shown(combination) if refusal.where is None else ""
            refusal.on(where, self.claim.at)
            raise

    def _on_link(self, place: int, combination: Combination, frame: Frame, values: list[Value] | None) -> None:
        left, relation, right, at = self.links[place]
        if values is None:
            self._decide(place, combination)
            return
        try:
            pairs = pairs_of(values[place], values[place + 1], left, right)
        except Refusal as refusal:
            refusal.on(self.instances.shown(combination), at)
            raise
        if relation == "≈":
            self._approximately(place, pairs, combination)
            return
        size: list[float] = []

        def sized() -> float:
            if not size:
                size.append(max(size_of(left, frame), size_of(right, frame)))
            return size[0]

        confirm = combination.trial < CONFIRMED
        doubtful = 0.0
        for a, b in pairs:
            try:
                outcome = in_floats(a, b, relation, sized)
            except Overflow:
                outcome = None
            except Refusal as refusal:
                refusal.on("", at)
                raise
            if outcome is None or (confirm and (size or relation != "=")) or combination.trial == 0:
                self._decide(place, combination, pairs)
                return
            if relation == "=":
                self.largest[place] = max(
                    self.largest.get(place, 0.0), float(abs(a)), float(abs(b)), sized() if size else 0.0
                )
                if outcome.holds is None:
                    doubtful = max(doubtful, float(abs(a - b)))
                    continue
                self.worst = max(self.worst or 0.0, outcome.difference)
            elif outcome.holds is None and not (self.trusting and relation in ORDER and ORDER[relation](a, b)):
                self._decide(place, combination, pairs)
                return
            elif relation in ORDER and a != b:
                scale = float(max(abs(a), abs(b))) if a and b else sized()
                self._note_slack(place, combination, float(abs(a - b)), scale)
        if doubtful:
            self.waiting.append((place, combination, doubtful))

    def _note_slack(self, place: int, combination: Combination, gap: float, scale: float) -> None:
        if gap > AGREE * scale:
            found, key = self.slack.setdefault(place, {}), (combination.trial, combination.wild)
            found[key] = min(found.get(key, math.inf), gap / scale)

    def with_digits(self, place: int, combination: Combination, many: int) -> list[tuple[Any, Any]]:
        """The numbers of a link's two sides in many digits."""
        left, _, right, _ = self.links[place]
        frame = self.instances.frame(combination, many)
        context = digits(many)
        pairs = pairs_of(evaluate(left, frame), evaluate(right, frame), left, right)
        return [(exact(a, context), exact(b, context)) for a, b in pairs]

    def _decide(self, place: int, combination: Combination, rough: list[tuple[Any, Any]] | None = None) -> None:
        self._in_digits(place, combination, rough)
        if self.trusting:
            raise Blind

    def _in_digits(self, place: int, combination: Combination, rough: list[tuple[Any, Any]] | None) -> None:
        """Compare a link in 50 and in 100 digits, and in 200 where they can't tell; `rough` are its floats."""
        relation = self.links[place][1]
        readings = [self.with_digits(place, combination, DIGITS[0])]
        if relation == "≈":
            self._approximately(place, readings[0], combination)
            return
        floats: Sequence[tuple[Any, Any] | None] = rough if rough else [None] * len(readings[0])
        if all(is_clear(pair, near, relation) for pair, near in zip(readings[0], floats, strict=True)):
            return
        readings.append(self.with_digits(place, combination, DIGITS[1]))
        verdicts = [decided(list(each), relation) for each in zip(*readings, strict=True)]
        if None in verdicts:
            readings.append(self.with_digits(place, combination, DIGITS[2]))
            verdicts = [decided(list(each), relation) for each in zip(*readings, strict=True)]
        for entry, (true, pair) in enumerate(zip(verdicts, readings[0], strict=True)):
            if not true:
                failure = self._false(place, pair, entry if len(verdicts) > 1 else None, combination)
                failure.is_tie = relation in STRICT and not is_apart(pair)
                raise failure

    def _approximately(self, place: int, pairs: list[tuple[Any, Any]], combination: Combination) -> None:
        left, _, right, at = self.links[place]
        halves = half_units(right) or half_units(left)
        if halves is None:
            raise Refusal(
                "\\approx without a printed decimal number", "write one on its right side", rule=26, at=at, where=""
            )
        if len(halves) == 1:
            halves *= len(pairs)  # a 0 that stands for an array
        for entry, ((a, b), half) in enumerate(zip(pairs, halves, strict=True)):
            if not rounds_to(a, b, half):
                raise self._false(place, (a, b), entry if len(pairs) > 1 else None, combination)

    def _false(self, place: int, pair: tuple[Any, Any], entry: int | None, combination: Combination) -> Refusal:
        _, relation, _, at = self.links[place]
        where = self.instances.shown(combination)
        component = f", component {entry + 1}" if entry is not None else ""
        witness = Witness(f"{where}{component}", show(pair[0]), show(pair[1]))
        evidence = f"{witness.where}: the left side is {witness.left}, the right side {witness.right}"
        if show(pair[0]) == show(pair[1]) and relation == "=":
            gap = abs(pair[0] - pair[1])
            evidence += f", {show(gap)} apart"
        return Refusal(evidence, "correct the formula, or what it reads", at=at, where="", witness=witness)


def check_claim(claim: Claim, trials: Trials) -> Checked:
    """Check a claim.

    Raises:
        Refusal: if it is false or ill-formed.
    """
    for left, _, right, at in claim.links:
        if left == right:
            raise Refusal("both sides are the same formula", "write what is to be compared", at=at)
    check = _Check(claim, trials)
    return Checked(*check.check(), check.slack)


def slack_on(trial: int, wild: bool, claim: Claim, trials: Trials) -> float:
    """How near the two sides of a claim come on one trial, infinite where that can't be said.

    Raises:
        Refusal: if the claim is false there, or ill-formed.
        Blind: where it holds, and floats say that it doesn't.
    """
    check = _Check(claim, trials, trusting=True)
    check.on_trial(trial, wild)
    return check.slack.get(0, {}).get((trial, wild), math.inf)
