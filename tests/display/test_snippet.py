"""The snippet of the page `display`: what Markdown eats, and what the build refuses."""

from collections.abc import Callable

import markdown
import pytest

import display

refusal: Callable[[str], str] = display.refusal

REFUSALS = [
    (r"\begin{align*}", r"\begin{align}", r"Mismatch: \begin{align} matched by \end{align*}"),
    ("\\\\", "\\", r"a single \ at the end of a line"),
    ("^{*}", "^{}", "this script is empty"),
]


def test_plain_markdown_takes_two_stars_for_emphasis_and_one_of_two_backslashes() -> None:
    stars = display.SOURCE.replace("*", "<em>", 1).replace("*", "</em>", 1)
    assert markdown.markdown(display.SOURCE) == f"<p>{stars.strip()}</p>".replace("&", "&amp;").replace("\\\\", "\\")


@pytest.mark.parametrize(("right", "left", "message"), REFUSALS)
def test_what_a_loss_leaves_stops_the_build(right: str, left: str, message: str) -> None:
    damaged = display.SOURCE.replace(right, left)
    assert damaged != display.SOURCE
    assert message in refusal(damaged)


def test_the_right_source_does_not() -> None:
    assert refusal(display.SOURCE) == ""
