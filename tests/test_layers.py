"""The rooms of src/verimath, from the one that knows least to those that know all: each imports only earlier ones."""

from __future__ import annotations

import ast
from difflib import SequenceMatcher
from itertools import combinations

import pytest

from bench.house import PICTURE, ROOMS, SOURCE, floors, imports, modules, room_of, svg

# Folders inside of a room that have an order, each after those that it may import.
INNER = {"latex": ("lexing", "grammar", "clauses", "read", "write")}
# Packages of others that only some rooms may know of.
RESERVED = {
    "mkdocs": {"plugin"},
    "markdown": {"site", "plugin"},
    "pymdownx": {"site"},
    "fontTools": {"site"},
    "py_mini_racer": {"latex"},
}
# What runs in a process of its own, beside a reader's code, imports nothing of the package.
APART = "code.child"
MOST_ROOMS = 18
LONGEST_FUNCTION = 65


MODULES = modules()


def inner_of(name: str) -> str:
    """Of a room whose folders have an order, the innermost folder that a module lies in."""
    order = INNER.get(room_of(name), ())
    return next((part for part in reversed(name.split(".")) if part in order), "")


def wrong_arrows(name: str, tree: ast.Module) -> set[str]:
    """What a module imports and may not."""
    room, found = room_of(name), imports(name, tree, {*MODULES})
    wrong = {package for package, rooms in RESERVED.items() if package in found and room not in rooms}
    for target in (each[1:] for each in found if each.startswith(".")):
        if name.startswith(APART):
            wrong.add(f".{target}")
        elif room_of(target) != room:
            if room_of(target) not in ROOMS[: ROOMS.index(room)]:
                wrong.add(f".{target}")
        elif inner_of(target) != inner_of(name) and inner_of(target):
            order = INNER[room]
            if not inner_of(name) or order.index(inner_of(target)) > order.index(inner_of(name)):
                wrong.add(f".{target}")
    return wrong


def circle(graph: dict[str, set[str]]) -> list[str]:
    """Nodes that lead back to the first of them; none where there is no circle."""
    done: set[str] = set()

    def walk(node: str, path: list[str]) -> list[str]:
        if node in path:
            return [*path[path.index(node) :], node]
        if node in done:
            return []
        for target in sorted(graph.get(node, ())):
            if found := walk(target, [*path, node]):
                return found
        done.add(node)
        return []

    return next((found for node in sorted(graph) if (found := walk(node, []))), [])


def graph() -> dict[str, set[str]]:
    return {
        name: {each[1:] for each in imports(name, tree, {*MODULES}) if each.startswith(".")} - {name}
        for name, tree in MODULES.items()
    }


def test_every_room_is_listed() -> None:
    assert {room_of(name) for name in MODULES} == {*ROOMS}


def test_a_newcomer_sees_few_rooms_each_with_its_purpose() -> None:
    entries = {path.stem for path in SOURCE.iterdir() if path.name not in ("__init__.py", "__pycache__")}
    # KaTeX, and the sign for type checkers: nobody reads there.
    assert entries - {"vendor", "py"} == {*ROOMS}
    assert len(ROOMS) <= MOST_ROOMS
    for name, tree in MODULES.items():
        said = ast.get_docstring(tree) or ""
        assert said, name
        if name in ROOMS and (SOURCE / name).is_dir():
            assert "Imports" in said, name


@pytest.mark.parametrize("name", MODULES)
def test_a_module_imports_only_rooms_before_its_own(name: str) -> None:
    assert wrong_arrows(name, MODULES[name]) == set()


def test_no_module_leads_back_to_itself() -> None:
    assert circle(graph()) == []


