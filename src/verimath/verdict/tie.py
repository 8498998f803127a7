"""Ties that no trial draws: where two sides that must differ are equal, at numbers such as √2.

From where a hunt has brought the sides nearest, the drawn numbers are moved on to where the gap between them would be
0: down its slope, so far as it would take to be 0 there (B. T. Polyak, "Minimization of unsmooth functionals", 1969),
twice as far where the gap falls like a square, or by a step of Newton's (J. Fan and Y. Yuan, "On the quadratic
convergence of the Levenberg-Marquardt method without nonsingularity assumption", 2005). That is done in floats, then in
digits. A tie refutes where all of this is so, since a tie that only rounding makes must not:

- 200 digits see no gap, and nearer to it the gap is the smaller, by a power of the distance: sides that come nearer for
  ever, as tanh x and 1 do, meet nowhere, and their numbers go on with more digits;
- rounded to fewer decimals, and a few units of the last one beside, the sides have values and are equal to as many:
  what jumps there isn't; and nothing is divided by what would be 0 there;
- the sets hold it, and no condition is fulfilled by rounding alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, product
from random import Random

from ..evaluation import compared, comparisons, evaluate
from ..evaluation.effort import MANY_DIGITS, work_of
from ..evaluation.magnitude import size_of
from ..meaning.statement import Claim
from ..message.refusal import OutOfTime, Refusal, TooLong, Witness
from ..numbers.absorbed import Lost
from ..numbers.array import Array
from ..numbers.dual import Scalar, plain
from ..numbers.scalar import digits, is_complex, is_finite, show
from ..trials.chance import Moves
from .agreement import pairs_of
from .claim import Start
from .instances import Combination, Instance, Instances

# In which arithmetic numbers are moved, to which gap, and by how much they are moved to see a slope.
STAGES = ((60, 1e-24, -28), (400, 1e-200, -215))
IN_FLOATS, STEP_IN_FLOATS, SHORT = 1e-8, 1e-5, 0.01
# So many steps at most, none after so many that don't halve the gap; of so many numbers, Newton's too.
STEPS, USELESS, NEWTON = 20, 4, 3
DAMPINGS = (1, 1e-4)
# How many times as far as to where the gap would be 0: just there, a little past it, or twice. What is multiplied, by a
# power of e, goes no farther at once than the next; what goes farther than the last comes to a tie or leads astray.
TIMES, FAR, LONG = (1, 1.001, 2), 2, 50
MOST_NUMBERS = 12
# So far is one number moved to see whether the sides cross on the way, and so often is the way halved.
PATHS, HALVINGS = (1.0, 4.0, 16.0), 50
# What numbers may still move by from where fewer digits see no gap to where more see none.
ON_THE_WAY = 0.5
# What changes nothing at a distance of the one changes sides of 400 digits by less than the other.
NEAR, LAST = 0.001, 1e-300
# Where the gap is looked at around a tie, and by how much it must be smaller at the next of these distances.
DISTANCES, SMALLER = (-15, -30, -45), 1e-8
# To how many decimals a tie is rounded, and how many of them the sides may lose.
PLACES, LOSE, BESIDE = (40, 53, 70), 12, (-2, -1, 0, 1, 2)
# What conditions must be fulfilled by.
FULFILLED = 1e-20


@dataclass
class Gap:
    """The gap between two sides at one of their numbers, as a function of how drawn numbers are moved.

    Attributes:
        link: the two sides.
        instances: of the link, on the trials that the start is one of.
        start: the trial that numbers are moved on.
        places: of each number that is moved, its symbol.
        stretched: by how much a symbol's numbers stay stretched.
        size: of the terms that make the sides, at the start.
        letters: the values of the link's letters.
        entry: which of the sides' numbers.
    """

    link: Claim
    instances: Instances
    start: Start
    places: tuple[str, ...]
    stretched: dict[str, float]
    letters: dict[str, int]
    entry: int
    size: float

    def moves(self, by: Sequence[Scalar], places: int = 0, count: int = 1) -> Moves:
        """Moves of the symbols' numbers."""
        of: dict[str, list[Scalar]] = {}
        for name, move in zip(self.places, by, strict=True):
            of.setdefault(name, [self.stretched.get(name, 0.0)]).append(move)
        return Moves(of, count, places=places)

    def opened(self, by: Sequence[Scalar], places: int = 0) -> Combination | None:
        """The link there; None where it says nothing, or a condition has no value."""
        _, number, wild = self.start
        try:
            instance = self.instances.moved(self.moves(by, places)).on(number, wild)
            combination = None if instance is None else Combination(instance, self.letters)
            return combination if combination is not None and combination.counts() else None
        except (TooLong, OutOfTime):
            raise
        except Refusal:
            return None

    def at(self, by: Sequence[Scalar], many: int = 0, places: int = 0) -> Scalar | None:
        """The gap, as a share of the size, below 0 where the relation is no longer so; None where there is none.

        Raises:
            TooLong, OutOfTime: where no more work may be done.
        """
        relation, difference = self.link.relations[0], self.difference(by, many, places)
        if difference is None or (relation != "≠" and is_complex(difference)):
            return None
        return abs(difference) if relation == "≠" else -difference if relation in "<≤" else difference

    def difference(self, by: Sequence[Scalar], many: int = 0, places: int = 0) -> Scalar | None:
        """The left side less the right one, as a share of the size; None where one has no value.

        Raises:
            TooLong, OutOfTime: where no more work may be done.
        """
        [(left, _, right, _)] = self.link.links
        self.start[0].effort.spend(work_of(left, right) * (MANY_DIGITS if many else 1))
        try:
            combination = self.opened(by, places)
            if combination is None:
                return None
            frame = combination.frame(many)
            pairs = pairs_of(evaluate(left, frame), evaluate(right, frame), left, right)
        except (TooLong, OutOfTime):
            raise
        except (Refusal, OverflowError):
            return None
        if self.entry >= len(pairs) or not all(map(is_finite, pairs[self.entry])):
            return None
        a, b = pairs[self.entry]
        return (a - b) / self.size


