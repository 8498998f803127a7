"""The rooms of src/verimath, from the top down: each imports only those above it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

# The tool, from what knows least to what knows all; a folder is one room, with an order of its own.
ROOMS = [
    "source",
    "errors",
    "katex",
    "fences",
    "blocks",
    "pages",
    "formula",
    "expression",
    "sites",
    "statement",
    "derive",
    "arithmetic",
    "arrays",
    "dots",
    "reader",
    "evaluation",
    "scope",
    "page_scope",
    "latex",
    "places",
    "readers",
    "chance",
    "draws",
    "world",
    "trials",
    "failure",
    "instances",
    "sizes",
    "comparison",
    "claims",
    "hunts",
    "updates",
    "check",
    "likeness",
    "changes",
    "mutants",
    "experiment",
    "mutate",
    "notation",
    "symbols",
    "derivation",
    "process",
    "snippet",
    "calls",
    "returned",
    "report",
    "rechecked",
    "digits",
    "text",
    "notes",
    "reading",
    "recorder",
    "caller",
    "marker",
    "legend",
    "draft",
    "inline",
    "markdown",
    "compare",
    "site",
    "plugin",
    "cli",
    "__main__",
]
INNER = {
    "reader": "atoms tables flatten brackets known cursor conditions lists scripts symbols binders derivatives terms "
    "letters sets heads layout tails maps meaning __init__",
    "latex": "levels expressions statements __init__",
    "evaluation": "frame terms components conditions binders derivatives __init__",
}
SOURCE = Path(__file__).parent.parent / "src" / "verimath"
# What only the last rooms may know of.
MKDOCS, MARKDOWN = {"plugin"}, {"inline", "markdown", "plugin"}
# What runs in a process of its own, beside a reader's code, imports nothing of the package.
APART = {"recorder", "caller"}


def imports(text: str, folder: str = "") -> set[str]:
    """The modules a file imports: those of this package as `.room` or `.folder.room`, others by their first name."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            found.update(alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = node.module or ""
            if module.startswith("verimath."):
                module, level = module.removeprefix("verimath."), 1
            else:
                level = node.level - bool(folder) if node.level else 0
            names = [module] if module else [alias.name for alias in node.names]
            if not node.level and not (node.module or "").startswith("verimath."):
                found.update(name.split(".")[0] for name in names)
            elif level == 0:
                found.update(f".{folder}.{name}" for name in names)
            else:
                found.update(f".{name}" for name in names)
    return found


def wrong_arrows(room: str, text: str) -> set[str]:
    """What a room imports and may not; `reader.terms` is a room inside another one."""
    folder, _, inner = room.rpartition(".")
    found = imports(text, folder)
    order = INNER[folder].split() if folder else []
    above = ROOMS[: ROOMS.index(folder or room)] if room not in APART else []
    wrong = set()
    for name in (name for name in found if name.startswith(".")):
        parts = name[1:].split(".")
        if folder and parts[0] == folder:
            if len(parts) < 2 or parts[1] not in order[: order.index(inner)]:
                wrong.add(name)
        elif parts[0] not in above:
            wrong.add(name)
    wrong |= {"mkdocs"} & found if room not in MKDOCS else set()
    wrong |= {"markdown", "pymdownx"} & found if room not in MARKDOWN else set()
    return wrong | ({"py_mini_racer"} & found if room != "katex" else set())


FILES = {room: SOURCE / f"{room}.py" for room in ROOMS if room not in INNER} | {
    f"{folder}.{room}": SOURCE / folder / f"{room}.py" for folder, rooms in INNER.items() for room in rooms.split()
}


@pytest.mark.parametrize("room", FILES)
def test_a_room_imports_only_those_above_it(room: str) -> None:
    assert wrong_arrows(room, FILES[room].read_text("utf-8")) == set()


def test_every_room_is_listed() -> None:
    written = {path for path in SOURCE.rglob("*.py") if "vendor" not in path.parts} - {SOURCE / "__init__.py"}
    assert written == {*FILES.values()}


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
        ("reader.atoms", "from .terms import Terms", {".reader.terms"}),
        ("reader.terms", "from ..world import World", {".world"}),
        ("reader.terms", "from .atoms import Atom", set()),
        ("check", "import mkdocs", {"mkdocs"}),
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
