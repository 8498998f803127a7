"""The sentences of `bench/digits.py`: what is counted, which is the worst, what becomes of rounded zeros."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.digits import ENOUGH, WRITTEN, Agreement, agreement, agreements_of, digits, markdown, sentences
from tests.docs.prose import DOCS, PAGES
from verimath.derivation.builds_on import Derivation, from_disk

PAGE = """\
```math {#given}
n \\in \\mathbb{N}^{*}, \\quad a \\in \\mathbb{R}^{n}
```

```math {#square}
\\sum_{k=1}^{n} (a_k + 1)^2 = \\sum_{k=1}^{n} a_k^2 + 2 \\sum_{k=1}^{n} a_k + n
```

```math {#slip}
\\sum_{k=1}^{n} (a_k + 1)^2 = \\sum_{k=1}^{n} a_k^2 + 1.999 \\sum_{k=1}^{n} a_k + n
```

```math {#zero}
\\frac{\\partial}{\\partial a_j} \\sum_{i=1}^{n} \\frac{e^{a_i}}{\\sum_{k=1}^{n} e^{a_k}} = 0
```
"""


@pytest.fixture
def page(tmp_path: Path) -> str:
    (tmp_path / "page.md").write_text(PAGE, "utf-8")
    return (tmp_path / "page.md").as_posix()


def found(page: str, label: str) -> Agreement:
    agreed = agreement(Derivation(from_disk), page, label)
    assert agreed is not None
    return agreed


def test_what_is_true_agrees_and_what_is_not_does_not(page: str) -> None:
    assert found(page, "square").digits >= 40
    assert found(page, "slip").digits < 40
    assert not found(page, "slip").is_rounded_zero


def test_where_both_sides_are_0_the_distance_is_said(page: str) -> None:
    zero = found(page, "zero")
    assert zero.is_rounded_zero
    assert 0 < zero.apart < 1e-48


def test_a_declaration_has_no_digits(page: str) -> None:
    assert agreement(Derivation(from_disk), page, "given") is None


def test_the_number_is_read_from_the_report() -> None:
    assert digits("all 50 digits") == 50
    assert digits("47.3 digits") == 47.3


def test_the_sentences_count_and_name() -> None:
    text = "\n".join(sentences({"a": Agreement(50), "b": Agreement(45.38), "c": Agreement(0.0, 3e-51)}))
    assert text.startswith("Des 3 équations du site qui affirment une égalité, 2 s’accordent à au moins\n40 chiffres")
    assert "de 45,3\nchiffres, sur un tirage de [](#b)" in text
    assert "Pour [](#c)" in text
    assert text.endswith("10⁻⁵⁰.")


def test_a_real_disagreement_is_the_worst_and_no_zero() -> None:
    text = "\n".join(sentences({"a": Agreement(50), "b": Agreement(3.0, 1e-3)}))
    assert "Des 2 équations du site qui affirment une égalité, 1 s’accordent" in text
    assert "de 3,0\nchiffres, sur un tirage de [](#b)" in text
    assert "Pour" not in text


def test_the_page_shows_what_was_measured() -> None:
    assert '--8<-- "reliability/digits.md"' in (DOCS / "reliability.md").read_text("utf-8")


def test_every_equality_of_the_site_agrees_to_forty_digits_as_its_page_says() -> None:
    agreed = agreements_of(PAGES)
    assert [label for label, each in agreed.items() if each.digits < ENOUGH and not each.is_rounded_zero] == []
    assert len(agreed) > 200
    assert WRITTEN.read_text("utf-8") == markdown(agreed), "python -m bench.digits writes it"
