"""A claim on its trials: every link of its chain, for every value of its free indices."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import product
from typing import Any

from .arithmetic import Overflow, Undefined, show
from .arrays import Array, Value
from .comparison import AGREE, DIGITS, decided, half_units, in_floats, pairs_of, rounds_to
from .draws import NotDrawn
from .evaluate import Frame, IllFormed, axis, evaluate, holds
from .expression import Comparison, Name, Node, Range, sites
from .reader.letters import free_letters, roots
from .scope import Bound
from .sizes import size_of
from .statement import Claim, Declaration
from .trials import ATTEMPTS, Trials
from .world import SECONDS, Broken, TooLong, World, range_between

INEQUALITIES = {"<", "≤", ">", "≥", "≠"}
# On the first trials, what floats say of a strict relation, or of a difference that is small only beside the other
# components, is confirmed with more digits.
CONFIRMED = 2


class Failure(Exception):
    """Why a statement isn't `holds`: its verdict, where, the evidence, the way out; whose definition is at fault."""

    def __init__(
        self, verdict: str, at: int, evidence: str, way_out: str = "", bound: Bound | None = None, name: str = ""
    ) -> None:
        super().__init__(verdict, at, evidence, way_out)
        self.verdict, self.at, self.evidence, self.way_out = verdict, at, evidence, way_out
        self.bound, self.name = bound, name

    @classmethod
    def of(cls, error: Exception, at: int, world: World | None, where: str = "") -> Failure:
        """The failure of a statement that has no value on a trial."""
        suffix = f", {where}" if where else ""
        match error:
            case Broken(name=name, bound=bound, error=inner):
                if inner is None:
                    return cls("ill-formed", at, f"`{name}` is ill-formed", "correct its definition", bound, name)
                return cls("ill-formed", inner.at, inner.evidence + suffix, inner.way_out, bound, name).moved(at)
            case IllFormed(at=place, evidence=evidence, way_out=way_out):
                return cls("ill-formed", place, evidence + suffix, way_out)
            case Undefined(evidence=evidence, way_out=way_out):
                return cls("ill-formed", at, evidence + suffix, way_out)
            case TooLong():
                return cls("ill-formed", at, f"this takes too long: over {SECONDS:g} s", "declare smaller sizes, or part it")
        raise error

    def moved(self, at: int) -> Failure:
        """The same failure; in another equation than the one at fault, the caret stands where that is read."""
        self.read_at = at
        return self


@dataclass(frozen=True)
class Combination:
    """A trial and the values of a claim's letters on it."""

    trial: int
    wild: bool
    fixed: tuple[tuple[str, Value], ...]
    letters: tuple[tuple[str, int], ...]


