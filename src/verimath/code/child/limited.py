"""Runs a Python file within limits of work and memory: `python limited.py file arguments…`.

It imports nothing of the package, and what it runs finds nothing of it: an interpreter as fresh as a reader's. What is
read meanwhile is noted for the file itself, as `READ`: files, folders and variables of the environment, by name; and
that it learned something of which nothing is heard, such as from another process.
"""

import os
import runpy
import sys
from collections.abc import Callable
from functools import wraps
from types import ModuleType
from typing import Any

# Seconds of a processor's work, and bytes of memory: far more than a page's programs need.
SECONDS = 10
BYTES = 700_000_000
# So often may each of them start another: itself, which soon fills a machine, or some other program.
MOST_STARTED = {
    "os.fork": 5,
    "os.forkpty": 5,
    "os.posix_spawn": 500,
    "os.spawn": 500,
    "os.system": 500,
    "subprocess.Popen": 500,
}
# What it learns there, nobody knows; nor what a library reads that isn't Python's.
NOT_HEARD = "not heard"
ANYWHERE = {
    *MOST_STARTED,
    *("os.exec", "os.startfile", "os.getxattr", "os.listxattr", "ctypes.dlopen", "ctypes.dlsym", "ctypes.dlsym/handle"),
    *("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "sqlite3.connect"),
}
# Of these, what a package does for itself is known by it.
LIBRARIES = ("ctypes.dlopen", "ctypes.dlsym", "ctypes.dlsym/handle")
PYTHON, INSTALLED = os.path.dirname(os.__file__), ("site-packages", "dist-packages")
TOOL = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
# What lists a folder, and whether it also tells of what lies there.
LISTS = {"os.listdir": "folder", "os.scandir": "entries"}
# Functions of `os` of which Python tells nothing, or too little, and what they read.
TELLING = {"stat": "status", "lstat": "status", "fstat": "status", "access": "status", "readlink": "status",
           "statvfs": NOT_HEARD, "fstatvfs": NOT_HEARD, "open": "file"}  # fmt: skip
READLINK = os.readlink
WRITING = os.O_WRONLY | os.O_CREAT | os.O_TRUNC


def limit() -> None:
    """Limit this process and those that it starts."""
    left = dict(MOST_STARTED)

    def count(event: str, _: object) -> None:
        if event in left:
            left[event] -= 1
            if left[event] < 0:
                raise RuntimeError(f"it starts more than {MOST_STARTED[event]} processes")

    sys.addaudithook(count)
    try:
        import resource
    except ImportError:
        return  # there is no such thing on Windows
    for kind, most in ((resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_DATA, BYTES), (resource.RLIMIT_CORE, 0)):
        _, hard = resource.getrlimit(kind)
        # Where what is asked for is more than what is allowed, that is limit enough.
        if hard == resource.RLIM_INFINITY or most < hard:
            resource.setrlimit(kind, (most, hard))


class Listening:
    """Notes what is read from now on, but for what was written here."""

    def __init__(self, read: set[tuple[str, str]]) -> None:
        self.read = read
        self.written: set[str] = set()
        self._listen_to_variables()
        for name, kind in TELLING.items():
            if hasattr(os, name):
                setattr(os, name, self._noting(getattr(os, name), kind))
        sys.modules[os.name] = System(sys.modules[os.name])
        sys.addaudithook(self._hear)

    def note(self, kind: str, place: Any, folder: Any = None) -> None:
        """Note that something of a file or folder is read."""
        if not isinstance(place, str | bytes | int | os.PathLike):
            return
        name = name_of(place, folder)
        if name is None:
            self.read.add((NOT_HEARD, str(place)))
        elif not any(name == each or name.startswith(each + os.sep) for each in self.written):
            self.read.add((kind, name))

    def _hear(self, event: str, told: tuple[Any, ...]) -> None:
        """Note what Python itself tells of."""
        if event in ANYWHERE:
            if not is_known(event, told):
                self.read.add((NOT_HEARD, event))
        elif event == "open" and not isinstance(told[0], int):  # which was opened before
            self._open(told[0], told[2] if isinstance(told[2], int) else 0)
        elif event == "os.mkdir":
            self._open(told[0], WRITING)
        elif event == "import":
            self.note("file", told[1])
        elif event in LISTS and told[0] not in sys.path:  # where Python looks for a module
            self.note(LISTS[event], "." if told[0] is None else told[0])

    def _open(self, place: Any, flags: int, folder: Any = None) -> None:
        """Note that a file is opened."""
        if not flags & WRITING:
            self.note("file", place, folder)
        elif isinstance(place, str | bytes | os.PathLike) and (name := name_of(place, folder)):
            self.written.add(name)

    def _noting(self, function: Callable[..., Any], kind: str) -> Callable[..., Any]:
        """A function of `os` that notes what it is asked of."""

        @wraps(function)
        def noted(*given: Any, dir_fd: Any = None, **named: Any) -> Any:
            place = given[0] if given else named.get("path", named.get("fd", "."))
            if dir_fd is not None:
                named["dir_fd"] = dir_fd
            if kind != "file":
                self.note(kind, place, dir_fd)
            elif dir_fd is not None:  # of which Python tells nothing
                self._open(place, given[1] if len(given) > 1 else named.get("flags", 0), dir_fd)
            return function(*given, **named)

        # Who asks what a function can do finds it there.
        for able in (os.supports_dir_fd, os.supports_fd, os.supports_follow_symlinks, os.supports_effective_ids):
            if function in able:
                able.add(noted)
        return noted

    def _listen_to_variables(self) -> None:
        """Note which variables of the environment are looked up; whoever goes through them may take each."""
        environment, read = type(os.environ), self.read

        def noting(ask: Callable[..., Any], kind: str) -> Callable[..., Any]:
            def noted(variables: Any, *name: Any) -> Any:
                if all(isinstance(each, str | bytes) for each in name):
                    read.add((kind, os.fsdecode(name[0]) if name else ""))
                return ask(variables, *name)

            return noted

        environment.__getitem__ = noting(environment.__getitem__, "variable")  # type: ignore[method-assign]
        for every in ("__iter__", "__len__", "__repr__"):
            setattr(environment, every, noting(getattr(environment, every), "variables"))


class System(ModuleType):
    """What `os` is made of: whoever asks it for something is heard as if he asked `os`."""

    def __init__(self, plain: ModuleType) -> None:
        super().__init__(plain.__name__)
        vars(self).update(__spec__=plain.__spec__, __loader__=plain.__loader__)
        self._plain = plain

    def __getattr__(self, name: str) -> Any:
        plain = getattr(vars(self)["_plain"], name)
        if name == "environ":
            return getattr(os, "environb", os.environ)
        return getattr(os, name, plain)

    def __dir__(self) -> list[str]:
        return dir(vars(self)["_plain"])


def is_known(event: str, told: tuple[Any, ...]) -> bool:
    """Whether it is the tool itself that asks, or a package for what is its own or that Python has loaded already."""
    frame: Any = sys._getframe(2)
    while frame is not None:
        name = frame.f_code.co_filename
        if is_installed(name) or not name.startswith((PYTHON, "<frozen ", __file__)):
            is_own = event != "ctypes.dlopen" or told[0] is None or is_installed(str(told[0]))
            return name.startswith(TOOL + os.sep) or (event in LIBRARIES and is_installed(name) and is_own)
        frame = frame.f_back
    return False


def is_installed(name: str) -> bool:
    """Whether a file is a package's, by its name."""
    return any(f"{os.sep}{each}{os.sep}" in name for each in INSTALLED)


def name_of(place: Any, folder: Any = None) -> str | None:
    """The name of a file, or of what a descriptor stands for; None where nothing says."""
    if isinstance(place, int):
        try:
            return READLINK(f"/proc/self/fd/{place}")
        except OSError:
            return None
    name = os.fsdecode(place)
    if folder is None or os.path.isabs(name):
        return os.path.abspath(name)
    within = name_of(folder)
    return None if within is None else os.path.normpath(os.path.join(within, name))


if __name__ == "__main__":
    limit()
    sys.argv = sys.argv[1:]
    READ: set[tuple[str, str]] = set()
    Listening(READ)
    runpy.run_path(sys.argv[0], {"READ": READ}, run_name="__main__")
