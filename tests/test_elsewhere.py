"""A site's equations as data, and references of one site to those of another."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import verimath
from tests.conftest import Build, Refused
from tests.markup import soup
from verimath.cli import main

SCHEMA = json.loads((Path(verimath.__file__).parent / "site" / "equations.schema.json").read_text("utf-8"))
ADDRESS = "https://example.org/softmax/"
PAGE = """\
---
chapter: 5
---

```math {#symbols}
x, y \\in \\mathbb{R}
```

```math {#square name="the <square>"}
(x + y)^2 = x^2 + 2 x y + y^2
```

```math {#wrong expect="false"}
(x + y)^2 = x^2 + y^2
```
"""
REFERRING = "As [](softmax#square) says, and again [](softmax#square).\n\n```math {#own}\n1 + 1 = 2\n```\n"


@pytest.fixture
def told(build_site: Build, tmp_path: Path) -> dict[str, Any]:
    """What a first site tells of its equations."""
    build_site({"page.md": PAGE}, check=True, settings={"site_url": ADDRESS})
    found: dict[str, Any] = json.loads((tmp_path / "site" / "equations.json").read_text("utf-8"))
    (tmp_path / "softmax.json").write_text(json.dumps(found), "utf-8")
    (tmp_path / "docs" / "page.md").unlink()
    return found


def test_equations_are_as_the_published_schema_says(told: dict[str, Any]) -> None:
    jsonschema.validate(told, SCHEMA)
    assert (told["title"], told["address"]) == ("Test", ADDRESS)
    symbols, square, wrong = told["equations"]
    assert (symbols["number"], symbols["role"], symbols["url"]) == ("5.1", "declaration", "page/#symbols")
    assert (square["name"], square["verdict"], square["trials"]) == ("the <square>", "holds", 20)
    assert square["latex"] == "(x + y)^2 = x^2 + 2 x y + y^2"
    assert "2" in square["reading"]
    assert (wrong["verdict"], wrong["expected"]) == ("false", "false")
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**told, "equations": [{**square, "colour": "red"}]}, SCHEMA)


def test_equations_that_are_not_checked_have_no_verdict(build_site: Build, tmp_path: Path) -> None:
    build_site({"page.md": PAGE})
    found = json.loads((tmp_path / "site" / "equations.json").read_text("utf-8"))
    jsonschema.validate(found, SCHEMA)
    assert {each["verdict"] for each in found["equations"]} == {None}
    assert found["address"] == ""


def test_a_reference_leads_to_another_site_and_is_shown_on_this_one(
    told: dict[str, Any], build_site: Build, tmp_path: Path
) -> None:
    html = build_site({"deep/page.md": REFERRING}, check=True, options={"others": {"softmax": "softmax.json"}})
    first, second = soup(html["deep/page.md"]).select("a.vm-ref")
    assert first["href"] == second["href"] == f"{ADDRESS}page/#square"
    assert first.get_text() == "(5.2, the <square>)"
    preview, _, label = str(first["data-preview"]).partition("#")
    shown = soup(((tmp_path / "site" / "deep" / "page" / preview).resolve()).read_text("utf-8"))
    [equation] = shown.select(".vm-equation")
    assert equation["id"] == label == "square"
    assert equation.select_one(".vm-display .katex")
    assert [each.get_text() for each in equation.select(".vm-number")] == ["(5.2)"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[](nowhere#square)", "docs/index.md:1: a reference to the site `nowhere`"),
        ("[](softmax#sqare)", "docs/index.md:1: there is no equation `sqare` in the site `softmax`"),
        ("# [](softmax#square)", "docs/index.md:1: a reference in a heading"),
    ],
)
def test_what_is_nowhere_is_refused_by_the_build_and_the_command(
    text: str, says: str, told: dict[str, Any], build_site: Build, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    others = {"others": {"softmax": "softmax.json"}}
    page = f"{text}\n\n```math {{#own}}\n1 + 1 = 2\n```\n"
    with pytest.raises(Refused) as refused:
        build_site(page, check=True, options=others)
    assert says in str(refused.value)
    (tmp_path / "mkdocs.yml").write_text(f"site_name: a\nplugins: [{json.dumps({'verimath': others})}]\n")
    assert main(["check", "docs", "--quiet"]) == 1
    assert says in capsys.readouterr().out


def test_another_label_is_proposed(told: dict[str, Any], build_site: Build) -> None:
    with pytest.raises(Refused, match="did you mean square"):
        build_site("[](softmax#sqare)\n", options={"others": {"softmax": "softmax.json"}})


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ("{", "is another file"),
        ("[]", "is another file"),
        ('{"version": 9, "address": "a/", "equations": []}', "is of version 9, and 1 is read"),
        ('{"version": 1, "address": "", "equations": []}', "doesn't say where that site is"),
        ('{"version": 1, "address": "a/", "equations": [{}]}', "is another file"),
        (None, "No such file"),
    ],
)
def test_a_file_that_cannot_be_read_stops_the_build(
    change: str | None, says: str, build_site: Build, tmp_path: Path
) -> None:
    if change is not None:
        (tmp_path / "softmax.json").write_text(change)
    with pytest.raises(Refused, match="the equations of `softmax` can't be read") as refused:
        build_site("a\n", options={"others": {"softmax": "softmax.json"}})
    assert says in str(refused.value)


def test_a_link_to_a_file_still_needs_words(build_site: Build) -> None:
    with pytest.raises(Refused, match="a link without words"):
        build_site({"index.md": "[](other.md#a)\n", "other.md": "# A\n"})
