"""A claim on its trials: every link of its chain, for every value of its free indices."""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from typing import Any, NamedTuple

from ..evaluation import Frame, evaluate
from ..evaluation.effort import COMPARING, EACH_NUMBER
from ..evaluation.magnitude import size_of
from ..meaning.expression import Apply, Call, Comparison, Power
from ..meaning.statement import Claim, expressions
from ..message.refusal import NotSquare, NoValue, OutOfTime, Overflow, Refusal, TooLong, Witness
from ..numbers.absorbed import Lost, about, rounded_to_nothing
from ..numbers.array import Value
from ..numbers.dual import Scalar
from ..numbers.scalar import WATCHED, digits, exact, is_complex, show
from ..trials.page_trials import Trials
from .agreement import (
    AGREE,
    BY_ROUNDING,
    CONFIRMING,
    DIGITS,
    FURTHER,
    MORE,
    ORDER,
    ROUNDED,
    SHRINKS,
    STRICT,
    are_whole,
    decided,
    half_units,
    in_floats,
    is_apart,
    is_clear,
    pairs_of,
    rounds_to,
)
from .excluded import Excluded
from .instances import BOUND, Combination, Instance, Instances, parts_of
from .transposed import explained_by_layout

INEQUALITIES = {"<", "≤", ">", "≥", "≠"}
# What differs by more, beside its terms and beside numbers as trials draw them, isn't made of rounding: even a product
# of sums that are 0 is much smaller.
SLIP = 1e-6
# On so many trials that count, those of the smallest sizes, all that floats say is confirmed with many digits.
CONFIRMED = 2
# A lost term is no smaller than a gap where it is so by up to this power of two: something may multiply it.
FACTOR = 40
# Wild trials on which an equality is tried: of a larger scale, and far from 0, on either side of it.
LARGER = (3, 4, 8, 9, 14, 19)
# Trials that tell sizes apart which are declared apart.
SIZED = (0, 1)

# Where a hunt may start: a trial of some trials, and whether it is wild.
Start = tuple[Trials, int, bool]


@dataclass
class Slack:
    """How near the sides of a link that orders them came, relative to their size.

    Attributes:
        least: by trial, for any values of the letters for which the sides differ.
        ties: the trials on which the sides are equal for some.
        gap: the least by which they differ, whatever their size.
    """

    least: dict[Start, float] = field(default_factory=dict)
    ties: dict[Start, None] = field(default_factory=dict)
    gap: float = math.inf

    def note(self, start: Start, a: Scalar, b: Scalar, size: Callable[[], float]) -> None:
        """Note two sides; `size` is that of the terms that make them, for where one is 0."""
        gap = float(abs(a - b))
        scale = float(max(abs(a), abs(b))) if a and b else max(size(), gap)
        self.gap = min(self.gap, gap)
        if gap > AGREE * scale:
            self.least[start] = min(self.least.get(start, math.inf), _apart(a, b, gap / scale))
        else:
            self.ties[start] = None


def _apart(a: Scalar, b: Scalar, gap: float) -> float:
    """How far apart two numbers are: as their relative gap, if that is small; below 1 if they have the same sign."""
    if is_complex(a) or is_complex(b) or a * b <= 0:
        return gap
    # Of 1 and 10^{-9}, and of 1 and 10^{-30}, the gaps are both about 1; the logarithms tell them apart.
    logarithms = -math.log1p(-gap) if gap < 0.5 else abs(math.log(abs(a)) - math.log(abs(b)))
    return logarithms / (1 + logarithms)


def _is_false(a: Any, b: Any, relation: str, size: Callable[[], float]) -> bool:
    """Whether floats show, by more than rounding, that a link is false; `size` is that of the terms of its sides."""
    return abs(a - b) > SLIP * max(1.0, size()) and (relation == "=" or (relation in ORDER and ORDER[relation](b, a)))


