"""How soon a reader sees formulas: the same 45 displayed and 120 inline ones, set by others and by this project.

Each candidate is a page of its own, opened cold from a local server that compresses, as hosts do: MathJax 3 and 4 and
KaTeX in the browser on bare pages, KaTeX in the browser inside this project's theme, KaTeX's finished HTML and MathML
alone on bare pages, and this project. All take turns. Printed are medians of when all formulas are seen, of how long
the page's thread is blocked, the shift of what was seen, kilobytes, and elements; and of each round's ratio to KaTeX in
the browser on a bare page.

Run as `python -m bench.rendered [--rounds 9] [--slow]`; the packages come from npm when it runs.
"""

from __future__ import annotations

import argparse
import re
import shutil
import statistics
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from html import escape
from itertools import islice
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright
from py_mini_racer import MiniRacer

from bench.building import mkdocs
from bench.display.browser import HERE, install
from bench.reading import NETWORK
from tests.browser.install import browser_path
from tests.browser.server import serve
from tests.browser.source import displayed, inline
from verimath.latex.katex import VENDOR

ROOT = Path(__file__).parents[1]
DISPLAYED, INLINE = 45, 120
# A title stands behind every so many displayed ones.
SECTION = 5
ROUNDS, SLOWER = 9, 4
AGAINST = "KaTeX in the browser"
PATIENCE_MS = 120_000

# Seen is what is there in its own face, two frames later; a page says by a selector what a finished formula is.
WATCH = """([selector, count]) => {
  window.shift = 0; window.blocked = 0;
  const hear = (type, take) => new PerformanceObserver((list) => list.getEntries().forEach(take))
    .observe({ type, buffered: true });
  hear("layout-shift", (each) => { if (!each.hadRecentInput) shift += each.value });
  hear("longtask", (each) => { blocked += Math.max(0, each.duration - 50) });
  const look = () => {
    const whole = document.readyState === "complete" && document.querySelectorAll(selector).length >= count;
    if (!whole || document.fonts.status !== "loaded") return requestAnimationFrame(look);
    requestAnimationFrame(() => requestAnimationFrame(() => { window.seen = performance.now() }));
  };
  look();
}"""
BARE = """<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>Formules</title>
<meta name="viewport" content="width=device-width,initial-scale=1">{head}</head>
<body><main>{body}</main></body></html>"""
MATHJAX = """<script>MathJax = {{ options: {{ enableMenu: false, enableSpeech: false, enableBraille: false,
  enableEnrichment: false }},
  tex: {{ inlineMath: [["\\\\(", "\\\\)"]], displayMath: [["\\\\[", "\\\\]"]] }}{more} }}</script>
<script src="{script}" defer></script>"""
# As KaTeX's own page of how to use it has it, with each formula in an element.
SETTING = """<link rel="stylesheet" href="{root}katex/katex.min.css">
<script defer src="{root}katex/katex.min.js"></script><script defer src="{root}set.js"></script>"""
SET = """for (const box of document.querySelectorAll("[data-set]"))
  katex.render(box.textContent, box, { displayMode: box.dataset.set === "display", throwOnError: false });
"""
CONFIG = """\
site_name: Formules
theme: {{name: material, language: fr, font: false, palette: [{{scheme: default, toggle: {{icon: material/brightness-7,
  name: sombre}}}}, {{scheme: slate, toggle: {{icon: material/brightness-4, name: clair}}}}]}}
plugins:
  - search: {{lang: fr}}
  - verimath: {{quick: true, policy: true{more}}}
markdown_extensions: [attr_list, pymdownx.superfences]
"""
FINISHED = re.compile(
    r'<span class="katex(?P<display>-display)?">.*?<annotation encoding="application/x-tex">(?P<tex>.*?)</annotation>'
)


@dataclass(frozen=True)
class Seen:
    """One view: milliseconds, milliseconds, the score of the shift, bytes, and elements."""

    seen: float
    blocked: float
    shift: float
    sent: float
    elements: float


@dataclass(frozen=True)
class Candidate:
    """A page, and what a finished formula is in it."""

    folder: Path
    address: str
    selector: str


