"""NumPy and mpmath, loaded when something is computed: to load them takes longer than to build a small site again."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any


class Late(ModuleType):
    """Stands for a module until something of it is asked for; then that is as near as in the module itself."""

    def __getattr__(self, name: str) -> Any:
        """What the module has by a name that is asked for the first time."""
        found = getattr(import_module(self.__name__), name)
        setattr(self, name, found)
        return found


if TYPE_CHECKING:
    import mpmath
    import numpy
else:
    mpmath, numpy = Late("mpmath"), Late("numpy")

__all__ = ["mpmath", "numpy"]
