"""Why something is refused: one exception, completed as it rises, and told in one place.

Who sees the fault raises it with what it knows: why, the way out, the rule of the page language that it applies. Who
knows the expression adds the place in its formula, who knows the definition says which, who knows the trial says on
which, and who has the file adds the line:

    Refusal
    ├── Sizeless       an array whose size nothing beside it says, and something around it may
    ├── NotSquare      a matrix that isn't square where one is asked for, and may be so at sizes that are drawn equal
    ├── NoValue        an operation that has no value at these numbers, and may have one at others
    └── Signal         no expression is at fault: something else may have a value
        ├── Overflow   a number too large for a float, which more digits may hold
        ├── EmptySet   a set that is empty on this trial, and may not be on another
        ├── TooLong    more work than any equation should ask for
        └── OutOfTime  what took so long that nothing can be said: of the machine, not of the page
"""

from __future__ import annotations

from typing import Self

from .frozen import frozen
from .source import Span

# A formula may hold a name of 10 kB, and a message names it.
LONGEST = 1_000


@frozen
class Witness:
    """The trial that shows a formula false: where, and the two numbers that should fit.

    `kind` is `sides`, or `loss` for its value before and after an update.
    """

    where: str
    left: str
    right: str
    kind: str = "sides"


@frozen
class Culprit:
    """A definition without a value: its symbol, where its equation stands, and why where that was known before."""

    name: str
    span: Span
    why: str = ""


class Refusal(Exception):
    """Something that an author has to mend.

    Args:
        why: what was seen.
        way_out: what to do about it.
        rule: the number of the rule of the page language that it applies; 0 where it applies none.
        what: the statement, such as "equation `grad-w` can't be typeset".
        at: the offset in the formula's TeX; None as long as no expression has said it.
        where: on which trial; None as long as no one has said it, empty where it is so on all.
        span: the place in a file; None as long as no one has said it.
        witness: the numbers that show an equation false; without them it is ill-formed.

    Attributes:
        culprit: the definition at fault, where it isn't the statement itself; `at` is a place in its formula then.
        read_at: where in the statement's own formula that definition is read.
        is_tie: a strict relation is refused, and its sides are equal to all digits.
        tried: on how many trials it took to be seen; 0 where none was needed.
    """

    def __init__(
        self,
        why: str = "",
        way_out: str = "",
        rule: int = 0,
        *,
        what: str = "",
        at: int | None = None,
        where: str | None = None,
        span: Span | None = None,
        witness: Witness | None = None,
    ) -> None:
        super().__init__(why, way_out)
        self.why, self.way_out, self.rule, self.what = why, way_out, rule, what
        self.at, self.where, self.span, self.witness = at, where, span, witness
        self.culprit: Culprit | None = None
        self.read_at = 0
        self.is_tie = False
        self.tried = 0

    @property
    def verdict(self) -> str:
        """What it makes of its equation: `false`, or `ill-formed`; `undecided` where time ran out."""
        return "false" if self.witness else "ill-formed"

    @property
    def evidence(self) -> str:
        """What was seen, and on which trial."""
        return f"{self.why}, {self.where}" if self.where else self.why

    def placed(self, at: int) -> Self:
        """The refusal with a place in the formula, if it has none yet."""
        if self.at is None:
            self.at = at
        return self

    def through(self, culprit: Culprit) -> Self:
        """The refusal of what reads a definition; the first one that it passes is the one at fault."""
        if self.at is not None and self.culprit is None:
            self.culprit = culprit
        return self

    def on(self, where: str, at: int) -> Self:
        """The refusal of a statement at a place of its formula, with the trial if no one has said it yet."""
        if self.where is None:
            self.where = where
        if self.at is None:
            self.at = at
        self.read_at = at
        return self

    def told(self, what: str, span: Span) -> Self:
        """The refusal with its statement and its place in a file."""
        self.what, self.span = what, span
        return self

    @property
    def place(self) -> Span:
        """The place in a file; of one that was never told, none."""
        return self.span or Span("")

    def __str__(self) -> str:
        """The message: where and what, the caret, the evidence, the way out, and the rule that it applies."""
        lines = [f"{self.place}: {_short(self.what)}"]
        if self.place.excerpt:
            lines.append(self.place.caret())
        lines += [f"  {_short(line)}" for text in (self.evidence, self.way_out) for line in text.splitlines()]
        return "\n".join(lines) + (f" (rule {self.rule})" if self.rule else "")


class Sizeless(Refusal):
    """An array whose size nothing beside it says, and something around it may."""


class NotSquare(Refusal):
    """A matrix that isn't square, where one is asked for: on some trials it may be square by the sizes drawn there."""


class NoValue(Refusal):
    """An operation that has no value at these numbers, such as a division by zero, and may have one at others."""


class Signal(Refusal):
    """A refusal for which no expression is at fault: its only place is the statement's."""

    def placed(self, at: int) -> Self:
        """The same, without a place."""
        return self


class Overflow(Signal):
    """A number too large for a float, which more digits may hold."""

    def __init__(self) -> None:
        super().__init__("a number is too large", "restrict the sets", where="")


class EmptySet(Signal):
    """A set that is empty on this trial, such as one of a negative number of axes."""

    def __init__(self) -> None:
        super().__init__("this set is empty", "correct its bounds or sizes", rule=4)


class TooLong(Signal):
    """More work than any equation should ask for."""


class OutOfTime(Signal):
    """What took so long that nothing can be said of it: it depends on the machine, and so is no verdict."""

    @property
    def verdict(self) -> str:
        return "undecided"


def _short(line: str) -> str:
    return line if len(line) <= LONGEST else line[:LONGEST] + "…"
