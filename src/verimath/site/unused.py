"""Style sheets without the rules that no page of the site could meet: a theme brings them for all that a site may have.

A rule goes where it asks for a class or an identifier that no file of the site has in any place, be it a page, a script
or data; where a script puts names together of parts, each name that begins or ends with such a part stays. So do all
rules where a page loads a script of another host. Pictures that a style sheet names and faces go where nothing asks for
them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from .left_behind import PAGES, written
from .sheets import REMARK

SCRIPTS = (".js", ".mjs")
NAMING = (*PAGES, *SCRIPTS, ".json", ".svg", ".xml")
WORD = re.compile(r"[\w-]+")
# What of a page or of data may name a class: its tags and its scripts, not its text.
TAG = re.compile(r"<script\b.*?</script>|<[^>]*>", re.DOTALL | re.IGNORECASE)
ELSEWHERE = re.compile(r"<script\b[^>]*\ssrc=[\"']?(?:https?:)?//", re.IGNORECASE)
# A sign of tags, as some write it into data.
ESCAPED = r"\u003c"
# Each a whole, in a style sheet: what is quoted, an address, a sign with its backslash.
TOKEN = re.compile(r"\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'|url\([^)]*\)|\\.|.", re.DOTALL)
# Of a selector, what says nothing of the classes that there must be.
MAY_BE = re.compile(r":(?:not|is|where|has|matches|any|-\w+-any|host|slotted)\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)")
ATTRIBUTE = re.compile(r"\[[^\]]*\]")
NAME = re.compile(r"[.#](?P<name>(?:[\w-]|\\.)+)")
NESTING = ("@media", "@supports", "@container", "@layer", "@scope")
OWN = re.compile(r"(?<=[;{])(?P<name>--[\w-]+):url\([^)]*\);?|\A(?P<first>--[\w-]+):url\([^)]*\);?")
FACE = re.compile(r"@font-face\s*\{[^}]*\}\s*")
FAMILY = re.compile(r"font-family:\s*[\"']?(?P<name>[\w -]+)")


def lighten(site: Path) -> None:
    """Take from the style sheets of a finished site what none of its pages can meet."""
    texts = {path: text for path, text in written(site) if path.suffix.lower() in NAMING}
    if any(ELSEWHERE.search(text) for path, text in texts.items() if path.suffix.lower() in PAGES):
        return
    names = Names(texts.items())
    sheets = {path: path.read_text("utf-8", "surrogateescape") for path in sorted(site.rglob("*.css"))}
    lighter = {path: names.light(style) for path, style in sheets.items()}
    asked = "".join(FACE.sub("", style) for style in lighter.values())
    for path, style in lighter.items():
        light = FACE.sub(lambda face: face.group() if names.asks(face.group(), asked) else "", style)
        if light != sheets[path]:
            path.write_bytes(light.encode("utf-8", "surrogateescape"))


class Names:
    """What the files of a site name.

    Args:
        texts: of its pages, scripts and data, by their paths.
    """

    def __init__(self, texts: Iterable[tuple[Path, str]]) -> None:
        self._words: set[str] = set()
        beginnings: set[str] = set()
        endings: set[str] = set()
        for path, text in texts:
            is_script = path.suffix.lower() in SCRIPTS
            words = {*WORD.findall(text if is_script or ESCAPED in text else " ".join(TAG.findall(text)))}
            self._words |= words
            if is_script:
                beginnings.update(word for word in words if word[-1] in "-_" and word.strip("-_"))
                endings.update(word for word in words if word[0] in "-_" and word.strip("-_"))
        self._beginnings, self._endings = tuple(beginnings), tuple(endings)

    def has(self, name: str) -> bool:
        """Whether something of the site may be called so."""
        return all(
            word in self._words or word.startswith(self._beginnings) or word.endswith(self._endings)
            for word in WORD.findall(name)
        )

    def light(self, style: str) -> str:
        """A style sheet without what this site can't meet; as it was, where it can't be read."""
        style = REMARK.sub("", style)
        try:
            lighter = "".join(self._rules(style))
        except ValueError:
            return style
        asked = {*WORD.findall(OWN.sub("", lighter))} | self._words
        return OWN.sub(lambda own: own.group() if (own["name"] or own["first"]) in asked else "", lighter)

    def asks(self, face: str, styles: str) -> bool:
        """Whether some styles, or other files, ask for a face, given by its rule."""
        family = FAMILY.search(face)
        return family is None or family["name"].strip() in styles or family["name"].strip() in self._words

    def _rules(self, style: str) -> Iterator[str]:
        for head, body in rules(style):
            if body is None:
                yield head
            elif head.startswith(NESTING):
                if inside := "".join(self._rules(body)):
                    yield f"{head}{{{inside}}}"
            elif head.startswith("@"):
                yield f"{head}{{{body}}}"
            elif kept := [each for each in listed(head) if self._may_meet(each)]:
                yield f"{','.join(kept)}{{{body}}}"

    def _may_meet(self, selector: str) -> bool:
        must_be = ATTRIBUTE.sub("", MAY_BE.sub("", selector))
        return all(self.has(found["name"].replace("\\", "")) for found in NAME.finditer(must_be))


def rules(style: str) -> Iterator[tuple[str, str | None]]:
    """The rules of a style sheet, each with what stands in its braces; None for one that has none.

    Raises:
        ValueError: where braces don't close as they open.
    """
    depth, head, body = 0, "", ""
    for found in TOKEN.finditer(style):
        token = found.group()
        depth += (token == "{") - (token == "}")
        if depth < 0:
            raise ValueError(style)
        if depth == 0 and token == "}":
            yield head.strip(), body
            head = body = ""
        elif depth == 0:
            head += token
            if token == ";":
                yield head.strip(), None
                head = ""
        elif depth > 1 or token != "{":
            body += token
    if depth or head.strip():
        raise ValueError(style)


def listed(selectors: str) -> Iterator[str]:
    """The selectors of a rule, one by one."""
    depth, one = 0, ""
    for found in TOKEN.finditer(selectors):
        token = found.group()
        depth += (token in "([") - (token in ")]")
        if token == "," and depth == 0:
            yield one.strip()
            one = ""
        else:
            one += token
    yield one.strip()
