"""A bar on a terminal, where something takes longer than two seconds; nothing elsewhere, and nothing before."""

from __future__ import annotations

import io
import os
import sys
import time
from pathlib import Path

import pytest

from verimath.message import progress
from verimath.message.progress import Progress


class Terminal(io.StringIO):
    """A stream that someone looks at."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time, which a test sets."""
    clock = [100.0]
    monkeypatch.setattr(time, "monotonic", lambda: clock[0])
    return clock


def test_what_is_over_soon_shows_nothing(now: list[float]) -> None:
    stream = Terminal()
    shown = Progress("checked", 3, stream)
    for _ in range(3):
        now[0] += 0.6
        shown.step("label")
    shown.clear()
    assert stream.getvalue() == ""


def test_what_takes_long_says_what_and_how_many_of_how_many(now: list[float]) -> None:
    stream = Terminal()
    shown = Progress("checked", 4, stream)
    now[0] += 2.1
    shown.step("softmax-sum")
    assert stream.getvalue().strip() == f"{'█' * 8:30} 1 of 4 checked softmax-sum"
    # Not oftener than anyone reads.
    shown.step("another")
    assert "another" not in stream.getvalue()
    now[0] += 1
    shown.step("x" * 200)
    assert max(map(len, stream.getvalue().split("\r"))) <= progress.WIDTH
    shown.clear()
    assert stream.getvalue().endswith("\r" + " " * progress.WIDTH + "\r")


def test_elsewhere_nothing_is_shown(now: list[float]) -> None:
    stream = io.StringIO()
    shown = Progress("checked", 2, stream)
    now[0] += 10
    shown.step("label")
    shown.clear()
    assert stream.getvalue() == ""


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such terminals")
@pytest.mark.parametrize("command", ["check", "build"])
def test_a_check_and_a_build_show_it(command: str, tmp_path: Path) -> None:
    import pty

    (tmp_path / "docs").mkdir()
    equations = "".join(f"```math {{#e-{n}}}\n{n} + 1 = {n + 1}\n```\n\n" for n in range(20))
    (tmp_path / "docs" / "index.md").write_text(equations)
    config = "site_name: Test\ntheme: {name: null, custom_dir: docs}\nplugins: [verimath]\n"
    (tmp_path / "mkdocs.yml").write_text(f"{config}markdown_extensions: [pymdownx.superfences]\n")
    (tmp_path / "docs" / "main.html").write_text("{{ page.content }}")
    patch = "from verimath.message import progress; progress.PATIENCE_SECONDS = progress.AGAIN_SECONDS = 0"
    run = {
        "check": "from verimath.cli import main; main(['check', 'docs'])",
        "build": "from mkdocs.__main__ import cli; cli(['build', '--quiet'])",
    }
    folder = f"import os; os.chdir({str(tmp_path)!r})"
    child, terminal = pty.fork()
    if child == 0:
        os.execv(sys.executable, [sys.executable, "-c", f"{patch}; {folder}; {run[command]}"])
    said, end = b"", time.monotonic() + 300
    while time.monotonic() < end:
        try:
            piece = os.read(terminal, 1 << 12)
        except OSError:  # it has ended
            break
        if not piece:
            break
        said += piece
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0, said.decode()
    assert "20 of 20 checked e-19" in said.decode()
    assert ("1 of 1 pages docs/index.md" in said.decode()) == (command == "build")
