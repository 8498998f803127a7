"""Pages that would go on for ever: each ends within seconds, in little memory, with one message."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.test_bad_input import bounded
from verimath.cli import main
from verimath.code import sections
from verimath.code.process import MOST_BYTES, TooMuch, run
from verimath.message.refusal import Refusal
from verimath.page.file import MOST_BYTES as MOST_OF_A_PAGE
from verimath.page.file import content
from verimath.page.page import read

GOOD = "```math {#good}\nx \\in \\mathbb{R}\n```\n\n"
ALIASES = "a: &a {x: 1, y: 2}\n" + "".join(
    f"{name}: &{name} {{<<: [{', '.join([f'*{before}'] * 9)}]}}\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


def links(path: Path) -> None:
    path.symlink_to(path.name)


def device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def listens(path: Path) -> None:
    here = Path.cwd()
    # The name of a socket may not be long.
    os.chdir(path.parent)
    with socket.socket(socket.AF_UNIX) as opened:
        opened.bind(path.name)
    os.chdir(here)


def is_sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(10 << 30)


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such files")
@pytest.mark.parametrize(
    ("make", "says"),
    [
        (os.mkfifo, "the page can't be read\n  it is a pipe\n  a page is a plain file: delete this, or rename it"),
        (device, "the page can't be read\n  it is a device\n  a page is a plain file: delete this, or rename it"),
        (listens, "the page can't be read\n  it is a socket\n  a page is a plain file: delete this, or rename it"),
        (
            links,
            "the page can't be read\n  it isn't there, or is a link that leads nowhere\n  delete the link, or mend it",
        ),
        (is_sparse, "the page has 10,737,418,240 bytes\n  part it: 5,000,000 are the most"),
    ],
)
def test_a_file_that_never_ends(
    make: Callable[[Path], None], says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make(tmp_path / "page.md")
    for path in (tmp_path, tmp_path / "page.md"):
        with bounded(5):
            assert main(["check", str(path)]) in ((1, 2) if make is links else (1,))
        told = capsys.readouterr()
        assert f"page.md: {says}\n" in told.out or "there is no" in told.err
    assert MOST_OF_A_PAGE == 5_000_000


def test_a_plain_file_is_read(tmp_path: Path) -> None:
    """The twin."""
    (tmp_path / "page.md").write_bytes(b"\xef\xbb\xbf" + GOOD.encode())
    assert content(tmp_path / "page.md") == GOOD
    (tmp_path / "link.md").symlink_to("page.md")
    assert content(tmp_path / "link.md") == GOOD


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (GOOD + "word $x$ and `code`\n" * 20_000, 0),
        (GOOD + "see [](#good)\n" * 100_000, 0),
        (GOOD + "$x$ " * 100_000, 0),
        (GOOD + "$x$\n\n" * 100_000, 0),
        (GOOD + "$q$\n\n" * 100_000, 1),
        (GOOD + "$ " * 200_000, 1),
        (GOOD + " ".join("`" * n for n in range(1, 2_000)), 0),
        (GOOD + "a <!-- " * 100_000, 0),
        (GOOD + "<!--\n" * 100_000, 0),
        (GOOD + "\\" * 1_000_000, 0),
        (GOOD + "{#" * 500_000, 0),
        (GOOD + "[](#" * 100_000, 0),
        (GOOD + 'class="' * 100_000, 0),
        (GOOD + "# " + "[" * 1_000_000, 0),
    ],
)
def test_a_long_page_takes_as_long_as_it_is(
    text: str, code: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "page.md").write_text(text)
    with bounded(20):
        assert main(["check", str(tmp_path)]) == code
    assert capsys.readouterr().out.count("page.md:") == code


def test_of_dead_references_the_first_are_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "page.md").write_text(GOOD + "".join(f"[](#dead-{n})\n" for n in range(10_000)))
    with bounded(20):
        assert main(["check", str(tmp_path)]) == 1
    assert "there is no equation `dead-19`" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("yaml", "says"),
    [
        (
            ALIASES,
            "the front matter never ends\n    ---\n    ^\n  its aliases stand for more than 1,000,000 characters",
        ),
        ("a: &a [*a]\n", "the front matter never ends"),
        ("a: " + "{a: " * 10_000 + "\n", "the front matter is nested too deeply"),
        ("a: b\n" * 50_000, "the front matter has 250,000 characters\n    ---\n    ^\n  200,000 are the most"),
    ],
)
def test_front_matter_that_never_ends(yaml: str, says: str) -> None:
    with bounded(5), pytest.raises(Refusal) as refused:
        read("page.md", f"---\n{yaml}---\n")
    assert says in str(refused.value)


def test_aliases_that_repeat_little_are_read() -> None:
    """The twin."""
    page = read("page.md", "---\na: &a [x, y]\nb: [*a, *a]\nfree_symbols: *a\n---\n")
    assert page.front_matter["free_symbols"] == ["x", "y"]


# Formulas

SYMBOLS = (
    r"n \in \mathbb{N}^{*}, \quad x \in \mathbb{R}, \quad v \in \mathbb{R}^{n}, \quad A \in \mathbb{R}^{n \times n}, "
    r"\quad B \in \mathbb{R}^{11 \times 100}"
)
STEPS, TERMS = "this takes over 6,000,000 steps", "more than 500,000 terms"
LONG = "a whole number of more than 100,000 binary digits"
NESTED = r"\frac{\partial}{\partial x}(" * 20 + "e^{x^2}" + ")" * 20
# What is too much, why, and as much of the kind as there may be.
ENDS = [
    (r"\prod_{k=1}^{1000000} k = 1", TERMS, r"\prod_{k=1}^{100} k = 100 \prod_{k=1}^{99} k"),
    (r"\prod_{k=1}^{100000} k = 1", LONG, r"\prod_{k=1}^{5000} k = 5000 \prod_{k=1}^{4999} k"),
    (r"\sum_{k=1}^{10^9} k = 1", STEPS, r"\sum_{k=1}^{10^2} k = 5050"),
    (r"\sum_{k=1}^{10^{30}} k = 1", "a number is too large", r"\sum_{k=10^{30}}^{10^{30} + 1} 1 = 2"),
    (
        r"\sum_{i=1}^{2000} \sum_{j=1}^{2000} \sum_{k=1}^{2000} i j k = 1",
        STEPS,
        r"\sum_{i=1}^{3} \sum_{j=1}^{3} i j = 36",
    ),
    (r"9^{9^{9^{9}}} = 1", "a number of more than 1,000,000 digits", "3^{3^{3}} = 3^{27}"),
    (f"{NESTED} = 1", STEPS, r"\frac{\partial}{\partial x}(\frac{\partial}{\partial x}(x^2)) = 2"),
    (
        r"\frac{\partial}{\partial A} " * 4 + r"\operatorname{tr}(A A A) = 0",
        STEPS,
        r"\frac{\partial}{\partial A} \operatorname{tr}(A) = \frac{\partial}{\partial A} \sum_i A_{ii}",
    ),
    (r"k x = x k \quad \forall k \in \{1, \dots, 10^9\}", STEPS, r"k x = x k \quad \forall k \in \{1, \dots, 10^2\}"),
    (
        r"j k = k j \quad \forall j \in \{1, \dots, 10^9\}, \forall k \in \{1, \dots, j\}",
        STEPS,
        r"j k = k j \quad \forall j \in \{1, \dots, 9\}, \forall k \in \{1, \dots, j\}",
    ),
    (
        r"f(u) \coloneqq g(u) + 1, \quad g(u) \coloneqq f(u), \quad f(x) = 1",
        "calls itself",
        r"f(u) \coloneqq u, \quad f(x) = x",
    ),
    (
        r"p \in \Delta^{10^8}, \quad \sum_i p_i = 1",
        "an array of 100,000,001 numbers",
        r"p \in \Delta^{3}, \quad \sum_i p_i = 1",
    ),
    (
        r"B \otimes B = B \otimes B + 0 B \otimes B",
        "an array of 1,210,000 numbers",
        r"A \otimes (A \otimes A) = A \otimes A \otimes A",
    ),
    ("(" * 3000 + "x" + ")" * 3000 + " = x + 0", "this is nested too deeply", "(" * 50 + "x" + ")" * 50 + " = x + 0"),
    (
        r"\sqrt{" * 2000 + "2" + "}" * 2000 + " = 1",
        "this is nested too deeply: give a name to a part of it",
        r"\sqrt{\sqrt{16}} = 2",
    ),
]


@pytest.mark.parametrize(("endless", "says", "ends"), ENDS)
def test_a_formula_that_never_ends_is_refused(
    endless: str, says: str, ends: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "page.md"
    for formula, code in ((endless, 1), (ends, 0)):
        page.write_text(f"```math {{#symbols}}\n{SYMBOLS}\n```\n\n```math {{#formula}}\n{formula}\n```\n")
        with bounded(30, 600):
            assert main(["check", str(page), "--no-cache"]) == code, formula
        told = capsys.readouterr().out
        assert told.count("page.md:6: equation `formula`") == code
        assert (says in told) == bool(code)


# Programs

FOREVER = [
    ("while True:\n        pass", "compute: it was still running after "),
    ("x = np.ones(10**9)", "it raises MemoryError: Unable to allocate 7.45 GiB"),
    ("while True:\n        os.fork()", "it raises RuntimeError: it starts more than 5 processes"),
    ("while True:\n        print('x' * 10**6)", "it writes more than 10,000,000 bytes\n  let it print nothing"),
    ("return compute(x)", "it raises RecursionError: maximum recursion depth exceeded"),
]


@pytest.mark.skipif(sys.platform != "linux", reason="there, memory and work aren't limited")
@pytest.mark.parametrize(("body", "says"), FOREVER)
def test_a_function_that_never_returns_is_named(
    body: str, says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page, file = tmp_path / "page.md", tmp_path / "snippets" / "s.py"
    file.parent.mkdir()
    notation = "---\nnotation:\n  - {symbol: v, code: x, meaning: a vector}\n---\n"
    formulas = f"```math {{#symbols}}\n{SYMBOLS}\n```\n\n```math {{#twice}}\n2 v = v + v\n```\n\n"
    again = '```math {#again}\n3 v = v + 2 v\n```\n\n```python {verifies="again"}\n--8<-- "s.py:again"\n```\n\n'
    page.write_text(notation + formulas + again + '```python {verifies="twice"}\n--8<-- "s.py:twice"\n```\n')
    for code, inner in ((1, body), (0, "x = 1 * x")):
        functions = f"def compute(x):\n    {inner}\n    return 2 * x\n", "def other(x):\n    return 3 * x\n"
        sections = zip(("twice", "again"), functions, strict=True)
        marked = (f"# --8<-- [start:{name}]\n{each}# --8<-- [end:{name}]\n" for name, each in sections)
        file.write_text("import os\nimport numpy as np\n" + "".join(marked))
        with bounded(30, 600):
            assert main(["check", str(page), "--snippets", str(file.parent), "--no-cache"]) == code
        told = capsys.readouterr().out
        assert told.count("doesn't compute its equation") == told.count("snippet `twice`") == code
        assert (says in told) == bool(code)


@pytest.mark.parametrize("stream", [1, 2])
def test_a_program_that_writes_for_ever_is_stopped(stream: int, tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(f"import os\nwhile True:\n    os.write({stream}, b'x' * 100_000)\n")
    with bounded(10), pytest.raises(TooMuch, match="it writes more than 10,000,000 bytes"):
        run(script, [], b"", 60)
    script.write_text(f"import os\nos.write({stream}, b'x' * 100_000)\n")
    done = run(script, [], b"", 60)
    assert len(done.out + done.err) == 100_000 < MOST_BYTES


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("while True:\n    print('x')\n", "s.py:2: this snippet can't be run to its end"),
        ("while True:\n    print(end='')\n", "TooMuch: it prints more than 100,000 times"),
        ("print('x' * 10**8)\n", "TooMuch: it prints more than 1,000,000 characters"),
        (
            "import os\nwhile True:\n    os.write(2, b'x' * 100_000)\n",
            "this snippet never stops printing\n  it writes more than 10,000,000 bytes\n  let it print what",
        ),
    ],
)
def test_a_snippet_that_prints_for_ever_is_stopped(code: str, says: str, tmp_path: Path) -> None:
    file = tmp_path / "s.py"
    file.write_text(code)
    with bounded(20), pytest.raises(Refusal) as refused:
        sections.run(file, code.encode())
    assert says in str(refused.value)
    file.write_text("print('x')\n")
    assert sections.run(file, b"print('x')\n").printed[0] == (1, "x")
