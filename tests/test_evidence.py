"""The mark of each equation's verdict and what it unfolds, on pages that the real MkDocs builds."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from bs4 import Tag

from tests.conftest import Build, Refused
from tests.markup import soup
from verimath.site.evidence import SIGNS

PAGE = r"""---
notation:
  - {symbol: 'A', code: A, meaning: a matrix <b>&</b> "more"}
  - {symbol: 'x', code: x, meaning: a vector}
  - {symbol: '\lambda', code: logits, meaning: its product with x}
---

# A page

```math {#sets}
m \in \mathbb{N}^*, \quad n \in \mathbb{N}^*, \quad A \in \mathbb{R}^{m \times n}, \quad x \in \mathbb{R}^{n}
```

```math {#product}
\lambda_i \coloneqq \sum_{j=1}^{n} A_{ij} x_j
```

```math {#claim name="the product, twice"}
\sum_{i=1}^{m} \lambda_i^2 = \sum_{i=1}^{m} \sum_{j=1}^{n} \lambda_i A_{ij} x_j
```

```math {#wrong expect="false"}
\lambda_i = 2 \lambda_i
```

```math {#not-run unchecked="it isn't executable"}
\int_0^1 t \, dt = \frac{1}{2}
```
"""


def mark(html: str, label: str) -> Tag | None:
    return soup(html).select_one(f"#{label} > details.vm-verdict")


def said(html: str, label: str) -> str:
    """The words of a mark, without its sign."""
    found = mark(html, label)
    assert found is not None
    summary = found.summary
    assert summary is not None
    assert summary.span is not None
    summary.span.decompose()
    return " ".join(summary.get_text().split())


def lines(html: str, label: str) -> list[str]:
    return [item.get_text() for item in soup(html).select(f"#{label} .vm-evidence li")]


def values(html: str, label: str) -> dict[str, Any]:
    """The numbers of the trial that a page shows, as a reader copies them."""
    found = soup(html).select(f"#{label} .vm-trial tr")
    return {row.th.get_text(): ast.literal_eval(row.td.get_text()) for row in found if row.th and row.td}


def test_each_role_has_words_and_a_sign_of_its_own(build_site: Build) -> None:
    html = build_site(PAGE, check=True)["index.md"]
    assert said(html, "sets") == "declaration, drawn on 20 trials"
    assert said(html, "product") == "definition, computed on 20 trials"
    assert said(html, "claim") == "checked on 20 trials"
    # They say below themselves what they are.
    assert mark(html, "wrong") is mark(html, "not-run") is None
    assert [tag.get_text()[:5] for tag in soup(html).select(".vm-note")] == ["False", "Not c"]
    assert len({*SIGNS.values()}) == len(SIGNS)


def test_the_worked_trial_can_be_computed_again(build_site: Build) -> None:
    found = values(build_site(PAGE, check=True)["index.md"], "claim")
    A, x, logits = (np.array(found[name]) for name in ("A", "x", "logits"))
    np.testing.assert_allclose(A @ x, logits, rtol=1e-3)
    np.testing.assert_allclose(found["both sides"], (logits**2).sum(), rtol=1e-3)
    np.testing.assert_allclose(found["both sides"], logits @ A @ x, rtol=1e-3)
    assert (found["m"], found["n"]) == A.shape


TRACES = r"""# Traces

```math {#sets}
n, m \in \mathbb{N}^*, \quad A \in \mathbb{R}^{m \times n}, \quad B \in \mathbb{R}^{n \times m}
```

```math {#cancel}
\operatorname{tr}(A B) = \operatorname{tr}(B A)
```

