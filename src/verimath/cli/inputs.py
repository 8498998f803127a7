"""The pages that a command is given: files, folders, patterns, standard input."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import field
from glob import glob, has_magic
from pathlib import Path

from ..derivation.builds_on import from_disk
from ..message.frozen import frozen
from ..message.refusal import Refusal
from ..page.file import content, decoded
from ..page.neighbours import headers, headers_of, markdown
from ..page.page import Page, read
from ..page.project import Projects

STDIN = "-"


@frozen
class Inputs:
    """What is to be read.

    Attributes:
        paths: as they were typed.
        files: each once, in order; a page of standard input by the name that it is given.
        typed_in: the name and the bytes of that page; None where there is none.
        projects: the sites that they belong to.
    """

    paths: tuple[str, ...]
    files: tuple[str, ...]
    typed_in: tuple[str, bytes] | None = None
    projects: Projects = field(default_factory=Projects)

    def load(self, file: str) -> Page:
        """A file's page.

        Raises:
            Refusal: for one that can't be read.
            FileNotFoundError: where it isn't there.
        """
        project = self.projects.of(file)
        macros = project.macros if project else None
        return read(file, self.text(file), macros) if self._is_typed_in(file) else from_disk(file, macros)

    def text(self, file: str) -> str:
        """A file's text.

        Raises:
            Refusal, FileNotFoundError: as `load` does.
        """
        return decoded(*self.typed_in) if self.typed_in and self._is_typed_in(file) else content(Path(file))

    def headers(self, file: str) -> list[str]:
        """What follows the marks of a file's fences; none of what can't be read."""
        if not self._is_typed_in(file):
            return headers(Path(file))
        try:
            return headers_of(self.text(file))
        except Refusal:
            return []

    def _is_typed_in(self, file: str) -> bool:
        return self.typed_in is not None and self.typed_in[0] == file


def inputs(paths: Sequence[str], name: str) -> Inputs:
    """What paths mean.

    Args:
        paths: files, folders, patterns such as `docs/**/*.md`, or `-`.
        name: of the page on standard input, for messages and for what it builds on.

    Raises:
        FileNotFoundError: for a path that leads to nothing, with that path.
    """
    files: dict[str, None] = {}
    typed_in = None
    projects = Projects()
    for path in paths:
        if path == STDIN:
            typed_in = typed_in or (name, sys.stdin.buffer.read())
            files[name] = None
        else:
            files.update(dict.fromkeys(file for file in _files(path) if file == path or _is_shown(file, projects)))
    return Inputs(tuple(paths), tuple(files), typed_in, projects)


def _is_shown(file: str, projects: Projects) -> bool:
    """Whether a file is a page: a notebook is one where its site shows it."""
    project = projects.of(file)
    return project is None or project.shows(file)


def _files(path: str) -> Iterator[str]:
    # A name may have a bracket in it.
    found = [path] if Path(path).exists() or not has_magic(path) else sorted(glob(path, recursive=True))
    if not found or not Path(found[0]).exists():
        raise FileNotFoundError(path)
    for each in found:
        yield from (file.as_posix() for file in markdown(Path(each)))
