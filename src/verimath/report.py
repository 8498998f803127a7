"""All that is checked of a page: its equations, its snippets, the symbols in its text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from .code.arguments import planned
from .code.returned import Verified, verified
from .code.sections import find
from .derivation.builds_on import Derivation
from .derivation.prose import text_faults
from .derivation.prose_symbols import unknown_symbols
from .message.refusal import Refusal
from .message.source import Span
from .page.blocks import Equation, Snippet, second_label, second_snippet
from .page.file import missing
from .page.page import Page
from .page.project import Project
from .trials.page_trials import SEED, TRIALS, Trials
from .verdict.check import Verdict, check

# Of a page's text: whoever mends twenty runs the check again.
MOST_MESSAGES = 20


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

    @property
    def is_undecided(self) -> bool:
        """Whether time ran out before there was a verdict."""
        return self.verdict.verdict == "undecided"

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
        but = f", not evaluated at {self.verdict.excluded}" if self.verdict.excluded else ""
        return f"{self.label or self.file:36} {role:11} {self.verdict.trials or '':>4} {worst:>8} {said}{but}"


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
    return Report(None, file, error.place.line, "holds", Verdict(error.verdict, None, problem=error))


def readable(load: Callable[[str], Page], files: Iterable[str]) -> tuple[list[Report], list[Page]]:
    """The pages of files, and what is wrong with those that can't be read.

    Args:
        load: gives a file's page, or raises a Refusal or FileNotFoundError.
        files: in the order of the reports.
    """
    reports: list[Report] = []
    pages: list[Page] = []
    for file in files:
        try:
            pages.append(load(file))
        except Refusal as error:
            reports.append(page_error(file, error))
        except FileNotFoundError:
            reports.append(page_error(file, missing(file)))
        except RecursionError:
            reports.append(page_error(file, Refusal(what="the page is nested too deeply", span=Span(file))))
    return reports, pages


def check_texts(
    pages: Iterable[Page], labels: set[str], project: Callable[[str], Project | None], folders: Sequence[Path]
) -> list[Report]:
    """What is wrong with pages beside what their equations say: their texts, and what two of them have in common.

    Args:
        pages: in the order of the reports.
        labels: those of all equations that they may refer to.
        project: the site that a file belongs to.
        folders: where what they include lies; none: it isn't looked for.
    """
    reports: list[Report] = []
    equations: dict[str, Equation] = {}
    snippets: dict[str, Snippet] = {}
    for page in pages:
        faults = islice(_faults(page, labels, project(page.file), folders, equations, snippets), MOST_MESSAGES)
        reports += [page_error(page.file, fault) for fault in sorted(faults, key=_line)]
    return reports


def _line(fault: Refusal) -> int:
    return fault.place.line


def _faults(
    page: Page,
    labels: set[str],
    project: Project | None,
    folders: Sequence[Path],
    equations: dict[str, Equation],
    snippets: dict[str, Snippet],
) -> Iterator[Refusal]:
    for equation in page.equations:
        if (other := equations.setdefault(equation.label, equation)) is not equation:
            yield second_label(equation, other)
    for snippet in page.snippets:
        if (first := snippets.setdefault(snippet.name, snippet)) is not snippet:
            yield second_snippet(snippet, first)
    for include in page.includes if project is not None and folders else ():
        try:
            find(include, list(folders))
        except Refusal as refusal:
            yield refusal
    yield from text_faults(page, labels, project)


def check_pages(
    derivation: Derivation,
    files: list[str],
    options: Options,
    progress: Callable[[Report], None] = lambda report: None,
) -> list[Report]:
    """Check pages, in this order.

    What is wrong with a page that can't be read, or with a snippet, is in the reports, like a false equation.

    Args:
        progress: is given each report as soon as it is there, and again where a snippet changes it.
    """
    # A page's snippets run in a process of their own, while the next page is checked.
    with ThreadPoolExecutor(1) as runner:
        pages = [_page(derivation, file, options, runner, progress) for file in files]
        return [report for page in pages for report in page.finished(progress)]


@dataclass(frozen=True)
class _CheckedPage:
    """A page whose equations have been checked, and whose snippets may still run."""

    reports: list[Report]
    running: Future[Verified] | None = None

    def finished(self, progress: Callable[[Report], None]) -> list[Report]:
        """Its reports, once its snippets have run: an equation that holds, and whose snippet is wrong, is false."""
        answers = self.running.result() if self.running else []
        problems = {call.snippet.name: problem for call, problem in answers if problem is not None}
        found = []
        for report in self.reports:
            problem = problems.get(report.label or "")
            if problem is not None and report.is_expected:
                verdict = replace(report.verdict, verdict="false", problem=problem)
                found.append(replace(report, verdict=verdict))
                progress(found[-1])
            else:
                found.append(report)
        return found


def _page(
    derivation: Derivation,
    file: str,
    options: Options,
    runner: ThreadPoolExecutor,
    progress: Callable[[Report], None],
) -> _CheckedPage:
    """Check a page's equations, and start its snippets."""
    reports: list[Report] = []

    def report(found: Report) -> None:
        reports.append(found)
        progress(found)

    try:
        node = derivation.node(file)
    except Refusal as error:
        report(page_error(file, error))
        return _CheckedPage(reports)
    # What the text says doesn't change what its equations do.
    for unknown in islice(unknown_symbols(node.page, node.names, node.letters), MOST_MESSAGES):
        report(page_error(file, unknown))
    trials = Trials(node.names, options.seed, options.trials)
    for formula in node.names.formulas:
        equation = formula.equation
        if options.only is None or equation.label == options.only:
            line, verdict = equation.fence.span.line, check(formula, trials)
            report(Report(equation.label, file, line, equation.expected, verdict))
    calls = []
    for plan in planned(node, trials, [*options.folders], options.only) if options.folders is not None else ():
        if isinstance(plan, Refusal):
            report(page_error(file, plan))
        else:
            calls.append(plan)
    return _CheckedPage(reports, runner.submit(verified, calls) if calls else None)
