"""The mutation test: every claim and definition of some pages, changed one place at a time, must be refused.

A mutant is printed, and the LaTeX that a person would judge is what is read and checked. Of a claim, the page's trials
refuse it, at the first witness; of a definition, a claim that reads it, on its page or on one that builds on it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from multiprocessing import get_context

from . import katex
from .check import check, check_statement
from .failure import Failure
from .latex import sentence as printed
from .latex import sentences
from .likeness import Likeness
from .mutants import Mutant, mutants
from .places import Sentence
from .reader import Unreadable
from .readers import bound_of, reads, with_statement
from .scope import Bound, Formula, Scope, statements_of, underivable
from .statement import Claim, Declaration, Definition, Revaluation, Statement, Update
from .trials import SEED, Trials

# On so many trials is a mutant checked, one after the other: most are refused by the first.
STAGES = (1, 4)


@dataclass(frozen=True)
class Outcome:
    """What became of a mutant.

    Attributes:
        mutant: what was changed, and its LaTeX.
        verdict: `false`, `ill-formed` or `survivor`.
        evidence: the witness, or why it can't be executed; empty for a survivor.
        by: the label of the equation that refused it; empty for a survivor.
    """

    mutant: Mutant
    verdict: str
    evidence: str = ""
    by: str = ""


@dataclass(frozen=True)
class Result:
    """The mutants of one equation.

    Attributes:
        file, line, label: the equation.
        original: its statements as they are printed without a change.
        outcomes: of its mutants; empty where the equation itself doesn't hold.
        verdict: of the equation itself.
    """

    file: str
    line: int
    label: str
    original: str
    outcomes: tuple[Outcome, ...]
    verdict: str = "holds"

    def count(self, verdict: str) -> int:
        """How many mutants came to this."""
        return sum(outcome.verdict == verdict for outcome in self.outcomes)

    @property
    def survivors(self) -> tuple[Outcome, ...]:
        return tuple(outcome for outcome in self.outcomes if outcome.verdict == "survivor")


def mutate(scopes: Sequence[Scope], processes: int = 2, seed: int = SEED) -> list[Result]:
    """Mutate all equations of some pages.

    Args:
        scopes: of the pages, in any order; those that build on a page refuse the mutants of its definitions.
        processes: how many work at once.
        seed: of the trials.
    """
    tasks = [
        (page, place)
        for page, scope in enumerate(scopes)
        for place, formula in enumerate(scope.formulas)
        if formula.equation.expected == "holds" and _is_mutable(formula)
    ]
    if processes == 1 or len(tasks) < 2:
        laboratory = Laboratory(scopes, seed)
        return [laboratory.result(*task) for task in tasks]
    # V8 survives no fork: each process starts its own.
    context = get_context("spawn")
    with ProcessPoolExecutor(processes, context, _start, (tuple(scopes), seed)) as executor:
        return list(executor.map(_result, tasks))


def _is_mutable(formula: Formula) -> bool:
    return any(not isinstance(statement, Declaration | Revaluation) for statement in formula.statements)


_laboratories: list[Laboratory] = []


def _start(scopes: Sequence[Scope], seed: int) -> None:
    _laboratories.append(Laboratory(scopes, seed))


def _result(task: tuple[int, int]) -> Result:
    return _laboratories[0].result(*task)


@dataclass(frozen=True)
class Reader:
    """A claim, where it stands."""

    scope: Scope
    label: str
    statement: Statement


class Laboratory:
    """Some pages, and the mutants of their equations."""

    def __init__(self, scopes: Sequence[Scope], seed: int) -> None:
        self.scopes, self.seed = scopes, seed
        self.trials = {id(scope): Trials(scope, seed) for scope in scopes}

    def result(self, page: int, place: int) -> Result:
        """The mutants of one equation."""
        scope = self.scopes[page]
        formula = scope.formulas[place]
        equation = formula.equation
        verdict = check(formula, self.trials[id(scope)]).verdict
        outcomes: list[Outcome] = []
        functions = scope.known.functions
        parts = [part for part in sentences(formula.statements) if not isinstance(part[0], Declaration | Revaluation)]
        if verdict == "holds":
            for part in parts:
                outcomes += Experiment(self, scope, equation.label, part).outcomes()
        # The trees of so many formulas would fill the memory.
        katex.tree.cache_clear()
        span = equation.fence.span
        original = r", \qquad ".join(printed(part, functions) for part in parts)
        return Result(span.file, span.line, equation.label, original, tuple(outcomes), verdict)


class Experiment:
    """One statement, or a definition and the claim that it goes on as, with its mutants."""

    def __init__(self, laboratory: Laboratory, scope: Scope, label: str, sentence: Sentence) -> None:
        self.laboratory, self.scope, self.label, self.sentence = laboratory, scope, label, sentence
        self.trials = laboratory.trials[id(scope)]
        self.bound: Bound | None = None
        self.readers: list[Reader] = []
        if isinstance(sentence[0], Definition):
            self.bound = bound_of(scope, sentence[0])
            self.readers = list(self._readers())

    def _readers(self) -> Iterator[Reader]:
        """The claims that read the definition, those of its own page first."""
        assert self.bound is not None
        for scope in sorted(self.laboratory.scopes, key=lambda other: other is not self.scope):
            for formula in scope.formulas:
                for statement in formula.statements:
                    own = any(statement is part for part in self.sentence)
                    if own or formula.failure or formula.equation.expected != "holds":
                        continue
                    if isinstance(statement, Claim | Update) and reads(statement, scope, self.bound):
                        yield Reader(scope, formula.equation.label, statement)

    def outcomes(self) -> Iterator[Outcome]:
        for mutant in mutants(self.sentence, Likeness(self.trials, self.sentence)):
            yield self.outcome(mutant)

    def outcome(self, mutant: Mutant) -> Outcome:
        """What becomes of a mutant, as it is printed."""
        try:
            changed = statements_of(self.scope, mutant.tex)
            if [type(one) for one in changed] != [type(one) for one in self.sentence]:
                return Outcome(mutant, "ill-formed", "it says something of another kind", self.label)
            first = changed[0]
            if isinstance(first, Definition):
                self._refuse_definition(first, changed[1:])
            else:
                self._refuse([(self.label, statement, self.trials) for statement in changed])
        except Unreadable as error:
            return Outcome(mutant, "ill-formed", error.evidence, self.label)
        except Refused as refused:
            return Outcome(mutant, refused.failure.verdict, refused.failure.evidence, refused.by)
        return Outcome(mutant, "survivor")

    def _refuse_definition(self, definition: Definition, claims: tuple[Statement, ...]) -> None:
        original = self.sentence[0]
        assert isinstance(original, Definition)
        if (definition.name, definition.indices, definition.parameters) != (
            original.name,
            original.indices,
            original.parameters,
        ):
            raise Unreadable(definition.at, "it defines another symbol")
        if definition == original:
            self._refuse([(self.label, claim, self.trials) for claim in claims])
            return
        assert self.bound is not None
        changed: dict[int, Trials] = {}
        for scope in self.laboratory.scopes:
            if (other := with_statement(scope, self.bound, definition)) is not None:
                changed[id(scope)] = Trials(other, self.laboratory.seed)
        own = changed[id(self.scope)]
        readers = [(self.label, statement, own) for statement in (definition, *claims)]
        readers += [(reader.label, reader.statement, changed[id(reader.scope)]) for reader in self.readers]
        for label, statement, trials in readers:
            if (fault := underivable(trials.scope, statement)) is not None:
                raise Refused(Failure("ill-formed", fault.at, fault.evidence), label)
        self._refuse(readers)

    def _refuse(self, statements: list[tuple[str, Statement, Trials]]) -> None:
        """Check statements on more and more trials, until one is refused.

        Raises:
            Refused: at the first witness.
        """
        for stage in (*STAGES, None):
            for label, statement, trials in statements:
                full = trials.count
                if stage is not None:
                    if isinstance(statement, Claim) and statement.scope.conditions:
                        continue  # which the first trials may not fulfil
                    trials.count = stage
                try:
                    trials.effort.start()
                    check_statement(statement, trials)
                except Failure as failure:
                    raise Refused(failure, label) from None
                finally:
                    trials.count = full


class Refused(Exception):
    """A mutant that doesn't hold: why, and by which equation."""

    def __init__(self, failure: Failure, by: str) -> None:
        super().__init__(failure, by)
        self.failure, self.by = failure, by


__all__ = ["Mutant", "Outcome", "Result", "mutate", "replace"]
