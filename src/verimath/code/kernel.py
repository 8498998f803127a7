"""The code of a notebook, run in a kernel as it is shown: what its cells print is kept, and who waits sees which runs.

mkdocs-jupyter gives the cells to nbconvert, which runs them by nbclient. Neither says how long it takes, keeps anything
or knows of a cell's place; so the one step of nbconvert's that runs them is exchanged while a notebook is set.
"""

from __future__ import annotations

import ast
import os
import re
import tempfile
import time
from asyncio import Future, ensure_future
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from os.path import isabs
from pathlib import Path
from threading import Event, Thread
from tokenize import COMMENT, TokenError, generate_tokens
from typing import Any, TypedDict

from ..kept.store import Drawer
from ..kept.tool import digest
from ..message.frozen import frozen
from ..message.progress import Progress
from ..message.refusal import Refusal
from ..message.source import Cells, Span, typed
from ..page.notebook import Cell
from .process import SETTINGS


class Output(TypedDict):
    """One of the things that a cell puts out, in nbformat's form."""

    output_type: str


# How long one cell may run, and a kernel take until it answers.
CELL_SECONDS, START_SECONDS = 300, 60
# What one cell may put out: a page that holds more can't be read.
MOST_BYTES = 10_000_000
# The kernel that is this very interpreter, whatever else is installed under its name.
NATIVE = "python3"
ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
# In a traceback: the line of the cell, and the place in an imported file.
IN_CELL = re.compile(r"Cell In\s*\[\d+\], line (\d+)")
IN_FILE = re.compile(r"File (.+?):(\d+), in ")
# The messages of a kernel that are put onto the page.
PUT_OUT = ("stream", "display_data", "execute_result", "update_display_data", "error")
# What imports in a way that the text doesn't show: then all that could be imported counts.
DYNAMIC = re.compile(r"\b(?:importlib|__import__|runpy|exec|eval)\b")

# What browsers read, and what editors leave beside a file; and what code lists files by.
BROWSED, LEFT = {"css", "woff", "woff2"}, re.compile(r".*~|#.*#|.*\.(?:bak|orig|rej|sw[a-p]|tmp)")
# What code names a file by.
QUOTED = re.compile(r"[\"']([^\"'\n]{1,200})[\"']")
LISTED = re.compile(r"glob|iterdir|listdir|scandir|walk|\*\.|[\"'/]\*")


@frozen
class Work:
    """A notebook to be run.

    Attributes:
        file: of the page, for messages.
        cells: as they were read.
        folders: from which its code may import, beside the packages that are installed.
        drawer: what earlier runs have kept.
        seconds: how long a cell may run.
    """

    file: str
    cells: tuple[Cell, ...]
    folders: Sequence[Path]
    drawer: Drawer
    seconds: int = CELL_SECONDS

    @property
    def code(self) -> list[Cell]:
        """The cells of code."""
        return [cell for cell in self.cells if cell.kind == "code"]

    def key(self, kernel: str, allows_errors: bool) -> str:
        """A name for all that decides what the cells print."""
        sources = [cell.source for cell in self.code]
        read = read_by(sources, self.folders)
        files = [(str(path), path.read_bytes()) for path in read]
        texts = "\n".join([*sources, *(path.read_text("utf-8", "replace") for path in read if path.suffix == ".py")])
        beside = sorted((str(path), path.read_bytes()) for path in _beside(Path(self.file), texts))
        return digest("notebook", sources, files, beside, kernel, allows_errors)


def read_by(sources: Iterable[str], folders: Sequence[Path]) -> list[Path]:
    """The files in some folders that code imports, and those that they import in turn; data that lies there too."""
    found: dict[Path, None] = {}
    texts = list(sources)
    left = [*texts]
    while left:
        text = left.pop()
        names = _imported(text)
        everything = DYNAMIC.search(text) is not None
        for folder in folders:
            for path in sorted(folder.glob("**/*.py") if everything else _modules(folder, names)):
                if path not in found:
                    found[path] = None
                    left.append(path.read_text("utf-8", "replace"))
    whole = "\n".join(map(_uncommented, [*texts, *(path.read_text("utf-8", "replace") for path in found)]))
    data = (path for folder in folders for path in folder.rglob("*") if path.suffix not in (".py", ".pyc"))
    return sorted({*found, *(path for path in data if path.is_file() and _may_be_read(path, whole))})


