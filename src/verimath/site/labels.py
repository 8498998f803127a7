"""What programs print, in the page's language: their words by a table, their numbers as they are."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import field
from functools import cached_property
from itertools import groupby, zip_longest

from ..message.frozen import frozen
from ..message.refusal import Refusal
from ..message.source import Span

# What stands in columns: words parted by one blank; two of them, or a colon, begin another column. What Python itself
# says is one.
CELL = re.compile(r"\w*(?:Warning|Error): .*|\S(?:(?<!:) \S|\S)*")
# Words before a colon that no table knows.
UNKNOWN = re.compile(r"^[ ]*(?P<label>[a-z]{2,}(?:[ ][a-z]{2,})*):(?=\s|$)", re.MULTILINE)
COLON = re.compile(r"(?<=[\w)\]%’]):(?=\s|$)")
# What Python says in its own words.
PYTHON_S = re.compile(r"\w*(?:Warning|Error): ")


@frozen
class Labels:
    """The words that programs print, with what a page shows in their place.

    Attributes:
        words: by what is printed; none where outputs are shown as they are.
        colon: as the page's language writes it.
        file: that the table stands in, for messages.
    """

    words: Mapping[str, str] = field(default_factory=dict)
    colon: str = ":"
    file: str = ""

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        longest_first = sorted(self.words, key=len, reverse=True)
        return re.compile(rf"(?<![\w.])(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")

    def translated(self, output: str, code: str, place: Span) -> str:
        """An output with its words in the page's language, its columns as wide as they ask for.

        Args:
            output: as the program printed it.
            code: that printed it; names in it are known to the reader.
            place: of the snippet, for messages.

        Raises:
            Refusal: for words before a colon that the table doesn't know.
        """
        if not self.words:
            return output
        for found in UNKNOWN.finditer(self._pattern.sub("\0", output)):
            if found["label"] not in _names(code):
                raise Refusal(
                    f"{self.file} has no word for it",
                    "add it there; what is printed stays as it is on a page with `output_labels: false`",
                    what=f"`{found['label']}:` is printed in another language",
                    span=place,
                )
        lines = output.split("\n")
        rows = [[(cell.start(), cell.group()) for cell in CELL.finditer(line)] for line in lines]
        shown: list[str] = []
        together = zip(lines, rows, strict=True)
        for block in (list(group) for _, group in groupby(together, lambda each: [start for start, _ in each[1]])):
            changed = any(self._said(text) != text for _, row in block for _, text in row)
            shown += self._aligned([row for _, row in block]) if changed else [line for line, _ in block]
        return "\n".join(shown)

    def _said(self, text: str) -> str:
        if PYTHON_S.match(text):
            return text
        replaced = self._pattern.sub(lambda found: self.words[found.group()], text)
        return COLON.sub(self.colon, replaced)

    def _aligned(self, rows: list[list[tuple[int, str]]]) -> Iterator[str]:
        """Lines whose cells begin in the same columns, each column where the widest cell before it asks."""
        texts = [[self._said(text) for _, text in row] for row in rows]
        starts = [start for start, _ in rows[0]]
        # Between two columns, at least as much stays free as there was.
        ends = [[start + len(text) for start, text in row] for row in rows]
        gaps = [min(start - end[place] for end in ends) for place, start in enumerate(starts[1:])]
        columns = starts[:1]
        for place, gap in enumerate(gaps):
            widest = max(len(text[place]) for text in texts)
            columns.append(columns[-1] + widest + gap)
        for row in texts:
            line = ""
            for column, text in zip_longest(columns, row, fillvalue=""):
                line = line.ljust(int(column or 0)) + str(text)
            yield line


def _names(code: str) -> set[str]:
    """The names of some code, which a page may show as they are."""
    try:
        return {node.id for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Name)}
    except (SyntaxError, ValueError):
        return set()
