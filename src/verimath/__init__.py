"""Displayed equations for MkDocs, set by KaTeX when the site is built and refused when they are wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .cli.python import Result, Results, check_claim, check_file, check_text

__all__ = ["Result", "Results", "check_claim", "check_file", "check_text"]


def __getattr__(name: str) -> Any:
    # What a program doesn't ask for isn't imported: a plugin is loaded by sites that don't check.
    if name in __all__:
        from .cli import python

        return getattr(python, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
