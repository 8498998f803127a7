"""Faces of which a page loads what its site uses: each is split in two, and the rest comes where it is asked for.

The browser chooses by `unicode-range`, so that a letter that a script or another plugin brings later is there all the
same. Outlines, instructions, kerning and ligatures are those of the whole face. Only where a system hints by itself, by
all signs of a face, one may be set by a part of a pixel otherwise.
"""

from __future__ import annotations

import base64
import io
import logging
import re
from bisect import bisect
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from itertools import pairwise
from pathlib import Path

from ..kept.store import Drawer
from ..kept.tool import digest
from .left_behind import PAGES

# A span of KaTeX's with its text: its classes say which face draws it.
SPAN = re.compile(r'<span class="(?P<kind>[^"]*)"[^>]*>(?:<span>)?(?P<text>[^<]+)')
FORMULA = re.compile(r"\b(?:m(?:ord|bin|rel|op|open|close|punct|inner|space)|delimsizing\w*|accent-body|vlist-s)\b")
# By what is found in the classes; the first that fits, and the main one where none does.
FACES = {
    re.compile(rf"\b(?:{classes})\b"): f"KaTeX_{name}.woff2"
    for classes, name in {
        "delimsizing size1|delim-size1|small-op": "Size1-Regular",
        "delimsizing size2|large-op": "Size2-Regular",
        "delimsizing size3": "Size3-Regular",
        "delimsizing size4|delim-size4": "Size4-Regular",
        "boldsymbol": "Math-BoldItalic",
        "mathnormal": "Math-Italic",
        "mathbf|textbf": "Main-Bold",
        "mathit|textit": "Main-Italic",
        "mathbb|textbb|amsrm": "AMS-Regular",
        "mathcal": "Caligraphic-Regular",
        "mathfrak|textfrak": "Fraktur-Regular",
        "mathscr|textscr": "Script-Regular",
        "mathsf|textsf": "SansSerif-Regular",
        "mathtt|texttt": "Typewriter-Regular",
        "": "Main-Regular",
    }.items()
}
DRAWN = re.compile(r"<text\b[^>]*KaTeX_Math\b[^>]*>(?P<text>[^<]+)")
UPRIGHT, ITALIC = "stix-two-text-latin-wght-normal.woff2", "stix-two-text-latin-400-italic.woff2"
# By itself, or by verimath's own style.
SLANTED = re.compile(r"<(em|i|cite|dfn|address|caption|p(?= class=\"vm-note\"))\b[^>]*>.*?</\1>", re.DOTALL)
UNSEEN = re.compile(r"<annotation.*?</annotation>|<(script|style)\b.*?</\1>", re.DOTALL)
TAG = re.compile(r"<[^>]*>")
RULE = re.compile(r"@font-face\s*\{[^}]*url\(\"?fonts/(?P<name>[^)\"]+)\"?\)[^}]*\}")
REST = "-rest.woff2"
# What a line break, a script or a list puts into any text.
ALWAYS = " \u00a0\u00ad\u200b•◦▪"


def split(site: Path, folder: str, drawer: Drawer) -> None:
    """Split the faces of a finished site, where its pages use any letters of one, and change the styles that name them.

    Args:
        site: its folder.
        folder: where the faces and their styles are published.
        drawer: for faces that have been split before.
    """
    used = letters(path.read_text("utf-8", "surrogateescape") for path in pages(site))
    done: dict[str, list[str]] = {}
    for name, needed in sorted(used.items()):
        path = site / folder / "fonts" / name
        if path.is_file() and (ranges := _split(path, needed, drawer)):
            done[name] = ranges
    for path in sorted((site / folder).glob("*.css")):
        style = path.read_text("utf-8")
        if (changed := ranged(style, done)) != style:
            path.write_text(changed, "utf-8")


def pages(site: Path) -> Iterator[Path]:
    """The pages of a finished site."""
    return (path for path in sorted(site.rglob("*")) if path.suffix.lower() in PAGES and path.is_file())


