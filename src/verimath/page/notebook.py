"""A notebook as a page: its Markdown cells are text, its code cells are fences between two marks.

Read are `.ipynb` files and Python files in the percent format, as jupytext writes them. What is made of one is
Markdown, which is read and set as any page is; its name knows in which cell each line stands.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import field, replace
from pathlib import Path
from typing import Any

from ..message.frozen import frozen
from ..message.refusal import Refusal
from ..message.source import Cells, Span
from .fences import unix

SUFFIXES = (".ipynb", ".py")
# The marks around a code cell, each alone in its paragraph: no one types these signs.
BEGINS, ENDS = "\ue000{}\ue001", "\ue002{}\ue001"
MARKS = re.compile("[\ue000-\ue002]")
# A line that begins a cell, as jupytext has it: `# %%timeit` is a magic that is commented out.
CELL = re.compile(r"#[ ]?%%(?P<levels>%*)(?P<rest>(?:[ \t].*)?)$")
KIND = re.compile(r"\[(?P<kind>markdown|md|raw)\]")
COMMENT = re.compile(r"#[ ]?(?P<text>.*)")
TAGS, QUOTED = re.compile(r"\btags=\[(?P<tags>[^\]]*)\]"), re.compile(r"\"([^\"]+)\"")
QUOTES = re.compile(r"[rR]?(\"{3}|'{3})")
RULE = re.compile(r"---[ \t]*")
# What begins a Python file that no interpreter reads as code.
PREAMBLE = re.compile(r"#!|#.*coding[:=]")
ATTACHED = re.compile(r"(?<=\()attachment:(?=[^)\s])|(?<=[\"'])attachment:(?=[^\"'\s])")
LANGUAGE = re.compile(r"[A-Za-z][\w+-]*")
# What an extension of Markdown would take for an include, in code.
INCLUDE = re.compile(r"^(?=[ \t]*-+8<-)")
KINDS = ("markdown", "code", "raw")
FORMAT = 4


@frozen
class Cell:
    """A cell of a notebook.

    Attributes:
        number: counted from 1.
        kind: `markdown`, `code` or `raw`.
        lines: of its source.
        first: the line of the file that the first of them is; 0 where lines of the file mean nothing.
        attachments: the pictures of a Markdown cell, as addresses, by name.
        tags: what its author marks it with; a reader unfolds the code of one with `hide-input`, as in Jupyter Book.
    """

    number: int
    kind: str
    lines: tuple[str, ...]
    first: int = 0
    attachments: dict[str, str] = field(default_factory=dict)
    tags: frozenset[str] = frozenset()

    @property
    def source(self) -> str:
        """Its text."""
        return "\n".join(self.lines)


@frozen
class Notebook:
    """A notebook as its file has it.

    Attributes:
        cells: in order.
        header: the lines of its front matter, without the rules around them; each with its number in the Python file,
            or in the cell.
        language: of its code.
    """

    cells: tuple[Cell, ...]
    header: tuple[tuple[str, int], ...]
    language: str = "python"


def is_notebook(file: str) -> bool:
    """Whether a page's file is a notebook."""
    return file.endswith(SUFFIXES)


def is_percent(path: Path) -> bool:
    """Whether a Python file is written in cells, one of them of Markdown."""
    try:
        lines = path.read_text("utf-8").split("\n")
    except (OSError, UnicodeDecodeError):
        return False
    marks = (CELL.match(line) for line in lines)
    return any(mark and KIND.search(mark["rest"]) for mark in marks)


