"""An author's code in an interpreter of its own: how it ends, and that nothing of it goes on."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest

from verimath.code.process import StillRunning, run

# Starts another that would go on for a minute, and hold the pipes open.
PARENT = """\
import subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
open(sys.argv[1], "w").write(str(child.pid))
time.sleep({seconds})
"""


@pytest.fixture
def script(tmp_path: Path) -> Path:
    return tmp_path / "script.py"


def test_it_reads_writes_and_ends(script: Path) -> None:
    script.write_text(
        "import sys\nprint(sys.stdin.read() + sys.argv[1])\nprint('a\\nb\\nc\\nd', file=sys.stderr)\nsys.exit(3)\n"
    )
    done = run(script, ["there"], b"here ", 60)
    assert (done.code, done.out, done.last_words) == (3, b"here there\n", ["b", "c", "d"])


@pytest.mark.skipif(sys.platform == "win32", reason="there, what a process has started can't be found")
@pytest.mark.parametrize("seconds", [60, 0])
def test_what_it_has_started_is_stopped_with_it(script: Path, tmp_path: Path, seconds: int) -> None:
    script.write_text(PARENT.format(seconds=seconds))
    noted = tmp_path / "child"
    with pytest.raises(StillRunning):
        run(script, [str(noted)], b"", 2)
    assert not _is_running(int(noted.read_text()))


def _is_running(pid: int) -> bool:
    """Whether a process still runs, a moment later; one that has ended may wait to be noticed."""
    for _ in range(50):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return False
        state = Path(f"/proc/{pid}/stat")
        if state.exists() and state.read_text().rsplit(")", 1)[1].split()[0] == "Z":
            return False
        time.sleep(0.1)
    return True


def test_a_process_that_runs_is_seen() -> None:
    assert _is_running(os.getpid())
