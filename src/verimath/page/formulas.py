"""Formulas in the text, `$…$`, and what looks like one and isn't: the rules that a page and its HTML are read by."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from ..message.frozen import frozen
from .text import MASK

# A formula in the text. What follows a price isn't one: "5$, ou 6$." or "$5/$6".
FORMULA = re.compile(
    r"(?<!\d)\$(?![\s$]|[,.;:!?)/]\s|(?<=\w\$)[,.;:!?)/])(?P<tex>(?:\\.|[^\\$])+?)(?<!\s)\$(?![\d$])", re.DOTALL
)
# What may begin one, or would display one that no fence holds.
SIGN = r"(?<!\\)(?P<slashes>\\*)(?P<sign>\$|(?<=\\)[(\[]|(?<=\\)begin\{)"
SIGNS = re.compile(SIGN)
# What stands before something in the value of an HTML attribute, and in an address.
IN_ATTRIBUTE = re.compile(r"<[A-Za-z][^<>]*=\s*(?:\"[^\"<>]*|'[^'<>]*)$")
IN_ADDRESS = re.compile(r"<(?:ht|f)tps?://[^<>]*$|\]\([^)\s]*$")
# An address or an attribute may be that long.
LOOK_BEHIND = 2000
# What stands for code in a text of which some is read: here, and in Python-Markdown's.
CODE = re.compile(f"[{MASK}\x02]")
# A dollar in HTML that is meant to be shown; any other in a finished page is one that nothing read.
DOLLAR = "&#36;"

# The statement, the evidence, the way out.
Problem = tuple[str, str, str]
UNMATCHED: Problem = (
    "this $ opens or closes no formula",
    "a formula has no blank or full stop after its first dollar, no blank before its last, and no digit around",
    "write \\$ for the sign, and digits inside: $10^{-3}$; in a table, \\mid or \\vert for a bar in a formula",
)


@frozen
class Written:
    """A formula in the text, or what looks like one and isn't.

    Attributes:
        start, end: from its first dollar or backslash to the character after its last, or to the end of its block.
        tex: what stands between the dollars; empty where it can't be read.
        problem: why it can't be, where no one has said it.
    """

    start: int
    end: int
    tex: str
    problem: Problem | None = None


def is_escaped(found: re.Match[str]) -> bool:
    """Whether the backslashes before a sign leave one for it."""
    return len(found["slashes"]) % 2 == 1


def written(text: str, breaks: list[int]) -> Iterator[Written]:
    """The formulas of a text whose blocks end at `breaks`, and in each block the first that isn't one."""
    begun = False
    for begin, end in pairwise([0, *breaks]):
        position, breaks_off = begin, False
        while found := SIGNS.search(text, position, end):
            position, start = found.end(), found.start("sign")
            if is_escaped(found) == (found["sign"] == "$"):
                continue
            formula = FORMULA.match(text, start, end)
            start -= found["sign"] != "$"
            before = text[max(begin, start - LOOK_BEHIND) : start]
            wrong = problem(found["sign"], before, text[start : start + 2], formula)
            if wrong is not None or formula is None:
                # What follows is read from the wrong end of it, the other half of it in the next block too.
                breaks_off = wrong is None and not begun
                yield Written(start, end, "", wrong or (UNMATCHED if breaks_off else None))
                break
            yield Written(start, formula.end(), formula["tex"])
            position = formula.end()
        if text[begin:end].strip("> \n\0"):
            begun = breaks_off


def problem(sign: str, before: str, token: str, formula: re.Match[str] | None) -> Problem | None:
    """What is wrong with what begins here; None where a formula may.

    Args:
        sign: as `SIGN` found it.
        before: what stands before it in its block, or before its backslash.
        token: the two characters that it begins with.
        formula: what `FORMULA` finds from there on.
    """
    before = before[-LOOK_BEHIND:]
    if sign in ("[", "begin{") or token == "$$":
        token = token if sign != "begin{" else "\\begin"
        fence = "displayed equations are written in a fence: ```math {#a-label}"
        if token == "$$":
            fence += ", or as $$ … $$ {#a-label} with empty lines around"
        bracket = "; a bracket alone, &#91;" if sign == "[" else ""
        return f"{token} outside of a fence", "no check would see what it displays", fence + bracket
    if sign == "(":
        return "\\( in the text", "", "write $…$ for a formula, ( alone for a bracket"
    if IN_ATTRIBUTE.search(before):
        return "a $ in an attribute of HTML", "", f"write {DOLLAR} for the sign"
    if IN_ADDRESS.search(before):
        return "a $ in an address", "", "write %24 for it"
    if formula and CODE.search(formula["tex"]):
        return "Markdown code inside a formula", "a ` begins code", "keep ` out of formulas"
    return None
