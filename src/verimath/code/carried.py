"""The source of the functions that a notebook imports from a site's snippets, so that it runs where they aren't.

Nothing is rewritten: each function, class or constant stands as its file has it, with all that it uses of its own file
and of others before it; only the marks of sections are left out.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ..message.frozen import frozen
from ..message.refusal import Refusal
from ..message.source import Cells, Span, typed
from ..page.notebook import Cell
from .sections import MARKER


@dataclass
class _Module:
    """A file of snippets: what its top level defines, by name, and what it imports."""

    path: Path
    lines: list[str]
    defined: dict[str, ast.stmt] = field(default_factory=dict)
    imported: dict[str, tuple[str, str]] = field(default_factory=dict)
    others: dict[str, str] = field(default_factory=dict)


@frozen
class Carried:
    """Code cells that need no snippets.

    Attributes:
        sources: by the number of the cell.
        modules: the first names of the modules of others that they import.
        taken: what was put there, each as its file and its name.
    """

    sources: dict[int, str]
    modules: frozenset[str]
    taken: tuple[tuple[str, str], ...]


def carried(cells: Iterable[Cell], folders: Sequence[Path], file: str) -> Carried:
    """The code cells of a notebook, with the source of what they import from these folders.

    Raises:
        Refusal: where a cell imports a whole file, a name that isn't there, or two things of one name.
    """
    work = _Work(folders)
    sources = {}
    bound: list[tuple[str, ast.stmt, Cell]] = []
    for cell in cells:
        try:
            tree = ast.parse(cell.source)
        except SyntaxError:
            # Magics are Jupyter's business, and the kernel has run them.
            sources[cell.number] = cell.source
            continue
        lines = list(cell.lines)
        for node in reversed(tree.body):
            if isinstance(node, ast.Import) and any(work.module(alias.name) for alias in node.names):
                raise Refusal(
                    "what it uses of that file can't be told",
                    "name what is used: from a_file import a_function",
                    what="this cell imports a whole file of snippets",
                    span=_place(cell, node, file),
                )
        for node, put in work.exchanged(tree, cell, file):
            lines[node.lineno - 1 : node.end_lineno] = [put] + [""] * ((node.end_lineno or node.lineno) - node.lineno)
        sources[cell.number] = "\n".join(lines).strip("\n")
        work.note(tree)
        bound += [(name, node, cell) for name, node in _bound(tree.body) if not work.is_from_snippets(node)]
    for name, node, cell in bound:
        if name in work.put:
            raise Refusal(
                f"{work.put[name][0]}.py has one too, which the download holds",
                "give it another name in this cell",
                what=f"two things are called `{name}`",
                span=_place(cell, node, file),
            )
    return Carried(sources, frozenset(work.others), tuple(work.taken))


def _place(cell: Cell, node: ast.stmt, file: str) -> Span:
    name = Cells(file, ((cell.number, node.lineno, cell.first + node.lineno - 1 if cell.first else 0),))
    return Span(name, 1, node.col_offset, cell.lines[node.lineno - 1])


def _bound(body: list[ast.stmt]) -> Iterator[tuple[str, ast.stmt]]:
    """The names that statements give a meaning to, at the top level, each with its statement."""
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name, node
        elif isinstance(node, ast.Import | ast.ImportFrom):
            for alias in node.names:
                yield alias.asname or alias.name.split(".")[0], node
        else:
            inner = [each for name in ("body", "orelse", "finalbody") for each in getattr(node, name, [])]
            yield from _bound([each for each in inner if isinstance(each, ast.stmt)])
            own = [part for part in ast.iter_child_nodes(node) if not isinstance(part, ast.stmt)]
            scoped = (ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
            for each in (each for part in own if not isinstance(part, scoped) for each in ast.walk(part)):
                if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store):
                    yield each.id, node


class _Work:
    """What has been carried so far: a name is put once, where it is first asked for."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = folders
        self._modules: dict[str, _Module | None] = {}
        self.put: dict[str, tuple[str, str]] = {}
        self._imports: set[str] = set()
        self.taken: list[tuple[str, str]] = []
        self.others: set[str] = set()

    def module(self, name: str) -> _Module | None:
        """The file of snippets that a module is; None where it is another's."""
        if name not in self._modules:
            paths = (folder / f"{name.replace('.', '/')}.py" for folder in self._folders)
            path = next((path for path in paths if path.is_file()), None)
            self._modules[name] = self._read(path) if path else None
        return self._modules[name]

    def is_from_snippets(self, node: ast.stmt) -> bool:
        """Whether a statement imports from snippets."""
        return isinstance(node, ast.ImportFrom) and node.module is not None and self.module(node.module) is not None

    def _read(self, path: Path) -> _Module:
        text = path.read_text("utf-8")
        found = _Module(path, text.split("\n"))
        for node in ast.parse(text).body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                found.defined[node.name] = node
            elif isinstance(node, ast.Assign | ast.AnnAssign):
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                names = (name for target in targets for name in ast.walk(target) if isinstance(name, ast.Name))
                found.defined.update((name.id, node) for name in names)
            elif isinstance(node, ast.ImportFrom) and node.module and self.module(node.module):
                found.imported.update((alias.asname or alias.name, (node.module, alias.name)) for alias in node.names)
            elif isinstance(node, ast.Import | ast.ImportFrom):
                for alias in node.names:
                    bound = alias.asname or alias.name.split(".")[0]
                    one = (
                        ast.Import([alias])
                        if isinstance(node, ast.Import)
                        else ast.ImportFrom(node.module, [alias], node.level)
                    )
                    found.others[bound] = ast.unparse(one)
        return found

    def note(self, tree: ast.AST) -> None:
        """Note the modules of others that code imports."""
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                self.others.update(alias.name.split(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not self.module(node.module):
                self.others.add(node.module.split(".")[0])

    def exchanged(self, tree: ast.Module, cell: Cell, file: str) -> list[tuple[ast.ImportFrom, str]]:
        """The imports from snippets in a cell, the last first, each with the source that stands for it."""
        found = []
        for node in tree.body:
            if isinstance(node, ast.ImportFrom) and node.module and self.module(node.module):
                parts: list[str] = []
                imports: list[str] = []
                for alias in node.names:
                    self._take(node.module, alias.name, (imports, parts), _place(cell, node, file))
                    if alias.asname and alias.asname != alias.name:
                        parts.append(f"{alias.asname} = {alias.name}")
                head = ["\n".join(imports)] if imports else []
                found.append((node, "\n\n\n".join([*head, *parts]) + "\n\n"))
        return found[::-1]

    def _take(self, module: str, name: str, to: tuple[list[str], list[str]], place: Span) -> None:
        """Put what a name is into the second of two lists, after all that it uses, and imports into the first."""
        imports, parts = to
        found = self.module(module)
        assert found is not None
        if name in found.imported:
            return self._take(*found.imported[name], to, place)
        if name not in found.defined:
            raise Refusal(
                f"it defines {', '.join(found.defined)}",
                "correct the name",
                what=f"there is no `{name}` in {typed(found.path)}",
                span=place,
            )
        if (known := self.put.get(name)) is not None:
            if known == (module, name):
                return None
            raise Refusal(
                f"{known[0]}.py and {module}.py have one each, and the download holds both",
                "import what needs only one of them, or give one another name",
                what=f"two things are called `{name}`",
                span=place,
            )
        self.put[name] = (module, name)
        node = found.defined[name]
        for used in dict.fromkeys(each.id for each in ast.walk(node) if isinstance(each, ast.Name)):
            if used in found.defined and found.defined[used] is not node:
                self._take(module, used, to, place)
            elif used in found.imported:
                of, original = found.imported[used]
                self._take(of, original, to, place)
                if used != original:
                    parts.append(f"{used} = {original}")
            elif used in found.others and found.others[used] not in self._imports:
                self._imports.add(found.others[used])
                self.note(ast.parse(found.others[used]))
                imports.append(found.others[used])
        first = min([node.lineno, *(each.lineno for each in getattr(node, "decorator_list", []))])
        lines = found.lines[first - 1 : node.end_lineno]
        parts.append("\n".join(line for line in lines if not MARKER.search(line)))
        self.taken.append((f"{module}.py", name))
        return None
