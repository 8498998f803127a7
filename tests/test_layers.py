"""The rooms of src/verimath, from the top down: each imports only those above it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOMS = [
    "source",
    "errors",
    "katex",
    "fences",
    "blocks",
    "pages",
    "formula",
    "reading",
    "recorder",
    "snippet",
    "marker",
    "draft",
    "inline",
    "markdown",
    "compare",
    "site",
    "plugin",
]
SOURCE = Path(__file__).parent.parent / "src" / "verimath"
# What only the last rooms may know of.
MKDOCS, MARKDOWN = {"plugin"}, {"inline", "markdown", "plugin"}


def imports(text: str) -> set[str]:
    """The modules a file imports: rooms of this package with a leading dot, others by their first name."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            found.update(alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = ("." * node.level + (node.module or "")).replace("verimath.", ".")
            names = [module] if node.module else [module + alias.name for alias in node.names]
            found.update("." * name.startswith(".") + name.lstrip(".").split(".")[0] for name in names)
    return found


def wrong_arrows(room: str, text: str) -> set[str]:
    """What a room imports and may not."""
    # What runs beside a snippet imports nothing of the package.
    above = ROOMS[: ROOMS.index(room)] if room != "recorder" else []
    wrong = {name for name in imports(text) if name.startswith(".") and name[1:] not in above}
    wrong |= {"mkdocs"} & imports(text) if room not in MKDOCS else set()
    wrong |= {"markdown", "pymdownx"} & imports(text) if room not in MARKDOWN else set()
    return wrong | ({"py_mini_racer"} & imports(text) if room != "katex" else set())


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_only_those_above_it(room: str) -> None:
    assert wrong_arrows(room, (SOURCE / f"{room}.py").read_text("utf-8")) == set()


def test_every_room_is_listed() -> None:
    assert sorted(path.stem for path in SOURCE.glob("*.py") if path.stem != "__init__") == sorted(ROOMS)


@pytest.mark.parametrize(
    ("room", "text", "wrong"),
    [
        ("pages", "from .site import number", {".site"}),
        ("pages", "from . import plugin", {".plugin"}),
        ("pages", "import markdown", {"markdown"}),
        ("site", "from mkdocs.plugins import BasePlugin", {"mkdocs"}),
        ("formula", "from py_mini_racer import MiniRacer", {"py_mini_racer"}),
        ("pages", "from verimath.site import number", {".site"}),
        ("recorder", "from .errors import VerimathError", {".errors"}),
        ("site", "from .pages import Page", set()),
    ],
)
def test_an_arrow_that_points_up_is_seen(room: str, text: str, wrong: set[str]) -> None:
    assert wrong_arrows(room, text) == wrong


def test_no_file_is_long() -> None:
    root = SOURCE.parent.parent
    files = [path for folder in ("src", "snippets", "tests", "bench") for path in (root / folder).rglob("*.py")]
    long = {
        path.name: n for path in files if "node_modules" not in path.parts and (n := path.read_text().count("\n")) > 300
    }
    assert long == {}