def as_page(file: str, text: str) -> tuple[Cells, str]:
    """A notebook's name, which knows its cells, and the Markdown that it is.

    Raises:
        Refusal: where it is no notebook, or one that no reader could be shown.
    """
    found = read(file, text)
    lines: list[str] = []
    places: list[tuple[int, int, int]] = []

    def put(cell: int, first: int, written: Iterable[str], start: int = 1) -> None:
        for offset, line in enumerate(written):
            lines.append(line)
            places.append((cell, start + offset, first + offset if first else 0))

    if found.header:
        # Of a Python file, it stands in no cell; else it is the first one.
        own = 0 if file.endswith(".py") else 1
        put(own, 0, ["---"])
        for line, number in found.header:
            put(own, 0 if own else number, [line], number)
        put(own, 0, ["---"])
    for cell in found.cells:
        put(cell.number, cell.first, [""])
        if cell.kind == "markdown":
            put(cell.number, cell.first, _with_attachments(cell))
        elif cell.kind == "code":
            put(cell.number, cell.first, [BEGINS.format(cell.number), ""])
            if cell.source.strip():
                fence = "`" * max(3, 1 + max(map(len, re.findall("`+", cell.source)), default=0))
                put(cell.number, cell.first, [f"{fence}{found.language}"])
                put(cell.number, cell.first, (INCLUDE.sub(";", line, 1) for line in cell.lines))
                put(cell.number, cell.first, [fence, ""])
            put(cell.number, cell.first, [ENDS.format(cell.number)])
    put(len(found.cells), 0, [""])
    return Cells(file, tuple(places)), "\n".join(lines)


def read(file: str, text: str) -> Notebook:
    """A notebook's cells and its front matter.

    Raises:
        Refusal: as `as_page` does.
    """
    found = _json(file, text) if file.endswith(".ipynb") else _percent(file, unix(text).split("\n"))
    for cell in found.cells:
        for offset, line in enumerate(cell.lines):
            if mark := MARKS.search(line):
                place = Cells(file, ((cell.number, offset + 1, cell.first + offset if cell.first else 0),))
                raise Refusal(
                    f"U+{ord(mark.group()):04X} stands for the cell itself",
                    "delete it",
                    what="a sign that no page may hold",
                    span=Span(place, 1, mark.start(), line),
                )
    return found


def _with_attachments(cell: Cell) -> list[str]:
    """The lines of a Markdown cell; two cells may have pictures of one name."""
    return [ATTACHED.sub(f"attachment:{cell.number}/", line) for line in cell.lines]


# The percent format


def _percent(file: str, lines: list[str]) -> Notebook:
    start = next((n for n, line in enumerate(lines) if not PREAMBLE.match(line)), len(lines))
    header, start = _header(file, lines, start)
    marks = [n for n in range(start, len(lines)) if CELL.match(lines[n])]
    if not any(KIND.search(lines[n]) for n in marks):
        raise Refusal(
            "a cell begins by a line # %%, one of Markdown by # %% [markdown]",
            "write its cells so, or leave it out: plugins: [{mkdocs-jupyter: {include: ['*.ipynb']}}]",
            what="this Python file is no notebook",
            span=Span(file, 1, 0, lines[0]),
        )
    cells: list[Cell] = []
    # What stands above the first mark is code.
    if any(line.strip() for line in lines[start : marks[0]]):
        cells.append(_cell(1, "code", lines, start, marks[0]))
    for mark, last in zip(marks, [*marks[1:], len(lines)], strict=True):
        kind = KIND.search(lines[mark])
        name = {"md": "markdown"}.get(kind["kind"], kind["kind"]) if kind else "code"
        cells.append(replace(_cell(len(cells) + 1, name, lines, mark + 1, last), tags=_tags(lines[mark])))
    return Notebook(tuple(cells), header)


def _tags(mark: str) -> frozenset[str]:
    found = TAGS.search(mark)
    return frozenset(QUOTED.findall(found["tags"])) if found else frozenset()


def _header(file: str, lines: list[str], start: int) -> tuple[tuple[tuple[str, int], ...], int]:
    """The YAML in comments at a file's head, and the number of the first line below it, both counted from 0."""
    said = [COMMENT.match(line) for line in lines[start:]]
    if not said or said[0] is None or not RULE.fullmatch(said[0]["text"]):
        return (), start
    for offset, line in enumerate(said[1:], 1):
        if line is None:
            break
        if RULE.fullmatch(line["text"]):
            inside = ((each["text"], start + n + 1) for n, each in enumerate(said[1:offset], 1) if each)
            return tuple(inside), start + offset + 1
    raise Refusal(
        way_out="end it by a line # ---",
        what="the front matter isn't closed",
        span=Span(file, start + 1, 0, lines[start]),
    )


