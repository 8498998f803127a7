"""The Python-Markdown extension: equations, snippets, inline formulas and references become markers.

A marker is HTML that carries the TeX and a plain-text reading. Titles, slugs, the table of contents and the search
index are made from the reading; `site.py` puts KaTeX's HTML in its place when all of those exist.

No formatter of a fence may have side effects: superfences calls it also for fences that it then throws away.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import escape
from typing import Any
from xml.etree import ElementTree

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AMP_SUBSTITUTE, HTML_PLACEHOLDER_RE, STX, AtomicString
from pymdownx.superfences import default_reset, highlight_validator

from . import katex, marker
from .errors import VerimathError
from .formula import set_inline
from .pages import Page
from .reading import plain_text
from .snippet import Shown
from .source import Span

# Above Python-Markdown's escapes (180), so that TeX keeps its backslashes; below its code spans (190), which hold none.
INLINE_PRIORITY = 185
# Below superfences (25) and above raw HTML blocks (20): fences are placeholders by then.
PADDING_PRIORITY = 24
# Below the footnotes (50), above the inline patterns (20).
PARTING_PRIORITY = 30
# Below the inline patterns (20), above MkDocs' check of links (0) and the table of contents (5).
REFERENCE_PRIORITY = 15
# Below attribute lists (8).
ATTRIBUTES_PRIORITY = 7

# A formula in the text. What follows a price isn't one: "5$, ou 6$." or "$5/$6".
FORMULA = re.compile(r"(?<!\d)\$(?![\s$,.;:!?)/])(?P<tex>(?:\\.|[^\\$])+?)(?<!\s)\$(?![\d$])", re.DOTALL)
# What stands before something in the value of an HTML attribute, and in an address.
IN_ATTRIBUTE = re.compile(r"<[A-Za-z][^<>]*=\s*(?:\"[^\"<>]*|'[^'<>]*)$")
IN_ADDRESS = re.compile(r"<[A-Za-z][\w+.-]*:[^\s<>]*$|\]\([^)\s]*$")
# How a dollar that is meant to be shown passes through Markdown.
SHOWN_DOLLAR = marker.DOLLAR.replace("&", AMP_SUBSTITUTE)

Inputs = dict[str, Any]
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}


class VerimathExtension(Extension):
    """Registers the processors below.

    What an author has to mend is kept in `problem`, the first one only, since superfences and MkDocs each swallow or
    decorate an exception that passes through them.
    """

    page: Page
    shown: Mapping[str, Shown]
    problem: VerimathError | None = None

    def start(self, page: Page, shown: Mapping[str, Shown]) -> None:
        """Make ready for a page; `shown` is what its snippets show, by name."""
        self.page, self.shown, self.problem = page, shown, None

    def report(self, problem: VerimathError) -> None:
        self.problem = self.problem or problem

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        fences: Any = md.preprocessors["fenced_code_block"]
        snippets = _SnippetFormatter(self, fences.highlight)
        fences.extension.extend_super_fences("math", _format_equation, _validate_equation, default_reset)
        fences.extension.extend_super_fences("python", snippets, _validate_snippet, default_reset)
        md.preprocessors.register(_Padding(md), "verimath-padding", PADDING_PRIORITY)
        md.inlinePatterns.register(_Inline(md, self), "verimath-inline", INLINE_PRIORITY)
        md.treeprocessors.register(_Parting(md), "verimath-parting", PARTING_PRIORITY)
        md.treeprocessors.register(_References(md, self), "verimath-references", REFERENCE_PRIORITY)
        md.treeprocessors.register(_Attributes(md, self), "verimath-attributes", ATTRIBUTES_PRIORITY)


def _validate_equation(language: str, inputs: Inputs, options: Inputs, attrs: Inputs, md: Markdown) -> bool:
    options.update(inputs)
    return True


def _format_equation(src: str, options: Inputs, id_value: str, **fence: Any) -> str:
    if label := options.get("show"):
        return marker.shown(label)
    match katex.typeset(src, True):
        case katex.Typeset(html):
            return marker.equation(id_value, src, plain_text(html))
        case katex.Refusal():
            # The page's own fences are typeset by now: this one is thrown away, or is included and refused as such.
            return marker.equation(id_value, src, "")


def _validate_snippet(language: str, inputs: Inputs, options: Inputs, attrs: Inputs, md: Markdown) -> bool:
    """Take Python fences that are tied by name; decline the others, which are highlighted as ever."""
    tie: Inputs = {key: inputs.pop(key) for key in ("verifies", "demo") if key in inputs}
    if not tie:
        return False
    accepted: bool = highlight_validator(language, inputs, options, attrs, md)
    options.update(tie)
    return accepted


class _SnippetFormatter:
    """Shows a snippet's code, highlighted as any other, and below it what it printed."""

    def __init__(self, extension: VerimathExtension, highlight: Callable[..., str]) -> None:
        self.extension = extension
        self.highlight = highlight

    def __call__(self, src: str, options: Inputs, **fence: Any) -> str:
        name = options.get("verifies") or options["demo"]
        inside = self.highlight(src=src, options=options, **fence)
        shown = self.extension.shown.get(name)
        if shown and shown.output:
            inside += f'<pre class="vm-output" tabindex="0"><samp>{escape(shown.output)}</samp></pre>'
        return marker.snippet(name, src, inside)


