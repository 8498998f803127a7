"""Which of what the tool adds to a page is shown: on a site, on a page, for one equation."""

from __future__ import annotations

from collections.abc import Collection

from ..message.frozen import frozen
from ..page.asked import hidden
from ..page.page import Page


@frozen
class Choices:
    """What a site shows, less what a page leaves out.

    Attributes:
        parts: of the site.
        hidden: what the page's front matter lists.
    """

    parts: Collection[str]
    hidden: frozenset[str] = frozenset()

    def on(self, page: Page) -> Choices:
        """What a page shows."""
        labels = {equation.label for equation in page.equations}
        return Choices(self.parts, hidden(page.front_matter, labels, page.key("hides")))

    def shows(self, part: str, label: str = "") -> bool:
        """Whether a part is shown, of an equation or at all."""
        return part in self.parts and not self.hidden & {part, label, f"{part} {label}"}

    def without(self, part: str, page: Page) -> list[str]:
        """The equations of a page of which a part isn't shown."""
        return [each.label for each in page.equations if not self.shows(part, each.label)]
