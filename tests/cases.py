"""Cases as data, in one format for all: a page, the verdict on it, the message, and the page mended.

    === VERDICT: NAME     holds, false, ill-formed: of the last formula; refused: of a page; exit 0, 1, 2: of `check`
    PAGE                  Markdown, or formulas parted by lines ---, each of which is a fence of its own
    => SAID               in one line: the message's evidence, or the verdicts by label that the command tells
    === says
    MESSAGE               in place of that, the whole message, word for word
    === mended
    PAGE                  mended as the message says: it builds

Of a page of formulas, lines `%% ` are the front matter. Lines `## ` are comments, but in a refused page. Several files
stand each below a line `+++ FILE`. In place of a page, lines `-- OLD` and `++ NEW` say which lines of the file's first
page have been changed, and to what.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

HEAD = re.compile(r"^=== (?P<verdict>holds|false|ill-formed|refused|exit [012]): (?P<name>.+)\n", re.MULTILINE)
PART = re.compile(r"^=== (says|mended)\n", re.MULTILINE)
FILE = re.compile(r"^\+\+\+ (\S+)\n", re.MULTILINE)
FORMULAS = {"holds", "false", "ill-formed"}


@dataclass(frozen=True)
class Case:
    """One case.

    Attributes:
        file: that it stands in.
        verdict: on the page.
        page: as Markdown.
        files: the same, by name, where there are several.
        says: the message's evidence, or the verdicts by label; empty where the case doesn't say.
        message: the whole message; empty where the case doesn't say.
        mended: the page as the message says to write it; empty where there is none.
    """

    file: str
    name: str
    verdict: str
    page: str
    files: dict[str, str]
    says: str
    message: str
    mended: str


def cases(file: Path) -> list[Case]:
    """The cases of a file, in order."""
    parts = HEAD.split(file.read_text("utf-8"))[1:]
    found: list[Case] = []
    for n in range(0, len(parts), 3):
        found.append(_case(file, found[0].page if found else "", *parts[n : n + 3]))
    return found


def _case(file: Path, first: str, verdict: str, name: str, body: str) -> Case:
    page, *rest = PART.split(body)
    told = dict(zip(rest[::2], rest[1::2], strict=True))
    lines = page.split("\n")
    says = next((line[3:] for line in lines if line.startswith("=> ")), "")
    left_out = ("=> ",) if verdict == "refused" else ("=> ", "## ")
    page = "\n".join(line for line in lines if not line.startswith(left_out))
    if any(line.startswith("-- ") for line in lines):
        page = _with_other_lines(first, lines)
    written = FILE.split(page)
    files = dict(zip(written[1::2], written[2::2], strict=True)) or {"page.md": page}
    mended = told.get("mended", "")
    if verdict in FORMULAS:
        page, mended = _of_formulas(page), _of_formulas(mended)
    return Case(file.stem, name, verdict, page, files, says, told.get("says", ""), mended)


def _with_other_lines(page: str, lines: list[str]) -> str:
    """A page with other lines in the place of some, which stand there once, one after the other."""
    old, new = ("".join(f"{line[3:]}\n" for line in lines if line.startswith(sign)) for sign in ("-- ", "++ "))
    assert page.count(f"\n{old}") == 1, old
    return page.replace(f"\n{old}", f"\n{new}")


def _of_formulas(text: str) -> str:
    """A page of formulas, labelled e0, e1 …"""
    lines = text.rstrip("\n").split("\n")
    front = [line[3:] for line in lines if line.startswith("%% ")]
    kept = "\n".join(line for line in lines if not line.startswith("%% "))
    formulas = [part.strip("\n") for part in re.split(r"^---[ ]*$", kept, flags=re.MULTILINE) if part.strip()]
    page = "---\n" + "\n".join(front) + "\n---\n" if front else ""
    return page + "".join(f"\n```math {{#e{n}}}\n{formula}\n```\n" for n, formula in enumerate(formulas))


def count(file: Path) -> int:
    """How many cases a file has, counted by their heads alone."""
    heads = (line for line in file.read_text("utf-8").split("\n") if line.startswith("=== "))
    return sum(line not in ("=== says", "=== mended") for line in heads)
