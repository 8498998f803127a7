"""Functions on the HTML of a site: what it holds against what was written, numbers, references, KaTeX's HTML."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from html import escape, unescape

from . import katex
from .blocks import Equation, second_label, second_snippet
from .errors import VerimathError
from .markdown import data
from .pages import Page
from .source import Span

EQUATION = re.compile(
    r'<div class="vm-equation" data-label="(?P<label>[^"]*)" data-tex="(?P<tex>[^"]*)">(?P<reading>[^<]*)</div>'
)
SHOWN = re.compile(r'<div class="vm-equation" data-show="(?P<label>[^"]*)"></div>')
SNIPPET = re.compile(r'<div class="vm-snippet" data-snippet="(?P<name>[^"]*)">')
REFERENCE = re.compile(r'<span class="vm-ref" data-label="(?P<label>[^"]*)">[^<]*</span>')
DISPLAY = re.compile(r'<span class="vm-display" data-tex="(?P<tex>[^"]*)">[^<]*</span>')
# Browsers break a line before and after a formula, even where a bracket or a full stop clings to it.
CLINGING = r"[^ \t\n<>]{0,12}"
INLINE = re.compile(
    rf'(?P<before>{CLINGING})<span class="vm-inline" data-tex="(?P<tex>[^"]*)">(?P<reading>[^<]*)</span>'
    rf"(?P<after>{CLINGING})"
)
# Lengths of a formula's reading: up to the first it needn't break, above the second it may be wider than a phone.
SHORT, LONG = 12, 28
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)

# What a number is called aloud, by the language of the site.
NAMES = {"fr": "Équation", "en": "Equation", "de": "Gleichung", "es": "Ecuación", "it": "Equazione"}


@dataclass(frozen=True)
class Numbered:
    """An equation with its number on the site and the address of the page that holds it."""

    equation: Equation
    number: int
    url: str


def without_comments(html: str) -> str:
    """A page without what its author commented out: Markdown typesets the fences in there all the same."""
    return COMMENT.sub("", html)


def refuse_difference(page: Page, html: str) -> None:
    """Compare what a page holds once it is HTML with what its file says.

    Markdown drops or moves a fence without a word: in a comment, in code, indented too little. So the file is read
    twice, by superfences and by `pages.py`, and the two must agree to the letter.

    Raises:
        VerimathError: at the fence that one has and the other hasn't.
    """
    written = Counter([(equation.label, equation.tex.strip("\n")) for equation in page.equations])
    written.update((shown.label, "shown again") for shown in page.shown)
    written.update((snippet.name, "snippet") for snippet in page.snippets)
    held = Counter((unescape(m["label"]), unescape(m["tex"]).strip("\n")) for m in EQUATION.finditer(html))
    held.update((unescape(m["label"]), "shown again") for m in SHOWN.finditer(html))
    held.update((unescape(m["name"]), "snippet") for m in SNIPPET.finditer(html))
    blocks = [(equation.label, equation.fence) for equation in page.equations]
    blocks += [(shown.label, shown.fence) for shown in page.shown]
    blocks += [(snippet.name, snippet.fence) for snippet in page.snippets]
    for name, fence in blocks:
        if any(key[0] == name for key in written - held):
            raise VerimathError(
                fence.span,
                f"`{name}` isn't on the page as it is written here",
                "Markdown sees no fence in this place, or another text in it",
                "in a list or an admonition, indent it by 4 a level; to show a fence as code, put it in a longer fence",
            )
    for label, _ in held - written:
        raise VerimathError(
            Span(page.file),
            f"the page holds `{label or 'an equation without a label'}`, which its file doesn't",
            "it comes from an included file, whose lines no message could name",
            "write it in the page itself",
        )


def refuse_headings(page: Page, anchors: Iterable[str]) -> None:
    """Refuse a heading whose anchor is an equation's label: a link would lead to the one that comes first."""
    taken = set(anchors)
    for equation in page.equations:
        if equation.label in taken:
            raise VerimathError(
                equation.fence.header(equation.fence.info.find("#") + 1),
                f"the label `{equation.label}` is the anchor of a heading of this page too",
                way_out="give the heading an anchor of its own: ## Heading {#another}",
            )


