"""What is printed of a check: for a person, for GitHub's annotations, as SARIF for code scanners, as JSON."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Sequence
from importlib.metadata import version
from typing import Any
from urllib.parse import quote

from ..message.frozen import frozen
from ..trials.page_trials import TRIALS
from .rows import Row

SARIF = "https://json.schemastore.org/sarif-2.1.0.json"
# What colours a terminal shows, as their numbers.
GREEN, RED, YELLOW, DIM = 32, 31, 33, 2
COLOURS = {"holds": GREEN, "false": RED, "ill-formed": RED, "undecided": YELLOW, "unchecked": DIM}


@frozen
class Style:
    """How rows are shown to a person.

    Attributes:
        is_quiet: only what isn't as expected.
        is_coloured: verdicts have colours.
        trials: how many were asked for.
    """

    is_quiet: bool = False
    is_coloured: bool = False
    trials: int = TRIALS

    def painted(self, text: str, verdict: str) -> str:
        """A text in a verdict's colour."""
        return f"\033[{COLOURS[verdict]}m{text}\033[0m" if self.is_coloured and verdict in COLOURS else text


def is_coloured() -> bool:
    """Whether what is printed has colours: on a terminal, unless NO_COLOR or FORCE_COLOR say otherwise."""
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or (sys.stdout.isatty() and os.environ.get("TERM") != "dumb")


def as_text(rows: Sequence[Row], style: Style) -> str:
    """A line for each row, the message where it isn't as expected, and a line that counts them."""
    lines = []
    for row in rows:
        if not (style.is_quiet and row.is_expected):
            lines.append(_line(row, style))
        if not row.is_expected:
            lines.append(str(row.told))
    return "\n".join([*lines, counts(rows, style)]) + "\n"


def counts(rows: Sequence[Row], style: Style) -> str:
    """How many rows are as they are expected, and on how few trials where these are fewer than usual."""
    failed = sum(not row.is_expected for row in rows)
    few = f" (on {style.trials} trials each, not {TRIALS})" if style.trials < TRIALS else ""
    return f"{len(rows) - failed} as expected, {failed} not{few}"


def _line(row: Row, style: Style) -> str:
    worst = "" if row.worst is None else f"{row.worst:.1e}"
    said = style.painted(row.verdict if row.is_expected else row.verdict.upper(), row.verdict)
    but = f", not evaluated at {row.not_evaluated_at}" if row.not_evaluated_at else ""
    but += f", {row.assumes}" if row.assumes and row.verdict == "holds" else ""
    return f"{row.label or row.file:36} {row.role or '':11} {row.trials or '':>4} {worst:>8} {said}{but}"


def as_json(rows: Sequence[Row], style: Style) -> str:
    """A list of rows, as verdicts.schema.json describes them."""
    return json.dumps([row.as_json() for row in rows], indent=1) + "\n"


def as_github(rows: Sequence[Row], style: Style) -> str:
    """A workflow command for each row that isn't as expected, which GitHub shows beside the line."""
    lines = []
    for row in rows:
        if row.is_expected or not row.told:
            continue
        place = row.told.place.as_typed
        properties = {"file": row.file, "line": row.line_of_file, "col": place.column + 1}
        properties["title"] = f"verimath: {row.label or 'this page'} {row.verdict}"
        said = ",".join(f"{name}={_escaped(str(value), ':,')}" for name, value in properties.items())
        lines.append(f"::{'warning' if row.is_undecided else 'error'} {said}::{_escaped(str(row.told))}")
    return "\n".join([*lines, counts(rows, style)]) + "\n"


def _escaped(text: str, more: str = "") -> str:
    """A text as a workflow command can hold it; the percent sign first, which marks what is escaped."""
    for sign in "%\r\n" + more:
        text = text.replace(sign, f"%{ord(sign):02X}")
    return text


def as_sarif(rows: Sequence[Row], style: Style) -> str:
    """A SARIF 2.1.0 log: a result for each row that isn't as expected, under the rule that it applies."""
    results = [_result(row) for row in rows if not row.is_expected and row.told]
    named = {result["ruleId"]: {"id": result["ruleId"]} for result in results}
    driver = {"name": "verimath", "version": version("verimath"), "rules": [*named.values()]}
    run = {"tool": {"driver": driver}, "columnKind": "utf16CodeUnits", "results": results}
    log = {"$schema": SARIF, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, indent=1) + "\n"


def _result(row: Row) -> dict[str, Any]:
    assert row.told is not None
    place = row.told.place.as_typed
    column = len(place.excerpt[: place.column].encode("utf-16-le")) // 2 + 1
    region = {"startLine": row.line_of_file, "startColumn": column}
    location = {"artifactLocation": {"uri": quote(row.file)}, "region": region}
    return {
        "ruleId": f"rule-{row.told.rule}" if row.told.rule else row.verdict,
        "level": "warning" if row.is_undecided else "error",
        "message": {"text": str(row.told)},
        "locations": [{"physicalLocation": location}],
    }


Format = Callable[[Sequence[Row], Style], str]
FORMATS: dict[str, Format] = {"text": as_text, "github": as_github, "sarif": as_sarif, "json": as_json}
