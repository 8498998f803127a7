"""What is skipped until it comes near is found, reached, printed and looks as ever; what waits comes when asked for."""

from __future__ import annotations

import io
import json
import re
import shutil
from collections.abc import Iterable, Iterator
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from pathlib import Path
from threading import Event, Thread

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import Page, Request, Route
from tinycss2.ast import Node, QualifiedRule

from tests.browser.gates import sections
from tests.browser.gates.log import Log
from tests.browser.server import serve
from tests.browser.visit import DESKTOP, PHONE, Tabs, styled, visit
from verimath.latex.katex import VENDOR
from verimath.site import quick, typeface, unused
from verimath.site.glyphs import REST

PAGE = "gradients-weights/"
# Only its later sections have letters such as that of the real numbers.
LATE = "curvature/"
WIDTHS = [DESKTOP, PHONE]
# Where all that is seen lies, once each section has been near.
PLACES = """() => [...document.querySelectorAll(".md-content :is(h1, h2, h3, p, .vm-equation, pre, li, .katex-html)")]
  .filter((part) => part.checkVisibility())
  .map((part) => { const { x, y, width, height } = part.getBoundingClientRect();
                   return [x, y + scrollY, width, height].map((number) => Math.round(number * 10)); })"""
ALL = "for (const box of document.querySelectorAll('.vm-section')) box.style.contentVisibility = 'visible'"
# As if no box had been put around them.
UNBOXED = "for (const box of document.querySelectorAll('.vm-first, .vm-section')) box.replaceWith(...box.childNodes)"
SKIPPED = "label => !document.getElementById(label).checkVisibility({ contentVisibilityAuto: true })"
LAST = "[...document.querySelectorAll('.vm-section .vm-equation[id]:not(details *)')].at(-1).id"


@pytest.fixture(params=WIDTHS)
def page(request: pytest.FixtureRequest, tabs: Tabs, site: str) -> Iterator[Page]:
    with visit(tabs.tab("quick"), site, PAGE, request.param) as opened:
        yield opened.page


def test_what_is_far_is_skipped(page: Page) -> None:
    assert page.evaluate(SKIPPED, page.evaluate(LAST))


@pytest.mark.parametrize("address", [PAGE, "gradients/", "softmax/", "loss/", "language/"])
@pytest.mark.parametrize("width", WIDTHS)
def test_boxes_move_nothing(tabs: Tabs, site: str, address: str, width: int) -> None:
    with visit(tabs.tab("quick"), site, address, width) as opened:
        opened.page.evaluate(ALL)
        boxed = opened.page.evaluate(PLACES)
        opened.page.evaluate(UNBOXED)
        bare = opened.page.evaluate(PLACES)
        assert len(boxed) == len(bare) > 20
        moved = [
            (a, b) for a, b in zip(boxed, bare, strict=True) if any(abs(x - y) > 1 for x, y in zip(a, b, strict=True))
        ]
        assert moved == []


def test_what_is_skipped_looks_the_same_when_it_comes(page: Page) -> None:
    label = page.evaluate(LAST)
    page.evaluate("label => document.getElementById(label).scrollIntoView({ block: 'center' })", label)
    page.wait_for_function(f"label => !({SKIPPED})(label)", arg=label)
    page.evaluate("document.fonts.ready.then(() => new Promise(requestAnimationFrame)).then(() => null)")
    skipping = ink(page.locator(f"#{label}").screenshot())
    # Its own section alone, so that nothing above it changes its height.
    shown = f"document.getElementById({label!r}).closest('.vm-section')"
    page.evaluate(f"{shown}.style.contentVisibility = 'visible'")
    box, dark = ink(page.locator(f"#{label}").screenshot())
    # A box of its own may begin at another part of a pixel.
    assert all(abs(one - other) <= 1 for one, other in zip(box, skipping[0], strict=True))
    assert dark == pytest.approx(skipping[1], rel=0.02)
    page.evaluate(f"{shown}.style.clipPath = 'inset(0 50% 0 0)'")
    assert ink(page.locator(f"#{label}").screenshot())[1] < 0.98 * dark


def ink(picture: bytes) -> tuple[tuple[int, ...], float]:
    """The box around what is drawn on a white page, in pixels, and how much ink that is."""
    dark = ImageChops.invert(Image.open(io.BytesIO(picture)).convert("L"))
    return dark.getbbox() or (0, 0, 0, 0), float(sum(level * count for level, count in enumerate(dark.histogram())))