def _uncommented(text: str) -> str:
    """A program without its comments, which do nothing; with them where it can't be read so far, as with magics."""
    lines = text.splitlines(keepends=True)
    try:
        for token in generate_tokens(iter([*lines, ""]).__next__):
            if token.type == COMMENT:
                row, column = token.start
                lines[row - 1] = lines[row - 1][:column] + "\n"
    except (TokenError, SyntaxError):
        return text
    return "".join(lines)


def _may_be_read(path: Path, texts: str) -> bool:
    """Whether code may read a file that lies among its modules: what only browsers read, it must speak of."""
    kind = path.suffix.removeprefix(".")
    return kind not in BROWSED or kind in texts or LISTED.search(texts) is not None


def _imported(text: str) -> set[str]:
    """The first names of the modules that a text imports; magics and the like don't hinder."""
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError):
        return set(re.findall(r"^\s*(?:from|import)\s+(\w+)", text, re.MULTILINE))
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found.update(alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.split(".")[0])
    return found


def _modules(folder: Path, names: set[str]) -> Iterator[Path]:
    for name in names:
        if (folder / f"{name}.py").is_file():
            yield folder / f"{name}.py"
        # Where there are both, Python takes the folder.
        if (folder / name).is_dir():
            yield from (folder / name).rglob("*.py")


def _beside(file: Path, texts: str) -> Iterator[Path]:
    """What a notebook may read: what lies in its own folder and is no page, and elsewhere what its code speaks of."""
    for path in file.parent.iterdir():
        # What an editor leaves there comes and goes with each edit of a page.
        is_left = LEFT.fullmatch(path.name) is not None and path.name not in texts
        if path.is_file() and not _is_page(path, file) and not path.name.startswith(".") and not is_left:
            yield path
    for said in {found[1] for found in QUOTED.finditer(texts)}:
        path = file.parent / said
        with suppress(OSError, ValueError):
            # A folder that holds the notebook holds pages, and what is made of them; the system's own hold too much.
            if path.is_dir() and not isabs(said) and path.resolve() not in file.resolve().parents:
                yield from (each for each in path.rglob("*") if each.is_file() and not _is_page(each, file))
            elif path.is_file() and path.parent.resolve() != file.parent.resolve():
                yield path


def _is_page(path: Path, notebook: Path) -> bool:
    return path.suffix in (".md", ".ipynb") or path.name == notebook.name


@contextmanager
def running(work: Work) -> Iterator[None]:
    """While this lasts, the notebook that nbconvert runs is this one.

    Raises:
        Refusal: at the cell that raises or doesn't end; at the notebook where there is no kernel for it.
    """
    from nbconvert.preprocessors import ExecutePreprocessor

    theirs = ExecutePreprocessor.preprocess

    def ours(self: Any, nb: Any, resources: Any = None, km: Any = None) -> tuple[Any, Any]:
        kernel = self.kernel_name or nb.metadata.get("kernelspec", {}).get("name") or NATIVE
        cells = [cell for cell in nb.cells if cell.cell_type == "code"]
        key = work.key(kernel, bool(self.allow_errors))
        known = work.drawer.get(key, list[list[Output]])
        if known is not None and len(known) == len(cells):
            _recall(cells, known)
            return nb, resources
        with _settings(work.folders) as folder:
            run, manager = _Run(work, cells), _kernel(kernel, folder)
            run.prepare(self, manager)
            # One that it makes itself, it ends itself.
            self.create_kernel_manager, self.shutdown_kernel = lambda: manager, "immediate"
            # Where the notebook lies, as in Jupyter.
            resources["metadata"]["path"] = str(Path(work.file).parent.resolve())
            try:
                done = theirs(self, nb, resources)
            except Exception as error:
                raise run.refusal(error, kernel) from error
            finally:
                run.end()
                _stop(manager)
            if run.has_too_much:
                # The cell was done before its kernel was.
                raise run.too_much()
        if work.key(kernel, bool(self.allow_errors)) == key:
            work.drawer.put(key, [cell.outputs for cell in cells])
        return done

    ExecutePreprocessor.preprocess = ours  # type: ignore[method-assign]
    try:
        yield
    except Refusal:
        raise
    except Exception as error:
        raise Refusal(
            "\n".join(line for line in ANSI.sub("", str(error)).splitlines()[:3] if line) or type(error).__name__,
            "open it in Jupyter and save it again",
            what="this notebook can't be read by Jupyter's own tools",
            span=Span(str(work.file)),
        ) from error
    finally:
        ExecutePreprocessor.preprocess = theirs  # type: ignore[method-assign]


