"""A rule of the page language with its examples, as its pages have them: `verimath explain 16`.

The pages are the one text of the rules, in each of their languages; the package carries them.
"""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

PACKAGE = Path(__file__).parents[1]
LANGUAGES = ("en", "fr")
# The pages of the rules, as one reads them.
PAGES = ("language.md", "language-arrays.md", "language-pages.md")
# Where a rule begins, and what ends it: the next one, or a heading.
RULE = re.compile(r"^\*\*(?:Rule|Règle) (?P<number>\d+)\.\*\*\{#rule-\d+\}", re.MULTILINE)
END = re.compile(r"^(?:\*\*(?:Rule|Règle) \d+\.\*\*|#+ )", re.MULTILINE)
# Examples, and programs, which the page shows with what they print.
FENCE = re.compile(r"(?P<fence>`{3,})(?P<kind>\w+) ?(?P<info>[^\n]*)\n(?P<text>.*?)\n?(?P=fence)", re.DOTALL)
EXPECTED = re.compile(r"expect=\"(?P<verdict>[\w-]+)\"")
WIDTH = 100


def rules(language: str) -> dict[int, str]:
    """The rules by number, as Markdown.

    Raises:
        FileNotFoundError: where the package was built without them.
    """
    # In the repository, the pages themselves.
    places = PACKAGE / "rules" / language, PACKAGE.parents[1] / "docs" / language
    folder = next((place for place in places if place.is_dir()), places[0])
    text = "\n".join((folder / page).read_text("utf-8") for page in PAGES)
    found = {}
    for rule in RULE.finditer(text):
        end = END.search(text, rule.end())
        found[int(rule["number"])] = text[rule.start() : end.start() if end else len(text)].strip()
    return found


def explained(rule: str) -> str:
    """A rule for a terminal: its paragraphs, and its examples with the verdict that each must have."""
    rule = re.sub(r"(?<=\*\*)\{#[\w-]+\}", "", rule)
    rule = re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", rule)
    parts: list[str] = []
    last = 0
    for fence in FENCE.finditer(rule):
        parts += _paragraphs(rule[last : fence.start()])
        parts += [_example(fence["info"], fence["text"])] if fence["kind"] == "math" else []
        last = fence.end()
    return "\n\n".join([*parts, *_paragraphs(rule[last:])])


def _paragraphs(text: str) -> list[str]:
    paragraphs = filter(None, (part.strip() for part in text.split("\n\n")))
    return [part if part.startswith("|") else textwrap.fill(part, WIDTH) for part in paragraphs]


def _example(info: str, tex: str) -> str:
    expected = EXPECTED.search(info)
    return f"  {expected['verdict'] if expected else 'holds'}:\n{textwrap.indent(tex, '    ')}"
