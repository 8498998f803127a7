"""The formula, its author's and the article's: one is made of the other by Markdown, and by nothing else."""

from pathlib import Path

import markdown
import pytest

from bench.display.forms import forms, left_by_markdown

FORMS = forms()
RIGHT = FORMS["right"]


def test_plain_markdown_makes_of_the_right_source_what_the_article_shows() -> None:
    assert FORMS["article"] != RIGHT
    assert left_by_markdown(RIGHT) == FORMS["article"]


def test_a_fence_keeps_the_right_source() -> None:
    page = markdown.markdown(f"```math\n{RIGHT}\n```", extensions=["fenced_code"])
    assert page.replace("&amp;", "&") == f'<pre><code class="language-math">{RIGHT}\n</code></pre>'


@pytest.mark.parametrize(
    ("form", "lost", "left"),
    [("rows", "\\\\", "\\"), ("star", "^{*}", "^{}")],
)
def test_a_form_has_one_loss_and_no_other(form: str, lost: str, left: str) -> None:
    damaged = FORMS[form]
    assert damaged != RIGHT
    assert lost not in damaged
    assert damaged == left.join(RIGHT.split(lost))


def test_the_article_s_losses_are_these_two_and_the_star_of_its_first_line() -> None:
    both = RIGHT.replace("\\\\", "\\").replace("^{*}", "^{}")
    assert both.replace("{align*}", "{align}", 1) == FORMS["article"]


def test_an_article_that_plain_markdown_does_not_make_is_refused(tmp_path: Path) -> None:
    (tmp_path / "right.tex").write_text(RIGHT, "utf-8")
    (tmp_path / "article.tex").write_text(FORMS["rows"], "utf-8")
    with pytest.raises(ValueError, match=r"does not turn right\.tex into article\.tex"):
        forms(tmp_path)
