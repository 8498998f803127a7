"""Checks again whenever something that a check reads has changed."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from .inputs import Inputs
from .session import Session

# How often files are looked at: an author doesn't see the difference to at once.
PAUSE_SECONDS = 0.3
# File systems count time in steps of so much.
GRAIN_NANOSECONDS = 20_000_000


def watch(inputs: Callable[[], Inputs], check: Callable[[Inputs], Session], seen: Callable[[], None]) -> None:
    """Check for ever.

    Args:
        inputs: the pages, looked for anew each time: there may be more of them.
        check: checks and prints.
        seen: is called before each check but the first.

    Raises:
        KeyboardInterrupt: when the author has had enough.
        FileNotFoundError: where a page that was named is gone.
    """
    while True:
        begun = time.time_ns() - GRAIN_NANOSECONDS
        state = _state(_read_by(check(inputs())))
        # What was saved while it was checked may have been read before.
        while _state(state) == state and {*inputs().files} <= {*state} and not _is_newer(state, begun):
            time.sleep(PAUSE_SECONDS)
        seen()


def _read_by(session: Session) -> set[str]:
    """The files that a check depends on: pages, those that they build on, snippets, configurations."""
    found = {*session.inputs.files}
    for file in session.inputs.files:
        found |= {page.file for page in session.family(file)}
    for project in (each for each in session.projects.values() if each is not None):
        found.add(project.config)
    for folder in session.folders():
        found |= {each.as_posix() for each in folder.rglob("*.py")}
    return found


def _state(files: Iterable[str]) -> dict[str, tuple[int, int] | None]:
    """When files were last changed, and their lengths; None of one that isn't there."""
    return {file: _stamp(Path(file)) for file in files}


def _is_newer(state: dict[str, tuple[int, int] | None], begun: int) -> bool:
    return any(stamp is not None and stamp[0] > begun for stamp in state.values())


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size