def _is_ours(md: Markdown, placeholder: re.Match[str] | None) -> bool:
    """Whether a placeholder of Python-Markdown's stands for an equation or a snippet."""
    return placeholder is not None and str(md.htmlStash.rawHtmlBlocks[int(placeholder[1])]).startswith(marker.BLOCK)


class _Padding(Preprocessor):
    """Parts an equation or a snippet from the text around it, so that it doesn't land in a paragraph or a table."""

    def run(self, lines: list[str]) -> list[str]:
        padded: list[str] = []
        after_block = False
        for line in lines:
            content = line.lstrip("> \t")
            prefix = line[: len(line) - len(content)].rstrip(" ")
            block = _is_ours(self.md, HTML_PLACEHOLDER_RE.fullmatch(content.strip()))
            # One empty line, and none where there is one: a second one would end a footnote.
            if content and padded and padded[-1].strip("> \t") and (block or after_block):
                padded.append(prefix)
            padded.append(line)
            after_block = block
        return padded


class _Parting(Treeprocessor):
    """Parts an equation that ends a footnote from the link back, which is put into the same paragraph."""

    def run(self, root: ElementTree.Element) -> None:
        for parent in list(root.iter()):
            for index, child in reversed(list(enumerate(parent))):
                placeholder = HTML_PLACEHOLDER_RE.match(child.text or "")
                if child.tag == "p" and len(child) and placeholder and _is_ours(self.md, placeholder):
                    block = ElementTree.Element("p")
                    block.text, child.text = placeholder.group(), (child.text or "")[placeholder.end() :]
                    parent.insert(index, block)


