"""A face is split by what the pages of a site use of it: nothing of it is lost or drawn otherwise."""

from __future__ import annotations

import shutil
from itertools import combinations
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from verimath.kept.store import Drawer
from verimath.latex.katex import VENDOR
from verimath.site import glyphs, typeface
from verimath.site.finished import Finished

MAIN = "KaTeX_Main-Regular.woff2"
PAGE = """<p>Un 1/2 <em>mot &amp; demi</em><span class="katex"><span class="katex-html" aria-hidden="true">\
<span class="mord mathnormal">x</span><span class="mrel">&lt;</span><span class="mord">3</span>\
<span class="mord mathbb">R</span><span class="delimsizing size3">(</span>\
<span class="delimsizinginner delim-size4"><span>⎛</span></span>\
<span class="mop op-symbol large-op">∑</span></span></span></p>
<svg><text font-family="KaTeX_Math, serif" x="3">W</text></svg>"""


def site(folder: Path, page: str = PAGE) -> Path:
    """A site with one page, all faces, and the styles that name them."""
    (folder / "a" / "fonts").mkdir(parents=True)
    for fonts in (VENDOR / "fonts", typeface.VENDOR / "fonts"):
        for font in fonts.glob("*.woff2"):
            shutil.copy(font, folder / "a" / "fonts")
    shutil.copy(VENDOR / "katex.min.css", folder / "a")
    shutil.copy(Path(typeface.__file__).with_name(typeface.STYLE), folder / "a")
    (folder / "index.html").write_text(page, "utf-8")
    return folder


def lettered(folder: Path, pages: list[str]) -> Path:
    """A site whose pages have some letters each."""
    made = site(folder, f"<p>{pages[0]}</p>")
    for number, letters in enumerate(pages[1:]):
        (folder / f"{number}.html").write_text(f"<p>{letters}</p>", "utf-8")
    glyphs.split(Finished(folder), "a", Drawer(None))
    return made / "a"


def points(path: Path) -> set[int]:
    with TTFont(path) as font:
        return {*font.getBestCmap()}


def test_each_letter_is_found_where_its_face_is_asked_for() -> None:
    used = glyphs.letters(PAGE).items()
    found = {name.removeprefix("KaTeX_"): "".join(sorted(seen - {*glyphs.ALWAYS})) for name, seen in used}
    assert found["Main-Regular.woff2"] == "3<"
    assert found["Math-Italic.woff2"] == "Wx"
    assert found["AMS-Regular.woff2"] == "R"
    assert found["Size2-Regular.woff2"] == "∑"
    assert found["Size3-Regular.woff2"] == "("
    assert found["Size4-Regular.woff2"] == "⎛"
    assert found[glyphs.ITALIC] == "&deimot"
    assert {*"Unmot&12"} <= {*found[glyphs.UPRIGHT]}
    assert not {*"x<3"} & {*found[glyphs.UPRIGHT]}


def test_both_halves_are_the_whole(tmp_path: Path) -> None:
    folder = site(tmp_path) / "a"
    glyphs.split(Finished(tmp_path), "a", Drawer(None))
    for font in sorted((folder / "fonts").glob(f"*{glyphs.REST}")):
        first = font.with_name(font.name.replace(glyphs.REST, ".woff2"))
        whole = next(each for each in (VENDOR, typeface.VENDOR) if (each / "fonts" / first.name).is_file())
        assert points(first) | points(font) == points(whole / "fonts" / first.name)
    # What mirrors a sign in text from right to left comes with it.
    assert points(folder / "fonts" / MAIN) == {*map(ord, "3<>")} | {0x20, 0xA0}
    assert (folder / "fonts" / MAIN).stat().st_size < (VENDOR / "fonts" / MAIN).stat().st_size / 4
    # What no page uses isn't touched.
    assert (folder / "fonts" / "KaTeX_Fraktur-Bold.woff2").read_bytes() == (
        VENDOR / "fonts" / "KaTeX_Fraktur-Bold.woff2"
    ).read_bytes()


