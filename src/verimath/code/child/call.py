"""Calls functions of Python files with given arguments, in a process of its own: `python call.py`.

It reads one JSON object on standard input, `{"calls": [[file, function, [arguments by name, …]], …]}`. Its answer is
lines of JSON: `{"at": n}` before it goes on with the call of this number, so that one knows which of them never
returned, and in the end `{"answers": [[result, …], …]}`, where a result is a number, nested lists of them, or
`{"error": text, "way_out": text}`. It imports nothing of the package, so that a snippet sees an interpreter as fresh as
a reader's.

All is called twice, the second time in the reverse order: what a function returns must depend on its arguments alone.
"""

import ast
import builtins
import contextvars
import datetime
import gc
import glob  # noqa: F401  # so that it can be listened to, as what follows
import importlib.util
import inspect
import json
import os
import pickle
import platform  # noqa: F401
import random
import sys
import threading  # noqa: F401
import time
import uuid  # noqa: F401
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cache, wraps
from operator import is_not
from pathlib import Path
from types import CodeType, FunctionType, ModuleType, NoneType
from typing import Any

import numpy as np

# No side of an equation has so many.
MOST_NUMBERS = 20_000
# Up to this, relative to the largest number, two calls return the same: some libraries of linear algebra round by
# where arrays lie in memory.
SAME = 1e-13
# What tells the time, beside `datetime.now`: always, or unless it is given a time as its argument of this number.
CLOCK = "it reads the clock"
CLOCKS = ("time", "time_ns", "monotonic", "monotonic_ns", "perf_counter", "perf_counter_ns", "process_time",
          "process_time_ns", "thread_time", "thread_time_ns", "clock_gettime", "clock_gettime_ns")  # fmt: skip
CALENDARS = {"localtime": 1, "gmtime": 1, "ctime": 1, "asctime": 1, "strftime": 2}
ALONE = "let what it returns depend on its arguments alone"
# What differs from one process, one machine or one moment to the next: functions by module, and what is said of them.
PROCESS = os.getpid  # as it is before it is listened to
IN_WHICH, MEMORY = "it asks in which process, or where, it runs", "it asks how much memory is used"
THREAD = "it starts a thread"
WHERE: dict[tuple[str, str], tuple[str, ...]] = {
    ("os", IN_WHICH): ("getpid", "getppid", "getlogin", "uname", "cpu_count", "getloadavg"),
    ("os", CLOCK): ("times",),
    ("resource", CLOCK): ("getrusage",),
    ("gc", MEMORY): ("get_count", "get_stats", "get_freeze_count"),
    ("sys", MEMORY): ("getrefcount", "getallocatedblocks"),
    ("_thread", THREAD): ("start_new_thread", "start_joinable_thread"),
    ("threading", THREAD): ("_start_new_thread", "_start_joinable_thread"),
    ("threading", "it asks which threads there are"): ("active_count", "enumerate"),
}
# What Python itself tells of: wherever it happens, or where a snippet itself asks for it, since libraries do so too.
ADDRESS, CALLER = "it asks where an object lies in memory", "it looks at who calls it"
ANYWHERE = {"socket.gethostname": IN_WHICH, "subprocess.Popen": "it asks another program",
            "resource.setrlimit": "it changes a limit of its process"}  # fmt: skip
BY_ITSELF = {"builtins.id": ADDRESS, "sys._getframe": CALLER, "sys._getframemodulename": CALLER,
             "sys._current_frames": CALLER, "sys.setprofile": CALLER, "sys.settrace": CALLER,
             "sys.monitoring.register_callback": CALLER, "gc.get_objects": MEMORY,
             "gc.get_referrers": MEMORY}  # fmt: skip
