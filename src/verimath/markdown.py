"""The Python-Markdown extension: equations, snippets, inline formulas and references become markers.

A marker is HTML that carries the TeX and a plain-text reading. Titles, slugs, the table of contents and the search
index are made from the reading; `site.py` puts KaTeX's HTML in its place when all of those exist.

No formatter of a fence may have side effects: superfences calls it also for fences that it then throws away.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from typing import Any
from xml.etree import ElementTree

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AMP_SUBSTITUTE, HTML_PLACEHOLDER_RE, STX, AtomicString
from pymdownx.superfences import default_reset, highlight_validator

from . import katex
from .errors import VerimathError
from .formula import set_inline
from .pages import Page
from .reading import plain_text
from .source import Span

# Above Python-Markdown's escapes (180), so that TeX keeps its backslashes; below its code spans (190), which hold none.
INLINE_PRIORITY = 185
# Below superfences (25) and above raw HTML blocks (20): fences are placeholders by then.
PADDING_PRIORITY = 24
# Below raw HTML (30) and entities (20).
LEFT_OVER_PRIORITY = 10
# Below the footnotes (50), above the inline patterns (20).
PARTING_PRIORITY = 30
# Below the inline patterns (20), above MkDocs' check of links (0) and the table of contents (5).
REFERENCE_PRIORITY = 15

OURS = '<div class="vm-'
DOLLAR = re.compile(r"\$(?![\s$])(?P<tex>(?:\\.|[^\\$])+?)(?<!\s)\$(?![\d$])", re.DOTALL)
# A dollar in the finished HTML, outside of what shows code and of what shows nothing.
LEFT_OVER = re.compile(
    r"<(script|style|pre|code)\b.*?</\1>|<span class=\"filename\">.*?</span>|<!--.*?-->|<[^>]*>"
    r"|(?P<dollar>\$[^\n<]{0,40})",
    re.DOTALL | re.IGNORECASE,
)
# What stands before something in the value of an attribute.
IN_ATTRIBUTE = re.compile(r"<[A-Za-z][^<>]*=\s*(?:\"[^\"<>]*|'[^'<>]*)$")
# How a dollar that is meant to be shown gets there.
SHOWN_DOLLAR = f"{AMP_SUBSTITUTE}#36;"

Inputs = dict[str, Any]


def data(**values: str) -> str:
    """Attributes of a marker; a line break in TeX must survive HTML tools that fold blanks."""
    return "".join(f' data-{name}="{escape(value).replace(chr(10), "&#10;")}"' for name, value in values.items())


class VerimathExtension(Extension):
    """Registers the processors below; `page` is the page about to be converted.

    What an author has to mend is kept in `problem`, the first one only, since superfences and MkDocs each swallow or
    decorate an exception that passes through them.
    """

    def __init__(self) -> None:
        super().__init__()
        self.page = Page("", (), {}, (), (), (), frozenset())
        self.outputs: dict[str, str] = {}
        self.problem: VerimathError | None = None

    def start(self, page: Page, outputs: dict[str, str]) -> None:
        """Make ready for a page; `outputs` is what each of its snippets printed, by name."""
        self.page, self.outputs, self.problem = page, outputs, None

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
        md.treeprocessors.register(_References(md), "verimath-references", REFERENCE_PRIORITY)
        md.postprocessors.register(_LeftOver(md, self), "verimath-left-over", LEFT_OVER_PRIORITY)


def _validate_equation(language: str, inputs: Inputs, options: Inputs, attrs: Inputs, md: Markdown) -> bool:
    options.update(inputs)
    return True


def _format_equation(src: str, options: Inputs, id_value: str, **fence: Any) -> str:
    if label := options.get("show"):
        return f'<div class="vm-equation"{data(show=label)}></div>'
    match katex.typeset(src, True):
        case katex.Typeset(html):
            reading = escape(plain_text(html)).replace("$", "&#36;")
        case katex.Refusal():
            # Its error was raised when the page was read; this fence is one that Markdown throws away.
            reading = ""
    return f'<div class="vm-equation"{data(label=id_value, tex=src)}>{reading}</div>'


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
        code = self.highlight(src=src, options=options, **fence)
        printed = self.extension.outputs.get(name, "").rstrip()
        output = f'<pre class="vm-output" tabindex="0"><samp>{escape(printed)}</samp></pre>' if printed else ""
        return f'<div class="vm-snippet"{data(snippet=name)}>{code}{output}</div>'


def _is_ours(md: Markdown, placeholder: re.Match[str] | None) -> bool:
    """Whether a placeholder of Python-Markdown's stands for an equation or a snippet."""
    return placeholder is not None and str(md.htmlStash.rawHtmlBlocks[int(placeholder[1])]).startswith(OURS)


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


