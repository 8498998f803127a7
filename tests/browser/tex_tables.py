"""The tables of a formula, counted in its TeX alone: how many cells stand in each row of `align`, `cases`, `bmatrix`…

This knows nothing of KaTeX, so that what a page shows can be compared with what its author wrote.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

# A table's depth (1 for one that stands in no other), and the number of cells in each of its rows.
Table = tuple[int, tuple[int, ...]]

TOKEN = re.compile(
    r"""
    (?P<comment>%[^\n]*)
  | \\verb\*?(?P<bar>[^*A-Za-z]).*?(?P=bar)        # what it holds is no TeX
  | (?P<begin>\\begin\s*\{(?P<begun>[^}]*)\}|\\substack\s*\{|\{)
  | (?P<end>\\end\s*\{(?P<ended>[^}]*)\}|\})
  | (?P<row>\\\\(?:\[[^\]]*\])?|\\cr(?![A-Za-z]))  # with the space after it, if it says how much
  | (?P<rule>\\h(?:dash)?line(?![A-Za-z]))         # stands in no row
  | (?P<cell>&)
  | \\(?:[A-Za-z]+|.)                              # any other command, `\&`, `\{` and `\%` among them
  | \S
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclass
class _Group:
    """A table or a pair of braces being read."""

    closing: str
    is_table: bool
    rows: list[int] = field(default_factory=lambda: [1])
    row_is_empty: bool = True

    def table(self, depth: int) -> Table:
        # What follows the last `\\` is a row only if something is there.
        ended = len(self.rows) > 1 and self.rows[-1] == 1 and self.row_is_empty
        return depth, tuple(self.rows[:-1] if ended else self.rows)


def tables(tex: str) -> list[Table]:
    """The tables of a formula, sorted.

    Raises:
        ValueError: where braces or environments don't match, a `&` stands in no table, or an environment is no table.
    """
    found: list[Table] = []
    groups = [_Group("the formula's end", is_table=False)]
    for token in TOKEN.finditer(tex):
        here = groups[-1]
        if token["begin"]:
            here.row_is_empty = False
            groups.append(_opened(token))
        elif token["end"]:
            closing = rf"\end{{{token['ended']}}}" if token["ended"] else "}"
            if closing != here.closing:
                raise ValueError(f"`{closing}` stands where {here.closing} is due")
            if here.is_table:
                found.append(here.table(depth=sum(group.is_table for group in groups)))
            groups.pop()
        elif token["cell"]:
            if not here.is_table:
                raise ValueError("`&` stands in no table")
            here.rows[-1] += 1
        elif token["row"] and here.is_table:
            here.rows.append(1)
            here.row_is_empty = True
        elif not token["comment"] and not token["rule"]:
            here.row_is_empty = False
    if len(groups) > 1:
        raise ValueError(f"the formula ends where {groups[-1].closing} is due")
    return sorted(found)


def _opened(token: re.Match[str]) -> _Group:
    if token["begun"] == "CD":
        raise ValueError("a diagram of `CD` isn't a table of rows and cells")
    closing = rf"\end{{{token['begun']}}}" if token["begun"] else "}"
    return _Group(closing, is_table=token["begin"] != "{")
