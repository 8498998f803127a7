"""What stands around the text of a page: its reading time, its source, how it is cited, its licence and date."""

from __future__ import annotations

import math
import re
from collections.abc import Collection
from datetime import date
from html import escape, unescape
from pathlib import Path

from ..message.frozen import frozen
from .handout import without_boxes
from .publication import Publication, licence_address, licence_name
from .words import Words

# What a site may ask for, in the order in which a page shows it.
PARTS = ("reading-time", "notebook", "handout", "source", "report", "citation", "licence", "date")
WORDS_A_MINUTE = 200
# One looks at a displayed formula longer than at a word.
SECONDS_A_FORMULA = 20
FORMULA = re.compile(r'<div class="vm-equation\b')
UNREAD = re.compile(r"<(pre|script|style|svg|math)\b.*?</\1>|<[^>]*>", re.DOTALL | re.IGNORECASE)
TITLE_END = re.compile(r"</h1>", re.IGNORECASE)
# With the paragraph that follows it at once, if one does.
LEAD_END = re.compile(r"</h1>(?:\s*<p>.*?</p>)?", re.IGNORECASE | re.DOTALL)


@frozen
class Colophon:
    """What a site says around the text of its pages.

    Attributes:
        parts: which of PARTS it asks for.
        words: in which it says it.
        publication: what is known of the site.
    """

    parts: Collection[str]
    words: Words
    publication: Publication

    def around(self, html: str, title: str, url: str, file: Path, handout: str) -> str:
        """A page's content with what stands around it.

        Args:
            html: the content.
            title: of the page.
            url: its address, from the site's root.
            file: its source.
            handout: the address of its handout, from the page; empty where it has none.
        """
        # The first page is a way in, whatever its length.
        if "reading-time" in self.parts and url:
            said = self.words.around["reading"].format(minutes=minutes(html))
            html = after_title(html, f'<p class="vm-reading">{said}</p>')
        items = [*self._links(title, url, file, handout), *self._citation(title, url), *self._imprint()]
        if not items:
            return html
        listed = "".join(f"<li>{item}</li>" for item in items)
        return f'{html}\n<aside class="vm-colophon" aria-label="{self.words.around["label"]}"><ul>{listed}</ul></aside>'

    def _links(self, title: str, url: str, file: Path, handout: str) -> list[str]:
        about, words = self.publication, self.words.around
        page = f"{about.address}{url}" if about.address else url or "index"
        body = words["body"].format(page=page, commit=about.commit or "?")
        links = {
            "handout": handout,
            "source": about.source(file),
            "report": about.report(words["subject"].format(title=title), body),
        }
        return [
            f'<a class="vm-to-{part}" href="{escape(link)}">{words[part]}</a>'
            for part, link in links.items()
            if link and part in self.parts
        ]

    def _citation(self, title: str, url: str) -> list[str]:
        if "citation" not in self.parts:
            return []
        entry = escape(self.publication.bibtex(title, url), quote=False)
        up = "../" * url.count("/")
        file = f'<p><a href="{up}CITATION.cff">CITATION.cff</a>, {self.words.around["whole"]}</p>'
        shown = f"<pre><code>{entry}</code></pre>{file if self.publication.author else ''}"
        return [f"<details><summary>{self.words.around['cite']}</summary>{shown}</details>"]

    def _imprint(self) -> list[str]:
        about, words, said = self.publication, self.words.around, []
        if "licence" in self.parts and about.licence:
            link = f'<a href="{escape(licence_address(about.licence))}">{escape(licence_name(about.licence))}</a>'
            said.append(words["licence"].format(licence=link))
        if "date" in self.parts:
            version = words["changed" if about.is_changed else "version"].format(commit=about.commit[:7])
            parts = [self._day(about.day)] if about.day else []
            said += [", ".join([*parts, *([version] if about.commit else [])])] if parts or about.commit else []
        return said

    def _day(self, day: date) -> str:
        month = self.words.around["months"].split()[day.month - 1]
        written = self.words.around["day"].format(day=day.day, month=month, year=day.year)
        return f'<time datetime="{day.isoformat()}">{written}</time>'


def after_title(html: str, line: str) -> str:
    """A page's content with a line below its title."""
    return TITLE_END.sub(lambda end: f"{end.group()}\n{line}", html, count=1)


def after_lead(html: str, line: str) -> str:
    """A page's content with a line below its first paragraph; below its title where it begins with something else."""
    return LEAD_END.sub(lambda end: f"{end.group()}\n{line}", html, count=1)


def minutes(html: str) -> int:
    """How long a page takes to read, in minutes, without what is folded, without code and without long lists."""
    seen = without_boxes(html, lambda tag, classes: tag == "details" or "vm-listed" in classes)
    words = len(unescape(UNREAD.sub(" ", seen)).split())
    return max(1, math.ceil(words / WORDS_A_MINUTE + len(FORMULA.findall(seen)) * SECONDS_A_FORMULA / 60))
