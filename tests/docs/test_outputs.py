"""What the snippets print is shown in French: the site's table knows every word of it."""

from __future__ import annotations

import keyword
import re
from functools import cache
from xml.etree import ElementTree

import pytest

from tests.docs.prose import DOCS, PAGES
from verimath.code.sections import Listing, Runs
from verimath.kept.store import Store
from verimath.page.blocks import Snippet
from verimath.page.page import read
from verimath.site.drawings import is_drawing, worded
from verimath.site.labels import Labels
from verimath.site.words import read_words, words_of

ROOT = DOCS.parent.parent
WORDS = read_words(ROOT / "docs" / "assets" / "words" / "fr.yml")
TABLE = Labels(WORDS.printed, words_of("fr").writing["colon"], WORDS.file)
# What Python and NumPy print themselves, mathematics, and the two coins.
KNOWN = set(keyword.kwlist) | {"nan", "inf", "tan", "exp", "tanh", "float", "log", "phi", "FAIR", "RIGGED"}
WORD = re.compile(r"[^\W\d_]{3,}")
PYTHON_S = re.compile(r"^\w*(?:Warning|Error)\b.*$|^avertissement.*$|\b\w+Error$", re.MULTILINE)


@cache
def printed() -> dict[str, list[tuple[Snippet, Listing]]]:
    """What the snippets of each page print, but of those that show it as it is."""
    runs = Runs(Store())
    pages = {path.stem: read(str(path), path.read_text("utf-8")) for path in PAGES}
    return {
        name: [(snippet, runs.show(snippet, [ROOT / "snippets"])) for snippet in page.snippets]
        for name, page in pages.items()
        if page.front_matter.get("output_labels") is not False
    }


def foreign(output: str, code: str, table: Labels) -> set[str]:
    """Words of an output that are neither French nor names of the code."""
    french = {word for text in table.words.values() for word in WORD.findall(text)}
    text = re.sub(r"(\"[^\"\n]*\"|'[^'\n]*')", "", code)
    return {*WORD.findall(PYTHON_S.sub("", output))} - french - KNOWN - {*WORD.findall(text)}


@pytest.mark.parametrize("page", [path.stem for path in PAGES])
def test_outputs_are_in_french(page: str) -> None:
    for snippet, each in printed().get(page, []):
        if is_drawing(each.output):
            worded(snippet.name, each.output, WORDS, words_of("fr"), snippet.place)
            continue
        output = TABLE.translated(each.output, each.code, snippet.place)
        assert foreign(output, each.code, TABLE) == set(), snippet.name


def test_an_english_word_is_seen() -> None:
    assert foreign("somme : 1, the rest", "", TABLE) == {"the", "rest"}
    assert foreign("logits = 1", "logits = 2", TABLE) == set()


def test_the_table_has_no_word_that_nothing_prints() -> None:
    outputs = "\n".join(each.output for shown in printed().values() for _, each in shown)
    assert [word for word in TABLE.words if not re.search(rf"(?<!\w){re.escape(word)}(?!\w)", outputs)] == []


def test_the_table_has_no_word_that_nothing_draws() -> None:
    outputs = [each.output for shown in printed().values() for _, each in shown if is_drawing(each.output)]
    texts = {
        " ".join("".join(text.itertext()).split()) for one in outputs for text in ElementTree.fromstring(one).iter()
    }
    said = texts | {text.partition(": ")[0] for text in texts}
    assert [word for word in WORDS.drawn if word not in said] == []
