"""Lists on pages of their own, symbols with their meanings, and entries of equations in the search."""

from __future__ import annotations

import json
from pathlib import Path
from typing import ClassVar

import pytest

from tests.conftest import Build, Refused
from tests.markup import soup
from tests.test_evidence import PAGE, lines, said
from verimath.latex import katex
from verimath.page import page as pages
from verimath.site.explained import glyphs
from verimath.site.plain_text import plain_text
from verimath.site.references import number
from verimath.site.search import entries as search_entries
from verimath.site.search import entry, glued, in_letters, put

LISTS = {name: f"---\nlists: {name}\n---\n\n# {name}\n" for name in ("equations", "notation", "dependencies")}
SITE = {"index.md": PAGE, **{f"{name}.md": text for name, text in LISTS.items()}}


def cells(html: str, table: str) -> list[list[str]]:
    return [[cell.get_text() for cell in row.select("td")] for row in soup(html).select(f".{table} tbody tr")]


def symbols(folder: Path, page: str = "index") -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = json.loads((folder / f"site/assets/verimath/symbols/{page}.json").read_text())
    return found


def entries(folder: Path) -> dict[str, dict[str, str]]:
    docs = json.loads((folder / "site/search/search_index.json").read_text())["docs"]
    return {doc["location"]: doc for doc in docs}


def test_the_index_says_of_each_equation_what_its_mark_says(build_site: Build) -> None:
    rows = cells(build_site(SITE, check=True)["equations.md"], "vm-index")
    assert [row[0] for row in rows] == ["(1)", "(2)", "(3)", "(4)", "(5)"]
    assert rows[2][1:5] == ["the product, twice", rows[2][2], "claim", "checked on 20 trials"]
    assert [row[3] for row in rows] == ["declaration", "definition", "claim", "expected refusal", "unchecked"]
    assert rows[3][4:] == ["refused as false, as expected", "", "1", ""]
    changed = PAGE.replace(
        r"A_{ij} x_j" + "\n```\n\n```math {#wrong", r"A_{ij} x_j \quad \text{si } m = 3" + "\n```\n\n```math {#wrong"
    )
    changed = changed.replace(r"\lambda_i^2 =", r"\lambda_i^2 \leq")
    assert changed != PAGE
    again = cells(build_site({**SITE, "index.md": changed}, check=True)["equations.md"], "vm-index")
    assert again[2][4:7] == ["checked on 40 trials", "", "40"]
    assert rows[2][5] != ""
    assert again[2][2] != rows[2][2]


def test_rows_say_what_they_are_filtered_by(build_site: Build) -> None:
    html = build_site(SITE, check=True)["equations.md"]
    row = soup(html).select(".vm-index tbody tr")[2]
    assert (row["data-page"], row["data-role"]) == ("A page", "claim")
    assert {"A", "x", "λ"} <= {*str(row["data-symbols"]).split()}


def test_what_filters_the_index_stands_on_the_page(build_site: Build) -> None:
    html = build_site(SITE, check=True)["equations.md"]
    form = soup(html).select_one(".vm-filter")
    assert form is not None
    rows = soup(html).select(".vm-index tbody tr")
    offered = [[option.get_text() for option in field.select("option")[1:]] for field in form.select("select")]
    assert offered[0] == ["A page"]
    assert offered[1] == sorted({row["data-role"] for row in rows})
    assert set(offered[2]) == {symbol for row in rows for symbol in str(row["data-symbols"]).split()}
    assert [output.get_text() for output in form.select("output")] == ["5 equations shown"]
    # The twin: where nothing is listed, nothing filters it.
    alone = soup(build_site({"index.md": "# A page\n", "equations.md": LISTS["equations"]})["equations.md"])
    assert not alone.select(".vm-filter, .vm-index")


def test_the_table_of_notation_has_sets_and_places(build_site: Build) -> None:
    html = build_site(SITE, check=True)["notation.md"]
    rows = {row[1]: row for row in cells(html, "vm-notation")}
    assert rows["A"][2] == 'a matrix <b>&</b> "more"'
    assert [row[4] for row in rows.values()] == ["(1)", "(1)", "(2)"]
    assert soup(html).select(".vm-notation b") == []


