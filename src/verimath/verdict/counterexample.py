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
from .claim import Blind, Slack, slack_on

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
        leading = 0
        for trial, wild in starts[:STARTS]:
            leading += _from(trial, wild, found[trial, wild], link, trials)
            if leading == LEADING:
                break


def _from(trial: int, wild: bool, least: float, link: Claim, trials: Trials) -> bool:
    """Seek one from a trial, on which so much slack is least so far; whether that has led anywhere."""
    kept: tuple[Move, ...] = ()
    length, until, half = LENGTH, PATIENCE, least / 2
    for direction in range(MOVES):
        if direction == until or (direction == FEW and not kept):
            break
        moves = (*kept, Move(direction, length))
        try:
            left = _slack(trial, wild, link, trials.moved(moves))
        except Blind:
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


def _slack(trial: int, wild: bool, link: Claim, trials: Trials) -> float:
    """What slack is left; infinite where the link has no value, or sides that no arithmetic tells apart."""
    try:
        return slack_on(trial, wild, link, trials)
    except Refusal as refusal:
        if refusal.witness and not refusal.is_tie:
            raise
        return math.inf