@dataclass
class Checked:
    """What a claim has shown on its trials.

    Attributes:
        count: on how many trials it was checked.
        worst: the largest relative difference of equal sides; None where nothing was compared.
        slack: of each link that is an inequality, by its place.
        excluded: where, among special values, it has none.
        confirmed: on how many trials it said something.
        digits: to how many of 50 digits equal sides agree at least, where that was computed; None where it wasn't.
    """

    count: int = 0
    worst: float | None = None
    slack: dict[int, Slack] = field(default_factory=dict)
    excluded: str = ""
    confirmed: int = 0
    digits: float | None = None

    def note_digits(self, pair: tuple[Any, Any], size: Callable[[], float]) -> None:
        """Note two equal sides in 50 digits; `size` is that of the terms that make them, for where these cancel."""
        gap, scale = abs(pair[0] - pair[1]), max(map(abs, pair))
        if gap > scale * 10.0 ** (1 - DIGITS[0]):
            scale = max(scale, size())
        # Beside a large term, a gap may be too small for a float.
        share = float(gap / scale) if scale else 0.0
        agree = -math.log10(share) if share else DIGITS[0]
        self.digits = min(agree, DIGITS[0], DIGITS[0] if self.digits is None else self.digits)

    def note_difference(self, difference: float) -> None:
        self.worst = max(self.worst or 0.0, difference)

    def note_again(self, first: Start, again: Start) -> None:
        """Note a trial that is the same as an earlier one."""
        for slack in self.slack.values():
            if first in slack.least:
                slack.least[again] = slack.least[first]
            if first in slack.ties:
                slack.ties[again] = None

    def note_slack(self, place: int, instance: Instance, a: Scalar, b: Scalar, size: Callable[[], float]) -> None:
        start = instance.of.trials, instance.number, instance.wild
        self.slack.setdefault(place, Slack()).note(start, a, b, size)