def _recall(cells: Sequence[Any], known: Sequence[Any]) -> None:
    from nbformat import from_dict

    for cell, outputs in zip(cells, known, strict=True):
        cell.outputs = [from_dict(output) for output in outputs]  # type: ignore[no-untyped-call]


@contextmanager
def _settings(folders: Sequence[Path]) -> Iterator[str]:
    """The environment of a kernel: nobody's own settings, one thread, and the folders that it may import from."""
    with tempfile.TemporaryDirectory(prefix="vm-", ignore_cleanup_errors=True) as folder:
        paths = [*(str(path.resolve()) for path in folders), os.environ.get("PYTHONPATH", "")]
        wanted: Mapping[str, str] = SETTINGS | {
            "PYTHONPATH": os.pathsep.join(filter(None, paths)),
            "IPYTHONDIR": folder,
            "JUPYTER_RUNTIME_DIR": folder,
        }
        before = {name: os.environ.get(name) for name in wanted}
        os.environ.update(wanted)
        try:
            yield folder
        finally:
            for name, value in before.items():
                if value is None:
                    del os.environ[name]
                else:
                    os.environ[name] = value


def _kernel(name: str, folder: str) -> Any:
    """What starts a kernel, over files where the system has them: no other process can speak to it."""
    from jupyter_client.kernelspec import KernelSpecManager
    from jupyter_client.manager import AsyncKernelManager

    options: dict[str, Any] = {"kernel_name": name}
    if os.name == "posix":
        options |= {"transport": "ipc", "ip": f"{folder}/kernel"}
    if name == NATIVE:
        options["kernel_spec_manager"] = KernelSpecManager(kernel_dirs=[])
    return AsyncKernelManager(**options)


def _stop(manager: Any) -> None:
    """End a kernel that didn't begin well enough for nbclient to end it."""
    from jupyter_core.utils import run_sync

    if manager.has_kernel:
        run_sync(manager.shutdown_kernel)(now=True)
    manager.cleanup_connection_file()


def _size(content: Any) -> int:
    """About how many bytes some content of a message has."""
    if isinstance(content, str):
        return len(content)
    if isinstance(content, Mapping):
        return sum(map(_size, content.values()))
    return sum(map(_size, content)) if isinstance(content, list) else 8


