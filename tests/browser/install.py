"""A browser for the tests: found on this machine, or else installed. Run as `python -m tests.browser.install`."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator

from playwright.sync_api import sync_playwright

NAMES = (
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "chromium",
    "chromium-browser",
    "microsoft-edge",
    "microsoft-edge-stable",
    "msedge",
)

# Where a browser stands that isn't on the PATH, by `sys.platform`.
PLACES = {
    "linux": (
        "/opt/google/chrome/chrome",
        "/usr/lib/chromium/chromium",
        "/opt/microsoft/msedge/msedge",
        "/snap/bin/chromium",
    ),
    "darwin": tuple(
        f"{folder}/{name}.app/Contents/MacOS/{name}"
        for name in ("Google Chrome", "Chromium", "Microsoft Edge")
        for folder in ("/Applications", "~/Applications")
    ),
    "win32": tuple(
        rf"%{folder}%\{name}"
        for name in (r"Google\Chrome\Application\chrome.exe", r"Microsoft\Edge\Application\msedge.exe")
        for folder in ("ProgramFiles", "ProgramFiles(x86)", "LocalAppData")
    ),
}

PLAYWRIGHT = (sys.executable, "-m", "playwright")
APT = ("env", "DEBIAN_FRONTEND=noninteractive", "apt-get")

NOTHING_FOUND = """\
The tests need Chrome, Chromium or Edge: none runs here, and none could be installed.
  Debian, Ubuntu:  sudo apt-get install chromium
  elsewhere:       install one of the three so that it is on the PATH or at its usual place
Then run `make test` again."""


class Machine:
    """All that this module asks of the machine; the tests put another in its place."""

    platform = sys.platform

    def which(self, name: str) -> str | None:
        return shutil.which(name)

    def runs(self, path: str) -> bool:
        """Whether a browser stands there and starts: Ubuntu's `chromium-browser` may be a mere pointer to a snap."""
        if not os.access(path, os.X_OK) or self.platform == "win32":  # there, `--version` would open a window
            return os.access(path, os.X_OK)
        return self.succeeds(path, "--version")

    def browser_of_playwright(self) -> str:
        """Where Playwright keeps its own Chromium once it has installed it."""
        with sync_playwright() as playwright:
            return playwright.chromium.executable_path

    def may_administer(self, *command: str) -> bool:
        """Whether this prefix to a command gives the right to install packages."""
        return self.succeeds(*command, "true") if command else hasattr(os, "geteuid") and os.geteuid() == 0

    def succeeds(self, *command: str) -> bool:
        """Run a command unseen."""
        try:
            return subprocess.run(command, capture_output=True, timeout=60, check=False).returncode == 0
        except (OSError, subprocess.TimeoutExpired):
            return False

    def call(self, *command: str) -> bool:
        """Run a command that the user sees."""
        return subprocess.run(command, check=False).returncode == 0


def browser_path(machine: Machine | None = None) -> str | None:
    """Path of a browser that starts: on the PATH, at its usual place, or Playwright's own; None if there is none."""
    machine = machine or Machine()
    return next((path for path in _candidates(machine) if machine.runs(path)), None)


def _candidates(machine: Machine) -> Iterator[str]:
    yield from filter(None, map(machine.which, NAMES))
    yield from (os.path.expandvars(os.path.expanduser(place)) for place in PLACES.get(machine.platform, ()))
    yield machine.browser_of_playwright()


def _attempts(machine: Machine) -> Iterator[tuple[tuple[str, ...], ...]]:
    """Ways to get a browser, most modest first; each is a row of commands that stops at the first failure."""
    yield ((*PLAYWRIGHT, "install", "chromium"),)
    if machine.which("apt-get"):
        for prefix in ((), ("sudo", "-n")):
            if machine.may_administer(*prefix):
                apt = (*prefix, *APT)
                yield (*apt, "update"), (*apt, "install", "-y", "--no-install-recommends", "chromium")
                # On Ubuntu that package is a snap. Playwright's browser is there by now, and lacks only its libraries.
                yield ((*prefix, *PLAYWRIGHT, "install-deps", "chromium"),)
                return


def main(machine: Machine | None = None) -> int:
    machine = machine or Machine()
    path = browser_path(machine)
    attempts = _attempts(machine)
    while path is None and (commands := next(attempts, None)):
        all(machine.call(*command) for command in commands)
        path = browser_path(machine)
    if path is None:
        print(NOTHING_FOUND, file=sys.stderr)
        return 1
    print(f"browser for the tests: {path}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
