"""Starts programs faster than an interpreter starts: each is a copy of this process, in which only NumPy is loaded.

Run as `python parent.py socket`, by `code/nursery.py`. A request is a JSON object, `{"arguments": [file, …]}`, with
four descriptors: the program's standard input, output and errors, and where it is told how that went: its process
number on a line when it is started, and its exit code on another when it has ended. What one program does to modules,
random numbers, its environment or NumPy ends with its own copy.
"""

import atexit
import gc
import json
import os
import runpy
import select
import signal
import socket
import sys
from contextlib import suppress
from pathlib import Path

BEFORE = {*sys.modules}
import numpy as np  # noqa: E402, F401  # nearly all programs do; it is most of what they wait for

# What is here since NumPy is. A program's own file of such a name comes first, as for a reader.
LOADED = {name.partition(".")[0] for name in sys.modules.keys() - BEFORE}
LIMITED = Path(__file__).parent / "limited.py"


class Parent:
    """The process that programs are copies of.

    Args:
        requests: where they come from.
    """

    def __init__(self, requests: socket.socket) -> None:
        self.requests = requests
        self.running: dict[int, int] = {}  # by process number, where its end is told
        self.ended, self.woken = os.pipe()

    def next(self) -> list[str]:
        """Serve until there are no more requests; return in each copy, with its arguments."""
        os.set_blocking(self.ended, False)
        os.set_blocking(self.woken, False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(self.woken, warn_on_full_buffer=False)
        while True:
            asked = self.requests.fileno()
            ready, _, _ = select.select([asked, self.ended], [], [])
            if self.ended in ready:
                os.read(self.ended, 1 << 12)
                self.tell_ends()
            if asked in ready:
                said, descriptors, _, _ = socket.recv_fds(self.requests, 1 << 16, 4)
                if not said:
                    os._exit(0)
                child = os.fork()
                if child == 0:
                    self.become(descriptors)
                    return [str(argument) for argument in json.loads(said)["arguments"]]
                for descriptor in descriptors[:3]:
                    os.close(descriptor)
                self.running[child] = descriptors[3]

    def become(self, descriptors: list[int]) -> None:
        """Be a program: with its own standard streams and session, and nothing of the parent's."""
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        # So that what it starts can be stopped with it.
        os.setsid()
        for number, descriptor in enumerate(descriptors[:3]):
            os.dup2(descriptor, number)
        os.write(descriptors[3], b"%d\n" % os.getpid())
        for descriptor in (*descriptors, *self.running.values(), self.ended, self.woken):
            os.close(descriptor)
        self.requests.close()

    def tell_ends(self) -> None:
        """Tell how programs ended."""
        while self.running:
            child, status = os.waitpid(-1, os.WNOHANG)
            if child == 0:
                return
            descriptor = self.running.pop(child)
            # Where nobody waits for it any more, nobody is told.
            with suppress(BrokenPipeError):
                os.write(descriptor, b"%d\n" % os.waitstatus_to_exitcode(status))
            os.close(descriptor)


def make_way(program: Path) -> None:
    """Forget the loaded modules in whose place a program has files of its own."""
    names = LOADED & {path.stem for path in program.parent.iterdir()}
    for module in [name for name in sys.modules if name.partition(".")[0] in names]:
        del sys.modules[module]


def leave() -> None:
    """End a program that has come to its end, with all that a reader's would still do.

    An interpreter then takes apart all that it has loaded. Here that is the parent's, and copying it for that takes
    longer than most programs do.
    """
    # As an interpreter does: it waits for threads where the module is loaded that starts them.
    getattr(sys.modules.get("threading"), "_shutdown", lambda: None)()
    atexit._run_exitfuncs()
    code = 0
    for stream in filter(None, (sys.stdout, sys.stderr)):
        try:
            stream.flush()
        except (OSError, ValueError):
            code = 120  # as an interpreter says it
    os._exit(code)


if __name__ == "__main__":
    # What is here now is never looked through for garbage: that would copy it.
    gc.collect()
    gc.freeze()
    arguments = Parent(socket.socket(fileno=int(sys.argv[1]))).next()
    if len(arguments) > 1:
        make_way(Path(arguments[1]))
    sys.argv = [str(LIMITED), *arguments]
    runpy.run_path(str(LIMITED), run_name="__main__")
    leave()
