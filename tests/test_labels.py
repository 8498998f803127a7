"""Programs print in English; a page shows their words in its language, by a table that must know them all."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Build, Refused
from tests.markup import soup
from verimath.message.refusal import Refusal
from verimath.message.source import Span
from verimath.site.labels import Labels
from verimath.site.words import read_words

WORDS = {
    "sum": "somme",
    "largest difference": "plus grand écart",
    "complex step": "pas complexe",
    "step": "pas",
    "formula": "formule",
    "forward": "avant",
    "central": "centrée",
}
COLON = "\N{NO-BREAK SPACE}:"
FRENCH = Labels(WORDS, COLON, "words.yml")


@pytest.mark.parametrize(
    ("printed", "shown"),
    [
        ("sum: 1.0", f"somme{COLON} 1.0"),
        ("sums = 1, sum_1, x.sum", "sums = 1, sum_1, x.sum"),
        ("S = [1.]   sum: 1", f"S = [1.]   somme{COLON} 1"),
        ("largest difference: 0.0", f"plus grand écart{COLON} 0.0"),
        ("step 0: 1\nstep 10: 2", f"pas 0{COLON} 1\npas 10{COLON} 2"),
        # Columns stay columns.
        ("formula:      [1]\ncomplex step: [2]", f"formule{COLON}      [1]\npas complexe{COLON} [2]"),
        ("h     forward  central\n1e-1  2.0e-02  2e-4", "h     avant    centrée\n1e-1  2.0e-02  2e-4"),
        ("h     central  x\n1e-1  2.0e-02  3", "h     centrée  x\n1e-1  2.0e-02  3"),
        # A matrix isn't moved.
        ("sum:\n[[ 1.  20.]\n [ 3.   4.]]", f"somme{COLON}\n[[ 1.  20.]\n [ 3.   4.]]"),
        # What Python says is its own.
        ("RuntimeWarning: step by zero", "RuntimeWarning: step by zero"),
        ("", ""),
    ],
)
def test_words_are_shown_in_the_language_of_the_page(printed: str, shown: str) -> None:
    assert FRENCH.translated(printed, "", Span("")) == shown
    assert Labels().translated(printed, "", Span("")) == printed


def test_words_that_the_table_does_not_know_are_refused() -> None:
    with pytest.raises(Refusal, match="has no word for it") as refused:
        FRENCH.translated("there and back: 1", 'print("there and back:", 1)', Span("page.md", 3))
    assert str(refused.value).startswith("page.md:3: `there and back:` is printed in another language")
    assert FRENCH.translated("logits: 1", "print('logits:', logits)", Span("")) == f"logits{COLON} 1"


PRINTS = "# --8<-- [start:a]\nprint('sum:', 1)\n# --8<-- [end:a]\n"
PAGE = '{}\n```python {{demo="x"}}\n--8<-- "a.py:a"\n```\n'


def outputs(build_site: Build, front: str = "", prints: str = PRINTS, **table: str) -> list[str]:
    lines = [f"  {word}: {shown}" for word, shown in table.items()]
    Path("words.yml").write_text("\n".join(["printed:", *lines]), "utf-8")
    html = build_site(PAGE.format(front), {"a.py": prints}, options={"words": "words.yml"}, language="fr")["index.md"]
    return [tag.get_text() for tag in soup(html).select(".vm-output")]


def test_a_site_names_its_table(build_site: Build) -> None:
    assert outputs(build_site, sum="somme") == [f"somme{COLON} 1"]
    with pytest.raises(Refused, match=r"docs/index\.md:2: `sum:` is printed in another language"):
        outputs(build_site, other="autre")


def test_a_page_may_show_what_is_printed_as_it_is(build_site: Build) -> None:
    assert outputs(build_site, "---\noutput_labels: false\n---\n", sum="somme") == ["sum: 1"]


@pytest.mark.parametrize(
    "text",
    [
        *(
            "- a",
            "a: 1",
            "yes: oui",
            "a: [b",
            "a",
            "sum: somme",
            "printed: [a]",
            "printed: {a: 1}",
            "drawn: {yes: oui}",
        ),
        *("tool: a", "tool: {check: a}", "tool: {check: {claims: 1}}", "tool: {check: {no: x}}", "tool: {a: {}}"),
    ],
)
def test_what_is_no_table_of_words_is_refused(text: str, tmp_path: Path) -> None:
    file = tmp_path / "words.yml"
    file.write_text(text)
    with pytest.raises(Refusal, match=r"the table of words isn't"):
        read_words(file)


@pytest.mark.parametrize(
    ("front", "message"),
    [
        ("output_labels: non", "`output_labels` is neither true nor false"),
        ("output_label: false", "did you mean `output_labels`"),
    ],
)
def test_a_key_that_would_be_passed_over_is_refused(front: str, message: str, build_site: Build) -> None:
    with pytest.raises(Refused, match=message):
        outputs(build_site, f"---\n{front}\n---\n", sum="somme")
