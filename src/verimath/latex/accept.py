"""A formula of a page, typeset or refused: KaTeX's own errors, and what it sets without a word though it is wrong."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeVar

from ..message.refusal import Refusal
from ..message.source import Span
from ..page.blocks import Equation
from . import katex

# What a text tool between the author and the page leaves behind, and what would show less than was written:
# pattern, evidence, way out. The caret shows the pattern's group.
SILENT = [
    (
        re.compile(r"(?<!\\)(?:\\\\)*(\\)(?=[ ]*(?:\n|$))"),
        r"a single \ at the end of a line sets a space, and the next row runs on in this one",
        r"write \\ to end a row",
    ),
    (
        re.compile(r"(?<!\\)(?:\\\\)*(\\[A-Za-z]*@[A-Za-z@]*)"),
        "this command is KaTeX's own, and may print something else than is read",
        "write what is meant without it",
    ),
    (
        re.compile(r"([\^_])\s*\{\s*\}"),
        "this script is empty",
        r"write what it lost, such as ^{*}, or delete it",
    ),
    (
        re.compile(r"(?<!\\)(?:\\\\)*(%)"),
        "what follows % is a comment, which the page wouldn't show",
        r"write \% for the sign",
    ),
    (
        re.compile(r"(\\(?:tag|label|eqref|ref)(?![A-Za-z]))"),
        "numbers are given by the site, in reading order",
        "delete it; the fence has the label, and [](#a-label) refers to it",
    ),
]

# A formula that no one could check by eye is a mistake, and could keep KaTeX busy for minutes.
LONGEST = 20_000

# What KaTeX says, and the way out that it doesn't.
WAYS_OUT = [
    (
        "Undefined control sequence",
        "check its spelling; katex.org/docs/supported lists what there is; one of your own goes into the macros",
    ),
    ("could put foreign content", "write the formula without it"),
    ("HTML extension is disabled", "write the formula without it"),
    ("Unicode text character", r"put words into \text{…}"),
    ("Unrecognized Unicode character", r"write a LaTeX command for it, such as - or \ldots"),
    ("got '&'", "& parts columns: it belongs in an environment that has some, such as aligned"),
    ("Maximum call stack", "this is nested too deeply: give a name to a part of it"),
    ("got '#'", "write \\# for the sign"),
    ("Double superscript", "put brackets around what has the first one: (x^a)^b"),
    ("Double subscript", "write both in one subscript: x_{a,b}"),
    ("Too many expansions", "a macro calls itself: write what it stands for"),
    ("works only in text mode", "write the formula without it"),
    ("No such environment: eqnarray", "write align in its place, with one & before each relation"),
    ("No such environment", "write aligned, cases, bmatrix, or another one of katex.org/docs/supported"),
    ("Expected group as argument to '\\right'", "write the bracket that it closes with, such as \\right)"),
    ("Expected '\\right'", "write \\right), or another bracket that closes; \\right. for none"),
]


def check_equation(equation: Equation) -> None:
    """Refuse an equation that `set_equation` would refuse, without typesetting it.

    Raises:
        Refusal: as there.
    """
    _accepted(equation.tex, True, f"equation `{equation.label}`", equation.fence.at, katex.tree)


def check_inline(tex: str, span: Span) -> None:
    """Refuse a formula in the text that `set_inline` would refuse; `span` is the place of its first character.

    Raises:
        Refusal: as there.
    """
    _accepted(tex, False, "this formula", lambda offset: _inside(span, offset or 0), katex.tree)


def set_equation(equation: Equation) -> str:
    """KaTeX's HTML of a displayed equation.

    Raises:
        Refusal: at the character where KaTeX, or the table above, refuses it.
    """
    what = f"equation `{equation.label}`" if equation.label else "this formula"
    return _accepted(equation.tex, True, what, equation.fence.at, katex.typeset).html


def set_inline(tex: str, where: Callable[[], Span]) -> str:
    """KaTeX's HTML of a formula in the text; `where` finds its opening dollar, which takes as long as the page does.

    Raises:
        Refusal: as above.
    """

    def at(offset: int | None) -> Span:
        span = where()
        if not span.line:
            # The text comes from elsewhere, from an included file: the formula itself shows where.
            return Span(span.file, 0, offset or 0, tex.replace("\n", " "))
        return _inside(span, 1 + (offset or 0))

    return _accepted(tex, False, "this formula", at, katex.typeset).html


def _inside(span: Span, offset: int) -> Span:
    """A place behind another one; a formula that goes on on the next line keeps the caret on the one where it opens."""
    return Span(span.file, span.line, min(span.column + offset, len(span.excerpt)), span.excerpt)


T = TypeVar("T")


def _accepted(
    tex: str,
    display: bool,
    what: str,
    at: Callable[[int | None], Span],
    ask: Callable[[str, bool], T | katex.Rejection],
) -> T:
    """What KaTeX makes of a formula."""
    if len(tex) > LONGEST:
        raise Refusal(
            way_out=f"part it: {LONGEST:,} are the most", what=f"{what} has {len(tex):,} characters", span=at(0)
        )
    for pattern, evidence, way_out in SILENT:
        if found := pattern.search(tex):
            raise Refusal(
                evidence, way_out, what=f"{what} would be shown otherwise than it was written", span=at(found.start(1))
            )
    answer = ask(tex, display)
    if isinstance(answer, katex.Rejection):
        way_out = next((way_out for said, way_out in WAYS_OUT if said in answer.message), "")
        raise answer.kind(answer.message, way_out, what=f"{what} can't be typeset", span=at(answer.offset))
    return answer