# Functions that tell of the machine where a snippet itself calls them: libraries do so too, and say nothing of it.
ASKED_BY_ITSELF: dict[str, tuple[str, ...]] = {
    "os": ("stat", "lstat", "fstat", "statvfs", "fstatvfs", "listdir", "scandir", "walk", "dup", "pipe", "ttyname",
           "getpgid", "getsid", "getuid", "getgid", "get_terminal_size", "getcwd", "getcwdb", "umask", "isatty"),
    "os.path": ("getmtime", "getatime", "getctime", "samefile"),
    "platform": ("node", "uname", "platform", "machine", "processor", "release", "version", "system"),
    "uuid": ("uuid1", "getnode"),
    "glob": ("glob", "iglob"),
    "pathlib.Path": ("stat", "lstat", "iterdir", "glob", "rglob", "owner"),
}  # fmt: skip
# What nothing tells of when it is read: attributes and words, by what is said of who names them.
NAMED = {"ctypes": ADDRESS, "__array_interface__": ADDRESS, "__array_struct__": ADDRESS,
         "cache_info": "it asks how often it was called"}  # fmt: skip
DATES, PRESENT = ("datetime64", "M8"), ("now", "today")
FRAMES = ("tb_frame", "gi_frame", "cr_frame", "ag_frame")
# These ask for who asks.
ON_BEHALF = ("inspect", "traceback")
GETFRAME = sys._getframe
# Files that tell of the machine and the process.
OF_THE_MACHINE = ("/proc/", "/sys/", "/dev/urandom", "/dev/random")
# What leaves a trace outside of the process, beside a file that is opened to be written.
TRACES = {"os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.truncate", "os.utime", "os.setxattr", "os.chmod",
          "os.symlink", "os.link", "socket.connect", "socket.bind", "sqlite3.connect"}  # fmt: skip
WRITING = os.O_WRONLY | os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_TRUNC
# What is set for the whole process, and outlives a call.
SETTINGS: dict[str, Callable[[], Any]] = {
    "random": random.getstate,
    "os.environ": lambda: vars(os.environ)["_data"],
    "the current folder": os.getcwd,
    "sys.path": lambda: sys.path,
    "sys.modules": lambda: {name: None if isinstance(each, ModuleType) else each for name, each in sys.modules.items()},
    "the limit of recursion": sys.getrecursionlimit,
    "the interval between threads": sys.getswitchinterval,
    "a context variable": lambda: [(each.name, value) for each, value in contextvars.copy_context().items()],
}
# What a module or a class has without its author, and what Python notes there.
OWN_NAMES = ("__builtins__", "__loader__", "__spec__", "__dict__", "__weakref__", "__warningregistry__",
             "__slotnames__")  # fmt: skip
# What else can be given names, in the modules of others: functions, and NumPy's, which are objects of their own.
KINDS = (FunctionType, type(np.sum), np.ufunc)
# So many bytes has an object that Python puts among small ones, by steps of a place.
SMALL = range(0, 512, 16)
# Of so many parts is a thing looked at that can't be looked at as a whole.
MOST_PARTS = 2_000
# What a function may return, and lists of these; something else may compare as it likes.
PLAIN = (np.ndarray, bool, int, float, complex, str, type(None))


def load(file: str) -> Any:
    """A file as a module; what it imports from its own folder is found there."""
    path = Path(file)
    sys.path.insert(0, str(path.parent))
    try:
        spec = importlib.util.spec_from_file_location(path.stem, path)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        # Others that import it get this one.
        sys.modules.setdefault(path.stem, module)
        spec.loader.exec_module(module)
        return module
    finally:
        sys.path.remove(str(path.parent))


def found_in(module: Any, file: str, name: str) -> Any:
    """A module's function; or why it isn't the one that its file defines by that name, which is what a page shows."""
    function, tree = getattr(module, name), ast.parse(Path(file).read_text("utf-8"))
    if found := otherwise_by_itself(tree):
        return refused(found, 'let the file be the same whoever runs it; print behind `if __name__ == "__main__":`')
    lines = [*bindings(tree, name)]
    if len(lines) > 1:
        return refused(f"line {lines[1][0]} of its file gives its name to something else", "give that another name")
    if not lines or lines[0][1]:
        return function  # imported, or decorated, as the page shows
    if not isinstance(function, FunctionType) or not is_defined(function, tree, file, lines[0][0]):
        return refused("its file puts something else in its place", "let the file leave it as it is shown")
    return function


