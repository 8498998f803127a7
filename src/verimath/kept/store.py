"""The folder in which results are kept: a drawer for each page and program, a line in it for each result.

Nothing in it is believed that wasn't written whole by this very tool: a drawer begins with what wrote it and with a sum
of its lines, and is empty where one of these doesn't fit; a result of another kind than is asked for is none. It is
replaced as a whole, so that two builds at once don't harm each other, and where nothing can be written, nothing is: the
next run computes it again.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from functools import cached_property, partial
from glob import escape
from pathlib import Path
from typing import Any

from .kinds import fits
from .tool import digest, tool

# The form of a drawer, and whose it is: both stand in its first line.
OWNER, FORMAT = "verimath", 2
# Beside what the last run used, a drawer keeps as many bytes of what others did, and this many in any case: an edit
# that is undone costs nothing.
SPARE_BYTES = 1_000_000
# A drawer that no run has opened for so long is thrown away; so are the oldest, where all take more than this.
OLDEST_SECONDS, MOST_BYTES = 30 * 86_400, 500_000_000
# What a run that was killed was about to write is thrown away after so long; a drawer's age is exact to as much.
LEFT_SECONDS = 3_600
SUFFIX, UNFINISHED = ".kept", ".unfinished"


class Drawer:
    """The results that belong to one page or program, by the name of all that each depends on.

    Args:
        path: its file; None where nothing is kept beyond this run.
        beside: gives other drawers in which the same may be found.
    """

    def __init__(self, path: Path | None, beside: Callable[[], list[Drawer]] = list) -> None:
        self._path, self._beside = path, beside
        # As lines of JSON: most aren't asked for.
        self._old = _read(path) if path else {}
        self._used: dict[str, str] = {}
        self._is_changed = False

    def __contains__(self, key: str) -> bool:
        """Whether there is a result; to ask is to use it."""
        if key not in self._used and key in self._old:
            self._used[key] = self._old[key]
        if key not in self._used:
            for drawer in self._others:
                if (line := drawer.line(key)) is not None:
                    self._used[key], self._is_changed = line, True
        return key in self._used

    @cached_property
    def _others(self) -> list[Drawer]:
        """Looked for once, and only where something is missing."""
        return self._beside()

    def line(self, key: str) -> str | None:
        """A result as it is kept; None where there is none."""
        return self._used.get(key, self._old.get(key))

    def get(self, key: str, kind: Any) -> Any:
        """A result; None where there is none of this kind, as `fits` has it."""
        if key not in self:
            return None
        try:
            found = json.loads(self._used[key])
        except (ValueError, RecursionError):
            return None
        return found if fits(found, kind) else None

    def found(self, key: str, kind: Any, look: Callable[[], Any]) -> Any:
        """A result, as JSON gives it back; looked for where there is none of this kind, which isn't None."""
        if (found := self.get(key, kind)) is None:
            self.put(key, look())
            found = json.loads(self._used[key])
            # Else it would be looked for anew each time.
            assert fits(found, kind), (key, kind)
        return found

    def put(self, key: str, value: Any) -> None:
        """Keep a result, of which JSON gives back what it was given, by a key without spaces."""
        assert " " not in key, key
        self._used[key] = json.dumps(value, separators=(",", ":"))
        self._is_changed = True

    def close(self) -> bool:
        """Write what was added; whether all of it lies in the file now."""
        lines, is_written = self._lines(), self._path is not None
        if self._path is not None:
            try:
                if self._is_changed:
                    _write(self._path, lines)
                elif self._used and time.time() - self._path.stat().st_mtime > LEFT_SECONDS:
                    os.utime(self._path)
            except OSError:
                # A folder that can't be written to, or a full disk: this run goes on with what it knows.
                is_written = not self._is_changed
        self._old, self._used, self._is_changed = lines, {}, self._is_changed and not is_written
        return is_written

    def _lines(self) -> dict[str, str]:
        """What was used, the latest last, after as much of the rest as there is room for."""
        room = max(SPARE_BYTES, sum(map(len, self._used.values())))
        spare: dict[str, str] = {}
        for key, line in reversed(self._old.items()):
            if key not in self._used:
                room -= len(line)
                if room < 0:
                    break
                spare[key] = line
        return {**dict(reversed(spare.items())), **self._used}


