"""In a browser, beside each plugin in either order: formulas are set, numbers in order, references lead on."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.browser.server import serve
from tests.browser.visit import Tabs
from tests.ecosystem.sites import NEIGHBOURS, ORDERS, Neighbour
from tests.ecosystem.table import OK, TABLE, cell, read, table

CASES = [(neighbour, order) for neighbour in NEIGHBOURS for order in neighbour.orders]
# Those that a reader sees: set, and with a size.
SEEN = """(selector) => [...document.querySelectorAll(selector)].filter((each) => {
    const box = each.getBoundingClientRect();
    return box.width > 0 && box.height > 0;
}).length"""


@pytest.fixture(autouse=True)
def quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Material's announcement isn't what a build says."""
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")


@pytest.mark.parametrize(("neighbour", "order"), CASES, ids=lambda value: getattr(value, "name", value))
def test_a_site_beside_it(neighbour: Neighbour, order: str, tmp_path: Path, tabs: Tabs) -> None:
    neighbour.write(tmp_path, order)
    said = neighbour.built(tmp_path)
    assert neighbour.says in said
    assert bool(said) == bool(neighbour.says), said
    assert read(TABLE.read_text("utf-8"))[neighbour.name][ORDERS.index(order)] == cell(neighbour)
    if said:
        return
    page = tabs.tab("ecosystem")
    with serve(tmp_path / "site") as host:
        page.goto(host + neighbour.seen)
        displayed, inline = neighbour.formulas
        assert page.evaluate(SEEN, ".vm-formula .katex") == displayed
        assert page.evaluate(SEEN, "article .vm-inline .katex, .vm-inline .katex") >= inline
        assert page.locator(".vm-number").all_inner_texts() == [*neighbour.numbers]
        assert "costs 5 $ a metre" in page.locator("body").inner_text()
        page.locator("a.vm-ref").first.click()
        page.wait_for_url("**#area")
        assert page.locator("#area .katex").first.is_visible()
        assert page.locator("#area").evaluate("(each) => each.getBoundingClientRect().top < innerHeight")


def test_what_is_not_set_is_seen(tmp_path: Path, tabs: Tabs) -> None:
    """The twin: the same page with its formulas taken out."""
    neighbour = NEIGHBOURS[0]
    neighbour.write(tmp_path, ORDERS[0])
    assert neighbour.built(tmp_path) == ""
    file = tmp_path / "site" / neighbour.seen
    file.write_text(file.read_text("utf-8").replace("katex", "hidden"), "utf-8")
    page = tabs.tab("ecosystem")
    with serve(tmp_path / "site") as host:
        page.goto(host + neighbour.seen)
        assert page.evaluate(SEEN, ".vm-formula .katex") == 0
    shutil.rmtree(tmp_path / "site")


def test_each_row_of_the_table_is_tried() -> None:
    assert {*read(TABLE.read_text("utf-8"))} == {neighbour.name for neighbour in NEIGHBOURS}
    assert OK in TABLE.read_text("utf-8")
    assert TABLE.read_text("utf-8") == table()