class OnTrial:
    """A claim on one trial: every link of its chain, for all values of its letters.

    Args:
        instance: the claim, opened on the trial.
        checked: where what it shows is noted.
        trusting: believe floats where they say that an inequality holds, however narrowly, and stop where they don't.
        hasty: believe floats where they say that it is false, by more than rounding.
        roughly: ask no digits.
        confirming: believe floats nothing.

    Attributes:
        counts: whether the claim says something there.
        is_rounded: what makes it false is less than 200 digits hold beside the terms of its sides.
        blind: it stopped, since floats can't tell what more digits say: no place to seek a counterexample in.
    """

    def __init__(
        self,
        claim: Claim,
        instance: Instance,
        checked: Checked,
        *,
        trusting: bool = False,
        hasty: bool = False,
        roughly: bool = False,
        confirming: bool = False,
    ) -> None:
        self.claim, self.links, self.instance = claim, claim.links, instance
        self.checked, self.trusting, self.hasty, self.confirming = checked, trusting, hasty, confirming
        self.roughly, self.counts, self.blind, self.is_rounded = roughly, False, False, False
        # Sides that differ by more than their own rounding, and the largest component beside them, by link.
        self._doubtful: list[tuple[int, Combination, float]] = []
        self._largest: dict[int, float] = {}
        # The sides in many digits, by their number and by how many, for these values of the letters.
        self._sides: dict[tuple[int, int], Value] = {}
        self._beside: Combination | None = None

    def check(self) -> None:
        """Compare the sides.

        Raises:
            Refusal: if the claim is false there, or ill-formed.
        """
        work = self.instance.of.work
        for combination in self.instance.combinations():
            with combination.placing(self.claim.at):
                self.instance.trial.spend(work)
                self.counts |= self._on_values(combination)
            if self.blind:
                break
        for place, combination, gap in self._doubtful:
            # Beside the other components, it may be rounding yet.
            if gap <= AGREE * self._largest[place]:
                self.checked.note_difference(gap / self._largest[place])
            else:
                with combination.placing(self.claim.at):
                    self._decide(place, combination)

    def check_last(self) -> None:
        """Compare the sides in digits, for the last values of the letters alone of which the claim says something.

        Raises:
            Refusal: if the claim is false there, or ill-formed.
        """
        for combination in self.instance.combinations(backwards=True):
            with combination.placing(self.claim.at):
                self.instance.trial.spend(self.instance.of.work)
                if combination.counts():
                    for place in range(len(self.links)):
                        self._decide(place, combination)
                    break

    def _on_values(self, combination: Combination) -> bool:
        """Compare the sides for some values of the letters; whether the claim says something of them."""
        if not combination.counts():
            return False
        frame = combination.frame()
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
            if values is None:
                self._decide(place, combination)
            else:
                self._on_link(place, combination, frame, values)
        return True

    def _has_values(self, combination: Combination) -> bool:
        """Whether the sides have values in many digits: floats may have rounded to 0 what something is divided by."""
        try:
            frame = combination.frame(DIGITS[0])
            return all(evaluate(side, frame) is not None for side in self.claim.sides)
        except Refusal:
            return False

    def _on_link(self, place: int, combination: Combination, frame: Frame, values: list[Value]) -> None:
        left, relation, right, at = self.links[place]
        try:
            pairs = pairs_of(values[place], values[place + 1], left, right)
        except Refusal as refusal:
            explained_by_layout(refusal.placed(at), left, right, frame)
            raise
        if len(pairs) > 1:
            self.instance.trial.spend(EACH_NUMBER * len(pairs))
        if relation == "≈":
            self._approximately(place, pairs, combination)
            return
        size: list[float] = []

        def sized() -> float:
            if not size:
                size.append(max(size_of(left, frame), size_of(right, frame)))
            return size[0]

        # Where floats are believed how sides are ordered, however narrowly, the terms don't matter.
        beside = (lambda: 0.0) if self.trusting and relation in ORDER else sized
        if self.confirming:
            self._decide(place, combination, pairs)
        doubtful = 0.0
        for entry, (a, b) in enumerate(pairs):
            try:
                outcome = in_floats(a, b, relation, beside)
            except Overflow:
                outcome = None
            except Refusal as refusal:
                refusal.placed(at)
                raise
            if outcome and self.hasty and outcome.holds is None and _is_false(a, b, relation, sized):
                raise self._false(place, (a, b), entry if len(pairs) > 1 else None, combination)
            if outcome is None or (outcome.holds is None and are_whole(a, b)):
                break
            if relation == "=":
                self._largest[place] = max(
                    self._largest.get(place, 0.0), float(abs(a)), float(abs(b)), sized() if size else 0.0
                )
                if outcome.holds is None:
                    doubtful = max(doubtful, float(abs(a - b)))
                    continue
                self.checked.note_difference(outcome.difference)
            elif outcome.holds is None and not (self.trusting and relation in ORDER and ORDER[relation](a, b)):
                break
            elif relation in INEQUALITIES:
                self.checked.note_slack(place, self.instance, a, b, sized)
        else:
            if doubtful and not self.confirming:
                self._doubtful.append((place, combination, doubtful))
            return
        if not self.confirming:
            self._decide(place, combination, pairs)

    def _with_digits(self, place: int, combination: Combination, many: int) -> list[tuple[Any, Any]]:
        """The numbers of a link's two sides in many digits."""
        left, _, right, _ = self.links[place]
        self.instance.trial.spend(COMPARING)
        context = digits(many)
        if many >= WATCHED:
            context.lost.clear()
            context.divisors.clear()
        pairs = pairs_of(self._side(place, combination, many), self._side(place + 1, combination, many), left, right)
        return [_in_context(a, b, context) for a, b in pairs]

    def _side(self, number: int, combination: Combination, many: int) -> Value:
        """A side in many digits, computed once for the links on its left and on its right; anew if it loses terms."""
        if combination is not self._beside:
            self._beside, self._sides = combination, {}
        if (number, many) in self._sides:
            return self._sides[number, many]
        value = evaluate(self.claim.sides[number], combination.frame(many))
        if many < WATCHED or not (digits(many).lost or digits(many).divisors):
            self._sides[number, many] = value
        return value

    def _decide(self, place: int, combination: Combination, rough: list[tuple[Any, Any]] | None = None) -> None:
        """Compare a link by more digits than a float has, which tell no direction to seek a counterexample in."""
        if self.roughly:
            return
        with self.instance.trial.effort.beyond_share():
            self._in_digits(place, combination, rough)
        self.blind = self.trusting

    def _in_digits(self, place: int, combination: Combination, rough: list[tuple[Any, Any]] | None = None) -> None:
        """Compare a link in 50 and in 100 digits, and in more where they can't tell; all that is confirmed, in 200.

        Args:
            rough: its floats.
        """
        relation = self.links[place][1]
        first, *others = CONFIRMING if self.confirming else (*DIGITS, *FURTHER)
        readings = [self._with_digits(place, combination, first)]
        if relation == "≈":
            self._approximately(place, readings[0], combination)
            return
        size = self._size_in_digits(place, combination, first)
        if relation == "=" and not self.trusting:
            for pair in readings[0]:
                self.checked.note_digits(pair, size)
        floats: Sequence[tuple[Any, Any] | None] = rough if rough else [None] * len(readings[0])
        clear = (is_clear(pair, near, relation, size) for pair, near in zip(readings[0], floats, strict=True))
        if all(clear) and not (self.confirming and relation == "="):
            if self.confirming:
                self._with_digits(place, combination, WATCHED)
                self._refuse_rounded(place, combination)
            return
        verdicts: list[bool | None] = [None]
        # A tie may be one of rounding yet.
        may_part = self.confirming or (relation in STRICT and not self.trusting)
        for many in others:
            # What is false is so with as many digits as are ever taken: fewer may have lost what the truth rests on.
            if not all(verdicts) and (many not in FURTHER or may_part or None in verdicts):
                readings.append(self._with_digits(place, combination, many))
                if many == WATCHED:
                    self._refuse_rounded(place, combination)
                if many == others[0] and self.confirming and digits(many).lost:
                    self._refuse_lost(place, combination)
                    continue  # what cancels and isn't lost in more digits
                size = self._size_in_digits(place, combination, many)
                verdicts = [
                    decided(list(each), relation, many == others[-1], many, size)
                    for each in zip(*readings, strict=True)
                ]
        for entry, true in enumerate(verdicts):
            if not true:
                a, b = pair = readings[-1][entry]
                shown = pair if all(pair) or _is_left(pair, readings[0][entry]) else (0, 0)
                if (near := floats[entry]) is not None and are_whole(*near):
                    shown = near
                failure = self._false(place, shown, entry if len(verdicts) > 1 else None, combination)
                failure.is_tie = relation in STRICT and not is_apart(readings[0][entry])
                if self.trusting or self.confirming:
                    self.is_rounded = bool(abs(a - b) <= 10.0 ** (ROUNDED - WATCHED) * size())
                self._refuse_lost(place, combination, 0 if failure.is_tie else abs(a - b))
                raise failure

    def _size_in_digits(self, place: int, combination: Combination, many: int) -> Callable[[], float]:
        """The size of the terms that make a link's sides in many digits, computed where it is asked for."""
        left, _, right, _ = self.links[place]
        return cache(lambda: max(size_of(side, combination.frame(many)) for side in (left, right)))

    def _refuse_lost(self, place: int, combination: Combination, gap: Scalar = 0) -> None:
        """Refuse a link of which 200 digits lose a term; with a gap between its sides, one that is no smaller.

        Raises:
            Refusal: where that is so.
        """
        least = digits(WATCHED).mag(gap) - FACTOR
        lost, in_more = (self._lost(place, combination, many) for many in (WATCHED, MORE))
        # What is left of terms that cancel is another number in more digits.
        if meant := {each for each in lost & in_more if each[0] >= least}:
            raise Refusal(
                f"this needs more digits: a term of about 10^{about(min(meant))} is lost beside others in {WATCHED}",
                "write numbers that lie nearer to each other",
                at=self.links[place][3],
            )

    def _refuse_rounded(self, place: int, combination: Combination) -> None:
        """Refuse a link, just computed in 200 digits, in which something is divided by what is 0 but for rounding.

        Raises:
            NoValue: where that is so.
        """
        if divisors := {*digits(WATCHED).divisors}:
            self._with_digits(place, combination, MORE)
            if rounded_to_nothing(divisors, digits(MORE).divisors):
                raise NoValue(*BY_ROUNDING, rule=25)

    def _lost(self, place: int, combination: Combination, many: int) -> set[Lost]:
        """What sums lose where a link is computed in many digits."""
        self._with_digits(place, combination, many)
        return {*digits(many).lost}

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
        left, relation, right, at = self.links[place]
        where = combination.shown()
        component = f", component {entry + 1}" if entry is not None else ""
        witness = Witness(f"{where}{component}", show(pair[0]), show(pair[1]))
        evidence = f"{witness.where}: the left side is {witness.left}, the right side {witness.right}"
        if show(pair[0]) == show(pair[1]) and relation == "=":
            gap = abs(pair[0] - pair[1])
            evidence += f", {show(gap)} apart"
        found = Refusal(evidence, "correct the formula, or what it reads", at=at, where="", witness=witness)
        is_of_arrays = entry is not None and relation == "="
        return explained_by_layout(found, left, right, combination.frame()) if is_of_arrays else found


