r"""A site's own commands: replaced before anything reads a formula, wherever it stands; what isn't one is refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import Build, Refused
from tests.markup import soup
from verimath.cli import main
from verimath.derivation.builds_on import Derivation
from verimath.kept.store import Store
from verimath.latex import katex
from verimath.message.refusal import Refusal
from verimath.message.source import Span
from verimath.page.macros import named, read_macros
from verimath.page.page import read
from verimath.page.project import Project
from verimath.report.findings import Options, check_pages, check_texts, readable

MACROS = {
    r"\R": r"\mathbb{R}",
    r"\Rn": r"\R^{n}",
    r"\norm": r"\lVert #1 \rVert",
    r"\sq": "#1^2",
    r"\twice": "(#1 + #1)",
    r"\over": r"\frac{#2}{#1}",
    r"\third": r"\frac{1}{3}",
    r"\y": "z",
    r"\hash": r"\#1",
}
# A formula as it is written, and as it is read.
REPLACED = [
    (r"\R", r"\mathbb{R}"),
    (r"x \in \Rn", r"x \in \mathbb{R}^{n}"),
    (r"\norm{x}", r"\lVert x \rVert"),
    (r"\norm{\sq{x}}", r"\lVert x^2 \rVert"),
    (r"\sq x + \sq{(a + b)} + \sq \alpha", r"x^2 + (a + b)^2 + \alpha^2"),
    (r"\sq  {x}", "x^2"),
    (r"\over{x}{y}", r"\frac{y}{x}"),
    (r"\over xy z", r"\frac{y}{x} z"),
    (r"\norm{a_{b} \}}", r"\lVert a_{b} \} \rVert"),
    # A command ends where no letter follows; a row's end is no command.
    (r"\sq\alpha x", r"\alpha^2 x"),
    (r"\alpha\y + \alpha\sq x + \\\y", r"\alpha z + \alpha x^2 + \\z"),
    (r"\hash x", r"\#1 x"),
    (r"\Rm + 1 \\R", r"\Rm + 1 \\R"),
    (r"\newcommand{\R}{x} \R", r"\newcommand{\R}{x} \R"),
    (r"\text{in } \R", r"\text{in } \mathbb{R}"),
]
PAGE = r"""---
macros: {'\T': '#1^\top'}
notation:
  - {symbol: '\sq{x}', code: x2, meaning: a square}
free_symbols: ['\vt']
---

# In $\R$

Where $\norm{x} \geq 0$ and `$\R$` is code.

```math {#vectors}
n \in \mathbb{N}^{*}, \quad x \in \Rn, \quad a, b \in \R
```

```math {#length}
\norm{x}^2 = x \T{x}
```

