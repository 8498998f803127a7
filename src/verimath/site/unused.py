"""Style sheets without the rules that no page of the site could meet: a theme brings them for all that a site may have.

A rule goes where it asks for a class or an identifier that no file of the site has in any place, be it a page, a script
or data; where a script puts names together of parts, each name that begins or ends with such a part stays. So do all
rules where a page loads a script of another host. Pictures that a style sheet names and faces go where nothing asks for
them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import tinycss2
from tinycss2.ast import (
    AtRule,
    HashToken,
    IdentToken,
    LiteralToken,
    Node,
    ParseError,
    QualifiedRule,
    URLToken,
    WhitespaceToken,
)

from .left_behind import PAGES, written
from .sheets import published

SCRIPTS = (".js", ".mjs")
NAMING = (*PAGES, *SCRIPTS, ".json", ".svg", ".xml")
WORD = re.compile(r"[\w-]+")
# What of a page or of data may name a class: its tags and its scripts, not its text.
TAG = re.compile(r"<script\b.*?</script>|<[^>]*>", re.DOTALL | re.IGNORECASE)
ELSEWHERE = re.compile(r"<script\b[^>]*\ssrc=[\"']?(?:https?:)?//", re.IGNORECASE)
# A sign of tags, as some write it into data.
ESCAPED = r"\u003c"
# Rules that hold rules.
FACE = ("font-face",)
NESTING = ("media", "supports", "container", "layer", "scope")


def lighten(site: Path) -> None:
    """Take from the style sheets of a finished site what none of its pages can meet."""
    texts = {path: text for path, text in written(site) if path.suffix.lower() in NAMING}
    if any(ELSEWHERE.search(text) for path, text in texts.items() if path.suffix.lower() in PAGES):
        return
    names = Names(texts.items())
    styles = {path: path.read_text("utf-8", "surrogateescape") for path in sorted(site.rglob("*.css"))}
    sheets = {path: [*names.met(rules)] for path, style in styles.items() if (rules := rules_of(style))}
    unread = (style for path, style in styles.items() if path not in sheets)
    asked = " ".join((*unread, *(said for rules in sheets.values() for said in asking(rules))))
    for path, rules in sheets.items():
        light = text_of(names.asked(rules, asked))
        if light != styles[path]:
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
        return all(
            self.has(token.value)
            for before, token in zip([None, *selector], selector, strict=False)
            if isinstance(token, HashToken) or (isinstance(token, IdentToken) and before == ".")
        )

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
