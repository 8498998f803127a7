"""What stops a build, and how its message is laid out: where and what, the evidence, the way out."""

from __future__ import annotations

from .source import Span


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
        lines = [f"{self.span}: {self.what}"]
        if self.span.excerpt:
            lines.append(self.span.caret())
        lines += [f"  {line}" for text in (self.evidence, self.way_out) if text for line in text.splitlines()]
        return "\n".join(lines)