def _cell(number: int, kind: str, lines: list[str], start: int, last: int) -> Cell:
    """The cell between two lines of a file, counted from 0, without the empty lines around it."""
    while last > start and not lines[last - 1].strip():
        last -= 1
    while start < last and not lines[start].strip():
        start += 1
    own = lines[start:last]
    if kind == "code" or not own:
        return Cell(number, kind, tuple(own), start + 1)
    if quotes := QUOTES.match(own[0]):
        opened = own[0][quotes.end() :]
        inside = [opened, *own[1:]]
        inside[-1] = inside[-1].removesuffix(quotes[1])
        skipped = 0 if opened.strip() else 1
        while inside and not inside[-1].strip():
            inside.pop()
        return Cell(number, kind, tuple(inside[skipped:]), start + 1 + skipped)
    uncommented = (COMMENT.match(line) for line in own)
    told = (found["text"] if found else line for found, line in zip(uncommented, own, strict=True))
    return Cell(number, kind, tuple(told), start + 1)


# JSON


def _json(file: str, text: str) -> Notebook:
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        lines = text.split("\n")
        raise Refusal(
            f"{error.msg[:1].lower()}{error.msg[1:]}",
            "open it in Jupyter and save it again, or restore it: a merge may have left its marks",
            what="this notebook isn't JSON",
            span=Span(file, error.lineno, error.colno - 1, lines[error.lineno - 1]),
        ) from error
    except RecursionError:
        raise Refusal(what="this notebook is nested too deeply", span=Span(file)) from None
    if not isinstance(value, dict) or value.get("nbformat") != FORMAT or not isinstance(value.get("cells"), list):
        version = value.get("nbformat") if isinstance(value, dict) else None
        raise Refusal(
            f"it says nbformat {version}" if isinstance(version, int) else "it has no cells",
            f"save it in Jupyter's format {FORMAT}",
            what="this notebook is of another format",
            span=Span(file),
        )
    cells = [*_cells(file, value["cells"])]
    header: tuple[tuple[str, int], ...] = ()
    if cells and cells[0].kind in ("raw", "markdown"):
        own = [line.rstrip() for line in cells[0].lines]
        if len(own) > 1 and own[0] == own[-1] == "---":
            header, cells = tuple((line, n) for n, line in enumerate(own[1:-1], 2)), cells[1:]
    metadata = value.get("metadata")
    said = [_of(metadata, "language_info", "name"), _of(metadata, "kernelspec", "language"), "python"]
    language = next(each for each in said if isinstance(each, str) and LANGUAGE.fullmatch(each))
    return Notebook(tuple(cells), header, language.lower())


def _of(value: Any, *keys: str) -> Any:
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def _cells(file: str, listed: list[Any]) -> Iterator[Cell]:
    for number, value in enumerate(listed, 1):
        here = Span(Cells(file, ((number, 0, 0),)), 1)
        kind = _of(value, "cell_type")
        if kind not in KINDS:
            raise Refusal(
                f"a cell is one of {', '.join(KINDS)}",
                "open it in Jupyter and save it again",
                what=f"`{kind}` is no kind of cell" if isinstance(kind, str) else "this is no cell",
                span=here,
            )
        source = value.get("source")
        if isinstance(source, list) and all(isinstance(each, str) for each in source):
            source = "".join(source)
        outputs = value.get("outputs") or []
        if outputs and (kind != "code" or source is None or (isinstance(source, str) and not source.strip())):
            raise Refusal(
                "nothing on the page would say where it comes from",
                "run the notebook again, or clear this cell's output",
                what="an output without its cell",
                span=here,
            )
        if not isinstance(source, str) or not isinstance(outputs, list):
            raise Refusal(
                "it has no source that is text",
                "open it in Jupyter and save it again",
                what="this is no cell",
                span=here,
            )
        tags = _of(value, "metadata", "tags")
        marked = frozenset(map(str, tags)) if isinstance(tags, list) else frozenset()
        lines = tuple(unix(source).split("\n"))
        yield Cell(number, kind, lines, 0, _attachments(value.get("attachments")), marked)


def _attachments(value: Any) -> dict[str, str]:
    found = {}
    for name, bundle in value.items() if isinstance(value, dict) else ():
        for kind, data in bundle.items() if isinstance(bundle, dict) else ():
            if isinstance(data, str) and str(kind).startswith("image/"):
                found[str(name)] = f"data:{kind};base64,{''.join(data.split())}"
    return found