class _Claim:
    """A claim being checked."""

    def __init__(self, claim: Claim, trials: Trials) -> None:
        self.claim, self.trials, self.scope = claim, trials, trials.scope
        self.drawn = [q for q in claim.scope.quantifiers if q.over is not None and not isinstance(q.over, Range)]
        drawn = {letter for quantifier in self.drawn for letter in quantifier.letters}
        self.letters = [letter for letter in self._all_letters() if letter not in drawn]
        self.fixed, conditions = self._fixed()
        self.of_trial = [node for node in conditions if not self._letters_in(node)]
        self.of_letters = [node for node in conditions if self._letters_in(node)]
        self.worst: float | None = None
        self.links = list(zip(claim.sides, claim.relations, claim.sides[1:], claim.places, strict=False))

    def _all_letters(self) -> list[str]:
        quantified = [letter for q in self.claim.scope.quantifiers for letter in q.letters]
        return list(dict.fromkeys([*free_letters(self.claim, self.scope.known), *quantified]))

    def _letters_in(self, node: Node) -> set[str]:
        return {part.name for part in node.walk() if isinstance(part, Name)} & {*self.letters}

    def _fixed(self) -> tuple[list[tuple[str, Node]], list[Node]]:
        """Conditions that say a drawn number's value, `N = 2`, and all conditions."""
        fixed: list[tuple[str, Node]] = []
        for condition in self.claim.scope.conditions:
            for part in [condition, *condition.children()] if not isinstance(condition, Comparison) else [condition]:
                match part:
                    case Comparison((Name(name), other), ("=",)) if self._is_drawn(name) and not self._letters_in(other):
                        fixed.append((name, other))
        return fixed, list(self.claim.scope.conditions)

    def _is_drawn(self, name: str) -> bool:
        bound = self.scope.values.get(name)
        return bound is not None and isinstance(bound.statement, Declaration)

    def frame(self, combination: Combination, many: int = 0) -> Frame:
        """Where the claim is evaluated, with the letters' values, in floats or in many digits."""
        world = self.trials.world(combination.trial, combination.wild, combination.fixed, many)
        local: dict[str, Value] = dict(combination.letters)
        columns = self.scope.columns
        for quantifier in self.drawn:
            for letter in quantifier.letters:
                assert quantifier.over is not None and not isinstance(quantifier.over, Range)
                value = world.drawn(f"∀ {letter}", quantifier.over, columns)
                if letter in self.scope.values:
                    world = world.having({letter: value})
                else:
                    local[letter] = value
        return Frame(world, local, columns)

    def check(self) -> tuple[int, float | None]:
        wild = bool(INEQUALITIES & {*self.claim.relations})
        count = self._on_trials(False) + (self._on_trials(True) if wild else 0)
        if not count:
            raise Failure(
                "ill-formed", self.claim.at, "no trial fulfils its condition, or its sets are empty", "correct the condition"
            )
        return count, self.worst

    def _on_trials(self, wild: bool) -> int:
        count = 0
        false = None
        for trial in range(self.trials.count * ATTEMPTS):
            try:
                count += self._on_trial(trial, wild)
            except Failure as failure:
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

    def _on_trial(self, trial: int, wild: bool) -> bool:
        """Check the claim on one trial; whether the trial counts."""
        world = self.trials.world(trial, wild)
        at = self.claim.at
        try:
            fixed = tuple((name, evaluate(node, world.frame())) for name, node in self.fixed)
            start = Combination(trial, wild, fixed, ())
            frame = self.frame(start)
            if not all(holds(node, frame) for node in self.of_trial):
                return False
            ranges = {letter: self.range_of(letter, frame) for letter in self.letters}
        except NotDrawn:
            return False
        except Overflow:
            if wild:
                return False
            raise Failure("ill-formed", at, "a bound is too large", "declare smaller sizes") from None
        except (IllFormed, Broken, Undefined, TooLong) as error:
            raise Failure.of(error, at, world) from None
        counts = False
        self.waiting: list[tuple[int, Combination, float]] = []
        self.largest: dict[int, float] = {}
        for values in product(*ranges.values()):
            world.spend(1)
            counts |= self._on_values(Combination(trial, wild, fixed, tuple(zip(ranges, values, strict=True))))
        self._settle()
        return counts

    def _settle(self) -> None:
        """Sides that differ by more than rounding, of themselves: beside the other components it may be rounding yet."""
        for place, combination, gap in self.waiting:
            if combination.trial >= CONFIRMED and gap <= AGREE * self.largest[place]:
                self.worst = max(self.worst or 0.0, gap / self.largest[place])
            else:
                self._guarded(lambda: self._decide(place, combination), combination)  # noqa: B023 - called at once

    def range_of(self, letter: str, frame: Frame) -> range:
        """What a free letter runs over."""
        for quantifier in self.claim.scope.quantifiers:
            if letter in quantifier.letters and isinstance(quantifier.over, Range):
                return range_between(quantifier.over, frame)
        found = tuple(site for node in roots(self.claim) for site in sites(node, letter))
        return axis(letter, found, frame, self.claim.sides[0].at)

    def _on_values(self, combination: Combination) -> bool:
        def evaluated() -> bool:
            frame = self.frame(combination)
            if not all(holds(node, frame) for node in self.of_letters):
                return False
            values: list[Value] | None
            try:
                values = [evaluate(side, frame) for side in self.claim.sides]
            except Overflow:
                values = None
            for place in range(len(self.links)):
                self._on_link(place, combination, frame, values)
            return True

        return self._guarded(evaluated, combination)

    def _guarded(self, work: Callable[[], bool | None], combination: Combination) -> bool:
        """Do a part of the check; what has no value makes the claim ill-formed, with the place and the trial."""
        try:
            return work() is not False
        except NotDrawn:
            return False
        except (IllFormed, Broken, Undefined, TooLong, Overflow) as error:
            if isinstance(error, Overflow):
                raise Failure("ill-formed", self.claim.at, "a number is too large", "restrict the sets") from None
            raise Failure.of(error, self.claim.at, None, self.shown(combination)) from None

    def _on_link(self, place: int, combination: Combination, frame: Frame, values: list[Value] | None) -> None:
        left, relation, right, at = self.links[place]
        if values is None:
            self._decide(place, combination)
            return
        try:
            pairs = pairs_of(values[place], values[place + 1], left, right)
        except Undefined as error:
            raise Failure("ill-formed", at, f"{error.evidence}, {self.shown(combination)}", error.way_out) from None
        if relation == "≈":
            self._approximately(place, pairs, combination)
            return
        size: list[float] = []

        def sized() -> float:
            if not size:
                size.append(max(size_of(left, frame), size_of(right, frame)))
            return size[0]

        confirm = combination.trial < CONFIRMED
        for a, b in pairs:
            try:
                outcome = in_floats(a, b, relation, sized)
            except Overflow:
                outcome = None
            except Undefined as error:
                raise Failure("ill-formed", at, error.evidence, error.way_out) from None
            if outcome is None or (confirm and (size or relation in "<>≠")):
                self._decide(place, combination)
                return
            if relation == "=":
                self.largest[place] = max(self.largest.get(place, 0.0), float(abs(a)), float(abs(b)), sized() if size else 0.0)
                if outcome.holds is None:
                    self.waiting.append((place, combination, float(abs(a - b))))
                    return
                self.worst = max(self.worst or 0.0, outcome.difference)
            elif outcome.holds is None:
                self._decide(place, combination)
                return

    def with_digits(self, place: int, combination: Combination, many: int) -> list[tuple[Any, Any]]:
        """The numbers of a link's two sides in many digits."""
        left, _, right, _ = self.links[place]
        frame = self.frame(combination, many)
        return pairs_of(evaluate(left, frame), evaluate(right, frame), left, right)

    def _decide(self, place: int, combination: Combination) -> None:
        """Compare a link in 50 and in 100 digits, and in 150 where they can't tell."""
        relation = self.links[place][1]
        readings = [self.with_digits(place, combination, many) for many in DIGITS[:2]]
        if relation == "≈":
            self._approximately(place, readings[0], combination)
            return
        verdicts = [decided(list(each), relation) for each in zip(*readings, strict=True)]
        if None in verdicts:
            readings.append(self.with_digits(place, combination, DIGITS[2]))
            verdicts = [decided(list(each), relation) for each in zip(*readings, strict=True)]
        for entry, (true, pair) in enumerate(zip(verdicts, readings[0], strict=True)):
            if not true:
                raise self._false(place, pair, entry if len(verdicts) > 1 else None, combination)

    def _approximately(self, place: int, pairs: list[tuple[Any, Any]], combination: Combination) -> None:
        left, _, right, at = self.links[place]
        halves = half_units(right) or half_units(left)
        if halves is None:
            raise Failure("ill-formed", at, "\\approx without a printed decimal number", "write one on its right side")
        for entry, ((a, b), half) in enumerate(zip(pairs, halves, strict=True)):
            if not rounds_to(a, b, half):
                raise self._false(place, (a, b), entry if len(pairs) > 1 else None, combination)

    def _false(self, place: int, pair: tuple[Any, Any], entry: int | None, combination: Combination) -> Failure:
        _, relation, _, at = self.links[place]
        where = self.shown(combination)
        component = f", component {entry + 1}" if entry is not None else ""
        evidence = f"{where}{component}: the left side is {show(pair[0])}, the right side {show(pair[1])}"
        if show(pair[0]) == show(pair[1]) and relation == "=":
            gap = abs(pair[0] - pair[1])
            evidence += f", {show(gap)} apart"
        return Failure("false", at, evidence, "correct the formula, or what it reads")

    def shown(self, combination: Combination) -> str:
        """A combination for a message: the sizes and whole numbers that the claim reads, its letters, the trial."""
        read = self.scope.read_by(roots(self.claim))
        names = [name for name in self.scope.values if name in read and name in self.scope.known.whole]
        world = self.trials.world(combination.trial, combination.wild, combination.fixed)
        said = []
        for name in names:
            value = world.value(name)
            if not isinstance(value, Array):
                said.append(f"{name} = {value}")
        said += [f"{letter} = {value}" for letter, value in combination.letters]
        kind = "wild trial" if combination.wild else "trial"
        return f"at {', '.join(said)} ({kind} {combination.trial}, seed {self.trials.seed})" if said else (
            f"on {kind} {combination.trial} (seed {self.trials.seed})"
        )


def check_claim(claim: Claim, trials: Trials) -> tuple[int, float | None]:
    """Check a claim.

    Returns:
        On how many trials it was checked, and the largest relative difference of equal sides.

    Raises:
        Failure: if it is false or ill-formed.
    """
    for left, relation, right, at in zip(claim.sides, claim.relations, claim.sides[1:], claim.places, strict=False):
        if left == right:
            raise Failure("ill-formed", at, "both sides are the same formula", "write what is to be compared")
        del relation
    return _Claim(claim, trials).check()

