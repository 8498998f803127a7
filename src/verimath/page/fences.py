"""The fences of a Markdown file, with their lines: what superfences doesn't tell, and what it lets pass in silence.

superfences hands a fence's text to a formatter, but neither its line nor the fences it didn't recognise: `math{#x}`, a
fence that nothing closes, a line that is indented less than its fence. This room reads the file itself, by the same
rules, and refuses those. What it found is compared with what the page really holds once it is HTML (`compare.py`).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from ..message.frozen import frozen
from ..message.refusal import Refusal
from ..message.source import Span

# As superfences has it: indentation and quotation marks, then three or more of one sign.
OPENING = re.compile(r"(?P<prefix>[> \t]*)(?P<marker>`{3,}|~{3,})(?P<info>[^`\n]*)$")
LISTED = re.compile(r"[> \t]*(?:[-*+:]|\d+[.)]|\[\^[^\]]+\]:)[ \t]+(?P<marker>`{3,}|~{3,})[^`]*$")
# An equation's header behind signs of another kind, or too few: Markdown takes it for text.
ALIKE = re.compile(r"[ ]{0,3}(?:>[ ]?)*(?P<marker>[^\w\s>|({[$\\]{2,})[ ]*\{?\.?math\b[ ]*\{[^}]*[#=]")
# Further in, Markdown takes it for code, and shows it.
COMMENT = re.compile(r"[ ]{0,3}<!--")
TAB = 4


@frozen
class Fence:
    """A fence as it stands in the file.

    Attributes:
        span: where the opening marks stand.
        info: what follows them, such as `math {#softmax}`.
        info_column: where that begins.
        text: the body, without the indentation or quotation marks of the fence.
        first: number of the body's first line, from 1.
        last: number of the line that closes the fence.
        prefix: how many columns of each line belong to the container, not to the body.
        file: as in `span`.
        lines: all lines of the file.
        info_line: the line of `info`; 0: that of the opening marks.
    """

    span: Span
    info: str
    info_column: int
    text: str
    first: int
    last: int
    prefix: int
    file: str
    lines: tuple[str, ...]
    info_line: int = 0

    def header(self, offset: int = 0) -> Span:
        """The place `offset` characters into the info string."""
        number = self.info_line or self.span.line
        return Span(self.file, number, self.info_column + offset, self.lines[number - 1])

    def at(self, offset: int | None) -> Span:
        """The place `offset` characters into the body; the fence's first line where None."""
        before = self.text[: offset or 0]
        row = before.count("\n")
        number = min(self.first + row, len(self.lines))
        column = self.prefix + len(before) - (before.rfind("\n") + 1)
        return Span(self.file, number, column, self.lines[number - 1])


def normalised(text: str) -> str:
    """The text as Python-Markdown sees it: one kind of line end, tabs as spaces, no blanks on blank lines."""
    return "\n".join("" if not line.strip() else line.expandtabs(TAB) for line in unix(text).split("\n"))


def unix(text: str) -> str:
    """The text with one kind of line end, as MkDocs reads a file."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def fences(file: str, lines: tuple[str, ...], start: int = 1) -> Iterator[Fence]:
    """All fences from line `start` on, in order; comments and the bodies of other fences hold none.

    Raises:
        Refusal: for a fence that isn't closed, or a line that leaves it before it is closed.
    """
    number = start
    ends = [last for last in range(start, len(lines) + 1) if "-->" in lines[last - 1]]
    while number <= len(lines):
        line = lines[number - 1]
        if COMMENT.match(line):
            place = bisect_left(ends, number)
            number = ends[place] if place < len(ends) else number
        elif opening := OPENING.match(line):
            fence, number = _read(file, lines, number, opening)
            yield fence
        elif listed := LISTED.match(line):
            raise Refusal(
                "Markdown doesn't see it there",
                "write it below, after an empty line, indented by 4",
                what="a fence on the line of a list's or a note's marker",
                span=Span(file, number, listed.start("marker"), line),
            )
        elif (alike := ALIKE.match(line)) and alike["marker"] not in line[alike.end("marker") :]:
            raise Refusal(
                "Markdown takes it for text, and no check would see it",
                "write ``` there, three of the sign `, and below its end",
                what=f"{alike['marker']} begins no fence",
                span=Span(file, number, alike.start("marker"), line),
            )
        number += 1


def _read(file: str, lines: tuple[str, ...], number: int, opening: re.Match[str]) -> tuple[Fence, int]:
    prefix, marker, info = opening["prefix"], opening["marker"], opening["info"]
    span = Span(file, number, opening.start("marker"), lines[number - 1])
    body: list[str] = []
    for last in range(number + 1, len(lines) + 1):
        line = lines[last - 1]
        if line.strip(" >") == "" and len(line) <= len(prefix):
            body.append("")
            continue
        if not line.startswith(prefix):
            raise Refusal(
                "this line stands further left than the fence",
                f"indent it like the fence, or close the fence first by a line {marker}",
                what=f"the fence of line {number} isn't closed before this line",
                span=Span(file, last, 0, line),
            )
        content = line[len(prefix) :]
        if content.rstrip() == marker:
            column = opening.start("info") + len(info) - len(info.lstrip())
            text = "\n".join(body)
            return Fence(span, info.strip(), column, text, number + 1, last, len(prefix), file, lines), last
        near = len(content) - len(content.lstrip()) < TAB
        if near and len(content.strip()) >= len(marker) and set(content.strip()) == {marker[0]}:
            raise Refusal(
                "the end has the same marks as the beginning, and stands as far in",
                f"write {prefix}{marker} and nothing else",
                what=f"this line looks like the end of the fence of line {number}, and isn't",
                span=Span(file, last, len(prefix), line),
            )
        if near and (nested := OPENING.match(content)) and nested["marker"] == marker and nested["info"].strip():
            raise Refusal(
                f"line {last} opens another one inside it",
                f"close it by a line {marker} above that; a fence that shows fences begins and ends with more marks",
                what="this fence isn't closed",
                span=span,
            )
        body.append(content)
    raise Refusal(
        f"no line {marker} below ends it", "close it where its text ends", what="this fence isn't closed", span=span
    )
