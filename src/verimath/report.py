"""All that is checked of a page: its equations, its snippets, the symbols in its text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from .calls import Call, planned, verified
from .check import Verdict, check
from .derivation import Derivation
from .errors import VerimathError
from .source import Span
from .symbols import check_inline
from .trials import SEED, TRIALS, Trials


@dataclass(frozen=True)
class Report:
    """What is said of one equation, or (without one) of a page."""

    label: str | None
    file: str
    line: int
    expected: str
    verdict: Verdict

    @property
    def is_expected(self) -> bool:
        return self.verdict.verdict == self.expected

    def error(self) -> VerimathError:
        """Why the verdict isn't the expected one."""
        if self.verdict.problem is not None:
            return self.verdict.problem
        return VerimathError(
            Span(self.file, self.line),
            f"equation `{self.label}` {self.verdict.verdict}",
            f'its fence says expect="{self.expected}"',
            "delete that, or print the formula that must be refused",
        )

    @property
    def line_text(self) -> str:
        """One line for a terminal."""
        worst = "" if self.verdict.worst is None else f"{self.verdict.worst:.1e}"
        said = self.verdict.verdict if self.is_expected else self.verdict.verdict.upper()
        role = self.verdict.role or ""
        return f"{self.label or self.file:36} {role:11} {self.verdict.trials or '':>4} {worst:>8} {said}"


@dataclass(frozen=True)
class Options:
    """How pages are checked.

    Attributes:
        seed, trials: what is drawn, and how often.
        folders: where snippets lie; None: they aren't called.
        only: the label of the one equation to check.
    """

    seed: int = SEED
    trials: int = TRIALS
    folders: tuple[Path, ...] | None = None
    only: str | None = None


def page_error(file: str, error: VerimathError) -> Report:
    """The report of a page that can't be read."""
    return Report(None, file, error.span.line, "holds", Verdict("ill-formed", None, problem=error))


def check_pages(
    derivation: Derivation,
    files: list[str],
    options: Options,
    progress: Callable[[Report], None] = lambda report: None,
) -> list[Report]:
    """Check pages, in this order.

    What is wrong with a page that can't be read, or with a snippet, is in the reports, like a false equation.
    """
    reports: list[Report] = []
    calls: list[Call] = []
    places: dict[str, int] = {}
    for file in files:
        try:
            node = derivation.node(file)
            check_inline(node.page, node.scope, node.letters)
        except VerimathError as error:
            reports.append(page_error(file, error))
            progress(reports[-1])
            continue
        trials = Trials(node.scope, options.seed, options.trials)
        for formula in node.scope.formulas:
            equation = formula.equation
            if options.only is None or equation.label == options.only:
                places[equation.label] = len(reports)
                reports.append(
                    Report(equation.label, file, equation.fence.span.line, equation.expected, check(formula, trials))
                )
                progress(reports[-1])
        if options.folders is not None:
            for call in planned(node, trials, [*options.folders], options.only):
                if isinstance(call, Call):
                    calls.append(call)
                else:
                    reports.append(page_error(file, call))
                    progress(reports[-1])
    for call, problem in verified(calls):
        place = places[call.snippet.name]
        if problem is not None and reports[place].is_expected:
            verdict = replace(reports[place].verdict, verdict="false", problem=problem)
            reports[place] = replace(reports[place], verdict=verdict)
            progress(reports[place])
    return reports


