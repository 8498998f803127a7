"""What a page shows a reader of its equations, symbols and references, put together from what the build has checked.

Only links stand in the pages beside what needs no script; the rest lies in files that a script asks for when a reader
does.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from html import escape
from pathlib import PurePosixPath
from typing import Any

from ..kept.store import Store
from ..latex import katex
from ..message.refusal import Refusal
from ..page.asked import listed
from ..page.page import Page
from ..report.findings import Report
from . import marker
from .catalogue import Catalogue
from .choices import Choices
from .evidence import Evidence, Figures, further_trials, in_code
from .explained import Symbol, as_json, symbols_of
from .plain_text import plain_text
from .recheck import Checked
from .references import FOLDER, Numbered, relative
from .search import entries
from .shared import equations
from .words import Words

# Words that a script says, by their names in the table.
SPOKEN = "another", "code", "where", "close", "equation", "keys", "small words"


class Reader:
    """What the pages of a site show.

    Args:
        found: what the build has checked.
        numbered: all equations, by label.
        words: of the site.
        shows: parts of `page.asked.PARTS`.
        figures: on mutants.
        former: numbers that equations had before, by label.
        store: what earlier builds have kept of the formulas.
    """

    def __init__(
        self,
        found: Checked,
        numbered: Mapping[str, Numbered],
        words: Words,
        shows: Collection[str],
        figures: Figures,
        former: Mapping[str, list[str]],
        store: Store,
    ) -> None:
        self.former = former
        self.found, self.shows, self.store, self.words = found, shows, store, words
        reports = {report.label: report for report in found.reports if report.label is not None} if shows else {}
        self.evidence = Evidence(reports, numbered, words, figures)
        self.urls: dict[str, str] = {}
        self.titles: dict[str, str] = {}
        self.choices: dict[str, Choices] = {}
        self._pages: dict[str, Page] = {}
        self._of_file: dict[str, list[Report]] = {}
        for report in found.reports:
            self._of_file.setdefault(report.file, []).append(report)
        self._symbols: dict[str, list[Symbol]] = {}

    def add(self, page: Page, url: str, title: str) -> None:
        """Know a page, in reading order."""
        self.urls[page.file], self.titles[url], self._pages[page.file] = url, title, page
        self.choices[page.file] = Choices(self.shows).on(page)

    def symbols(self, page: Page) -> list[Symbol]:
        """The symbols that a page knows; none where equations aren't checked."""
        if page.file not in self._symbols:
            self._symbols[page.file] = []
            if self.found.derivation is not None and self.shows:
                try:
                    family = [each.file for each in self.found.derivation.family(page.file)]
                    notation = self.found.notation(page.file)
                except (Refusal, FileNotFoundError):
                    return []
                with katex.keeping(self.store, page.file):
                    of_family = [self._of_file.get(file, []) for file in family]
                    self._symbols[page.file] = symbols_of(of_family, notation)
        return self._symbols[page.file]

    # Files

    def files(self) -> Iterator[tuple[str, str]]:
        """The files that scripts ask for: further trials, symbols, by their addresses in the tool's folder."""
        for file, page in self._pages.items():
            choices, reports = self.choices[file], self._of_file.get(file, [])
            with katex.keeping(self.store, file):
                if choices.shows("trials") and choices.shows("verdicts"):
                    codes = in_code(self.found.notation(file))
                    if text := further_trials(reports, codes, self.words):
                        yield self._address("trials", file), text
                symbols = self.symbols(page) if choices.shows("symbols") else []
                if text := as_json(symbols, self._numbers(file, symbols)):
                    yield self._address("symbols", file), text

    def _numbers(self, file: str, symbols: Iterable[Symbol]) -> dict[str, tuple[str, str]]:
        """Of each equation that a symbol names, its number and its address from a page."""
        url = self.urls[file]
        named = {symbol.label for symbol in symbols} & self.evidence.numbered.keys()
        found = {label: self.evidence.numbered[label] for label in named}
        return {label: (each.number, f"{relative(each.url, url)}#{label}") for label, each in found.items()}

    def _address(self, folder: str, file: str) -> str:
        """The address of a page's file, in the tool's folder."""
        name = self.urls[file].removesuffix(".html").rstrip("/") or "index"
        return f"{folder}/{PurePosixPath(name).as_posix()}.json"

    # Pages

    def counts(self, page: Page) -> str:
        """What the build has checked, for the first page."""
        return self.evidence.counts() if self.choices[page.file].shows("counts") else ""

    def shown(self, page: Page, html: str) -> str:
        """A page's content with the marks of its equations, the list that it asks for, and what scripts need."""
        choices, url = self.choices[page.file], self.urls[page.file]
        codes = in_code(self.found.notation(page.file)) if choices.shows("verdicts") else {}

        def mark(found: re.Match[str]) -> str:
            [label] = marker.values(found)
            if not choices.shows("verdicts", label):
                return ""
            more = choices.shows("trials", label)
            address = relative(FOLDER + self._address("trials", page.file), url) if more else ""
            return self.evidence.mark(label, url, codes, address)

        with katex.keeping(self.store, page.file):
            html = marker.VERDICT.sub(mark, html)
        html += self._listed(page, url)
        return html + self._for_scripts(page, html, url)

    def _listed(self, page: Page, url: str) -> str:
        asked = listed(page.front_matter, page.key("lists"))
        if not asked or not self.shows:
            return ""
        symbols = {self.urls[file]: self.symbols(each) for file, each in self._pages.items()}
        readings: dict[str, str] = {}
        for each in self._pages.values():
            readings |= self.readings(each)
        with katex.keeping(self.store, page.file):
            return Catalogue(self.evidence, self.titles, readings, symbols, url).html(asked)

    def readings(self, page: Page) -> dict[str, str]:
        """A page's formulas as plain text, by label."""
        with katex.keeping(self.store, page.file):
            return {equation.label: reading(equation.tex) for equation in page.equations}

    def equations(self, title: str, address: str) -> str:
        """All equations of the site as JSON, for other sites and programs."""
        readings: dict[str, str] = {}
        for page in self._pages.values():
            readings |= self.readings(page)
        found = {report.label: report for report in self.found.reports if report.label}
        return equations(title, address, self.evidence.numbered, readings, found)

    def entries(self, page: Page) -> list[dict[str, Any]]:
        """A page's equations as the search knows them."""
        choices = self.choices[page.file]
        labels = [each.label for each in page.equations if choices.shows("search", each.label)]
        return [*entries(labels, self.evidence.numbered, self.readings(page), self.former, self.evidence.order)]

    def _for_scripts(self, page: Page, html: str, url: str) -> str:
        """Where scripts find the symbols of a page, and the words that they say."""
        choices = self.choices[page.file]
        if not self.shows or 'class="vm-' not in html:
            return ""
        data = {"words": json.dumps({name: self.words.check[name] for name in SPOKEN}, ensure_ascii=False)}
        if choices.shows("symbols") and self.symbols(page):
            data["symbols"] = relative(FOLDER + self._address("symbols", page.file), url)
            data["silent"] = " ".join(choices.without("symbols", page))
        if choices.shows("symbols") and "vm-shown" in html:
            data["root"] = relative("", url) or "./"
        if choices.shows("previews"):
            data["previews"] = "on"
            data["unseen"] = " ".join(choices.without("previews", page))
        said = "".join(f' data-{name}="{escape(value)}"' for name, value in data.items() if value)
        return f'<div class="vm-reader" hidden{said}></div>'


def reading(tex: str) -> str:
    """A displayed formula as plain text."""
    match katex.typeset(tex, True):
        case katex.Typeset(html):
            return plain_text(html)
    return ""
