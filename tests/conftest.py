"""Builds small sites with the real MkDocs and the real plugin, in a theme of one line."""

from __future__ import annotations

import copy
import logging
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort
from pymdownx.slugs import slugify

# Nothing is kept from one test to the next; those that are about what is kept say where.
os.environ["VERIMATH_CACHE"] = ""

THEME = Path(__file__).parent / "theme"
ROOT = Path(__file__).parent.parent

# The extensions of this project's own site, so that a case here is a case there.
EXTENSIONS: list[object] = [
    "abbr",
    "admonition",
    "attr_list",
    "def_list",
    "footnotes",
    "md_in_html",
    "tables",
    {"toc": {"slugify": slugify(case="lower")}},
    "pymdownx.details",
    "pymdownx.highlight",
    {"pymdownx.snippets": {"base_path": ["snippets"], "check_paths": True, "dedent_subsections": True}},
    "pymdownx.superfences",
    {"pymdownx.tabbed": {"alternate_style": True}},
]

SNIPPET = """\
import numpy as np

# --8<-- [start:double]
def double(x):
    return 2 * x
# --8<-- [end:double]

if __name__ == "__main__":
    # --8<-- [start:double-demo]
    print("double:", double(21))
    # --8<-- [end:double-demo]
    print("elsewhere")
"""


class Refused(Exception):
    """A build that stopped; its text is what the author is shown."""


Build = Callable[..., dict[str, str]]


@pytest.fixture
def build_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> Build:
    """A function that builds a site from `{file: text}` and returns `{file: HTML}`, or raises Refused.

    Only with `check` are equations executed; `options` are others of the plugin's, `settings` of MkDocs.
    A text alone is `index.md`; without `nav`, MkDocs reads files in the order of their
    names. `snippets` are further files of the snippets' folder, beside
    `double.py`; `before` are plugins with their options.
    """
    monkeypatch.chdir(tmp_path)

    def build_it(
        pages: str | dict[str, str],
        snippets: Mapping[str, str | bytes] | None = None,
        nav: list[object] | None = None,
        strict: bool = True,
        check: bool = False,
        options: Mapping[str, object] | None = None,
        language: str = "en",
        settings: Mapping[str, Any] | None = None,
        before: Mapping[str, Mapping[str, Any]] | None = None,
    ) -> dict[str, str]:
        texts = {"index.md": pages} if isinstance(pages, str) else pages
        written: tuple[tuple[str, Mapping[str, str | bytes]], ...] = (
            ("docs", texts),
            ("snippets", {"double.py": SNIPPET, **(snippets or {})}),
        )
        for folder, files in written:
            for name, text in files.items():
                (tmp_path / folder / name).parent.mkdir(parents=True, exist_ok=True)
                (tmp_path / folder / name).write_bytes(text.encode() if isinstance(text, str) else text)
        (tmp_path / "mkdocs.yml").write_text("site_name: Test\n")
        config = load_config(
            str(tmp_path / "mkdocs.yml"),
            theme={"name": None, "custom_dir": str(THEME), "language": language},
            plugins=[
                "search",
                *({name: said} for name, said in (before or {}).items()),
                {"verimath": {"check": check, **(options or {})}},
            ],
            nav=nav,
            strict=strict,
            validation={"links": {"anchors": "warn"}},
            **copy.deepcopy({"markdown_extensions": EXTENSIONS, **(settings or {})}),
        )
        caplog.clear()
        with caplog.at_level(logging.WARNING, logger="mkdocs"):
            try:
                build(config)
            except Abort:
                said = [record.getMessage() for record in caplog.records]
                raise Refused("\n".join(text for text in said if not text.startswith("Error reading page"))) from None
        site = tmp_path / "site"
        return {
            name: (site / name).with_suffix(".html").read_text("utf-8")
            if name == "index.md"
            else (site / Path(name).with_suffix("") / "index.html").read_text("utf-8")
            for name in texts
        }

    return build_it
