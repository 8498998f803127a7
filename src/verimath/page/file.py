"""The file of a page, which is a plain one of bounded length in UTF-8, before any of it is read as a page."""

from __future__ import annotations

import stat
from pathlib import Path

from ..message.refusal import Refusal
from ..message.source import Span, typed

# Some fifty times the longest page of mathematics that anyone will read.
MOST_BYTES = 5_000_000
# A notebook holds the pictures that it drew, too.
MOST_BYTES_OF_NOTEBOOKS = 20_000_000
# What bears a page's name and would never end, or isn't to be read at all.
KINDS = {
    stat.S_IFIFO: "a pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
    stat.S_IFDIR: "a folder",
}


def content(path: Path) -> str:
    """The text of a page's file.

    Raises:
        Refusal: where it isn't a plain file, may not be read, is too long or not UTF-8.
        FileNotFoundError: where it isn't there.
    """
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            kind = KINDS.get(stat.S_IFMT(status.st_mode), "something else")
            raise _unreadable(path, f"it is {kind}", "a page is a plain file: delete this, or rename it")
        # No more of it is read than its length: a file may be larger than any memory.
        if status.st_size > most_bytes(str(path)):
            raise too_long(typed(path), status.st_size)
        return decoded(typed(path), path.read_bytes())
    except FileNotFoundError:
        raise
    except PermissionError as error:
        raise _unreadable(path, str(error.strerror), "let it be read") from error
    except (OSError, ValueError) as error:
        # No name that a file could have, or links that lead in a circle.
        raise FileNotFoundError(str(path)) from error


def decoded(file: str, data: bytes) -> str:
    """A page's bytes as text.

    Raises:
        Refusal: for bytes that aren't UTF-8, which MkDocs would stop at without saying where, and for too many.
    """
    if len(data) > most_bytes(file):
        raise too_long(file, len(data))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        excerpt = data.split(b"\n")[line - 1].decode("ascii", "replace")
        column = error.start - (data.rfind(b"\n", 0, error.start) + 1)
        raise Refusal(
            error.reason, "save it as UTF-8", what="the page isn't UTF-8", span=Span(file, line, column, excerpt)
        ) from error


def too_long(file: str, size: int) -> Refusal:
    """The error of a page that no one could read."""
    most = most_bytes(file)
    clear = ", or clear its outputs" if most > MOST_BYTES else ""
    return Refusal(
        way_out=f"part it{clear}: {most:,} are the most", what=f"the page has {size:,} bytes", span=Span(file)
    )


def most_bytes(file: str) -> int:
    """How long a page's file may be."""
    return MOST_BYTES_OF_NOTEBOOKS if file.endswith(".ipynb") else MOST_BYTES


def missing(file: str) -> Refusal:
    """The error of a page's file that isn't there, as a link may lead nowhere."""
    return _unreadable(Path(file), "it isn't there, or is a link that leads nowhere", "delete the link, or mend it")


def _unreadable(path: Path, why: str, way_out: str) -> Refusal:
    return Refusal(why, way_out, what="the page can't be read", span=Span(typed(path)))
