"""Runs a Python file as its reader would, and notes which of its lines printed what.

Started in a process of its own, with the file as argument: `python record.py snippets/softmax.py`. It imports nothing
of the package, so that the snippet sees an interpreter as fresh as a reader's. Its answer is JSON on standard output:
`{"printed": [[line, text], …], "error": null or [line, text], "read": [[kind, name], …]}`.
"""

import io
import json
import os
import runpy
import sys
import threading
import traceback
import warnings
from pathlib import Path
from types import FrameType
from typing import Any

# What a page shows of a file's output is read by people. Each text counts, an empty one too: a list of many is as long.
MOST_CHARACTERS, MOST_TEXTS = 1_000_000, 100_000


class TooMuch(BaseException):
    """A file that prints more than anyone would read."""


class Recorder(io.TextIOBase):
    """A standard output that notes, of each text, the line of the file's top level that was at work."""

    def __init__(self, file: str) -> None:
        super().__init__()
        self.file = file
        self.printed: list[tuple[int, str]] = []
        self.left = MOST_CHARACTERS

    def line(self) -> int:
        """The line being run at the file's top level; 0 outside of it."""
        # What another thread prints belongs to the line that the main one has come to.
        for thread in (threading.get_ident(), threading.main_thread().ident):
            frame: FrameType | None = sys._current_frames().get(thread or 0)
            while frame is not None:
                if frame.f_code.co_filename == self.file and frame.f_code.co_name == "<module>":
                    return frame.f_lineno
                frame = frame.f_back
        return 0

    def write(self, text: str) -> int:
        self.left -= len(text)
        if self.left < 0:
            raise TooMuch(f"it prints more than {MOST_CHARACTERS:,} characters")
        if len(self.printed) == MOST_TEXTS:
            raise TooMuch(f"it prints more than {MOST_TEXTS:,} times")
        self.printed.append((self.line(), text))
        return len(text)

    def warn(self, message: Warning | str, category: type[Warning], *place: Any) -> None:
        """A warning, without the path of the machine that it would show."""
        self.write(f"{category.__name__}: {message}\n")


def record(file: str) -> dict[str, Any]:
    """Run the file and return what its lines printed, and what stopped it."""
    recorder = Recorder(file)
    warnings.showwarning = recorder.warn  # type: ignore[assignment]
    # Each line's warning counts: the same trap is shown at more than one place of a page.
    warnings.simplefilter("always")
    sys.argv = [file]
    sys.path[0] = str(Path(file).parent)
    out, sys.stdout = sys.stdout, recorder
    error = None
    try:
        runpy.run_path(file, run_name="__main__")
    except BaseException as raised:  # noqa: BLE001 - a snippet may raise or exit as it likes; all of it is reported
        frames = traceback.extract_tb(raised.__traceback__)
        lines = [frame.lineno for frame in frames if frame.filename == file]
        if isinstance(raised, SyntaxError) and raised.filename == file:
            lines.append(raised.lineno)
        # An error in a module of the same folder: its place too, since the file's own line is only the import or call.
        last = next((frame for frame in reversed(frames) if Path(frame.filename).parent == Path(file).parent), None)
        inside = f" ({Path(last.filename).name}:{last.lineno})" if last and last.filename != file else ""
        error = (next(filter(None, reversed(lines)), 0), f"{type(raised).__name__}: {raised}{inside}")
    finally:
        sys.stdout = out
    return {"printed": recorder.printed, "error": error}


if __name__ == "__main__":
    # The answer goes where nothing else can: what the file's own processes print would mix with it.
    answer = os.dup(1)
    os.dup2(2, 1)
    text = json.dumps({**record(sys.argv[1]), "read": sorted(globals()["READ"])})
    with os.fdopen(answer, "wb") as out:
        out.write(text.encode())
