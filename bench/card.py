"""The pictures that show when a page's address is sent to someone: docs/assets/card.fr.png and card.en.png.

`make pictures` runs it. Of the words, those of each edition's table; of the bars, what the first page says.
"""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import matplotlib
import numpy as np
import yaml
from matplotlib.axes import Axes
from matplotlib.figure import Figure

ROOT = Path(__file__).parent.parent
ASSETS = ROOT / "docs" / "assets"
EDITIONS = {"fr": "mkdocs.yml", "en": "mkdocs.en.yml"}
# Pixels, as those who show such pictures ask for them.
WIDTH, HEIGHT, DOTS = 1200, 630, 100
INK, QUIET = "#22314f", "#4a5164"
# Matplotlib brings this face, of the family of the site's own.
STYLE: dict[Any, Any] = {"font.family": "STIXGeneral", "mathtext.fontset": "cm", "hatch.linewidth": 1.4}


def main() -> None:
    """Draw them all."""
    for language in EDITIONS:
        path = ASSETS / f"card.{language}.png"
        draw(language).savefig(path, dpi=DOTS, metadata={"Software": None})
        print(path.relative_to(ROOT))


def draw(language: str) -> Figure:
    """One edition's picture: its title, its promise, and three classes whose scores are to be corrected."""
    said = yaml.safe_load((ASSETS / "words" / f"{language}.yml").read_text("utf-8"))["site"]
    with matplotlib.rc_context(STYLE):
        figure = Figure(figsize=(WIDTH / DOTS, HEIGHT / DOTS), facecolor="white")
        figure.text(0.06, 0.76, said["title"], size=46, color=INK)
        figure.text(0.06, 0.63, said["promise"], size=25, color=QUIET)
        axes = figure.add_axes((0.06, 0.1, 0.88, 0.44))
        _bars(axes)
    return figure


def _bars(axes: Axes) -> None:
    """S, Y and S − Y, each with its colour and its hatch."""
    sys.path.insert(0, str(ROOT / "snippets"))
    drawing = import_module("drawing")
    S, Y = import_module("softmax").softmax(np.array([0.5, 0.0, 1.0])), np.array([0.0, 1.0, 0.0])
    for place, (quantity, values) in enumerate({"S": S, "Y": Y, "gradient": S - Y}.items()):
        colour = drawing.COLOURS[quantity]
        look = {"facecolor": colour if quantity == "S" else "white", "hatch": drawing.HATCHES[quantity]}
        axes.bar(4 * place + np.arange(3), values, 0.8, edgecolor=colour, linewidth=2, **look)
        axes.text(4 * place + 1, 1.12, ("$S$", "$Y$", "$S - Y$")[place], size=30, color=colour, ha="center")
    for place, sign in ((3, "−"), (7, "=")):
        axes.text(place, 0.3, sign, size=36, color=INK, ha="center", va="center")
    axes.axhline(0, color=INK, linewidth=1.5)
    axes.set(xlim=(-0.6, 10.6), ylim=(-0.95, 1.1))
    axes.axis("off")


if __name__ == "__main__":
    main()
