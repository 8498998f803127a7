"""`verimath explain RULE`: a rule of the page language with its examples, in either language."""

from __future__ import annotations

import pytest

from verimath.cli import main
from verimath.cli.rulebook import LANGUAGES, explained, rules

NUMBERS = range(1, 31)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_is_there_in_either_language(language: str) -> None:
    assert [*sorted(rules(language))] == [*NUMBERS]


def test_a_rule_is_said_with_its_examples(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "16"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("**Rule 16.** Vectors are **rows**")
    assert "\n  ill-formed:\n    " in said
    assert "\n  holds:\n    " in said
    assert "```" not in said
    assert "{#" not in said
    assert "Rule 17" not in said
    assert main(["explain", "16", "--lang", "fr"]) == 0
    assert capsys.readouterr().out.startswith("**Règle 16.** Les vecteurs sont des **lignes**")


def test_examples_are_the_same_in_either_language() -> None:
    for number in NUMBERS:
        english, french = (explained(rules(language)[number]) for language in ("en", "fr"))
        assert english.count("  holds:\n") == french.count("  holds:\n")
        assert english.count("  false:\n") == french.count("  false:\n")
        assert english.count("  ill-formed:\n") == french.count("  ill-formed:\n")


def test_a_rule_that_is_not_there_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "99"]) == 2
    assert "there is no rule 99: they go from 1 to 30" in capsys.readouterr().err
