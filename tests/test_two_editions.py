"""A page in another language has the same formulas: what was found of the one isn't sought again for the other."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from verimath.cli import main
from verimath.code.returned import verified
from verimath.verdict.check import witnessed

PAGE = """\
---
notation:
  - {symbol: a, code: a, meaning: MEANING}
---

WORDS

```math {#base}
n \\in \\mathbb{N}^{*}, \\quad a \\in \\mathbb{R}^{n}
```

```math {#cases name="NAME"}
b_i \\coloneqq
\\begin{cases}
1 & \\text{IF } a_i > 0, \\\\
2 & \\text{ELSE}
\\end{cases}
```

```math {#claim}
\\sum_i b_i \\leq 2 n
```

```math {#wrong expect="false"}
b_i = 1
```

```python {verifies="cases"}
--8<-- "cases.py:cases"
```
"""
FRENCH = PAGE.replace("IF", "si").replace("ELSE", "sinon").replace("NAME", "cas").replace("WORDS", "Un texte.")
ENGLISH = (
    PAGE.replace("IF", "if").replace("ELSE", "otherwise").replace("NAME", "cases").replace("WORDS", "A text, longer.")
)
CODE = """\
import numpy as np


# --8<-- [start:cases]
def cases(a):
    return np.where(np.asarray(a) > 0, 1.0, 2.0)
# --8<-- [end:cases]
"""


FOUND: list[str] = []


@pytest.fixture
def sought(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., list[str]]:
    """Checks a folder, and says which equations were evaluated and whether snippets were called."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("VERIMATH_CACHE", str(tmp_path / "kept"))
    found = FOUND

    def noted(formula: Any, *others: Any) -> Any:
        found.append(formula.equation.label)
        return witnessed(formula, *others)

    def called(calls: Any, heard: Any) -> Any:
        found.append("calls")
        return verified(calls, heard)

    monkeypatch.setattr("verimath.report.findings.witnessed", noted)
    monkeypatch.setattr("verimath.report.findings.verified", called)

    def check(*arguments: str) -> list[str]:
        found.clear()
        assert main(["check", *arguments]) == 0
        return [*found]

    for folder, text in (("fr", FRENCH), ("en", ENGLISH)):
        (tmp_path / "docs" / folder).mkdir(parents=True)
        (tmp_path / "docs" / folder / "page.md").write_text(text, "utf-8")
        config = "mkdocs.yml" if folder == "fr" else "mkdocs.en.yml"
        (tmp_path / config).write_text(f"site_name: x\ndocs_dir: docs/{folder}\n", "utf-8")
    (tmp_path / "snippets").mkdir()
    (tmp_path / "snippets" / "cases.py").write_text(CODE, "utf-8")
    return check


def test_the_second_edition_costs_next_to_nothing(sought: Callable[..., list[str]]) -> None:
    assert sought("docs/fr") == ["base", "cases", "claim", "wrong", "calls"]
    # Of what is refused, a message says places of the page's own.
    assert sought("docs/en") == ["wrong"]
    assert sought("docs/en") == []


def test_without_a_cache_both_together_share_what_they_have_in_common(sought: Callable[..., list[str]]) -> None:
    found = sought("docs/fr", "docs/en", "--no-cache")
    assert sorted(found) == ["base", "calls", "cases", "claim", "wrong", "wrong"]


@pytest.mark.parametrize(
    ("old", "new"), [("1 &", "3 &"), ("a_i > 0", "a_i < 0"), ("2 n", "3 n"), ("\\mathbb{R}^{n}", "{]0, 1[}^{n}")]
)
def test_another_formula_is_checked_anew(sought: Callable[..., list[str]], tmp_path: Path, old: str, new: str) -> None:
    sought("docs/fr")
    page = tmp_path / "docs" / "en" / "page.md"
    assert old in ENGLISH
    page.write_text(ENGLISH.replace(old, new), "utf-8")
    # What isn't as expected is an error of this page, whatever the other one says.
    main(["check", "docs/en"])
    assert {*FOUND} - {"wrong"} != set()
