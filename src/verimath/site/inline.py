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
from ..page.formulas import DOLLAR, FORMULA, LOOK_BEHIND, SIGN, UNMATCHED, is_escaped, problem
from . import marker
from .draft import Draft
from .plain_text import plain_text

# How a dollar that is meant to be shown passes through Markdown.
SHOWN_DOLLAR = DOLLAR.replace("&", AMP_SUBSTITUTE)


class InlineFormula(InlineProcessor):
    """`$…$` in the text. Whatever looks like mathematics and isn't read as such is an error, never plain text."""

    def __init__(self, md: Markdown, draft: Draft) -> None:
        super().__init__(SIGN, md)
        self.draft = draft

    def handleMatch(  # type: ignore[override]  # noqa: N802 - Python-Markdown's name
        self, m: re.Match[str], data: str
    ) -> tuple[ElementTree.Element | str | None, int | None, int | None]:
        start, escaped = m.start("sign"), is_escaped(m)
        if m["sign"] == "$" and escaped:
            return SHOWN_DOLLAR, start - 1, m.end()
        if m["sign"] != "$" and not escaped:
            return None, None, None
        formula = FORMULA.match(data, start)
        begin = start - (m["sign"] != "$")
        wrong = problem(m["sign"], data[max(0, begin - LOOK_BEHIND) : begin], data[begin : begin + 2], formula)
        if formula is None or wrong is not None:
            what, why, way_out = wrong or UNMATCHED
            self.draft.report(Refusal(why, way_out, what=what, span=self._locate(data, begin)))
            return "", start, m.end()
        # Of an included text, the macros are replaced here.
        tex = self.draft.page.macros.in_text(formula["tex"])
        try:
            html = set_inline(tex, lambda: self.draft.page.locate(formula.group()))
        except Refusal as error:
            self.draft.report(error)
            return "", start, formula.end()
        element = ElementTree.Element("span", {"class": marker.INLINE_CLASS, marker.TEX: tex})
        element.text = AtomicString(plain_text(html).replace("$", SHOWN_DOLLAR))
        return element, start, formula.end()

    def _locate(self, data: str, start: int) -> Span:
        """By as much of the text as Markdown has left as it was, then by less."""
        text = re.split(f"[\n{STX}]", data[start : start + 60])[0]
        span = self.draft.page.locate(text)
        return span if span.line else self.draft.page.locate(text[:2].rstrip())
