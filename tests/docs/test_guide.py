"""The guide, carried out: its commands are those of its page, and print what the page shows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

from bench.guide import BUILD, carried_out, folder, of, steps

DOCS = Path(__file__).parents[2] / "docs"
SHELL = re.compile(r"^```sh\n(.*?)\n```$", re.MULTILINE | re.DOTALL)
INCLUDED = re.compile(r'--8<-- "guide/(?P<name>[^"]*)"')


def commands(edition: str) -> list[str]:
    """The commands of a page, in order."""
    text = (DOCS / edition / "guide.md").read_text("utf-8")
    found = (INCLUDED.sub(lambda each: of(edition, each["name"]).strip(), block) for block in SHELL.findall(text))
    return [command for command in found if not command.startswith("pip ")]


@pytest.mark.parametrize("edition", ["fr", "en"])
def test_the_guide_does_what_it_shows(edition: str, tmp_path: Path) -> None:
    assert commands(edition) == [step.command for step in steps(edition)]
    printed = carried_out(edition, tmp_path)
    assert printed == {name: (folder(edition) / name).read_text("utf-8") for name in printed}
    assert (tmp_path / "falling" / "site" / "falling" / "index.html").exists()
    assert commands(edition)[-1] == BUILD


@pytest.mark.parametrize("edition", ["fr", "en"])
def test_what_it_says_is_replaced_stands_on_its_page(edition: str) -> None:
    text = (DOCS / edition / "guide.md").read_text("utf-8")
    shown = {each["name"] for each in INCLUDED.finditer(text)}
    assert shown == {"new.sh", "mkdocs.yml", "falling.md", "falling.py", "fence.md"} | {
        step.shown for step in steps(edition)
    } - {""}
    for old, new in (step.replaced for step in steps(edition) if step.shown == "true.txt"):
        assert f"`{old}`" in text
        assert f"`{new}`" in text


@pytest.mark.parametrize("edition", ["fr", "en"])
def test_the_configuration_that_it_shows_is_complete(edition: str, tmp_path: Path) -> None:
    """For a site with this file and a page, and nothing else, which writes what it says that pages may write."""
    (tmp_path / "mkdocs.yml").write_text(of(edition, "mkdocs.yml"), "utf-8")
    (tmp_path / "docs").mkdir()
    page = "# A page\n\n```math {#x}\nx \\in \\R\n```\n\n```math {#claim}\n\\abs{x}^2 = x^2\n```\n\nSee [](#claim).\n"
    (tmp_path / "docs" / "index.md").write_text(page, "utf-8")
    build(load_config(str(tmp_path / "mkdocs.yml"), strict=True))
    html = (tmp_path / "site" / "index.html").read_text("utf-8")
    assert html.count('class="katex-html"') >= 2
    assert r"\lvert x \rvert^2 = x^2" in html
