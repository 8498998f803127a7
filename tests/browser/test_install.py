"""Which browser is taken, what is tried when there is none, in which order, and what is said in the end."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.browser.install import NOTHING_FOUND, Machine, browser_path, main

CHROME = "/opt/google/chrome/chrome"
OWN = "/cache/chromium/chrome"
INSTALL = f"{sys.executable} -m playwright install chromium"
UPDATE = "env DEBIAN_FRONTEND=noninteractive apt-get update"
CHROMIUM = "env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends chromium"
LIBRARIES = f"{sys.executable} -m playwright install-deps chromium"


@dataclass
class FakeMachine(Machine):
    """A machine on which some commands exist, some paths start as browsers, and some calls bring another one."""

    commands: dict[str, str] = field(default_factory=dict)
    browsers: set[str] = field(default_factory=set)
    brings: dict[str, str] = field(default_factory=dict)
    fails: set[str] = field(default_factory=set)
    administers: tuple[tuple[str, ...], ...] = ()
    platform: str = "linux"
    calls: list[str] = field(default_factory=list)

    def which(self, name: str) -> str | None:
        return self.commands.get(name)

    def runs(self, path: str) -> bool:
        return path in self.browsers

    def browser_of_playwright(self) -> str:
        return OWN

    def may_administer(self, *command: str) -> bool:
        return command in self.administers

    def call(self, *command: str) -> bool:
        self.calls.append(" ".join(command))
        if self.calls[-1] in self.brings:
            self.browsers.add(self.brings[self.calls[-1]])
        return self.calls[-1] not in self.fails


APT = {"apt-get": "/usr/bin/apt-get"}
# `apt-get install chromium` puts a command on the PATH; this fake has it there from the first, not yet starting.
DEBIAN = {**APT, "chromium": "/usr/bin/chromium"}
ROOT, SUDO = (), ("sudo", "-n")

FOUND = [
    pytest.param(
        FakeMachine(commands={"msedge": "/bin/msedge"}, browsers={"/bin/msedge"}), "/bin/msedge", id="on-the-path"
    ),
    pytest.param(
        FakeMachine(
            commands={"google-chrome": "/b/chrome", "chromium": "/b/chromium"}, browsers={"/b/chrome", "/b/chromium"}
        ),
        "/b/chrome",
        id="chrome-before-chromium",
    ),
    pytest.param(
        FakeMachine(commands={"chromium-browser": "/b/snap-pointer"}, browsers={CHROME}),
        CHROME,
        id="one-that-does-not-start",
    ),
    pytest.param(FakeMachine(browsers={CHROME, OWN}), CHROME, id="usual-place-before-playwright"),
    pytest.param(
        FakeMachine(browsers={"/Applications/Chromium.app/Contents/MacOS/Chromium"}, platform="darwin"),
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        id="usual-place-on-macos",
    ),
    pytest.param(FakeMachine(browsers={OWN}), OWN, id="playwright-has-one"),
    pytest.param(FakeMachine(browsers={OWN}, platform="freebsd14"), OWN, id="a-system-without-usual-places"),
    pytest.param(FakeMachine(commands=APT), None, id="none"),
]


@pytest.mark.parametrize(("machine", "path"), FOUND)
def test_the_first_browser_that_starts_is_taken(machine: FakeMachine, path: str | None) -> None:
    assert browser_path(machine) == path


@pytest.mark.parametrize(("machine", "path"), FOUND[:-1])
def test_one_line_and_no_command_when_found(
    machine: FakeMachine, path: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(machine) == 0
    assert machine.calls == []
    assert capsys.readouterr() == (f"browser for the tests: {path}\n", "")


ATTEMPTS = [
    pytest.param(FakeMachine(brings={INSTALL: OWN}), [INSTALL], OWN, id="playwright-brings-it"),
    pytest.param(
        FakeMachine(commands=DEBIAN, administers=(ROOT,), brings={INSTALL: OWN}),
        [INSTALL],
        OWN,
        id="playwright-before-apt",
    ),
    pytest.param(
        FakeMachine(commands=DEBIAN, administers=(ROOT,), fails={INSTALL}, brings={CHROMIUM: "/usr/bin/chromium"}),
        [INSTALL, UPDATE, CHROMIUM],
        "/usr/bin/chromium",
        id="apt-as-root",
    ),
    pytest.param(
        FakeMachine(
            commands=DEBIAN, administers=(SUDO,), fails={INSTALL}, brings={f"sudo -n {CHROMIUM}": "/usr/bin/chromium"}
        ),
        [INSTALL, f"sudo -n {UPDATE}", f"sudo -n {CHROMIUM}"],
        "/usr/bin/chromium",
        id="apt-with-sudo",
    ),
    pytest.param(
        FakeMachine(commands=APT, administers=(ROOT, SUDO), fails={CHROMIUM}, brings={LIBRARIES: OWN}),
        [INSTALL, UPDATE, CHROMIUM, LIBRARIES],
        OWN,
        id="playwright-lacked-its-libraries",
    ),
    pytest.param(
        FakeMachine(commands=APT, administers=(ROOT,), fails={UPDATE}),
        [INSTALL, UPDATE, LIBRARIES],
        None,
        id="no-install-after-a-failed-update",
    ),
    pytest.param(FakeMachine(commands=APT), [INSTALL], None, id="debian-without-the-right"),
    pytest.param(FakeMachine(administers=(ROOT,)), [INSTALL], None, id="root-without-apt"),
]


@pytest.mark.parametrize(("machine", "calls", "path"), ATTEMPTS)
def test_attempts_go_from_modest_to_heavy_and_stop_at_a_browser(
    machine: FakeMachine, calls: list[str], path: str | None, capsys: pytest.CaptureFixture[str]
) -> None:
    status = main(machine)
    assert machine.calls == calls
    if path:
        assert (status, *capsys.readouterr()) == (0, f"browser for the tests: {path}\n", "")
    else:
        assert (status, *capsys.readouterr()) == (1, "", f"{NOTHING_FOUND}\n")


def test_the_message_says_what_to_do() -> None:
    assert NOTHING_FOUND == (
        "The tests need Chrome, Chromium or Edge: none runs here, and none could be installed.\n"
        "  Debian, Ubuntu:  sudo apt-get install chromium\n"
        "  elsewhere:       install one of the three so that it is on the PATH or at its usual place\n"
        "Then run `make test` again."
    )


@pytest.mark.parametrize(
    ("script", "starts"),
    [
        pytest.param("echo Chromium 156", True, id="starts"),
        pytest.param("echo install the snap; exit 1", False, id="a-pointer-to-a-snap"),
        pytest.param("exit 127", False, id="libraries-missing"),
        pytest.param(None, False, id="nothing-there"),
    ],
)
def test_a_browser_counts_only_if_it_starts(script: str | None, starts: bool, tmp_path: Path) -> None:
    program = tmp_path / "browser"
    if script:
        program.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
        program.chmod(0o755)
    assert Machine().runs(str(program)) is starts
