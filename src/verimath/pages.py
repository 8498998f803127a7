"""A Markdown file as a page of equations: its front matter, equations and snippets, each with its place in the file."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import yaml

from .blocks import Equation, Shown, Snippet, read_block, second_label, second_snippet
from .errors import VerimathError
from .fences import fences, normalised
from .source import Span

FRONT_MATTER = re.compile(r"---[ \t]*\n(?P<yaml>.*?)^(?:---|\.\.\.)[ \t]*$\n?", re.DOTALL | re.MULTILINE)

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u2028\u2029]")


@dataclass(frozen=True)
class Page:
    """One Markdown file, read but not rendered."""

    file: str
    lines: tuple[str, ...]
    front_matter: dict[str, Any]
    equations: tuple[Equation, ...]
    shown: tuple[Shown, ...]
    snippets: tuple[Snippet, ...]
    fenced: frozenset[int] = field(repr=False)

    def locate(self, text: str) -> Span:
        """Where a piece of the prose first stands in the file; only the file where it can't be found.

        The prose comes back from Markdown without its lines, so it is looked for as it was written; a line break in it
        may have got the signs of a quotation or a list around it.
        """
        first, *rest = (re.escape(part) for part in text.split("\n"))
        pattern = re.compile(first + "".join(rf"\n[> \t]*{part.lstrip()}" for part in rest))
        prose = "\n".join("" if number in self.fenced else line for number, line in enumerate(self.lines, 1))
        found = pattern.search(prose)
        if found is None or not text.strip():
            return Span(self.file)
        line = prose.count("\n", 0, found.start()) + 1
        column = found.start() - (prose.rfind("\n", 0, found.start()) + 1)
        return Span(self.file, line, column, self.lines[line - 1])


def read(file: str, text: str) -> Page:
    """Read a page.

    Args:
        file: its path, for messages.
        text: the whole file, front matter included.

    Raises:
        VerimathError: for whatever Markdown would let pass in silence: malformed front matter or fences, a label that
            is missing, malformed or there twice, control characters.
    """
    source = normalised(text)
    lines = tuple(source.split("\n"))
    if found := CONTROL.search(source):
        line = source.count("\n", 0, found.start()) + 1
        column = found.start() - (source.rfind("\n", 0, found.start()) + 1)
        raise VerimathError(
            Span(file, line, column, lines[line - 1]),
            "a control character",
            f"U+{ord(found.group()):04X} can't be shown on a page",
            "delete it",
        )
    front_matter, start = _front_matter(file, source, lines)
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
        file, lines, front_matter, tuple(equations.values()), tuple(shown), tuple(snippets.values()), frozenset(fenced)
    )


def _front_matter(file: str, source: str, lines: tuple[str, ...]) -> tuple[dict[str, Any], int]:
    """The front matter and the number of the first line below it."""
    found = FRONT_MATTER.match(source)
    if found is None:
        if source.startswith("---\n"):
            raise VerimathError(
                Span(file, 1, 0, lines[0]), "the front matter isn't closed", way_out="end it by a line ---"
            )
        return {}, 1
    try:
        values = yaml.safe_load(found["yaml"])
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line, column = (mark.line + 2, mark.column) if mark else (1, 0)
        span = Span(file, line, column, lines[line - 1])
        raise VerimathError(span, "the front matter isn't YAML", str(error.problem or error)) from error
    if values is not None and not isinstance(values, dict):
        raise VerimathError(
            Span(file, 2, 0, lines[1]), "the front matter isn't a table", way_out="write `title: …`, a key a line"
        )
    for number, line in enumerate(found["yaml"].split("\n"), 2):
        key, _, value = line.partition(":")
        if key in ("title", "description") and "$" in value:
            column = line.index("$")
            raise VerimathError(
                Span(file, number, column, line),
                f"LaTeX in the page's {key}",
                "it goes where nothing typesets it: tabs, search engines, bookmarks",
                "write it in words or Unicode",
            )
    return values or {}, source.count("\n", 0, found.end()) + 1
