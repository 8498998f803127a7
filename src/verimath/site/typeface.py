"""The text in a face that goes with the formulas, served by the site itself: what is published and asked for first.

STIX Two Text is made for mathematics: its lower-case letters are as high as KaTeX's are at 1.1 times their size.
`type.css` names it, and gives its measures to what stands in for it as long as it isn't there: nothing moves then.
"""

from __future__ import annotations

import re
from pathlib import Path

from .references import relative

VENDOR = Path(__file__).parents[1] / "vendor" / "type"
STYLE = "type.css"
UPRIGHT, ITALIC = (f"fonts/stix-two-text-latin-{name}.woff2" for name in ("wght-normal", "400-italic"))
# The style sheets of a page's head.
STYLES = re.compile(r'\A(?:(?!</head>).)*<link rel="stylesheet"[^>]*>', re.DOTALL)
SLANTED = re.compile(r"<(?:em|i|cite|dfn|address)\b")


class MissingTypeError(RuntimeError):
    """The face is put into the package when the package is built; it isn't there."""

    def __init__(self) -> None:
        super().__init__(
            f"the text face isn't in {VENDOR}: install verimath again, or build it again where you work on it"
        )


def published() -> dict[str, Path]:
    """The files to publish, by their names beside KaTeX's.

    Raises:
        MissingTypeError: where the package was built without them.
    """
    if not (VENDOR / "VERSION").is_file():
        raise MissingTypeError()
    fonts = {f"fonts/{path.name}": path for path in sorted((VENDOR / "fonts").iterdir())}
    return {STYLE: Path(__file__).with_name(STYLE)} | fonts


def preloaded(html: str, url: str, folder: str) -> str:
    """A finished page that asks for its faces at once, rather than when its style sheets have been read.

    Args:
        html: the page; one without style sheets stays as it is.
        url: its address, from which the faces' are relative.
        folder: where the faces are published.
    """
    wanted = [UPRIGHT, ITALIC] if SLANTED.search(html) else [UPRIGHT]
    links = "".join(
        f'\n<link rel="preload" href="{relative(f"{folder}/{name}", url)}" as="font" type="font/woff2" crossorigin>'
        for name in wanted
    )
    return behind_styles(html, links)


def behind_styles(html: str, links: str) -> str:
    """A page with links behind those to its style sheets: these are waited for, and are asked for first."""
    return STYLES.sub(lambda found: found.group() + links, html)
