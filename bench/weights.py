"""What each page of the built site weighs for who comes for the first time: all that a browser loads, as gzip sends it.

Each page of site/ is opened in a browser that keeps nothing of what it has loaded before, 1280 pixels wide; with
`--whole`, it is also read to its end, so that what comes near on the way counts too. Prints how many pages are below
150 kB, the median, and each page that isn't below, with its HTML, style sheets, scripts and faces; else the heaviest
one. Run as `python -m bench.weights` after `make build`; it takes two minutes, and needs Chromium. Exits 1 where a page
is too heavy.
"""

from __future__ import annotations

import argparse
import statistics
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, Response, sync_playwright

from tests.browser.install import browser_path
from tests.browser.server import serve
from tests.browser.site import ROOT

MOST = 150_000
SCREEN = {"width": 1280, "height": 800}
KINDS = {".css": "styles", ".js": "scripts", ".woff2": "faces", "": "HTML"}
# In milliseconds, for what a script asks for when the page is there.
AFTER = 250
READ = """async () => {
  for (let y = 0; y < document.documentElement.scrollHeight; y += 700) {
    scrollTo(0, y);
    await new Promise((passed) => setTimeout(passed, 20));
  }
}"""


@contextmanager
def newcomer(browser: Browser) -> Iterator[Page]:
    """A page of who comes for the first time, each time anew: a browser keeps nothing of what it loads there."""
    context = browser.new_context(viewport={**SCREEN})  # type: ignore[arg-type]
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    try:
        yield page
    finally:
        context.close()


def weight(page: Page, address: str, is_whole: bool = False) -> Counter[str]:
    """The bytes of the bodies that a first visit loads, by kind.

    Args:
        page: of a newcomer.
        address: of what is visited.
        is_whole: whether it is read to its end.
    """
    loaded: dict[str, int] = {}

    def hear(response: Response) -> None:
        loaded[response.url] = int(response.headers.get("content-length", 0))

    page.on("response", hear)
    page.goto(address, wait_until="load")
    page.wait_for_timeout(AFTER)
    if is_whole:
        page.evaluate(READ)
        page.wait_for_timeout(AFTER)
    page.remove_listener("response", hear)
    # Whatever is still under way ends here, unheard by the next visit.
    page.goto("about:blank")
    found: Counter[str] = Counter()
    for url, size in loaded.items():
        found[KINDS.get(PurePosixPath(urlsplit(url).path.rpartition("/")[2]).suffix, "pictures")] += size
    return found


def main(arguments: list[str] | None = None) -> int:
    """Weigh all pages of both editions; 1 where one is too heavy."""
    parser = argparse.ArgumentParser(prog="python -m bench.weights")
    parser.add_argument("site", nargs="?", type=Path, default=ROOT / "site")
    parser.add_argument("--whole", action="store_true", help="read each page to its end")
    options = parser.parse_args(arguments)
    path = browser_path()
    assert path is not None, "no browser was found"
    with sync_playwright() as playwright, serve(options.site, compressing=True) as host:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        with newcomer(browser) as page:
            found = {name: weight(page, host + name, options.whole) for name in published(options.site)}
        browser.close()
    return told(found)


def told(found: Mapping[str, Counter[str]]) -> int:
    """Say what pages weigh; 1 where one is too heavy."""
    totals = {name: each.total() for name, each in found.items()}
    heavy = sum(total >= MOST for total in totals.values())
    print(f"{len(totals) - heavy} of {len(totals)} pages below {MOST // 1000} kB;", end=" ")
    print(f"median {statistics.median(totals.values()):.0f}")
    for name, total in sorted(totals.items(), key=lambda each: -each[1])[: max(heavy, 1)]:
        verdict = "" if total < MOST else f"  {total - MOST + 1} too many"
        kinds = ", ".join(f"{kind} {count}" for kind, count in found[name].most_common())
        print(f"{name or '(first page)':28} {total:7}  {kinds}{verdict}")
    return int(heavy > 0)


def published(site: Path) -> list[str]:
    """The addresses of a built site's pages, notebooks among them, without handouts and copies of programs."""
    pages = {f"{path.parent.relative_to(site).as_posix()}/" for path in site.rglob("index.html")}
    return sorted(name.removeprefix("./") for name in pages if not name.removeprefix("en/").startswith("assets/"))


if __name__ == "__main__":
    sys.exit(main())
