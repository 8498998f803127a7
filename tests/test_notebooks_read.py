"""Notebooks as pages: their cells, what messages say of a place in them, and which files are notebooks at all."""

from __future__ import annotations

import json
import pickle
from pathlib import Path
from typing import Any

import jupytext
import pytest

from tests.conftest import ROOT
from verimath.cli import main
from verimath.message.refusal import Refusal
from verimath.message.source import Replaced
from verimath.page.notebook import as_page, read
from verimath.page.page import read as read_page

PERCENT = '''\
# ---
# title: A notebook
# free_symbols: [z]
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
# ---

# %% [markdown]
# # Title
#
# Text $z$, and [](#twice).
#
# ```math {#x}
# x \\in \\mathbb{R}
# ```
#
# $$ x + x = 2 x $$ {#twice}

# %%
a = "```"
print(a)  # $q$ and $$

# %% [markdown]
"""
In quotation marks, $x$.
"""

# %% A title tags=["t"]
b = 1

# %% [raw]
# raw

# %%
'''


def ipynb(*cells: dict[str, Any], **more: Any) -> str:
    return json.dumps({"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": [*cells], **more})


def markdown(text: str, **more: Any) -> dict[str, Any]:
    return {"cell_type": "markdown", "metadata": {}, "source": text.splitlines(keepends=True), **more}


def code(text: str, *outputs: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"cell_type": "code", "metadata": {}, "execution_count": None, "source": text, "outputs": [*outputs], **more}


def jupytexts(text: str) -> list[tuple[str, str]]:
    """What jupytext makes of a Python file, without the cell that its header is."""
    cells = [(cell.cell_type, cell.source) for cell in jupytext.reads(text, fmt="py:percent").cells]
    return cells[1:] if cells[0][0] == "raw" and cells[0][1].startswith("---") else cells


FILES = [PERCENT, *(path.read_text("utf-8") for path in sorted((ROOT / "docs" / "fr").glob("*.py")))]


@pytest.mark.parametrize("text", FILES)
def test_cells_are_those_of_jupytext(text: str) -> None:
    assert [(cell.kind, cell.source) for cell in read("a.py", text).cells] == jupytexts(text)


def test_a_cell_without_its_end_is_seen() -> None:
    assert [(cell.kind, cell.source) for cell in read("a.py", PERCENT + "c\n").cells] != jupytexts(PERCENT)


def test_a_percent_file_is_a_page() -> None:
    page = read_page("a.py", PERCENT)
    assert page.front_matter["title"] == "A notebook"
    assert [equation.label for equation in page.equations] == ["x", "twice"]
    assert [tex for tex, _ in page.formulas()] == ["z", "x"]
    place = page.equations[1].fence.at(0)
    assert str(place) == "a.py:20, cell 1, line 9"
    assert place.caret() == "    $$ x + x = 2 x $$ {#twice}\n       ^"
    assert [str(span) for _, span in page.formulas()] == ["a.py:14, cell 1, line 3", "a.py:28, cell 3, line 1"]


def test_a_jupyter_file_is_a_page() -> None:
    text = ipynb(markdown("---\ntitle: T\n---"), markdown("# T\n\n$$\nx = 1\n$$ {#a}\n"), code("1"), markdown("a $y$"))
    page = read_page("a.ipynb", text)
    assert page.front_matter == {"title": "T"}
    assert str(page.equations[0].fence.at(0)) == "a.ipynb, cell 2, line 4"
    assert [str(span) for _, span in page.formulas()] == ["a.ipynb, cell 4, line 1"]
    with pytest.raises(Refusal, match=r"^a\.ipynb, cell 1, line 2: LaTeX in the page's title"):
        read_page("a.ipynb", text.replace("title: T", "title: $T$"))


def test_code_with_fences_stands_in_a_longer_one() -> None:
    _, made = as_page("a.ipynb", ipynb(code("x = '''\n````\n'''\n--8<-- 'a'\n")))
    assert "`````python\nx = '''\n````\n'''\n;--8<-- 'a'\n\n`````" in made


