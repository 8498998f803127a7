"""What is said of pages as rows: one for each equation, one for each snippet that was called, one for each mistake."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from ..message.frozen import frozen
from ..message.refusal import Refusal
from ..message.source import Span, typed
from ..report.findings import Report


@frozen
class Row:
    """One thing that was checked; verdicts.schema.json says what each field is.

    Attributes:
        told: what is wrong with it, expected or not; None where nothing is.
    """

    label: str | None
    file: str
    line: int
    role: str | None
    verdict: str
    expected: str = "holds"
    trials: int = 0
    worst: float | None = None
    not_evaluated_at: str = ""
    assumes: str = ""
    told: Refusal | None = None
    cell: int | None = None

    @property
    def is_expected(self) -> bool:
        return self.verdict == self.expected

    @property
    def is_undecided(self) -> bool:
        """Whether time ran out before there was a verdict."""
        return self.verdict == "undecided"

    @property
    def at(self) -> tuple[int, Span] | None:
        """Where its mistake stands: the line as its author counts it, and the place."""
        if self.told is None:
            return None
        place = self.told.place.as_typed
        return place.counted[1], place

    @property
    def line_of_file(self) -> int:
        """The line that a tool can show: of a notebook in Jupyter's format, the first."""
        if self.file.endswith(".ipynb"):
            return 1
        return (self.at[0] if self.at else 0) or self.line or 1

    def as_json(self) -> dict[str, Any]:
        """The row by its fields, as the schema has them."""
        fields = {name: value for name, value in vars(self).items() if name != "told"}
        return {
            **fields,
            "at": {"line": self.at[0], "column": self.at[1].column + 1} if self.at and self.at[0] else None,
            "rule": self.told.rule or None if self.told else None,
            "message": str(self.told or ""),
        }


def rows(reports: Iterable[Report]) -> Iterator[Row]:
    """The rows of reports, in their order; a snippet's stands below that of its equation."""
    for report in reports:
        verdict, file = report.verdict, typed(report.file)
        cell, line = Span(report.file, report.line).counted
        told = report.error() if verdict.problem or not report.is_expected else None
        yield Row(
            report.label,
            file,
            line,
            verdict.role,
            # A snippet is called where its equation is as it is expected.
            report.expected if verdict.is_miscomputed else verdict.verdict,
            report.expected,
            verdict.trials,
            verdict.worst,
            verdict.excluded,
            verdict.assumes,
            None if verdict.is_miscomputed else told,
            cell,
        )
        if verdict.is_miscomputed and told:
            own, inside = told.place.counted
            yield Row(report.label, file, inside, "snippet", verdict.verdict, told=told, cell=own)
        elif verdict.calls:
            yield Row(report.label, file, line, "snippet", "holds", trials=verdict.calls, cell=cell)
