"""The figures of the pages: named, described, in the pages' colours, the same at each build, each on its page."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from html import escape
from importlib import import_module
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest

from verimath.message.source import Span
from verimath.site import drawings
from verimath.site.publication import Publication

ROOT = Path(__file__).parents[2]
SVG = "{http://www.w3.org/2000/svg}"
FILES = sorted((ROOT / "snippets").glob("figures_*.py"))
# The course, and what goes further: a picture for each page.
COURSE = (
    "context softmax softmax-derivatives divergence loss gradients gradients-weights gradients-input hidden-layer bias "
    "targets batches batch-gradients regularisation curvature convexity batch-descent two-classes observed-expected "
    "duality distillation gradient-check rounding"
)
COLOUR = re.compile(r"(?<!, )#[0-9a-fA-F]{6}\b")


# What a label in a quantity's colour may say, beside numbers: no other thing has that colour.
SAID = {
    "X": r"X|Xᵀ|unit X|\(D\)|known|the input, a row",
    "W": r"W|the weights, W|the weights",
    "logits": r"λ|Λ|m|a, λ|scores a|the scores, or logits",
    "S": r"S|softmax: [\d.]+|all equal|\(1, 2, 5\)|student, solid|the probabilities",
    "Y": r"Y|teacher, striped|the right answer, the target",
    "gradient": r"S − Y|∂L/∂[SWX](, the mean)?|S − Y, ∂L/∂W, …|σ|σ − 1|what corrects",
    "L": r"L|.*loss.*|(plus|minus) sign: it (rises|falls)|batch of two examples|one example alone|÷ 10: \+ 2.3|"
    r"yes|no|certain target|smoothed, ε = 0.1",
}
NUMBER = re.compile(r"[−\d., ]+")


def printed(file: Path, seed: str = "0") -> list[str]:
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    run = subprocess.run([sys.executable, file], capture_output=True, text=True, check=True, env=environment)
    return re.findall(r"<svg.*?</svg>", run.stdout, re.DOTALL)


@pytest.fixture(scope="module")
def figures() -> dict[str, str]:
    """Each figure by its title."""
    found = [figure for file in FILES for figure in printed(file)]
    return {ElementTree.fromstring(figure).findtext(f"{SVG}title") or "": figure for figure in found}


def faults(figure: str) -> list[str]:
    """What would keep a figure from following the page: a style of its own, a colour of its own, text that isn't."""
    root = ElementTree.fromstring(figure)
    found = [f"<{element.tag}>" for element in root.iter() if element.tag.removeprefix(SVG) in ("style", "metadata")]
    for element in root.iter():
        for key, value in element.attrib.items():
            if key == "style" or COLOUR.search(re.sub(r"url\([^)]*\)", "", value)):
                found.append(f"{key}={value}")
            if key == "font-family" and element is not root and "KaTeX_Math" not in value:
                found.append(f"{key}={value}")
    return found if any(element.text for element in root.iter(f"{SVG}text")) else [*found, "no text"]


def test_every_figure_takes_type_and_colours_from_the_page(figures: dict[str, str]) -> None:
    assert {title: faults(figure) for title, figure in figures.items() if faults(figure)} == {}


def test_a_figure_of_its_own_mind_is_noticed(figures: dict[str, str]) -> None:
    figure = next(iter(figures.values()))
    assert faults(figure.replace("currentColor", "#000000"))
    assert faults(figure.replace("</svg>", "<style>*{}</style></svg>"))
    assert faults(figure.replace("</svg>", '<g style="fill: red"/></svg>'))
    assert faults(figure.replace("</svg>", '<g font-family="Arial"/></svg>'))
    assert faults(re.sub("<text.*?</text>", "", figure, flags=re.DOTALL))


def test_every_figure_says_what_is_to_be_seen(figures: dict[str, str]) -> None:
    described = [ElementTree.fromstring(figure).findtext(f"{SVG}desc") or "" for figure in figures.values()]
    assert min(map(len, described)) > 100


def test_every_page_of_the_course_has_one() -> None:
    texts = {page: (ROOT / f"docs/fr/{page}.md").read_text("utf-8") for page in COURSE.split()}
    assert [page for page, text in texts.items() if '{demo="figure-' not in text] == []


def test_every_figure_on_a_page_has_a_caption() -> None:
    text = "\n".join(page.read_text("utf-8") for page in sorted((ROOT / "docs/fr").glob("*.md")))
    figures = re.findall(r"<figure markdown>(.*?)</figure>", text, re.DOTALL)
    assert len(figures) == text.count('{demo="figure-')
    assert all("<figcaption" in figure for figure in figures)


