"""Spelling of the pages in each language, by hunspell's dictionaries and the project's words; typography of English."""

from __future__ import annotations

import gc
import re
import sys
import warnings
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from spylls.hunspell import Dictionary

from bench.editions import FRONT, SOURCE, TRANSLATION, pages_of, text_of
from tests.docs.prose import prose

HERE = Path(__file__).parent
# What `make test` installs there is said by dictionaries/package.json.
DICTIONARIES = Path(sys.prefix) / "dictionaries" / "node_modules"
LANGUAGES = {"fr": "dictionary-fr", "en": "dictionary-en-gb"}
PAGES = [
    *(("fr", page) for page in pages_of(SOURCE)),
    *(("en", page) for page in pages_of(TRANSLATION)),
]
IDS = [f"{language}-{page.stem}" for language, page in PAGES]

# Marked as another language: emphasis, or the words of a link, with the attribute behind it.
ALIEN = re.compile(r"(?:\*[^*\n]+\*|\[[^\]]*\](?:\([^)]*\)|\[[^\]]*\])?)\{:?[ ]*lang=\w+[^}]*\}")
WORD = re.compile(r"[^\W\d_]+(?:[’'.-][^\W\d_]+)*")
TWICE = re.compile(r"(?<![\w’'-])(?P<word>[^\W\d_]+)(?:[ \t]+|[ \t]*\n[> \t]*)(?P=word)(?![\w’'-])", re.IGNORECASE)
# Titles and quotations may be in either language, and so may a term.
CITED = re.compile(r"\*[^*]+\*|“[^”]*”|«[^»]*»")
NAME = re.compile(r"(?<=\])\[[^\]]*\]")
# What may stand twice: we ourselves, you yourselves.
MAY = {"nous", "vous"}


@cache
def dictionary(language: str) -> Any:
    with warnings.catch_warnings():
        # Its files are left for the garbage collector to close.
        warnings.simplefilter("ignore", ResourceWarning)
        found = Dictionary.from_files(str(DICTIONARIES / LANGUAGES[language] / "index"))
        gc.collect()
    return found


@cache
def own(language: str) -> frozenset[str]:
    """The project's own words: names, which are the same in each language, and a language's own."""
    return frozenset(
        word for file in ("", f".{language}") for word in (HERE / f"words{file}.txt").read_text("utf-8").split()
    )


@cache
def is_known(word: str, language: str) -> bool:
    """Whether a word is one, or is made of some: elided before it, possessive, joined by hyphens."""
    if len(word) < 2 or word in own(language) or word.lower() in own(language):
        return True
    if dictionary(language).lookup(word.replace("’", "'")):
        return True
    bare = re.sub("[’']s$", "", word) if language == "en" else word
    parts = re.split("[’'-]", bare)
    return (len(parts) > 1 or bare != word) and all(is_known(part, language) for part in parts)


def said(text: str) -> str:
    """What a page says in its own language, line for line, its front matter included."""
    text = ALIEN.sub(" ", text)
    front = FRONT.match(text)
    kept = NAME.sub("", prose(text))
    if front:
        values = yaml.safe_load(front["yaml"])
        lines = [values.get("title", ""), values.get("description", "")]
        lines += [row.get("meaning", "") for row in values.get("notation") or ()]
        kept = f"{'. '.join(lines)}{kept}"
    return kept


def misspelt(text: str, language: str) -> list[str]:
    """Words that no dictionary has, each once."""
    text = said(text)
    found = [word for word in _words(CITED.sub(" ", text)) if not is_known(word, language)]
    cited = _words(" ".join(part.group() for part in CITED.finditer(text)))
    return [*found, *(word for word in cited if not any(is_known(word, each) for each in LANGUAGES))]


def _words(text: str) -> list[str]:
    return [*dict.fromkeys(word.group() for word in WORD.finditer(text) if word.group()[0].isalpha())]


def doubled(text: str) -> list[str]:
    """Words that stand twice."""
    return [found.group() for found in TWICE.finditer(said(text)) if found["word"].lower() not in MAY]


@pytest.mark.parametrize(("language", "page"), PAGES, ids=IDS)
def test_a_page_is_spelt_as_its_language_is(language: str, page: Path) -> None:
    assert misspelt(text_of(page), language) == []