def _head(body: bytes) -> bytes:
    said = {"owner": OWNER, "format": FORMAT, "tool": tool(), "sum": hashlib.blake2b(body, digest_size=16).hexdigest()}
    return json.dumps(said).encode() + b"\n"


def _read(path: Path) -> dict[str, str]:
    """The lines of a drawer's file; none where it isn't one that this tool wrote whole."""
    try:
        head, _, body = path.read_bytes().partition(b"\n")
        if head + b"\n" != _head(body):
            return {}
        lines = (line.partition(" ") for line in body.decode("ascii").splitlines())
        return {key: line for key, _, line in lines}
    except (OSError, ValueError):
        return {}


def _write(path: Path, lines: dict[str, str]) -> None:
    body = "".join(f"{key} {line}\n" for key, line in lines.items()).encode("ascii")
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(UNFINISHED, dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(_head(body) + body)
        os.replace(name, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(name)
        raise


class Store:
    """The drawers of a run.

    Args:
        folder: where they lie; None: what this run computes is forgotten when it ends.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder if tool() else None
        self._drawers: dict[tuple[str, str], Drawer] = {}
        # Of files, by the folder that this process is in, their whole paths.
        self._whole: dict[tuple[str, str], str] = {}

    def drawer(self, kind: str, of: str) -> Drawer:
        """The drawer of a file's results of some kind."""
        named = os.getcwd(), of
        if named not in self._whole:
            self._whole[named] = os.path.abspath(of)
        of = self._whole[named]
        if (kind, of) not in self._drawers:
            self._drawers[kind, of] = Drawer(self._path(kind, of), partial(self._beside, kind, of))
        return self._drawers[kind, of]

    def _path(self, kind: str, of: str) -> Path | None:
        """Where a drawer lies: the same path in another folder is another file."""
        return self.folder / f"{digest(kind, of)}{SUFFIX}" if self.folder else None

    def _beside(self, kind: str, of: str) -> list[Drawer]:
        """The drawers of what may be the same page in another language: files of its name in the folders beside its."""
        itself = Path(of)
        others = [str(path) for path in sorted(itself.parent.parent.glob(f"*/{escape(itself.name)}")) if path != itself]
        return [self._drawers.get((kind, other)) or Drawer(self._path(kind, other)) for other in others]

    def close(self, kind: str | None = None, of: str | None = None) -> None:
        """Write the drawers of a kind, of a file, or all of them; those that could be written leave the memory."""
        of = of and os.path.abspath(of)
        for key in [key for key in self._drawers if kind in (None, key[0]) and of in (None, key[1])]:
            if self._drawers[key].close():
                del self._drawers[key]

    def sweep(self) -> None:
        """Throw away what no run has used for long, and the oldest where there is too much."""
        if self.folder is None:
            return
        now = time.time()
        found = []
        with suppress(OSError):
            for entry in os.scandir(self.folder):
                status = entry.stat(follow_symlinks=False)
                if entry.name.endswith((SUFFIX, UNFINISHED)) and entry.is_file(follow_symlinks=False):
                    found.append((now - status.st_mtime, status.st_size, entry.path))
        total = 0
        for age, size, path in sorted(found):
            total += size
            oldest = LEFT_SECONDS if path.endswith(UNFINISHED) else OLDEST_SECONDS
            if age > oldest or total > MOST_BYTES:
                with suppress(OSError):
                    os.unlink(path)


def place() -> Path | None:
    """Where results are kept: `VERIMATH_CACHE`, or `verimath` in the user's folder for caches.

    Returns:
        None where nothing is to be kept, since that variable is empty, or where there is no such folder.
    """
    if (named := os.environ.get("VERIMATH_CACHE")) is not None:
        return Path(named) if named else None
    try:
        above = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    except RuntimeError:
        return None
    return Path(above) / OWNER
