"""What is kept from run to run: never believed where it isn't whole, never in the way, and bounded."""

from __future__ import annotations

import json
import os
import tempfile
import threading
import time
from itertools import cycle
from pathlib import Path
from typing import Any, TypedDict

import pytest
from mkdocs.config.defaults import MkDocsConfig

from tests.conftest import Build, Refused
from verimath.kept import store as kept
from verimath.kept import tool
from verimath.kept.kinds import fits
from verimath.kept.store import SUFFIX, UNFINISHED, Drawer, Store, place
from verimath.latex import katex
from verimath.message.refusal import Witness


def kept_of(folder: Path, key: str = "key") -> object:
    """What a new process would find."""
    return Store(folder).drawer("kind", "page.md").get(key, Any)


def keep(folder: Path, value: object, key: str = "key") -> Path:
    """Keep a value, and return the drawer's file."""
    store = Store(folder)
    store.drawer("kind", "page.md").put(key, value)
    store.close()
    [path] = folder.glob(f"*{SUFFIX}")
    return path


VALUES = ["text \ud800 é", 1, 0.1, float("inf"), None, [1, [2.5, {"a": "b\nc d"}]], {"x": True}]


@pytest.mark.parametrize("value", VALUES)
def test_a_result_comes_back_as_it_was(tmp_path: Path, value: object) -> None:
    keep(tmp_path, value)
    assert kept_of(tmp_path) == value


def changed(path: Path, old: bytes, new: bytes) -> None:
    data = path.read_bytes()
    assert old in data
    path.write_bytes(data.replace(old, new, 1))


