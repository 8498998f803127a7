"""The paths of drawings, said shorter: they draw the same, read by another's reader, and what isn't sure stays."""

from __future__ import annotations

import pytest
from fontTools.pens.recordingPen import RecordingPen
from fontTools.svgLib.path.parser import parse_path

from verimath.message.source import Span
from verimath.site import drawings
from verimath.site.paths import shorter


def drawn(path: str) -> list[tuple[str, list[tuple[float, ...]]]]:
    """What is drawn, to a millionth: lines and curves, each by its points."""
    pen = RecordingPen()
    parse_path(path, pen)
    return [(kind, [tuple(round(each, 6) for each in point) for point in points]) for kind, points in pen.value]


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("M 1 2 L 3 2.5", "m1 2 2 .5"),
        ("M 7.3 44.3 L 50.7 44.3 L 50.7 24.5 z", "m7.3 44.3 43.4 0 0-19.8z"),
        (
            "M 0 2.5 C 0.7 2.5 1.3 2.2 1.8 1.8 C 2.2 1.3 2.5 0.7 2.5 0 Z",
            "m0 2.5c.7 0 1.3-.3 1.8-.7 .4-.5 .7-1.1 .7-1.8z",
        ),
        ("M 1 1 Q 2 2 3 1 L 0.5 0.5", "m1 1q1 1 2 0l-2.5-.5"),
        # A path that begins anew, behind its end and without one; points without a command are lines.
        ("M 1 1 L 2 2 z M 5 5 L 6 6", "m1 1 1 1zm4 4 1 1"),
        ("M 1 1 L 2 2 M 5 5 6 6 7 7", "m1 1 1 1m3 3 1 1 1 1"),
        ("M 100 100 L 100 100", "m100 100 0 0"),
        ("M -0.5,-.25 L -0.5,10", "m-.5-.25 0 10.25"),
        # What isn't of these commands, or has other numbers, or gains nothing.
        ("M 1 1 H 5", "M 1 1 H 5"),
        ("M 1 1 A 5 5 0 0 1 2 2", "M 1 1 A 5 5 0 0 1 2 2"),
        ("M 1 1 l 5 5", "M 1 1 l 5 5"),
        ("M 1 1 L 2e1 5", "M 1 1 L 2e1 5"),
        ("M 1 1 L 5", "M 1 1 L 5"),
        ("M 1 1 L 2 2 z 3", "M 1 1 L 2 2 z 3"),
        ("", ""),
    ],
)
def test_a_path_is_said_shorter(path: str, said: str) -> None:
    assert shorter(path) == said
    if said != path:
        assert drawn(said) == drawn(path) != []


def test_another_path_is_seen() -> None:
    path = "M 7.3 44.3 L 50.7 44.3 L 50.7 24.5 z"
    assert drawn(shorter(path)) != drawn(path.replace("24.5", "24.6"))
    assert drawn(shorter(path).replace("z", "")) != drawn(path)


def test_a_page_shows_it_so_and_a_file_does_not() -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg"><title>a</title><desc>b</desc><path d="M 1 2 L 3 2.5"/></svg>'
    assert 'd="m1 2 2 .5"' in drawings.inline("x", svg, Span("page.md"))
    assert 'd="m1 2 2 .5"' in drawings.inline("x", svg.replace("M 1 2 L 3 2.5", "m1 2 2 .5"), Span("page.md"))
