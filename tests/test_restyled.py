"""`mkdocs serve`: where nothing but a style sheet has changed, the site has it anew, and no page is built for it.

Nor does an edit of one page change others.
"""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from threading import Event

import pytest
from mkdocs.commands import serve as command

from tests.test_colophon import git
from verimath.site.last_good import LastGood

CONFIG = """\
site_name: Test
theme: {name: material, font: false}
plugins:
  - verimath: {policy: true, quick: false}
extra_css: [site.css]
watch: [snippets]
hooks: [hooks.py]
markdown_extensions:
  - pymdownx.superfences
  - pymdownx.snippets: {base_path: [snippets, docs]}
"""
PAGE = "# Test\n\nA $2$.\n\n```python\nname = 1\n```\n"
QUICK = {"mkdocs.yml": CONFIG.replace("quick: false", "quick: true")}
STYLE = ".md-typeset{color:red}\n.gone{color:red}\n/* a remark */"
# What is there when the server starts, unless a case says otherwise.
FILES = {
    "mkdocs.yml": CONFIG,
    "hooks.py": "",
    "docs/index.md": PAGE,
    "docs/site.css": STYLE,
    "docs/alone.css": STYLE,
    "snippets/text.md": "A text.\n",
}
# How many builds there were, and the files of the site.
Seen = tuple[int, dict[str, bytes]]
EDITED = STYLE.replace("color:red", "color:blue")
WITHIN = "```css\n--8<--\nsite.css\n--8<--\n```\n"
LATE = """\
from pathlib import Path
from mkdocs.plugins import event_priority

@event_priority({priority})
def on_post_build(config):
    path = Path(config.site_dir) / "site.css"
    path.write_text(path.read_text() + ".md-nav{{color:red}}")
"""


class Served:
    """A served site: what a reader gets after each edit, and how often it was built.

    It is `mkdocs serve`, of which only the waiting is left out: for a file to change, and for who reads.
    """

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
        self.root, self.caplog = root, caplog
        monkeypatch.chdir(root)
        self.patch = monkeypatch

    def after(self, *edits: Mapping[str, str | None], at_start: Mapping[str, str] = FILES) -> list[Seen]:
        """How many builds there were, and the files of the site, at the start and after each edit."""
        found: list[Seen] = []

        def look(folder: str) -> None:
            root = Path(folder)
            files = {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}
            found.append((sum("Building documentation" in each.message for each in self.caplog.records), files))

        class Server(command.LiveReloadServer):  # type: ignore[misc, name-defined]
            def serve(server, **_: object) -> None:  # noqa: N805 - the test's own is the one outside
                look(server.root)
                for edit in edits:
                    write(self.root, edit)
                    server.builder()
                    look(server.root)

        write(self.root, at_start)
        self.caplog.clear()
        self.patch.setattr(command, "LiveReloadServer", Server)
        with self.caplog.at_level(logging.INFO, logger="mkdocs"):
            command.serve(str(self.root / "mkdocs.yml"), dev_addr="127.0.0.1:0")
        return found


def write(root: Path, texts: Mapping[str, str | None]) -> None:
    for name, text in texts.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        if text is None:
            (root / name).unlink()
        else:
            (root / name).write_text(text, "utf-8")


@pytest.fixture
def served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> Served:
    return Served(tmp_path, monkeypatch, caplog)


