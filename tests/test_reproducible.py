"""The same source gives the same bytes: of a site, of the wheel and of the sdist, in any folder and on any day."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ROOT, SNIPPET
from verimath.cli.rulebook import PAGES as RULES

EPOCH = "1700000000"
CONFIG = """\
site_name: Test
site_author: someone
site_url: https://example.org/
theme: {name: material, language: fr, font: false}
plugins:
  - search
  - verimath:
      furniture: [reading-time, handout, citation, licence, date]
      license: CC-BY-4.0
      policy: true
markdown_extensions:
  - attr_list
  - pymdownx.superfences
  - pymdownx.details
  - pymdownx.snippets: {base_path: [snippets]}
"""
PAGES = {
    "index.md": """\
---
notation:
  - {symbol: x, code: x, meaning: un nombre}
---

# Un $x$

```math {#number}
x \\in \\mathbb{R}
```

```math {#double}
2 x = x + x
```

```python {verifies="double"}
--8<-- "double.py:double"

--8<-- "double.py:double-demo"
```

Par [](#double).
""",
    "other.md": """\
---
builds_on: [index.md]
lists: equations
---

# Autre

??? solution "Solution"
    $x + 1$
""",
}
# Read by each interpreter that starts: another day, and for each run another.
SHIFTED = """
import datetime, os, time

DAYS = float(os.environ["DAYS"]) * 86400
real, real_ns = time.time, time.time_ns
time.time = lambda: real() + DAYS
time.time_ns = lambda: real_ns() + int(DAYS) * 10**9


class Day(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return cls.fromtimestamp(time.time(), tz)


datetime.datetime = Day
"""


def run(folder: Path, days: int, *command: str) -> None:
    """Run Python in a folder, as if on another day, in another time zone and with other hashes."""
    clock = folder.parent / f"{folder.name}-clock"
    clock.mkdir(exist_ok=True)
    (clock / "sitecustomize.py").write_text(SHIFTED)
    paths = os.pathsep.join(filter(None, [str(clock), str(ROOT / "src"), os.environ.get("PYTHONPATH", "")]))
    own = {"PYTHONPATH": paths, "DAYS": str(days), "TZ": f"UTC{days % 12}", "PYTHONHASHSEED": str(days + 1)}
    environment = {**os.environ, **own, "SOURCE_DATE_EPOCH": EPOCH, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(
        [sys.executable, *command],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def held(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def twice(tmp_path: Path, make: Callable[[Path, int], Path]) -> None:
    """What two runs make is the same, file by file."""
    one, other = (held(make(tmp_path / name, days)) for name, days in (("here", 0), ("far-away-there", 401)))
    assert one
    assert {*one} == {*other}
    assert [name for name in one if one[name] != other[name]] == []


def site(folder: Path, days: int) -> Path:
    for name, text in {"mkdocs.yml": CONFIG, "snippets/double.py": SNIPPET}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    # Written in another order, and at other times.
    for name in sorted(PAGES, reverse=bool(days)):
        (folder / "docs").mkdir(exist_ok=True)
        (folder / "docs" / name).write_text(PAGES[name], "utf-8")
        os.utime(folder / "docs" / name, (days * 86400 + 1e9, days * 86400 + 1e9))
    run(folder, days, "-m", "mkdocs", "build", "--strict")
    return folder / "site"


def test_a_site_is_the_same_in_another_folder_on_another_day(tmp_path: Path) -> None:
    twice(tmp_path, site)


def packages(folder: Path, days: int) -> Path:
    ignored = shutil.ignore_patterns("__pycache__", ".*_cache")
    shutil.copytree(ROOT / "src", folder / "src", ignore=ignored)
    shutil.copytree(ROOT / "npm", folder / "npm", ignore=shutil.ignore_patterns("node_modules"))
    for edition in ("en", "fr"):
        (folder / "docs" / edition).mkdir(parents=True)
        for page in RULES:
            shutil.copy(ROOT / "docs" / edition / page, folder / "docs" / edition)
    for name in ("pyproject.toml", "hatch_build.py", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, folder)
    for path in folder.rglob("*"):
        os.utime(path, (days * 86400 + 1e9, days * 86400 + 1e9))
    run(folder, days, "-m", "hatchling", "build", "--directory", "dist")
    return folder / "dist"


def test_wheel_and_sdist_are_the_same_in_another_folder_on_another_day(tmp_path: Path) -> None:
    twice(tmp_path, packages)
    assert sorted(path.suffix for path in (tmp_path / "here" / "dist").iterdir()) == [".gz", ".whl"]


def test_a_difference_is_seen(tmp_path: Path) -> None:
    def made(folder: Path, days: int) -> Path:
        folder.mkdir()
        run(folder, days, "-c", "import time; open('a', 'w').write(str(int(time.time() / 86400 / 100)))")
        return folder

    with pytest.raises(AssertionError):
        twice(tmp_path, made)
