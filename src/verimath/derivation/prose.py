"""What stands between a page's fences: what is wrong with it, as far as the file itself shows it.

The command line and the build ask this, so that what stops one stops the other, with one message. What only HTML shows
is refused by the build (`nothing_lost`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from html import unescape

from ..latex.accept import check_equation, check_inline
from ..message.refusal import Refusal
from ..message.source import Span
from ..page.blocks import Equation
from ..page.elsewhere import dead_references
from ..page.page import Page
from ..page.project import Project
from .headings import anchors, headings

REFERRING = re.compile(r"\[\]\([\w-]*#")
# To a file, unlike what names another site.
LINKED = re.compile(r"(?<!!)\[\]\((?P<target>[^)#\s]{0,1000}[./][^)#\s]{0,1000}#[^)\s]{0,1000})\)")
# Attributes that attr_list gives to what stands before them.
ATTRIBUTES = re.compile(r"\{:?[ ]*[#.\w][^}\n]{0,300}\}")
COMMAND = re.compile(r"\\[A-Za-z]+\{[^\n<]{0,40}")
# HTML of formulas, which nothing would check: MathML, and what this package and KaTeX write.
MATHML = re.compile(r"<(?:\w+:)?math\b", re.IGNORECASE)
CLASS = re.compile(r"(?<![\w-])class\s*=\s*(?:\"(?P<a>[^\"]*)\"|'(?P<b>[^']*)'|(?P<c>[^\s\"'>]+))", re.IGNORECASE)
CLASS_LISTED = re.compile(r"\{:?[^{}\n]{0,300}?\.(?P<name>vm-|katex)", re.IGNORECASE)
OURS = ("vm-", "katex")
FORGED = "HTML that is written like verimath's own"

# The extension that reads what begins so, and what is in it.
READ_BY = {
    "!!!": "admonition",
    "???": "pymdownx.details",
    "===": "pymdownx.tabbed",
    "[^": "footnotes",
    ":": "def_list",
}


def text_faults(page: Page, labels: set[str], project: Project | None) -> Iterator[Refusal]:
    """What is wrong with a page's text; the same thing is said once.

    Args:
        page: as read.
        labels: those of all equations that it may refer to.
        project: the site that it belongs to, if any.
    """
    yield from _dead_references(page, labels)
    yield from dead_references(page, project.others if project else {})
    yield from _equations(page)
    yield from _formulas(page)
    yield from _links(page)
    yield from _html(page)
    yield from _fences(page, project)
    if project is None:
        return
    taken = anchors(page, project)
    for equation in page.equations:
        if equation.label in taken:
            yield second_anchor(equation)


def _referred(page: Page) -> list[tuple[str, Span]]:
    """The labels that a page refers to, each with its place."""
    tied = [(snippet.name, snippet.place) for snippet in page.snippets if snippet.verifies]
    return [*((shown.label, shown.place) for shown in page.shown), *page.references(), *tied]


def labels_read(page: Page) -> set[str]:
    """The labels that a page refers to."""
    return {label for label, _ in _referred(page)}


def _dead_references(page: Page, labels: set[str]) -> Iterator[Refusal]:
    """References to nothing, each label once."""
    said: set[str] = set()
    for label, span in _referred(page):
        if label not in labels and label not in said:
            said.add(label)
            yield unknown_label(label, span, labels)


def _equations(page: Page) -> Iterator[Refusal]:
    """Equations that can't be typeset; those that must hold are refused where that is checked."""
    for equation in page.equations:
        if not equation.defines:
            try:
                check_equation(equation)
            except Refusal as refusal:
                yield refusal


def _formulas(page: Page) -> Iterator[Refusal]:
    """Formulas that can't be typeset, and what looks like a formula and isn't."""
    seen: set[str] = set()
    attributes = "attributes right after a formula or a reference"
    for found in page.written:
        if found.problem is not None:
            what, why, way_out = found.problem
            yield Refusal(why, way_out, what=what, span=page.span(found.start))
        elif found.tex and ATTRIBUTES.match(page.prose, found.end):
            way_out = "part them by a blank, or write the formula without them"
            yield Refusal(way_out=way_out, what=attributes, span=page.span(found.start))
        elif found.tex and found.tex not in seen:
            seen.add(found.tex)
            try:
                check_inline(found.tex, page.span(found.start + 1))
            except Refusal as refusal:
                yield refusal
    yield from _commands(page)