class _Inline(InlineProcessor):
    """`$…$` in the text. Whatever looks like mathematics and isn't read as such is an error, never plain text."""

    def __init__(self, md: Markdown, extension: VerimathExtension) -> None:
        super().__init__(r"(?P<slashes>\\*)(?P<sign>\$|(?<=\\)[(\[]|(?<=\\)begin\{)", md)
        self.extension = extension

    def handleMatch(  # type: ignore[override]  # noqa: N802 - Python-Markdown's name
        self, m: re.Match[str], data: str
    ) -> tuple[ElementTree.Element | str | None, int | None, int | None]:
        start, escaped = m.start("sign"), len(m["slashes"]) % 2 == 1
        if m["sign"] == "$" and escaped:
            return SHOWN_DOLLAR, start - 1, m.end()
        if m["sign"] != "$" and not escaped:
            return None, None, None
        formula = FORMULA.match(data, start)
        problem = self._problem(m, data, formula)
        if problem is not None or formula is None:
            self.extension.report(problem or self._unmatched(data, start))
            return "", start, m.end()
        span = self.extension.page.locate(formula.group())
        try:
            html = set_inline(formula["tex"], span)
        except VerimathError as error:
            self.extension.report(error)
            return "", start, formula.end()
        element = ElementTree.Element("span", {"class": marker.INLINE_CLASS, "data-tex": formula["tex"]})
        element.text = AtomicString(plain_text(html).replace("$", SHOWN_DOLLAR))
        return element, start, formula.end()

    def _problem(self, m: re.Match[str], data: str, formula: re.Match[str] | None) -> VerimathError | None:
        sign = m["sign"]
        start = m.start("sign") - (sign != "$")
        span = self._locate(data, start)
        if sign in ("[", "begin{") or data.startswith("$$", start):
            token = data[start : start + 2] if sign != "begin{" else "\\begin"
            fence = "displayed equations are written in a fence: ```math {#a-label}"
            return VerimathError(span, f"{token} outside of a fence", "no check would see what it displays", fence)
        if sign == "(":
            return VerimathError(span, "\\( in the text", way_out="write $…$ for a formula, ( alone for a bracket")
        if IN_ATTRIBUTE.search(data[:start]):
            return VerimathError(span, "a $ in an attribute of HTML", way_out=f"write {marker.DOLLAR} for the sign")
        if IN_ADDRESS.search(data[:start]):
            return VerimathError(span, "a $ in an address", way_out="write %24 for it")
        if formula and STX in formula["tex"]:
            return VerimathError(span, "Markdown code inside a formula", "a ` begins code", "keep ` out of formulas")
        return None

    def _unmatched(self, data: str, start: int) -> VerimathError:
        return VerimathError(
            self._locate(data, start),
            "this $ opens or closes no formula",
            "a formula has no blank or full stop after its first dollar, no blank before its last, and no digit around",
            "write \\$ for the sign; in a table, write \\mid or \\vert for a bar in a formula",
        )

    def _locate(self, data: str, start: int) -> Span:
        """By as much of the text as Markdown has left as it was, then by less."""
        text = re.split(f"[\n{STX}]", data[start : start + 60])[0]
        span = self.extension.page.locate(text)
        return span if span.line else self.extension.page.locate(text[:2].rstrip())


class _References(Treeprocessor):
    """`[](#label)`: an empty link to an equation, whose number is known when all pages are."""

    def __init__(self, md: Markdown, extension: VerimathExtension) -> None:
        super().__init__(md)
        self.extension = extension

    def run(self, root: ElementTree.Element) -> None:
        for link in root.iter("a"):
            target = link.get("href", "")
            if "#" not in target or len(link) or (link.text or "").strip():
                continue
            if not target.startswith("#"):
                self._refuse(target, "a link without words", "a label is unique on the site: write [](#label)")
            label = target.partition("#")[2]
            link.tag, link.text = "span", AtomicString(f"({label})")
            link.attrib.clear()
            link.attrib.update({"class": marker.REFERENCE_CLASS, "data-label": label})
        for heading in root.iter():
            if heading.tag in HEADINGS:
                for reference in heading.iter("span"):
                    if referred := reference.get("data-label"):
                        way_out = "titles are made before numbers are: refer to it in the text"
                        self._refuse(f"#{referred}", "a reference in a heading", way_out)

    def _refuse(self, target: str, what: str, way_out: str) -> None:
        self.extension.report(VerimathError(self.extension.page.locate(f"[]({target})"), what, way_out=way_out))


class _Attributes(Treeprocessor):
    """Refuses `$x${.class}` and `[](#x){.class}`: the attributes would be a marker's, which goes."""

    def __init__(self, md: Markdown, extension: VerimathExtension) -> None:
        super().__init__(md)
        self.extension = extension

    def run(self, root: ElementTree.Element) -> None:
        for element in root.iter("span"):
            tex, label = element.get("data-tex"), element.get("data-label")
            if tex is None and label is None:
                continue
            kind = marker.REFERENCE_CLASS if tex is None else marker.INLINE_CLASS
            if len(element.attrib) != 2 or element.get("class") != kind:
                self.extension.report(
                    VerimathError(
                        self.extension.page.locate(f"[](#{label})" if tex is None else f"${tex}$"),
                        "attributes right after a formula or a reference",
                        way_out="part them by a blank, or write the formula without them",
                    )
                )
