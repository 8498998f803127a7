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


# Programs


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
        ("while True:\n    print(end='')\n", "TooMuch: it prints more than 1,000,000 characters"),
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
