"""What a terminal shows while something takes long."""

from __future__ import annotations

import sys
import time
from typing import TextIO

# What is over sooner needs no bar, and no one reads faster than this.
PATIENCE_SECONDS, AGAIN_SECONDS = 2.0, 0.1
BAR, WIDTH = 30, 79


class Progress:
    """A bar with what is done, of how much; only on a terminal, and only where it takes longer than two seconds.

    Args:
        what: is being done, as "checked".
        total: how many steps there are.
        stream: where it is shown; standard error where None.
    """

    def __init__(self, what: str, total: int, stream: TextIO | None = None) -> None:
        self.what, self.total, self.done = what, total, 0
        self._stream = stream or sys.stderr
        self._next = time.monotonic() + PATIENCE_SECONDS
        self._is_terminal, self._is_shown = self._stream.isatty(), False

    def step(self, name: str = "") -> None:
        """One more is done."""
        self.done = min(self.done + 1, self.total)
        self.show(name)

    def show(self, name: str) -> None:
        """Say what is being done, as long as it takes."""
        now = time.monotonic()
        if not self._is_terminal or not self.total or now < self._next:
            return
        self._next, self._is_shown = now + AGAIN_SECONDS, True
        bar = "█" * round(BAR * self.done / self.total)
        said = f"{bar:{BAR}} {self.done} of {self.total} {self.what} {name}"[:WIDTH]
        self._write(f"\r{said:{WIDTH}}")

    def clear(self) -> None:
        """Leave the line empty."""
        if self._is_shown:
            self._write(f"\r{'':{WIDTH}}\r")
            self._is_shown = False

    def _write(self, text: str) -> None:
        self._stream.write(text)
        self._stream.flush()
