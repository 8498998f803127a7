"""The hunt for a counterexample of an inequality, from special values and from where its sides came nearest.

Trials seldom fall where a bound is attained, so a bound that is wrong by a little would pass. From the trials with the
least slack, the drawn numbers are moved at random, and a move is kept where it leaves less slack: a (1 + 1) evolution
strategy, whose steps grow when they succeed and shrink when they don't (I. Rechenberg, Evolutionsstrategie, 1973). A
step that fails is tried backwards too (D. Brockhoff et al., "Mirrored sampling and sequential selection for evolution
strategies", 2010). Special values are where most bounds are attained: they are tried at all sizes first.
"""

from __future__ import annotations

import math
from random import Random

from ..meaning.statement import Claim, expressions
from ..message.refusal import OutOfTime, Refusal, TooLong
from ..trials.chance import Moves
from ..trials.page_trials import STARTS as SPECIAL
from ..trials.page_trials import Trials
from .agreement import AGREE
from .claim import Checked, OnTrial, Slack, Start
from .instances import Instances

# How much work the hunt for one inequality may take, and what each step takes beside the formula's own.
WORK, STEP = 600_000, 100
# A search from one trial ends where the slack isn't halved within so many steps, and so many more for each number that
# is moved; or isn't lessened by the first few, as where sizes of 1 leave nothing to move.
PATIENCE, EACH, FEW = 30, 2, 8
# From so many trials at most, and from no more once so many have led anywhere; from so many ties, with so few steps.
STARTS, LEADING, TIES, MOST = 12, 2, 6, 3_000
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
    for place, found in slack.items():
        link = Claim(claim.sides[place : place + 2], (claim.relations[place],), (claim.places[place],), claim.reach)
        with trials.effort.share(WORK):
            _Hunt(link, trials, found).run()


class _Hunt:
    """The hunt for a counterexample of one inequality."""

    def __init__(self, link: Claim, trials: Trials, slack: Slack) -> None:
        self.link, self.trials, self.slack = link, trials, slack
        self.instances: dict[Trials, Instances] = {}

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

    def _search(self, start: Start, least: float, most: int = MOST) -> bool:
        """Seek one from a trial, on which so much slack is least so far; whether that has led anywhere."""
        here = Moves(count=1)
        self._seen(start, here)
        at = {name: [0.0] * many for name, many in here.asked.items()}
        random, turn = Random(f"{start[1]}/{start[2]}"), 0
        patience = PATIENCE + EACH * sum(here.asked.values())
        # A symbol's step has a length of its own: beside one that must be right to a hair, another may have far to go.
        lengths = dict.fromkeys(at, LENGTH)
        half, until, kept = least / 2, patience, 0
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
                    until, half = step + patience, least / 2
            else:
                backwards, times = not backwards, SHORTER
            lengths |= {name: lengths[name] * times for name, parts in direction.items() if any(parts)}
        return bool(kept)

    def _seen(self, start: Start, moves: Moves | None = None) -> Slack | None:
        """How near the two sides come on a trial, perhaps with its numbers moved.

        Returns:
            Nothing is noted where they have no value, or no arithmetic tells them apart; None where the link holds, and
            floats say that it doesn't: no place to seek a counterexample in.

        Raises:
            Refusal: where the link is false, or no more work may be done.
        """
        trials, number, wild = start
        if trials not in self.instances:
            self.instances[trials] = Instances(self.link, trials)
        instances = self.instances[trials] if moves is None else self.instances[trials].moved(moves)
        checked = Checked()
        trials.effort.spend(STEP)
        try:
            instance = instances.on(number, wild)
            if instance is None:
                return Slack()
            on_trial = OnTrial(self.link, instance, checked, trusting=True)
            on_trial.check()
        except (TooLong, OutOfTime):
            raise
        except Refusal as refusal:
            if refusal.witness and not refusal.is_tie:
                raise
            return Slack()
        return None if on_trial.blind else checked.slack.get(0, Slack())


def _moved(numbers: list[float], direction: list[float], length: float) -> list[float]:
    return [x + length * d for x, d in zip(numbers, direction, strict=True)]


def _direction(at: dict[str, list[float]], turn: int, random: Random) -> dict[str, list[float]]:
    """A step at random: of all symbols, and every third time of one alone."""
    alone = random.choice([*at]) if at and turn % 3 == 2 else None
    return {
        name: [random.gauss(0, 1) if alone in (None, name) else 0.0 for _ in numbers] for name, numbers in at.items()
    }
