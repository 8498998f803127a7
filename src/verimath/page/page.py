"""A Markdown file as a page of equations: its front matter, equations and snippets, each with its place in the file."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import field, fields, is_dataclass
from functools import cached_property, partial
from itertools import accumulate
from typing import Any

from ..kept.tool import digest
from ..message.frozen import frozen
from ..message.refusal import Refusal
from ..message.source import Span
from .asked import hidden, listed
from .blocks import Equation, Include, Shown, Snippet, read_block, second_label, second_snippet, unlabelled
from .displayed import HEADER, displayed
from .fences import Fence, fences, normalised, unix
from .formulas import Written, written
from .front_matter import front_matter
from .macros import Macros, in_front_matter, named, read_macros, replaced
from .notebook import as_page, is_notebook
from .text import breaks, placed, text_of, without_dollars

# An include as pymdownx.snippets reads it: of a whole file, of a section, or of some lines.
INCLUDED = re.compile(r"[ \t]*-+8<-+[ \t]+\"(?P<file>[^\":]+)(?::(?:(?P<section>[A-Za-z][\w-]*)|[-\d:,]*))?\"[ \t]*")
# The same as a list of files, one a line, between two lines of scissors.
MARKED = re.compile(r"[ \t]*-+8<-+[ \t]*")
LISTED = re.compile(r"[ \t]*(?P<file>[^\s;\":][^\":]*?)(?::(?:(?P<section>[A-Za-z][\w-]*)|[-\d:,]*))?[ \t]*")
# A reference to an equation, whose number is its text.
REFERENCE = re.compile(r"(?<!!)\[\]\(#(?P<label>[^)\s]{0,1000})\)")
# What no page can show, lone halves of a character among it.
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u2028\u2029\ud800-\udfff]")


def meant(value: object) -> object:
    """What a part of a page says, without where it stands in its file."""
    if isinstance(value, tuple | list):
        return tuple(meant(each) for each in value)
    if isinstance(value, dict):
        return tuple((key, meant(each)) for key, each in value.items())
    if is_dataclass(value) and not isinstance(value, type):
        held = (getattr(value, each.name) for each in fields(value))
        return type(value).__name__, tuple(meant(each) for each in held if not isinstance(each, Span | Fence))
    return value


@frozen
class Page:
    """One Markdown file, or a notebook as Markdown, read but not rendered.

    Attributes:
        lines: of the file, with the macros of its formulas replaced.
        unlabelled: the formulas between double dollars that have no label.
        macros: the site's and its own.
    """

    file: str
    lines: tuple[str, ...]
    front_matter: dict[str, Any]
    equations: tuple[Equation, ...]
    shown: tuple[Shown, ...]
    snippets: tuple[Snippet, ...]
    includes: tuple[Include, ...]
    fenced: frozenset[int] = field(repr=False)
    body: int  # the first line below the front matter
    unlabelled: tuple[Equation, ...] = ()
    macros: Macros = field(default_factory=Macros, repr=False)

    @cached_property
    def _text(self) -> str:
        return text_of(self.lines, self.body, self.fenced)

    @cached_property
    def prose(self) -> str:
        """The text without fences, code, comments and escaped dollars, each character where it stands in the file."""
        return without_dollars(self._text)

    @property
    def below(self) -> str:
        """All that stands below the front matter."""
        return "\n".join(self.lines[self.body - 1 :])

    @cached_property
    def containers(self) -> dict[int, tuple[str, ...]]:
        """What the lines of fences stand in, by number: the first signs of a list, a note, an admonition."""
        placed_lines = placed(self.lines, self.body, self.fenced)
        return {line.number: line.containers for line in placed_lines if line.number in self.fenced}

    @cached_property
    def _starts(self) -> list[int]:
        """Where each line begins, in characters of the file."""
        return list(accumulate((len(line) + 1 for line in self.lines), initial=0))

    @cached_property
    def written(self) -> tuple[Written, ...]:
        """The formulas in the text, and what looks like one and isn't, in order."""
        return tuple(written(self._text, breaks(self._text)))

    @cached_property
    def formal(self) -> str:
        """A name for all of it that other pages, or its own equations, can depend on: not its text, nor its lines."""
        return digest(self.file, *map(meant, (self.front_matter, self.equations, self.snippets)))

    @cached_property
    def places(self) -> str:
        """A name for where all of that stands, which messages say."""
        standing = [*(each.fence for each in self.equations), *(each.fence for each in self.snippets)]
        lines = [(fence.span, fence.prefix, self.lines[fence.first - 1 : fence.last]) for fence in standing]
        return digest(self.lines[: self.body], lines)

    def formulas(self) -> Iterator[tuple[str, Span]]:
        """The formulas in the text, each with the place of its first character."""
        for found in self.written:
            if found.tex:
                yield found.tex, self.span(found.start + 1)

    def references(self) -> Iterator[tuple[str, Span]]:
        """The labels that the text refers to."""
        for found in REFERENCE.finditer(self.prose):
            yield found["label"], self.span(found.start())

    def span(self, offset: int) -> Span:
        """The place of a character of the prose."""
        line = bisect_right(self._starts, offset)
        return Span(self.file, line, offset - self._starts[line - 1], self.lines[line - 1])

    def key(self, name: str) -> Span:
        """Where a key of the front matter stands."""
        for number, line in enumerate(self.lines, 1):
            if line.startswith(f"{name}:"):
                return Span(self.file, number, 0, line)
        return Span(self.file, 1, 0, self.lines[0] if self.lines else "")

    def locate(self, text: str) -> Span:
        """Where a piece of the prose first stands in the file; only the file where it can't be found.

        The prose comes back from Markdown without its lines, so it is looked for as it was written; a line break in it
        may have got the signs of a quotation or a list around it. Fences, code and escaped dollars come last.
        """
        first, *rest = text.split("\n")
        pattern = re.compile(re.escape(first) + "".join(rf"\n[> \t]*{re.escape(part.lstrip())}" for part in rest))
        whole = "\n".join(self.lines)
        found = (pattern.search(self.prose) or pattern.search(whole)) if text.strip() else None
        return _span(self.file, whole, self.lines, found.start()) if found else Span(self.file)


