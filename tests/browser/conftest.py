"""One browser for the whole run, and what is opened in it."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from tests.browser.install import NOTHING_FOUND, browser_path
from tests.browser.pages import vendor
from tests.browser.server import serve
from tests.browser.site import ROOT, base, build, given
from tests.browser.visit import DESKTOP, Tabs, Visit, visit

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # No name but the loopback's is looked up: a page that asks for another host fails, and no test goes out.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]

Show = Callable[..., Visit]


@pytest.fixture(scope="session")
def tabs() -> Iterator[Tabs]:
    path = browser_path()
    if path is None:
        pytest.fail(NOTHING_FOUND)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield Tabs(browser)
        browser.close()


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The folder of the built site: that which `BUILT_SITE` names, or one process builds it and the others wait."""
    if named := os.environ.get("BUILT_SITE"):
        return given(ROOT / named)
    own = tmp_path_factory.getbasetemp()
    run = own if worker_id == "master" else own.parent
    with (run / "site.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (run / "site").exists():
            build(run / "half-built")
            (run / "half-built").rename(run / "site")
    return run / "site"


@pytest.fixture(scope="session")
def site(built: Path) -> Iterator[str]:
    """The address at which the built site is served."""
    with serve(built, base(built)) as host:
        yield host


@dataclass(frozen=True)
class Standalone:
    """A folder for pages that stand alone, and the address at which it is served."""

    folder: Path
    host: str
    names: Iterator[int] = field(default_factory=count)

    def put(self, html: str) -> str:
        """Write a page; returns its name."""
        name = f"{next(self.names)}.html"
        (self.folder / name).write_text(html, "utf-8")
        return name


@pytest.fixture(scope="session")
def standalone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standalone]:
    folder = tmp_path_factory.mktemp("standalone")
    vendor(folder)
    with serve(folder) as host:
        yield Standalone(folder, host)


@pytest.fixture
def show(tabs: Tabs, standalone: Standalone) -> Iterator[Show]:
    """Opens the HTML of a page that stands alone, in the place of the one opened before."""
    with ExitStack() as stack:

        def show(html: str, width: int = DESKTOP, dark: bool = False, scripts: bool = True) -> Visit:
            stack.close()
            tab = tabs.tab("standalone", scripts)
            return stack.enter_context(visit(tab, standalone.host, standalone.put(html), width, dark))

        yield show
