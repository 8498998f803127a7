"""What `verimath check` prints for people and for machines, and what it reads: patterns, standard input, changes."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from threading import Timer
from typing import Any

import jsonschema
import pytest
import yaml

import verimath
from verimath.cli import main
from verimath.cli.formats import _escaped
from verimath.cli.rows import Row

ROOT = Path(__file__).parents[1]
SCHEMA = json.loads((Path(verimath.__file__).parent / "cli" / "verdicts.schema.json").read_text("utf-8"))
FRONT = "---\nnotation:\n  - {symbol: x, code: x, meaning: a number}\n---\n"
SYMBOLS = "```math {#symbols}\nx, y \\in \\mathbb{R}\n```\n"
TRUE = "```math {#square}\nx \\cdot x = x^2\n```\n"
FALSE = "```math {#wrong}\n(x + y)^2 = x^2 + y^2\n```\n"
STRANGE = "```math {#strange}\nlnx = y\n```\n"
FENCE = '```python {verifies="square"}\n--8<-- "square.py:square"\n```\n'
CODE = "# --8<-- [start:square]\ndef square(x):\n    return x * x\n# --8<-- [end:square]\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a page of each kind and a snippet, where commands are run."""
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "snippets").mkdir()
    (tmp_path / "snippets" / "square.py").write_text(CODE)
    (tmp_path / "page.md").write_text(FRONT + SYMBOLS + TRUE + FENCE + FALSE + STRANGE)
    (tmp_path / "right.md").write_text(FRONT + SYMBOLS + TRUE + FENCE)
    return tmp_path


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    main(["check", *arguments])
    return capsys.readouterr().out


