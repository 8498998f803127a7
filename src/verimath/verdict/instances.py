"""What a statement is about: the trials on which it says something, and the values of its free letters on each.

All that is checked on trials goes through them by one loop:

    instances = Instances(claim, trials)
    for instance in islice(instances.opened(), trials.count):
        for combination in instance.combinations():
            with combination.placing(claim.at):
                if combination.counts():
                    ... evaluate(side, combination.frame()) ...
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from copy import copy
from dataclasses import dataclass
from functools import cached_property, partial

from ..evaluation import Frame, all_hold, axis, compared, comparisons, evaluate, holds, range_between
from ..evaluation.effort import OPENING, work_of
from ..latex.read.clauses.letters import free_letters
from ..meaning.beside import all_below
from ..meaning.expression import Big, Both, Comparison, Every, Name, Node, NumberedAxis, Range, Symbol
from ..meaning.operations import BINDERS
from ..meaning.statement import (
    Arrays,
    Claim,
    Complexes,
    Declaration,
    Matrices,
    Reach,
    Reals,
    Simplex,
    Statement,
    expressions,
    sizes,
)
from ..meaning.subscripted import numbered_axes
from ..message.refusal import EmptySet, NoValue, Overflow, Refusal
from ..numbers.absorbed import aside
from ..numbers.array import Array, Value, lies, make
from ..numbers.array import each as of_each
from ..numbers.dual import plain
from ..numbers.scalar import digits, show
from ..numbers.scalar import exact as in_digits
from ..trials.chance import Moves
from ..trials.draw import contains
from ..trials.page_trials import ATTEMPTS, Trials
from ..trials.values import Trial
from .agreement import DIGITS, SHRINKS
from .arranged import arranged
from .fulfilled import Fixed, fulfilling

# What fulfils an equation may lie farther away than what is drawn: on one trial of so many, it is sought there first.
OFTEN, FAR = 2, 1000
# What is claimed under a condition is to be tried at such a size at least; the last trials are kept for it, if need be.
LARGE, KEPT = 4, 3
# What a letter is drawn by that a statement binds, behind ∀.
BOUND = "∀ "


def choices(ranges: Sequence[range]) -> Iterator[tuple[int, ...]]:
    """A number of each range, in all ways, the last range the fastest; ranges that nothing could hold are no matter."""
    if not ranges:
        yield ()
        return
    for value in ranges[0]:
        for others in choices(ranges[1:]):
            yield (value, *others)


def parts_of(conditions: Iterable[Node]) -> Iterator[Node]:
    """Conditions, those that `and` joins one by one."""
    for condition in conditions:
        if isinstance(condition, Both):
            yield from condition.children()
        else:
            yield condition


def _is_of_all(condition: Node) -> bool:
    r"""Whether a condition is one on all components, x_i > 0 \forall i, or on the least or the greatest of them."""
    match condition:
        case Every():
            return True
        case Comparison(relations=relations) if "=" not in relations:
            return any(isinstance(part, Big) and BINDERS[part.kind].picks for part in condition.walk())
    return False


def _may_be_fulfilled(condition: Node) -> bool:
    """Whether a condition is one that other values may be sought for: inequalities, of numbers or of all components."""
    return _is_of_all(condition) or (isinstance(condition, Comparison) and "=" not in condition.relations)


class Instances:
    """A statement's instances: on which trials and for which values of its letters it says something.

    Only a claim has letters and conditions of its own; other statements say something on every trial.

    Args:
        beside: expressions that the statement stands beside, whose arrays its letters number too.
    """

    def __init__(self, statement: Statement, trials: Trials, beside: Sequence[Node] = ()) -> None:
        self.statement, self.trials, self.names = statement, trials, trials.names
        self.beside = beside
        self.reach = statement.reach if isinstance(statement, Claim) else Reach()
        self.begins = statement.sides[0].at if isinstance(statement, Claim) else statement.at
        # What it takes to evaluate it for some values of its letters.
        self.work = OPENING + (work_of(*statement.sides) if isinstance(statement, Claim) else 0)
        self.drawn = [q for q in self.reach.quantifiers if q.over is not None and not isinstance(q.over, Range)]
        drawn = {letter for quantifier in self.drawn for letter in quantifier.letters}
        self.letters = [letter for letter in self._all_letters() if letter not in drawn]
        self.fixed = self._fixed()
        self._numbered: dict[str, tuple[NumberedAxis, ...]] = {}
        conditions = self.reach.conditions
        self.of_trial = [node for node in conditions if not self._letters_in(node)]
        self.of_letters = [node for node in conditions if self._letters_in(node)]
        # What no value is drawn for that fulfils it: such values are sought.
        parts = parts_of(self.of_trial)
        self.equations = [each for each in parts if isinstance(each, Comparison) and self._is_equation(each)]
        self.movable = [name for name in self.names.values if self._may_move(name)] if self.equations else []
        # What few values are drawn for that fulfil it: others are put in their place.
        self.everywhere = [each for each in parts_of(self.of_trial) if _is_of_all(each)]
        self.orderly = [name for name in self.names.values if self._may_be_arranged(name)] if self.everywhere else []
        # On how many trials none were found; and the sizes of those trials, and of others.
        self.unfound = 0
        self.arranged_on: set[tuple[int, bool]] = set()
        self.sizes: dict[bool, list[tuple[int, ...]]] = {True: [], False: []}
        self.reached: dict[bool, set[tuple[int, ...]]] = {True: set(), False: set()}
        # Ranges that earlier letters bound, as in \forall i \in \{1, \dots, n\}, \forall j \in \{1, \dots, i\}.
        self.narrowed = [
            (letter, quantifier.over)
            for quantifier in self.reach.quantifiers
            if isinstance(quantifier.over, Range) and self._letters_in(quantifier.over)
            for letter in quantifier.letters
        ]

    def _all_letters(self) -> list[str]:
        if not isinstance(self.statement, Claim):
            return []
        quantified = [letter for q in self.reach.quantifiers for letter in q.letters]
        return list(dict.fromkeys([*free_letters(self.statement, self.names), *quantified]))

    def _letters_in(self, node: Node) -> set[str]:
        return {part.name for part in all_below(node) if isinstance(part, Name)} & {*self.letters}

    def _fixed(self) -> list[tuple[str, Node]]:
        """Conditions that say the value of a drawn number, or array, `N = 2`, `b = A x`."""
        fixed: list[tuple[str, Node]] = []
        for part in parts_of(self.reach.conditions):
            fixed += self._says(part)[:1]
        return self._in_order(fixed)

    def _says(self, condition: Node) -> list[tuple[str, Node]]:
        """A symbol whose value a condition says, in the ways that it can be read."""
        match condition:
            case Comparison((one, other), ("=",)):
                pairs = [(one, other), (other, one)]
                return [(a.name, b) for a, b in pairs if isinstance(a, Name) and self._may_fix(a.name, b)]
        return []

    def _is_equation(self, condition: Comparison) -> bool:
        """Whether a condition says that sides are equal, and not what one of them is."""
        return {*condition.relations} == {"="} and not self._says(condition)

    def _may_move(self, name: str) -> bool:
        """Whether the equations read a symbol of real numbers, which no condition says the value of."""
        statement = self.names.values[name].statement
        if not isinstance(statement, Declaration) or name in dict(self.fixed):
            return False
        of = statement.domain.of if isinstance(statement.domain, Arrays) else statement.domain
        reads_it = self.names.read_by([node for _, node in self.fixed])
        return isinstance(of, Reals) and name in self.names.read_by(self.equations) and name not in reads_it

    def _may_be_arranged(self, name: str) -> bool:
        """Whether conditions on all components read an array of any real numbers, and nothing says its value."""
        if name not in self.names.read_by(self.everywhere) or name in dict(self.fixed):
            return False
        if name in self.names.read_by([*self.equations, *(node for _, node in self.fixed)]):
            return False
        domain = self.names.domain(name)
        return isinstance(domain, Arrays) and domain.of == Reals()

    def unfulfilled(self) -> Refusal:
        """The refusal of conditions that too few values fulfil, by what they are of."""
        read = self.names.read_by([*parts_of(self.reach.conditions)])
        found = [self.names.values[name].statement for name in read if name in self.names.values]
        domains = [each.domain for each in found if isinstance(each, Declaration)]
        why = "too few values are found that fulfil its condition"
        way_out = (
            "say the value that fulfils it, as by \\text{if} a = 0; or define what does, such as "
            "u \\coloneqq \\frac{x}{\\lVert x \\rVert}, and claim it of that"
        )
        if any(isinstance(of.of if isinstance(of, Arrays) else of, Complexes) for of in domains):
            why = f"{why}: those of complex numbers aren't sought"
            way_out = (
                "define what fulfils it by real numbers, such as z \\coloneqq e^{\\mathrm{i} t} or "
                "z \\coloneqq \\mathrm{i} t, and claim it of that"
            )
        elif any(isinstance(of, Matrices) for of in domains):
            why = f"{why}: those of a matrix of one kind aren't sought"
            way_out = "write what it is equal to in its place, such as I_n; or define the matrix by \\coloneqq"
        return Refusal(why, way_out, rule=2)

    def _in_order(self, fixed: list[tuple[str, Node]]) -> list[tuple[str, Node]]:
        """What is fixed, each after what it is fixed by: b = c before a = b."""
        found, left = list[tuple[str, Node]](), fixed
        while left:
            reads = [self.names.read_by([node]) for _, node in left]
            free = (n for n, read in enumerate(reads) if not any(name in read for name, _ in left))
            n = next(free, 0)
            found.append(left[n])
            left = [*left[:n], *left[n + 1 :]]
        return found

    def _may_fix(self, name: str, node: Node) -> bool:
        """Whether an expression may give the value of a symbol that is drawn otherwise."""
        binding = self.names.values.get(name)
        if binding is None or not isinstance(binding.statement, Declaration) or self._letters_in(node):
            return False
        if name in self.names.read_by([node]):
            return False
        domain = binding.statement.domain
        if isinstance(domain, Matrices | Simplex):
            # Of these, what lies in their set isn't seen by its numbers.
            return isinstance(node, Name) and self.names.domain(node.name) == domain
        return True

    @cached_property
    def is_seeking(self) -> bool:
        """Whether values are sought that fulfil its equations, since no trial has such values by chance.

        Among special values, there may be some; these are as they are.
        """
        if not self.movable or self.trials.plan is not None:
            return False
        return all(self._on(number, False, False) is None for number in range(self.trials.count * ATTEMPTS))

    def moved(self, moves: Moves) -> Instances:
        """The same on trials whose numbers are moved."""
        other = copy(self)
        other.is_seeking = self.is_seeking
        other.trials = self.trials.moved(moves)
        return other

    def opened(self, wild: bool = False) -> Iterator[Instance]:
        """The trials on which the statement says something, in their order; more than it is checked on.

        Raises:
            Refusal: where a condition or a range has no value.
        """
        found, left = 0, list[Instance]()
        for number in range(self.trials.count * ATTEMPTS):
            if (instance := self.on(number, wild)) is not None:
                if found >= self.trials.count - KEPT and self.is_small():
                    left.append(instance)
                    continue
                found += 1
                yield instance
            if self.unfound > self.trials.count + found:
                break  # nor will they be found on most others
        yield from left

    def larger(self) -> Iterator[Instance]:
        """Trials whose sizes are larger than those of all that count, with values that fulfil conditions."""
        counted = [max(sizes) for sizes in zip(*self.sizes[True], strict=True)]
        excluded = [max(sizes) for sizes in zip(*self.sizes[False], strict=True)]
        if self.everywhere or not any(most < other for most, other in zip(counted, excluded, strict=False)):
            return
        others = Instances(self.statement, self.trials, self.beside)
        others.everywhere = [part for part in parts_of(self.of_trial) if _may_be_fulfilled(part)]
        others.orderly = [name for name in self.names.values if others._may_be_arranged(name)]
        for number in range(self.trials.count if others.orderly else 0):
            sizes = self.sizes_on(self.trials.trial(number))
            if any(size > most for size, most in zip(sizes, counted, strict=True)):
                instance = others.on(number)
                if instance is not None:
                    self.sizes[True].append(sizes)
                    yield instance

    def on(self, number: int, wild: bool = False) -> Instance | None:
        """One trial, by its number; None where the statement says nothing.

        Raises:
            Refusal: where a condition or a range has no value.
        """
        return self._on(number, wild, self.is_seeking)

    def _on(self, number: int, wild: bool, is_seeking: bool) -> Instance | None:
        trial, at = self.trials.trial(number, wild), self.statement.at
        try:
            with placing(at):
                try:
                    fixed = self._fixed_on(number, wild)
                except NoValue:
                    if self._is_excluded(trial.frame()):
                        return None
                    raise
                if is_seeking:
                    scale = FAR if number % OFTEN == OFTEN - 1 else 1
                    fixed += self._sought(self.trials.trial(number, wild, fixed), scale)
                fixed += self._arranged(number, wild, fixed)
                if fixed and not all(self._may_be(name, value, trial) for name, value in fixed):
                    return None
                frame = self.frame(number, wild, fixed)
                try:
                    ranges = self._ranges(frame, is_seeking)
                except Overflow:
                    ranges = self._ranges(self.frame(number, wild, fixed, DIGITS[0]), is_seeking)
                self._note(self.trials.trial(number, wild, fixed), frame, ranges is not None)
                return None if ranges is None else Instance(self, number, wild, fixed, ranges, frame)
        except Overflow:
            if wild:
                return None
            raise Refusal("a bound is too large", "declare smaller sizes", at=at) from None
        except Refusal:
            if trial.draw.extreme:
                return None  # there, what is claimed may have no value
            raise
        return None  # a set is empty

    def _ranges(self, frame: Frame, is_fulfilled: bool) -> dict[str, range] | None:
        """What each letter runs over, where the conditions on a trial hold; else None.

        Args:
            is_fulfilled: whether the equations hold, but for rounding.
        """
        conditions = [each for each in parts_of(self.of_trial) if not (is_fulfilled and each in self.equations)]
        if not all_hold((each, frame) for each in conditions):
            return None
        return {letter: self.range_of(letter, frame) for letter in self.letters}

    def _is_excluded(self, frame: Frame) -> bool:
        """Whether a condition doesn't hold that reads nothing of what others say the value of."""
        said = {name for name, _ in self.fixed}
        conditions = [
            each for each in parts_of(self.of_trial) if not any(name in self.names.read_by([each]) for name in said)
        ]
        with suppress(NoValue):
            return not all_hold((each, frame) for each in conditions)
        return False

    def fulfilled_by_rounding(self, number: int, wild: bool = False) -> bool:
        """Whether a condition on a trial compares numbers that differ by rounding only, which more digits show.

        What a condition says the value of, or an equation that is solved, differs by no more than that.
        """
        asked = [part for part in parts_of(self.of_trial) if not self._is_solved(part)]
        if not asked:
            return False
        fixed = self._fixed_on(number, wild)
        if self.is_seeking:
            fixed += self._sought(self.trials.trial(number, wild, fixed))
        fixed += self._arranged(number, wild, fixed)
        frames = [self.frame(number, wild, fixed, digits) for digits in DIGITS[:2]]
        if not all_hold((part, frames[0]) for part in asked):
            return True
        found = ([each for node in asked for each in comparisons(node, frame)] for frame in frames)
        for (part, few), (_, many) in zip(*found, strict=True):
            for pairs in zip(compared(part, few), compared(part, many), strict=True):
                gap, smaller = (abs(plain(one) - plain(other)) for one, other in pairs)
                if gap and smaller <= SHRINKS * gap:
                    return True
        return False

    def _is_solved(self, condition: Node) -> bool:
        """Whether a condition holds since values are put in place, or sought, that fulfil it."""
        return bool(self._says(condition)) or (self.is_seeking and condition in self.equations)

    def _sought(self, near: Trial, scale: int = 1) -> Fixed:
        """Values that fulfil the equations, near those of a trial.

        Raises:
            EmptySet: where none are found: then, the trial doesn't count.
        """
        with aside(near.context):
            found = fulfilling(self.equations, self.movable, near, scale)
            if found is None and scale != 1:
                found = fulfilling(self.equations, self.movable, near)
        if found is None:
            self.unfound += 1
            raise EmptySet()
        return found

    def _arranged(self, number: int, wild: bool, fixed: Fixed) -> Fixed:
        """Values that fulfil what is said of all components, where those of a trial don't and such are found.

        Where its own did, a moved trial is as it was moved.
        """
        if not self.everywhere or self.trials.plan is not None:
            return ()
        near = self.trials.trial(number, wild, fixed)
        others = [
            each for each in parts_of(self.of_trial) if each not in self.everywhere and each not in self.equations
        ]
        with suppress(NoValue):
            if not all_hold((each, near.frame()) for each in others if self._is_of_whole(each)):
                return ()
        found: Fixed | None = None
        with suppress(NoValue):
            found = () if all_hold((each, near.frame()) for each in self.everywhere) else None
        if found is None and (not self.trials.moves.count or (number, wild) in self.arranged_on):
            found = arranged(self.everywhere, self.orderly, near)
            self.arranged_on |= {(number, wild)} if found and not self.trials.moves.count else set()
        self.unfound += found is None
        self.reached[found is not None].add(self._sizes(near))
        return found or ()

    def _note(self, trial: Trial, frame: Frame, counts: bool) -> None:
        """Note the sizes of a trial that counts, or on which a condition doesn't hold that reads more than sizes."""
        if self.trials.plan is not None or self.trials.moves.count or not self.of_trial or self.movable or self.fixed:
            return
        whole = [each for each in parts_of(self.of_trial) if self._is_of_whole(each)]
        if counts or all_hold((each, frame) for each in whole):
            self.sizes[counts].append(self.sizes_on(trial))

    def sizes_on(self, trial: Trial) -> tuple[int, ...]:
        """The sizes on a trial that the statement reads."""
        read = self.names.read_by(expressions(self.statement), with_sets=True)
        return tuple(int(plain(trial.value(name))) for name in self.trials.sizes if name in read)

    def lengths(self) -> set[str]:
        """The symbols that the sizes of the arrays read are made of."""
        read = self.names.read_by([*expressions(self.statement), *self.beside])
        domains = (self.names.domain(name) for name in self.names.values if name in read)
        written = [
            size for domain in domains if isinstance(domain, Arrays | Matrices | Simplex) for size in sizes(domain)
        ]
        return {part.name for size in written for part in size.walk() if isinstance(part, Name)}

    def is_small(self) -> bool:
        """Whether all trials that count have small sizes, because conditions don't hold on those of larger ones."""
        counted, excluded = (
            [max(sizes) for sizes in zip(*self.sizes[counts], strict=True)] for counts in (True, False)
        )
        return any(most < LARGE <= other for most, other in zip(counted, excluded, strict=False))

    def _is_of_whole(self, condition: Node) -> bool:
        """Whether a condition reads whole numbers alone, such as sizes."""
        return all(self.names.is_whole(name) for name in self.names.read_by([condition]) if isinstance(name, str))

    def _sizes(self, trial: Trial) -> tuple[int, ...]:
        """The sizes on a trial that what is said of all components depends on."""
        read = self.names.read_by(self.everywhere, with_sets=True)
        return tuple(int(plain(trial.value(name))) for name in self.trials.sizes if name in read)

    def lacks_sizes(self) -> bool:
        """Whether the largest sizes are those of trials whose conditions on all components nothing fulfils."""
        greatest = [[max(sizes) for sizes in zip(*self.reached[is_found], strict=True)] for is_found in (True, False)]
        return any(lacking > found for found, lacking in zip(*greatest, strict=False))

    def _fixed_on(self, number: int, wild: bool = False) -> Fixed:
        """What the conditions fix on a trial, in floats; by digits what they can't tell, such as a rank."""
        found: list[tuple[str, Value]] = []
        for name, node in self.fixed:
            try:
                value = evaluate(node, self.trials.trial(number, wild, tuple(found)).frame())
            except Overflow:
                value = evaluate(node, self.trials.trial(number, wild, tuple(found), DIGITS[0]).frame())
                if not isinstance(value, int):
                    raise
            if (fitting := self._fitting(name, value, number, wild)) is not None:
                found.append((name, fitting))
        return tuple(found)

    def _fitting(self, name: str, value: Value, number: int, wild: bool) -> Value | None:
        """A value in the shape of a symbol's, a 0 as the array of zeros; None where it has another shape."""
        domain = self.names.domain(name)
        if not isinstance(domain, Arrays | Matrices | Simplex):
            return value
        drawn = self.trials.trial(number, wild).value(name)
        assert isinstance(drawn, Array)
        if not isinstance(value, Array):
            is_zero = isinstance(domain, Arrays) and plain(value) == 0
            return make(drawn.shape, [0] * drawn.entries.size, drawn.column) if is_zero else None
        return value if value.shape == drawn.shape and lies(value) == lies(drawn) else None

    def _may_be(self, name: str, value: Value, trial: Trial) -> bool:
        """Whether a condition fixes a symbol to an element of its set."""
        statement = self.names.values[name].statement
        assert isinstance(statement, Declaration)
        frame, domain = trial.frame(), statement.domain
        of = domain.of if isinstance(domain, Arrays) else domain
        entries = value.entries.flat if isinstance(value, Array) else [value]
        return all(contains(of, entry, lambda node: evaluate(node, frame)) for entry in entries)

    def frame(self, number: int, wild: bool, fixed: Fixed, many: int = 0) -> Frame:
        """Where the statement is evaluated on a trial, without its letters, in floats or in many digits."""
        if fixed and many:
            # What floats rounded is computed anew.
            nodes, exact = dict(self.fixed), list[tuple[str, Value]]()
            for name, value in fixed:
                if name in self.orderly and isinstance(value, Array):
                    exact.append((name, of_each(partial(in_digits, context=digits(many)), value)))
            for name, value in fixed:
                if name not in nodes:
                    continue
                frame = self.trials.trial(number, wild, tuple(exact), many).frame()
                found = evaluate(nodes[name], frame)
                # A 0 stands for the array of zeros.
                exact.append((name, value if isinstance(value, Array) and not isinstance(found, Array) else found))
            if sought := dict[Symbol, Value]((name, value) for name, value in fixed if name in self.movable):
                near = self.trials.trial(number, wild, tuple(exact), many).having(sought)
                exact += self._sought(near)
            fixed = tuple(exact)
        trial = self.trials.trial(number, wild, fixed, many)
        local: dict[str, Value] = {}
        columns = self.names.columns
        for quantifier in self.drawn:
            for letter in quantifier.letters:
                assert quantifier.over is not None
                assert not isinstance(quantifier.over, Range)
                value = trial.drawn(f"{BOUND}{letter}", quantifier.over, columns, local)
                if letter in self.names.values:
                    trial = trial.having({letter: value})
                else:
                    local[letter] = value
        return Frame(trial, local, columns)

    def with_letters(self, number: int) -> Trial:
        """A trial that has values of the letters too that are drawn."""
        if not self.drawn:
            return self.trials.trial(number)
        return self.trials.trial(number).having(self.bound(self.frame(number, False, ())))

    def bound(self, frame: Frame) -> dict[Symbol, Value]:
        """The values of the letters that are drawn, behind ∀."""
        letters = [letter for quantifier in self.drawn for letter in quantifier.letters]
        return {
            letter: frame.local[letter] if letter in frame.local else frame.symbols.value(letter) for letter in letters
        }

    def range_of(self, letter: str, frame: Frame) -> range:
        """What a free letter runs over; where earlier ones bound that, all that it is for any of their values."""
        for quantifier in self.reach.quantifiers:
            if letter in quantifier.letters and isinstance(quantifier.over, Range):
                outer = [name for name in self.letters if name in self._letters_in(quantifier.over)]
                return self._widest(quantifier.over, outer, frame)
        if letter not in self._numbered:
            nodes = (*expressions(self.statement), *self.beside)
            self._numbered[letter] = tuple(each for node in nodes for each in numbered_axes(node, letter))
        # Of what does the letter number the components, where other letters pick it? As well of the first as of any.
        others = {name for numbered in self._numbered[letter] for name in self._letters_in(numbered.array)}
        firsts = {other: self._first(other, frame) for other in others if other not in frame.local}
        return axis(letter, self._numbered[letter], frame.having(firsts), self.begins)

    def _widest(self, over: Range, outer: list[str], frame: Frame) -> range:
        """All that a printed range is for any values of the letters that bound it."""
        widest = range(0)
        for values in choices([self.range_of(name, frame) for name in outer]):
            frame.symbols.spend(OPENING)
            found = range_between(over, frame.having(dict(zip(outer, values, strict=True))))
            if found and widest:
                widest = range(min(found.start, widest.start), max(found.stop, widest.stop))
            elif found:
                widest = found
        return widest

    def _first(self, letter: str, frame: Frame) -> int:
        """Where a letter begins: at 1, unless a range is printed for it."""
        printed = any(letter in q.letters and isinstance(q.over, Range) for q in self.reach.quantifiers)
        return self.range_of(letter, frame).start if printed else 1


