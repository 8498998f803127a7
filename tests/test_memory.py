"""A check holds what one page needs, and not what all do."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest

from verimath.derivation.builds_on import Derivation, PageNode, from_disk
from verimath.report.findings import Options, Report, check_pages
from verimath.trials.values import Trial

PAGE = """\
---
notation:
  - {symbol: x, code: x, meaning: a row}
---

```math {#x-%d}
x \\in \\mathbb{R}^{3}
```

```math {#sum-%d}
x + x = 2 x
```

```python {verifies="sum-%d"}
--8<-- "double.py:double"
```
"""
PAGES = 6


def alive(kind: type) -> int:
    gc.collect()
    return sum(isinstance(each, kind) for each in gc.get_objects())


def test_a_page_that_is_checked_lets_its_trials_and_names_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("double.py").write_text("# --8<-- [start:double]\ndef double(x):\n    return x + x\n# --8<-- [end:double]\n")
    files = [f"page-{number}.md" for number in range(PAGES)]
    for number, file in enumerate(files):
        Path(file).write_text(PAGE.replace("%d", str(number)))
    before = alive(PageNode)
    seen: list[tuple[int, int]] = []

    def look(report: Report) -> None:
        if (report.label or "").startswith("sum"):
            seen.append((alive(PageNode) - before, alive(Trial)))

    reports = check_pages(Derivation(from_disk), files, Options(folders=(tmp_path,)), look)
    assert not [str(report.verdict.problem) for report in reports if report.verdict.problem]
    assert [report.verdict.verdict for report in reports] == ["holds"] * 2 * PAGES
    assert [report.verdict.calls > 0 for report in reports if (report.label or "").startswith("sum")] == [True] * PAGES
    nodes, trials = zip(*seen, strict=True)
    assert max(nodes) <= 2
    assert trials[-1] <= 2 * trials[0] + trials[0] // 2