def is_defined(function: FunctionType, tree: ast.AST, file: str, line: int) -> bool:
    """Whether a function is what its file defines in a line, its parameters' values included."""
    if (function.__code__.co_filename, function.__code__.co_firstlineno) != (file, line):
        return False
    node = next(each for each in ast.walk(tree) if isinstance(each, ast.FunctionDef) and each.lineno == line)
    by_name = {
        each.arg: value for each, value in zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True) if value
    }
    for values, now in (
        (node.args.defaults, function.__defaults__ or ()),
        ([*by_name.values()], tuple((function.__kwdefaults__ or {}).get(each) for each in by_name)),
    ):
        with suppress(Exception):  # what they are made of may have changed since
            made = tuple(eval(compile(ast.Expression(each), file, "eval"), function.__globals__) for each in values)
            if frozen(made) != frozen(now):
                return False
    return True


def otherwise_by_itself(tree: ast.Module) -> str:
    """What makes of a file that is run by itself, as it prints, another one than is imported; else nothing."""
    own = [each for each in tree.body if isinstance(each, ast.If) and "__name__" in ast.dump(each.test)]
    tests = {id(part) for each in own for part in ast.walk(each.test)}
    for part in ast.walk(tree):
        if isinstance(part, ast.Compare) and "__name__" in ast.dump(part) and id(part) not in tests:
            return f"line {part.lineno} of its file asks whether it is run by itself"
    others = {name for each in tree.body if each not in own for name in bound_in(each)}
    for each in own:
        for name in bound_in(each):
            if name in others:
                return f"line {each.lineno} of its file: where it is run by itself, `{name}` is something else"
    return ""


def bound_in(node: ast.AST) -> Iterator[str]:
    """The names that a statement of a module binds there."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        yield node.name
    elif isinstance(node, ast.Name | ast.alias):
        if not isinstance(getattr(node, "ctx", None), ast.Load):
            yield node.id if isinstance(node, ast.Name) else node.asname or node.name
    elif not isinstance(node, ast.Lambda | ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp):
        for child in ast.iter_child_nodes(node):
            yield from bound_in(child)


def bindings(node: ast.AST, name: str) -> Iterator[tuple[int, bool]]:
    """The lines that give a module's name something to stand for; whether it is decorated, or no function there."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and "__name__" in ast.dump(child.test):
            continue  # which a module that is imported doesn't run
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            if child.name == name:
                yield child.lineno, bool(child.decorator_list) or isinstance(child, ast.ClassDef)
        elif isinstance(child, ast.Name | ast.alias):
            named = child.id if isinstance(child, ast.Name) else child.asname or child.name
            if named == name and not isinstance(getattr(child, "ctx", None), ast.Load):
                yield child.lineno, True
        elif not isinstance(child, ast.Lambda | ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp):
            yield from bindings(child, name)


def asking(function: Any, folder: str) -> str:
    """What a function, or what it reaches in the files of its folder, names that tells of the process; else nothing."""
    for code in reached(function, folder):
        if found := next((NAMED[name] for name in code.co_names if name in NAMED), ""):
            return found
        said = [each for each in code.co_consts if isinstance(each, str)]
        if any(each in PRESENT for each in said) and any(
            kind in each for kind in DATES for each in (*code.co_names, *said)
        ):
            return CLOCK
    return ""


