"""The curves that are drawn are those that the snippets compute, to the precision of the drawing."""

from __future__ import annotations

import math
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from bench import figures
from bench.plot import Chart

ROOT = Path(__file__).parents[2]
SVG = "{http://www.w3.org/2000/svg}"
CHARTS = {chart.key: chart for chart in (figure() for figure in figures.FIGURES)}

# In units of the drawing, where a curve is 2 wide. Rounding differs from one machine to the next, and so does, by less
# than the curve's width, where the curves of rounding errors lie.
WIDTH = 2.0


def scale(drawing: ElementTree.Element, axis: str, logarithmic: bool) -> tuple[float, float]:
    """Origin and length of an axis, read from the ticks that are drawn, as one who sees the figure does."""
    marks = drawing.findall(f".//{SVG}g[@class='ticks-{axis}']/{SVG}path")
    values = [float(mark.attrib["data-value"]) for mark in marks]
    places = [float(mark.attrib["data-at"]) for mark in marks]
    first, last = (math.log10(v) if logarithmic else v for v in (values[0], values[-1]))
    unit = (places[-1] - places[0]) / (last - first)
    return places[0] - unit * first, unit


def worst(drawing: ElementTree.Element, chart: Chart) -> float:
    """How far the farthest point that is drawn lies from where it should, infinite if a curve isn't drawn as it is."""
    found = 0.0
    x_origin, x_unit = scale(drawing, "x", chart.x.logarithmic)
    y_origin, y_unit = scale(drawing, "y", chart.y.logarithmic)
    for curve in chart.curves + chart.guides:
        line = drawing.find(f".//{SVG}polyline[@data-curve='{curve.key}']")
        drawn = [] if line is None else [point.split(",") for point in line.attrib["points"].split()]
        if len(drawn) != len(curve.points):
            return math.inf
        for (x, y), (x_drawn, y_drawn) in zip(curve.points, drawn, strict=True):
            x_value, y_value = (
                (math.log10(x) if chart.x.logarithmic else x),
                (math.log10(y) if chart.y.logarithmic else y),
            )
            found = max(found, abs(x_origin + x_unit * x_value - float(x_drawn)))
            found = max(found, abs(y_origin + y_unit * y_value - float(y_drawn)))
    return found


def committed(key: str) -> str:
    return (ROOT / "docs" / "assets" / f"{key}.svg").read_text("utf-8")


@pytest.mark.parametrize("key", CHARTS)
def test_the_figure_shows_what_the_snippets_compute(key: str) -> None:
    assert worst(ElementTree.fromstring(committed(key)), CHARTS[key]) < WIDTH


@pytest.mark.parametrize("key", CHARTS)
def test_another_curve_or_another_scale_is_noticed(key: str) -> None:
    text = committed(key)
    points = re.findall(r'points="([^"]*)"', text)
    moved = re.sub(r",(\S+)$", lambda last: f",{float(last[1]) - 5:.2f}", points[-1])
    for wrong in (
        text.replace(points[-1], moved),
        text.replace(points[-1], points[-1].rsplit(" ", 1)[0]),
        re.sub(r'data-value="\S+"', 'data-value="0.5"', text, count=1),
    ):
        assert wrong != text
        assert worst(ElementTree.fromstring(wrong), CHARTS[key]) >= WIDTH


@pytest.mark.parametrize("key", CHARTS)
def test_the_figure_is_named_and_described_and_takes_the_page_s_colour(key: str) -> None:
    drawing = ElementTree.fromstring(committed(key))
    names = drawing.attrib["aria-labelledby"].split()
    assert [drawing.findtext(f"{SVG}{tag}") for tag in ("title", "desc")] == [
        CHARTS[key].title,
        CHARTS[key].description,
    ]
    assert [drawing.find(f"{SVG}{tag}").attrib["id"] for tag in ("title", "desc")] == names  # type: ignore[union-attr]
    assert {
        value for element in drawing.iter() for name, value in element.attrib.items() if name in ("fill", "stroke")
    } == {
        "currentColor",
        "none",
    }


@pytest.mark.parametrize("key", CHARTS)
def test_markdown_takes_the_figure_for_one_block(key: str) -> None:
    assert "\n\n" not in committed(key)


@pytest.mark.parametrize("key", CHARTS)
def test_every_point_lies_within_the_frame(key: str) -> None:
    chart = CHARTS[key]
    shares = [(chart.x.share(x), chart.y.share(y)) for curve in chart.curves for x, y in curve.points]
    assert all(-1e-9 <= share <= 1 + 1e-9 for pair in shares for share in pair)
