"""What a page holds once it is HTML, against what its file says: nothing may be lost, moved or left as it was."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from html import unescape

from ..code.sections import Listing, code_lines
from ..derivation.prose import FORGED, MATHML, forged_classes, forgery, raw_mathml, second_anchor
from ..kept.store import Drawer
from ..kept.tool import digest
from ..latex import katex
from ..message.refusal import Refusal
from ..message.source import Span
from ..page.fences import Fence
from ..page.formulas import DOLLAR
from ..page.page import Page
from . import marker

COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
# What shows code, or what this package wrote, in which anything may stand.
CODE = re.compile(
    r"<(script|style|pre|code)\b.*?</\1>"
    r'|<div class="toc">.*?</div>|<kbd\b[^>]*>[^<]*</kbd>|<span class="filename">.*?</span>'
    r'|<div class="vm-equation".*?</div>|<(?:div|p|a) class="vm-(?:snippet|useful|drawing|more|files?)"[^>]*>'
    r'|<span class="vm-(?:inline|ref)"[^>]*>',
    re.DOTALL | re.IGNORECASE,
)
# Where an equation can't be seen.
HIDDEN = re.compile(r"<(script|style|textarea|template)\b.*?</\1>", re.DOTALL | re.IGNORECASE)
IDENTITY = re.compile(r"<[^>]*\sid\s*=\s*[\"']?([^\"'\s>]+)")

# Why a fence may not be on the page, and the way out.
MISSING = {
    "equation": (
        "Markdown sees no fence in this place, or another text in it",
        "in a list or an admonition, indent it by 4 a level; to show a fence as code, put it in a longer fence",
    ),
    "snippet": (
        "Markdown sees no fence in this place, or other code than was run",
        "write it outside of quotations, indented by 4 a level; pymdownx.snippets must be among the extensions",
    ),
}
MISSING["shown"] = MISSING["equation"]

# What shows that something was written for Markdown and not read by it: pattern, evidence, way out.
LEFT_OVER = [
    (
        re.compile(r"\b(?:title|alt|aria-label)=\"[^\"]*?(\$[^\"\n]{0,20})"),
        "a $ in an attribute of HTML",
        "no formula can be typeset there",
        f"write it in words, and {DOLLAR} for the sign",
    ),
    (
        re.compile(r"(?:\A|>)[^<]*?(\$[^\n<]{0,40})"),
        "a $ in raw HTML",
        "Markdown leaves raw HTML as it is, so no formula is typeset there",
        f'give its innermost element markdown="span", or write {DOLLAR} for the sign',
    ),
    (
        re.compile(r"(&lt;!--)"),
        "a comment that isn't one",
        "Markdown shows it: it isn't closed, or a fence stands in it",
        "begin it at the start of a line, with empty lines around, and close it by -->",
    ),
    (
        re.compile(r"(\\[A-Za-z]+\{[^\n<]{0,40})"),
        "LaTeX outside of a formula",
        "no $ opens it",
        "write $…$ around the formula, or `…` around code",
    ),
    (
        re.compile(r"(\[\]\(#[^)\n<]*\))"),
        "a reference that isn't read",
        "Markdown leaves raw HTML and the words of another link as they are",
        'write it outside of them, or give the element markdown="span"',
    ),
    (
        re.compile(r"(?:^|>)[ ]*(\|?[ ]*:?-+:?[ ]*\|[ ]*:?-+:?[ ]*[-:| ]*)(?=$|<)", re.MULTILINE),
        "this is no table",
        "the line above has another number of cells than this one, or isn't parted from the text above it",
        "begin a table after an empty line; in a formula, write \\mid or \\vert for a bar",
    ),
]


def without_comments(html: str) -> str:
    """A page without what its author commented out: Markdown typesets the fences in there all the same."""
    return COMMENT.sub("", html)


# Where what the fence holds never came to Markdown.
CHANGED = (
    "another plugin has changed this page before Markdown read it",
    "macros takes {# for the beginning of a comment: write { #label }, or give it another j2_comment_start_string",
)


def refuse_difference(
    page: Page, html: str, listings: Mapping[str, Listing], given: Collection[str] | None = None
) -> None:
    """Compare the fences of a file with what the page holds.

    Markdown drops or moves a fence without a word: in a comment, in code, indented too little. So the file is read
    twice, by superfences and by `pages.py`, and the two must agree to the letter.

    Args:
        page: as `pages.py` read it.
        html: as superfences left it, with markers.
        listings: the code that was run for each snippet, by name.
        given: the lines that Markdown was given, without blanks around them; None where that isn't known.

    Raises:
        Refusal: at the fence that one has and the other hasn't.
    """
    written: list[tuple[tuple[object, ...], Fence]] = [
        *((("equation", eq.label, eq.tex.strip("\n")), eq.fence) for eq in (*page.equations, *page.unlabelled)),
        *((("shown", again.label), again.fence) for again in page.shown),
        *((("snippet", found.name, code_lines(listings[found.name].code)), found.fence) for found in page.snippets),
    ]
    html = HIDDEN.sub("", html)
    held: Counter[tuple[object, ...]] = Counter()
    for label, tex, _ in map(marker.values, marker.EQUATION.finditer(html)):
        held["equation", label, tex.strip("\n")] += 1
    for (label,) in map(marker.values, marker.SHOWN.finditer(html)):
        held["shown", label] += 1
    for name, code in map(marker.values, marker.SNIPPET.finditer(html)):
        held["snippet", name, code_lines(code)] += 1
    for key, fence in written:
        if not held[key]:
            inside = (line.strip() for line in page.lines[fence.first - 1 : fence.last - 1])
            is_given = given is None or all(line in given for line in inside)
            evidence, way_out = MISSING[str(key[0])] if is_given else CHANGED
            raise Refusal(
                evidence,
                way_out,
                what=f"`{key[1] or key[0]}` isn't on the page as it is written here",
                span=fence.span,
            )
        held[key] -= 1
    for key in +held:
        raise Refusal(
            "it comes from an included file, whose lines no message could name",
            "write it in the page itself",
            what=f"the page holds `{key[1] or 'an equation without a label'}`, which its file doesn't",
            span=Span(page.file),
        )


def refuse_what_is_amiss(page: Page, html: str, drawer: Drawer) -> None:
    """Refuse what neither another file nor another build could change; a content that was fine is looked at once.

    Args:
        page: as `pages.py` read it.
        html: its content, with markers.
        drawer: what earlier builds have kept of it.

    Raises:
        Refusal: as the two that follow do.
    """
    key = digest("fine", html, [equation.label for equation in page.equations])
    if drawer.get(key, bool) is not True:
        refuse_left_over(page, html)
        refuse_second_anchor(page, html)
        drawer.put(key, True)


def refuse_second_anchor(page: Page, html: str) -> None:
    """Refuse an anchor that is an equation's label: a link would lead to whichever comes first."""
    taken = set(IDENTITY.findall(CODE.sub("", html)))
    for equation in page.equations:
        if equation.label in taken:
            raise second_anchor(equation)


