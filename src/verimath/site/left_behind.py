"""What a build has written, file by file, once all plugins are done: no marker of the tool may be left in any of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from ..kept.store import Drawer
from ..kept.tool import digest_of
from ..message.refusal import Refusal
from ..message.source import Span, typed
from . import marker

PAGES = (".html", ".htm", ".xhtml")
# What holds no text that a plugin could have put a page into.
PICTURES, FONTS = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".ico"), (".woff", ".woff2", ".ttf", ".otf")
BINARY = {*PICTURES, *FONTS, ".eot", ".pdf", ".gz", ".br", ".zip", ".mp4", ".webm", ".npy", ".wasm"}
WAY_OUT = "leave this page out of what it writes, or list that plugin after verimath"
# Of plugins that set pages a second time, by themselves, in whatever order.
WAYS_OUT = {
    "blog": "write <!-- more --> above a post's first formula: lists of posts show what stands before it",
    "print-site": "leave out the pages with formulas, which print well one by one: print-site: {exclude: [page.md]}",
}


def refuse_markers(site: Path, others: Iterable[str], drawer: Drawer | None = None) -> None:
    """Look through all files of a finished site.

    Args:
        site: its folder.
        others: the plugins that could have written or changed a file, as a configuration names them.
        drawer: what earlier builds have kept: files in which nothing was left, by their content.

    Raises:
        Refusal: where something stands for a formula, a number or a file that nothing put in its place.
    """
    for path, data in files(site):
        is_page = path.suffix.lower() in PAGES
        key = f"unmarked-{is_page}-{digest_of(data)}"
        if drawer is not None and drawer.get(key) is True:
            continue
        text = decoded(data)
        if marker.LEFT.search(text):
            why = (
                "another plugin made this page of others, or changed what stands for a formula in it"
                if is_page
                else "another plugin wrote this file from pages whose formulas weren't set yet"
            )
        elif is_page and marker.UNSET.search(text):
            why = "another plugin took the attributes from what stands for a formula"
        else:
            if drawer is not None:
                drawer.put(key, True)
            continue
        named = sorted({*others})
        said = f"{why}\nit can only be one of these: {', '.join(named)}" if named else why
        way_out = next((WAYS_OUT[name] for name in named if name in WAYS_OUT and is_page), WAY_OUT)
        raise Refusal(said, way_out, what="formulas that nothing set", span=Span(typed(path)))


def files(site: Path) -> Iterator[tuple[Path, bytes]]:
    """The files of a site that may hold text, in a fixed order."""
    for path in sorted(site.rglob("*")):
        if path.suffix.lower() not in BINARY and path.is_file():
            yield path, path.read_bytes()


def decoded(data: bytes) -> str:
    """The text of a file; what isn't UTF-8 in it is kept as it is."""
    return data.decode("utf-8", "surrogateescape")


def written(site: Path) -> Iterator[tuple[Path, str]]:
    """The files of a site that hold text, in a fixed order."""
    for path, data in files(site):
        yield path, decoded(data)
