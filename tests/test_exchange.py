"""A site is replaced as a whole: killed, failing, refused and doubled builds leave the last good one."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from verimath.site import exchange as whole

FILES = 20
# Fills a folder slowly, all files with one word.
FILL = f"""
import pathlib, sys, time
folder, word, code = pathlib.Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
for number in range({FILES}):
    (folder / f"{{number}}.html").write_text(word)
    time.sleep(0.005)
sys.exit(code)
"""
# Goes no further than its half while the one that started it is there.
HALF = FILL.replace(
    "    time.sleep(0.005)",
    f"    while number == {FILES // 2} and os.getppid() == parent:\n        time.sleep(0.01)",
).replace("import pathlib, sys, time", "import os, pathlib, sys, time\nparent = os.getppid()")


@pytest.fixture(autouse=True)
def interruptible() -> Iterator[None]:
    """What a shell starts in the background ignores interrupts, and so would all that the tests start."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def command(site: Path, word: str, code: int = 0, program: str = FILL) -> list[str]:
    """Builds a site of one word, and ends with a code."""
    ours = [sys.executable, "-m", "verimath.site.exchange", str(site)]
    return [*ours, sys.executable, "-c", program, "{}", word, str(code)]


def started(site: Path, word: str, code: int = 0, program: str = FILL) -> subprocess.Popen[str]:
    return subprocess.Popen(command(site, word, code, program), stderr=subprocess.PIPE, text=True)


def built(site: Path, word: str, code: int = 0) -> tuple[int, str]:
    process = started(site, word, code)
    _, said = process.communicate()
    return process.returncode, said


def held(site: Path) -> set[str]:
    """The words of a site, which is whole where there is one of them."""
    texts = [path.read_text() for path in site.iterdir()]
    assert len(texts) == FILES
    return set(texts)


def test_a_build_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    site = tmp_path / "site"
    assert built(site, "one") == (0, "")
    assert built(site, "two") == (0, "")
    assert held(site) == {"two"}
    assert [*tmp_path.iterdir()] == [site]
    assert site.stat().st_mode & 0o055 == 0o055


def test_a_build_that_fails_leaves_the_one_before(tmp_path: Path) -> None:
    site = tmp_path / "site"
    assert built(site, "one", 3) == (3, f"{site}: the build stopped, and the site isn't there\n")
    built(site, "one")
    assert built(site, "two", 3) == (3, f"{site}: the build stopped, and the site is as it was\n")
    assert held(site) == {"one"}
    assert [*tmp_path.iterdir()] == [site]


@pytest.mark.parametrize("signalled", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_a_build_that_is_killed_at_any_moment_leaves_a_whole_site(tmp_path: Path, signalled: signal.Signals) -> None:
    site = tmp_path / "site"
    built(site, "one")
    # While it fills its folder: it has come to its half, and goes no further.
    process = started(site, "two", program=HALF)
    while not [*tmp_path.glob(f".site-*/{FILES // 2}.html")]:
        assert process.poll() is None
        time.sleep(0.01)
    process.send_signal(signalled)
    process.communicate()
    assert held(site) == {"one"}
    # And at others, whatever it does by then.
    for moment in range(6):
        process = started(site, "two")
        time.sleep(0.05 + 0.04 * moment)
        process.send_signal(signalled)
        process.communicate()
        assert len(held(site)) == 1
    assert built(site, "three")[0] == 0
    assert held(site) == {"three"}
    assert [*tmp_path.iterdir()] == [site], "what a killed build left is swept away by the next"


def test_builds_at_once_each_finish(tmp_path: Path) -> None:
    site = tmp_path / "site"
    processes = [started(site, word) for word in ("one", "two", "three")]
    assert [process.wait() for process in processes] == [0, 0, 0]
    assert held(site) < {"one", "two", "three"}
    for process in processes:
        process.communicate()
    built(site, "four")
    assert [*tmp_path.iterdir()] == [site]


def test_where_nothing_can_be_written_it_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    site = tmp_path / "file" / "site"
    code, said = built(site, "one")
    assert code == 1
    assert said.startswith(f"{site}: the site can't be written here\n  ")
    assert (tmp_path / "file").read_text() == ""


def test_without_an_exchange_it_is_moved_and_brought_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whole, "_exchanged", lambda new, old: False)
    site = tmp_path / "site"

    def fill(word: str) -> None:
        assert whole.replaced(site, lambda new: (new / "a").write_text(word) and 0) == 0

    fill("one")
    fill("two")
    assert (site / "a").read_text() == "two"
    assert [*tmp_path.iterdir()] == [site]
    # Killed between the two moves.
    os.rename(site, tmp_path / ".site-before")
    assert whole.replaced(site, lambda new: 1) == 1
    assert (site / "a").read_text() == "two"


@pytest.mark.parametrize(("free", "said"), [(0, "; the disk is full\n"), (10**9, "isn't there\n")])
def test_a_disk_that_a_build_has_filled_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], free: int, said: str
) -> None:
    """What it has built takes the room until it is thrown away."""

    def usage(folder: Path) -> SimpleNamespace:
        return SimpleNamespace(free=free if (folder / "0.html").exists() else 10**9)

    monkeypatch.setattr(shutil, "disk_usage", usage)
    monkeypatch.setattr(signal, "signal", lambda number, handler: None)
    site = tmp_path / "some" / "site"
    assert whole.main([str(site), sys.executable, "-c", FILL, "{}", "one", "3"]) == 3
    assert capsys.readouterr().err.endswith(said)
    assert whole.main([str(site), sys.executable, "-c", FILL, "{}", "one", "0"]) == 0
    assert held(site) == {"one"}


def test_a_full_disk_leaves_the_one_before(tmp_path: Path) -> None:
    site = tmp_path / "site"
    built(site, "one")
    # No file may grow beyond a few bytes, as on a disk without room.
    limited = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (2, 2)); exec({FILL!r})"
    done = subprocess.run(command(site, "two", program=limited), capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "File too large" in done.stderr
    assert done.stderr.endswith(f"{site}: the build stopped, and the site is as it was\n")
    assert held(site) == {"one"}
