"""How soon a reader sees formulas: the same 45 displayed and 120 inline ones, set by others and by this project.

Each candidate is a page of its own, opened cold from a local server that compresses, as hosts do: MathJax 3 and 4 and
KaTeX in the browser on bare pages; KaTeX in the browser in the theme as it is, and in this project's own page; KaTeX's
finished HTML and MathML alone on bare pages; this project, and its page without a formula, which bounds what it can
reach. All take turns. Printed are medians of when all formulas are seen, of what the page's thread computes until then,
of how long it is blocked, the shift of what was seen, kilobytes, and elements; of each round's ratio to KaTeX in the
browser on a bare page; and what is asked of this project, with what it reaches.

Run by `python -m bench.reading`; the packages come from npm when it runs.
"""

from __future__ import annotations

import re
import shutil
import statistics
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from html import escape
from itertools import islice
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright
from py_mini_racer import MiniRacer

from bench.building import mkdocs
from bench.display.browser import HERE, install
from tests.browser.install import browser_path
from tests.browser.server import serve
from tests.browser.source import displayed, inline
from verimath.latex.katex import VENDOR

ROOT = Path(__file__).parents[1]
DISPLAYED, INLINE = 45, 120
# A title stands behind every so many displayed ones.
SECTION = 5
SLOWER = 4
# Of the network, in bytes a second and milliseconds: Lighthouse's slow 4G. Its processor is four times slower, too.
NETWORK = {"offline": False, "latency": 150, "downloadThroughput": 204_800, "uploadThroughput": 96_000}
OURS, AGAINST = "this project", "KaTeX in the browser"
PATIENCE_MS = 120_000
# Asked of this project: what, against whom, and the most that its ratio may be, as it is and on a slower processor. Of
# the time that a page is blocked, it is half of what it was before anything was skipped.
GOALS = (
    ("seen", AGAINST, 0.85, 1.05),
    ("seen", "KaTeX in the theme", 0.60, 0.60),
    ("seen", "MathJax 3", 0.45, 0.60),
    ("blocked", AGAINST, 0.49, 0.78),
)
MOST_SHIFT = 0.0005

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
{more}
markdown_extensions: [attr_list, pymdownx.superfences]
"""
# Formulas of many pages, whose letters no page declares: what the check shows is measured by bench/reading.py.
PLUGIN = "  - verimath: {quick: true, policy: true, check: false}"
PLACE = "<p>here</p>"
FINISHED = re.compile(
    r'<span class="katex(?P<display>-display)?">.*?<annotation encoding="application/x-tex">(?P<tex>.*?)</annotation>',
    re.DOTALL,
)


@dataclass(frozen=True)
class Seen:
    """One view: milliseconds of three kinds, the score of the shift, bytes, and elements."""

    seen: float
    computed: float
    blocked: float
    shift: float
    sent: float
    elements: float


@dataclass(frozen=True)
class Candidate:
    """A page, what a finished formula is in it, and how many there are."""

    folder: Path
    address: str
    selector: str
    count: int = DISPLAYED + INLINE


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
    return made | in_the_theme(folder, texts[AGAINST][0]) | own(folder, found)


def site(folder: Path, page: str, plugin: str) -> Path:
    """Build a site of one page in the theme."""
    (folder / "docs").mkdir(parents=True)
    (folder / "docs" / "index.md").write_text(f"# Formules\n\n{page}", "utf-8")
    (folder / "mkdocs.yml").write_text(CONFIG.format(more=plugin), "utf-8")
    mkdocs(folder, folder / "kept", "mkdocs.yml")
    return folder / "site"


def with_katex(folder: Path, change: Callable[[str], str]) -> Candidate:
    """A built page in which KaTeX sets the formulas in the browser."""
    shutil.copytree(VENDOR, folder / "katex", dirs_exist_ok=True)
    (folder / "set.js").write_text(SET, "utf-8")
    html = change((folder / "index.html").read_text("utf-8"))
    (folder / "index.html").write_text(html.replace("</head>", SETTING.format(root="") + "</head>", 1), "utf-8")
    return Candidate(folder, "index.html", ".katex")


def in_the_theme(folder: Path, text: str) -> dict[str, Candidate]:
    """The theme as it is, without this project."""
    built = site(folder / "theme", PLACE, "")
    return {"KaTeX in the theme": with_katex(built, lambda html: html.replace(PLACE, text, 1))}


def own(folder: Path, found: list[tuple[bool, str]]) -> dict[str, Candidate]:
    """The pages of this project: as it is, with KaTeX in the browser, and without a formula."""
    pages = {name: written(found, name == "own") for name in ("own", "empty")}
    sites = {name: site(folder / name, page, PLUGIN) for name, page in pages.items()}
    inside = folder / "inside"
    shutil.copytree(sites["own"], inside)

    def free(html: str) -> str:
        return unset(re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", html))

    return {
        OURS: Candidate(sites["own"], "index.html", ".katex"),
        "KaTeX in our page": with_katex(inside, free),
        "our page, no formula": Candidate(sites["empty"], "index.html", "article p", DISPLAYED),
    }


def written(found: list[tuple[bool, str]], has_formulas: bool) -> str:
    """The page in Markdown."""
    page, count = "", 0
    for number, (is_display, tex) in enumerate(found):
        shown = (f"```math {{#e{number}}}\n{tex}\n```" if is_display else f"${tex}$") if has_formulas else "x"
        page += f"\n\n{shown}\n\n" if is_display else f"Des mots autour de la formule {shown}. "
        count += is_display
        page += f"## Section {count // SECTION}\n\n" if is_display and count % SECTION == 0 else ""
    return page


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


def view(browser: Browser, address: str, candidate: Candidate, slower: int, slow: bool) -> Seen:
    """Open a page as who has nothing of it."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    if slow:
        session.send("Network.emulateNetworkConditions", NETWORK)
    if slower > 1:
        session.send("Emulation.setCPUThrottlingRate", {"rate": slower})
    sent: list[float] = []
    session.on("Network.loadingFinished", lambda event: sent.append(event["encodedDataLength"]))
    page.add_init_script(f"({WATCH})([{candidate.selector!r}, {candidate.count}])")
    page.goto(address, wait_until="load", timeout=PATIENCE_MS)
    page.wait_for_function("() => window.seen", timeout=PATIENCE_MS)
    page.wait_for_timeout(200)
    metrics = {each["name"]: each["value"] for each in session.send("Performance.getMetrics")["metrics"]}
    seen, blocked, shift, elements = page.evaluate("[seen, blocked, shift, document.getElementsByTagName('*').length]")
    context.close()
    return Seen(seen, 1000 * metrics["TaskDuration"], blocked, shift, sum(sent), elements)


