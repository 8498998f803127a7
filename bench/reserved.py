"""The list of the language's own names on its page, at rule 7, from the tables of operations and signs.

Writes it into docs/fr/language.md. Run as `python -m bench.reserved`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from verimath.meaning.operations import (
    ANY,
    BINDERS,
    MATRIX,
    OPERATIONS,
    PAIRS,
    After,
    Behind,
    Between,
    Operation,
    Own,
    Prefix,
    Ranked,
    Shape,
)
from verimath.meaning.signs import CONSTANTS, PRODUCTS, RELATIONS

PAGE = Path(__file__).parent.parent / "docs" / "fr" / "language.md"
HEAD = "| noms | sens |\n| --- | --- |\n"
# The table below its head, up to the line after it.
LIST = re.compile(re.escape(HEAD) + r"(?:\|.*\n)+")
TAKES: dict[tuple[Shape, ...], str] = {
    ("number",): "fonctions d’un nombre",
    ANY: "d’un nombre ou d’un tableau",
    # Two bars, whose sign would end a cell.
    ("number", "vector"): "",
    ("vector",): "d’un vecteur",
    ("square matrix",): "d’une matrice carrée",
    MATRIX: "d’une matrice carrée",
    ("number", *MATRIX): "d’un nombre ou d’une matrice carrée",
    ("vector", "square matrix", "array"): "d’un tableau",
}


def printed(operation: Operation) -> str:
    """How an operation is written, of x."""
    match operation.form:
        case Prefix(tex):
            return tex
        case Ranked(tex, end):
            return f"{tex}_{end or 'i'}(x)"
        case Own(tex):
            return tex.format("x")
        case Behind(tex):
            return f"x{tex}"
        case After(tex):
            return f"x^{{{tex}}}" if len(tex) > 4 else f"x^{tex}"
        case Between(left, right, sub=sub):
            return f"{left} x {right}" + (f"_{sub}" if sub else "")


def takes(operation: Operation) -> str:
    """What an operation takes, in words."""
    return TAKES[("number", *MATRIX) if callable(operation.of_matrix) else operation.takes]


def table() -> str:
    """The list, as the page has it."""
    lines = [_line((row.tex for row in CONSTANTS.values()), "constantes")]
    lines += [
        _line((printed(row) for row in OPERATIONS.values() if takes(row) == said), said)
        for said in dict.fromkeys(filter(None, TAKES.values()))
    ]
    lines.append(_line((row.tex.format("n", "k") for row in PAIRS.values()), "de deux nombres"))
    lines.append(_line((row.tex for row in BINDERS.values()), "de tout ce que parcourt un indice"))
    lines.append(_line((row.tex.strip() for row in PRODUCTS.values() if row.sign), "entre deux facteurs"))
    lines.append(_line((row.tex for row in RELATIONS.values() if row.is_claim), "entre deux membres"))
    return HEAD + "".join(lines)


def _line(names: Iterable[str], said: str) -> str:
    return f"| {', '.join(f'`{name}`' for name in dict.fromkeys(names))} | {said} |\n"


def main() -> None:
    """Write the list anew."""
    text = PAGE.read_text("utf-8")
    PAGE.write_text(LIST.sub(lambda _: table(), text), "utf-8")


if __name__ == "__main__":
    main()
