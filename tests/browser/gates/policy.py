"""A page breaks no policy that it says of itself, from the moment it begins to load."""

from __future__ import annotations

from playwright.sync_api import Page

# Runs before any script of a page's own.
HEARD = """addEventListener("securitypolicyviolation", (event) => {
  (window.violations ??= []).push(`${event.violatedDirective}: ${event.blockedURI} ${event.sample}`);
})"""


def faults(page: Page) -> list[str]:
    found: list[str] = page.evaluate("window.violations ?? []")
    return found