def middle(views: list[Seen], what: str) -> float:
    """The median of something."""
    return float(statistics.median(getattr(each, what) for each in views))


def ratio(views: list[Seen], others: list[Seen], what: str) -> float:
    """The median of each round's ratio; what is never there is no part of anything."""
    pairs = [(getattr(a, what), getattr(b, what)) for a, b in zip(views, others, strict=True)]
    return statistics.median(a / b if b else float(a > 0) for a, b in pairs)


def table(found: Mapping[str, list[Seen]], title: str) -> Iterator[str]:
    """Lines: medians, and the median of each round's ratio to what is compared against."""
    heads = f"{'seen, ms':>9} {'ratio':>6} {'computed':>8} {'blocked':>8} {'shift':>6} {'kB':>6} {'elements':>9}"
    yield f"{title:24} {heads}"
    for name, views in found.items():
        seen, computed, blocked, shift, sent, elements = (middle(views, key) for key in Seen.__dataclass_fields__)
        yield (
            f"{name:24} {seen:9.0f} {ratio(views, found[AGAINST], 'seen'):6.2f} {computed:8.0f} {blocked:8.0f} "
            f"{shift:6.3f} {sent / 1000:6.0f} {elements:9.0f}"
        )


def goals(found: Mapping[str, list[Seen]], slower: int) -> Iterator[str]:
    """Lines: what is asked, what is reached, and whether that is enough."""
    for what, against, as_it_is, when_slower in GOALS:
        most, reached = when_slower if slower > 1 else as_it_is, ratio(found[OURS], found[against], what)
        yield said(f"{what}, as part of {against}", reached, most)
    yield said("shift", middle(found[OURS], "shift"), MOST_SHIFT, 4)


def said(what: str, reached: float, most: float, digits: int = 2) -> str:
    """A line on what is asked."""
    verdict = "reached" if reached <= most else "missed"
    return f"  {what + ':':40} {reached:.{digits}f}, at most {most:.{digits}f}: {verdict}"


def compared(rounds: int, slow: bool) -> Iterator[str]:
    """Write the pages, open them in turns; lines of the tables.

    Args:
        rounds: how often each is opened, once more before that.
        slow: on a slow network too.
    """
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
        settings += [("slow network", SLOWER, True)] if slow else []
        for title, slower, is_slow in settings:
            found: dict[str, list[Seen]] = {each: [] for each in made}
            for turn in range(rounds + 1):
                for each in [*made][:: 1 if turn % 2 else -1]:
                    seen = view(browser, hosts[made[each].folder] + made[each].address, made[each], slower, is_slow)
                    if turn:
                        found[each].append(seen)
            yield from table(found, title)
            yield from goals(found, slower) if not is_slow else ()
            yield ""
        browser.close()
