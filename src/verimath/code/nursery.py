"""Where programs are started: as copies of one process that has NumPy loaded, or as interpreters of their own.

Copies are made where processes can be forked; on macOS they can, and Apple's own libraries don't bear it.
"""

from __future__ import annotations

import atexit
import json
import os
import select
import socket
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import IO

FORKS = hasattr(os, "fork") and hasattr(socket, "send_fds") and sys.platform != "darwin"
CHILD = Path(__file__).parent / "child"
# Longer than the parent takes to load NumPy on a busy machine.
PATIENCE_SECONDS = 60


@dataclass
class Program:
    """A program that runs.

    Attributes:
        pid: its process, the first of its session.
        stdin, stdout, stderr: its standard streams.
    """

    pid: int
    stdin: IO[bytes]
    stdout: IO[bytes]
    stderr: IO[bytes]
    _told: IO[bytes] | None = None
    _process: subprocess.Popen[bytes] | None = None
    _code: int | None = field(default=None, init=False)

    def wait(self, seconds: float) -> int | None:
        """Its exit code, as subprocess has it; None where it still runs after so many seconds."""
        if self._code is None and self._process is not None:
            with suppress(subprocess.TimeoutExpired):
                self._code = self._process.wait(seconds)
        elif self._code is None and self._told is not None:
            ready, _, _ = select.select([self._told], [], [], seconds)
            if ready:
                self._code = int(self._told.readline() or -9)
        return self._code

    def close(self) -> None:
        """Let go of its streams."""
        for stream in (self.stdin, self.stdout, self.stderr, self._told):
            if stream is not None:
                with suppress(OSError):
                    stream.close()


class Nursery:
    """The process that programs are copies of, as long as this one lives."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.key = _key(environment)
        self._lock = Lock()
        self._requests, theirs = socket.socketpair()
        # Its copies' streams are pipes: what Python knows of its own, as whether they can be sought in, is true there.
        pipe = subprocess.PIPE
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, str(CHILD / "parent.py"), str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=pipe,
                stdout=pipe,
                stderr=pipe,
                env=environment,
                start_new_session=True,
            )

    def start(self, arguments: list[str]) -> Program:
        """Start a program.

        Raises:
            OSError: where that can't be done.
        """
        pipes = [os.pipe() for _ in range(4)]
        theirs = [pipes[0][0], *(pipe[1] for pipe in pipes[1:])]
        ours = [pipes[0][1], *(pipe[0] for pipe in pipes[1:])]
        told = os.fdopen(ours[3], "rb", buffering=0)
        try:
            # One after the other, so that each request is read with its own descriptors.
            with self._lock:
                socket.send_fds(self._requests, [json.dumps({"arguments": arguments}).encode()], theirs)
                ready, _, _ = select.select([told], [], [], PATIENCE_SECONDS)
                pid = told.readline() if ready else b""
        except BaseException:
            pid = b""
            raise
        finally:
            for descriptor in theirs:
                os.close(descriptor)
            if not pid:
                told.close()
                for descriptor in ours[:3]:
                    os.close(descriptor)
        if not pid:
            raise OSError("no program was started")
        said, out, err = os.fdopen(ours[0], "wb"), os.fdopen(ours[1], "rb"), os.fdopen(ours[2], "rb")
        return Program(int(pid), said, out, err, _told=told)

    def close(self) -> None:
        """Let the process end."""
        self._requests.close()
        for stream in (self._process.stdin, self._process.stdout, self._process.stderr):
            if stream is not None:
                stream.close()
        # Of another process, it is another's.
        if self.key[0] == os.getpid():
            self._process.wait()


_lock = Lock()
_nurseries: list[Nursery] = []


def start(arguments: list[str], environment: dict[str, str]) -> Program:
    """Start a Python program within its limits.

    Args:
        arguments: its file, and what it is given.
        environment: its own.
    """
    if FORKS:
        with suppress(OSError):
            return _nursery(environment).start(arguments)
    pipe = subprocess.PIPE
    process = subprocess.Popen(
        [sys.executable, str(CHILD / "limited.py"), *arguments],
        stdin=pipe,
        stdout=pipe,
        stderr=pipe,
        env=environment,
        # So that what it started can be stopped with it: that would hold its pipes open.
        start_new_session=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stderr is not None
    return Program(process.pid, process.stdin, process.stdout, process.stderr, _process=process)


def _key(environment: dict[str, str]) -> tuple[object, ...]:
    """What a nursery passes on to its programs; and this process, whose copies have their own."""
    return os.getpid(), os.getcwd(), sys.executable, tuple(sorted(environment.items()))


def _nursery(environment: dict[str, str]) -> Nursery:
    with _lock:
        if not _nurseries or _nurseries[-1].key != _key(environment):
            _closed()
            _nurseries.append(Nursery(environment))
        return _nurseries[-1]


@atexit.register
def _closed() -> None:
    while _nurseries:
        _nurseries.pop().close()