def nearest(link: Claim, instances: Instances, start: Start, at: dict[str, list[float]]) -> Gap | None:
    """The gap that is the least, relative to its size, on a trial with its numbers moved; None where there is none."""
    _, number, wild = start
    instance = instances.moved(Moves(at, 1)).on(number, wild)
    if instance is None:
        return None
    places = tuple(name for name, moves in at.items() for _ in moves[1:])
    found: list[tuple[float, dict[str, int], int, float]] = []
    for combination in instance.combinations():
        found += _gaps(link, combination)
    if not found or not 0 < len(places) <= MOST_NUMBERS:
        return None
    _, letters, entry, size = min(found, key=lambda each: each[0])
    return Gap(link, instances, start, places, {name: moves[0] for name, moves in at.items()}, letters, entry, size)


def _gaps(link: Claim, combination: Combination) -> Iterator[tuple[float, dict[str, int], int, float]]:
    """The gaps of a link's numbers, relative to their size, for some values of its letters."""
    [(left, _, right, _)] = link.links
    try:
        if not combination.counts():
            return
        frame = combination.frame()
        pairs = pairs_of(evaluate(left, frame), evaluate(right, frame), left, right)
        size = max(size_of(left, frame), size_of(right, frame))
        gaps = [float(abs(plain(a) - plain(b))) for a, b in pairs]
    except (TooLong, OutOfTime):
        raise
    except (Refusal, OverflowError):
        return
    for entry, gap in enumerate(gaps):
        if gap == gap and 0 < size < 1e300:
            yield gap / size, {**combination.letters}, entry, size


def descend(gap: Gap, by: list[Scalar], within: float = 0.0, many: int = 0, power: int = 0) -> list[Scalar] | None:
    """Move numbers to where the gap is within so much, or below 0; None where no step leads there.

    Args:
        many: digits to compute with; 0 for floats.
        power: of ten, by which numbers are moved to see the slope.
    """
    value, useless = gap.at(by, many), 0
    for _ in range(STEPS):
        if value is None or value <= within:
            break
        # The modulus of a complex gap is a cone: what steps over its tip sees no slope.
        shift = digits(many).mpf(10) ** power if many else min(STEP_IN_FLOATS, value * SHORT)
        tried = []
        for step in _steps(gap, by, value, shift, many):
            there = [x + d for x, d in zip(by, step, strict=True)]
            seen = gap.at(there, many)
            if seen is not None and (seen <= within or max(map(abs, step)) < LONG):
                tried.append((seen, there))
        if not tried:
            return None
        least, there = min(tried, key=lambda each: each[0])
        useless += least > value / 2
        if useless > USELESS:
            return None
        if least < value:
            value, by = least, there
    return by if value is not None and value <= within else None


