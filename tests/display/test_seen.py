"""What is seen of a formula, in words."""

import pytest

from bench.display.seen import Seen, verdict

RIGHT = Seen(rows=3, star=True, error=None, source=False)
THROWN = r"ParseError: KaTeX parse error: Mismatch: \begin{a} matched by \end{b} at position 219: …"

CASES = [
    (RIGHT, "3 lignes", "", False),
    (Seen(1, True, None, False), "1 ligne au lieu de 3, aucune erreur", "", True),
    (Seen(2, False, None, False), "2 lignes au lieu de 3, étoile perdue, aucune erreur", "", True),
    (Seen(3, False, None, False), "3 lignes, étoile perdue, aucune erreur", "", True),
    (Seen(0, True, r"\begin{a}", True), "la source telle quelle", "", False),
    (Seen(0, True, r"\begin{a} ended with \end{b}", False), "message\xa0:", r"\begin{a} ended with \end{b}", False),
    (Seen(0, True, THROWN, False), "message\xa0:", r"Mismatch: \begin{a} matched by \end{b}", False),
]


@pytest.mark.parametrize(("seen", "text", "quoted", "silent"), CASES)
def test_a_verdict_says_what_is_seen_and_whether_it_is_silent(seen: Seen, text: str, quoted: str, silent: bool) -> None:
    assert verdict(seen, RIGHT) == (text, quoted)
    assert seen.silently_differs(RIGHT) is silent


def test_a_star_that_the_right_source_has_not_is_not_lost() -> None:
    plain = Seen(3, False, None, False)
    assert verdict(plain, plain) == ("3 lignes", "")


def test_seeing_nothing_is_an_error_of_the_script() -> None:
    with pytest.raises(ValueError, match="neither a formula nor an error is seen"):
        verdict(Seen(0, False, None, False), RIGHT)
