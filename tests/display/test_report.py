"""The Markdown that the page includes says what was seen, and fits the pictures."""

import json
import re
import struct
from pathlib import Path
from xml.etree import ElementTree

import markdown
import pytest

from bench.display.forms import SOURCES, forms
from bench.display.renderers import RENDERERS
from bench.display.report import FORMS, Report, Shot, code, entities, section
from bench.display.seen import Seen

ROOT = Path(__file__).parents[2]
MEASURED = (SOURCES / "measured.md").read_text("utf-8")
IMAGE = re.compile(
    r'!\[(?P<alt>[^]]+)\]\(assets/display/(?P<file>[^)]+)\)\{ width="(?P<width>\d+)" height="(?P<height>\d+)"'
)

RIGHT = Seen(rows=3, star=True, error=None, source=False)
LOST = Seen(rows=1, star=True, error=None, source=False)
REFUSED = Seen(rows=0, star=True, error=r"\begin{a*} | `b`", source=False)


def report(article: Seen) -> Report:
    seen = {"right": RIGHT, "article": article, "rows": LOST, "star": RIGHT}
    return Report({"one": "Un 1.0"}, {(form, "one"): Shot(seen[form], 10, 20) for form in FORMS}, "7.8.9")


@pytest.mark.parametrize("text", [r"\begin{align*} *a* \\ _b_", "`a` | [x](y) <b> &amp; $c$", "^{*} → ^{}"])
def test_markdown_leaves_quoted_text_as_it_is(text: str) -> None:
    page = markdown.markdown(f"| {code(text)} |\n| --- |\n| ![{entities(text)}](picture.png) |", extensions=["tables"])
    table = ElementTree.fromstring(page)
    assert [quoted.text for quoted in table.iter("code")] == [text]
    assert [picture.get("alt") for picture in table.iter("img")] == [text]


@pytest.mark.parametrize(("article", "silent"), [(REFUSED, 1), (LOST, 2), (RIGHT, 1)])
def test_the_tally_counts_what_is_wrong_without_an_error(article: Seen, silent: int) -> None:
    assert " ".join(report(article).tally()).startswith(f"Des 3 rendus d’une source abîmée, {silent} ")


def test_silent_losses_stand_out_and_errors_are_quoted() -> None:
    *_, row = report(REFUSED).table()
    assert row == (
        "| Un 1.0 | 3 lignes | message\xa0: <code>&#92;begin&#123;a&#42;&#125; &#124; &#96;b&#96;</code> "
        "| **1 ligne au lieu de 3, aucune erreur** | 3 lignes |"
    )


def test_a_section_is_marked_as_snippets_want_it() -> None:
    assert list(section("table", iter(["| a |"]))) == [
        "<!-- --8<-- [start:table] -->",
        "| a |",
        "<!-- --8<-- [end:table] -->",
    ]


def test_every_form_has_a_name() -> None:
    assert list(FORMS) == list(forms())


def test_each_picture_is_there_in_the_size_that_the_page_gives_it() -> None:
    shown = {found["file"]: (int(found["width"]), int(found["height"])) for found in IMAGE.finditer(MEASURED)}
    assert set(shown) == {f"{form}-{renderer.key}.png" for form in FORMS for renderer in RENDERERS}
    assert set(shown) == {file.name for file in SOURCES.glob("*.png")}
    for name, size in shown.items():
        width, height = struct.unpack(">II", (SOURCES / name).read_bytes()[16:24])
        assert size == (width // 2, height // 2)


def test_the_pictures_weigh_little() -> None:
    assert sum(file.stat().st_size for file in SOURCES.glob("*.png")) < 400_000


def test_the_table_names_the_versions_that_are_asked_for() -> None:
    asked = json.loads((ROOT / "bench" / "display" / "package.json").read_text("utf-8"))["dependencies"]
    versions = [asked[renderer.package].rpartition("@")[2] for renderer in RENDERERS]
    table = MEASURED.partition("[end:table]")[0]
    assert re.findall(r"^\| (?:MathJax|KaTeX) ([\d.]+)", table, re.MULTILINE) == versions


def test_the_katex_of_the_pictures_is_that_of_the_site() -> None:
    files = (ROOT / folder / "package.json" for folder in ("npm", "bench/display"))
    assert len({json.loads(file.read_text("utf-8"))["dependencies"]["katex"] for file in files}) == 1