```math {#stay}
1 + \operatorname{tr}(A B) = \operatorname{tr}(B A) + 1
```
"""


def test_digits_that_all_cancel_are_not_counted(build_site: Build) -> None:
    html = build_site(TRACES, check=True)["index.md"]
    assert "Computed with 50 digits" in " ".join(lines(html, "stay"))
    assert "Computed with 50 digits" not in " ".join(lines(html, "cancel"))


def test_sides_that_are_shown_alike_are_shown_once(build_site: Build) -> None:
    html = build_site(PAGE.replace(r"\lambda_i^2 =", r"2 \lambda_i^2 \geq"), check=True)["index.md"]
    found = values(html, "claim")
    assert "both sides" not in found
    assert found["left side"] == pytest.approx(2 * found["right side"], rel=1e-3)


def test_what_is_shown_is_what_this_build_found(build_site: Build) -> None:
    before = build_site(PAGE, check=True)["index.md"]
    after = build_site(
        PAGE.replace(r"\lambda_i A_{ij} x_j", r"\lambda_i A_{ij} x_j \quad \text{si } m = 3").replace(
            r"\lambda_i^2 =", r"\lambda_i^2 \leq"
        ),
        check=True,
    )["index.md"]
    assert said(before, "claim") != said(after, "claim") == "checked on 40 trials"
    assert "Sizes drawn: m from 1 to 7, n from 1 to 7." in lines(before, "claim")
    assert any(line.startswith("Sizes drawn: m = 3, n from 1") for line in lines(after, "claim"))
    assert any("Largest relative difference" in line for line in lines(before, "claim"))
    assert not any("Largest relative difference" in line for line in lines(after, "claim"))
    assert values(before, "claim") != values(after, "claim")


def test_what_uses_what_is_linked_both_ways(build_site: Build) -> None:
    html = build_site(PAGE, check=True)["index.md"]
    assert "It uses (1), (2)." in lines(html, "claim")
    assert "It is used by (3), (4)." not in lines(html, "product")
    assert "It is used by (3)." in lines(html, "product")
    links = {str(link["href"]) for link in soup(html).select("#claim .vm-evidence a")}
    assert links == {"#sets", "#product"}


def test_where_there_is_no_value_is_said_in_the_language_of_the_page(build_site: Build) -> None:
    page = "```math {#t}\n\\tau \\in \\mathbb{R}\n```\n\n```math {#one}\n\\frac{\\tau}{\\tau} = 1\n```\n"
    assert "It has no value at τ = 0." in lines(build_site(page, check=True)["index.md"], "one")
    french = build_site(page, check=True, language="fr")["index.md"]
    assert "Elle n’a pas de valeur pour τ = 0." in lines(french, "one")
    assert said(french, "one") == "vérifiée sur 20 tirages"


def test_what_a_derivative_takes_for_granted_is_said(build_site: Build) -> None:
    declared = r"n \in \mathbb{N}^*, \quad \hat P \in \mathbb{R}^{n \times n} SAID, \quad A \in \mathbb{R}^{n \times n}"
    claim = r"\frac{\partial}{\partial \hat P} \operatorname{tr}(\hat P A) = A^\top"
    page = f"```math {{#sets}}\n{declared}, \\quad \\tau \\in \\mathbb{{R}}\n```\n\n```math {{#claim}}\n{claim}\n```\n"
    symmetric = page.replace("SAID", r"\text{ symmetric}")
    granted = "Differentiated as if the entries of P̂ were independent."
    assert granted in lines(build_site(symmetric, check=True)["index.md"], "claim")
    assert granted not in lines(build_site(page.replace(" SAID", ""), check=True)["index.md"], "claim")
    french = lines(build_site(symmetric, check=True, language="fr")["index.md"], "claim")
    assert "Dérivée comme si les composantes de P̂ étaient indépendantes." in french


GRANTED = [
    (r"\lvert \tau \rvert = \tau, \quad \tau > 0", "Read as a claim where τ > 0.", "Lue comme affirmée là où τ > 0."),
    (r"\lvert \tau \rvert = \tau \text{ if } \tau > 0", "", ""),
    (
        r"\lVert A + B \rVert \leq \lVert A \rVert + \lVert B \rVert",
        "Read with ∥A + B∥ and ∥A∥ and ∥B∥ as Frobenius’ norm.",
        "Lue avec ∥A + B∥ et ∥A∥ et ∥B∥ comme norme de Frobenius.",
    ),
    (
        r"f(X) \coloneqq \lVert X \rVert^2, \quad f(2 A) = 4 f(A)",
        "Read with ∥X∥ as Frobenius’ norm.",
        "Lue avec ∥X∥ comme norme de Frobenius.",
    ),
    (r"\lVert A + B \rVert_F \leq \lVert A \rVert_F + \lVert B \rVert_F", "", ""),
    (r"\sum_i \lVert v_i v \rVert = \lVert v \rVert \sum_i \lvert v_i \rvert", "", ""),
]


@pytest.mark.parametrize(("claim", "english", "french"), GRANTED)
def test_what_is_read_and_not_printed_is_said(build_site: Build, claim: str, english: str, french: str) -> None:
    declared = r"n \in \mathbb{N}^*, \quad A, B \in \mathbb{R}^{n \times n}, \quad v \in \mathbb{R}^n"
    page = f"```math {{#sets}}\n{declared}, \\quad \\tau \\in \\mathbb{{R}}\n```\n\n```math {{#claim}}\n{claim}\n```\n"
    for language, said in (("en", english), ("fr", french)):
        shown = lines(build_site(page, check=True, language=language)["index.md"], "claim")
        assert [each for each in shown if each.startswith(("Read ", "Lue "))] == [said] * bool(said)


def test_a_program_that_agrees_is_said(build_site: Build) -> None:
    snippet = "# --8<-- [start:f]\ndef product(A, x):\n    return A @ x\n# --8<-- [end:f]\n"
    fence = '```python {verifies="product"}\n--8<-- "f.py:f"\n```\n'
    html = build_site(PAGE + fence, {"f.py": snippet}, check=True)["index.md"]
    assert "The program beside it returns the same numbers." in lines(html, "product")
    assert "The program beside it returns the same numbers." not in lines(html, "claim")


def test_further_trials_lie_beside_the_page(build_site: Build, tmp_path: Path) -> None:
    html = build_site(PAGE, check=True)["index.md"]
    found = mark(html, "claim")
    assert found is not None
    assert found["data-trials"] == "assets/verimath/trials/index.json"
    trials = json.loads((tmp_path / "site" / "assets/verimath/trials/index.json").read_text())["claim"]
    assert len(trials) == 3
    shown = soup(html).select("#claim .vm-trial tr")
    assert trials[0]["rows"] == [[row.th.get_text(), row.td.get_text()] for row in shown if row.th and row.td]
    assert trials[0]["rows"] != trials[1]["rows"]


def test_mutants_are_shown_only_of_the_formula_that_was_changed(build_site: Build, tmp_path: Path) -> None:
    from verimath.derivation.builds_on import Derivation
    from verimath.page.page import read
    from verimath.trials.page_trials import SEED, TRIALS
    from verimath.verdict.basis import Basis

    names = Derivation(lambda file: read(file, PAGE)).node("index.md").names
    key = Basis(names, SEED, TRIALS).of(names.formulas[2])
    (tmp_path / "mutants.json").write_text(json.dumps({key: [61, 58]}))
    options = {"mutants": str(tmp_path / "mutants.json")}
    shown = lines(build_site(PAGE, check=True, options=options)["index.md"], "claim")
    assert "Changed in 61 ways, it was refused 58 times." in shown
    for old, new in ((r"\lambda_i^2", r"\lambda_i \lambda_i"), (r"{ij} x_j" + "\n```\n\n```math {#claim", "")):
        page = (
            PAGE.replace(old, new)
            if new
            else PAGE.replace(r"\sum_{j=1}^{n} A_{ij} x_j" + "\n", "\\sum_{j=1}^{n} x_j A_{ij}\n", 1)
        )
        assert page != PAGE
        shown = lines(build_site(page, check=True, options=options)["index.md"], "claim")
        assert not any("Changed in" in line for line in shown)
    (tmp_path / "mutants.json").write_text("[1]")
    with pytest.raises(Refused, match="the figures on mutants can't be read"):
        build_site(PAGE, check=True, options=options)


def test_the_first_page_has_the_counts_of_the_build(build_site: Build) -> None:
    pages = build_site({"index.md": PAGE, "other.md": "# Other\n"}, check=True)
    [line] = soup(pages["index.md"]).select(".vm-counts")
    assert line.get_text() == ("In this build: 1 claim checked on 20 trials, 1 formula refused as expected.")
    assert soup(pages["other.md"]).select(".vm-counts") == []


@pytest.mark.parametrize(("begins", "before"), [("What it promises.\n", "p"), ("## A part\n\nText.\n", "h1")])
def test_the_counts_stand_below_what_a_page_begins_with(begins: str, before: str, build_site: Build) -> None:
    page = re.sub(r"^# .*\n", lambda title: f"{title.group()}\n{begins}", PAGE, count=1, flags=re.MULTILINE)
    [line] = soup(build_site({"index.md": page}, check=True)["index.md"]).select(".vm-counts")
    above = line.find_previous_sibling()
    assert above is not None
    assert above.name == before


@pytest.mark.parametrize(
    ("hides", "marks"),
    [("[]", 3), ("[verdicts]", 0), ("[claim]", 2), ("[verdicts claim]", 2), ("[symbols, counts]", 3)],
)
def test_a_page_leaves_out_what_it_lists(hides: str, marks: int, build_site: Build) -> None:
    html = build_site(PAGE.replace("---\n", f"---\nhides: {hides}\n", 1), check=True)["index.md"]
    assert len(soup(html).select(".vm-verdict")) == marks
    assert len(soup(html).select(".vm-counts")) == ("counts" not in hides)


def test_what_is_left_out_must_be_there(build_site: Build) -> None:
    for hides in ("[verdict]", "[verdicts nothing]", "verdicts"):
        with pytest.raises(Refused, match=r"to leave out|isn't a list"):
            build_site(PAGE.replace("---\n", f"---\nhides: {hides}\n", 1), check=True)


def test_symbols_and_previews_of_one_equation_can_be_left_out(build_site: Build) -> None:
    page = PAGE.replace("---\n", "---\nhides: [symbols claim, previews product]\n", 1)
    [box] = soup(build_site(page, check=True)["index.md"]).select(".vm-reader")
    assert (box["data-silent"], box["data-unseen"]) == ("claim", "product")
    page = PAGE.replace("---\n", "---\nhides: [symbols, previews]\n", 1)
    [box] = soup(build_site(page, check=True)["index.md"]).select(".vm-reader")
    assert not {"data-symbols", "data-previews"} & {*box.attrs}


def test_a_site_shows_what_it_asks_for(build_site: Build) -> None:
    html = build_site(PAGE, check=True, options={"shows": []})["index.md"]
    assert soup(html).select(".vm-verdict, .vm-counts") == []
    assert soup(build_site(PAGE, check=False)["index.md"]).select(".vm-verdict, .vm-counts") == []
    html = build_site(PAGE, check=True, options={"shows": ["verdicts"]})["index.md"]
    assert len(soup(html).select(".vm-verdict")) == 3
    assert soup(html).select("[data-trials]") == []


def test_the_search_sees_no_evidence(build_site: Build, tmp_path: Path) -> None:
    build_site(PAGE, check=True, options={"shows": ["verdicts"]})
    index = (tmp_path / "site" / "search" / "search_index.json").read_text()
    assert "twice" in index
    assert "Sizes drawn" not in index
