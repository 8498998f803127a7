"""A site that is replaced as a whole: built beside, then exchanged; a build that stops leaves the last good one.

Run as `python -m verimath.site.exchange FOLDER COMMAND…`; a `{}` in the command is the folder that it has to fill.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

# What renameat2 of Linux and renamex_np of macOS call an exchange; their names for the current folder.
EXCHANGE, HERE = 2, -100
BEFORE = "before"
ROOM_BYTES = 1_000_000


def replaced(folder: Path, build: Callable[[Path], int]) -> int:
    """Replace a folder by what a build makes of an empty one, at once and only if it says that all went well.

    Several may run at once: each has its own folder, and the last one that ends is seen.

    Args:
        folder: what is replaced; it need not exist.
        build: fills a folder; returns 0 where it did.

    Returns:
        What the build returned.

    Raises:
        OSError: where the folder can't be written beside or exchanged; it is as it was then.
    """
    folder = Path(os.path.realpath(folder))
    folder.parent.mkdir(parents=True, exist_ok=True)
    _brought_back(folder)
    with _beside(folder) as new:
        if code := build(new):
            return code
        exchange(new, folder)
    return 0


@contextmanager
def _beside(folder: Path) -> Iterator[Path]:
    """An empty folder beside another, which nobody else takes for one that was left behind."""
    with _holding(folder.parent):
        _sweep(folder)
        new = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
        held = _held(new)
    try:
        # What made it is private, and what is published isn't.
        mask = os.umask(0)
        os.umask(mask)
        new.chmod(0o777 & ~mask)
        yield new
    finally:
        shutil.rmtree(new, ignore_errors=True)
        if held is not None:
            os.close(held)


def _sweep(folder: Path) -> None:
    """Throw away what builds left that were killed: no one holds it any more."""
    for path in folder.parent.glob(f".{folder.name}-*") if fcntl else ():
        if path == _before(folder):
            continue
        with suppress(OSError):
            held = os.open(path, os.O_RDONLY)
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(path, ignore_errors=True)
            finally:
                os.close(held)


def _held(folder: Path) -> int | None:
    """Hold a folder as long as this process lives; None where the system has no such thing."""
    if fcntl is None:
        return None
    held = os.open(folder, os.O_RDONLY)
    fcntl.flock(held, fcntl.LOCK_EX)
    return held


@contextmanager
def _holding(folder: Path) -> Iterator[None]:
    """Hold a folder for a moment."""
    held = _held(folder)
    try:
        yield
    finally:
        if held is not None:
            os.close(held)


def exchange(new: Path, old: Path) -> None:
    """Exchange the names of two folders; where the system can, no one sees a moment without either.

    Raises:
        OSError: where this may not be done.
    """
    if not old.exists():
        with suppress(OSError):
            new.rename(old)
            return
    if _exchanged(new, old):
        return
    before = _before(old)
    shutil.rmtree(before, ignore_errors=True)
    old.rename(before)
    try:
        new.rename(old)
    except OSError:
        before.rename(old)
        raise
    before.rename(new)


def _exchanged(new: Path, old: Path) -> bool:
    if os.name != "posix":
        return False
    library = ctypes.CDLL(None, use_errno=True)
    one, other = os.fsencode(new), os.fsencode(old)
    if hasattr(library, "renameat2"):
        return bool(library.renameat2(HERE, one, HERE, other, EXCHANGE) == 0)
    if hasattr(library, "renamex_np"):
        return bool(library.renamex_np(one, other, EXCHANGE) == 0)
    return False


def _before(folder: Path) -> Path:
    """Where a folder lies for a moment, where the system knows no exchange."""
    return folder.parent / f".{folder.name}-{BEFORE}"


def _brought_back(folder: Path) -> None:
    """The last good site, where a build was killed in that moment."""
    if not folder.exists() and _before(folder).is_dir():
        _before(folder).rename(folder)


def run(command: Sequence[str], folder: Path) -> int:
    """Run a command that fills a folder, and end it where this ends."""
    with subprocess.Popen([part.replace("{}", str(folder)) for part in command]) as process:
        try:
            return process.wait()
        except BaseException:
            process.terminate()
            raise


def _full(folder: Path) -> str:
    """Whether the disk of a folder is full, as it is said."""
    with suppress(OSError):
        return "; the disk is full" if shutil.disk_usage(folder).free < ROOM_BYTES else ""
    return ""


def main(arguments: Sequence[str] | None = None) -> int:
    """Build beside and exchange; says why where that can't be."""
    name, *command = sys.argv[1:] if arguments is None else arguments
    folder = Path(name)

    def stopped(number: int, frame: object) -> None:
        raise SystemExit(128 + number)

    full = ""

    def fill(new: Path) -> int:
        nonlocal full
        if code := run(command, new):
            # As long as what it has built is there: thrown away, it makes room.
            full = _full(new)
        return code

    signal.signal(signal.SIGTERM, stopped)
    try:
        code = replaced(folder, fill)
    except OSError as error:
        print(f"{folder}: the site can't be written here\n  {error.strerror}: {error.filename}", file=sys.stderr)
        code = 1
    except KeyboardInterrupt:
        code = 130
    if code:
        left = "is as it was" if folder.exists() else "isn't there"
        print(f"{folder}: the build stopped, and the site {left}{full}", file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main())
