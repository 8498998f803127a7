"""What a page weighs for who comes for the first time: none has more than the site allows itself."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from bench.weights import MOST, newcomer, published, told, weight
from tests.browser.server import serve
from tests.browser.site import DOCS, ENGLISH, ENGLISH_DOCS, PAGES, base
from tests.browser.visit import Tabs

NOTEBOOKS = [
    f"{folder}{path.stem}/" for folder, docs in (("", DOCS), ("en/", ENGLISH_DOCS)) for path in docs.glob("*.py")
]
ADDRESSES = sorted([*PAGES, *ENGLISH, *NOTEBOOKS])


@pytest.fixture(scope="module")
def page(tabs: Tabs) -> Iterator[Page]:
    with newcomer(tabs.browser) as page:
        yield page


@pytest.fixture(scope="module")
def host(built: Path) -> Iterator[str]:
    """The built site's address, where text is sent as hosts send it."""
    with serve(built, base(built), compressing=True) as address:
        yield address


def test_all_pages_are_weighed(built: Path) -> None:
    assert published(built) == ADDRESSES


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_page_weighs_more_than_it_may(page: Page, host: str, address: str) -> None:
    found = weight(page, host + address)
    assert min(found["HTML"], found["styles"], found["scripts"], found["faces"]) > 0
    assert found.total() < MOST


def test_a_page_weighs_as_much_each_time(page: Page, host: str) -> None:
    """All of it is loaded anew, or else what its neighbours have loaded would not count."""
    assert weight(page, host) == weight(page, host)


def test_a_page_that_weighs_more_is_seen(page: Page, tmp_path: Path) -> None:
    """What it loads counts too, and text as it is sent."""
    drawn = random.Random(0)
    (tmp_path / "large.css").write_bytes(drawn.randbytes(MOST // 2).hex().encode())
    (tmp_path / "more.js").write_text(f"// {drawn.randbytes(MOST // 2).hex()}", "utf-8")
    with serve(tmp_path, compressing=True) as host:
        for name, loaded, is_more in (
            ("style", '<link rel="stylesheet" href="large.css">', False),
            ("script", '<script src="more.js"></script>', False),
            ("both", '<link rel="stylesheet" href="large.css"><script src="more.js"></script>', True),
            ("long", f"<!-- {'a' * MOST} -->", False),
        ):
            (tmp_path / f"{name}.html").write_text(f"<!doctype html><title>a</title>{loaded}", "utf-8")
            assert (weight(page, f"{host}{name}.html").total() > MOST) is is_more


@pytest.mark.parametrize(("heavy", "said"), [(MOST - 1, 0), (MOST, 1)])
def test_a_site_with_a_page_that_is_too_heavy_fails_and_names_it(
    capsys: pytest.CaptureFixture[str], heavy: int, said: int
) -> None:
    found = {"": Counter(HTML=9), "a/": Counter(HTML=heavy - 5, faces=5), "b/": Counter(scripts=7)}
    assert told(found) == said
    first, *rest = capsys.readouterr().out.splitlines()
    assert first.startswith(f"{3 - said} of 3 pages below 150 kB; median 9")
    assert [line.split()[:2] for line in rest] == [["a/", str(heavy)]]
    assert ("1 too many" in rest[0]) is bool(said)
