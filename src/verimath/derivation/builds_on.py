"""Pages that build on each other: read when they are asked for, each with the names of those below it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from posixpath import dirname, join, normpath

from ..message.refusal import Refusal
from ..names.table import Names
from ..page.file import content
from ..page.page import Page, read
from .notation import Entry, entries
from .prose_symbols import known_letters
from .resolve import names_of


@dataclass
class PageNode:
    """A page in its derivation.

    Attributes:
        page: as read.
        names: its names and those of all pages below it.
        notation: its own rows and those of all pages below it, by name in code.
        letters: those that number components here or below.
        family: the file itself and all below it.
    """

    page: Page
    names: Names
    notation: dict[str, Entry]
    letters: set[str]
    family: tuple[str, ...]


@dataclass
class Derivation:
    """Pages by file, read when they are asked for.

    Attributes:
        load: gives a file's page; raises a Refusal for one that can't be read.
    """

    load: Callable[[str], Page]
    _nodes: dict[str, PageNode | Refusal] = field(default_factory=dict)
    _under_way: list[str] = field(default_factory=list)

    def node(self, file: str) -> PageNode:
        """A page with its names.

        Raises:
            Refusal: where it, or one that it builds on, can't be read.
        """
        if file not in self._nodes:
            self._under_way.append(file)
            try:
                self._nodes[file] = self._node(file)
            except Refusal as error:
                self._nodes[file] = error
            finally:
                self._under_way.pop()
        found = self._nodes[file]
        if isinstance(found, Refusal):
            raise found
        return found

    def _node(self, file: str) -> PageNode:
        page = self.load(file)
        vectors = page.front_matter.get("vectors", "row")
        if vectors not in ("row", "column"):
            raise Refusal(way_out="write column, or row", what=f"vectors lie as `{vectors}`", span=page.key("vectors"))
        nodes = [self._parent(page, parent) for parent in self._parents(page)]
        names = names_of(page, [node.names for node in nodes])
        notation: dict[str, Entry] = {}
        letters = known_letters(names)
        family: dict[str, None] = {}
        for node in nodes:
            notation.update(node.notation)
            letters |= node.letters
            family.update(dict.fromkeys(node.family))
        notation.update({entry.code: entry for entry in entries(page)})
        return PageNode(page, names, notation, letters, (*family, file))

    def _parents(self, page: Page) -> Iterable[str]:
        listed = page.front_matter.get("builds_on") or []
        if not isinstance(listed, list) or not all(isinstance(parent, str) for parent in listed):
            raise Refusal(
                way_out="write [other.md]",
                what="what the page builds on isn't a list of pages",
                span=page.key("builds_on"),
            )
        for parent in listed:
            yield normpath(join(dirname(page.file), parent))

    def _parent(self, page: Page, parent: str) -> PageNode:
        if parent in self._under_way:
            circle = " → ".join([*self._under_way[self._under_way.index(parent) :], parent])
            raise Refusal(
                circle,
                "take one of the links away",
                what="pages build on each other in a circle",
                span=page.key("builds_on"),
            )
        try:
            return self.node(parent)
        except FileNotFoundError:
            raise Refusal(
                way_out="write its path from this page's folder",
                what=f"there is no page `{parent}`",
                span=page.key("builds_on"),
            ) from None


def from_disk(file: str) -> Page:
    """A page of a file.

    Raises:
        Refusal: where it can't be read.
        FileNotFoundError: where it isn't there.
    """
    path = Path(file)
    if os.path.isdir(file):
        raise FileNotFoundError(file)
    return read(file, content(path))
