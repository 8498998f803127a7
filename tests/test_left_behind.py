"""No marker is left in any file, however another plugin wrote it."""

from __future__ import annotations

import json
from collections.abc import Callable
from html import escape
from pathlib import Path

import pytest

from tests.conftest import ROOT
from verimath.kept.store import Store
from verimath.message.refusal import Refusal
from verimath.site import marker
from verimath.site.finished import Finished, undisturbed
from verimath.site.left_behind import refuse_markers

INLINE = marker.inline("a < b", "a &lt; b")
MARKERS = [
    INLINE,
    marker.equation("a", "x", "x"),
    marker.shown("a"),
    marker.snippet("a", "x = 1", ""),
    marker.file("a.py", "a"),
    marker.drawing("a", "a.svg"),
    marker.display("x", "x"),
    marker.verdict("a"),
    f'<span class="vm-ref" {marker.LABEL}="a">(a)</span>',
]
# How another plugin may write a page's HTML into its own file.
WAYS: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "in capitals": str.upper,
    "escaped": escape,
    "as JSON": json.dumps,
    "as data": lambda html: f"<![CDATA[{html}]]>",
    "without quotation marks": lambda html: html.replace('"', ""),
}


def refusal(folder: Path, name: str, text: str, others: list[str] | None = None) -> str:
    """What is said of a file; empty where it may be published."""
    (folder / name).write_text(text, "utf-8")
    try:
        refuse_markers(Finished(folder), others or [])
    except Refusal as refusal:
        return str(refusal)
    finally:
        (folder / name).unlink()
    return ""


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", ["a.html", "feed.xml", "index.json", "llms.txt", "a.js", "a.unknown"])
def test_a_marker_is_found_in_whatever_form_and_file(tmp_path: Path, way: str, name: str) -> None:
    for left in MARKERS:
        said = refusal(tmp_path, name, f"before {WAYS[way](left)} after")
        assert said.startswith(f"{(tmp_path / name).as_posix()}: formulas that nothing set\n  another plugin "), left


@pytest.mark.parametrize(
    "left",
    [
        f"<span {marker.TEX}='x' class=vm-inline>x</span>",
        '<span class="vm-inline">x</span>',
        "<span class=vm-inline>x</span>",
        '<div id="a" class="vm-display">x</div>',
    ],
)
def test_attributes_in_another_order_or_taken_away_are_seen(tmp_path: Path, left: str) -> None:
    assert refusal(tmp_path, "a.html", f"<p>{left}</p>")


@pytest.mark.parametrize(
    "fine",
    [
        '<span class="vm-inline"><span class="katex">x</span></span>',
        "<div class=vm-display>\n <span class=katex-display><span class=katex>x</span></span></div>",
        '<p data-tex="x" data-label="a">a vm-inline thing</p>',
        "&lt;span class=&quot;vm-inline&quot;&gt;",
    ],
)
def test_what_is_set_is_no_marker(tmp_path: Path, fine: str) -> None:
    assert refusal(tmp_path, "a.html", fine) == ""


def test_it_names_who_could_have_done_it(tmp_path: Path) -> None:
    said = refusal(tmp_path, "feed.xml", escape(INLINE), ["rss", "hooks.py"])
    assert "  it can only be one of these: hooks.py, rss\n" in said
    assert said.endswith("leave this page out of what it writes, or list that plugin after verimath")


@pytest.mark.parametrize(
    ("plugin", "says"), [("blog", "write <!-- more --> above"), ("print-site", "print-site: {exclude: [page.md]}")]
)
def test_who_sets_pages_a_second_time_has_a_way_out_of_its_own(plugin: str, says: str, tmp_path: Path) -> None:
    assert says in refusal(tmp_path, "page.html", INLINE, ["search", plugin])
    assert says not in refusal(tmp_path, "page.html", INLINE, ["search"])


def test_a_picture_is_not_read(tmp_path: Path) -> None:
    assert refusal(tmp_path, "a.png", INLINE) == ""


def test_no_source_of_the_tool_holds_what_a_page_may_not() -> None:
    files = [*(ROOT / "src" / "verimath").rglob("*.js"), *(ROOT / "src" / "verimath").rglob("*.css")]
    assert files
    assert not [file.name for file in files if marker.LEFT.search(file.read_text("utf-8"))]


def test_what_was_looked_through_is_looked_through_again_where_it_changed(tmp_path: Path) -> None:
    store, site = Store(tmp_path / "kept"), tmp_path / "site"
    site.mkdir()
    (site / "a.html").write_text("fine")
    refuse_markers(Finished(site), [], store.drawer("finished", "site"))
    for _ in range(2):
        (site / "a.html").write_text(INLINE)
        with pytest.raises(Refusal):
            refuse_markers(Finished(site), [], store.drawer("finished", "site"))
    # What is fine in a feed may be a mark without attributes in a page.
    (site / "a.html").unlink()
    (site / "a.txt").write_text('<span class="vm-inline">x</span>')
    refuse_markers(Finished(site), [], store.drawer("finished", "site"))
    (site / "a.txt").rename(site / "a.html")
    with pytest.raises(Refusal):
        refuse_markers(Finished(site), [], store.drawer("finished", "site"))


def test_a_file_that_another_build_takes_away_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("fine")
    site = Finished(tmp_path)
    with undisturbed():
        assert site.text(tmp_path / "a.html") == "fine"
    (tmp_path / "a.html").unlink()
    with pytest.raises(Refusal) as refused, undisturbed():
        refuse_markers(site, [], Store(tmp_path / "kept").drawer("finished", "another"))
    assert str(refused.value) == (
        f"{(tmp_path / 'a.html').as_posix()}: the site can't be finished\n"
        "  this file was there, and is gone: another build may be writing to the same folder\n"
        "  wait for it, or give each its folder: "
        "python -m verimath.site.exchange site mkdocs build --site-dir {}"
    )
