"""Markup that a finished page can spare: what says nothing to a browser that reads HTML, on a page as it is seen.

- a formula and a drawing within a page have their namespaces by their names;
- of highlighted code, a name and a space are as code is without a highlighter, where the site's style sheets have them
  so: each has an element of its own, and a page of programs has thousands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

# Of what holds other text, nothing is read as markup, or only within a script.
APART = re.compile(r"<(?P<tag>script|style|textarea|template|iframe)\b.*?</(?P=tag)\s*>", re.DOTALL | re.IGNORECASE)
# From "<" on, which is found fast; before it lies the end of a tag, or a space: it isn't within a value.
NAMESPACE = re.compile(
    r"(?P<before><(?<=[>\s]<)(?:math|svg)\b[^<>]*?)\s"
    r'xmlns="http://www\.w3\.org/(?:1998/Math/MathML|2000/svg)"(?=[\s>])'
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


def spared(html: str, classes: Iterable[str]) -> str:
    """A page without what it can spare; what a script or a text field holds stays as it is.

    Args:
        html: a finished page, which is read as HTML.
        classes: of highlighted code, those that need no element.
    """
    parts, place = [], 0
    for found in APART.finditer(html):
        parts += [NAMESPACE.sub(r"\g<before>", html[place : found.start()]), found.group()]
        place = found.end()
    html = "".join([*parts, NAMESPACE.sub(r"\g<before>", html[place:])])
    if not (named := "|".join(classes)) or OWN_STYLE.search(html):
        return html
    span = re.compile(rf'<span class="(?:{named})">([^<]*)</span>')
    return BLOCK.sub(lambda block: span.sub(r"\1", block.group()), html)
