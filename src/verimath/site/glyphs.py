"""Faces of which a page loads what its site uses: each is split, and what few pages use comes where it is asked for.

The letters that many pages have make one file, those of few pages small ones, what no page has the last. The browser
chooses by `unicode-range`, so that a letter that a script or another plugin brings later is there all the same.
Outlines, kerning and ligatures are those of the whole face. Its instructions, by which coarse screens set parts of
letters upon whole pixels, go: they are up to three quarters of a face, and the text face beside KaTeX's has none. Other
forms of letters, such as the digits of fractions, are there where a style asks for them. Only where a system hints by
itself, by all signs of a face, one may be set by a part of a pixel otherwise.
"""

from __future__ import annotations

import base64
import io
import logging
import re
from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
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
# What has a face of its own, as a formula has.
CODE = re.compile(r"<(code|pre|samp|kbd)\b.*?</\1>", re.DOTALL)
KATEX = '<span class="katex">'
NESTED = re.compile(r"<(/?)span\b[^>]*>")
TAG = re.compile(r"<[^>]*>")
RULE = re.compile(r"@font-face\s*\{[^}]*url\(\"?fonts/(?P<name>[^)\"]+)\"?\)[^}]*\}")
RARE, REST = "-rare-{}.woff2", "-rest.woff2"
# A letter is rare where a smaller part of the pages that use its face has it. So many rare letters make a file: a page
# that has one of them loads few others with it, and a file has half a kilobyte of its own. With fewer rare letters, or
# fewer pages, none is apart.
SHARE, LETTERS, PAGES_AT_LEAST = 1 / 8, 8, 10
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
    pages: defaultdict[str, list[str]] = defaultdict(list)
    for page in site.pages:
        for name, needed in site.found(page, drawer, "letters", dict[str, str], _letters).items():
            pages[name].append(needed)
    styled = [site.found(path, drawer, "features", list[str], features) for path in site.of((".css", *PAGES))]
    kept = ["*"] if ["*"] in styled else sorted({*BY_ITSELF}.union(*styled))
    done: dict[str, dict[str, str]] = {}
    for name, used in sorted(pages.items()):
        path = site.folder / folder / "fonts" / name
        if path.is_file() and (ranges := _split(path, used, kept, drawer)):
            done[name] = ranges
    for path in (each for each in site.of((".css",)) if each.parent == site.folder / folder):
        style = site.text(path)
        if (changed := ranged(style, done)) != style:
            site.write(path, changed)


def _letters(html: str) -> dict[str, str]:
    """The letters that a page uses of each face, as they are kept; without the faces that it doesn't use."""
    return {face: "".join(sorted(used)) for face, used in letters(html).items() if used - {*ALWAYS}}


def letters(html: str) -> dict[str, set[str]]:
    """The letters that a page uses of each face, by its file."""
    kinds: defaultdict[str, set[str]] = defaultdict(set)
    for found in SPAN.finditer(html):
        kinds[found["kind"]].update(unescape(found["text"]))
    for found in DRAWN.finditer(html):
        kinds["mord mathnormal"].update(unescape(found["text"]))
    seen = _without_formulas(CODE.sub("", UNSEEN.sub("", html)))
    slanted = " ".join(TAG.sub("", found.group()) for found in SLANTED.finditer(seen))
    text = {*ALWAYS, *unescape(TAG.sub("", seen))}
    used: defaultdict[str, set[str]] = defaultdict(set)
    for kind, drawn in kinds.items():
        if FORMULA.search(kind):
            face = next(name for classes, name in FACES.items() if classes.search(kind))
            used[face].update(drawn, ALWAYS)
    return {**used, UPRIGHT: text, ITALIC: {*ALWAYS, *unescape(slanted)}}


def _without_formulas(html: str) -> str:
    """A page without what KaTeX has set."""
    parts, place = [], 0
    while (start := html.find(KATEX, place)) >= 0:
        parts.append(html[place:start])
        depth, place = 0, len(html)
        for found in NESTED.finditer(html, start):
            depth += -1 if found[1] else 1
            if not depth:
                place = found.end()
                break
    return "".join([*parts, html[place:]])