def formulas() -> list[tuple[bool, str]]:
    """This site's first formulas that differ, in turns as a page has them: whether it is displayed, and its TeX."""
    texts = [path.read_text("utf-8") for path in sorted((ROOT / "docs" / "fr").glob("*.md"))]
    large = dict.fromkeys(
        each.tex.strip() for text in texts for each in displayed(text) if each.tex and "expect" not in each.tex
    )
    small = dict.fromkeys(tex for text in texts for tex in inline(text))
    displays, inlines = [*islice(large, DISPLAYED)], iter([*islice(small, INLINE)])
    found: list[tuple[bool, str]] = []
    for index, tex in enumerate(displays):
        share = INLINE * (index + 1) // DISPLAYED - INLINE * index // DISPLAYED
        found += [(False, each) for each in islice(inlines, share)] + [(True, tex)]
    return found


def body(each: Iterator[tuple[bool, str]], form: str) -> str:
    """The formulas in a text of words, nine sections of it, each in some form of HTML."""
    parts, paragraph, count = [], "", 0
    for is_display, formula in each:
        shown = form.format(formula)
        if is_display:
            parts.append(f"<p>{paragraph}</p>\n<div>{shown}</div>\n")
            paragraph, count = "", count + 1
            if count % SECTION == 0:
                parts.append(f"<h2>Section {count // SECTION}</h2>\n")
        else:
            paragraph += f"Des mots autour de la formule {shown} et encore quelques mots. "
    return "".join(parts)


def candidates(folder: Path) -> dict[str, Candidate]:
    """Write the pages; MathJax and KaTeX lie beside them."""
    found = formulas()
    (folder / "set.js").write_text(SET, "utf-8")
    shutil.copytree(VENDOR, folder / "katex")
    for name in ("mathjax3", "mathjax4", "@mathjax"):
        (folder / name).symlink_to(HERE / "node_modules" / name)
    with MiniRacer() as engine:
        engine.eval((VENDOR / "katex.min.js").read_text("utf-8"))

        def finished(output: str) -> Iterator[tuple[bool, str]]:
            for is_display, tex in found:
                options = {"displayMode": is_display, "throwOnError": False, "output": output}
                yield is_display, str(engine.call("katex.renderToString", tex, options))

        texts = {
            "KaTeX's HTML": (
                body(finished("htmlAndMathml"), "{}"),
                '<link rel="stylesheet" href="katex/katex.min.css">',
            ),
            "MathML alone": (body(finished("mathml"), "{}"), ""),
        }
    source = ((is_display, (r"\[{}\]" if is_display else r"\({}\)").format(escape(tex))) for is_display, tex in found)
    mathjax = body(source, "{}")
    texts["MathJax 3"] = mathjax, MATHJAX.format(script="mathjax3/es5/tex-chtml.js", more="")
    fonts = ', output: { fontPath: "/@mathjax/%%FONT%%-font" }'
    texts["MathJax 4"] = mathjax, MATHJAX.format(script="mathjax4/tex-chtml.js", more=fonts)
    boxes = ((d, f'<span data-set="{"display" if d else "inline"}">{escape(tex)}</span>') for d, tex in found)
    texts[AGAINST] = body(boxes, "{}"), SETTING.format(root="")
    made = {}
    for number, (name, (text, head)) in enumerate(texts.items()):
        (folder / f"{number}.html").write_text(BARE.format(head=head, body=text), "utf-8")
        kind = "mjx-container" if "MathJax" in name else "math" if "MathML" in name else ".katex"
        made[name] = Candidate(folder, f"{number}.html", kind)
    return made | themed(folder, found)


def themed(folder: Path, found: list[tuple[bool, str]]) -> dict[str, Candidate]:
    """The pages of this project: as it is, and with KaTeX in the browser."""
    page, count = "# Formules\n\n", 0
    for number, (is_display, tex) in enumerate(found):
        page += (
            f"\n\n```math {{#e{number}}}\n{tex}\n```\n\n" if is_display else f"Des mots autour de la formule ${tex}$. "
        )
        count += is_display
        page += f"## Section {count // SECTION}\n\n" if is_display and count % SECTION == 0 else ""
    made = {}
    site = folder / "own"
    (site / "docs").mkdir(parents=True)
    (site / "docs" / "index.md").write_text(page, "utf-8")
    # Formulas of many pages, whose letters no page declares: what the check shows is measured by bench/reading.py.
    (site / "mkdocs.yml").write_text(CONFIG.format(more=", check: false"), "utf-8")
    mkdocs(site, site / "kept", "mkdocs.yml")
    made["this project"] = Candidate(site / "site", "index.html", ".katex")
    inside = folder / "inside"
    shutil.copytree(made["this project"].folder, inside)
    shutil.copytree(VENDOR, inside / "katex", dirs_exist_ok=True)
    (inside / "set.js").write_text(SET, "utf-8")
    html = (inside / "index.html").read_text("utf-8")
    html = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", html)
    html = unset(html).replace("</head>", SETTING.format(root="") + "</head>", 1)
    (inside / "index.html").write_text(html, "utf-8")
    return made | {"KaTeX in this theme": Candidate(inside, "index.html", ".katex")}


