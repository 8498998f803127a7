"""The English edition as its readers get it, and the way from one edition to the other and back."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from playwright.sync_api import Page, expect

from tests.browser.gates import accessibility, layout, mathml, policy, sections
from tests.browser.site import ENGLISH, NOT_FOUND, PAGES
from tests.browser.visit import DESKTOP, PHONE, Tabs, explored, visit

READ = [*ENGLISH, f"en/{NOT_FOUND}"]
# Words of the French interface.
FRENCH = re.compile(
    r"\b(?:vérifiée|tirages?|affirmation|déclaration|Télécharger|Citer|Licence :|Recherche|Documentation|défini en|"
    r"Équation|Suivant|Précédent|Sommaire|classe|bonne réponse|écart|membre)\b"
)


def switch(page: Page, language: str) -> None:
    """Go to the other edition, as a reader does."""
    page.locator(".md-header .md-select").hover()
    with page.expect_navigation(wait_until="load"):
        page.locator(f".md-select__link[hreflang={language}]").click()


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
@pytest.mark.parametrize("address", READ)
def test_an_english_page_has_no_fault(tabs: Tabs, site: str, address: str, width: int) -> None:
    with visit(tabs.tab("english"), site, address, width) as opened:
        assert opened.log.faults(opened.page) == []
        assert policy.faults(opened.page) == []
        assert opened.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert sections.faults(opened.page) == []
        assert accessibility.faults(opened.page) == []
        assert layout.faults(opened.page) == []
        assert mathml.faults(opened.page) == []
        assert opened.page.locator("html").get_attribute("lang") == "en"


def said(built: Path, address: str) -> list[str]:
    """French words of the interface on a finished page, but for its text, its code and what is marked as French."""
    html = (built / address / "index.html").read_text("utf-8")
    html = re.sub(r"<(pre|script|code)\b.*?</\1>|<!--.*?-->", " ", html, flags=re.DOTALL)
    attributes = " ".join(re.findall(r"(?:aria-label|title|placeholder|data-words)=\"([^\"]*)\"", html))
    return FRENCH.findall(attributes + re.sub("<[^>]*>", " ", html))


@pytest.mark.parametrize("address", [address for address in ENGLISH if "glossary" not in address])
def test_the_interface_of_an_english_page_is_english(built: Path, address: str) -> None:
    assert said(built, address) == []


def test_a_french_word_is_seen(built: Path) -> None:
    assert {"vérifiée", "tirages", "Citer"} <= {*said(built, "softmax/")}


@pytest.mark.parametrize("address", ["", "softmax/", "language/"])
def test_the_switch_stays_on_the_page(tabs: Tabs, site: str, address: str) -> None:
    page = tabs.tab("english")
    page.set_viewport_size({"width": DESKTOP, "height": 800})
    page.goto(site + address, wait_until="load")
    switch(page, "en")
    assert page.url == f"{site}en/{address}"
    switch(page, "fr")
    assert page.url == site + address


def test_the_switch_stays_at_the_equation(tabs: Tabs, site: str) -> None:
    page = tabs.tab("english")
    page.goto(f"{site}softmax/#softmax-shift", wait_until="load")
    switch(page, "en")
    assert page.url == f"{site}en/softmax/#softmax-shift"
    expect(page.locator("#softmax-shift")).to_be_in_viewport()


def test_the_switch_stays_where_one_reads(tabs: Tabs, site: str) -> None:
    page = tabs.tab("english")
    page.goto(f"{site}gradients/", wait_until="load")
    page.locator("#loss-logits-vector").evaluate("it => it.scrollIntoView({ block: 'start', behavior: 'instant' })")
    switch(page, "en")
    assert re.search(r"en/gradients/#\S+$", page.url)
    expect(page.locator("#loss-logits-vector")).to_be_in_viewport()


def test_the_switch_stays_at_a_heading_whose_anchor_is_another_word(tabs: Tabs, site: str) -> None:
    page = tabs.tab("english")
    page.goto(f"{site}contributing/#les-tests", wait_until="load")
    switch(page, "en")
    expect(page).to_have_url(f"{site}en/contributing/#the-tests")
    switch(page, "fr")
    expect(page).to_have_url(f"{site}contributing/#les-tests")


def test_without_scripts_the_switch_leads_to_the_page(tabs: Tabs, site: str) -> None:
    page = tabs.tab("english", scripts=False)
    page.goto(f"{site}softmax/")
    assert page.locator(".md-select__link[hreflang=en]").get_attribute("href") == "../en/softmax/"


def test_an_address_that_does_not_exist_is_answered_in_its_language(tabs: Tabs, site: str, built: Path) -> None:
    page = tabs.tab("english")
    # As hosts do, which have one page for all that they don't find.
    page.route(re.compile("nowhere/$"), lambda route: route.fulfill(status=404, path=built / NOT_FOUND))
    page.goto(f"{site}en/nowhere/")
    expect(page.locator("h1")).to_have_text("404: this page doesn’t exist")
    page.goto(f"{site}nowhere/")
    expect(page.locator("h1")).to_have_text("404\N{NO-BREAK SPACE}: cette page n’existe pas")
    page.unroute_all()


def test_every_page_leads_to_its_twin(built: Path) -> None:
    for address in PAGES:
        for folder, code, other in (("", "en", "en/"), ("en/", "fr", "")):
            html = (built / folder / address / "index.html").read_text("utf-8")
            [to] = re.findall(rf'<a href="([^"]*)" hreflang="{code}" class="md-select__link"', html)
            here = built / folder / address
            assert (here / unquote(to)).resolve() == (built / other / address).resolve()


def test_every_handout_leads_to_its_twin(built: Path) -> None:
    papers = [path.relative_to(built) for path in built.rglob("handout.html")]
    for paper in papers:
        is_english = paper.parts[0] == "en"
        html, code = (built / paper).read_text("utf-8"), "fr" if is_english else "en"
        [to] = re.findall(rf'<a href="([^"]*)" hreflang="{code}" class="md-select__link"', html)
        twin = paper.relative_to("en") if is_english else Path("en") / paper
        assert (built / paper.parent / unquote(to)).resolve() == (built / twin).resolve()
        assert (built / twin).is_file()
    assert len(papers) > 20


def test_the_explorer_speaks_english(tabs: Tabs, site: str) -> None:
    with visit(tabs.tab("english"), site, "en/gradients/", DESKTOP) as opened:
        slider = explored(opened.page).get_by_role("slider", name="score, class 1")
        slider.focus()
        slider.press("End")
        expect(slider).to_have_attribute("aria-valuetext", "6.00")
        expect(opened.page.get_by_role("button", name="Take a gradient step")).to_be_visible()


def test_the_search_is_of_each_edition(built: Path) -> None:
    french, english = (
        json.loads((built / folder / "search" / "search_index.json").read_text("utf-8")) for folder in ("", "en")
    )
    assert french["config"]["lang"] == ["fr"]
    assert english["config"]["lang"] == ["en"]
    titles = [{entry["title"] for entry in index["docs"]} for index in (french, english)]
    assert "The steepest slope" in titles[1] - titles[0]
    assert "La plus grande pente" in titles[0] - titles[1]


def test_figures_are_in_the_page_s_language(built: Path) -> None:
    for folder, word in (("", "avance de son logit"), ("en/", "lead of its logit")):
        assert word in (built / folder / "loss" / "index.html").read_text("utf-8")
        files = (built / folder / "assets/verimath/drawings").glob("*.svg")
        assert any(word in file.read_text("utf-8") for file in files)