COMMON, SELDOM = "abcdefghij", "ABCDEFGH"


@pytest.mark.parametrize(
    ("pages", "rare"),
    [
        ([COMMON] * 9 + [COMMON + SELDOM], SELDOM),
        ([COMMON] * 8 + [COMMON + SELDOM] * 2, ""),
        ([COMMON] * 9 + [COMMON + SELDOM[: glyphs.LETTERS - 1]], ""),
        ([COMMON] * (glyphs.PAGES_AT_LEAST - 2) + [COMMON + SELDOM], ""),
    ],
)
def test_letters_of_few_pages_are_apart(tmp_path: Path, pages: list[str], rare: str) -> None:
    folder = lettered(tmp_path, pages)
    first = folder / "fonts" / glyphs.UPRIGHT
    used = {*map(ord, COMMON)} | ({*map(ord, SELDOM)} & {ord(letter) for page in pages for letter in page})
    assert points(first) & used == used - {*map(ord, rare)}
    apart = first.with_name(f"{first.stem}{glyphs.RARE.format(1)}")
    assert apart.is_file() == bool(rare)
    if rare:
        assert points(apart) == {*map(ord, rare)}
    rules = [found.group() for found in glyphs.RULE.finditer((folder / typeface.STYLE).read_text("utf-8"))]
    named = [rule for rule in rules if first.stem in rule]
    assert len(named) == 2 + bool(rare)
    for one, other in combinations(named, 2):
        assert not covered(one) & covered(other)


def test_rare_letters_are_together_with_those_of_about_as_many_pages(tmp_path: Path) -> None:
    folder = lettered(tmp_path, [COMMON + "ABCDEFGH"] + [COMMON + "KLMNOPQR"] * 2 + [COMMON] * 17)
    groups = sorted((folder / "fonts").glob(glyphs.UPRIGHT.replace(".woff2", glyphs.RARE.format("*"))))
    assert [points(path) for path in groups] == [{*map(ord, "KLMNOPQR")}, {*map(ord, "ABCDEFGH")}]


@pytest.mark.parametrize("around", ["<code>{}</code>", "<pre>{}</pre>", '<span class="katex"><span>{}</span></span>'])
def test_what_has_a_face_of_its_own_asks_nothing_of_the_text_face(around: str) -> None:
    html = f"<p>ab{around.format('~')}c</p>"
    assert {*"abc"} <= glyphs.letters(html)[glyphs.UPRIGHT]
    assert "~" not in glyphs.letters(html)[glyphs.UPRIGHT]
    assert "~" in glyphs.letters("<p>~</p>")[glyphs.UPRIGHT]


def test_styles_name_both_halves_by_ranges_that_exclude_each_other(tmp_path: Path) -> None:
    folder = site(tmp_path) / "a"
    glyphs.split(Finished(tmp_path), "a", Drawer(None))
    for sheet in ("katex.min.css", typeface.STYLE):
        style = (folder / sheet).read_text("utf-8")
        assert "url(fonts/KaTeX_Fraktur-Bold.woff2)" in style or sheet == typeface.STYLE
        rules = [found.group() for found in glyphs.RULE.finditer(style) if "unicode-range:" in found.group()]
        assert len(rules) % 2 == 0
        assert rules
        for first, rest in zip(rules[::2], rules[1::2], strict=True):
            assert first.split("unicode-range")[0] == rest.split("unicode-range")[0].replace(glyphs.REST, ".woff2")
            assert not covered(first) & covered(rest)


def covered(rule: str) -> set[int]:
    """The code points of a rule's ranges."""
    ranges = rule.partition("unicode-range:")[2].rstrip("}").replace("U+", "").split(",")
    pairs = [each.partition("-") for each in ranges]
    return {point for low, _, high in pairs for point in range(int(low, 16), int(high or low, 16) + 1)}


