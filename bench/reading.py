"""How soon a reader sees a page: formulas as others set them and as this project does, then this site's own pages.

First comes what bench/rendered.py says, with what is asked of this project. Then what verdicts, symbols, previews and
entries in the search cost: this site with them and without, in turns. Prints how large the compressed HTML of the
heaviest pages is; and of the heaviest, the one that grows most and the first one how long the first view takes on a
slow phone: until something is painted, and what the page's own thread computes until all is there. The browser waits
for its network and slows its processor down by itself, so that what else the machine does counts little. Run as
`python -m bench.reading`, with `--no-pages` or `--no-formulas` for a part; takes ten minutes, and needs Chromium.
"""

from __future__ import annotations

import argparse
import gzip
import re
import statistics
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from bench import rendered
from bench.building import copied, mkdocs
from bench.rendered import NETWORK, SLOWER
from tests.browser.install import browser_path
from tests.browser.server import serve
from verimath.kept.store import place

MOST_HEAVY, MOST_TIME = 1.25, 1.05
PAGES, ROUNDS = 5, 7
PHONE = {"width": 360, "height": 800}
PAINTED = "performance.getEntriesByName('first-contentful-paint')[0]"
# Where the plugin's options begin, in a configuration that has them as a table.
OPTIONS = re.compile(r"^( +)verimath:\n", re.MULTILINE)
# What is measured of a view, in milliseconds.
MEASURES = "painted", "computed"


def weights(folder: Path) -> dict[str, int]:
    """The compressed size of each page of a built site, in bytes, by its address."""
    found = {path.parent.relative_to(folder).as_posix(): path for path in folder.rglob("index.html")}
    return {name: len(gzip.compress(path.read_bytes(), 9)) for name, path in found.items()}


def first_view(browser: Browser, address: str) -> tuple[float, float]:
    """When something of a page is seen, and what its thread computes until it is loaded, in milliseconds.

    The reader comes for the first time, and has nothing of the site.
    """
    context = browser.new_context(viewport={**PHONE})  # type: ignore[arg-type]
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", NETWORK)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    page.goto(address, wait_until="load")
    page.wait_for_function(f"() => {PAINTED} !== undefined")
    painted = float(page.evaluate(f"{PAINTED}.startTime"))
    metrics = {each["name"]: each["value"] for each in session.send("Performance.getMetrics")["metrics"]}
    context.close()
    return painted, 1000 * float(metrics["TaskDuration"])


def views(sites: Mapping[str, Path], names: Iterable[str], rounds: int) -> Iterator[str]:
    """Lines of a table: the first view of some pages of all sites, which take turns; the first is what counts as 1."""
    path = browser_path()
    assert path is not None, "no browser was found"
    with sync_playwright() as playwright, ExitStack() as stack:
        hosts = {kind: stack.enter_context(serve(folder, compressing=True)) for kind, folder in sites.items()}
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        together: list[dict[str, list[tuple[float, float]]]] = []
        for name in names:
            found: dict[str, list[tuple[float, float]]] = {kind: [] for kind in hosts}
            for turn in range(rounds + 1):
                # Who comes first changes from turn to turn.
                for kind in [*hosts][:: 1 if turn % 2 else -1]:
                    seen = first_view(browser, hosts[kind] + (f"{name}/" if name != "." else ""))
                    if turn:
                        found[kind].append(seen)
            together.append(found)
            for measure, said in enumerate(MEASURES):
                yield compared(f"{name} {said}", {k: [v[measure] for v in of] for k, of in found.items()}, MOST_TIME)
        # Of one page, what else a busy machine does may count for more than what is measured: of all, it evens out.
        for measure, said in enumerate(MEASURES):
            every = {kind: [view[measure] for found in together for view in found[kind]] for kind in hosts}
            yield compared(f"all {said}", every, MOST_TIME)
        browser.close()


def compared(name: str, found: Mapping[str, list[float]], most: float) -> str:
    """A line of a table: the medians, and of each but the first, the median of its ratios to it."""
    first, *others = found.values()
    medians = "".join(f" {statistics.median(each):9.0f}" for each in found.values())
    ratios = [statistics.median(a / b for a, b in zip(each, first, strict=True)) for each in others]
    return f"{name:28}{medians}{''.join(f' {ratio:7.3f}' for ratio in ratios)}   at most {most}"


@contextmanager
def built() -> Iterator[dict[str, Path]]:
    """This site without and with what is measured; verdicts that are kept needn't be found again."""
    with copied() as folder:
        text = (folder / "mkdocs.yml").read_text("utf-8")
        bare, count = OPTIONS.subn(r"\g<0>\g<1>  shows: []\n", text)
        assert count == 1, "the options of the plugin weren't found"
        (folder / "bare.yml").write_text(bare, "utf-8")
        sites = {}
        for kind, config in (("without", "bare.yml"), ("with", "mkdocs.yml")):
            mkdocs(folder, place() or folder / "kept", config)
            sites[kind] = (folder / "site").rename(folder / kind)
        yield sites


def of_pages(rounds: int) -> Iterator[str]:
    """Lines of the tables about this site, which is built twice."""
    with built() as sites:
        weighed = {kind: weights(folder) for kind, folder in sites.items()}
        without, has = weighed["without"], weighed["with"]
        # A list that a page is made of has nothing to be compared with.
        pages = [name for name in without if has[name] < 2 * without[name]]
        heaviest = sorted(pages, key=lambda name: -without[name])[:PAGES]
        grown = max(pages, key=lambda name: has[name] / without[name])
        heads = "".join(f" {kind:>9}" for kind in sites)
        yield f"{'compressed HTML, bytes':28}{heads}   ratio"
        for name in dict.fromkeys([*heaviest, grown]):
            yield compared(name, {kind: [each[name]] for kind, each in weighed.items()}, MOST_HEAVY)
        yield f"\n{'first view, ms':28}{heads}   ratio"
        yield from views(sites, dict.fromkeys((heaviest[0], grown, ".")), rounds)


def main() -> None:
    """Compare, and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.reading")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--slow", action="store_true", help="formulas on a slow network too")
    parser.add_argument("--no-formulas", action="store_true", help="this site's pages alone")
    parser.add_argument("--no-pages", action="store_true", help="formulas alone")
    options = parser.parse_args()
    if not options.no_formulas:
        for line in rendered.compared(options.rounds, options.slow):
            print(line, flush=True)
    if not options.no_pages:
        for line in of_pages(options.rounds):
            print(line, flush=True)


if __name__ == "__main__":
    main()