def test_an_anchor_that_was_skipped_is_reached(tabs: Tabs, site: str) -> None:
    with visit(tabs.tab("quick"), site, PAGE) as opened:
        label = opened.page.evaluate(LAST)
    for address in (f"{PAGE}#{label}", PAGE):
        with visit(tabs.tab("quick"), site, address) as opened:
            if "#" not in address:
                opened.page.evaluate("label => { location.hash = label }", label)
            opened.page.wait_for_function(
                "label => { const y = document.getElementById(label).getBoundingClientRect().y;"
                " return y > 0 && y < innerHeight / 2 }",
                arg=label,
            )


@pytest.mark.parametrize("address", ["", "gradients/", "tour/", "not-read/", "batches/", "en/duality/"])
def test_links_of_a_skipped_section_lie_in_its_box(tabs: Tabs, site: str, address: str) -> None:
    """Who measures what may be tapped, as axe does, finds them over those of the next one otherwise."""
    with visit(tabs.tab("quick"), site, address, PHONE) as opened:
        assert sections.faults(opened.page) == []
        styled(opened.page, ".vm-section { contain-intrinsic-size: auto 20px }")
        assert sections.faults(opened.page) != []


def test_find_in_page_finds_what_was_skipped(page: Page) -> None:
    label = page.evaluate(LAST)
    section = f"document.getElementById({label!r}).closest('.vm-section')"
    words = page.evaluate(f"{section}.querySelector('p').textContent.trim().split(/\\s+/).slice(0, 3).join(' ')")
    assert page.evaluate(SKIPPED, label)
    assert page.evaluate("words => window.find(words)", words)
    assert page.evaluate(f"{section}.contains(getSelection().anchorNode)")


def test_nothing_is_skipped_on_paper(page: Page) -> None:
    label = page.evaluate(LAST)
    page.emulate_media(media="print")
    # What was skipped is laid out with the next picture of the page.
    page.wait_for_function(f"label => !({SKIPPED})(label)", arg=label)
    page.emulate_media(media="screen")


def test_going_down_a_page_moves_nothing_that_is_seen(tabs: Tabs, site: str) -> None:
    with visit(tabs.tab("quick"), site, PAGE) as opened:
        opened.page.evaluate(
            "window.shift = 0; new PerformanceObserver((list) => { for (const each of list.getEntries())"
            " if (!each.hadRecentInput) shift += each.value }).observe({ type: 'layout-shift', buffered: true })"
        )
        for _ in range(12):
            opened.page.mouse.wheel(0, 700)
            opened.page.wait_for_timeout(60)
        assert opened.page.evaluate("shift") < 0.01


class Halting(SimpleHTTPRequestHandler):
    """Sends a page up to the middle of its first formula, and the rest of it when it is told to."""

    def __init__(self, *arguments: object, folder: Path, html: str, told: Event) -> None:
        self.html, self.told = html, told
        super().__init__(*arguments, directory=str(folder))  # type: ignore[arg-type]

    def do_GET(self) -> None:
        if self.path != f"/{PAGE}":
            super().do_GET()
            return
        half = self.html.index("</span>", self.html.index('class="katex-html"'))
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(self.html[:half].encode())
        self.told.wait()
        self.wfile.write(self.html[half:].encode())

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 (the name in http.server)
        pass


STYLED = """() => document.querySelector(".katex-html")
  && [...document.querySelectorAll("link[rel=stylesheet]")].every((link) => link.sheet)"""
DRAWN = "new Promise((tell) => { requestAnimationFrame(() => tell(true)); setTimeout(() => tell(false), %d) })"


def test_nothing_is_painted_while_a_formula_of_the_first_screen_is_half_there(tabs: Tabs, built: Path) -> None:
    """What is centred moves when the rest of it comes."""
    tab, html = tabs.tab("quick"), (built / PAGE / "index.html").read_text("utf-8")
    assert html.count('rel="expect"') == 1
    for page, is_held in (html, True), (html.replace('rel="expect"', 'rel="prefetch"'), False):
        told = Event()
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Halting, folder=built, html=page, told=told))
        Thread(target=server.serve_forever, daemon=True).start()
        tab.goto(f"http://127.0.0.1:{server.server_port}/{PAGE}", wait_until="commit")
        # Asked for by time: there is no frame as long as nothing is painted.
        tab.wait_for_function(STYLED, polling=50)
        assert tab.evaluate(DRAWN % (500 if is_held else 20_000)) is not is_held
        told.set()
        tab.wait_for_load_state("load")
        assert tab.evaluate(DRAWN % 20_000)
        server.shutdown()
        server.server_close()


