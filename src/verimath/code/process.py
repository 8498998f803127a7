"""An interpreter of its own for an author's code, which is stopped with all that it has started."""

from __future__ import annotations

import os
import signal
import time
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import IO

from ..message.frozen import frozen
from . import nursery
from .child.limited import SECONDS

# Sets print in one order everywhere; no bytecode is left beside the author's files.
SETTINGS = {
    "PYTHONHASHSEED": "0",
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONUTF8": "1",
    # Each thread of these libraries would take memory and time of its own, and round in an order of its own.
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
}

# What has been stopped ends within this.
STOPPED_SECONDS = 2
# How often it is looked at how long a program has waited for a processor, and how long it may take with all of that.
LOOK_SECONDS, LAST_RESORT_SECONDS = 0.5, 300
# What a page's programs may write: far more than anyone reads, far less than a machine holds.
MOST_BYTES = 10_000_000


class Stopped(Exception):
    """A program that was stopped: why, and what it had written until then."""

    def __init__(self, why: str, out: bytes | bytearray = b"") -> None:
        super().__init__(why)
        self.out = bytes(out)


class StillRunning(Stopped):
    """A program that took too long."""


class OutOfPatience(StillRunning):
    """A program that was waited for too long: how much of that was its own work isn't known."""


class TooMuch(Stopped):
    """A program that wrote more than anyone would read."""


@frozen
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
        seconds: how long it may take, beside what it waits for a processor.

    Raises:
        StillRunning: where it took longer, or more work than `child/limited.py` allows; it was stopped then.
        TooMuch: where it wrote more than anyone would read; it was stopped then too.
    """
    program = nursery.start([str(script), *arguments], {**os.environ, **SETTINGS})
    out, err = bytearray(), bytearray()
    threads = [
        Thread(target=_tell, args=(program, said), daemon=True),
        Thread(target=_hear, args=(program, program.stdout, out), daemon=True),
        Thread(target=_hear, args=(program, program.stderr, err), daemon=True),
    ]
    for thread in threads:
        thread.start()
    try:
        ended = _ends(program, threads, seconds)
    finally:
        # However it ends, nothing that it has started goes on.
        _stop(program)
        code = program.wait(STOPPED_SECONDS)
        for thread in threads:
            thread.join(STOPPED_SECONDS)
        program.close()
    if max(len(out), len(err)) > MOST_BYTES:
        raise TooMuch(f"it writes more than {MOST_BYTES:,} bytes", out)
    if not ended or code is None:
        raise OutOfPatience(f"it was still running after {seconds:g} s", out)
    if code == -signal.SIGXCPU:
        raise StillRunning(f"it was still running after {SECONDS} s of its own work", out)
    return Ended(code, bytes(out), bytes(err))


def _tell(program: nursery.Program, said: bytes) -> None:
    """Write a program's standard input, which it needn't read."""
    with suppress(BrokenPipeError, OSError), program.stdin as stdin:
        stdin.write(said)


def _hear(program: nursery.Program, stream: IO[bytes], heard: bytearray) -> None:
    """Keep what a program writes; one that writes too much is stopped."""
    with suppress(ValueError, OSError):
        while chunk := os.read(stream.fileno(), 1 << 16):
            heard += chunk
            if len(heard) > MOST_BYTES:
                _stop(program)
                return


def _ends(program: nursery.Program, threads: list[Thread], seconds: float) -> bool:
    """Whether a program ends in time, and all that it started closes its pipes."""
    begun = time.monotonic()

    def left() -> float:
        return min(seconds + _waited(program.pid), LAST_RESORT_SECONDS) - (time.monotonic() - begun)

    for thread in threads:
        while thread.is_alive():
            if (more := left()) <= 0:
                return False
            thread.join(min(more, LOOK_SECONDS))
    return program.wait(max(0.1, left())) is not None


def _waited(pid: int) -> float:
    """For how many seconds a process was ready and had no processor; 0 where the system doesn't say."""
    with suppress(OSError, ValueError, IndexError):
        return int(Path(f"/proc/{pid}/schedstat").read_text("ascii").split()[1]) / 1e9
    return 0.0


def _stop(program: nursery.Program) -> None:
    """Stop a program and all that it has started."""
    if hasattr(os, "killpg"):
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(program.pid, signal.SIGKILL)
    else:
        with suppress(OSError):
            os.kill(program.pid, signal.SIGTERM)
