"""What a page says below a formula that isn't claimed to hold: why it isn't checked, or how the build refused it."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from ..report.findings import Report
from .words import Words


def notes(reports: Iterable[Report], reasons: dict[str, str], words: Words) -> dict[str, str]:
    """The HTML of each note, by label."""
    found = {}
    for report in reports:
        if report.label is None or report.expected == "holds":
            continue
        if report.expected == "unchecked":
            text = words.notes["unchecked"].format(reason=escape(reasons[report.label]))
        else:
            text = escape(words.notes[report.expected]) + _evidence(report, words)
        found[report.label] = f'<p class="vm-note">{text}</p>'
    return found


def _evidence(report: Report, words: Words) -> str:
    problem = report.verdict.problem
    if problem is not None and (witness := problem.witness):
        said = words.notes[witness.kind].format(left=witness.left, right=witness.right)
        return words.colon + said.replace(".", words.writing["decimal"])
    return f"{words.colon}<samp>{escape(problem.evidence)}</samp>" if problem is not None else ""
