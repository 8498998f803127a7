"""The hunt for a counterexample of an inequality, from where its sides came nearest.

Trials seldom fall where a bound is attained, so a bound that is wrong by a little would pass. From the trials with the
least slack, the drawn numbers are moved at random, and a move is kept where it leaves less slack: a (1 + 1) evolution
strategy, whose steps grow when they succeed and shrink when they don't (I. Rechenberg, Evolutionsstrategie, 1973).
"""

from __future__ import annotations

import math

from ..meaning.statement import Claim
from ..message.refusal import Refusal
from ..trials.chance import Move
from ..trials.page_trials import Trials
from .agreement import AGREE
from .claim import Checked, OnTrial, Slack
from .instances import Instances

# So many moves at most from one trial; fewer where the slack isn't halved within so many, or not lessened by the first
# few, as where sizes of 1 leave nothing to move.
MOVES, PATIENCE, FEW = 150, 30, 8
# From so many trials at most, and from no more once so many have led anywhere.
STARTS, LEADING = 12, 2
# A trial with more slack than the one is hopeless; with less than the other, the sides are as good as in contact.
HOPELESS, CONTACT = 0.999, 1e-6
# The length of the first move, and what it is multiplied by: about one move in five is to succeed.
LENGTH, LONGER, SHORTER = 0.5, 1.6, 0.85


def hunt(claim: Claim, trials: Trials, slack: Slack) -> None:
    """Seek a counterexample of a claim that holds on its trials.

    Args:
        slack: as its trials left it.

    Raises:
        Refusal: if there is one.
    """
    for place, found in slack.items():
        link = Claim(claim.sides[place : place + 2], (claim.relations[place],), (claim.places[place],), claim.reach)
        starts = sorted((start for start in found if CONTACT < found[start] < HOPELESS), key=lambda start: found[start])
        instances, leading = Instances(link, trials), 0
        for number, wild in starts[:STARTS]:
            leading += _from(number, wild, found[number, wild], link, instances)
            if leading == LEADING:
                break


def _from(number: int, wild: bool, least: float, link: Claim, instances: Instances) -> bool:
    """Seek one from a trial, on which so much slack is least so far; whether that has led anywhere."""
    kept: tuple[Move, ...] = ()
    length, until, half = LENGTH, PATIENCE, least / 2
    for direction in range(MOVES):
        if direction == until or (direction == FEW and not kept):
            break
        moves = (*kept, Move(direction, length))
        left = _slack(number, wild, link, instances.moved(moves))
        if left is None:
            break
        if left < least * (1 - AGREE):
            kept, least, length = moves, left, length * LONGER
            if least < CONTACT:
                break
            if least < half:
                until, half = direction + PATIENCE, least / 2
        else:
            length *= SHORTER
    return bool(kept)


def _slack(number: int, wild: bool, link: Claim, instances: Instances) -> float | None:
    """What slack is left on a trial.

    Returns:
        How near the two sides come; infinite where they have no value, or no arithmetic tells them apart; None where
        the link holds, and floats say that it doesn't: no place to seek a counterexample in.

    Raises:
        Refusal: where the link is false.
    """
    checked = Checked()
    try:
        instance = instances.on(number, wild)
        if instance is None:
            return math.inf
        on_trial = OnTrial(link, instance, checked, trusting=True)
        on_trial.check()
    except Refusal as refusal:
        if refusal.witness and not refusal.is_tie:
            raise
        return math.inf
    return None if on_trial.blind else checked.slack.get(0, {}).get((number, wild), math.inf)
