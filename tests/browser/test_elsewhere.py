"""What a reader does with equations on other themes, under a strict content policy, and in forced colours."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright import sync_api
from playwright.sync_api import Locator, Page

from tests.browser.server import serve
from tests.browser.visit import DESKTOP, PHONE, Tabs, Visit, visit

ROOT = Path(__file__).parents[2]
# A theme of nothing but what MkDocs hands over.
BARE = """\
<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{{ page.title }}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">
{% for path in config.extra_css %}<link rel="stylesheet" href="{{ path|url }}">{% endfor %}</head>
<body><main>{{ page.content }}</main>
{% for script in config.extra_javascript %}{{ script|script_tag }}{% endfor %}</body></html>
"""
# Nothing but files of the site. KaTeX places its glyphs by attributes.
POLICY = "default-src 'none'; script-src 'self'; style-src-elem 'self'; style-src-attr 'unsafe-inline'; "
POLICY += "font-src 'self'; img-src 'self' data:; connect-src 'self'"
THEMES = {
    "bare": "{name: null, custom_dir: theme}",
    "material": "{name: material, font: false}",
    "mkdocs": "{name: mkdocs, highlightjs: false}",
    "readthedocs": "{name: readthedocs, highlightjs: false}",
}
NAME = "<i>Both</i> & 'twice'"
HTML = '<img src=x onerror="document.title = 1"> & "quoted"'
FIRST = rf"""---
free_symbols: [k]
notation:
  - {{symbol: 'A', code: A, meaning: '{HTML}'}}
  - {{symbol: 'x', code: x, meaning: a row}}
---

# A product