def read(file: str, text: str, macros: Macros | None = None) -> Page:
    """Read a page.

    Args:
        file: its path, for messages.
        text: the whole file, front matter included.
        macros: of its site.

    Raises:
        Refusal: for whatever Markdown would let pass in silence: malformed front matter or fences, a label that
            is missing, malformed or there twice, control characters.
    """
    if is_notebook(file):
        file, text = as_page(file, text)
    source = normalised(text)
    lines = tuple(source.split("\n"))
    if found := CONTROL.search(source):
        raise Refusal(
            f"U+{ord(found.group()):04X} can't be shown on a page",
            "delete it",
            what="a control character",
            span=_span(file, source, lines, found.start()),
        )
    values, start = front_matter(file, unix(text), lines)
    macros = Macros({**(macros or {}), **read_macros(values.get("macros"), partial(named, file, lines))})
    values, lines = in_front_matter(values, macros), replaced(file, lines, start, macros)
    equations: dict[str, Equation] = {}
    snippets: dict[str, Snippet] = {}
    shown: list[Shown] = []
    alone: list[Equation] = []
    blocks, fenced = _blocks(file, lines, start)
    for block in blocks:
        match block:
            case Equation(label=""):
                alone.append(block)
            case Equation():
                if block.label in equations:
                    raise second_label(block, equations[block.label])
                equations[block.label] = block
            case Snippet():
                if block.name in snippets:
                    raise second_snippet(block, snippets[block.name])
                snippets[block.name] = block
            case Shown():
                shown.append(block)
    page = Page(
        file,
        lines,
        values,
        tuple(equations.values()),
        tuple(shown),
        tuple(snippets.values()),
        tuple(includes(file, lines)),
        frozenset(fenced),
        start,
        tuple(alone),
        macros,
    )
    hidden(values, equations.keys(), page.key("hides"))
    listed(values, page.key("lists"))
    return page


def _blocks(file: str, lines: tuple[str, ...], start: int) -> tuple[list[Equation | Shown | Snippet], set[int]]:
    """The blocks of a page in order, and the numbers of the lines that they and other fences take."""
    found: list[tuple[Fence, Equation | Shown | Snippet | None]] = []
    fenced: set[int] = set()
    for fence in fences(file, lines, start):
        fenced.update(range(fence.span.line, fence.last + 1))
        found.append((fence, read_block(fence)))
    for fence in [*displayed(file, lines, start, fenced)]:
        fenced.update(range(fence.span.line, fence.last + 1))
        found.append((fence, unlabelled(fence) if fence.info == HEADER.strip() else read_block(fence)))
    in_order = sorted(found, key=lambda each: each[0].span.line)
    return [block for _, block in in_order if block is not None], fenced


def _span(file: str, text: str, lines: tuple[str, ...], offset: int) -> Span:
    line = text.count("\n", 0, offset) + 1
    return Span(file, line, offset - (text.rfind("\n", 0, offset) + 1), lines[line - 1])


def includes(file: str, lines: tuple[str, ...]) -> Iterator[Include]:
    """Every line of the page that includes a file, wherever it stands: pymdownx.snippets asks no more."""
    listed = False
    for number, line in enumerate(lines, 1):
        if MARKED.fullmatch(line):
            listed = not listed
        elif found := (LISTED if listed else INCLUDED).fullmatch(line):
            yield Include(found["file"], found["section"] or "", Span(file, number, found.start("file"), line))


def included_block(file: str, text: str) -> Equation | Shown | Snippet | None:
    """The first equation or snippet of a text that a page includes.

    Raises:
        Refusal: where one is written wrong.
    """
    blocks, _ = _blocks(file, tuple(normalised(text).split("\n")), 1)
    return blocks[0] if blocks else None
