"""The comparison of how soon formulas are seen says what is reached and what is missed."""

from __future__ import annotations

import pytest

from bench.rendered import AGAINST, GOALS, OURS, Seen, goals, ratio, table, unset

OTHERS = {against for _, against, _, _ in GOALS}


def views(*seen: float, shift: float = 0.0) -> list[Seen]:
    return [Seen(each, each, each, shift, 1000, 10) for each in seen]


@pytest.mark.parametrize(
    ("own", "shift", "slower", "missed"),
    [
        (40, 0.0, 1, 0),
        (40, 0.01, 1, 1),
        # Each limit is passed by itself: of MathJax's time, then of how long it is blocked, of KaTeX's in the theme's.
        (47, 0.0, 1, 1),
        (52, 0.0, 1, 2),
        (61, 0.0, 1, 3),
        (90, 0.0, 1, 4),
        (59, 0.0, 4, 0),
        (106, 0.0, 4, 4),
    ],
)
def test_what_is_asked_is_compared_with_what_is_reached(own: float, shift: float, slower: int, missed: int) -> None:
    found = {OURS: views(own, own, own, shift=shift)} | {name: views(100, 100, 100) for name in OTHERS}
    said = [*goals(found, slower)]
    assert len(said) == len(GOALS) + 1
    assert sum(line.endswith("missed") for line in said) == missed
    assert sum(line.endswith("reached") for line in said) == len(said) - missed


def test_ratios_are_those_of_each_round() -> None:
    """A machine that is busy for one round slows both."""
    assert ratio(views(1, 20, 3), views(2, 40, 3), "seen") == 0.5
    assert ratio(views(1, 20, 3), views(0, 40, 3), "seen") == 1
    [head, line] = table({AGAINST: views(1, 2, 30)}, "title")
    assert head.startswith("title")
    assert line.split()[-6:] == ["1.00", "2", "2", "0.000", "1", "10"]


def test_a_formula_of_several_lines_is_taken_back_to_its_tex() -> None:
    formula = (
        '<span class="katex-display"><span class="katex"><annotation encoding="application/x-tex">a\n= b</annotation>'
        '<span class="base">c</span></span></span>'
    )
    assert unset(f"x {formula} y") == 'x <span data-set="display">a\n= b</span> y'
    inline = formula.removeprefix('<span class="katex-display">').removesuffix("</span>")
    assert unset(f"{inline}{formula}").count("data-set") == 2
    assert unset("no formula") == "no formula"