def reached(function: Any, folder: str) -> Iterator[CodeType]:
    """The code of a function, and of all that it names in the files of a folder."""
    seen: dict[int, Any] = {}
    left: list[tuple[Any, Mapping[str, Any]]] = [(function, {})]
    while left:
        value, names = left.pop()
        value = value.fget if isinstance(value, property) else inspect.unwrap(value) if callable(value) else value
        if id(value) in seen:
            continue
        seen[id(value)] = value
        code, names = getattr(value, "__code__", value), getattr(value, "__globals__", names)
        if isinstance(code, CodeType):
            if os.path.dirname(code.co_filename) == folder:
                yield code
                inner = [each for each in code.co_consts if isinstance(each, CodeType)]
                inner += filter(callable, beside(value) if isinstance(value, FunctionType) else ())
                left += ((each, names) for each in inner)
                left += ((names[name], names) for name in code.co_names if name in names)
        elif is_of(folder, value):
            left += ((each, names) for each in vars(value).values() if callable(each) or isinstance(each, property))
        elif is_of(folder, type(value)):
            left.append((type(value), names))


def is_of(folder: str, value: Any) -> bool:
    """Whether a value is a module of a folder, or a class of one."""
    if not isinstance(value, type | ModuleType):
        return False
    module = value if isinstance(value, ModuleType) else sys.modules.get(value.__module__)
    return os.path.dirname(getattr(module, "__file__", None) or "") == folder


def called(function: Any, arguments: dict[str, Any], held: list[Any]) -> Any:
    """What a function returns, as JSON can say it; or why that isn't what a caller may build on.

    `held` takes its arguments, and objects of all small sizes: as long as these are there, nothing else lies where they
    do, so that what a function makes of addresses is something else each time.
    """
    try:
        held += (object(), [bytes(many) for many in SMALL])
        given = {name: np.array(value) if isinstance(value, list) else value for name, value in arguments.items()}
        held.append(given)
        before = {name: value.copy() for name, value in given.items() if isinstance(value, np.ndarray)}
        named = dict(given)
        first = [named.pop(name) for name in positional(function) if name in named]
        told = answer_of(function(*first, **named))
    except BaseException as error:  # noqa: BLE001 - a snippet may raise what it likes, or exit; all of it is reported
        return {"error": f"it raises {type(error).__name__}: {error}"}
    for name, value in before.items():
        now = given[name]
        is_kept = (now.dtype, now.shape, now.flags.writeable) == (value.dtype, value.shape, True)
        if not is_kept or now.tobytes() != value.tobytes():
            return refused(f"it changes `{name}`, which belongs to its caller", f"let it work on {name}.copy()")
    return told


@cache
def positional(function: Any) -> list[str]:
    """The parameters of a function that can't be given by name."""
    listed = inspect.signature(function).parameters.values()
    return [each.name for each in listed if each.kind is each.POSITIONAL_ONLY]


def refused(error: str, way_out: str = "") -> dict[str, str]:
    """Why a function is refused, and what to write."""
    return {"error": error, "way_out": way_out}


def answer_of(result: Any) -> Any:
    """A function's result, as JSON can say it."""
    strange = next((type(part) for part in parts_of(result) if not is_plain(part)), None)
    if strange is not None:
        return refused(f"it returns a {strange.__module__}.{strange.__qualname__}, not a plain array or number",
                       "return np.array(…) of its numbers")  # fmt: skip
    array = np.asarray(result)
    if array.dtype.kind not in "fiub":
        return refused(f"it returns {type(result).__name__} of {array.dtype}, not real numbers")
    if array.size > MOST_NUMBERS:
        return refused(f"it returns {array.size:,} numbers, {MOST_NUMBERS:,} are the most", "declare smaller sizes")
    return (array.astype(float) if array.dtype.kind == "f" else array).tolist()


def parts_of(result: Any) -> Iterable[Any]:
    """What lists and tuples hold, at any depth."""
    if type(result) in (list, tuple):
        for part in result:
            yield from parts_of(part)
    else:
        yield result


def is_plain(value: Any) -> bool:
    """Whether a value is an array or a number, and no object that only behaves like one."""
    return type(value) in PLAIN or (isinstance(value, np.generic) and type(value).__module__ == "numpy")


