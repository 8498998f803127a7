"""The words of the interface: a table for each language, and a language more by one file."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import Build, Refused
from tests.markup import soup
from verimath.message.refusal import Refusal
from verimath.message.source import Span
from verimath.site.drawings import worded
from verimath.site.words import LANGUAGES, SiteWords, words_of

FIELD = re.compile(r"\{\w+\}")
ENGLISH = yaml.safe_load((LANGUAGES / "en.yml").read_text("utf-8"))


def spoken(language: str) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = yaml.safe_load((LANGUAGES / f"{language}.yml").read_text("utf-8"))
    return found


def faults(tables: dict[str, dict[str, str]], is_whole: bool) -> list[str]:
    """What a language lacks or has beyond English, and phrases that name other things."""
    found = [f"no table {name}" for name in tables if name not in ENGLISH]
    for name, table in ENGLISH.items():
        own = tables.get(name, {})
        found += [f"{name}: no word {word}" for word in own.keys() - table.keys()]
        found += [f"{name}: {word} is missing" for word in table.keys() - own.keys() if is_whole]
        found += [
            f"{name}: {word} names others"
            for word in own.keys() & table.keys()
            if {*FIELD.findall(own[word])} != {*FIELD.findall(table[word])}
        ]
    return found


@pytest.mark.parametrize("language", [file.stem for file in sorted(LANGUAGES.glob("*.yml"))])
def test_a_language_says_what_english_says(language: str) -> None:
    assert faults(spoken(language), is_whole=language in ("en", "fr")) == []


def test_what_a_language_lacks_is_seen() -> None:
    french = spoken("fr")
    assert faults({**french, "check": {**french["check"], "trial": "un tirage"}}, True) == ["check: trial names others"]
    assert faults({**french, "legend": {}}, True)
    assert faults({**french, "other": {}}, True) == ["no table other"]
    assert words_of("xx") == words_of("en") or words_of("xx").check == words_of("en").check


def turned(value: Any) -> Any:
    """A word of a language that doesn't exist: each word of English the other way round, fields as they are."""
    if isinstance(value, dict):
        return {key: turned(word) for key, word in value.items()}
    parts = re.split(r"(\{\w+\}|<[^>]*>|\|)", value)
    return "".join(part if n % 2 else part[::-1] for n, part in enumerate(parts))


PAGE = """# A page

```math {#half}
x \\in \\mathbb{R}
```

```math {#twice}
2 x = x + x
```

```math {#wrong expect="false"}
2 x = x
```

```python {demo="prints"}
--8<-- "a.py:a"
```

```python {demo="draws"}
--8<-- "a.py:b"
```
"""
DRAWN = (
    '<svg xmlns="http://www.w3.org/2000/svg"><title>A bar</title><desc>A bar of 0.5.</desc><text>half: 0.5</text></svg>'
)
PRINTS = f"""# --8<-- [start:a]
print("sum:", 1.5)
# --8<-- [end:a]
# --8<-- [start:b]
print('{DRAWN}')
# --8<-- [end:b]
"""
FURNITURE = ["reading-time", "handout", "source", "report", "citation", "licence", "date"]


def test_another_language_joins_by_one_file(build_site: Build, tmp_path: Path) -> None:
    tables = {
        "tool": turned(ENGLISH),
        "printed": {"sum": "mus"},
        "drawn": {"A bar": "rab A", "A bar of 0.5.": "5,0 fo rab A", "half": "flah"},
    }
    (tmp_path / "xx.yml").write_text(yaml.safe_dump(tables, allow_unicode=True), "utf-8")
    options = {"words": "xx.yml", "furniture": FURNITURE, "license": "CC-BY-4.0", "mutants": None}
    page = build_site({"index.md": "# A", "p.md": PAGE}, {"a.py": PRINTS}, check=True, options=options, language="xx")[
        "p.md"
    ]
    said = soup(page).get_text(" ")
    for english in ("checked on", "trial", "side", "Download", "Cite this page", "False, as", "min read"):
        assert english not in said
        assert english[::-1] in said
    assert "mus" in said
    assert "flah" in said
    assert next(box["aria-label"] for box in soup(page).select(".vm-formula")) == "noitauqE 1"


def test_words_that_a_drawing_has_and_the_table_has_not_are_refused(build_site: Build, tmp_path: Path) -> None:
    (tmp_path / "xx.yml").write_text("drawn: {A bar: rab A}\n", "utf-8")
    with pytest.raises(Refused, match="the drawing of `draws` is in another language"):
        build_site(PAGE, {"a.py": PRINTS}, options={"words": "xx.yml"})


@pytest.mark.parametrize(
    ("drawn", "shown"),
    [("half", "moitié"), ("half: 0.5", "moitié\N{NO-BREAK SPACE}: 0,5"), ("0.5", "0,5"), ("ln u", "ln u"), ("", "")],
)
def test_what_is_drawn_is_shown_in_the_language_of_the_page(drawn: str, shown: str) -> None:
    site = SiteWords(drawn={"half": "moitié", "A bar": "Une barre", "A bar of 0.5.": "Une barre de 0,5."}, file="w.yml")
    output = worded("a", DRAWN.replace("half: 0.5", drawn), site, words_of("fr"), Span("p.md"))
    assert f"<text>{shown}</text>" in output.replace("<text />", "<text></text>")
    with pytest.raises(Refusal, match="has no word for “quarter”"):
        worded("a", DRAWN.replace("half: 0.5", "quarter"), site, words_of("fr"), Span("p.md"))
    assert worded("a", DRAWN, SiteWords(), words_of("fr"), Span("p.md")) == DRAWN