Of a matrix $A$ and a letter $k$, see [](#claim).

```math {{#sets}}
m, n \in \mathbb{{N}}^*, \quad A \in \mathbb{{R}}^{{m \times n}}, \quad x \in \mathbb{{R}}^{{m}}
```

```math {{#product}}
\lambda_j \coloneqq \sum_{{i=1}}^{{m}} x_i A_{{ij}}
```

```python {{verifies="product"}}
--8<-- "code.py:product"

--8<-- "code.py:product-demo"
```
"""
SECOND = f"""---
builds_on: [index.md]
---

# A claim

```math {{#claim name="{NAME}"}}
\\lambda = x A
```

```math {{#twice}}
\\lambda + x A = 2 \\lambda
```
"""
CODE = """\
import numpy as np
# --8<-- [start:product]
def product(x, A):
    return x @ A
# --8<-- [end:product]

if __name__ == "__main__":
    # --8<-- [start:product-demo]
    print("<b>bold</b> & quoted:", product(np.ones(2), np.eye(2)))
    # --8<-- [end:product-demo]
"""
BUBBLE = "#vm-bubble"
OURS = [".vm-equation", ".vm-listed", ".vm-bubble", ".vm-inline", ".vm-legend", ".vm-snippet"]


def build(folder: Path, theme: str, plugins: str = "search, verimath") -> Path:
    """A site of two pages with equations, one of their list, and one without."""
    pages = {"index.md": FIRST, "claim.md": SECOND, "list.md": "---\nlists: equations\n---\n\n# List\n"}
    pages["again.md"] = '# Again\n\n```math {show="product"}\n```\n'
    for name, text in {**pages, "empty.md": "# Empty\n\nNothing.\n"}.items():
        (folder / "docs").mkdir(parents=True, exist_ok=True)
        (folder / "docs" / name).write_text(text, "utf-8")
    (folder / "snippets").mkdir()
    (folder / "snippets" / "code.py").write_text(CODE, "utf-8")
    (folder / "theme").mkdir()
    (folder / "theme" / "main.html").write_text(BARE, "utf-8")
    (folder / "former.txt").write_text("111 index/#product\n", "utf-8")
    (folder / "mkdocs.yml").write_text(
        f"site_name: Elsewhere\ntheme: {THEMES[theme]}\nplugins: [{'verimath' if theme == 'bare' else plugins}]\n"
        "nav: [index.md, claim.md, list.md, again.md, empty.md]\n"
        "markdown_extensions: [attr_list, pymdownx.superfences, pymdownx.highlight, {pymdownx.snippets: "
        "{base_path: [snippets]}}]\n",
        "utf-8",
    )
    path = os.pathsep.join(str(Path(part or ".").absolute()) for part in sys.path)
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--quiet"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert not done.returncode, done.stdout + done.stderr
    return folder / "site"


@pytest.fixture(scope="module", params=[*THEMES])
def host(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a site of each theme is served; that of nothing but ours under the strict policy."""
    site = build(tmp_path_factory.mktemp(request.param) / "project", request.param)
    with serve(site, policy=POLICY if request.param == "bare" else "") as host:
        yield host


@pytest.fixture
def first(tabs: Tabs, host: str) -> Iterator[Visit]:
    with visit(tabs.tab("elsewhere"), host, "") as opened:
        yield opened


def shows(page: Page, text: str) -> None:
    """Wait until the bubble is there and says this: what was shown before may still be there, or on its way."""
    page.wait_for_function(
        """([bubble, text]) => { const shown = document.querySelector(bubble);
          return shown?.checkVisibility() && shown.innerText.includes(text); }""",
        arg=[BUBBLE, text],
    )


def shown(page: Page) -> str:
    page.locator(BUBBLE).wait_for()
    return page.locator(BUBBLE).inner_text()


def test_all_of_it_is_there_on_any_theme(first: Visit) -> None:
    page = first.page
    page.locator("#product .vm-verdict summary").click()
    before = page.locator("#product .vm-trial").inner_text()
    page.locator("#product .vm-another").click()
    page.wait_for_function("was => document.querySelector('#product .vm-trial').innerText !== was", arg=before)
    page.locator("#product .mathnormal", has_text="x").first.hover()
    shows(page, "a row")
    page.keyboard.press("Escape")
    page.locator("#product .vm-formula").focus()
    page.keyboard.press("ArrowRight")
    shows(page, "λ")
    # The whole line is still to be seen.
    bubble, sum_below = page.locator(BUBBLE).bounding_box(), page.locator("#product .mop").first.bounding_box()
    assert bubble is not None
    assert sum_below is not None
    assert bubble["y"] >= sum_below["y"] + sum_below["height"] or bubble["y"] + bubble["height"] <= sum_below["y"]
    page.keyboard.press("Escape")
    page.locator("a.vm-ref").hover()
    page.locator(f"{BUBBLE}:visible .vm-display math").wait_for(state="attached")
    assert first.log.faults(page) == []


def test_the_keyboard_alone_does_all_of_it(first: Visit) -> None:
    page = first.page
    page.evaluate("document.querySelector('h1').tabIndex = -1; document.querySelector('h1').focus()")

    def to(selector: str) -> None:
        for _ in range(40):
            page.keyboard.press("Tab")
            if page.evaluate("selector => document.activeElement.matches(selector)", selector):
                return
        raise AssertionError(f"Tab doesn't reach {selector}")

    to("a.vm-ref")
    page.locator(f"{BUBBLE}:visible .vm-display math").wait_for(state="attached")
    page.keyboard.press("Escape")
    assert page.locator(BUBBLE).is_hidden()
    to("#product .vm-formula")
    page.keyboard.press("ArrowRight")
    shows(page, "λ")
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => document.querySelector('.vm-spoken').textContent.startsWith('m')")
    page.keyboard.press("Escape")
    to("#product .vm-verdict summary")
    page.keyboard.press("Enter")
    to("#product .vm-evidence a")
    page.locator(f"{BUBBLE}:visible .vm-display math").wait_for(state="attached")
    page.keyboard.press("Escape")
    to("#product .vm-another")
    before = page.locator("#product .vm-trial").inner_text()
    page.keyboard.press("Enter")
    page.wait_for_function("was => document.querySelector('#product .vm-trial').innerText !== was", arg=before)
    # What a symbol is defined by is one key away.
    page.locator("#product .vm-formula").focus()
    page.keyboard.press("ArrowLeft")
    shows(page, "(1)")
    page.keyboard.press("Enter")
    page.wait_for_url("**#sets")


def test_a_tap_shows_and_a_second_one_follows(tabs: Tabs, host: str) -> None:
    context = tabs.browser.new_context(has_touch=True, is_mobile=True, viewport={"width": PHONE, "height": 740})
    page = context.new_page()
    page.goto(host)
    page.locator("#product .mathnormal", has_text="x").first.tap()
    shows(page, "a row")
    page.wait_for_timeout(500)
    assert page.locator(BUBBLE).is_visible()
    box = page.locator(BUBBLE).bounding_box()
    assert box is not None
    assert 0 <= box["x"] <= box["x"] + box["width"] <= PHONE
    page.locator("h1").first.tap()
    page.locator(BUBBLE).wait_for(state="hidden")
    page.locator("a.vm-ref").tap()
    page.locator(f"{BUBBLE}:visible .vm-display math").wait_for(state="attached")
    assert page.url == host
    page.locator("a.vm-ref").tap()
    page.wait_for_url("**#claim")
    context.close()


def test_an_equation_shown_again_means_what_it_means_at_home(tabs: Tabs, host: str) -> None:
    with visit(tabs.tab("elsewhere"), host, "again/") as opened:
        opened.page.locator(".vm-shown .mathnormal", has_text="x").first.hover()
        shows(opened.page, "a row")
        assert opened.page.locator(f"{BUBBLE} a").evaluate("link => link.href") == f"{host}#sets"
        assert opened.log.faults(opened.page) == []


def test_names_meanings_and_outputs_are_text(tabs: Tabs, host: str, first: Visit) -> None:
    page = first.page
    assert "<b>bold</b> & quoted" in page.locator(".vm-output").inner_text()
    page.locator("#sets .mathnormal", has_text="A").first.hover()
    shows(page, HTML)
    page.keyboard.press("Escape")
    assert NAME in page.locator("a.vm-ref").inner_text()
    page.locator("a.vm-ref").hover()
    page.locator(f"{BUBBLE}:visible .vm-display math").wait_for(state="attached")
    assert NAME in page.locator(BUBBLE).inner_text()
    assert page.locator("img[src=x], i:text('Both'), .vm-snippet b").count() == 0
    assert page.title() != "1"
    with visit(tabs.tab("elsewhere"), host, "list/") as opened:
        assert NAME in opened.page.locator(".vm-index").inner_text()
        assert opened.page.locator("img[src=x]").count() == 0
        opened.page.locator(".vm-filter select").nth(1).select_option("claim")
        assert opened.page.locator(".vm-index tbody tr:visible").count() == 2


def test_where_there_is_nothing_to_show_nothing_breaks(tabs: Tabs, host: str, first: Visit) -> None:
    first.page.locator("p .vm-inline .mathnormal", has_text="k").hover()
    first.page.wait_for_timeout(400)
    assert first.page.locator(BUBBLE).count() == 0 or first.page.locator(BUBBLE).is_hidden()
    with visit(tabs.tab("elsewhere"), host, "empty/") as opened:
        opened.page.keyboard.press("Tab")
        opened.page.locator("h1").first.hover()
        assert opened.page.locator("[class^=vm-]:not(.vm-reader)").count() == 0
        assert opened.log.faults(opened.page) == []


@pytest.mark.parametrize("colours", [None, "active"])
@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_axe_finds_nothing_in_what_is_ours(
    tabs: Tabs, host: str, width: int, colours: str | None, request: pytest.FixtureRequest
) -> None:
    for address in ("", "claim/", "list/"):
        with visit(tabs.tab("elsewhere"), host, address, width) as opened:
            opened.page.emulate_media(forced_colors=colours or "none")  # type: ignore[arg-type]
            for summary in opened.page.locator(".vm-verdict summary").all():
                summary.click()
            if formula := opened.page.locator(".vm-formula").all():
                formula[-1].focus()
                opened.page.keyboard.press("ArrowRight")
                shown(opened.page)
            there = [part for part in OURS if opened.page.locator(part).count()]
            # What colour links have is said by a theme.
            rules = {} if "bare" in request.node.name else {"rules": {"color-contrast": {"enabled": False}}}
            found = Axe().run(opened.page, {"include": [[part] for part in there]}, rules).response["violations"]
            assert json.dumps(found, indent=1) == "[]"
            opened.page.emulate_media(forced_colors="none")


def search(box: Locator, typed: str, found: Locator) -> None:
    """Type into MkDocs' search until something is found: its script hears no key before its worker has the index."""
    for _ in range(10):
        box.fill("")
        box.press_sequentially(typed)
        with suppress(sync_api.TimeoutError):
            found.first.wait_for(timeout=3000)
            return
    pytest.fail(f"{typed} isn't found")


def test_numbers_are_found_in_a_language_whose_words_have_no_digits(
    tabs: Tabs, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """So does MkDocs' own search take French, and most languages but English."""
    plugins = "{search: {lang: fr}}, {verimath: {former: former.txt}}"
    site = build(tmp_path_factory.mktemp("french") / "project", "mkdocs", plugins)
    with serve(site) as host, visit(tabs.tab("elsewhere"), host, "") as opened:
        opened.page.locator(
            "[data-target='#mkdocs_search_modal'], [data-bs-target='#mkdocs_search_modal']"
        ).first.click()
        box = opened.page.locator("#mkdocs-search-query")
        box.wait_for()
        found = opened.page.locator("#mkdocs-search-results a[href*='#']")
        for typed in ("111", "(111)"):
            search(box, typed, found)
            assert [link.get_attribute("href") for link in found.all()] == ["./#product"]


# The other themes have none, or another one.
@pytest.mark.parametrize("host", ["mkdocs", "readthedocs"], indirect=True)
def test_the_search_of_mkdocs_finds_equations(tabs: Tabs, host: str) -> None:
    with visit(tabs.tab("elsewhere"), host, "") as opened:
        page = opened.page
        if page.locator("#mkdocs_search_modal").count():
            page.locator("[data-target='#mkdocs_search_modal'], [data-bs-target='#mkdocs_search_modal']").first.click()
            box = page.locator("#mkdocs-search-query")
            box.wait_for()
        else:
            box = page.locator("#rtd-search-form input[name=q]")
        typed, found = "λ_j := ∑_(i=1)^m", page.locator("#mkdocs-search-results a[href$='#product']")
        if page.locator("#rtd-search-form").count():
            box.press_sequentially(typed)
            box.press("Enter")
            found.first.wait_for()
        else:
            search(box, typed, found)
