"""Of a style sheet, what no page of a site can meet goes, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from verimath.kept.store import Drawer, Store
from verimath.site import unused
from verimath.site.finished import Finished

PAGE = """<html><body class="page"><p class="a b-c" id="i">text.word</p><p class="x:y" data-kind="one two">…</p>
<script>document.body.className = "by-" + name; box.classList.add("from-script")</script></body></html>"""
SCRIPT = 'root.innerHTML = `<b class="made--${kind}">`; each.className += "--open";'

KEPT = [
    ".a{color:red}",
    "p.a.b-c>b:hover{color:red}",
    "#i{color:red}",
    ".x\\:y{color:red}",
    ".from-script{color:red}",
    ".made--any{color:red}",
    ".menu--open{color:red}",
    "p.a:nth-child(2n + 1 of .gone){color:red}",
    "@layer base,theme;",
    "@supports (--a:b){.a{color:red}}",
    "p:not(.gone){color:red}",
    ":is(.gone,.a) b{color:red}",
    "[data-gone]{color:red}",
    "[data-kind=one]{color:red}",
    '[data-kind="one two"]{color:red}',
    '[data-kind="3"]{color:red}',
    "[data-kind=true]{color:red}",
    "[data-kind^=gone]{color:red}",
    "[data-kind=gone i]{color:red}",
    "[type=gone]{color:red}",
    "p:not([data-kind=gone]){color:red}",
    '[class*=".gone"]{color:red}',
    "@media print{.a{color:red}}",
    "@keyframes gone{0%{left:.5em}}",
    '@charset "UTF-8";',
    'p{background:url(data:image/svg+xml;utf8,<svg/>);content:"}"}',
    ":root{--asked:url(a.svg)}p{mask:var(--asked)}",
    # Brackets in what is quoted.
    """:root{--asked:url("data:image/svg+xml,<svg id='(a) b'/>")}p{mask:var(--asked)}""",
    "@font-face{font-family:Used;src:url(a.woff2)}p{font-family:Used}",
]
GONE = [
    (".gone{color:red}", ""),
    ("@layer base{@media print{.gone{color:red}}}", ""),
    (".word{color:red}", ""),
    (".a .gone,.a{color:red}", ".a{color:red}"),
    ("p.a.gone:hover{color:red}", ""),
    ("#gone b{color:red}", ""),
    ("[data-kind=gone]{color:red}", ""),
    ('[data-kind="one gone"] p,b{color:red}', "b{color:red}"),
    ("@media print{.gone{color:red}}", ""),
    ("@media print{.gone{color:red}.a{color:red}}", "@media print{.a{color:red}}"),
    ("/* said */p{color:red}", "p{color:red}"),
    (".gone{color:red", ""),
    ('.gone{color:red}p{content:"\\3c b"}', 'p{content:"<b"}'),
    (":root{--gone:url(a.svg);--b:1}", ":root{--b:1}"),
    (""":root{--gone:url("data:,<svg id='(a) b'/>");--b:1}.gone{color:red}""", ":root{--b:1}"),
    ("@font-face{font-family:Gone;src:url(a.woff2)}", ""),
    ("@font-face{font-family:Gone;src:url(a.woff2)}.gone{font-family:Gone}", ""),
]


def lightened(folder: Path, style: str, page: str = PAGE) -> str:
    (folder / "index.html").write_text(page, "utf-8")
    (folder / "a.js").write_text(SCRIPT, "utf-8")
    (folder / "a.css").write_text(style, "utf-8")
    unused.lighten(Finished(folder), Drawer(None))
    return (folder / "a.css").read_text("utf-8")


@pytest.mark.parametrize("style", KEPT)
def test_what_a_page_may_meet_stays(tmp_path: Path, style: str) -> None:
    assert lightened(tmp_path, style) == style


@pytest.mark.parametrize(("style", "left"), GONE)
def test_what_none_can_meet_goes(tmp_path: Path, style: str, left: str) -> None:
    assert lightened(tmp_path, style) == left


@pytest.mark.parametrize(
    "style",
    [".gone{color:red}}", ".gone", "@media print{.gone}", '.gone{content:"a\nb"}'],
)
def test_what_cannot_be_read_stays_as_it_is(tmp_path: Path, style: str) -> None:
    assert lightened(tmp_path, style) == style


@pytest.mark.parametrize(
    ("tabs", "most"),
    [
        ("", 0),
        ('<div class="tabbed-set tabbed-alternate" data-tabs="1:3"></div>', 3),
        ('<div class="tabbed-set" data-tabs="1:3"></div><div class="tabbed-set" data-tabs="2:5"></div>', 5),
        # Whoever writes one by hand doesn't say how many it has.
        ('<div class="tabbed-set"></div>', 20),
    ],
)
def test_rules_for_more_tabs_than_there_are_go(tmp_path: Path, tabs: str, most: int) -> None:
    rules = [
        f".tabbed-set>input:nth-child({place}):checked~.tabbed-labels>:nth-child({place})" for place in range(1, 21)
    ]
    page = PAGE.replace("</body>", f'{tabs}<p class="tabbed-labels"></p></body>')
    style = ",".join([*rules, "p"]) + "{color:red}"
    assert lightened(tmp_path, style, page) == ",".join([*rules[:most], "p"]) + "{color:red}"


def test_a_script_of_another_host_may_make_anything(tmp_path: Path) -> None:
    page = PAGE.replace("</body>", '<script async src="https://example.org/a.js"></script></body>')
    assert lightened(tmp_path, ".gone{color:red}", page) == ".gone{color:red}"


def test_classes_in_data_count(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"html": "<b class=\\"in-data\\">in-text</b>"}', "utf-8")
    assert lightened(tmp_path, ".in-data{color:red}.in-text{color:red}") == ".in-data{color:red}"
    (tmp_path / "a.json").write_text('{"html": "\\u003cb class=\\"in-data\\">in-text\\u003c/b>"}', "utf-8")
    assert lightened(tmp_path, ".in-data{color:red}.in-text{color:red}") == ".in-data{color:red}.in-text{color:red}"


@pytest.mark.parametrize(("folder", "left"), [("lunr", ""), ("other", ".gone{color:red}")])
def test_what_only_a_search_loads_names_nothing(tmp_path: Path, folder: str, left: str) -> None:
    (tmp_path / folder).mkdir()
    (tmp_path / folder / "wordcut.js").write_text('colour = "gone"', "utf-8")
    assert lightened(tmp_path, ".gone{color:red}") == left


def test_a_style_sheet_may_ask_for_a_picture_or_a_face_of_another_one(tmp_path: Path) -> None:
    named = ":root{--gone:url(a.svg);--there:url(b.svg)}@font-face{font-family:There;src:url(a.woff2)}"
    (tmp_path / "b.css").write_text("p{mask:var(--there);font-family:There}", "utf-8")
    assert lightened(tmp_path, named) == named.replace("--gone:url(a.svg);", "")


def test_of_what_is_kept_only_what_still_holds_is_taken(tmp_path: Path) -> None:
    """Of one sheet, whatever else changes: what pages name, what another sheet asks for, and the sheet itself."""
    store = Store(tmp_path / "kept")
    style = ".a{color:red}@font-face{font-family:Used;src:url(a.woff2)}:root{--b:url(a.svg);--c:1}"
    states = [
        (PAGE, style, ""),
        (PAGE.replace('class="a b-c"', 'class="b-c"'), style, ""),
        (PAGE, style, "p{font-family:Used}"),
        (PAGE, style, "p{mask:var(--b)}"),
        (PAGE, style, "p{mask:var(--bb)}"),
        (PAGE, style.replace("red", "blue"), ""),
        (PAGE, style, ""),
    ]
    found = []
    for page, one, other in states:
        both: list[str] = []
        for drawer in (store.drawer("pages", "site"), Drawer(None)):
            folder = tmp_path / f"site{len(both)}"
            folder.mkdir(exist_ok=True)
            (folder / "index.html").write_text(page, "utf-8")
            (folder / "a.css").write_text(one, "utf-8")
            (folder / "b.css").write_text(other, "utf-8")
            unused.lighten(Finished(folder), drawer)
            both.append((folder / "a.css").read_text("utf-8"))
        assert both[0] == both[1]
        found.append(both[0])
        store.close()
    assert found[0] == found[4] == found[6] == ".a{color:red}:root{--c:1}"
    assert len({*found[:4], found[5]}) == 5
