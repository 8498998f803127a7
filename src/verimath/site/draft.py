"""The page that is being converted, for the processors that Markdown calls one by one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from ..code.sections import Listing
from ..kept.store import Drawer
from ..message.frozen import frozen
from ..message.refusal import Refusal
from ..page.page import Page
from .labels import Labels
from .words import Words, words_of


@frozen
class Style:
    """How a site shows its snippets.

    Attributes:
        words: that it says of them.
        whole: whether all of their code is shown on arrival.
        labels: the words that they print, in that language.
    """

    words: Words = field(default_factory=lambda: words_of("en"))
    whole: bool = False
    labels: Labels = field(default_factory=Labels)


class Draft:
    """A page on its way to HTML.

    What its author has to mend is kept in `problem`, the first one only, since superfences and MkDocs each swallow or
    decorate an exception that passes through them.

    Attributes:
        listings: what it shows of its snippets, by name.
        problem: the first one; None as long as there is none.
        style: how the site shows its snippets.
        given: the lines that Markdown was given, without blanks around them.
        kept: what earlier builds have made of its parts.
    """

    def __init__(self) -> None:
        self.given: frozenset[str] = frozenset()
        self._page: Page | None = None
        self.kept = Drawer(None)
        self.listings: Mapping[str, Listing] = {}
        self.problem: Refusal | None = None
        self.style = Style()

    @property
    def page(self) -> Page:
        """The page as its file has it."""
        assert self._page is not None, "no page has been started"
        return self._page

    def start(self, page: Page, listings: Mapping[str, Listing], kept: Drawer | None = None) -> None:
        """Begin with another page."""
        self._page, self.listings, self.problem = page, listings, None
        self.kept = kept or Drawer(None)

    def report(self, problem: Refusal) -> None:
        """Keep the first problem of the page."""
        self.problem = self.problem or problem
