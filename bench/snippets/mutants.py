"""The mutants of a function: its code, changed one place at a time.

Not changed is what guards against arguments that no trial has: an `if` that does nothing but raise, and `strict=True`.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from bench.snippets.changes import KINDS, Place


@dataclass(frozen=True)
class Mutant:
    """A function changed in one place.

    Attributes:
        kind: of the change, one of `KINDS`.
        before, after: the part and what it was changed to.
        nth: of the places that are changed so, from 1.
        code: the whole function, changed.
    """

    kind: str
    before: str
    after: str
    nth: int
    code: str

    @property
    def line(self) -> str:
        """What was changed, on one line."""
        return f"{self.kind}: {self.before} → {self.after}" + (f" ({self.nth})" if self.nth > 1 else "")


def mutants(function: ast.FunctionDef) -> Iterator[Mutant]:
    """All mutants of a function; each one once."""
    tree = ast.parse(ast.unparse(function)).body[0]
    assert isinstance(tree, ast.FunctionDef)
    if ast.get_docstring(tree) is not None:
        tree.body = tree.body[1:]
    seen = {ast.unparse(tree)}
    count: Counter[tuple[str, str, str]] = Counter()
    for place in _places(tree):
        before = _short(place.node)
        for kind, change in KINDS.items():
            for node in change(place):
                place.put(node)
                code = ast.unparse(ast.fix_missing_locations(tree))
                after = _short(node)
                place.put(place.node)
                if code not in seen:
                    seen.add(code)
                    count[kind, before, after] += 1
                    yield Mutant(kind, before, after, count[kind, before, after], code)


def _short(node: ast.AST) -> str:
    """A part on one line; of a statement with others inside, what it begins with."""
    return ast.unparse(node).split("\n")[0]


def _places(function: ast.FunctionDef) -> list[Place]:
    return list(_inside(function, "", _Names(function)))


class _Names:
    """The names of a function that have a value at a line."""

    def __init__(self, function: ast.FunctionDef) -> None:
        listed = function.args
        self.first = {
            each.arg: 0 for each in (*listed.posonlyargs, *listed.args, *listed.kwonlyargs, listed.vararg) if each
        }
        for node in ast.walk(function):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                self.first.setdefault(node.id, node.lineno)

    def at(self, node: ast.AST) -> tuple[str, ...]:
        line = getattr(node, "lineno", 0)
        return tuple(name for name, first in self.first.items() if first <= line)


def _inside(parent: ast.AST, called: str, names: _Names) -> Iterator[Place]:
    """The places of all parts, the outermost first."""
    if isinstance(parent, ast.Call):
        called = ast.unparse(parent.func).split(".")[-1]
    for field, value in ast.iter_fields(parent):
        for index, node in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if isinstance(node, ast.AST) and not _is_left(node):
                yield Place(node, parent, field, index, called, names.at(node))
                yield from _inside(node, "" if isinstance(node, ast.Subscript) else called, names)


def _is_left(node: ast.AST) -> bool:
    """Whether a part is left as it is: what names, a guard, what is raised or said."""
    if isinstance(node, ast.If):
        return all(isinstance(part, ast.Raise) for part in node.body) and not node.orelse
    if isinstance(node, ast.keyword):
        return node.arg == "strict"
    return isinstance(node, ast.Raise | ast.JoinedStr | ast.arg | ast.expr_context | ast.operator | ast.cmpop)
