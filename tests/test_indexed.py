"""What a search reads of a page is kept, and read again where anything that it reads has changed."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from material.plugins.search.plugin import SearchIndex as OfMaterial  # type: ignore[import-untyped]
from mkdocs.contrib.search.search_index import SearchIndex as OfMkDocs

from verimath.kept.store import Store
from verimath.site.indexed import keep_entries

HTML = '<h1 id="a">One</h1><p>A text.</p><h2 id="b">Two</h2><p>Another.</p>'
SETTINGS = {"lang": ["en"], "separator": " ", "pipeline": [], "fields": {}, "indexing": "full"}
INDEXES = [OfMaterial, OfMkDocs]


def page(**changed: Any) -> Any:
    entry = SimpleNamespace(id="b", title="Two", url="#b", children=[])
    toc = [SimpleNamespace(id="a", title="One", url="#a", children=[entry])]
    said = {"content": HTML, "url": "page/", "title": "One", "toc": toc, "meta": {}}
    return SimpleNamespace(file=SimpleNamespace(src_uri="page.md"), **{**said, **changed})


def search(kind: Any, store: Store | None, config: dict[str, Any] | None = None) -> Any:
    """A search with an index that keeps what it reads; without a store, one as it is."""
    plugin = SimpleNamespace(search_index=kind(**SETTINGS), config={**SETTINGS, **(config or {})})
    if store is not None:
        keep_entries(plugin, {"page.md": "page.md"}, lambda: store)
    return plugin.search_index


def found(index: Any, of: Any) -> list[dict[str, Any]]:
    index.add_entry_from_context(of)
    return list(vars(index).get("entries", vars(index).get("_entries")))


def refuse(*given: object) -> None:
    raise AssertionError("it is read again")


CHANGES: dict[str, dict[str, Any]] = {
    "its text": {"content": HTML.replace("text", "word")},
    "its address": {"url": "other/"},
    "its title": {"title": "Three", "content": "<p>none</p>"},
    "its contents": {"toc": []},
    "its tags": {"meta": {"tags": ["x"]}},
    "its rank": {"meta": {"search": {"boost": 2}}},
    "its title in the front matter": {"meta": {"title": "Four"}, "content": "<p>none</p>"},
}


@pytest.mark.parametrize("kind", INDEXES, ids=["Material", "MkDocs"])
def test_what_is_kept_is_what_is_read(tmp_path: Path, kind: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(tmp_path)
    plain = found(search(kind, None), page())
    assert plain
    assert found(search(kind, store), page()) == plain
    store.close()
    index = search(kind, Store(tmp_path))
    monkeypatch.setattr(kind, "create_entry_for_section", refuse)
    assert found(index, page()) == plain


@pytest.mark.parametrize("kind", INDEXES, ids=["Material", "MkDocs"])
@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_read(tmp_path: Path, kind: Any, change: str) -> None:
    store = Store(tmp_path)
    found(search(kind, store), page())
    changed = page(**CHANGES[change])
    assert found(search(kind, store), changed) == found(search(kind, None), changed)


def test_an_entry_that_is_changed_later_is_kept_as_it_was_read(tmp_path: Path) -> None:
    store = Store(tmp_path)
    [first, *_] = found(search(OfMaterial, store), page())
    first["text"] = "changed"
    assert found(search(OfMaterial, store), page()) == found(search(OfMaterial, None), page())


def test_of_an_index_that_somebody_changed_nothing_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(tmp_path)
    found(search(OfMaterial, store), page())
    assert found(search(OfMaterial, store, {"jieba_dict": "x"}), page())
    monkeypatch.setattr(OfMaterial, "create_entry_for_section", refuse)
    # As a method of another module, it is another's.
    with pytest.raises(AssertionError, match="read again"):
        found(search(OfMaterial, store), page())
