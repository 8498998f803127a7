"""An author's code in an interpreter of its own: how it ends, and that nothing of it goes on."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from verimath.code import nursery, process
from verimath.code.process import OutOfPatience, StillRunning, run

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


@pytest.mark.parametrize(("waited", "is_stopped"), [(0.0, True), (9.0, False), (9.0, True)])
def test_what_it_waits_for_a_processor_is_not_its_own(
    script: Path, monkeypatch: pytest.MonkeyPatch, waited: float, is_stopped: bool
) -> None:
    """On a busy machine a loop without end comes to the end of its work, and isn't taken for one that sleeps."""
    monkeypatch.setattr(process, "_waited", lambda pid: waited)
    if waited and is_stopped:
        monkeypatch.setattr(process, "LAST_RESORT_SECONDS", 1)
    script.write_text("import time\ntime.sleep(2.5)\n")
    if is_stopped:
        with pytest.raises(OutOfPatience):
            run(script, [], b"", 1)
    else:
        assert run(script, [], b"", 1).code == 0


@pytest.mark.skipif(not Path("/proc/self/schedstat").exists(), reason="the system doesn't say")
def test_the_system_says_how_long_a_process_waited() -> None:
    """Two that share a processor: each of them waits for about as long as the other works."""
    busy = f"import os\nos.sched_setaffinity(0, {{{min(os.sched_getaffinity(0))}}})\nwhile True: pass"
    both = [subprocess.Popen([sys.executable, "-c", busy]) for _ in range(2)]
    try:
        for _ in range(100):
            time.sleep(0.1)
            if min(process._waited(each.pid) for each in both) > 0.1:
                break
        else:
            pytest.fail("neither waited")
    finally:
        for each in both:
            each.kill()
            each.wait()
    assert process._waited(2**30) == 0


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


def test_its_streams_are_its_own(tmp_path: Path) -> None:
    """Pipes can't be rewound: a stream that was made for something that can raises when it is configured anew."""
    program = tmp_path / "streams.py"
    program.write_text(
        "import sys\n"
        "for stream in (sys.stdin, sys.stdout, sys.stderr):\n"
        "    stream.reconfigure(errors='replace')\n"
        "print(sys.stdin.read(), sys.stdout.isatty())\n"
    )
    ended = run(program, [], b"said", 30)
    assert (ended.code, ended.out, ended.err) == (0, b"said False\n", b"")


def test_a_process_that_runs_is_seen() -> None:
    assert _is_running(os.getpid())


# Programs are copies of one process: what one does to itself, another doesn't see.

LEAVES = """\
import os, random, sys
import numpy as np
np.add = np.subtract
np.left = True
random.seed(1)
np.random.seed(1)
os.environ["LEFT"] = "1"
os.chdir("/")
sys.modules["left"] = np
import json
json.dumps = None
sys.path.append("left")
"""
LOOKS = """\
import json, os, random, sys
import numpy as np
sys.stderr.reconfigure(errors="backslashreplace")
print(json.dumps({
    "add": int(np.add(2, 1)),
    "left": hasattr(np, "left") or "left" in sys.modules or "left" in sys.path,
    "environment": os.environ.get("LEFT"),
    "folder": os.getcwd(),
    "parent": os.getppid(),
    "random": [random.random(), float(np.random.random())],
    "hash": hash("x"),
    "threads": os.environ["OPENBLAS_NUM_THREADS"],
    "main": __name__,
    "streams": [(each.seekable(), each.encoding, each.errors) for each in (sys.stdin, sys.stdout, sys.stderr)],
    "arguments": sys.argv[1:],
}))
"""


def looked(script: Path) -> dict[str, Any]:
    script.write_text(LOOKS)
    done = run(script, ["a"], b"", 60)
    assert done.code == 0, done.err
    found: dict[str, Any] = json.loads(done.out)
    return found


@pytest.mark.parametrize("forks", [True, False])
def test_nothing_passes_from_one_program_to_another(script: Path, monkeypatch: pytest.MonkeyPatch, forks: bool) -> None:
    monkeypatch.setattr(nursery, "FORKS", forks and nursery.FORKS)
    before = looked(script)
    with monkeypatch.context() as patched:
        patched.setattr(nursery, "FORKS", False)
        # As an interpreter of its own has it.
        assert before["streams"] == looked(script)["streams"]
    script.write_text(LEAVES)
    assert run(script, [], b"", 60).code == 0
    after = looked(script)
    # Not the same chance, either: each begins as an interpreter does.
    assert before.pop("random") != after.pop("random")
    assert before == after
    assert (before["add"], before["left"], before["environment"], before["main"]) == (3, False, None, "__main__")


@pytest.mark.skipif(not nursery.FORKS, reason="programs are interpreters of their own there")
def test_all_programs_are_copies_of_one_process(script: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = looked(script)["parent"]
    assert first != os.getpid()
    assert looked(script)["parent"] == first
    # An environment of its own comes with another one.
    monkeypatch.setenv("LEFT", "set")
    assert looked(script)["environment"] == "set"
    monkeypatch.setattr(nursery, "FORKS", False)
    assert looked(script)["parent"] == os.getpid()


@pytest.mark.skipif(not nursery.FORKS, reason="programs are interpreters of their own there")
def test_where_the_first_process_is_gone_another_one_begins(script: Path) -> None:
    parent = looked(script)["parent"]
    os.kill(parent, 9)
    assert not _is_running(parent)
    assert looked(script)["add"] == 3


@pytest.mark.parametrize("forks", [True, False])
def test_how_a_program_ends_is_told(script: Path, monkeypatch: pytest.MonkeyPatch, forks: bool) -> None:
    monkeypatch.setattr(nursery, "FORKS", forks and nursery.FORKS)
    for code, ends in ((0, "pass"), (3, "sys.exit(3)"), (1, "1 / 0"), (-9, "os.kill(os.getpid(), 9)")):
        script.write_text(f"import atexit, os, sys\natexit.register(print, 'bye')\n{ends}\n")
        done = run(script, [], b"", 60)
        assert done.code == code
        assert done.out == (b"" if code == -9 else b"bye\n")


@pytest.mark.parametrize("forks", [True, False])
def test_a_program_waits_for_its_threads(script: Path, monkeypatch: pytest.MonkeyPatch, forks: bool) -> None:
    monkeypatch.setattr(nursery, "FORKS", forks and nursery.FORKS)
    script.write_text(
        "import atexit, threading\natexit.register(print, 'bye')\n"
        "threading.Timer(0.2, print, ['late']).start()\nprint('first')\n"
    )
    assert run(script, [], b"", 60).out == b"first\nlate\nbye\n"


def test_a_program_s_own_modules_come_before_what_is_loaded(script: Path) -> None:
    (script.parent / "random.py").write_text("def random():\n    return 4\n")
    (script.parent / "own.py").write_text("VALUE = 5\n")
    script.write_text(
        f"import sys\nsys.path.insert(0, {str(script.parent)!r})\n"
        "import own, random\nprint(random.random(), own.VALUE)\n"
    )
    done = run(script, [], b"", 60)
    assert (done.out, done.code) == (b"4 5\n", 0), done.err


def test_many_programs_run_beside_each_other(script: Path) -> None:
    script.write_text("import sys\nprint(sys.argv[1] * 100_000)\nsys.exit(int(sys.argv[1]))\n")
    with ThreadPoolExecutor(4) as threads:
        found = [*threads.map(lambda n: run(script, [str(n)], b"", 60), range(10))]
    assert [(done.code, done.out) for done in found] == [(n, f"{n}".encode() * 100_000 + b"\n") for n in range(10)]
