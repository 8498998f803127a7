"""The colours of quantities: the same in figures and in the style sheet, legible in both schemes, unlike each other."""

from __future__ import annotations

import re
from importlib import import_module
from importlib.util import module_from_spec, spec_from_file_location
from itertools import combinations
from pathlib import Path
from types import ModuleType

import pytest

drawing = import_module("drawing")
ROOT = Path(__file__).parents[2]
STYLE = (ROOT / "docs/assets/site.css").read_text("utf-8")
# What quantities stand on: the page, and code on it, as Material colours them.
GROUNDS = {"default": ("#ffffff", "#f5f5f5"), "slate": ("#1e2129", "#272a35")}
AA = 4.5


def palettes(style: str) -> dict[str, dict[str, str]]:
    """The colours of each scheme, by quantity."""
    light = re.search(r"^:root \{(.*?)\}", style, re.DOTALL | re.MULTILINE)
    dark = re.search(r'\[data-md-color-scheme="slate"\] \{([^}]*--vm-X[^}]*)\}', style)
    assert light
    assert dark
    return {
        scheme: dict(re.findall(r"--vm-([\w-]+): (#[0-9a-f]{6});", found[1]))
        for scheme, found in (("default", light), ("slate", dark))
    }


def luminance(colour: str) -> float:
    """As WCAG defines it."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_figures_and_style_sheet_have_one_palette() -> None:
    light = palettes(STYLE)["default"]
    assert {name: light[name] for name in drawing.COLOURS} == drawing.COLOURS
    assert palettes(STYLE)["slate"].keys() == light.keys()


@pytest.mark.parametrize("scheme", GROUNDS)
def test_each_colour_is_read_on_its_ground(scheme: str) -> None:
    colours = {name: colour for name, colour in palettes(STYLE)[scheme].items() if name != "faint"}
    assert len(colours) == 7
    worst = {name: min(contrast(colour, ground) for ground in GROUNDS[scheme]) for name, colour in colours.items()}
    assert {name: ratio for name, ratio in worst.items() if ratio < AA} == {}


def test_a_pale_colour_is_noticed() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#999999", "#ffffff") < AA


@pytest.mark.parametrize("scheme", GROUNDS)
def test_no_two_quantities_look_alike(scheme: str) -> None:
    colours = [tuple(int(c[at : at + 2], 16) for at in (1, 3, 5)) for c in palettes(STYLE)[scheme].values()]
    apart = [sum((a - b) ** 2 for a, b in zip(*pair, strict=True)) for pair in combinations(colours, 2)]
    assert min(apart) > 1500


def test_chosen_colours_take_the_place_of_all() -> None:
    forced = STYLE.split("forced-colors: active")[1].split("\n}\n")[0]
    assert {*re.findall(r"--vm-([\w-]+):", forced)} == palettes(STYLE)["default"].keys() | {"paper"}


def hooks() -> ModuleType:
    spec = spec_from_file_location("site_hooks", ROOT / "docs/hooks.py")
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_letters_and_names_have_the_colours_of_their_quantities() -> None:
    site = hooks()
    formula = '<span class="mord mathnormal" style="margin-right:0.05em;">S</span>'
    code = '<span class="n">logits</span><span class="n">a</span>'
    found = site.coloured(formula + code)
    assert 'class="mord mathnormal vm-q-S" style="margin-right:0.05em;">S<' in found
    assert '<span class="n vm-q-logits">logits</span><span class="n">a</span>' in found
    # Nothing moves: the page is the same but for these classes.
    assert re.sub(r" vm-q-\w+", "", found) == formula + code
    assert {*site.LETTERS.values(), *site.NAMES.values()} == drawing.COLOURS.keys()


def test_scores_are_called_a_where_softmax_is_defined() -> None:
    site = hooks()
    html = '<span class="mord mathnormal">a</span><span class="n">a</span>'
    assert site.coloured(html, "softmax.md").count("vm-q-logits") == 2
    assert site.coloured(html, "batches.md") == html


def test_every_quantity_has_its_rule() -> None:
    assert all(f".vm-q-{name} {{" in STYLE for name in drawing.COLOURS)


def test_pages_whose_quantities_are_coloured_exist() -> None:
    pages = [page.name for page in sorted((ROOT / "docs/fr").glob("*.md")) if hooks().COLOURED.fullmatch(page.name)]
    assert len(pages) == 22
