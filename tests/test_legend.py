"""The table of a page's symbols: its own first, then those that it inherits; of a page without equations, none."""

from __future__ import annotations

import re

import pytest

from tests.conftest import Build, Refused
from verimath.derivation.builds_on import Derivation
from verimath.message.refusal import Refusal
from verimath.page.page import read
from verimath.site.legend import legend
from verimath.site.words import words_of

PAGES = {
    "below.md": r"""---
notation:
  - {symbol: '\lambda', code: logits, meaning: 'the scores & more'}
---

```math {#scores}
\lambda \in \mathbb{R}
```
""",
    "above.md": r"""---
builds_on: [below.md]
notation:
  - {symbol: '\frac{\partial L}{\partial \lambda}', code: dlogits, meaning: their gradient}
---

```math {#loss}
L \coloneqq \lambda^2
```
""",
    "text.md": "---\nbuilds_on: [below.md]\n---\n\nOnly words.\n",
    "again.md": '---\nbuilds_on: [below.md]\n---\n\n```math {show="scores"}\n```\n',
    "log.md": "---\nlog: 2\n---\n\n```math {#bits}\n\\log 8 = 3\n```\n",
    "no-log.md": "---\nlog: 2\n---\n\n```math {#none}\n1 + 1 = 2\n```\n",
    "phase.md": "---\narguments: product\n---\n\n```math {#phase}\n\\cos a b = \\cos(b a)\n```\n",
    "turned.md": "---\nderivatives: denominator\n---\n\n```math {#j}\n\\frac{\\partial a}{\\partial a} = 1\n```\n",
    "wrong.md": r"""---
notation:
  - {symbol: '\nothing', code: a, meaning: nothing}
---

```math {#b}
b \in \mathbb{R}
```
""",
}
ROW = re.compile(r'<tr><td><span class="vm-inline" data-verimath-tex="([^"]*)">[^<]+</span></td><td><code>(\w+)</code>')


def shown(file: str, language: str) -> str:
    derivation = Derivation(lambda name: read(name, PAGES[name]))
    return legend(derivation.page(file), derivation.notation(file), words_of(language))


def test_a_page_s_own_symbols_come_first() -> None:
    assert ROW.findall(shown("above.md", "en")) == [
        (r"\frac{\partial L}{\partial \lambda}", "dlogits"),
        (r"\lambda", "logits"),
    ]
    assert ROW.findall(shown("below.md", "en")) == [(r"\lambda", "logits")]


def test_what_a_symbol_means_is_said_as_it_is() -> None:
    assert "<td>the scores &amp; more</td>" in shown("below.md", "en")


def test_it_speaks_the_site_s_language() -> None:
    assert "The symbols of this page" in shown("below.md", "en")
    assert "Les symboles de cette page" in shown("below.md", "fr")
    assert "The symbols of this page" in shown("below.md", "xx")


def test_a_page_without_equations_has_none() -> None:
    assert shown("text.md", "en") == ""
    # The twin: one that shows an equation again has it.
    assert shown("again.md", "en")


def test_a_symbol_that_cannot_be_typeset_is_refused_at_its_row() -> None:
    with pytest.raises(Refusal, match=r"^wrong.md:3: .*\n.*\n *\^\n") as refused:
        shown("wrong.md", "en")
    assert refused.value.place.column == PAGES["wrong.md"].splitlines()[2].index("\\nothing")


def test_the_site_sets_its_symbols_below_the_text(build_site: Build) -> None:
    html = build_site(PAGES["below.md"], check=True)["index.md"]
    below = html[html.index("vm-legend") :]
    assert 'class="katex"' in below
    assert "data-verimath-tex" not in below
    assert html.index('id="scores"') < html.index("vm-legend")


def test_a_build_refuses_a_symbol_that_cannot_be_typeset(build_site: Build) -> None:
    with pytest.raises(Refused, match=r"index.md:3"):
        build_site(PAGES["wrong.md"], check=True)


def test_what_a_page_says_of_arguments_and_of_axes_is_told() -> None:
    assert "<code>np.sin(a * b)</code></td><td>le sinus du produit" in shown("phase.md", "fr")
    assert "<code>J.T</code></td><td>the derivative of a vector, whose first axes" in shown("turned.md", "en")


def test_the_base_of_a_logarithm_is_told_where_it_is_written() -> None:
    assert "the logarithm to base 2" in shown("log.md", "en")
    assert "le logarithme de base 2" in shown("log.md", "fr")
    assert shown("no-log.md", "en") == ""
