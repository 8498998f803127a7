"""Style sheets without the rules that no page of the site could meet: a theme brings them for all that a site may have.

A rule goes where it asks for a class or an identifier that no file of the site has in any place, be it a page, a script
or data, for a value of a `data-` attribute that is in none, or for more tabs than a set has; where a script puts names
together of parts, each name that begins or ends with such a part stays. So do all rules where a page loads a script of
another host. Pictures that a style sheet names and faces go where nothing asks for them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, TypedDict

import tinycss2
from tinycss2.ast import (
    AtRule,
    HashToken,
    IdentToken,
    LiteralToken,
    Node,
    ParseError,
    QualifiedRule,
    SquareBracketsBlock,
    URLToken,
    WhitespaceToken,
)

from ..kept.store import Drawer
from ..kept.tool import digest
from .finished import PAGES, Finished
from .sheets import published

SCRIPTS = (".js", ".mjs")
# Scripts for languages, which only what searches loads: it has no page to name anything of.
OF_SEARCH = "lunr"
NAMING = (*PAGES, *SCRIPTS, ".json", ".svg", ".xml")
WORD = re.compile(r"[\w-]+")
# What of a page or of data may name a class: its tags and its scripts, not its text.
TAG = re.compile(r"<script\b.*?</script>|<[^>]*>", re.DOTALL | re.IGNORECASE)
ELSEWHERE = re.compile(r"<script\b[^>]*\ssrc=[\"']?(?:https?:)?//", re.IGNORECASE)
# A set of tabs says how many it has; styles have a rule for each of twenty.
TABS = re.compile(r"<[^>]*\bclass=\"[^\"]*\btabbed-set\b[^>]*>")
TABS_HELD = re.compile(r'\bdata-tabs="\d+:(\d+)"')
TAB = re.compile(r"\.tabbed-set\s*>\s*input:nth-child\((\d+)\)")
MOST_TABS = 20
# What a script may write without naming it.
COMPUTED = re.compile(r"\d*|true|false")
# A sign of tags, as some write it into data.
ESCAPED = r"\u003c"
# Rules that hold rules.
FACE = ("font-face",)
NESTING = ("media", "supports", "container", "layer", "scope")


class Named(TypedDict):
    """What a file names.

    Attributes:
        words: of its tags and scripts.
        begun, ended: parts that a script may put names together of.
        open: whether it loads a script of another host, which may name anything.
    """

    words: list[str]
    begun: list[str]
    ended: list[str]
    open: bool


class Said(TypedDict):
    """What a style sheet says.

    Attributes:
        is_read: whether all of it can be read.
        classes: and identifiers that it names.
        offered: the faces and the named pictures that it has, by their names.
    """

    is_read: bool
    classes: list[str]
    offered: list[str]


def lighten(site: Finished, drawer: Drawer) -> None:
    """Take from the style sheets of a finished site what none of its pages can meet.

    Args:
        site: where no page changes any more.
        drawer: what earlier builds have kept: what files name, and what was left of style sheets.
    """
    named: list[Named] = []
    for path in (path for path in site.of(NAMING) if path.parent.name != OF_SEARCH):
        kind = "page" if path.suffix.lower() in PAGES else "script" if path.suffix.lower() in SCRIPTS else "data"
        named.append(site.found(path, drawer, f"names-{kind}", Named, partial(names_in, kind=kind)))
    if any(each["open"] for each in named):
        return
    names = Names(named)
    sheets = [Sheet(site, path, names, drawer) for path in site.of((".css",))]
    asked = " ".join(sheet.asking for sheet in sheets)
    for sheet in sheets:
        if (light := sheet.light(asked)) is not None:
            site.write(sheet.path, light)


class Sheet:
    """A style sheet, read again only where it has changed, or what of all that it names is there.

    Args:
        site, path: where it lies.
        names: what the files of the site name.
        drawer: what earlier builds have kept.
    """

    def __init__(self, site: Finished, path: Path, names: Names, drawer: Drawer) -> None:
        self.path = path
        self._site, self._names, self._drawer = site, names, drawer
        said = site.found(path, drawer, "said", Said, said_in)
        self._is_read = said["is_read"]
        self._there = [name for name in said["classes"] if names.has(name)]
        self._offered = said["offered"]

    def _kept(self, *key: object, look: Callable[[str], Any]) -> Any:
        """What is found in it, where other files have to do with that too."""
        return self._site.found(self.path, self._drawer, digest("sheet", key, self._there), str, look)

    @property
    def asking(self) -> str:
        """What of it may ask for a face or for a named picture."""
        if not self._is_read:
            return self._site.text(self.path)
        found: str = self._kept("asking", look=lambda style: " ".join(asking(self._met(style))))
        return found

    def light(self, asked: str) -> str | None:
        """What is left of it; None where that is all.

        Args:
            asked: what all style sheets may ask for.
        """
        if not self._is_read:
            return None
        words = {*WORD.findall(asked)}
        granted = [(name in asked, name in words or self._names.is_said(name)) for name in self._offered]
        left = self._kept("light", granted, look=lambda style: text_of(self._names.asked(self._met(style), asked)))
        return left if left != self._site.text(self.path) else None

    def _met(self, style: str) -> list[Node]:
        return [*self._names.met(rules_of(style) or [])]


def said_in(style: str) -> Said:
    """What a style sheet names, whether all of it can be read: classes and identifiers, the faces and pictures that it
    offers."""
    rules = rules_of(style) or []
    return {"is_read": bool(rules), "classes": sorted({*classes(rules)}), "offered": sorted({*offered(rules)})}


def classes(rules: Iterable[Node]) -> Iterator[str]:
    """What the selectors of some rules ask for by its name."""
    for rule in rules:
        if is_named(rule, NESTING):
            yield from classes(rule.content)
        elif isinstance(rule, QualifiedRule):
            yield from named_in(rule.prelude)


def offered(rules: Iterable[Node]) -> Iterator[str]:
    """The faces and the named pictures of some rules, by their names."""
    for rule in rules:
        if is_named(rule, NESTING):
            yield from offered(rule.content)
        elif is_named(rule, FACE):
            yield family_of(rule)
        elif isinstance(rule, QualifiedRule):
            yield from (each[0].value for each in split(rule.content, ";") if is_picture(each))


def names_in(text: str, kind: str) -> Named:
    """What a file names: a page, a script or data."""
    words = {*WORD.findall(text if kind == "script" or ESCAPED in text else " ".join(TAG.findall(text)))}
    sets = [TABS_HELD.search(found.group()) for found in TABS.finditer(text)]
    most = max((int(said[1]) if said else MOST_TABS for said in sets), default=0)
    words.update(_tab(place) for place in range(1, most + 1))
    parts = {word for word in words if kind == "script" and word.strip("-_")}
    return {
        "words": sorted(words),
        "begun": sorted(word for word in parts if word[-1] in "-_"),
        "ended": sorted(word for word in parts if word[0] in "-_"),
        "open": kind == "page" and ELSEWHERE.search(text) is not None,
    }


class Names:
    """What the files of a site name.

    Args:
        named: by each of them.
    """

    def __init__(self, named: Iterable[Named]) -> None:
        words, begun, ended = set[str](), set[str](), set[str]()
        for each in named:
            words.update(each["words"])
            begun.update(each["begun"])
            ended.update(each["ended"])
        self._words = words
        self._beginnings, self._endings = tuple(sorted(begun)), tuple(sorted(ended))

    def is_said(self, name: str) -> bool:
        """Whether a file has a name as it is."""
        return name in self._words

    def has(self, name: str) -> bool:
        """Whether something of the site may be called so."""
        return all(
            word in self._words or word.startswith(self._beginnings) or word.endswith(self._endings)
            for word in WORD.findall(name)
        )

    def met(self, rules: Iterable[Node]) -> Iterator[Node]:
        """Of a style sheet's rules those that a page can meet, and of their selectors."""
        for rule in rules:
            match rule:
                case WhitespaceToken():
                    continue
                case QualifiedRule():
                    selectors = [each for each in split(rule.prelude, ",") if self._may_meet(each)]
                    if not selectors:
                        continue
                    rule.prelude = joined(selectors, ",")
                case AtRule() if is_named(rule, NESTING):
                    rule.content = [*self.met(rule.content)]
                    if not rule.content:
                        continue
            yield rule

    def _may_meet(self, selector: Sequence[Node]) -> bool:
        """Whether the site has the classes and the identifiers that there must be: what stands in brackets, as after
        `:not`, may be there or not."""
        return all(map(self.has, named_in(selector)))

    def asked(self, rules: Iterable[Node], styles: str) -> Iterator[Node]:
        """Rules without the faces and the named pictures that neither some styles ask for nor another file."""
        names = self._words.union(WORD.findall(styles))
        for rule in rules:
            if is_named(rule, NESTING):
                rule.content = [*self.asked(rule.content, styles)]
            elif is_named(rule, FACE):
                if (family := family_of(rule)) not in styles and family not in names:
                    continue
            elif isinstance(rule, QualifiedRule):
                said = split(rule.content, ";")
                rule.content = joined([each for each in said if not is_picture(each) or each[0].value in names], ";")
            yield rule


