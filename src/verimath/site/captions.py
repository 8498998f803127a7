"""What a page says below a formula that isn't claimed to hold: why it isn't checked, or how the build refused it."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from ..report import Report

# By language: the words of each note.
WORDS = {
    "en": {
        "unchecked": "Not checked: {reason}",
        "false": "False, as this build finds",
        "ill-formed": "Ill-formed, as this build finds",
        "sides": "{left} on the left, {right} on the right",
        "loss": "the loss is {left} before the step, {right} after it",
    },
    "fr": {
        "unchecked": "Non vérifiée\N{NO-BREAK SPACE}: {reason}",
        "false": "Fausse, d’après cette construction",
        "ill-formed": "Mal formée, d’après cette construction",
        "sides": "{left} à gauche, {right} à droite",
        "loss": "le coût vaut {left} avant le pas, {right} après",
    },
}


def notes(reports: Iterable[Report], reasons: dict[str, str], language: str) -> dict[str, str]:
    """The HTML of each note, by label."""
    words = WORDS.get(language, WORDS["en"])
    found = {}
    for report in reports:
        if report.label is None or report.expected == "holds":
            continue
        if report.expected == "unchecked":
            text = words["unchecked"].format(reason=escape(reasons[report.label]))
        else:
            text = escape(words[report.expected]) + _evidence(report, words, language)
        found[report.label] = f'<p class="vm-note">{text}</p>'
    return found


def _evidence(report: Report, words: dict[str, str], language: str) -> str:
    problem = report.verdict.problem
    colon = "\N{NO-BREAK SPACE}: " if language == "fr" else ": "
    if problem is not None and (witness := problem.witness):
        said = words[witness.kind].format(left=witness.left, right=witness.right)
        return colon + (said.replace(".", ",") if language == "fr" else said)
    return f"{colon}<samp>{escape(problem.evidence)}</samp>" if problem is not None else ""
