"""One statement's mutants, each read as it is printed and checked until something refuses it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from ..derivation.dependents import Reader, binding_of, readers
from ..derivation.resolve import statements_of, underivable
from ..latex import katex
from ..latex.write import Writer
from ..meaning.signs import MIRRORED, RELATIONS
from ..meaning.statement import Claim, Definition, Statement
from ..message.frozen import frozen
from ..message.refusal import Refusal
from ..names.table import Binding, Names
from ..trials.page_trials import Trials
from ..verdict.check import check_statement
from .confusable import Likeness
from .mutants import Mutant, mutants
from .positions import Sentence

# A mutant is checked on so many trials first, since most are refused by the first one; then on all.
STAGES = (1, 4)


@frozen
class Outcome:
    """What became of a mutant.

    Attributes:
        mutant: what was changed, and its LaTeX.
        verdict: `false`, `ill-formed`, `undecided`, `survivor`; `weaker`, a survivor that follows from the equation,
            since on every trial the side that was changed moved to where its inequality has more room; `unprinted`,
            where the statement, as this tool prints it, isn't read as the same, or the mutant can't be typeset: a fault
            of the tool, and nothing was tried.
        evidence: the witness, or why it can't be executed; empty for a survivor.
        by: the label of the equation that refused it; empty for a survivor.
    """

    mutant: Mutant
    verdict: str
    evidence: str = ""
    by: str = ""


@frozen
class Suspect:
    """A statement that a mutant may make false: on which trials, and the label that it bears."""

    label: str
    statement: Statement
    trials: Trials


class Experiment:
    """One statement, or a definition and the claim that it goes on as.

    Args:
        trials: of each page.
        names: of the statement's own page.
        label: of its equation.
        sentence: the statement.
    """

    def __init__(self, trials: Mapping[Names, Trials], names: Names, label: str, sentence: Sentence) -> None:
        self.trials, self.names = trials, names
        self.label, self.sentence = label, sentence
        self.fault = _misprint(names, sentence)
        self.binding: Binding | None = None
        self.readers: list[Reader] = []
        if isinstance(sentence[0], Definition):
            self.binding = binding_of(names, sentence[0])
            # Those of its own page first.
            near = sorted(trials, key=lambda other: other is not names)
            found = readers(self.binding, near)
            self.readers = [reader for reader in found if not any(reader.statement is own for own in sentence)]

    def outcomes(self) -> Iterator[Outcome]:
        """Every mutant, and what became of it."""
        found = [*mutants(self.sentence, Likeness(self.trials[self.names], self.sentence))]
        katex.ask_ahead([mutant.tex for mutant in found], display=True)
        yield from map(self.outcome, found)

    def outcome(self, mutant: Mutant) -> Outcome:
        """What becomes of a mutant."""
        if self.fault:
            return Outcome(mutant, "unprinted", self.fault, self.label)
        try:
            changed = _sharing(statements_of(self.names, mutant.tex), self.sentence)
            suspects = self._suspects(changed)
        except Refusal as refusal:
            typeset = not isinstance(katex.tree(mutant.tex, display=True), katex.Rejection)
            return Outcome(mutant, "ill-formed" if typeset else "unprinted", refusal.evidence, self.label)
        for suspect, found in self._refused(suspects):
            return Outcome(mutant, found.verdict, found.evidence, suspect.label)
        return Outcome(mutant, "weaker" if self._is_weaker(changed) else "survivor")

    def _suspects(self, changed: Sentence) -> list[Suspect]:
        """What a mutant must fulfil: its claim, and where it defines, each claim that reads what it defines.

        Raises:
            Refusal: where it says something of another kind.
        """
        own = self.trials[self.names]
        first, original = changed[0], self.sentence[0]
        if [type(one) for one in changed] != [type(one) for one in self.sentence]:
            raise Refusal("it says something of another kind", at=0)
        if not isinstance(first, Definition) or not isinstance(original, Definition) or first == original:
            return [Suspect(self.label, statement, own) for statement in changed]
        if _head(first) != _head(original):
            raise Refusal("it defines another symbol", at=first.at)
        assert self.binding is not None
        pages = dict.fromkeys([self.names, *(reader.names for reader in self.readers)])
        trials = {names: Trials(names.having(self.binding, first), own.seed) for names in pages}
        suspects = [Suspect(self.label, statement, trials[self.names]) for statement in changed]
        suspects += [Suspect(reader.label, reader.statement, trials[reader.names]) for reader in self.readers]
        return suspects

    def _refused(self, suspects: list[Suspect]) -> Iterator[tuple[Suspect, Refusal]]:
        """The statements that are refused, checked on more and more trials."""
        for each in suspects:
            if (fault := underivable(each.trials.names, each.statement)) is not None:
                yield each, fault
        for stage in (*STAGES, None):
            for each in suspects:
                try:
                    _check(each.statement, each.trials, stage, thorough=stage is None)
                except Refusal as refusal:
                    yield each, refusal

    def _is_weaker(self, changed: Sentence) -> bool:
        """Whether a claim that holds follows from the original one, by a side that an inequality gives room."""
        claim, original = changed[-1], self.sentence[-1]
        if not isinstance(claim, Claim) or not isinstance(original, Claim) or claim.relations != original.relations:
            return False
        differing = [n for n, (one, other) in enumerate(zip(claim.sides, original.sides, strict=True)) if one != other]
        if len(differing) != 1 or claim.reach != original.reach:
            return False
        [n] = differing
        asked = {RELATIONS[claim.relations[n]].roomier} if n < len(claim.relations) else set()
        asked |= {MIRRORED.get(RELATIONS[claim.relations[n - 1]].roomier, "")} if n else set()
        if len(asked) != 1 or asked == {""}:
            return False
        [relation] = asked
        try:
            moved = Claim((claim.sides[n], original.sides[n]), (relation,), (claim.at,), claim.reach)
            _check(moved, self.trials[self.names])
        except Refusal:
            return False
        return True


def _sharing(changed: Sentence, original: Sentence) -> Sentence:
    """A mutant with the original's own trees for sides that are as they were: what is known of these stays known."""
    found = list(changed)
    for place, (new, old) in enumerate(zip(changed, original, strict=False)):
        if isinstance(new, Claim) and isinstance(old, Claim) and len(new.sides) == len(old.sides):
            sides = (was if side == was else side for side, was in zip(new.sides, old.sides, strict=True))
            found[place] = replace(new, sides=tuple(sides))
    return tuple(found)


def _misprint(names: Names, sentence: Sentence) -> str:
    """How a statement, as the tool prints it, isn't read as it was; empty where it is."""
    try:
        again = statements_of(names, Writer(names.functions).sentence(sentence))
    except Refusal as refusal:
        return refusal.evidence
    # Alone, it is printed without the word or the arrow that joins it to another one.
    alone = tuple(replace(each, link="") if isinstance(each, Claim) else each for each in sentence)
    return "" if tuple(again) == alone else "as it is printed, it says something else"


def _head(definition: Definition) -> tuple[object, ...]:
    return definition.name, definition.indices, definition.parameters


def _check(statement: Statement, trials: Trials, count: int | None = None, thorough: bool = False) -> None:
    """Check a statement, on fewer trials than usual if a number is given.

    Raises:
        Refusal: if it is false or ill-formed.
    """
    trials.effort.start()
    # What floats let pass of the first trials, all of them are asked for.
    check_statement(statement, trials.first(count) if count else trials, thorough, hasty=count is not None)
