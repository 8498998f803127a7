"""What verdicts, symbols, previews and entries in the search cost a reader: this site with them and without, in turns.

Prints, for the heaviest pages, how large their compressed HTML is with and without, and for the heaviest of all how
long the first view takes. Run as `python -m bench.reading`; takes two minutes, and needs Chromium.
"""

from __future__ import annotations

import argparse
import gzip
import statistics
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from bench.building import copied, mkdocs
from tests.browser.install import browser_path
from tests.browser.server import serve

MOST_HEAVY, MOST_TIME = 1.25, 1.05
PAGES, ROUNDS = 5, 15
PAINT = "performance.getEntriesByName('first-contentful-paint')[0].startTime"


def weights(folder: Path) -> dict[str, int]:
    """The compressed size of each page of a built site, in bytes."""
    found = {path.parent.relative_to(folder).as_posix(): path for path in folder.rglob("index.html")}
    return {name: len(gzip.compress(path.read_bytes(), 9)) for name, path in found.items()}


def first_view(browser: Browser, address: str) -> float:
    """When a page is first seen, in milliseconds; a reader who comes for the first time has nothing of it."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(address, wait_until="load")
    page.wait_for_function(f"() => {PAINT.partition('.startTime')[0]} !== undefined")
    seen = float(page.evaluate(PAINT))
    context.close()
    return seen


def views(folders: dict[str, Path], name: str, rounds: int) -> Iterator[str]:
    """Lines of a table: the first view of a page of both sites, which take turns."""
    path = browser_path()
    assert path is not None, "no browser was found"
    times: dict[str, list[float]] = {kind: [] for kind in folders}
    with sync_playwright() as playwright, serve(folders["with"]) as one, serve(folders["without"]) as other:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        for _ in range(rounds):
            for kind, host in (("without", other), ("with", one)):
                times[kind].append(first_view(browser, f"{host}{name}/"))
        browser.close()
    medians = {kind: statistics.median(found) for kind, found in times.items()}
    ratio = medians["with"] / medians["without"]
    yield f"{name:24} {medians['without']:9.0f} {medians['with']:9.0f} {ratio:7.3f}   at most {MOST_TIME}"


def main() -> None:
    """Build the site twice, and compare."""
    parser = argparse.ArgumentParser(prog="python -m bench.reading")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    options = parser.parse_args()
    with copied() as folder:
        text = (folder / "mkdocs.yml").read_text("utf-8")
        (folder / "bare.yml").write_text(text.replace("  - verimath:\n", "  - verimath:\n      shows: []\n"), "utf-8")
        sites = {}
        for kind, config in (("with", "mkdocs.yml"), ("without", "bare.yml")):
            mkdocs(folder, folder / "kept", config)
            sites[kind] = (folder / "site").rename(folder / kind)
        has, without = weights(sites["with"]), weights(sites["without"])
        # A list that a page is made of has nothing to be compared with.
        pages = [name for name in without if has[name] < 2 * without[name]]
        heaviest = sorted(pages, key=lambda name: -without[name])[:PAGES]
        print(f"{'compressed HTML, bytes':24} {'without':>9} {'with':>9} {'ratio':>7}")
        for name in heaviest:
            ratio = has[name] / without[name]
            print(f"{name:24} {without[name]:9} {has[name]:9} {ratio:7.3f}   at most {MOST_HEAVY}")
        print(f"{'first view, ms':24}")
        print(*views(sites, heaviest[0], options.rounds), sep="\n")


if __name__ == "__main__":
    main()
