"""What stands between a page's fences: references that lead somewhere, and no displayed mathematics."""

from __future__ import annotations

from difflib import get_close_matches

from ..latex.accept import check_inline
from ..message.refusal import Refusal
from ..message.source import Span
from ..page.page import DISPLAYED, Page


def check_text(page: Page, labels: set[str]) -> None:
    """Refuse a label that no equation bears, a formula that can't be typeset, a displayed one outside of a fence.

    Raises:
        Refusal: at the first.
    """
    for label, span in [*((shown.label, shown.place) for shown in page.shown), *page.references()]:
        if label not in labels:
            raise unknown_label(label, span, labels)
    for snippet in page.snippets:
        if snippet.verifies and snippet.name not in labels:
            raise unknown_label(snippet.name, snippet.place, labels)
    if found := DISPLAYED.search(page.prose):
        token = found.group().strip("\\") if "begin" not in found.group() else "begin"
        raise Refusal(
            "no check would see what it displays",
            "displayed equations are written in a fence: ```math {#a-label}",
            what=f"{'$$' if token == '$$' else chr(92) + token} outside of a fence",
            span=page.span(found.end() - 1),
        )
    for tex, span in page.formulas():
        check_inline(tex, span)


def unknown_label(label: str, span: Span, labels: set[str]) -> Refusal:
    """The error of a reference to nothing."""
    close = get_close_matches(label, labels, 1)
    return Refusal(
        way_out=f"did you mean `{close[0]}`?" if close else "a label is what stands after # in an equation's fence",
        what=f"there is no equation `{label}` on this site",
        span=span,
    )
