"""What stands around a text: only what is known is said, from one setting each; the same source says the same."""

from __future__ import annotations

import os
import subprocess
from datetime import date
from pathlib import Path

import pytest
import yaml

from tests.conftest import Build
from tests.markup import soup
from verimath.site.colophon import PARTS, minutes
from verimath.site.handout import has_boxes, without_boxes
from verimath.site.publication import Publication, licence_address, licence_name, publication

ALL = {"furniture": [*PARTS], "license": "CC-BY-4.0"}
PAGE = "\n# Un titre\n\nDu texte.\n"
FILE = Path("/docs/a b.md")


def published(repository: str) -> Publication:
    return Publication("T", repository=repository, commit="0123abc", tracked={FILE: "docs/a b.md"})


@pytest.mark.parametrize(
    ("repository", "source", "report"),
    [
        (
            "https://github.com/x/y",
            "https://github.com/x/y/blob/0123abc/docs/a%20b.md",
            "https://github.com/x/y/issues/new?title=T%20%26&body=B",
        ),
        (
            "https://gitlab.example.org/x/y",
            "https://gitlab.example.org/x/y/-/blob/0123abc/docs/a%20b.md",
            "https://gitlab.example.org/x/y/-/issues/new?issue%5Btitle%5D=T%20%26&issue%5Bdescription%5D=B",
        ),
        (
            "https://codeberg.org/x/y",
            "https://codeberg.org/x/y/src/commit/0123abc/docs/a%20b.md",
            "https://codeberg.org/x/y/issues/new?title=T%20%26&body=B",
        ),
        ("https://example.org/x", "", ""),
        ("", "", ""),
    ],
)
def test_a_host_is_addressed_as_it_asks(repository: str, source: str, report: str) -> None:
    assert published(repository).source(FILE) == source
    assert published(repository).report("T &", "B") == report
    assert published(repository).source(Path("/docs/other.md")) == ""


def test_a_citation_says_what_is_known() -> None:
    known = Publication(
        "A site", "A & B", "https://a.b/", "https://github.com/x/y", "CC-BY-4.0", date(2026, 2, 3), "0123abcdef"
    )
    assert known.bibtex("100 % of $x_1$", "p/q/") == (
        "@misc{a-b-p-q,\n"
        "  author = {{A \\& B}},\n"
        "  title = {{100 \\% of \\$x\\_1\\$}},\n"
        "  howpublished = {A site},\n"
        "  year = {2026},\n"
        "  url = {https://a.b/p/q/},\n"
        "  note = {version 0123abc, CC BY 4.0},\n"
        "}"
    )
    assert Publication("A site").bibtex("P", "") == "@misc{page,\n  title = {{P}},\n  howpublished = {A site},\n}"
    assert yaml.safe_load(known.cff()) == {
        "cff-version": "1.2.0",
        "message": "If you use this work, please cite it as below.",
        "authors": [{"name": "A & B"}],
        "title": "A site",
        "license": "CC-BY-4.0",
        "url": "https://a.b/",
        "repository-code": "https://github.com/x/y",
        "commit": "0123abcdef",
        "date-released": date(2026, 2, 3),
    }
    assert Publication("A site").cff() == ""


def test_a_licence_has_a_name_and_an_address() -> None:
    assert licence_name("CC-BY-NC-SA-4.0") == "CC BY-NC-SA 4.0"
    assert licence_address("CC-BY-4.0") == "https://creativecommons.org/licenses/by/4.0/"
    assert (licence_name("MIT"), licence_address("MIT")) == ("MIT", "https://spdx.org/licenses/MIT.html")


def git(folder: Path, *arguments: str) -> str:
    settings = {"GIT_AUTHOR_DATE": "2026-03-04T05:06:07Z", "GIT_COMMITTER_DATE": "2026-03-04T05:06:07Z"}
    names = ["-c", "user.name=n", "-c", "user.email=e@example.org"]
    done = subprocess.run(
        ["git", *names, *arguments], cwd=folder, env=os.environ | settings, check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "index.md").write_text(PAGE)
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "m")
    return tmp_path


def known(folder: Path) -> Publication:
    return publication("T", "", "", "", "", folder)


