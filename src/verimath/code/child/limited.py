"""Runs a Python file within limits of work and memory: `python limited.py file arguments…`.

It imports nothing of the package, and what it runs finds nothing of it: an interpreter as fresh as a reader's. What is
read meanwhile is noted for the file itself, as `READ`: files, folders and variables of the environment, by name.
"""

import os
import runpy
import sys
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


def listen(read: set[tuple[str, str]]) -> None:
    """Note what is read from now on, but for what was written here."""
    written: set[str] = set()

    def note(event: str, told: tuple[Any, ...]) -> None:
        if event not in ("open", "import", "os.listdir", "os.scandir", "os.mkdir"):
            return
        place = told[1] if event == "import" else "." if told[0] is None else told[0]
        if not isinstance(place, str | bytes | os.PathLike):
            return
        name = os.path.abspath(os.fsdecode(place))
        opened = told[2] if event == "open" and isinstance(told[2], int) else 0
        if event == "os.mkdir" or opened & (os.O_WRONLY | os.O_CREAT | os.O_TRUNC):
            written.add(name)
        elif any(name == each or name.startswith(each + os.sep) for each in written):
            return
        elif event in ("open", "import"):
            read.add(("file", name))
        elif place not in sys.path:  # where Python looks for a module
            read.add(("folder", name))

    def listed(variables: Any) -> Any:
        for name in all_of(variables):
            passing.add(name)
            yield name

    def looked_up(variables: Any, name: Any) -> Any:
        # Whoever takes all of them hands them to another process.
        if isinstance(name, str) and name not in passing:
            read.add(("variable", name))
        passing.discard(name)
        return theirs(variables, name)

    passing: set[str] = set()
    environment = type(os.environ)
    theirs, all_of = environment.__getitem__, environment.__iter__
    environment.__getitem__, environment.__iter__ = looked_up, listed  # type: ignore[method-assign]
    sys.addaudithook(note)


if __name__ == "__main__":
    limit()
    sys.argv = sys.argv[1:]
    READ: set[tuple[str, str]] = set()
    listen(READ)
    runpy.run_path(sys.argv[0], {"READ": READ}, run_name="__main__")