class _LeftOver(Postprocessor):
    """Refuses a dollar that reached the finished HTML as it was: it stood in raw HTML, where nothing typesets it."""

    def __init__(self, md: Markdown, extension: VerimathExtension) -> None:
        super().__init__(md)
        self.extension = extension

    def run(self, text: str) -> str:
        for found in LEFT_OVER.finditer(text):
            if dollar := found["dollar"]:
                self.extension.report(
                    VerimathError(
                        self.extension.page.locate(dollar),
                        "a $ in raw HTML",
                        "Markdown leaves raw HTML as it is, so no formula is typeset there",
                        'give its innermost element markdown="span", or write &#36; for the sign',
                    )
                )
        return text


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
        problem = self._problem(m, data)
        if problem is not None:
            self.extension.report(problem)
            return "", start, m.end()
        formula = DOLLAR.match(data, start)
        assert formula is not None  # or there had been a problem
        span = self.extension.page.locate(formula.group())
        try:
            html = set_inline(formula["tex"], span)
        except VerimathError as error:
            self.extension.report(error)
            return "", start, formula.end()
        element = ElementTree.Element("span", {"class": "vm-inline", "data-tex": formula["tex"]})
        element.text = AtomicString(plain_text(html).replace("$", SHOWN_DOLLAR))
        return element, start, formula.end()

    def _problem(self, m: re.Match[str], data: str) -> VerimathError | None:
        sign, start = m["sign"], m.start("sign")
        if sign != "$":
            start -= 1
        span = self._locate(data, start)
        fence = "displayed equations are written in a fence: ```math {#a-label}"
        if sign in ("[", "begin{") or data.startswith("$$", start):
            token = data[start : start + 2] if sign != "begin{" else "\\begin"
            return VerimathError(span, f"{token} outside of a fence", "no check would see what it displays", fence)
        if sign == "(":
            return VerimathError(span, "\\( in the text", way_out="write $…$ for a formula, ( alone for a bracket")
        if IN_ATTRIBUTE.search(data[:start]):
            return VerimathError(span, "a $ in an attribute of HTML", way_out="write &#36; for the sign")
        formula = DOLLAR.match(data, start)
        if formula is None:
            return VerimathError(
                span,
                "this $ opens or closes no formula",
                "a formula has no blank inside its dollars, and no digit or third dollar after them",
                "write \\$ for the sign; in a table, write \\mid or \\vert for a bar in a formula",
            )
        if STX in formula["tex"]:
            return VerimathError(span, "Markdown code inside a formula", "a ` begins code", "keep ` out of formulas")
        return None

    def _locate(self, data: str, start: int) -> Span:
        """By as much of the text as Markdown has left as it was, then by less."""
        text = re.split(f"[\n{STX}]", data[start : start + 60])[0]
        span = self.extension.page.locate(text)
        return span if span.line else self.extension.page.locate(text[:2].rstrip())


class _References(Treeprocessor):
    """`[](#label)`: an empty link to an equation, whose number is known when all pages are."""

    def run(self, root: ElementTree.Element) -> None:
        for link in root.iter("a"):
            target = link.get("href", "")
            if target.startswith("#") and not len(link) and not (link.text or "").strip():
                label = target[1:]
                link.tag, link.text = "span", AtomicString(f"({label})")
                link.attrib.clear()
                link.attrib.update({"class": "vm-ref", "data-label": label})
