"""Whoever comes by an anchor that moved to another page is led there, or, without scripts, finds the link."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.visit import Tabs

MOVED = {
    "gradients/#grad-w": "gradients-weights/#grad-w",
    "softmax/#la-jacobienne": "softmax-derivatives/#la-jacobienne",
}


@pytest.mark.parametrize("old", MOVED)
def test_an_anchor_that_moved_leads_on(tabs: Tabs, site: str, old: str) -> None:
    page = tabs.tab("moved")
    page.goto(site + old)
    expect(page).to_have_url(site + MOVED[old])


def test_one_that_is_there_does_not(tabs: Tabs, site: str) -> None:
    page = tabs.tab("moved")
    page.goto(site + "gradients/#loss-logits-vector", wait_until="load")
    expect(page).to_have_url(site + "gradients/#loss-logits-vector")


def test_without_scripts_there_is_a_link(tabs: Tabs, site: str) -> None:
    page = tabs.tab("moved", scripts=False)
    page.goto(site + "gradients/#grad-w")
    link = page.locator(".moved a:visible")
    expect(link).to_have_count(1)
    expect(link).to_have_text("Le gradient des poids")
