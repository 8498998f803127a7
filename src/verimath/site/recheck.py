"""A site's pages before they are HTML, checked as the command line does; again only what changed.

What decides is the text of a page, of those that it builds on, and of the snippets.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from ..code.sections import Runs
from ..derivation.builds_on import Derivation, PageNode, from_disk
from ..page.neighbours import labels_in
from ..page.page import Page, read
from ..page.project import Project
from ..report import Options, Report, check_pages, check_texts, readable

# What decides a page's verdicts.
Key = tuple[object, ...]


@dataclass(frozen=True)
class Checked:
    """What a site's pages hold before any is HTML.

    Attributes:
        reports: of all that is wrong, and of each equation where these are checked.
        pages: those that can be read.
        nodes: where equations are checked, the pages with the scope that each builds on, by file.
    """

    reports: list[Report]
    pages: list[Page]
    nodes: dict[str, PageNode]


class Rechecker:
    """The verdicts of a site that is built again and again, each page's by what decides them."""

    def __init__(self) -> None:
        self._known: dict[Key, list[Report]] = {}

    def checked(self, texts: Mapping[str, Callable[[], str]], project: Project, equations: bool, runs: Runs) -> Checked:
        """Check the pages of a site.

        Args:
            texts: by file, in the order of the reports; each gives its text, or raises a Refusal.
            project: the site.
            equations: whether what they say is checked too.
            runs: of the programs that they show, which go on while equations are checked.
        """
        derivation = Derivation(lambda file: read(file, texts[file]()) if file in texts else from_disk(file))
        folders = list(project.snippets)
        load = (lambda file: derivation.node(file).page) if equations else derivation.load
        reports, pages = readable(load, texts)
        for shown in (snippet for page in pages for snippet in page.snippets):
            runs.start(shown, folders)
        labels = {equation.label for page in pages for equation in page.equations}
        labels |= labels_in([project.docs]) if len(pages) < len(texts) else set()
        reports += check_texts(pages, labels, lambda file: project, folders)
        nodes = {page.file: derivation.node(page.file) for page in pages} if equations else {}
        said = {(report.file, report.line) for report in reports}
        found = self._equations(derivation, pages, project.snippets) if equations else []
        reports += [report for report in found if report.label or (report.file, report.line) not in said]
        order = {file: place for place, file in enumerate(texts)}
        reports.sort(key=lambda report: (order.get(report.file, -1), report.line))
        return Checked(reports, pages, nodes)

    def _equations(self, derivation: Derivation, pages: list[Page], folders: tuple[Path, ...]) -> list[Report]:
        """The reports of equations, symbols and snippets; of pages that were checked as they are, the known ones."""
        files = (path for folder in folders for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc")
        # A snippet may read what lies beside it.
        code = tuple(sorted((str(path), path.stat().st_mtime_ns, path.stat().st_size) for path in files))
        keys = {page.file: _key(derivation, page, code) for page in pages}
        new = [file for file, key in keys.items() if key not in self._known]
        found: dict[str, list[Report]] = {file: [] for file in new}
        for report in check_pages(derivation, new, Options(folders=folders)):
            found[report.file].append(report)
        # What has changed since is forgotten.
        self._known = {key: found[file] if file in found else self._known[key] for file, key in keys.items()}
        return [report for key in keys.values() for report in self._known[key]]


def _key(derivation: Derivation, page: Page, code: Key) -> Key:
    """The lines of a page and of all it builds on; the snippets, where one of those shows any."""
    family = [derivation.node(file).page for file in derivation.node(page.file).family]
    return (*((each.file, each.lines) for each in family), code if page.snippets else ())
