"""Which of what the tool adds to a page is shown: on a site, on a page, for one equation."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from ..message.refusal import Refusal
from ..page.page import Page

# What may be left out: marks of verdicts, further trials, the line of counts, symbols that explain themselves, previews
# of references, entries of equations in the search.
PARTS = ("verdicts", "trials", "counts", "symbols", "previews", "search")
KEY = "hides"
WAY_OUT = f"list parts ({', '.join(PARTS)}), labels of the page, or a part and a label with a blank between them"


@dataclass(frozen=True)
class Choices:
    """What a site shows, less what a page leaves out.

    Attributes:
        parts: of the site.
        hidden: what the page's front matter lists.
    """

    parts: Collection[str]
    hidden: frozenset[str] = frozenset()

    def on(self, page: Page) -> Choices:
        """What a page shows.

        Raises:
            Refusal: where its front matter leaves out what isn't there.
        """
        listed = page.front_matter.get(KEY) or []
        labels = {equation.label for equation in page.equations}
        if not isinstance(listed, list):
            raise Refusal(way_out=WAY_OUT, what=f"`{KEY}` isn't a list", span=page.key(KEY))
        for entry in map(str, listed):
            part, _, label = entry.partition(" ")
            known = part in PARTS and label in labels if label else part in PARTS or part in labels
            if not known:
                raise Refusal(way_out=WAY_OUT, what=f"there is no `{entry}` to leave out", span=page.key(KEY))
        return Choices(self.parts, frozenset(map(str, listed)))

    def shows(self, part: str, label: str = "") -> bool:
        """Whether a part is shown, of an equation or at all."""
        return part in self.parts and not self.hidden & {part, label, f"{part} {label}"}