def are_same(one: Any, other: Any) -> bool:
    """Whether two answers are the same, to what rounding may change from one call to the next."""
    if one == other or isinstance(one, dict) or isinstance(other, dict):
        return bool(one == other)
    a, b = np.asarray(one, dtype=float), np.asarray(other, dtype=float)
    if a.shape != b.shape:
        return False
    size = np.max(np.abs(a[np.isfinite(a)]), initial=0.0)
    return bool(np.allclose(a, b, rtol=SAME, atol=SAME * size, equal_nan=True))


class Kept:
    """What is there from one call to the next: what the snippets' modules hold, what others were given, and settings.

    Two calls that return the same don't show a counter that hasn't come far enough, nor what happens once in a
    thousand. That something changes shows both; what a function has noted the first time, so as not to compute it
    again, doesn't change the second time.
    """

    def __init__(self) -> None:
        # What only this process knows, such as the time, for which a function has asked.
        self.asked: set[str] = set()
        self.folders: set[str] = set()
        self.before: dict[str, Any] = {}
        self._is_looking = False
        self._listen()
        # What other modules hold, before the snippets could give them more, and then; what they were given. Who listens
        # has given them some already: a class has a name of its own then that it had from another.
        self.known = self._others()
        self.others, self.given = self.known, dict[str, int]()

    def begin(self, files: Iterable[str]) -> None:
        """Look at the modules of these files' folders, as they are now."""
        self.folders = {str(Path(file).parent) for file in files}
        know_seeds(self.asked)
        self.before, self.others = self._now(), self._others()
        self.given = self._given()
        self.asked.clear()

    def changed(self) -> str:
        """What has changed since this was asked last; empty where nothing has."""
        before, self.before = self.before, self._now()
        found = [f"it changes {name}" for name, value in self.before.items() if before.get(name) != value]
        found += sorted(self.asked)
        self.asked.clear()
        return found[0] if found else ""

    def changed_elsewhere(self) -> str:
        """What has changed in modules that aren't the snippets' own, since this was asked last."""
        others, given = self.others, self.given
        self.others = self._others()
        self.given = self._given()
        for place, names in self.others.items():
            before = others.get(place, {})
            if len(names) != len(before) or any(map(is_not, names.values(), before.values())):
                found = [name for name, value in names.items() if name not in before or before[name] is not value]
                return f"it changes {place}.{found[0]}" if found else f"it changes {place}"
        return next((f"it changes {path}" for path, value in self.given.items() if given.get(path) != value), "")

    def is_own(self, module: Any) -> bool:
        """Whether a module is one of the snippets'."""
        file = getattr(module, "__file__", None)
        return bool(isinstance(module, ModuleType) and file and os.path.dirname(file) in self.folders)

    def _others(self) -> dict[str, dict[str, Any]]:
        """What names stand for in modules that aren't the snippets', and in the functions and classes there."""
        found: dict[str, dict[str, Any]] = {}
        for module in [*sys.modules.values()]:
            if not isinstance(module, ModuleType) or self.is_own(module):
                continue
            own, names = module.__name__, dict(vars(module))
            found[own] = names
            for name, value in names.items():
                # A class is looked at where it is from.
                is_class = isinstance(value, type) and value.__module__ == own
                if is_class or (isinstance(value, KINDS) and vars(value)):
                    found[f"{own}.{name}"] = dict(vars(value))
        return found

    def _given(self) -> dict[str, int]:
        """What the names hold that a snippet has given to modules which were there before it."""
        return {
            f"{place}.{name}": frozen(value)
            for place, known in self.known.items()
            for name, value in self.others.get(place, known).items()
            if name not in known
        }

    def _noting(self, function: Callable[..., Any], what: str, unless: int = 99) -> Callable[..., Any]:
        """A function that notes that it is called, unless with so many arguments."""

        def noted(*given: Any, **named: Any) -> Any:
            if len(given) < unless:
                self.asked.add(what)
            return function(*given, **named)

        return noted

    def _noting_itself(
        self, function: Callable[..., Any], what: str, tells: Callable[..., bool] = lambda *_, **__: True
    ) -> Callable[..., Any]:
        """A function that notes that a snippet itself calls it, with what it tells something of."""

        @wraps(function)
        def noted(*given: Any, **named: Any) -> Any:
            if tells(*given, **named) and self._asks_itself():
                self.asked.add(what)
            return function(*given, **named)

        return noted

    def _listen(self) -> None:
        """Note who asks for chance or the time."""
        noting = self._noting

        def seed(generator: random.Random, a: Any = None, **named: Any) -> None:
            if a is None:
                self.asked.add("it draws numbers without a seed")
            seeded(generator, a, **named)

        seeded = random.Random.seed
        random.Random.seed = seed  # type: ignore[method-assign,assignment]
        self._listen_outside()
        entropy = noting(os.urandom, "it draws numbers without a seed")
        # Whoever draws without a seed asks one of these, NumPy too.
        os.urandom = random._urandom = entropy  # type: ignore[attr-defined]
        for name in CLOCKS:
            if hasattr(time, name):
                setattr(time, name, noting(getattr(time, name), CLOCK))
        for name, place in CALENDARS.items():
            setattr(time, name, noting(getattr(time, name), CLOCK, place))
        asked = self.asked

        class Noting(datetime.datetime):
            """Dates as they are, but for who asks for the present one."""

            @classmethod
            def now(cls, tz: datetime.tzinfo | None = None) -> "Noting":
                asked.add(CLOCK)
                return super().now(tz)

            @classmethod
            def utcnow(cls) -> "Noting":
                asked.add(CLOCK)
                return super().utcnow()

        # A reader's prints its own name.
        Noting.__name__ = Noting.__qualname__ = "datetime"
        Noting.__module__ = "datetime"
        datetime.datetime = Noting  # type: ignore[misc]

    def _listen_outside(self) -> None:
        """Note who leaves a trace in files, or reads the environment."""
        environment, asked = type(os.environ), self.asked
        read = environment.__getitem__
        told_of = ANYWHERE | dict.fromkeys(TRACES, "it writes a file, or to another process")

        def reading(variables: Any, name: Any) -> Any:
            asked.add("it reads the environment")
            return read(variables, name)

        def tracing(event: str, told: tuple[Any, ...]) -> None:
            if event in told_of:
                asked.add(told_of[event])
            elif event in BY_ITSELF or (event == "object.__getattr__" and told[1] in FRAMES):
                if self._asks_itself():
                    asked.add(BY_ITSELF.get(event, CALLER))
            elif event == "open":
                if isinstance(told[2], int) and told[2] & WRITING:
                    asked.add("it writes a file, or to another process")
                if isinstance(told[0], str) and told[0].startswith(OF_THE_MACHINE):
                    asked.add(IN_WHICH)

        environment.__getitem__ = reading  # type: ignore[method-assign]
        sys.addaudithook(tracing)
        for (module, what), names in WHERE.items():
            for name in names:
                if hasattr(found := sys.modules.get(module), name):
                    setattr(found, name, self._noting(getattr(found, name), what))
        for place, names in ASKED_BY_ITSELF.items():
            for name in names:
                if hasattr(found := named(place), name):
                    setattr(found, name, self._noting_itself(getattr(found, name), IN_WHICH))
        builtins.hash = self._noting_itself(hash, ADDRESS, differs)

    def _asks_itself(self) -> bool:
        """Whether it is a snippet's own code that has just asked for something."""
        if self._is_looking or not self.folders:
            return False
        self._is_looking = True  # which asks for the same
        try:
            frame = GETFRAME(2)
            while frame.f_back is not None and frame.f_globals.get("__name__") in ON_BEHALF:
                frame = frame.f_back
            return str(Path(frame.f_code.co_filename).parent) in self.folders
        finally:
            self._is_looking = False

    def _now(self) -> dict[str, Any]:
        state: dict[str, Any] = {name: frozen(setting()) for name, setting in SETTINGS.items()}
        if "numpy.random" in sys.modules:  # which NumPy loads when it is asked for
            state["numpy.random"] = frozen(np.random.get_state())
        for module in filter(self.is_own, [*sys.modules.values()]):
            state |= {f"{module.__name__}.{name}": value for name, value in held_by(vars(module))}
        return state


