"""A caret stays below its sign where lines are wrapped."""

from __future__ import annotations

import re

import pytest

from tests.conftest import Build
from verimath.site import carets

BOX = re.compile(r'<span class="vm-pointed"[^>]*>|</span>')


@pytest.mark.parametrize(
    ("html", "boxed"),
    [
        ("<pre>a\nx = y\n    ^\nb</pre>", ["x = y\n    ^\n"]),
        ("<pre><code>x &lt; y\n  ^</code></pre>", ["x &lt; y\n  ^"]),
        ("<pre><samp>  f(x)\n  ~^~~\nE\n  g(x)\n  ^^^^\n</samp></pre>", ["  f(x)\n  ~^~~\n", "  g(x)\n  ^^^^\n"]),
        # No line of carets, none above it, or not in a block whose lines are kept.
        ("<pre>x^2\ny</pre>", []),
        ("<pre>^\na</pre>", []),
        ("<p>x\n^\n</p>", []),
        # A line with parts of its own might be cut within one.
        ("<pre><b>x\ny</b>\n^\n</pre>", []),
    ],
)
def test_a_line_and_its_caret_are_boxed(html: str, boxed: list[str]) -> None:
    found = carets.kept(html)
    assert re.findall(r'<span class="vm-pointed">(.*?)</span>', found, re.DOTALL) == boxed
    assert BOX.sub("", found) == html


def test_what_may_scroll_is_reached_by_the_keyboard() -> None:
    short, long = "x" * carets.NARROW, "x" * (carets.NARROW + 1)
    assert "tabindex" not in carets.kept(f"<pre>{short}\n^</pre>")
    assert 'tabindex="0"' in carets.kept(f"<pre>{long}\n^</pre>")


def test_a_page_that_shows_a_message(build_site: Build) -> None:
    html = build_site("# A\n\n```text\npage.md:1: no\n    a < b\n      ^\n  why\n```\n")["index.md"]
    assert '<span class="vm-pointed">    a &lt; b\n      ^\n</span>  why' in html
