"""All that is checked of a page: its equations, its snippets, the symbols in its text."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import field, replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, TypedDict

from ..code.arguments import planned
from ..code.company import Companies, Read
from ..code.returned import Verified, verified
from ..code.sections import between, find
from ..derivation.builds_on import Derivation
from ..derivation.notation import Entry
from ..derivation.prose import labels_read, text_faults
from ..derivation.prose_symbols import unknown_symbols
from ..kept.store import Store
from ..kept.tool import digest
from ..latex.katex import keeping
from ..message.frozen import frozen
from ..message.refusal import OutOfTime, Refusal
from ..message.source import Span
from ..page.blocks import Equation, Include, Snippet, second_label, second_snippet, without_label
from ..page.file import missing
from ..page.page import Page, included_block, includes, meant
from ..page.project import Project
from ..trials.page_trials import SEED, TRIALS, Trials
from ..verdict.basis import Basis
from ..verdict.check import Verdict, witnessed
from ..verdict.plain import as_plain, as_verdict

# Of a page's text: whoever mends twenty runs the check again.
MOST_MESSAGES = 20
# What refers to itself is sought when so much more has been made than has gone.
ALLOCATED = 50_000


@frozen
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


@frozen
class Options:
    """How pages are checked.

    Attributes:
        seed, trials: what is drawn, and how often.
        folders: where snippets lie; None: they aren't called.
        only: the label of the one equation to check.
        shows: whether a reader may be shown what was drawn, by this run or by one that finds what it keeps.
    """

    seed: int = SEED
    trials: int = TRIALS
    folders: tuple[Path, ...] | None = None
    only: str | None = None
    shows: bool = True


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


def sound(derivation: Derivation, file: str) -> Page:
    """A page that can be read in the light of all that it builds on; what an earlier run has read so isn't read again.

    Raises:
        Refusal, FileNotFoundError: where it can't be read.
    """
    try:
        key = digest("sound", *(page.formal for page in derivation.family(file)))
    except (Refusal, FileNotFoundError):
        return derivation.node(file).page
    drawer = derivation.store.drawer("verdicts", file)
    if drawer.get(key, bool) is not True:
        derivation.node(file)
        drawer.put(key, True)
    return derivation.page(file)


def check_texts(
    pages: Iterable[Page],
    labels: set[str],
    project: Callable[[str], Project | None],
    folders: Sequence[Path],
    store: Store,
    labelled: bool = True,
) -> list[Report]:
    """What is wrong with pages beside what their equations say: their texts, and what two of them have in common.

    Args:
        pages: in the order of the reports.
        labels: those of all equations that they may refer to.
        project: the site that a file belongs to.
        folders: where what they include lies; none: it isn't looked for.
        store: what earlier runs have found.
        labelled: whether each displayed formula must have a label, since it is checked.
    """
    reports: list[Report] = []
    equations: dict[str, Equation] = {}
    snippets: dict[str, Snippet] = {}
    for page in pages:
        faults = [*_common(page, project(page.file), folders, equations, snippets)]
        faults += map(without_label, page.unlabelled if labelled else ())
        faults += _of_text(page, labels, project(page.file), store)
        reports += [page_error(page.file, fault) for fault in sorted(faults[:MOST_MESSAGES], key=_line)]
    return reports


def _of_text(page: Page, labels: set[str], project: Project | None, store: Store) -> list[Refusal]:
    """What is wrong with a page's text; one that nothing was wrong with isn't read again."""
    drawer = store.drawer("verdicts", page.file)
    key = digest("text", page.file, page.lines, project and project.reading)
    known = drawer.get(key, list[str])
    # What it refers to may have gone from another page.
    if known is not None and labels.issuperset(known):
        return []
    with keeping(store, page.file):
        found = [*islice(text_faults(page, labels, project), MOST_MESSAGES)]
    if not found and (project is None or project.reading):
        drawer.put(key, sorted(labels_read(page)))
    return found


def _line(fault: Refusal) -> int:
    return fault.place.line


def _common(
    page: Page,
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
            path, lines = find(include, list(folders))
            # Between the lines of a fence, what is included is code.
            if include.span.line not in page.fenced:
                _refuse_included(include, between(path, lines), folders, set())
        except Refusal as refusal:
            yield refusal


def _refuse_included(include: Include, text: str, folders: Sequence[Path], seen: set[Include]) -> None:
    """Refuse a text that a page includes where it holds an equation or a snippet: no message could name its lines.

    Args:
        include: as it stands on the page, or in a text that the page includes, at the page's line.
        text: what it includes.
        folders: where files are looked for.
        seen: the includes within it that have been followed.

    Raises:
        Refusal: at the page's line.
    """
    try:
        block = included_block(include.file, text)
    except Refusal:
        held = "an equation"  # written wrong, at a line that isn't the page's
    else:
        held = "" if block is None else f"`{block.name if isinstance(block, Snippet) else block.label}`"
    if held:
        raise Refusal(
            "no message could name its lines",
            "write it in the page itself",
            what=f"`{include.file}`, which this page includes, holds {held}",
            span=include.span,
        )
    for found in includes(include.file, tuple(text.split("\n"))):
        inner = replace(found, span=include.span)
        if inner not in seen:
            seen.add(inner)
            try:
                path, lines = find(inner, list(folders))
            except Refusal:
                continue  # what isn't there is said when the page is built
            _refuse_included(inner, between(path, lines), folders, seen)


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
    companies, found = Companies(derivation.store), list[Report]()
    # A page's snippets run in a process of their own, while the next page is checked; then its trials may go.
    with ThreadPoolExecutor(1) as runner, seldom_collected():
        last, left = _CheckedPage([]), Counter(each for file in files for each in _family(derivation, file))
        for file in files:
            page = _page(derivation, file, options, companies, runner, progress)
            found += last.finished(progress)
            last = page
            left.subtract(family := _family(derivation, file))
            for each in family:
                if not left[each]:
                    derivation.forget(each)
        return found + last.finished(progress)


@contextmanager
def seldom_collected() -> Iterator[None]:
    """What is no longer used, and refers to itself, is sought less often: numbers come and go by the million.

    They go by themselves, and Python, which counts them, would look through all that lives a thousand times over: a
    tenth of a check's time.
    """
    before = gc.get_threshold()
    gc.set_threshold(ALLOCATED, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def unkept(derivation: Derivation, files: Sequence[str], options: Options) -> list[str]:
    """The pages among these that no earlier run has kept the reports of."""
    companies = Companies(derivation.store)
    return [file for file in files if _Kept(derivation, file, options, companies).reports() is None]


def _family(derivation: Derivation, file: str) -> list[str]:
    """The files of a page and of all that it builds on; none where one of them can't be read."""
    with suppress(Refusal, FileNotFoundError):
        return [page.file for page in derivation.family(file)]
    return []


