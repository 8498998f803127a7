"""The files of a finished site that may hold text: what is found in one is kept by its content.

Most of a site is written as it was the last time. So a file is read to know whether it is the same, and looked through
where it isn't.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from copy import copy
from pathlib import Path
from typing import Any

from ..kept.store import Drawer
from ..kept.tool import digest_of
from ..message.refusal import Refusal
from ..message.source import Span, typed

PAGES = (".html", ".htm", ".xhtml")
# What holds no text that a plugin could have put a page into.
PICTURES, FONTS = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".ico"), (".woff", ".woff2", ".ttf", ".otf")
BINARY = {*PICTURES, *FONTS, ".eot", ".pdf", ".gz", ".br", ".zip", ".mp4", ".webm", ".npy", ".wasm"}


@contextmanager
def undisturbed() -> Iterator[None]:
    """While a site is looked at, nobody may take a file of it away, as MkDocs does that builds into the same folder.

    Raises:
        Refusal: where someone has.
    """
    try:
        yield
    except FileNotFoundError as error:
        raise Refusal(
            "this file was there, and is gone: another build may be writing to the same folder",
            "wait for it, or give each its folder: python -m verimath.site.exchange site mkdocs build --site-dir {}",
            what="the site can't be finished",
            span=Span(typed(Path(error.filename))),
        ) from error


class Finished:
    """A finished site, which nothing but this changes as long as it is looked at.

    Attributes:
        folder: where it lies.
        paths: its files that may hold text, in a fixed order.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.paths = [
            path for path in sorted(folder.rglob("*")) if path.suffix.lower() not in BINARY and path.is_file()
        ]
        self._digests: dict[Path, str] = {}
        self._known: dict[str, Any] | None = None

    def recalling(self) -> Finished:
        """The same, which will look at it again and again: its files as they are now, and all that is found in them."""
        other = copy(self)
        other._digests, other._known = {**self._digests}, {} if self._known is None else self._known
        return other

    def of(self, suffixes: Iterable[str]) -> list[Path]:
        """Its files of some kinds."""
        return [path for path in self.paths if path.suffix.lower() in (*suffixes,)]

    @property
    def pages(self) -> list[Path]:
        """Its pages."""
        return self.of(PAGES)

    def text(self, path: Path) -> str:
        """What a file holds; what isn't UTF-8 in it is kept as it is."""
        return path.read_bytes().decode("utf-8", "surrogateescape")

    def digest(self, path: Path) -> str:
        """A name for what a file holds."""
        if path not in self._digests:
            self._digests[path] = digest_of(path.read_bytes())
        return self._digests[path]

    def write(self, path: Path, text: str) -> None:
        """Change a file."""
        data = text.encode("utf-8", "surrogateescape")
        path.write_bytes(data)
        self._digests[path] = digest_of(data)

    def forget(self, path: Path) -> None:
        """Someone else has changed a file."""
        self._digests.pop(path, None)

    def found(self, path: Path, drawer: Drawer, name: str, kind: Any, look: Callable[[str], Any]) -> Any:
        """What is found in a file.

        Args:
            path: of the file.
            drawer: what earlier builds have found in files.
            name: of what is looked for, another one for each kind.
            kind: of what is found, as `kept.kinds` has it.
            look: finds it in the file's text: anything but None of which JSON gives back what it was given.
        """
        key = f"{name}-{self.digest(path)}"
        if self._known is None:
            return drawer.found(key, kind, lambda: look(self.text(path)))
        if key not in self._known:
            self._known[key] = drawer.found(key, kind, lambda: look(self.text(path)))
        return self._known[key]

    def note(self, path: Path, drawer: Drawer, name: str, value: Any) -> None:
        """Keep what would be found in a file."""
        key = f"{name}-{self.digest(path)}"
        if drawer.get(key, Any) != value:
            drawer.put(key, value)
