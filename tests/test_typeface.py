"""The text face: published with its licence and asked for first where a site wants it, and nothing of it elsewhere."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Refused
from verimath.site import typeface

Built = Callable[..., dict[str, str]]
ROOT = Path(__file__).parents[1]
PAGES = {"index.md": "# A\n\nUpright.\n", "b.md": "# B\n\nAnd *slanted*.\n"}
# Compressed, as it goes over the network: woff2 is.
HEAVIEST = 50_000
# The least that a test theme must have for something to be asked for before its style sheets.
HEAD = '<!doctype html><link rel="stylesheet" href="a.css"><link rel="stylesheet" href="b.css"><p>{}</p>'


def test_a_site_that_wants_it_has_it_and_its_licence(build_site: Built, tmp_path: Path) -> None:
    build_site(PAGES, options={"typeface": True})
    folder = tmp_path / "site/assets/verimath"
    style = (folder / "type.css").read_text("utf-8")
    asked = set(re.findall(r'url\("([^"]+)"\)', style))
    assert asked == {typeface.UPRIGHT, typeface.ITALIC}
    assert all((folder / name).read_bytes()[:4] == b"wOF2" for name in asked)
    assert "SIL OPEN FONT LICENSE" in (folder / "fonts/OFL.txt").read_text("utf-8").upper()


def test_a_site_that_does_not_has_nothing_of_it(build_site: Built, tmp_path: Path) -> None:
    build_site(PAGES)
    assert [path.name for path in (tmp_path / "site/assets/verimath").rglob("*") if "stix" in path.name] == []
    assert not (tmp_path / "site/assets/verimath/type.css").exists()


def test_it_is_light() -> None:
    weights = [path.stat().st_size for name, path in typeface.published().items() if name.endswith(".woff2")]
    assert len(weights) == 2
    assert sum(weights) < HEAVIEST


@pytest.mark.parametrize(
    ("text", "url", "asked"),
    [
        ("upright", "", ["assets/" + typeface.UPRIGHT]),
        ("<em>slanted</em>", "a/b/", ["../../assets/" + name for name in (typeface.UPRIGHT, typeface.ITALIC)]),
        ("<embed>", "", ["assets/" + typeface.UPRIGHT]),
    ],
)
def test_a_page_asks_first_for_what_it_needs(text: str, url: str, asked: list[str]) -> None:
    html = typeface.preloaded(HEAD.format(text), url, "assets")
    links = re.findall(r'<link rel="preload" href="([^"]+)" as="font" type="font/woff2" crossorigin>', html)
    assert links == asked
    # A page waits for its styles: they are asked for first.
    assert html.rindex("stylesheet") < html.index("preload") < html.index("<p>")
    assert re.sub(r"\n<link rel=\"preload\"[^>]*>", "", html) == HEAD.format(text)


def test_a_page_without_style_stays_as_it_is() -> None:
    assert typeface.preloaded("<p>a</p>", "", "assets") == "<p>a</p>"


def test_a_package_without_it_says_what_to_do(
    build_site: Built, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(typeface, "VENDOR", tmp_path)
    build_site(PAGES)
    with pytest.raises(Refused, match="install verimath again"):
        build_site(PAGES, options={"typeface": True})


def test_the_licence_and_the_integrity_of_what_is_fetched_are_pinned() -> None:
    lock = (ROOT / "npm/package-lock.json").read_text("utf-8")
    for name in ("@fontsource-variable/stix-two-text", "@fontsource/stix-two-text", "katex"):
        entry = lock.split(f'"node_modules/{name}": {{')[1].split("\n    }")[0]
        assert '"integrity": "sha512-' in entry, name
        assert re.search(r'"license": "(OFL-1\.1|MIT)"', entry), name