def named_in(selector: Sequence[Node]) -> Iterator[str]:
    """The classes, identifiers, values of attributes and tabs that a selector asks for, outside of round brackets."""
    for before, token in zip([None, *selector], selector, strict=False):
        if isinstance(token, HashToken) or (isinstance(token, IdentToken) and before == "."):
            yield token.value
        elif isinstance(token, SquareBracketsBlock):
            yield from valued(token.content)
    for found in TAB.finditer(tinycss2.serialize(selector)):
        yield _tab(int(found[1]))


def _tab(place: int) -> str:
    """The name under which a set's tab is asked for, by its place."""
    return f"tabbed-set-{place}"


def valued(asked: Sequence[Node]) -> Iterator[str]:
    """The value that a `data-` attribute must have, where that is all of it, and a word that nothing computes."""
    if len(asked) == 3 and asked[1] == "=" and getattr(asked[0], "value", "").startswith("data-"):
        value = getattr(asked[2], "value", "")
        if isinstance(value, str) and not COMPUTED.fullmatch(value):
            yield value


def rules_of(style: str) -> list[Node] | None:
    """The rules of a style sheet; None where not all of it can be read."""
    try:
        return nested(tinycss2.parse_stylesheet(published(style)))
    except ValueError:
        return None


def nested(rules: list[Node]) -> list[Node]:
    """Rules, with those that they hold.

    Raises:
        ValueError: where one can't be read.
    """
    for rule in rules:
        if not is_whole(rule):
            raise ValueError(rule.source_line)
        if is_named(rule, NESTING):
            rule.content = nested(tinycss2.parse_rule_list(rule.content))
    return rules