def test_the_graph_has_a_node_for_each_equation_and_a_list_of_the_same(build_site: Build) -> None:
    html = soup(build_site(SITE, check=True)["dependencies.md"])
    assert [node["data-node"] for node in html.select("svg a")] == ["sets", "product", "claim", "wrong", "not-run"]
    lines = {(line["data-from"], line["data-to"]) for line in html.select("svg path")}
    # What goes through another isn't drawn, and is listed.
    assert lines == {("sets", "product"), ("product", "claim")}
    listed = [item.get_text() for item in html.select(".vm-dependencies li")]
    assert listed[:3] == ["(1), uses: nothing", "(2), uses: (1)", "(3) the product, twice, uses: (1), (2)"]
    hrefs = {str(link["href"]) for link in html.select("svg a")}
    assert hrefs == {f"../#{label}" for label in ("sets", "product", "claim", "wrong", "not-run")}


@pytest.mark.parametrize("name", [*LISTS])
def test_without_equations_a_list_is_empty_and_nothing_breaks(name: str, build_site: Build) -> None:
    html = build_site({"index.md": "# Nothing\n", f"{name}.md": LISTS[name]}, check=True)[f"{name}.md"]
    assert soup(html).select(".vm-list") == []


def test_a_list_that_there_is_not_is_refused(build_site: Build) -> None:
    with pytest.raises(Refused, match="there is no list `figures`"):
        build_site("---\nlists: figures\n---\n\n# A\n", check=True)


# Symbols


def test_each_symbol_says_meaning_set_name_and_place(build_site: Build, tmp_path: Path) -> None:
    build_site(SITE, check=True)
    found = symbols(tmp_path)
    assert found["A"] == {
        "symbol": "A",
        "html": found["A"]["html"],
        "said": "A ∈ ℝ^(m×n)",
        "meaning": 'a matrix <b>&</b> "more"',
        "code": "A",
        "number": "1",
        "address": "#sets",
    }
    assert (found["λ"]["said"], found["λ"]["code"], found["λ"]["number"]) == ("λ ∈ ℝ^m", "logits", "2")
    assert found["m"]["meaning"] == ""
    assert "i" not in found


def test_another_declaration_says_another_set(build_site: Build, tmp_path: Path) -> None:
    build_site(
        {**SITE, "index.md": PAGE.replace(r"A \in \mathbb{R}^{m \times n}", r"A \in [0, 1]^{m \times n}")}, check=True
    )
    assert symbols(tmp_path)["A"]["said"] != "A ∈ ℝ^(m×n)"


def test_fonts_accents_and_subscripts_tell_symbols_apart() -> None:
    printed = []
    for tex in ("R", r"\mathbb{R}", r"\hat R", r"R_{\mathrm{KL}}", r"\mathbf{R}", r"\tilde R"):
        found = katex.typeset(tex, False)
        assert isinstance(found, katex.Typeset)
        printed.append(glyphs(found.html))
    assert printed[:2] == ["R", "mathbb:R"]
    assert len({*printed}) == len(printed)


# Search


def test_each_equation_is_an_entry_that_is_found_as_it_is_typed(build_site: Build, tmp_path: Path) -> None:
    (tmp_path / "former.txt").write_text("# old\n 111 index/#claim\n")
    build_site(SITE, check=True, options={"former": str(tmp_path / "former.txt")})
    found = entries(tmp_path)["#claim"]
    assert found["title"] == "(3) the product, twice"
    assert {"3", "111", "claim"} <= {*found["text"].split()}
    side = r"∑_(i=1)^m λ_i^2"
    assert f"fx{glued(in_letters(side))}" in found["text"].split()
    assert "111" not in entries(tmp_path)["#product"]["text"].split()


def test_of_two_results_the_shorter_and_the_earlier_comes_first() -> None:
    text = '```math {#a name="a result"}\nx = y\n```\n\n```math {#b}\nx = y\n```\n'
    numbered = number([(pages.read("page.md", text), "")])

    def boost(label: str, reading: str, place: float) -> float:
        return float(entry(label, numbered[label], reading, [], place)["boost"])

    assert boost("a", "x = y", 0) > boost("a", "x = y + y", 0) > boost("a", "x = y + y", 0.9)
    assert boost("a", "x = y", 0.9) > boost("b", "x = y", 0.9)


def test_a_name_is_found_without_its_accents() -> None:
    numbered = number([(pages.read("page.md", '```math {#rule name="règle de la chaîne"}\nx = y\n```\n'), "")])
    [found] = search_entries(numbered, numbered, {"rule": "∂L/∂λ = 2"}, {}, {"rule": 0})
    assert {"règle", "regle", "chaine", "fxdldlambda"} <= {*found["text"].split()}


