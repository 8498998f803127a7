"""All that is checked of a page: its equations, its snippets, the symbols in its text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from .code.arguments import Call, planned
from .code.returned import verified
from .derivation.builds_on import Derivation
from .derivation.prose_symbols import check_symbols
from .message.refusal import Refusal
from .message.source import Span
from .trials.page_trials import SEED, TRIALS, Trials
from .verdict.check import Verdict, check

Verified = list[tuple[Call, Refusal | None]]


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

    def error(self) -> Refusal:
        """Why the verdict isn't the expected one."""
        if self.verdict.problem is not None:
            return self.verdict.problem
        return Refusal(
            f'its fence says expect="{self.expected}"',
            "delete that, or print the formula that must be refused",
            what=f"equation `{self.label}` {self.verdict.verdict}",
            span=Span(self.file, self.line),
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


def page_error(file: str, error: Refusal) -> Report:
    """The report of a page that can't be read."""
    return Report(None, file, error.place.line, "holds", Verdict("ill-formed", None, problem=error))


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
    # A page's snippets run in a process of their own, while the next page is checked.
    with ThreadPoolExecutor(1) as runner:
        running: list[tuple[Future[Verified], dict[str, int]]] = []
        for file in files:
            for report in _page(derivation, file, options, reports, runner, running):
                reports.append(report)
                progress(report)
        for future, places in running:
            for call, problem in future.result():
                place = places[call.snippet.name]
                if problem is not None and reports[place].is_expected:
                    verdict = replace(reports[place].verdict, verdict="false", problem=problem)
                    reports[place] = replace(reports[place], verdict=verdict)
                    progress(reports[place])
    return reports


def _page(
    derivation: Derivation,
    file: str,
    options: Options,
    reports: list[Report],
    runner: ThreadPoolExecutor,
    running: list[tuple[Future[Verified], dict[str, int]]],
) -> Iterator[Report]:
    """The reports of a page's equations; its snippets are started."""
    try:
        node = derivation.node(file)
    except Refusal as error:
        yield page_error(file, error)
        return
    try:
        check_symbols(node.page, node.names, node.letters)
    except Refusal as error:
        # What the text says doesn't change what its equations do.
        yield page_error(file, error)
    trials = Trials(node.names, options.seed, options.trials)
    places: dict[str, int] = {}
    for formula in node.names.formulas:
        equation = formula.equation
        if options.only is None or equation.label == options.only:
            places[equation.label] = len(reports)
            yield Report(equation.label, file, equation.fence.span.line, equation.expected, check(formula, trials))
    if options.folders is None:
        return
    plans = list(planned(node, trials, [*options.folders], options.only))
    for problem in (plan for plan in plans if isinstance(plan, Refusal)):
        yield page_error(file, problem)
    calls = [plan for plan in plans if isinstance(plan, Call)]
    if calls:
        running.append((runner.submit(lambda: list(verified(calls))), places))