COLUMNS = "[...document.querySelectorAll('.vm-index th')].map((each) => each.getBoundingClientRect().width)"
FEW = "for (const row of [...document.querySelectorAll('.vm-index tbody tr')].slice(5)) row.remove()"


@pytest.mark.parametrize("width", WIDTHS)
def test_the_columns_of_a_long_list_do_not_wait_for_its_rows(tabs: Tabs, site: str, width: int) -> None:
    for style, is_steady in (
        ("", True),
        (".vm-index, .vm-index th { table-layout: auto; width: auto !important }", False),
    ):
        with visit(tabs.tab("quick"), site, "equations/", width) as opened:
            styled(opened.page, style)
            whole = opened.page.evaluate(COLUMNS)
            opened.page.evaluate(FEW)
            assert (opened.page.evaluate(COLUMNS) == whole) is is_steady


HEADER = """() => [...document.querySelectorAll(".md-header :is(.md-logo, .md-header__ellipsis, .md-select)")]
  .filter((part) => part.checkVisibility())
  .map((part) => { const { x, width } = part.getBoundingClientRect(); return [part.className, x, width] })"""


@pytest.mark.parametrize("width", WIDTHS)
def test_a_header_keeps_its_parts_when_the_theme_s_script_comes(tabs: Tabs, site: str, width: int) -> None:
    tab, places = tabs.tab("quick-header"), []
    for script, style in (("", ""), ("x", ""), ("x", ".no-js .md-header__option { min-width: 0 !important }")):
        if script:
            tab.route("**/bundle.*.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
        with visit(tab, site, PAGE, width) as opened:
            if not script:
                opened.page.locator("html.js").wait_for()
            styled(opened.page, style)
            places.append(opened.page.evaluate(HEADER))
    tab.unroute("**/bundle.*.js")
    assert len(places[0]) >= 2
    assert places[0] == places[1] != places[2]


def test_the_search_index_comes_when_it_is_wanted(tabs: Tabs, site: str) -> None:
    asked: list[str] = []

    def hear(request: Request) -> None:
        asked.append(request.url)

    tab = tabs.tab("quick-search")
    tab.on("request", hear)
    with visit(tab, site, PAGE) as opened:
        opened.page.wait_for_load_state("networkidle")
        assert not [url for url in asked if "search_index" in url or "workers/" in url]
        opened.page.keyboard.press("/")
        opened.page.keyboard.type("softmax")
        opened.page.locator(".md-search-result__item").first.wait_for()
        assert len([url for url in asked if "search_index" in url]) == 1
        assert len([url for url in asked if "/workers/search." in url]) == 1
    with visit(tab, site, f"{PAGE}?q=softmax") as opened:
        opened.page.locator(".md-search-result__item").first.wait_for()
        assert Log(opened.page, site).faults(opened.page) == []
    tab.remove_listener("request", hear)


@pytest.mark.parametrize("address", ["", PAGE, "language/", "batches/", "training/", "errata/", "context/"])
def test_no_page_asks_for_letters_that_its_site_does_not_use(tabs: Tabs, site: str, address: str) -> None:
    tab = tabs.tab("quick-faces")
    asked: list[str] = []

    def hear(request: Request) -> None:
        asked.append(request.url)

    tab.on("request", hear)
    with visit(tab, site, address) as opened:
        opened.page.evaluate(ALL)
        opened.page.wait_for_load_state("networkidle")
        assert [url for url in asked if url.endswith(".woff2")]
        assert [url for url in asked if url.endswith(REST)] == []
    tab.remove_listener("request", hear)


def test_a_letter_that_comes_later_has_its_face(page: Page) -> None:
    """The Greek capitals of KaTeX's italics aren't on this site."""
    page.evaluate("document.querySelector('.katex .mathnormal').textContent = '\\u03a9'")
    page.wait_for_function(
        """() => [...document.fonts].some((face) => face.family.includes("KaTeX_Math") && face.status === "loaded"
          && face.unicodeRange.includes("U+393"))"""
    )


def test_split_faces_draw_what_whole_ones_draw(tabs: Tabs, built: Path, tmp_path: Path) -> None:
    whole = tmp_path / "whole"
    shutil.copytree(built, whole)
    for font in (built / "assets" / "verimath" / "fonts").glob(f"*{REST}"):
        name = font.name.replace(REST, ".woff2")
        of = next(each for each in (VENDOR, typeface.VENDOR) if (each / "fonts" / name).is_file())
        shutil.copy(of / "fonts" / name, whole / "assets" / "verimath" / "fonts")
    for sheet in (whole / "assets" / "verimath").glob("*.css"):
        sheet.write_text(re.sub(r";unicode-range:[^}]*", "", sheet.read_text("utf-8")), "utf-8")
    pictures = []
    for folder in built, whole:
        with serve(folder) as host, visit(tabs.tab("quick"), host, "gradients/") as opened:
            opened.page.evaluate(ALL)
            opened.page.evaluate("document.fonts.ready.then(() => null)")
            pictures.append(opened.page.screenshot(full_page=True))
    one, other = (Image.open(io.BytesIO(picture)).convert("L") for picture in pictures)
    assert one.size == other.size
    # A rasteriser that hints by itself looks at all signs of a face, and may set one by a part of a pixel otherwise.
    levels = ImageChops.difference(one, other).histogram()
    assert sum(levels[1:]) < 1e-4 * sum(levels)


FACES = "[...document.fonts].filter((face) => /AMS/.test(face.family) && face.status === 'loaded').length"
LAYS_OUT = f"{ALL}; document.body.offsetTop; document.fonts.status"


def test_paper_has_the_faces_of_what_was_not_seen(tabs: Tabs, site: str) -> None:
    """They are asked for once the page is there: a browser that prints waits for none."""
    tab = tabs.tab("quick-paper")
    tab.goto(site + LATE, wait_until="load")
    tab.wait_for_function(f"() => {FACES} > 0")
    tab.wait_for_function("() => document.fonts.status === 'loaded'")
    assert tab.evaluate(LAYS_OUT) == "loaded"
    tab.route("**/folds.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    tab.goto(site + LATE, wait_until="load")
    tab.evaluate("document.fonts.ready.then(() => null)")
    assert tab.evaluate(FACES) == 0
    assert tab.evaluate(LAYS_OUT) == "loading"
    tab.unroute("**/folds.js")


BUTTONS = "nav.md-code__nav"
ON_WHAT_IS_SKIPPED = f"""() => [...document.querySelectorAll(".vm-section {BUTTONS}")]
  .filter((buttons) => !buttons.checkVisibility({{ contentVisibilityAuto: true }})).length"""


def test_code_has_its_button_when_it_comes_near(tabs: Tabs, site: str) -> None:
    """A theme measures code when it gives it one, and what isn't near would be laid out for that."""
    tab = tabs.tab("quick-code")
    with visit(tab, site, PAGE) as opened:
        opened.page.wait_for_load_state("networkidle")
        assert opened.page.evaluate(ON_WHAT_IS_SKIPPED) == 0
        last = opened.page.locator(".vm-section pre:visible").last
        last.scroll_into_view_if_needed()
        last.locator(BUTTONS).wait_for(state="attached")
        names = opened.page.evaluate(f"[...document.querySelectorAll('{BUTTONS}')].map((each) => each.ariaLabel)")
        assert len(names) == len({*names}) > 0

    def at_once(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace(quick.WAITS, ""))

    tab.route(f"**/{PAGE}", at_once)
    with visit(tab, site, PAGE) as opened:
        opened.page.wait_for_function(f"() => ({ON_WHAT_IS_SKIPPED})() > 0")
    tab.unroute(f"**/{PAGE}")


TITLE = "[...document.querySelectorAll('.vm-section h2[id]')].at(-1)"
ENTRY = "[...document.querySelectorAll('.md-nav--secondary .md-nav__link--active')].at(-1)?.hash"


def test_a_table_of_contents_lays_nothing_out_and_follows_all_the_same(page: Page) -> None:
    page.wait_for_load_state("networkidle")
    assert page.evaluate(f"{TITLE}.offsetTop") == 0
    page.evaluate(f"{TITLE}.scrollIntoView()")
    page.wait_for_function(f"() => {TITLE}.offsetTop > 0")
    page.wait_for_function(f"() => decodeURIComponent({ENTRY} ?? '') === '#' + {TITLE}.id")
    for way in ("0", "document.body.scrollHeight"):
        page.evaluate(f"scrollTo(0, {way})")
        page.wait_for_timeout(200)
    page.wait_for_function(f"() => {ENTRY} !== undefined")
    page.evaluate("scrollTo(0, 0)")
    page.wait_for_function(f"() => decodeURIComponent({ENTRY} ?? '') !== '#' + {TITLE}.id")


RESTYLED = """() => {
  const page = document.documentElement;
  document.body.offsetTop;
  page.classList.toggle("any-class");
  document.body.offsetTop;
}"""


def test_a_class_of_the_whole_page_restyles_no_formula(page: Page) -> None:
    """A theme's script exchanges one when all is there; one rule that could hold for anything would be enough."""
    counts = []
    page.evaluate(ALL)
    for style in ("", "table:not([class]) td > :first-child { color: inherit }"):
        styled(page, style)
        page.evaluate(RESTYLED)
        browser = page.context.browser
        assert browser is not None
        browser.start_tracing(page=page, categories=["devtools.timeline"])
        page.evaluate(RESTYLED)
        events = json.loads(browser.stop_tracing())["traceEvents"]
        seen = [each["args"].get("elementCount", 0) for each in events if each["name"] == "UpdateLayoutTree"]
        counts.append(max(seen, default=0))
    everything = page.evaluate("document.getElementsByTagName('*').length")
    assert counts[0] < everything / 10 < counts[1]


@pytest.mark.parametrize("dark", [False, True])
def test_scroll_bars_are_dark_where_the_page_is(tabs: Tabs, site: str, dark: bool) -> None:
    with visit(tabs.tab("quick"), site, PAGE, dark=dark) as opened:
        opened.page.wait_for_function(
            f"(document.querySelector('meta[name=color-scheme]')?.content === 'dark') === {str(dark).lower()}"
        )
        # As it is when a reader chooses the other one.
        opened.page.evaluate(f"document.getElementById('__palette_{1 if dark else 2}').click()")
        opened.page.wait_for_function(
            f"(document.querySelector('meta[name=color-scheme]')?.content === 'dark') === {str(not dark).lower()}"
        )


def test_colours_change_at_once_as_the_theme_has_it(page: Page) -> None:
    """No link, button or summary fades while the scheme changes."""
    page.evaluate("document.body.setAttribute('data-md-color-switching', '')")
    durations = page.evaluate(
        """() => [...document.querySelectorAll("body *:not(.katex *)")]
          .filter((part) => getComputedStyle(part).transitionDuration.split(", ").some((time) => parseFloat(time)))
          .filter((part) => /color|background|all/.test(getComputedStyle(part).transitionProperty))
          .map((part) => `${part.localName}.${part.className}`)"""
    )
    page.evaluate("document.body.removeAttribute('data-md-color-switching')")
    assert sorted({*durations}) == []


def test_no_page_meets_a_rule_that_went(tabs: Tabs, built: Path, site: str) -> None:
    """Of the theme's style sheet, also while its search is open and a drawer is out."""
    theme = Path(str(files("material"))) / "templates" / "assets" / "stylesheets"
    [whole] = theme.glob("main.*.min.css")
    kept = selectors((built / "assets" / "stylesheets" / whole.name).read_text("utf-8"))
    gone = sorted(selectors(quick.fading(whole.read_text("utf-8"))) - kept)
    assert len(gone) > 100
    for address in ("", PAGE, "language/", "training/", "reliability/", "gradients/", "404.html"):
        with visit(tabs.tab("quick"), site, address) as opened:
            for action in ("", "document.querySelector('[for=__search]').click()", "__drawer.click()"):
                opened.page.evaluate(action or "null")
                met = opened.page.evaluate(MEETS, gone)
                assert met == []


MEETS = """selectors => selectors.filter((each) => {
  const plain = each.replace(/:(hover|focus(-within|-visible)?|active|:?before|:?after)\\b/g, "");
  try { return document.querySelector(plain) } catch { return false }
})"""


def selectors(style: str) -> set[str]:
    """Those of a style sheet, in conditions too."""

    def of(rules: Iterable[Node]) -> Iterator[str]:
        for rule in rules:
            if unused.is_named(rule, unused.NESTING):
                yield from of(rule.content)
            elif isinstance(rule, QualifiedRule):
                yield from map(unused.text_of, unused.split(rule.prelude, ","))

    rules = unused.rules_of(style)
    assert rules
    return {*of(rules)}
