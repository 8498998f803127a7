"""What a finished page can spare goes; what a browser, a script or a style sheet may read stays."""

from __future__ import annotations

from pathlib import Path

import material  # type: ignore[import-untyped]
import pytest

from verimath.latex import katex
from verimath.site.spared import plain, spare, without

MATHML, SVG = 'xmlns="http://www.w3.org/1998/Math/MathML"', 'xmlns="http://www.w3.org/2000/svg"'
MATERIAL = ":root{--md-code-hl-name-color:var(--md-code-fg-color)}"
NAME = ".highlight .kc,.highlight .n{color:var(--md-code-hl-name-color)}"
CODE = '<pre><code><span class="n">a</span><span class="w"> </span><span class="n vm-q-X">b</span></code></pre>'


def spared(html: str, classes: tuple[str, ...]) -> str:
    return without(html, spare(html, classes))


@pytest.mark.parametrize(
    ("html", "left"),
    [
        (f"<p><math {MATHML}><mi>a</mi></math>", "<p><math><mi>a</mi></math>"),
        (f'<p> <svg id="a" {SVG} width="1"></svg>', '<p> <svg id="a" width="1"></svg>'),
        (CODE, '<pre><code>a <span class="n vm-q-X">b</span></code></pre>'),
    ],
)
def test_what_says_nothing_goes(html: str, left: str) -> None:
    assert spared(html, ("n", "w")) == left
    assert spared(left, ("n", "w")) == left


@pytest.mark.parametrize(
    "html",
    [
        f"<script>a = '<p> <svg {SVG}>'</script>",
        f"<textarea> <math {MATHML}></textarea>",
        f"<template>{CODE}</template>",
        f"""<img alt="" src='data:image/svg+xml,<svg {SVG}/>'>""",
        f"<p>&lt;svg {SVG}&gt;",
        '<svg xmlns:a="b" xmlns="other"></svg>',
        '<p><span class="n">a</span>',
        f"<style>.n {{ color: red }}</style>{CODE}",
        f'<link rel="stylesheet" href="https://example.org/a.css">{CODE}',
        f'<link href="//example.org/a.css" rel="stylesheet">{CODE}',
    ],
)
def test_what_may_say_something_stays(html: str) -> None:
    assert spared(html, ("n", "w")) == html


@pytest.mark.parametrize(
    ("styles", "classes"),
    [
        ([MATERIAL, NAME], ("n", "w")),
        ([MATERIAL, NAME, ".highlight .w{text-decoration:underline}"], ("n",)),
        ([MATERIAL, NAME, ".nn{color:red}.w-2{color:red}"], ("n", "w")),
        ([MATERIAL, NAME, "code .n{font-weight:bold}"], ()),
        ([MATERIAL, NAME, "body{--md-code-hl-name-color:red}"], ()),
        ([NAME], ()),
        # Of another theme, nothing is known.
        (["pre{color:red}"], ()),
    ],
)
def test_names_have_an_element_where_a_style_may_set_them_apart(styles: list[str], classes: tuple[str, ...]) -> None:
    assert plain(styles) == classes


def test_the_installed_theme_and_katex_are_known() -> None:
    [main] = (Path(material.__file__).parent / "templates" / "assets").glob("stylesheets/main.*.min.css")
    assert plain([main.read_text("utf-8")]) == ("n", "w")
    html = katex.typeset("a", False)
    assert isinstance(html, katex.Typeset)
    assert MATHML in html.html
    assert MATHML not in spared(html.html, ())
