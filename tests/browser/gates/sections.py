"""What may be tapped in a section that is skipped lies above what may be tapped in the next one.

Who measures targets, as Lighthouse does, finds the one over the other where a section is given too little height.
"""

from __future__ import annotations

from playwright.sync_api import Page

# What may be tapped in a section below the first such thing of the next one: a last line's box reaches into the margin.
LAPPING = """() => {
  const targets = (section) =>
    [...section.querySelectorAll("a, button, summary")].filter((each) => each.checkVisibility());
  const sections = [...document.querySelectorAll(".vm-section")];
  return sections.slice(0, -1).flatMap((section, place) => {
    const next = Math.min(...targets(sections[place + 1]).map((target) => target.getBoundingClientRect().top));
    return targets(section)
      .filter((target) => target.getBoundingClientRect().bottom > next)
      .map((target) => target.outerHTML.slice(0, 80));
  });
}"""


def faults(page: Page) -> list[str]:
    """The targets that lie too low, on a page that nobody has gone down yet."""
    found: list[str] = page.evaluate(LAPPING)
    return found
