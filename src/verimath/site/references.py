"""Functions on all pages of a site: numbers, references, KaTeX's HTML."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from html import escape, unescape

from ..derivation.prose import unknown_label
from ..latex import katex
from ..message.frozen import frozen
from ..page.blocks import Equation, Snippet, second_label, second_snippet
from ..page.elsewhere import Others, equation_of
from ..page.page import Page
from . import drawings, marker, programs
from .words import Words

FOLDER = "assets/verimath/"
# Lengths of a formula's reading: up to the first it needn't break, above the second it may be wider than a phone.
SHORT, LONG = 12, 28


@frozen
class Numbered:
    """An equation with its number on the site, such as 5.12, and the address of the page that holds it."""

    equation: Equation
    number: str
    url: str


def number(pages: Iterable[tuple[Page, str]]) -> dict[str, Numbered]:
    """Number the equations of all pages, given in reading order with their addresses.

    Pages whose front matter names the same chapter share its numbers, 5.1, 5.2, …; the others share 1, 2, …

    Raises:
        Refusal: for a label or the name of a snippet that two pages use, or a snippet of no equation.
    """
    read = list(pages)
    numbered: dict[str, Numbered] = {}
    last: Counter[str] = Counter()
    for page, url in read:
        chapter = str(page.front_matter.get("chapter", ""))
        for equation in page.equations:
            if equation.label in numbered:
                raise second_label(equation, numbered[equation.label].equation)
            last[chapter] += 1
            shown = f"{chapter}.{last[chapter]}" if chapter else str(last[chapter])
            numbered[equation.label] = Numbered(equation, shown, url)
    snippets: dict[str, Snippet] = {}
    for snippet in (snippet for page, _ in read for snippet in page.snippets):
        if snippet.name in snippets:
            raise second_snippet(snippet, snippets[snippet.name])
        snippets[snippet.name] = snippet
        if snippet.verifies and snippet.name not in numbered:
            raise unknown_label(snippet.name, snippet.place, {*numbered})
    return numbered


def resolve(
    page: Page,
    html: str,
    url: str,
    numbered: Mapping[str, Numbered],
    words: Words,
    notes: Mapping[str, str],
    set_right: Callable[[str], str] = str,
    others: Others | None = None,
) -> str:
    """Put numbers to a page's equations and references, and addresses to the files of its snippets.

    Args:
        page: as `pages.py` read it.
        html: the page's content, with markers.
        url: the page's address, from which links are relative.
        numbered: all equations of the site by label.
        words: of the site, for what a number is called aloud.
        notes: HTML that stands below an equation, by label.
        set_right: sets the names of equations as their language is printed.
        others: the equations of other sites.

    Raises:
        Refusal: for a reference to nothing.
    """
    name = words.equations["called"]

    def address(target: Numbered) -> str:
        return escape(f"{relative(target.url, url)}#{target.equation.label}")

    def equation(found: re.Match[str]) -> str:
        if not found[1]:
            return plain(unescape(found[2]), found[3], name)
        return _box(numbered[found[1]], found[3], "", name, set_right) + notes.get(found[1], "")

    def shown(found: re.Match[str]) -> str:
        [label] = marker.values(found)
        if label not in numbered:
            place = next(again.place for again in page.shown if again.label == label)
            raise unknown_label(label, place, {*numbered})
        return _box(numbered[label], "", address(numbered[label]), name, set_right) + notes.get(label, "")

    def reference(found: re.Match[str]) -> str:
        [label] = marker.values(found)
        if "#" in label:
            return _elsewhere(label, url, others or {}, set_right)
        if label not in numbered:
            raise unknown_label(label, page.locate(f"[](#{label})"), {*numbered})
        target = numbered[label]
        called = f", {set_right(escape(target.equation.name))}" if target.equation.name else ""
        return f'<a class="vm-ref" href="{address(target)}">({target.number}{called})</a>'

    def file(found: re.Match[str]) -> str:
        name, section = marker.values(found)
        return f'<a class="vm-file" href="{escape(relative(programs.address(name), url))}#{escape(section)}">'

    def drawing(found: re.Match[str]) -> str:
        [name] = marker.values(found)
        return f'<a class="vm-file" download href="{escape(relative(drawings.address(name), url))}">'

    # What a snippet's marker carries has been compared with its page, and would be there twice.
    html = marker.FILE.sub(file, marker.SNIPPET.sub('<div class="vm-snippet">', html))
    html = marker.DRAWING.sub(drawing, html)
    return marker.REFERENCE.sub(reference, marker.SHOWN.sub(shown, marker.EQUATION.sub(equation, html)))


def _elsewhere(target: str, url: str, others: Others, set_right: Callable[[str], str]) -> str:
    """A link to an equation of another site, with the place on this one where scripts find it."""
    found, name = equation_of(target, others), target.partition("#")[0]
    preview = f"{relative(previews(name), url)}#{found.label}"
    said = f"({escape(found.number)}{f', {set_right(escape(found.name))}' if found.name else ''})"
    return f'<a class="vm-ref" href="{escape(found.address)}" data-preview="{escape(preview)}">{said}</a>'


def previews(name: str) -> str:
    """Where the equations of another site lie that pages refer to."""
    return f"{FOLDER}elsewhere/{name}.html"


def _box(numbered: Numbered, reading: str, address: str, name: str, set_right: Callable[[str], str]) -> str:
    """A displayed equation, its number beside it, its name above; at `address`, if given, stands the original."""
    label = escape(numbered.equation.label)
    name, called = f"{name} {numbered.number}", set_right(escape(numbered.equation.name))
    caption = f'<span class="vm-name">{called}</span>' if called else ""
    identity = 'class="vm-equation vm-shown"' if address else f'class="vm-equation" id="{label}"'
    # A long formula scrolls in its own box, which the keyboard must reach and a screen reader must name.
    box = f'<div class="vm-formula" tabindex="0" role="group" aria-label="{f"{name}, {called}" if called else name}">'
    link = f'<a class="vm-number" href="{address or "#" + label}">({numbered.number})</a>'
    verdict = "" if address else marker.verdict(numbered.equation.label)
    return f"<div {identity}>{caption}{box}{marker.display(numbered.equation.tex, reading)}</div>{link}{verdict}</div>"


def plain(tex: str, reading: str, name: str) -> str:
    """A displayed formula without a label: nothing numbers it, and nothing leads to it."""
    box = f'<div class="vm-formula" tabindex="0" role="group" aria-label="{name}">'
    return f'<div class="vm-equation">{box}{marker.display(tex, reading)}</div></div>'


def relative(target: str, base: str) -> str:
    """The address of one page of the site as a link on another; empty for the page itself."""
    if target == base:
        return ""
    return "../" * base.count("/") + target or "./"


def set_formulas(html: str) -> str:
    """Put KaTeX's HTML in the place of each marker."""
    parts, position = [], 0
    for found in marker.ALONE.finditer(html):
        before = marker.BEFORE.search(html, max(position, found.start() - marker.LONGEST_BEFORE), found.start())
        after = marker.AFTER.match(html, found.end())
        assert before is not None
        assert after is not None
        tex, reading = found.groups()
        parts += [html[position : before.start()], _inline(before.group(), tex, reading, after.group())]
        position = after.end()
    return marker.DISPLAY.sub(_display, "".join([*parts, html[position:]]))


def _katex(tex: str, display: bool) -> str:
    match katex.typeset(tex, display):
        case katex.Typeset(html):
            return html
        case katex.Rejection(message):
            raise AssertionError(f"a formula that was accepted is refused: {message}")


def _display(found: re.Match[str]) -> str:
    return f'<div class="vm-display">{_katex(unescape(found[1]), True)}</div>'


def _inline(before: str, tex: str, reading: str, after: str) -> str:
    """A formula in the text, with the punctuation that clings to it."""
    html = _katex(unescape(tex), False)
    length = len(unescape(reading))
    if length > LONG:
        name = f'role="group" aria-label="{reading}"'
        # It may be wider than a phone, so it scrolls as a displayed one does, and the keyboard must reach it.
        return f'{before}<span class="{marker.INLINE_CLASS} vm-long" tabindex="0" {name}>{html}</span>{after}'
    glued = f'{before}<span class="{marker.INLINE_CLASS}">{html}</span>{after}'
    return f'<span class="vm-glued">{glued}</span>' if length <= SHORT and (before or after) else glued
