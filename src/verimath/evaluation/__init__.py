"""What an expression is worth on a trial.

Index letters are evaluated one value after the other, so that a guard decides what is read, and a message can say at
which indices something went wrong. Imports `latex` and above.
"""

from . import binders, conditions, derivatives, terms
from . import components as arrays
from .binders import axis, frames_of, range_between
from .components import components
from .conditions import holds
from .derivatives import made_independent
from .frame import TABLE, Frame, Symbols, Variables, evaluate, scalar, whole

__all__ = [
    "Frame",
    "IllFormed",
    "Symbols",
    "Variables",
    "axis",
    "components",
    "evaluate",
    "frames_of",
    "holds",
    "made_independent",
    "range_between",
    "scalar",
    "whole",
]

for _room in (terms, arrays, conditions, binders, derivatives):
    TABLE.update(_room.ROWS)
