"""The explorer of softmax: its numbers are those of the snippets, and it is moved by mouse, keyboard and touch."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module

import numpy as np
import pytest
from playwright.sync_api import Page, Request, expect

from tests.browser.gates import accessibility
from tests.browser.visit import DESKTOP, PHONE, Tabs, explored, visit

PAGES = ["", "softmax/", "gradients/"]
CLOSE = 1e-12
# What the module computes of scores, an answer that counts from 0 and a temperature.
COMPUTED = """async cases => {
  const beside = document.querySelector("script[src$='/site.js']").src;
  const { softmax, loss, difference, stepped } = await import(new URL("explorer.js", beside));
  return cases.map(([scores, answer, tau]) => [
    softmax(scores, tau), [loss(scores, answer, tau)], difference(scores, answer, tau), stepped(scores, answer, tau),
  ].flat());
}"""

# Of the lowest of what a finger has to meet, in pixels.
HEIGHTS = """box => Math.min(...[...box.querySelectorAll('[type=range], label, button')].map(
  each => each.getBoundingClientRect().height))"""


@pytest.fixture(scope="module", params=[DESKTOP, PHONE])
def opened(request: pytest.FixtureRequest, tabs: Tabs, site: str) -> Iterator[Page]:
    with visit(tabs.tab("explorer"), site, "gradients/", request.param) as visited:
        yield explored(visited.page)


def expected(scores: list[float], answer: int, tau: float) -> list[float]:
    """The same by the snippets, which the equations of the pages verify."""
    logits = np.array(scores) / tau
    S = import_module("softmax").softmax(logits)
    difference = import_module("gradients").grad_logits(S, import_module("context").one_hot(answer + 1, len(scores)))
    loss = import_module("loss_stable").loss_from_logits(logits, answer + 1)
    return [*S, loss, *difference, *(np.array(scores) - difference / tau)]


def worst(page: Page, wrong: float = 0.0) -> float:
    """How far the module and the snippets are apart, relative to what is larger than 1."""
    draws = np.random.default_rng(0)
    cases: list[tuple[list[float], int, float]] = [
        ([float(score) for score in draws.uniform(-6, 6, 3)], int(draws.integers(3)), float(draws.uniform(0.2, 5)))
        for _ in range(200)
    ]
    cases += [([0.0, 0.0, 0.0], 1, 1.0), ([6.0, -6.0, -6.0], 0, 0.2), ([6.0, -6.0, -6.0], 1, 0.2)]
    cases += [([800.0, 0.0, -800.0], 2, 1.0)]
    found = page.evaluate(COMPUTED, cases)
    pairs = zip(found, (expected(scores, answer, tau) for scores, answer, tau in cases), strict=True)
    apart = [np.abs(np.array(a) + wrong - np.array(b)) / np.maximum(1, np.abs(b)) for a, b in pairs]
    return float(np.max(apart))


def test_its_numbers_are_those_of_the_snippets(opened: Page) -> None:
    assert worst(opened) < CLOSE
    assert worst(opened, 1e-11) > CLOSE


def numbers(page: Page) -> list[str]:
    return page.locator(".explorer-live .explorer-number").all_inner_texts()


def test_keys_move_a_score_and_all_that_follows(opened: Page) -> None:
    opened.get_by_role("button", name="Recommencer").click()
    before = numbers(opened)
    slider = opened.get_by_role("slider", name="score, classe 1")
    slider.focus()
    slider.press("ArrowRight")
    assert numbers(opened)[0] == "0,6"
    assert numbers(opened)[1] != before[1]
    slider.press("End")
    expect(slider).to_have_attribute("aria-valuetext", "6,00")


def test_a_drag_moves_a_score(opened: Page) -> None:
    opened.get_by_role("button", name="Recommencer").click()
    slider = opened.get_by_role("slider", name="score, classe 2")
    slider.evaluate("slider => slider.scrollIntoView({ block: 'center', behavior: 'instant' })")
    box = slider.bounding_box()
    assert box
    y = box["y"] + box["height"] / 2
    opened.mouse.move(box["x"] + box["width"] / 2, y)
    opened.mouse.down()
    opened.mouse.move(box["x"] + box["width"] - 2, y)
    opened.mouse.up()
    assert float(slider.input_value()) > 5


def test_another_answer_and_a_step_lower_its_loss(opened: Page) -> None:
    opened.get_by_role("button", name="Recommencer").click()
    opened.locator(".explorer-live").get_by_role("radio").nth(2).check()
    before = numbers(opened)[-1]
    assert before == "0,68"
    opened.get_by_role("button", name="Faire un pas").click()
    assert float(numbers(opened)[-1].replace(",", ".")) < 0.68


def test_what_comes_of_it_is_said_once_it_rests(opened: Page) -> None:
    # Numbers that change as one drags are no live regions, which `output` would be: one sentence says it all.
    status = opened.locator(".explorer-live").locator("[role=status], output, [aria-live]")
    expect(status).to_have_count(1)
    opened.get_by_role("button", name="Recommencer").click()
    expect(status).to_have_text("Coût 1,68. La plus probable est la classe 3, 0,51\u202f; la bonne reçoit 0,19.")
    opened.get_by_role("button", name="Faire un pas").click()
    # Not at once: who moves a slider would hear each of its steps.
    assert "1,68" in status.inner_text()
    expect(status).not_to_contain_text("1,68")


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_it_is_on_its_pages_and_fits_them(tabs: Tabs, site: str, address: str, width: int) -> None:
    with visit(tabs.tab("explorer"), site, address, width) as visited:
        live = explored(visited.page).locator(".explorer-live")
        expect(live).to_have_count(1)
        assert live.evaluate("box => box.scrollWidth <= box.clientWidth")
        assert live.evaluate(HEIGHTS) >= 24
        assert visited.log.faults(visited.page) == []


def swipe(page: Page, begin: tuple[float, float], end: tuple[float, float]) -> None:
    """A finger that is put down, moves and is lifted."""
    session = page.context.new_cdp_session(page)
    path = [(begin[0] + (end[0] - begin[0]) * part / 8, begin[1] + (end[1] - begin[1]) * part / 8) for part in range(9)]
    for kind, points in [("touchStart", path[:1]), *(("touchMove", [each]) for each in path[1:]), ("touchEnd", [])]:
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y} for x, y in points]})
    session.detach()


def test_a_finger_moves_a_score_and_chooses_an_answer(tabs: Tabs, site: str) -> None:
    context = tabs.browser.new_context(
        has_touch=True,
        is_mobile=True,
        viewport={"width": PHONE, "height": 740},
        locale="fr-FR",
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(f"{site}gradients/")
    explored(page)
    slider = page.get_by_role("slider", name="score, classe 2")
    slider.evaluate("slider => slider.scrollIntoView({ block: 'center', behavior: 'instant' })")
    box = slider.bounding_box()
    assert box
    middle = box["y"] + box["height"] / 2
    scrolled = page.evaluate("scrollY")
    swipe(page, (box["x"] + box["width"] / 2, middle), (box["x"] + box["width"] - 4, middle))
    assert float(slider.input_value()) > 4
    assert page.evaluate("scrollY") == scrolled
    page.locator(".explorer-live label").nth(2).tap()
    assert page.locator(".explorer-live").get_by_role("radio").nth(2).is_checked()
    before = numbers(page)[-1]
    page.get_by_role("button", name="Faire un pas").tap()
    assert float(numbers(page)[-1].replace(",", ".")) < float(before.replace(",", "."))
    context.close()


def test_bars_glide_only_for_who_wants_motion(opened: Page) -> None:
    glides = "bar => getComputedStyle(bar).transitionDuration"
    bar = opened.locator(".explorer-fill").first
    opened.emulate_media(reduced_motion="no-preference")
    assert bar.evaluate(glides) != "0s"
    opened.emulate_media(reduced_motion="reduce")
    assert bar.evaluate(glides) == "0s"


def test_nothing_moves_when_it_comes(tabs: Tabs, site: str) -> None:
    """The room that is kept for it is what it takes, to a line."""
    for address in PAGES:
        with visit(tabs.tab("explorer"), site, address, DESKTOP) as visited:
            host = explored(visited.page).locator(".explorer").first
            taken = host.evaluate("host => host.getBoundingClientRect().height")
            kept = host.evaluate(
                "host => { host.querySelector('.explorer-live').remove(); return host.getBoundingClientRect().height; }"
            )
            assert abs(taken - kept) < 30


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_it(tabs: Tabs, site: str, scheme: str) -> None:
    with visit(tabs.tab("explorer"), site, "", DESKTOP, dark=scheme == "dark") as visited:
        assert accessibility.faults(explored(visited.page)) == []


@pytest.mark.parametrize("address", PAGES)
def test_without_a_script_there_is_a_picture(tabs: Tabs, site: str, address: str) -> None:
    with visit(tabs.tab("explorer", scripts=False), site, address, PHONE) as visited:
        assert visited.page.locator(".explorer-live").count() == 0
        assert visited.page.locator(".way-in table, .vm-drawing svg").first.is_visible()


def test_in_forced_colours_its_bars_are_still_seen(tabs: Tabs, site: str) -> None:
    with visit(tabs.tab("explorer"), site, "gradients/", DESKTOP) as visited:
        explored(visited.page).emulate_media(forced_colors="active")
        fill = visited.page.locator(".explorer-fill.explorer-S").first
        assert fill.evaluate("bar => getComputedStyle(bar).backgroundColor") != "rgba(0, 0, 0, 0)"
        visited.page.emulate_media(forced_colors="none")


def test_its_script_comes_when_its_place_comes_near(tabs: Tabs, site: str) -> None:
    tab, asked = tabs.tab("explorer-script"), list[str]()

    def hear(request: Request) -> None:
        asked.append(request.url)

    tab.on("request", hear)
    for address, comes in (("loss/", False), ("gradients/", False), ("", True)):
        asked.clear()
        with visit(tab, site, address) as opened:
            opened.page.wait_for_load_state("networkidle")
            assert any(url.endswith("/explorer.js") for url in asked) == comes
            assert opened.page.locator(".explorer-live").count() == comes
            if address == "gradients/":
                explored(opened.page)
                assert len([url for url in asked if url.endswith("/explorer.js")]) == 1
    tab.remove_listener("request", hear)
