"""In which company a program stands: all that it may import or read from its own folder.

Of a program that only computes, and of what it imports, that is the files that it imports: it can't read others. Any
other program may read whatever lies beside it.
"""

from __future__ import annotations

import ast
import os
import re
import sys
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import TypedDict

from ..kept.store import Store
from ..kept.tool import digest, digest_of

# Modules that read no file of an author's; what else is imported may.
QUIET = frozenset(
    {"__future__", "abc", "bisect", "cmath", "collections", "copy", "dataclasses", "decimal", "enum", "fractions"}
    | {"functools", "heapq", "itertools", "math", "numbers", "numpy", "operator", "random", "statistics", "string"}
    | {"textwrap", "time", "typing", "warnings"}
)
# By these names, of builtins and within those modules, files are read, code is run, or any name can be come by.
LOUD = re.compile(
    r"_\w+|open\w*|exec|eval|compile|globals|locals|vars|getattr|input|breakpoint|help|os|sys|io|builtins|\w*load\w*"
    r"|(?:\w+_)?(?:im|p)?read\w*|fromfile|fromregex|genfromtxt|memmap|DataSource|ctypes\w*|f2py|lib|testing|source|attrgetter"
    r"|methodcaller|get_type_hints|ForwardRef|\w*module\w*|path|save\w*|tofile|Formatter"
)
# What can be imported, beside folders.
IMPORTED = {".py", ".pyc", ".so", ".pyd"}
# Names that stand in each program.
USUAL = {"_", "__name__"}


class _Imports(TypedDict):
    """What a file imports, by the first names of modules; whether that is all that it does beside computing."""

    only: bool
    names: list[str]


class Companies:
    """The companies of a run's programs; each folder is read once.

    Args:
        store: what earlier runs have kept of what programs import.
    """

    def __init__(self, store: Store | None = None) -> None:
        self._store = store or Store()
        self._folders: dict[Path, str] = {}
        self._entries: dict[Path, dict[str, list[Path]]] = {}
        self._known: dict[Path, str] = {}
        settings = sorted((name, value) for name, value in os.environ.items() if name.startswith("PYTHON"))
        self._interpreter = os.getcwd(), sys.executable, settings

    def of(self, path: Path) -> str:
        """A name for a program, all that it may import or read, and what else decides what it does."""
        if path not in self._known:
            imported = self._imported(path)
            company = self._whole(path.parent) if imported is None else imported
            self._known[path] = digest(str(path), company, self._interpreter)
        return self._known[path]

    def _whole(self, folder: Path) -> str:
        """A name for all that lies in a folder."""
        if folder not in self._folders:
            files = (each for each in folder.rglob("*") if each.is_file() and each.suffix != ".pyc")
            self._folders[folder] = digest(sorted((str(each), each.read_bytes()) for each in files))
        return self._folders[folder]

    def _imported(self, path: Path) -> list[tuple[str, bytes]] | None:
        """A program and the files that it imports from its folder; None where it may read others."""
        beside = self._beside(path.parent)
        # A file with such a name takes the place of what NumPy itself imports.
        if any(name in sys.stdlib_module_names or name in QUIET for name in beside):
            return None
        found: dict[Path, bytes] = {}
        left = [path]
        while left:
            file = left.pop()
            if file in found:
                continue
            found[file] = file.read_bytes()
            if file.suffix == ".py":
                if (names := self._names(file, found[file])) is None:
                    return None
                for name in names - QUIET:
                    if name not in beside:
                        return None
                    left += [each for entry in beside[name] for each in _files(entry)]
        return sorted((str(file), data) for file, data in found.items())

    def _names(self, file: Path, source: bytes) -> frozenset[str] | None:
        """The first names of the modules that a file imports, kept by its content; None where it may do more."""
        drawer, key = self._store.drawer("printed", str(file)), f"imports-{digest_of(source)}"

        def look() -> _Imports:
            names = _names(source)
            return {"only": names is not None, "names": sorted(names or ())}

        known: _Imports = drawer.found(key, _Imports, look)
        return frozenset(known["names"]) if known["only"] else None

    def _beside(self, folder: Path) -> dict[str, list[Path]]:
        """What lies in a folder, by the name that it may be imported by."""
        if folder not in self._entries:
            found: dict[str, list[Path]] = {}
            for entry in sorted(folder.iterdir()):
                if entry.name != "__pycache__" and (entry.suffix in IMPORTED or entry.is_dir()):
                    found.setdefault(entry.name.partition(".")[0], []).append(entry)
            self._entries[folder] = found
        return self._entries[folder]


def _files(entry: Path) -> Iterator[Path]:
    """A file, or all in a folder."""
    if entry.is_file():
        yield entry
    else:
        yield from (each for each in entry.rglob("*") if each.is_file() and each.parent.name != "__pycache__")


@lru_cache(1024)
def _names(source: bytes) -> frozenset[str] | None:
    """The first names of the modules that a program imports; None where it may do more than compute."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError):
        return None
    found: set[str] = set()
    said: set[str] = set()
    for node in ast.walk(tree):
        match node:
            case ast.Import(names):
                found.update(alias.name.partition(".")[0] for alias in names)
                said.update(part for alias in names for part in alias.name.split(".")[1:])
            case ast.ImportFrom(module, names, level):
                found.update([] if level or module is None else [module.partition(".")[0]])
                said.update((module or "").split(".")[1:])
                said.update(alias.name for alias in names)
            case ast.Name(name) | ast.Attribute(attr=name):
                said.add(name)
            case ast.MatchClass(kwd_attrs=attributes):
                said.update(attributes)
    return None if any(LOUD.fullmatch(name) for name in said - USUAL) else frozenset(found)
