"""The markers that stand for equations, snippets, formulas and references until a page is finished.

`markdown.py` writes them, `compare.py` and `site.py` read them: the form of each is said here, once.
"""

from __future__ import annotations

import re
from html import escape, unescape

from ..page.formulas import DOLLAR

BLOCK = '<div class="vm-'
INLINE_CLASS, REFERENCE_CLASS = "vm-inline", "vm-ref"

# What the attributes of markers begin with, and nothing else does: in whatever order, case or escape something else
# wrote them, and in whatever file, they are found.
OURS = "data-verimath-"
TEX, LABEL = f"{OURS}tex", f"{OURS}label"

EQUATION = re.compile(rf'<div class="vm-equation" {OURS}label="([^"]*)" {OURS}tex="([^"]*)">([^<]*)</div>')
SHOWN = re.compile(rf'<div class="vm-equation" {OURS}show="([^"]*)"></div>')
SNIPPET = re.compile(rf'<div class="vm-snippet" {OURS}snippet="([^"]*)" {OURS}code="([^"]*)">')
DISPLAY = re.compile(rf'<span class="vm-display" {OURS}tex="([^"]*)">[^<]*</span>')
FILE = re.compile(rf'<a class="vm-file" {OURS}file="([^"]*)" {OURS}section="([^"]*)">')
DRAWING = re.compile(rf'<a class="vm-file" {OURS}drawing="([^"]*)">')
REFERENCE = re.compile(rf'<span class="{REFERENCE_CLASS}" {OURS}label="([^"]*)">[^<]*</span>')
VERDICT = re.compile(rf'<span class="vm-verdict" {OURS}label="([^"]*)"></span>')

# What is left of a marker in a finished page; what lost its attributes on the way is known by its class.
LEFT = re.compile(rf"{OURS}(?:tex|show|label|snippet|code|file|section|drawing)\b", re.IGNORECASE)
UNSET = re.compile(
    r"<(?:span|div)\s(?:[^<>]*\s)?class=[\"']?vm-(?:inline|display)\b[^<>]*>(?!\s*<span\s[^<>]*class=[\"']?katex\b)",
    re.IGNORECASE,
)

# Browsers break a line before and after a formula, even where a bracket, an elision or a full stop clings to it.
CLINGS_BEFORE = r"(?:(?<![\w&#;])\w{1,8}’|[(\[«][\u00a0\u202f]?)?"
CLINGS_AFTER = r"(?:[\u00a0\u202f]?[.,;:!?)\]»…]+|-\w{1,12})?"
ALONE = re.compile(rf'<span class="{INLINE_CLASS}" {OURS}tex="([^"]*)">([^<]*)</span>')
# Looked for beside each formula, since they take long to be looked for everywhere.
BEFORE, AFTER, LONGEST_BEFORE = re.compile(rf"{CLINGS_BEFORE}\Z"), re.compile(CLINGS_AFTER), 9


def data(**values: str) -> str:
    """Attributes of a marker; a line break in TeX must survive HTML tools that fold blanks."""
    return "".join(f' {OURS}{name}="{escape(value).replace(chr(10), "&#10;")}"' for name, value in values.items())


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