def test_figures_are_the_same_each_time(figures: dict[str, str]) -> None:
    """In another process, in which sets have another order."""
    assert [figure for file in FILES for figure in printed(file, seed="1")] == [*figures.values()]


def strangers(figure: str) -> list[str]:
    """Labels that have a quantity's colour and name another thing."""
    labels = [
        (found[1], "".join(element.itertext()).strip())
        for element in ElementTree.fromstring(figure).iter(f"{SVG}text")
        for found in [re.match(r"var\(--vm-(\w+),", element.get("fill", ""))]
        if found and found[1] in SAID
    ]
    return [
        f"{quantity}: {said}"
        for quantity, said in labels
        if not NUMBER.fullmatch(said) and not re.fullmatch(SAID[quantity], said)
    ]


def test_a_colour_is_that_of_one_quantity(figures: dict[str, str]) -> None:
    assert {title: found for title, figure in figures.items() if (found := strangers(figure))} == {}
    assert sum("var(--vm-L," in figure for figure in figures.values()) > 3


def test_a_colour_on_another_thing_is_noticed(figures: dict[str, str]) -> None:
    figure = next(figure for figure in figures.values() if ">log-sum-exp<" in figure)
    assert strangers(figure) == []
    assert strangers(figure.replace(">m<", ">log-sum-exp<")) == ["logits: log-sum-exp"]


def test_each_figure_is_a_file_with_its_credit(figures: dict[str, str]) -> None:
    about = Publication("A site", "Its authors", "https://a.example/", licence="CC-BY-4.0", day=date(2026, 1, 1))
    for title, figure in figures.items():
        file = drawings.published("x", figure, about, Span("page.md"))
        assert all(said in file for said in (escape(title, quote=False), "Its authors", "CC BY 4.0", about.address))
        assert "var(" not in file


def test_no_two_figures_share_an_id_on_a_page(figures: dict[str, str]) -> None:
    ids: list[str] = []
    for number, figure in enumerate(figures.values()):
        ids += re.findall(r' id="([^"]+)"', drawings.inline(f"figure-{number}", figure, Span("page.md")))
    assert len(ids) == len(set(ids)) > 2 * len(figures)


def worst(file: str, draw: str, curve: str, expected: Callable[[Any], Any]) -> float:
    """How far a curve that is drawn lies from a formula of its own."""
    figure = getattr(import_module(file), draw)()
    x, y = next(line for axes in figure.axes for line in axes.lines if line.get_gid() == f"curve-{curve}").get_data()
    return float(np.max(np.abs(y - expected(x))))


CURVES: dict[tuple[str, str, str], Callable[[Any], Any]] = {
    ("figures_loss", "draw_log_tangent", "ln"): np.log,
    ("figures_loss", "draw_loss", "surprise"): lambda p: -np.log(p),
    ("figures_loss", "draw_loss", "gap"): lambda t: np.log1p(np.exp(-t)),
    ("figures_loss", "draw_logsumexp", "lse"): lambda t: np.log(2 + np.exp(t)),
    ("figures_loss", "draw_dual", "gain"): lambda p: p - np.nan_to_num(p * np.log(p) + (1 - p) * np.log(1 - p)),
    ("figures_gradients", "draw_tanh", "slope"): lambda t: 1 / np.cosh(t) ** 2,
    ("figures_softmax", "draw_bias", "0"): lambda x: 1 / (1 + 2 * np.cosh(x)),
    ("figures_softmax", "draw_bias", "1.5"): lambda x: np.exp(1.5) / (np.exp(1.5) + 2 * np.cosh(x)),
    ("figures_descent", "draw_chords", "loss"): lambda t: np.log1p(np.exp(t)),
    ("figures_descent", "draw_pair", "alone"): lambda eta: np.log1p(np.exp(-1 - 2 * eta / (1 + np.e))),
    ("figures_descent", "draw_logistic", "slope-0"): lambda z: 1 / (1 + np.exp(-z)),
    ("figures_descent", "draw_tangent", "loss"): lambda s: (
        np.log(np.exp(0.5 + 0.5 * s) + np.exp(3 * s) + np.exp(1 + s)) - 3 * s
    ),
    ("figures_descent", "draw_curvature", "zero"): lambda p: 0 * p,
}


@pytest.mark.parametrize("curve", CURVES, ids="-".join)
def test_a_curve_is_what_its_formula_says(curve: tuple[str, str, str]) -> None:
    with np.errstate(all="ignore"):
        assert worst(*curve, CURVES[curve]) < 1e-9
        assert worst(*curve, lambda x: CURVES[curve](x) + 1e-6 * (1 + x**2)) > 1e-9