@pytest.mark.parametrize(
    ("points", "without", "said"),
    [
        ([0x41], [], "U+41"),
        ([0x41, 0x42, 0x43], [], "U+41-43"),
        ([0x41, 0x43], [0x42], "U+41,U+43"),
        ([0x41, 0x43, 0x3B1], [0x100], "U+41-43,U+3B1"),
        ([0x3B1, 0x41], [], "U+41-3B1"),
    ],
)
def test_ranges_go_on_over_what_neither_half_has(points: list[int], without: list[int], said: str) -> None:
    assert glyphs.ranges(points, without) == said


def test_a_face_is_the_same_to_the_byte_whenever_it_is_split(tmp_path: Path) -> None:
    halves = []
    for name in "one", "two":
        folder = site(tmp_path / name) / "a"
        glyphs.split(Finished(tmp_path / name), "a", Drawer(None))
        halves.append((folder / "fonts" / MAIN).read_bytes())
    assert halves[0] == halves[1]


def test_outlines_and_kerning_stay_and_instructions_go(tmp_path: Path) -> None:
    folder = site(tmp_path) / "a"
    glyphs.split(Finished(tmp_path), "a", Drawer(None))
    with TTFont(folder / "fonts" / MAIN) as half, TTFont(VENDOR / "fonts" / MAIN) as whole:
        three, of_all = half.getBestCmap()[ord("3")], whole.getBestCmap()[ord("3")]
        assert half["glyf"][three].getCoordinates(half["glyf"]) == whole["glyf"][of_all].getCoordinates(whole["glyf"])
        assert half["hmtx"][three] == whole["hmtx"][of_all]
        assert whole["glyf"][of_all].program.getBytecode()
        assert "fpgm" in whole
        assert "fpgm" not in half
    with TTFont(folder / "fonts" / glyphs.UPRIGHT) as half, TTFont(typeface.VENDOR / "fonts" / glyphs.UPRIGHT) as whole:
        assert {"GPOS", "GSUB", "gvar"} <= {*half.keys()}
        # The text has none in its face either.
        assert "fpgm" not in whole


def test_a_site_without_the_faces_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "index.html").write_text(PAGE, "utf-8")
    (tmp_path / "a" / "own.css").write_text("@font-face{font-family:x;src:url(fonts/x.woff2)}", "utf-8")
    glyphs.split(Finished(tmp_path), "a", Drawer(None))
    assert (tmp_path / "a" / "own.css").read_text("utf-8") == "@font-face{font-family:x;src:url(fonts/x.woff2)}"


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("p{font-family:Main;color:red}", set()),
        (".a{font-variant-numeric: tabular-nums slashed-zero}", {"tnum", "zero"}),
        (".a{font:small-caps 1em serif}", {"smcp", "c2sc"}),
        (".a{font-variant: all-small-caps}", {"smcp", "c2sc"}),
        ('.a{font-feature-settings:"kern","ss01"}', {"ss01"}),
        ('<p style="font-variant-numeric:diagonal-fractions">1/2</p>', {"frac", "numr", "dnom"}),
        ('<p style="font-feature-settings:&quot;onum&quot;">1</p>', {"onum"}),
    ],
)
def test_forms_of_letters_stay_where_a_style_asks_for_them(text: str, tags: set[str]) -> None:
    assert {*glyphs.features(text)} - {*glyphs.BY_ITSELF} == tags


def test_where_forms_have_names_all_of_them_stay() -> None:
    assert glyphs.features("@font-feature-values Main {@styleset {own: 1}}") == ["*"]


def test_forms_that_no_style_asks_for_go(tmp_path: Path) -> None:
    features = {}
    for name, style in (("none", ""), ("some", "p{font-variant-numeric:diagonal-fractions}")):
        folder = site(tmp_path / name) / "a"
        (folder / "own.css").write_text(style, "utf-8")
        glyphs.split(Finished(tmp_path / name), "a", Drawer(None))
        with TTFont(folder / "fonts" / glyphs.UPRIGHT) as half:
            features[name] = {each.FeatureTag for each in half["GSUB"].table.FeatureList.FeatureRecord}
    assert "frac" not in features["none"]
    assert "frac" in features["some"]
    assert "locl" in features["none"]
