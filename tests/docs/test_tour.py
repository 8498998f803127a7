"""The ten minutes' page and its program say the same numbers."""

from __future__ import annotations

import re
import subprocess
import sys

from tests.docs.prose import DOCS

TOUR = (DOCS / "tour.md").read_text("utf-8")
PROGRAM = DOCS.parents[1] / "snippets" / "tour.py"


def run(program: str) -> list[str]:
    """What a program prints, line by line."""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


def said(page: str) -> list[tuple[str, ...]]:
    """The probabilities, the loss and the loss after a step, as the page's formulas give them."""
    return re.findall(r"\bS &?\\approx \((.*)\)|-\\ln S_2 \\approx ([\d.]+)|L\(W'\) &?\\approx ([\d.]+)", page)


def printed(lines: list[str]) -> list[tuple[str, ...]]:
    """The same, as the program prints them."""
    S, first = re.fullmatch(r"step 0: S = \[(.*)\], L = (.*)", lines[0]).groups()  # type: ignore[union-attr]
    return [(", ".join(S.split()), "", ""), ("", first, ""), ("", "", lines[1].rpartition("= ")[2])]


def test_the_program_prints_what_the_page_says() -> None:
    assert said(TOUR) == printed(run(PROGRAM.read_text("utf-8")))


def thousandths(numbers: list[str]) -> list[float]:
    """Numbers as French or NumPy writes them, to three decimals."""
    return [round(float(number.replace(",", ".").replace("−", "-")), 3) for number in numbers]


def test_the_first_page_says_the_same() -> None:
    rows = re.findall(r"^\| \d.*? \|(.*)\|$", (DOCS / "index.md").read_text("utf-8"), re.MULTILINE)
    columns = zip(*(re.findall(r"[−\d,]+", row) for row in rows), strict=True)
    table = {name: thousandths([*column]) for name, column in zip(["S", "Y", "S - Y"], columns, strict=True)}
    assert table["S"] == thousandths(said(TOUR)[0][0].split(", "))
    assert table["S - Y"] == thousandths([str(s - y) for s, y in zip(table["S"], table["Y"], strict=True)])


def test_a_program_with_a_plus_does_not() -> None:
    assert said(TOUR) != printed(run(PROGRAM.read_text("utf-8").replace("W -=", "W +=")))