def _steps(gap: Gap, by: list[Scalar], value: Scalar, shift: Scalar, many: int) -> Iterator[list[Scalar]]:
    """Steps that may lead to where the gap is 0."""
    slopes = _slopes(gap, by, value, shift, many)
    square = 0 if slopes is None else sum(slope * slope for slope in slopes)
    if slopes is None or not square:
        return
    for times in TIMES:
        yield [-times * value * slope / square for slope in slopes]
    length = TIMES[-1] * value / square**0.5
    if length > FAR:
        yield [-FAR * slope / square**0.5 for slope in slopes]
    if 1 < len(by) <= NEWTON:
        for step in _newton(gap, by, slopes, shift, many):
            if max(map(abs, step)) < LONG:
                yield step


def _slopes(gap: Gap, by: list[Scalar], value: Scalar, shift: Scalar, many: int) -> list[Scalar] | None:
    found = []
    for n in range(len(by)):
        seen = gap.at([*by[:n], by[n] + shift, *by[n + 1 :]], many)
        if seen is None:
            return None
        found.append((seen - value) / shift)
    return found


def _newton(gap: Gap, by: list[Scalar], slopes: list[Scalar], shift: Scalar, many: int) -> Iterator[list[Scalar]]:
    """Newton's step to where all slopes are 0, damped by their length; none where that has no value."""
    rows = []
    bend = shift**0.5
    length = sum(slope * slope for slope in slopes) ** 0.5
    for n in range(len(by)):
        there = [*by[:n], by[n] + bend, *by[n + 1 :]]
        seen = gap.at(there, many)
        bent = None if seen is None else _slopes(gap, there, seen, shift, many)
        if bent is None:
            return
        row = [(after - before) / bend for after, before in zip(bent, slopes, strict=True)]
        rows.append([*row, -slopes[n]])
    for damping in DAMPINGS:
        yield from _solved([[*row[:n], row[n] + damping * length, *row[n + 1 :]] for n, row in enumerate(rows)])


def _solved(rows: list[list[Scalar]]) -> Iterator[list[Scalar]]:
    """The solution of linear equations, each with its right side last; none where there isn't one."""
    for k in range(len(rows)):
        best = max(range(k, len(rows)), key=lambda i: abs(rows[i][k]))
        rows[k], rows[best] = rows[best], rows[k]
        if not rows[k][k]:
            return
        for i in range(len(rows)):
            if i != k:
                factor = rows[i][k] / rows[k][k]
                rows[i] = [x - factor * y for x, y in zip(rows[i], rows[k], strict=True)]
    yield [row[-1] / row[k] for k, row in enumerate(rows)]


def cross(gap: Gap, by: list[Scalar], paths: Sequence[float] = PATHS) -> list[Scalar] | None:
    """Move numbers to where one real side goes from below another to above it; None where no path is seen to cross.

    A slope leads down to the next lowest place alone, which may be a bend.
    """
    here = gap.difference(by)
    if here is None or is_complex(here):
        return None
    for n, length, sign in product(range(len(by)), paths, (1, -1)):
        low, high = by[n], by[n] + sign * length
        end = gap.difference([*by[:n], high, *by[n + 1 :]])
        if end is None or is_complex(end) or here * end >= 0:
            continue
        for _ in range(HALVINGS):
            middle = (low + high) / 2
            seen = gap.difference([*by[:n], middle, *by[n + 1 :]])
            if seen is None or is_complex(seen):
                break
            low, high = (middle, high) if seen * here > 0 else (low, middle)
        else:
            return [*by[:n], low, *by[n + 1 :]]
    return None


def refuse_tie(gap: Gap, by: list[Scalar], steps: int) -> list[Scalar] | None:
    """Refuse a link whose sides are equal near numbers that were moved so far.

    Returns:
        Where the gap is below 0, if it comes to that.

    Raises:
        Refusal: where the sides are equal.
    """
    for many, within, power in STAGES:
        moved = descend(gap, [digits(many).mpf(x) for x in by], within, many, power)
        if moved is None or _goes_on(by, moved):
            return None
        by = moved
        if (value := gap.at(by, many)) is not None and value < -within:
            return [*map(float, by)]
    if (
        not _divides_by_zero(gap, by, STAGES[-1][0])
        and not _is_lost(gap, by, STAGES[-1][0])
        and _meets(gap, by, STAGES[-1][0])
        and all(_has_values(gap, by, places) for places in PLACES)
    ):
        combination = gap.opened(by, PLACES[-1])
        if combination is not None and _is_fulfilled(gap, combination.instance):
            raise _equal(gap, by, steps)
    return None