def named(place: str) -> Any:
    """A module, or what it names, if it is loaded."""
    module, _, name = place.rpartition(".")
    return sys.modules.get(place) or getattr(sys.modules.get(module), name, None)


def differs(value: Any) -> bool:
    """Whether the hash of a value is another one in another process: it is that of an address, or of letters."""
    if isinstance(value, tuple | frozenset):
        return any(map(differs, value))
    return isinstance(value, str | bytes | NoneType) or getattr(type(value), "__hash__", None) is object.__hash__


def know_seeds(asked: set[str]) -> None:
    """Let NumPy's older generators be made of a seed: they draw one of their own before they take what is given."""
    legacy: Any = sys.modules.get("numpy.random.mtrand")
    if legacy is None:
        return
    plain = legacy._MT19937

    class Kind(type):
        """NumPy asks its own generators whether they are of this kind."""

        def __instancecheck__(cls, instance: Any) -> bool:
            return isinstance(instance, plain)

    class Seeded(plain, metaclass=Kind):  # type: ignore[misc,valid-type]
        """One that forgets what it has asked for, once it is given a seed."""

        def __init__(self, *seed: Any) -> None:
            self.before = {*asked}
            super().__init__(*seed)

        def _legacy_seeding(self, seed: Any) -> None:
            super()._legacy_seeding(seed)
            if seed is not None:
                asked.intersection_update(self.before)

    # What is told of a generator's state names its kind.
    Seeded.__name__ = plain.__name__
    legacy._MT19937 = Seeded


