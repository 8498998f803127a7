"""Faces of which a page loads what its site uses: each is split in two, and the rest comes where it is asked for.

The browser chooses by `unicode-range`, so that a letter that a script or another plugin brings later is there all the
same. Outlines, kerning and ligatures are those of the whole face, and so are instructions, but for the faces of large
signs. Other forms of letters, such as the digits of fractions, are there where a style asks for them. Only where a
system hints by itself, by all signs of a face, one may be set by a part of a pixel otherwise.
"""

from __future__ import annotations

import base64
import io
import logging
import re
from bisect import bisect
from collections import defaultdict
from collections.abc import Iterable, Mapping
from html import unescape
from itertools import pairwise
from pathlib import Path

from ..kept.store import Drawer
from ..kept.tool import digest, digest_of
from .finished import PAGES, Finished

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
# What draws large brackets and sums: instructions set small signs upon pixels, and are more than half of such a face.
LARGE = re.compile(r"KaTeX_Size\d-Regular\.woff2")
# Of what a face says of itself, its family and style: its licence lies beside it.
NAMES = [1, 2]
# Features that a face uses by itself, and those that a style may ask for, by its words.
BY_ITSELF = ("calt", "ccmp", "clig", "kern", "liga", "locl", "mark", "mkmk", "rclt", "rlig", "rvrn")
FORMS = {
    "proportional-nums": ("pnum",),
    "tabular-nums": ("tnum",),
    "lining-nums": ("lnum",),
    "oldstyle-nums": ("onum",),
    "diagonal-fractions": ("frac", "numr", "dnom"),
    "stacked-fractions": ("afrc",),
    "ordinal": ("ordn",),
    "slashed-zero": ("zero",),
    "small-caps": ("smcp", "c2sc"),
    "petite-caps": ("pcap", "c2pc"),
    "unicase": ("unic",),
    "titling-caps": ("titl",),
    "discretionary-ligatures": ("dlig",),
    "historical-ligatures": ("hlig",),
    "historical-forms": ("hist",),
    "sub": ("subs",),
    "super": ("sups",),
}
ASKED = re.compile(r"font(?:-variant(?:-[a-z-]+)?)?\s*:\s*(?P<words>[^;{}\"<>]{0,100})")
BY_TAG = re.compile(r"font-feature-settings\s*:\s*(?P<tags>[^{}<>]{0,200})")
QUOTED_TAG = re.compile(r"(?:[\"']|&quot;)(\w{4})(?:[\"']|&quot;)")
# Names of forms of a face's own.
UNKNOWN = "font-feature-values"
# What a line break, a script or a list puts into any text.
ALWAYS = " \u00a0\u00ad\u200b•◦▪"


def split(site: Finished, folder: str, drawer: Drawer) -> None:
    """Split the faces of a finished site, where its pages use any letters of one, and change the styles that name them.

    Args:
        site: where no page changes any more.
        folder: where the faces and their styles are published.
        drawer: what earlier builds have kept: the letters of pages, faces that have been split.
    """
    used: defaultdict[str, set[str]] = defaultdict(set)
    for page in site.pages:
        for name, needed in site.found(page, drawer, "letters", _letters).items():
            used[name].update(needed)
    styled = [site.found(path, drawer, "features", features) for path in site.of((".css", *PAGES))]
    kept = ["*"] if ["*"] in styled else sorted({*BY_ITSELF}.union(*styled))
    done: dict[str, list[str]] = {}
    for name, needed in sorted(used.items()):
        path = site.folder / folder / "fonts" / name
        if path.is_file() and (ranges := _split(path, needed, kept, drawer)):
            done[name] = ranges
    for path in (each for each in site.of((".css",)) if each.parent == site.folder / folder):
        style = site.text(path)
        if (changed := ranged(style, done)) != style:
            site.write(path, changed)


def _letters(html: str) -> dict[str, str]:
    """The letters that a page uses of each face, as they are kept."""
    return {face: "".join(sorted(used)) for face, used in letters(html).items()}


def letters(html: str) -> dict[str, set[str]]:
    """The letters that a page uses of each face, by its file."""
    kinds: defaultdict[str, set[str]] = defaultdict(set)
    for found in SPAN.finditer(html):
        kinds[found["kind"]].update(unescape(found["text"]))
    for found in DRAWN.finditer(html):
        kinds["mord mathnormal"].update(unescape(found["text"]))
    seen = UNSEEN.sub("", html)
    slanted = " ".join(TAG.sub("", found.group()) for found in SLANTED.finditer(seen))
    text = {*ALWAYS, *unescape(TAG.sub("", seen))}
    used: defaultdict[str, set[str]] = defaultdict(set)
    for kind, drawn in kinds.items():
        if FORMULA.search(kind):
            face = next(name for classes, name in FACES.items() if classes.search(kind))
            used[face].update(drawn, ALWAYS)
    return {**used, UPRIGHT: text, ITALIC: {*ALWAYS, *unescape(slanted)}}


def features(text: str) -> list[str]:
    """The features of faces that a style sheet or a page asks for, by their tags; all of them is one called `*`."""
    if UNKNOWN in text:
        return ["*"]
    words = {word for found in ASKED.finditer(text) for word in found["words"].split()}
    asked = {tag for word in words for tag in FORMS.get(word.removeprefix("all-"), ())}
    asked.update(tag for found in BY_TAG.finditer(text) for tag in QUOTED_TAG.findall(found["tags"]))
    return sorted(asked)


def _split(path: Path, needed: set[str], kept: list[str], drawer: Drawer) -> list[str]:
    """Put what is needed of a face in its place, and the rest beside it; the ranges of both, where there are two."""
    whole = path.read_bytes()
    face = digest_of(whole)
    if (key := f"face-{face}") not in drawer:
        drawer.put(key, sorted(_points(whole)))
    there = {*drawer.get(key)}
    first = there & {*map(ord, needed)}
    if not first or first == there:
        return []
    halves = []
    for wanted in (first, there - first):
        has_instructions = not LARGE.fullmatch(path.name)
        if (key := digest("glyphs", face, sorted(wanted), kept, has_instructions)) not in drawer:
            drawer.put(key, base64.b64encode(_subset(whole, wanted, kept, has_instructions)).decode())
        halves.append(base64.b64decode(drawer.get(key)))
    path.write_bytes(halves[0])
    path.with_name(f"{path.stem}{REST}").write_bytes(halves[1])
    rest = there - first
    # A range may go on over what is neither in the other half nor on any page.
    return [ranges(first, rest), ranges(rest, {*map(ord, needed)})]


def _points(whole: bytes) -> set[int]:
    """The letters that a face has."""
    from fontTools.ttLib import TTFont

    with TTFont(io.BytesIO(whole)) as font:
        return {*font.getBestCmap()}


def _subset(whole: bytes, wanted: Iterable[int], kept: list[str], has_instructions: bool) -> bytes:
    """A face with some of its letters."""
    from fontTools import subset

    logging.getLogger("fontTools").setLevel(logging.ERROR)
    options = subset.Options(flavor="woff2", layout_features=kept, hinting=has_instructions, name_IDs=NAMES)
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
