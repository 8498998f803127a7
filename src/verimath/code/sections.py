"""A file of snippets: its sections, and what each of them prints when the file is run."""

from __future__ import annotations

import json
import os
import re
import time
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from textwrap import dedent

from ..kept.store import Store
from ..kept.tool import digest
from ..message.frozen import frozen
from ..message.refusal import Refusal
from ..message.source import Span, typed
from ..page.blocks import Include, Snippet
from ..page.page import CONTROL
from . import process
from .company import Companies
from .useful import MARKED, useful_lines

# A page waits for its snippets: what takes longer belongs elsewhere.
TIMEOUT_SECONDS = 25

RECORDER = Path(__file__).parent / "child" / "record.py"
MARKER = re.compile(r"-+8<-+[ \t]+\[[ \t]*(?P<kind>start|end)[ \t]*:[ \t]*(?P<name>[A-Za-z][\w-]*)[ \t]*\]")


@frozen
class Run:
    """What a file printed, by the line of its top level that did; what it read, and when it began."""

    printed: tuple[tuple[int, str], ...]
    read: tuple[tuple[str, str], ...] = ()
    began: float = 0

    def output(self, ranges: list[range]) -> str:
        """What the lines in these ranges printed, in the order in which they ran."""
        return "".join(text for line, text in self.printed if any(line in lines for lines in ranges))


@frozen
class Listing:
    """What a page shows of a snippet.

    Attributes:
        code: all of it.
        output: what that printed.
        useful: the lines that say what it computes.
    """

    code: str
    output: str
    useful: str


def code_lines(code: str) -> tuple[str, ...]:
    """Code without regard to how far it is indented and to empty lines, to compare what is shown with what was run."""
    return tuple(line.strip() for line in code.split("\n") if line.strip())


