"""The tables of cases, one file a rule of the page language: formulas, and the verdict on the last of them.

A case is `=== verdict: what is true`, then the formulas of a page, parted by lines `---`. Lines that begin with `%% `
are the page's front matter. The formulas before the last one must hold. In a refused case, a line `=> …` gives the
message's evidence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent
HEAD = re.compile(r"^=== (?P<verdict>holds|false|ill-formed): (?P<name>.+)\n", re.MULTILINE)


@dataclass(frozen=True)
class Case:
    """A page of formulas."""

    file: str
    name: str
    verdict: str
    page: str
    says: str


def cases(file: Path) -> list[Case]:
    """The cases of a file, in order."""
    parts = HEAD.split(file.read_text("utf-8"))[1:]
    return [_case(file, *parts[n : n + 3]) for n in range(0, len(parts), 3)]


def _case(file: Path, verdict: str, name: str, body: str) -> Case:
    lines = body.rstrip("\n").split("\n")
    front = [line[3:] for line in lines if line.startswith("%% ")]
    says = next((line[3:] for line in lines if line.startswith("=> ")), "")
    kept = "\n".join(line for line in lines if not line.startswith(("%% ", "=> ", "## ")))
    formulas = [part.strip("\n") for part in re.split(r"^---[ ]*$", kept, flags=re.MULTILINE) if part.strip()]
    page = "---\n" + "\n".join(front) + "\n---\n" if front else ""
    page += "".join(f"\n```math {{#e{n}}}\n{formula}\n```\n" for n, formula in enumerate(formulas))
    return Case(file.stem, name, verdict, page, says)


RULES = [*sorted(FOLDER.glob("rule-*.txt")), FOLDER / "vacuity.txt", FOLDER / "misreadings.txt"]
ALL = [case for file in RULES for case in cases(file)]