@pytest.mark.parametrize(
    ("name", "text", "wrong"),
    [
        ("page.page", "from ..site.references import number", {".site.references"}),
        ("page.page", "from .. import plugin", {".plugin"}),
        ("page.page", "import markdown", {"markdown"}),
        ("site.references", "from mkdocs.plugins import BasePlugin", {"mkdocs"}),
        ("page.page", "from py_mini_racer import MiniRacer", {"py_mini_racer"}),
        ("page.page", "from verimath.site.references import number", {".site.references"}),
        ("code.child.record", "from ...message.refusal import Refusal", {".message.refusal"}),
        ("latex.read.lexing.atoms", "from ..grammar.parser import Parser", {".latex.read.grammar.parser"}),
        ("latex.read.grammar.parser", "from ....trials import draw", {".trials.draw"}),
        ("latex.read.grammar.parser", "from ..lexing.atoms import Atom", set()),
        ("verdict.check", "import mkdocs", {"mkdocs"}),
        ("site.references", "from ..page.page import Page", set()),
    ],
)
def test_an_arrow_that_points_back_is_seen(name: str, text: str, wrong: set[str]) -> None:
    assert wrong_arrows(name, ast.parse(text)) == wrong


def test_a_circle_is_seen() -> None:
    assert circle({"a": {"b"}, "b": {"c"}, "c": {"b"}}) == ["b", "c", "b"]


ENDINGS = ("s", "es", "er", "ers", "ed", "ing", "ison", "ion", "ation", "al", "e", "y", "")


def alike(one: str, other: str) -> bool:
    """Whether two names are the same word with other endings."""
    common = SequenceMatcher(None, one, other).find_longest_match(0, len(one), 0, len(other))
    stem = one[: common.size] if common.a == common.b == 0 else ""
    return len(stem) > 2 and one[len(stem) :] in ENDINGS and other[len(stem) :] in ENDINGS


def test_no_two_modules_are_named_alike() -> None:
    stems = [name.rpartition(".")[2] for name in MODULES]
    assert [pair for pair in combinations(stems, 2) if alike(*pair) and {*pair} != {"page"}] == []


def test_names_that_are_alike_are_seen() -> None:
    for pair in (("compare", "comparison"), ("site", "sites"), ("reader", "reading"), ("trial", "trials")):
        assert alike(*pair), pair
    assert not alike("draw", "derive")


def long_functions(text: str) -> dict[str, int]:
    """The functions of a file that are longer than a screen, with their lines."""
    found = {}
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > LONGEST_FUNCTION:
                found[node.name] = lines
    return found


def test_no_function_is_longer_than_a_screen() -> None:
    root = SOURCE.parent.parent
    files = [path for folder in ("src", "snippets", "tests", "bench") for path in (root / folder).rglob("*.py")]
    # What npm has fetched for the audit brings scripts of its own.
    own = (path for path in files if "node_modules" not in path.parts)
    found = {path.name: long for path in own if (long := long_functions(path.read_text("utf-8")))}
    assert found == {}
    assert long_functions("def f():\n" + "    pass\n" * LONGEST_FUNCTION) == {"f": LONGEST_FUNCTION + 1}


def test_each_room_stands_above_all_that_it_imports() -> None:
    assert [room for storey in floors() for room in sorted(storey)] != []
    assert {room for storey in floors() for room in storey} == {*ROOMS}
    assert floors()[0][0] == "message"


def test_the_picture_is_that_of_the_code() -> None:
    drawn = svg()
    assert PICTURE.read_text("utf-8") == drawn
    assert "\n\n" not in drawn
    assert all(f">{room}</text>" in drawn for room in ROOMS)


def born_late(tree: ast.Module) -> set[str]:
    """Attributes that a class's methods give to `self`, and that neither its body nor its `__init__` knows."""
    found = set()
    for each in (node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)):
        methods = [node for node in each.body if isinstance(node, ast.FunctionDef)]
        known = {
            node.target.id
            for node in each.body
            if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)
        }
        known |= {name for method in methods if method.name == "__init__" for name in given(method)}
        found |= {f"{each.name}.{name}" for method in methods for name in given(method) if name not in known}
    return found


def given(method: ast.FunctionDef) -> set[str]:
    """The attributes of `self` that a method sets."""
    return {
        node.attr
        for node in ast.walk(method)
        if isinstance(node, ast.Attribute)
        and isinstance(node.ctx, ast.Store)
        and isinstance(node.value, ast.Name)
        and node.value.id == "self"
    }


def test_no_attribute_is_born_outside_of_init() -> None:
    assert {name: late for name, tree in MODULES.items() if (late := born_late(tree))} == {}
    wrong = "class A:\n    def __init__(self):\n        self.x = 1\n    def start(self):\n        self.y = 2\n"
    assert born_late(ast.parse(wrong)) == {"A.y"}
