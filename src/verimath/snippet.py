"""A file of snippets: its sections, and what each of them prints when the file is run."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from .blocks import Include, Snippet
from .errors import VerimathError
from .source import Span

# A page waits for its snippets: what takes longer belongs elsewhere.
TIMEOUT_SECONDS = 60

RECORDER = Path(__file__).with_name("recorder.py")
MARKER = re.compile(r"-+8<-+[ \t]+\[[ \t]*(?P<kind>start|end)[ \t]*:[ \t]*(?P<name>[A-Za-z][\w-]*)[ \t]*\]")


@dataclass(frozen=True)
class Run:
    """What a file printed, by the line of its top level that did."""

    printed: tuple[tuple[int, str], ...]

    def output(self, ranges: list[range]) -> str:
        """What the lines in these ranges printed, in the order in which they ran."""
        return "".join(text for line, text in self.printed if any(line in lines for lines in ranges))


def output(snippet: Snippet, folders: list[Path]) -> str:
    """Run the files that a snippet shows and return what its sections print.

    Args:
        snippet: as the page has it.
        folders: where its files are looked for, the first that has one wins, as pymdownx.snippets does.

    Raises:
        VerimathError: if a file or section is missing, or a file can't be run to its end.
    """
    shown: dict[Path, list[range]] = {}
    for include in snippet.includes:
        path = _find(include, folders)
        shown.setdefault(path, []).append(_section(include, path))
    printed = (run(path, path.read_bytes(), _neighbours(path)).output(ranges) for path, ranges in shown.items())
    return "".join(printed)


def _find(include: Include, folders: list[Path]) -> Path:
    for folder in folders:
        path = folder / include.file
        if path.is_file():
            return path
    searched = ", ".join(_shown(folder) for folder in folders)
    raise VerimathError(include.span, f"there is no file `{include.file}`", f"looked for in {searched}")


def sections(path: Path) -> dict[str, range]:
    """The sections of a file, each with the numbers of its lines.

    Raises:
        VerimathError: for a section that is opened twice or closed without being open, or that isn't closed.
    """
    found: dict[str, range] = {}
    opened: dict[str, Span] = {}
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        marker = MARKER.search(line)
        if marker is None:
            continue
        name, span = marker["name"], Span(_shown(path), number, marker.start("name"), line)
        if marker["kind"] == "end":
            if name not in opened:
                raise VerimathError(span, f"section `{name}` is closed here, and isn't open")
            found[name] = range(opened.pop(name).line + 1, number)
        elif name in found or name in opened:
            raise VerimathError(span, f"section `{name}` is there twice", way_out="give each a name of its own")
        else:
            opened[name] = span
    for name, span in opened.items():
        raise VerimathError(span, f"section `{name}` isn't closed", way_out=f"add # --8<-- [end:{name}]")
    return found


def _section(include: Include, path: Path) -> range:
    known = sections(path)
    if include.section not in known:
        raise VerimathError(
            include.span,
            f"there is no section `{include.section}` in {_shown(path)}",
            f"it has {', '.join(known) or 'none'}",
            f"mark it there by # --8<-- [start:{include.section}] and # --8<-- [end:{include.section}]",
        )
    return known[include.section]


def _neighbours(path: Path) -> tuple[tuple[str, int], ...]:
    """What a file may import from its own folder, so that a run is made again when one of them changes."""
    return tuple(sorted((other.name, other.stat().st_mtime_ns) for other in path.parent.glob("*.py")))


@cache
def run(path: Path, content: bytes, neighbours: tuple[tuple[str, int], ...]) -> Run:
    """Run a file in a process of its own; the same file in the same company is run once.

    Raises:
        VerimathError: at the line of the file that raised, or where it took too long.
    """
    command = [sys.executable, str(RECORDER), str(path)]
    # Sets print in one order everywhere; no bytecode is left beside the author's files.
    environment = {**os.environ, "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1"}
    try:
        done = subprocess.run(command, capture_output=True, timeout=TIMEOUT_SECONDS, env=environment, check=False)
    except subprocess.TimeoutExpired as error:
        raise VerimathError(Span(_shown(path)), f"this snippet was still running after {TIMEOUT_SECONDS} s") from error
    if done.returncode or not done.stdout:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise VerimathError(
            Span(_shown(path)), f"this snippet ended its interpreter, exit code {done.returncode}", "\n".join(said[-3:])
        )
    answer = json.loads(done.stdout)
    if answer["error"]:
        line, text = answer["error"]
        lines = content.decode(errors="replace").splitlines()
        excerpt = lines[line - 1] if 0 < line <= len(lines) else ""
        column = len(excerpt) - len(excerpt.lstrip())
        raise VerimathError(Span(_shown(path), line, column, excerpt), "this snippet can't be run to its end", text)
    return Run(tuple((line, text) for line, text in answer["printed"]))


def _shown(path: Path) -> str:
    """A path as the author would type it."""
    return path.relative_to(Path.cwd()).as_posix() if path.is_relative_to(Path.cwd()) else path.as_posix()
