"""French typography of the French pages, as the build sets them: spaces, quotation marks, apostrophes, commas."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.docs.prose import PAGES, prose
from verimath.site.typography import set_right

NARROW, WIDE = "\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}"

RULES = {
    "a narrow no-break space before ; ! ?": rf"[^{NARROW}\s;!?(·][;!?]|(?<![{NARROW}!?])[ {WIDE}][;!?]",
    "a no-break space before :": rf"[^{WIDE}\d\s:]:(?=\s|$)|[ {NARROW}]:(?=\s|$)",
    "a narrow no-break space inside « »": rf"«(?!{NARROW})|(?<!{NARROW})»",
    "a typographic apostrophe": r"\w'\w|\w'·",
    "quotation marks « »": r"(?<![!=?])(?<!^)\"(?!$)|[“”]",
    "an ellipsis in one character": r"\.\.\.",
    "a decimal comma": r"(?<![\d.])\d+\.\d+(?![\d.]|\.\d)",
    "no blank at the end of a line": r"[ \t]$",
    "a capital with its accent": r"\bEtat|\bEquation|\bA (?=gauche|droite|la |partir)|\bEcri",
}


def built(text: str) -> str:
    """A page's prose as the build sets it: what is typed plainly and comes out right is no fault."""
    return "\n\n".join(set_right(paragraph, "fr") for paragraph in prose(text).split("\n\n"))


def faults(text: str) -> list[str]:
    """`line: rule: words` for each fault in a text."""
    found = []
    for number, line in enumerate(prose(text).split("\n"), 1):
        # What follows ??? or === is a title between straight quotation marks, which Markdown takes away.
        titled = re.sub(r"^·?[ ]*\"(.*)\"[ ]*$", r"\1", line)
        for rule, pattern in RULES.items():
            for match in re.finditer(pattern, titled):
                around = titled[max(0, match.start() - 15) : match.end() + 15]
                found.append(f"{number}: {rule}: {around!r}")
    return found


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_page_is_set_as_french_is(page: Path) -> None:
    assert faults(built(page.read_text("utf-8"))) == []


def test_what_the_build_sets_right_is_no_fault() -> None:
    assert faults('Pourquoi ? "Non" : 0.5 - l\'un...')
    assert faults(built('Pourquoi ? "Non" : 0.5 - l\'un...')) == []
    assert faults(built("A gauche"))


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Pourquoi ?", "a narrow no-break space before ; ! ?"),
        ("Pourquoi?", "a narrow no-break space before ; ! ?"),
        ("ceci : cela", "a no-break space before :"),
        ("ceci: cela", "a no-break space before :"),
        ("« ceci »", "a narrow no-break space inside « »"),
        ("l'erreur", "a typographic apostrophe"),
        ("l'$x$", "a typographic apostrophe"),
        ('le "mot" juste', "quotation marks « »"),
        ("et ainsi...", "an ellipsis in one character"),
        ("vaut 0.94 ici", "a decimal comma"),
        ("fin ", "no blank at the end of a line"),
        ("A gauche", "a capital with its accent"),
    ],
)
def test_fault_is_seen(text: str, rule: str) -> None:
    assert any(rule in fault for fault in faults(text))


@pytest.mark.parametrize(
    "text",
    [
        f"Pourquoi{NARROW}? Ceci{WIDE}: cela{NARROW}; «{NARROW}mot{NARROW}», l’erreur, 0,94, §{WIDE}1.3.1, à 12:30.",
        "`a ? b : c` et $f: x; y$ et [lien](https://a.b/c?d=e;f)",
        '!!! note "Titre"\n\n    texte',
        "terme\n:   sens",
        "```python\nprint('a'); x = 0.5\n```",
        "| a | b |\n|:--|--:|\n| c | d |",
    ],
)
def test_what_is_right_or_is_no_prose_passes(text: str) -> None:
    assert faults(text) == []


# Markdown takes each line before a definition for a term of its own, and emphasis that goes on is shown as asterisks.
TERMS = re.compile(r"(?<=\n\n)(?P<terms>(?:[^\s:#|>-][^\n]*\n){2,}):   ")


def parted_terms(text: str) -> list[str]:
    """The terms of lists that stand on more than one line."""
    return [found["terms"] for found in TERMS.finditer(text)]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_term_stands_on_one_line(page: Path) -> None:
    assert parted_terms(page.read_text("utf-8")) == []


def test_a_term_on_two_lines_is_seen() -> None:
    assert parted_terms("A.\n\nSomebody, *A\nbook*, 1973.\n:   What it says.\n") == ["Somebody, *A\nbook*, 1973.\n"]
    assert parted_terms("A.\n\nSomebody, *A book*, 1973.\n:   What it says\n    and more.\n\nB\nC\n") == []
