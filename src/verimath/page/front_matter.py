"""The front matter of a page: its YAML, read with care, and its keys, of which some are ours."""

from __future__ import annotations

import re
from typing import Any

import yaml

from ..message.refusal import Refusal
from ..message.source import Span
from .aliases import MOST_WITH_ALIASES, never_ends, way_out_of
from .near import nearest

# What is seen of none of these.
INVISIBLE = "[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]"
# As MkDocs has it.
FRONT_MATTER = re.compile(r"-{3}[ \t]*\n(?P<yaml>.*?\n)(?:-{3}|\.{3})[ \t]*\n", re.DOTALL)
FENCE = re.compile(r"^[> \t]*(?:`{3}|~{3})", re.MULTILINE)
METADATA = re.compile(r"[ ]{0,3}(?P<key>[A-Za-z0-9_-]+):")
KEYS = (
    *("arguments", "builds_on", "chapter", "dagger", "derivatives", "free_symbols", "hides", "inner_product", "lists"),
    *("log", "macros", "nabla_squared", "notation", "output_labels", "prime", "star", "vectors"),
)
# What its author takes for front matter, wherever it stands: lines of keys between two of signs.
SIGNS = rf"(?:[^\S\n]|{INVISIBLE})*[-+.]{{3,}}(?:[^\S\n]|{INVISIBLE})*\n"
LINE = r"(?:[^\S\n]*|[ \t]+\S[^\n]*|[#-][^\n]*|[\w-]+[ ]*[:=][^\n]*)\n"
ELSEWHERE = re.compile(rf"^{SIGNS}(?P<lines>{LINE}(?:{LINE})*?)(?={SIGNS})", re.MULTILINE)
OURS = re.compile(rf"^(?:{'|'.join(KEYS)})[ ]*[:=]", re.MULTILINE)
# A key of another tool is left alone, so it must be very like one of ours.
NEAR_KEY = 0.8
# What nothing typesets: LaTeX in titles and the like.
LATEX = re.compile(r"\$|\\[(\[A-Za-z]")
# PyYAML reads some 100,000 characters a second.
MOST_CHARACTERS = 200_000
# What stands before the point of an equation's number: 5, or A.
CHAPTER = re.compile(r"[1-9]\d{0,2}|[A-Z]")
# What themes read, and looks like a key of ours.
OF_OTHERS = {"hide"}


def front_matter(file: str, source: str, lines: tuple[str, ...]) -> tuple[dict[str, Any], int]:
    """The front matter and the number of the first line below it.

    Args:
        file: of the page, for messages.
        source: the page's text, with one kind of line end.
        lines: the same, as messages quote it.

    Raises:
        Refusal: where it is malformed or never ends, or has a key that is nearly one of ours.
    """
    found = FRONT_MATTER.match(source)
    if found is None:
        _refuse_what_looks_like_it(file, source, lines)
        return {}, 1
    _refuse_elsewhere(file, source, found.end(), lines)
    if len(found["yaml"]) > MOST_CHARACTERS:
        raise Refusal(
            way_out=f"{MOST_CHARACTERS:,} are the most",
            what=f"the front matter has {len(found['yaml']):,} characters",
            span=Span(file, 1, 0, lines[0]),
        )
    values = _read(file, found["yaml"], lines)
    for key in ("title", "description"):
        value = values.get(key)
        if isinstance(value, str) and (latex := LATEX.search(value)):
            place = max(source.find(latex.group(), source.find(f"\n{key}:")), 0)
            line = source.count("\n", 0, place) + 1
            raise Refusal(
                "it goes where nothing typesets it: tabs, search engines, bookmarks",
                "write it in words or Unicode",
                what=f"LaTeX in the page's {key}",
                span=Span(file, line, place - (source.rfind("\n", 0, place) + 1), lines[line - 1]),
            )
    chapter = values.get("chapter", 1)
    if isinstance(chapter, bool) or not isinstance(chapter, int | str) or not CHAPTER.fullmatch(str(chapter)):
        raise Refusal(
            "the numbers of its equations begin with it, as in 5.12",
            "write a whole number from 1 to 999, or one capital letter",
            what="this is no chapter",
            span=_value(file, "chapter", lines),
        )
    if not isinstance(values.get("output_labels", True), bool):
        raise Refusal(
            "it says whether words that programs print are shown in the page's language",
            "write `output_labels: false` to show them as they are printed",
            what="`output_labels` is neither true nor false",
            span=_value(file, "output_labels", lines),
        )
    return values, source.count("\n", 0, found.end()) + 1