def _in_context(a: Scalar, b: Scalar, context: Any) -> tuple[Scalar, Scalar]:
    """Two sides in a context's digits; of whole numbers that these can't tell apart, what they differ by, and 0."""
    if are_whole(a, b) and a != b and context.mpf(a) == context.mpf(b):
        return context.mpf(a - b), context.mpf(0)
    return exact(a, context), exact(b, context)


def _is_left(last: tuple[Any, Any], first: tuple[Any, Any]) -> bool:
    """Whether more digits leave something of what two sides differ by."""
    return bool(abs(last[0] - last[1]) > SHRINKS * abs(first[0] - first[1]))


class _Counting(NamedTuple):
    """A trial that counts, and its counterexample where it is one."""

    instance: Instance
    false: Refusal | None


def _counted(claim: Claim, instances: Instances, wild: bool, checked: Checked, hasty: bool) -> Iterator[_Counting]:
    """The trials that count.

    Raises:
        Refusal: where the claim is ill-formed.
    """
    for instance in instances.opened(wild):
        on_trial = OnTrial(claim, instance, checked, hasty=hasty)
        try:
            on_trial.check()
        except Refusal as refusal:
            if instance.trial.draw.extreme and (refusal.verdict != "false" or refusal.is_tie):
                # There, an inequality may have no value, or sides that no arithmetic tells apart.
                continue
            if _is_by_rounding(refusal, instance):
                continue
            # Ill-formed outweighs false: another trial may show that it is.
            if refusal.verdict != "false":
                raise
            yield _Counting(instance, refusal)
        else:
            if on_trial.counts:
                yield _Counting(instance, None)


