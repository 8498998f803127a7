"""The table of a page: what has been tried beside verimath, in either order, and what came of it.

Run as `python -m tests.ecosystem.table` after a change of the sites; the test of each site holds its row.
"""

from __future__ import annotations

from pathlib import Path

from tests.ecosystem.sites import NEIGHBOURS, ORDERS, Neighbour

TABLE = Path(__file__).parents[2] / "docs" / "assets" / "neighbours.md"
OK, STOPPED = "✓", "✗"


def messages() -> list[str]:
    """What builds are refused with, each once, in the order of the rows: the notes below the table."""
    return [*dict.fromkeys(neighbour.says for neighbour in NEIGHBOURS if neighbour.says)]


def cell(neighbour: Neighbour) -> str:
    """What a site came to: it is right, or its build is refused, with the number of the note that says how."""
    return f"{STOPPED} {messages().index(neighbour.says) + 1}" if neighbour.says else OK


def table() -> str:
    """The rows and the notes, in Markdown; words are those of the messages, which every edition shows."""
    heads = " | ".join(f"`{order.replace('neighbour', '…')}`" for order in ORDERS)
    rows = [f"| `plugins` | {heads} |", "| --- | --- | --- |"]
    for neighbour in NEIGHBOURS:
        cells = [cell(neighbour) if order in neighbour.orders else "" for order in ORDERS]
        rows.append(f"| {neighbour.name} | {' | '.join(cells)} |")
    notes = [f"{number}. `{says.replace('`', '')}`" for number, says in enumerate(messages(), 1)]
    return "\n".join([*rows, "", *notes]) + "\n"


def read(text: str) -> dict[str, list[str]]:
    """The cells of a table by the names of its rows."""
    lines = text.partition("\n\n")[0].splitlines()[2:]
    rows = [[each.strip() for each in line.strip("|").split("|")] for line in lines]
    return {name: cells for name, *cells in rows}


if __name__ == "__main__":
    TABLE.write_text(table(), "utf-8")
