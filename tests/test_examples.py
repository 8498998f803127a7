"""The sites under examples/: all holds, they build, and a slip in each page is seen."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

from verimath.cli import main

EXAMPLES = sorted(path.parent for path in (Path(__file__).parents[1] / "examples").glob("*/mkdocs.yml"))
# By page, what is true, and a slip.
SLIPS = {
    "relu.md": ("[A_k > 0]", "[A_k < 0]"),
    "convolution.md": (r"g_i w_k", r"g_i w_{K + 1 - k}"),
    "ridge.md": (r"+ \alpha w", r"- \alpha w"),
    "newton.md": (r"y - p)", r"p - y)"),
}


@pytest.fixture(params=EXAMPLES, ids=lambda path: path.name)
def example(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of an example, where commands are run."""
    shutil.copytree(request.param, tmp_path / "site")
    monkeypatch.chdir(tmp_path / "site")
    return tmp_path / "site"


def test_an_example_holds_and_builds(example: Path) -> None:
    assert main(["check", "docs", "--quiet"]) == 0
    build(load_config("mkdocs.yml", strict=True))
    for page in example.glob("docs/*.md"):
        html = (example / "site" / page.stem.replace("index", "") / "index.html").read_text("utf-8")
        assert html.count("vm-equation") >= page.read_text("utf-8").count("```math")


def test_a_slip_in_a_page_is_seen(example: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pages = [page for page in example.glob("docs/*.md") if page.name != "index.md"]
    for page in pages:
        text = page.read_text("utf-8")
        true, slip = SLIPS[page.name]
        assert true in text
        page.write_text(text.replace(true, slip), "utf-8")
        assert main(["check", str(page), "--quiet"]) == 1
        assert " is false" in capsys.readouterr().out
        page.write_text(text, "utf-8")
