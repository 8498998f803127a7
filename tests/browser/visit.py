"""A page as a reader opens it: at a width, in a colour scheme, with or without JavaScript."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Browser, Page

from tests.browser.gates.log import Log

DESKTOP, PHONE = 1280, 360


@dataclass(frozen=True)
class Visit:
    """A page that is open, and what has been heard of it since it began to load."""

    page: Page
    log: Log


@contextmanager
def visit(
    browser: Browser, host: str, path: str, width: int = DESKTOP, dark: bool = False, scripts: bool = True
) -> Iterator[Visit]:
    """Open a page of a host, an address ending with a slash, and wait until it and its fonts are there."""
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme="dark" if dark else "light",
        java_script_enabled=scripts,
        # What fades in has no steady colours until it is there.
        reduced_motion="reduce",
        locale="fr-FR",
    )
    try:
        page = context.new_page()
        log = Log(page, host)
        page.goto(host + path, wait_until="load")
        page.evaluate("document.fonts.ready.then(() => null)")
        yield Visit(page, log)
    finally:
        context.close()