def unset(html: str) -> str:
    """A page with the TeX of each formula in the place of its HTML."""
    parts, place = [], 0
    for found in FINISHED.finditer(html):
        depth, end = 0, found.start()
        for tag in re.finditer(r"<(/?)span\b[^>]*>", html[found.start() :]):
            depth += -1 if tag[1] else 1
            if depth == 0:
                end = found.start() + tag.end()
                break
        if found.start() < place:
            continue
        kind = "display" if found["display"] else "inline"
        parts += [html[place : found.start()], f'<span data-set="{kind}">{found["tex"]}</span>']
        place = end
    return "".join([*parts, html[place:]])


def view(browser: Browser, address: str, selector: str, count: int, slower: int, slow: bool) -> Seen:
    """Open a page as who has nothing of it."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    if slow:
        session.send("Network.emulateNetworkConditions", NETWORK)
    if slower > 1:
        session.send("Emulation.setCPUThrottlingRate", {"rate": slower})
    sent: list[float] = []
    session.on("Network.loadingFinished", lambda event: sent.append(event["encodedDataLength"]))
    page.add_init_script(f"({WATCH})([{selector!r}, {count}])")
    page.goto(address, wait_until="load", timeout=PATIENCE_MS)
    page.wait_for_function("() => window.seen", timeout=PATIENCE_MS)
    page.wait_for_timeout(200)
    seen, blocked, shift, elements = page.evaluate("[seen, blocked, shift, document.getElementsByTagName('*').length]")
    context.close()
    return Seen(seen, blocked, shift, sum(sent), elements)


def table(found: Mapping[str, list[Seen]], title: str) -> Iterator[str]:
    """Lines: medians, and the median of each round's ratio to what is compared against."""
    yield f"{title:24} {'seen, ms':>9} {'ratio':>6} {'blocked':>8} {'shift':>6} {'kB':>6} {'elements':>9}"
    for name, views in found.items():
        middle = {key: statistics.median(getattr(each, key) for each in views) for key in Seen.__dataclass_fields__}
        against = found.get(AGAINST, views)
        ratio = statistics.median(a.seen / b.seen for a, b in zip(views, against, strict=True))
        yield (
            f"{name:24} {middle['seen']:9.0f} {ratio:6.2f} {middle['blocked']:8.0f} {middle['shift']:6.3f} "
            f"{middle['sent'] / 1000:6.0f} {middle['elements']:9.0f}"
        )


def main() -> None:
    """Write the pages, open them in turns, and print the tables."""
    parser = argparse.ArgumentParser(prog="python -m bench.rendered")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--slow", action="store_true", help="on a slow network too")
    options = parser.parse_args()
    install()
    path = browser_path()
    assert path is not None, "no browser was found"
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright, ExitStack() as stack:
        made = candidates(Path(name))
        hosts = {
            folder: stack.enter_context(serve(folder, compressing=True)) for folder in {c.folder for c in made.values()}
        }
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        settings = [("as it is", 1, False), (f"{SLOWER} times slower", SLOWER, False)]
        settings += [("slow network", SLOWER, True)] if options.slow else []
        for title, slower, slow in settings:
            found: dict[str, list[Seen]] = {each: [] for each in made}
            for turn in range(options.rounds + 1):
                for each in [*made][:: 1 if turn % 2 else -1]:
                    page = made[each]
                    address = hosts[page.folder] + page.address
                    seen = view(browser, address, page.selector, DISPLAYED + INLINE, slower, slow)
                    if turn:
                        found[each].append(seen)
            print(*table(found, title), "", sep="\n", flush=True)
        browser.close()


if __name__ == "__main__":
    main()