def _is_by_rounding(refusal: Refusal, instance: Instance) -> bool:
    """Whether what a trial shows is shown where a condition holds by rounding alone."""
    is_seen = refusal.verdict == "false" or isinstance(refusal, NoValue)
    return is_seen and instance.of.fulfilled_by_rounding(instance.number, instance.wild)


def _confirm(claim: Claim, counted: Sequence[Instance], checked: Checked) -> None:
    """Confirm with many digits what floats say of trials that count.

    Many digits cost the more, the larger arrays are. So the smallest are taken, those where a size is 1, which leaves
    sums of one term, last; and where a size is largest, the last values of the letters alone, in fewer digits.

    Raises:
        Refusal: where the claim is false or ill-formed there.
    """

    def order(instance: Instance) -> tuple[bool, int]:
        sizes = instance.sizes()
        return 1 in sizes, math.prod(sizes)

    by_size = sorted(counted, key=order)
    smallest, others = by_size[: CONFIRMED - checked.confirmed], by_size[CONFIRMED - checked.confirmed :]
    largest = {
        max(others, key=lambda each: each.sizes()[n]): None for n in range(len(others[0].sizes()) if others else 0)
    }
    for instance in (*smallest, *largest):
        try:
            if instance in largest:
                OnTrial(claim, instance, checked).check_last()
            else:
                OnTrial(claim, instance, checked, confirming=True).check()
        except Refusal as refusal:
            if not _is_by_rounding(refusal, instance):
                refusal.tried = checked.count
                raise
        else:
            checked.confirmed += instance not in largest