@frozen
class _CheckedPage:
    """A page whose equations have been checked, and whose snippets may still run."""

    reports: list[Report]
    running: Future[Verified] | None = None
    keep: Callable[[list[Report]], None] = lambda reports: None
    # By label, how often snippets were called that an earlier run has called.
    called: Mapping[str, int] = field(default_factory=dict)

    def finished(self, progress: Callable[[Report], None]) -> list[Report]:
        """Its reports, once its snippets have run: an equation that holds, and whose snippet is wrong, is false."""
        answers = self.running.result() if self.running else []
        problems = {call.snippet.name: problem for call, problem in answers if problem is not None}
        calls = {call.snippet.name: len(call.given) for call, _ in answers if call.snippet.name not in problems}
        calls |= self.called
        found = []
        for report in self.reports:
            problem = problems.get(report.label or "")
            if report.label in calls:
                found.append(replace(report, verdict=replace(report.verdict, calls=calls[report.label])))
            elif problem is not None and report.is_expected:
                said = "undecided" if isinstance(problem, OutOfTime) else "false"
                verdict = replace(report.verdict, verdict=said, problem=problem, is_miscomputed=True)
                found.append(replace(report, verdict=verdict))
                progress(found[-1])
            else:
                found.append(report)
        self.keep(found)
        return found


class _KeptReports(TypedDict):
    """The reports of a page, of which a message may say where what it builds on stands."""

    places: str | None
    reports: list[tuple[str | None, int, str, dict[str, Any]]]


class _KeptVerdict(TypedDict):
    """The same of one equation."""

    places: str | None
    verdict: dict[str, Any]


