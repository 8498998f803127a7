"""The markers that stand for equations, snippets, formulas and references until a page is finished.

`markdown.py` writes them, `compare.py` and `site.py` read them: the form of each is said here, once.
"""

from __future__ import annotations

import re
from html import escape, unescape

from ..page.formulas import DOLLAR

BLOCK = '<div class="vm-'
INLINE_CLASS, REFERENCE_CLASS = "vm-inline", "vm-ref"

EQUATION = re.compile(r'<div class="vm-equation" data-label="([^"]*)" data-tex="([^"]*)">([^<]*)</div>')
SHOWN = re.compile(r'<div class="vm-equation" data-show="([^"]*)"></div>')
SNIPPET = re.compile(r'<div class="vm-snippet" data-snippet="([^"]*)" data-code="([^"]*)">')
DISPLAY = re.compile(r'<span class="vm-display" data-tex="([^"]*)">[^<]*</span>')
FILE = re.compile(r'<a class="vm-file" data-file="([^"]*)" data-section="([^"]*)">')
DRAWING = re.compile(r'<a class="vm-file" data-drawing="([^"]*)">')
REFERENCE = re.compile(rf'<span class="{REFERENCE_CLASS}" data-label="([^"]*)">[^<]*</span>')
VERDICT = re.compile(r'<span class="vm-verdict" data-label="([^"]*)"></span>')

# A marker in a finished page, in whatever order something else wrote its attributes; hardly any needs a closer look.
CARRIES = re.compile(r"\sdata-(?:tex|show|label)=", re.IGNORECASE)
LEFT = re.compile(r"<(?:div|span)\b(?=[^<>]*\bclass=[\"']?vm-)[^<>]*\sdata-(?:tex|show|label)=", re.IGNORECASE)

# Browsers break a line before and after a formula, even where a bracket, an elision or a full stop clings to it.
CLINGS_BEFORE = r"(?:(?<![\w&#;])\w{1,8}’|[(\[«][\u00a0\u202f]?)?"
CLINGS_AFTER = r"(?:[\u00a0\u202f]?[.,;:!?)\]»…]+|-\w{1,12})?"
ALONE = re.compile(rf'<span class="{INLINE_CLASS}" data-tex="([^"]*)">([^<]*)</span>')
INLINE = re.compile(rf"({CLINGS_BEFORE}){ALONE.pattern}({CLINGS_AFTER})")


def data(**values: str) -> str:
    """Attributes of a marker; a line break in TeX must survive HTML tools that fold blanks."""
    return "".join(f' data-{name}="{escape(value).replace(chr(10), "&#10;")}"' for name, value in values.items())


def text(reading: str) -> str:
    """A formula's plain-text reading as HTML."""
    return escape(reading).replace("$", DOLLAR)


def equation(label: str, tex: str, reading: str) -> str:
    """A displayed equation."""
    return f'<div class="vm-equation"{data(label=label, tex=tex)}>{text(reading)}</div>'


def shown(label: str) -> str:
    """An equation shown again."""
    return f'<div class="vm-equation"{data(show=label)}></div>'


def snippet(name: str, code: str, inside: str) -> str:
    """A snippet: its code, and inside what of it is shown."""
    return f'<div class="vm-snippet"{data(snippet=name, code=code)}>{inside}</div>'


def file(name: str, section: str) -> str:
    """A link to a snippet's file, whose address depends on that of the page."""
    return f'<a class="vm-file"{data(file=name, section=section)}>{escape(name)}</a>'


def drawing(name: str, said: str) -> str:
    """A link to the file of a drawing, whose address depends on that of the page."""
    return f'<a class="vm-file"{data(drawing=name)}>{escape(said)}</a>'


def display(tex: str, reading: str) -> str:
    """The formula of a displayed equation, in its box; the reading is HTML already."""
    return f'<span class="vm-display"{data(tex=tex)}>{reading}</span>'


def verdict(label: str) -> str:
    """The mark of an equation, which the search doesn't see."""
    return f'<span class="vm-verdict"{data(label=label)}></span>'


def inline(tex: str, reading: str) -> str:
    """A formula in the text; the reading is HTML already."""
    return f'<span class="{INLINE_CLASS}"{data(tex=tex)}>{reading}</span>'


def values(found: re.Match[str]) -> tuple[str, ...]:
    """What a marker carries, as it was before it became HTML."""
    return tuple(unescape(group) for group in found.groups(""))