def test_the_day_is_the_commit_s(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = known(repository / "docs")
    assert (said.day, said.commit, said.is_changed) == (date(2026, 3, 4), git(repository, "rev-parse", "HEAD"), False)
    assert said.tracked == {(repository / "docs" / "index.md").resolve(): "docs/index.md"}
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    assert known(repository / "docs").day == date(1970, 1, 1)
    (repository / "docs" / "index.md").write_text("other")
    assert known(repository / "docs").is_changed


def test_without_a_repository_nothing_is_said_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    said = known(tmp_path)
    assert (said.day, said.commit, said.tracked) == (None, "", {})


def test_a_folder_that_another_repository_ignores_has_no_commit(repository: Path) -> None:
    (repository / "other").mkdir()
    assert known(repository / "other").commit == ""


def test_a_page_says_all_that_is_known(build_site: Build, repository: Path) -> None:
    site = {"site_url": "https://a.b/c", "repo_url": "https://github.com/x/y", "site_author": "Les auteurs"}
    pages = {"index.md": PAGE, "p.md": PAGE}
    page = soup(build_site(pages, options=ALL, language="fr", settings=site)["p.md"])
    commit = git(repository, "rev-parse", "HEAD")
    links = {link.get_text(): str(link["href"]) for link in page.select(".vm-colophon a")}
    # The second page isn't in the repository.
    assert "Source de cette page" not in links
    assert links["Signaler une erreur"].startswith("https://github.com/x/y/issues/new?title=Erreur%20sur")
    assert links["CC BY 4.0"] == "https://creativecommons.org/licenses/by/4.0/"
    assert links["CITATION.cff"] == "../CITATION.cff"
    said = page.select_one(".vm-colophon")
    assert said is not None
    assert "url = {https://a.b/c/p/}" in said.get_text()
    assert f"4 mars 2026, version {commit[:7]}" in said.get_text()
    assert "Les auteurs" in (repository / "site" / "CITATION.cff").read_text("utf-8")
    assert [tag.get_text() for tag in page.select(".vm-reading")] == ["1 min de lecture"]
    first = soup(build_site(pages, options=ALL, settings=site)["index.md"])
    assert first.select_one(f'a[href$="/blob/{commit}/docs/index.md"]')


def test_what_is_unset_is_absent(build_site: Build, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    said = soup(build_site(PAGE, options={"furniture": [*PARTS]})["index.md"]).select(".vm-colophon li")
    assert [item.get_text().split("@")[0] for item in said] == ["Cite this page"]
    assert not (tmp_path / "site" / "CITATION.cff").exists()


def test_a_site_that_asks_for_nothing_has_none(build_site: Build) -> None:
    assert not soup(build_site(PAGE)["index.md"]).select(".vm-colophon, .vm-reading")


EXERCISE = """\
# Title

!!! question "One"

    Compute [](#a), then [](#b).

    ```math {#a}
    a
    ```

    ??? solution "Solution"

        It is this.

        ```math {#b}
        b
        ```

        ??? note "More"

            And more.

    After it.
"""


def test_a_handout_leaves_the_solutions_out(build_site: Build, tmp_path: Path) -> None:
    page = soup(build_site({"index.md": "\n", "p.md": EXERCISE}, options=ALL)["p.md"])
    [link] = page.select(".vm-to-handout")
    assert link["href"] == "handout.html"
    paper = soup((tmp_path / "site" / "p" / "handout.html").read_text("utf-8"))
    text = paper.get_text()
    assert "Compute" in text
    assert "After it." in text
    assert "It is this." not in text
    assert "And more." not in text
    assert not paper.select("#b, details.solution, .vm-to-handout")
    assert [str(tag["href"]) for tag in paper.select(".vm-ref")] == ["#a", "./#b"]
    assert [tag.get_text() for tag in paper.select(".vm-number")] == ["(1)"]
    assert "It is this." in page.get_text()


def test_a_page_without_solutions_has_no_handout(build_site: Build, tmp_path: Path) -> None:
    assert "vm-to-handout" not in build_site(PAGE, options=ALL)["index.md"]
    assert not (tmp_path / "site" / "handout.html").exists()


def test_boxes_go_whole() -> None:
    html = '<div>a<details class="x solution"><div>b<details>c</details></div></details>d</div>'
    assert without_boxes(html, lambda tag, classes: "solution" in classes) == "<div>ad</div>"
    assert without_boxes(html, lambda tag, classes: "other" in classes) == html
    assert has_boxes(html, ["solution"])
    assert not has_boxes(html.replace("solution", "soluti"), ["solution"])


def test_reading_time_counts_words_and_formulas_but_no_code() -> None:
    words = "<p>" + "word " * 400 + "</p>"
    assert minutes(words) == 2
    assert minutes(words + '<div class="vm-equation">x</div>' * 6) == 5
    assert minutes(words + "<pre>" + "code " * 900 + "</pre><details>" + "word " * 900 + "</details>") == 2
    assert minutes("") == 1
