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
        listings: what it shows of its snippets, by name.
        problem: the first one; None as long as there is none.
    """

    def __init__(self) -> None:
        self._page: Page | None = None
        self.listings: Mapping[str, Listing] = {}
        self.problem: Refusal | None = None

    @property
    def page(self) -> Page:
        """The page as its file has it."""
        assert self._page is not None, "no page has been started"
        return self._page

    def start(self, page: Page, listings: Mapping[str, Listing]) -> None:
        """Begin with another page."""
        self._page, self.listings, self.problem = page, listings, None

    def report(self, problem: Refusal) -> None:
        """Keep the first problem of the page."""
        self.problem = self.problem or problem