class _Kept:
    """What is kept of a page's reports: all of them together, and each equation's verdict.

    Only what is as it is expected is kept: what an author has to mend is found anew by each run.
    """

    def __init__(self, derivation: Derivation, file: str, options: Options, companies: Companies) -> None:
        self._store, self._file = derivation.store, file
        self._snippets: tuple[Snippet, ...] = ()
        self._folders = options.folders
        self._drawer = self._store.drawer("verdicts", file)
        self._key, self._places, self._programs, self._calls = "", "", "", ""
        self._heard: list[tuple[Path, Read]] = []
        # A page that can't be read has no key.
        with suppress(Refusal, FileNotFoundError):
            family = derivation.family(file)
            self._places = digest(*(page.places for page in family))
            # What the others print is no part of a verdict, nor is what they have read until then.
            checked = (snippet for snippet in family[0].snippets if snippet.verifies)
            self._snippets = tuple(checked) if options.folders is not None else ()
            self._programs = self._company(companies)
            self._key = digest(
                "page",
                (options.seed, options.trials, options.only),
                family[0].lines,
                [page.formal for page in family],
                (options.folders is None, self._programs),
            )

    def reports(self) -> list[Report] | None:
        """The page's reports, if they are known."""
        known: _KeptReports | None = self._drawer.get(self._key, _KeptReports)
        with suppress(TypeError, KeyError, ValueError):
            if known is not None and known["places"] in (None, self._places):
                return [
                    Report(label, self._file, line, expected, as_verdict(verdict))
                    for label, line, expected, verdict in known["reports"]
                ]
        return None

    def hear(self, program: Path, read: Read) -> None:
        """Be told what one of the page's programs has read."""
        self._heard.append((program, read))

    def keep(self, reports: list[Report]) -> None:
        """Keep the page's reports, and close its drawers."""
        now = Companies(self._store)
        for program, read in self._heard:
            now.note(program, read)
            self._store.close("printed", str(program))
        # What was edited while it was called may have been wrong, or not.
        is_same = not self._snippets or self._company(now) == self._programs
        is_final = not any(isinstance(report.verdict.problem, OutOfTime) for report in reports)
        if self._key and is_same and is_final and all(report.is_expected for report in reports):
            listed = [(each.label, each.line, each.expected, as_plain(each.verdict)) for each in reports]
            self._drawer.put(
                self._key, {"places": self._said_by(report.verdict for report in reports), "reports": listed}
            )
            if self._calls:
                self._drawer.put(
                    self._calls, {each.label: each.verdict.calls for each in reports if each.verdict.calls}
                )
        self._store.close(of=self._file)

    def verdict(self, key: str, found: Callable[[], Verdict], expected: str) -> Verdict:
        """An equation's verdict, found where it isn't known."""
        known: _KeptVerdict | None = self._drawer.get(key, _KeptVerdict)
        with suppress(TypeError, KeyError, ValueError):
            if known is not None and known["places"] in (None, self._places):
                return as_verdict(known["verdict"])
        verdict = found()
        # Another run may have the time that this one hadn't.
        if verdict.verdict == expected and self._key and not isinstance(verdict.problem, OutOfTime):
            self._drawer.put(key, {"places": self._said_by([verdict]), "verdict": as_plain(verdict)})
        return verdict

    def called(self, options: Options, notation: Mapping[str, Entry], keys: list[str]) -> dict[str, int] | None:
        """How often each snippet of the page was called, by label, and returned what its equation says.

        Args:
            options: of this run.
            notation: of the page, by name in code.
            keys: of its equations.

        Returns:
            None where that isn't known: the page's own text says nothing of it.
        """
        codes = [(code, entry.symbol) for code, entry in notation.items()]
        asked = options.seed, options.trials, options.only
        self._calls = digest("calls", asked, codes, keys, meant(self._snippets), self._programs)
        known: dict[str, int] | None = self._drawer.get(self._calls, dict[str, int])
        return known

    def _company(self, companies: Companies) -> str:
        """A name for the programs of the page's snippets, and all that lies beside them."""
        found: list[object] = []
        for include in (include for snippet in self._snippets for include in snippet.includes):
            try:
                path, lines = find(include, [*(self._folders or ())])
            except Refusal as refusal:
                found.append(str(refusal))
            else:
                found.append((include.file, include.section, companies.of(path), lines))
        return digest(found)

    def _said_by(self, verdicts: Iterable[Verdict]) -> str | None:
        """Where everything stands, if a message says it."""
        return self._places if any(verdict.problem is not None for verdict in verdicts) else None


def _page(
    derivation: Derivation,
    file: str,
    options: Options,
    companies: Companies,
    runner: ThreadPoolExecutor,
    progress: Callable[[Report], None],
) -> _CheckedPage:
    """Check a page's equations, and start its snippets."""
    kept = _Kept(derivation, file, options, companies)
    if (known := kept.reports()) is not None:
        for each in known:
            progress(each)
        derivation.store.close(of=file)
        return _CheckedPage(known)
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
    with keeping(derivation.store, file):
        for unknown in islice(unknown_symbols(node.page, node.names, node.letters), MOST_MESSAGES):
            report(page_error(file, unknown))
    trials = Trials(node.names, options.seed, options.trials)
    basis, keys = Basis(node.names, options.seed, options.trials), []
    for formula in node.names.formulas:
        equation = formula.equation
        if options.only is None or equation.label == options.only:
            keys.append(key := basis.of(formula))
            find = partial(witnessed, formula, trials, key if options.shows else None)
            verdict = kept.verdict(key, find, equation.expected)
            report(Report(equation.label, file, equation.fence.span.line, equation.expected, verdict))
    if options.folders is not None:
        called = kept.called(options, derivation.notation(file), keys)
        if called is not None and all(each.is_expected for each in reports):
            return _CheckedPage(reports, keep=kept.keep, called=called)
    holding = {each.label for each in reports if each.label and each.verdict.verdict == "holds"}
    calls = []
    plans = planned(node, trials, [*options.folders], options.only, holding) if options.folders is not None else ()
    for plan in plans:
        if isinstance(plan, Refusal):
            report(page_error(file, plan))
        else:
            calls.append(plan)
    return _CheckedPage(reports, runner.submit(verified, calls, kept.hear) if calls else None, kept.keep)
