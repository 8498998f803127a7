"""Displayed formulas between `$$` and `$$ {#a-label}`, alone in their paragraph: fences by another spelling.

So is an environment of LaTeX's, as notebooks have it: `\\begin{align} … \\end{align} {#a-label}`.

One rule for pages and for the cells of notebooks: what is read here is read as a fence, and Markdown gets the fence.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from ..message.source import Span
from .fences import Fence, fences
from .text import text_of

ENVIRONMENT = re.compile(
    r"(?P<tex>\\begin\{(?P<name>[A-Za-z]+\*?)\}.*\\end\{(?P=name)\})[ ]*(?P<attributes>\{[^\n]*\})?[ ]*", re.DOTALL
)
BEGINS = ("$$", "\\begin{")
DISPLAYED = re.compile(r"\$\$(?P<tex>(?:\\.|\$(?!\$)|[^\\$])+?)\$\$[ ]*(?P<attributes>\{[^\n]*\})?[ ]*", re.DOTALL)
CONTAINED = re.compile(r"[> ]*")
# What stands before the attributes in the header of a fence.
HEADER = "math "


def displayed(file: str, lines: tuple[str, ...], body: int, fenced: Collection[int]) -> Iterator[Fence]:
    """The formulas of a page that stand between double dollars, in order; `info` of one without a label is `math`.

    Args:
        file: of the page, for messages.
        lines: of the file.
        body: the first below the front matter, counted from 1.
        fenced: those of fences.
    """
    if not any(sign in line for line in lines for sign in BEGINS):
        return
    text = text_of(lines, body, fenced).split("\n")
    number = 1
    while number <= len(text):
        last = number
        while last <= len(text) and text[last - 1].strip("> \0"):
            last += 1
        if last > number and (found := _read(file, lines, text[number - 1 : last - 1], number)):
            yield found
        number = last + 1


def with_fences(markdown: str) -> str:
    """The text of a page in which each such formula stands in a fence, for Markdown to read."""
    if not any(sign in markdown for sign in BEGINS):
        return markdown
    lines = tuple(markdown.split("\n"))
    fenced = {n for fence in fences("", lines) for n in range(fence.span.line, fence.last + 1)}
    written, last = [], 0
    for found in displayed("", lines, 1, fenced):
        prefix = lines[found.span.line - 1][: found.span.column]
        inside = [f"```{found.info}", *found.text.split("\n"), "```"]
        written += [*lines[last : found.span.line - 1], *(f"{prefix}{line}" for line in inside)]
        last = found.last
    return "\n".join([*written, *lines[last:]])


def _read(file: str, lines: tuple[str, ...], paragraph: list[str], first: int) -> Fence | None:
    """The formula that a paragraph is; None where it is something else."""
    begins = CONTAINED.match(paragraph[0])
    prefix = begins.group() if begins else ""
    if not paragraph[0].startswith(BEGINS, len(prefix)) or not all(line.startswith(prefix) for line in paragraph):
        return None
    whole = "\n".join(line[len(prefix) :] for line in paragraph)
    found = DISPLAYED.fullmatch(whole) or ENVIRONMENT.fullmatch(whole)
    if found is None or not found["tex"].strip():
        return None
    # Its lines, each as far in as in the file, so that a message's caret stands where it should.
    rows = found["tex"].split("\n")
    start, indent = first, len(prefix)
    if found.re is ENVIRONMENT:
        pass
    elif len(rows) == 1:
        indent += 2 + len(rows[0]) - len(rows[0].lstrip())
        rows = [rows[0].strip()]
    elif not rows[0].strip():
        start, rows = first + 1, rows[1:]
    else:
        rows[0] = f"  {rows[0]}"
    if not rows[-1].strip():
        rows = rows[:-1]
    last = first + len(paragraph) - 1
    span = Span(file, first, len(prefix), lines[first - 1])
    if found["attributes"] is None:
        return Fence(span, HEADER.strip(), len(prefix), "\n".join(rows), start, last, indent, file, lines)
    place = found.start("attributes")
    row = whole.count("\n", 0, place)
    column = len(prefix) + place - (whole.rfind("\n", 0, place) + 1)
    info, begin = HEADER + found["attributes"], column - len(HEADER)
    return Fence(span, info, begin, "\n".join(rows), start, last, indent, file, lines, first + row)
