"""The headings of a page and the anchors that they make, as far as the file shows them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..message.frozen import frozen
from ..page.page import Page
from ..page.project import Project

UNDERLINE = re.compile(r"=+[ ]*|-+[ ]*")
# What attr_list and raw HTML make an anchor.
LISTED = re.compile(r"\{:?(?:[^{}\n#]{0,200}[ ])?#(?P<id>[^\s{}]+)[^{}\n]{0,200}\}")
IDENTITY = re.compile(r"<[^<>]{0,500}?\sid\s*=\s*[\"']?(?P<id>[^\"'\s>]+)", re.IGNORECASE)
ATTRIBUTES = re.compile(r"[ ]*\{:?[ ]*(?P<inside>[^{}\n]{1,300})\}[ ]*$")
LINK = re.compile(r"!?\[(?P<words>[^\]]{0,300})\](?:\([^)]{0,1000}\)|\[[^\]]{0,300}\])")
TAG = re.compile(r"<[^<>]{1,300}>")


@frozen
class Heading:
    """A heading's words as they are written, and where they stand in the prose."""

    words: str
    offset: int


def headings(page: Page) -> Iterator[Heading]:
    """The headings of a page, marked by # or underlined."""
    offset, above, start = 0, "", 0
    for line in page.prose.split("\n"):
        content = line.lstrip("> ")
        if content.startswith("#"):
            words = content.lstrip("#")
            yield Heading(words.rstrip().rstrip("#"), offset + len(line) - len(words))
        elif above and line[:1] in ("=", "-") and UNDERLINE.fullmatch(line):
            yield Heading(above, start)
        above, start = ("" if content.startswith("#") else line.strip()), offset
        offset += len(line) + 1


def anchors(page: Page, project: Project) -> set[str]:
    """The anchors on a page that are no equation's.

    Those of a heading with a formula or code in it are known when it is HTML.
    """
    found = {match["id"] for match in IDENTITY.finditer(page.prose)}
    if project.has("attr_list"):
        found |= {match["id"] for match in LISTED.finditer(page.prose)}
    if project.slug is None:
        return found
    whole = "\n".join(page.lines)
    for heading in headings(page):
        words = whole[heading.offset : heading.offset + len(heading.words)]
        attributes = ATTRIBUTES.search(words) if project.has("attr_list") else None
        if attributes and "#" in attributes["inside"]:
            continue
        words = words[: attributes.start()] if attributes else words
        if "$" not in words:
            words = TAG.sub("", LINK.sub(lambda link: link["words"], words.replace("`", "")))
            found.add(project.slug(words.strip(), project.separator))
    return found
