"""The table of a page: what has been tried beside verimath, in either order, and what came of it.

Run as `python -m tests.ecosystem.table` after a change of the sites; the test of each site holds its row.
"""

from __future__ import annotations

from pathlib import Path

from tests.ecosystem.sites import NEIGHBOURS, ORDERS, Neighbour

TABLE = Path(__file__).parents[2] / "docs" / "assets" / "neighbours.md"
OK = "✓"


def cell(neighbour: Neighbour) -> str:
    """What a site came to: it is right, or what its build is refused with."""
    return f"`{neighbour.says.replace('`', '')}`" if neighbour.says else OK


def table() -> str:
    """The rows, in Markdown; words are those of the messages, which every edition shows."""
    rows = ["| `plugins` | " + " | ".join(f"`{order}`" for order in ORDERS) + " |", "| --- | --- | --- |"]
    for neighbour in NEIGHBOURS:
        cells = [cell(neighbour) if order in neighbour.orders else "" for order in ORDERS]
        rows.append(f"| {neighbour.name} | {' | '.join(cells)} |")
    return "\n".join(rows) + "\n"


def read(text: str) -> dict[str, list[str]]:
    """The cells of a table by the names of its rows."""
    rows = [[each.strip() for each in line.strip("|\n").split("|")] for line in text.splitlines()[2:]]
    return {name: cells for name, *cells in rows}


if __name__ == "__main__":
    TABLE.write_text(table(), "utf-8")
