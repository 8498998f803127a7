"""The cells of a notebook on its page: the site's own rendering of text and code, and of what the code put out.

What mkdocs-jupyter makes of a notebook brings its own style sheet, scripts and addresses of other hosts. Of that, only
what stands below a cell is taken, and set as the site sets what programs print.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING, Any

from ..code.carried import carried
from ..code.kernel import Work, running
from ..kept.store import Drawer
from ..kept.tool import digest
from ..latex import katex
from ..message.frozen import frozen
from ..message.refusal import Refusal
from ..message.source import Cells, Span
from ..page.file import content
from ..page.macros import Macros, replaced
from ..page.notebook import BEGINS, ENDS, Cell, read
from . import downloads, drawings, marker
from .colophon import after_title
from .plain_text import plain_text
from .programs import in_lines
from .references import Numbered, plain, relative
from .words import Words

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

# A cell in the HTML that Markdown makes of it: its number, and its code.
FIRST, LAST = BEGINS.format(r"(?P<number>\d+)"), ENDS.format("(?P=number)")
WITHIN = re.compile(rf"<p>{FIRST}</p>\s*(?P<code>.*?)\s*<p>{LAST}</p>", re.DOTALL)
# Said of a picture, in a comment of its cell; Quarto's word for it too.
ALT = re.compile(r"#\|[ ]*(?:fig-)?alt:[ ]*(?P<said>.*\S)[ ]*$")
# The tag of a cell whose code is one click away.
FOLDED = "hide-input"
STOCK = "No description has been provided for this image"
SVG, PLAIN = "image/svg+xml", "text/plain"
# Of pictures, nbconvert doesn't say what kind they are.
PICTURE = "image/*"
STREAMS = {"application/vnd.jupyter.stdout", "application/vnd.jupyter.stderr", "application/vnd.jupyter.error", PLAIN}
DATA = re.compile(r"data:(?P<kind>[\w/+.-]+);base64,(?P<data>.*)", re.DOTALL)
# What acts, or is fetched, in what a cell put out.
ACTS = ("script", "iframe", "object", "embed", "link", "meta", "base", "form")
FETCHED = ("src", "srcset", "poster", "data", "background")
DOLLARS = re.compile(r"\$\$(?P<two>.*)\$\$|\$(?P<one>.*)\$|(?P<bare>.*)", re.DOTALL)
DISPLAYSTYLE = re.compile(r"\\displaystyle\b[ ]*")


@frozen
class Output:
    """What a cell put out, as mkdocs-jupyter shows it.

    Attributes:
        kind: its type, as Jupyter names it.
        html: of it, without what stands around it.
    """

    kind: str
    html: str


@frozen
class Shown:
    """A code cell as mkdocs-jupyter shows it: whether its code is shown, and what it put out."""

    source: str | None
    outputs: tuple[Output, ...]


def shown(html: str, cells: Iterable[Cell], file: str) -> dict[int, Shown]:
    """What mkdocs-jupyter shows of each code cell, by number; those that its options leave out aren't there.

    Args:
        html: of the whole notebook.
        cells: of code, in order.
        file: of the page, for messages.

    Raises:
        Refusal: where there is a cell that the notebook hasn't.
    """
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(html, "html.parser")
    boxes = [box for box in soup.select("div.jp-CodeCell") if not box.select("div.jp-CodeCell")]
    left = list(cells)
    found: dict[int, Shown] = {}
    for place, box in enumerate(boxes):
        each = _shown(box)
        # Tags may have taken cells away: those that are there say which they are.
        while len(left) > len(boxes) - place and each.source is not None and each.source != left[0].source.strip():
            left.pop(0)
        if not left:
            raise Refusal(
                "mkdocs-jupyter shows more cells than the file has",
                "report it, with the notebook",
                what="this notebook is read in two ways",
                span=Span(file),
            )
        found[left.pop(0).number] = each
    return found


def _shown(box: Tag) -> Shown:
    copied = box.select_one(".clipboard-copy-txt")
    outputs = []
    for output in box.select(".jp-OutputArea-output"):
        kind = output.get("data-mime-type", PICTURE if output.find("img") else PLAIN)
        outputs.append(Output(str(kind), output.decode_contents().strip("\n")))
    return Shown(copied.get_text().strip() if copied else None, tuple(outputs))


class NotebookPage:
    """A notebook on its way to a page of the site.

    Args:
        file: its path, for messages.
        text: of the file.
        uri: its address among the pages' files.
        words: in which something is said around its cells.
        strict: as of `Setting`.
        macros: of the page, which Jupyter doesn't know.
    """

    def __init__(self, file: str, text: str, uri: str, words: Words, strict: bool, macros: Macros) -> None:
        self.file, self._text, self._uri, self._words, self._macros = file, text, uri, words, macros
        self._cells = read(file, text).cells
        name = re.sub(r"[^a-z0-9]+", "-", uri.lower()).strip("-")
        self._setting = Setting(file, name, words, strict)
        self._found: dict[int, Shown] = {}

    def work(self, folders: Sequence[Path], drawer: Drawer, seconds: int) -> Work:
        """Its code, to be run."""
        return Work(self.file, self._cells, folders, drawer, seconds)

    def take(self, html: str) -> None:
        """Keep what its cells put out, from the page that another plugin made of it.

        Raises:
            Refusal: as `shown` does.
        """
        self._found = shown(html, self._code.values(), self.file)

    def set_by(self, made: Callable[[], str], work: Work, options: Mapping[str, Any]) -> None:
        """Take what its cells put out, from what another plugin makes of it or an earlier build has kept of that.

        Args:
            made: has it run and set by that plugin.
            work: its code.
            options: of that plugin.

        Raises:
            Refusal: as `running` and `take` do.
        """
        key = self._key(work, options)
        known = work.drawer.get(key, list[tuple[int, str, list[tuple[str, str]]]])
        if known is not None:
            self._found = {
                number: Shown(source, tuple(Output(*output) for output in outputs)) for number, source, outputs in known
            }
            return
        with running(work):
            self.take(made())
        # What was edited meanwhile may have been set, or not.
        if self._key(work, options) == key and content(Path(self.file)) == self._text:
            found = self._found.items()
            work.drawer.put(key, [(n, each.source, [(o.kind, o.html) for o in each.outputs]) for n, each in found])

    def _key(self, work: Work, options: Mapping[str, Any]) -> str:
        """A name for all that decides what another plugin makes of the notebook."""
        said = sorted((name, repr(value)) for name, value in options.items())
        return digest("set", self._text, said, work.key("", False))

    @property
    def _code(self) -> dict[int, Cell]:
        return {cell.number: cell for cell in self._cells if cell.kind == "code"}

    def put(self, html: str) -> str:
        """The page's HTML with what its cells put out.

        Raises:
            Refusal: as `Setting.put` does.
        """
        return with_attachments(self._setting.put(html, self._code, self._found), self._cells)

    def downloads(
        self,
        folders: Sequence[Path],
        numbered: Mapping[str, Numbered],
        pages: Mapping[str, Any],
        site: str,
        title: str | None,
        drawer: Drawer,
    ) -> dict[str, str]:
        """The files to take away, by their addresses.

        Args:
            folders: of the snippets.
            numbered: all equations of the site, by label.
            pages: MkDocs' files, by address.
            site: the address of the site; empty where it has none.
            title: of the page.
            drawer: what earlier builds have kept of it.

        Raises:
            Refusal: as `carried` does.
        """

        def number(label: str) -> str:
            target = numbered.get(label)
            if target is None:
                # Of another site.
                return f"({label})"
            return f"[({target.number})]({site}{target.url}#{label})" if site else f"({target.number})"

        def link(target: str) -> str:
            path, sign, anchor = target.partition("#")
            found = pages.get(normpath(join(dirname(self._uri), path)))
            return f"{site}{found.url.removeprefix('./')}{sign}{anchor}" if site and found else ""

        code = carried(self._code.values(), folders, self.file)
        own = pages[self._uri].url
        origin = f"[{title}]({site}{own})" if site else f"“{title}”"
        key = digest("packages", sorted(code.modules))
        needed = drawer.found(key, list[str], lambda: downloads.packages(code.modules))

        def plain(text: str) -> str:
            lines = replaced(self.file, (*text.split("\n"),), 1, self._macros)
            return downloads.plain_markdown("\n".join(lines), number, link)

        made = downloads.written(self._cells, code, plain, self._words, origin, needed)
        return {downloads.address(self._uri, suffix): text for suffix, text in made.items()}

    def linked(self, html: str, url: str, folder: str, made: Iterable[str]) -> str:
        """The page's HTML with links to these files, which lie in a folder of the site."""
        links = ", ".join(
            f'<a href="{escape(relative(folder + address, url))}" download>{escape(address.rpartition("/")[2])}</a>'
            for address in made
        )
        said = f"{self._words.notebooks['download']}{self._words.colon}{links}"
        return after_title(html, f'<p class="vm-downloads">{said}</p>')