def included(page: Page, html: str) -> Iterator[tuple[str, Span]]:
    """The formulas on a page that its file doesn't hold, since a text that it includes does."""
    own = {tex for tex, _ in page.formulas()}
    for tex, _ in map(marker.values, marker.ALONE.finditer(html)):
        if tex not in own:
            yield tex, page.locate(f"${tex}$")


def refuse_left_over(page: Page, html: str) -> None:
    """Refuse what was written for Markdown and reached the page as it was."""
    prose = CODE.sub("", html)
    for pattern, what, evidence, way_out in LEFT_OVER:
        if found := pattern.search(prose):
            raise Refusal(evidence, way_out, what=what, span=page.locate(unescape(found[1].split('"')[0])))
    if mathml := MATHML.search(prose):
        raise raw_mathml(page.locate(mathml.group()))
    for place in forged_classes(prose):
        raise forgery(page.locate(prose[place : place + 40].split(">")[0]))
    forged = [tex for tex, _ in map(marker.values, marker.ALONE.finditer(html))]
    forged = [tex for tex in forged if isinstance(katex.typeset(tex, False), katex.Rejection)]
    forged += [tex for (tex,) in map(marker.values, marker.DISPLAY.finditer(html))]
    if forged:
        raise Refusal(what=FORGED, span=page.locate(forged[0]))
