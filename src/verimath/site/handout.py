"""A page to hand out: the finished page without the boxes that hold its solutions."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from html import escape

from .words import Words

NAME = "handout.html"
BOX = re.compile(r"<(?P<end>/?)(?P<tag>details|div)\b(?P<attributes>(?:[^>\"']|\"[^\"]*\"|'[^']*')*)>", re.IGNORECASE)
CLASSES = re.compile(r"\bclass\s*=\s*(?:\"(?P<a>[^\"]*)\"|'(?P<b>[^']*)'|(?P<c>[^\s\"'>]+))")
IDENTITY = re.compile(r"\sid\s*=\s*[\"']?(?P<id>[^\"'\s>]+)")
INWARD = re.compile(r"(?P<before>\shref\s*=\s*[\"']?)#(?P<id>[^\"'\s>]+)")
HEAD_END, TITLE_END = re.compile(r"</head>", re.IGNORECASE), re.compile(r"</h1>", re.IGNORECASE)
OWN_LINK = re.compile(r'<li><a class="vm-to-handout".*?</li>')

Wanted = Callable[[str, set[str]], bool]


def without_boxes(html: str, is_dropped: Wanted) -> str:
    """HTML without some of its boxes and all that they hold.

    Args:
        html: of a page.
        is_dropped: whether a box goes, by its tag, `details` or `div`, and its classes.
    """
    kept: list[str] = []
    position, inside = 0, 0
    dropped = ""
    for box in BOX.finditer(html):
        tag = box["tag"].lower()
        if inside:
            inside += 0 if tag != dropped else -1 if box["end"] else 1
            if not inside:
                position = box.end()
        elif not box["end"] and is_dropped(tag, _classes(box["attributes"])):
            kept.append(html[position : box.start()])
            dropped, inside = tag, 1
    return "".join([*kept, "" if inside else html[position:]])


def has_boxes(html: str, classes: Collection[str]) -> bool:
    """Whether a page has anything to leave out."""
    return any(not box["end"] and _classes(box["attributes"]) & {*classes} for box in BOX.finditer(html))


def handout(html: str, classes: Collection[str], page: str, words: Words) -> str:
    """A page without the boxes of some classes, such as `solution`.

    Args:
        html: the finished page.
        classes: of the boxes that go.
        page: the address of the page itself, from the handout, which lies beside it.
        words: of the site.
    """
    left = without_boxes(html, lambda tag, of: bool(of & {*classes}))
    here = {found["id"] for found in IDENTITY.finditer(left)}

    def led(link: re.Match[str]) -> str:
        return link.group() if link["id"] in here else f"{link['before']}{escape(page)}#{link['id']}"

    left = OWN_LINK.sub("", INWARD.sub(led, left))
    left = HEAD_END.sub(lambda end: f'<meta name="robots" content="noindex">{end.group()}', left, count=1)
    said = words.handout["said"].format(page=escape(page))
    return TITLE_END.sub(lambda end: f'{end.group()}\n<p class="vm-reading">{said}</p>', left, count=1)


def _classes(attributes: str) -> set[str]:
    found = CLASSES.search(attributes)
    return {*(found["a"] or found["b"] or found["c"] or "").split()} if found else set()
