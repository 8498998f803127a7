"""What makes a page quick to read: what isn't seen yet isn't laid out, and what isn't needed yet isn't asked for.

Measured by `python -m bench.reading`. Each of these leaves a page as it looks:

- sections far below are skipped by the browser until one comes near (`content-visibility`), at about their height;
  where their titles lie, which a theme's table of contents asks, is answered without laying them out;
- the faces of the formulas that are laid out first are asked for at once, so that nothing moves when they come; nor
  does anything when the theme's script brings its search and its palette, whose place is kept;
- nothing is painted before the first screen has been read: a formula of which half is there moves when the rest comes,
  and what is painted on the way is laid out several times;
- a theme's script measures a block of code, and gives it its button, when it comes near: else it has all sections laid
  out for that;
- a theme's search index, larger than all the rest, is asked for when someone is about to search;
- a theme that restyles each part of a page when it sets its colours does so for those that have transitions; what it
  says of anything that begins or ends a cell, or follows a table, holds for what has a margin, since else any class of
  the whole page, which its script exchanges, would restyle all formulas;
- the lines that a theme's templates leave empty, how far they are set in, and markup that says nothing aren't sent.

What glyphs.py and unused.py take from a site goes with these.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, MutableMapping
from functools import cache, partial
from html import unescape
from pathlib import Path
from typing import Any

from ..kept.store import Drawer
from ..kept.tool import digest
from . import marker
from .finished import Finished
from .references import relative
from .spared import plain, spare, without
from .typeface import behind_styles

# The script that holds a search back, and the one that the search then needs first.
SCRIPT, SEEK = "held.js", "seek.js"
# What holds other blocks; a page in which these aren't closed as they are opened is left as it is.
BLOCK = re.compile(
    r"<(?P<end>/?)(?P<tag>div|details|blockquote|[uod]l|li|d[dt]|table|figure|section|article|aside|nav|form|h2)"
    r"(?=[\s>])[^>]*>",
    re.IGNORECASE,
)
TAG = re.compile(r"<[^>]*>")
# The first sections are seen at once on a large screen, or soon.
SEEN = 1
# In pixels: a line of text, what stands between blocks, a displayed equation and each further line of one, a picture, a
# line of code and its frame.
LINE, BETWEEN, EQUATION, ROW, PICTURE, CODE, FRAME = 28, 24, 120, 44, 500, 26, 40
# How many letters a line has on a screen of usual width, and on a phone.
WIDE, NARROW = 62, 34
# What begins on a line of its own.
BEGUN = re.compile(r"<(?:p|li|d[dt]|tr|h[1-6]|summary|(?:fig)?caption|blockquote|div)\b[^>]*>")
FOLD = re.compile(r"<(?P<end>/?)(?P<tag>details|summary)\b(?P<attributes>[^>]*)>")
UNREACHED = re.compile(r"<code(?![^>]*\stabindex=)(?=[\s>])")
CODE_BLOCK = re.compile(r"<pre\b.*?</pre>", re.DOTALL)

BUNDLE = re.compile(r'<script src="(?P<root>[^"]*)assets/javascripts/bundle\.\w+\.min\.js">')
FORMULA = re.compile(r'<span class="katex(?:-display)?">')
# How many formulas are laid out on arrival, with what is near, each displayed one counted twice, as itself and as its
# box; and how many faces may be asked for before the page is painted: those of signs that grow have half a kilobyte,
# and a formula moves when one of them comes late.
NEAR, MOST = 48, 7
# So many characters of HTML are a first screen that is full of formulas; and what may be waited for behind them, or at
# the first section that is skipped: a title or an equation, by its name.
SCREEN = 40_000
NAMED = re.compile(r'<(?:h[2-6]|div class="vm-equation[^"]*")(?=\s)[^>]*\sid="(?P<name>[^"%\s]+)"')
SKIPPED = '<section class="vm-section"'
# KaTeX's faces by what asks for them in its HTML, in the order of how often they do.
FACES = {
    "Main-Regular": re.compile(r'class="katex-html"'),
    "Math-Italic": re.compile(r'class="mord mathnormal'),
    "AMS-Regular": re.compile(r'class="mord (?:mathbb|amsrm)|class="mrel amsrm'),
    "Size1-Regular": re.compile(r'size1"|class="mop op-symbol small-op'),
    "Size2-Regular": re.compile(r'size2"|class="mop op-symbol large-op'),
    "Size3-Regular": re.compile(r'size3"'),
    "Size4-Regular": re.compile(r'size4"'),
    "Main-Bold": re.compile(r'class="mord mathbf'),
    "Caligraphic-Regular": re.compile(r'class="mord mathcal'),
}
# What has Material's script wait with a block of code until it is seen.
WAITS = "content.lazy"
DRAWING = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
DRAWN_LINK = re.compile(r"(<\w+\s(?:[^<>]*\s)?)href=")
# While it changes its colours, Material has no part of a page fade; those of a formula never do.
RESTYLING = re.compile(r"\[data-md-color-switching\] (?:\*|(?=::?(?:before|after)))")
FADING = (
    ":is(a,article,aside,button,code,details,footer,form,header,input,label,li,main,nav,path,pre,summary,svg,td,th)"
)

# Of what stands in a cell or behind a table, this is all that has margins above and below.
BESIDE = re.compile(r"(table:not\(\[class\]\)(?: t[dh]>(?=:(?:first|last)-child)|\+(?=\*[{,])))\*?")
BLOCKS = ":is(blockquote,details,div,dl,figure,form,h1,h2,h3,h4,h5,h6,hr,img,ol,p,pre,section,svg,table,ul,video)"

# Where spaces are kept, and where an author wrote.
KEPT = re.compile(r"<(?P<tag>article|pre|textarea|script|style)\b", re.IGNORECASE)
ARTICLE = re.compile(r"<article\b", re.IGNORECASE)
BLANK = " \t\r\f"

# What a theme says of the parts of a page's content holds for those in a section too.
PARTS, OUR_PARTS = ".md-content__inner>", ":is(.md-content__inner,.vm-first,.vm-section)>"


def in_sections(html: str, drawer: Drawer) -> str:
    """The content of a page in a box for each title of the second level; what isn't on the first screen may be skipped.

    Args:
        html: with markers in the place of formulas.
        drawer: what earlier builds have kept: where sections begin, and how high they are.
    """
    if not (sections := drawer.found(digest("sections", html), list[tuple[int, int, int]], lambda: _sections(html))):
        return html
    ends = [*(start for start, _, _ in sections[1:]), len(html)]
    boxes = [
        f'<section class="vm-section" style="--vm-wide:{wide}px;--vm-narrow:{narrow}px">{html[start:end]}</section>'
        if index >= SEEN
        else f'<section class="vm-first">{html[start:end]}</section>'
        for index, ((start, wide, narrow), end) in enumerate(zip(sections, ends, strict=True))
    ]
    return html[: sections[0][0]] + "".join(boxes)


def _sections(html: str) -> list[tuple[int, int, int]]:
    """Where each section of a page begins, and about how high it is on a screen and on a phone; none where the page has
    too few."""
    places = [*_titles(html)]
    if len(places) <= SEEN or places[-1] < 0:
        return []
    parts = [(start, html[start:end]) for start, end in zip(places, [*places[1:], len(html)], strict=True)]
    return [(start, height(part, WIDE), height(part, NARROW)) for start, part in parts]


def _titles(html: str) -> Iterator[int]:
    """Where titles of the second level begin that stand in no box; -1 at the end where boxes don't close."""
    opened: list[str] = []
    for found in BLOCK.finditer(html):
        tag = found["tag"].lower()
        if not found["end"]:
            if tag == "h2" and not opened:
                yield found.start()
            opened.append(tag)
        elif opened and opened[-1] == tag:
            opened.pop()
        else:
            yield -1
            return
    if opened:
        yield -1


