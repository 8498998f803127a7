"""What a page shows of the check of each equation: a quiet mark, which unfolds what was drawn, computed and read.

All of it comes from the reports of the build, but for the figures on mutants: these are believed only of an equation
whose key is the same as when they were found.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import field
from functools import cached_property
from html import escape
from pathlib import Path
from typing import Any

from ..derivation.notation import Entry
from ..latex import katex
from ..message.frozen import frozen
from ..message.refusal import Refusal
from ..message.source import Span, typed
from ..report.findings import Report
from ..verdict.granted import taken_apart
from ..verdict.worked import Record, Shown, Worked
from .explained import key as symbol_key
from .plain_text import plain_text
from .references import Numbered, relative
from .words import Words, scientific, trials, whole

# What stands before a verdict, by what an equation does: never the same sign for two of them.
SIGNS = {"claim": "✓", "definition": "≔", "declaration": "∈", "refusal": "✗", "unchecked": "○"}
# Numbers are shown with so many digits: each more is a kilobyte on a page of matrices, before anything is seen.
DIGITS = 4
# Of the equations that use one, so many are listed below it; the page of dependencies lists all.
MOST_LINKS = 12
# What is said of special values where an equation has none.
SPECIAL = ("with equal components", "with a component 0", "some special values")

Figures = Mapping[str, tuple[int, int]]


def read_figures(file: str | None) -> Figures:
    """How many mutants were tried and how many refused, by the key of the equation.

    Raises:
        Refusal: where the file holds something else.
    """
    if not file:
        return {}
    try:
        found = json.loads(Path(file).read_text("utf-8"))
        return {str(key): (int(tried), int(refused)) for key, (tried, refused) in found.items()}
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise Refusal(
            "it holds, by key, how many were tried and refused",
            "write it by `verimath mutate --figures`, or leave it out",
            what="the figures on mutants can't be read",
            span=Span(typed(file)),
        ) from error


def kind(report: Report) -> str:
    """What an equation does on its page: its role, or that it is refused or isn't checked."""
    if report.expected == "unchecked":
        return "unchecked"
    return report.verdict.role or "claim" if report.expected == "holds" else "refusal"


def numbers(shown: Shown) -> str:
    """Numbers as Python writes them, rounded."""
    if isinstance(shown, list):
        return f"[{', '.join(map(numbers, shown))}]"
    return f"{shown:.{DIGITS}g}" if isinstance(shown, float) else str(shown)


def in_code(notation: Mapping[str, Entry]) -> dict[str, str]:
    """The names that symbols have in code, by symbol."""
    return {symbol_key(entry.symbol): code for code, entry in notation.items()}


def called(name: str, codes: Mapping[str, str]) -> str:
    """A symbol as text: its name in code, or its plain reading."""
    if (code := codes.get(symbol_key(name))) is not None:
        return code
    match katex.typeset(name, False):
        case katex.Typeset(html):
            return plain_text(html)
    return name


def rows(record: Record, worked: Worked, codes: Mapping[str, str], words: Words) -> list[tuple[str, str]]:
    """A trial as lines: the name of each value, and its numbers; sides that are shown alike are shown once."""
    found = [(called(name, codes), numbers(value)) for name, value in worked.values.items()]
    sides = [*map(numbers, worked.sides)]
    if record.relations and len(sides) == 2:
        alike = sides[0] == sides[1]
        heads, sides = (
            ([words.check["both"]], sides[:1]) if alike else ([words.check["left"], words.check["right"]], sides)
        )
    elif record.relations:
        heads = [words.check["side"].format(place=place) for place in range(1, len(sides) + 1)]
    else:
        heads = [called(name, codes) for name in record.gives]
        heads = [words.check["after"].format(name=head) if head in dict(found) else head for head in heads]
    return [*found, *zip(heads, sides, strict=True)]


