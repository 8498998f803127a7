"""Code that was highlighted before isn't again: only for the same code, options and settings."""

from __future__ import annotations

from typing import Any

import pytest

from verimath.kept.store import Drawer
from verimath.site.draft import Draft
from verimath.site.highlighted import NUMBERING, Highlighter


class Fences:
    """Stands for superfences: highlights by saying how often it was asked, and takes the options that it knows."""

    def __init__(self, **settings: Any) -> None:
        self.highlight_ext, self.asked, self.settings = self, 0, settings

    def getConfigs(self) -> dict[str, Any]:  # noqa: N802 - Python-Markdown's name
        return self.settings

    def highlight(self, src: str, options: dict[str, Any], **fence: Any) -> str:
        self.asked += 1
        return f"{src} {sorted(options)} {options.pop('hl_lines', '')} {self.asked}"


def highlighted(fences: Fences, kept: Drawer) -> Highlighter:
    draft = Draft()
    draft.kept = kept
    return Highlighter(draft, fences)


def test_the_same_code_is_highlighted_once_and_any_other_anew() -> None:
    fences, kept, options = Fences(css_class="code"), Drawer(None), {"hl_lines": "1"}
    shown = highlighted(fences, kept)
    first = shown("x = 1", options, language="python", md=object())
    assert shown("x = 1", options, language="python", md=object()) == first == "x = 1 ['hl_lines'] 1 1"
    assert options == {"hl_lines": "1"}
    assert shown("x = 2", options, language="python", md=None).endswith("2")
    assert shown("x = 1", {}, language="python", md=None).endswith("3")
    assert shown("x = 1", options, language="text", md=None).endswith("4")
    other = Fences(css_class="other")
    assert highlighted(other, kept)("x = 1", options, language="python", md=None).endswith("1")
    assert other.asked == 1


@pytest.mark.parametrize("name", NUMBERING)
def test_what_is_numbered_by_its_place_on_the_page_is_made_each_time(name: str) -> None:
    fences = Fences(**{name: "line"})
    shown = highlighted(fences, Drawer(None))
    assert shown("x = 1", {}, md=None) != shown("x = 1", {}, md=None)
