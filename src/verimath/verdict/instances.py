"""What a claim is about: its trials, and the values of its free letters on each."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

from ..evaluation import Frame, axis, evaluate, holds, range_between
from ..latex.read.clauses.letters import free_letters
from ..meaning.expression import Both, Comparison, Name, Node, Range, Site
from ..meaning.statement import Claim, Declaration, expressions
from ..meaning.subscripted import sites
from ..message.refusal import EmptySet, Overflow, Refusal
from ..numbers.array import Array, Value
from ..numbers.scalar import show
from ..trials.draw import contains
from ..trials.page_trials import Trials
from ..trials.values import Trial


@dataclass(frozen=True)
class Combination:
    """A trial and the values of a claim's letters on it."""

    trial: int
    wild: bool
    fixed: tuple[tuple[str, Value], ...]
    letters: tuple[tuple[str, int], ...]


class Instances:
    """A claim's instances: on which trials and for which values of its letters it says something."""

    def __init__(self, claim: Claim, trials: Trials) -> None:
        self.claim, self.trials, self.names = claim, trials, trials.names
        self.drawn = [q for q in claim.reach.quantifiers if q.over is not None and not isinstance(q.over, Range)]
        drawn = {letter for quantifier in self.drawn for letter in quantifier.letters}
        self.letters = [letter for letter in self._all_letters() if letter not in drawn]
        self.fixed, conditions = self._fixed()
        self._sites: dict[str, tuple[Site, ...]] = {}
        self._opened: dict[tuple[int, bool, int], tuple[tuple[tuple[str, Value], ...], Frame]] = {}
        self.of_trial = [node for node in conditions if not self._letters_in(node)]
        self.of_letters = [node for node in conditions if self._letters_in(node)]
        # Ranges that earlier letters bound, as in \forall i \in \{1, \dots, n\}, \forall j \in \{1, \dots, i\}.
        self.narrowed = [
            (letter, quantifier.over)
            for quantifier in claim.reach.quantifiers
            if isinstance(quantifier.over, Range) and self._letters_in(quantifier.over)
            for letter in quantifier.letters
        ]

    def _all_letters(self) -> list[str]:
        quantified = [letter for q in self.claim.reach.quantifiers for letter in q.letters]
        return list(dict.fromkeys([*free_letters(self.claim, self.names), *quantified]))

    def _letters_in(self, node: Node) -> set[str]:
        return {part.name for part in node.walk() if isinstance(part, Name)} & {*self.letters}

    def _fixed(self) -> tuple[list[tuple[str, Node]], list[Node]]:
        """Conditions that say a drawn number's value, `N = 2`, and all conditions."""
        fixed: list[tuple[str, Node]] = []
        for condition in self.claim.reach.conditions:
            for part in condition.children() if isinstance(condition, Both) else [condition]:
                match part:
                    case Comparison((one, other), ("=",)):
                        pairs = [(one, other), (other, one)]
                        says = [(a.name, b) for a, b in pairs if isinstance(a, Name) and self._may_fix(a.name, b)]
                        fixed += says[:1]
        return fixed, list(self.claim.reach.conditions)

    def _may_fix(self, name: str, node: Node) -> bool:
        """Whether an expression may give the value of a symbol that is drawn otherwise."""
        binding = self.names.values.get(name)
        return binding is not None and isinstance(binding.statement, Declaration) and not self._letters_in(node)

    def frame(self, combination: Combination, many: int = 0) -> Frame:
        """Where the claim is evaluated, with the letters' values, in floats or in many digits."""
        # All combinations of a trial share its world.
        key = combination.trial, combination.wild, many
        if self._opened.get(key, (None,))[0] is not combination.fixed:
            self._opened[key] = combination.fixed, self._on_trial(combination, many)
        outer = self._opened[key][1]
        return Frame(outer.symbols, {**outer.local, **dict(combination.letters)}, outer.columns)

    def _on_trial(self, combination: Combination, many: int) -> Frame:
        fixed = combination.fixed
        if fixed and many:
            # What floats rounded is computed anew.
            exact = self.trials.trial(combination.trial, combination.wild, (), many).frame()
            fixed = tuple((name, evaluate(node, exact)) for name, node in self.fixed)
        world = self.trials.trial(combination.trial, combination.wild, fixed, many)
        local: dict[str, Value] = {}
        columns = self.names.columns
        for quantifier in self.drawn:
            for letter in quantifier.letters:
                assert quantifier.over is not None
                assert not isinstance(quantifier.over, Range)
                value = world.drawn(f"∀ {letter}", quantifier.over, columns, local)
                if letter in self.names.values:
                    world = world.having({letter: value})
                else:
                    local[letter] = value
        return Frame(world, local, columns)

    def opened(self, trial: int, wild: bool) -> tuple[tuple[tuple[str, Value], ...], dict[str, range]] | None:
        """What a trial fixes, and what the claim's letters run over on it; None for a trial that doesn't count.

        Raises:
            Refusal: where a condition or a range has no value.
        """
        world = self.trials.trial(trial, wild)
        at = self.claim.at
        try:
            fixed = tuple((name, evaluate(node, world.frame())) for name, node in self.fixed)
            if not all(self._may_be(name, value, world) for name, value in fixed):
                return None
            frame = self.frame(Combination(trial, wild, fixed, ()))
            if not all(holds(node, frame) for node in self.of_trial):
                return None
            return fixed, {letter: self.range_of(letter, frame) for letter in self.letters}
        except EmptySet:
            return None
        except Overflow:
            if wild:
                return None
            raise Refusal("a bound is too large", "declare smaller sizes", at=at) from None
        except Refusal as refusal:
            refusal.on("", at)
            raise

    def _may_be(self, name: str, value: Value, trial: Trial) -> bool:
        """Whether a condition fixes a symbol to an element of its set."""
        statement = self.names.values[name].statement
        assert isinstance(statement, Declaration)
        frame = trial.frame()
        return contains(statement.domain, value, lambda node: evaluate(node, frame))

    def counts(self, combination: Combination) -> bool:
        """Whether the conditions on the letters hold, and each is in its range."""
        if not self.of_letters and not self.narrowed:
            return True
        frame = self.frame(combination)
        values = dict(combination.letters)
        inside = all(values[letter] in range_between(over, frame) for letter, over in self.narrowed)
        return inside and all(holds(node, frame) for node in self.of_letters)

    def range_of(self, letter: str, frame: Frame) -> range:
        """What a free letter runs over; where earlier ones bound that, all that it is for any of their values."""
        for quantifier in self.claim.reach.quantifiers:
            if letter in quantifier.letters and isinstance(quantifier.over, Range):
                outer = [name for name in self.letters if name in self._letters_in(quantifier.over)]
                values = product(*(self.range_of(name, frame) for name in outer))
                frames = (frame.having(dict(zip(outer, each, strict=True))) for each in values)
                found = [each for each in (range_between(quantifier.over, inner) for inner in frames) if each]
                return range(min(each.start for each in found), max(each.stop for each in found)) if found else range(0)
        if letter not in self._sites:
            self._sites[letter] = tuple(site for node in expressions(self.claim) for site in sites(node, letter))
        # Of what does the letter number the components, where other letters pick it? As well of the first as of any.
        others = {name for site in self._sites[letter] for name in self._letters_in(site.array)}
        firsts = {other: self._first(other, frame) for other in others if other not in frame.local}
        return axis(letter, self._sites[letter], frame.having(firsts), self.claim.sides[0].at)

    def _first(self, letter: str, frame: Frame) -> int:
        """Where a letter begins: at 1, unless a range is printed for it."""
        printed = any(letter in q.letters and isinstance(q.over, Range) for q in self.claim.reach.quantifiers)
        return self.range_of(letter, frame).start if printed else 1

    def shown(self, combination: Combination) -> str:
        """A combination for a message: the sizes and whole numbers that the claim reads, its letters, the trial."""
        read = self.names.read_by(expressions(self.claim))
        names = [name for name in self.names.values if name in read and self.names.is_whole(name)]
        world = self.trials.trial(combination.trial, combination.wild, combination.fixed)
        said = []
        for name in names:
            try:
                value = world.value(name)
            except Refusal:
                continue  # which may be why the combination is shown
            if not isinstance(value, Array):
                said.append(f"{name} = {show(value)}")
        said += [f"{letter} = {value}" for letter, value in combination.letters]
        kind = "wild trial" if combination.wild else "trial"
        seed = f"seed {self.trials.seed}"
        if moves := len(self.trials.moves):
            seed += f", moved {moves} times" if moves > 1 else ", moved once"
        return (
            f"at {', '.join(said)} ({kind} {combination.trial}, {seed})"
            if said
            else f"on {kind} {combination.trial} ({seed})"
        )