def height(html: str, letters: int) -> int:
    """About how high some content is, in pixels, and rather too high: the links of what is skipped would else lie over
    those of the next section for who measures them.

    Args:
        html: with markers in the place of formulas.
        letters: how many a line has.
    """
    seen = _unfolded(html)
    rows = ROW * sum(found[1].count(r"\\") for found in marker.DISPLAY.finditer(seen))
    seen = marker.DISPLAY.sub("", seen)
    lines = [line for block in CODE_BLOCK.findall(seen) for line in _text(block).rstrip().split("\n")]
    code = CODE * sum(_lines(line, letters) or 1 for line in lines) + FRAME * len(CODE_BLOCK.findall(seen))
    drawn = EQUATION * seen.count('class="vm-equation') + PICTURE * (seen.count("<svg") + seen.count("<img"))
    blocks = BEGUN.split(DRAWING.sub("", CODE_BLOCK.sub("<p>", seen)))
    high = [_lines(" ".join(_text(block).split()), letters) for block in blocks]
    # A row of a table is as high as its highest cell, where all of its text would fill its lines.
    rows += LINE * seen.count("<tr")
    return drawn + rows + code + sum(LINE * each + BETWEEN for each in high if each)


def _lines(text: str, letters: int) -> int:
    """On how many lines some text is set."""
    return -(-len(text) // letters)


def _text(html: str) -> str:
    return unescape(TAG.sub("", html))


def _unfolded(html: str) -> str:
    """What is seen of some content on arrival: of what is folded, its summary."""
    parts: list[str] = []
    folded: list[bool] = []
    place, is_summary = 0, False
    for found in FOLD.finditer(html):
        if not any(folded) or (is_summary and sum(folded) == 1 and folded[-1]):
            parts.append(html[place : found.start()])
        place = found.start()
        if found["tag"] == "summary":
            is_summary = not found["end"]
        elif not found["end"]:
            folded.append(not re.search(r"\sopen\b", found["attributes"]))
        elif folded:
            folded.pop()
    return "".join([*parts, html[place:]])


def reachable(html: str) -> str:
    """A page whose code can be scrolled by keyboard wherever a phone cuts a line of it off.

    A theme says so too, and takes it back of what it finds to fit, when the code is seen.
    """

    def reached(block: re.Match[str]) -> str:
        if max(map(len, _text(block.group()).split("\n"))) <= NARROW:
            return block.group()
        return UNREACHED.sub('<code tabindex="0"', block.group(), count=1)

    return CODE_BLOCK.sub(reached, html)


def faces_first(html: str, url: str, folder: str) -> str:
    """A finished page that asks at once for the faces of its first formulas, and is painted with its first screen.

    Args:
        html: the page.
        url: its address, from which the faces' are relative.
        folder: where KaTeX is published.
    """
    formulas = [found.start() for found in FORMULA.finditer(html)]
    if not formulas:
        return html
    near = html[formulas[0] : formulas[NEAR] if len(formulas) > NEAR else len(html)]
    wanted = [name for name, shown in FACES.items() if shown.search(near)][:MOST]
    links = "".join(
        f'\n<link rel="preload" href="{relative(f"{folder}/fonts/KaTeX_{name}.woff2", url)}" as="font" '
        'type="font/woff2" crossorigin>'
        for name in wanted
    )
    skipped, full = html.find(SKIPPED), max(html.find("<h1"), 0) + SCREEN
    if named := NAMED.search(html, min(skipped, full) if skipped >= 0 else full):
        links += f'\n<link rel="expect" href="#{named["name"]}" blocking="render">'
    return behind_styles(html, links)


def with_held_search(html: str, folder: str) -> str:
    """A page of Material whose search is held back until someone is about to search, with what it needs."""
    if (bundle := BUNDLE.search(html)) is None:
        return html
    address = f"{bundle['root']}{folder}/"
    before, found, behind = html.partition(f'<script src="{address}{SEEK}"></script>')
    html, first = (before.rstrip() + behind, f' data-first="{address}{SEEK}"') if found else (html, "")
    return html.replace(bundle.group(), f'<script src="{address}{SCRIPT}"{first}></script>\n{bundle.group()}', 1)


def tight(html: str) -> str:
    """A page whose lines outside of its article begin at their margin, and none is empty: a break is a space there."""
    if not ARTICLE.search(html):
        return html
    parts, place = [], 0
    for found in KEPT.finditer(html):
        if found.start() < place or (end := _end(found["tag"]).search(html, found.end())) is None:
            continue
        parts += [_tight(html[place : found.start()]), html[found.start() : end.end()]]
        place = end.end()
    return "".join([*parts, _tight(html[place:])])


@cache
def _end(tag: str) -> re.Pattern[str]:
    """What closes a tag: to look for that alone is much faster than for all from its beginning on."""
    return re.compile(rf"</{tag}\s*>", re.IGNORECASE)


def _tight(text: str) -> str:
    first, *lines = text.split("\n")
    if not lines:
        return text
    *between, last = lines
    kept = filter(None, (line.strip(BLANK) for line in between))
    return "\n".join([first.rstrip(BLANK), *kept, last.lstrip(BLANK)])


def unmeasured(theme: MutableMapping[str, Any]) -> None:
    """Have a theme's script, if it is Material's, measure no block of code that isn't seen."""
    if isinstance(features := theme.get("features"), list) and WAITS not in features:
        features.append(WAITS)


def finish(site: Finished, folder: str, drawer: Drawer) -> None:
    """Change what a theme has written in the pages of a finished site, around their content."""
    held = partial(with_held_search, folder=folder)
    _change(site, site.pages, drawer, "held", lambda text: tight(text if SCRIPT in text else held(text)))
    classes = plain_classes(site)
    for path in site.of((".html", ".htm")):
        # On each page there is something: so what that is is kept.
        name, look = f"spared-{'-'.join(classes)}", partial(_spared, classes=classes)
        if places := site.found(path, drawer, name, list[int], look):
            site.write(path, without(site.text(path), zip(places[::2], places[1::2], strict=True)))


def _spared(html: str, classes: tuple[str, ...]) -> list[int]:
    """Where a page holds what it can spare, as it is kept: so long a list is read fastest where it holds no others."""
    return [place for span in spare(html, classes) for place in span]


def plain_classes(site: Finished) -> tuple[str, ...]:
    """What pages can spare of highlighted code, by what the style sheets of a finished site say."""
    return plain(map(site.text, site.of((".css",))))


def fade(site: Finished, drawer: Drawer) -> None:
    """Change what a theme's style sheets say of its colours."""
    _change(site, site.of((".css",)), drawer, "styled", fading)


def fading(style: str) -> str:
    """A style sheet of Material for pages in sections, by which setting its colours and its classes restyles little."""
    restyling = RESTYLING.sub(f"[data-md-color-switching] {FADING}", style.replace(PARTS, OUR_PARTS))
    return BESIDE.sub(rf"\1{BLOCKS}", restyling)


def _change(site: Finished, paths: Iterable[Path], drawer: Drawer, name: str, changed: Callable[[str], str]) -> None:
    """Change files; those that stay as they are are known by their content."""
    for path in paths:
        if not site.found(path, drawer, name, bool, lambda text: changed(text) == text):
            site.write(path, changed(site.text(path)))


def for_instant(html: str) -> str:
    """A page of which Material's instant navigation can set each address anew: it can't where a drawing has an href."""
    return DRAWING.sub(lambda drawing: DRAWN_LINK.sub(r"\1xlink:href=", drawing.group()), html)


def fit_for_instant(site: Finished, drawer: Drawer) -> None:
    """Make all pages of a finished site fit for instant navigation."""
    _change(site, site.pages, drawer, "instant", for_instant)
