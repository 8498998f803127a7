"""Markup that a finished page can spare: what says nothing to a browser that reads HTML, on a page as it is seen.

- a formula and a drawing within a page have their namespaces by their names;
- of highlighted code, a name and a space are as code is without a highlighter, where the site's style sheets have them
  so: each has an element of its own, and a page of programs has thousands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

# Of what holds other text, nothing is read as markup, or only within a script.
APART = re.compile(r"<(?P<tag>script|style|textarea|template|iframe)\b.*?</(?P=tag)\s*>", re.DOTALL | re.IGNORECASE)
# From "<" on, which is found fast; before it lies the end of a tag, or a space: it isn't within a value.
NAMESPACE = re.compile(
    r"<(?<=[>\s]<)(?:math|svg)\b[^<>]*?"
    r'(?P<spared>\sxmlns="http://www\.w3\.org/(?:1998/Math/MathML|2000/svg)")(?=[\s>])'
)
# Pygments' classes, and the only rule about one of them that changes nothing.
NAME, SPACE = "n", "w"
PLAIN_RULE = "color:var(--md-code-hl-name-color)"
PLAIN_COLOUR = re.compile(r"--md-code-hl-name-color\s*:\s*(?P<value>[^;}]*)")
BLOCK = re.compile(r"<pre\b.*?</pre>", re.DOTALL)
# A page that has styles of its own may say anything of any element.
OWN_STYLE = re.compile(r"<style\b|<link\b(?=[^>]*stylesheet)[^>]*\shref=[\"']?(?:https?:)?//", re.IGNORECASE)


def plain(styles: Iterable[str]) -> tuple[str, ...]:
    """The classes of highlighted code that a site's style sheets leave as code is without them."""
    text = "\n".join(styles)
    colours = {found["value"].strip() for found in PLAIN_COLOUR.finditer(text)}
    found = []
    for name in NAME, SPACE:
        said = {body.strip() for body in re.findall(rf"\.{name}(?![\w-])[^{{}}]*\{{([^{{}}]*)\}}", text)}
        if not said or (said == {PLAIN_RULE} and colours == {"var(--md-code-fg-color)"}):
            found.append(name)
    # Of a theme that colours code otherwise, or not at all, nothing is known.
    return tuple(found) if NAME in found and colours else ()


def spare(html: str, classes: Iterable[str]) -> list[tuple[int, int]]:
    """Where a page holds what it can spare, from and to, in their order; what a script or a text field holds stays.

    Args:
        html: a finished page, which is read as HTML.
        classes: of highlighted code, those that need no element.
    """
    named = "" if OWN_STYLE.search(html) else "|".join(classes)
    element = re.compile(rf'<span class="(?:{named})">(?P<text>[^<]*)</span>')
    found = []
    for begin, end in _markup(html):
        found += [each.span("spared") for each in NAMESPACE.finditer(html, begin, end)]
        for block in BLOCK.finditer(html, begin, end) if named else ():
            for each in element.finditer(html, *block.span()):
                found += [(each.start(), each.start("text")), (each.end("text"), each.end())]
    return sorted(found)


def _markup(html: str) -> Iterator[tuple[int, int]]:
    """Where a page is read as markup."""
    place = 0
    for apart in APART.finditer(html):
        yield place, apart.start()
        place = apart.end()
    yield place, len(html)


def without(html: str, spared: Iterable[Sequence[int]]) -> str:
    """A page without what it can spare."""
    parts, place = [], 0
    for begin, end in spared:
        parts.append(html[place:begin])
        place = end
    return "".join([*parts, html[place:]])
