"""Code as Markdown's own highlighter sets it; what it has made of some code before is kept."""

from __future__ import annotations

from typing import Any

from ..kept.tool import digest
from .draft import Draft

# By these, a page's code blocks are numbered: what is made of one depends on how many stand before it.
NUMBERING = ("line_spans", "line_anchors", "anchor_linenums")


class Highlighter:
    """Highlights the code of fences.

    Args:
        draft: the page that is being converted.
        fences: superfences' processor.
    """

    def __init__(self, draft: Draft, fences: Any) -> None:
        self._draft, self._fences = draft, fences

    def __call__(self, src: str, options: dict[str, Any], **fence: Any) -> str:
        """The HTML of some code: superfences' own, with its text, options and whatever else it needs."""
        settings = self._fences.highlight_ext.getConfigs()
        if any(settings.get(name) for name in NUMBERING):
            return self._highlighted(src, options, fence)
        said = sorted((name, value) for name, value in fence.items() if name != "md")
        key = digest(src, sorted(options.items()), said, sorted(settings.items()))
        html: str = self._draft.kept.found(key, str, lambda: self._highlighted(src, options, fence))
        return html

    def _highlighted(self, src: str, options: dict[str, Any], fence: dict[str, Any]) -> str:
        # It takes from the options what it understands.
        html: str = self._fences.highlight(src=src, options={**options}, **fence)
        return html