def test_an_entry_of_mkdocs_own_search_is_no_html() -> None:
    class Index:
        _entries: ClassVar[list[dict[str, str]]] = []

    numbered = number([(pages.read("page.md", '```math {#less name="a < b & c"}\n1 < 2\n```\n'), "")])
    put(Index(), search_entries(numbered, numbered, {"less": "1 < 2"}, {}, {"less": 0}), None)
    assert Index._entries[0]["title"] == "(1) a < b & c"


def test_page_index_and_search_follow_the_formula(build_site: Build, tmp_path: Path) -> None:
    """Its trials, its sizes, its worst difference and what it says: all from the run that built the page."""

    def seen(page: str) -> tuple[set[str], list[str], str]:
        html = build_site({**SITE, "index.md": page}, check=True)
        marks = {*lines(html["index.md"], "claim"), said(html["index.md"], "claim")}
        return marks, cells(html["equations.md"], "vm-index")[2], entries(tmp_path)["#claim"]["text"]

    marks, row, found = seen(PAGE)
    beyond = r" \leq 1 + \sum_{i=1}^{m} \lambda_i^2 \quad \text{si } m = 3"
    changed = PAGE.replace(r"\lambda_i^2 =", r"\lambda_i^2 + \ln 3 - \ln 3 =")
    changed = changed.replace(r"\lambda_i A_{ij} x_j" + "\n", rf"\lambda_i A_{{ij}} x_j {beyond}" + "\n")
    new_marks, new_row, new_found = seen(changed)
    [worst], [new_worst] = ([line for line in all_of if "difference" in line] for all_of in (marks, new_marks))
    assert worst != new_worst
    assert {"checked on 20 trials", "Sizes drawn: m from 1 to 7, n from 1 to 7."} <= marks
    assert "checked on 40 trials" in new_marks
    assert any(line.startswith("Sizes drawn: m = 3, n from 1 to ") for line in new_marks)
    assert (row[4], row[6], new_row[4], new_row[6]) == ("checked on 20 trials", "20", "checked on 40 trials", "40")
    assert row[5] in worst
    assert new_row[5] in new_worst
    assert row[2] != new_row[2]
    assert "fxi1mlambdai2ln3ln3" in new_found.split()
    assert "fxi1mlambdai2" in found.split()
    assert "fxi1mlambdai2" not in new_found.split()


def test_what_is_glued_is_the_same_however_it_is_typed() -> None:
    assert glued("X^T (S - Y)") == glued("X^⊤(S − Y)") == "xtsy"
    assert glued("∂L/∂W") == glued("dL/dW") == "dldw"
    assert in_letters("∂L/∂λ") == "∂L/∂lambda"


def test_entries_can_be_left_out(build_site: Build, tmp_path: Path) -> None:
    build_site({**SITE, "index.md": PAGE.replace("---\n", "---\nhides: [search claim]\n", 1)}, check=True)
    assert "#claim" not in entries(tmp_path)
    assert "#product" in entries(tmp_path)


def test_old_numbers_are_read_with_care(build_site: Build, tmp_path: Path) -> None:
    (tmp_path / "former.txt").write_text("111\n")
    with pytest.raises(Refused, match="no number that an equation had"):
        build_site(SITE, check=True, options={"former": str(tmp_path / "former.txt")})


def test_a_formula_with_html_in_it_is_text(build_site: Build, tmp_path: Path) -> None:
    page = '```math {#less name="<b>"}\n1 < 2\n```\n'
    html = build_site({"index.md": page, "equations.md": LISTS["equations"]}, check=True)
    assert cells(html["equations.md"], "vm-index")[0][1:3] == ["<b>", "1 < 2"]
    # As MkDocs' own search keeps whatever it finds on a page.
    assert entries(tmp_path)["#less"]["title"] == "(1) <b>"
    numbered = number([(pages.read("index.md", page), "")])
    [found] = search_entries(numbered, numbered, {"less": "1 < 2"}, {}, {"less": 0})
    assert (found["title"], "1 &lt; 2" in found["text"]) == ("(1) &lt;b&gt;", True)


def test_what_stands_below_a_name_is_read() -> None:
    found = katex.typeset(r"\operatorname*{arg\,max}_{x} f, \quad \limsup_{n} a_n, \quad \varliminf_{n} a_n", True)
    assert isinstance(found, katex.Typeset)
    assert "_x" in plain_text(found.html)
