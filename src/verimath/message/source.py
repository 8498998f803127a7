"""Where something stands in a file, and how an author is shown it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any, Self

from .frozen import frozen

# A formula may be a line of 100 kB: the excerpt shows what stands around the caret.
EXCERPT_WIDTH = 100


class Cells(str):
    """The path of a notebook, which knows where each line of its text stands.

    Attributes:
        places: by line of the text: the number of its cell, the line in that cell, the line of the file; 0 for what
            there isn't.
    """

    places: tuple[tuple[int, int, int], ...]

    def __new__(cls, path: str, places: tuple[tuple[int, int, int], ...]) -> Self:
        made = super().__new__(cls, path)
        made.places = places
        return made

    def __reduce__(self) -> tuple[Any, ...]:
        """What it is made of again in another process."""
        return Cells, (str(self), self.places)

    def counted(self, line: int) -> tuple[int | None, int]:
        """The cell of a line of its text, and that line in the file; in the cell where the file's lines say nothing."""
        cell, inside, whole = self.places[min(line, len(self.places)) - 1]
        return cell or None, whole or inside

    def at(self, line: int) -> str:
        """A place as an author finds it: the line of the file, the cell, the line in it."""
        cell, inside, whole = self.places[min(line, len(self.places)) - 1]
        said = [f"{self}:{whole}" if whole else str(self)]
        said += [f"cell {cell}"] if cell else []
        return ", ".join([*said, *([f"line {inside}"] if inside and (cell or not whole) else [])])


class Replaced(str):
    """A line in which macros have been replaced, which knows how its author wrote it.

    Attributes:
        written: the line in the file.
        columns: by character of this one, and behind its last: where it comes from in that line.
    """

    written: str
    columns: tuple[int, ...]

    def __new__(cls, line: str, written: str, columns: Iterable[int]) -> Self:
        made = super().__new__(cls, line)
        made.written, made.columns = written, tuple(columns)
        return made

    def __reduce__(self) -> tuple[Any, ...]:
        """What it is made of again in another process."""
        return Replaced, (str(self), self.written, self.columns)


@frozen
class Span:
    """A place in a text file.

    Attributes:
        file: path as the author would type it, relative to the project.
        line: counted from 1; 0 where only the file is known.
        column: counted from 0, in characters of `excerpt`.
        excerpt: the text of that line; empty where only the file is known.
    """

    file: str
    line: int = 0
    column: int = 0
    excerpt: str = ""

    def __str__(self) -> str:
        if isinstance(self.file, Cells) and self.line:
            return self.file.at(self.line)
        return f"{self.file}:{self.line}" if self.line else self.file

    @property
    def counted(self) -> tuple[int | None, int]:
        """The cell, None where there is none, and the line as its author counts it."""
        if isinstance(self.file, Cells) and self.line:
            return self.file.counted(self.line)
        return None, self.line

    @property
    def as_typed(self) -> Span:
        """The same place in the line as its author typed it."""
        if not isinstance(line := self.excerpt, Replaced):
            return self
        return replace(self, column=line.columns[min(self.column, len(line))], excerpt=line.written)

    def caret(self) -> str:
        """The line with a caret under the column, indented by 4; a long line is cut around it."""
        if isinstance(self.excerpt, Replaced):
            return self.as_typed.caret()
        text = self.excerpt.replace("\t", " ")
        start = max(0, self.column - EXCERPT_WIDTH // 2) if len(text) > EXCERPT_WIDTH else 0
        shown = "".join(
            c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text[start : start + EXCERPT_WIDTH]
        )
        head, tail = ("…" if start else ""), ("…" if start + EXCERPT_WIDTH < len(text) else "")
        return f"    {head}{shown}{tail}\n    {' ' * (len(head) + self.column - start)}^"


def typed(path: str | Path) -> str:
    """A path as its author would type it: from the folder where the build was started, where it lies below that."""
    whole = Path(path)
    return whole.relative_to(Path.cwd()).as_posix() if whole.is_relative_to(Path.cwd()) else whole.as_posix()
