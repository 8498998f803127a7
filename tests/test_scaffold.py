"""`verimath new`: a site that works, in each language, and the message where it can't be written."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
import yaml
from mkdocs.commands.build import build
from mkdocs.config import load_config

from verimath.cli import main
from verimath.cli.scaffold import LANGUAGES, START, scaffold


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where commands are run."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_new_site_holds_and_builds(
    language: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["new", 'L\'eau: "douce"', "--lang", language]) == 0
    assert "mkdocs serve" in capsys.readouterr().out
    monkeypatch.chdir('L\'eau: "douce"')
    assert main(["check", "docs"]) == 0
    assert "slope                                snippet" in capsys.readouterr().out
    config = load_config("mkdocs.yml", strict=True)
    assert config.site_name == 'L\'eau: "douce"'
    build(config)
    html = Path("site/index.html").read_text("utf-8")
    assert html.count('class="katex-display"') == 2
    assert f'lang="{language}"' in html
    # The twin: what the page invites to do is seen.
    page = Path("docs/index.md")
    page.write_text(page.read_text("utf-8").replace(r"\bigl(1 -", r"\bigl(1 +"), "utf-8")
    assert main(["check", "docs"]) == 1


def test_what_it_writes_is_well_formed() -> None:
    files = scaffold(Path("site"), "en")
    assert {*files} >= {".gitignore", ".pre-commit-config.yaml", ".github/workflows/check.yml", "requirements.txt"}
    for file in (file for file in files if file.endswith(".yml") and "mkdocs" not in file):
        assert yaml.safe_load(Path("site", file).read_text("utf-8"))
    assert not [file for file in files if re.search("@[A-Z]+@", Path("site", file).read_text("utf-8"))]


def test_both_languages_have_the_same_files() -> None:
    english, french = ({path.relative_to(START / each) for path in (START / each).rglob("*")} for each in LANGUAGES)
    assert english == french


def test_nothing_is_written_over(capsys: pytest.CaptureFixture[str]) -> None:
    Path("full").mkdir()
    Path("full/note.txt").write_text("mine")
    Path("file").write_text("mine")
    for name in ("full", "file"):
        assert main(["new", name]) == 2
        assert (
            capsys.readouterr().err
            == f"verimath: {name} isn't an empty folder: name a new one, nothing is written over\n"
        )
    assert [path.name for path in Path("full").iterdir()] == ["note.txt"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "shut").mkdir(mode=0o555)
    assert main(["new", "shut/site"]) == 2
    assert "Permission denied" in capsys.readouterr().err


def test_a_name_that_no_folder_can_have(capsys: pytest.CaptureFixture[str]) -> None:
    Path("file").write_text("mine")
    assert main(["new", "file/site"]) == 2
    said = capsys.readouterr().err
    assert said.startswith("verimath: file/site can't be written, ")
    assert said.endswith(": name a folder that can\n")
