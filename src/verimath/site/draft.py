"""The page that is being converted, for the processors that Markdown calls one by one."""

from __future__ import annotations

from collections.abc import Mapping

from ..code.sections import Listing
from ..message.refusal import Refusal
from ..page.page import Page


class Draft:
    """A page on its way to HTML.

    What its author has to mend is kept in `problem`, the first one only, since superfences and MkDocs each swallow or
    decorate an exception that passes through them.

    Attributes:
        page: as `pages.py` read it.
        listings: what it shows of its snippets, by name.
    """

    page: Page
    listings: Mapping[str, Listing]
    problem: Refusal | None = None

    def start(self, page: Page, listings: Mapping[str, Listing]) -> None:
        """Begin with another page."""
        self.page, self.listings, self.problem = page, listings, None

    def report(self, problem: Refusal) -> None:
        """Keep the first problem of the page."""
        self.problem = self.problem or problem
