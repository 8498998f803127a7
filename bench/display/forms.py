"""The four forms of one formula: as its author wrote it, as the article shows it, and each of two losses alone."""

from pathlib import Path
from xml.etree import ElementTree

import markdown

SOURCES = Path(__file__).parents[2] / "docs" / "assets" / "display"


def left_by_markdown(source: str) -> str:
    """The text that a page still holds of a source, once Markdown without any protection has made the page."""
    page = f"<div>{markdown.markdown(source)}</div>"
    return "".join(ElementTree.fromstring(page).itertext())


def forms(folder: Path = SOURCES) -> dict[str, str]:
    """The four forms by name, the right one first.

    Raises:
        ValueError: if plain Markdown doesn't turn the right source into what the article shows, to the character.
    """
    right, article = ((folder / name).read_text("utf-8").strip() for name in ("right.tex", "article.tex"))
    if left_by_markdown(right) != article:
        raise ValueError("plain Markdown does not turn right.tex into article.tex")
    return {
        "right": right,
        "article": article,
        "rows": right.replace("\\\\", "\\"),
        "star": right.replace("^{*}", "^{}"),
    }