def taken_by_another(file: str) -> Refusal:
    """The error of a page that is set as a notebook, and isn't written as one."""
    return Refusal(
        "another plugin makes this page, and no check sees what it displays",
        "write its cells in a Python file or in Jupyter, or leave it out: "
        "plugins: [{mkdocs-jupyter: {include: ['*.ipynb', '*.py']}}]",
        what="a Markdown page that is set as a notebook",
        span=Span(file),
    )


@dataclass
class Setting:
    """How a page shows its cells.

    Attributes:
        file: the page, for messages.
        name: what its drawings are called; none other on the site is called so.
        words: of what it says of them.
        strict: whether it refuses what no one has described or what asks other hosts.
    """

    file: str
    name: str
    words: Words
    strict: bool

    def put(self, html: str, cells: Mapping[int, Cell], found: Mapping[int, Shown]) -> str:
        """A page's HTML with what its cells put out.

        Args:
            html: with the marks of cells.
            cells: of code, by number.
            found: what they put out, by number.

        Raises:
            Refusal: where a mark is lost, or something put out can't stand on a page.
        """
        seen: set[int] = set()

        def exchanged(within: re.Match[str]) -> str:
            number = int(within["number"])
            seen.add(number)
            return self._cell(cells[number], within["code"], found[number]) if number in found else ""

        html = WITHIN.sub(exchanged, html)
        for number, cell in cells.items():
            if number not in seen:
                raise Refusal(
                    "a comment, an element of HTML or a fence above it isn't closed in its own cell",
                    "close it there",
                    what=f"cell {number} isn't on the page as it is written",
                    span=self._place(cell),
                )
        return html

    def _cell(self, cell: Cell, code: str, found: Shown) -> str:
        drawn = [self._output(cell, place, output) for place, output in enumerate(found.outputs)]
        code = in_lines(code) if found.source is not None else ""
        pictures = [output.kind.startswith("image/") for output in found.outputs]
        is_drawing = bool(pictures) and all(pictures)
        if code and (is_drawing or FOLDED in cell.tags):
            title = self.words.programs["drawn"] if is_drawing else self.words.notebooks["code"]
            code = f'<div class="vm-more"><details><summary>{title}</summary>{code}</details></div>'
            return f'<div class="vm-snippet vm-cell">{"".join(drawn)}{code}</div>'
        return f'<div class="vm-snippet vm-cell">{code}{"".join(drawn)}</div>' if code or drawn else ""

    def _output(self, cell: Cell, place: int, output: Output) -> str:
        if output.kind in STREAMS:
            text = re.sub(r"\A\s*<pre>(.*)</pre>\s*\Z", r"\1", output.html, flags=re.DOTALL).strip("\n")
            return f'<pre class="vm-output"><samp>{text}</samp></pre>' if text.strip() else ""
        if output.kind.startswith("image/"):
            return self._picture(cell, place, output)
        if output.kind == "text/latex":
            return self._formula(output)
        return self._html(cell, output)

    def _picture(self, cell: Cell, place: int, output: Output) -> str:
        from bs4 import BeautifulSoup

        soup = BeautifulSoup(output.html, "html.parser")
        image = soup.find("img")
        said = [found["said"] for line in cell.lines if (found := ALT.match(line.strip()))]
        alt = (said[min(place, len(said) - 1)] if said else "") or (_given(image) if image else "")
        found = DATA.fullmatch(str(image.get("src", ""))) if image else None
        if output.kind == SVG and not alt:
            text = _decoded(found["data"]) if found else output.html
            if text and (self.strict or "<desc" in text):
                drawn = drawings.inline(f"{self.name}-{cell.number}-{place + 1}", text, self._place(cell))
                return f'<div class="vm-drawing" data-search-exclude>{drawn}</div>'
        if not alt and self.strict:
            raise Refusal(
                "who doesn't see it is told nothing",
                "say in the cell what is to be seen: #| alt: …",
                what="a picture without a description",
                span=self._place(cell),
            )
        if image is None:
            return f'<div class="vm-drawing" role="img" aria-label="{escape(alt)}">{output.html}</div>'
        source = escape(str(image.get("src", "")))
        return f'<div class="vm-picture"><img src="{source}" alt="{escape(alt)}"></div>'

    def _formula(self, output: Output) -> str:
        """A formula that a program put out: set as others are, and no claim of the page's."""
        from bs4 import BeautifulSoup

        text = BeautifulSoup(output.html, "html.parser").get_text().strip()
        read = DOLLARS.fullmatch(text)
        tex = DISPLAYSTYLE.sub("", (read["two"] or read["one"] or read["bare"] or "") if read else text)
        match katex.typeset(tex, True):
            case katex.Typeset(html):
                return plain(tex, marker.text(plain_text(html)), self.words.notebooks["formula"])
            case katex.Rejection():
                return f'<pre class="vm-output"><samp>{marker.text(text)}</samp></pre>'

    def _html(self, cell: Cell, output: Output) -> str:
        from bs4 import BeautifulSoup

        soup = BeautifulSoup(output.html, "html.parser")
        if self.strict:
            self._refuse_others(cell, output, soup)
        for style in soup.select("style"):
            style.decompose()
        for table in soup.select("table"):
            table.attrs.pop("border", None)
        for head in soup.select("th"):
            if not head.get_text().strip() and not head.contents:
                head.name = "td"
        label = self.words.notebooks["output"].format(number=cell.number)
        return f'<div class="vm-html" tabindex="0" role="group" aria-label="{label}">{soup.decode()}</div>'

    def _refuse_others(self, cell: Cell, output: Output, soup: BeautifulSoup) -> None:
        """Refuse what a cell put out where it acts on the page, or is fetched from elsewhere."""
        acting = soup.find(ACTS) or (output.kind.endswith("javascript") and output.kind)
        fetched = [
            value
            for element in soup.find_all(True)
            for key, value in element.attrs.items()
            if key in FETCHED and not str(value).startswith(("data:", "#"))
        ]
        if acting or fetched:
            named = f"<{acting.name}>" if acting and not isinstance(acting, str) else str(acting or fetched[0])[:80]
            raise Refusal(
                "it would act on the page, or ask another host for something",
                "put out a table, text or one SVG",
                what=f"what this cell puts out has {named}",
                span=self._place(cell),
            )

    def _place(self, cell: Cell) -> Span:
        line = next((n for n, text in enumerate(cell.lines) if text.strip()), 0)
        name = Cells(self.file, ((cell.number, line + 1, cell.first + line if cell.first else 0),))
        return Span(name, 1, 0, cell.lines[line] if cell.lines else "")


def _given(image: Tag) -> str:
    alt = str(image.get("alt", "")).strip()
    return "" if alt == STOCK else alt


def _decoded(data: str) -> str:
    try:
        return base64.b64decode(data).decode("utf-8", "replace")
    except (ValueError, binascii.Error):
        return ""


def with_attachments(html: str, cells: Iterable[Cell]) -> str:
    """A page's HTML with the pictures that its Markdown cells hold."""
    for cell in cells:
        for name, address in cell.attachments.items():
            html = html.replace(f"attachment:{cell.number}/{escape(name)}", address)
    return html
