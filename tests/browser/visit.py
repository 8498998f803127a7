"""A page as a reader opens it: at a width, in a colour scheme, with or without JavaScript."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Browser, Page

from tests.browser.gates import policy
from tests.browser.gates.log import Log

DESKTOP, PHONE = 1280, 360
# What is skipped until it comes near asks for its faces when it is measured: who measures it later finds them there.
LAID_OUT = """() => {
  for (const section of document.querySelectorAll(".vm-section")) section.lastElementChild?.getBoundingClientRect();
  return document.fonts.ready.then(() => null);
}"""


class Tabs:
    """The tabs of a browser, one for each use: opening one takes longer than loading a page in it."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.pages: dict[tuple[str, bool], Page] = {}

    def tab(self, use: str, scripts: bool = True) -> Page:
        if (use, scripts) not in self.pages:
            # What fades in has no steady colours until it is there.
            context = self.browser.new_context(java_script_enabled=scripts, reduced_motion="reduce", locale="fr-FR")
            context.add_init_script(policy.HEARD)
            self.pages[use, scripts] = context.new_page()
        return self.pages[use, scripts]


@dataclass(frozen=True)
class Visit:
    """A page that is open, and what has been heard of it since it began to load."""

    page: Page
    log: Log


@contextmanager
def visit(page: Page, host: str, path: str, width: int = DESKTOP, dark: bool = False) -> Iterator[Visit]:
    """Open a page of a host, an address ending with a slash, and wait until it and its fonts are there."""
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme="dark" if dark else "light")
    log = Log(page, host)
    try:
        page.goto(host + path, wait_until="load")
        page.evaluate(LAID_OUT)
        yield Visit(page, log)
    finally:
        log.close(page)
        # Whatever is still under way ends here, unheard by the next visit.
        page.goto("about:blank")


def explored(page: Page) -> Page:
    """A page whose explorer has come, since its place has come near."""
    page.locator(".explorer").first.evaluate("place => place.scrollIntoView({ block: 'center', behavior: 'instant' })")
    page.locator(".explorer-live").first.wait_for()
    return page


def styled(page: Page, style: str) -> None:
    """Add rules to a page: by a sheet that a script makes, for its policy refuses one that stands in it."""
    page.evaluate(
        """style => {
          const sheet = new CSSStyleSheet();
          sheet.replaceSync(style);
          document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
        }""",
        style,
    )