def features(text: str) -> list[str]:
    """The features of faces that a style sheet or a page asks for, by their tags; all of them is one called `*`."""
    if UNKNOWN in text:
        return ["*"]
    words = {word for found in ASKED.finditer(text) for word in found["words"].split()}
    asked = {tag for word in words for tag in FORMS.get(word.removeprefix("all-"), ())}
    asked.update(tag for found in BY_TAG.finditer(text) for tag in QUOTED_TAG.findall(found["tags"]))
    return sorted(asked)


def _split(path: Path, used: Sequence[str], kept: list[str], drawer: Drawer) -> dict[str, str]:
    """Put what most pages need of a face in its place, and the rest beside it; the ranges of each part by how its file
    ends, where there are several.

    Args:
        path: of the face.
        used: the letters of each page that uses it.
        kept: the features that it keeps.
        drawer: what earlier builds have kept.
    """
    whole = path.read_bytes()
    face = digest_of(whole)
    there = {*drawer.found(f"face-{face}", list[int], lambda: sorted(_points(whole)))}
    counts = Counter(point for page in used for point in {*map(ord, page)} & there)
    if not counts or {*counts} == there:
        return {}
    rare = _rare(counts, len(used))
    parts = {".woff2": {*counts}.difference(*rare), REST: there - {*counts}}
    parts |= {RARE.format(number): group for number, group in enumerate(rare, 1)}
    for ending, wanted in ((ending, wanted) for ending, wanted in parts.items() if wanted):
        key = digest("glyphs", face, sorted(wanted), kept)
        made: str = drawer.found(key, str, partial(_as_text, whole, wanted, kept))
        part = path.with_name(path.stem + ending)
        # Under `mkdocs serve`, what is there may be served by another name.
        part.unlink(missing_ok=True)
        part.write_bytes(base64.b64decode(made))
    # A range may go on over what is neither in another part nor on any page.
    seen = {ord(letter) for page in used for letter in page}
    return {
        ending: ranges(wanted, (there if ending == ".woff2" else there | seen) - wanted)
        for ending, wanted in parts.items()
        if wanted
    }


def _rare(counts: Mapping[int, int], pages: int) -> list[set[int]]:
    """The letters that few pages have, in groups of such as about equally many pages have.

    Args:
        counts: how many pages have each letter.
        pages: how many there are.
    """
    rare = sorted((-count, point) for point, count in counts.items() if count < SHARE * pages)
    if len(rare) < LETTERS or pages < PAGES_AT_LEAST:
        return []
    number = len(rare) // LETTERS
    breaks = [len(rare) * place // number for place in range(number + 1)]
    return [{point for _, point in rare[start:end]} for start, end in pairwise(breaks)]


def _points(whole: bytes) -> set[int]:
    """The letters that a face has."""
    from fontTools.ttLib import TTFont

    with TTFont(io.BytesIO(whole)) as font:
        return {*font.getBestCmap()}


def _as_text(whole: bytes, wanted: Iterable[int], kept: list[str]) -> str:
    """A part of a face, as it is kept."""
    return base64.b64encode(_subset(whole, wanted, kept)).decode()


def _subset(whole: bytes, wanted: Iterable[int], kept: list[str]) -> bytes:
    """A face with some of its letters, without instructions."""
    from fontTools import subset

    logging.getLogger("fontTools").setLevel(logging.ERROR)
    options = subset.Options(flavor="woff2", layout_features=kept, hinting=False, name_IDs=NAMES)
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


def ranged(style: str, done: Mapping[str, Mapping[str, str]]) -> str:
    """A style sheet in which each face that was split is several, given by their ranges by how their files end."""

    def parted(rule: re.Match[str]) -> str:
        if (name := rule["name"]) not in done:
            return rule.group()
        bare = rule.group().rstrip("}").rstrip().rstrip(";")
        stem = name.removesuffix(".woff2")
        return "\n".join(
            f"{bare.replace(name, stem + ending)};unicode-range:{points}}}" for ending, points in done[name].items()
        )

    return RULE.sub(parted, style)
