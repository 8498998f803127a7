"""An interpreter of its own for an author's code, which is stopped with all that it has started."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

# Sets print in one order everywhere; no bytecode is left beside the author's files.
SETTINGS = {"PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1"}


class StillRunning(Exception):
    """A program that took too long."""


@dataclass(frozen=True)
class Ended:
    """How a program ended: its exit code, and what it wrote."""

    code: int
    out: bytes
    err: bytes

    @property
    def last_words(self) -> list[str]:
        """The last lines that it wrote as errors."""
        return self.err.decode(errors="replace").strip().splitlines()[-3:]


def run(script: Path, arguments: list[str], said: bytes, seconds: float) -> Ended:
    """Run a script to its end.

    Args:
        script: a Python file.
        arguments: its arguments.
        said: its standard input.
        seconds: how long it may take.

    Raises:
        StillRunning: where it took longer; it was stopped then.
    """
    pipe = subprocess.PIPE
    with subprocess.Popen(
        [sys.executable, str(script), *arguments],
        stdin=pipe,
        stdout=pipe,
        stderr=pipe,
        env={**os.environ, **SETTINGS},
        # So that what it started can be stopped with it: that would hold its pipes open.
        start_new_session=True,
    ) as process:
        try:
            out, err = process.communicate(said, seconds)
        except BaseException as error:
            _stop(process)
            if isinstance(error, subprocess.TimeoutExpired):
                raise StillRunning from None
            raise
    return Ended(process.returncode, out, err)


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Stop a program and all that it has started."""
    if hasattr(os, "killpg"):
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
