"""A claim at the edges of what it distinguishes: of its conditions, cases, brackets, maxima and absolute values.

Where a condition says a > -0.01, the claim is meant for numbers between that and 0 too, of which no trial may have one.
So numbers are moved to where the two sides of a comparison are equal, and the claim is tried on the way, and past it,
ever nearer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import combinations, islice, pairwise

from ..evaluation import evaluate
from ..meaning.expression import (
    Apply,
    Call,
    Comparison,
    Constant,
    Dots,
    Every,
    Extremum,
    Name,
    Node,
    Number,
    Power,
    Prime,
    Product,
)
from ..meaning.statement import Claim, Definition, Reach, expressions
from ..message.refusal import OutOfTime, Refusal, TooLong
from ..names.table import Names
from ..numbers.array import Array
from ..numbers.dual import plain
from ..numbers.scalar import is_complex
from ..trials.chance import Moves
from ..trials.page_trials import Trials
from .claim import INEQUALITIES, Checked, OnTrial, Start
from .instances import Instances, parts_of
from .tie import cross, descend, nearest

# What is compared is looked for in definitions that are read by others, so deep.
DEEPEST = 3
# How much work the edges of one claim may take, and from so many trials numbers are moved to each.
WORK, STARTS = 60_000, 3
# So far is a whole number moved, where it is the size of arrays and where it isn't.
LONGEST, FARTHEST = 30, 10**13
# So far is one number moved to see whether an edge lies on the way.
PATHS = (1.0, 4.0, 16.0, 64.0, 256.0, *(10.0**power for power in range(3, 13)))
# What is left of the way to an edge, before it or past it: ever less, but more than rounding; and once far past it:
# a tiny number is taken for 0.
LEFT = (*(sign * left for left in (0.5, 0.1, 0.01, 1e-3, 1e-6, 1e-9) for sign in (1, -1)), -2)
# Where many digits are asked: past an edge, code often has what is equal in floats alone, as x for ln(1 + e^x).
CONFIRMED = (1e-9, -1e-9, -2)
# What is left between sides that are equal but for rounding.
TIE = 1e-12


def try_edges(claim: Claim, trials: Trials) -> None:
    """Try a claim that holds on its trials at the edges of what it distinguishes.

    Raises:
        Refusal: if it is false there.
    """
    if not (edges := [*_edges(claim, trials.names)]):
        return
    instances = Instances(claim, trials)
    with trials.effort.share(WORK):
        starts = [(trials, each.number, False) for each in islice(instances.opened(), STARTS)]
        for edge in edges:
            of_edge = Instances(edge, trials, beside=claim.sides)
            for start in starts:
                for moves, is_confirmed in _towards(edge, of_edge, start):
                    _try(claim, instances.moved(moves), start, is_confirmed)


def _edges(claim: Claim, names: Names) -> Iterator[Claim]:
    """Two sides that part the values a claim is about where they are equal, as a claim without its inequalities."""
    kept = tuple(part for part in parts_of(claim.reach.conditions) if not _parts(part))
    reach = Reach(claim.reach.quantifiers, kept)
    for sides in dict.fromkeys(each for node in expressions(claim) for each in _compared(node, names)):
        # As "≠", so that the way to it leads there from either side.
        yield Claim(sides, ("≠",), (sides[0].at,), reach)


def _compared(node: Node, names: Names, depth: int = 0) -> Iterator[tuple[Node, Node]]:
    """What an expression compares, and what it reads by its definition, with a function's arguments in place."""
    for part in node.walk():
        yield from _sides(part)
        if depth < DEEPEST and (definition := _definition(part, names)) is not None:
            given = part.arguments if isinstance(part, Apply) else (part.argument,) if isinstance(part, Prime) else ()
            body = _with(definition.body, dict(zip(definition.parameters, given, strict=True)))
            yield from _compared(body, names, depth + 1)


def _sides(node: Node) -> Iterator[tuple[Node, Node]]:
    """What a node compares itself: where they are equal, it says something else, or turns, or jumps."""
    match node:
        case Comparison(sides=sides, relations=relations):
            yield from (pair for pair, sign in zip(pairwise(sides), relations, strict=True) if sign in INEQUALITIES)
        case Extremum(entries=entries):
            yield from combinations((entry for entry in entries if not isinstance(entry, Dots)), 2)
        case Call(name="abs" | "sign", argument=argument):
            yield argument, Number(Fraction(0), at=node.at)
        case Call(name="sqrt" | "ln", argument=Power(base, Number(value=power))) if power % 2 == 0:
            yield base, Number(Fraction(0), at=node.at)
        case Call(name="floor" | "ceil", argument=argument):
            yield from ((argument, Number(Fraction(end), at=node.at)) for end in (1, -1))
            # Whole numbers, where nothing jumps on the way.
            turns = Product(Constant("π", at=node.at), argument, at=node.at)
            yield Call("sin", turns, at=node.at), Number(Fraction(0), at=node.at)


