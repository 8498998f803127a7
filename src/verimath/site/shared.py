"""A site's equations for other sites and programs, and those of other sites that its pages show.

equations.schema.json describes the file.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from ..latex import katex
from ..page.elsewhere import VERSION, Elsewhere
from ..report.findings import Report
from .references import Numbered

# At the root of a site.
NAME = "equations.json"


def equations(
    title: str,
    address: str,
    numbered: Mapping[str, Numbered],
    readings: Mapping[str, str],
    reports: Mapping[str, Report],
) -> str:
    """The equations of a site as JSON, in reading order.

    Args:
        title, address: of the site; the address ends with a slash, or is empty where it isn't known.
        numbered: by label.
        readings: each as plain text.
        reports: what was found of each; none of those that weren't checked.
    """
    listed = [_equation(each, readings.get(label, ""), reports.get(label)) for label, each in numbered.items()]
    told = {"version": VERSION, "title": title, "address": address, "equations": listed}
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def _equation(numbered: Numbered, reading: str, report: Report | None) -> dict[str, Any]:
    verdict = report.verdict if report else None
    return {
        "label": numbered.equation.label,
        "number": numbered.number,
        "name": numbered.equation.name,
        "latex": numbered.equation.tex,
        "reading": reading,
        "role": verdict.role if verdict else None,
        "verdict": verdict.verdict if verdict else None,
        "expected": numbered.equation.expected,
        "trials": verdict.trials if verdict else 0,
        "url": f"{numbered.url}#{numbered.equation.label}",
    }


def shown(found: Iterable[Elsewhere]) -> str:
    """Equations of another site as a page that scripts take them from."""
    return "".join(
        f'<div class="vm-equation" id="{escape(each.label)}">'
        + (f'<span class="vm-name">{escape(each.name)}</span>' if each.name else "")
        + f'<div class="vm-display">{_typeset(each.latex)}</div>'
        + f'<a class="vm-number" href="{escape(each.address)}">({escape(each.number)})</a></div>\n'
        for each in found
    )


def _typeset(tex: str) -> str:
    match katex.typeset(tex, True):
        case katex.Typeset(html):
            return html
    return f"<code>{escape(tex)}</code>"
