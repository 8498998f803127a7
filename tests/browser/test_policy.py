"""No page breaks the policy that it says of itself, whatever a reader does on it; test_site.py opens them all."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.gates import policy
from tests.browser.server import serve
from tests.browser.site import NOT_FOUND, PAGES, base
from tests.browser.visit import Tabs, explored, visit
from verimath.site.policy import META
from verimath.site.quick import for_instant

CONFIG = re.compile(r'(<script id="__config" type="application/json">)(.*?)(</script>)')


@pytest.fixture(scope="module")
def tab(tabs: Tabs) -> Page:
    return tabs.tab("policy")


def search(page: Page) -> None:
    page.locator(".md-search__input").click()
    page.locator(".md-search__input").press_sequentially("softmax")
    page.locator(".md-search-result__item").first.wait_for()
    page.keyboard.press("Escape")


def palette(page: Page) -> None:
    for _ in range(3):
        page.locator("form[data-md-component=palette] label:visible").click()


def copy(page: Page) -> None:
    # It comes when its code does.
    page.locator("pre:visible").first.scroll_into_view_if_needed()
    page.locator(".md-clipboard, [data-md-type=copy]").first.evaluate("button => button.click()")
    page.keyboard.press("Control+a")
    page.keyboard.press("Control+c")


def tabbed(page: Page) -> None:
    page.locator(".tabbed-labels label").nth(1).click()


def explorer(page: Page) -> None:
    explored(page).locator(".explorer-bar input").first.focus()
    page.keyboard.press("ArrowRight")
    page.locator(".explorer-fill").first.wait_for()


def verdict(page: Page) -> None:
    page.locator(".vm-verdict summary").first.click()
    page.locator(".vm-another").first.click()


def preview(page: Page) -> None:
    page.locator("a.vm-ref").first.hover()
    page.locator("#vm-bubble:not([hidden])").wait_for()


def symbol(page: Page) -> None:
    page.locator("#grad-w .vm-formula").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => document.querySelector('.vm-spoken')?.textContent")


def print_it(page: Page) -> None:
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint')); dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")


DEEDS: dict[str, tuple[str, Callable[[Page], None]]] = {
    "search": ("", search),
    "palette": ("gradients-weights/", palette),
    "copy": ("gradients-weights/", copy),
    "tabs": ("gradients-weights/", tabbed),
    "explorer": ("gradients/", explorer),
    "verdict": ("gradients-weights/", verdict),
    "preview": ("gradients-weights/", preview),
    "symbol": ("gradients-weights/", symbol),
    "print": ("sheet/", print_it),
    "search from a missing page": (NOT_FOUND, search),
}


@pytest.mark.parametrize("deed", DEEDS)
def test_what_a_reader_does_breaks_no_policy(tab: Page, site: str, deed: str) -> None:
    address, do = DEEDS[deed]
    with visit(tab, site, address) as opened:
        do(opened.page)
        opened.page.wait_for_load_state("networkidle")
        assert policy.faults(opened.page) == []
        assert [each for each in opened.log.found if NOT_FOUND not in each] == []


def test_every_page_says_the_same_policy(built: Path) -> None:
    pages = [path.read_text("utf-8") for path in built.rglob("*.html")]
    said = [META.findall(html) for html in pages]
    assert len(pages) > len(PAGES)
    assert {len(each) for each in said} == {1}
    [(same,)] = {tuple(each) for each in said}
    assert "default-src 'none'" in same
    assert "unsafe-inline" not in same.replace("style-src-attr 'unsafe-inline'", "")
    assert "unsafe-eval" not in same


def test_what_a_policy_forbids_is_seen(tab: Page, site: str, built: Path) -> None:
    with visit(tab, site, "") as opened:
        opened.page.evaluate("document.body.append(Object.assign(document.createElement('script'), {text: 'x = 1'}))")
        opened.page.wait_for_function("() => window.violations")
        assert policy.faults(opened.page)[0].startswith("script-src-elem: inline")
        assert opened.log.found


@pytest.fixture(scope="module")
def instant(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The site as it is with the theme's instant navigation, which a page's data turn on."""
    folder = tmp_path_factory.mktemp("instant") / "site"
    shutil.copytree(built, folder)

    def turned_on(found: re.Match[str]) -> str:
        data = json.loads(found[2])
        return f"{found[1]}{json.dumps({**data, 'features': [*data['features'], 'navigation.instant']})}{found[3]}"

    for path in folder.rglob("*.html"):
        path.write_text(for_instant(CONFIG.sub(turned_on, path.read_text("utf-8"))), "utf-8")
    with serve(folder, base(built)) as host:
        urls = "".join(f"<url><loc>{host}{address}</loc></url>" for address in PAGES)
        sitemap = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'
        (folder / "sitemap.xml").write_text(sitemap, "utf-8")
        yield host


def test_instant_navigation_breaks_no_policy(tab: Page, instant: str) -> None:
    with visit(tab, instant, "") as opened:
        page = opened.page
        opened.page.wait_for_load_state("networkidle")
        page.evaluate("window.isTheSame = true")
        title = page.title()
        for name in ("softmax", "gradients-weights", "context"):
            link = page.locator(f".md-nav--primary a[href$='{name}/'], .md-tabs a[href$='{name}/']").first
            link.evaluate("link => link.click()")
            page.wait_for_url(f"**/{name}/")
            page.wait_for_function("before => document.title !== before", arg=title)
            title = page.title()
            page.locator(".vm-inline").first.wait_for(state="attached")
            assert page.evaluate("window.isTheSame"), "the page was loaded anew"
        # What was held back since the first page is found from the last one, in another folder.
        search(page)
        assert page.evaluate("window.isTheSame")
        assert policy.faults(page) == []
        assert opened.log.found == []


@pytest.mark.parametrize("path", ["/", "/a/b/"])
def test_the_folder_works_from_any_path(tab: Page, built: Path, path: str) -> None:
    """A plain server that knows nothing of the site: no address of a page begins at the root."""
    with serve(built, path) as host:
        for address in ("", "gradients-weights/"):
            with visit(tab, host, address) as opened:
                search(opened.page)
                with opened.page.expect_navigation():
                    opened.page.locator(".md-search-result__link").first.evaluate("link => link.click()")
                opened.page.wait_for_load_state("networkidle")
                assert opened.page.url.startswith(host)
                assert opened.log.faults(opened.page) == []
                assert policy.faults(opened.page) == []
