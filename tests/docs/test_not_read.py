"""The page of what isn't read: its lists are those of the reader's tables, and each message has its words in French."""

from __future__ import annotations

import pytest

from bench import not_read
from verimath.latex.read.lexing.not_read import COMMANDS


def test_the_lists_are_those_of_the_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    """`python -m bench.not_read` writes them anew."""
    text = not_read.PAGE.read_text("utf-8")
    assert not_read.written(text) == text
    monkeypatch.delitem(COMMANDS, "\\div")
    assert not_read.written(text) != text


def test_each_message_has_its_words_and_no_word_is_left_over() -> None:
    said = {why for why in not_read.rows() if not not_read.FONT.fullmatch(why)}
    assert said == {*not_read.FRENCH}


def test_what_is_not_read_yet_is_told_from_what_is_ambiguous() -> None:
    lists = not_read.lists()
    assert r"`\int`" in lists[not_read.YET]
    assert r"`\lg`" in lists[not_read.TWO]
    assert r"`\div`" in lists[not_read.OTHERWISE]
    assert all(lists.values())