class _Seen(NamedTuple):
    """What is seen on a structured trial.

    Attributes:
        number: the trial's.
        counts: whether the claim says something there.
        lost: whether a side has no value there.
    """

    number: int
    counts: bool
    lost: bool


def _on_special_values(claim: Claim, trials: Trials, checked: Checked) -> int:
    """Check a claim on structured trials: what is false there is false, and where a side has no value doesn't count.

    Returns:
        How many of them count.

    Raises:
        Refusal: if the claim is false there, or ill-formed.
    """
    letters = [letter for quantifier in Instances(claim, trials).drawn for letter in quantifier.letters]
    bound = tuple(f"{BOUND}{letter}" for letter in letters)
    special = trials.structured(trials.names.read_by(expressions(claim)), bound=bound)
    assert special.plan is not None
    symbols = [name for name in (*special.plan.sizes, *special.plan.columns) if name not in bound]
    instances, excluded = Instances(claim, special), Excluded(tuple(dict.fromkeys([*symbols, *letters])))
    # Where all symbols have the values that they had before, so is all that follows from them.
    known: dict[Hashable, _Seen] = {}
    for number in range(special.count):
        values = number if instances.drawn else special.told(number)
        if values in known and checked.confirmed >= CONFIRMED:
            checked.note_again((special, known[values].number, False), (special, number, False))
        else:
            known[values] = _on_special(claim, instances, number, checked)
        seen = known[values]
        checked.confirmed += seen.counts
        if seen.counts or seen.lost:
            (excluded.lost if seen.lost else excluded.counted).append(instances.with_letters(seen.number))
    checked.excluded = excluded.where()
    return len(excluded.counted)


def _on_special(claim: Claim, instances: Instances, number: int, checked: Checked) -> _Seen:
    """Check a claim on one structured trial.

    Raises:
        Refusal: if the claim is false there, or ill-formed.
    """
    counts, lost = False, False
    try:
        if (instance := instances.on(number)) is not None:
            on_trial = OnTrial(claim, instance, checked, confirming=checked.confirmed < CONFIRMED)
            on_trial.check()
            counts = on_trial.counts
    except (NoValue, Overflow):
        lost = True
    except Refusal as refusal:
        if refusal.witness is None or not instances.fulfilled_by_rounding(number):
            refusal.tried = checked.count + number + 1
            raise
    return _Seen(number, counts, lost)


def check_claim(claim: Claim, trials: Trials, thorough: bool = True, hasty: bool = False) -> Checked:
    """Check a claim; `thorough` tries it at special values too, `hasty` believes floats that show it false.

    Raises:
        Refusal: if it is false or ill-formed.
    """
    for left, _, right, at in claim.links:
        if left == right:
            raise Refusal("both sides are the same formula", "write what is to be compared", at=at)
    for condition in parts_of(claim.reach.conditions):
        if isinstance(condition, Comparison) and (condition.sides, condition.relations) == (
            claim.sides,
            claim.relations,
        ):
            raise Refusal("the condition is the claim itself", "write what is to be claimed", rule=2, at=condition.at)
    instances, checked = Instances(claim, trials), Checked()
    _refuse_square_by_chance(claim, instances)
    for wild in (False, True) if INEQUALITIES & {*claim.relations} else (False,):
        found: list[_Counting] = []
        try:
            found.extend(islice(_counted(claim, instances, wild, checked, hasty), trials.count))
        except (TooLong, OutOfTime):
            # What was false before stays so.
            if not any(counting.false for counting in found):
                raise
        for number, (_, false) in enumerate(found, checked.count + 1):
            if false is not None:
                false.tried = number
                raise false
        checked.count += len(found)
        if not hasty:
            _confirm(claim, [instance for instance, _ in found if not instance.trial.draw.extreme], checked)
    _at_larger_sizes(claim, instances, checked)
    if thorough and not INEQUALITIES & {*claim.relations}:
        _at_larger_numbers(claim, instances, checked)
    special = _on_special_values(claim, trials, checked) if thorough else 0
    # Those that are found on few trials only may be special too, such as matrices of one row.
    few = not checked.count and _asks_for_equality(claim)
    if instances.is_seeking or instances.everywhere:
        few = instances.unfound > checked.count or instances.lacks_sizes()
    few |= bool(instances.equations) and instances.is_small()
    if instances.is_small() and not (few or hasty):
        raise Refusal(
            "no larger sizes are found that fulfil its condition",
            "declare the set that it says, such as x \\in (\\mathbb{R}_{+}^{*})^{n}, or write n \\leq 3 too",
            rule=2,
            at=claim.at,
        )
    if few and (checked.count or special) and not hasty:
        raise instances.unfulfilled().placed(claim.at)
    # Of few trials, none may fulfil its condition.
    if not checked.count and not hasty:
        said = "no trial fulfils its condition, or its sets are empty"
        raise Refusal(said, "correct the condition", rule=2, at=claim.at)
    return checked


