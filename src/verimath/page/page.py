"""A Markdown file as a page of equations: its front matter, equations and snippets, each with its place in the file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import yaml

from ..message.refusal import Refusal
from ..message.source import Span
from .blocks import Equation, Include, Shown, Snippet, read_block, second_label, second_snippet
from .fences import fences, normalised, unix

# As MkDocs has it.
FRONT_MATTER = re.compile(r"-{3}[ \t]*\n(?P<yaml>.*?\n)(?:-{3}|\.{3})[ \t]*\n", re.DOTALL)

# An include as pymdownx.snippets reads it: of a whole file, of a section, or of some lines.
INCLUDED = re.compile(r"[ \t]*-+8<-+[ \t]+\"(?P<file>[^\":]+)(?::(?:(?P<section>[A-Za-z][\w-]*)|[-\d:,]*))?\"[ \t]*")
# A formula in the text. What follows a price isn't one: "5$, ou 6$." or "$5/$6".
FORMULA = re.compile(
    r"(?<!\d)\$(?![\s$]|[,.;:!?)/]\s|(?<=\w\$)[,.;:!?)/])(?P<tex>(?:\\.|[^\\$])+?)(?<!\s)\$(?![\d$])", re.DOTALL
)
# A reference to an equation, whose number is its text.
REFERENCE = re.compile(r"(?<!!)\[\]\(#(?P<label>[^)\s]*)\)")
# Displayed mathematics that no fence holds.
DISPLAYED = re.compile(r"\$\$|(?<!\\)(?:\\\\)*\\\[|(?<!\\)(?:\\\\)*\\begin\{")
LATEX = re.compile(r"\$|\\[(\[A-Za-z]")
NOT_READ = re.compile(r"(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)|\\\$")
# What no page can show, lone halves of a character among it.
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u2028\u2029\ud800-\udfff]")


@dataclass(frozen=True)
class Page:
    """One Markdown file, read but not rendered."""

    file: str
    lines: tuple[str, ...]
    front_matter: dict[str, Any]
    equations: tuple[Equation, ...]
    shown: tuple[Shown, ...]
    snippets: tuple[Snippet, ...]
    includes: tuple[Include, ...]
    fenced: frozenset[int] = field(repr=False)

    @cached_property
    def prose(self) -> str:
        """The text without fences, code and escaped dollars, each character where it stands in the file."""
        prose = "\n".join("\0" * len(line) if n in self.fenced else line for n, line in enumerate(self.lines, 1))
        return NOT_READ.sub(lambda found: "\0" * len(found.group()), prose)

    def formulas(self) -> Iterator[tuple[str, Span]]:
        """The formulas in the text, each with the place of its first character."""
        for found in FORMULA.finditer(self.prose):
            if "\0" not in found["tex"] and "\n\n" not in found["tex"]:
                yield found["tex"], self.span(found.start("tex"))

    def references(self) -> Iterator[tuple[str, Span]]:
        """The labels that the text refers to."""
        for found in REFERENCE.finditer(self.prose):
            yield found["label"], self.span(found.start())

    def span(self, offset: int) -> Span:
        """The place of a character of the prose."""
        return _span(self.file, "\n".join(self.lines), self.lines, offset)

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


def refuse_other_encodings(file: str, content: bytes) -> None:
    """Refuse a file that isn't UTF-8, which MkDocs would stop at without saying where."""
    try:
        content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        excerpt = content.split(b"\n")[line - 1].decode("ascii", "replace")
        column = error.start - (content.rfind(b"\n", 0, error.start) + 1)
        raise Refusal(
            error.reason, "save it as UTF-8", what="the page isn't UTF-8", span=Span(file, line, column, excerpt)
        ) from error


def read(file: str, text: str) -> Page:
    """Read a page.

    Args:
        file: its path, for messages.
        text: the whole file, front matter included.

    Raises:
        Refusal: for whatever Markdown would let pass in silence: malformed front matter or fences, a label that
            is missing, malformed or there twice, control characters.
    """
    source = normalised(text)
    lines = tuple(source.split("\n"))
    if found := CONTROL.search(source):
        raise Refusal(
            f"U+{ord(found.group()):04X} can't be shown on a page",
            "delete it",
            what="a control character",
            span=_span(file, source, lines, found.start()),
        )
    front_matter, start = _front_matter(file, unix(text), lines)
    equations: dict[str, Equation] = {}
    snippets: dict[str, Snippet] = {}
    shown: list[Shown] = []
    fenced: set[int] = set()
    for fence in fences(file, lines, start):
        fenced.update(range(fence.span.line, fence.last + 1))
        match read_block(fence):
            case Equation() as equation:
                if equation.label in equations:
                    raise second_label(equation, equations[equation.label])
                equations[equation.label] = equation
            case Snippet() as snippet:
                if snippet.name in snippets:
                    raise second_snippet(snippet, snippets[snippet.name])
                snippets[snippet.name] = snippet
            case Shown() as again:
                shown.append(again)
            case None:
                pass
    return Page(
        file,
        lines,
        front_matter,
        tuple(equations.values()),
        tuple(shown),
        tuple(snippets.values()),
        tuple(includes(file, lines)),
        frozenset(fenced),
    )


def _span(file: str, text: str, lines: tuple[str, ...], offset: int) -> Span:
    line = text.count("\n", 0, offset) + 1
    return Span(file, line, offset - (text.rfind("\n", 0, offset) + 1), lines[line - 1])


def includes(file: str, lines: tuple[str, ...]) -> Iterator[Include]:
    """Every line of the page that includes a file, wherever it stands: pymdownx.snippets asks no more."""
    for number, line in enumerate(lines, 1):
        if found := INCLUDED.fullmatch(line):
            yield Include(found["file"], found["section"] or "", Span(file, number, found.start("file"), line))


def _front_matter(file: str, source: str, lines: tuple[str, ...]) -> tuple[dict[str, Any], int]:
    """The front matter and the number of the first line below it."""
    found = FRONT_MATTER.match(source)
    if found is None:
        if source.startswith("---\n"):
            raise Refusal(
                way_out="end it by a line ---", what="the front matter isn't closed", span=Span(file, 1, 0, lines[0])
            )
        return {}, 1
    try:
        values = yaml.safe_load(found["yaml"])
    except RecursionError:
        raise Refusal(what="the front matter is nested too deeply", span=Span(file, 1, 0, lines[0])) from None
    except (yaml.YAMLError, ValueError, KeyError, AttributeError) as error:  # PyYAML lets Python's own errors through
        mark = getattr(error, "problem_mark", None)
        line, column = (mark.line + 2, mark.column) if mark else (1, 0)
        span = Span(file, line, column, lines[line - 1])
        raise Refusal(
            str(getattr(error, "problem", None) or error), what="the front matter isn't YAML", span=span
        ) from error
    if values is not None and not isinstance(values, dict):
        raise Refusal(
            way_out="write `title: …`, a key a line",
            what="the front matter isn't a table",
            span=Span(file, 2, 0, lines[1]),
        )
    for key in ("title", "description"):
        value = (values or {}).get(key)
        if isinstance(value, str) and (latex := LATEX.search(value)):
            place = source.find(latex.group(), source.find(f"\n{key}:"))
            raise Refusal(
                "it goes where nothing typesets it: tabs, search engines, bookmarks",
                "write it in words or Unicode",
                what=f"LaTeX in the page's {key}",
                span=_span(file, source, lines, max(place, 0)),
            )
    return values or {}, source.count("\n", 0, found.end()) + 1
