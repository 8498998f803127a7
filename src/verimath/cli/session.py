"""One check of pages: their reports, and those of the sites that they belong to."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from ..derivation.builds_on import Derivation
from ..kept.store import Store, place
from ..message.progress import Progress
from ..message.refusal import Refusal
from ..page.blocks import MATH
from ..page.neighbours import LABELLED, labels_in, root_of
from ..page.page import Page
from ..page.project import SNIPPETS, Project, notebook_faults, project_faults
from ..report.cores import check_beside
from ..report.findings import Options, Report, check_texts, page_error, readable, sound
from ..trials.page_trials import SEED, TRIALS
from .inputs import Inputs

# What a page refers to, wherever it does.
REFERRED = re.compile(r"(?:\]\(#|(?:show|verifies)=\")(?P<label>[^)\s\"]*)")


@dataclass
class Session:
    """A check of some pages.

    Args:
        inputs: the pages.
        seed, trials: what is drawn, and how often.
        label: the one equation to check; None: all.
        snippets: where snippets lie; None: as the site of each page says.
        keeps: whether what is found is kept, and what was kept is believed.

    Attributes:
        projects: the site of each file.
    """

    inputs: Inputs
    seed: int = SEED
    trials: int = TRIALS
    label: str | None = None
    snippets: str | None = None
    keeps: bool = False
    derivation: Derivation = field(init=False)
    projects: dict[str, Project | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.derivation = Derivation(self.inputs.load, Store(place() if self.keeps else None))

    def reports(self) -> list[Report]:
        """All that is said of the pages, in their order."""
        headers = (info for file in self.inputs.files for info in self.inputs.headers(file))
        shown = Progress("checked", sum(bool(MATH.match(info)) for info in headers))
        reports = self._reports(lambda report: shown.step(report.label or ""))
        shown.clear()
        self.derivation.store.close()
        self.derivation.store.sweep()
        order = {file: n for n, file in enumerate(self.inputs.files)}
        return sorted(reports, key=lambda report: (order.get(report.file, -1), report.line))

    def _reports(self, step: Callable[[Report], None]) -> list[Report]:
        derivation, projects = self.derivation, self.inputs.projects
        self.projects = of = {file: projects.of(file) for file in self.inputs.files}
        reports = [page_error(fault.place.file, fault) for fault in projects.faults]
        for project in projects.all():
            faults = chain(project_faults(project), notebook_faults(project))
            reports += [page_error(project.config, fault) for fault in faults]
        unread, pages = readable(lambda file: sound(derivation, file), self.inputs.files)
        reports += unread
        labels = self._labels()
        for site in dict.fromkeys(of.values()):
            own = [page for page in pages if of[page.file] is site]
            folders = self._folders(site)
            reports += check_texts(own, labels, projects.of, folders, derivation.store)
            # One message about a line of text is enough.
            said = {(report.file, report.line) for report in reports}
            options = Options(self.seed, self.trials, folders, self.label, shows=self.keeps)
            checked = check_beside(derivation, [page.file for page in own], options, step)
            reports += [report for report in checked if report.label or (report.file, report.line) not in said]
        return reports

    def _folders(self, site: Project | None) -> tuple[Path, ...]:
        """Where the snippets of a site's pages lie."""
        return (Path(self.snippets),) if self.snippets else site.snippets if site else (Path(SNIPPETS),)

    def folders(self) -> set[Path]:
        """Where snippets lie, of any of the pages."""
        return {folder for site in self.projects.values() for folder in self._folders(site)}

    def family(self, file: str) -> list[Page]:
        """A page and all that it builds on; of what can't be read, nothing."""
        with suppress(Refusal, FileNotFoundError):
            return self.derivation.family(file)
        return []

    def _labels(self) -> set[str]:
        """The labels of all pages beside these: a page may refer to others than those that are checked."""
        alone = {Path(file) for file, project in self.projects.items() if project is None}
        found = labels_in({*alone, *(project.docs for project in self.projects.values() if project)})
        headers = (info for file in self.inputs.files for info in self.inputs.headers(file))
        found |= {labelled["label"] for info in headers if (labelled := LABELLED.match(info))}
        referred = {label for file in alone for label in REFERRED.findall(self._text(str(file)))}
        # Of a page that no configuration claims: farther away only where it speaks of what isn't nearer.
        for folders in ({file.parent for file in alone}, {root_of(file) for file in alone}):
            if not referred <= found:
                found |= labels_in(folders)
        return found

    def _text(self, file: str) -> str:
        try:
            return self.inputs.text(file)
        except (Refusal, FileNotFoundError):
            return ""
