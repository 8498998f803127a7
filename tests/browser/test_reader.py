"""What a reader does with equations: verdicts, symbols, references, lists, search, by pointer and by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.gates import accessibility
from tests.browser.visit import DESKTOP, PHONE, Tabs, Visit, styled, visit

PAGE, LABEL = "gradients-weights/", "grad-w"
BUBBLE = "#vm-bubble"
# Where each glyph of all formulas lies, to the hundredth of a pixel: of those that can be seen, since what is folded
# has its faces when they come.
PLACES = """() => [...document.querySelectorAll(":is(.vm-equation, .vm-inline) .katex-html *")]
  .filter((part) => part.checkVisibility())
  .map((part) => { const { x, y, width } = part.getBoundingClientRect();
                   return [x, y + scrollY, width].map((number) => Math.round(number * 100)); })"""
# A section that is far away is only about as high as it is.
ALL = "document.querySelectorAll('.vm-section').forEach(box => (box.style.contentVisibility = 'visible'))"
FOCUSABLE = "[aria-hidden=true] :is(a[href], button, input, select, summary, [tabindex])"


@pytest.fixture
def opened(tabs: Tabs, site: str) -> Iterator[Visit]:
    with visit(tabs.tab("reader"), site, PAGE) as opened:
        yield opened


@pytest.fixture
def page(opened: Visit) -> Page:
    return opened.page


def formula(page: Page, label: str = LABEL) -> None:
    """Go to a formula as the keyboard does."""
    page.locator(f"#{label} .vm-formula").focus()


def press(page: Page, key: str) -> str:
    """What is said once a key is pressed."""
    before = page.evaluate("document.querySelector('.vm-spoken')?.textContent ?? ''")
    page.keyboard.press(key)
    page.wait_for_function("said => document.querySelector('.vm-spoken')?.textContent !== said", arg=before)
    return page.locator(".vm-spoken").inner_text()


# Verdicts


def test_a_verdict_unfolds_and_steps_through_trials(page: Page) -> None:
    page.locator(f"#{LABEL} .vm-verdict summary").click()
    table = page.locator(f"#{LABEL} .vm-trial")
    first = table.inner_text()
    page.locator(f"#{LABEL} .vm-another").click()
    page.wait_for_function(
        "([label, before]) => document.querySelector(`#${label} .vm-trial`).innerText !== before", arg=[LABEL, first]
    )
    for _ in range(2):
        page.locator(f"#{LABEL} .vm-another").click()
    page.wait_for_function(
        "([label, before]) => document.querySelector(`#${label} .vm-trial`).innerText === before", arg=[LABEL, first]
    )


def test_a_verdict_opens_without_scripts_and_by_keyboard(tabs: Tabs, site: str) -> None:
    with visit(tabs.tab("reader", scripts=False), site, PAGE) as opened:
        summary = opened.page.locator(f"#{LABEL} .vm-verdict summary")
        summary.focus()
        opened.page.keyboard.press("Enter")
        assert opened.page.locator(f"#{LABEL} .vm-trial").is_visible()
        assert opened.page.locator(f"#{LABEL} .vm-another").count() == 0


# Symbols


def test_arrow_keys_say_each_symbol_in_turn(page: Page) -> None:
    formula(page)
    said = [press(page, "ArrowRight") for _ in range(4)]
    assert [part.split(" ")[0] for part in said[1:]] == ["X", "S", "Y"]
    assert "ligne" in said[1]
    assert page.locator(BUBBLE).is_visible()
    assert press(page, "ArrowLeft") == said[2]
    page.keyboard.press("Escape")
    assert page.locator(BUBBLE).is_hidden()
    assert page.locator(".vm-same, .vm-current").count() == 0


def test_pointing_at_a_symbol_marks_it_in_the_code_too(page: Page) -> None:
    page.locator(f"#{LABEL} .mathnormal", has_text="Y").first.hover()
    page.locator(BUBBLE).wait_for()
    assert "Y" in page.locator(BUBBLE).inner_text()
    assert {*page.locator(".highlight .vm-same").all_text_contents()} == {"Y"}
    # The bubble can be pointed at, and stays.
    page.locator(BUBBLE).hover()
    page.wait_for_timeout(500)
    assert page.locator(BUBBLE).is_visible()
    page.locator("h1").hover()
    page.locator(BUBBLE).wait_for(state="hidden")


def test_a_formula_in_the_text_answers_too_and_a_letter_without_meaning_does_not(page: Page) -> None:
    page.locator("p .vm-inline .mathnormal", has_text="W").first.hover()
    page.locator(BUBBLE).wait_for()
    page.keyboard.press("Escape")
    page.locator("p .vm-inline .mathnormal", has_text="k").first.hover()
    page.wait_for_timeout(500)
    assert page.locator(BUBBLE).is_hidden()


def test_nothing_moves_and_nothing_hidden_is_focusable(tabs: Tabs, site: str, page: Page) -> None:
    formula(page)
    press(page, "ArrowRight")
    page.evaluate(ALL)
    marked = page.evaluate(PLACES)
    assert page.locator(FOCUSABLE).count() == 0
    assert page.locator(".vm-formula [tabindex], .vm-inline [tabindex]").count() == 0
    with visit(tabs.tab("plain"), site, PAGE) as opened:
        opened.page.evaluate("document.querySelectorAll('.vm-verdict').forEach(box => (box.open = false))")
        opened.page.evaluate(ALL)
        plain = opened.page.evaluate(PLACES)
    assert len(marked) == len(plain)
    # Where one stands on the page doesn't count: the keyboard may have scrolled.
    assert marked == plain
    styled(page, ".vm-same { padding: 1px }")
    assert page.evaluate(PLACES) != plain


def test_copying_a_marked_formula_gives_latex(page: Page) -> None:
    formula(page)
    press(page, "ArrowRight")
    copied = page.evaluate(
        """label => { const box = document.querySelector(`#${label} .katex`);
          getSelection().selectAllChildren(box);
          const event = new ClipboardEvent("copy", { clipboardData: new DataTransfer(), bubbles: true });
          box.dispatchEvent(event);
          return event.clipboardData.getData("text/plain"); }""",
        LABEL,
    )
    assert r"\frac{\partial L}{\partial W} = X^\top" in copied


# References


def test_a_reference_shows_its_equation_with_its_mathml(page: Page) -> None:
    link = page.locator("a.vm-ref[href*='logits-index']").first
    link.hover()
    page.locator(f"{BUBBLE} math").wait_for(state="attached")
    assert link.get_attribute("aria-describedby") == "vm-bubble"
    page.keyboard.press("Escape")
    assert page.locator(BUBBLE).is_hidden()


def test_a_word_of_the_glossary_shows_its_meaning(tabs: Tabs, site: str) -> None:
    with visit(tabs.tab("reader"), site, "glossary/") as opened:
        opened.page.locator("dd a[href='#pas-complexe']").first.hover()
        opened.page.locator(BUBBLE).wait_for()
        assert len(opened.page.locator(BUBBLE).inner_text()) > 20


# Lists and search


def test_the_index_is_filtered(tabs: Tabs, site: str) -> None:
    with visit(tabs.tab("reader"), site, "equations/") as opened:
        rows = opened.page.locator(".vm-index tbody tr:visible")
        all_rows = rows.count()
        page, role, symbol = opened.page.locator(".vm-filter select").all()
        role.select_option("déclaration")
        some = rows.count()
        assert 0 < some < all_rows
        symbol.select_option("W")
        assert 0 < rows.count() < some
        page.select_option("Le contexte")
        assert rows.count() == int(opened.page.locator(".vm-filter output").inner_text().split()[0])


SEARCHES = [
    ("∂L/∂W", "#grad-w"),
    ("dL/dW", "#grad-w"),
    ("∂L/∂λ", "#loss-logits-vector"),
    ("X^T (S - Y)", "#grad-w"),
    ("S - Y", "#loss-logits-vector"),
    ("S-Y", "#loss-logits-vector"),
    ("DKL", "#kl-nonnegative"),
    ("dL/dW = X^T (S - Y)", "#grad-w"),
    ("grad_W", "#grad-w"),
    ("111", "#grad-w"),
    ("5.12", "#chain-through-softmax"),
    ("(5.12)", "#chain-through-softmax"),
    ("règle de la chaîne", "#chain-rule"),
    ("regle de la chaine", "#chain-rule"),
]


@pytest.mark.parametrize(("query", "found"), SEARCHES)
def test_an_equation_is_found_by_what_is_typed(query: str, found: str, tabs: Tabs, site: str) -> None:
    with visit(tabs.tab("reader"), site, "") as opened:
        opened.page.locator("label[for=__search]:visible, .md-search__input:visible").first.click()
        opened.page.locator(".md-search__input").press_sequentially(query)
        # The search listens to keys, and a letter that no key has comes without one.
        opened.page.keyboard.press("Shift")
        first = opened.page.locator(".md-search-result__link[href*='#']").first
        first.wait_for()
        opened.page.wait_for_function(
            "found => document.querySelector(\".md-search-result__link[href*='#']\").href.endsWith(found)", arg=found
        )


# Everyone


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_axe_finds_nothing_while_a_bubble_is_open(tabs: Tabs, site: str, width: int, dark: bool) -> None:
    """The rest of the page is as it is without."""
    seen = (f"#{LABEL}", "#vm-bubble")
    with visit(tabs.tab("reader"), site, PAGE, width, dark) as opened:
        opened.page.locator(f"#{LABEL} .vm-verdict summary").click()
        formula(opened.page)
        press(opened.page, "ArrowRight")
        assert accessibility.as_it_stands(opened.page, seen) == []
        assert opened.log.faults(opened.page) == []
        styled(opened.page, "#vm-bubble * { color: #888 !important; background: #777 !important }")
        assert "color-contrast" in str(accessibility.as_it_stands(opened.page, seen))


def test_no_script_and_no_style_stands_in_what_the_tool_writes(built: Path) -> None:
    for path in built.rglob("index.html"):
        article = path.read_text("utf-8").partition("<article")[2].partition("</article>")[0]
        assert "<script" not in article, path
        assert "<style" not in article, path
        assert " onclick=" not in article, path
