"""A drawing that a snippet prints as SVG: what a page shows of it, and the file that others may reuse."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from ..message.refusal import Refusal
from ..message.source import Span
from .paths import shorter
from .publication import Publication, licence_address, licence_name
from .words import SiteWords, Words

# Where drawings are published, each as a file of its own.
FOLDER = "assets/verimath/drawings"
SVG, XLINK, TERMS = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink", "http://purl.org/dc/terms/"
BEGINS = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!DOCTYPE[^>]*>\s*)?<svg[\s>]")
# What acts on more than the drawing, or isn't drawn.
REFUSED = ("script", "style", "foreignObject", "image", "a")
# A reference from one part of a drawing to another.
LINK, PAINT = re.compile(r"#(.+)"), re.compile(r"url\(\s*['\"]?#([^)'\"]+)['\"]?\s*\)")
# A colour that the page may have changed, and what it is elsewhere.
PROPERTY = re.compile(r"var\(\s*--[\w-]+\s*,\s*([^()]*)\)")
# What a table must know: a word, which no symbol is.
WORD = re.compile(r"(?<![\w\\])[^\W\d_]{3,}")
# What every language of mathematics has.
NAMED = {"log", "exp", "softmax"}
# Elements that hold words, and a number that follows some.
SAID = ("title", "desc", "text", "tspan")
VALUE = re.compile(r": [^\w\s]*[\s]?[\d./]+$")
POINT = re.compile(r"(?<=\d)\.(?=\d)")
WAY_OUT = "print one SVG with a <title> and a <desc> that say what is to be seen, its style in attributes"


def is_drawing(output: str) -> bool:
    """Whether what a snippet printed is a drawing rather than text."""
    return BEGINS.match(output) is not None


def address(name: str) -> str:
    """Where the file of a drawing is published."""
    return f"{FOLDER}/{name}.svg"


def worded(name: str, output: str, site: SiteWords, words: Words, place: Span) -> str:
    """A drawing with what is written on it in the page's language, and what it says of itself.

    Args:
        name: of the snippet.
        output: what it printed, in English.
        site: has the words that its programs draw; without any, the drawing stays as it is.
        words: how its language writes numbers.
        place: of the name, for messages.

    Raises:
        Refusal: if it isn't a drawing, or for words that the table doesn't have.
    """
    if not site.drawn:
        return output
    root = _read(name, output, place)
    for element in root.iter():
        if str(element.tag).removeprefix(f"{{{SVG}}}") not in SAID:
            continue
        said = " ".join((element.text or "").split())
        # A number may be another at the next build.
        before, colon, number = (
            said.partition(": ") if said not in site.drawn and VALUE.search(said) else (said, "", "")
        )
        if before not in site.drawn and {*WORD.findall(before)} - NAMED:
            raise Refusal(
                f"{site.file} has no word for “{before}”",
                "add it there, below `drawn`",
                what=f"the drawing of `{name}` is in another language",
                span=place,
            )
        numbers = POINT.sub(words.writing["decimal"], number)
        shown = site.drawn.get(before, POINT.sub(words.writing["decimal"], before))
        element.text = f"{shown}{words.colon if colon else ''}{numbers}" or None
    return _written(root)


def inline(name: str, output: str, place: Span) -> str:
    """A drawing as an element of a page: named, described, its ids unlike those of any other.

    Args:
        name: of the snippet, which is its alone on the site.
        output: what it printed.
        place: of the name, for messages.

    Raises:
        Refusal: if this isn't one drawing, or acts beyond itself, or doesn't say what it shows.
    """
    root = _read(name, output, place)
    names = []
    for tag in ("title", "desc"):
        said = root.find(f"{{{SVG}}}{tag}")
        assert said is not None
        said.set("id", f"{tag}")
        names.append(f"{name}-{tag}")
    for element in root.iter():
        for key, value in element.attrib.items():
            if key == "id":
                element.set(key, f"{name}-{value}")
            elif key in ("href", f"{{{XLINK}}}href"):
                element.set(key, LINK.sub(rf"#{name}-\1", value))
            elif key == "d":
                element.set(key, shorter(value))
            else:
                element.set(key, PAINT.sub(rf"url(#{name}-\1)", value))
    root.set("role", "img")
    root.set("aria-labelledby", names[0])
    root.set("aria-describedby", names[1])
    return _written(root)


def published(name: str, output: str, about: Publication, place: Span) -> str:
    """A drawing as a file of its own, in the colours of paper, with its credit.

    Args:
        name: of the snippet.
        output: what it printed.
        about: the site that it comes from.
        place: of the name, for messages.

    Raises:
        Refusal: as for `inline`.
    """
    root = _read(name, output, place)
    title = root.findtext(f"{{{SVG}}}title") or name
    said = {
        "title": title,
        "creator": about.author,
        "isPartOf": about.title,
        "source": about.address,
        "license": f"{licence_name(about.licence)}, {licence_address(about.licence)}" if about.licence else "",
    }
    credit = ElementTree.Element(f"{{{SVG}}}metadata")
    for key, value in said.items():
        if value:
            ElementTree.SubElement(credit, f"{{{TERMS}}}{key}").text = value
    root.insert(0, credit)
    for element in root.iter():
        for key, value in element.attrib.items():
            element.set(key, PROPERTY.sub(r"\1", value))
    # Where it will stand is another's page, whatever its colour.
    root.set("style", "background: #fff; color: #000")
    if root.get("font-family") == "inherit":
        root.set("font-family", "sans-serif")
    return f"{_written(root)}\n"


def _read(name: str, output: str, place: Span) -> ElementTree.Element:
    try:
        root = ElementTree.fromstring(output)
    except ElementTree.ParseError as error:
        raise Refusal(str(error), WAY_OUT, what=f"what `{name}` prints isn't one drawing", span=place) from error
    for element in root.iter():
        tag = str(element.tag).removeprefix(f"{{{SVG}}}")
        acts = [key for key, value in element.attrib.items() if key.startswith("on") or _leads_away(key, value)]
        if tag in REFUSED or acts:
            what = f"the drawing of `{name}` has <{tag}{' ' if acts else ''}{' '.join(acts)}>"
            raise Refusal("it would act beyond the drawing", WAY_OUT, what=what, span=place)
    for tag in ("title", "desc"):
        if not (root.findtext(f"{{{SVG}}}{tag}") or "").strip():
            what = f"the drawing of `{name}` has no <{tag}>"
            raise Refusal("who doesn't see it is told nothing", WAY_OUT, what=what, span=place)
    return root


def _leads_away(key: str, value: str) -> bool:
    return key in ("href", f"{{{XLINK}}}href") and not value.startswith("#")


def _written(root: ElementTree.Element) -> str:
    for prefix, space in (("", SVG), ("xlink", XLINK), ("dcterms", TERMS)):
        ElementTree.register_namespace(prefix, space)
    return ElementTree.tostring(root, "unicode").strip()
