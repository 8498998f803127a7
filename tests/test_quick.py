"""What makes a page quick to read leaves what it says as it is, and finds what it changes in the theme."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path

import material  # type: ignore[import-untyped]
import pytest

from tests.conftest import Build
from verimath.kept.store import Drawer
from verimath.site import quick
from verimath.site.finished import Finished
from verimath.site.quick import faces_first, for_instant, height, in_sections, with_held_search

SECTIONS = re.compile(r'<section class="vm-(?:first|section)"[^>]*>|</section>')
TEXT = "<h1>a</h1><p>b</p><h2>c</h2><p>d</p><h2 id=e>f</h2><div><h2>g</h2></div><p>h</p><h2>i</h2><ul><li>j</li></ul>"


def test_each_title_begins_a_section_and_nothing_is_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    drawer = Drawer(None)
    html = in_sections(TEXT, drawer)
    with monkeypatch.context() as patched:
        # What was found once is kept.
        patched.setattr(quick, "_sections", lambda html: pytest.fail("looked for anew"))
        assert in_sections(TEXT, drawer) == html
    assert SECTIONS.sub("", html) == TEXT
    assert html.startswith(
        '<h1>a</h1><p>b</p><section class="vm-first"><h2>c</h2><p>d</p></section><section class="vm-s'
    )
    assert html.count("<section") == html.count("</section>") == 3
    assert html.count("--vm-wide:") == html.count("--vm-narrow:") == 2


@pytest.mark.parametrize(
    "html",
    [
        "<p>a</p>",
        "<h2>a</h2><p>b</p>",
        "<div><h2>a</h2><h2>b</h2></div>",
        "<h2>a</h2><h2>b</h2><div>",
        "<h2>a</h2></div><h2>b</h2>",
    ],
)
def test_what_has_no_sections_or_does_not_close_is_left_alone(html: str) -> None:
    assert in_sections(html, Drawer(None)) == html


@pytest.mark.parametrize(
    ("features", "after"),
    [
        (None, None),
        ([], [quick.WAITS]),
        (["toc.follow"], ["toc.follow", quick.WAITS]),
        ([quick.WAITS], [quick.WAITS]),
    ],
)
def test_a_theme_that_has_features_waits_with_code(features: list[str] | None, after: list[str] | None) -> None:
    theme: dict[str, list[str] | None] = {"features": features}
    quick.unmeasured(theme)
    assert theme["features"] == after


LONG = "a" * (quick.NARROW + 1)


@pytest.mark.parametrize(
    ("html", "reached"),
    [
        (f"<pre><span></span><code>b\n{LONG}\n</code></pre>", 1),
        (f'<pre><code class="a"><span>{LONG}</span></code></pre>', 1),
        (f'<pre><code tabindex="0">{LONG}</code></pre>', 1),
        (f"<pre><code>{LONG[1:]}\n{LONG[1:]}</code></pre>", 0),
        ("<pre><code>" + "&lt;" * quick.NARROW + "</code></pre>", 0),
        (f"<p><code>{LONG}</code></p><pre>{LONG}</pre>", 0),
    ],
)
def test_code_that_a_phone_cuts_off_is_reached_by_keyboard(html: str, reached: int) -> None:
    assert quick.reachable(html).count('<code tabindex="0"') == reached
    assert quick.reachable(html).replace(' tabindex="0"', "") == html.replace(' tabindex="0"', "")


def test_material_knows_the_feature() -> None:
    [script] = (Path(material.__file__).parent / "templates" / "assets" / "javascripts").glob("bundle.*.min.js")
    assert f'"{quick.WAITS}"' in script.read_text("utf-8")


def test_a_section_is_about_as_high_as_what_it_holds() -> None:
    high = partial(height, letters=quick.WIDE)
    assert high("<p>a</p>") < high(f"<p>{'a' * 1000}</p>") < high(f"<p>{'a' * 2000}</p>")
    assert high("<p>a</p><p>a</p>") > high("<p>a a</p>")
    cells = "<tr><td>a</td><td>b</td></tr>"
    assert high(f"<table>{cells}{cells}</table>") > high("<p>a b</p><p>a b</p>")
    assert high("<pre>a\n\n\n\nb</pre>") > high("<p>a b</p>")
    folded = f"<details><summary>a</summary>{'b' * 9000}<details open><summary>c</summary>d</details></details>"
    assert high(folded) == high("<p>a</p>") < high(folded.replace("<details>", "<details open>"))
    assert height("a" * 1000, quick.NARROW) > 1.5 * high("a" * 1000)


def katex(*classes: str) -> str:
    inside = "".join(f'<span class="{each}">x</span>' for each in classes)
    return f'<span class="katex"><span class="katex-html">{inside}</span></span>'


def asked(html: str) -> list[str]:
    return re.findall(r'href="(\S*KaTeX_\S*)\.woff2"', faces_first(html, "a/", "assets/verimath"))


def test_the_faces_of_the_first_formulas_are_asked_for_at_once() -> None:
    head = '<link rel="stylesheet" href="a.css">'
    formula = katex("mord mathnormal")
    fonts = "../assets/verimath/fonts/KaTeX_"
    assert asked(head + formula) == [f"{fonts}Main-Regular", f"{fonts}Math-Italic"]
    far = formula * quick.NEAR + katex("mord mathbb")
    assert "AMS-Regular" not in str(asked(head + far))
    assert "AMS-Regular" in str(asked(head + far.replace(formula, "", 1)))
    assert faces_first(head, "a/", "b") == head
    grown = katex("delimsizing size1", "delimsizing size3", "mop op-symbol large-op", "delimsizinginner delim-size4")
    assert [each[-13:] for each in asked(head + grown)][1:] == [f"Size{size}-Regular" for size in (1, 2, 3, 4)]
    every = formula + grown + katex("mord mathbb", "mord mathbf", "mord mathcal")
    assert len(asked(head + every)) == quick.MOST


TITLE, EQUATION = '<h3 id="title">', '<div class="vm-equation vm-wide" id="equation">'
FORMULA, FULL = katex("mord"), "a" * quick.SCREEN


@pytest.mark.parametrize(
    ("html", "awaited"),
    [
        (FULL + TITLE + EQUATION, ["title"]),
        (FULL + EQUATION + TITLE, ["equation"]),
        # Those of the first screen aren't enough, nor are those of which nothing is said.
        (TITLE + EQUATION + FULL, []),
        (FULL + TITLE.replace("h3", "p") + EQUATION.replace("vm-equation", "vm-box"), []),
        # What stands around a text is no part of its screen.
        (f"{FULL}<h1>a</h1>{TITLE}", []),
        (f"{FULL}<h1>a</h1>{TITLE}{FULL}{EQUATION}", ["equation"]),
        (f"{quick.SKIPPED}>{TITLE}", ["title"]),
        (f"{quick.SKIPPED}>{TITLE}{FULL}{EQUATION}", ["title"]),
        (f"{FULL}{TITLE}{quick.SKIPPED}>{EQUATION}", ["title"]),
    ],
)
def test_a_page_is_painted_when_its_first_screen_is_read(html: str, awaited: list[str]) -> None:
    def asked_of(page: str) -> list[str]:
        found = faces_first(f'<link rel="stylesheet" href="a.css">{page}', "a/", "b")
        return re.findall(r'<link rel="expect" href="#([^"]*)" blocking="render">', found)

    assert asked_of(FORMULA + html) == awaited
    # What has no formula is painted as it comes.
    assert asked_of(html) == []


def test_every_face_is_one_of_katex() -> None:
    fonts = {path.name for path in (Path(quick.__file__).parents[1] / "vendor" / "katex" / "fonts").iterdir()}
    assert {f"KaTeX_{name}.woff2" for name in quick.FACES} <= fonts


@pytest.mark.parametrize(
    ("html", "sent"),
    [
        ("<p>a\n\n   b</p>\n  <article>\n\n  c\n</article>\n\n d", "<p>a\nb</p>\n<article>\n\n  c\n</article>\nd"),
        ("<pre>\n\n  a</pre>  \n<article></article>", "<pre>\n\n  a</pre>\n<article></article>"),
        ("<script>\n\n  a</script>\n\n<article></article>", "<script>\n\n  a</script>\n<article></article>"),
        ("a b  c\u00a0\n<article></article>", "a b  c\u00a0\n<article></article>"),
        # A theme without articles may keep spaces anywhere.
        ("<div>\n\n  a</div>", "<div>\n\n  a</div>"),
    ],
)
def test_empty_lines_around_an_article_are_not_sent(html: str, sent: str) -> None:
    assert quick.tight(html) == sent
    assert quick.tight(sent) == sent


def test_the_script_that_holds_the_search_comes_before_the_theme() -> None:
    bundle = '<script src="../assets/javascripts/bundle.0123abcd.min.js"></script>'
    html = with_held_search(f"<p>{bundle}", "assets/verimath")
    assert html == f'<p><script src="../assets/verimath/held.js"></script>\n{bundle}'
    assert with_held_search("<p>", "assets/verimath") == "<p>"


def test_how_to_search_is_held_with_the_search() -> None:
    bundle = '<script src="../assets/javascripts/bundle.0123abcd.min.js"></script>'
    seek, other = (f'<script src="../assets/verimath/{name}"></script>' for name in (quick.SEEK, "reader.js"))
    html = with_held_search(f"<p>{bundle}\n{other}\n{seek}", "assets/verimath")
    held = f'<script src="../assets/verimath/held.js" data-first="../assets/verimath/{quick.SEEK}"></script>'
    assert html == f"<p>{held}\n{bundle}\n{other}"
    # Of another theme, nothing is held.
    assert with_held_search(seek, "assets/verimath") == seek


def test_what_is_changed_of_the_theme_is_there(tmp_path: Path) -> None:
    """Of the version that is installed: another one may be written otherwise, and is left alone then."""
    folder = Path(material.__file__).parent / "templates" / "assets"
    [palette] = folder.glob("stylesheets/palette.*.min.css")
    [bundle] = folder.glob("javascripts/bundle.*.min.js")
    script = bundle.read_text("utf-8")
    assert "new XMLHttpRequest" in script
    assert "search/search_index.json" in script
    assert "new Worker(" in script
    assert list(folder.glob("javascripts/workers/search.*.min.js"))
    [main] = folder.glob("stylesheets/main.*.min.css")
    assert quick.PARTS in main.read_text("utf-8")
    (tmp_path / main.name).write_text(main.read_text("utf-8"), "utf-8")
    (tmp_path / palette.name).write_text(palette.read_text("utf-8"), "utf-8")
    quick.fade(Finished(tmp_path), Drawer(None))
    once = (tmp_path / main.name).read_text("utf-8")
    assert "table:not([class])+*{" in main.read_text("utf-8")
    assert once.count(quick.BLOCKS) == 5
    assert "table:not([class])+*" not in once
    back = once.replace(quick.OUR_PARTS, quick.PARTS).replace(f"+{quick.BLOCKS}", "+*").replace(quick.BLOCKS, "")
    assert back == main.read_text("utf-8")
    quick.fade(Finished(tmp_path), Drawer(None))
    assert (tmp_path / main.name).read_text("utf-8") == once
    before, after = palette.read_text("utf-8"), (tmp_path / palette.name).read_text("utf-8")
    assert "[data-md-color-switching] *" in before
    assert "[data-md-color-switching] *" not in after
    assert after.count(quick.FADING) == 3
    assert f"[data-md-color-switching] {quick.FADING}:after" in after
    assert after.replace(quick.FADING, "*").replace("*:", ":") == before


def test_addresses_in_drawings_can_be_set_anew() -> None:
    html = '<a href="a"></a><svg><use href="#b" x="1"/><a class="c" href="d"><path/></a></svg><a href="e">'
    made = '<a href="a"></a><svg><use xlink:href="#b" x="1"/><a class="c" xlink:href="d"><path/></a></svg><a href="e">'
    assert for_instant(html) == for_instant(made) == made


def test_without_the_option_nothing_is_changed(build_site: Build) -> None:
    page = "## a\n\n$x$\n\n## b\n\n$y$\n"
    assert "<section" not in build_site(page)["index.md"]
    assert build_site(page, options={"quick": True})["index.md"].count("<section") == 2


def test_scripts_are_published_without_their_comments(build_site: Build) -> None:
    build_site("# A\n", check=True)
    for name in ("folds.js", "reader.js", "lists.js", quick.SEEK, quick.SCRIPT):
        script = Path("site/assets/verimath", name).read_text("utf-8")
        own = (Path(quick.__file__).parent / name).read_text("utf-8")
        code = [line for line in own.splitlines() if not line.lstrip().startswith("//")]
        assert script.splitlines() == code
        assert len(code) < len(own.splitlines())