def _at_larger_sizes(claim: Claim, instances: Instances, checked: Checked) -> None:
    """Check a claim whose condition chance fulfils at small sizes alone on trials of others.

    Raises:
        Refusal: if it is false there.
    """
    for instance in instances.larger():
        try:
            OnTrial(claim, instance, checked, hasty=True).check()
        except Refusal as refusal:
            if refusal.witness is not None and not instance.of.fulfilled_by_rounding(instance.number):
                refusal.tried = checked.count
                raise


def _at_larger_numbers(claim: Claim, instances: Instances, checked: Checked) -> None:
    """Check an equality where numbers are larger than usual: near 0, an angle is its own principal value, and others.

    There, it may have no value, or sides that no arithmetic tells apart: 1 - S and what is beside S, of a sum S that is
    1 to all digits. So digits are asked only where floats show it false.

    Raises:
        Refusal: if it is false there.
    """
    for number in LARGER:
        try:
            if (instance := instances.on(number, wild=True)) is not None and _is_rough(claim, instance):
                OnTrial(claim, instance, Checked()).check()
        except (TooLong, OutOfTime):
            raise
        except Refusal as refusal:
            if refusal.witness is not None and not instances.fulfilled_by_rounding(number, wild=True):
                refusal.tried = checked.count + 1
                raise


def _is_rough(claim: Claim, instance: Instance) -> bool:
    """Whether floats show a claim false on a trial, by more than rounding."""
    try:
        OnTrial(claim, instance, Checked(), hasty=True, roughly=True).check()
    except (TooLong, OutOfTime):
        raise
    except Refusal as refusal:
        return refusal.witness is not None
    return False


def _refuse_square_by_chance(claim: Claim, instances: Instances) -> None:
    """Refuse a matrix that is square only where the claim's condition makes two sizes equal.

    Raises:
        NotSquare: where there is one.
    """
    if not claim.reach.conditions:
        return
    nodes = [part for side in claim.sides for part in side.walk()]
    letters = {letter: 1 for node in nodes for letter in node.binds()} | dict.fromkeys(instances.letters, 1)
    suspects = [node for node in nodes if isinstance(node, Call | Power | Apply)]
    # On one trial alone, a size may be equal to a printed one.
    for number in SIZED if suspects else ():
        frame = instances.frame(number, False, ()).having(letters)
        for node in suspects:
            try:
                evaluate(node, frame)
            except NotSquare as refusal:
                raise refusal.on("by the sizes that are declared", claim.at) from None
            except Refusal:
                continue  # which may have a value where the condition holds


def _asks_for_equality(claim: Claim) -> bool:
    """Whether a condition says that two numbers are equal, which chance alone never makes them."""
    parts = (part for condition in claim.reach.conditions for part in condition.walk())
    return any(isinstance(part, Comparison) and "=" in part.relations for part in parts)