def _definition(part: Node, names: Names) -> Definition | None:
    """What defines a symbol, or a function where it is applied; None of components, and where nothing does."""
    match part:
        case Name(name=name):
            binding = names.find(name)
        case Apply(name=name, arguments=arguments):
            binding = names.function(name, len(arguments))
        case Prime(name=name):
            binding = names.function(name, 1)
        case _:
            return None
    statement = binding and names.statement(binding)
    return statement if isinstance(statement, Definition) and not statement.indices else None


def _with(node: Node, arguments: Mapping[str, Node]) -> Node:
    """An expression with others in the place of names."""
    if isinstance(node, Name) and node.name in arguments:
        return arguments[node.name]
    return node.with_parts(_with(part.node, arguments) for part in node.parts())


def _parts(condition: Node) -> bool:
    """Whether a condition is an inequality, or one for all values of a letter."""
    if isinstance(condition, Every):
        return _parts(condition.condition)
    return isinstance(condition, Comparison) and bool(INEQUALITIES & {*condition.relations})


def _towards(edge: Claim, instances: Instances, start: Start) -> Iterator[tuple[Moves, bool]]:
    """Moves from a trial to an edge, and past it, and whether digits are asked there; none where no way is found."""
    try:
        unmoved = Moves(count=1)
        _difference(edge, instances, start, unmoved)
        yield from ((moves, True) for moves in _whole_towards(edge, instances, start, unmoved))
        at = {name: [0.0] * many for name, many in unmoved.asked.items()}
        gap = nearest(edge, instances, start, at)
        if gap is None:
            return
        begun = [move for moves in at.values() for move in moves[1:]]
        found = descend(gap, begun, TIE) or cross(gap, begun, PATHS)
    except (TooLong, OutOfTime):
        raise
    except Refusal:
        return
    if found is not None:
        for left in LEFT:
            yield gap.moves([float(move) * (1 - left) for move in found]), left in CONFIRMED


def _whole_towards(edge: Claim, instances: Instances, start: Start, unmoved: Moves) -> Iterator[Moves]:
    """Moves of one whole number to an edge, and beside it, along the slope that its next step shows."""
    lengths = instances.lengths()
    for name in unmoved.asked_whole:
        here, there = (_difference(edge, instances, start, Moves(count=1, whole={name: by})) for by in (0, 1))
        if here is None or there is None or here == there:
            continue
        way = round(here / (here - there))
        if 0 < abs(way) <= (LONGEST if name in lengths else FARTHEST):
            for beside in (-1, 0, 1):
                yield Moves(count=1, whole={name: way + beside})


def _difference(edge: Claim, instances: Instances, start: Start, moves: Moves) -> float | None:
    """By how much the sides of an edge differ on a moved trial, for the first of its letters; None of no numbers."""
    instance = instances.moved(moves).on(start[1])
    for combination in instance.combinations() if instance is not None else ():
        one, other = (evaluate(side, combination.frame()) for side in edge.sides)
        if isinstance(one, Array) or isinstance(other, Array) or is_complex(one) or is_complex(other):
            return None
        return float(plain(one) - plain(other))
    return None


def _try(claim: Claim, instances: Instances, start: Start, is_confirmed: bool) -> None:
    """Try a claim on a moved trial, in floats, and perhaps the last values of its letters in digits.

    Raises:
        Refusal: where it is false, or no more work may be done.
    """
    on_trial: OnTrial | None = None
    try:
        instance = instances.on(start[1])
        if instance is not None:
            on_trial = OnTrial(claim, instance, Checked(), trusting=True)
            on_trial.check()
            if is_confirmed:
                on_trial = OnTrial(claim, instance, Checked(), confirming=True)
                on_trial.check_last()
    except (TooLong, OutOfTime):
        raise
    except Refusal as refusal:
        # Where a side has no value, or is lost beside its terms, or only rounding fulfils a condition, nothing is said.
        is_seen = refusal.witness and not refusal.is_tie and on_trial is not None and not on_trial.is_rounded
        if is_seen and not instances.fulfilled_by_rounding(start[1]):
            raise