def is_whole(node: Node) -> bool:
    """Whether nothing in it failed to be read."""
    return node.type != ParseError.type and all(
        is_whole(each) for held in ("prelude", "content", "arguments") for each in getattr(node, held, None) or ()
    )


def text_of(nodes: Iterable[Node]) -> str:
    """Text of a style sheet."""
    # Where two signs could be taken for one, there is a comment between them.
    return published(tinycss2.serialize(nodes))


def asking(rules: Iterable[Node]) -> Iterator[str]:
    """What of some rules may ask for a face or for a named picture."""
    for rule in rules:
        if is_named(rule, NESTING):
            yield from asking(rule.content)
        elif isinstance(rule, QualifiedRule):
            for each in split(rule.content, ";"):
                yield tinycss2.serialize(each[1:] if is_picture(each) else each)
        elif not is_named(rule, FACE):
            yield rule.serialize()


def is_named(rule: Node, words: Sequence[str]) -> bool:
    """Whether it is a rule with braces that begins with `@` and one of some words."""
    return isinstance(rule, AtRule) and rule.lower_at_keyword in words and rule.content is not None


def family_of(face: Node) -> str:
    """The name of a face, given by its rule; empty where it has none."""
    said = (tinycss2.serialize(each).partition(":") for each in split(face.content, ";"))
    return next((value.strip(" \"'") for name, _, value in said if name.strip() == "font-family"), "")


def is_picture(said: Sequence[Node]) -> bool:
    """Whether a declaration gives a name to a picture, by its address."""
    return (
        len(said) > 0
        and isinstance(said[0], IdentToken)
        and said[0].value.startswith("--")
        and any(isinstance(each, URLToken) or getattr(each, "lower_name", "") == "url" for each in said)
    )


def split(nodes: Iterable[Node], sign: str) -> Iterator[list[Node]]:
    """What stands between signs that aren't in brackets, without the space around."""
    between: list[Node] = []
    for node in (*nodes, sign):
        if node != sign:
            between.append(node)
            continue
        while between and isinstance(between[-1], WhitespaceToken):
            between.pop()
        while between and isinstance(between[0], WhitespaceToken):
            between.pop(0)
        yield between
        between = []


def joined(parts: Sequence[Sequence[Node]], sign: str) -> list[Node]:
    """The reverse of `split`."""
    return [node for part in parts for node in (LiteralToken(0, 0, sign), *part)][1:]