$$
\norm{
a + b
} \geq 0
$$ {#several}

````md
```math {#shown-as-code}
\R
```
````
"""


def place(name: str) -> Span:
    return Span("mkdocs.yml", 1, 0, name)


@pytest.mark.parametrize(("tex", "becomes"), REPLACED)
def test_a_formula_is_read_without_its_macros(tex: str, becomes: str) -> None:
    assert read_macros(MACROS, place).in_text(tex) == becomes


def test_every_formula_of_a_page_is_read_so_and_nothing_else_is() -> None:
    page = read("page.md", PAGE, read_macros({**MACROS, r"\vt": r"\vartheta"}, place))
    assert page.front_matter["notation"][0]["symbol"] == "x^2"
    assert page.front_matter["free_symbols"] == [r"\vartheta"]
    texs = {equation.label: equation.tex for equation in page.equations}
    assert texs["vectors"] == r"n \in \mathbb{N}^{*}, \quad x \in \mathbb{R}^{n}, \quad a, b \in \mathbb{R}"
    assert texs["length"] == r"\lVert x \rVert^2 = x x^\top"
    assert texs["several"].split() == [r"\lVert", "a", "+", "b", r"\rVert", r"\geq", "0"]
    assert [tex for tex, _ in page.formulas()] == [r"\mathbb{R}", r"\lVert x \rVert \geq 0"]
    assert len(page.lines) == PAGE.count("\n") + 1
    assert "code" in page.lines[9]
    assert page.lines[9].endswith(r"`$\R$` is code.")
    assert page.lines[-4] == r"\R"


# What is no macro, and what its message says.
NONE = [
    ({"R": "x"}, "`R` is no macro", "write '\\R': …"),
    ({"\\R2": "x"}, "a macro's name is a backslash and letters", "write '\\R': …"),
    ({"\\R": 1}, "isn't text", "single quotes"),
    ({"\\R": "{x"}, "its braces don't match", "YAML takes what follows a blank and # for a comment"),
    ({"\\R": "x}{"}, "its braces don't match", "single quotes"),
    ({"\\R": "#1 #3"}, "without a gap", "number them so"),
    ({"\\R": "$x$"}, "`$` can't stand in a formula", "without dollars"),
    ({"\\R": "x" * 2001}, "it has 2,001 characters", "give parts of it names"),
    ({"\\R": "x\\"}, "half a command", "what follows the backslash"),
    ({"\\R": "\\R x"}, "the macro `\\R` never ends", "\\R → \\R"),
    ({"\\A": "\\B", "\\B": "\\C", "\\C": "\\B"}, "never ends", "\\B → \\C → \\B"),
    (["\\R"], "the macros aren't a table", "write a table"),
]


@pytest.mark.parametrize(("values", "what", "way_out"), NONE)
def test_what_is_no_macro_is_refused(values: Any, what: str, way_out: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_macros(values, place)
    assert what in str(refused.value)
    assert way_out in str(refused.value)


# What a page does with a macro, where, and the message about it: the line is as its author wrote it.
MISUSED = [
    (r"x \in \R, \quad \norm", r"\norm", "the macro `\\norm` lacks an argument"),
    (r"x \in \R \frc{1}", r"\frc", "Undefined control sequence: \\frc"),
    ("\\twice{x\n+ 1} = 2", r"\twice", "goes over several lines"),
    ("\\sq{\nx\n} = 1", r"\sq", "goes over several lines"),
    (r"1 = \twice{" * 6 + "x" * 400 + "}" * 6, r"\twice", "too long"),
]


@pytest.mark.parametrize(("tex", "at", "what"), MISUSED)
def test_a_message_shows_what_was_written(tex: str, at: str, what: str) -> None:
    macros, derivation = read_macros(MACROS, place), Derivation(lambda file: read(file, page, macros))
    page = f"```math {{#a}}\n{tex}\n```\n"
    unread, _ = readable(derivation.page, ["page.md"])
    [report] = unread or check_pages(derivation, ["page.md"], Options())
    said = str(report.verdict.problem)
    assert what in said
    assert said.startswith("page.md:2:")
    [line, caret] = [part[4:] for part in said.split("\n") if part.startswith("    ")]
    assert line.strip("…") in tex.split("\n", maxsplit=1)[0]
    assert line[caret.index("^") :].startswith(at)


def test_a_changed_macro_changes_what_is_kept(tmp_path: Path) -> None:
    """The verdict and what is said of the text, with the same store and the same file."""
    text = "In $\\third$.\n\n```math {#claim}\n3 \\cdot \\third = 1\n```\n"

    def said(body: str) -> tuple[str, int]:
        katex.forget()
        project = Project("mkdocs.yml", tmp_path, (), macros=read_macros({r"\third": body}, place))
        derivation = Derivation(lambda file: read(file, text, project.macros), Store(tmp_path / "kept"))
        faults = check_texts([derivation.page("page.md")], set(), lambda file: project, (), derivation.store)
        [report] = check_pages(derivation, ["page.md"], Options())
        return report.verdict.verdict, len(faults)

    bodies = (r"\frac{1}{3}", r"\frac{1}{4}", r"\frac{1}{3}", r"\undefined")
    assert [*map(said, bodies)] == [("holds", 0), ("false", 0), ("holds", 0), ("ill-formed", 1)]


def write(folder: Path, macros: object, page: str) -> None:
    (folder / "docs").mkdir(exist_ok=True)
    (folder / "docs" / "index.md").write_text(page, "utf-8")
    settings = {"site_name": "A site", "plugins": ["search", {"verimath": {"macros": macros}}]}
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(settings), "utf-8")


def test_check_and_build_read_them_from_the_configuration(
    build_site: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    page = "Of $\\R$.\n\n```math {#numbers}\nx \\in \\R\n```\n\n```math {#claim}\n\\twice{x} = 2 x\n```\n"
    write(tmp_path, MACROS, page)
    assert main(["check", "docs"]) == 0
    assert main(["mutate", "docs"]) in (0, 1)
    html = build_site(page, check=True, options={"macros": MACROS})["index.md"]
    texs = [each.get_text() for each in soup(html).select('annotation[encoding="application/x-tex"]')]
    assert texs[:3] == [r"\mathbb{R}", r"x \in \mathbb{R}", "(x + x) = 2 x"]
    [_, claim] = json.loads((tmp_path / "site" / "equations.json").read_text("utf-8"))["equations"]
    assert claim["latex"] == "(x + x) = 2 x"
    write(tmp_path, {**MACROS, "\\R": 1}, page)
    capsys.readouterr()
    assert main(["check", "docs", "--json", "-"]) == 1
    fault = json.loads(capsys.readouterr().out)[0]
    line = (tmp_path / "mkdocs.yml").read_text("utf-8").split("\n").index("      \\R: 1") + 1
    assert (fault["file"], fault["at"]) == ("mkdocs.yml", {"line": line, "column": 7})
    with pytest.raises(Refused, match=r"`\\R` is no macro"):
        build_site(page, check=True, options={"macros": {"\\R": 1}})


def test_columns_are_those_of_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, MACROS, "```math {#claim}\n\\sq{2} = \\twice{2} + \\frc{1}\n```\n")
    assert main(["check", "docs", "--json", "-"]) == 1
    [row] = [row for row in json.loads(capsys.readouterr().out) if row["label"] == "claim" or row["at"]]
    assert row["at"] == {"line": 2, "column": len(r"\sq{2} = \twice{2} + ") + 1}
    assert main(["check", "docs", "--format", "github"]) == 1
    assert "col=22," in capsys.readouterr().out


def test_an_included_text_knows_them_too(build_site: Build) -> None:
    part = "Included: $\\norm{x} \\geq 0$.\n"
    page = '```math {#x}\nx \\in \\R\n```\n\n--8<-- "part.md"\n'
    html = build_site(page, {"part.md": part}, check=True, options={"macros": MACROS})["index.md"]
    assert r"\lVert x \rVert \geq 0" in html


def test_a_page_has_macros_of_its_own(build_site: Build) -> None:
    """Beside the site's, and before them."""
    page = "---\nmacros: {'\\third': '\\frac{1}{2}'}\n---\n\n```math {#claim}\n2 \\cdot \\third = \\sq{1}\n```\n"
    assert "vm-equation" in build_site(page, check=True, options={"macros": MACROS})["index.md"]
    with pytest.raises(Refused, match=r"index\.md:2: `third` is no macro"):
        build_site("---\nmacros: {third: x}\n---\n\ntext\n", options={"macros": MACROS})


@pytest.mark.parametrize(
    ("lines", "place"),
    [
        (["macros:", "  '\\R': x"], (2, 3)),
        (["plugins:", "  - verimath: {macros: {'\\R': x}}"], (2, 25)),
        (["plugins:", "  - macros: {x: '\\R'}", "  - verimath:", "      macros: {'\\R': x}"], (4, 16)),
        (["plugins: [verimath]"], (0, 0)),
    ],
)
def test_a_macro_is_found_in_its_table(lines: list[str], place: tuple[int, int]) -> None:
    span = named("mkdocs.yml", lines, "\\R")
    assert (span.line, span.column) == place


def test_latex_in_double_quotes_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, {}, '---\nmacros: {"\\R": "x"}\n---\n\n```math {#a}\n1 + 1 = 2\n```\n')
    way_out = "write LaTeX in single quotes: '\\mathbb{R}'"
    assert main(["check", "docs"]) == 1
    assert "docs/index.md:2: the front matter isn't YAML" in (said := capsys.readouterr().out)
    assert way_out in said
    (tmp_path / "mkdocs.yml").write_text('plugins: [{verimath: {macros: {"\\R": x}}}]\n', "utf-8")
    assert main(["check", "docs"]) == 1
    assert "mkdocs.yml:1: the configuration isn't YAML" in (said := capsys.readouterr().out)
    assert said.count(way_out) == 2
