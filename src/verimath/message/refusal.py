"""What stops a build, and how its message is laid out: where and what, the evidence, the way out."""

from __future__ import annotations

from .source import Span

# A formula may hold a name of 10 kB, and a message names it.
LONGEST = 1_000


class VerimathError(Exception):
    """Something an author has to mend.

    Args:
        span: where it stands.
        what: the statement, such as "equation `grad-w` can't be typeset".
        evidence: what was seen there.
        way_out: what to do about it.
    """

    def __init__(self, span: Span, what: str, evidence: str = "", way_out: str = "") -> None:
        super().__init__(span, what, evidence, way_out)
        self.span, self.what, self.evidence, self.way_out = span, what, evidence, way_out

    def __str__(self) -> str:
        lines = [f"{self.span}: {_short(self.what)}"]
        if self.span.excerpt:
            lines.append(self.span.caret())
        lines += [f"  {_short(line)}" for text in (self.evidence, self.way_out) if text for line in text.splitlines()]
        return "\n".join(lines)


def _short(line: str) -> str:
    return line if len(line) <= LONGEST else line[:LONGEST] + "…"
