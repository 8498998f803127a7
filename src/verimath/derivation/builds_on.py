"""Pages that build on each other: read when they are asked for, each with the names of those below it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from posixpath import dirname, join, normpath

from ..kept.store import Store
from ..latex.katex import keeping
from ..message.refusal import Refusal
from ..names.table import Names
from ..page.file import content
from ..page.macros import Macros
from ..page.page import Page, read
from .notation import Entry, entries
from .prose_symbols import known_letters
from .resolve import names_of

# By key of the front matter, what a page may say of signs that authors use differently: what a message calls another
# word there, and the words.
CONVENTIONS = {
    "vectors": ("vectors lie as `{}`", ("column", "row")),
    "arguments": ("what a function takes without brackets is a `{}`", ("product",)),
    "log": ("the base of \\log is `{}`", ("natural", "2", "10")),
    "star": ("what a star above is, `{}`", ("adjoint", "conjugate")),
    "dagger": ("what a dagger above is, `{}`", ("adjoint", "pseudo-inverse")),
    "derivatives": ("whose axes come first in a derivative, that of the `{}`", ("numerator", "denominator")),
    "prime": ("what a prime on a value is, `{}`", ("transpose",)),
    "inner_product": ("which vector of a complex inner product is conjugated, the `{}`", ("first", "second")),
    "nabla_squared": ("\\nabla^2 is `{}`", ("hessian", "laplacian")),
}


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
        store: what earlier runs have kept of their formulas.
    """

    load: Callable[[str], Page]
    store: Store = field(default_factory=Store)
    _pages: dict[str, Page] = field(default_factory=dict)
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

    def forget(self, file: str) -> None:
        """Let a page's names go, which no page that is left builds on; whoever asks for them has them read again."""
        self._nodes.pop(file, None)

    def page(self, file: str) -> Page:
        """A page alone, as its file has it.

        Raises:
            Refusal, FileNotFoundError: as `load` does.
        """
        if file not in self._pages:
            self._pages[file] = self.load(file)
        return self._pages[file]

    def family(self, file: str) -> list[Page]:
        """A page and all that it builds on, without their names; in a circle, each once.

        Raises:
            Refusal, FileNotFoundError: where one of them can't be read.
        """
        found: dict[str, Page] = {}
        left = [file]
        while left:
            each = left.pop()
            if each not in found:
                found[each] = self.page(each)
                left += reversed([*self._parents(found[each])])
        return [*found.values()]

    def _node(self, file: str) -> PageNode:
        page = self.page(file)
        for key, (said, meanings) in CONVENTIONS.items():
            chosen = page.front_matter.get(key, meanings[0])
            if str(chosen) not in meanings:
                way_out = "write " + " or ".join(filter(None, (", ".join(meanings[:-1]), meanings[-1])))
                raise Refusal(way_out=way_out, what=said.format(chosen), span=page.key(key))
        nodes = [self._parent(page, parent) for parent in self._parents(page)]
        with keeping(self.store, file):
            names = names_of(page, [node.names for node in nodes])
        letters = known_letters(names)
        family: dict[str, None] = {}
        for node in nodes:
            letters |= node.letters
            family.update(dict.fromkeys(node.family))
        return PageNode(page, names, self.notation(file), letters, (*family, file))

    def notation(self, file: str) -> dict[str, Entry]:
        """The notation of a page that builds on no page in a circle: its own rows, after those of the pages below.

        Raises:
            Refusal, FileNotFoundError: where one of them can't be read.
        """
        page = self.page(file)
        found: dict[str, Entry] = {}
        for parent in self._parents(page):
            found.update(self.notation(parent))
        found.update({entry.code: entry for entry in entries(page)})
        return found

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


def from_disk(file: str, macros: Macros | None = None) -> Page:
    """A page of a file, of a site with these macros.

    Raises:
        Refusal: where it can't be read.
        FileNotFoundError: where it isn't there.
    """
    path = Path(file)
    if os.path.isdir(file):
        raise FileNotFoundError(file)
    return read(file, content(path), macros)
