"""The hunt for a counterexample of an inequality, from special values and from where its sides came nearest.

Trials seldom fall where a bound is attained, so a bound that is wrong by a little would pass. From the trials with the
least slack, the drawn numbers are moved at random, and a move is kept where it leaves less slack: a (1 + 1) evolution
strategy, whose steps grow when they succeed and shrink when they don't (I. Rechenberg, Evolutionsstrategie, 1973). A
step that fails is tried backwards too (D. Brockhoff et al., "Mirrored sampling and sequential selection for evolution
strategies", 2010). Special values are where most bounds are attained: they are tried at all sizes first. From where
the searches end, the sides are brought to a tie, or past it (see `tie`). Larger numbers come last: arrays stretched by
powers, and whole numbers doubled again and again, since a number that is whole can't be moved by a little. The small
ones are tried one and all, where they are the size of nothing: what is divided, or left over, no neighbour leads to.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import combinations, product
from random import Random

from ..evaluation import evaluate
from ..meaning.expression import Index, Name, Number
from ..meaning.statement import Arrays, Claim, Domain, Finite, Matrices, expressions, sizes
from ..message.refusal import OutOfTime, Refusal, TooLong
from ..numbers.array import Array
from ..numbers.dual import plain
from ..trials.chance import Moves, Which
from ..trials.draw import contains
from ..trials.page_trials import ATTEMPTS, Trials
from ..trials.page_trials import STARTS as SPECIAL
from ..trials.structured import RUNS
from .agreement import AGREE, STRICT
from .claim import INEQUALITIES, Checked, OnTrial, Slack, Start
from .instances import Instances
from .tie import IN_FLOATS, cross, descend, nearest, refuse_tie

# How much work the hunt for one inequality may take, and what each step takes beside the formula's own.
WORK, STEP = 600_000, 100
# A search from one trial ends where neither the slack nor the greater side is halved within so many steps, and so many
# more for each number that is moved; or isn't lessened by the first few, as where sizes of 1 leave nothing to move.
PATIENCE, EACH, FEW = 30, 2, 8
# From so many trials at most, and from no more once so many have led anywhere; from so many ties, with so few steps.
STARTS, LEADING, TIES, MOST = 12, 2, 6, 3_000
# From so many of the places where searches end are ties sought.
NEAREST = 3
# Beside these, larger numbers are tried, with so much work: from so many trials, by these powers of ten; whole numbers
# from the first of some trials that says something, by such powers of two, and sizes of arrays by others.
WORK_OF_LARGE, WORK_OF_TIES = 60_000, 60_000
STRETCHED, POWERS = 2, (0.5, 1, 2, 3, 6)
# By these, what a condition may keep below a power of ten.
BELOW = (0.5, 0.9, 1.9)
GROWN, LARGEST, LONGEST, FURTHER = range(12), range(2, 34), (3, 5), 16
# The special values where the components of each array are 1, where they are equal, and where all square matrices are
# the identity.
ONES, EQUAL, IDENTITIES = 1, 2, RUNS + 3
# So many small whole numbers, or pairs of them, or triples, are tried, and of negative ones a part; with so much work.
SMALL, NEGATIVE, WORK_OF_SMALL = 800, 4, 300_000
# Of more of them than this, any two are tried as well; and of each no fewer numbers than so many, if its set has more:
# up to 9, where few sets do.
MANY, FEWEST, DIGIT = 3, 3, 10
# A tie of whole numbers is one where the sides are so far apart beside it; among small ones, so near on either side.
APART_BESIDE, BESIDE = 1e-9, (1, 2, 3)
# What is left between sides that have no value.
NOTHING = (math.inf, math.inf)
# A trial with more slack than the one is hopeless; with less than the other, the sides are as good as in contact.
HOPELESS, CONTACT = 0.999, 1e-6
# The length of the first step, and what it is multiplied by: about one step in five is to succeed.
LENGTH, LONGER, SHORTER = 0.5, 1.6, 0.85


def hunt(claim: Claim, trials: Trials, slack: dict[int, Slack]) -> None:
    """Seek a counterexample of a claim that holds on its trials.

    Args:
        slack: of each of its inequalities, as its trials left it.

    Raises:
        Refusal: if there is one.
    """
    for place in range(len(claim.relations)):
        link = Claim(claim.sides[place : place + 2], (claim.relations[place],), (claim.places[place],), claim.reach)
        hunting = _Hunt(link, trials, slack.get(place, Slack()))
        if place in slack:
            with trials.effort.share(WORK):
                hunting.run()
            with trials.effort.share(WORK_OF_TIES):
                hunting.seek_ties()
            with trials.effort.share(WORK_OF_LARGE):
                hunting.stretch()
        with trials.effort.share(WORK_OF_LARGE):
            hunting.grow()
        with trials.effort.share(WORK_OF_SMALL):
            hunting.sweep()


class _Hunt:
    """The hunt for a counterexample of one inequality."""

    def __init__(self, link: Claim, trials: Trials, slack: Slack) -> None:
        self.link, self.trials, self.slack = link, trials, slack
        self.instances: dict[Trials, Instances] = {}
        # Where searches have ended: the slack that is left, the trial, how its numbers are moved, by how many steps.
        self.ends: list[tuple[float, Start, dict[str, list[float]], int]] = []

    def run(self) -> None:
        """Seek one from all places that are worth it.

        Raises:
            Refusal: where there is one, or no more work may be done.
        """
        self._special_at_all_sizes()
        for start in [*self.slack.ties][:TIES]:
            self._search(start, math.inf, FEW)
        least = self.slack.least
        starts = sorted((start for start in least if CONTACT < least[start] < HOPELESS), key=lambda start: least[start])
        leading = 0
        for start in starts[:STARTS]:
            leading += self._search(start, least[start])
            if leading == LEADING:
                break

    def seek_ties(self) -> None:
        """Move numbers on to where the sides would be equal, and less than they must be beyond.

        Raises:
            Refusal: where there is a counterexample.
        """
        is_strict = self.link.relations[0] in STRICT
        ends = sorted(self.ends, key=lambda end: end[0])[: NEAREST if is_strict else 1]
        if is_strict:
            # Where one side is 0, no trial is nearer to a tie than others, relative to the size of the sides.
            nearest_trials = sorted(self.slack.least, key=lambda start: self.slack.least[start])[:NEAREST]
            ends += [(self.slack.least[start], start, self._unmoved(start), 0) for start in nearest_trials]
        for _, start, at, steps in ends:
            gap = nearest(self.link, self._instances(start[0]), start, at)
            if gap is None:
                continue
            moves = [move for moves in at.values() for move in moves[1:]]
            found = descend(gap, moves, IN_FLOATS if is_strict else 0.0)
            if found is None and self.link.relations[0] == "≠":
                found = cross(gap, moves)
            if found is not None and is_strict:
                self._seen(start, gap.moves(found, count=steps + 1))
                found = refuse_tie(gap, found, steps)
            if found is not None:
                self._seen(start, gap.moves(found, count=steps + 1))

    def stretch(self) -> None:
        """Try arrays and numbers that are larger by powers: one symbol alone, and all together.

        Raises:
            Refusal: where there is a counterexample, or no more work may be done.
        """
        by_slack = sorted(self.slack.least, key=lambda start: self.slack.least[start])
        # Of special values, the nearest may be zeros, which nothing stretches.
        drawn = [start for start in by_slack if start[0].plan is None]
        for start in dict.fromkeys([*by_slack[:STRETCHED], *drawn[:STRETCHED]]):
            at = self._unmoved(start)
            for names in dict.fromkeys([*((name,) for name in at), (*at,)]):
                for power in POWERS:
                    by = {name: [power * math.log(10), *moves[1:]] for name, moves in at.items() if name in names}
                    if self._seen(start, Moves(by, 1)) is None:
                        break

    def grow(self) -> None:
        """Try larger whole numbers: each doubled again and again, and between where the sides come nearest.

        Sizes of arrays grow where the link is an inequality, and less.

        Raises:
            Refusal: where there is a counterexample, or no more work may be done.
        """
        start, whole = self._whole
        lengths = self._instances(self.trials).lengths()
        if self.link.relations[0] not in INEQUALITIES and lengths & {*whole}:
            return
        groups = [(which,) for which in whole]
        for names in [*groups, tuple(whole)] if len(groups) > 1 else groups:
            are_lengths = bool(lengths & {*names})
            if are_lengths and self.link.reach.conditions:
                for each in self._special(start, (ONES,)):
                    self._grow_stretched(each, names)
            # The larger an array is, the more its equal components tell, and those of the identity.
            for each in (start, *self._special(start, (EQUAL, IDENTITIES))) if are_lengths else (start,):
                for sign in (1,) if are_lengths else (1, -1):
                    self._grow(each, names, sign, LONGEST if are_lengths else LARGEST)

    def _grow_stretched(self, start: Start, names: tuple[Which, ...]) -> None:
        """Try larger arrays of equal numbers, as large as a condition may let them be."""
        at = self._unmoved(start)
        for power, by in product(BELOW, LONGEST):
            moves = {name: [power * math.log(10), *moves[1:]] for name, moves in at.items()}
            self._seen(start, Moves(moves, 1, whole=dict.fromkeys(names, 2**by)))

    def sweep(self) -> None:
        """Try all small whole numbers, where they are no sizes of arrays: all together, and of many any two.

        Raises:
            Refusal: where there is a counterexample, or no more work may be done.
        """
        start, whole = self._whole
        lengths = self._instances(self.trials).lengths()
        drawn = {which: number for which, number in whole.items() if which not in lengths}
        if drawn:
            self._sweep(start, drawn, SMALL)
        pairs = [*combinations(drawn, 2)] if len(drawn) > MANY else []
        for pair in pairs:
            self._sweep(start, {which: drawn[which] for which in pair}, SMALL // len(pairs))

    def _sweep(self, start: Start, drawn: Mapping[Which, int], most_often: int) -> None:
        """Try small whole numbers in the place of those that are drawn, no more often than so."""

        def moved(numbers: tuple[int, ...]) -> Moves:
            by = {which: number - drawn[which] for which, number in zip(drawn, numbers, strict=True)}
            return Moves(count=1, whole=by)

        def are_apart(numbers: tuple[int, ...]) -> bool | None:
            seen = self._seen(start, moved(numbers))
            if seen is None or seen.ties or seen.least:
                return seen is not None and not seen.ties and min(seen.least.values()) > APART_BESIDE
            return None  # outside of a set

        def is_alone(*before: int, last: int) -> bool:
            # What rounding makes equal is so beside, too.
            sides = [{are_apart((*before, last + sign * by)) for by in BESIDE} for sign in (-1, 1)]
            return all(True in side or side == {None} for side in sides) and sides != [{None}, {None}]

        for *before, last in product(*self._choices(start, drawn, most_often)):
            seen = self._seen(start, moved((*before, last)))
            if seen is not None and seen.ties and is_alone(*before, last=last):
                self._seen(start, moved((*before, last)), ties=True)

    def _choices(self, start: Start, drawn: Mapping[Which, int], most_often: int) -> list[Sequence[int]]:
        """The small numbers that each takes: none where there would be too many of them, or too few of each."""
        each = round(most_often ** (1 / len(drawn)))
        for most in (DIGIT, each) if len(drawn) > MANY else (each,):
            choices = [self._small(which, start, drawn, most) for which in drawn]
            if most == each >= FEWEST or math.prod(map(len, choices)) <= most_often:
                return choices
        return [()]

    def _small(self, which: Which, start: Start, among: Mapping[Which, int], most: int) -> Sequence[int]:
        """The small numbers of a set; all small ones, where it depends on others that are moved too."""
        small, names = range(-most // NEGATIVE, most), self.trials.names
        domain, instance = self._set(which), self._instances(start[0]).on(start[1])
        if isinstance(domain, Finite) and not isinstance(which, str):
            return range(min(len(domain.values), most))
        if domain is None or instance is None or not among.keys().isdisjoint(names.read_by(sizes(domain), True)):
            return small
        frame = instance.frame()
        return [number for number in small if contains(domain, number, lambda node: evaluate(node, frame))]

    def _set(self, which: Which) -> Domain | None:
        """The set of a whole number; None of one that the statement binds."""
        if isinstance(which, str):
            return self.trials.names.domain(which)
        domain = self.trials.names.domain(which[0])
        while isinstance(domain, Arrays | Matrices):
            domain = domain.of
        return domain

    @cached_property
    def _whole(self) -> tuple[Start, dict[Which, int]]:
        """A trial on which the link says something, and its whole numbers; of arrays, about as many as can be swept."""
        found: list[tuple[int, Start, dict[Which, int]]] = []
        for number in range(self.trials.count * ATTEMPTS):
            if number not in GROWN and (found or not self.link.reach.conditions):
                break
            start, here = (self.trials, number, False), Moves(count=1)
            if self._says(start, here):
                whole = self._moved_alone(start, here.asked_whole)
                components = sum(not isinstance(which, str) for which in whole)
                found.append((abs(components - MANY), start, whole))
                if not components:
                    break
        # Where it says something on none of them, it may for special values of other sizes.
        lengths = [name for name in self.trials.sizes if name in self._instances(self.trials).lengths()]
        first = (self.trials, GROWN[-1], False)
        return min(found, key=lambda each: each[0])[1:] if found else (first, dict.fromkeys(lengths, 0))

    def _moved_alone(self, start: Start, asked: Mapping[Which, int]) -> dict[Which, int]:
        """Whole numbers that are worth being moved alone: components that are printed, of sets that aren't labels."""
        printed = {which[0]: self._printed(which[0], start) for which in asked if not isinstance(which, str)}
        return {
            which: number
            for which, number in asked.items()
            if isinstance(which, str) or (not self._is_label(which) and which[1] in (printed[which[0]] or {which[1]}))
        }

    def _is_label(self, which: Which) -> bool:
        """Whether a whole number is one of as many as there are of something, unless what is claimed is a ≠."""
        domain = self._set(which)
        is_bounded = domain is not None and any(
            isinstance(part, Name) for size in sizes(domain) for part in size.walk()
        )
        return is_bounded and self.link.relations[0] != "≠"

    def _printed(self, name: str, start: Start) -> set[int]:
        """The places of an array's components that are read, where each is printed by its number; else none."""
        parts = [part for root in expressions(self.link) for part in root.walk()]
        value = start[0].trial(start[1]).value(name) if name in self.trials.names.values else None
        read = [part for part in parts if isinstance(part, Name) and part.name == name]
        others = [part for part in parts if isinstance(part, Name) and part.name != name]
        if not isinstance(value, Array) or name in self.trials.names.read_by(others):
            return set()
        indexed = [part.meant(len(value.shape)) for part in parts if isinstance(part, Index) and part.array in read]
        numbers = [tuple(plain(n.value) for n in part.entries if isinstance(n, Number)) for part in indexed]
        if len(indexed) < len(read) or any(len(each) != len(value.shape) for each in numbers):
            return set()
        axes = [range(1, length + 1) for length in value.shape]
        return {place for place, at in enumerate(product(*axes)) if at in numbers}

    def _special(self, start: Start, runs: tuple[int, ...]) -> Iterator[Start]:
        """Special values at the sizes of an ordinary trial."""
        special = self.trials.structured(self.trials.names.read_by(expressions(self.link)), is_sized=False)
        for run in runs:
            yield special, start[1] * SPECIAL + run, False

    def _says(self, start: Start, here: Moves) -> bool:
        """Whether the link says something on a trial; what is moved there is noted."""
        try:
            instance = self._instances(start[0]).moved(here).on(start[1])
        except (TooLong, OutOfTime):
            raise
        except Refusal:
            return False
        if instance is not None:
            self._seen(start, here)
        return instance is not None

    def _grow(self, start: Start, names: tuple[Which, ...], sign: int, powers: Sequence[int]) -> None:
        """Try whole numbers that are greater by powers of two, then those between where the sides come nearest."""
        seen: dict[int, tuple[float, float]] = {}

        def moved(by: int) -> Moves:
            return Moves(count=1, whole=dict.fromkeys(names, sign * by))

        def left(by: int) -> tuple[float, float]:
            if by not in seen:
                found = self._seen(start, moved(by)) or Slack()
                seen[by] = (0.0, 0.0) if found.ties else (min(found.least.values(), default=math.inf), found.gap)
            return seen[by]

        for power in powers:
            if left(2**power) == NOTHING and power > FURTHER:
                break
        if powers == LONGEST:
            return
        # Relative to their size, sides of which one is 0 never come nearer.
        for which in (0, 1):
            by = min(seen, key=lambda by: left(by)[which])
            low, high = by // 2, 2 * by
            while high - low > 2:
                one, other = low + (high - low) // 3, high - (high - low) // 3
                low, high = (low, other) if left(one)[which] < left(other)[which] else (one, high)
            for by in range(low, high + 1):
                # What rounding makes equal is so beside, too.
                if left(by) == (0, 0) and min(left(by - 1)[0], left(by + 1)[0]) > APART_BESIDE:
                    self._seen(start, moved(by), ties=True)

    def _special_at_all_sizes(self) -> None:
        """Try the values of structured trials, which have small sizes, at those of ordinary ones."""
        read = self.trials.names.read_by(expressions(self.link))
        if not any(size in read for size in self.trials.sizes):
            return
        special = self.trials.structured(read, is_sized=False)
        known = (*self.slack.least, *self.slack.ties)
        numbers = sorted({number for trials, number, wild in known if trials.plan is None and not wild})
        for run in range(SPECIAL if numbers else 0):
            seen = self._seen((special, numbers[run % len(numbers)] * SPECIAL + run, False))
            if seen is not None:
                self.slack.least |= seen.least
                self.slack.ties |= seen.ties

    def _unmoved(self, start: Start) -> dict[str, list[float]]:
        """The moves of a trial's numbers, of no length."""
        here = Moves(count=1)
        self._seen(start, here)
        return {name: [0.0] * many for name, many in here.asked.items()}

    def _instances(self, trials: Trials) -> Instances:
        if trials not in self.instances:
            self.instances[trials] = Instances(self.link, trials)
        return self.instances[trials]

    def _search(self, start: Start, least: float, most: int = MOST) -> bool:
        """Seek one from a trial, on which so much slack is least so far; whether that has led anywhere."""
        at = self._unmoved(start)
        random, turn = Random(f"{start[1]}/{start[2]}"), 0
        patience = PATIENCE + EACH * sum(map(len, at.values()))
        # A symbol's step has a length of its own: beside one that must be right to a hair, another may have far to go.
        lengths = dict.fromkeys(at, LENGTH)
        half, until, kept = _half(least), patience, 0
        direction: dict[str, list[float]] = {}
        backwards = True
        for step in range(most):
            if step == until or (step == FEW and not kept):
                break
            if backwards:
                direction, turn = _direction(at, turn, random), turn + 1
            else:
                direction = {name: [-part for part in parts] for name, parts in direction.items()}
            there = {name: _moved(numbers, direction[name], lengths[name]) for name, numbers in at.items()}
            seen = self._seen(start, Moves(there, kept + 1))
            if seen is None:
                break
            left = min(seen.least.values(), default=math.inf)
            if left < least * (1 - AGREE):
                at, least, kept, backwards, times = there, left, kept + 1, True, LONGER
                if least < CONTACT:
                    break
                if least < half:
                    until, half = step + patience, _half(least)
            else:
                backwards, times = not backwards, SHORTER
            lengths |= {name: lengths[name] * times for name, parts in direction.items() if any(parts)}
        self.ends.append((least, start, at, kept))
        return bool(kept)

    def _seen(self, start: Start, moves: Moves | None = None, ties: bool = False) -> Slack | None:
        """How near the two sides come on a trial, perhaps with its numbers moved; with `ties`, equal ones refute too.

        Returns:
            Nothing is noted where they have no value, or no arithmetic tells them apart; None where the link holds, and
            floats say that it doesn't: no place to seek a counterexample in.

        Raises:
            Refusal: where the link is false, or no more work may be done.
        """
        trials, number, wild = start
        instances = self._instances(trials) if moves is None else self._instances(trials).moved(moves)
        checked = Checked()
        trials.effort.spend(STEP)
        try:
            for which in moves.whole if moves is not None else ():
                # Where a whole number has left its set, that need not be found halfway through the sides, and twice.
                name = which if isinstance(which, str) else which[0]
                if name in trials.names.values:
                    instances.trials.trial(number, wild).value(name)
            instance = instances.on(number, wild)
            if instance is None:
                return Slack()
            on_trial = OnTrial(self.link, instance, checked, trusting=True)
            on_trial.check()
        except (TooLong, OutOfTime):
            raise
        except Refusal as refusal:
            is_seen = refusal.witness and (ties or not refusal.is_tie)
            if is_seen and not instances.fulfilled_by_rounding(number, wild):
                raise
            return Slack(ties={start: None} if refusal.is_tie else {})
        return None if on_trial.blind else checked.slack.get(0, Slack())


def _half(slack: float) -> float:
    """The slack that is left where the greater side, or what it is beyond the other, is halved: whichever comes first.

    Of sides with one sign, a slack is x / (1 + x), where x is the logarithm of their ratio.
    """
    if slack >= 1:
        return slack / 2
    logarithm = slack / (1 - slack)
    least = max(logarithm / 2, logarithm - math.log(2))
    return least / (1 + least)


def _moved(numbers: list[float], direction: list[float], length: float) -> list[float]:
    return [x + length * d for x, d in zip(numbers, direction, strict=True)]


def _direction(at: dict[str, list[float]], turn: int, random: Random) -> dict[str, list[float]]:
    """A step at random: of all symbols, and every third time of one alone."""
    alone = random.choice([*at]) if at and turn % 3 == 2 else None
    return {
        name: [random.gauss(0, 1) if alone in (None, name) else 0.0 for _ in numbers] for name, numbers in at.items()
    }