class Instance:
    """A statement on one trial.

    Attributes:
        of: what the statement says, on all trials.
        number: the trial's.
        wild: whether the trial's numbers are larger than usual.
        ranges: what each letter runs over.
        trial: its values, with what the statement's condition fixes.
    """

    def __init__(
        self, of: Instances, number: int, wild: bool, fixed: Fixed, ranges: dict[str, range], frame: Frame
    ) -> None:
        self.of, self.number, self.wild, self.ranges = of, number, wild, ranges
        self.trial = of.trials.trial(number, wild, fixed)
        self._fixed, self._frames = fixed, {0: frame}

    def combinations(self, backwards: bool = False) -> Iterator[Combination]:
        """All values that its letters have together, the last letter the fastest; or the same from the last on."""
        for values in choices([values[::-1] if backwards else values for values in self.ranges.values()]):
            yield Combination(self, dict(zip(self.ranges, values, strict=True)))

    def sizes(self) -> tuple[int, ...]:
        """The sizes that the statement reads on it."""
        return self.of.sizes_on(self.trial)

    def frame(self, many: int = 0) -> Frame:
        """Where it is evaluated, without its letters, in floats or in many digits."""
        if many not in self._frames:
            self._frames[many] = self.of.frame(self.number, self.wild, self._fixed, many)
        return self._frames[many]

    def shown(self, letters: Mapping[str, int]) -> str:
        """It for a message: the sizes and whole numbers that the statement reads, its letters, the trial."""
        names, bound = self.of.names, self.of.bound(self.frame())
        read = names.read_by(expressions(self.of.statement))
        said = []
        for name in (name for name in names.values if name in read and names.is_whole(name) and name not in bound):
            try:
                value = self.trial.value(name)
            except Refusal:
                continue  # which may be why it is shown
            if not isinstance(value, Array):
                said.append(f"{name} = {show(value)}")
        said += [f"{letter} = {show(value)}" for letter, value in bound.items() if not isinstance(value, Array)]
        said += [f"{letter} = {show(value)}" for letter, value in letters.items()]
        kind = "structured trial" if self.of.trials.plan else "wild trial" if self.wild else "trial"
        seed = f"seed {self.of.trials.seed}"
        if moves := self.of.trials.moves.count:
            seed += f", moved {moves} times" if moves > 1 else ", moved once"
        return f"at {', '.join(said)} ({kind} {self.number}, {seed})" if said else f"on {kind} {self.number} ({seed})"


