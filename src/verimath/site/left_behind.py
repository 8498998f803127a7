"""What a build has written, file by file, once all plugins are done: no marker of the tool may be left in any of it."""

from __future__ import annotations

from collections.abc import Iterable

from ..kept.store import Drawer
from ..message.refusal import Refusal
from ..message.source import Span, typed
from . import marker
from .finished import PAGES, Finished

WAY_OUT = "leave this page out of what it writes, or list that plugin after verimath"
# Of plugins that set pages a second time, by themselves, in whatever order.
WAYS_OUT = {
    "blog": "write <!-- more --> above a post's first formula: lists of posts show what stands before it",
    "print-site": "leave out the pages with formulas, which print well one by one: print-site: {exclude: [page.md]}",
}


def refuse_markers(site: Finished, others: Iterable[str], drawer: Drawer | None = None) -> None:
    """Look through all files of a finished site.

    Args:
        site: where nothing is written any more.
        others: the plugins that could have written or changed a file, as a configuration names them.
        drawer: what earlier builds have kept: what is left in files, by their content.

    Raises:
        Refusal: where something stands for a formula, a number or a file that nothing put in its place.
    """
    drawer = drawer or Drawer(None)
    for path in site.paths:
        is_page = path.suffix.lower() in PAGES
        if not (why := site.found(path, drawer, f"left-{is_page}", str, _left_in_page if is_page else _left)):
            continue
        named = sorted({*others})
        said = f"{why}\nit can only be one of these: {', '.join(named)}" if named else why
        way_out = next((WAYS_OUT[name] for name in named if name in WAYS_OUT and is_page), WAY_OUT)
        raise Refusal(said, way_out, what="formulas that nothing set", span=Span(typed(path)))


def _left_in_page(text: str) -> str:
    """Why something is left in a page; empty where nothing is."""
    if marker.LEFT.search(text):
        return "another plugin made this page of others, or changed what stands for a formula in it"
    return "another plugin took the attributes from what stands for a formula" if marker.UNSET.search(text) else ""


def _left(text: str) -> str:
    """The same of any other file."""
    found = marker.LEFT.search(text)
    return "another plugin wrote this file from pages whose formulas weren't set yet" if found else ""
