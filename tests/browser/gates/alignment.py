"""Formulas are set as their source has them: each is there, with its rows and cells, and what must align does.

Geometry alone would pass a table that lost its rows, since one row agrees with itself; so rows, cells and TeX are
compared with the source.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from playwright.sync_api import Page

from tests.browser.gates.script import run, states
from tests.browser.source import Displayed
from tests.browser.tex_tables import Table, tables

# Half a CSS pixel can't be seen; Chromium sets right formulas to 0.01 px.
TOLERANCE = 0.5


@dataclass(frozen=True)
class Shown:
    """A formula as a page shows it."""

    tex: str | None
    displayed: bool
    label: str | None
    again: bool
    visible: bool
    tables: list[dict[str, Any]]

    def __str__(self) -> str:
        return f"`{self.label or self.tex}`"


def shown(page: Page) -> list[Shown]:
    """The formulas of a page in order, each as measured in the first state of the page in which it can be seen."""
    formulas: list[Shown] = []
    for _ in states(page):
        measured = [Shown(**formula) for formula in run(page, "alignment")]
        formulas = [old if old.visible else new for old, new in zip(formulas or measured, measured, strict=True)]
    return formulas


def faults(page: Page, displayed: Sequence[Displayed], inline: Sequence[str] = ()) -> list[str]:
    """Compare a page with its source: its displayed equations in order, and formulas that its prose holds."""
    formulas = shown(page)
    return [
        *(fault for formula in formulas for fault in _of_one(formula)),
        *_of_displayed([formula for formula in formulas if formula.displayed], displayed),
        *_of_inline([formula for formula in formulas if not formula.displayed], inline),
    ]


def _of_one(formula: Shown) -> Iterator[str]:
    if formula.tex is None:
        yield f"{formula} carries no TeX: KaTeX refused it"
    elif not formula.visible:
        yield f"{formula} can't be seen"
    else:
        measured, written = sorted(map(_counted, formula.tables)), tables(formula.tex)
        if measured != written:
            yield f"{formula} has the tables {measured}, its TeX {written}"
    for table in formula.tables:
        yield from (f"{formula} is out of line: {fault}" for fault in misalignments(table))


def _of_displayed(formulas: Sequence[Shown], source: Sequence[Displayed]) -> Iterator[str]:
    if len(formulas) != len(source):
        yield f"{len(formulas)} equations are shown, the source has {len(source)}"
    for formula, equation in zip(formulas, source, strict=False):
        if formula.again != equation.again or (not equation.again and formula.label != equation.label):
            yield f"{formula} stands where the source has `{equation.label}`"
        if formula.tex != equation.tex:
            yield f"`{equation.label}` shows another TeX than its source: {formula.tex!r}"
        if sorted(map(_counted, formula.tables)) != tables(equation.tex):
            yield f"`{equation.label}` shows other rows and cells than its source"


def _of_inline(formulas: Sequence[Shown], source: Sequence[str]) -> Iterator[str]:
    seen = Counter(" ".join((formula.tex or "").split()) for formula in formulas)
    for tex, missing in (Counter(source) - seen).items():
        yield f"${tex}$ of the source isn't on the page ({missing} missing)"


def _counted(table: dict[str, Any]) -> Table:
    """Depth, and the cells of each row; a row is what shares a baseline, for KaTeX omits the cells after its end."""
    baselines = sorted(cell["baseline"] for column in table["columns"] for cell in column["cells"])
    rows = [0] if baselines else []
    for above, below in pairwise([*baselines[:1], *baselines]):
        if below - above > TOLERANCE:
            rows.append(0)
        rows[-1] += 1
    return table["depth"], tuple(rows)


def misalignments(table: dict[str, Any]) -> Iterator[str]:
    """What of one table doesn't line up, with the distance between the outermost points."""
    columns = table["columns"]
    for number, column in enumerate(columns, start=1):
        name, points = _alignment_points(column)
        yield from _spread(f"{name} of column {number}", points)
        if column["align"] == "l":
            signs = [cell["relation"] for cell in column["cells"] if cell["relation"] is not None]
            yield from _spread(f"relation signs of column {number}", signs)
    for number, (left, right) in enumerate(pairwise(columns), start=1):
        if right["touches"] and (left["align"], right["align"]) == ("r", "l"):
            yield from _spread(
                f"columns {number} and {number + 1} where they meet",
                _alignment_points(left)[1] + _alignment_points(right)[1],
            )


def _alignment_points(column: dict[str, Any]) -> tuple[str, list[float]]:
    cells = column["cells"]
    match column["align"]:
        case "r":
            return "right edges", [cell["right"] for cell in cells]
        case "l":
            return "left edges", [cell["left"] for cell in cells]
        case _:
            return "centres", [(cell["left"] + cell["right"]) / 2 for cell in cells]


def _spread(what: str, points: list[float]) -> Iterator[str]:
    if points and max(points) - min(points) > TOLERANCE:
        yield f"{what} differ by {max(points) - min(points):.1f} px"