class _Run:
    """A notebook on its way: which cell runs, since when, and what is wrong with it."""

    def __init__(self, work: Work, cells: Sequence[Any]) -> None:
        self._work = work
        self._order = {id(cell): number for number, cell in enumerate(cells)}
        self._at, self._bytes = -1, 0
        self._ending: Future[None] | None = None
        self._since = time.monotonic()
        self._bar = Progress(f"cells of {Path(work.file).name} run", len(cells))
        self._over = Event()
        self._watch = Thread(target=self._tell, daemon=True)

    def prepare(self, client: Any, manager: Any) -> None:
        """Have nbclient say what it does, and wait no longer, and take no more, than it may."""
        theirs = client.process_message

        def hear(message: Mapping[str, Any], *of: Any) -> Any:
            if message["msg_type"] in PUT_OUT:
                before, self._bytes = self._bytes, self._bytes + _size(message["content"])
                if self.has_too_much:
                    if before <= MOST_BYTES:
                        self._ending = ensure_future(manager.shutdown_kernel(now=True))
                        # A kernel that ended meanwhile can't be ended, which matters to nobody.
                        self._ending.add_done_callback(lambda task: task.cancelled() or task.exception())
                    return None
            return theirs(message, *of)

        client.process_message = hear
        # Prints that come one by one are one text, however fast the machine is.
        client.coalesce_streams = True
        client.timeout, client.startup_timeout = self._work.seconds, START_SECONDS
        client.on_cell_start, client.on_cell_complete = self._begin, self._complete
        client.log.setLevel("CRITICAL")
        self._watch.start()

    def end(self) -> None:
        """Leave the terminal as it was."""
        self._over.set()
        self._watch.join()
        self._bar.clear()

    @property
    def has_too_much(self) -> bool:
        """Whether a cell has put out more than it may."""
        return self._bytes > MOST_BYTES

    def _begin(self, cell: Any, cell_index: int) -> None:
        if self.has_too_much:
            # What comes after it isn't at fault.
            return
        self._at, self._since = self._order.get(id(cell), self._at), time.monotonic()
        self._bytes = 0

    def _complete(self, cell: Any, cell_index: int) -> None:
        if id(cell) in self._order:
            self._bar.step(self._said())

    def _tell(self) -> None:
        while not self._over.wait(0.5):
            self._bar.show(self._said())

    def _said(self) -> str:
        if self._at < 0:
            return "starting"
        cell = self._work.code[self._at]
        first = next((line for line in cell.lines if line.strip() and not line.lstrip().startswith("#")), "")
        return f"cell {cell.number}, {time.monotonic() - self._since:.0f} s: {first.strip()}"

    def refusal(self, error: Exception, kernel: str) -> Refusal:
        """What an author is told of an error, with the cell that it is of."""
        from jupyter_client.kernelspec import NoSuchKernel
        from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

        if isinstance(error, NoSuchKernel):
            return Refusal(
                f"the notebook asks for the kernel `{kernel}`",
                f"install it, or choose another: plugins: [{{mkdocs-jupyter: {{kernel_name: {NATIVE}}}}}]",
                what="there is no such kernel",
                span=Span(str(self._work.file)),
            )
        if self._at < 0:
            return Refusal(
                ANSI.sub("", str(error)).strip() or type(error).__name__,
                f"see that the kernel `{kernel}` starts: jupyter kernelspec list",
                what="the kernel doesn't answer",
                span=Span(str(self._work.file)),
            )
        if self.has_too_much:
            return self.too_much()
        if isinstance(error, CellTimeoutError):
            long = f"it has run for {self._work.seconds} s"
            way_out = "let it compute less, or allow more: plugins: [{verimath: {cell_seconds: …}}]"
            return Refusal(long, way_out, what="this cell doesn't end", span=self._place(1))
        if isinstance(error, DeadKernelError):
            return Refusal("its interpreter ended", what="this cell can't be run to its end", span=self._place(1))
        if isinstance(error, CellExecutionError):
            told = ANSI.sub("", error.traceback)
            line = IN_CELL.search(told)
            imported = IN_FILE.findall(told)
            where = f", in {typed(Path(imported[-1][0]).expanduser())}:{imported[-1][1]}" if imported else ""
            why = f"{error.ename}: {ANSI.sub('', error.evalue)}".strip().rstrip(":") + where
            return Refusal(why, what="this cell raises", span=self._place(int(line[1]) if line else 1))
        return Refusal(
            f"{type(error).__name__}: {error}", what="this cell can't be run to its end", span=self._place(1)
        )

    def too_much(self) -> Refusal:
        """What an author is told of a cell that puts out more than it may."""
        return Refusal(
            f"more than {MOST_BYTES:,} bytes",
            "print and draw less, or put it into a file",
            what="this cell puts out too much",
            span=self._place(1),
        )

    def _place(self, line: int) -> Span:
        cell = self._work.code[self._at]
        line = min(max(line, 1), len(cell.lines) or 1)
        text = cell.lines[line - 1] if cell.lines else ""
        name = Cells(self._work.file, ((cell.number, line, cell.first + line - 1 if cell.first else 0),))
        return Span(name, 1, len(text) - len(text.lstrip()), text)
