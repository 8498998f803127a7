"""The mutation test: each claim and definition of some pages, changed in one place, must be refused.

The LaTeX that a person would judge is what is read and checked. The mutant of a claim is refused by the page's trials,
at the first witness; that of a definition by a claim that reads it, on its page or on one that builds on it.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from multiprocessing import get_context
from typing import Any

from ..latex import katex
from ..latex.write import Writer, sentences
from ..meaning.statement import Declaration, Revaluation, Statement
from ..message.frozen import frozen
from ..message.source import Span
from ..names.table import Formula, Names
from ..trials.page_trials import SEED, TRIALS, Trials
from ..verdict.basis import Basis
from ..verdict.check import check
from .judge import Experiment, Outcome

# What becomes of mutants, and how a report says it.
VERDICTS = {"false": "false", "ill-formed": "ill-formed", "weaker": "weaker", "survivor": "to judge"}
# Mutants of which nothing is known: where time ran out, and where this tool can't print them.
UNTRIED = {"undecided": "undecided, since time ran out", "unprinted": "misprinted, a fault of this tool"}
# So many equations, which stand on one page or two, go to a process at a time: each draws a page's trials for itself.
CHUNK = 8


@frozen
class Result:
    """The mutants of one equation.

    Attributes:
        file, line, label: the equation.
        tex: what of it was changed, printed as its mutants are.
        verdict: of the equation itself; where it doesn't hold, it has no mutants.
        outcomes: one for each mutant.
    """

    file: str
    line: int
    label: str
    tex: str
    verdict: str
    outcomes: tuple[Outcome, ...]

    def count(self, verdict: str) -> int:
        """How many mutants came to this."""
        return sum(outcome.verdict == verdict for outcome in self.outcomes)

    @property
    def survivors(self) -> tuple[Outcome, ...]:
        """The mutants that a person has to judge: those that hold, and aren't only weaker than the equation."""
        return tuple(outcome for outcome in self.outcomes if outcome.verdict == "survivor")

    @property
    def can_fail(self) -> bool:
        """Whether a mutant is false: what only ever is ill-formed has shown nothing."""
        return self.count("false") > 0


def mutate(pages: Sequence[Names], processes: int = 2, seed: int = SEED) -> list[Result]:
    """Mutate the equations of some pages.

    Args:
        pages: their names; those that build on a page refuse the mutants of its definitions.
        processes: how many work at once; where it is called, a program must be ready to be imported by them.
        seed: of the trials.
    """
    tasks = [
        (page, place)
        for page, names in enumerate(pages)
        for place, formula in enumerate(names.formulas)
        if formula.equation.defines and _changed(formula)
    ]
    if processes == 1 or len(tasks) < 2:
        laboratory = Laboratory(pages, seed)
        return [laboratory.result(*task) for task in tasks]
    # V8 survives no fork: each process starts its own.
    with ProcessPoolExecutor(processes, get_context("spawn"), _start, (tuple(pages), seed)) as executor:
        return list(executor.map(_result, tasks, chunksize=CHUNK))


def _changed(formula: Formula) -> list[tuple[Statement, ...]]:
    """The statements of a formula that are changed: all but declarations."""
    return [part for part in sentences(formula.statements) if not isinstance(part[0], Declaration | Revaluation)]


def figures(results: Sequence[Result], pages: Sequence[Names], seed: int = SEED) -> dict[str, list[int]]:
    """How many mutants were tried and how many refused, by the key of the equation: by all that its verdict rests on.

    Whoever shows these figures of an equation asks by its key, so that none is shown of one that has changed since.
    """
    of = {result.label: result for result in results if result.outcomes}
    found: dict[str, list[int]] = {}
    for names in pages:
        basis = Basis(names, seed, TRIALS)
        for formula in names.formulas:
            if (result := of.get(formula.equation.label)) is not None:
                refused = result.count("false") + result.count("ill-formed")
                found[basis.of(formula)] = [len(result.outcomes), refused]
    return found


class Laboratory:
    """Some pages with their trials."""

    def __init__(self, pages: Sequence[Names], seed: int) -> None:
        self.pages = pages
        self.trials = {names: Trials(names, seed) for names in pages}

    def result(self, page: int, place: int) -> Result:
        """The mutants of one equation."""
        names = self.pages[page]
        formula = names.formulas[place]
        equation = formula.equation
        writer = Writer(names.functions)
        parts = _changed(formula)
        verdict = check(formula, self.trials[names]).verdict
        outcomes: list[Outcome] = []
        for part in parts if verdict == "holds" else ():
            outcomes += Experiment(self.trials, names, equation.label, part).outcomes()
        # The trees of so many formulas would fill the memory.
        katex.forget()
        tex = r", \qquad ".join(map(writer.sentence, parts))
        span = equation.fence.span
        return Result(span.file, span.line, equation.label, tex, verdict, tuple(outcomes))


# In a process of its own, the one that all its tasks share.
_laboratory: list[Laboratory] = []


def _start(pages: Sequence[Names], seed: int) -> None:
    _laboratory.append(Laboratory(pages, seed))


def _result(task: tuple[int, int]) -> Result:
    return _laboratory[0].result(*task)


def listing(results: Sequence[Result]) -> str:
    """What became of the mutants, as text: a line for each equation, with the survivors below it, and the sums."""
    lines: list[str] = []
    for result in results:
        if result.verdict != "holds":
            lines.append(f"{Span(result.file, result.line)} {result.label}: not changed, since it is {result.verdict}")
            continue
        lines.append(f"{Span(result.file, result.line)} {result.label}: {_counted([result])}")
        if not result.can_fail:
            lines.append("    no mutant is false: nothing shows that it can fail")
        for outcome in result.survivors:
            mutant = outcome.mutant
            lines += [f"    {mutant.kind}: {mutant.before} → {mutant.after or '(nothing)'}", f"        {mutant.tex}"]
    lines.append(f"{len(results)} equations: {_counted(results)}")
    return "\n".join(lines)


def as_json(results: Sequence[Result]) -> list[dict[str, Any]]:
    """What became of the mutants, as data."""
    return [
        {
            "file": result.file,
            "cell": Span(result.file, result.line).counted[0],
            "line": Span(result.file, result.line).counted[1],
            "label": result.label,
            "verdict": result.verdict,
            "tex": result.tex,
            "can_fail": result.can_fail,
            "counts": {verdict: result.count(verdict) for verdict in (*VERDICTS, *UNTRIED)},
            "mutants": [{**asdict(outcome.mutant), **_fate(outcome)} for outcome in result.outcomes],
        }
        for result in results
    ]


def _fate(outcome: Outcome) -> dict[str, str]:
    return {"verdict": outcome.verdict, "evidence": outcome.evidence, "by": outcome.by}


def _counted(results: Sequence[Result]) -> str:
    total = sum(len(result.outcomes) for result in results)
    counts = {
        shown: sum(result.count(verdict) for result in results) for verdict, shown in {**VERDICTS, **UNTRIED}.items()
    }
    return f"{total:,} mutants, " + ", ".join(f"{count:,} {shown}" for shown, count in counts.items() if count)