def _value(file: str, key: str, lines: tuple[str, ...]) -> Span:
    """Where the value of a key stands."""
    number, line = next((each for each in enumerate(lines, 1) if each[1].startswith(key)), (1, lines[0]))
    return Span(file, number, line.find(":") + 1, line)


def _refuse_elsewhere(file: str, source: str, start: int, lines: tuple[str, ...]) -> None:
    """Refuse keys of ours between two lines like those of front matter, which nothing would read there."""
    fence = FENCE.search(source, start)
    for found in ELSEWHERE.finditer(source, start, fence.start() if fence else len(source)):
        if not OURS.search(found["lines"]):
            continue
        number = source.count("\n", 0, found.start("lines"))
        raise Refusal(
            "MkDocs reads it on the first line alone, between two lines ---, and would show this one",
            "write one, which begins the page" if start else "delete what stands above it, or beside its signs",
            what="front matter that doesn't stand first",
            span=Span(file, number, 0, lines[number - 1]),
        )


def _refuse_what_looks_like_it(file: str, source: str, lines: tuple[str, ...]) -> None:
    """Refuse front matter that isn't closed, and text that MkDocs would read as such."""
    if source.startswith("---\n"):
        raise Refusal(
            way_out="end it by a line ---", what="the front matter isn't closed", span=Span(file, 1, 0, lines[0])
        )
    _refuse_elsewhere(file, source, 0, lines)
    keys: dict[str, None] = {}
    for line in source.split("\n"):
        if not (key := METADATA.match(line)):
            break
        keys[key["key"].lower()] = None
    if keys:
        raise Refusal(
            f"it reads {', '.join(keys)}",
            "begin the page by an empty line, or by front matter between two lines ---",
            what="MkDocs takes these lines for the page's metadata",
            span=Span(file, 1, 0, lines[0]),
        )


def _read(file: str, text: str, lines: tuple[str, ...]) -> dict[str, Any]:
    """The keys of some YAML with their values."""
    loader = yaml.SafeLoader(text)
    try:
        node = loader.get_single_node()
        if node is None:
            return {}
        if never_ends(node):
            raise Refusal(
                f"its aliases stand for more than {MOST_WITH_ALIASES:,} characters",
                "write out what is meant",
                what="the front matter never ends",
                span=Span(file, 1, 0, lines[0]),
            )
        if not isinstance(node, yaml.MappingNode):
            raise Refusal(
                way_out="write `title: …`, a key a line",
                what="the front matter isn't a table",
                span=Span(file, 2, 0, lines[1]),
            )
        _refuse_slips(file, node, lines)
        values: dict[str, Any] = loader.construct_document(node)
    except RecursionError:
        raise Refusal(what="the front matter is nested too deeply", span=Span(file, 1, 0, lines[0])) from None
    # PyYAML lets Python's own errors through.
    except (yaml.YAMLError, ValueError, KeyError, AttributeError, TypeError) as error:
        mark = getattr(error, "problem_mark", None)
        line, column = (mark.line + 2, mark.column) if mark else (1, 0)
        why = str(getattr(error, "problem", None) or error)
        raise Refusal(
            why,
            way_out_of(why),
            what="the front matter isn't YAML",
            span=Span(file, line, column, lines[line - 1]),
        ) from error
    else:
        return values
    finally:
        loader.dispose()


def _refuse_slips(file: str, node: yaml.MappingNode, lines: tuple[str, ...]) -> None:
    """Refuse a key that is nearly one of ours, and one of ours that is there twice, of which YAML takes the last."""
    seen: set[str] = set()
    for name, _ in node.value:
        key, line = str(name.value), name.start_mark.line + 2
        span = Span(file, line, name.start_mark.column, lines[line - 1])
        if key not in OF_OTHERS and (meant := nearest(key, KEYS, NEAR_KEY)):
            raise Refusal(
                "it would be left alone, as a key of another tool",
                f"did you mean `{meant}`?",
                what=f"`{key}` is no key of the front matter",
                span=span,
            )
        if key in seen and key in KEYS:
            raise Refusal(
                "YAML takes the last and drops the first",
                "write one",
                what=f"the key `{key}` is there twice",
                span=span,
            )
        seen.add(key)
