"""In which company a program stands: all that it may import or read from its own folder.

Of a program that only computes, and of what it imports, that is the files that it imports: it can't read others. Any
other program may read whatever lies beside it. What it has read elsewhere when it ran is noted, and then belongs to it.
"""

from __future__ import annotations

import ast
import os
import re
import sys
import sysconfig
import time
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from importlib.util import source_from_cache
from pathlib import Path
from tempfile import gettempdir
from typing import TypedDict
from uuid import uuid4

from ..kept.store import Store, place
from ..kept.tool import PACKAGE, digest, digest_of
from .child.limited import NOT_HEARD

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
# Variables that decide what Python does, where it is, and how it writes.
SETTING = re.compile(r"PYTHON|TZ|LANG|LC_")
# What can be imported, beside folders.
IMPORTED = {".py", ".pyc", ".so", ".pyd"}
# Names that stand in each program.
USUAL = {"_", "__name__"}
# What a program has read, as `child/limited.py` notes it: what it is, and its name. What came of it is right as long as
# all that is the same, which "not heard" never is.
Read = list[tuple[str, str]]
# What isn't read of a place, but of the process.
OF_THE_PROCESS = ("variable", "variables", NOT_HEARD)


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
        self._alone: dict[Path, str] = {}
        settings = sorted((name, value) for name, value in os.environ.items() if SETTING.match(name))
        self._interpreter = os.getcwd(), sys.executable, settings, time.tzname

    def of(self, path: Path) -> str:
        """A name for a program, all that it may import or read, and what else decides what it does."""
        if path not in self._known:
            imported = self._imported(path)
            company = self._whole(path.parent) if imported is None else imported
            self._alone[path] = found = digest(str(path), company, self._interpreter)
            read = self._store.drawer("printed", str(path)).get(f"read-{found}", Read)
            self._known[path] = digest(found, [(*each, _state(*each)) for each in read]) if read else found
        return self._known[path]

    def alone(self, path: Path) -> str:
        """The same without what it has read elsewhere."""
        self.of(path)
        return self._alone[path]

    def note(self, path: Path, read: Iterable[tuple[str, str]], since: float = 0) -> bool:
        """Note what a program has read elsewhere when it ran: from now on, it has another name.

        Returns:
            whether all of that is as it was at a time, by which it had begun to run.
        """
        elsewhere = _elsewhere(read, path.parent)
        if elsewhere:
            drawer, key = self._store.drawer("printed", str(path)), f"read-{Companies().alone(path)}"
            known = set(map(tuple, drawer.get(key, Read) or ()))
            if not elsewhere <= known:
                drawer.put(key, sorted(elsewhere | known))
            self._known.pop(path, None)
        return all(_is_since(kind, name, since) for kind, name in elsewhere)

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


def _written(read: tuple[str, str]) -> tuple[str, str]:
    """What was read, in the place of bytecode the file that it was made of."""
    kind, name = read
    is_made = kind == "file" and name.endswith(".pyc") and os.path.basename(os.path.dirname(name)) == "__pycache__"
    return (kind, source_from_cache(name)) if is_made else read


def _elsewhere(read: Iterable[tuple[str, str]], folder: Path) -> set[tuple[str, str]]:
    """Of what was read, that which lies neither in a program's folder nor among what the tool is known by."""
    common = _common()
    kept = [os.path.join(os.path.realpath(own), "") for own in (place(),) if own]  # which says what it would compute
    inside = os.path.join(folder.resolve(), ""), *kept, *_known_folders()

    def is_elsewhere(kind: str, name: str) -> bool:
        if kind in OF_THE_PROCESS:
            return True
        real = os.path.realpath(name)
        return not (kind != "file" and real in common) and not os.path.join(real, "").startswith(inside)

    return {each for each in map(_written, read) if is_elsewhere(*each)}


@cache
def _common() -> frozenset[str]:
    """Folders in which all processes leave something."""
    temporary = Path(gettempdir()).resolve()
    return frozenset(str(each) for each in (temporary, *temporary.parents))


@cache
def _known_folders() -> tuple[str, ...]:
    """The package, Python's own modules, and where packages are installed; what tells of the system itself."""
    python = [sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")]
    python += [path for path in sys.path if path.endswith(("site-packages", "dist-packages", ".zip", "lib-dynload"))]
    known = [str(PACKAGE), *python]
    return *(os.path.join(os.path.realpath(path), "") for path in known), "/proc/", "/sys/", "/dev/"


def _is_since(kind: str, name: str, since: float) -> bool:
    """Whether what was read is as it was at a time."""
    if kind in OF_THE_PROCESS:
        return kind != NOT_HEARD
    # Of a folder, its status says nothing of what lies in it.
    return (kind == "status" and os.path.isdir(name)) or _changed(name) < since


def _changed(name: str) -> float:
    """When a file or folder has changed last; where there is none, the folder that it would lie in."""
    while not os.path.exists(name) and os.path.dirname(name) != name:
        name = os.path.dirname(name)
        if name in _common():
            return 0
    status = os.stat(name)
    # On Windows, the second is when it was made.
    return max(status.st_mtime, status.st_ctime)


def _state(kind: str, name: str) -> object:
    """What something that was read is now; None where there is nothing."""
    try:
        match kind:
            case "variable":
                return os.environ.get(name)
            case "variables":
                return sorted(os.environ.items())
            case "folder":
                return sorted(os.listdir(name))
            case "entries":
                with os.scandir(name) as entries:
                    return sorted((entry.name, _status(entry.path)) for entry in entries)
            case "status":
                return _status(name), os.path.realpath(name)
            case "file":
                return digest_of(Path(name).read_bytes()) if os.path.isfile(name) else None
    except OSError:
        return None
    return uuid4().hex


def _status(name: str) -> tuple[int, ...]:
    """What the system says of a file; of a folder, nothing that changes with what lies in it."""
    try:
        status = os.stat(name)
    except OSError:
        return ()
    of_a_file = () if os.path.isdir(name) else (status.st_size, status.st_mtime_ns)
    return status.st_mode, status.st_uid, status.st_gid, *of_a_file


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
