"""The house that the tool is: its rooms, what each imports, and the picture of them that the contributors' page shows.

Writes docs/assets/house.svg. Run as `python -m bench.house`, then `python -m bench.english`.
"""

from __future__ import annotations

import ast
from html import escape
from pathlib import Path

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "verimath"
PICTURE = ROOT / "docs" / "assets" / "house.svg"
# A folder or a file of the package, from the room that knows least to those that know all.
ROOMS = (
    "message",
    "kept",
    "page",
    "numbers",
    "meaning",
    "names",
    "latex",
    "evaluation",
    "derivation",
    "trials",
    "verdict",
    "mutation",
    "code",
    "report",
    "site",
    "plugin",
    "cli",
    "__main__",
)
# Where a formula comes through on its way from the author's file to the reader's page.
ROUTE = ("page", "latex", "derivation", "trials", "evaluation", "verdict", "report", "site", "plugin")

WIDTH, FLOOR, GAP, ROOF = 440, 46, 8, 56
TITLE = "Les pièces du code, étage par étage"


def modules() -> dict[str, ast.Module]:
    """The package's modules, by their dotted names; a folder's own by that of the folder."""
    found = {}
    for path in sorted(SOURCE.rglob("*.py")):
        parts = path.relative_to(SOURCE).with_suffix("").parts
        if not {"vendor", "start"} & {*parts} and parts != ("__init__",):
            found[".".join(parts).removesuffix(".__init__")] = ast.parse(path.read_text("utf-8"))
    return found


def imports(name: str, tree: ast.Module, known: set[str]) -> set[str]:
    """What a module imports: modules of this package as `.room.module`, others by their first name."""
    package = name.split(".") if (SOURCE / name.replace(".", "/")).is_dir() else name.split(".")[:-1]
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found.update(alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = node.module.split(".") if node.module else []
            if node.level:
                base = package[: len(package) - node.level + 1] + module
            elif module[0] == "verimath":
                base = module[1:]
            else:
                found.add(module[0])
                continue
            for alias in node.names:
                whole = ".".join([*base, alias.name])
                found.add(f".{whole}" if whole in known else f".{'.'.join(base)}")
    return found


def room_of(name: str) -> str:
    """The room that a module lies in."""
    return name.split(".", maxsplit=1)[0]


def floors() -> list[list[str]]:
    """The rooms by floor, from the ground up: each stands above all that it imports."""
    read = modules()
    below: dict[str, set[str]] = {room: set() for room in ROOMS}
    for name, tree in read.items():
        found = {room_of(each[1:]) for each in imports(name, tree, {*read}) if each.startswith(".")}
        below[room_of(name)] |= found - {room_of(name), ""}
    heights: dict[str, int] = {}
    for room in ROOMS:
        heights[room] = 1 + max((heights[other] for other in below[room]), default=-1)
    return [[room for room in ROOMS if heights[room] == height] for height in range(max(heights.values()) + 1)]


def svg() -> str:
    """The picture: one element a line and no empty line, so that Markdown leaves it whole."""
    storeys = floors()
    height = ROOF + len(storeys) * FLOOR + 4
    told = "; ".join(f"étage {n} : {', '.join(rooms)}" for n, rooms in enumerate(storeys))
    size = f'viewBox="0 0 {WIDTH} {height}" width="{WIDTH * 1.3:.0f}" height="{height * 1.3:.0f}"'
    names = 'role="img" aria-labelledby="house-title house-desc"'
    font = 'font-family="inherit" font-size="13" fill="currentColor"'
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} {names} {font}>',
        f'<title id="house-title">{TITLE}</title>',
        f'<desc id="house-desc">{escape("Chaque pièce n’importe que celles des étages du dessous. " + told)}.</desc>',
        f'<path d="M8 {ROOF - 6}L{WIDTH / 2:g} 6L{WIDTH - 8} {ROOF - 6}z" fill="none" stroke="currentColor"/>',
    ]
    for n, rooms in enumerate(storeys):
        top = ROOF + (len(storeys) - 1 - n) * FLOOR
        width = (WIDTH - 16 - GAP * (len(rooms) - 1)) / len(rooms)
        for place, room in enumerate(rooms):
            lines += _room(room, 8 + place * (width + GAP), top, width)
    return "\n".join([*lines, "</svg>"]) + "\n"


def _room(room: str, left: float, top: float, width: float) -> list[str]:
    """A room with its name, and its number on a formula's way."""
    middle = left + width / 2
    box = f'x="{left:g}" y="{top}" width="{width:g}" height="{FLOOR - GAP}" rx="3"'
    drawn = [
        f'<rect {box} fill="none" stroke="currentColor"/>',
        f'<text x="{middle:g}" y="{top + 24}" text-anchor="middle">{room}</text>',
    ]
    if room in ROUTE:
        drawn += [
            f'<circle cx="{left + 16:g}" cy="{top + 19}" r="10" fill="none" stroke="currentColor"/>',
            f'<text x="{left + 16:g}" y="{top + 23.5}" text-anchor="middle">{ROUTE.index(room) + 1}</text>',
        ]
    return drawn


def main() -> None:
    """Draw the picture anew."""
    PICTURE.write_text(svg(), "utf-8")


if __name__ == "__main__":
    main()
