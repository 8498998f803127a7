"""Pages of equations for tests: fences given one by one, read as a page is."""

from __future__ import annotations

from collections.abc import Sequence

from verimath.derivation.resolve import names_of
from verimath.names.table import Names
from verimath.page import page as pages


def scope(*fences: str, front: str = "", parents: Sequence[Names] = (), name: str = "page") -> Names:
    """The names of a page with these equations, labelled `NAME-1`, `NAME-2` …; each must be readable."""
    blocks = [f"```math {{#{name}-{n}}}\n{fence}\n```" for n, fence in enumerate(fences, 1)]
    text = f"---\nbuilds_on: []\n{front}\n---\n\n" + "\n\n".join(blocks) + "\n"
    found = names_of(pages.read(f"{name}.md", text), list(parents))
    for formula in found.formulas:
        if formula.failure is not None:
            raise formula.failure
    return found