def same(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    """The files in which two sites differ, but for a map that has the day."""
    return sorted(name for name in {*one, *other} - {"sitemap.xml.gz"} if one.get(name) != other.get(name))


def test_a_style_sheet_is_shown_as_a_build_shows_it_and_no_page_is_built(served: Served) -> None:
    # What isn't watched has no part in it, such as what lies beside the configuration.
    beside = {"README.md": "# Test\n", "elsewhere/text.md": "site.css\n"}
    edits = {"docs/site.css": EDITED, **beside}, {"docs/site.css": STYLE}
    (_, first), (builds, edited), (still, undone) = served.after(*edits, at_start=FILES | QUICK)
    assert (builds, still) == (1, 1)
    assert same(first, edited) == ["site.css"]
    assert edited["site.css"] == b".md-typeset{color:blue}"
    assert same(first, undone) == []
    [(_, built)] = served.after(at_start={"docs/site.css": EDITED})
    assert same(edited, built) == []


@pytest.mark.parametrize(
    ("there", "edit", "shown"),
    [
        ({}, {"docs/site.css": EDITED, "docs/index.md": f"{PAGE}A word.\n"}, "A word."),
        ({}, {"docs/site.css": EDITED, "docs/new.md": "# Test\n"}, "new/"),
        # What pages spare of code depends on what sheets say of it.
        (QUICK, {"docs/site.css": f"{EDITED}\n.highlight .n{{color:red}}"}, '<span class="n">name</span>'),
        # A text may stand in a page, of its own or within another.
        ({"docs/index.md": f'{PAGE}```css\n--8<-- "site.css"\n```\n'}, {"docs/site.css": EDITED}, "blue"),
        (
            {
                "docs/index.md": f'{PAGE}--8<-- "text.md"\n',
                "snippets/text.md": "```css\n--8<--\nsite.css\n--8<--\n```\n",
            },
            {"docs/site.css": EDITED},
            "blue",
        ),
    ],
)
def test_what_else_an_edit_changes_is_built(
    served: Served, there: dict[str, str], edit: dict[str, str], shown: str
) -> None:
    (_, first), (builds, edited) = served.after(edit, at_start=FILES | there)
    assert builds == 2
    assert shown not in first["index.html"].decode()
    assert shown in edited["index.html"].decode()
    assert b"blue" in edited["site.css"]


@pytest.mark.parametrize(
    ("there", "edit"),
    [
        # No page loads it by its address, as far as is known.
        ({}, "docs/alone.css"),
        # Another plugin changes it before we do, or later.
        ({"hooks.py": LATE.format(priority=0)}, "docs/site.css"),
        ({"hooks.py": LATE.format(priority=-200)}, "docs/site.css"),
    ],
)
def test_a_sheet_of_which_not_all_is_known_is_built(served: Served, there: dict[str, str], edit: str) -> None:
    (_, _), (builds, edited) = served.after({edit: EDITED}, at_start=FILES | there)
    assert builds == 2
    name = edit.removeprefix("docs/")
    assert b"blue" in edited[name]
    assert (b".md-nav{color:red}" in edited[name]) is ("hooks.py" in there)


def test_a_site_that_was_broken_is_built(served: Served) -> None:
    broken = {"docs/index.md": "$\\frc$\n"}
    (_, first), (_, still), (builds, edited) = served.after(broken, {"docs/site.css": EDITED})
    assert builds == 3
    assert same(first, still) == same(first, edited) == []


def test_a_sheet_that_is_gone_is_gone(served: Served) -> None:
    (_, first), (builds, edited) = served.after({"docs/site.css": None})
    assert builds == 2
    assert "site.css" in first
    assert "site.css" not in edited


def test_what_is_watched_may_go(served: Served) -> None:
    """A file of words that is gone is no reason to stop: the build says what it lacks."""
    words = {"mkdocs.yml": CONFIG.replace("quick: false", "quick: false, words: words.yml"), "words.yml": "{}\n"}
    (_, first), (builds, still) = served.after({"words.yml": None}, at_start=FILES | words)
    assert builds == 2
    assert same(first, still) == []


def test_a_first_edit_changes_no_other_page(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    """What pages say of their commit, and whether files have changed since, stays as when it was first served."""
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    furniture = "quick: false, furniture: [citation, source, date]"
    there = FILES | {"mkdocs.yml": CONFIG.replace("quick: false", furniture), "docs/other.md": PAGE}
    write(served.root, there)
    git(served.root, "init", "-q")
    git(served.root, "add", ".")
    git(served.root, "commit", "-qm", "m")
    word, words = ({"docs/index.md": f"{PAGE}{text}\n"} for text in ("A word.", "Two words."))
    (_, first), (_, edited), (builds, again) = served.after(word, words, at_start=there)
    assert builds == 3
    assert git(served.root, "rev-parse", "HEAD")[:7] in first["other/index.html"].decode()
    assert same(first, edited) == same(edited, again) == ["index.html"]


def test_who_is_still_reading_has_the_sheet_of_before(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    """The last good site has second names for the files of the built one."""
    import verimath.site.last_good as module

    seen: list[bytes] = []
    keep: Callable[[module.LastGood], None] = module.LastGood.keep

    def kept(good: module.LastGood) -> None:
        seen.append((good.folder / "site.css").read_bytes())
        keep(good)

    monkeypatch.setattr(module.LastGood, "keep", kept)
    served.after({"docs/site.css": EDITED})
    assert seen == [STYLE.encode()]


def test_who_waits_for_a_page_does_not_wait_till_an_older_site_is_deleted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Yet it is deleted, and nothing is left."""
    write(tmp_path, {"site/index.html": "<p>"})
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    shown, seen = Event(), []
    delete = tempfile.TemporaryDirectory.cleanup

    def slowly(folder: tempfile.TemporaryDirectory[str]) -> None:
        seen.append(shown.wait(10))
        delete(folder)

    monkeypatch.setattr(tempfile.TemporaryDirectory, "cleanup", slowly)
    good = LastGood(tmp_path / "site")
    folders = [good.folder]
    for _ in range(2):
        good.keep()
        folders.append(good.folder)
    assert all(folder.is_dir() for folder in folders[1:])
    shown.set()
    good.close()
    assert seen == [True] * 3
    assert not [*(tmp_path / "temporary").iterdir()]
