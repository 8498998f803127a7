"""The derivation as one file: its contents are right, no formula is cut, what is folded is open, verdicts are kept."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from bench import pdf
from tests.browser.visit import Tabs, styled

# Formulas that are wider than their boxes; boxes that are folded; verdicts and what is left out.
SEEN = """() => (document.querySelector('main').style.width = `${(210 - 40) / 25.4 * 96}px`) && ({
  cut: [...document.querySelectorAll('.vm-formula')].filter(box => [...box.querySelectorAll('.katex-base')].some(
    base => base.getBoundingClientRect().right > box.getBoundingClientRect().right + 1)).length,
  folded: document.querySelectorAll('details:not([open])').length,
  verdicts: document.querySelectorAll('.vm-verdict').length,
  sheets: [...document.querySelectorAll('.chapter')].map(part => getComputedStyle(part).breakBefore),
  left: document.querySelectorAll('.headerlink, .explorer, .vm-evidence, nav').length,
  away: [...document.querySelectorAll('a[href^="#"]')].filter(
    link => !document.getElementById(link.getAttribute('href').slice(1))).map(link => link.hash),
})"""


@pytest.fixture(scope="module")
def page(tabs: Tabs, site: str) -> Page:
    return tabs.browser.new_context(color_scheme="light", locale="fr-FR", bypass_csp=True).new_page()


def test_contents_say_where_chapters_begin(page: Page, site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "CHAPTERS", ["loss", "two-classes"])
    html = "".join(pdf._chapter(page, site, name) for name in pdf.CHAPTERS)
    said = {"title": "A", "promise": "B", "contents": "C"}
    contents = pdf._contents({"loss": "L", "two-classes": "T"}, {"loss": 2, "two-classes": 9}, said)
    printed = pdf._printed(page, site, contents + html)
    starts = pdf.begins(printed)
    assert [*starts] == pdf.CHAPTERS
    assert starts["loss"] == 2
    assert 5 < starts["two-classes"] < len(pdf.sheets(printed))
    seen = page.evaluate(SEEN)
    assert (seen["cut"], seen["folded"], seen["left"]) == (0, 0, 0)
    assert seen["verdicts"] > 20
    assert seen["sheets"] == ["page", "page"]
    # What leads to other chapters leads nowhere in a file of two of them; all else is there.
    assert [to for to in seen["away"] if "loss--" in to or "two-classes--" in to] == []
    # Formulas that nothing makes smaller would be cut.
    styled(page, ".vm-formula .katex { font-size: 30px !important }")
    assert page.evaluate(SEEN)["cut"] > 0
