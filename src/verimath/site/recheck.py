"""Checks again only what changed: the text of a page, of those that it builds on, or of the snippets."""

from __future__ import annotations

from pathlib import Path

from ..derivation.builds_on import Derivation, PageNode, from_disk
from ..page.page import Page
from ..report import Options, Report, check_pages

# What decides a page's verdicts.
Key = tuple[object, ...]


class Rechecker:
    """The verdicts of a site that is built again and again, each page's by what decides them."""

    def __init__(self) -> None:
        self._known: dict[Key, list[Report]] = {}

    def checked(self, pages: tuple[Page, ...], folders: tuple[Path, ...]) -> tuple[list[Report], list[PageNode]]:
        """The reports of a site's pages, in this order, and the pages with the names that each builds on."""
        by_file = {page.file: page for page in pages}
        derivation = Derivation(lambda file: by_file[file] if file in by_file else from_disk(file))
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
        reports = [report for key in keys.values() for report in self._known[key]]
        return reports, [derivation.node(page.file) for page in pages]


def _key(derivation: Derivation, page: Page, code: Key) -> Key:
    """The lines of a page and of all it builds on; the snippets, where one of those shows any."""
    family = [derivation.node(file).page for file in derivation.node(page.file).family]
    return (*((each.file, each.lines) for each in family), code if page.snippets else ())
