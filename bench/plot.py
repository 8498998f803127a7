"""Curves as SVG, to be shown within a page: in its colour and its font, in the light and in the dark.

A chart has no colour of its own. Curves are told apart by their dashes and by the name that stands beside each.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from html import escape

from bench.french import ten

LEFT, TOP, RIGHT, BOTTOM = 64, 14, 414, 268  # of the frame, in the units of the drawing
WIDTH, HEIGHT = 440, 322


@dataclass(frozen=True)
class Axis:
    """What an axis measures, from where to where, and the values that are marked on it."""

    name: str
    low: float
    high: float
    ticks: tuple[float, ...]
    logarithmic: bool = False

    def share(self, value: float) -> float:
        """How far along the axis a value lies: 0 at its low end, 1 at its high one."""
        low, high, at = (math.log10(v) if self.logarithmic else v for v in (self.low, self.high, value))
        return (at - low) / (high - low)

    def text(self, value: float) -> str:
        """A value as the axis names it, with the French decimal comma."""
        if self.logarithmic:
            return ten(round(math.log10(value)))
        return f"{value:g}".replace(".", ",")


@dataclass(frozen=True)
class Curve:
    """Points to be joined, the curve's name for code and for readers, and where the latter stands."""

    key: str
    name: str
    points: tuple[tuple[float, float], ...]
    label: tuple[float, float]
    dashes: str = ""
    anchor: str = "start"


@dataclass(frozen=True)
class Chart:
    """Curves over two axes; title and description are for those who hear the page."""

    key: str
    title: str
    description: str
    x: Axis
    y: Axis
    curves: tuple[Curve, ...]
    guides: tuple[Curve, ...] = field(default=())

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Where a point is drawn."""
        return LEFT + (RIGHT - LEFT) * self.x.share(x), BOTTOM - (BOTTOM - TOP) * self.y.share(y)

    def svg(self) -> str:
        """The drawing, one element a line and no empty line, so that Markdown leaves it whole."""
        middle_x, middle_y = (LEFT + RIGHT) / 2, (TOP + BOTTOM) / 2
        size = f'width="{WIDTH * 1.3:.0f}" height="{HEIGHT * 1.3:.0f}"'
        names = f'aria-labelledby="{self.key}-title {self.key}-desc"'
        font = 'font-family="inherit" font-size="13" fill="currentColor"'
        lines = [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" {size} role="img" {names} {font}>',
            f'<title id="{self.key}-title">{escape(self.title)}</title>',
            f'<desc id="{self.key}-desc">{escape(self.description)}</desc>',
            f'<path d="M{LEFT} {TOP}H{RIGHT}V{BOTTOM}H{LEFT}z" fill="none" stroke="currentColor"/>',
            '<g class="ticks-x" text-anchor="middle">',
            *(self._tick_x(value) for value in self.x.ticks),
            "</g>",
            '<g class="ticks-y" text-anchor="end">',
            *(self._tick_y(value) for value in self.y.ticks),
            "</g>",
            f'<text x="{middle_x:g}" y="{HEIGHT - 8}" text-anchor="middle">{self.x.name}</text>',
            f'<text transform="translate(15 {middle_y:g}) rotate(-90)" text-anchor="middle">{self.y.name}</text>',
            '<g class="guides" fill="none" stroke="currentColor" stroke-width="1" opacity="0.8">',
            *(self._line(guide) for guide in self.guides),
            "</g>",
            '<g class="curves" fill="none" stroke="currentColor" stroke-width="2" stroke-linejoin="round">',
            *(self._line(curve) for curve in self.curves),
            "</g>",
            *(self._label(curve) for curve in self.curves + self.guides if curve.name),
            "</svg>",
        ]
        return "\n".join(lines) + "\n"

    def _tick_x(self, value: float) -> str:
        at = self.place(value, self.y.low)[0]
        return (
            f'<path d="M{at:.2f} {BOTTOM}v5" stroke="currentColor" data-value="{value:g}" data-at="{at:.2f}"/>'
            f'<text x="{at:.2f}" y="{BOTTOM + 20}">{self.x.text(value)}</text>'
        )

    def _tick_y(self, value: float) -> str:
        at = self.place(self.x.low, value)[1]
        return (
            f'<path d="M{LEFT} {at:.2f}h-5" stroke="currentColor" data-value="{value:g}" data-at="{at:.2f}"/>'
            f'<text x="{LEFT - 8}" y="{at + 4.5:.2f}">{self.y.text(value)}</text>'
        )

    def _line(self, curve: Curve) -> str:
        points = " ".join("{:.2f},{:.2f}".format(*self.place(x, y)) for x, y in curve.points)
        dashes = f' stroke-dasharray="{curve.dashes}"' if curve.dashes else ""
        return f'<polyline data-curve="{curve.key}"{dashes} points="{points}"/>'

    def _label(self, curve: Curve) -> str:
        x, y = self.place(*curve.label)
        return f'<text x="{x:.2f}" y="{y:.2f}" text-anchor="{curve.anchor}">{escape(curve.name)}</text>'