def _commands(page: Page) -> Iterator[Refusal]:
    """LaTeX between the formulas; behind what isn't one, anything may stand."""
    between = 0
    for found in page.written:
        if command := COMMAND.search(page.prose, between, found.start):
            yield _alone(page, command.start())
        between = found.end
    if command := COMMAND.search(page.prose, between):
        yield _alone(page, command.start())


def _alone(page: Page, offset: int) -> Refusal:
    return Refusal(
        "no $ opens it",
        "write $…$ around the formula, or `…` around code",
        what="LaTeX outside of a formula",
        span=page.span(offset),
    )


def _links(page: Page) -> Iterator[Refusal]:
    """References that would be shown otherwise than they are meant."""
    for linked in LINKED.finditer(page.prose):
        yield Refusal(
            way_out="a label is unique on the site: write [](#label)",
            what="a link without words",
            span=page.span(linked.start()),
        )
    for heading in headings(page):
        if referred := REFERRING.search(heading.words):
            yield Refusal(
                way_out="titles are made before numbers are: refer to it in the text",
                what="a reference in a heading",
                span=page.span(heading.offset + referred.start()),
            )


def _html(page: Page) -> Iterator[Refusal]:
    """HTML of formulas that no check would see."""
    if mathml := MATHML.search(page.prose):
        yield raw_mathml(page.span(mathml.start()))
    places = [*forged_classes(page.prose), *(found.start("name") for found in CLASS_LISTED.finditer(page.prose))]
    if places:
        yield forgery(page.span(min(places)))


def forged_classes(html: str) -> Iterator[int]:
    """Where raw HTML has a class of this package's, or of KaTeX's."""
    for found in CLASS.finditer(html):
        names = unescape(found["a"] or found["b"] or found["c"] or "").lower().split()
        if any(name.startswith(OURS) for name in names):
            yield found.start()


def raw_mathml(span: Span) -> Refusal:
    """The error of MathML that an author wrote."""
    return Refusal(
        "no check would see what it displays",
        "write $…$ for a formula in the text, a fence ```math {#a-label} for a displayed one",
        what="<math> in raw HTML",
        span=span,
    )


def forgery(span: Span) -> Refusal:
    """The error of a class that only a checked formula may have."""
    return Refusal(
        "it would be taken for a formula that was checked",
        "write the formula itself, or choose another class",
        what=FORGED,
        span=span,
    )


def _fences(page: Page, project: Project | None) -> Iterator[Refusal]:
    """Fences and includes that Markdown wouldn't read where they stand."""
    if project is None:
        return
    fences = [
        *(equation.fence for equation in page.equations),
        *(shown.fence for shown in page.shown),
        *(snippet.fence for snippet in page.snippets),
    ]
    for fence in fences:
        for opened in page.containers.get(fence.span.line, ()):
            extension = next((name for sign, name in READ_BY.items() if opened.startswith(sign)), "")
            if extension and not project.has(extension):
                yield Refusal(
                    f"`{extension}` isn't among the markdown_extensions of {project.config}",
                    f"add the line: - {extension}",
                    what="a fence that Markdown would show as code",
                    span=fence.span,
                )


def second_anchor(equation: Equation) -> Refusal:
    """The error of an anchor that is an equation's label: a link would lead to whichever comes first."""
    return Refusal(
        "most often of a heading, whose words make its anchor",
        "give that an anchor of its own: ## Heading {#another}",
        what=f"the label `{equation.label}` is the anchor of something else on this page",
        span=equation.place,
    )


def unknown_label(label: str, span: Span, labels: set[str]) -> Refusal:
    """The error of a reference to nothing."""
    close = get_close_matches(label, labels, 1)
    return Refusal(
        way_out=f"did you mean `{close[0]}`?" if close else "a label is what stands after # in an equation's fence",
        what=f"there is no equation `{label}` on this site",
        span=span,
    )
