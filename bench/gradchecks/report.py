"""The French Markdown that the page `reliability` includes by section: no number there is typed by hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bench.french import SPACE, THIN, decimal, scientific, ten
from bench.gradchecks.measure import Row
from bench.gradchecks.problems import KINDS
from bench.sections import sections


@dataclass(frozen=True)
class Report:
    """All that was measured.

    Attributes:
        rows: one a check.
        problems: how many, of as many of each kind.
        few: on how many of them fineness and time were measured.
        threshold: of SciPy's length, as it was calibrated.
        versions: of the libraries, by name.
    """

    rows: Sequence[Row]
    problems: int
    few: int
    threshold: float
    versions: dict[str, str]

    def counts(self) -> Iterator[str]:
        """What is let through, and what is refused wrongly."""
        yield f"| Outil | {' | '.join(KINDS.values())} | en tout | refusés à tort |"
        yield "| --- |" + " --: |" * (len(KINDS) + 2)
        each = self.problems // len(KINDS)
        for row in self.rows:
            cells = " | ".join(str(row.passed[kind]) for kind in KINDS)
            yield f"| {row.name} | {cells} | {row.passed.total()} | {row.refused} |"
        yield f"| *sur* | {' | '.join([str(each)] * len(KINDS))} | {self.problems} | {self.problems} |"

    def fineness(self) -> Iterator[str]:
        """The smallest error that is seen, the precision that is reached, the time."""
        yield "| Outil | erreur vue | précision | temps, en ms | rapport |"
        yield "| --- | --: | --: | --: | --: |"
        fastest = min(row.seconds for row in self.rows)
        for row in self.rows:
            fine = f"{ten(-round(row.smallest))} | {scientific(row.precision)}"
            yield f"| {row.name} | {fine} | {decimal(1000 * row.seconds)} | {decimal(row.seconds / fastest)} |"

    def setting(self) -> Iterator[str]:
        last = self.problems - 1
        named = ", ".join(f"{name} {version}" for name, version in self.versions.items())
        yield f"Mesuré en une fois, avec {named}. Les graines des problèmes sont les entiers de 0 à {last}{THIN};"
        yield f"le second tableau donne des médianes sur les {self.few} premiers."
        yield f"Seuil de SciPy{SPACE}: {scientific(self.threshold)}."

    def markdown(self) -> str:
        return sections(counts=self.counts(), fineness=self.fineness(), setting=self.setting())
