"""What of a page is text, and where a line of it ends a thought: read as Python-Markdown reads it, in one pass.

Fences, code, comments and escaped dollars are none: each character of them becomes U+0000, so that all others stand
where they stand in the file.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterator

from ..message.frozen import frozen
from .fences import TAB

MASK = "\0"
# What begins something that isn't text, up to its end.
UNREAD = re.compile(r"(?<![\\`])(?:\\\\)*(?P<ticks>`+)|<!--|(?:^|(?<=\n))[ ]{0,3}<(?P<tag>pre|script|style)\b", re.I)
ESCAPED = re.compile(r"(?<!\\)(?:\\\\)*(\\\$)")
QUOTED = re.compile(r"[ ]{0,3}(?:>[ ]?)+")
# Whose content stands four columns further in: a list's or a definition's marker, a note's, an admonition's, a tab's.
OPENS = re.compile(r"(?:[-*+:]|\d+[.)])[ ]|\[\^[^\]]+\]:|(?:!!!|\?\?\?\+?|===[!+]*)[ ]")
# A line that begins a block of its own, whatever stands above it, or below the first item of a list.
BEGINS = re.compile(r"[> ]*(?:#{1,6}|\[\^?[^\]]+\]:|!!!|\?\?\?|===)")
ITEM = re.compile(r"[> ]*(?:[-*+:]|\d+[.)])[ ]")
# The line below a table's header.
DELIMITER = re.compile(r"[> ]*\|?[ ]*:?-+:?[ ]*\|[-:| ]*|[> ]*\|[ ]*:?-+:?[ ]*\|?[ ]*")
CELL_END = re.compile(r"(?<!\\)\|")


def text_of(lines: tuple[str, ...], body: int, fenced: Collection[int]) -> str:
    """The text of a page, each character where it stands in the file.

    Args:
        lines: of the file.
        body: the first below the front matter, counted from 1.
        fenced: those of fences.
    """
    code = (line.number for line in placed(lines, body, fenced) if line.is_code)
    hidden = {*fenced, *code, *range(1, body)}
    kept = "\n".join(MASK * len(line) if n in hidden else line for n, line in enumerate(lines, 1))
    pieces, last = [], 0
    for start, end in _unread(kept):
        pieces += [kept[last:start], re.sub(r"[^\n]", MASK, kept[start:end])]
        last = end
    return "".join([*pieces, kept[last:]])


def without_dollars(text: str) -> str:
    """A text whose escaped dollars are hidden too."""
    return ESCAPED.sub(lambda found: found.group()[:-2] + MASK * 2, text)


@frozen
class Line:
    """A line that isn't blank.

    Attributes:
        number: in the file, from 1.
        is_code: whether Markdown takes it for code, since it stands further in than anything there holds text.
        containers: what it stands in, each as its first line begins.
    """

    number: int
    is_code: bool
    containers: tuple[str, ...]


def placed(lines: tuple[str, ...], body: int, fenced: Collection[int]) -> Iterator[Line]:
    """The lines below the front matter, each with what it stands in."""
    # A container holds text four columns further in.
    opened: list[str] = []
    after_blank, quoted, code, listed = True, 0, False, False
    for number, line in enumerate(lines[body - 1 :], body):
        quote = QUOTED.match(line)
        rest = line[quote.end() :] if quote else line
        if not rest.strip():
            after_blank = True
            continue
        marks = quote.group().count(">") if quote else 0
        if marks != quoted and (after_blank or marks):
            opened, after_blank, quoted = [], True, marks
        content = rest.lstrip(" ")
        level = (len(rest) - len(content)) // TAB
        if number in fenced:
            yield Line(number, False, tuple(opened[:level]))
            continue
        if level > len(opened) and (after_blank or code):
            after_blank, code = False, True
            yield Line(number, True, tuple(opened))
            continue
        if after_blank:
            opened = opened[:level]
        yield Line(number, False, tuple(opened[:level]))
        opens = OPENS.match(content)
        if after_blank:
            listed = opens is not None
        # A list begins after an empty line; below its first item, each marker begins another. A definition stands
        # below its term.
        if opens and (listed or content.startswith(":") or not ITEM.match(content)):
            opened = [*opened[:level], *[""] * (level - len(opened)), content[:3]]
        after_blank = code = False


def breaks(text: str) -> list[int]:
    """Where the blocks of a text end and its tables' cells, in order: no formula and no code goes on across one."""
    found: list[int] = []
    offset, begins, table, listed = 0, True, False, False
    lines = text.split("\n")
    for line, below in zip(lines, [*lines[1:], ""], strict=True):
        blank = not line.strip("> \0")
        if begins:
            table, listed = is_header(line, below), ITEM.match(line) is not None
        if blank or begins or BEGINS.match(line) or (listed and ITEM.match(line)):
            found.append(offset)
        if table and not blank:
            found += [offset, *(offset + cell.start() for cell in CELL_END.finditer(line))]
        offset, begins = offset + len(line) + 1, blank
    return [*found, len(text)]


def is_header(line: str, below: str) -> bool:
    """Whether two lines that begin a block begin a table: they have as many cells."""
    return "|" in line and DELIMITER.fullmatch(below) is not None and _cells(line) == _cells(below)


def _cells(row: str) -> int:
    return len(CELL_END.findall(row.strip("> ").removeprefix("|").removesuffix("|"))) + 1


def _unread(text: str) -> Iterator[tuple[int, int]]:
    """Where comments, code between backticks and the code of raw HTML begin and end."""
    runs: defaultdict[int, list[int]] = defaultdict(list)
    for run in re.finditer("`+", text):
        runs[len(run.group())].append(run.start())
    ends = breaks(text)
    # What is looked for once and isn't there isn't looked for again: a page may open 10⁵ comments.
    absent: set[str] = set()
    position = 0
    while found := UNREAD.search(text, position):
        position = found.end()
        if found["ticks"]:
            start, length = found.start("ticks"), len(found["ticks"])
            later = runs[length]
            place = bisect_left(later, position)
            if place < len(later) and later[place] <= ends[bisect_left(ends, position)]:
                position = later[place] + length
                yield start, position
            continue
        closing = "-->" if found["tag"] is None else f"</{found['tag'].lower()}>"
        if closing not in absent:
            end = re.compile(re.escape(closing), re.IGNORECASE).search(text, position)
            if end is None:
                absent.add(closing)
            else:
                position = end.end()
                yield found.start(), position
