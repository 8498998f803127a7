"""Each page shows all of its snippets, and what it shows runs as a reader would paste it, from top to bottom."""

import re
import subprocess
import sys
from pathlib import Path
from textwrap import dedent
from typing import Any

import numpy as np
import pytest

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "snippets").glob("*.py"))
PAGES = sorted((ROOT / "docs/fr").glob("*.md"))
SECTION = re.compile(r"^ *# --8<-- \[start:([\w-]+)\]\n(.*?)^ *# --8<-- \[end:\1\]", re.MULTILINE | re.DOTALL)


def sections(file: Path) -> dict[str, str]:
    return {name: dedent(body) for name, body in SECTION.findall(file.read_text(encoding="utf-8"))}


def shown(page: Path) -> list[tuple[str, str]]:
    return re.findall(r'^ *--8<-- "(\w+\.py):([\w-]+)"', page.read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_file_runs_alone(file):
    run = subprocess.run([sys.executable, file], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert run.stdout


def test_every_section_is_shown():
    written = {(file.name, section) for file in FILES for section in sections(file)}
    assert written == {section for page in PAGES for section in shown(page)}


# Pages that say that their programs go on from those of another one.
GOES_ON = {
    "language-arrays": "language",
    "language-pages": "language",
    "rounding": "gradient-check",
    "targets": "bias",
    "batch-gradients": "batches",
    "regularisation": "batch-gradients",
    "convexity": "curvature",
}


def before(page: Path) -> list[tuple[str, str]]:
    """What the pages show that a page's programs go on from, in the order in which they are read."""
    if page.stem not in GOES_ON:
        return []
    earlier = page.with_stem(GOES_ON[page.stem])
    return [*before(earlier), *shown(earlier)]


@pytest.mark.parametrize("page", [page for page in PAGES if shown(page)], ids=lambda page: page.stem)
def test_what_a_page_shows_runs_when_pasted(page, capsys):
    names: dict[str, Any] = {}
    with np.errstate(all="ignore"):
        for file, section in [*before(page), *shown(page)]:
            exec(sections(ROOT / "snippets" / file)[section], names)
    assert capsys.readouterr().out


@pytest.mark.parametrize("page", GOES_ON)
def test_a_page_that_goes_on_says_so(page):
    assert f"({GOES_ON[page]}.md)" in (ROOT / "docs/fr" / f"{page}.md").read_text(encoding="utf-8")
    assert f"({GOES_ON[page]}.md)" in (ROOT / "docs/en" / f"{page}.md").read_text(encoding="utf-8")


def test_what_needs_an_earlier_section_does_not_run_before_it():
    with pytest.raises(NameError, match="one_hot"):
        exec(sections(ROOT / "snippets/context.py")["one-hot-demo"], {})
