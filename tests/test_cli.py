"""`verimath check`, end to end: exit codes, what it prints and writes, its options, pages that can't be read."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from shutil import rmtree
from typing import Any

import pytest

from tests.processes import count_processes
from verimath.cli import main
from verimath.latex import katex
from verimath.report import cores

SYMBOLS = "```math {#symbols}\nx, y \\in \\mathbb{R}, \\quad n \\in \\mathbb{N}^{*}\n```\n"
TRUE = "```math {#true}\n(x + y)^2 = x^2 + 2 x y + y^2\n```\n"
FALSE = "```math {#false}\n(x + y)^2 = x^2 + y^2\n```\n"
STRANGE = "```math {#strange}\nlnx = y\n```\n"
DEFINED = "```math {#defined}\nz \\coloneqq x y\n```\n"
UNCHECKED = '```math {#unchecked unchecked="no integrals"}\n\\int_0^1 x \\, dx\n```\n'
KEYS = {"label", "file", "cell", "line", "role", "verdict", "expected", "trials", "worst", "not_evaluated_at"}
KEYS |= {"assumes", "at", "rule", "message"}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, where the command is run."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(folder: Path, **texts: str | bytes) -> None:
    """Write pages; `sub__a` is `sub/a.md`."""
    for name, text in texts.items():
        path = (folder / name.replace("__", "/")).with_suffix(".md")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)


def told(*arguments: str) -> tuple[int, list[dict[str, Any]]]:
    """The exit code, and what `--json` wrote."""
    code = main(["check", *arguments, "--json", "told.json"])
    return code, json.loads(Path("told.json").read_text("utf-8"))


def expected(formula: str, verdict: str) -> str:
    """A fence that says that its formula is refused."""
    return formula.replace("}\n", f' expect="{verdict}"}}\n', 1)


# Exit codes


@pytest.mark.parametrize(
    ("page", "code"),
    [
        (SYMBOLS + TRUE, 0),
        (SYMBOLS + FALSE, 1),
        (SYMBOLS + STRANGE, 1),
        (SYMBOLS + TRUE + UNCHECKED, 0),
        (SYMBOLS + expected(FALSE, "false"), 0),
        (SYMBOLS + expected(FALSE, "ill-formed"), 1),
        (SYMBOLS + expected(TRUE, "false"), 1),
        (SYMBOLS + TRUE + TRUE, 1),
        ("", 2),
        ("No formula.\n", 2),
        ("No formula, and $$.\n", 1),
    ],
)
def test_exit_code_says_whether_every_verdict_is_the_expected_one(folder: Path, page: str, code: int) -> None:
    write(folder, page=page)
    assert main(["check", "page.md"]) == code


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "required"),
        (["check"], "required"),
        (["verify", "page.md"], "invalid choice"),
        (["check", "page.md", "--nothing"], "unrecognized arguments"),
        (["check", "page.md", "--trials", "0"], "from 1 to 10000"),
        (["check", "page.md", "--trials", "many"], "invalid"),
        (["check", "page.md", "--seed", "x"], "invalid int"),
        (["check", "page.md", "--digits", "30"], "invalid choice"),
    ],
)
def test_bad_options_end_with_2(
    folder: Path, arguments: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder, page=SYMBOLS)
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert says in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["nowhere.md"], "there is no nowhere.md"),
        (["page.md", "nowhere"], "there is no nowhere"),
        (["page.md", "--json", "nowhere/told.json"], "nowhere/told.json can't be written"),
        (["page.md", "--json", "."], ". can't be written"),
        (["page.md", "--label", "nothing"], "there is no equation nothing in these pages"),
    ],
)
def test_what_is_not_there_ends_with_2(
    folder: Path, arguments: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder, page=SYMBOLS + TRUE)
    assert main(["check", *arguments]) == 2
    assert capsys.readouterr().err == f"verimath: {says}\n"


def test_a_package_without_katex_ends_with_2(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def missing(*_: object) -> None:
        raise katex.MissingKatexError()

    katex.forget()
    monkeypatch.setattr(katex, "_answered", missing)
    write(folder, page=SYMBOLS + TRUE)
    for command in ("check", "mutate"):
        assert main([command, "page.md", "--no-cache"] if command == "check" else [command, "page.md"]) == 2
        assert "install verimath again" in capsys.readouterr().err.splitlines()[-1]
    katex.forget()


def test_as_a_module_in_a_process_of_its_own(folder: Path) -> None:
    write(folder, page=SYMBOLS + TRUE + FALSE)

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-W", "error", "-m", "verimath", *arguments]
        environment = {**os.environ, "PYTHONUTF8": "1"}
        return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120, env=environment)

    false = run("check", "page.md")
    assert (false.returncode, false.stderr) == (1, "")
    assert false.stdout.endswith("2 as expected, 1 not\n")
    assert run("check", "page.md", "--label", "true").returncode == 0
    assert run("check", "nowhere.md").returncode == 2


# What it prints and writes


def test_all_fields_on_each_kind_of_verdict(folder: Path) -> None:
    write(
        folder,
        page=SYMBOLS + TRUE + FALSE + STRANGE + DEFINED + UNCHECKED + expected(FALSE, "false").replace("#", "#not-"),
    )
    code, reports = told("page.md")
    assert code == 1
    assert all(report.keys() == KEYS for report in reports)
    assert {report["file"] for report in reports} == {"page.md"}
    said = {report.pop("label"): report for report in reports}
    kinds = {name: (each["role"], each["verdict"], each["expected"], each["trials"]) for name, each in said.items()}
    assert kinds == {
        "symbols": ("declaration", "holds", "holds", 20),
        "true": ("claim", "holds", "holds", 20),
        "false": ("claim", "false", "holds", 1),
        "strange": (None, "ill-formed", "holds", 0),
        "defined": ("definition", "holds", "holds", 20),
        "unchecked": (None, "unchecked", "unchecked", 0),
        "not-false": ("claim", "false", "false", 1),
    }
    assert [each["line"] for each in said.values()] == [1, 4, 7, 10, 13, 16, 19]
    assert 0 <= said["true"]["worst"] < 1e-14
    assert {name for name, each in said.items() if each["worst"] is None} == {*said} - {"true"}
    assert {name for name, each in said.items() if each["message"]} == {"false", "strange", "not-false"}
    assert said["false"]["message"].startswith("page.md:8: equation `false` is false\n    (x + y)^2 = x^2 + y^2\n")
    assert said["strange"]["message"].startswith("page.md:11: equation `strange` is ill-formed\n    lnx = y\n")


def test_an_error_of_the_page_has_no_label(folder: Path) -> None:
    write(folder, page=SYMBOLS + "```math\nx = y\n```\n")
    code, [report] = told("page.md")
    assert code == 1
    assert (report["label"], report["role"], report["verdict"], report["line"]) == (None, None, "ill-formed", 4)
    assert report["message"].startswith("page.md:4: this isn't the header of an equation\n")


@pytest.mark.parametrize("text", ["$q$", "[](#nowhere)", "$$x$$", r"$\frac$"])
def test_a_mistake_in_the_text_hides_no_verdict(folder: Path, text: str) -> None:
    write(folder, page=f"{SYMBOLS}\n{text}\n\n{TRUE}\n{FALSE}")
    code, found = told("page.md")
    assert code == 1
    said = [(None, "ill-formed"), ("symbols", "holds"), ("true", "holds"), ("false", "false")]
    assert {(each["label"], each["verdict"]) for each in found} == {*said}


def test_one_line_an_equation_and_one_message_where_it_is_not_as_expected(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder, page=SYMBOLS + TRUE + FALSE)
    assert main(["check", "page.md"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert re.fullmatch(r"symbols +declaration +20 +holds", lines[0])
    assert re.fullmatch(r"true +claim +20 +\d\.\de-1\d holds", lines[1])
    assert re.fullmatch(r"false +claim +1 +FALSE", lines[2])
    assert lines[3] == "page.md:8: equation `false` is false"
    assert lines[-1] == "2 as expected, 1 not"


# Options


def witness(*arguments: str) -> str:
    _, reports = told("page.md", *arguments)
    return str(next(report["message"] for report in reports if report["label"] == "false"))


def test_a_seed_reproduces_a_witness(folder: Path) -> None:
    write(folder, page=SYMBOLS + FALSE)
    first = witness("--seed", "7")
    assert "(seed 7)" in first
    assert witness("--seed", "7") == first
    # Whatever else stands on the page.
    write(folder, page=SYMBOLS + FALSE + TRUE)
    assert witness("--seed", "7") == first
    # The twin: another seed draws other numbers.
    assert witness("--seed", "8").replace("seed 8", "seed 7") != first
    assert witness() == witness("--seed", "0")


def test_more_trials_find_what_is_rarely_false(folder: Path) -> None:
    # Of all pairs, so few that 20 trials have none, and too large to be tried one by one.
    rare = "```math {#rare}\nj, k \\in \\{1, \\dots, 60\\}\n```\n"
    write(folder, page=rare + "```math {#claim}\n[j + k = 113] = 0\n```\n")
    code, reports = told("page.md", "--label", "claim")
    assert (code, [(each["label"], each["trials"]) for each in reports]) == (0, [("claim", 20)])
    code, reports = told("page.md", "--trials", "2000")
    assert [each["verdict"] for each in reports] == ["holds", "false"]
    assert reports[0]["trials"] == 2000
    code, reports = told("page.md", "--trials", "3")
    assert [each["trials"] for each in reports] == [3, 3]


def test_a_label_checks_this_equation_alone(folder: Path) -> None:
    write(folder, page=SYMBOLS + TRUE + FALSE)
    code, reports = told("page.md", "--label", "true")
    assert (code, [report["label"] for report in reports]) == (0, ["true"])
    code, reports = told("page.md", "--label", "false")
    assert (code, [report["label"] for report in reports]) == (1, ["false"])


def test_snippets_lie_where_the_option_says(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    front = "---\nnotation:\n  - {symbol: x, code: x, meaning: a number}\n---\n"
    fence = '```python {verifies="square"}\n--8<-- "square.py:square"\n```\n'
    write(folder, page=front + SYMBOLS + "```math {#square}\nx \\cdot x = x^2\n```\n" + fence)
    code = "# --8<-- [start:square]\ndef square(x):\n    return x * x\n# --8<-- [end:square]\n"
    (folder / "snippets").mkdir()
    (folder / "snippets" / "square.py").write_text(code)
    (folder / "wrong").mkdir()
    (folder / "wrong" / "square.py").write_text(code.replace("x * x", "x + x"))
    assert main(["check", "page.md"]) == 0
    assert main(["check", "page.md", "--snippets", "wrong"]) == 1
    assert "snippet `square` doesn't compute its equation" in capsys.readouterr().out
    assert main(["check", "page.md", "--snippets", "nowhere"]) == 1
    assert "there is no file `square.py`" in capsys.readouterr().out


def test_digits_report_how_far_the_sides_agree(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    close = "```math {#close}\nx = x + 10^{-20} x\n```\n"
    write(folder, page=SYMBOLS + TRUE + close + expected(FALSE, "false"))
    main(["check", "page.md", "--digits", "50"])
    said = capsys.readouterr().out
    assert re.search(r"^true +(all 50|4\d\.\d|50\.\d) digits$", said, re.MULTILINE), said
    assert re.search(r"^close +20\.0 digits$", said, re.MULTILINE), said
    assert not re.search(r"^(symbols|false) .* digits$", said, re.MULTILINE)
    main(["check", "page.md"])
    assert "digits" not in capsys.readouterr().out


# Files and folders


def test_a_folder_is_searched_and_files_are_read_once(folder: Path) -> None:
    write(folder, docs__b="```math {#sum}\n1 + 2 = 3\n```\n", docs__deep__a=SYMBOLS + FALSE, other=SYMBOLS)
    (folder / "docs" / "note.txt").write_text("```math\n")
    code, reports = told("docs", "docs/b.md", "docs")
    assert code == 1
    assert [(each["file"], each["label"]) for each in reports] == [
        ("docs/b.md", "sum"),
        ("docs/deep/a.md", "symbols"),
        ("docs/deep/a.md", "false"),
    ]
    code, reports = told("docs/b.md", "other.md")
    assert (code, [each["label"] for each in reports]) == (0, ["sum", "symbols"])


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("```math {#sum}", 0),
        ("``` math {#sum}", 0),
        ('```math {#sum expect="nothing"}', 0),  # which is said of its own page
        ("```math {#other}", 1),
        ("```python {#sum}", 1),
    ],
)
def test_a_page_refers_to_equations_of_its_folder(folder: Path, header: str, code: int) -> None:
    write(folder, page=f"{SYMBOLS}\nsee [](#sum)\n", deep__a=f"{header}\n1 + 2 = 3\n```\n")
    assert main(["check", "page.md"]) == code


def test_mutate_says_whether_every_equation_can_fail(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(folder, good=SYMBOLS + TRUE, bad=SYMBOLS + "```math\n")
    assert main(["mutate", "good.md", "--json", "told.json"]) == 0
    assert {each["label"] for each in json.loads(Path("told.json").read_text("utf-8"))} == {"true"}
    assert main(["mutate", "bad.md"]) == 1
    assert "bad.md:4: " in capsys.readouterr().out
    assert main(["mutate", "nowhere.md"]) == 2


# Several cores


@pytest.mark.parametrize("kept", [["--no-cache"], []])
def test_pages_are_reported_alike_by_one_process_and_by_several(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], kept: list[str]
) -> None:
    write(folder, base=SYMBOLS + TRUE, false=SYMBOLS + FALSE + DEFINED, strange=SYMBOLS + STRANGE + UNCHECKED)
    write(folder, child="---\nbuilds_on: [base.md]\n---\n" + DEFINED, broken="---\n[\n---\n")
    monkeypatch.setenv("VERIMATH_CACHE", str(folder / "kept"))
    started = count_processes(monkeypatch)
    found = []
    for count in (2, 3):
        monkeypatch.setattr(os, "cpu_count", lambda count=count: count)
        found.append((told(".", *kept), capsys.readouterr().out))
        # Nothing is left from one run to the next.
        rmtree(folder / "kept", ignore_errors=True)
    assert started == [3]
    assert found[0] == found[1]
    assert {row["verdict"] for row in found[0][0][1]} >= {"holds", "false", "ill-formed", "unchecked"}


def test_what_is_kept_needs_no_process(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(folder, one=SYMBOLS + TRUE, other=SYMBOLS + DEFINED)
    monkeypatch.setenv("VERIMATH_CACHE", str(folder / "kept"))
    monkeypatch.setattr(cores, "WORTH", 1)
    monkeypatch.setattr(os, "cpu_count", lambda: 4)
    first = told(".")
    monkeypatch.setattr(cores, "ProcessPoolExecutor", None)
    assert told(".") == first
    with pytest.raises(TypeError):
        told(".", "--seed", "7")
