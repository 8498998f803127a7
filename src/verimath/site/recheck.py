"""A site's pages before they are HTML, checked as the command line does; again only what changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property, lru_cache

from ..code.sections import Runs
from ..derivation.builds_on import Derivation, PageNode, from_disk
from ..derivation.notation import Entry
from ..kept.store import Store
from ..message.frozen import frozen
from ..message.progress import Progress
from ..page.macros import Macros
from ..page.neighbours import labels_in
from ..page.page import Page, read
from ..page.project import Project
from ..report.cores import check_beside
from ..report.findings import Options, Report, check_texts, readable, sound

# So many pages are known by the next build within one process.
SAME = 500


@frozen
class Checked:
    """What a site's pages hold before any is HTML.

    Attributes:
        reports: of all that is wrong, and of each equation where these are checked.
        pages: those that can be read.
        derivation: where equations are checked, gives the pages with the scope that each builds on.
    """

    reports: list[Report]
    pages: list[Page]
    derivation: Derivation | None

    @cached_property
    def _files(self) -> frozenset[str]:
        return frozenset(page.file for page in self.pages)

    def node(self, file: str) -> PageNode | None:
        """A page with its names; None where equations aren't checked, or the page wasn't there then."""
        if self.derivation is None or file not in self._files:
            return None
        return self.derivation.node(file)

    def notation(self, file: str) -> dict[str, Entry]:
        """The rows of a page's notation and of all that it builds on; none where equations aren't checked."""
        if self.derivation is None or file not in self._files:
            return {}
        return self.derivation.notation(file)


@lru_cache(SAME)
def _read(file: str, text: str, macros: tuple[tuple[str, str], ...]) -> Page:
    """A page, read once as long as its text and the site's macros are the same: under `mkdocs serve`, most are."""
    return read(file, text, Macros(macros))


def checked(
    texts: Mapping[str, Callable[[], str]], project: Project, equations: bool, runs: Runs, store: Store
) -> Checked:
    """Check the pages of a site.

    Args:
        texts: by file, in the order of the reports; each gives its text, or raises a Refusal.
        project: the site.
        equations: whether what they say is checked too.
        runs: of the programs that they show, which go on while equations are checked.
        store: what earlier builds have kept; of what hasn't changed since, the verdicts.
    """
    macros, table = project.macros, tuple(project.macros.items())
    derivation = Derivation(
        lambda file: _read(file, texts[file](), table) if file in texts else from_disk(file, macros), store
    )
    folders = list(project.snippets)
    load = (lambda file: sound(derivation, file)) if equations else derivation.page
    reports, pages = readable(load, texts)
    runs.renew()
    for shown in (snippet for page in pages for snippet in page.snippets):
        runs.start(shown, folders)
    labels = {equation.label for page in pages for equation in page.equations}
    labels |= labels_in([project.docs]) if len(pages) < len(texts) else set()
    reports += check_texts(pages, labels, lambda file: project, folders, store, equations)
    said = {(report.file, report.line) for report in reports}
    files = [page.file for page in pages] if equations else []
    bar = Progress("checked", sum(len(page.equations) for page in pages) if equations else 0)
    found = check_beside(
        derivation, files, Options(folders=project.snippets), lambda report: bar.step(report.label or "")
    )
    bar.clear()
    reports += [report for report in found if report.label or (report.file, report.line) not in said]
    order = {file: place for place, file in enumerate(texts)}
    reports.sort(key=lambda report: (order.get(report.file, -1), report.line))
    return Checked(reports, pages, derivation if equations else None)