def _goes_on(by: list[Scalar], moved: list[Scalar]) -> bool:
    """Whether numbers are still on their way where fewer digits saw no gap: what they approach isn't reached."""
    return any(abs(there - here) > ON_THE_WAY for here, there in zip(by, moved, strict=True))


def _is_lost(gap: Gap, by: list[Scalar], many: int) -> bool:
    """Whether sides that depended on a number where the search began no longer do: 400 digits see 1 in tanh 2000."""
    begun, start = replace(gap, stretched={}), [digits(many).mpf(0) for _ in by]
    moved = [n for n, move in enumerate(by) if move or gap.stretched.get(gap.places[n])]
    return any(_is_flat(gap, by, n, many) and not _is_flat(begun, start, n, many) for n in moved)


def _is_flat(gap: Gap, by: list[Scalar], n: int, many: int) -> bool:
    """Whether one of the numbers changes nothing near there, not even the last digits."""
    here, there = gap.difference(by, many), gap.difference([*by[:n], by[n] + NEAR, *by[n + 1 :]], many)
    return here is not None and there is not None and abs(here - there) < LAST


def _divides_by_zero(gap: Gap, by: list[Scalar], many: int) -> bool:
    """Whether something is divided there by what would be 0 at the tie itself."""
    divisors: set[Lost] = digits(many).divisors
    divisors.clear()
    return gap.at(by, many) is None or bool(divisors)


def _meets(gap: Gap, by: list[Scalar], many: int) -> bool:
    """Whether the gap falls to a tie by a power of the distance, from both sides."""
    random, ten = Random("tie"), digits(many).mpf(10)
    direction = [random.gauss(0, 1) for _ in by]
    for sign in (1, -1):
        seen = [
            gap.at([x + sign * d * ten**power for x, d in zip(by, direction, strict=True)], many) for power in DISTANCES
        ]
        gaps = [abs(each) for each in seen if each is not None]
        if len(gaps) < len(DISTANCES) or not all(gaps):
            return False
        if any(nearer > farther * SMALLER for farther, nearer in pairwise(gaps)):
            return False
    return True


def _has_values(gap: Gap, by: list[Scalar], places: int) -> bool:
    """Whether the sides are equal at the tie rounded to so many decimals, and a few units beside."""
    unit = digits(places).mpf(10) ** -places
    for beside in BESIDE:
        seen = gap.at([x + beside * unit for x in by], places, places)
        if seen is None or abs(seen) > 10.0 ** (LOSE - places):
            return False
    return True


def _is_fulfilled(gap: Gap, instance: Instance) -> bool:
    """Whether each condition holds there by more than rounding, or says what is fixed."""
    frame = Combination(instance, gap.letters).frame(PLACES[-1])
    for condition in gap.link.reach.conditions:
        for part, there in comparisons(condition, frame):
            for one, other in compared(part, there):
                a, b = plain(one), plain(other)
                if a != b and abs(a - b) <= FULFILLED * max(abs(a), abs(b)):
                    return False
                if a == b and "=" not in part.relations:
                    return False
    return True


def _equal(gap: Gap, by: list[Scalar], steps: int) -> Refusal:
    """The refusal of a link whose sides are equal."""
    combination = gap.opened([*map(float, by)])
    assert combination is not None
    [(left, _, right, at)] = gap.link.links
    frame = combination.frame()
    a, b = pairs_of(evaluate(left, frame), evaluate(right, frame), left, right)[gap.entry]
    trial, names = combination.instance.trial, gap.instances.names
    moved = {name: trial.value(name) for name in names.values if gap.places.count(name) == 1}
    said = [f"{name} = {show(value)}" for name, value in moved.items() if not isinstance(value, Array)]
    where = combination.shown().replace("moved once", f"moved {steps + 1} times")
    witness = Witness(where, show(a), show(b))
    evidence = f"{where}: both sides are {show(a)}, equal in 200 digits"
    if said:
        evidence += f", at {', '.join(said)} or so"
    return Refusal(
        evidence,
        "write a relation that lets them be equal, or leave these values out",
        at=at,
        where="",
        witness=witness,
    )