def held_by(names: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    """What some names hold, in a form that can be compared; of functions, what they keep beside their code."""
    for name, value in [*names.items()]:
        if name in OWN_NAMES or (isinstance(value, ModuleType) and sys.modules.get(value.__name__) is value):
            continue
        if isinstance(value, type | ModuleType):
            yield from ((f"{name}.{inner}", held) for inner, held in held_by(vars(value)))
        elif not isinstance(value, FunctionType) or value.__globals__ is not globals():
            yield name, frozen(value)


def beside(function: FunctionType) -> Iterator[Any]:
    """What a function keeps beside its code."""
    yield from (function.__defaults__, function.__kwdefaults__, vars(function), function.__annotations__)
    yield (function.__doc__, function.__name__, function.__qualname__, id(function.__code__))
    for cell in function.__closure__ or ():
        with suppress(ValueError):  # it is empty yet
            yield cell.cell_contents


def frozen(value: Any) -> int:
    """A number for a value, by which it can be compared later: of it as a whole, or else of its parts."""
    parts: list[int | str] = []
    seen: dict[int, Any] = {}  # whose numbers nothing else takes as long as they are here
    left = [value]
    while left and len(seen) < MOST_PARTS:
        part = left.pop()
        if id(part) in seen or isinstance(part, ModuleType | CodeType):
            continue
        seen[id(part)] = part
        if isinstance(part, FunctionType):
            left += beside(part)
            continue
        try:
            parts.append(hash(pickle.dumps(part)))
        except Exception:  # noqa: BLE001 - there is no end to what may go wrong there
            with suppress(Exception):
                parts.append(repr(part))
            left += gc.get_referents(part)
            with suppress(TypeError):
                left.append(vars(part))
    return hash(tuple(parts))


class Answers:
    """The calls of a page, each made twice."""

    def __init__(self, calls: list[Any], out: Any) -> None:
        self.calls, self.out, self.process = calls, out, PROCESS()
        self.functions: list[Any] = []
        self.results: list[list[Any]] = []
        self.held: list[Any] = []
        self.kept = Kept()

    def tell(self, line: dict[str, Any]) -> None:
        """A line of the answer; a process that a snippet has started says nothing, and ends."""
        if PROCESS() != self.process:
            os._exit(0)
        self.out.write(json.dumps(line).encode() + b"\n")
        self.out.flush()

    def load(self) -> None:
        """Find the functions; in the place of one that isn't there, why."""
        modules: dict[str, Any] = {}
        for number, (file, name, _) in enumerate(self.calls):
            self.tell({"at": number})
            try:
                if file not in modules:
                    modules[file] = load(file)
                self.functions.append(found_in(modules[file], file, name))
            except BaseException as error:  # noqa: BLE001 - as above, and a file may exit
                self.functions.append(refused(f"it raises {type(error).__name__}: {error}"))

    def call(self) -> None:
        """Call all functions."""
        for number, ((_, _, arguments), function) in enumerate(zip(self.calls, self.functions, strict=True)):
            self.tell({"at": number})
            known = not isinstance(function, dict)
            self.results.append([called(function, each, self.held) for each in arguments] if known else [function])

    def call_again(self) -> None:
        """Call all functions in the reverse order: what they return must be the same, and nothing change any more."""
        self.kept.begin(file for file, _, _ in self.calls)
        for number in reversed(range(len(self.calls))):
            function, arguments, results = self.functions[number], self.calls[number][2], self.results[number]
            if isinstance(function, dict):
                continue
            self.tell({"at": number})
            for place in reversed(range(len(arguments))):
                before, after = results[place], called(function, arguments[place], self.held)
                if not isinstance(before, dict) and not are_same(before, after):
                    said = after["error"] if isinstance(after, dict) else f"it returns {after}"
                    results[place] = refused(f"it returns {before}, and when it is called again, {said}", ALONE)
            folder = os.path.dirname(self.calls[number][0])
            if (found := self.kept.changed() or asking(function, folder)) and results:
                results[-1] = refused(found, ALONE)
        if self.kept.changed_elsewhere():
            self._find_who()

    def call_anew(self) -> None:
        """Run all files once more, as another process would: what their functions return must be the same."""
        for name in [name for name, module in sys.modules.items() if self.kept.is_own(module)]:
            del sys.modules[name]
        modules: dict[str, Any] = {}
        for number, ((file, name, arguments), results) in enumerate(zip(self.calls, self.results, strict=True)):
            if not results or any(isinstance(each, dict) for each in results):
                continue
            self.tell({"at": number})
            try:
                if file not in modules:
                    modules[file] = load(file)
                after = called(getattr(modules[file], name), arguments[0], self.held)
            except BaseException as error:  # noqa: BLE001 - as above
                after = refused(f"it raises {type(error).__name__}: {error}")
            if not are_same(results[0], after):
                said = after["error"] if isinstance(after, dict) else f"it returns {after}"
                results[0] = refused(f"it returns {results[0]}, and when its file is run again, {said}", ALONE)

    def _find_who(self) -> None:
        """Call all functions once more, to see which one changes something in the modules of others."""
        for function, (_, _, arguments), results in zip(self.functions, self.calls, self.results, strict=True):
            if isinstance(function, dict) or not arguments:
                continue
            called(function, arguments[0], self.held)
            if changed := self.kept.changed_elsewhere():
                results[-1] = refused(changed, ALONE)


def main() -> None:
    """Answer one request."""
    # The answer goes where nothing else can: what the snippets print would mix with it.
    # Nothing here tells a snippet that it is being checked.
    sys.argv = sys.orig_argv = [""]
    sys.modules["__main__"] = ModuleType("__main__")
    answer = os.dup(1)
    os.dup2(2, 1)
    warnings.simplefilter("ignore")
    np.seterr(all="ignore")
    with os.fdopen(answer, "wb") as out:
        answers = Answers(json.loads(sys.stdin.buffer.read())["calls"], out)
        answers.load()
        answers.call()
        answers.call_again()
        answers.call_anew()
        answers.tell({"answers": answers.results, "read": sorted(globals()["READ"])})


if __name__ == "__main__":
    main()
