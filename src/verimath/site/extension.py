"""The Python-Markdown extension: equations, snippets, inline formulas and references become markers.

A marker is HTML that carries the TeX and a plain-text reading. Titles, slugs, the table of contents and the search
index are made from the reading; `site.py` puts KaTeX's HTML in its place when all of those exist.

No formatter of a fence may have side effects: superfences calls it also for fences that it then throws away.
"""

from __future__ import annotations

import re
from typing import Any
from xml.etree import ElementTree

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import HTML_PLACEHOLDER_RE, AtomicString
from pymdownx.snippets import SnippetMissingError
from pymdownx.superfences import default_reset, highlight_validator

from ..latex import katex
from ..message.refusal import Refusal
from ..page.elsewhere import REFERENCE as ELSEWHERE
from . import marker
from .draft import Draft
from .highlighted import Highlighter
from .inline import InlineFormula
from .plain_text import plain_text
from .programs import SnippetFormatter

# Above whatever else reads the lines.
GIVEN_PRIORITY = 1000
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

Inputs = dict[str, Any]
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}


class VerimathExtension(Extension):
    """Registers the processors below; `draft` is the page that they work on."""

    def __init__(self) -> None:
        super().__init__()
        self.draft = Draft()

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        fences: Any = md.preprocessors["fenced_code_block"]
        snippets = SnippetFormatter(self.draft, Highlighter(self.draft, fences))
        fences.extension.extend_super_fences("math", _format_equation, _validate_equation, default_reset)
        fences.extension.extend_super_fences("python", snippets, _validate_snippet, default_reset)
        if "snippet" in md.preprocessors:
            _guard_includes(md.preprocessors["snippet"], self.draft)
        md.preprocessors.register(_Given(md, self.draft), "verimath-given", GIVEN_PRIORITY)
        md.preprocessors.register(_Padding(md), "verimath-padding", PADDING_PRIORITY)
        md.inlinePatterns.register(InlineFormula(md, self.draft), "verimath-inline", INLINE_PRIORITY)
        md.treeprocessors.register(_Parting(md), "verimath-parting", PARTING_PRIORITY)
        md.treeprocessors.register(_References(md, self.draft), "verimath-references", REFERENCE_PRIORITY)
        md.treeprocessors.register(_Attributes(md, self.draft), "verimath-attributes", ATTRIBUTES_PRIORITY)


def _validate_equation(language: str, inputs: Inputs, options: Inputs, attrs: Inputs, md: Markdown) -> bool:
    options.update(inputs)
    return True


def _format_equation(src: str, options: Inputs, id_value: str, **fence: Any) -> str:
    if label := options.get("show"):
        return marker.shown(label)
    match katex.typeset(src, True):
        case katex.Typeset(html):
            return marker.equation(id_value, src, plain_text(html))
        case katex.Rejection():
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


def _is_ours(md: Markdown, placeholder: re.Match[str] | None) -> bool:
    """Whether a placeholder of Python-Markdown's stands for an equation or a snippet."""
    return placeholder is not None and str(md.htmlStash.rawHtmlBlocks[int(placeholder[1])]).startswith(marker.BLOCK)


def _guard_includes(snippets: Any, draft: Draft) -> None:
    """Make of pymdownx.snippets' error about a missing file one that an author can use."""
    run = snippets.run

    def guarded(lines: list[str]) -> list[str]:
        try:
            included: list[str] = run(lines)
        except SnippetMissingError as error:
            named = re.search(r"'([^']+)'", str(error))
            way_out = "write its path from the snippets' folder; to show an include as it is, write ;--8<--"
            span = draft.page.locate(named[1] if named else "")
            draft.report(Refusal(str(error), way_out, what="an include that finds nothing", span=span))
            return lines
        return included

    snippets.run = guarded


class _Given(Preprocessor):
    """Notes what Markdown is given, which other plugins may have changed."""

    def __init__(self, md: Markdown, draft: Draft) -> None:
        super().__init__(md)
        self.draft = draft

    def run(self, lines: list[str]) -> list[str]:
        self.draft.given = frozenset(line.strip() for line in lines)
        return lines


class _Padding(Preprocessor):
    """Parts a fence from the text around it, so that it doesn't land in a paragraph or a table, or end a list."""

    def run(self, lines: list[str]) -> list[str]:
        padded: list[str] = []
        after_block = False
        for line in lines:
            content = line.lstrip("> \t")
            prefix = line[: len(line) - len(content)].rstrip(" ")
            block = HTML_PLACEHOLDER_RE.fullmatch(content.strip()) is not None
            # One empty line, and none where there is one: a second one would end a footnote.
            # A comment ends at an empty line: what is commented out would be seen.
            commented = content.startswith("-->") or (bool(padded) and padded[-1].rstrip().endswith("<!--"))
            if content and padded and padded[-1].strip("> \t") and (block or after_block) and not commented:
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


class _References(Treeprocessor):
    """`[](#label)`: an empty link to an equation, whose number is known when all pages are."""

    def __init__(self, md: Markdown, draft: Draft) -> None:
        super().__init__(md)
        self.draft = draft

    def run(self, root: ElementTree.Element) -> None:
        for link in root.iter("a"):
            target = link.get("href", "")
            if "#" not in target or len(link) or (link.text or "").strip():
                continue
            if not target.startswith("#") and not ELSEWHERE.fullmatch(f"[]({target})"):
                self._refuse(target, "a link without words", "a label is unique on the site: write [](#label)")
            label = target.removeprefix("#")
            link.tag, link.text = "span", AtomicString(f"({label})")
            link.attrib.clear()
            link.attrib.update({"class": marker.REFERENCE_CLASS, marker.LABEL: label})
        for heading in root.iter():
            if heading.tag in HEADINGS:
                for reference in heading.iter("span"):
                    if referred := reference.get(marker.LABEL):
                        way_out = "titles are made before numbers are: refer to it in the text"
                        target = referred if "#" in referred else f"#{referred}"
                        self._refuse(target, "a reference in a heading", way_out)

    def _refuse(self, target: str, what: str, way_out: str) -> None:
        self.draft.report(Refusal(way_out=way_out, what=what, span=self.draft.page.locate(f"[]({target})")))


class _Attributes(Treeprocessor):
    """Refuses `$x${.class}` and `[](#x){.class}`: the attributes would be a marker's, which goes."""

    def __init__(self, md: Markdown, draft: Draft) -> None:
        super().__init__(md)
        self.draft = draft

    def run(self, root: ElementTree.Element) -> None:
        for element in root.iter("span"):
            tex, label = element.get(marker.TEX), element.get(marker.LABEL)
            if tex is None and label is None:
                continue
            kind = marker.REFERENCE_CLASS if tex is None else marker.INLINE_CLASS
            if len(element.attrib) != 2 or element.get("class") != kind:
                self.draft.report(
                    Refusal(
                        way_out="part them by a blank, or write the formula without them",
                        what="attributes right after a formula or a reference",
                        span=self.draft.page.locate(f"[](#{label})" if tex is None else f"${tex}$"),
                    )
                )