def as_rows(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(printed(capsys, *arguments, "--format", "json"))
    return found


# Rows


def test_rows_are_as_the_published_schema_says(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    (folder / "bad.md").write_text("```math\n")
    (folder / "text.md").write_text(SYMBOLS.replace("symbols", "others") + "\n$q$\n")
    rows = as_rows(capsys, ".")
    jsonschema.validate(rows, SCHEMA)
    assert {row["verdict"] for row in rows} == {"holds", "false", "ill-formed"}
    assert {row["role"] for row in rows} == {"declaration", "claim", "snippet", None}
    # The twin: a field that the schema hasn't, and one that is missing.
    for wrong in ({**rows[0], "colour": "red"}, {key: rows[0][key] for key in rows[0] if key != "line"}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate([wrong], SCHEMA)


PERCENT = """\
# %% [markdown]
# ```math {#symbols}
# x, y \\in \\mathbb{R}
# ```

# %% [markdown]
# Text.
#
# $$ x = y $$ {#wrong}
"""
CELLS = {
    "nbformat": 4,
    "nbformat_minor": 5,
    "metadata": {},
    "cells": [
        {"cell_type": "markdown", "metadata": {}, "source": SYMBOLS},
        {"cell_type": "markdown", "metadata": {}, "source": "Text.\n\n$$ x = y $$ {#wrong}"},
    ],
}


@pytest.mark.parametrize(
    ("name", "text", "line", "in_file"), [("n.py", PERCENT, 9, 9), ("n.ipynb", json.dumps(CELLS), 3, 1)]
)
def test_a_mistake_in_a_notebook_has_its_cell(
    name: str, text: str, line: int, in_file: int, capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    """A Python file's lines are its own; those of the JSON of a notebook say nothing to its author."""
    (folder / name).write_text(text)
    rows = as_rows(capsys, name)
    jsonschema.validate(rows, SCHEMA)
    assert [(row["label"], row["cell"]) for row in rows] == [("symbols", 1), ("wrong", 2)]
    assert (rows[1]["line"], rows[1]["at"]["line"]) == (line, line)
    assert f"cell 2, line {3}: equation `wrong` is false" in rows[1]["message"]
    assert f"file={name},line={in_file}," in printed(capsys, name, "--format", "github")
    [result] = json.loads(printed(capsys, name, "--format", "sarif"))["runs"][0]["results"]
    assert result["locations"][0]["physicalLocation"]["region"]["startLine"] == in_file


@pytest.mark.parametrize(
    ("name", "text", "place"),
    [
        ("n.py", PERCENT.replace("x = y", "x + x = 2 x"), "n.py:9, cell 2, line 3"),
        ("n.ipynb", json.dumps(CELLS).replace("x = y", "x + x = 2 x"), "n.ipynb, cell 2, line 3"),
    ],
)
def test_notebooks_have_mutants_too(
    name: str, text: str, place: str, capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    (folder / name).write_text(text)
    # Two equations: each goes to a process of its own.
    (folder / "more.md").write_text(SYMBOLS.replace("symbols", "others") + TRUE)
    assert main(["mutate", name, "more.md", "--json", "mutants.json"]) == 0
    assert f"{place} wrong: " in capsys.readouterr().out
    found = json.loads((folder / "mutants.json").read_text())
    assert [(each["label"], each["cell"]) for each in found] == [("wrong", 2), ("square", None)]


def test_a_mistake_has_its_line_column_and_rule(capsys: pytest.CaptureFixture[str]) -> None:
    rows = {row["label"]: row for row in as_rows(capsys, "page.md")}
    line = FALSE.splitlines()[1]
    assert rows["wrong"]["at"] == {"line": 15, "column": line.index("=") + 1}
    assert (rows["wrong"]["line"], rows["wrong"]["trials"], rows["wrong"]["rule"]) == (14, 1, None)
    assert rows["strange"]["at"]["line"] == 18
    assert isinstance(rows["strange"]["rule"], int)
    assert rows["symbols"]["at"] is None


def test_a_snippet_has_a_row_of_its_own(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    def of_square() -> list[tuple[str, str, bool]]:
        rows = as_rows(capsys, "right.md")
        return [(row["role"], row["verdict"], row["trials"] > 0) for row in rows if row["label"] == "square"]

    assert of_square() == [("claim", "holds", True), ("snippet", "holds", True)]
    (folder / "snippets" / "square.py").write_text(CODE.replace("x * x", "x + x"))
    assert of_square() == [("claim", "holds", True), ("snippet", "false", False)]
    assert main(["check", "right.md"]) == 1


@pytest.mark.parametrize(
    ("claim", "trials"),
    [
        ("x^2 = y^2", range(1, 2)),
        # Only zeros are wrong: after the twenty trials that are drawn, and some of the structured ones.
        ("\\frac{x^2}{x^2 + y^4} + \\frac{y^4}{x^2 + y^4} > 1 - x^2 y^2", range(21, 90)),
    ],
)
def test_what_is_false_says_how_many_trials_it_took(
    capsys: pytest.CaptureFixture[str], folder: Path, claim: str, trials: range
) -> None:
    (folder / "one.md").write_text(f"{SYMBOLS}```math {{#claim}}\n{claim}\n```\n")
    [row] = [row for row in as_rows(capsys, "one.md") if row["label"] == "claim"]
    assert row["verdict"] == "false"
    assert row["trials"] in trials


# Formats


def test_github_shows_each_mistake_beside_its_line(capsys: pytest.CaptureFixture[str]) -> None:
    lines = printed(capsys, "page.md", "--format", "github").splitlines()
    assert lines[0].startswith("::error file=page.md,line=15,col=11,title=verimath%3A wrong false::page.md:15: ")
    assert "%0A" in lines[0]
    assert [line.partition(" ")[0] for line in lines[:-1]] == ["::error"] * 2
    assert lines[-1] == "3 as expected, 2 not"
    assert printed(capsys, "right.md", "--format", "github") == "3 as expected, 0 not\n"


def test_what_a_workflow_command_would_read_is_escaped() -> None:
    assert _escaped("50 %\r\na:b,c") == "50 %25%0D%0Aa:b,c"
    assert _escaped("50 %\r\na:b,c", ":,") == "50 %25%0D%0Aa%3Ab%2Cc"


def test_sarif_places_results_by_characters_of_utf_16(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    text = SYMBOLS.replace("symbols", "others") + "\n\N{MATHEMATICAL BOLD SMALL X} $q$ and\n"
    (folder / "a b.md").write_text(text, "utf-8")
    log = json.loads(printed(capsys, "page.md", "a b.md", "--format", "sarif"))
    [run] = log["runs"]
    assert (log["version"], run["columnKind"]) == ("2.1.0", "utf16CodeUnits")
    rules = {rule["id"] for rule in run["tool"]["driver"]["rules"]}
    assert {result["ruleId"] for result in run["results"]} == rules
    assert "false" in rules
    assert any(rule.startswith("rule-") for rule in rules)
    places = [result["locations"][0]["physicalLocation"] for result in run["results"]]
    assert [place["artifactLocation"]["uri"] for place in places] == ["page.md", "page.md", "a%20b.md"]
    # Two units for the letter, one for the blank, one for the dollar.
    assert places[2]["region"] == {"startLine": 5, "startColumn": 5}
    assert json.loads(printed(capsys, "right.md", "--format", "sarif"))["runs"][0]["results"] == []


def test_json_to_a_dash_is_printed_instead_of_the_text(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    assert printed(capsys, "page.md", "--json", "-") == printed(capsys, "page.md", "--format", "json")
    assert not (folder / "-").exists()


def test_quiet_prints_only_what_has_to_be_mended(capsys: pytest.CaptureFixture[str]) -> None:
    assert printed(capsys, "right.md", "--quiet") == "3 as expected, 0 not\n"
    said = printed(capsys, "page.md", "-q")
    assert [line.split()[0] for line in said.splitlines() if line.endswith(("FALSE", "ILL-FORMED"))] == [
        "wrong",
        "strange",
    ]


def test_few_trials_are_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert printed(capsys, "right.md", "--trials", "5").endswith("3 as expected, 0 not (on 5 trials each, not 20)\n")
    assert printed(capsys, "right.md", "--trials", "30").endswith("3 as expected, 0 not\n")


@pytest.mark.parametrize(
    ("environment", "is_coloured"),
    [({}, False), ({"FORCE_COLOR": "1"}, True), ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False)],
)
def test_colours_are_for_terminals(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], is_coloured: bool
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert ("\033[31mFALSE\033[0m" in printed(capsys, "page.md")) is is_coloured


def test_the_version_is_that_of_the_package(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--version"])
    assert ended.value.code == 0
    assert capsys.readouterr().out.startswith("verimath 0.")


# What it reads


def test_patterns_are_expanded_where_no_file_has_that_name(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    (folder / "deep").mkdir()
    (folder / "deep" / "[1].md").write_text(SYMBOLS)
    assert {row["file"] for row in as_rows(capsys, "**/*.md")} == {"page.md", "right.md", "deep/[1].md"}
    assert {row["file"] for row in as_rows(capsys, "deep/[1].md")} == {"deep/[1].md"}
    assert main(["check", "no*.md"]) == 2
    assert "there is no no*.md" in capsys.readouterr().err


def test_a_page_on_standard_input_is_read_as_if_it_lay_in_a_file(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    def typed_in(text: str | bytes, *arguments: str) -> list[dict[str, Any]]:
        data = text.encode() if isinstance(text, str) else text
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        return as_rows(capsys, "-", *arguments)

    above = "---\nbuilds_on: [right.md]\n---\n"
    rows = typed_in(above + TRUE.replace("square", "again") + "\nsee [](#again) and [](#square)\n")
    assert [(row["label"], row["file"], row["verdict"]) for row in rows] == [("again", "stdin.md", "holds")]
    # Nothing else has that name: the twin refers to what is nowhere.
    assert typed_in(SYMBOLS + "\nsee [](#nowhere)\n", "--stdin-filename", "a.md")[0]["file"] == "a.md"
    [row] = typed_in(b"\xff\xfe")
    assert "isn't UTF-8" in row["message"]


def test_it_checks_again_what_has_changed(folder: Path) -> None:
    command = [sys.executable, "-m", "verimath", "check", "right.md", "--watch", "--quiet", "--no-cache"]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout
        patience = Timer(100, process.kill)
        patience.start()
        lines = iter(process.stdout.readline, "")
        assert next(lines) == "3 as expected, 0 not\n"
        (folder / "snippets" / "square.py").write_text(CODE.replace("x * x", "x + x"))
        assert any("doesn't compute its equation" in line for line in lines)
        # What is saved while it is being read is checked once more: other counts may come before.
        assert "2 as expected, 1 not\n" in lines
        (folder / "right.md").write_text(SYMBOLS)
        assert "1 as expected, 0 not\n" in lines
        process.terminate()
        patience.cancel()


# From Python


def test_a_claim_with_its_symbols() -> None:
    symbols = r"x, y \in \mathbb{R}"
    right = verimath.check_claim(r"(x + y)^2 = x^2 + 2 x y + y^2", symbols)
    assert (bool(right), right.role, right.trials, right.message) == (True, "claim", 20, "")
    wrong = verimath.check_claim(r"(x + y)^2 = x^2 + y^2", symbols)
    assert not wrong
    assert "the left side is" in wrong.message
    # Of what it reads, where that is at fault.
    assert verimath.check_claim("z = 1", r"z \in \mathbb{Q}").verdict == "ill-formed"
    assert verimath.check_claim("", symbols).verdict == "ill-formed"
    product = r"\lVert W x \rVert^2 = x^\top W^\top W x", r"W \in \mathbb{R}^{2 \times 3}, \quad x \in \mathbb{R}^{3}"
    assert verimath.check_claim(*product, conventions={"vectors": "column"})
    assert not verimath.check_claim(*product)


def test_a_text_and_a_file() -> None:
    text = Path("page.md").read_text("utf-8")
    of_text, of_file = verimath.check_text(text), verimath.check_file("page.md")
    assert [row.verdict for row in of_text] == ["holds", "holds", "holds", "false", "ill-formed"]
    assert [(row.label, row.verdict) for row in of_file] == [(row.label, row.verdict) for row in of_text]
    assert not of_file
    assert verimath.check_file("right.md")
    assert not verimath.check_text("nothing to check")
    assert isinstance(of_file[1:], verimath.Results)
    with pytest.raises(FileNotFoundError, match="nowhere"):
        verimath.check_file("nowhere.md")


def test_results_show_themselves() -> None:
    results = verimath.check_file("page.md")
    assert str(results).splitlines()[-1] == "3 as expected, 2 not"
    shown = results._repr_html_()
    # A formula as MathML, which needs no style sheet; what has none, or can't be set, by its label.
    assert shown.count("<math") == 4
    assert "<code>square</code>" in shown
    assert "<code>claim</code>" in verimath.check_claim(r"\frac{1}")._repr_html_()
    assert "katex" not in shown
    assert str(results[1]).startswith("square ")
    hostile = verimath.check_claim(r"\text{<script>} = 1")
    assert "<script>" not in hostile._repr_html_()


def test_nothing_is_imported_that_is_not_asked_for() -> None:
    program = "import sys, verimath; print('numpy' in sys.modules, 'mkdocs' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "False False\n"
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = verimath.nothing


def test_a_row_knows_whether_it_is_expected() -> None:
    assert Row("a", "a.md", 1, "claim", "false", "false").is_expected
    assert not Row("a", "a.md", 1, "claim", "holds", "false").is_expected


# For other people's tools


def test_pages_without_equations_may_be_let_through(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "prose.md").write_text("No formula.\n")
    assert main(["check", "prose.md"]) == 2
    capsys.readouterr()
    assert main(["check", "prose.md", "--allow-none"]) == 0
    assert main(["check", "page.md", "prose.md", "--allow-none"]) == 1
    assert main(["check", "snippets", "--allow-none"]) == 2


def test_the_hook_runs_a_command_that_there_is(folder: Path) -> None:
    [hook] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    program, *arguments = hook["entry"].split()
    assert program == "verimath"
    assert main([*arguments, "right.md"]) == 0
    assert main([*arguments, "page.md"]) == 1


def test_the_action_runs_a_command_that_there_is(folder: Path) -> None:
    action = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
    [command] = [step["run"] for step in action["runs"]["steps"] if "check" in step.get("run", "")]
    program, *arguments = command.replace("$PATHS", "right.md").split()
    assert program == "verimath"
    assert main(arguments) == 0
    pinned = [step["uses"] for step in action["runs"]["steps"] if "uses" in step]
    assert all(re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", each) for each in pinned)


def test_the_problem_matcher_finds_what_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    [matcher] = json.loads((ROOT / ".github" / "verimath-matcher.json").read_text("utf-8"))["problemMatcher"]
    [pattern] = matcher["pattern"]
    lines = printed(capsys, "page.md").splitlines()
    found = [match.groups() for line in lines if (match := re.search(pattern["regexp"], line))]
    assert [(file, line) for file, line, _ in found] == [("page.md", "15"), ("page.md", "18")]
    # As the build says it.
    assert re.search(pattern["regexp"], "ERROR   -  docs/page.md:15: equation `wrong` is false")
    assert not re.search(pattern["regexp"], "INFO    -  Building documentation to directory: /site")
