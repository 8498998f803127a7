"""The editions say the same: page by page, piece by piece, and what a piece translates is what it was confirmed to."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
import yaml

from bench import editions
from bench.editions import SOURCE, TRANSLATION, faults, names, page_faults, pieces
from bench.english import ASSETS, FILES, in_english
from docs import hooks
from verimath.page.settings import settings

ROOT = SOURCE.parent.parent
CONFIGS = ROOT / "mkdocs.yml", ROOT / "mkdocs.en.yml"


@pytest.mark.parametrize("name", names())
def test_a_page_and_its_translation_agree(name: str) -> None:
    assert [str(fault) for fault in page_faults(name)] == []


FRENCH = """---
title: Un
builds_on: []
---

# Un

Le nombre $x$ vaut 1,5, par [](#a), voir [là](b.md#deux) et `a_b`.

```math {#a name="nom"}
x = 1 \\text{ si } y
```

- point

| a | b |
| --- | --- |
| 1\u202f000\u202f000 | non |
"""
ENGLISH = """---
title: One
builds_on: []
---

# One

By [](#a), the number
$x$ is 1.5, see [there](b.md#deux) and `a_b`.

```math {#a name="name"}
x = 1 \\text{ if } y
```

- item

| a | b |
| --- | --- |
| 1,000,000 | no |
"""
CONFIRMED = {
    (one.name, other.name) for one, other in zip(pieces(FRENCH), pieces(ENGLISH), strict=True) if one.has_words
}


# What each edition sorts by its own words, and what it draws with letters.
SORTED = """# Mots

pas · *step* {: #pas }
:   Un mouvement.

taux · *rate* {: #taux }
:   Une longueur.

| anglais | français |
| --- | --- |
| *rate* | [taux](#taux) |
| *step* | [pas](#pas) |
"""
SORTED_TOO = """# Words

rate · *taux* {: #taux }
:   A length.

step · *pas* {: #pas }
:   A movement.

| French | English |
| --- | --- |
| *pas* | [step](#pas) |
| *taux* | [rate](#taux) |
"""
GRAMMAR = "```text\nénoncé = terme { «+» terme } | mise à jour | \\sin x\n```\n"
GRAMMAR_TOO = "```text\nstatement = term { “+” term } | update | \\sin x\n```\n"


def said(source: str = FRENCH, translation: str = ENGLISH) -> list[str]:
    return [str(fault) for fault in faults("p", source, translation, CONFIRMED)]


def test_a_translation_that_says_the_same_has_no_fault() -> None:
    assert said() == []
    # Where its lines break says nothing.
    assert said(translation=ENGLISH.replace("number\n$x$", "number $x$")) == []


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("x = 1", "x = 2", "docs/en/p.md:11 and docs/fr/p.md:10: fence"),
        ("{#a name", "{#b name", "docs/en/p.md:11"),
        ("$x$", "$y$", "formulas: only French ['x'], only English ['y']"),
        ("is 1.5", "is 1.6", "numbers"),
        ("is 1.5", "is 1,5", "numbers"),
        ("`a_b`", "`a_c`", "code"),
        ("b.md", "c.md", "links"),
        ("[](#a)", "[](#b)", "links"),
        ("- item\n", "item\n", "`text` stands where the other has `-`"),
        ("- item\n\n", "", "stands where the other has `-`"),
        ("| no |", "| no | more |", "row of 4"),
        ("\n| 1,000,000 | no |", "", "one has"),
        ("builds_on: []", "builds_on: [b.md]", "front builds_on"),
        ("# One", "## One", "`##`"),
    ],
)
def test_what_is_not_the_same_is_seen(old: str, new: str, what: str) -> None:
    assert old in ENGLISH
    assert any(what in fault for fault in said(translation=ENGLISH.replace(old, new)))


def test_a_list_that_each_edition_sorts_corresponds_by_its_anchors() -> None:
    assert [str(fault) for fault in faults("glossary", SORTED, SORTED_TOO)] == []
    for old, new in (
        (" {: #taux }", " {: #rate }"),
        (":   A length.\n", ":   A length of 2.\n"),
        ("](#pas)", "](#pax)"),
    ):
        assert old in SORTED_TOO
        assert faults("glossary", SORTED, SORTED_TOO.replace(old, new))
    # Any other page has one order.
    assert faults("p", SORTED, SORTED_TOO)


def test_what_is_drawn_with_letters_has_the_same_signs() -> None:
    assert faults("p", GRAMMAR, GRAMMAR_TOO) == []
    for old, new in (("+", "-"), ("\\sin", "\\cos"), (" | update", ""), ("sin x", "sin y")):
        assert old in GRAMMAR_TOO
        assert faults("p", GRAMMAR, GRAMMAR_TOO.replace(old, new))
    assert "changed since" in str(faults("p", GRAMMAR, GRAMMAR_TOO, set()))


@pytest.mark.parametrize(
    ("source", "translation", "what"),
    [
        ("vaut", "is", "docs/en/p.md:8 and docs/fr/p.md:8: the French has changed since “By"),
        ("point", "item", "docs/fr/p.md:14: the French has"),
        ("si", "if", "the French has"),
    ],
)
def test_a_drift_is_seen_on_either_side_and_names_both_places(source: str, translation: str, what: str) -> None:
    assert any(what in fault for fault in said(FRENCH.replace(source, f"{source} bien")))
    theirs = said(translation=ENGLISH.replace(translation, f"{translation} not", 1))
    assert any("the English has changed since" in fault and "make translated" in fault for fault in theirs)
    both = said(FRENCH.replace(source, "autre"), ENGLISH.replace(translation, "other"))
    assert any("both have changed" in fault for fault in both)


@pytest.fixture
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str, str], None]]:
    """Two editions of one page, and of one that links lead to."""
    for name in ("SOURCE", "TRANSLATION"):
        monkeypatch.setattr(editions, name, tmp_path / name)
        (tmp_path / name).mkdir()
    (tmp_path / "SOURCE" / "b.md").write_text("# B\n\n## Deux\n", "utf-8")
    (tmp_path / "TRANSLATION" / "b.md").write_text("# B\n\n## Two\n", "utf-8")
    editions._anchors.cache_clear()

    def write(source: str, translation: str) -> None:
        (tmp_path / "SOURCE" / "p.md").write_text(source, "utf-8")
        (tmp_path / "TRANSLATION" / "p.md").write_text(translation, "utf-8")

    yield write
    editions._anchors.cache_clear()


def test_a_mended_typo_is_confirmed_by_one_command(
    folders: Callable[[str, str], None], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folders(FRENCH, ENGLISH)
    assert "links" in str(page_faults("p"))
    editions.lead("p")
    assert editions.confirm("p") == []
    # What was copied from the source leads to the headings of the translation.
    assert "[there](b.md#two)" in (tmp_path / "TRANSLATION" / "p.md").read_text("utf-8")
    assert page_faults("p") == []
    mended = (tmp_path / "TRANSLATION" / "p.md").read_text("utf-8").replace("see", "cf.")
    folders(FRENCH, mended)
    assert "the English has changed" in str(page_faults("p")[0])
    assert editions.confirm("p") == []
    assert "confirmed: docs/en/p.md:8 says what docs/fr/p.md:8 does" in capsys.readouterr().out
    assert page_faults("p") == []
    # What says something else can't be confirmed.
    folders(FRENCH, mended.replace("1.5", "1.6"))
    assert "numbers" in str(editions.confirm("p"))


def test_a_page_of_one_edition_alone_is_seen(folders: Callable[[str, str], None], tmp_path: Path) -> None:
    (tmp_path / "SOURCE" / "only.md").write_text("# Seul\n", "utf-8")
    assert "only" in names()
    assert "there is no such page" in str(page_faults("only")[0])


def test_a_drift_in_a_notebook_names_its_cell(folders: Callable[[str, str], None], tmp_path: Path) -> None:
    cells = "# %% [markdown]\n# # One\n\n# %%\na = {0}\n\n# %% [markdown]\n# Two.\n"
    (tmp_path / "SOURCE" / "n.py").write_text(cells.format(1), "utf-8")
    (tmp_path / "TRANSLATION" / "n.py").write_text(cells.format(2), "utf-8")
    assert any("docs/en/n.py:5, cell 2, line 1 and docs/fr/n.py:5" in str(fault) for fault in page_faults("n"))


# What scripts write


@pytest.mark.parametrize("name", FILES)
def test_what_scripts_write_is_there_in_english(name: str) -> None:
    assert (ASSETS / "en" / name).read_text("utf-8") == in_english((ASSETS / name).read_text("utf-8"))


def test_each_file_that_a_page_includes_is_in_its_language() -> None:
    pages = [page.read_text("utf-8") for page in SOURCE.glob("*.md")]
    included = {found for page in pages for found in re.findall(r'--8<-- "([\w/-]+\.(?:md|svg))', page)}
    # Of the guide's files, each edition has its own where there are words; the table has messages and ticks only.
    assert {name for name in included if not name.startswith("guide/")} == {*FILES, "neighbours.md"}
    assert {name for name in included if name.startswith("guide/")} == {"guide/falling.md", "guide/fence.md"}
    assert (ASSETS / "en" / "guide" / "falling.md").exists()


@pytest.mark.parametrize(
    "line", ["Les 12 équations qui affirment ont été changées.", "| une sorte nouvelle | 1 |", "C’est faux :"]
)
def test_a_sentence_that_no_table_knows_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match="has no English for"):
        in_english(line)


# The configurations


def shape(value: Any) -> Any:
    """A configuration without its words: titles of the navigation, names of switches."""
    match value:
        case dict() if len(value) == 1 and isinstance(next(iter(value.values())), list):
            return [shape(each) for each in next(iter(value.values()))]
        case dict():
            return {key: shape(each) for key, each in value.items() if key not in WORDED}
        case list():
            return [shape(each) for each in value]
    return repr(value)


WORDED = {"name", "site_name", "site_description", "site_author", "copyright", "permalink_title", "docs_dir", "lang"}
WORDED |= {"words", "language", "base_path"}


def test_an_edition_changes_words_language_and_folders_only() -> None:
    french, english = map(settings, CONFIGS)
    assert shape(french) == shape(english)
    assert [each["theme"]["language"] for each in (french, english)] == ["fr", "en"]
    assert shape({**english, "validation": {}}) != shape(french)
    assert shape({**english, "nav": english["nav"][1:]}) != shape(french)


def test_the_site_says_the_same_in_each_language() -> None:
    tables = [
        yaml.safe_load(file.read_text("utf-8"))["site"] for file in sorted((ROOT / "docs/assets/words").glob("*"))
    ]
    assert len(tables) == len(hooks.editions(config())) == 2
    assert tables[0].keys() == tables[1].keys()


def spoken(page: str) -> set[str]:
    """The words that a page brings for its scripts."""
    brought = re.search(r'data-words="([^"]*)"', hooks.named(f"{page}<body>", config()))
    assert brought
    return {*json.loads(unescape(brought[1]))}


def test_a_page_brings_the_words_that_its_scripts_say() -> None:
    site, explorer = (
        {*re.findall(r"\bwords\.(\w+)", (ROOT / "docs/assets" / f"{name}.js").read_text("utf-8"))}
        for name in ("site", "explorer")
    )
    assert spoken("") == site
    assert spoken('<div class="explorer"></div>') == site | explorer > site


# Ways from one to the other


def config(language: str = "fr", site_url: str = "") -> Any:
    listed = settings(CONFIGS[0])["extra"]["editions"]
    theme = {"language": language}
    return cast("Any", SimpleNamespace(theme=theme, site_url=site_url, extra={"editions": listed}))


def led(language: str, url: str, root: str, site_url: str = "") -> str:
    switch = "".join(f'<a href="#edition-{code}" hreflang="{code}">' for code in ("fr", "en"))
    head = '<link rel="alternate" href="#edition-en" hreflang="en">\n'
    return hooks.led(f"<head>{head}</head>{switch}", url, root, config(language, site_url))


def test_the_switch_leads_to_the_same_page() -> None:
    french, english = led("fr", "softmax/", "../"), led("en", "softmax/", "../")
    assert '<a href="../softmax/" hreflang="fr"><a href="../en/softmax/" hreflang="en">' in french
    assert '<a href="../../softmax/" hreflang="fr"><a href="../../en/softmax/" hreflang="en">' in english
    assert '<a href="./" hreflang="fr"><a href="en/" hreflang="en">' in led("fr", "", "")
    assert '<a href="/x/404.html" hreflang="fr"><a href="/x/en/404.html" hreflang="en">' in led("fr", "404.html", "/x/")
    assert '<a href="/x/404.html" hreflang="fr"><a href="/x/en/404.html" hreflang="en">' in led(
        "en", "404.html", "/x/en/"
    )
    assert "rel=" not in french


def test_from_a_handout_the_switch_leads_to_the_other_one() -> None:
    led_to = hooks.to_handouts(led("fr", "softmax/", "../"))
    assert '<a href="../softmax/handout.html" hreflang="fr">' in led_to
    assert '<a href="../en/softmax/handout.html" hreflang="en">' in led_to
    assert 'href="https://a.b/en/softmax/">' in hooks.to_handouts(led("fr", "softmax/", "../", "https://a.b/"))


@pytest.mark.parametrize(("site_url", "ways"), [("", 2), ("https://a.b/", 2), ("http://localhost:8000/", 0)])
def test_an_edition_that_is_served_alone_has_no_switch(site_url: str, ways: int) -> None:
    assert len(hooks.on_config(config("fr", site_url)).extra["alternate"]) == ways


def test_search_engines_are_told_of_the_same_page() -> None:
    for language, site in (("fr", "https://a.b/"), ("en", "https://a.b/en/")):
        html = led(language, "softmax/", "../", site)
        for code, to in (("fr", "softmax/"), ("en", "en/softmax/"), ("x-default", "en/softmax/")):
            assert f'<link rel=" alternate" hreflang="{code}" href="https://a.b/{to}">' in html
        assert "#edition" not in html


def test_the_sitemap_knows_the_other_edition() -> None:
    sitemap = '<urlset xmlns="x">\n<url>\n<loc>https://a.b/en/softmax/</loc>\n</url></urlset>'
    mapped = hooks.mapped(sitemap, config("en", "https://a.b/en/"))
    assert 'hreflang="fr" href="https://a.b/softmax/"/>' in mapped
    assert 'hreflang="en" href="https://a.b/en/softmax/"/>' in mapped
    assert f"<urlset {hooks.NAMESPACE} " in mapped
    assert "hreflang" not in hooks.mapped(sitemap, config("en"))
    assert TRANSLATION.name == "en"
