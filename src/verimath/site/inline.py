"""Formulas in the text, `$…$`, as an inline pattern of Python-Markdown."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.util import AMP_SUBSTITUTE, STX, AtomicString

from ..latex.accept import set_inline
from ..message.refusal import Refusal
from ..message.source import Span
from ..page.page import FORMULA
from . import marker
from .draft import Draft
from .plain_text import plain_text

# What stands before something in the value of an HTML attribute, and in an address.
IN_ATTRIBUTE = re.compile(r"<[A-Za-z][^<>]*=\s*(?:\"[^\"<>]*|'[^'<>]*)$")
IN_ADDRESS = re.compile(r"<(?:ht|f)tps?://[^<>]*$|\]\([^)\s]*$")
# An address or an attribute may be that long.
LOOK_BEHIND = 2000
UNMATCHED = (
    "this $ opens or closes no formula",
    "a formula has no blank or full stop after its first dollar, no blank before its last, and no digit around",
    "write \\$ for the sign, and digits inside: $10^{-3}$; in a table, \\mid or \\vert for a bar in a formula",
)
# How a dollar that is meant to be shown passes through Markdown.
SHOWN_DOLLAR = marker.DOLLAR.replace("&", AMP_SUBSTITUTE)


class InlineFormula(InlineProcessor):
    """`$…$` in the text. Whatever looks like mathematics and isn't read as such is an error, never plain text."""

    def __init__(self, md: Markdown, draft: Draft) -> None:
        super().__init__(r"(?P<slashes>\\*)(?P<sign>\$|(?<=\\)[(\[]|(?<=\\)begin\{)", md)
        self.draft = draft

    def handleMatch(  # type: ignore[override]  # noqa: N802 - Python-Markdown's name
        self, m: re.Match[str], data: str
    ) -> tuple[ElementTree.Element | str | None, int | None, int | None]:
        start, escaped = m.start("sign"), len(m["slashes"]) % 2 == 1
        if m["sign"] == "$" and escaped:
            return SHOWN_DOLLAR, start - 1, m.end()
        if m["sign"] != "$" and not escaped:
            return None, None, None
        formula = FORMULA.match(data, start)
        begin = start - (m["sign"] != "$")
        problem = _problem(m["sign"], data, begin, formula)
        if formula is None or problem is not None:
            what, why, way_out = problem or UNMATCHED
            self.draft.report(Refusal(why, way_out, what=what, span=self._locate(data, begin)))
            return "", start, m.end()
        try:
            html = set_inline(formula["tex"], lambda: self.draft.page.locate(formula.group()))
        except Refusal as error:
            self.draft.report(error)
            return "", start, formula.end()
        element = ElementTree.Element("span", {"class": marker.INLINE_CLASS, "data-tex": formula["tex"]})
        element.text = AtomicString(plain_text(html).replace("$", SHOWN_DOLLAR))
        return element, start, formula.end()

    def _locate(self, data: str, start: int) -> Span:
        """By as much of the text as Markdown has left as it was, then by less."""
        text = re.split(f"[\n{STX}]", data[start : start + 60])[0]
        span = self.draft.page.locate(text)
        return span if span.line else self.draft.page.locate(text[:2].rstrip())


def _problem(sign: str, data: str, start: int, formula: re.Match[str] | None) -> tuple[str, str, str] | None:
    """What is wrong with what begins here: the statement, the evidence, the way out; None where a formula may."""
    before = data[max(0, start - LOOK_BEHIND) : start]
    if sign in ("[", "begin{") or data.startswith("$$", start):
        token = data[start : start + 2] if sign != "begin{" else "\\begin"
        fence = "displayed equations are written in a fence: ```math {#a-label}"
        bracket = "; a bracket alone, &#91;" if sign == "[" else ""
        return f"{token} outside of a fence", "no check would see what it displays", fence + bracket
    if sign == "(":
        return "\\( in the text", "", "write $…$ for a formula, ( alone for a bracket"
    if IN_ATTRIBUTE.search(before):
        return "a $ in an attribute of HTML", "", f"write {marker.DOLLAR} for the sign"
    if IN_ADDRESS.search(before):
        return "a $ in an address", "", "write %24 for it"
    if formula and STX in formula["tex"]:
        return "Markdown code inside a formula", "a ` begins code", "keep ` out of formulas"
    return None