@pytest.mark.parametrize(("language", "page"), PAGES, ids=IDS)
def test_no_word_stands_twice(language: str, page: Path) -> None:
    assert doubled(text_of(page)) == []


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("fr", "Le gradiant de l’erreurs, et `gradiant`, $gradiant$.", ["gradiant"]),
        ("fr", "Peut-être l’aiguille, jusqu’à *neighbour*{: lang=en } ; dit-on.", []),
        (
            "fr",
            "---\ntitle: Un mott\nnotation:\n  - {symbol: a, meaning: une letre}\n---\n\nUn mot.",
            ["mott", "letre"],
        ),
        ("en", "It doesn’t realise the neighbour’s colour, well-known.", []),
        ("en", "The color of teh nieghbour’s word.", ["color", "teh", "nieghbour’s"]),
    ],
)
def test_what_is_no_word_is_seen(language: str, text: str, words: list[str]) -> None:
    assert misspelt(text, language) == words


def test_a_word_that_stands_twice_is_seen() -> None:
    assert doubled("Il est est là, et nous nous en allons. The\nthe end. A, a.") == ["est est", "The\nthe"]
    assert doubled("a-b b, b’b b") == []


def test_the_lists_have_no_word_that_no_page_needs() -> None:
    for language in LANGUAGES:
        texts = [said(text_of(page)) for of, page in PAGES if of == language]
        used = {part for text in texts for word in WORD.findall(text) for part in (word, *re.split("[’'-]", word))}
        used |= {word.lower() for word in used}
        listed = (HERE / f"words.{language}.txt").read_text("utf-8").split()
        assert [word for word in listed if word not in used or dictionary(language).lookup(word)] == []
        assert listed == sorted(listed, key=str.lower)


# Typography of English


NARROW, WIDE = "\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}"
RULES = {
    "no space before : ; ! ?": rf"[ {NARROW}{WIDE}][:;!?](?=\s|$)",
    "quotation marks “ ”": r"(?<![!=?])(?<!^)\"(?!$)|[«»]|‘[^’\n]*’",
    "a typographic apostrophe": r"\w'\w|\w'·",
    "a decimal point": r"(?<![\d.,])\d+,\d{1,2}(?![\d,])|(?<![\d.,])0,\d",
    "an ellipsis in one character": r"\.\.\.",
    "no blank at the end of a line": r"[ \t]$",
    "a quotation mark next to its word": r"“[\s]|[\s]”",
}


def faults(text: str) -> list[str]:
    """`line: rule: words` for each fault of an English text."""
    return [*_faults(prose(ALIEN.sub(" ", text)))]


def _faults(text: str) -> Iterator[str]:
    for number, line in enumerate(text.split("\n"), 1):
        titled = re.sub(r"^·?[ ]*\"(.*)\"[ ]*$", r"\1", line)
        for rule, pattern in RULES.items():
            for match in re.finditer(pattern, titled):
                yield f"{number}: {rule}: {titled[max(0, match.start() - 15) : match.end() + 15]!r}"


ENGLISH = [page for language, page in PAGES if language == "en"]


@pytest.mark.parametrize("page", ENGLISH, ids=lambda page: page.stem)
def test_page_is_set_as_english_is(page: Path) -> None:
    assert faults(text_of(page)) == []


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (f"Why{NARROW}? Because", "no space before : ; ! ?"),
        ("this : that", "no space before : ; ! ?"),
        ('the "word" is', "quotation marks “ ”"),
        ("the «word» is", "quotation marks “ ”"),
        ("it isn't", "a typographic apostrophe"),
        ("it is 0,94 or", "a decimal point"),
        ("it is 12,5 or", "a decimal point"),
        ("and so on...", "an ellipsis in one character"),
        ("end ", "no blank at the end of a line"),
        ("“ word”", "a quotation mark next to its word"),
    ],
)
def test_fault_of_english_is_seen(text: str, rule: str) -> None:
    assert any(rule in fault for fault in faults(text))


@pytest.mark.parametrize("text", ["Why? It’s 20,382, 0.94, “so”; `a : b` (1, 2).", '!!! note "A title"\n\n    text'])
def test_what_is_right_english_passes(text: str) -> None:
    assert faults(text) == []
