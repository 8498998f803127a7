"""A notebook to take away, as `.ipynb` and as `.py`: it runs with packages that its first cell names, and no site."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib.metadata import PackageNotFoundError, packages_distributions, version
from pathlib import Path

from ..code.carried import Carried
from ..page.displayed import with_fences
from ..page.notebook import Cell
from .words import Words

FOLDER = "notebooks"
SUFFIXES = (".ipynb", ".py")
# A displayed formula in its fence, a reference, and a link to another page.
FENCE = re.compile(r"^(?P<in>[> ]*)```math[ ]*(?:\{[^\n]*\})?\n(?P<tex>.*?)\n(?P=in)```[ ]*$", re.MULTILINE | re.DOTALL)
REFERENCE = re.compile(r"(?<!!)\[\]\(#(?P<label>[\w-]+)\)")
LINK = re.compile(r"(?<!!)\[(?P<words>[^\]]+)\]\((?P<target>[^)\s:]+\.(?:md|py|ipynb)(?:#[^)\s]*)?)\)")
# What MathJax, which Jupyter has, doesn't know.
UNKNOWN = {r"\coloneqq": ":="}
IPYTHON = "ipython"


def address(uri: str, suffix: str) -> str:
    """Where a notebook is published below the tool's own files, by the address of its source."""
    return f"{FOLDER}/{Path(uri).with_suffix(suffix).as_posix()}"


def packages(modules: Iterable[str]) -> list[str]:
    """What must be installed so that these modules can be imported: the packages, as they are here."""
    distributions = packages_distributions()
    found = set()
    for module in modules:
        if module not in sys.stdlib_module_names and module in distributions:
            name = distributions[module][0]
            try:
                found.add(f"{name.lower()}=={version(name)}")
            except PackageNotFoundError:
                found.add(name.lower())
    return sorted(found)


def plain_markdown(text: str, number: Callable[[str], str], link: Callable[[str], str]) -> str:
    """A Markdown cell as Jupyter shows it.

    Args:
        text: as a page of this site has it.
        number: of an equation, by its label.
        link: the address of a page, by its path from this one; empty where it has none.
    """

    def fence(found: re.Match[str]) -> str:
        tex = found["tex"]
        for command, known in UNKNOWN.items():
            tex = re.sub(rf"{re.escape(command)}(?![A-Za-z])", known, tex)
        return f"{found['in']}$$\n{tex}\n{found['in']}$$"

    def linked(found: re.Match[str]) -> str:
        target = link(found["target"])
        return f"[{found['words']}]({target})" if target else found["words"]

    text = FENCE.sub(fence, with_fences(text))
    return LINK.sub(linked, REFERENCE.sub(lambda found: number(found["label"]), text))


def written(
    cells: Iterable[Cell],
    carried: Carried,
    plain: Callable[[str], str],
    words: Words,
    origin: str,
    needed: Sequence[str],
) -> Mapping[str, str]:
    """A notebook's two files, by their suffixes.

    Args:
        cells: of the notebook.
        carried: their code.
        plain: makes a Markdown cell one that Jupyter shows.
        words: of what is said in the first cell.
        origin: what the notebook was made of: its page.
        needed: the packages that it imports.
    """
    first = words.notebooks["first cell"].format(origin=origin)
    parts = [("markdown", f"{first}\n\n    pip install {' '.join(needed)}")]
    for cell in cells:
        if cell.kind == "code":
            parts.append(("code", carried.sources[cell.number]))
        elif cell.kind == "markdown":
            parts.append(("markdown", plain(cell.source)))
    return {".ipynb": _ipynb(parts), ".py": _percent(parts)}


def _ipynb(parts: Iterable[tuple[str, str]]) -> str:
    cells = []
    for number, (kind, source) in enumerate(parts, 1):
        cell: dict[str, object] = {"cell_type": kind, "id": f"cell-{number}", "metadata": {}}
        if kind == "code":
            cell |= {"execution_count": None, "outputs": []}
        cells.append(cell | {"source": source.splitlines(keepends=True)})
    spec = {"display_name": "Python 3", "language": "python", "name": "python3"}
    metadata = {"kernelspec": spec, "language_info": {"name": "python"}}
    return json.dumps({"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}, indent=1) + "\n"


def _percent(parts: Iterable[tuple[str, str]]) -> str:
    found = []
    for kind, source in parts:
        lines = source.split("\n")
        if kind == "markdown":
            lines = ["# %% [markdown]", *(f"# {line}".rstrip() for line in lines)]
        else:
            lines = ["# %%", *lines]
        found.append("\n".join(lines))
    return "\n\n".join(found) + "\n"