def caption(worked: Worked, words: Words) -> str:
    """Which trial it is, and for which letters."""
    letters = ", ".join(f"{letter} = {value}" for letter, value in worked.letters.items())
    return words.check["letters" if letters else "worked"].format(number=worked.number, letters=letters)


@frozen
class Evidence:
    """The checks of a site's equations.

    Attributes:
        reports: by label.
        numbered: all equations of the site, by label.
        words: of the site.
        figures: on mutants, by key.
    """

    reports: Mapping[str, Report]
    numbered: Mapping[str, Numbered]
    words: Words
    figures: Figures = field(default_factory=dict)

    @cached_property
    def order(self) -> dict[str, int]:
        """The place of each equation in the order of their numbers."""
        return {label: place for place, label in enumerate(self.numbered)}

    @cached_property
    def used_by(self) -> dict[str, list[str]]:
        """Which equations have read each, in the order of their numbers."""
        found: dict[str, list[str]] = {}
        for label in self.numbered:
            for read in self.uses(label):
                found.setdefault(read, []).append(label)
        return found

    def reading(self, tex: str) -> str:
        """A symbol or a set as plain text."""
        return called(tex, {})

    def record(self, label: str) -> Record | None:
        """What was recorded of an equation."""
        return self.reports[label].verdict.record if label in self.reports else None

    def uses(self, label: str) -> list[str]:
        """Which equations one has read, in the order of their numbers."""
        record = self.record(label)
        read = {*(record.reads if record else ())}
        return sorted(read & self.order.keys(), key=self.order.__getitem__)

    def mutants(self, label: str) -> tuple[int, int] | None:
        """How many mutants of an equation were tried and refused; None where it has changed since, or has none."""
        record = self.record(label)
        return self.figures.get(record.key) if record else None

    def said(self, label: str) -> str:
        """The verdict on an equation in a few words."""
        report, words = self.reports[label], self.words
        if report.expected != "holds":
            return words.check[report.expected]
        role, count = kind(report), report.verdict.trials
        return (
            words.check[role].format(trials=trials(count, words))
            if count
            else words.check.get(f"{role} alone", words.check[role])
        )

    def mark(self, label: str, url: str, codes: Mapping[str, str], address: str) -> str:
        """The mark of an equation as HTML, which unfolds what the check found.

        Args:
            label: of the equation; what is refused or unchecked says so below it, and has no mark.
            url: of the page that it stands on.
            codes: the names in code of that page's symbols.
            address: of further trials; empty where there are none.
        """
        report = self.reports.get(label)
        if report is None or report.expected != "holds" or report.verdict.verdict != "holds":
            return ""
        role = kind(report)
        lines = "".join(f"<li>{line}</li>" for line in self._lines(label, report, url))
        worked = self._worked(report.verdict.record, codes)
        more = f' data-trials="{escape(address)}"' if address and worked else ""
        sign = f'<span aria-hidden="true">{SIGNS[role]}</span> '
        return (
            f'<details class="vm-verdict vm-{role}"{more}><summary>{sign}{self.said(label)}</summary>'
            f'<div class="vm-evidence"><ul>{lines}</ul>{worked}</div></details>'
        )

    def _lines(self, label: str, report: Report, url: str) -> Iterable[str]:
        verdict, words, role = report.verdict, self.words, kind(report)
        alone = "" if verdict.trials else " alone"
        yield words.check[f"what {role}{alone}"].format(trials=trials(verdict.trials, words))
        record = verdict.record or Record()
        if record.sizes:
            yield words.check["sizes"].format(sizes=", ".join(self._size(*each) for each in record.sizes.items()))
        if verdict.worst is not None:
            said = words.check["worst"].format(worst=scientific(verdict.worst, words))
            # Where all digits cancel, as on special values, how many are left says nothing.
            if verdict.digits is not None and verdict.digits >= 1:
                said += f" {words.check['digits'].format(digits=int(verdict.digits))}"
            yield said
        if verdict.excluded:
            yield words.check["excluded"].format(where=escape(self._where(verdict.excluded)))
        for assumed, of in taken_apart(verdict.assumes):
            names = f" {words.check['and']} ".join(escape(called(tex, {})) for tex in of)
            yield words.check[assumed].format(names=names)
        if verdict.calls:
            yield words.check["program"]
        for said, labels in (("reads", self.uses(label)), ("read by", self.used_by.get(label, []))):
            if labels:
                links = ", ".join(self.link(other, url) for other in labels[:MOST_LINKS])
                rest = len(labels) - MOST_LINKS
                yield words.check[said].format(
                    links=links + (words.check["others"].format(count=rest) if rest > 0 else "")
                )
        if (figures := self.mutants(label)) is not None:
            tried, refused = (whole(count, words) for count in figures)
            yield words.check["mutants"].format(tried=tried, refused=refused)

    def _size(self, name: str, values: list[int]) -> str:
        form = "single" if len(values) == 1 else "range"
        return self.words.check[form].format(name=escape(called(name, {})), first=values[0], last=values[-1])

    def _where(self, excluded: str) -> str:
        """Where an equation has no value, in the page's language."""
        said = " and ".join(self._symbol(part) for part in excluded.split(" and "))
        for phrase in SPECIAL:
            said = said.replace(phrase, self.words.check[phrase])
        return said.replace(" and ", f" {self.words.check['and']} ")

    def _symbol(self, part: str) -> str:
        """What is said of a symbol, with its plain reading."""
        name, sign, value = part.partition(" = ")
        if sign:
            bare = value.removeprefix("-")
            sign = value[: len(value) - len(bare)]
            return f"{called(name, {})} = {sign}{bare if bare[:1].isdigit() else called(bare, {})}"
        name, sign, rest = part.partition(" with ")
        return f"{called(name, {})} with {rest}" if sign else part

    def link(self, label: str, url: str) -> str:
        """A link to an equation, whose text is its number."""
        target = self.numbered[label]
        return f'<a href="{escape(relative(target.url, url))}#{escape(label)}">({target.number})</a>'

    def _worked(self, record: Record | None, codes: Mapping[str, str]) -> str:
        if record is None or not record.worked:
            return ""
        # Beside a cell of data, a browser takes the head of a row for one without being told.
        lines = "".join(
            f"<tr><th>{escape(name)}</th><td>{escape(value)}</td></tr>"
            for name, value in rows(record, record.worked[0], codes, self.words)
        )
        return (
            f'<table class="vm-trial"><caption>{escape(caption(record.worked[0], self.words))}</caption>{lines}</table>'
        )

    def counts(self) -> str:
        """What the build has checked, in one line; empty where it has checked nothing."""
        reports = [report for label, report in self.reports.items() if label in self.numbered]
        claims = [report for report in reports if report.expected == "holds" and kind(report) == "claim"]
        if not claims:
            return ""
        counted = {
            "claims": len(claims),
            "programs": sum(report.verdict.calls > 0 for report in reports),
            "refused": sum(kind(report) == "refusal" for report in reports),
        }
        on = trials(sum(report.verdict.trials for report in claims), self.words)
        parts = []
        for name, count in counted.items():
            one, many = self.words.check[name].split("|")
            if count:
                parts.append((one if count == 1 else many).format(count=whole(count, self.words), trials=on))
        said = self.words.check["counts"].format(parts=", ".join(parts))
        return f'<p class="vm-counts">{said}</p>'


def further_trials(reports: Iterable[Report], codes: Mapping[str, str], words: Words) -> str:
    """The trials of a page's equations as JSON, by label; empty where there are none beyond those on the page."""
    found: dict[str, list[dict[str, Any]]] = {}
    for report in reports:
        record = report.verdict.record
        if report.label is not None and record is not None and len(record.worked) > 1:
            found[report.label] = [
                {"caption": caption(worked, words), "rows": rows(record, worked, codes, words)}
                for worked in record.worked
            ]
    return json.dumps(found, ensure_ascii=False, separators=(",", ":")) if found else ""