def test_a_drawer_that_is_damaged_is_empty(tmp_path: Path) -> None:
    path = keep(tmp_path, "holds")
    whole = path.read_bytes()
    for damaged in (whole[:-3], whole[: len(whole) // 2], b"", b"\0" * 100, whole + b"key 1\n", b"{}\n" + whole):
        path.write_bytes(damaged)
        assert kept_of(tmp_path) is None, damaged
    changed_body = whole.replace(b"holds", b"false")
    path.write_bytes(changed_body)
    assert kept_of(tmp_path) is None
    # The twin: what was written whole is believed.
    path.write_bytes(whole)
    assert kept_of(tmp_path) == "holds"


@pytest.mark.parametrize(
    ("old", "new"), [(b'"verimath"', b'"another!"'), (b'"format": ', b'"format": 1'), (b'"tool": "', b'"tool": "0')]
)
def test_a_drawer_of_another_owner_form_or_tool_is_empty(tmp_path: Path, old: bytes, new: bytes) -> None:
    path = keep(tmp_path, "holds")
    changed(path, old, new)
    assert kept_of(tmp_path) is None


def test_a_drawer_that_is_no_file_is_empty(tmp_path: Path) -> None:
    path = keep(tmp_path, 1)
    path.unlink()
    path.mkdir()
    assert kept_of(tmp_path) is None
    store = Store(tmp_path)
    store.drawer("kind", "page.md").put("key", 2)
    store.close()
    # What can't be written stays in the memory.
    assert store.drawer("kind", "page.md").get("key", Any) == 2


REFUSED = {"read-only": "mkstemp", "full": "replace"}


@pytest.mark.parametrize("obstacle", ["file", "read-only", "full"])
def test_where_nothing_can_be_written_nothing_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, obstacle: str
) -> None:
    folder = tmp_path / "cache"
    if obstacle == "file":
        folder.write_text("in its place")
    else:

        def refuse(*given: object, **named: object) -> None:
            raise OSError(30 if obstacle == "read-only" else 28, obstacle)

        monkeypatch.setattr(tempfile if obstacle == "read-only" else os, REFUSED[obstacle], refuse)
    store = Store(folder)
    store.drawer("kind", "page.md").put("key", 1)
    store.close()
    store.sweep()
    assert store.drawer("kind", "page.md").get("key", Any) == 1
    assert not [*tmp_path.rglob(f"*{UNFINISHED}")]


def test_two_runs_at_once_leave_a_whole_drawer(tmp_path: Path) -> None:
    def write(number: int) -> None:
        for turn in range(20):
            keep_one = Store(tmp_path)
            keep_one.drawer("kind", "page.md").put(f"key-{number}-{turn}", "x" * 10_000)
            keep_one.close()

    threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        for path in tmp_path.glob(f"*{SUFFIX}"):
            assert kept._read(path), "half-written"
    for thread in threads:
        thread.join()
    assert not [*tmp_path.glob(f"*{UNFINISHED}")]


def test_what_an_earlier_run_used_is_there_when_an_edit_is_undone(tmp_path: Path) -> None:
    keep(tmp_path, "before", "one")
    keep(tmp_path, "after", "two")
    assert kept_of(tmp_path, "one") == "before"


def test_a_drawer_does_not_grow_without_end(tmp_path: Path) -> None:
    large = "x" * (kept.SPARE_BYTES // 4)
    sizes = [keep(tmp_path, large, f"key-{turn}").stat().st_size for turn in range(12)]
    assert max(sizes) < 2 * kept.SPARE_BYTES
    # The oldest goes first.
    assert kept_of(tmp_path, "key-0") is None
    assert kept_of(tmp_path, "key-10") == large


def test_what_no_run_has_used_for_long_is_thrown_away(tmp_path: Path) -> None:
    path = keep(tmp_path, 1)
    other = tmp_path / "letter.txt"
    unfinished = tmp_path / f"x{UNFINISHED}"
    for found in (other, unfinished):
        found.write_text("x")
    Store(tmp_path).sweep()
    assert path.exists()
    assert unfinished.exists()
    for found in (path, other, unfinished):
        os.utime(found, (0, time.time() - kept.OLDEST_SECONDS - 60))
    Store(tmp_path).sweep()
    assert not path.exists()
    assert not unfinished.exists()
    # Another's file stays.
    assert other.exists()


def test_a_drawer_that_is_read_is_used(tmp_path: Path) -> None:
    path = keep(tmp_path, 1)
    os.utime(path, (0, 0))
    store = Store(tmp_path)
    assert store.drawer("kind", "page.md").get("key", Any) == 1
    store.close()
    store.sweep()
    assert path.exists()


def test_the_oldest_go_where_there_is_too_much(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a.md", "b.md"):
        store = Store(tmp_path)
        store.drawer("kind", name).put("key", "x" * 1000)
        store.close()
    [first] = [path for path in tmp_path.iterdir() if Store(tmp_path).drawer("kind", "a.md")._path == path]
    os.utime(first, (0, time.time() - 7200))
    monkeypatch.setattr(kept, "MOST_BYTES", 1500)
    Store(tmp_path).sweep()
    assert [path.name for path in tmp_path.iterdir() if path == first] == []
    assert len([*tmp_path.iterdir()]) == 1


def test_the_folder_is_the_user_s_or_the_named_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VERIMATH_CACHE", "")
    assert place() is None
    monkeypatch.setenv("VERIMATH_CACHE", str(tmp_path))
    assert place() == tmp_path
    monkeypatch.delenv("VERIMATH_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert place() == tmp_path / "verimath"
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert place() == tmp_path / ".cache" / "verimath"


def test_nothing_is_kept_without_a_folder() -> None:
    store = Store()
    store.drawer("kind", "page.md").put("key", 1)
    store.close()
    assert store.drawer("kind", "page.md").get("key", Any) == 1
    assert Drawer(None).get("key", Any) is None


def test_the_tool_is_its_sources_katex_python_and_each_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "package"
    (package / "vendor").mkdir(parents=True)
    (package / "site").mkdir()
    numpy = package / "site" / "numpy-2.3.0.dist-info"
    numpy.mkdir()
    for name in ("check.py", "vendor/katex.min.js"):
        (package / name).write_text("1")
        os.utime(package / name, (0, 0))
    monkeypatch.setattr(tool, "PACKAGE", package)
    monkeypatch.setattr("sys.path", [str(package / "site")])
    seen = []

    def now() -> str | None:
        tool.tool.cache_clear()
        return tool.tool()

    try:
        seen.append(now())
        for name in ("check.py", "vendor/katex.min.js"):
            (package / name).write_text("2")
            os.utime(package / name, (0, 0))
            seen.append(now())
        numpy.rename(numpy.with_name("numpy-2.3.1.dist-info"))
        seen.append(now())
        monkeypatch.setattr("sys.version", "another")
        seen.append(now())
        assert None not in seen
        assert len({*seen}) == len(seen)
        assert now() == seen[-1]
        # What has been edited since the process began isn't what it runs.
        (package / "check.py").write_text("3")
        os.utime(package / "check.py", (0, time.time() + 10))
        assert now() is None
        assert Store(tmp_path).folder is None
    finally:
        monkeypatch.undo()
        tool.tool.cache_clear()


def test_a_drawer_says_who_wrote_it(tmp_path: Path) -> None:
    head = json.loads(keep(tmp_path, 1).read_bytes().partition(b"\n")[0])
    assert (head["owner"], head["format"], head["tool"]) == ("verimath", kept.FORMAT, tool.tool())


# Values of other kinds


class Table(TypedDict):
    """What a kept result may be."""

    name: str
    numbers: list[tuple[int, float | None]]


KINDS: list[tuple[Any, Any, bool]] = [
    ("a", str, True),
    (1, str, False),
    (True, int, False),
    (1, float, True),
    (None, str | None, True),
    ([1, 2], list[int], True),
    ([1, "2"], list[int], False),
    ("ab", list[str], False),
    ([1, "a"], tuple[int, str], True),
    ([1, "a", 2], tuple[int, str], False),
    ({"a": 1}, dict[str, int], True),
    ({"a": "1"}, dict[str, int], False),
    ([], dict[str, int], False),
    ({"name": "a", "numbers": [[1, None]], "more": 2}, Table, True),
    ({"name": "a", "numbers": [[1]]}, Table, False),
    ({"name": "a"}, Table, False),
    ({"where": "a", "left": "1", "right": "2", "kind": "sides"}, Witness, True),
    ({"where": "a", "left": "1", "right": "2", "kind": "sides", "more": 1}, Witness, False),
    (Witness("a", "1", "2"), Witness, True),
    (Witness("a", "1", 2), Witness, False),  # type: ignore[arg-type]
]


@pytest.mark.parametrize(("value", "kind", "is_of_it"), KINDS)
def test_a_result_is_of_the_kind_that_is_asked_for_or_none(
    tmp_path: Path, value: Any, kind: Any, is_of_it: bool
) -> None:
    assert fits(value, kind) == is_of_it
    if not isinstance(value, Witness):
        keep(tmp_path, value)
        drawer = Store(tmp_path).drawer("kind", "page.md")
        assert drawer.get("key", kind) == (value if is_of_it else None)
        if is_of_it and value is not None:
            assert drawer.found("key", kind, lambda: pytest.fail("looked for anew")) == value
        if not is_of_it:
            # What is looked for must be of the kind that it is asked for by, or it would be each time.
            with pytest.raises(AssertionError):
                drawer.found("key", kind, lambda: value)


FORGED = [
    "7",
    '"text"',
    "[1]",
    '{"a": 1}',
    '[["a", 1], 2]',
    '{"places": null, "verdict": {}, "reports": [["a", 1, "holds", {}]]}',
    "null",
]
FORGED += ["true", "not JSON", "[" * 100_000]
PAGE = """\
---
notation:
  - {symbol: a, code: a, meaning: a number}
---

A text with $a$, and "words" ; `code`.

```math {#set}
a \\in \\mathbb{R}
```

```math {#doubled}
2 a = a + a
```

```python {verifies="doubled"}
--8<-- "doubled.py:doubled"
```

```math {#wrong expect="false"}
2 a = a
```
"""
DOUBLED = "# --8<-- [start:doubled]\ndef doubled(a):\n    return 2 * a\n# --8<-- [end:doubled]\n"


def kind_of(line: str) -> str:
    """What a kept result is, as far as anyone could tell."""
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return "no JSON"
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return " of ".join([type(value).__name__, *sorted({type(each).__name__ for each in inner})])


def alike(line: str, other: str) -> bool:
    """Whether one kept result could be the other: an empty list is one of anything."""
    kinds = {kind_of(line), kind_of(other)}
    return len(kinds) == 1 or ("list" in kinds and all(kind.startswith("list") for kind in kinds))


def test_a_result_of_another_kind_is_found_anew(
    build_site: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VERIMATH_CACHE", str(tmp_path / "kept"))
    options = {"quick": True, "policy": True}

    def built() -> dict[str, bytes]:
        """A site, by a process that has just begun."""
        katex.forget()
        monkeypatch.setattr(MkDocsConfig.plugins, "plugin_cache", {})
        snippets = {"doubled.py": DOUBLED}
        build_site(PAGE, snippets, check=True, options=options, language="fr")
        return {str(path): path.read_bytes() for path in (tmp_path / "site").rglob("*") if path.is_file()}

    whole = built()
    drawers = {path: kept._read(path) for path in sorted((tmp_path / "kept").glob(f"*{SUFFIX}"))}
    # Of what hasn't changed, nothing is looked for anew: no drawer is written again.
    written = {path: path.read_bytes() for path in drawers}
    assert built() == whole
    assert {path: path.read_bytes() for path in (tmp_path / "kept").glob(f"*{SUFFIX}")} == written
    kinds = {kind_of(line) for lines in drawers.values() for line in lines.values()}
    assert len(kinds) > 6, kinds
    # In so many turns, each result has been each of these.
    for turn in range(len(FORGED)):
        others, changed = cycle([*FORGED[turn:], *FORGED[:turn]]), False
        for path, lines in drawers.items():
            fitting = ((key, line, next(others)) for key, line in lines.items())
            forged = {key: line if alike(line, other) else other for key, line, other in fitting}
            kept._write(path, forged)
            assert kept._read(path) == forged
            changed |= forged != lines
        assert changed
        assert built() == whole, turn
    # The twin: of the same kind, it is believed, so all of this is read: here, that something is left in each file.
    for path, lines in drawers.items():
        kept._write(path, {key: '"text"' if kind_of(line) == "str" else line for key, line in lines.items()})
    with pytest.raises(Refused, match="formulas that nothing set"):
        built()
