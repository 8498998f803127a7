"""The glossary: both lists are in order, and each English word leads to its entry."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

import pytest

from tests.docs.prose import DOCS

ENGLISH = (DOCS.parent / "en" / "glossary.md").read_text("utf-8")
ENGLISH_ENTRY = re.compile(r"^(?P<english>[^|\n]+?) · \*(?P<french>[^\n]+) \{: #(?P<anchor>[\w-]+) \}$", re.MULTILINE)
ENGLISH_ROW = re.compile(
    r"^\| \*(?P<french>[^*\n]+)\*\{: lang=fr \} \| \[[^\]\n]+\]\(#(?P<anchor>[\w-]+)\) \|$", re.MULTILINE
)
TEXT = (DOCS / "glossary.md").read_text("utf-8")
ENTRY = re.compile(r"^(?P<french>[^|\n]+?) · (?P<english>[^\n]+) \{: #(?P<anchor>[\w-]+) \}$", re.MULTILINE)
ROW = re.compile(
    r"^\| \*(?P<english>[^*\n]+)\*\{: lang=en \} \| \[(?P<french>[^\]\n]+)\]\(#(?P<anchor>[\w-]+)\) \|$", re.MULTILINE
)


def entries(text: str) -> set[tuple[str, str, str]]:
    """English word, French words and anchor of each entry, once for each English word."""
    return {
        (word, entry["french"], entry["anchor"])
        for entry in ENTRY.finditer(text)
        for word in re.findall(r"\*([^*]+)\*\{: lang=en \}", entry["english"])
    }


def sorted_as_in_a_dictionary(words: Iterable[str]) -> bool:
    """Whether the words stand in alphabetical order, whatever their accents and capitals."""
    plain = ["".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c)) for word in words]
    return [word.lower() for word in plain] == sorted(word.lower() for word in plain)


def test_each_english_word_leads_to_its_entry() -> None:
    rows = {(row["english"], row["french"], row["anchor"]) for row in ROW.finditer(TEXT)}
    assert len(rows) > 50
    assert rows == entries(TEXT)


def test_each_entry_has_a_definition() -> None:
    lines = TEXT.split("\n")
    heads = [number for number, line in enumerate(lines) if ENTRY.fullmatch(line)]
    assert all(lines[number + 1].startswith(":   ") for number in heads)


def test_both_lists_are_in_order() -> None:
    assert sorted_as_in_a_dictionary(entry["french"] for entry in ENTRY.finditer(TEXT))
    assert sorted_as_in_a_dictionary(row["english"] for row in ROW.finditer(TEXT))


def test_the_english_glossary_is_in_the_order_of_its_own_words() -> None:
    entries_of_both = [{entry["anchor"] for entry in of.finditer(text)} for of, text in PAGES]
    assert entries_of_both[0] == entries_of_both[1] == {row["anchor"] for row in ENGLISH_ROW.finditer(ENGLISH)}
    assert sorted_as_in_a_dictionary(entry["english"] for entry in ENGLISH_ENTRY.finditer(ENGLISH))
    assert sorted_as_in_a_dictionary(row["french"] for row in ENGLISH_ROW.finditer(ENGLISH))


PAGES = ((ENTRY, TEXT), (ENGLISH_ENTRY, ENGLISH))


@pytest.mark.parametrize(
    ("words", "in_order"), [(["coût", "débordement", "échantillon"], True), (["entropie", "échantillon"], False)]
)
def test_accents_count_for_nothing_in_the_order(words: list[str], in_order: bool) -> None:
    assert sorted_as_in_a_dictionary(words) == in_order