@dataclass(slots=True)
class Combination:
    """A statement on one trial, for some values of its letters."""

    instance: Instance
    letters: Mapping[str, int]

    def counts(self) -> bool:
        """Whether the conditions on the letters hold, and each is in its range."""
        of = self.instance.of
        if not of.of_letters and not of.narrowed:
            return True
        frame = self.frame()
        inside = all(self.letters[letter] in range_between(over, frame) for letter, over in of.narrowed)
        return inside and all(holds(node, frame) for node in of.of_letters)

    def frame(self, many: int = 0) -> Frame:
        """Where the statement is evaluated, in floats or in many digits."""
        outer = self.instance.frame(many)
        return Frame(outer.symbols, {**outer.local, **self.letters}, outer.columns)

    def shown(self) -> str:
        """It for a message."""
        return self.instance.shown(self.letters)

    def placing(self, at: int) -> AbstractContextManager[None]:
        """Says what has no value in this block: at which place of the formula, and for which combination."""
        return placing(at, self)


class placing:  # noqa: N801  # a block, as `suppress` is; written so because it stands around each evaluation
    """What has no value in this block is refused with its place in the formula, and with the trial.

    What comes after the block is reached where a set is empty on the trial: it doesn't count.

    Args:
        at: the place, unless an expression has said a better one.
        combination: the trial and its letters; None where the message doesn't say them.
    """

    __slots__ = ("_at", "_combination")

    def __init__(self, at: int, combination: Combination | None = None) -> None:
        self._at, self._combination = at, combination

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, raised: BaseException | None, traceback: object) -> bool:
        if isinstance(raised, Refusal) and not isinstance(raised, EmptySet):
            said = self._combination.shown() if self._combination and raised.where is None else ""
            raised.on(said, self._at)
        return isinstance(raised, EmptySet)


@contextmanager
def after(count: int) -> Iterator[None]:
    """What is refused in this block was seen after so many trials."""
    try:
        yield
    except Refusal as refusal:
        refusal.tried = count
        raise
