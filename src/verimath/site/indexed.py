"""What a site's search reads of a page, kept by the content of all that it reads: that takes as long as Markdown.

Material's index and MkDocs' own are known. Of any other, of one that somebody has changed, and of one that cuts words
by a dictionary of its own, nothing is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from copy import deepcopy
from typing import Any, TypedDict

from ..kept.store import Store
from ..kept.tool import digest

# Where an index keeps its entries, by the module that makes it, and the methods that make an entry.
LISTS = {"material.plugins.search.plugin": "entries", "mkdocs.contrib.search.search_index": "_entries"}
METHODS = ("add_entry_from_context", "create_entry_for_section")
DICTIONARIES = ("jieba_dict", "jieba_dict_user")


class Entry(TypedDict):
    """What any index says of a section; some say more."""

    location: str
    title: str
    text: str


def keep_entries(plugin: Any, files: dict[str, str], store: Callable[[], Store]) -> None:
    """Have a search keep what it finds on pages.

    Args:
        plugin: of the search.
        files: the pages' files, by their addresses among the site's; others' entries aren't kept.
        store: gives that of the build.
    """
    index: Any = getattr(plugin, "search_index", None)
    name = LISTS.get(type(index).__module__)
    if name is None or not _is_its_own(index) or any(map(plugin.config.get, DICTIONARIES)):
        return
    theirs, setting = index.add_entry_from_context, plugin.config.get("indexing")

    def add(page: Any) -> None:
        """Add a page's entries to the index."""
        if (file := files.get(page.file.src_uri)) is None:
            theirs(page)
            return
        listed, drawer = getattr(index, name), store().drawer("search", file)
        key = digest("search", type(index).__module__, setting, _read(page))
        if (known := drawer.get(key, list[Entry])) is not None:
            listed += known
            return
        before = len(listed)
        theirs(page)
        found = deepcopy(listed[before:])
        drawer.put(key, found)
        if drawer.get(key, list[Entry]) != found:
            # What JSON gives back otherwise isn't the same.
            drawer.put(key, None)

    index.add_entry_from_context = add


def _is_its_own(index: Any) -> bool:
    """Whether an index is as its package has made it."""
    own = type(index).__module__
    return not any(
        name in vars(index) or getattr(getattr(type(index), name), "__module__", None) != own for name in METHODS
    )


def _read(page: Any) -> tuple[object, ...]:
    """All that a search reads of a page."""
    said = [page.meta.get(name) for name in ("title", "tags", "search")]
    return page.content, page.url, str(page.title), _titles(page.toc), said


def _titles(toc: Iterable[Any]) -> list[object]:
    return [(entry.id, entry.title, entry.url, _titles(entry.children)) for entry in toc]
