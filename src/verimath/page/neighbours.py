"""The pages in folders, and the labels that they hold, even where they can't be read as pages."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path

from ..message.refusal import Refusal
from .displayed import HEADER
from .fences import OPENING, unix
from .file import content
from .notebook import as_page, is_notebook, is_percent

# As MkDocs has it.
SUFFIXES = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")
# Even in a header that isn't right otherwise: that is said once, of its own page.
LABELLED = re.compile(r"math[ ]+\{[ ]*#(?P<label>[a-z0-9-]+)")
# What ends a formula between double dollars, with its label.
CLOSING = re.compile(r"\$\$[ ]*(?P<info>\{.*\})[ ]*$")
# What marks the folder that all of a project's files lie in.
ROOTS = (".git", ".hg", "pyproject.toml")


def is_page(path: Path, folder: Path) -> bool:
    """Whether MkDocs would take a file in a folder for a page: hidden ones are none."""
    below = path.relative_to(folder).parts
    if any(part.startswith(".") for part in below) or path.is_dir():
        return False
    return path.suffix in SUFFIXES or path.suffix == ".ipynb" or (path.suffix == ".py" and is_percent(path))


def markdown(path: Path) -> list[Path]:
    """The Markdown files and notebooks of a folder, in the order of their names; a file itself."""
    return sorted(found for found in path.rglob("*") if is_page(found, path)) if path.is_dir() else [path]


def headers(path: Path) -> list[str]:
    """What follows the marks of a file's fences; none of what is no file."""
    try:
        text = content(path)
        return headers_of(as_page(str(path), text)[1] if is_notebook(str(path)) else text)
    except (Refusal, FileNotFoundError):
        return []


def headers_of(text: str) -> list[str]:
    """What follows the marks of a text's fences."""
    found = (OPENING.match(line) or CLOSING.search(line) for line in unix(text).split("\n"))
    return [f"{HEADER if '$$' in header.group() else ''}{header['info'].strip()}" for header in found if header]


def labels_in(folders: Iterable[Path]) -> set[str]:
    """The labels of all pages in folders."""
    files = {file for folder in folders for file in markdown(folder)}
    return {found["label"] for file in files for info in headers(file) if (found := LABELLED.match(info))}


def root_of(file: Path) -> Path:
    """The folder of a file's project: the nearest one above that is marked as such, or where the command is run."""
    whole = Path(os.path.realpath(file))
    marked = next((above for above in whole.parents if any((above / name).exists() for name in ROOTS)), None)
    return marked or (Path.cwd() if whole.is_relative_to(Path.cwd()) else whole.parent)
