"""How much work one statement has taken: counted, so that the same page has the same verdict on any machine.

The unit is the evaluation of one node on floats. Whatever repeats work says how much before it begins: a sum the number
of its terms times the nodes of each, a matrix product its multiplications, a derivative how many numbers each number
carries along. The clock is only a last resort, for what the count doesn't see.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from ..meaning.expression import Node
from ..message.refusal import OutOfTime, Refusal, TooLong

# What one statement may take, which is some eight seconds; and seconds of this thread's own work, if that goes wrong:
# so many that a machine three times slower still ends by the count.
MOST_WORK = 6_000_000
SECONDS = 25.0
# The clock is read once in so much work.
LOOK = 100_000
# An operation on mpmath's numbers takes as long as so many on floats; one on a number with its derivatives, as long as
# one more for each few of these.
MANY_DIGITS, SLOPES = 4, 8
# To compare two sides in many digits takes as long as so many nodes, beside what their own take.
COMPARING = 100
# To compare two arrays in floats, as long as so many for each number.
EACH_NUMBER = 4
# To open a statement for some values of its letters, or a function's definition, takes as long as so many nodes.
OPENING, CALLING = 15, 30


class Effort:
    """What one statement has taken so far.

    Attributes:
        spent: units of work.
        read: whatever has been looked up, by what stands behind its name.
        over: why there may be no more; whoever caught that on its way changes nothing about it.
    """

    def __init__(self) -> None:
        self.spent, self._most = 0, MOST_WORK
        self._until, self._look = time.thread_time() + SECONDS, min(LOOK, MOST_WORK)
        self.over: Refusal | None = None
        self.read: set[Any] = set()

    def start(self) -> None:
        """Begin with another statement."""
        self.spent, self._most, self.over = 0, MOST_WORK, None
        self._until, self._look = time.thread_time() + SECONDS, min(LOOK, MOST_WORK)

    def spend(self, work: int) -> None:
        """Note work that is about to be done.

        Raises:
            TooLong, OutOfTime: where that is more than a statement may take.
        """
        self.spent += work
        if self.spent > self._look:
            self._look = min(self.spent + LOOK, self._most)
            self._refuse()

    def _refuse(self) -> None:
        if self.over is None and self.spent > self._most:
            self.over = TooLong(f"this takes over {MOST_WORK:,} steps", "declare smaller sizes, or part it", where="")
        if self.over is None and time.thread_time() > self._until:
            self.over = OutOfTime(
                f"no verdict: {SECONDS:g} s have passed, and it isn't checked yet",
                "check it on a faster machine, declare smaller sizes, or part it",
                where="",
            )
        self.settle()

    @contextmanager
    def share(self, work: int) -> Iterator[None]:
        """So much work and no more in this block, which then ends; the statement goes on without it."""
        most, self._most = self._most, min(self._most, self.spent + work)
        self._look = min(self._look, self._most)
        try:
            yield
        except TooLong:
            pass
        finally:
            if isinstance(self.over, TooLong):
                self.over = None
            self._most = most

    @contextmanager
    def beyond_share(self) -> Iterator[None]:
        """What is decided in this block is decided, though it takes more than its share; that ends after it."""
        most, self._most = self._most, MOST_WORK
        try:
            yield
        finally:
            self._most = most
            self._look = min(self._look, most)

    def settle(self) -> None:
        """Refuse what took too much, whoever has caught that before.

        Raises:
            TooLong, OutOfTime: where that is so.
        """
        if self.over is not None:
            raise self.over


def work_of(*nodes: Node) -> int:
    """What it takes to evaluate some expressions, apart from what they repeat."""
    work = 0
    for node in nodes:
        work += len(node.occurrences)
    return work


def carried(slopes: int) -> int:
    """How many times as long operations take on numbers with so many derivatives."""
    return 1 + -(-slopes // SLOPES)