class Runs:
    """Files of snippets that are run beside each other, each once for the same content in the same company.

    Args:
        store: what earlier runs have kept of what they printed.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._runner = ThreadPoolExecutor(os.cpu_count() or 1, "snippets")
        self._known: dict[str, Future[Run]] = {}
        # Those of which is noted what they read.
        self._noted: set[str] = set()
        self._companies = Companies(self._store)
        self._found: dict[tuple[Include, tuple[Path, ...]], tuple[Path, range]] = {}

    def renew(self) -> None:
        """Begin anew: files may have changed since they were looked at."""
        self._companies = Companies(self._store)
        self._found.clear()

    def find(self, include: Include, folders: list[Path]) -> tuple[Path, range]:
        """The file of an include and the numbers of its lines, looked for once.

        Raises:
            Refusal: as `find` does.
        """
        key = include, tuple(folders)
        if key not in self._found:
            self._found[key] = find(include, folders)
        return self._found[key]

    def start(self, snippet: Snippet, folders: list[Path]) -> None:
        """Begin to run the files that a snippet will show; what is wrong with them is said when it is shown."""
        for include in snippet.includes:
            with suppress(Refusal):
                path, _ = self.find(include, folders)
                company = self._companies.of(path)
                if company not in self._store.drawer("printed", str(path)):
                    self._started(path, company)

    def show(self, snippet: Snippet, folders: list[Path]) -> Listing:
        """Run the files that a snippet shows.

        Args:
            snippet: as the page has it.
            folders: where its files are looked for, the first that has one wins, as pymdownx.snippets does.

        Raises:
            Refusal: if a file or section is missing, or a file can't be run to its end.
        """
        shown: dict[Path, list[range]] = {}
        code: list[str] = []
        marked: list[str] = []
        for include in snippet.includes:
            path, lines = self.find(include, folders)
            shown.setdefault(path, []).append(lines)
            code.append(between(path, lines))
            if useful := sections(path).get(MARKED.format(section=include.section)):
                marked.append(dedent(between(path, useful)))
        printed = (self._printed(path).output(ranges) for path, ranges in shown.items())
        output = CONTROL.sub("\N{REPLACEMENT CHARACTER}", "".join(printed)).rstrip()
        return Listing("\n".join(code), output, "\n".join(marked) or self._useful(code, [*shown]))

    def _useful(self, code: list[str], paths: list[Path]) -> str:
        """The useful lines of some code, kept with the first of its files."""
        drawer, key = self._store.drawer("printed", str(paths[0])), digest("useful", code)
        found: str = drawer.found(key, str, lambda: useful_lines(code))
        return found

    def _printed(self, path: Path) -> Run:
        """What a file prints: kept from an earlier run, or once it has run."""
        company, drawer = self._companies.of(path), self._store.drawer("printed", str(path))
        if (known := drawer.get(company, list[tuple[int, str]])) is not None:
            return Run(tuple((line, text) for line, text in known))
        found = self._started(path, company).result()
        if company not in self._noted:
            self._noted.add(company)
            # What was edited while it ran may have printed this, or not.
            now, alone = Companies(self._store), Companies().alone(path)
            if now.note(path, found.read, found.began) and alone == self._companies.alone(path):
                drawer.put(now.of(path), found.printed)
            self._store.close("printed", str(path))
        return found

    def _started(self, path: Path, company: str) -> Future[Run]:
        if company not in self._known:
            self._known[company] = self._runner.submit(run, path, path.read_bytes())
        return self._known[company]


def find(include: Include, folders: list[Path]) -> tuple[Path, range]:
    """The file of an include, and the numbers of the lines of its section; of all lines where it names none.

    Raises:
        Refusal: if there is no such file in these folders, or no such section in it.
    """
    for folder in map(os.path.realpath, folders):
        # As a text: there are many includes, and a Path takes three times as long.
        real = os.path.realpath(os.path.join(folder, include.file))
        if os.path.isfile(real) and real.startswith(os.path.join(folder, "")):
            path = Path(real)
            if include.section:
                return path, _section(include, path)
            return path, range(1, len(_lines(path)) + 1)
    raise Refusal(
        f"looked for in {', '.join(map(typed, folders))}",
        "write its path from there; to show an include as it is, write ;--8<--",
        what=f"there is no file `{include.file}`",
        span=include.span,
    )


def between(path: Path, numbers: range) -> str:
    """The lines of a file with these numbers, without the marks of sections."""
    return "\n".join(
        line for number, line in enumerate(_lines(path), 1) if number in numbers and not MARKER.search(line)
    )


def _lines(path: Path) -> list[str]:
    """The lines of a file as Python counts them: other signs that end a line are part of one."""
    status = path.stat()
    return _lines_of(path, status.st_mtime_ns, status.st_size)


@lru_cache(256)
def _lines_of(path: Path, *_: int) -> list[str]:
    """The lines of a file as it was then."""
    try:
        return path.read_text("utf-8").split("\n")
    except UnicodeDecodeError as error:
        place = f"byte {error.start} is none of UTF-8"
        raise Refusal(place, "save it as UTF-8", what="this file isn't text", span=Span(typed(path))) from error


def sections(path: Path) -> dict[str, range]:
    """The sections of a file, each with the numbers of its lines.

    Raises:
        Refusal: for a section that is opened twice or closed without being open, or that isn't closed.
    """
    return _sections(path, tuple(_lines(path)))


@lru_cache(256)
def _sections(path: Path, lines: tuple[str, ...]) -> dict[str, range]:
    found: dict[str, range] = {}
    opened: dict[str, Span] = {}
    for number, line in enumerate(lines, 1):
        marker = MARKER.search(line)
        if marker is None:
            continue
        name, span = marker["name"], Span(typed(path), number, marker.start("name"), line)
        if marker["kind"] == "end":
            if name not in opened:
                raise Refusal(what=f"section `{name}` is closed here, and isn't open", span=span)
            found[name] = range(opened.pop(name).line + 1, number)
        elif name in found or name in opened:
            raise Refusal(way_out="give each a name of its own", what=f"section `{name}` is there twice", span=span)
        else:
            opened[name] = span
    for name, span in opened.items():
        raise Refusal(way_out=f"add # --8<-- [end:{name}]", what=f"section `{name}` isn't closed", span=span)
    return found


def _section(include: Include, path: Path) -> range:
    known = sections(path)
    if include.section not in known:
        raise Refusal(
            f"it has {', '.join(known) or 'none'}",
            f"mark it there by # --8<-- [start:{include.section}] and # --8<-- [end:{include.section}]",
            what=f"there is no section `{include.section}` in {typed(path)}",
            span=include.span,
        )
    return known[include.section]


def run(path: Path, content: bytes) -> Run:
    """Run a file in a process of its own.

    Raises:
        Refusal: at the line of the file that raised, or where it took too long.
    """
    began = time.time()
    try:
        done = process.run(RECORDER, [str(path)], b"", TIMEOUT_SECONDS)
    except process.Stopped as stopped:
        printing = isinstance(stopped, process.TooMuch)
        raise Refusal(
            str(stopped),
            "let it print what a reader needs" if printing else "let it compute what a reader needs",
            what="this snippet never stops printing" if printing else "this snippet doesn't end",
            span=Span(typed(path)),
        ) from None
    if done.code or not done.out:
        raise Refusal(
            "\n".join(done.last_words),
            what=f"this snippet ended its interpreter, exit code {done.code}",
            span=Span(typed(path)),
        )
    answer = json.loads(done.out)
    if answer["error"]:
        line, text = answer["error"]
        lines = content.decode(errors="replace").split("\n")
        excerpt = lines[line - 1] if 0 < line <= len(lines) else ""
        column = len(excerpt) - len(excerpt.lstrip())
        raise Refusal(text, what="this snippet can't be run to its end", span=Span(typed(path), line, column, excerpt))
    printed, read = (tuple((first, second) for first, second in answer[part]) for part in ("printed", "read"))
    return Run(printed, read, began)