BAD = {
    "broken JSON": ('{"cells": [\n  {"a" 1}]}', "a.ipynb:2: this notebook isn't JSON\n"),
    "no notebook": ("[]", "a.ipynb: this notebook is of another format\n"),
    "an old format": ('{"nbformat": 3, "worksheets": []}', "a.ipynb: this notebook is of another format\n"),
    "deep": ("[" * 100_000, "a.ipynb: this notebook is nested too deeply"),
    "no kind": (ipynb(markdown("a"), {"cell_type": "stream"}), "a.ipynb, cell 2: `stream` is no kind of cell\n"),
    "no cell": (ipynb(markdown("a")).replace('"cells": [', '"cells": [7, '), "a.ipynb, cell 1: this is no cell\n"),
    "no source": (ipynb({"cell_type": "code"}), "a.ipynb, cell 1: this is no cell\n"),
    "an output without its cell": (
        ipynb(markdown("a"), code("", {"output_type": "stream", "name": "stdout", "text": "2 + 2 = 5"})),
        "a.ipynb, cell 2: an output without its cell\n",
    ),
    "an output of text": (
        ipynb(markdown("a", outputs=[{"output_type": "stream"}])),
        "a.ipynb, cell 1: an output without its cell\n",
    ),
    "our own marks": (ipynb(markdown("a\nb \ue0003\ue001")), "a.ipynb, cell 1, line 2: a sign that no page may hold\n"),
    "a fence that isn't closed": (ipynb(markdown("a\n\n```math {#a}")), "a.ipynb, cell 1, line 3: this fence isn't"),
}


@pytest.mark.parametrize("kind", BAD)
def test_bad_notebooks_are_refused_with_their_place(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    text, says = BAD[kind]
    Path("a.ipynb").write_text(text, "utf-8")
    assert main(["check", "a.ipynb"]) == 1
    assert says in capsys.readouterr().out


def test_a_notebook_of_50_megabytes_is_refused_unread(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with (tmp_path / "a.ipynb").open("wb") as file:
        file.truncate(50_000_000)
    assert main(["check", str(tmp_path)]) == 1
    said = capsys.readouterr().out
    assert "the page has 50,000,000 bytes\n  part it, or clear its outputs: 20,000,000 are the most" in said


def test_a_python_file_that_is_no_notebook(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.py").write_text("# # Title\n\nprint(1)\n", "utf-8")
    (tmp_path / "b.md").write_text("```math {#a}\n1 + 1 = 2\n```\n", "utf-8")
    # In a folder it may be any program.
    assert main(["check", str(tmp_path)]) == 0
    assert main(["check", str(tmp_path / "a.py")]) == 1
    assert "a.py:1: this Python file is no notebook\n" in capsys.readouterr().out


def test_the_command_reads_what_the_site_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("docs").mkdir()
    Path("docs/a.ipynb").write_text(ipynb(markdown("$$ 1 + 1 = 3 $$ {#three}\n")), "utf-8")
    Path("docs/b.md").write_text("```math {#a}\n1 + 1 = 2\n```\n", "utf-8")
    settings = "site_name: T\nplugins: [{0}, verimath]\nmarkdown_extensions: [pymdownx.superfences]\n"
    for plugin, code_expected in (
        ("search", 0),
        ("mkdocs-jupyter", 1),
        ("{mkdocs-jupyter: {ignore: ['a.*']}}", 0),
        ("{mkdocs-jupyter: {include: ['*.py']}}", 0),
    ):
        Path("mkdocs.yml").write_text(settings.replace("{0}", plugin), "utf-8")
        assert main(["check", "docs", "--no-cache"]) == code_expected, plugin
    # Who names it wants it read.
    assert main(["check", "docs/a.ipynb", "--no-cache"]) == 1
    assert "docs/a.ipynb, cell 1, line 1: equation `three` is false" in capsys.readouterr().out


def test_a_place_goes_to_another_process() -> None:
    name, _ = as_page("a.ipynb", ipynb(markdown("# T\n\na")))
    gone = pickle.loads(pickle.dumps(name))
    assert (str(gone), gone.at(3)) == ("a.ipynb", name.at(3))
    assert gone.places == name.places
    line = Replaced(r"\mathbb{R}", r"\R", [0] * 11)
    gone = pickle.loads(pickle.dumps(line))
    assert (str(gone), gone.written, gone.columns) == (str(line), line.written, line.columns)