def number(pages: Iterable[tuple[Page, str]]) -> dict[str, Numbered]:
    """Number the equations of all pages, given in reading order with their addresses.

    Raises:
        VerimathError: for a label or the name of a snippet that two pages use, or a snippet of no equation.
    """
    numbered: dict[str, Numbered] = {}
    snippets: dict[str, tuple[Page, int]] = {}
    read = list(pages)
    for page, url in read:
        for equation in page.equations:
            if equation.label in numbered:
                raise second_label(equation, numbered[equation.label].equation)
            numbered[equation.label] = Numbered(equation, len(numbered) + 1, url)
    for page, _ in read:
        for index, snippet in enumerate(page.snippets):
            if snippet.name in snippets:
                other, place = snippets[snippet.name]
                raise second_snippet(snippet, other.snippets[place])
            snippets[snippet.name] = (page, index)
            if snippet.verifies and snippet.name not in numbered:
                column = snippet.fence.info.find('"') + 1
                raise _unknown(snippet.name, snippet.fence.header(column), numbered)
    return numbered


def _unknown(label: str, span: Span, numbered: Mapping[str, Numbered]) -> VerimathError:
    close = get_close_matches(label, numbered, 1)
    return VerimathError(
        span,
        f"there is no equation `{label}` on this site",
        way_out=f"did you mean `{close[0]}`?" if close else "a label is what stands after # in an equation's fence",
    )


def resolve(page: Page, html: str, url: str, numbered: Mapping[str, Numbered], language: str) -> str:
    """Put numbers to a page's equations and references.

    Args:
        html: the page's content, with markers.
        url: the page's address, from which links are relative.
        numbered: all equations of the site by label.
        language: of the site, for what a number is called aloud.

    Raises:
        VerimathError: for a reference to nothing.
    """
    name = NAMES.get(language, NAMES["en"])

    def known(label: str, span: Span) -> Numbered:
        if label not in numbered:
            raise _unknown(label, span, numbered)
        return numbered[label]

    def address(target: Numbered) -> str:
        return escape(f"{relative(target.url, url)}#{target.equation.label}")

    def equation(found: re.Match[str]) -> str:
        return _box(numbered[found["label"]], found["reading"], "", name)

    def shown(found: re.Match[str]) -> str:
        label = unescape(found["label"])
        span = next(again.fence.header(again.fence.info.find('"') + 1) for again in page.shown if again.label == label)
        return _box(known(label, span), "", address(known(label, span)), name)

    def reference(found: re.Match[str]) -> str:
        label = unescape(found["label"])
        target = known(label, page.locate(f"[](#{label})"))
        return f'<a class="vm-ref" href="{address(target)}">({target.number})</a>'

    return REFERENCE.sub(reference, SHOWN.sub(shown, EQUATION.sub(equation, html)))


def _box(numbered: Numbered, reading: str, address: str, name: str) -> str:
    """A displayed equation with its number beside it; at `address`, if given, stands the original."""
    label = escape(numbered.equation.label)
    identity = f'class="vm-equation vm-shown"{data(label=label)}' if address else f'class="vm-equation" id="{label}"'
    formula = f'<span class="vm-display"{data(tex=numbered.equation.tex)}>{reading}</span>'
    # A long formula scrolls in its own box, which the keyboard must reach and a screen reader must name.
    box = f'<div class="vm-formula" tabindex="0" role="group" aria-label="{name} {numbered.number}">{formula}</div>'
    link = f'<a class="vm-number" href="{address or "#" + label}">({numbered.number})</a>'
    return f"<div {identity}>{box}{link}</div>"


def relative(target: str, base: str) -> str:
    """The address of one page of the site as a link on another; empty for the page itself."""
    if target == base:
        return ""
    up = "../" * base.count("/")
    return up + target or "./"


def set_formulas(html: str) -> str:
    """Put KaTeX's HTML in the place of each marker."""
    return INLINE.sub(_inline, DISPLAY.sub(_display, html))


def _katex(marker: re.Match[str], display: bool) -> str:
    match katex.typeset(unescape(marker["tex"]), display):
        case katex.Typeset(html):
            return html
        case katex.Refusal(message):
            raise AssertionError(f"a formula that was accepted is refused: {message}")


def _display(marker: re.Match[str]) -> str:
    return f'<div class="vm-display">{_katex(marker, True)}</div>'


def _inline(marker: re.Match[str]) -> str:
    """A formula in the text, with the punctuation that clings to it."""
    html = _katex(marker, False)
    length = len(unescape(marker["reading"]))
    if length > LONG:
        # It may be wider than a phone, so it scrolls as a displayed one does, and the keyboard must reach it.
        return f'{marker["before"]}<span class="vm-inline vm-long" tabindex="0">{html}</span>{marker["after"]}'
    glued = f'{marker["before"]}<span class="vm-inline">{html}</span>{marker["after"]}'
    clings = length <= SHORT and (marker["before"] or marker["after"])
    return f'<span class="vm-glued">{glued}</span>' if clings else glued