def letters(texts: Iterable[str]) -> dict[str, set[str]]:
    """The letters that pages use of each face, by its file."""
    kinds: defaultdict[str, set[str]] = defaultdict(set)
    text, slanted = set(ALWAYS), set(ALWAYS)
    for html in texts:
        for found in SPAN.finditer(html):
            kinds[found["kind"]].update(unescape(found["text"]))
        for found in DRAWN.finditer(html):
            kinds["mord mathnormal"].update(unescape(found["text"]))
        seen = UNSEEN.sub("", html)
        text.update(unescape(TAG.sub("", seen)))
        slanted.update(*(unescape(TAG.sub("", found.group())) for found in SLANTED.finditer(seen)))
    used: defaultdict[str, set[str]] = defaultdict(set)
    for kind, drawn in kinds.items():
        if FORMULA.search(kind):
            face = next(name for classes, name in FACES.items() if classes.search(kind))
            used[face].update(drawn, ALWAYS)
    return {**used, UPRIGHT: text, ITALIC: slanted}


def _split(path: Path, needed: set[str], drawer: Drawer) -> list[str]:
    """Put what is needed of a face in its place, and the rest beside it; the ranges of both, where there are two."""
    from fontTools import version
    from fontTools.ttLib import TTFont

    whole = path.read_bytes()
    with TTFont(io.BytesIO(whole)) as font:
        there = {*font.getBestCmap()}
    first = there & {*map(ord, needed)}
    if not first or first == there:
        return []
    halves = []
    for wanted in (first, there - first):
        key = digest("glyphs", version, whole, sorted(wanted))
        if not isinstance(kept := drawer.get(key), str):
            kept = base64.b64encode(_subset(whole, wanted)).decode()
            drawer.put(key, kept)
        halves.append(base64.b64decode(kept))
    path.write_bytes(halves[0])
    path.with_name(f"{path.stem}{REST}").write_bytes(halves[1])
    rest = there - first
    # A range may go on over what is neither in the other half nor on any page.
    return [ranges(first, rest), ranges(rest, {*map(ord, needed)})]


def _subset(whole: bytes, wanted: Iterable[int]) -> bytes:
    """A face with some of its letters."""
    from fontTools import subset

    logging.getLogger("fontTools").setLevel(logging.ERROR)
    # All features: a style may ask for digits or capitals of another form.
    options = subset.Options(flavor="woff2", layout_features=["*"])
    font = subset.load_font(io.BytesIO(whole), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=wanted)
    subsetter.subset(font)
    written = io.BytesIO()
    subset.save_font(font, written, options)
    return written.getvalue()


def ranges(points: Iterable[int], without: Iterable[int]) -> str:
    """Code points as a style sheet writes them, such as `U+41-5A,U+3B1`, in few ranges.

    Args:
        points: some.
        without: those that no range may have.
    """
    ordered, kept_out = sorted(points), sorted(without)
    apart = (bisect(kept_out, a) != bisect(kept_out, b) for a, b in pairwise(ordered))
    breaks = [0, *(index for index, is_apart in enumerate(apart, 1) if is_apart), len(ordered)]
    runs = [(ordered[start], ordered[end - 1]) for start, end in pairwise(breaks)]
    return ",".join(f"U+{a:X}" if a == b else f"U+{a:X}-{b:X}" for a, b in runs)


def ranged(style: str, done: Mapping[str, list[str]]) -> str:
    """A style sheet in which each face that was split is two."""

    def two(rule: re.Match[str]) -> str:
        if (name := rule["name"]) not in done:
            return rule.group()
        bare = rule.group().rstrip("}").rstrip().rstrip(";")
        first, rest = (f"{bare};unicode-range:{points}}}" for points in done[name])
        return f"{first}\n{rest.replace(name, name.removesuffix('.woff2') + REST)}"

    return RULE.sub(two, style)
