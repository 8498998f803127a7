"""Markdown that a page includes by section."""

from __future__ import annotations

from collections.abc import Iterable


def sections(**named: Iterable[str]) -> str:
    """Lines under the names by which a page includes them."""
    lines: list[str] = []
    for name, section in named.items():
        lines += [f"<!-- --8<-- [start:{name}] -->", *section, f"<!-- --8<-- [end:{name}] -->"]
    return "\n".join(lines) + "\n"
